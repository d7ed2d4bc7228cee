"""The table of limits (bundle.md 12): what each is, where it stands, and how it is tried.

A row is tried with a thing of its limit and with one a step larger. Where such a thing cannot be
made in a test the constant is lowered first, which shows too that it is this one that decides.
"""

from __future__ import annotations

import hashlib
import json
import random
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from openpyxl import Workbook

from attachment_files import PDF_BYTES
from builders import SEED, a_bundle, a_warrant, an_enrolment
from formats.bundle.forged import FILES, packed, parts, signed, with_ops
from returned_work import a_told_dossier
from storage.ledger import forge
from storage.ledger.forge import SCORE, bundle, contents, line, receive, said
from storage.ledger.world import World
from thidua_desktop.app.paths import resources
from thidua_desktop.domain import attachments, bundle_limits, criteria, field_values, ids, records
from thidua_desktop.domain import parts as domain_parts
from thidua_desktop.domain.bundles import BundleContents, OpRange, Rejection
from thidua_desktop.domain.criteria import Score
from thidua_desktop.domain.errors import (
    BundleRejectedError,
    BundleTooLargeError,
    NotAWorkbookError,
    UnfitFileError,
    UnreturnableFileError,
    WorkbookTooLargeError,
    WrongHeadingsError,
)
from thidua_desktop.domain.field_values import NotKeptError, from_json
from thidua_desktop.domain.parts import PartHead
from thidua_desktop.domain.records import kind_spec
from thidua_desktop.domain.sheets import SheetColumn, SheetLayout
from thidua_desktop.domain.units import Unit
from thidua_desktop.formats import photographs
from thidua_desktop.formats.attachments import AttachmentFiles
from thidua_desktop.formats.bundle import limits as of_file
from thidua_desktop.formats.bundle import parts as part_module
from thidua_desktop.formats.bundle.parts import MAGIC, PartFiles, head_bytes
from thidua_desktop.formats.bundle.sealing import SEALED, AgeSealing, check_header
from thidua_desktop.formats.docx import returned as of_word
from thidua_desktop.formats.docx.papers import DocxPapers
from thidua_desktop.formats.excel import limits as of_sheet
from thidua_desktop.formats.excel.workbooks import Workbooks
from thidua_desktop.storage.ledger import limits as of_ledger
from thidua_desktop.storage.ledger.checking import LineReader
from thidua_desktop.storage.ledger.lines import LineError

REFUSALS = (
    NotKeptError,
    BundleRejectedError,
    NotAWorkbookError,
    UnfitFileError,
    UnreturnableFileError,
    WorkbookTooLargeError,
    WrongHeadingsError,
)
HEAD = '["b29vb29vb29vb29vb29vbw","person",{}]\n'
STRANGER = b"q" * 16


@dataclass(frozen=True)
class Limit:
    """A limit: `tried` makes a thing of a size and reads it, raising where that is refused.

    `lowered`: the limit is set so low, for a thing of its own size would be too large. `fixed`: the
    thing is of one size, told by this; then the limit moves, to that size and to one below.
    """

    value: int
    where: tuple[tuple[ModuleType, str], ...]
    tried: Callable[[Path, int], object]
    refused: str
    lowered: int = 0
    fixed: Callable[[Path], int] | None = None

    def fate(self, folder: Path, over: int) -> str | None:
        """Return how a thing so much over the limit is refused; None: it is taken."""
        with pytest.MonkeyPatch.context() as patch:
            size, limit = (self.lowered or self.value) + over, self.lowered or self.value
            if self.fixed is not None:
                size = self.fixed(folder)
                limit = size - over
            if limit != self.value:
                for module, name in self.where:
                    patch.setattr(module, name, limit)
            return refusal(lambda: self.tried(folder, size))


def refusal(read: Callable[[], object]) -> str | None:
    try:
        read()
    except REFUSALS as error:
        reason = getattr(error, "reason", None) or getattr(error, "why", None)
        return str(getattr(error, "issue", None) or reason or type(error).__name__)
    return None


# files of bundles


