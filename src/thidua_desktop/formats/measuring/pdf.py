"""A PDF measured: letters gathered into lines, lines into passages, with the rules under them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import pypdfium2

from thidua_desktop.domain.layout.measured import (
    Align,
    Column,
    Frame,
    MeasuredPaper,
    Passage,
    Sheet,
)
from thidua_desktop.domain.layout.roles import ABOUT, ADDRESSED, HEAD_PARTS
from thidua_desktop.domain.text import fold
from thidua_desktop.formats.layout import UNOFFICIAL
from thidua_desktop.formats.measuring.pdf_lines import (
    MM,
    Line,
    PrintedPage,
    Stroke,
    fonts_of,
    printed_page,
)

_NEAR = 1.5  # mm within which places count as the same
_RULE_BELOW = 4.5  # mm under the feet of the letters
_RULE_OVER = 6.0
_LEADING = 1.75  # of the size: lines further apart are two passages
_SOMEWHAT = 1.12
_SMALL = 12.5  # recipients are smaller than the text
_LEFT, _RIGHT = 30.0, 15.0  # the usual margins
_FULL_LINE = 15.0  # mm before the margin
_ASIDE = 15.0  # mm from the usual margin
_MARGINS = 6.0  # from the narrowest that the decree allows to a little over the widest
_RIGHT_COLUMN = 0.38  # of the text: what begins further right stands in the right column
_HEAD_HEIGHT = 45.0
_TOO_FEW = 2
_ITEM = re.compile(r"([-+*–]|\d+[.)]|[a-zđ]\))\s")


@dataclass(frozen=True, slots=True)
class _Area:
    """Where the text of a page stands; the columns of a head part at `split`, down to `foot`, and
    at the left down to `about` where a letter says there what it is about; from `signing` on
    recipients stand at the left.
    """

    left: float
    right: float
    split: float
    foot: float
    about: float
    signing: float
    flat: tuple[Stroke, ...]
    upright: tuple[Stroke, ...]
    leadings: Mapping[float, float]  # by size, in mm

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    def is_indent(self, left: float) -> bool:
        return any(abs(left - self.left - indent) < _NEAR for indent in (10, 12.7))

    def leading(self, size: float) -> float:
        """Return how far apart lines of one passage may be: as they mostly are, or less."""
        most = _LEADING * size / MM
        return min(self.leadings.get(size, most) * _SOMEWHAT, most)

    def fills(self, line: Line) -> bool:
        return self.right - line.right < _FULL_LINE

    def column(self, line: Line) -> Column:
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
        if is_flush and line.foot > self.signing - _NEAR and line.right <= self.middle:
            return Column.LEFT
        ends_early = line.right <= self.middle
        is_small = max(line.look[0]) <= _SMALL
        is_indent = self.is_indent(line.left) and line.foot > self.about
        is_left = is_small if is_flush else not is_indent
        return Column.LEFT if ends_early and is_left else Column.WHOLE

    def align(self, lines: Sequence[Line]) -> Align | None:
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

    def rule(self, lines: Sequence[Line]) -> float | None:
        """Return how long the line drawn under a passage is, as a part of its longest line."""
        line, longest = lines[-1], max(line.right - line.left for line in lines)
        for one in self.flat:
            is_under = 0 < one.top - line.foot < _RULE_BELOW
            if is_under and abs((one.left + one.right) / 2 - line.middle) < 2 * _NEAR:
                return (one.right - one.left) / longest
        return None

    def over(self, line: Line) -> float | None:
        """Return how long the line drawn over a line of words is, as a part of the text's width."""
        near = [one for one in self.flat if 0 < line.top - one.top < _RULE_OVER]
        length = max((one.right - one.left for one in near), default=0.0)
        return length / (self.right - self.left) if length else None

    def frame(self, lines: Sequence[Line]) -> Frame | None:
        """Return the lines drawn around words of the head: of those at each side the nearest."""
        if lines[0].foot > self.foot + _HEAD_HEIGHT:
            return None
        left, right = min(one.left for one in lines), max(one.right for one in lines)
        top, foot = min(one.top for one in lines), lines[-1].foot
        beside = [one for one in self.upright if one.top < top and foot < one.bottom]
        lefts = [one.left for one in beside if one.left < left]
        rights = [one.left for one in beside if one.left > right]
        if not lefts or not rights:
            return None
        first, last = max(lefts), min(rights)
        across = [one for one in self.flat if one.left < first + _NEAR and one.right > last - _NEAR]
        tops = [one.top for one in across if one.top < top]
        feet = [one.top for one in across if one.top > foot]
        return Frame(last - first, min(feet) - max(tops)) if tops and feet else None

    def _is_centred(self, lines: Sequence[Line]) -> bool:
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
        printed = [printed_page(page) for page in document]
        fonts = tuple(sorted(fonts_of(document).items()))
        is_official = document.get_metadata_value("Keywords") != UNOFFICIAL
    leadings = _leadings(printed)
    areas = [_area(one, _edges(one, printed), leadings) for one in printed]
    pages = [
        _page(one, number, area)
        for number, (one, area) in enumerate(zip(printed, areas, strict=True), start=1)
    ]
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
            is_official=is_official,
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


