"""A file is known by its bytes; what may do harm is refused with its reason."""

from __future__ import annotations

import io
import random
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image

from attachment_files import (
    EXE_BYTES,
    HTML_BYTES,
    PDF_BYTES,
    a_docm,
    a_docx,
    a_package,
    a_picture,
    an_xlsx,
)
from thidua_desktop.domain.attachments import (
    DOCX,
    JPEG,
    MOST_BYTES,
    PDF,
    PNG,
    XLSX,
    PreparedFile,
    Unfit,
)
from thidua_desktop.domain.errors import UnfitFileError, UnreadableFileError
from thidua_desktop.formats import photographs
from thidua_desktop.formats.attachments import AttachmentFiles
from thidua_desktop.formats.photographs import LONGEST_SIDE, shrink

FILES = AttachmentFiles()
GOOD = {
    "a.pdf": (PDF_BYTES, PDF),
    "a.docx": (a_docx(), DOCX),
    "a.xlsx": (an_xlsx(), XLSX),
    "a.jpg": (a_picture("JPEG"), JPEG),
    "a.png": (a_picture("PNG", mode="1"), PNG),
}
BAD = {
    "chạy.exe": (EXE_BYTES, Unfit.TYPE),
    "chạy.pdf": (EXE_BYTES, Unfit.TYPE),
    "trang.pdf": (HTML_BYTES, Unfit.TYPE),
    "trống.pdf": (b"", Unfit.TYPE),
    "cụt.pdf": (PDF_BYTES[:20], Unfit.DAMAGED),
    "macro.docm": (a_docm(), Unfit.MACROS),
    "macro.docx": (a_docx(parts={"word/vbaProject.bin": b"x"}), Unfit.MACROS),
    "điều khiển.docx": (a_docx(parts={"word/activeX/activeX1.bin": b"x"}), Unfit.MACROS),
    "hai lần.docx": (a_docx(parts={"MAIN.xml": b"x"}), Unfit.DAMAGED),
    "gì đó.zip": (a_package("text/plain"), Unfit.TYPE),
    "cụt.docx": (a_docx()[:60], Unfit.DAMAGED),
    "cụt.jpg": (a_picture("JPEG", (640, 480))[:900], Unfit.DAMAGED),
    "giả.png": (b"\x89PNG\r\n\x1a\n" + bytes(40), Unfit.DAMAGED),
}


def content(prepared: PreparedFile) -> bytes:
    return b"".join(prepared.chunks())


@pytest.mark.parametrize("name", GOOD)
def test_what_may_be_attached(name: str, tmp_path: Path) -> None:
    given, mime = GOOD[name]
    path = tmp_path / name
    path.write_bytes(given)
    prepared = FILES.prepare(name, path)
    assert (prepared.name, prepared.mime) == (name, mime)
    assert prepared.size == len(content(prepared))
    assert content(prepared) == content(FILES.prepare(name, given))
    if mime not in {JPEG, PNG}:
        assert content(prepared) == given


@pytest.mark.parametrize("name", BAD)
def test_what_may_not(name: str) -> None:
    given, why = BAD[name]
    with pytest.raises(UnfitFileError) as refused:
        FILES.prepare(name, given)
    assert refused.value.why is why


def test_a_path_as_a_name_and_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnfitFileError) as refused:
        FILES.prepare("../a.pdf", PDF_BYTES)
    assert refused.value.why is Unfit.NAME
    with pytest.raises(UnreadableFileError):
        FILES.prepare("a.pdf", tmp_path / "a.pdf")


@pytest.mark.parametrize(("over", "fits"), [(0, True), (1, False)])
def test_the_largest_file(over: int, fits: bool) -> None:
    filling = bytes(MOST_BYTES + over - len(PDF_BYTES))
    given = PDF_BYTES[:9] + filling + PDF_BYTES[9:]
    if fits:
        assert FILES.prepare("a.pdf", given).size == MOST_BYTES
        return
    with pytest.raises(UnfitFileError) as refused:
        FILES.prepare("a.pdf", given)
    assert refused.value.why is Unfit.SIZE