def read(data: bytes) -> BundleContents:
    return FILES.unpack(data, file_name="x")


def read_as_written(made: BundleContents) -> None:
    """Read a bundle, and see that what is refused is not written either."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("FILE_BYTES", "OPS", "RANGES", "CERTIFICATES", "BLOBS", "BLOB_BYTES"):
            patch.setattr(of_file, name, 2**40)
        patch.setattr(of_file, "MANIFEST_BYTES", 2**30)
        data = FILES.pack(made, SEED)
    try:
        assert FILES.pack(made, SEED) == data
        is_written = True
    except BundleTooLargeError:
        is_written = False
    is_read = refusal(lambda: read(data)) is None
    assert is_read == is_written
    assert read(data) == made


def blobs(count: int) -> BundleContents:
    made = (b"%d" % number for number in range(count))
    return a_bundle(blobs={hashlib.sha256(one).hexdigest(): one for one in made})


def a_blob(size: int) -> BundleContents:
    one = bytes(size)
    return a_bundle(blobs={hashlib.sha256(one).hexdigest(): one})


def file_ranges(count: int) -> BundleContents:
    ranges = {n.to_bytes(16): OpRange(0, 1, bytes(32), bytes(32)) for n in range(1, count + 1)}
    section = a_bundle().sections[0]
    sections = tuple(replace(section, origin=oid, lines=(b"[]",)) for oid in ranges)
    return replace(a_bundle(ranges=ranges), sections=sections)


def ops(count: int) -> BundleContents:
    return a_bundle(*(b"[]" for _ in range(count)))


def manifest(_folder: Path) -> int:
    return int.from_bytes(packed()[6:10])


def long_line(_folder: Path, size: int) -> None:
    """Two lines that cannot be deflated much, the second of this size."""
    text = random.Random(size).randbytes(size // 2 + 1).hex().encode()[:size]
    read(with_ops(HEAD.format('["_xoa"]').encode() + b"[]\n" + text))


def file_fields(_folder: Path, count: int) -> None:
    names = ",".join(f'"f{n}"' for n in range(count))
    read(with_ops(HEAD.format(f'["_xoa",{names}]').encode() + b"[]\n[]"))


FLAT = HEAD.format('["_xoa"]').encode() + b"[]\n"


def swollen(times: int, size_of: Callable[[bytes], int], start: bytes = b"") -> bytes:
    """Return content exactly so many times its packed size; a byte more is packed no larger."""
    for noise in range(40, 400):
        begin = start + random.Random(noise).randbytes(noise).hex().encode()
        length = len(begin)
        for _ in range(20):
            content = begin.ljust(length, b"x")
            if length == times * size_of(content) and size_of(content + b"x") == length // times:
                return content
            length = times * size_of(content)
    raise AssertionError(times)


def ratio(_folder: Path, times: int) -> None:
    made = swollen(of_file.INFLATE_RATIO, lambda text: len(zlib.compress(text, 9)), FLAT)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(of_file, "INFLATE_FLOOR", 1)
        read(with_ops(made + b"x" * (times - of_file.INFLATE_RATIO)))


def floor(_folder: Path, size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(of_file, "INFLATE_RATIO", 1)
        read(with_ops(FLAT + b"x" * (size - len(FLAT))))


def said_in_manifest(value: object) -> None:
    """Say something in the manifest under a name that nobody knows."""
    made, body = parts(packed())
    read(signed(made | {"zz": value}, body))


def number_in_manifest(size: int) -> None:
    made, body = parts(packed())
    read(signed(made | {"no": size}, body))


def office_in_manifest(_folder: Path, number: int) -> None:
    made, body = parts(packed())
    read(signed(made | {"to": number}, body))


# seals

STANZA = b"-> X25519 " + b"A" * 43 + b"\n" + b"B" * 43 + b"\n"
END = b"--- " + b"C" * 43 + b"\n"


def header(text: bytes) -> None:
    check_header(BytesIO(text), "x")


def padded(_folder: Path, size: int) -> None:
    """A header of this length, full of what means nothing."""
    grease = b"-> grease\n"
    lines, last = divmod(size - len(SEALED) - len(END) - len(grease), 65)
    text = SEALED + grease + (b"D" * 64 + b"\n") * lines + b"D" * (last - 1) + b"\n" + END
    assert len(text) == size
    header(text + b"payload")


def work(_folder: Path, size: int) -> None:
    header(SEALED + b"-> scrypt " + b"A" * 22 + b" %d\n" % size + b"B" * 43 + b"\n" + END)


PHRASED = b"x" * 1_000


def open_phrased(_folder: Path, _size: int) -> None:
    sealed = b"age-encryption.org/v1\n" + PHRASED
    try:
        AgeSealing().open_by_phrase(sealed, "sáu từ", file_name="x")
    except BundleRejectedError as error:
        if error.code == "E-SIZE":
            raise


# parts


def part(folder: Path, **of_head: Any) -> PartHead:
    content = b"x" * 300
    head = PartHead(
        **{"whole": "0" * 64, "total": 1_000, "piece": 300, "index": 1}  # type: ignore[arg-type]
        | {"sha": hashlib.sha256(content).hexdigest()}
        | of_head
    )
    (folder / "phần").write_bytes(head_bytes(head) + content)
    return PartFiles().read(folder / "phần", file_name="x")


def part_head(folder: Path, size: int) -> None:
    """A part whose head, with what stands around it, is of this size."""
    content = b"x" * 300
    made = {"fmt": 1, "whole": "0" * 64, "total": 1_000, "piece": 300, "index": 1}
    made |= {"sha": hashlib.sha256(content).hexdigest(), "zz": ""}
    around = len(MAGIC) + 4 + 32
    empty = len(json.dumps(made, separators=(",", ":")))
    text = json.dumps(made | {"zz": "x" * (size - around - empty)}, separators=(",", ":")).encode()
    whole = MAGIC + len(text).to_bytes(4) + text + hashlib.sha256(text).digest()
    assert len(whole) == size
    (folder / "phần").write_bytes(whole + content)
    PartFiles().read(folder / "phần", file_name="x")


# the ledger


def received(*made: BundleContents) -> None:
    """Let a new office receive this."""
    world = World(random.Random(52))
    try:
        for one in made:
            receive(world.replicas[0], one)
    finally:
        world.close()


def one_line(**of_line: Any) -> None:
    received(bundle([line(**of_line)]))


def pointers(count: int) -> list[list[Any]]:
    return [[forge.text(n.to_bytes(16)), 1] for n in range(1, count + 1)]


def wide(count: int) -> None:
    names = (*SCORE, *(f"new_{n}" for n in range(count - len(SCORE))))
    received(bundle([line(values={count - 1: "mới"}, width=count)], fields=names))


def long_op(_folder: Path, size: int) -> None:
    names = (*SCORE, "a", "b", "c", "d", "e")
    *full, last = range(len(SCORE), len(names))
    values: dict[int, Any] = dict.fromkeys(full, "x" * 60_000) | {last: ""}
    empty = len(said(line(values=values, width=len(names))))
    made = line(values=values | {last: "x" * (size - empty)}, width=len(names))
    received(bundle([made], fields=names))


def ledger_ranges(_folder: Path, count: int) -> None:
    zero = OpRange(0, 0, forge.ZERO, forge.ZERO)
    received(contents({n.to_bytes(16): zero for n in range(count)}, []))


def ledger_ops(_folder: Path, count: int) -> None:
    received(bundle([line(number) for number in range(1, count + 1)]))


def mask(_folder: Path, size: int) -> None:
    """As many bits as there are fields, and the mask of the largest of them."""
    wide(size.bit_length())


def numbered(_folder: Path, number: int) -> None:
    try:
        LineReader(forge.ORIGIN, kind_spec(Score).fields, SCORE).read([said(line(number))])
    except LineError as error:
        raise BundleRejectedError(Rejection.FORMAT, "x") from error


def far_lam(_folder: Path, number: int) -> None:
    """A Lamport number that is too far from the largest held, were that asked."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(of_ledger, "FARTHEST_LAM", 2**50)
        one_line(lam=number)


