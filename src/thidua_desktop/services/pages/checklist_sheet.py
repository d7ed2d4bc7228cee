"""F19 Phiếu tiêu chí: a filled checklist as a table, totals, who signs."""

from __future__ import annotations

from thidua_desktop.domain.dossiers import ChecklistSheet, SheetRow
from thidua_desktop.domain.pages import (
    Align,
    Column,
    Page,
    Row,
    RowSort,
    Signatures,
    Table,
    TableSize,
)
from thidua_desktop.services.pages import parts

_WIDE = 30  # a column of words, not of figures


def sheet_page(said: ChecklistSheet) -> Page:
    """Return the sheet as a page."""
    left, right = said.signatures
    columns = zip(said.columns, said.widths, strict=True)
    return Page(
        form="F19",
        name="Phiếu tiêu chí",
        is_reconstructed=said.is_reconstructed,
        blocks=(
            parts.head(said.head),
            parts.title(said.title, remark=said.subtitle),
            Table(
                columns=tuple(
                    Column(
                        name=name, width=width, align=Align.LEFT if width >= _WIDE else Align.CENTRE
                    )
                    for name, width in columns
                ),
                rows=tuple(map(_row, said.rows)),
                size=TableSize.SMALL,
                closing=f"{' '.join(said.remarks).removesuffix('.')}./.",
            ),
            Signatures(left=left, right=right),
        ),
    )


def _row(said: SheetRow) -> Row:
    if said.is_heading:
        whole = " ".join(part for part in (*said.cells, *said.below) if part)
        return Row(cells=(whole,), sort=RowSort.HEADING)
    sort = RowSort.TOTAL if said.is_total else RowSort.PLAIN
    return Row(cells=said.cells, below=said.below, sort=sort)
