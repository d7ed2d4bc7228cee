"""A Word file measured: its sections, its paragraphs as they are meant to look, lines under them.

Word counts lengths in twentieths of a point, letters in halves of one, drawings in English metric
units (914,400 to the inch).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from thidua_desktop.domain.layout.measured import (
    Align,
    Column,
    Frame,
    MeasuredPaper,
    Passage,
    Sheet,
)
from thidua_desktop.domain.layout.roles import CONTACT, HEAD_PARTS
from thidua_desktop.formats.layout import UNOFFICIAL
from thidua_desktop.formats.measuring.word_styles import Look, WordStyles

TextWidth = Callable[[str, bool, bool, float], float]
_TWIP, _EMU = 25.4 / 1440, 25.4 / 914_400
_POINT = 25.4 / 72
_ALIGNS = {
    "left": Align.LEFT,
    "start": Align.LEFT,
    "center": Align.CENTRE,
    "right": Align.RIGHT,
    "end": Align.RIGHT,
    "both": Align.JUSTIFIED,
    "distribute": Align.JUSTIFIED,
}
_NOTHING = frozenset({"nil", "none", None})
_TWO = 2
_EDGES = ("top", "bottom")


@dataclass
class _Paragraph:
    """A paragraph with where it stands: in the text, or in a cell of a table that is so wide."""

    element: Any
    column: Column
    width: float


def measure_word(content: bytes, text_width: TextWidth) -> tuple[MeasuredPaper, ...]:
    """Return the papers of a Word file: each begins with a section that has a head or a title.

    `text_width` measures words in points: words, bold, italic, size. Raises ValueError when it is
    no Word file that can be read.
    """
    try:
        document = Document(BytesIO(content))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise ValueError(str(error)) from error
    return tuple(_WordFile(document, text_width).papers())


class _WordFile:
    """One file: its styles are looked up once."""

    def __init__(self, document: Any, text_width: TextWidth) -> None:  # noqa: ANN401 - untyped
        self._document = document
        self._text_width = text_width
        self._styles = WordStyles(document)

    def papers(self) -> Iterator[MeasuredPaper]:
        """Yield the papers."""
        gathered: list[tuple[list[Sheet], list[Passage]]] = []
        for section, elements in self._sections():
            passages = list(self._passages(section, elements))
            first = " ".join(one.words for one in passages[:6])
            begins = HEAD_PARTS["state"].search(first) or first.startswith(("DANH SÁCH", "Phụ lục"))
            if begins or not gathered:
                gathered.append(([], []))
            gathered[-1][0].append(self._sheet(section))
            gathered[-1][1].extend(passages)
        for sheets, passages in gathered:
            yield MeasuredPaper(
                sheets=tuple(sheets),
                passages=tuple(passages),
                is_official=self._document.core_properties.keywords != UNOFFICIAL,
            )

    def _sections(self) -> Iterator[tuple[Any, list[Any]]]:
        sections = iter(self._document.sections)
        elements: list[Any] = []
        for element in self._document.element.body:
            if element.tag == qn("w:sectPr"):
                continue
            elements.append(element)
            if element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
                yield next(sections), elements
                elements = []
        yield next(sections), elements

    def _sheet(self, section: Any) -> Sheet:  # noqa: ANN401 - untyped
        pager = next(filter(_has_page, _header_paragraphs(section.header)), None)
        is_apart = section.different_first_page_header_footer
        on_first = map(_has_page, _header_paragraphs(section.first_page_header))
        number = None if pager is None else self._passage(_Paragraph(pager, Column.WHOLE, 0), None)
        width = (section.page_width - section.left_margin - section.right_margin) * _EMU
        above = self._marks(section.first_page_header if is_apart else section.header, width)
        below = self._marks(section.first_page_footer if is_apart else section.footer, width)
        again = self._marks(section.footer, width) if is_apart else ()
        return Sheet(
            width=section.page_width.mm,
            height=section.page_height.mm,
            left=section.left_margin.mm,
            right=section.right_margin.mm,
            top=section.top_margin.mm,
            bottom=section.bottom_margin.mm,
            number=number,
            is_first=False,
            shows_number_first=any(on_first) if is_apart else pager is not None,
            above=above,
            below=tuple(_contact(below)),
            shows_below_again=any(_contact(again)),
        )

    def _marks(self, margin: Any, width: float) -> tuple[Passage, ...]:  # noqa: ANN401
        """Return what an upper or lower margin says besides the page number."""
        said = [one for one in _header_paragraphs(margin) if not _has_page(one)]
        return tuple(
            self._passage(_Paragraph(one, Column.WHOLE, width), None)
            for one in said
            if _words(one).strip()
        )

    def _passages(self, section: Any, elements: Iterable[Any]) -> Iterator[Passage]:  # noqa: ANN401
        width = (section.page_width - section.left_margin - section.right_margin) * _EMU
        paragraphs = list(self._paragraphs(elements, width))
        after: float | None = None
        for place, one in enumerate(paragraphs):
            following = paragraphs[place + 1] if place + 1 < len(paragraphs) else None
            if not _words(one.element).strip():
                continue
            yield self._passage(one, following, after)
            after = self._styles.spacing(one.element)[1]

    def _paragraphs(self, elements: Iterable[Any], width: float) -> Iterator[_Paragraph]:
        for element in elements:
            if element.tag == qn("w:p"):
                yield _Paragraph(element, Column.WHOLE, width)
            elif element.tag == qn("w:tbl"):
                yield from self._cells(element)
            elif element.tag == qn("w:sdt"):
                content = element.find(qn("w:sdtContent"))
                yield from self._paragraphs(content if content is not None else (), width)

    def _cells(self, table: Any) -> Iterator[_Paragraph]:  # noqa: ANN401 - untyped
        widths = [int(one.get(qn("w:w"), 0)) * _TWIP for one in table.iter(qn("w:gridCol"))]
        is_ruled = self._has_lines(table)
        columns: dict[int, list[_Paragraph]] = {}
        rows = table.findall(qn("w:tr"))
        for row in rows:
            place = 0
            for cell in row.findall(qn("w:tc")):
                span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
                count = int(span.get(qn("w:val"), 1)) if span is not None else 1
                column = Column.TABLE if is_ruled else self._side(place, count, len(widths))
                width = sum(widths[place : place + count])
                columns.setdefault(place, []).extend(
                    _Paragraph(one, column, width) for one in cell.iter(qn("w:p"))
                )
                place += count
        for place in sorted(columns):
            yield from columns[place]

    @staticmethod
    def _side(place: int, count: int, of: int) -> Column:
        if count >= of or of < _TWO:
            return Column.WHOLE
        return Column.LEFT if place == 0 else Column.RIGHT

    def _has_lines(self, table: Any) -> bool:  # noqa: ANN401 - untyped
        style = table.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}")
        said = [table.find(f"{qn('w:tblPr')}/{qn('w:tblBorders')}")]
        said += list(table.iter(qn("w:tcBorders")))
        if said[0] is None and style is not None:
            for one in self._styles.chain(style.get(qn("w:val"))):
                said.append(one.find(f"{qn('w:tblPr')}/{qn('w:tblBorders')}"))
        lines = [line for one in said if one is not None for line in one]
        return any(line.get(qn("w:val")) not in _NOTHING for line in lines)

    def _passage(
        self, one: _Paragraph, following: _Paragraph | None, after: float | None = None
    ) -> Passage:
        element = one.element
        runs = [
            (_words(run), self._styles.look_of(run, element))
            for run in element.iter(qn("w:r"))
            if _words(run).strip() or run.find(qn("w:fldChar")) is not None
        ]
        inked = [look for words, look in runs if words.strip()] or [look for _, look in runs]
        before, _ = self._styles.spacing(element)
        words = re.sub(r"[ \t\n]+", " ", _words(element)).strip(" ")  # some spaces hold together
        return Passage(
            words=" ".join(words.split()),
            sizes=frozenset(look.size for look in inked if look.size),
            fonts=frozenset(look.font for look in inked if look.font),
            is_bold=bool(inked) and all(look.bold for look in inked),
            is_italic=bool(inked) and all(look.italic for look in inked),
            is_black=all(look.colour in {None, "auto", "000000"} for look in inked),
            is_red=bool(inked) and all(_is_red(look.colour) for look in inked),
            column=one.column,
            align=self._align(element),
            indent=self._indent(element),
            gap=None if after is None else max(before, after),
            rule=self._rule(one, following, words, inked[0] if inked else self._styles.plain),
            over=(self._border(one, "top") or 0.0) / one.width if one.width else None,
            frame=self._frame(one),
        )

    def _frame(self, one: _Paragraph) -> Frame | None:
        """Return the lines around a paragraph; how high they stand where its line says it."""
        widths = [self._border(one, side) for side in ("top", "left", "bottom", "right")]
        if not all(widths):
            return None
        line = self._styles.exact_line(one.element)
        sides = [self._styles.property_of(one.element, f"pBdr/{name}") for name in _EDGES]
        room = sum(int(side.get(qn("w:space"), 0)) for side in sides)
        return Frame(widths[0] or 0.0, (line + room) * _POINT if line else None)

    def _rule(
        self, one: _Paragraph, following: _Paragraph | None, words: str, look: Look
    ) -> float | None:
        """Return how long the line under a paragraph is: a border of it, of the empty one that
        follows, or one that was drawn.
        """
        length = self._border(one, "bottom") or _drawn(one.element)
        if length is None and following is not None and not _words(following.element).strip():
            length = (
                self._border(following, "top")
                or self._border(following, "bottom")
                or _drawn(following.element)
            )
        longest = self._longest_line(words, one.width - self._taken(one.element), look)
        return length / longest if length and longest else None

    def _border(self, one: _Paragraph, side: str) -> float | None:
        line = self._styles.property_of(one.element, f"pBdr/{side}")
        if line is None or line.get(qn("w:val")) in _NOTHING:
            return None
        return one.width - self._taken(one.element)

    def _taken(self, element: Any) -> float:  # noqa: ANN401 - untyped
        """Return how much of the width the indents at both sides take."""
        said = self._styles.property_of(element, "ind")
        if said is None:
            return 0.0
        sides = ("left", "right", "start", "end")
        return sum(int(said.get(qn(f"w:{name}"), 0)) for name in sides) * _TWIP

    def _longest_line(self, words: str, width: float, look: Look) -> float:
        """Return how wide the words are, in lines that fill the width."""
        size, bold, italic = look.size or 0.0, bool(look.bold), bool(look.italic)
        lines, line = [0.0], ""
        for word in words.split(" "):
            longer = f"{line} {word}".strip()
            wide = self._text_width(longer, bold, italic, size) * _POINT
            if line and wide > width:
                longer = word
                lines.append(0.0)
                wide = self._text_width(word, bold, italic, size) * _POINT
            line = longer
            lines[-1] = wide
        return max(lines)

    def _align(self, element: Any) -> Align:  # noqa: ANN401 - untyped
        said = self._styles.property_of(element, "jc")
        return _ALIGNS.get(said.get(qn("w:val")), Align.LEFT) if said is not None else Align.LEFT

    def _indent(self, element: Any) -> float:  # noqa: ANN401 - untyped
        said = self._styles.property_of(element, "ind")
        if said is None:
            return 0.0
        first = int(said.get(qn("w:firstLine"), 0)) - int(said.get(qn("w:hanging"), 0))
        return (first + int(said.get(qn("w:left"), said.get(qn("w:start"), 0)))) * _TWIP


def _contact(below: Sequence[Passage]) -> Sequence[Passage]:
    """Return how an office is reached, of what stands at the foot of a page."""
    return below if below and CONTACT.match(below[0].words) else ()


def _is_red(colour: str | None) -> bool:
    return bool(re.fullmatch("[89A-F].[0-3].[0-3].", colour or "", re.IGNORECASE))


def _words(element: Any) -> str:  # noqa: ANN401 - untyped
    parts = []
    for one in element.iter(qn("w:t"), qn("w:br"), qn("w:tab"), qn("w:noBreakHyphen")):
        marks = {qn("w:t"): one.text or "", qn("w:noBreakHyphen"): "-"}
        parts.append(marks.get(one.tag, " "))
    return "".join(parts)


def _has_page(paragraph: Any) -> bool:  # noqa: ANN401 - untyped
    codes = [one.text or "" for one in paragraph.iter(qn("w:instrText"))]
    codes += [one.get(qn("w:instr"), "") for one in paragraph.iter(qn("w:fldSimple"))]
    return any(code.split()[:1] == ["PAGE"] for code in codes)


def _header_paragraphs(header: Any) -> Iterator[Any]:  # noqa: ANN401 - untyped
    return iter(header._element.iter(qn("w:p")))  # noqa: SLF001 - the library shows no fields


def _drawn(element: Any) -> float | None:  # noqa: ANN401 - untyped
    """Return the length of a line drawn in a paragraph."""
    for extent in element.iter(qn("wp:extent")):
        if int(extent.get("cy", 0)) * _EMU < 1 < int(extent.get("cx", 0)) * _EMU:
            return int(extent.get("cx")) * _EMU
    return None
