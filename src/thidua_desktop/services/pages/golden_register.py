"""F29 Sổ theo dõi khen thưởng: what was awarded in a year, by which decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from thidua_desktop.domain.dates import PartialDate, shown
from thidua_desktop.domain.numbers import two_digits
from thidua_desktop.domain.pages import Align, Page, Row, Signatures, Table
from thidua_desktop.services.pages import parts
from thidua_desktop.services.pages.office import Office

FORM = "F29"
_COLUMNS = (
    ("number", 12, Align.CENTRE),
    ("holder", 65, Align.LEFT),
    ("award", 61, Align.LEFT),
    ("decision", 36, Align.LEFT),
    ("day", 24, Align.CENTRE),
    ("issuer", 38, Align.LEFT),
    ("book", 16, Align.CENTRE),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the register, by the record that tells it.

    `book_number` and `place` are known of decisions of this office.
    """

    id: UUID
    holder: str
    award: str
    decision: str
    day: PartialDate | None
    issuer: str
    book_number: int | None = None
    place: int | None = None


def golden_register_page(office: Office, year: int, entries: Sequence[Entry]) -> Page:
    """Return the register of a year as a page, line by line as they come."""
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
                    Row(cells=(str(number), *_cells(one)))
                    for number, one in enumerate(entries, start=1)
                ),
                closing=texts.say("closing", year=when, count=two_digits(len(entries))),
            ),
            Signatures(left=parts.signer(texts, "maker"), right=office.signature()),
        ),
    )


def _cells(one: Entry) -> tuple[str, ...]:
    number = str(one.book_number or "")
    return one.holder, one.award, one.decision, shown(one.day), one.issuer, number
