"""F28 Đăng ký thi đua: who strives for what in a year, as an annex to the pledge (giao ước)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.movements import Registration
from thidua_desktop.domain.numbers import two_digits
from thidua_desktop.domain.pages import Align, Column, Page, Paragraph, Row, Signatures, Table
from thidua_desktop.services.pages import parts
from thidua_desktop.services.pages.office import Office


def registration_page(
    office: Office,
    year: int,
    registrations: Sequence[Registration],
    award_forms: Mapping[UUID, AwardForm],
) -> Page:
    """Return the registrations of a year as a page."""
    return Page(
        form="F28",
        name="Đăng ký thi đua",
        of=str(year),
        is_reconstructed=True,
        blocks=(
            office.head(),
            parts.title("BẢNG ĐĂNG KÝ THI ĐUA", f"Năm {year}"),
            Paragraph(
                text=f"Hưởng ứng {_movement(office)}, {office.agency} đăng ký thi đua năm {year} "
                f"như sau:"
            ),
            Table(
                columns=(
                    Column(name="TT", width=9, align=Align.CENTRE),
                    Column(name="Tập thể, cá nhân", width=48),
                    Column(name="Chức vụ, đơn vị", width=44),
                    Column(name="Danh hiệu, nội dung đăng ký", width=42),
                    Column(name="Hình thức khen thưởng", width=34),
                ),
                rows=tuple(
                    Row(cells=(str(number), *_cells(one, award_forms)))
                    for number, one in enumerate(registrations, start=1)
                ),
                closing=f"Bảng này có {two_digits(len(registrations))} tập thể, cá nhân đăng ký./.",
            ),
            Signatures(left=parts.signer("NGƯỜI LẬP BẢNG"), right=office.signature()),
        ),
    )


def _movement(office: Office) -> str:
    name = office.movement.name if office.movement else ""
    return f"phong trào thi đua “{name}”" if name else "phong trào thi đua"


def _cells(one: Registration, award_forms: Mapping[UUID, AwardForm]) -> tuple[str, ...]:
    form = award_forms.get(one.award_form_id) if one.award_form_id else None
    return one.name, one.position, one.title, form.name if form else ""
