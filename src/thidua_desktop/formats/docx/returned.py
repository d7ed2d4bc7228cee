"""A Word document that comes back: its lines, what it says of how it was printed, how it looks.

The file may be anybody's. It is judged by what it is, and looked at before it is unpacked: a part
may claim to be endless. Nothing in it is followed or worked out; entities are not resolved.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from thidua_desktop.domain.errors import UnreadableFileError, UnreturnableFileError
from thidua_desktop.domain.old_letters import in_new_letters, is_old_font
from thidua_desktop.domain.returned import Imprint, ReturnedFile, Unreturnable, lines_said
from thidua_desktop.formats.broken import BROKEN
from thidua_desktop.formats.docx.imprint import NAMESPACE, PROPERTY, imprint_from
from thidua_desktop.formats.docx.lines import lines_of
from thidua_desktop.formats.measuring.papers import width_of
from thidua_desktop.formats.measuring.word import measure_word
from thidua_desktop.formats.measuring.word_styles import WordStyles
from thidua_desktop.formats.pdf.fonts import register_fonts

FILE_BYTES, INFLATED_BYTES, MOST_PARTS = 50 * 1024**2, 100 * 1024**2, 4_000
_MOST_MEASURED = 1_500  # lines; to measure more takes longer than anybody waits
_MOST_COMMENTS, _LONGEST_COMMENT = 200, 500
_OLD_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word up to 2003, or one that is encrypted
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DOCUMENT = "wordprocessingml.document.main+xml"
_MACROS = ("macroEnabled", "vbaProject")
_TRACKED = tuple(qn(f"w:{name}") for name in ("ins", "del", "moveFrom", "moveTo"))


class ReturnedPapers:
    """Fits the Returned of services.ports."""

    def __init__(self, fonts: Path) -> None:
        self._fonts = fonts

    def read(self, path: Path) -> ReturnedFile:
        """Return what a Word file says. Raises UnreadableFileError and UnreturnableFileError."""
        try:
            if path.stat().st_size > FILE_BYTES:
                raise UnreturnableFileError(path.name, Unreturnable.TOO_LARGE)
            content = path.read_bytes()
        except OSError as error:
            raise UnreadableFileError(path.name) from error
        return self.of(content, path.name)

    def of(self, content: bytes, name: str) -> ReturnedFile:
        """Return what the bytes of a Word file say. Raises UnreturnableFileError."""
        try:
            if why := _unfit(content):
                raise UnreturnableFileError(name, why)
            return self._read(content)
        except (*BROKEN, PackageNotFoundError) as error:
            raise UnreturnableFileError(name, Unreturnable.DAMAGED) from error

    def _read(self, content: bytes) -> ReturnedFile:
        document = docx.Document(BytesIO(content))
        body = document.element.body
        letters = _Letters(document)
        register_fonts(self._fonts)
        lines = lines_said(lines_of(body, letters.read))
        return ReturnedFile(
            lines=lines,
            imprint=_imprint(content),
            looks=measure_word(content, width_of) if len(lines) <= _MOST_MEASURED else (),
            revisions=sum(1 for _ in body.iter(*_TRACKED)),
            comments=_comments(document),
            pictures=sum(1 for _ in body.iter(qn("w:drawing"), qn("w:pict"))),
            tables=sum(1 for _ in body.iter(qn("w:tbl"))),
            old_letters=letters.found,
        )


class _Letters:
    """Reads runs in fonts of before Unicode in the letters of today."""

    def __init__(self, document: Any) -> None:  # noqa: ANN401 - untyped
        self.found = 0
        self._styles = WordStyles(document)

    def read(self, words: str, run: Any, paragraph: Any) -> str:  # noqa: ANN401 - untyped
        """Return the words of a run."""
        font = self._font(run, paragraph) if words else ""
        if not is_old_font(font):
            return words
        self.found += 1
        return in_new_letters(words, font)

    def _font(self, run: Any, paragraph: Any) -> str:  # noqa: ANN401 - untyped
        own = run.find(qn("w:rPr"))
        named = None if own is None else own.find(qn("w:rStyle"))
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return (
            _font_in(own)
            or self._font_of(None if named is None else named.get(qn("w:val")))
            or self._font_of(None if style is None else style.get(qn("w:val")))
        )

    def _font_of(self, style: str | None) -> str:
        fonts = (_font_in(one.find(qn("w:rPr"))) for one in self._styles.chain(style))
        return next(filter(None, fonts), "")


def _font_in(properties: Any) -> str:  # noqa: ANN401 - untyped
    fonts = None if properties is None else properties.find(qn("w:rFonts"))
    return "" if fonts is None else str(fonts.get(qn("w:ascii")) or fonts.get(qn("w:hAnsi")) or "")


def _unfit(content: bytes) -> Unreturnable | None:  # noqa: PLR0911 - one for each reason
    """Return why a file cannot be opened, by what it is."""
    if len(content) > FILE_BYTES:
        return Unreturnable.TOO_LARGE
    if content[:1024].lstrip().startswith(b"%PDF-"):
        return Unreturnable.PDF
    if content.startswith(_OLD_FILE):
        return Unreturnable.LOCKED if _ENCRYPTED in content else Unreturnable.OLD_WORD
    if not content.startswith(b"PK"):
        return Unreturnable.NOT_WORD
    with zipfile.ZipFile(BytesIO(content)) as package:
        parts = package.infolist()
        if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > INFLATED_BYTES:
            return Unreturnable.TOO_LARGE
        names = {one.filename for one in parts}
        if "[Content_Types].xml" not in names:
            return Unreturnable.NOT_WORD
        types = package.read("[Content_Types].xml").decode("utf-8", "replace")
    if any(word in types for word in _MACROS) or any("vbaProject" in one for one in names):
        return Unreturnable.MACROS
    return None if _DOCUMENT in types else Unreturnable.NOT_WORD


def _imprint(content: bytes) -> Imprint | None:
    """Return what a file still says of how it was printed, as long as that is whole."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        for name in package.namelist():
            if not name.startswith(("customXml/item", "docProps/custom.xml")):
                continue
            said = package.read(name).decode("utf-8", "replace")
            found = re.search(rf'<(?:\w+:)?imprint xmlns(?::\w+)?="{NAMESPACE}">([^<]*)<', said)
            found = found or re.search(
                rf'name="{PROPERTY}"[^>]*>\s*<vt:lpwstr>([^<]*)</vt:lpwstr>', said
            )
            try:
                if found is not None:
                    return imprint_from(found[1].strip())
            except ValueError:
                continue
    return None


def _comments(document: Any) -> tuple[str, ...]:  # noqa: ANN401 - untyped
    found: list[str] = []
    for related in document.part.rels.values():
        if related.reltype.endswith("/comments") and not related.is_external:
            held = docx.oxml.parse_xml(related.target_part.blob)
            for comment in held.iter(qn("w:comment")):
                words = " ".join(
                    "".join(str(t.text or "") for t in comment.iter(qn("w:t"))).split()
                )
                found += [words[:_LONGEST_COMMENT]] if words else []
    return tuple(found[:_MOST_COMMENTS])
