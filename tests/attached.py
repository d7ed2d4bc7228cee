"""Evidence with files, and bundles that carry it, for tests."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from attachment_files import PDF_BYTES
from thidua_desktop.domain.attachments import Attachment, AttachmentRow
from thidua_desktop.domain.criteria import Evidence
from thidua_desktop.domain.records import kind_name
from thidua_desktop.services.attachments import AttachedTo, attach, list_attachments
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import save_record


def a_pdf(number: int = 0, size: int = 0) -> bytes:
    """Return a file unlike that of another number, so long at least."""
    filling = f"% {number}\n".encode()
    return PDF_BYTES[:9] + filling + bytes(max(0, size - len(PDF_BYTES))) + PDF_BYTES[9:]


def an_evidence(ports: Ports, **fields: UUID) -> Evidence:
    with ports.store.read() as work:
        number = work.book.me().number
    made = Evidence(id=ports.new_id(number), wording="Biên bản hiến đất", **fields)
    return save_record(ports, made).record


def attached(
    ports: Ports, evidence: Evidence, *, content: bytes = PDF_BYTES, name: str = "a.pdf"
) -> Attachment:
    return attach(ports, content, to=AttachedTo(Evidence, evidence.id), name=name).record


def share(ports: Ports, *records: Evidence | Attachment) -> None:
    with ports.store.write() as work:
        work.records.share([(kind_name(type(one)), one.id) for one in records])
        work.commit()


def shared(ports: Ports, *contents: bytes) -> list[Attachment]:
    """Attach these files to one piece of evidence, and let the next bundle carry them."""
    evidence = an_evidence(ports)
    found = [
        attached(ports, evidence, content=content, name=f"{n}.pdf")
        for n, content in enumerate(contents)
    ]
    share(ports, evidence, *found)
    return found


def row(ports: Ports, attachment: Attachment) -> AttachmentRow:
    (found,) = (r for r in list_attachments(ports) if r.attachment.id == attachment.id)
    return found


def blob_of(folder: Path, attachment: Attachment) -> Path:
    """Return where the file of an attachment lies in the data folder below a folder."""
    return folder / "data" / "blobs" / str(attachment.file)