def long_name(_folder: Path, size: int) -> None:
    made = line(values={len(SCORE): "x"}, width=len(SCORE) + 1)
    received(bundle([made], fields=(*SCORE, "n" * size)))


# files beside evidence


def prepared(_folder: Path, size: int) -> None:
    filling = bytes(size - len(PDF_BYTES))
    AttachmentFiles().prepare("a.pdf", PDF_BYTES[:9] + filling + PDF_BYTES[9:])


def photograph(_folder: Path, _size: int) -> None:
    from attachment_files import a_picture  # noqa: PLC0415 - drawn only here

    AttachmentFiles().prepare("a.png", a_picture("PNG", (100, 80), mode="1"))


def field_value(kind: type[records.Record], name: str, value: object) -> None:
    from_json(kind_spec(kind).field(name), value)


# workbooks

COLUMN = SheetColumn(name="name", heading="Họ và tên", required=True, width=33)
LAYOUT = SheetLayout(name="Danh sách", title="DANH SÁCH", columns=(COLUMN,), hints=())


def a_book(folder: Path, *, rows: int = 1, head_row: int = 1, column: int = 1) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.cell(head_row, column, COLUMN.heading)
    for number in range(rows):
        sheet.cell(head_row + 1 + number, column, f"Người {number}")
    book.save(folder / "bảng.xlsx")
    return folder / "bảng.xlsx"


