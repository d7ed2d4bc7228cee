"""Attachments (tệp kèm): files of evidence and of documents, from the disk and back to it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from uuid import UUID

from thidua_desktop.domain.attachments import (
    Attachment,
    AttachmentRow,
    FileState,
    Unfit,
    file_name,
    looks_sensitive,
)
from thidua_desktop.domain.criteria import Evidence
from thidua_desktop.domain.errors import FileChangedError, FileMissingError, UnfitFileError
from thidua_desktop.domain.movements import PlanDocument
from thidua_desktop.domain.records import Sha256
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.saving import RecordSaved, keep, refuse

_CHUNK = 256 * 1024


@dataclass(frozen=True, slots=True)
class AttachedTo:
    """What a file is attached to."""

    kind: type[Evidence | PlanDocument]
    id: UUID


def attach(
    ports: Ports, source: Path | bytes, *, to: AttachedTo, name: str = "", note: str = ""
) -> RecordSaved[Attachment]:
    """Keep a file beside a piece of evidence, or as a document of the movement; a photograph is
    shrunk.

    Its name is the file's own unless said; one that speaks of a paper of identity is marked.

    Raises:
        NotFoundError: the evidence or document is gone.
        LockedError: the evidence lies at the province.
        UnfitFileError: the file is none of those that may be attached.
        UnreadableFileError: the file cannot be read.
    """
    given = name or (source.name if isinstance(source, Path) else "")
    prepared = ports.attachments.prepare(given, source)
    with ports.store.write() as work:
        refuse(work, work.records.get(to.kind, to.id))
        sha = work.blobs.put(prepared.chunks())
        attachment = Attachment(
            id=ports.new_id(work.book.me().number),
            evidence_id=to.id if to.kind is Evidence else None,
            document_id=to.id if to.kind is PlanDocument else None,
            name=prepared.name,
            mime=prepared.mime,
            size=prepared.size,
            file=Sha256(sha),
            original_sha=prepared.original_sha or sha,
            note=note,
            sensitive=looks_sensitive(given),
        )
        return RecordSaved(keep(work, attachment, shown=None), work.commit())


def list_attachments(ports: Ports, *, missing: bool = False) -> tuple[AttachmentRow, ...]:
    """Return every attachment by name, or only those whose file is not here as it should be."""
    with ports.store.read() as work:
        found = work.records.having(Attachment)
        rows = rows_of(ports, work, found)
    wanted = (row for row in rows if not missing or row.state is not FileState.HERE)
    return tuple(sorted(wanted, key=lambda row: (row.attachment.name, row.attachment.id)))


def attachments_of(
    ports: Ports, work: Work, evidence: Collection[Evidence]
) -> tuple[AttachmentRow, ...]:
    """Return the attachments of these pieces of evidence, in the order they were added."""
    found = [one for of in evidence for one in work.records.having(Attachment, evidence_id=of.id)]
    return rows_of(ports, work, found)


def rows_of(
    ports: Ports, work: Work, attachments: Collection[Attachment]
) -> tuple[AttachmentRow, ...]:
    """Return attachments with how their files are found, at a glance: nothing is read through."""
    return tuple(AttachmentRow(one, state_of(ports, work, one)) for one in attachments)


def state_of(ports: Ports, work: Work, attachment: Attachment) -> FileState:
    """Tell how the file of an attachment is found, and whether it is what the record says."""
    if attachment.file is None:
        return FileState.MISSING
    state = work.blobs.state(attachment.file)
    if state is FileState.HERE and _kind_here(ports, work, attachment) != attachment.mime:
        return FileState.UNFIT
    return state


def save_attachment(ports: Ports, attachment_id: UUID, *, out: Path) -> Path:
    """Write a copy of an attachment to this file, or under its name into this folder.

    Raises:
        NotFoundError: the attachment is gone.
        FileMissingError: its file has not come yet.
        FileChangedError: its file is not what it was.
        UnfitFileError: its file is not what the record says; it is kept and never given out.
        UnwritableFileError: nothing can be written there.
    """
    with ports.store.read() as work:
        attachment, file = _fit_file(ports, work, attachment_id)
        with file:
            path = out / file_name(attachment.name, attachment.mime) if out.is_dir() else out
            ports.files.write(path, _sound_chunks(attachment, file))
    return path


def open_attachment(ports: Ports, attachment_id: UUID) -> Path:
    """Write a copy to be looked at into a private temporary folder. Raises as `save_attachment`."""
    with ports.store.read() as work:
        attachment, file = _fit_file(ports, work, attachment_id)
        with file:
            name = file_name(attachment.name, attachment.mime)
            return ports.attachments.open_copy(name, _sound_chunks(attachment, file))


def read_attachment(ports: Ports, work: Work, attachment_id: UUID) -> bytes:
    """Return the file of an attachment, whole. Raises as `save_attachment`."""
    attachment, file = _fit_file(ports, work, attachment_id)
    with file:
        return b"".join(_sound_chunks(attachment, file))


def _fit_file(ports: Ports, work: Work, attachment_id: UUID) -> tuple[Attachment, IO[bytes]]:
    attachment = work.records.get(Attachment, attachment_id)
    file = work.blobs.open(attachment.file) if attachment.file else None
    if file is None:
        raise FileMissingError(attachment.name)
    kind = ports.attachments.kind_of(file)
    if kind == attachment.mime:
        file.seek(0)
        return attachment, file
    with file:
        if attachment.file and not work.blobs.is_sound(attachment.file):
            raise FileChangedError(attachment.name)
    raise UnfitFileError(attachment.name, kind if isinstance(kind, Unfit) else Unfit.TYPE)


def _kind_here(ports: Ports, work: Work, attachment: Attachment) -> str | Unfit | None:
    file = work.blobs.open(attachment.file) if attachment.file else None
    if file is None:
        return None
    with file:
        return ports.attachments.kind_of(file)


def _sound_chunks(attachment: Attachment, file: IO[bytes]) -> Iterator[bytes]:
    """Yield the file; raise FileChangedError at its end, before it is taken for whole."""
    hasher = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        hasher.update(chunk)
        yield chunk
    if hasher.hexdigest() != attachment.file:
        raise FileChangedError(attachment.name)
