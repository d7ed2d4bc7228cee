"""F13 Danh sách: the nominees in groups, each numbered anew, as an annex to the letter."""

from __future__ import annotations

from typing import Any

from reportlab.lib import colors
from reportlab.platypus import Flowable, Table, TableStyle

from thidua_desktop.domain.dossiers import NomineeList
from thidua_desktop.formats.pdf import blocks
from thidua_desktop.formats.pdf import styles as layout
from thidua_desktop.formats.pdf.styles import Styles
from thidua_desktop.formats.pdf.texts import balanced, text

_CENTRED = frozenset({2})  # years


def list_story(said: NomineeList, styles: Styles) -> list[Flowable]:
    """Return the list as flowables; the headings of its columns stand on every page."""
    return [
        *blocks.title(
            (
                ("DANH SÁCH", styles.title),
                (said.title, styles.title),
                (said.attached_to, styles.remark),
            )
        ),
        _table(said, styles),
    ]


def _table(said: NomineeList, styles: Styles) -> Table:
    """Return the table. A group's heading stays with its first row, how many there are with the
    last one; a row is parted only when it is longer than a page.
    """
    whole = sum(said.widths)
    widths = [layout.TEXT_WIDTH * width / whole for width in said.widths]
    named = zip(said.columns, widths, strict=True)
    heads = [balanced(name, styles.cell_head, width - 2 * blocks.PADDING) for name, width in named]
    rows: list[list[Any]] = [heads]
    marks: list[tuple[Any, ...]] = []
    for group in said.groups:
        start = len(rows)
        marks.append(("SPAN", (0, start), (-1, start)))
        rows.append(_across(text(group.heading, styles.cell_group), said))
        rows += [_row(number, cells, styles) for number, cells in enumerate(group.rows, start=1)]
        marks += _with_next(start, rows[start + 1], widths) if group.rows else []
    end = len(rows)
    marks += _with_next(end - 1, rows[end - 1], widths)
    rows.append(_across(text(said.closing, styles.body), said))
    marks += [
        ("SPAN", (0, end), (-1, end)),
        ("LEFTPADDING", (0, end), (-1, end), 0),
        ("TOPPADDING", (0, end), (-1, end), layout.SPACE_BETWEEN),
        ("GRID", (0, 0), (-1, end - 1), layout.GRID_WIDTH, colors.black),
    ]
    return Table(
        rows,
        colWidths=widths,
        repeatRows=1,
        style=TableStyle([*blocks.CELLS, *marks]),
        splitInRow=1,
    )


def _row(number: int, cells: tuple[str, ...], styles: Styles) -> list[Any]:
    first = text(str(number), styles.cell_centre)
    return [
        first,
        *(
            text(cell, styles.cell_centre if place in _CENTRED else styles.cell)
            for place, cell in enumerate(cells, start=1)
        ),
    ]


def _with_next(place: int, longer: list[Any], widths: list[float]) -> list[tuple[Any, ...]]:
    """Return the mark that keeps a row with the next, unless the longer of them fills a page."""
    measured = zip(longer, widths, strict=True)
    heights = [cell.wrap(width - 2 * blocks.PADDING, 0)[1] for cell, width in measured if cell]
    if max(heights) > layout.MOST_KEPT:
        return []
    return [("NOSPLIT", (0, place), (-1, place + 1))]


def _across(paragraph: Flowable, said: NomineeList) -> list[Any]:
    return [paragraph, *[""] * (len(said.columns) - 1)]
