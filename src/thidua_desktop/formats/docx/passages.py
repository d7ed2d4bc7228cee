"""Passages of free text that fill paragraphs: one control around all of them, to be added to."""

from __future__ import annotations

import re

from docx.oxml.ns import qn

from thidua_desktop.formats.docx.elements import Element, control, is_paragraph
from thidua_desktop.formats.docx.tags import source_of_tag

_SIGNS = re.compile(r"\W*")
_CONTROL, _RUN, _TEXT, _VALUE = (qn(f"w:{name}") for name in ("sdt", "r", "t", "val"))
_CONTENT = qn("w:sdtContent")
_TAG = f"{qn('w:sdtPr')}/{qn('w:tag')}"


def join_whole_passages(body: Element) -> None:
    """Put paragraphs of a body that say one field into one control."""
    held: list[Element] = []
    tag = ""
    for one in list(body):
        its = _whole_tag(one)
        if held and its != tag:
            _put_around(held, tag)
            held = []
        if its:
            held.append(one)
            tag = its
    if held:
        _put_around(held, tag)


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


def _put_around(paragraphs: list[Element], tag: str) -> None:
    source = source_of_tag(tag)
    assert source is not None  # noqa: S101 - written by ourselves
    around = control(source, ())
    paragraphs[0].addprevious(around)
    inside = around.find(_CONTENT)
    for one in paragraphs:
        inner = one.find(_CONTROL)
        for run in list(inner.find(_CONTENT)):
            inner.addprevious(run)
        one.remove(inner)
        inside.append(one)
