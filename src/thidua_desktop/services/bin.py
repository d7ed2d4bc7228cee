"""The bin (thùng rác, mục Đã xóa): what was deleted, and the way back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from thidua_desktop.domain.errors import NotFoundError
from thidua_desktop.domain.field_values import from_stored
from thidua_desktop.domain.journal import Binned
from thidua_desktop.domain.kinds import KIND_BY_NAME
from thidua_desktop.domain.records import DELETED, Record, kind_name, kind_spec, values
from thidua_desktop.domain.typed import typed_text
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.journal import write_stored
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.same_as import office_names
from thidua_desktop.services.saving import refuse
from thidua_desktop.services.titles import Find, finder, title_by


@dataclass(frozen=True, slots=True, kw_only=True)
class BinRow:
    """What was deleted at once: its first record, and how many went along.

    `by` names who deleted it when it was not done on this PC. `may_restore`: this office may take
    it back; `may_wipe`: nobody else ever saw it, so that it can be gone for good.
    """

    kind: str
    id: UUID
    title: str
    said: tuple[tuple[str, str], ...]
    others: int
    at: datetime | None
    by: str
    may_restore: bool
    may_wipe: bool


def bin_rows(ports: Ports) -> tuple[BinRow, ...]:
    """Return what lies in the bin, the latest first."""
    with ports.store.read() as work:
        here = _groups(work)
        known = {(kind_name(type(one)), one.id) for _, group in here for one in group}
        rows = [_own_row(work, at, group) for at, group in here]
        elsewhere = [place for place in work.journal.hidden() if place not in known]
        rows += [_row_from_elsewhere(work, *place) for place in elsewhere]
    return tuple(sorted(rows, key=lambda row: (row.at is not None, row.at, row.id), reverse=True))


def restore_binned(ports: Ports, kind: str, record_id: UUID) -> Changes:
    """Take a record back out of the bin, with all that was deleted with it.

    Raises:
        NotFoundError: it does not lie in the bin.
        LockedError: it belongs to what lies submitted at the province.
    """
    with ports.store.write() as work:
        place = (kind, record_id)
        for _, group in _groups(work):
            if place in {(kind_name(type(one)), one.id) for one in group}:
                binned = {(one.kind, one.id): one for one in work.journal.binned()}
                for record in reversed(group):
                    refuse(work, record)
                    name = kind_name(type(record))
                    write_stored(work, type(record), record.id, binned[name, record.id].said)
                return work.commit()
        hidden = work.records.deleted(KIND_BY_NAME[kind], record_id)
        if hidden is None:
            raise NotFoundError(kind, record_id)
        refuse(work, hidden)
        work.records.restore(type(hidden), record_id)
        return work.commit()


def wipe_binned(ports: Ports, kind: str, record_id: UUID) -> Changes:
    """Forget for good what was deleted with this record and was never shared, its undo steps too.

    Raises NotFoundError: it does not lie in the bin.
    """
    with ports.store.write() as work:
        for _, group in _groups(work):
            places = [(kind_name(type(one)), one.id) for one in group]
            if (kind, record_id) in places:
                work.journal.forget([place for place in places if _is_draft(work, *place)])
                return work.commit()
        raise NotFoundError(kind, record_id)


def _groups(work: Work) -> list[tuple[datetime | None, list[Record]]]:
    """Return what was deleted here and is still gone, by deletion."""
    find = finder(work)
    gone = [one for one in work.journal.binned() if find(one.kind, one.id) is None]
    return [
        (parts[0].at, [_record(one) for one in parts])
        for _, group in groupby(gone, key=lambda one: one.deletion)
        if (parts := list(group))
    ]


def _record(one: Binned) -> Record:
    kind = KIND_BY_NAME[one.kind]
    fields: dict[str, Any] = {
        spec.name: from_stored(spec, one.said.get(spec.name)) for spec in kind_spec(kind).fields
    }
    return kind(id=one.id, **fields)


def _own_row(work: Work, at: datetime | None, group: Sequence[Record]) -> BinRow:
    first = group[0]
    find = _also_among(group, finder(work))
    return BinRow(
        kind=kind_name(type(first)),
        id=first.id,
        title=title_by(find, kind_name(type(first)), first.id),
        said=tuple(_said(find, first)),
        others=len(group) - 1,
        at=at,
        by="",
        may_restore=True,
        may_wipe=all(_is_draft(work, kind_name(type(one)), one.id) for one in group),
    )


def _row_from_elsewhere(work: Work, kind: str, record_id: UUID) -> BinRow:
    record = work.records.deleted(KIND_BY_NAME[kind], record_id)
    marks = [
        one
        for one in work.records.history(record_id)
        if one.field == DELETED and one.value is not None and not one.replaced_by
    ]
    last = marks[-1] if marks else None
    find = _also_among([record] if record else [], finder(work))
    level = work.exchange.own_level(kind, record_id, kind_spec(KIND_BY_NAME[kind]).fields[0].name)
    return BinRow(
        kind=kind,
        id=record_id,
        title=title_by(find, kind, record_id),
        said=tuple(_said(find, record)) if record else (),
        others=0,
        at=last.at if last else None,
        by=office_names(work).get(last.office, "") if last else "",
        may_restore=level > 0,
        may_wipe=False,
    )


def _is_draft(work: Work, kind: str, record_id: UUID) -> bool:
    return work.records.deleted(KIND_BY_NAME[kind], record_id) is None


def _also_among(group: Sequence[Record], find: Find) -> Find:
    here = {(kind_name(type(one)), one.id): one for one in group}
    return lambda kind, record_id: here.get((kind, record_id)) or find(kind, record_id)


def _said(find: Find, record: Record) -> Iterator[tuple[str, str]]:
    """Return what the record said: the label of each filled field, and its words."""
    for name, value in values(record).items():
        spec = kind_spec(type(record)).field(name)
        if value in {None, spec.blank}:
            continue
        words = title_by(find, spec.refers_to, value) if spec.refers_to else typed_text(spec, value)
        yield spec.label, words
