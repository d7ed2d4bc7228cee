"""A PDF read: the letters of each page gathered into lines of words, the lines that are drawn."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import pypdfium2
from pypdfium2 import raw

from thidua_desktop.domain.layout.roles import CONTACT, HEAD_PARTS

MM = 72 / 25.4
_NAME_ROOM = 200
_BOX_SEGMENTS = (4, 5)  # a path that is closed says its last side, or does not
_HEAVY = 600  # the weight from which letters count as bold
_THIN = 1.0  # a path no higher is a line
_NEAR = 1.5  # mm within which places count as the same
_JUMP = 0.6  # of the size: letters whose feet are further apart are on two lines
_WIDE = 8.0  # mm between words that stand in two columns
_MARGIN_ZONE = 20.0
_SMALL = 12.5  # what an office says of itself is smaller than the text
_STRONG = 127  # of 255: how much red is in red


@dataclass(frozen=True, slots=True)
class Letter:
    """A printed letter; `foot` is where letters without a tail stand."""

    char: str
    left: float
    right: float
    top: float
    bottom: float
    foot: float
    size: float
    font: str
    is_bold: bool
    is_italic: bool
    is_black: bool
    is_red: bool


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line that was drawn."""

    left: float
    right: float
    top: float
    bottom: float


@dataclass
class Line:
    """The letters of one printed line."""

    letters: list[Letter] = field(default_factory=list)

    @cached_property
    def inked(self) -> list[Letter]:
        return [one for one in self.letters if not one.char.isspace()]

    @property
    def words(self) -> str:
        return " ".join("".join(one.char for one in self.letters).split())

    @property
    def left(self) -> float:
        return min(one.left for one in self.inked)

    @property
    def right(self) -> float:
        return max(one.right for one in self.inked)

    @property
    def top(self) -> float:
        return min(one.top for one in self.inked)

    @property
    def foot(self) -> float:
        return self.inked[0].foot

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def look(self) -> tuple[frozenset[float], bool, bool]:
        sizes = frozenset(one.size for one in self.inked)
        bold, italic = (
            all(is_so for is_so in said)
            for said in (
                [one.is_bold for one in self.inked],
                [one.is_italic for one in self.inked],
            )
        )
        return sizes, bold, italic


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page as it was read: its number, its lines of words, the lines drawn on it.

    `above`: over the head, in the margin; `below`: at the foot, where an office says how it is
    reached.
    """

    width: float
    height: float
    pager: Line | None
    above: tuple[Line, ...]
    text: tuple[Line, ...]
    below: tuple[Line, ...]
    flat: tuple[Stroke, ...]
    upright: tuple[Stroke, ...]


def printed_page(page: pypdfium2.PdfPage) -> PrintedPage:
    """Return a page as it was read."""
    width, height = (length / MM for length in page.get_size())
    lines = list(_lines(_letters(page, height)))
    flat, upright = _strokes(page, height)
    pager = next((one for one in lines if _is_pager(one)), None)
    text = [one for one in lines if one is not pager]
    state = next((one for one in text if HEAD_PARTS["state"].search(one.words)), None)
    above = [one for one in text if state and one.foot < min(state.top, _MARGIN_ZONE)]
    text = [one for one in text if one not in above]
    rules = [one for one in flat if one.right - one.left > width / 2]
    below = list(_below(text, rules if state or not upright else [], is_first=state is not None))
    return PrintedPage(
        width=width,
        height=height,
        pager=pager,
        above=tuple(above),
        text=tuple(one for one in text if one not in below),
        below=tuple(below),
        flat=flat,
        upright=upright,
    )


def _below(text: Sequence[Line], rules: Sequence[Stroke], *, is_first: bool) -> Iterator[Line]:
    """Yield the lines at the foot of a page from the one that begins to say how an office is
    reached: under a line across the page, or on a first page in small letters.
    """
    lowest = sorted(text, key=lambda one: one.foot)
    for place, one in enumerate(lowest):
        rest = lowest[place:]
        over = lowest[place - 1].foot if place else 0.0
        is_ruled = any(over < rule.top < one.top for rule in rules)
        is_small = is_first and all(max(line.look[0]) <= _SMALL for line in rest)
        if CONTACT.match(one.words) and (is_ruled or is_small):
            yield from rest
            return


def _is_pager(line: Line) -> bool:
    return line.words.isdigit() and line.foot < _MARGIN_ZONE


def _letters(page: pypdfium2.PdfPage, height: float) -> Iterator[Letter]:
    reader = page.get_textpage()
    name, flags = ctypes.create_string_buffer(_NAME_ROOM), ctypes.c_int()
    x, y = ctypes.c_double(), ctypes.c_double()
    colour = [ctypes.c_uint() for _ in range(4)]
    matrix = raw.FS_MATRIX()
    for n in range(reader.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(reader.raw, n))
        if char in "\r\n":
            continue
        left, bottom, right, top = reader.get_charbox(n)
        raw.FPDFText_GetFontInfo(reader.raw, n, name, _NAME_ROOM, ctypes.byref(flags))
        raw.FPDFText_GetCharOrigin(reader.raw, n, ctypes.byref(x), ctypes.byref(y))
        raw.FPDFText_GetFillColor(reader.raw, n, *(ctypes.byref(one) for one in colour))
        raw.FPDFText_GetMatrix(reader.raw, n, ctypes.byref(matrix))
        font = name.value.decode("utf-8", "replace")
        scale = math.hypot(matrix.c, matrix.d) or 1.0
        yield Letter(
            char=char,
            left=left / MM,
            right=right / MM,
            top=height - top / MM,
            bottom=height - bottom / MM,
            foot=height - y.value / MM,
            size=round(raw.FPDFText_GetFontSize(reader.raw, n) * scale * 2) / 2,
            font=_family(font),
            is_bold="bold" in font.lower() or raw.FPDFText_GetFontWeight(reader.raw, n) >= _HEAVY,
            is_italic=any(word in font.lower() for word in ("italic", "oblique")),
            is_black=not any(one.value for one in colour[:3]),
            is_red=colour[0].value > _STRONG > 2 * max(one.value for one in colour[1:3]),
        )


def _family(font: str) -> str:
    """Return the name of a font without the mark of a subset and without its cut.

    >>> _family("ABCDEF+TimesNewRomanPS-BoldItalicMT"), _family("AAAAAA+LiberationSerif-Bold")
    ('TimesNewRomanPS', 'LiberationSerif')
    """
    return re.sub(r"^[A-Z]{6}\+", "", font).split("-")[0].split(",")[0]


def _lines(letters: Iterator[Letter]) -> Iterator[Line]:
    line = Line()
    for one in letters:
        if line.letters and _parts(line.letters, one):
            if line.inked:
                yield from _in_columns(line)
            line = Line()
        line.letters.append(one)
    if line.inked:
        yield from _in_columns(line)


def _parts(before: Sequence[Letter], one: Letter) -> bool:
    last = next((c for c in reversed(before) if not c.char.isspace()), before[-1])
    if one.char.isspace():
        return False
    jump = abs(one.foot - last.foot) * MM > _JUMP * max(last.size, 1)
    # A number left open for the pen: "Số:          /TTr-UBND", "Tờ trình số      /TTr-UBND".
    is_open = one.char == "/" and last.char in ":ố"
    apart = one.left - last.right > _WIDE and not is_open
    return jump or apart or one.right < last.left - _NEAR


def _in_columns(line: Line) -> Iterator[Line]:
    """Yield the parts of a line that belong to the two columns of a head."""
    whole = "".join(one.char for one in line.letters)
    found = HEAD_PARTS["state"].search(whole) or HEAD_PARTS["motto"].search(whole)
    if found and whole[: found.start()].strip():
        yield Line(line.letters[: found.start()])
        yield Line(line.letters[found.start() :])
    else:
        yield line


def _strokes(
    page: pypdfium2.PdfPage, height: float
) -> tuple[tuple[Stroke, ...], tuple[Stroke, ...]]:
    """Return the lines drawn on a page: those that lie, and those that stand."""
    flat, upright = list[Stroke](), list[Stroke]()
    for one in page.get_objects([raw.FPDF_PAGEOBJ_PATH], max_depth=4):
        left, bottom, right, top = (value / MM for value in one.get_bounds())
        stroke = Stroke(left, right, height - top, height - bottom)
        if top - bottom <= _THIN < right - left:
            flat.append(stroke)
        elif right - left <= _THIN < top - bottom:
            upright.append(stroke)
        elif _is_box(one):
            flat += [replace(stroke, bottom=stroke.top), replace(stroke, top=stroke.bottom)]
            upright += [replace(stroke, right=stroke.left), replace(stroke, left=stroke.right)]
    return tuple(flat), tuple(upright)


def _is_box(path: pypdfium2.PdfObject) -> bool:
    """Tell whether a path is the outline of a box, drawn at once."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path.raw, ctypes.byref(fill), ctypes.byref(stroke))
    return bool(stroke.value) and raw.FPDFPath_CountSegments(path.raw) in _BOX_SEGMENTS


def fonts_of(document: pypdfium2.PdfDocument) -> dict[str, bool]:
    """Return the fonts that text is set in, and whether they come with the file."""
    found: dict[str, bool] = {}
    for page in document:
        for one in page.get_objects([raw.FPDF_PAGEOBJ_TEXT], max_depth=4):
            font: Any = raw.FPDFTextObj_GetFont(one.raw)
            name = ctypes.create_string_buffer(_NAME_ROOM)
            raw.FPDFFont_GetBaseFontName(font, name, _NAME_ROOM)
            said = name.value.decode("utf-8", "replace")
            found[said] = bool(raw.FPDFFont_GetIsEmbedded(font))
    return found
