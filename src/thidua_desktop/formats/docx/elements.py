"""Elements of WordprocessingML, and words as they may stand in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement

from thidua_desktop.domain.kinds import KIND_BY_NAME
from thidua_desktop.domain.records import kind_spec
from thidua_desktop.domain.text import visible
from thidua_desktop.domain.told import Source, spans_of
from thidua_desktop.formats.docx.tags import tag_of

Element = BaseOxmlElement
_BEFORE_SPACING = (qn("w:pStyle"), qn("w:keepNext"), qn("w:pBdr"))
_BLANKS = re.compile("[ \t]+")
# What XML cannot hold, besides what `visible` has shown as a mark already.
_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


def element(tag: str, /, *inside: Element | None, **values: str | int) -> Element:
    """Return an element of the main namespace with its attributes and what is inside it."""
    made = OxmlElement(f"w:{tag}")
    for key, value in values.items():
        made.set(qn(f"w:{key}"), str(value))
    made.extend(one for one in inside if one is not None)
    return made


def twips(points: float) -> int:
    """Return a length as Word measures it: twentieths of a point."""
    return round(points * 20)


def paragraph(
    style: str,
    words: str = "",
    *,
    lead: str = "",
    keep: bool = False,
    room: float = 0,
    left: float = 0,
    right: float = 0,
    before: float | None = None,
) -> Element:
    """Return a paragraph that says these words literally.

    `keep`: with the next one; `room`: free at both sides, or so much at the `left` and the `right`;
    `before`: above it.
    """
    sides = {"left": room or left, "right": room or right}
    free = {side: twips(points) for side, points in sides.items() if points}
    properties = element(
        "pPr",
        element("pStyle", val=style),
        element("keepNext") if keep else None,
        element("spacing", before=twips(before)) if before is not None else None,
        element("ind", **free) if free else None,
    )
    made = element("p", properties)
    if lead:
        bold = element("rPr", element("b"), element("bCs"))
        made.append(element("r", bold, *_texts(f"{lead} ")))
    made.extend(_runs(words))
    return made


def keep_next(made: Element) -> None:
    """Keep a paragraph with the next one."""
    properties = made.find(qn("w:pPr"))
    if properties is not None and properties.find(qn("w:keepNext")) is None:
        properties.insert(1, element("keepNext"))


def is_paragraph(made: Element) -> bool:
    """Tell a paragraph from a table."""
    return str(made.tag) == qn("w:p")


def words_in(made: Element) -> str:
    """Return the words of a paragraph."""
    return "".join(str(one.text) for one in made.iter(qn("w:t")))


def apart(made: Element, **sides: float) -> None:
    """Set how far a paragraph is from what is `before` it or `after` it, where it says nothing of
    its own.
    """
    properties = made.find(qn("w:pPr"))
    if properties is None or properties.find(qn("w:spacing")) is not None:
        return
    spacing = element("spacing", **{side: twips(points) for side, points in sides.items()})
    places = [place for place, one in enumerate(properties) if one.tag in _BEFORE_SPACING]
    properties.insert(places[-1] + 1, spacing)


def said(words: str) -> str:
    """Return words as they may stand in a document: nothing in them steers or is refused."""
    return _NO_XML.sub("\ufffd", visible(words))


def control(source: Source, inside: Iterable[Element]) -> Element:
    """Return a content control that is called as the field is."""
    return element("sdt", _properties(source), element("sdtContent", *inside))


def _properties(source: Source) -> Element:
    label = kind_spec(KIND_BY_NAME[source.kind]).field(source.field).label
    return element("sdtPr", element("alias", val=label), element("tag", val=tag_of(source)))


def _runs(words: str) -> Iterator[Element]:
    """Yield the words, free text of records in controls of its own."""
    start = 0
    for span in spans_of(words):
        if span.start > start:
            yield element("r", *_texts(words[start : span.start]))
        yield control(span.source, [element("r", *_texts(words[span.start : span.end]))])
        start = span.end
    if start < len(words):
        yield element("r", *_texts(words[start:]))


def _texts(words: str) -> Iterator[Element]:
    for place, line in enumerate(said(words).split("\n")):
        if place:
            yield element("br")
        text = element("t")
        text.text = _BLANKS.sub(" ", line)
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        yield text
