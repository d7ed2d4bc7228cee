"""F13 Danh sách: the nominees in groups, each numbered anew, as an annex to the letter."""

from __future__ import annotations

from collections.abc import Iterator

from thidua_desktop.domain.dossiers import ListGroup, NomineeList
from thidua_desktop.domain.pages import Align, Column, Page, Row, RowSort, Table
from thidua_desktop.services.pages import parts

_CENTRED = frozenset({0, 2})  # running numbers and years


def list_page(said: NomineeList) -> Page:
    """Return the list as a page."""
    columns = zip(said.columns, said.widths, strict=True)
    return Page(
        form="F13",
        name="Danh sách",
        is_reconstructed=said.is_reconstructed,
        blocks=(
            parts.title(said.kind, said.title, remark=said.attached_to),
            Table(
                columns=tuple(
                    Column(
                        name=name,
                        width=width,
                        align=Align.CENTRE if place in _CENTRED else Align.LEFT,
                    )
                    for place, (name, width) in enumerate(columns)
                ),
                rows=tuple(row for group in said.groups for row in rows_of(group)),
                closing=said.closing,
            ),
        ),
    )


def rows_of(group: ListGroup) -> Iterator[Row]:
    """Yield the heading of a group and its rows, numbered from one."""
    yield Row(cells=(group.heading,), sort=RowSort.HEADING)
    for number, cells in enumerate(group.rows, start=1):
        yield Row(cells=(str(number), *cells))
