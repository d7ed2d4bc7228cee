"""F32: the letter that asks to recognise what initiatives are worth, and their list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from thidua_desktop.domain.dates import shown
from thidua_desktop.domain.merit import Initiative
from thidua_desktop.domain.numbers import two_digits
from thidua_desktop.domain.pages import Align, Page, Paragraph, Role, Row, Table
from thidua_desktop.domain.told import told
from thidua_desktop.domain.words import word
from thidua_desktop.services.pages import parts
from thidua_desktop.services.pages.office import Office

FORM = "F32"
_COLUMNS = (
    ("number", 10, Align.CENTRE),
    ("name", 66, Align.LEFT),
    ("authors", 46, Align.LEFT),
    ("scope", 30, Align.LEFT),
    ("decision", 36, Align.LEFT),
    ("summary", 64, Align.LEFT),
)


def initiative_pages(
    office: Office, year: int, initiatives: Sequence[Initiative], holders: Mapping[UUID, str]
) -> tuple[Page, Page]:
    """Return letter and list; `holders` names the person or collective of each initiative."""
    texts = office.texts.of(FORM)
    said = {"year": str(year), "agency": office.agency, "count": two_digits(len(initiatives))}
    bases = parts.ended(texts.lines("bases", **said))
    letter = Page(
        form=FORM,
        name="Tờ trình sáng kiến",
        is_reconstructed=texts.is_reconstructed,
        blocks=(
            office.head("TTr"),
            parts.title(texts.say("kind"), texts.say("title", **said)),
            parts.address(texts.lines("recipients", **said)),
            *(Paragraph(text=line, role=Role.BASIS) for line in bases),
            Paragraph(text=parts.sentence(texts.say("request", **said))),
            Paragraph(text=texts.say("enclosure", **said), role=Role.ENCLOSURE),
            Paragraph(text=parts.sentence(texts.say("closing", **said))),
            office.signed(texts),
        ),
    )
    listed = Page(
        form=FORM,
        name="Danh sách sáng kiến",
        is_reconstructed=texts.is_reconstructed,
        is_landscape=True,
        blocks=(
            parts.title(
                texts.say("list.kind"),
                texts.say("list.title", **said),
                remark=texts.say("list.attached", **said),
            ),
            Table(
                columns=parts.columns(texts, _COLUMNS),
                rows=tuple(
                    Row(cells=(str(number), *_cells(one, holders)))
                    for number, one in enumerate(initiatives, start=1)
                ),
                closing=texts.say("list.closing", **said),
            ),
        ),
    )
    return letter, listed


def _cells(one: Initiative, holders: Mapping[UUID, str]) -> tuple[str, ...]:
    whose = one.person_id or one.collective_id
    author = holders.get(whose, "") if whose else ""
    authors = ", ".join(part for part in (author, one.authors) if part)
    return one.name, authors, word(one.scope), decision(one), told(one.summary, one, "summary")


def decision(one: Initiative) -> str:
    """Return the decision that recognised an initiative, in words."""
    day = f" ngày {shown(one.decision_date)}" if one.decision_date else ""
    issuer = f" của {one.issuer}" if one.issuer else ""
    return f"Số {one.decision_number}{day}{issuer}" if one.decision_number else ""
