"""Undo and redo (hoàn tác, làm lại) of what was done on this PC, also days and restarts later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from thidua_desktop.domain.errors import LockedError
from thidua_desktop.domain.field_values import Stored, from_stored, to_stored
from thidua_desktop.domain.journal import Change, Step
from thidua_desktop.domain.kinds import KIND_BY_NAME
from thidua_desktop.domain.paper_forms import PaperText
from thidua_desktop.domain.records import Record, kind_spec
from thidua_desktop.domain.words import field_label, kind_label
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.saving import refuse
from thidua_desktop.services.titles import title_of

_MOST_FIELDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """A step taken back or done again, in words. Not `is_done`: it no longer can be, and is
    forgotten.
    """

    words: str
    is_done: bool
    kind: str
    id: UUID
    field: str
    changes: Changes


def undo(ports: Ports) -> Replayed | None:
    """Take the last step back; None: there is none."""
    with ports.store.write() as work:
        step = work.journal.next_undo()
        if step is None:
            return None
        turned = tuple(change.turned() for change in reversed(step.changes))
        return _replay(work, step, turned, undone=True)


def redo(ports: Ports) -> Replayed | None:
    """Do the step again that was taken back last; None: there is none."""
    with ports.store.write() as work:
        step = work.journal.next_redo()
        return None if step is None else _replay(work, step, step.changes, undone=False)


def write_stored(
    work: Work, kind: type[Record], record_id: UUID, said: Mapping[str, Stored]
) -> None:
    """Write these fields of a record as they were kept; a deleted one that was shared comes back
    as it is.
    """
    if work.records.find(kind, record_id) is None and work.records.deleted(kind, record_id):
        work.records.restore(kind, record_id)
    spec = kind_spec(kind)
    names = {one.name for one in spec.fields}
    fields = {
        name: from_stored(spec.field(name), value) for name, value in said.items() if name in names
    }
    work.records.write(kind, record_id, fields or _blank(kind))


def _replay(work: Work, step: Step, changes: tuple[Change, ...], *, undone: bool) -> Replayed:
    first = changes[-1] if undone else changes[0]
    title = _title(work, first)  # what goes is named while it is there, what comes when it is
    is_done = all(_still_fits(work, change) for change in changes)
    if is_done:
        work.journal.mark(step, undone=undone)
        for change in changes:
            _apply(work, change)
    else:
        work.journal.drop(step)
    return Replayed(
        words=_words(step, title or title_of(work, first.kind, first.id)),
        is_done=is_done,
        kind=first.kind,
        id=first.id,
        field=next(iter(first.after or first.before or ()), "") if first.is_edit else "",
        changes=work.commit(),
    )


def _still_fits(work: Work, change: Change) -> bool:
    """Tell whether a record still is as the step left it, and may be written."""
    kind = KIND_BY_NAME[change.kind]
    record = work.records.find(kind, change.id)
    if (record is None) is not (change.before is None):
        return False
    spec = kind_spec(kind)
    for name, value in (change.before or {}).items() if record else ():
        if to_stored(spec.field(name), getattr(record, name)) != value:
            return False
    try:
        refuse(work, record or kind(id=change.id))
        refuse(work, _as_it_will_be(kind, record, change))
    except LockedError:
        return False
    return True


def _as_it_will_be(kind: type[Record], record: Record | None, change: Change) -> Record:
    spec = kind_spec(kind)
    fields: dict[str, Any] = {
        name: from_stored(spec.field(name), value) for name, value in (change.after or {}).items()
    }
    return replace(record or kind(id=change.id), **fields)


def _apply(work: Work, change: Change) -> None:
    kind = KIND_BY_NAME[change.kind]
    if change.after is None:
        work.records.delete(kind, change.id)
    else:
        write_stored(work, kind, change.id, change.after)
    if kind is PaperText:  # what it takes back has gone out already
        work.records.share([(change.kind, change.id)])


def _blank(kind: type[Record]) -> dict[str, object]:
    return {spec.name: spec.blank for spec in kind_spec(kind).fields}


def _title(work: Work, change: Change) -> str:
    found = work.records.find(KIND_BY_NAME[change.kind], change.id)
    return title_of(work, change.kind, change.id) if found else ""


def _words(step: Step, title: str) -> str:
    """Return what a step did: sửa “Họ và tên” của “Nguyễn Văn A”."""
    first = step.changes[0]
    if first.is_edit:
        names = list(first.after or ())
        fields = ", ".join(f"“{field_label(first.kind, one)}”" for one in names[:_MOST_FIELDS])
        more = "…" if len(names) > _MOST_FIELDS else ""
        said = f"sửa {fields}{more} của “{title}”"
    else:
        deed = "xóa" if first.after is None else "thêm"
        said = f"{deed} {kind_label(first.kind).lower()} “{title}”"
    others = len(step.changes) - 1
    return f"{said} và {others} bản ghi đi cùng" if others else said
