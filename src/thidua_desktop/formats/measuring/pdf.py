"""A PDF measured: letters gathered into lines, lines into passages, with the rules under them."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

import pypdfium2
from pypdfium2 import raw

from thidua_desktop.domain.layout.measured import Align, Column, MeasuredPaper, Passage, Sheet
from thidua_desktop.domain.layout.roles import HEAD_PARTS

_MM = 72 / 25.4
_NAME_ROOM = 200
_HEAVY = 600  # the weight from which letters count as bold
_THIN = 1.0  # a path no higher is a line
_NEAR = 1.5  # mm within which places count as the same
_RULE_BELOW = 4.5  # mm under the feet of the letters
_JUMP = 0.6  # of the size: letters whose feet are further apart are on two lines
_WIDE = 8.0  # mm between words that stand in two columns
_LEADING = 1.75  # of the size: lines further apart are two passages
_SMALL = 12.5  # recipients are smaller than the text
_MARGIN_ZONE = 20.0
_LEFT, _RIGHT = 30.0, 15.0  # the usual margins
_FULL_LINE = 15.0  # mm before the margin
_FULL = 0.7  # of the width of the page: what is narrower fills no line
_RIGHT_COLUMN = 0.38  # of the text: what begins further right stands in the right column
_HEAD_HEIGHT = 45.0
_TOO_FEW = 2
_ITEM = re.compile(r"([-+*–]|\d+[.)]|[a-zđ]\))\s")


@dataclass(frozen=True, slots=True)
class _Letter:
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


@dataclass(frozen=True, slots=True)
class _Stroke:
    left: float
    right: float
    top: float
    bottom: float


@dataclass
class _Line:
    letters: list[_Letter] = field(default_factory=list)

    @cached_property
    def inked(self) -> list[_Letter]:
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
class _Printed:
    """A page as it was read: its number, its lines of words, the lines drawn on it."""

    width: float
    height: float
    pager: _Line | None
    text: tuple[_Line, ...]
    flat: tuple[_Stroke, ...]
    upright: tuple[_Stroke, ...]


@dataclass(frozen=True, slots=True)
class _Area:
    """Where the text of a page stands; the columns of a head part at `split`, down to `foot`."""

    left: float
    right: float
    split: float
    foot: float
    flat: tuple[_Stroke, ...]
    upright: tuple[_Stroke, ...]

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    def is_indent(self, left: float) -> bool:
        return any(abs(left - self.left - indent) < _NEAR for indent in (10, 12.7))

    def fills(self, line: _Line) -> bool:
        return self.right - line.right < _FULL_LINE

    def column(self, line: _Line) -> Column:
        if line.foot < self.foot + _NEAR:
            return Column.LEFT if line.left < self.split - _NEAR else Column.RIGHT
        beside = [one for one in self.upright if one.top < line.foot < one.bottom]
        if any(one.left < line.left + _NEAR for one in beside) and any(
            one.left > line.left for one in beside
        ):
            return Column.TABLE
        is_flush = line.left < self.left + _NEAR
        if abs(line.middle - self.middle) < 2 * _NEAR and not is_flush:
            return Column.WHOLE
        if line.left >= self.left + _RIGHT_COLUMN * (self.right - self.left):
            return Column.RIGHT
        ends_early = line.right <= self.middle
        is_small = max(line.look[0]) <= _SMALL
        is_left = is_small if is_flush else not self.is_indent(line.left)
        return Column.LEFT if ends_early and is_left else Column.WHOLE

    def align(self, lines: Sequence[_Line]) -> Align | None:
        """Return how lines are set; one line alone tells only whether it stands in the middle."""
        column = self.column(lines[0])
        if column is Column.WHOLE:
            if self._is_centred(lines):
                return Align.CENTRE
            if len(lines) <= _TOO_FEW:
                return None
            full = all(self.right - line.right < _NEAR for line in lines[:-1])
            return Align.JUSTIFIED if full else Align.LEFT
        if len(lines) == 1 or column is Column.TABLE:
            return None
        flush = all(abs(a.left - b.left) < _NEAR for a, b in pairwise(lines))
        return Align.LEFT if flush else Align.CENTRE

    def rule(self, lines: Sequence[_Line]) -> float | None:
        """Return how long the line drawn under a passage is, as a part of its longest line."""
        line, longest = lines[-1], max(line.right - line.left for line in lines)
        for one in self.flat:
            is_under = 0 < one.top - line.foot < _RULE_BELOW
            if is_under and abs((one.left + one.right) / 2 - line.middle) < 2 * _NEAR:
                return (one.right - one.left) / longest
        return None

    def _is_centred(self, lines: Sequence[_Line]) -> bool:
        in_the_middle = all(abs(line.middle - self.middle) < 2 * _NEAR for line in lines)
        starts = [line.left for line in lines]
        return in_the_middle and not (self.is_indent(starts[0]) and self.right - lines[0].right < 1)


def measure_pdf(content: bytes) -> tuple[MeasuredPaper, ...]:
    """Return the papers of a PDF: each begins on a page that has no number, with a head or a title.

    Raises ValueError when it is no PDF that can be read.
    """
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise ValueError(str(error)) from error
    with document:
        printed = [_printed(page) for page in document]
        fonts = tuple(sorted(_fonts(document).items()))
    pages = [_page(one, number, _edges(one, printed)) for number, one in enumerate(printed, 1)]
    papers: list[list[tuple[Sheet, list[Passage]]]] = []
    for sheet, passages in pages:
        if not papers or _begins(sheet, passages):
            papers.append([])
        papers[-1].append((sheet, passages))
    return tuple(
        MeasuredPaper(
            sheets=tuple(sheet for sheet, _ in paper),
            passages=tuple(_over_pages([passages for _, passages in paper])),
            fonts=fonts,
        )
        for paper in papers
    )


def _over_pages(pages: Sequence[Sequence[Passage]]) -> Iterator[Passage]:
    """Yield the passages of all pages; what goes on at the top of the next page is one of them."""
    last: Passage | None = None
    for passages in pages:
        for place, one in enumerate(passages):
            if place == 0 and last is not None and _is_continued(last, one):
                last = replace(last, words=f"{last.words} {one.words}", last_page=one.page)
                continue
            if last is not None:
                yield last
            last = one
    if last is not None:
        yield last


def _is_continued(last: Passage, one: Passage) -> bool:
    goes_on = one.indent is not None and one.indent < _NEAR and one.align is not Align.CENTRE
    return goes_on and last.column is Column.WHOLE is one.column and last.sizes == one.sizes


def _begins(sheet: Sheet, passages: Sequence[Passage]) -> bool:
    first = " ".join(one.words for one in passages[:4])
    return sheet.number is None and bool(
        HEAD_PARTS["state"].search(first) or re.match(r"\s*(DANH SÁCH|Phụ lục|PHỤ LỤC)", first)
    )


def _printed(page: pypdfium2.PdfPage) -> _Printed:
    width, height = (length / _MM for length in page.get_size())
    lines = list(_lines(_letters(page, height)))
    pager = next((one for one in lines if _is_pager(one)), None)
    text = tuple(one for one in lines if one is not pager)
    return _Printed(width, height, pager, text, *_strokes(page, height))


def _edges(page: _Printed, printed: Sequence[_Printed]) -> tuple[float, float]:
    """Return from where to where text goes on the pages of this width in the whole file."""
    lines = [line for one in printed if one.width == page.width for line in one.text]
    left = min((line.left for line in lines), default=_LEFT)
    right = max((line.right for line in lines), default=0.0)
    # Nothing may fill a line.
    return left, right if right - left > _FULL * page.width else page.width - _RIGHT


def _page(page: _Printed, number: int, edges: tuple[float, float]) -> tuple[Sheet, list[Passage]]:
    area = _area(page, *edges)
    text = page.text
    sheet = Sheet(
        width=page.width,
        height=page.height,
        left=min((one.left for one in text), default=None),
        right=min((page.width - one.right for one in text), default=None),
        top=min((one.top for one in text), default=None),
        bottom=min((page.height - one.foot for one in text), default=None),
        number=_passage([page.pager], number, area) if page.pager else None,
    )
    return sheet, [_passage(of, number, area) for of in _paragraphs(text, area)]


def _area(page: _Printed, left: float, right: float) -> _Area:
    state = next((one for one in page.text if HEAD_PARTS["state"].search(one.words)), None)
    foot = 0.0
    if state is not None:
        dated = [one for one in page.text if HEAD_PARTS["place"].search(one.words)]
        feet = [one.foot for one in dated if one.foot < state.foot + _HEAD_HEIGHT]
        foot = min(feet, default=state.foot + _NEAR)
    split = state.left if state else 0.0
    return _Area(left, right, split, foot, page.flat, page.upright)


def _is_pager(line: _Line) -> bool:
    return line.words.isdigit() and line.foot < _MARGIN_ZONE


def _letters(page: pypdfium2.PdfPage, height: float) -> Iterator[_Letter]:
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
        yield _Letter(
            char=char,
            left=left / _MM,
            right=right / _MM,
            top=height - top / _MM,
            bottom=height - bottom / _MM,
            foot=height - y.value / _MM,
            size=round(raw.FPDFText_GetFontSize(reader.raw, n) * scale * 2) / 2,
            font=_family(font),
            is_bold="bold" in font.lower() or raw.FPDFText_GetFontWeight(reader.raw, n) >= _HEAVY,
            is_italic=any(word in font.lower() for word in ("italic", "oblique")),
            is_black=not any(one.value for one in colour[:3]),
        )


def _family(font: str) -> str:
    """Return the name of a font without the mark of a subset and without its cut.

    >>> _family("ABCDEF+TimesNewRomanPS-BoldItalicMT"), _family("AAAAAA+LiberationSerif-Bold")
    ('TimesNewRomanPS', 'LiberationSerif')
    """
    return re.sub(r"^[A-Z]{6}\+", "", font).split("-")[0].split(",")[0]


def _lines(letters: Iterator[_Letter]) -> Iterator[_Line]:
    line = _Line()
    for one in letters:
        if line.letters and _parts(line.letters, one):
            if line.inked:
                yield from _in_columns(line)
            line = _Line()
        line.letters.append(one)
    if line.inked:
        yield from _in_columns(line)


def _parts(before: Sequence[_Letter], one: _Letter) -> bool:
    last = next((c for c in reversed(before) if not c.char.isspace()), before[-1])
    if one.char.isspace():
        return False
    jump = abs(one.foot - last.foot) * _MM > _JUMP * max(last.size, 1)
    return jump or one.left - last.right > _WIDE or one.right < last.left - _NEAR


def _in_columns(line: _Line) -> Iterator[_Line]:
    """Yield the parts of a line that belong to the two columns of a head."""
    whole = "".join(one.char for one in line.letters)
    found = HEAD_PARTS["state"].search(whole) or HEAD_PARTS["motto"].search(whole)
    if found and whole[: found.start()].strip():
        yield _Line(line.letters[: found.start()])
        yield _Line(line.letters[found.start() :])
    else:
        yield line


def _paragraphs(lines: Sequence[_Line], area: _Area) -> Iterator[list[_Line]]:
    run: list[_Line] = []
    for line in lines:
        if run and not _goes_on(run, line, area):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _goes_on(run: Sequence[_Line], line: _Line, area: _Area) -> bool:
    """Tell whether a line goes on with the passage before it."""
    last = run[-1]
    size = max(last.look[0])
    if not 0 < (line.foot - last.foot) * _MM <= size * _LEADING or size != max(line.look[0]):
        return False
    if area.column(last) is not area.column(line):
        return False
    is_beside = area.column(line) is not Column.WHOLE
    if abs(last.middle - line.middle) < _NEAR and (is_beside or last.left > area.left + _NEAR):
        return last.look == line.look and last.words.isupper() == line.words.isupper()
    is_item = bool(_ITEM.match(line.words)) and not area.fills(last)  # a dash may begin a line
    if is_item or area.is_indent(line.left):
        return False
    return line.left < run[0].left + _NEAR


def _passage(lines: Sequence[_Line], page: int, area: _Area) -> Passage:
    letters = [one for line in lines for one in line.inked]
    looks = [line.look for line in lines]
    return Passage(
        words=" ".join(line.words for line in lines),
        page=page,
        last_page=page,
        sizes=frozenset(size for sizes, _, _ in looks for size in sizes),
        fonts=frozenset(one.font for one in letters),
        is_bold=all(bold for _, bold, _ in looks),
        is_italic=all(italic for _, _, italic in looks),
        is_black=all(one.is_black for one in letters),
        column=area.column(lines[0]),
        align=area.align(lines),
        indent=lines[0].left - area.left,
        rule=area.rule(lines),
        left=min(line.left for line in lines),
        right=max(line.right for line in lines),
        top=min(one.top for one in letters),
        bottom=lines[-1].foot,
    )


def _strokes(
    page: pypdfium2.PdfPage, height: float
) -> tuple[tuple[_Stroke, ...], tuple[_Stroke, ...]]:
    """Return the lines drawn on a page: those that lie, and those that stand."""
    flat, upright = list[_Stroke](), list[_Stroke]()
    for one in page.get_objects([raw.FPDF_PAGEOBJ_PATH], max_depth=4):
        left, bottom, right, top = (value / _MM for value in one.get_bounds())
        stroke = _Stroke(left, right, height - top, height - bottom)
        if top - bottom <= _THIN < right - left:
            flat.append(stroke)
        elif right - left <= _THIN < top - bottom:
            upright.append(stroke)
    return tuple(flat), tuple(upright)


def _fonts(document: pypdfium2.PdfDocument) -> dict[str, bool]:
    found: dict[str, bool] = {}
    for page in document:
        for one in page.get_objects([raw.FPDF_PAGEOBJ_TEXT], max_depth=4):
            font: Any = raw.FPDFTextObj_GetFont(one.raw)
            name = ctypes.create_string_buffer(_NAME_ROOM)
            raw.FPDFFont_GetBaseFontName(font, name, _NAME_ROOM)
            said = name.value.decode("utf-8", "replace")
            found[said] = bool(raw.FPDFFont_GetIsEmbedded(font))
    return found
