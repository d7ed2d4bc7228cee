"""F04 Báo cáo thành tích: what a nominee reached under the movement, criterion by criterion."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Table, TableStyle

from thidua_desktop.domain.dossiers import MeritReport, ReportSection, ReportTable
from thidua_desktop.formats.pdf import blocks
from thidua_desktop.formats.pdf import styles as layout
from thidua_desktop.formats.pdf.styles import Styles
from thidua_desktop.formats.pdf.texts import balanced, heading, text, with_end_kept

_ROOM_OF_SECTION, _ROOM_OF_TABLE = 48 * mm, 36 * mm


def report_story(report: MeritReport, styles: Styles) -> list[Flowable]:
    """Return the report as flowables."""
    story = [flowable for section in report.sections for flowable in _section(section, styles)]
    if report.closing:
        story.append(text(report.closing, styles.body))
    return [
        blocks.head(report.head, styles),
        *blocks.title(
            (
                (report.title, styles.title),
                (report.award_line, styles.title),
                (report.movement_line, styles.remark),
            )
        ),
        balanced(report.subject_line, styles.subject, layout.TEXT_WIDTH),
        *with_end_kept(story, blocks.signatures(report.signatures, report.confirmations, styles)),
    ]


def _section(section: ReportSection, styles: Styles) -> Iterator[Flowable]:
    if section.tables:  # a heading stays with the first rows of what it is over
        yield CondPageBreak(_ROOM_OF_SECTION)
    yield heading(section.heading, styles.heading)
    for label, value in section.facts:
        yield text(f"- {label}: {value}", styles.body)
    for paragraph in section.paragraphs:
        yield text(paragraph, styles.body)
    for result in section.results:
        yield heading(result.criterion, styles.criterion)
        for line in result.results:
            yield text(f"- {line}", styles.body)
    for table in section.tables:
        yield CondPageBreak(_ROOM_OF_TABLE)
        yield heading(table.heading, styles.criterion)
        yield _table(table, styles)


def _table(said: ReportTable, styles: Styles) -> Table:
    """Return a table: its headings stand on every page, years in the middle."""
    whole = sum(said.widths)
    widths = [layout.TEXT_WIDTH * width / whole for width in said.widths]
    named = zip(said.columns, widths, strict=True)
    rows = [[balanced(name, styles.cell_head, width - 2 * blocks.PADDING) for name, width in named]]
    for year, *cells in said.rows:
        rows.append([text(year, styles.cell_centre), *(text(cell, styles.cell) for cell in cells)])
    grid = ("GRID", (0, 0), (-1, -1), layout.GRID_WIDTH, colors.black)
    return Table(
        rows,
        colWidths=widths,
        repeatRows=1,
        spaceBefore=layout.SPACE_BETWEEN,
        style=TableStyle([*blocks.CELLS, grid]),
        splitInRow=1,
    )
