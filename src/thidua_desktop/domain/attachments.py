"""Attachments (tệp kèm): which files may prove something, under which names they are kept."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.records import Record, Sha256, record_kind, said
from thidua_desktop.domain.text import clean, fold

MOST_BYTES = 25 * 1024**2
MOST_PER_BUNDLE = 2_000
# What is left of the largest bundle beside its ops.
MOST_FILES_BYTES = 1_792 * 1024**2
LONGEST_NAME = 120
_LONGEST_ENCODED = 200
PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What each kind of file ends in; the first ending is the one that is given.
ENDINGS: dict[str, tuple[str, ...]] = {
    PDF: (".pdf",),
    JPEG: (".jpg", ".jpeg"),
    PNG: (".png",),
    DOCX: (".docx",),
    XLSX: (".xlsx",),
}
_STARTS = {PDF: b"%PDF-", JPEG: b"\xff\xd8\xff", PNG: b"\x89PNG\r\n\x1a\n"}
ZIP_START = b"PK\x03\x04"
_MAIN_PARTS = {
    DOCX: f"{DOCX}.main+xml",
    XLSX: f"{XLSX}.main+xml",
}
_SEPARATORS = frozenset("/\\")
_NOT_IN_NAMES = frozenset('<>:"|?*')
_RESERVED = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"
}
_SEEN = frozenset({PDF, JPEG, PNG})
_PAPERS_OF_IDENTITY = ("cccd", "cmnd", "can cuoc", "chung minh", "ho chieu", "passport")


class FileState(StrEnum):
    """How an attachment's file is found: as it was, not here yet, altered, or no such file."""

    HERE = "here"
    MISSING = "missing"
    CHANGED = "changed"
    UNFIT = "unfit"


class Unfit(StrEnum):
    """Why a file cannot be attached, or is kept and never opened."""

    TYPE = "type"
    MACROS = "macros"
    SIZE = "size"
    DAMAGED = "damaged"
    NAME = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedFile:
    """A file that may be kept: its cleaned name, what it is, its bytes in chunks.

    `original_sha` is said when the bytes are not those that were given: a shrunk photograph.
    """

    name: str
    mime: str
    size: int
    chunks: Callable[[], Iterator[bytes]]
    original_sha: str | None = None


@record_kind("Tệp kèm")
@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment(Record):
    """A file that proves a piece of evidence, or is a document of the movement.

    `file` is what is kept; `original_sha` is what it was made of: photographs are shrunk on entry.
    """

    evidence_id: UUID | None = said("Minh chứng", blank=None, refers_to="evidence")
    name: str = said("Tên tệp", required=True, longest=LONGEST_NAME)
    mime: str = said("Loại tệp", required=True, longest=100)
    size: int | None = said("Cỡ tệp", blank=None, required=True, least=1, most=MOST_BYTES)
    file: Sha256 | None = said("Nội dung tệp", blank=None, required=True)
    original_sha: str = said("Mã tệp gốc", longest=64)
    note: str = said("Ghi chú", longest=300)
    sensitive: bool = said("Dữ liệu nhạy cảm", blank=False)
    document_id: UUID | None = said("Văn bản", blank=None, refers_to="plan_document")


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """An attachment, and how its file is found here."""

    attachment: Attachment
    state: FileState


def attachment_issues(attachment: Attachment) -> tuple[FieldIssue, ...]:
    """Return what is wrong with an attachment as a whole."""
    issues = []
    if _SEPARATORS & set(attachment.name):
        issues.append(FieldIssue("name", Issue.NOT_ALLOWED))
    if attachment.evidence_id is not None and attachment.document_id is not None:
        issues.append(FieldIssue("document_id", Issue.ONE_PLACE))
    return tuple(issues)


def kind_of_start(start: bytes) -> str | None:
    """Return the kind that the first bytes of a file speak of; of an archive, nothing."""
    return next((mime for mime, magic in _STARTS.items() if start.startswith(magic)), None)


def kind_of_package(names: list[str], content_types: str) -> str | Unfit:
    """Return which document an Office archive is, or why it is none that may be attached."""
    lowered = [name.casefold() for name in names]
    if len(set(lowered)) != len(lowered):
        return Unfit.DAMAGED
    types = content_types.casefold()
    if "macroenabled" in types or any(
        "vbaproject" in name or "/activex/" in f"/{name}" for name in lowered
    ):
        return Unfit.MACROS
    found = [mime for mime, part in _MAIN_PARTS.items() if f'"{part}"'.casefold() in types]
    return found[0] if len(found) == 1 else Unfit.TYPE


def file_name(name: str, mime: str) -> str:
    """Return a name that any disk takes, with the ending of what the file really is.

    Nothing in it leads to another folder, is hidden, turns the line around, or names a device.

    >>> file_name("CON .pdf.", PDF)
    '_CON.pdf'
    >>> file_name("../../hóa đơn.exe", PDF)
    'hóa đơn.exe.pdf'
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(" " if c.isspace() else c for c in unicodedata.normalize("NFC", last))
    kept = (c for c in shown if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    plain = clean("".join("_" if c in _NOT_IN_NAMES else c for c in kept)).rstrip(". ")
    endings = ENDINGS.get(mime, ("",))
    ending = next((e for e in endings if e and plain.casefold().endswith(e)), "")
    stem = _cut(plain[: len(plain) - len(ending)].strip(". ")) or "tep-kem"
    if stem.partition(".")[0].strip().casefold() in _RESERVED:
        stem = f"_{stem}"
    return stem + (ending or endings[0])


def can_be_seen(mime: str) -> bool:
    """Tell whether a file of this kind can be looked at in the window."""
    return mime in _SEEN


def is_path(name: str) -> bool:
    """Tell whether a name leads into a folder, or is nothing but dots and blanks."""
    return bool(_SEPARATORS & set(name)) or not name.strip(". \t")


def looks_sensitive(name: str) -> bool:
    """Tell whether a name speaks of a paper of identity, whose picture is sensitive data."""
    plain = " ".join(fold(name).replace("_", " ").replace("-", " ").split())
    return any(word in plain for word in _PAPERS_OF_IDENTITY)


def size_text(size: int | None) -> str:
    """Return a size for people.

    >>> size_text(1_572_864)
    '1,5 MB'
    """
    if size is None:
        return ""
    if size < 1024**2:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024**2:.1f} MB".replace(".", ",")


def _cut(stem: str) -> str:
    stem = stem[: LONGEST_NAME - len(".jpeg") - 1]
    while len(stem.encode()) > _LONGEST_ENCODED:
        stem = stem[:-1]
    return stem.strip(". ")


@dataclass(frozen=True, slots=True)
class FileFault:
    """A file that is damaged or has not come, and the dossiers that it touches."""

    sha: str
    state: FileState
    dossiers: tuple[str, ...]
