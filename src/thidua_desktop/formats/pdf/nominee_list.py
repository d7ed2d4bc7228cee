"""F13 Danh sách: the nominees in groups, each numbered anew, as an annex to the letter."""

from __future__ import annotations

from typing import Any

from reportlab.lib import colors
from reportlab.platypus import Flowable, Spacer, Table, TableStyle

from thidua_desktop.domain.dossiers import NomineeList
from thidua_desktop.formats.pdf import blocks
from thidua_desktop.formats.pdf import styles as layout
from thidua_desktop.formats.pdf.styles import Styles


def list_story(said: NomineeList, styles: Styles) -> list[Flowable]:
    """Return the list as flowables; the headings of its columns stand on every page."""
    return [
        *blocks.title(
            (
                ("DANH SÁCH", styles.title),
                (said.title, styles.title),
                (said.attached_to, styles.remark),
            ),
            ruled=True,
        ),
        _table(said, styles),
        Spacer(0, 6),
        blocks.text(said.closing, styles.body),
    ]


def _table(said: NomineeList, styles: Styles) -> Table:
    rows: list[list[Any]] = [[blocks.text(name, styles.cell_head) for name in said.columns]]
    marks: list[tuple[Any, ...]] = []
    for group in said.groups:
        marks.append(("SPAN", (0, len(rows)), (-1, len(rows))))
        heading = blocks.text(group.heading, styles.cell_group)
        rows.append([heading, *[""] * (len(said.columns) - 1)])
        for number, cells in enumerate(group.rows, start=1):
            first = blocks.text(str(number), styles.cell_centre)
            rows.append([first, *(blocks.text(cell, styles.cell) for cell in cells)])
    whole = sum(said.widths)
    widths = [layout.TEXT_WIDTH * width / whole for width in said.widths]
    style = TableStyle(
        [
            blocks.CELL_FONT,
            ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 3),
            ("RIGHTPADDING", (0, 0), (-1, -1), 3),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
            *marks,
        ]
    )
    return Table(rows, colWidths=widths, repeatRows=1, style=style, splitInRow=0)
