"""The fonts of the papers: embedded, the same on every machine.

Every file embeds the same subset of a font: all letters of Vietnamese. So a subset is cut and
deflated once for a thousand files, and equal papers stay equal bytes whatever was printed before.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, TTFontFace

REGULAR, BOLD = "LiberationSerif", "LiberationSerif-Bold"
ITALIC, BOLD_ITALIC = "LiberationSerif-Italic", "LiberationSerif-BoldItalic"
_FILES = {
    REGULAR: "LiberationSerif-Regular.ttf",
    BOLD: "LiberationSerif-Bold.ttf",
    ITALIC: "LiberationSerif-Italic.ttf",
    BOLD_ITALIC: "LiberationSerif-BoldItalic.ttf",
}
_BASES, _TONES = "aăâeêioôơuưy", ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_SMALL = "đ" + "".join(unicodedata.normalize("NFC", a + tone) for a in _BASES for tone in _TONES)
_SIGNS = "–—‘’“”…•°²³×½§«»"
# What other texts have besides goes into a second subset of their file.
_LETTERS = "".join(one for one in _SMALL + _SMALL.upper() + _SIGNS if not one.isascii())


def register_fonts(folder: Path) -> None:
    """Make the fonts known; a second time does nothing."""
    known = pdfmetrics.getRegisteredFontNames()
    for name, file in _FILES.items():
        if name not in known:
            pdfmetrics.registerFont(_Font(name, folder / file))
    pdfmetrics.registerFontFamily(
        REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD_ITALIC
    )


def text_width(text: str, font: str, size: float) -> float:
    """Return the width of a line, in points."""
    return float(pdfmetrics.stringWidth(text, font, size))


class _Kept(pdfdoc.PDFStreamFilterZCompress):
    """Deflates what is the same in every file once."""

    @staticmethod
    @lru_cache(maxsize=32)
    def _deflated(content: bytes) -> bytes:
        return bytes(pdfdoc.PDFZCompress.encode(content))

    def encode(self, text: str | bytes) -> bytes:
        return self._deflated(text.encode() if isinstance(text, str) else text)


_KEPT = _Kept()


class _Numbers(pdfdoc.PDFObject):
    """Numbers that are the same in every file, written once."""

    def __init__(self, numbers: tuple[float, ...]) -> None:
        self._numbers = numbers

    @staticmethod
    @lru_cache(maxsize=32)
    def _written(numbers: tuple[float, ...]) -> bytes:
        return bytes(pdfdoc.PDFArray(numbers).format(None))

    def format(self, _document: object) -> bytes:
        return self._written(self._numbers)


class _Face(TTFontFace):
    """A typeface whose subsets are cut once."""

    def __init__(self, filename: Path) -> None:
        super().__init__(filename)
        self._subset_of = lru_cache(maxsize=4)(lambda codes: TTFontFace.makeSubset(self, codes))

    def makeSubset(self, subset: Any) -> Any:  # noqa: ANN401, N802 - the library's
        return self._subset_of(tuple(subset))

    def addSubsetObjects(self, doc: Any, fontname: str, subset: Any) -> Any:  # noqa: ANN401, N802
        described = super().addSubsetObjects(doc, fontname, subset)  # type: ignore[no-untyped-call]
        doc.idToObject[f"fontFile:{self.filename}({fontname})"].filters = [_KEPT]
        return described


class _OtherLetterError(Exception):
    """A text has letters that are not in the first subset."""


class _Codes(dict[int, int]):
    """The codes of letters in the first subset, which are the same in every file."""

    def __init__(self, codes: dict[int, int]) -> None:
        super().__init__({code: codes[code] for code in map(ord, _LETTERS) if code in codes})
        super().update({code: code for code in range(32, 127)} | {0xA0: 32})

    def __missing__(self, letter: int) -> int:
        raise _OtherLetterError


class _Font(TTFont):
    """A font whose first subset is the same in every file."""

    def __init__(self, name: str, filename: Path) -> None:
        super().__init__(name, filename)
        self.face = _Face(filename)
        self._codes: _Codes | None = None

    def splitString(self, text: Any, doc: Any, encoding: str = "utf-8") -> Any:  # noqa: ANN401, N802
        if doc not in self.state:
            super().splitString(_LETTERS, doc)
            self._codes = self._codes or _Codes(cast("Any", self.state[doc]).assignments)
        try:
            return [(0, text.translate(self._codes).encode("latin-1"))] if text else []
        except _OtherLetterError:
            return super().splitString(text, doc, encoding)

    def addObjects(self, doc: Any) -> None:  # noqa: ANN401, N802 - the library's
        state = self.state[doc]
        super().addObjects(doc)
        fonts = doc.idToObject["BasicFonts"].dict
        for place, subset in enumerate(state.subsets):
            font = fonts[f"{state.internalName}+{place}"]
            font.Widths = _Numbers(tuple(map(self.face.getCharWidth, subset)))
            doc.idToObject[f"toUnicodeCMap:{font.BaseFont}"].filters = [_KEPT]
