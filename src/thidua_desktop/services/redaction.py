"""What the law gives a person: a value erased for good, and all that is kept of them.

Writing a blank leaves the old value in the history. A redaction takes it out of the log itself,
here and wherever its record arrives; who wrote when, and the hash chain, stay (bundle.md 13).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import InvalidInputError, NotFoundError, UnredactableError
from thidua_desktop.domain.field_values import to_json
from thidua_desktop.domain.history import FieldVersion
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.kinds import KIND_BY_NAME, KINDS
from thidua_desktop.domain.ledger import CellState
from thidua_desktop.domain.people import Person
from thidua_desktop.domain.proposals import Proposal, Submission
from thidua_desktop.domain.records import FieldType, Record, kind_name, kind_spec, specs
from thidua_desktop.domain.redactions import Redaction, Unredactable, may_redact
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.records import field_spec, value_text, version_json
from thidua_desktop.services.saving import keep
from thidua_desktop.services.snapshots import read_snapshot
from thidua_desktop.services.titles import title_of

RETENTION = (
    "Hồ sơ khen thưởng phải được lưu trữ theo quy định của pháp luật; chỉ xóa hẳn giá trị khi "
    "pháp luật cho phép."
)
COPIES = (
    "Bản sao lưu và gói dữ liệu đã ghi trước lúc này vẫn còn giá trị cũ; hãy hủy chúng theo quy "
    "định."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Redacted:
    """What was taken out: so many writes, and files that held the value; `id` is the decision's,
    None where only drafts held it.
    """

    id: UUID | None
    ops: int
    files: int
    changes: Changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasable:
    """A field of a record that held something: what it says now, and in how many writes any value
    of it can still be read.
    """

    name: str
    shown: str
    writes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasableRecord:
    """What may be erased in a record. `is_allowed`: this office may; else its owner."""

    kind: str
    id: UUID
    title: str
    fields: tuple[Erasable, ...]
    is_allowed: bool


def erasable(ports: Ports, kind: str, record_id: UUID) -> ErasableRecord:
    """Return the fields of a record in which a value can still be read."""
    with ports.store.read() as work:
        record = work.records.find(KIND_BY_NAME[kind], record_id)
        told: dict[str, set[str]] = {}
        for one in work.records.history(record_id):
            if one.kind == kind and one.value is not None:
                told.setdefault(one.field, set()).add(one.op)
        fields = tuple(
            Erasable(
                name=spec.name,
                shown=value_text(getattr(record, spec.name)) if record else "",
                writes=len(told[spec.name]),
            )
            for spec in specs(KIND_BY_NAME[kind])
            if spec.name in told and spec.type is not FieldType.REF
        )
        return ErasableRecord(
            kind=kind,
            id=record_id,
            title=title_of(work, kind, record_id),
            fields=fields,
            is_allowed=may_redact(work.book.me().number, record_id),
        )


def redact_field(ports: Ports, record_id: UUID, field: str, *, reason: str) -> Redacted:
    """Erase one field. Raises as `redact_fields`."""
    return redact_fields(ports, record_id, (field,), reason=reason)


def redact_fields(ports: Ports, record_id: UUID, fields: Sequence[str], *, reason: str) -> Redacted:
    """Erase every value that fields of a record ever had; the next bundle erases them elsewhere.

    All of them or none. A write is redacted whole, so what else it said and still holds is written
    again first. Where that is not this office's to say, it waits there as a suggestion.

    Raises:
        NotFoundError: there is no such record.
        InvalidInputError: the record has no such field, or no reason is given.
        UnredactableError: another office's record, an open difference, or nothing to erase.
    """
    if not reason.strip():
        raise InvalidInputError((FieldIssue("reason", Issue.MISSING),))
    with ports.store.write() as work:
        work.journal.skip()
        done = [_redact(ports, work, record_id, field, reason) for field in fields]
        return Redacted(
            id=next((found for found, _, _ in done if found), None),
            ops=sum(ops for _, ops, _ in done),
            files=len({file for _, _, files in done for file in files}),
            changes=work.commit(),
        )


def _redact(
    ports: Ports, work: Work, record_id: UUID, field: str, reason: str
) -> tuple[UUID | None, int, set[str]]:
    """Return the decision, how many writes lost their values, and which files go."""
    me = work.book.me()
    versions = work.records.history(record_id)
    if not versions:
        raise NotFoundError("", record_id)
    if not any(field_spec(version.kind, field) for version in versions):
        raise InvalidInputError((FieldIssue(field, Issue.UNKNOWN_FIELD),))
    if not may_redact(me.number, record_id):
        raise UnredactableError(Unredactable.NOT_OWNER)
    wanted = [one for one in versions if one.field == field and one.value is not None]
    if not wanted:
        raise UnredactableError(Unredactable.NO_VALUE)
    _refuse_open(work, record_id)
    kind = wanted[0].kind
    files = _files_with(work, kind, record_id, field, wanted)
    _write_again(work, kind, record_id, field, versions, {one.op for one in wanted})
    work.exchange.redact(kind, record_id, field, [one.op for one in wanted])
    work.journal.forget([(kind, record_id)])
    numbered = sorted({one.op for one in wanted if not one.is_draft})
    decision = None
    if numbered:
        decision = Redaction(
            id=ports.new_id(me.number),
            about_kind=kind,
            about_id=record_id,
            about_field=field,
            ops="\n".join(numbered),
            files="\n".join(sorted(files)),
            reason=reason,
            date=PartialDate.of(ports.now().date()),
        )
        keep(work, decision, shown=None)
        work.records.share([(kind, record_id), (kind_name(Redaction), decision.id)])
    return decision.id if decision else None, len({one.op for one in wanted}), files


def person_data(ports: Ports, person_id: UUID) -> dict[str, Any]:
    """Return all that is kept of a person: every record that names them, and the history of each.

    Raises NotFoundError.
    """
    with ports.store.read() as work:
        person = work.records.get(Person, person_id)
        found: dict[UUID, Record] = {person.id: person}
        for record in _naming(work, person_id):
            found[record.id] = record
            if isinstance(record, Proposal):
                found |= {one.id: one for one in _naming(work, record.id)}
        return {
            "person": str(person_id),
            "records": [_said(record) for record in found.values()],
            "history": [
                version_json(version)
                for record_id in found
                for version in work.records.history(record_id)
            ],
        }


def _refuse_open(work: Work, record_id: UUID) -> None:
    """Refuse while owners differ: writing again what is shown would choose for them."""
    waiting = {one.state for one in work.records.differences() if one.id == record_id}
    if CellState.DIFFERENCE in waiting:
        raise UnredactableError(Unredactable.OPEN)


def _write_again(
    work: Work,
    kind: str,
    record_id: UUID,
    field: str,
    versions: Sequence[FieldVersion],
    ops: set[str],
) -> None:
    of_kind = KIND_BY_NAME[kind]
    record = work.records.find(of_kind, record_id)
    if record is None:
        return  # deleted: writing it would bring it back
    heads = {one.field for one in versions if one.op in ops and not one.replaced_by}
    staying: dict[str, object] = {
        spec.name: getattr(record, spec.name) for spec in specs(of_kind) if spec.name in heads
    }
    blank = kind_spec(of_kind).field(field).blank
    work.records.write(of_kind, record_id, staying | {field: blank})


def _files_with(
    work: Work, kind: str, record_id: UUID, field: str, wanted: Sequence[FieldVersion]
) -> set[str]:
    """Return the files that are the value, and the snapshots of letters that tell it."""
    if kind_spec(KIND_BY_NAME[kind]).field(field).type is FieldType.FILE:
        return {str(version.value) for version in wanted}
    return {sha for sha in _snapshots(work) if _tells(work.blobs.get(sha), record_id, field)}


def _snapshots(work: Work) -> set[str]:
    letters = work.records.having(Submission)
    versions = (one for letter in letters for one in work.records.history(letter.id))
    return {str(one.value) for one in versions if one.field == "snapshot" and one.value}


def _tells(snapshot: bytes | None, record_id: UUID, field: str) -> bool:
    said = read_snapshot(snapshot or b"").get(str(record_id))
    return said is not None and field in said["fields"]


def _naming(work: Work, record_id: UUID) -> Iterator[Record]:
    """Return the records with a field that refers to this one."""
    for kind in KINDS:
        for spec in specs(kind):
            if spec.type is FieldType.REF:
                yield from work.records.having(kind, **{spec.name: record_id})


def _said(record: Record) -> dict[str, Any]:
    fields = {spec.name: to_json(spec, getattr(record, spec.name)) for spec in specs(type(record))}
    told = {name: value for name, value in fields.items() if value is not None}
    return {"kind": kind_name(type(record)), "id": str(record.id), "fields": told}