def read_book(path: Path) -> None:
    assert Workbooks().read(path, LAYOUT).rows


def inflated(folder: Path) -> int:
    with zipfile.ZipFile(a_book(folder)) as archive:
        return sum(one.file_size for one in archive.infolist())


def a_word_file(folder: Path, *, parts: int = 0) -> Path:
    path = folder / "về.docx"
    path.write_bytes(DocxPapers(resources() / "fonts").docx(a_told_dossier()))
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(len(archive.namelist()), parts):
            archive.writestr(f"word/media/{number}.bin", b"")
    return path


def parts_of_word(folder: Path) -> list[zipfile.ZipInfo]:
    with zipfile.ZipFile(a_word_file(folder)) as archive:
        return archive.infolist()


def read_word(path: Path) -> None:
    assert of_word.ReturnedPapers(resources() / "fonts").read(path).imprint


def with_part(folder: Path, content: bytes) -> None:
    path = a_book(folder)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/a.bin", content)
    read_book(path)


def deflated(content: bytes) -> int:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return len(packer.compress(content) + packer.flush())


def swollen_part(folder: Path, times: int) -> None:
    made = swollen(of_sheet.RATIO, deflated)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(of_sheet, "PART_BYTES", 5_000)  # the book's own parts are smaller
        with_part(folder, made + b"x" * (times - of_sheet.RATIO))


def far_row(folder: Path, number: int) -> None:
    path = a_book(folder)
    with zipfile.ZipFile(path) as archive:
        texts = {one.filename: archive.read(one) for one in archive.infolist()}
    name = "xl/worksheets/sheet1.xml"
    row = f'<row r="{number}"><c r="A{number}"/></row></sheetData>'.encode()
    texts[name] = texts[name].replace(b"</sheetData>", row)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, text in texts.items():
            archive.writestr(one, text)
    read_book(path)


LARGEST = (field_values, "LARGEST_INTEGER")
NUMBER = (bundle_limits, "LARGEST_NUMBER")
PART_HEAD = (of_file, "PART_HEAD_BYTES")
MIB, GIB = 1024**2, 1024**3

