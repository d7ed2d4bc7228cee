"""F29 Sổ theo dõi khen thưởng: what was awarded in a year, by which decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from thidua_desktop.domain.dates import shown
from thidua_desktop.domain.merit import PriorAward, holder_of
from thidua_desktop.domain.numbers import two_digits
from thidua_desktop.domain.pages import Align, Page, Row, Signatures, Table
from thidua_desktop.services.pages import parts
from thidua_desktop.services.pages.office import Office

FORM = "F29"
_COLUMNS = (
    ("number", 10, Align.CENTRE),
    ("holder", 72, Align.LEFT),
    ("award", 72, Align.LEFT),
    ("decision", 36, Align.LEFT),
    ("day", 24, Align.CENTRE),
    ("issuer", 38, Align.LEFT),
)


def golden_register_page(
    office: Office, year: int, awards: Sequence[PriorAward], holders: Mapping[UUID, str]
) -> Page:
    """Return the register of a year as a page, in the order of the decisions."""
    texts, when = office.texts.of(FORM), str(year)
    return Page(
        form=FORM,
        name=texts.name,
        of=when,
        is_reconstructed=texts.is_reconstructed,
        is_landscape=True,
        blocks=(
            office.head(),
            parts.title(texts.say("title"), texts.say("subtitle", year=when)),
            Table(
                columns=parts.columns(texts, _COLUMNS),
                rows=tuple(
                    Row(cells=(str(number), *_cells(one, holders)))
                    for number, one in enumerate(awards, start=1)
                ),
                closing=texts.say("closing", year=when, count=two_digits(len(awards))),
            ),
            Signatures(left=parts.signer(texts, "maker"), right=office.signature()),
        ),
    )


def _cells(one: PriorAward, holders: Mapping[UUID, str]) -> tuple[str, ...]:
    whose = holder_of(one)
    name = holders.get(whose, "") if whose else ""
    return name, one.title, one.decision_number, shown(one.decision_date), one.issuer
