"""Checks of counts and names between the papers: letter, list, reports, minutes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from thidua_desktop.domain.dossier_content import Case, DossierContent
from thidua_desktop.domain.dossier_findings import CheckRule, Found, found_at
from thidua_desktop.domain.dossiers import Letter, MeritReport, NomineeList
from thidua_desktop.domain.paper_sorts import PaperSort
from thidua_desktop.domain.proposals import Subject
from thidua_desktop.domain.severity import Severity
from thidua_desktop.domain.text import fold, spelling, with_i

_WORDS = {
    Subject.COLLECTIVE: "tập thể",
    Subject.HOUSEHOLD: "hộ gia đình",
    Subject.PERSON: "cá nhân",
}
_COUNT = re.compile(f"(\\d+) ({'|'.join(_WORDS.values())})")
_MINUTES = frozenset({PaperSort.REVIEW_MINUTES, PaperSort.COUNCIL_MINUTES})
_FULL_NAME = 3
_WORD = re.compile(r"[^\W\d_]+")


def count_of_letter(content: DossierContent) -> Iterator[Found]:
    """Find a letter that asks for others than the list has."""
    letter, listed = _of(content, Letter), _of(content, NomineeList)
    if content.letter is None or not letter or not listed:
        return
    rows = _rows_of(listed[0])
    asked = _counted(letter[0].body)
    if asked and asked != rows:
        words = f"Tờ trình đề nghị {_said(asked)}, danh sách kèm theo có {_said(rows)}."
        yield found_at(content.letter, "number", words, seen=(_said(asked), _said(rows)))


def count_of_reports(content: DossierContent) -> Iterator[Found]:
    """Find a list that has not as many rows as there are reports."""
    reports, listed = _of(content, MeritReport), _of(content, NomineeList)
    if content.letter is None or not listed:
        return
    rows = _rows_of(listed[0])
    written = Counter(_WORDS[one.subject] for one in reports)
    if rows != written:
        words = (
            f"Danh sách có {_said(rows)}, báo cáo thành tích có {_said(written)}: mỗi dòng của "
            "danh sách phải có một báo cáo."
        )
        yield found_at(
            content.letter, "number", words, seen=(_said(rows), _said(written)), about="reports"
        )


def count_of_minutes(content: DossierContent) -> Iterator[Found]:
    """Find minutes that speak of more or fewer nominees than the dossier has."""
    here = len({case.face or case.proposal.id for case in content.cases})
    # Of what was submitted, one that came back may have gone into another letter.
    was_sent = content.letter is not None and content.letter.snapshot is not None
    for paper in content.papers:
        if paper.paper not in _MINUTES or paper.count is None:
            continue
        if paper.count < here or (paper.count != here and not was_sent):
            words = (
                f"Biên bản {paper.document or 'kèm tờ trình'} ghi {paper.count} đối tượng, tờ "
                f"trình có {here}."
            )
            yield found_at(paper, "count", words, seen=(str(paper.count), str(here)))


def names_on_papers(content: DossierContent) -> Iterator[Found]:
    """Find a nominee whom letter, list and report do not name alike."""
    listed = _of(content, NomineeList)
    if not listed:
        return
    rows = {row[0] for group in listed[0].groups for row in group.rows}
    named = " ".join(line for one in _of(content, Letter) for line in one.nominees)
    for report in _of(content, MeritReport):
        on_list = [name for name in rows if report.subject_line.startswith(name)]
        if on_list and (not named or on_list[0] in named):
            continue
        case = _case_of(content.cases, report.subject_line)
        if case is not None and case.nominee is not None:
            where = "danh sách" if not on_list else "tờ trình"
            words = (
                f"Báo cáo ghi “{report.subject_line}”, {where} không ghi đúng như vậy: họ tên phải "
                "giống hệt ở mọi giấy tờ."
            )
            yield found_at(
                case.nominee,
                _name_field(case),
                words,
                case=case,
                about="papers",
                seen=(report.subject_line, where),
            )


def names_in_texts(content: DossierContent) -> Iterator[Found]:
    """Find the name of a nominee written with other marks in what is said of him."""
    for case in content.cases:
        if case.subject is Subject.COLLECTIVE or len(case.name.split()) < _FULL_NAME:
            continue
        for wrong in _misspelled(case.name, case.proposal.summary):
            yield found_at(
                case.proposal,
                "summary",
                f"Tóm tắt thành tích viết “{wrong}”, hồ sơ là “{case.name}”.",
                case=case,
                about=wrong,
                seen=(wrong, case.name),
                offered=case.proposal.summary.replace(wrong, case.name),
            )
        for proof in case.evidence:
            for wrong in _misspelled(case.name, proof.wording):
                yield found_at(
                    proof,
                    "wording",
                    f"Minh chứng viết “{wrong}”, hồ sơ là “{case.name}”.",
                    case=case,
                    about=wrong,
                    seen=(wrong, case.name),
                    offered=proof.wording.replace(wrong, case.name),
                )


def names_twice(content: DossierContent) -> Iterator[Found]:
    """Find what looks like one nominee under a name written in two ways."""
    seen: dict[tuple[object, ...], Case] = {}
    for case in content.cases:
        nominee = case.nominee
        if nominee is None or case.subject is Subject.COLLECTIVE:
            continue
        born = getattr(nominee, "birth_date", None)
        if born is None:
            continue
        first = seen.setdefault((case.subject, with_i(fold(case.name)), born), case)
        if first is not case and first.name != case.name and first.nominee is not None:
            words = (
                f"“{case.name}” và “{first.name}” cùng ngày sinh trong một tờ trình: một người "
                "viết hai cách, hay hai người?"
            )
            yield found_at(
                nominee,
                _name_field(case),
                words,
                case=case,
                about="twice",
                seen=(case.name, first.name),
            )


def _of(content: DossierContent, kind: type) -> list:  # type: ignore[type-arg] # of that kind
    papers = content.dossier.papers if content.dossier else ()
    return [paper for paper in papers if isinstance(paper, kind)]


def _rows_of(listed: NomineeList) -> Counter[str]:
    rows: Counter[str] = Counter()
    for group in listed.groups:
        words = group.heading.partition(".")[2].strip().lower()
        rows[words] += len(group.rows)
    return +rows


def _counted(lines: Iterable[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for line in lines:
        for number, words in _COUNT.findall(line):
            found[words] += int(number)
    return +found


def _said(counts: Counter[str]) -> str:
    parts = [f"{counts[words]:02d} {words}" for words in _WORDS.values() if counts[words]]
    return ", ".join(parts) or "không có ai"


def _case_of(cases: Iterable[Case], subject_line: str) -> Case | None:
    line = fold(subject_line)
    return next((case for case in cases if fold(case.name) in line), next(iter(cases), None))


def _name_field(case: Case) -> str:
    match case.subject:
        case Subject.PERSON:
            return "full_name"
        case Subject.HOUSEHOLD:
            return "head"
        case _:
            return "name"


def _misspelled(name: str, text: str) -> Iterator[str]:
    """Yield where a text has a name with other marks."""
    size = len(name.split())
    found = list(_WORD.finditer(text))
    wanted, right = with_i(fold(name)), spelling(name)
    told: set[str] = set()
    for first, last in zip(found, found[size - 1 :], strict=False):
        window = text[first.start() : last.end()]
        if with_i(fold(window)) != wanted or window in told or spelling(window) == right:
            continue
        if all(word[:1].isupper() for word in window.split()):
            told.add(window)
            yield window


_SOURCE = "Hồ sơ phải thống nhất giữa các giấy tờ (Điều 84 Luật Thi đua, khen thưởng)"
RULES = (
    CheckRule("S-COUNT-LETTER", Severity.BLOCK, _SOURCE, count_of_letter),
    CheckRule("S-COUNT-REPORT", Severity.BLOCK, _SOURCE, count_of_reports),
    CheckRule("S-COUNT-MINUTES", Severity.BLOCK, _SOURCE, count_of_minutes),
    CheckRule("S-NAME-PAPER", Severity.WARN, _SOURCE, names_on_papers),
    CheckRule("S-NAME-TEXT", Severity.WARN, _SOURCE, names_in_texts),
    CheckRule("S-NAME-TWICE", Severity.WARN, _SOURCE, names_twice),
)