LIMITS: dict[str, Limit] = {
    "file": Limit(
        2 * GIB,
        ((of_file, "FILE_BYTES"),),
        lambda *_: read_as_written(a_bundle()),
        "E-SIZE",
        fixed=lambda _: len(packed()),
    ),
    "manifest": Limit(
        768 * 1024,
        ((of_file, "MANIFEST_BYTES"),),
        lambda *_: read_as_written(a_bundle()),
        "E-DAMAGED",
        fixed=manifest,
    ),
    "ops, in the file": Limit(
        2_000_000,
        ((of_file, "OPS"), (bundle_limits, "MOST_OPS")),
        lambda _, n: read_as_written(ops(n)),
        "E-SIZE",
        lowered=3,
    ),
    "ops, in the ledger": Limit(
        2_000_000, ((of_ledger, "MOST_OPS"),), ledger_ops, "E-FORMAT", lowered=2
    ),
    "fields of a kind, in the file": Limit(
        62, ((of_file, "FIELDS"), (records, "MOST_FIELDS")), file_fields, "E-FORMAT"
    ),
    "bits of a kind, in the ledger": Limit(
        63, ((of_ledger, "WIDEST"),), lambda _, n: wide(n), "E-FORMAT"
    ),
    "largest mask": Limit(2**63 - 1, ((of_ledger, "LARGEST_MASK"),), mask, "E-FORMAT"),
    "one line, in the file": Limit(
        256 * 1024,
        ((of_file, "LINE_BYTES"), (bundle_limits, "LONGEST_LINE")),
        long_line,
        "E-FORMAT",
    ),
    "one line, in the ledger": Limit(
        256 * 1024, ((of_ledger, "LONGEST_LINE"),), long_op, "E-FORMAT"
    ),
    "text, in the manifest": Limit(
        65_536,
        ((bundle_limits, "LONGEST_TEXT"),),
        lambda _, n: said_in_manifest("x" * n),
        "E-DAMAGED",
    ),
    "text, in a line": Limit(
        65_536, ((of_ledger, "LONGEST_TEXT"),), lambda _, n: one_line(who="n" * n), "E-FORMAT"
    ),
    "name of a field": Limit(64, ((of_ledger, "LONGEST_NAME"),), long_name, "E-FORMAT"),
    "pointers of an op": Limit(
        64,
        ((of_ledger, "MOST_POINTERS"),),
        lambda _, n: one_line(prev=pointers(n)),
        "E-FORMAT",
    ),
    "origins only pointed at": Limit(
        4_096,
        ((of_ledger, "MOST_STRANGERS"),),
        lambda _, n: one_line(prev=pointers(n)),
        "E-FORMAT",
        lowered=5,
    ),
    "ranges, in the file": Limit(
        64,
        ((of_file, "RANGES"), (bundle_limits, "MOST_RANGES")),
        lambda _, n: read_as_written(file_ranges(n)),
        "E-SIZE",
    ),
    "ranges, in the ledger": Limit(64, ((of_ledger, "MOST_RANGES"),), ledger_ranges, "E-FORMAT"),
    "an attachment, given": Limit(25 * MIB, ((attachments, "MOST_BYTES"),), prepared, "size"),
    "an attachment, in a bundle": Limit(
        25 * MIB,
        ((of_file, "BLOB_BYTES"),),
        lambda _, n: read_as_written(a_blob(n)),
        "E-SIZE",
    ),
    "attachments of a bundle": Limit(
        2_000,
        ((of_file, "BLOBS"), (attachments, "MOST_PER_BUNDLE")),
        lambda _, n: read_as_written(blobs(n)),
        "E-SIZE",
    ),
    "pixels of a photograph": Limit(
        100_000_000,
        ((photographs, "MOST_PIXELS"),),
        photograph,
        "size",
        fixed=lambda _: 100 * 80,
    ),
    "inflate ratio": Limit(200, ((of_file, "INFLATE_RATIO"),), ratio, "E-BOMB"),
    "what may swell freely": Limit(64 * 1024, ((of_file, "INFLATE_FLOOR"),), floor, "E-BOMB"),
    "age header": Limit(4 * 1024, ((of_file, "AGE_HEADER_BYTES"),), padded, "E-SIZE"),
    "age recipients": Limit(
        20,
        ((of_file, "AGE_RECIPIENTS"),),
        lambda _, n: header(SEALED + STANZA * n + END),
        "E-SIZE",
    ),
    "work of a phrase": Limit(20, ((of_file, "SCRYPT_WORK"),), work, "E-SIZE"),
    "what a phrase sealed": Limit(
        256 * MIB,
        ((of_file, "PHRASED_BYTES"),),
        open_phrased,
        "E-SIZE",
        fixed=lambda _: len(SEALED + PHRASED),
    ),
    "certificates": Limit(
        400,
        ((of_file, "CERTIFICATES"), (bundle_limits, "MOST_CERTIFICATES")),
        lambda _, n: read_as_written(a_bundle(certificates=(a_warrant(),) * n)),
        "E-SIZE",
    ),
    "certificates, with all that is vouched for": Limit(
        400,
        ((of_file, "CERTIFICATES"),),
        lambda _, n: read_as_written(
            a_bundle(certificates=(a_warrant(),) * 100, enrolments=(an_enrolment(),) * (n - 100))
        ),
        "E-SIZE",
    ),
    "integers, in the manifest": Limit(
        2**53 - 1, (LARGEST,), lambda _, n: said_in_manifest(n), "E-DAMAGED"
    ),
    "integers, in a line": Limit(
        2**53 - 1, ((of_ledger, "LARGEST_INTEGER"),), lambda _, n: one_line(at=n), "E-FORMAT"
    ),
    "integers below nothing, in the manifest": Limit(
        2**53 - 1, (LARGEST,), lambda _, n: said_in_manifest(-n), "E-DAMAGED"
    ),
    "integers below nothing, in a line": Limit(
        2**53 - 1, ((of_ledger, "LARGEST_INTEGER"),), lambda _, n: one_line(at=-n), "E-FORMAT"
    ),
    "number of an op": Limit(2**40 - 1, ((of_ledger, "LARGEST_NUMBER"),), numbered, "E-FORMAT"),
    "Lamport number": Limit(2**40 - 1, ((of_ledger, "LARGEST_NUMBER"),), far_lam, "E-FORMAT"),
    "numbers, in the manifest": Limit(
        2**40 - 1, (NUMBER,), lambda _, n: number_in_manifest(n), "E-DAMAGED"
    ),
    "numbers pointed at": Limit(
        2**40 - 1, ((of_ledger, "LARGEST_NUMBER"),), lambda _, n: one_line(prev=[n]), "E-FORMAT"
    ),
    "Lamport number, above the largest held": Limit(
        10**9, ((of_ledger, "FARTHEST_LAM"),), lambda _, n: one_line(lam=n), "E-FORMAT"
    ),
    "number of an office": Limit(0xFFFF, ((ids, "MOST_OFFICES"),), office_in_manifest, "E-DAMAGED"),
    "number of an office, typed": Limit(
        0xFFFF, (), lambda _, n: field_value(Unit, "number", n), "too_large"
    ),
    "head of a part": Limit(1_024, (PART_HEAD,), part_head, "E-DAMAGED"),
    "parts of a bundle": Limit(
        2_500,
        ((domain_parts, "MOST_PARTS"), (part_module, "MOST_PARTS")),
        lambda folder, n: part(folder, total=300 * n),
        "E-FORMAT",
    ),
    "points": Limit(
        100_000,
        ((criteria, "MOST_POINTS"),),
        lambda _, n: field_value(Score, "self_score", str(n)),
        "too_large",
    ),
    "rows of a sheet": Limit(
        20_000,
        ((of_sheet, "ROWS"),),
        lambda folder, n: read_book(a_book(folder, rows=n)),
        "WorkbookTooLargeError",
        lowered=3,
    ),
    "last row of a sheet": Limit(
        1_048_576, ((of_sheet, "SHEET_ROWS"),), far_row, "NotAWorkbookError", lowered=10
    ),
    "columns looked at": Limit(
        200,
        ((of_sheet, "COLUMNS"),),
        lambda folder, n: read_book(a_book(folder, column=n)),
        "WrongHeadingsError",
    ),
    "rows searched for headings": Limit(
        20,
        ((of_sheet, "HEADER_SEARCH"),),
        lambda folder, n: read_book(a_book(folder, head_row=n)),
        "WrongHeadingsError",
    ),
    "workbook": Limit(
        50 * MIB,
        ((of_sheet, "FILE_BYTES"),),
        lambda folder, _: read_book(a_book(folder)),
        "WorkbookTooLargeError",
        fixed=lambda folder: a_book(folder).stat().st_size,
    ),
    "workbook, unpacked": Limit(
        400 * MIB,
        ((of_sheet, "INFLATED_BYTES"),),
        lambda folder, _: read_book(a_book(folder)),
        "WorkbookTooLargeError",
        fixed=inflated,
    ),
    "part of a workbook that may swell freely": Limit(
        4 * MIB,
        ((of_sheet, "PART_BYTES"),),
        lambda folder, n: with_part(folder, bytes(n)),
        "NotAWorkbookError",
    ),
    "ratio of a part of a workbook": Limit(
        200, ((of_sheet, "RATIO"),), swollen_part, "NotAWorkbookError"
    ),
    "Word file that comes back": Limit(
        50 * MIB,
        ((of_word, "FILE_BYTES"),),
        lambda folder, _: read_word(a_word_file(folder)),
        "E-BIGWORD",
        fixed=lambda folder: a_word_file(folder).stat().st_size,
    ),
    "Word file that comes back, unpacked": Limit(
        100 * MIB,
        ((of_word, "INFLATED_BYTES"),),
        lambda folder, _: read_word(a_word_file(folder)),
        "E-BIGWORD",
        fixed=lambda folder: sum(one.file_size for one in parts_of_word(folder)),
    ),
    "parts of a Word file that comes back": Limit(
        4_000,
        ((of_word, "MOST_PARTS"),),
        lambda folder, n: read_word(a_word_file(folder, parts=n)),
        "E-BIGWORD",
        lowered=40,
    ),
}
# Not refused, but left for later, cut, shrunk or asked for again: proved by a test of its own.
PROVED: dict[str, str] = {
    **dict.fromkeys(
        ("domain.stocks.MOST_SIZE", "domain.stocks.MOST_SIDE", "domain.stocks.MOST_OFFSET"),
        "services/test_certificates.py::test_a_stock_is_as_large_as_it_may_be_and_no_larger",
    ),
    "domain.attachments.MOST_FILES_BYTES": "services/test_light_bundles.py::"
    "test_files_beyond_what_a_bundle_takes_follow",
    "domain.attachments.LONGEST_NAME": "domain/test_attachments.py::"
    "test_every_name_is_one_that_any_disk_takes",
    "domain.parts.MOST_WAITING": "services/test_parts.py::"
    "test_so_many_bundles_may_wait_and_no_more",
    "domain.parts.SMALLEST_PART": "domain/test_parts.py::test_sizes_as_they_are_typed",
    "services.acknowledging.MOST_WANTS": "services/test_light_bundles.py::"
    "test_as_many_files_are_asked_for_as_an_answer_holds",
    "domain.blocks.MOST_ROWS": "ui/test_pasting.py::test_too_many_rows_are_said",
    "formats.drawing.documents.MOST_PAGES": "formats/drawing/test_drawing.py::"
    "test_a_paper_of_very_many_pages_is_not_shown",
    "services.worker.LONGEST_NAME": "services/test_worker.py::"
    "test_a_name_that_no_paper_would_bear_is_refused",
    "services.bulk.MOST_AT_ONCE": "ui/test_pasting.py::"
    "test_persons_are_pasted_into_their_list_and_edited_many_at_once",
    "formats.photographs.LONGEST_SIDE": "formats/test_attachments.py::"
    "test_a_photograph_is_upright_small_and_says_nothing_of_its_place",
}
# Named like limits, but no stranger meets them: the end of a type, of a page, of a search.
NO_LIMITS = {
    "storage.ledger.op_ids.LARGEST_ID",
    "formats.layout.MOST_KEPT",
    "domain.search_words.MOST_INITIALS",
    # What is drawn, found and listed beyond them is left away, nothing is refused.
    "formats.drawing.documents.MOST_PIXELS",
    "formats.drawing.documents.MOST_HITS",
    "services.scans.MOST_LISTED",
}
