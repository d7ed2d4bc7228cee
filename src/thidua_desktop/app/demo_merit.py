"""What offices of the demo enter of the merit of nominees, proposed or not."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from thidua_desktop.app.demo_content import DecidedText, MeritText, PositionText
from thidua_desktop.domain.awards import AwardFormKind
from thidua_desktop.domain.dates import PartialDate, from_iso
from thidua_desktop.domain.field_values import from_json
from thidua_desktop.domain.merit import (
    Initiative,
    InitiativeClaim,
    InitiativeScope,
    Position,
    PositionSort,
    PriorAward,
    RatingLevel,
    RatingOf,
    YearlyRating,
)
from thidua_desktop.domain.proposals import NOMINEE_KINDS, Nominee, Proposal, Subject, nominee_name
from thidua_desktop.domain.records import Record, kind_spec, replace_values
from thidua_desktop.services.nominees import NOMINEE_FIELD
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import save_record


def enter_merit(ports: Ports, said: MeritText) -> int:
    """Enter a nominee, or go on with the one of this name; return how many lines there are."""
    subject = Subject(said.subject)
    nominee = _nominee(ports, subject, said)
    whose = {NOMINEE_FIELD[subject]: nominee.id}
    lines: list[Record] = [_position(ports, nominee.id, one) for one in said.positions]
    lines += [_rating(ports, whose, one) for one in said.ratings]
    lines += [_award(ports, whose, one) for one in said.awards]
    for one in said.initiatives:
        initiative = _initiative(ports, whose, one)
        lines.append(initiative)
        if one.used:
            lines += _claims(ports, subject, nominee.id, initiative.id)
    for line in lines:
        save_record(ports, line)
    return len(lines)


def _nominee(ports: Ports, subject: Subject, said: MeritText) -> Nominee:
    kind = NOMINEE_KINDS[subject]
    fields = {n: from_json(kind_spec(kind).field(n), v) for n, v in said.nominee.items()}
    blank: Nominee = kind(id=_new_id(ports))
    wanted: Nominee = replace_values(blank, fields)
    with ports.store.read() as work:
        known = [r for r in work.records.having(kind) if nominee_name(r) == nominee_name(wanted)]
    if not known:
        return save_record(ports, wanted).record
    again: Nominee = replace_values(known[0], fields)
    return save_record(ports, again, shown=known[0]).record


def _position(ports: Ports, person_id: UUID, said: PositionText) -> Position:
    return Position(
        id=_new_id(ports),
        person_id=person_id,
        sort=PositionSort(said.sort),
        title=said.title,
        workplace=said.workplace,
        held_from=from_iso(said.start),
        held_to=from_iso(said.end) if said.end else None,
    )


def _rating(ports: Ports, whose: dict[str, Any], said: DecidedText) -> YearlyRating:
    return YearlyRating(
        id=_new_id(ports),
        sort=RatingOf.WORK,
        level=RatingLevel(said.level),
        **whose,
        **_decided(said),
    )


def _award(ports: Ports, whose: dict[str, Any], said: DecidedText) -> PriorAward:
    return PriorAward(
        id=_new_id(ports),
        title=said.title,
        sort=AwardFormKind(said.sort),
        **whose,
        **_decided(said),
    )


def _initiative(ports: Ports, whose: dict[str, Any], said: DecidedText) -> Initiative:
    return Initiative(
        id=_new_id(ports),
        name=said.name,
        scope=InitiativeScope(said.scope),
        **whose,
        **_decided(said),
    )


def _decided(said: DecidedText) -> dict[str, Any]:
    day: PartialDate = from_iso(said.date)
    told = {"year": said.year, "decision_number": said.number, "issuer": said.issuer}
    return told | {"decision_date": day}


def _claims(
    ports: Ports, subject: Subject, nominee_id: UUID, initiative_id: UUID
) -> list[InitiativeClaim]:
    with ports.store.read() as work:
        proposals = work.records.having(Proposal, **{NOMINEE_FIELD[subject]: nominee_id})
    return [
        InitiativeClaim(id=_new_id(ports), proposal_id=one.id, initiative_id=initiative_id)
        for one in proposals[:1]
    ]


def _new_id(ports: Ports) -> UUID:
    with ports.store.read() as work:
        return ports.new_id(work.book.me().number)