def _leadings(printed: Sequence[PrintedPage]) -> dict[float, float]:
    """Return how far apart lines of each size mostly are."""
    found: dict[float, Counter[float]] = {}
    for page in printed:
        for one, other in pairwise(page.text):
            apart, size = other.foot - one.foot, max(one.look[0])
            is_near = 0 < apart < _LEADING * size / MM and size == max(other.look[0])
            if is_near and page.width - one.right < _FULL_LINE + _RIGHT:
                found.setdefault(size, Counter())[round(apart, 1)] += 1
    return {size: min(counts.most_common(2))[0] for size, counts in found.items()}


def _edges(page: PrintedPage, printed: Sequence[PrintedPage]) -> tuple[float, float]:
    """Return from where to where text goes on the pages of this width in the whole file."""
    alike = [one for one in printed if one.width == page.width]
    drawn = [one for each in alike for one in each.flat if one.right - one.left > page.width / 2]
    words = [line for each in alike for line in each.text]
    found: list[Line | Stroke] = [*words, *drawn]
    left = min((one.left for one in found), default=_LEFT)
    right = max((one.right for one in found), default=0.0)
    # Nothing may fill a line, or begin one.
    last = right if page.width - right < _RIGHT + _ASIDE else page.width - _RIGHT
    is_filled = any(one.left < left + _NEAR and one.right > last - _NEAR for one in found)
    usual = left if left < _LEFT + (_ASIDE if is_filled else _MARGINS) else _LEFT
    return usual, last


def _page(page: PrintedPage, number: int, area: _Area) -> tuple[Sheet, list[Passage]]:
    text = page.text
    sheet = Sheet(
        width=page.width,
        height=page.height,
        left=min((one.left for one in text), default=None),
        right=min((page.width - one.right for one in text), default=None),
        top=min((one.top for one in text), default=None),
        bottom=min((page.height - one.foot for one in text), default=None),
        number=_passage([page.pager], number, area) if page.pager else None,
        above=tuple(_passage([line], number, area) for line in page.above),
        below=tuple(
            replace(_passage([line], number, area), over=area.over(line)) for line in page.below
        ),
    )
    return sheet, [_passage(of, number, area) for of in _paragraphs(text, area)]


def _area(page: PrintedPage, edges: tuple[float, float], leadings: Mapping[float, float]) -> _Area:
    state = next((one for one in page.text if HEAD_PARTS["state"].search(one.words)), None)
    foot = 0.0
    if state is not None:
        dated = [one for one in page.text if HEAD_PARTS["place"].search(one.words)]
        feet = [one.foot for one in dated if one.foot < state.foot + _HEAD_HEIGHT]
        foot = min(feet, default=state.foot + _NEAR)
    split = state.left if state else 0.0
    left, right = edges
    told = [one.foot for one in page.text if fold(one.words).startswith("noi nhan")]
    signing = min(told, default=page.height)
    about = _about(page, foot)
    return _Area(left, right, split, foot, about, signing, page.flat, page.upright, leadings)


def _about(page: PrintedPage, foot: float) -> float:
    """Return where the text begins under what a letter says it is about; 0 of a paper that has a
    title.
    """
    after = [one for one in page.text if one.foot > foot + _NEAR]
    says = next((one for one in after if ABOUT.match(one.words)), None)
    if says is None or says.foot > foot + _HEAD_HEIGHT:
        return 0.0
    return min((one.foot for one in after if ADDRESSED.match(one.words)), default=0.0)


def _paragraphs(lines: Sequence[Line], area: _Area) -> Iterator[list[Line]]:
    run: list[Line] = []
    for line in lines:
        if run and not _goes_on(run, line, area):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _goes_on(run: Sequence[Line], line: Line, area: _Area) -> bool:
    """Tell whether a line goes on with the passage before it."""
    last = run[-1]
    size = max(last.look[0])
    if not 0 < line.foot - last.foot <= area.leading(size) or size != max(line.look[0]):
        return False
    if area.column(last) is not area.column(line):
        return False
    is_item = bool(_ITEM.match(line.words)) and not area.fills(last)  # a dash may begin a line
    if is_item or (line.foot < area.about and ABOUT.match(line.words)):
        return False
    is_beside = area.column(line) is not Column.WHOLE
    if abs(last.middle - line.middle) < _NEAR and (is_beside or last.left > area.left + _NEAR):
        return last.look == line.look and last.words.isupper() == line.words.isupper()
    return not area.is_indent(line.left) and line.left < run[0].left + _NEAR


def _passage(lines: Sequence[Line], page: int, area: _Area) -> Passage:
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
        is_red=all(one.is_red for one in letters),
        rule=area.rule(lines),
        frame=area.frame(lines),
        left=min(line.left for line in lines),
        right=max(line.right for line in lines),
        top=min(one.top for one in letters),
        bottom=lines[-1].foot,
    )
