"""F29 Sổ theo dõi khen thưởng: what was awarded in a year, by which decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from thidua_desktop.domain.dates import shown
from thidua_desktop.domain.merit import PriorAward, holder_of
from thidua_desktop.domain.numbers import two_digits
from thidua_desktop.domain.pages import Align, Column, Page, Row, Signatures, Table
from thidua_desktop.services.pages import parts
from thidua_desktop.services.pages.office import Office


def golden_register_page(
    office: Office, year: int, awards: Sequence[PriorAward], holders: Mapping[UUID, str]
) -> Page:
    """Return the register of a year as a page, in the order of the decisions."""
    return Page(
        form="F29",
        name="Sổ theo dõi khen thưởng",
        of=str(year),
        is_reconstructed=True,
        is_landscape=True,
        blocks=(
            office.head(),
            parts.title("SỔ THEO DÕI KHEN THƯỞNG", f"Năm {year}"),
            Table(
                columns=(
                    Column(name="TT", width=10, align=Align.CENTRE),
                    Column(name="Tập thể, hộ gia đình, cá nhân", width=72),
                    Column(name="Danh hiệu, hình thức khen thưởng", width=72),
                    Column(name="Số quyết định", width=36),
                    Column(name="Ngày", width=24, align=Align.CENTRE),
                    Column(name="Cơ quan quyết định", width=38),
                ),
                rows=tuple(
                    Row(cells=(str(number), *_cells(one, holders)))
                    for number, one in enumerate(awards, start=1)
                ),
                closing=f"Sổ năm {year} có {two_digits(len(awards))} lượt khen thưởng./.",
            ),
            Signatures(left=parts.signer("NGƯỜI GHI SỔ"), right=office.signature()),
        ),
    )


def _cells(one: PriorAward, holders: Mapping[UUID, str]) -> tuple[str, ...]:
    whose = holder_of(one)
    name = holders.get(whose, "") if whose else ""
    return name, one.title, one.decision_number, shown(one.decision_date), one.issuer
