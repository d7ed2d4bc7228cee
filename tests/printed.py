"""A PDF as a reader sees it: letters with place, size and font; rules; the text of each page."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

PAGE_HEIGHT = 297.0
MM = 72 / 25.4


@dataclass(frozen=True)
class Letter:
    """A printed letter; places in millimetres from the left and the upper edge."""

    char: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    font: str


@dataclass(frozen=True)
class Line:
    """The letters of one printed line."""

    letters: tuple[Letter, ...]

    @property
    def text(self) -> str:
        return "".join(one.char for one in self.letters).strip()

    @property
    def inked(self) -> tuple[Letter, ...]:
        return tuple(one for one in self.letters if not one.char.isspace())

    @property
    def left(self) -> float:
        return min(one.left for one in self.inked)

    @property
    def right(self) -> float:
        return max(one.right for one in self.inked)

    @property
    def baseline(self) -> float:
        """Return where letters without a tail stand."""
        return min(one.bottom for one in self.inked if one.char not in "-,;gjpqy()“”")

    @property
    def looks(self) -> set[tuple[str, float]]:
        return {(one.font, one.size) for one in self.inked}


@dataclass(frozen=True)
class Rule:
    left: float
    right: float
    y: float

    @property
    def length(self) -> float:
        return self.right - self.left


@dataclass(frozen=True)
class Page:
    text: str
    letters: tuple[Letter, ...]
    rules: tuple[Rule, ...]

    @property
    def inked(self) -> tuple[Letter, ...]:
        return tuple(one for one in self.letters if not one.char.isspace())

    def lines(self) -> list[str]:
        return lines_of(self.text)

    def line(self, words: str) -> Line:
        """Return these words where they stand; they stand there once, in one line."""
        whole = "".join(one.char for one in self.letters)
        assert whole.count(words) == 1, (whole.count(words), words)
        start = whole.index(words)
        return Line(self.letters[start : start + len(words)])


def pages_of(pdf: bytes) -> list[Page]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [_page(page) for page in document]


def texts_of(pdf: bytes) -> list[str]:
    """Return the text of each page, without asking where every letter stands."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_text(page.get_textpage()) for page in document]


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def squeezed(text: str) -> str:
    return " ".join(text.split())


def whole_text(pdf: bytes) -> str:
    return squeezed(" ".join(texts_of(pdf)))


def fonts_of(pdf: bytes) -> dict[str, bool]:
    """Return the fonts that text is set in, and whether they are embedded."""
    found: dict[str, bool] = {}
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            for one in page.get_objects([raw.FPDF_PAGEOBJ_TEXT], max_depth=5):
                font = raw.FPDFTextObj_GetFont(one.raw)
                name = ctypes.create_string_buffer(200)
                raw.FPDFFont_GetBaseFontName(font, name, 200)
                found[name.value.decode()] = bool(raw.FPDFFont_GetIsEmbedded(font))
    return found


def _page(page: pypdfium2.PdfPage) -> Page:
    reader = page.get_textpage()
    letters = tuple(_letter(reader, n) for n in range(reader.count_chars()))
    paths = [one.get_bounds() for one in page.get_objects([raw.FPDF_PAGEOBJ_PATH])]
    rules = tuple(
        Rule(left / MM, right / MM, PAGE_HEIGHT - (bottom + top) / 2 / MM)
        for left, bottom, right, top in paths
        if right - left > top - bottom
    )
    return Page(_text(reader), letters, rules)


def _text(reader: pypdfium2.PdfTextPage) -> str:
    return str(reader.get_text_range()).replace("\r\n", "\n")


def _letter(reader: pypdfium2.PdfTextPage, number: int) -> Letter:
    left, bottom, right, top = reader.get_charbox(number)
    name = ctypes.create_string_buffer(200)
    raw.FPDFText_GetFontInfo(reader.raw, number, name, 200, None)
    return Letter(
        char=chr(raw.FPDFText_GetUnicode(reader.raw, number)),
        left=left / MM,
        right=right / MM,
        top=PAGE_HEIGHT - top / MM,
        bottom=PAGE_HEIGHT - bottom / MM,
        size=round(raw.FPDFText_GetFontSize(reader.raw, number), 2),
        font=name.value.decode(),
    )
