"""Figures of several years side by side, as firms, schools, hospitals compare them in reports."""

from __future__ import annotations

import re
from collections.abc import Iterable

from thidua_desktop.domain.dossiers import ReportTable
from thidua_desktop.domain.merit import Achievement, AchievementSort
from thidua_desktop.domain.numbers import decimal_text
from thidua_desktop.domain.paper_forms import FormTexts
from thidua_desktop.domain.people import Collective
from thidua_desktop.domain.text import fold
from thidua_desktop.domain.told import in_line
from thidua_desktop.services.candidates import Candidate

OF_A_FIRM = "doanh_nghiep"
FIRMS = ("Công ty", "Doanh nghiệp", "Tập đoàn", "Tổng công ty", "Hợp tác xã", "Ngân hàng")
_MOST_YEARS, _FOR_THE_PEN = 5, 3
_NAME, _MEASURE, _YEARS = 20, 10, 70  # hundredths of the width: a year holds 99.999.999,99
_LABELS = 2  # columns before the years


def is_firm(candidate: Candidate) -> bool:
    """Tell whether a nominee is an enterprise."""
    nominee = candidate.nominee
    is_called = isinstance(nominee, Collective) and nominee.name.startswith(FIRMS)
    return is_called or candidate.group == OF_A_FIRM


def figure_tables(
    candidate: Candidate, texts: FormTexts, year: int, number: int | None = None
) -> tuple[ReportTable, ...]:
    """Return the table of figures by year: of the last five years that have any.

    An enterprise without figures has its usual ones for the pen, for the years up to this one.
    """
    found = [one for one in candidate.achievements if one.sort is AchievementSort.FIGURE]
    years = sorted({one.year for one in found if one.year})[-_MOST_YEARS:]
    rows = _rows(found, years)
    if not found and is_firm(candidate):
        years = list(range(year - _FOR_THE_PEN + 1, year + 1))
        rows = tuple(_usual(line, len(years)) for line in texts.lines("figures.usual"))
    if not rows or not years:
        return ()
    heading = texts.say("table.figures")
    named = (texts.say("column.figure"), texts.say("column.measure"), *map(str, years))
    return (
        ReportTable(
            heading=f"{number}. {heading}" if number else heading,
            columns=named,
            widths=(_NAME, _MEASURE, *[_YEARS // len(years)] * len(years)),
            rows=rows,
            figures_from=_LABELS,
        ),
    )


def _rows(found: Iterable[Achievement], years: list[int]) -> tuple[tuple[str, ...], ...]:
    """Return a row for each figure: the same words and measure in several years are one.

    Words of one record can come back from a Word file; those of several are none's alone.
    """
    rows: dict[tuple[str, str], list[Achievement]] = {}
    for one in found:
        words = in_line(one, "wording")
        rows.setdefault((fold(words), fold(one.measure)), []).append(one)
    return tuple(_row(of, years) for of in rows.values())


def _row(of: list[Achievement], years: list[int]) -> tuple[str, ...]:
    words = in_line(of[0], "wording")
    figures = {one.year: decimal_text(one.quantity) for one in of if one.quantity is not None}
    called = words if len(of) == 1 else str(words)
    return called, of[0].measure, *(figures.get(year, "") for year in years)


def _usual(line: str, years: int) -> tuple[str, ...]:
    """Return a row for the pen: Doanh thu (triệu đồng)."""
    found = re.fullmatch(r"(.*?)\s*\(([^()]*)\)\s*", line)
    name, measure = found.groups() if found else (line.strip(), "")
    return name, measure, *[""] * years
