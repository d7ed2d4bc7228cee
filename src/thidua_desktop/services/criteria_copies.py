"""New sets of criteria: empty, from another one, or as its next version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from uuid import UUID

from thidua_desktop.domain.checks import checked, tidied
from thidua_desktop.domain.criteria import CriteriaSet, Criterion, CriterionSubject, PointRule
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import InvalidInputError
from thidua_desktop.domain.ids import office_number
from thidua_desktop.domain.records import Record, keyed_id, replace_values
from thidua_desktop.services.ports import Ports, Records, Work
from thidua_desktop.services.saving import add_new

_NUMBERS = (
    *("bonus_step", "bonus_each", "bonus_total"),
    *("share_b", "share_c", "share_d"),
    *("excellent_from", "good_from", "fair_from"),
)


def new_set(ports: Ports, *, name: str, valid_from: PartialDate | None) -> CriteriaSet:
    """Begin an empty set of this office, with the usual numbers for bonus and rating.

    Raises InvalidInputError: the name or the day cannot be kept.
    """
    with ports.store.write() as work:
        me = work.book.me()
        own = CriteriaSet(
            id=ports.new_id(me.number), name=name, unit_id=me.unit_id, valid_from=valid_from
        )
        return _stored(work, (_with_usual_numbers(ports, own),))


def make_own_set(
    ports: Ports, *, based_on: UUID, name: str, valid_from: PartialDate | None
) -> CriteriaSet:
    """Copy a criteria set into a draft of this office, where everything may be changed.

    Raises:
        NotFoundError: there is no set to copy.
        InvalidInputError: the name or the day cannot be kept.
    """
    with ports.store.write() as work:
        me, base = work.book.me(), work.records.get(CriteriaSet, based_on)
        own = CriteriaSet(
            id=ports.new_id(me.number),
            name=name,
            unit_id=me.unit_id,
            movement_id=base.movement_id,
            based_on_id=base.id,
            valid_from=valid_from,
            valid_to=base.valid_to if _is_before(valid_from, base.valid_to) else None,
            group_id=base.group_id,
        )
        own = replace_values(own, {number: getattr(base, number) for number in _NUMBERS})
        own = _with_usual_numbers(ports, own)
        return _stored(work, (own, *_copies(work.records, base, own)))


def new_version(ports: Ports, set_id: UUID) -> CriteriaSet:
    """Copy an issued set into the draft of its next version. Raises NotFoundError.

    Checklists filled by the old version stay with it.
    """
    with ports.store.write() as work:
        base = work.records.get(CriteriaSet, set_id)
        own = replace(
            base,
            id=ports.new_id(work.book.me().number),
            unit_id=work.book.me().unit_id,
            based_on_id=base.id,
            replaces_id=base.id,
            version=(base.version or 1) + 1,
            issued_on=None,
            document="",
        )
        return _stored(work, (own, *_copies(work.records, base, own)))


def links(criterion_id: UUID, group_ids: Iterable[UUID | None]) -> Iterator[CriterionSubject]:
    """Return the links of a criterion to the groups it speaks to."""
    for group_id in group_ids:
        key = {"criterion_id": criterion_id, "group_id": group_id}
        number = office_number(criterion_id)
        yield CriterionSubject(id=keyed_id(CriterionSubject, number, **key), **key)


def _stored(work: Work, records: tuple[Record, ...]) -> CriteriaSet:
    own = tidied(records[0])
    assert isinstance(own, CriteriaSet)  # noqa: S101 - the set comes first
    if issues := checked(own):
        raise InvalidInputError(issues)
    for record in (own, *records[1:]):
        add_new(work.records, record)
    work.commit()
    return own


def _with_usual_numbers(ports: Ports, own: CriteriaSet) -> CriteriaSet:
    """Give a set that says nothing of bonus and rating the usual numbers."""
    if any(getattr(own, number) is not None for number in _NUMBERS):
        return own
    return replace_values(own, dict(ports.plan().usual_numbers))


def _copies(records: Records, base: CriteriaSet, own: CriteriaSet) -> Iterator[Record]:
    number = office_number(own.id)
    for criterion in records.having(Criterion, set_id=base.id):
        copy_id = keyed_id(Criterion, number, set_id=own.id, code=criterion.code)
        yield replace(criterion, id=copy_id, set_id=own.id)
        spoken_to = records.having(CriterionSubject, criterion_id=criterion.id)
        yield from links(copy_id, (subject.group_id for subject in spoken_to))
    for rule in records.having(PointRule, set_id=base.id):
        copy_id = keyed_id(PointRule, number, set_id=own.id, code=rule.code)
        yield replace(rule, id=copy_id, set_id=own.id)


def _is_before(day: PartialDate | None, end: PartialDate | None) -> bool:
    return day is None or end is None or day.first_day() <= end.last_day()
