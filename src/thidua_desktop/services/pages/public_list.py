"""F26 Danh sách công khai: who is proposed for what, for everybody to comment on.

Everybody may read it: of a person it says name, position and workplace, of a family the commune,
of a collective where it is, and nothing else (Law 06/2022/QH15, article 84 clause 5 by the form;
personal data are reduced).
"""

from __future__ import annotations

from collections.abc import Sequence

from thidua_desktop.domain.pages import Align, Page, Paragraph, Table
from thidua_desktop.domain.people import Collective, Household, Person
from thidua_desktop.domain.proposals import Nominee
from thidua_desktop.services.candidates import Candidate, counted, full_name, in_sentence
from thidua_desktop.services.list_wording import groups_of
from thidua_desktop.services.pages import parts
from thidua_desktop.services.pages.nominee_list import rows_of
from thidua_desktop.services.pages.office import Office

FORM = "F26"
_COLUMNS = (
    ("number", 12, Align.CENTRE),
    ("name", 68, Align.LEFT),
    ("place", 97, Align.LEFT),
)


def public_list_page(office: Office, award_name: str, candidates: Sequence[Candidate]) -> Page:
    """Return the list as a page, groups in their order, each numbered anew."""
    texts = office.texts.of(FORM)
    said = {
        "agency": office.agency,
        "award_name": award_name,
        "counts": counted(candidates),
    }
    return Page(
        form=FORM,
        name=texts.name,
        is_reconstructed=texts.is_reconstructed,
        contact=office.contact,
        blocks=(
            office.head("TB"),
            parts.title(texts.say("kind"), texts.say("title", **said)),
            Paragraph(text=parts.sentence(texts.say("opening", **said))),
            Table(
                columns=parts.columns(texts, _COLUMNS),
                rows=tuple(
                    row for group in groups_of(texts, candidates, _cells) for row in rows_of(group)
                ),
            ),
            Paragraph(text=parts.sentence(texts.say("closing", **said))),
            office.signed(texts),
        ),
    )


def _cells(candidate: Candidate) -> tuple[str, ...]:
    nominee = candidate.nominee
    return full_name(nominee), parts.sentence(_public(nominee))


def _public(nominee: Nominee) -> str:
    match nominee:
        case Person():
            said = (nominee.position, in_sentence(nominee.workplace))
            return ", ".join(part for part in said if part)
        case Household():
            return _commune(nominee.address)
        case Collective():
            return in_sentence(nominee.address)


def _commune(address: str) -> str:
    """Return only the commune of an address.

    >>> _commune("Số 5, thôn Đông Hòa, xã Bình Thanh, huyện Kiến Xương")
    'xã Bình Thanh, huyện Kiến Xương'
    """
    parts_of = [part.strip() for part in address.split(",")]
    for place, part in enumerate(parts_of):
        if part.lower().startswith(("xã ", "phường ", "thị trấn ")):
            return in_sentence(", ".join(parts_of[place:]))
    return in_sentence(parts_of[-1]) if len(parts_of) > 1 else ""
