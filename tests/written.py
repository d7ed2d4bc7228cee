"""A Word document as a reader sees it: its text, its parts, what it says of layout."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn

from thidua_desktop.app.paths import resources

# Letters as wide as the decree's font has them, on a machine without any of that kind too.
_FONTS = """<?xml version="1.0"?>
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{folder}</dir>
</fontconfig>
"""
SOFFICE = shutil.which("soffice")
_PARTED = re.compile(r"\s+")


def document_of(data: bytes) -> Document:
    return docx.Document(BytesIO(data))


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def paragraphs_of(data: bytes) -> list[str]:
    """Return every paragraph that says something, those in tables too, in the order of reading:
    what stands over the first pages, the text, what stands at their feet.
    """
    document = document_of(data)
    sections = list(document.sections)
    parts = [*(one.first_page_header for one in sections), document]
    parts += [one.first_page_footer for one in sections]
    found = [one for part in parts for one in part._element.iter(qn("w:p"))]
    return [words for one in found if (words := _words(one).strip())]


def in_word(data: bytes) -> str:
    """Return the text without blanks, as formats part it differently."""
    return bare(" ".join(paragraphs_of(data)))


def bare(text: str) -> str:
    return _PARTED.sub("", text)


def paragraph_of(data: bytes, words: str) -> Any:
    (found,) = [
        one for one in document_of(data).element.body.iter(qn("w:p")) if words in _words(one)
    ]
    return found


def opened_by_libreoffice(files: dict[str, bytes], folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each document as LibreOffice reads it; one start for all."""
    _converted(files, folder, folder, "txt:Text (encoded):UTF8")
    for name in files:
        yield name, (folder / f"{name}.txt").read_text("utf-8-sig")


def as_saved_by_libreoffice(files: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """Return each document as LibreOffice opens and saves it; one start for all."""
    saved = folder / "saved"
    _converted(files, folder, saved, "docx:MS Word 2007 XML")
    return {name: (saved / f"{name}.docx").read_bytes() for name in files}


def as_printed_by_libreoffice(files: dict[str, bytes], folder: Path) -> dict[str, Path]:
    """Return each document as LibreOffice prints it, as PDF; one start for all."""
    _converted(files, folder, folder, "pdf")
    return {name: folder / f"{name}.pdf" for name in files}


def _converted(files: dict[str, bytes], folder: Path, target: Path, into: str) -> None:
    assert SOFFICE
    for name, data in files.items():
        (folder / f"{name}.docx").write_bytes(data)
    fonts = folder / "fonts.conf"
    fonts.write_text(_FONTS.format(folder=resources() / "fonts"), "utf-8")
    subprocess.run(  # noqa: S603
        [
            SOFFICE,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            into,
            "--outdir",
            str(target),
            *(str(folder / f"{name}.docx") for name in files),
        ],
        check=True,
        capture_output=True,
        timeout=200,
        env=os.environ | {"FONTCONFIG_FILE": str(fonts)},
    )


def _words(paragraph: Any) -> str:
    said = paragraph.iter(qn("w:t"), qn("w:br"))
    return "".join(" " if one.tag == qn("w:br") else str(one.text or "") for one in said)
