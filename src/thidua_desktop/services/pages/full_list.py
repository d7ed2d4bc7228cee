"""F13 in full: what an authority wants to know of each nominee at a glance."""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import partial

from thidua_desktop.domain.dates import shown
from thidua_desktop.domain.merit import PriorAward
from thidua_desktop.domain.pages import Align, Column, Page, Table, TableSize
from thidua_desktop.domain.paper_forms import FormTexts
from thidua_desktop.domain.people import Collective, Gender, NomineeClass, Person
from thidua_desktop.domain.proposals import Nominee
from thidua_desktop.services.candidates import Candidate, Occasion, counted, full_name
from thidua_desktop.services.letter_wording import citation_of
from thidua_desktop.services.list_wording import (
    FORM,
    attached_to,
    groups_of,
    place_of,
    short_summary,
    title_of,
)
from thidua_desktop.services.pages import parts
from thidua_desktop.services.pages.nominee_list import rows_of

_COLUMNS = (
    *(("number", 11, Align.CENTRE), ("name", 34, Align.LEFT), ("male", 22, Align.CENTRE)),
    *(("female", 22, Align.CENTRE), ("ethnicity", 12, Align.CENTRE), ("party", 12, Align.CENTRE)),
    *(("qualification", 22, Align.LEFT), ("place", 42, Align.LEFT), ("leader", 12, Align.CENTRE)),
    *(("summary", 48, Align.LEFT), ("grounds", 27, Align.LEFT), ("held", 34, Align.LEFT)),
)
_BORN = frozenset({"male", "female"})
_LEADERS: Container[object] = (
    NomineeClass.PROVINCE_LEADER,
    NomineeClass.DEPARTMENT_LEADER,
    NomineeClass.DIVISION_LEADER,
    NomineeClass.OTHER_LEADER,
)
_LONGEST_SUMMARY, _MOST_AWARDS = 200, 2


def full_list_page(occasion: Occasion, candidates: Sequence[Candidate]) -> Page:
    """Return the list as a page, in the groups of the short one."""
    texts = occasion.texts.of(FORM)
    groups = groups_of(texts, candidates, partial(_cells, occasion, texts))
    return Page(
        form=FORM,
        name="Danh sách đầy đủ",
        is_reconstructed=texts.is_reconstructed,
        is_landscape=True,
        blocks=(
            parts.title(
                texts.say("kind"),
                title_of(occasion, candidates, texts),
                remark=attached_to(occasion, texts),
            ),
            Table(
                columns=tuple(_column(texts, *one) for one in _COLUMNS),
                rows=tuple(row for group in groups for row in rows_of(group)),
                size=TableSize.SMALL,
                closing=texts.say("closing", counts=counted(candidates)),
            ),
        ),
    )


def _column(texts: FormTexts, name: str, width: int, align: Align) -> Column:
    group = texts.say("column.born_on") if name in _BORN else ""
    return Column(name=texts.say(f"column.{name}"), width=width, align=align, group=group)


def _cells(occasion: Occasion, texts: FormTexts, candidate: Candidate) -> tuple[str, ...]:
    nominee, mark = candidate.nominee, texts.say("mark")
    ethnicity = party = qualification = leader = ""
    if not isinstance(nominee, Collective):
        ethnicity = nominee.ethnicity
    if isinstance(nominee, Person):
        party = mark if nominee.is_party_member else ""
        qualification = nominee.qualification
        leader = mark if nominee.nominee_class in _LEADERS else ""
    return (
        full_name(nominee),
        *_born(nominee),
        *(ethnicity, party, qualification, place_of(nominee), leader),
        short_summary(candidate, _LONGEST_SUMMARY),
        parts.sentence(citation_of(candidate, occasion.award)),
        "; ".join(map(_held, candidate.last_awards(_MOST_AWARDS))),
    )


def _born(nominee: Nominee) -> tuple[str, str]:
    """Return the birthday as a man's and as a woman's; whose gender is not known, for the pen."""
    if isinstance(nominee, Collective):
        return "", ""
    day = shown(nominee.birth_date)
    return (
        day if nominee.gender is Gender.MALE else "",
        day if nominee.gender is Gender.FEMALE else "",
    )


def _held(one: PriorAward) -> str:
    return f"{one.title} ({one.decision_number or f'năm {one.year}'})"
