"""A clerk's own notes on fields: a reminder on this PC, which nobody else ever sees."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from thidua_desktop.domain.journal import FieldText
from thidua_desktop.services.ports import Ports

LONGEST = 2_000


def own_notes(ports: Ports, records: Collection[UUID] | None = None) -> tuple[FieldText, ...]:
    """Return the notes on these records' fields, or all of them, oldest first."""
    with ports.store.read() as work:
        notes = work.journal.notes()
    return tuple(one for one in notes if records is None or one.id in records)


def keep_own_note(ports: Ports, note: FieldText) -> None:
    """Keep a note in place of the one there; an empty one goes."""
    with ports.store.write() as work:
        work.journal.skip()
        work.journal.keep_note(replace(note, text=note.text.strip()[:LONGEST]))
        work.commit()
