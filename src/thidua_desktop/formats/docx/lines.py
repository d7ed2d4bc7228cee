"""The lines of a Word document: what each says, in which controls, in which style."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from docx.oxml.ns import qn

from thidua_desktop.domain.returned import PaperLine, Piece
from thidua_desktop.domain.told import Source
from thidua_desktop.formats.docx.tags import source_of_tag

Letters = Callable[[str, Any, Any], str]
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What is not of the text as it stands: what was taken out, where it was moved from, layout.
_NOT_READ = frozenset(
    {_FALLBACK}
    | {qn(f"w:{name}") for name in ("del", "moveFrom", "rPr", "pPr", "sdtPr", "tblPr", "tblGrid")}
    | {qn(f"w:{name}") for name in ("tcPr", "trPr", "instrText", "delText", "sectPr")}
)
_PARAGRAPH, _TABLE, _ROW, _CELL, _RUN = (qn(f"w:{one}") for one in ("p", "tbl", "tr", "tc", "r"))
_CONTROL, _TEXT, _BREAK = qn("w:sdt"), qn("w:t"), qn("w:br")
_BOX, _PROPERTIES, _SECTION = (qn(f"w:{one}") for one in ("txbxContent", "pPr", "sectPr"))
_STYLE, _VALUE, _TYPE = (qn(f"w:{one}") for one in ("pStyle", "val", "type"))
_TAKEN_OUT = f"{qn('w:rPr')}/{qn('w:del')}"
_TAG = f"{qn('w:sdtPr')}/{qn('w:tag')}"
_HEAD_ROW = f"{qn('w:trPr')}/{qn('w:tblHeader')}"
_SPAN = f"{qn('w:tcPr')}/{qn('w:gridSpan')}"
_MOST_COLUMNS = 60
_BLANKS = {
    qn("w:tab"): " ",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
    qn("w:softHyphen"): "\u00ad",  # in old fonts a letter
}


def lines_of(body: Any, letters: Letters | None = None) -> tuple[PaperLine, ...]:  # noqa: ANN401
    """Return the lines of a body in the order of reading, blank ones too.

    `letters` gives the text of a run in the letters of today: text, run, paragraph.
    """
    reading = _Reading(letters)
    reading.walk(body, None, "")
    return tuple(reading.lines())


class _Reading:
    def __init__(self, letters: Letters | None) -> None:
        self._letters = letters
        self._made: list[tuple[list[Piece], str, str, int]] = []
        self._paper = 0
        self._goes_on = False

    def lines(self) -> Iterator[PaperLine]:
        for pieces, style, column, paper in self._made:
            yield PaperLine(tuple(_merged(pieces)), style, column, paper)

    def walk(self, inside: Any, source: Source | None, column: str) -> None:  # noqa: ANN401
        for one in inside:
            if one.tag in _NOT_READ:
                continue
            if one.tag == _PARAGRAPH:
                self._paragraph(one, source, column)
            elif one.tag == _TABLE:
                self._table(one, source)
            elif one.tag == _CONTROL:
                self.walk(one, _source(one) or source, column)
            else:
                self.walk(one, source, column)

    def _table(self, table: Any, source: Source | None) -> None:  # noqa: ANN401
        heads: list[str] = []
        for row, its in _rows(table, source):
            cells = list(_cells(row, its))
            if row.find(_HEAD_ROW) is not None:
                names = [name for cell, _ in cells for name in _names(cell)]
                above = heads or names
                heads = [name or above[n] for n, name in enumerate(names) if n < len(above)]
                named = [""] * len(cells)
            else:
                named = heads if len(heads) == len(cells) else [""] * len(cells)
            for (cell, whose), name in zip(cells, named, strict=True):
                self.walk(cell, whose, name)

    def _paragraph(self, paragraph: Any, source: Source | None, column: str) -> None:  # noqa: ANN401
        pieces: list[Piece] = []
        self._pieces(paragraph, paragraph, source, pieces)
        properties = paragraph.find(_PROPERTIES)
        if self._goes_on and self._made:
            self._made[-1][0].extend(pieces)
        else:
            self._made.append((pieces, _style(properties), column, self._paper))
        # The end of a paragraph may itself be taken out: the next one goes on in its line.
        self._goes_on = properties is not None and properties.find(_TAKEN_OUT) is not None
        if properties is not None and properties.find(_SECTION) is not None:
            self._paper += 1

    def _pieces(
        self,
        inside: Any,  # noqa: ANN401
        paragraph: Any,  # noqa: ANN401
        source: Source | None,
        pieces: list[Piece],
    ) -> None:
        for one in inside:
            if one.tag in _NOT_READ:
                continue
            if one.tag == _RUN:
                words = "".join(_texts(one))
                if self._letters is not None:
                    words = self._letters(words, one, paragraph)
                pieces.append(Piece(words, source))
                for box in one.iter(_BOX):
                    if all(above.tag != _FALLBACK for above in box.iterancestors()):
                        self.walk(box, source, "")
            elif one.tag == _CONTROL:
                self._pieces(one, paragraph, _source(one) or source, pieces)
            else:
                self._pieces(one, paragraph, source, pieces)


def _merged(pieces: list[Piece]) -> Iterator[Piece]:
    words: list[str] = []
    source: Source | None = None
    for one in pieces:
        if words and one.source != source:
            yield Piece("".join(words), source)
            words = []
        source = one.source
        words.append(one.words)
    if words:
        yield Piece("".join(words), source)


def _texts(inside: Any) -> Iterator[str]:  # noqa: ANN401
    for one in inside:
        if one.tag == _TEXT:
            yield str(one.text or "")
        elif one.tag == _BREAK:
            yield "\n" if one.get(_TYPE, "textWrapping") == "textWrapping" else ""
        elif one.tag in _BLANKS:
            yield _BLANKS[one.tag]
        elif one.tag not in _NOT_READ and one.tag != _BOX:
            yield from _texts(one)


def _source(control: Any) -> Source | None:  # noqa: ANN401
    tag = control.find(_TAG)
    return None if tag is None else _known_source(str(tag.get(_VALUE, "")))


def _rows(inside: Any, source: Source | None) -> Iterator[tuple[Any, Source | None]]:  # noqa: ANN401
    """Yield the rows of a table, those in controls too."""
    for one in inside:
        if one.tag == _ROW:
            yield one, source
        elif one.tag not in _NOT_READ:
            yield from _rows(one, _source(one) or source if one.tag == _CONTROL else source)


def _cells(inside: Any, source: Source | None) -> Iterator[tuple[Any, Source | None]]:  # noqa: ANN401
    for one in inside:
        if one.tag == _CELL:
            yield one, source
        elif one.tag not in _NOT_READ:
            yield from _cells(one, _source(one) or source if one.tag == _CONTROL else source)


def _names(cell: Any) -> list[str]:  # noqa: ANN401
    """Return the name in a cell of the head, for each column that it is over."""
    span = cell.find(_SPAN)
    count = 1 if span is None else int(span.get(_VALUE, 1))
    return [" ".join("".join(_texts(cell)).split())] * min(count, _MOST_COLUMNS)


def _style(properties: Any) -> str:  # noqa: ANN401
    style = None if properties is None else properties.find(_STYLE)
    return "" if style is None else str(style.get(_VALUE))


_known_source = lru_cache(maxsize=65_536)(source_of_tag)
