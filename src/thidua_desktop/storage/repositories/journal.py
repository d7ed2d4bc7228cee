"""The journal of this PC: what a transaction made of which records, and texts beside fields."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    delete,
    func,
    insert,
    select,
    tuple_,
    update,
)

from thidua_desktop.domain.field_values import Stored, to_stored
from thidua_desktop.domain.journal import Binned, Change, FieldText, Step, joined
from thidua_desktop.domain.kinds import KIND_BY_NAME, KINDS
from thidua_desktop.domain.records import Record, kind_name, specs
from thidua_desktop.services.changes import Touched
from thidua_desktop.storage.ledger.lines import from_line, to_line
from thidua_desktop.storage.ledger.tables import hidden
from thidua_desktop.storage.rows.journal import (
    binned,
    journal_change,
    journal_step,
    own_note,
    typed,
)

# A transaction that touches more is no work of a hand: it is not taken back record by record.
MOST_RECORDS = 2_000
MOST_STEPS = 1_000
Values = Mapping[str, Stored]
Find = Callable[[type[Record], UUID], Record | None]


class Recorder:
    """Remembers of each record that a transaction writes what it was before."""

    def __init__(self) -> None:
        self.before: dict[tuple[str, UUID], Values | None] = {}
        self.is_too_much = False

    def note(self, find: Find, kind: type[Record], record_id: UUID, *, goes: bool = False) -> None:
        """Look at a record that is about to be written, or to go."""
        place = (kind_name(kind), record_id)
        self.is_too_much = self.is_too_much or len(self.before) >= MOST_RECORDS
        if place not in self.before and (goes or not self.is_too_much):
            self.before[place] = _filled(find(kind, record_id))

    def back_to(self, count: int) -> None:
        """Forget the records that were first written after so many others."""
        for place in list(self.before)[count:]:
            del self.before[place]


class JournalRepository:
    """Fits the Journal of services.ports."""

    def __init__(self, connection: Connection, now: Callable[[], datetime]) -> None:
        self._connection = connection
        self._now = now
        self._is_skipped = False

    # steps

    def skip(self) -> None:
        self._is_skipped = True

    def next_undo(self) -> Step | None:
        return self._step(
            select(journal_step)
            .where(~journal_step.c.undone)
            .order_by(journal_step.c.number.desc())
        )

    def next_redo(self) -> Step | None:
        return self._step(
            select(journal_step).where(journal_step.c.undone).order_by(journal_step.c.number)
        )

    def mark(self, step: Step, *, undone: bool) -> None:
        self.skip()
        ours = journal_step.c.number == step.number
        self._connection.execute(update(journal_step).where(ours).values(undone=undone))

    def drop(self, step: Step) -> None:
        self.skip()
        self._connection.execute(delete(journal_step).where(journal_step.c.number == step.number))
        self._connection.execute(delete(journal_change).where(journal_change.c.step == step.number))

    def enter(self, recorder: Recorder, find: Find) -> None:
        """Keep what a transaction made of the records that it wrote: at its end."""
        changes = [
            change
            for (kind, record_id), before in recorder.before.items()
            if (change := _change(kind, record_id, before, find(KIND_BY_NAME[kind], record_id)))
        ]
        self._enter_bin(changes)
        if self._is_skipped or recorder.is_too_much or not changes:
            return
        self._forget_undone()
        last = self.next_undo()
        number = (last.number if last else 0) + 1
        step = Step(number, self._now().astimezone(UTC), tuple(changes))
        if last is not None and step.continues(last):
            self.drop(last)
            step = joined(last, step)
        if step.changes:
            self._insert(step)

    def forget(self, records: Collection[Touched]) -> None:
        """Keep nothing that was said in these records."""
        said = _among(journal_change, records)
        steps = select(journal_change.c.step).where(said)
        self._connection.execute(delete(journal_step).where(journal_step.c.number.in_(steps)))
        self._connection.execute(delete(journal_change).where(said))
        for table in (binned, typed, own_note):
            self._connection.execute(delete(table).where(_among(table, records)))

    def _step(self, query: Select[Any]) -> Step | None:
        row = self._connection.execute(query.limit(1)).first()
        if row is None:
            return None
        changes = self._connection.execute(
            select(journal_change)
            .where(journal_change.c.step == row.number)
            .order_by(journal_change.c.place)
        )
        return Step(
            row.number,
            row.at.replace(tzinfo=UTC),
            tuple(
                Change(
                    one.kind,
                    UUID(bytes=one.record),
                    _read(one.kind, one.before),
                    _read(one.kind, one.after),
                )
                for one in changes
            ),
        )

    def _insert(self, step: Step) -> None:
        row = {"number": step.number, "at": step.at.replace(tzinfo=None), "undone": False}
        self._connection.execute(insert(journal_step).values(row))
        rows = [
            {
                "step": step.number,
                "place": place,
                "kind": one.kind,
                "record": one.id.bytes,
                "before": _written(one.before),
                "after": _written(one.after),
            }
            for place, one in enumerate(step.changes)
        ]
        self._connection.execute(insert(journal_change), rows)
        oldest = step.number - MOST_STEPS
        self._connection.execute(delete(journal_step).where(journal_step.c.number <= oldest))
        self._connection.execute(delete(journal_change).where(journal_change.c.step <= oldest))

    def _forget_undone(self) -> None:
        undone = select(journal_step.c.number).where(journal_step.c.undone)
        self._connection.execute(delete(journal_change).where(journal_change.c.step.in_(undone)))
        self._connection.execute(delete(journal_step).where(journal_step.c.undone))

    # the bin

    def binned(self) -> tuple[Binned, ...]:
        rows = self._connection.execute(select(binned).order_by(binned.c.deletion, binned.c.place))
        return tuple(
            Binned(
                kind=row.kind,
                id=UUID(bytes=row.record),
                deletion=row.deletion,
                at=row.at.replace(tzinfo=UTC),
                said=_read(row.kind, row.said) or {},
            )
            for row in rows
            if row.kind in KIND_BY_NAME
        )

    def hidden(self) -> tuple[tuple[str, UUID], ...]:
        rows = self._connection.execute(select(hidden.c.kind, hidden.c.row))
        return tuple(
            (kind_name(KINDS[row.kind - 1]), UUID(bytes=row.row))
            for row in rows
            if row.kind <= len(KINDS)
        )

    def _enter_bin(self, changes: Sequence[Change]) -> None:
        gone = [one for one in changes if one.after is None]
        for one in changes:
            ours = (binned.c.kind == one.kind) & (binned.c.record == one.id.bytes)
            self._connection.execute(delete(binned).where(ours))
        if not gone:
            return
        deletion = (self._connection.scalar(select(func.max(binned.c.deletion))) or 0) + 1
        at = self._now().astimezone(UTC).replace(tzinfo=None)
        rows = [
            {
                "kind": one.kind,
                "record": one.id.bytes,
                "deletion": deletion,
                "place": place,
                "at": at,
                "said": _written(one.before),
            }
            for place, one in enumerate(gone)
        ]
        self._connection.execute(insert(binned), rows)

    # texts beside fields

    def typed(self) -> tuple[FieldText, ...]:
        return self._texts(typed)

    def keep_typed(self, text: FieldText) -> None:
        self._keep(typed, text)

    def notes(self) -> tuple[FieldText, ...]:
        return self._texts(own_note)

    def keep_note(self, text: FieldText) -> None:
        self._keep(own_note, text)

    def _texts(self, table: Table) -> tuple[FieldText, ...]:
        return tuple(
            FieldText(
                kind=row.kind,
                id=UUID(bytes=row.record),
                field=row.field,
                text=row.text,
                at=row.at.replace(tzinfo=UTC),
            )
            for row in self._connection.execute(select(table).order_by(table.c.at))
        )

    def _keep(self, table: Table, text: FieldText) -> None:
        """Keep a text in place of the one there; an empty one goes."""
        place = {"kind": text.kind, "record": text.id.bytes, "field": text.field}
        ours = [table.c[name] == value for name, value in place.items()]
        self._connection.execute(delete(table).where(*ours))
        if text.text:
            at = self._now().astimezone(UTC).replace(tzinfo=None)
            self._connection.execute(insert(table).values(**place, text=text.text, at=at))


def _among(table: Table, records: Collection[Touched]) -> ColumnElement[bool]:
    """Return what the rows about these records have."""
    whole = {kind for kind, one in records if one is None}
    places = [(kind, one.bytes) for kind, one in records if one is not None]
    return table.c.kind.in_(whole) | tuple_(table.c.kind, table.c.record).in_(places)


def _filled(record: Record | None) -> Values | None:
    if record is None:
        return None
    fields = specs(type(record))
    stored = ((spec.name, to_stored(spec, getattr(record, spec.name))) for spec in fields)
    return {name: value for name, value in stored if value is not None}


def _change(kind: str, record_id: UUID, before: Values | None, now: Record | None) -> Change | None:
    after = _filled(now)
    if before == after:
        return None
    if before is None or after is None:
        return Change(kind, record_id, before, after)
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    old, new = ({name: said.get(name) for name in names} for said in (before, after))
    return Change(kind, record_id, old, new)


def _written(said: Values | None) -> str | None:
    if said is None:
        return None
    return json.dumps({name: to_line(value) for name, value in said.items()}, ensure_ascii=False)


def _read(kind: str, text: str | None) -> Values | None:
    if text is None:
        return None
    known = {spec.name: spec for spec in specs(KIND_BY_NAME[kind])}
    return {name: from_line(known.get(name), value) for name, value in json.loads(text).items()}
