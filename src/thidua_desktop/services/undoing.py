"""Taking an import out again (hoàn tác), days later: first what depends on it, then the deed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from thidua_desktop.domain.bundles import UndoOutcome
from thidua_desktop.domain.errors import NotFoundError, UndoBlockedError
from thidua_desktop.domain.kinds import KINDS
from thidua_desktop.domain.offices import ReceivedBundle
from thidua_desktop.domain.records import FieldType, kind_name, specs
from thidua_desktop.services.bundle_reports import sender_name
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.titles import title_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependent:
    """A record that something later stands on. `is_edit`: it was written to since; else it only
    refers to one that goes.
    """

    kind: str
    id: UUID
    title: str
    is_edit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoPreview:
    """What taking an import out would do. `blocked_by` are the bundles to be taken out before."""

    received: ReceivedBundle
    sender: str
    records: int
    blocked_by: tuple[ReceivedBundle, ...]
    dependents: tuple[Dependent, ...]

    @property
    def is_clean(self) -> bool:
        """Tell whether nothing stands on what the import brought."""
        return not self.blocked_by and not self.dependents


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportUndone:
    """An import taken out: what was known of it before, and what was touched."""

    preview: UndoPreview
    changes: Changes


def preview_undo(ports: Ports, import_id: UUID) -> UndoPreview:
    """Take the import out of a scratch copy, and return what stands on it. Nothing is written.

    Raises NotFoundError: there is no such import, or it was taken out before.
    """
    with ports.store.scratch() as scratch, scratch.write() as work:
        received = _import(work, import_id)
        brought = {(kind, one) for kind, one, _ in work.exchange.brought(received.bundle)}
        outcome = work.exchange.undo(received.bundle)
        journal = {one.bundle: one for one in work.book.received()}
        with ports.store.read() as before:  # where everything still has its name
            dependents = _dependents(work, outcome, brought, before) if outcome.is_done else ()
        return UndoPreview(
            received=received,
            sender=sender_name(work, received.sender),
            records=outcome.records or len(brought),
            blocked_by=tuple(journal[one] for one in outcome.blocked_by if one in journal),
            dependents=dependents,
        )


def undo_import(ports: Ports, import_id: UUID) -> ImportUndone:
    """Take what a bundle brought out again; own work stays, and the same bundle may come again.

    Raises:
        NotFoundError: there is no such import, or it was taken out before.
        UndoBlockedError: later bundles of the same sender stand on it.
    """
    preview = preview_undo(ports, import_id)
    with ports.store.write() as work:
        received = _import(work, import_id)
        outcome = work.exchange.undo(received.bundle)
        if not outcome.is_done:
            raise UndoBlockedError(tuple(one.number for one in preview.blocked_by))
        work.book.mark_undone(received.bundle, ports.now())
        return ImportUndone(preview=preview, changes=work.commit())


def _import(work: Work, import_id: UUID) -> ReceivedBundle:
    for one in work.book.received():
        if one.id == import_id and one.undone_at is None:
            return one
    raise NotFoundError("", import_id)


def _dependents(
    work: Work, outcome: UndoOutcome, brought: Collection[tuple[str, UUID]], before: Work
) -> tuple[Dependent, ...]:
    """Return what was written on top of what goes, and what refers to records that are no more."""
    edited = [
        Dependent(
            kind=kind,
            id=one,
            title=title_of(before, kind, one),
            is_edit=True,
        )
        for kind, one in outcome.dependents
    ]
    by_kind = {kind_name(kind): kind for kind in KINDS}
    gone = {
        (kind, one)
        for kind, one in brought
        if kind in by_kind and work.records.find(by_kind[kind], one) is None
    }
    known = {(one.kind, one.id) for one in edited}
    referring = _referring(work, gone, before)
    return (*edited, *(one for one in referring if (one.kind, one.id) not in known))


def _referring(work: Work, gone: set[tuple[str, UUID]], before: Work) -> list[Dependent]:
    kinds = {kind for kind, _ in gone}
    found = []
    for kind in KINDS:
        refs = [
            (spec.name, spec.refers_to)
            for spec in specs(kind)
            if spec.type is FieldType.REF and spec.refers_to in kinds
        ]
        for record in work.records.having(kind) if refs else ():
            if any((target, getattr(record, name)) in gone for name, target in refs):
                name = kind_name(kind)
                title = title_of(before, name, record.id)
                found.append(Dependent(kind=name, id=record.id, title=title, is_edit=False))
    return found
