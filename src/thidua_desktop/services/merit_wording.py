"""The wording of merit in a report: achievements, initiatives, and the tables of section III."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TypeVar

from thidua_desktop.domain.awards import AwardFormKind
from thidua_desktop.domain.dates import PartialDate, in_words, shown
from thidua_desktop.domain.dossiers import ReportSection, ReportTable
from thidua_desktop.domain.merit import (
    Achievement,
    AchievementSort,
    Initiative,
    PriorAward,
    RatingOf,
    YearlyRating,
)
from thidua_desktop.domain.numbers import decimal_text
from thidua_desktop.domain.paper_forms import FormTexts
from thidua_desktop.domain.told import in_line, joined
from thidua_desktop.domain.words import word
from thidua_desktop.services.candidates import Candidate

T = TypeVar("T", Achievement, PriorAward, YearlyRating)
Results = list[tuple[str, tuple[str, ...]]]
_WIDTHS = (12, 44, 44)


def achieved(candidate: Candidate, texts: FormTexts) -> Results:
    """Return achievements by the part of the report they belong to, then the initiatives."""
    found: Results = []
    for sort in (*AchievementSort, None):
        if sort is AchievementSort.FIGURE:
            continue  # in a table of its own
        lines = [one for one in candidate.achievements if one.sort == sort]
        if lines:
            heading = word(sort) or texts.say("results.achieved")
            found.append((heading, achievement_lines(lines)))
    if candidate.initiatives:
        named = tuple(map(_initiative, candidate.initiatives))
        found.append((texts.say("results.initiatives"), named))
    return found


def achievement_lines(found: Iterable[Achievement]) -> tuple[str, ...]:
    """Return achievements in a line each, by year."""
    return tuple(map(_achievement, _by_year(found)))


def rating_lines(candidate: Candidate, of: Collection[RatingOf]) -> tuple[str, ...]:
    """Return the ratings of these bodies in a line each, by year."""
    rated = _by_year(one for one in candidate.ratings if one.sort in of)
    return tuple(f"Năm {one.year or '…'}: {word(one.sort)}, {word(one.level)}." for one in rated)


def held_section(candidate: Candidate, texts: FormTexts) -> tuple[ReportSection, ...]:
    """Return section III: titles, commendations and yearly ratings; none where nothing is held."""
    titles = [one for one in candidate.awards if one.sort is AwardFormKind.TITLE]
    others = [one for one in candidate.awards if one.sort is not AwardFormKind.TITLE]
    tables = [
        _table(texts, "titles", "title", map(_award, _by_year(titles))),
        _table(texts, "awards", "award", map(_award, _by_year(others))),
        _table(texts, "ratings", "level", map(_rating, _by_year(candidate.ratings))),
    ]
    told = [table for table in tables if table.rows]
    if not told:
        return ()
    return (
        ReportSection(
            heading=texts.say("section.held"),
            tables=tuple(
                ReportTable(
                    heading=f"{place}. {table.heading}",
                    columns=table.columns,
                    widths=table.widths,
                    rows=table.rows,
                )
                for place, table in enumerate(told, start=1)
            ),
        ),
    )


def held_lines(ratings: Iterable[YearlyRating], awards: Iterable[PriorAward]) -> tuple[str, ...]:
    """Return ratings and awards in a line each, by year."""
    rated = [f"{one.year or '…'}: {word(one.level) or '…'}" for one in _by_year(ratings)]
    given = [f"{one.year or '…'}: {one.title or '…'}" for one in _by_year(awards)]
    lines = (("Xếp loại", rated), ("Đã khen", given))
    return tuple(f"{of}: {'; '.join(each)}." for of, each in lines if each)


def decision_text(number: str, day: PartialDate | None, issuer: str) -> str:
    """Return a decision in one phrase: Quyết định số 5/QĐ-UBND ngày 03 tháng 4 năm 2021 của ….

    >>> decision_text("5/QĐ-UBND", PartialDate(2021), "Ủy ban nhân dân huyện")
    'Quyết định số 5/QĐ-UBND năm 2021 của Ủy ban nhân dân huyện'
    """
    if not (number or day):
        return issuer
    parts = ["Quyết định", f"số {number}" if number else "", _day(day)]
    parts.append(f"của {issuer}" if issuer else "")
    return " ".join(part for part in parts if part)


def _day(day: PartialDate | None) -> str:
    if day is None:
        return ""
    if day.is_full:
        return in_words(day)
    return f"tháng {shown(day)}" if day.month else f"năm {day.year}"


def _table(
    texts: FormTexts, place: str, column: str, rows: Iterable[tuple[str, ...]]
) -> ReportTable:
    columns = tuple(texts.say(f"column.{name}") for name in ("year", column, "decision"))
    heading = texts.say(f"held.{place}")
    return ReportTable(heading=heading, columns=columns, widths=_WIDTHS, rows=tuple(rows))


def _award(one: PriorAward) -> tuple[str, ...]:
    year = str(one.year) if one.year else ""
    return year, one.title, decision_text(one.decision_number, one.decision_date, one.issuer)


def _rating(one: YearlyRating) -> tuple[str, ...]:
    of = "" if one.sort in {None, RatingOf.WORK} else f" ({word(one.sort).lower()})"
    year = str(one.year) if one.year else ""
    decision = decision_text(one.decision_number, one.decision_date, one.issuer)
    return year, f"{word(one.level)}{of}", decision


def _achievement(one: Achievement) -> str:
    words = in_line(one, "wording")
    year = f"Năm {one.year}: " if one.year else ""
    if one.quantity is None:
        return joined(year, words, ".")
    return joined(year, words, f": {decimal_text(one.quantity)} {one.measure}".rstrip(), ".")


def _initiative(one: Initiative) -> str:
    scope = f"phạm vi {word(one.scope).lower()}" if one.scope else ""
    decision = decision_text(one.decision_number, one.decision_date, one.issuer)
    year = f"năm {one.year}" if one.year else ""
    rest = ", ".join(part for part in (year, scope, decision) if part)
    return f"“{one.name}”{f' ({rest})' if rest else ''}."


def _by_year(found: Iterable[T]) -> list[T]:
    return sorted(found, key=lambda one: (one.year or 0, one.id))
