"""Whom a checklist is compared with: the units of its kind that filled the same set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from thidua_desktop.domain.criteria import (
    Checklist,
    CriteriaSet,
    Criterion,
    PointEntry,
    PointRule,
)
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.ids import office_number
from thidua_desktop.domain.peer_groups import PeerGroup, PeerGroupMember, members_on
from thidua_desktop.domain.ranking import Rank, ranks
from thidua_desktop.domain.scoring import TIER_FIELDS, Tier
from thidua_desktop.domain.text import sort_key
from thidua_desktop.domain.totals import Total, total_of
from thidua_desktop.domain.units import Unit, stands_between
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.scoring_rules import scores_of
from thidua_desktop.services.trust import own_numbers


@dataclass(frozen=True, slots=True)
class Peer:
    """A unit that filled the set, and what it came to.

    `bloc` is what it came to by the word of its peers; `marked` are the steps in which somebody
    gave points.
    """

    checklist_id: UUID
    unit_id: UUID
    name: str
    total: Total
    rank: Rank | None = None
    bloc: Total | None = None
    marked: frozenset[Tier] = frozenset()


@dataclass(frozen=True, slots=True)
class Group:
    """The units that compete with each other: their cụm or khối, if they are in one."""

    name: str
    unit_ids: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """A unit whose checklist can be opened here; `is_filled`: somebody began it."""

    unit_id: UUID
    name: str
    is_filled: bool


def unit_choices(ports: Ports, *, set_id: UUID, year: int) -> tuple[UnitChoice, ...]:
    """Return whose checklists can be opened, this office's own first.

    An office fills in for the units below it too, and for those it inherited; the province opens
    what was sent to it.
    """
    with ports.store.read() as work:
        me, filled = work.book.me(), filled_for(work, set_id, year)
        wanted = {me.unit_id}
        if me.is_province:
            wanted |= filled.keys()
        else:
            own = own_numbers(work)
            wanted |= {unit for unit, one in filled.items() if office_number(one.id) in own}
            wanted |= _below(work, me.unit_id, year)
        units = [unit for one in wanted if (unit := work.records.find(Unit, one)) is not None]
        units.sort(key=lambda unit: (unit.id != me.unit_id, sort_key(unit.name)))
        return tuple(UnitChoice(unit.id, unit.name, unit.id in filled) for unit in units)


def filled_for(work: Work, set_id: UUID | None, year: int | None) -> dict[UUID, Checklist]:
    """Return the checklists of a set and a year by unit.

    Of two for one unit that count which this office may write, then those that the unit filled
    itself: a district may have typed in what its commune then sent.
    """
    own = own_numbers(work)
    offices = {(one.unit_id, one.office) for one in work.book.certificates()}
    found: dict[UUID, Checklist] = {}
    there = work.records.having(Checklist, set_id=set_id, period=year)
    for one in sorted(
        there,
        key=lambda one: (
            office_number(one.id) not in own,
            (one.unit_id, office_number(one.id)) not in offices,
            one.id,
        ),
    ):
        if one.unit_id is not None:
            found.setdefault(one.unit_id, one)
    return found


def peers_of(work: Work, checklist: Checklist) -> tuple[Peer, ...]:
    """Return the units that a checklist is ranked among, the best first."""
    group = group_of(work, checklist.unit_id, checklist.period).unit_ids
    filled = filled_for(work, checklist.set_id, checklist.period)
    criteria_set = work.records.find(CriteriaSet, checklist.set_id)
    if criteria_set is None:
        return ()
    measure = _Measure(
        criteria_set,
        work.records.having(Criterion, set_id=criteria_set.id),
        {rule.id: rule for rule in work.records.having(PointRule, set_id=criteria_set.id)},
    )
    totals = {}
    for unit_id, one in filled.items():
        unit = work.records.find(Unit, unit_id)
        if unit is not None and unit_id in group:
            totals[unit_id] = measure.peer(work, one, unit)
    placed = ranks({unit_id: peer.total.total for unit_id, peer in totals.items()})
    peers = [replace(peer, rank=placed[unit_id]) for unit_id, peer in totals.items()]
    return tuple(sorted(peers, key=lambda peer: (-peer.total.total, sort_key(peer.name))))


@dataclass(frozen=True, slots=True)
class _Measure:
    """A set with all that totals follow from, read once for many checklists."""

    criteria_set: CriteriaSet
    criteria: tuple[Criterion, ...]
    rules: Mapping[UUID | None, PointRule]

    def peer(self, work: Work, checklist: Checklist, unit: Unit) -> Peer:
        """Return what a unit came to, not ranked yet."""
        entries = [
            (self.rules[entry.rule_id], entry)
            for entry in work.records.having(PointEntry, checklist_id=checklist.id)
            if entry.rule_id in self.rules
        ]
        scored = tuple(scores_of(work.records, checklist, self.criteria))
        totals = {
            tier: total_of(self.criteria_set, scored, entries, tier)
            for tier in (Tier.CROSS, Tier.VERIFIED)
        }
        marked = {
            tier
            for tier, (points, _) in TIER_FIELDS.items()
            if any(getattr(score, points) is not None for _, score in scored)
        }
        if any(entry.verified_times is not None for _, entry in entries):
            marked.add(Tier.VERIFIED)
        return Peer(
            checklist.id,
            unit.id,
            unit.name,
            totals[Tier.VERIFIED],
            bloc=totals[Tier.CROSS],
            marked=frozenset(marked),
        )


def group_of(work: Work, unit_id: UUID | None, year: int | None) -> Group:
    """Return the units that a unit competes with: those of its cụm or khối at the end of the year,
    and where it is in none those of the same level under the same parent.
    """
    members = work.records.having(PeerGroupMember)
    day = PartialDate(year, 12, 31) if year else None
    if day is not None:
        groups = {one.group_id for one in members if one.unit_id == unit_id and one.belongs_on(day)}
        found = {
            member.unit_id
            for group in groups
            if group is not None
            for member in members_on(members, group, day)
        }
        if found:
            named = sorted(
                one.name
                for group in groups
                if (one := work.records.find(PeerGroup, group)) is not None
            )
            return Group(", ".join(named), frozenset(one for one in found if one is not None))
    unit = work.records.find(Unit, unit_id)
    alike = frozenset(one.id for one in _siblings(work, unit)) if unit else frozenset()
    return Group("", alike)


def _siblings(work: Work, unit: Unit) -> tuple[Unit, ...]:
    """Return the units of the same level under the same parent.

    The people's committee of a place competes with those of the places beside it.
    """
    place = _place_of(work, unit)
    if place is None:
        return work.records.having(Unit, level=unit.level, parent_id=unit.parent_id)
    places = {one.id for one in _siblings(work, place)}
    alike = work.records.having(Unit, level=unit.level, form=unit.form)
    return tuple(one for one in alike if one.parent_id in places)


def _place_of(work: Work, unit: Unit) -> Unit | None:
    """Return the place that a people's committee governs, which the register has over it."""
    parent = work.records.find(Unit, unit.parent_id)
    return parent if parent is not None and parent.level == unit.level else None


def _below(work: Work, unit_id: UUID, year: int) -> set[UUID]:
    """Return the units below a unit that stand in a year: below a committee those of its place."""
    first, last = PartialDate(year, 1, 1), PartialDate(year, 12, 31)
    found: set[UUID] = set()
    me = work.records.find(Unit, unit_id)
    place = _place_of(work, me) if me else None
    waiting = [unit_id, *([place.id] if place else ())]
    while waiting:
        for unit in work.records.having(Unit, parent_id=waiting.pop()):
            stands = any(stands_between(unit.valid_from, unit.valid_to, d) for d in (first, last))
            if stands and unit.id not in found and unit.id != unit_id:
                found.add(unit.id)
                waiting.append(unit.id)
    return found
