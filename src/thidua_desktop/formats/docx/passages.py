"""Passages of free text that fill paragraphs: one control around all of them, to be added to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docx.oxml.ns import qn

from thidua_desktop.formats.docx.elements import Element, control, is_paragraph
from thidua_desktop.formats.docx.tags import source_of_tag

_SIGNS = re.compile(r"\W*")
_CONTROL, _RUN, _TEXT, _VALUE = (qn(f"w:{name}") for name in ("sdt", "r", "t", "val"))
_TAG = f"{qn('w:sdtPr')}/{qn('w:tag')}"


def with_whole_passages(shown: Sequence[Element]) -> Iterator[Element]:
    """Yield elements; paragraphs that say one field stand in one control, to be added to."""
    held: list[Element] = []
    tag = ""
    for one in shown:
        its = _whole_tag(one)
        if held and its != tag:
            yield _around(held, tag)
            held = []
        if its:
            held.append(one)
            tag = its
        else:
            yield one
    if held:
        yield _around(held, tag)


def _whole_tag(made: Element) -> str:
    """Return whose words a paragraph says besides signs; nothing where it says more."""
    if not is_paragraph(made):
        return ""
    controls = made.findall(_CONTROL)
    if len(controls) != 1:
        return ""
    others = made.findall(_RUN)
    said = "".join(str(text.text) for one in others for text in one.iter(_TEXT))
    if not _SIGNS.fullmatch(said):
        return ""
    return str(controls[0].find(_TAG).get(_VALUE))


def _around(paragraphs: list[Element], tag: str) -> Element:
    source = source_of_tag(tag)
    assert source is not None  # noqa: S101 - written by ourselves
    for one in paragraphs:
        inner = one.find(qn("w:sdt"))
        place = one.index(inner)
        for offset, run in enumerate(list(inner.find(qn("w:sdtContent")))):
            one.insert(place + offset, run)
        one.remove(inner)
    return control(source, paragraphs)
