"""F28 Đăng ký thi đua: who strives for what in a year, as an annex to the pledge (giao ước)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.movements import Registration
from thidua_desktop.domain.numbers import two_digits
from thidua_desktop.domain.pages import Align, Page, Paragraph, Role, Row, Signatures, Table
from thidua_desktop.services.candidates import movement_name
from thidua_desktop.services.pages import parts
from thidua_desktop.services.pages.office import Office

FORM = "F28"
_COLUMNS = (
    ("number", 12, Align.CENTRE),
    ("name", 46, Align.LEFT),
    ("position", 44, Align.LEFT),
    ("title", 42, Align.LEFT),
    ("award", 33, Align.LEFT),
)


def registration_page(
    office: Office,
    year: int,
    registrations: Sequence[Registration],
    award_forms: Mapping[UUID, AwardForm],
) -> Page:
    """Return the registrations of a year as a page."""
    texts = office.texts.of(FORM)
    said = {
        "year": str(year),
        "movement": movement_name(office.movement),
        "agency": office.agency,
        "count": two_digits(len(registrations)),
    }
    return Page(
        form=FORM,
        name=texts.name,
        of=str(year),
        is_reconstructed=texts.is_reconstructed,
        blocks=(
            office.head(),
            parts.title(texts.say("title", **said), texts.say("subtitle", **said)),
            Paragraph(text=parts.sentence(texts.say("opening", **said)), role=Role.LABEL),
            Table(
                columns=parts.columns(texts, _COLUMNS),
                rows=tuple(
                    Row(cells=(str(number), *_cells(one, award_forms)))
                    for number, one in enumerate(registrations, start=1)
                ),
                closing=parts.sentence(texts.say("closing", **said)),
            ),
            Signatures(left=parts.signer(texts, "maker"), right=office.signature()),
        ),
    )


def _cells(one: Registration, award_forms: Mapping[UUID, AwardForm]) -> tuple[str, ...]:
    form = award_forms.get(one.award_form_id) if one.award_form_id else None
    return one.name, one.position, one.title, form.name if form else ""