def test_no_damage_to_a_document_breaks_the_program() -> None:
    chance = random.Random(5)
    for given in (a_docx(), an_xlsx(), a_picture("JPEG"), a_picture("PNG"), PDF_BYTES):
        for _ in range(100):
            broken = bytearray(given)
            for _ in range(chance.randint(1, 4)):
                broken[chance.randrange(len(broken))] = chance.randrange(256)
            with suppress(UnfitFileError):  # whatever else is raised breaks the test
                FILES.prepare("x", bytes(broken))


# photographs


def a_photograph(size: tuple[int, int] = (3000, 2000)) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x8825] = {1: "N", 2: (20.0, 26.0, 42.0), 3: "E", 4: (106.0, 20.0, 11.0)}
    return a_picture("JPEG", size, exif=exif.tobytes()) + b"behind the end"


def test_a_photograph_is_upright_small_and_says_nothing_of_its_place() -> None:
    given = a_photograph()
    with Image.open(io.BytesIO(given)) as before:  # negative control
        assert before.getexif().get_ifd(0x8825)
    prepared = FILES.prepare("đường.jpg", given)
    kept = content(prepared)
    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.size == (round(LONGEST_SIDE * 2 / 3), LONGEST_SIDE)
        assert not picture.getexif()
    assert b"Exif" not in kept
    assert b"behind the end" not in kept
    assert prepared.original_sha


def test_a_scan_of_text_stays_png_and_a_photograph_does_not() -> None:
    page = Image.new("RGB", (900, 1200), "white")
    page.paste((0, 0, 0), (100, 100, 400, 110))
    scan = io.BytesIO()
    page.save(scan, "PNG")
    assert FILES.prepare("quét.png", scan.getvalue()).name == "quét.png"
    noise = Image.effect_noise((300, 300), 90).convert("RGB")
    photo = io.BytesIO()
    noise.save(photo, "PNG")
    prepared = FILES.prepare("ảnh.png", photo.getvalue())
    assert (prepared.mime, prepared.name) == (JPEG, "ảnh.png.jpg")


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "RGB"])
def test_every_sort_of_png(mode: str) -> None:
    shrunk = shrink(a_picture("PNG", mode=mode))
    assert not isinstance(shrunk, Unfit)


def test_a_print_shop_photograph() -> None:
    shrunk = shrink(a_picture("JPEG", mode="CMYK"))
    assert not isinstance(shrunk, Unfit)


def test_a_picture_that_swells_is_refused_before_it_is_read(monkeypatch) -> None:
    picture = a_picture("PNG", (100, 80), mode="1")
    monkeypatch.setattr(photographs, "MOST_PIXELS", 8_000)
    assert not isinstance(shrink(picture), Unfit)
    monkeypatch.setattr(photographs, "MOST_PIXELS", 7_999)
    assert shrink(picture) is Unfit.SIZE


def test_a_true_bomb() -> None:
    out = io.BytesIO()
    Image.new("1", (10_001, 10_000)).save(out, "PNG")
    bomb = out.getvalue()
    assert len(bomb) < MOST_BYTES
    assert shrink(bomb) is Unfit.SIZE


# looking at what came


@pytest.mark.parametrize("name", GOOD)
def test_what_came_is_known_by_its_bytes(name: str) -> None:
    given, mime = GOOD[name]
    assert FILES.kind_of(io.BytesIO(given)) == mime


def test_an_archive_that_claims_much_is_not_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", b" " * (1024**2 + 1))
    assert FILES.kind_of(io.BytesIO(out.getvalue())) is Unfit.TYPE


def test_a_copy_is_private_read_only_and_alone() -> None:
    first = FILES.open_copy("a.pdf", [PDF_BYTES])
    second = FILES.open_copy("a.pdf", [PDF_BYTES])
    assert first.name == second.name == "a.pdf"
    assert first.parent != second.parent
    if sys.platform != "win32":
        assert first.stat().st_mode & 0o777 == 0o400
        assert first.parent.stat().st_mode & 0o077 == 0
