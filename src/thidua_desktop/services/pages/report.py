"""F02 to F08 Báo cáo thành tích: what a nominee reached, criterion by criterion."""

from __future__ import annotations

from collections.abc import Iterator

from thidua_desktop.domain.dossiers import MeritReport, ReportSection, ReportTable
from thidua_desktop.domain.pages import (
    Align,
    Block,
    Column,
    Facts,
    Page,
    Paragraph,
    Role,
    Row,
    Signatures,
    Table,
    TableSize,
)
from thidua_desktop.domain.told import joined
from thidua_desktop.services.pages import parts


def report_page(said: MeritReport) -> Page:
    """Return the report as a page."""
    left, right = said.signatures
    return Page(
        form=said.form,
        name="Báo cáo thành tích",
        is_reconstructed=said.is_reconstructed,
        of=said.subject_line,
        blocks=(
            parts.head(said.head),
            parts.title(said.title, said.award_line, remark=said.movement_line),
            Paragraph(text=said.subject_line, role=Role.SUBJECT),
            *(block for section in said.sections for block in _section(section)),
            *(Paragraph(text=words) for words in (said.closing,) if words),
            Signatures(left=left, right=right, below=said.confirmations),
        ),
    )


def _section(said: ReportSection) -> Iterator[Block]:
    yield Paragraph(text=said.heading, role=Role.HEADING)
    if said.facts:
        yield Facts(lines=said.facts)
    for paragraph in said.paragraphs:
        yield Paragraph(text=paragraph)
    if said.leading:
        yield Paragraph(text=said.leading, role=Role.LABEL)
    for result in said.results:
        yield Paragraph(text=result.criterion, role=Role.CRITERION)
        for line in result.results:
            yield Paragraph(text=joined("- ", line))
    for table in said.tables:
        yield Paragraph(text=table.heading, role=Role.CRITERION)
        yield _table(table)


def _table(said: ReportTable) -> Table:
    """Return a table: years in the middle, figures at the right."""

    def align(place: int) -> Align:
        if said.figures_from:
            return Align.RIGHT if place >= said.figures_from else Align.LEFT
        return Align.LEFT if place else Align.CENTRE

    columns = zip(said.columns, said.widths, strict=True)
    return Table(
        columns=tuple(
            Column(name=name, width=width, align=align(place))
            for place, (name, width) in enumerate(columns)
        ),
        rows=tuple(Row(cells=cells) for cells in said.rows),
        size=TableSize.SMALL if said.figures_from else TableSize.NORMAL,
    )
