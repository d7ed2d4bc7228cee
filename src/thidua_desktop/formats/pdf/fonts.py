"""The fonts of the papers: embedded, the same on every machine.

Every file embeds the same subset of a font: all letters of Vietnamese. So a subset is cut and
deflated once for a thousand files, and equal papers stay equal bytes whatever was printed before.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from copy import copy
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, TTFontFace

REGULAR, BOLD = "LiberationSerif", "LiberationSerif-Bold"
ITALIC, BOLD_ITALIC = "LiberationSerif-Italic", "LiberationSerif-BoldItalic"
FILES = {
    REGULAR: "LiberationSerif-Regular.ttf",
    BOLD: "LiberationSerif-Bold.ttf",
    ITALIC: "LiberationSerif-Italic.ttf",
    BOLD_ITALIC: "LiberationSerif-BoldItalic.ttf",
}
BOLD_OF = {REGULAR: BOLD, ITALIC: BOLD_ITALIC, BOLD: BOLD, BOLD_ITALIC: BOLD_ITALIC}
_BASES, _TONES = "aăâeêioôơuưy", ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_SMALL = "đ" + "".join(unicodedata.normalize("NFC", a + tone) for a in _BASES for tone in _TONES)
_SIGNS = "–—‘’“”…•°²³×½§«»"
_NAMED = re.compile(rb"(/F1\+0\b|\b\d+ 0 R\b)")  # another object of a file, or the font itself
_STREAMS = ("fontFile", "toUnicodeCMap")  # these name nothing
_STEERING = "()\\"  # what is not itself in a string of PDF
# What other texts have besides goes into a second subset of their file.
_LETTERS = "".join(one for one in _SMALL + _SMALL.upper() + _SIGNS if not one.isascii())


def register_fonts(folder: Path) -> None:
    """Make the fonts known; a second time does nothing."""
    known = pdfmetrics.getRegisteredFontNames()
    for name, file in FILES.items():
        if name not in known:
            pdfmetrics.registerFont(_Font(name, folder / file))


def text_width(text: str, font: str, size: float) -> float:
    """Return the width of a line, in points."""
    return float(pdfmetrics.stringWidth(text, font, size))


class _Face(TTFontFace):
    """A typeface whose subsets are cut once."""

    def __init__(self, filename: Path) -> None:
        super().__init__(filename)
        self._subset_of = lru_cache(maxsize=4)(lambda codes: TTFontFace.makeSubset(self, codes))

    def makeSubset(self, subset: Any) -> Any:  # noqa: ANN401, N802 - the library's
        return self._subset_of(tuple(subset))


class _Written(pdfdoc.PDFObject):
    """An object that was written before; what it names is called otherwise in each file."""

    __RefOnly__ = 1

    def __init__(self, content: Sequence[bytes], named: Mapping[bytes, Any]) -> None:
        self._content, self._named = content, named

    def format(self, document: Any) -> bytes:  # noqa: ANN401 - the library's
        if not self._named:
            return self._content[0]
        return b"".join(
            named.format(document) if (named := self._named.get(part)) else part
            for part in self._content
        )


class _Name(pdfdoc.PDFObject):
    """A name as it is written."""

    def __init__(self, name: bytes) -> None:
        self._name = name

    def format(self, _document: Any) -> bytes:  # noqa: ANN401 - the library's
        return self._name


class _OtherLetterError(Exception):
    """A text has letters that are not in the first subset."""


class _Literals(dict[int, str]):
    """Each letter of the first subset as a literal string of PDF has it; its code is the same in
    every file.
    """

    def __init__(self, codes: dict[int, int]) -> None:
        known = {code: codes[code] for code in map(ord, _LETTERS) if code in codes}
        known |= {code: code for code in range(32, 127)} | {0xA0: 32}
        super().__init__({letter: _literal(code) for letter, code in known.items()})

    def __missing__(self, letter: int) -> str:
        raise _OtherLetterError


def _literal(code: int) -> str:
    """Return a code as a literal string of PDF has it: nothing in it ends or opens anything."""
    letter = chr(code)
    if letter in _STEERING:
        return f"\\{letter}"
    return letter if letter.isascii() and letter.isprintable() else f"\\{code:03o}"


class _FirstSubset:
    """The subset with all letters of Vietnamese, as every file has it: made once."""

    def __init__(self, font: _Font) -> None:
        probe: Any = pdfdoc.PDFDocument(compression=1, invariant=1)
        TTFont.splitString(font, _LETTERS, probe)
        self._state: Any = vars(font)["state"][probe]
        self.literals = _Literals(self._state.assignments)
        self._name = font.getSubsetInternalName(0, probe).encode()
        TTFont.addObjects(font, probe)
        made = {name.partition(":")[0]: name for name in probe.idToObject}
        self._base = made["fontDescriptor"].partition(":")[2]
        self._content, self._numbers = dict[str, Sequence[bytes]](), dict[str, bytes]()
        for part in ("fontFile", "fontDescriptor", "toUnicodeCMap", self._name[1:].decode()):
            one: Any = probe.idToObject[made[part]]
            made_so = one.format(probe)
            self._content[part] = [made_so] if part in _STREAMS else _NAMED.split(made_so)
            self._numbers[part] = probe.Reference(one).format(probe)
        self._content["font"] = self._content.pop(self._name[1:].decode())

    def state(self) -> Any:  # noqa: ANN401 - the library's
        """Return what the library remembers of a file that has this subset."""
        state = copy(self._state)
        state.assignments = dict(state.assignments)
        state.subsets = [list(subset) for subset in state.subsets]
        state.internalName, state.frozen = None, 0
        return state

    def is_all(self, state: Any) -> bool:  # noqa: ANN401 - the library's
        """Tell whether a file needs no letter besides."""
        return bool(state.nextCode == self._state.nextCode)

    def add(self, name: str, document: Any) -> None:  # noqa: ANN401 - the library's
        """Put the subset into a file, under that name."""
        base, numbers = self._base, self._numbers

        def add(part: str, named: dict[bytes, Any]) -> Any:  # noqa: ANN401 - the library's
            return document.Reference(_Written(self._content[part], named), f"{part}:{base}")

        file, letters = add("fontFile", {}), add("toUnicodeCMap", {})
        described = add("fontDescriptor", {numbers["fontFile"]: file})
        named = {
            numbers["fontDescriptor"]: described,
            numbers["toUnicodeCMap"]: letters,
            self._name: _Name(name.encode()),
        }
        font = _Written(self._content["font"], named)
        document.Reference(font, name[1:])
        document.idToObject["BasicFonts"].dict[name[1:]] = font


class _Font(TTFont):
    """A font whose first subset is the same in every file."""

    def __init__(self, name: str, filename: Path) -> None:
        super().__init__(name, filename)
        self.face = _Face(filename)

    @cached_property
    def first(self) -> _FirstSubset:
        """The first subset, made when the first file needs it."""
        return _FirstSubset(self)

    def splitString(self, text: Any, doc: Any, encoding: str = "utf-8") -> Any:  # noqa: ANN401, N802
        if doc not in self.state:
            self.state[doc] = self.first.state()
        return super().splitString(text, doc, encoding)

    def addObjects(self, doc: Any) -> None:  # noqa: ANN401, N802 - the library's
        if self.first.is_all(self.state[doc]):
            self.first.add(self.getSubsetInternalName(0, doc), doc)
            del self.state[doc]
        else:
            super().addObjects(doc)


class WrittenFont:
    """A font as one file writes it."""

    def __init__(self, name: str, document: Any) -> None:  # noqa: ANN401 - the library's
        self._font: _Font = pdfmetrics.getFont(name)  # type: ignore[assignment]
        self._document = document
        self._font.splitString("", document)
        self._literals = self._font.first.literals
        self._name = self._font.getSubsetInternalName(0, document)

    def literal(self, words: str) -> list[tuple[str, str]]:
        """Return words as strings of PDF, each with the name that its letters have in the file."""
        try:
            return [(self._name, words.translate(self._literals))] if words else []
        except _OtherLetterError:
            return [
                (
                    self._font.getSubsetInternalName(subset, self._document),
                    "".join(map(_literal, codes)),
                )
                for subset, codes in self._font.splitString(words, self._document)
            ]
