"""Checks of dates: reports, minutes, letter, decision follow each other in this order."""

from __future__ import annotations

from collections.abc import Iterator

from thidua_desktop.domain.criteria import Evidence
from thidua_desktop.domain.dates import PartialDate, is_after, shown
from thidua_desktop.domain.dossier_content import Case, DossierContent
from thidua_desktop.domain.dossier_findings import CheckRule, Found, found_at
from thidua_desktop.domain.merit import Initiative, PriorAward, YearlyRating
from thidua_desktop.domain.paper_sorts import PaperSort
from thidua_desktop.domain.severity import Severity

_MINUTES = (PaperSort.REVIEW_MINUTES, PaperSort.COUNCIL_MINUTES, PaperSort.BALLOT)
# Reports and what confirms them are written before they are discussed.
_BEFORE_MINUTES = frozenset(
    {PaperSort.REPORT, PaperSort.MERIT, PaperSort.INITIATIVE, PaperSort.RATING}
)


def after_minutes(content: DossierContent) -> Iterator[Found]:
    """Find a report or certificate that is dated after the minutes that discussed it."""
    minutes = _first(content.papers, PaperSort.REVIEW_MINUTES, PaperSort.COUNCIL_MINUTES)
    if minutes is None:
        return
    for case, paper in _all_papers(content):
        if paper.paper in _BEFORE_MINUTES and is_after(paper.date, minutes.date):
            words = (
                f"{_name(paper)} ngày {shown(paper.date)} sau biên bản ngày {shown(minutes.date)}: "
                "báo cáo, xác nhận phải có trước khi họp xét."
            )
            yield found_at(
                paper, "date", words, case=case, seen=(_iso(paper.date), _iso(minutes.date))
            )


def council_before_review(content: DossierContent) -> Iterator[Found]:
    """Find a council that met before those below it did."""
    review = _first(content.papers, PaperSort.REVIEW_MINUTES)
    for paper in content.papers:
        is_council = paper.paper is PaperSort.COUNCIL_MINUTES
        if review is not None and is_council and is_after(review.date, paper.date):
            words = (
                f"Biên bản họp Hội đồng ngày {shown(paper.date)} trước biên bản bình xét ngày "
                f"{shown(review.date)}."
            )
            yield found_at(
                paper, "date", words, seen=(_iso(paper.date), _iso(review.date)), about="council"
            )


def minutes_after_letter(content: DossierContent) -> Iterator[Found]:
    """Find minutes, or a publication, dated after the letter that rests on them."""
    if content.letter is None or content.letter.date is None:
        return
    day = content.letter.date
    for case, paper in _all_papers(content):
        if paper.paper in {*_MINUTES, PaperSort.PUBLICATION} and is_after(paper.date, day):
            words = f"{_name(paper)} ngày {shown(paper.date)} sau tờ trình ngày {shown(day)}."
            yield found_at(
                paper,
                "date",
                words,
                case=case,
                seen=(_iso(paper.date), _iso(day)),
                about="letter",
            )


def achieved_after(content: DossierContent) -> Iterator[Found]:
    """Find merit that goes on beyond the day of the letter."""
    for case in content.cases:
        until = case.proposal.achieved_to
        if is_after(until, content.day):
            words = (
                f"Thành tích đến {shown(until)}, sau ngày tờ trình {shown(content.day)}: chỉ kể "
                "thành tích đã có."
            )
            yield found_at(
                case.proposal,
                "achieved_to",
                words,
                case=case,
                seen=(_iso(until), content.day.iso()),
            )


def decided_after(content: DossierContent) -> Iterator[Found]:
    """Find a decision on a rating, an award or an initiative that is younger than the letter."""
    for case in content.cases:
        held: list[YearlyRating | PriorAward | Initiative] = [*case.ratings, *case.awards]
        for one in [*held, *case.initiatives]:
            if is_after(one.decision_date, content.day):
                words = (
                    f"Quyết định {one.decision_number or '(chưa ghi số)'} ngày "
                    f"{shown(one.decision_date)} sau ngày tờ trình {shown(content.day)}."
                )
                yield found_at(
                    one,
                    "decision_date",
                    words,
                    case=case,
                    seen=(_iso(one.decision_date), content.day.iso()),
                )


def letter_ahead(content: DossierContent) -> Iterator[Found]:
    """Find a letter dated after today, or before the year that it is about."""
    letter = content.letter
    if letter is None or letter.date is None:
        return
    until = letter.submitted_on if letter.snapshot and letter.submitted_on else content.today
    if is_after(letter.date, until):
        words = f"Tờ trình đề ngày {shown(letter.date)}, sau ngày {shown(until)} là ngày trình."
        yield found_at(letter, "date", words, seen=(letter.date.iso(), until.iso()))
    years = [case.proposal.year for case in content.cases if case.proposal.year]
    if years and letter.date.year < max(years):
        words = f"Tờ trình đề ngày {shown(letter.date)} mà có đề nghị xét năm {max(years)}."
        seen = (letter.date.iso(), str(max(years)))
        yield found_at(letter, "date", words, seen=seen, about="year")


def _all_papers(content: DossierContent) -> Iterator[tuple[Case | None, Evidence]]:
    for paper in content.papers:
        yield None, paper
    for case in content.cases:
        for paper in case.papers:
            yield case, paper


def _first(papers: tuple[Evidence, ...], *sorts: PaperSort) -> Evidence | None:
    dated = [one for one in papers if one.paper in sorts and one.date is not None]
    return min(dated, key=lambda one: one.date.first_day() if one.date else None, default=None)  # type: ignore[arg-type,return-value] # dated


def _name(paper: Evidence) -> str:
    return paper.document or paper.wording or "Giấy tờ"


def _iso(day: PartialDate | None) -> str:
    return day.iso() if day else ""


_SOURCE = "Báo cáo thành tích, biên bản, tờ trình, quyết định nối nhau theo ngày (Điều 84 Luật)"
RULES = (
    CheckRule("S-DATE-REPORT", Severity.WARN, _SOURCE, after_minutes),
    CheckRule("S-DATE-COUNCIL", Severity.WARN, _SOURCE, council_before_review),
    CheckRule("S-DATE-MINUTES", Severity.WARN, _SOURCE, minutes_after_letter),
    CheckRule("S-DATE-ACHIEVED", Severity.WARN, _SOURCE, achieved_after),
    CheckRule("S-DATE-DECIDED", Severity.WARN, _SOURCE, decided_after),
    CheckRule("S-DATE-LETTER", Severity.WARN, _SOURCE, letter_ahead),
)
