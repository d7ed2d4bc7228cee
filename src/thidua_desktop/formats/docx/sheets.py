"""Sheets for Word: each text a frame that is fixed to the page, its letters and lines as in PDF."""

from __future__ import annotations

from thidua_desktop.domain.pages import Align, PlacedText, Sheet
from thidua_desktop.formats import layout
from thidua_desktop.formats.docx.elements import Element, element, said, twips
from thidua_desktop.formats.pdf.fitting import Fitted, fitted

_RED, _FRAME = "C70000", "9E1A1A"
_SIDES = ("top", "left", "bottom", "right")
_MARGIN = 10.0  # mm, of the page that only holds frames
_SLACK = 2.0  # Word sets letters a little wider than we measure them


def sheet(block: Sheet, style: str) -> list[Element]:
    """Return the frames of a sheet; lines to measure by are not for Word."""
    return [_frame(one, fitted(one), style) for one in block.texts if one.text]


def section_of(block: Sheet) -> list[Element]:
    """Return size, margins and frame of a section that is a sheet."""
    width, height = block.width * layout.MM, block.height * layout.MM
    aside: dict[str, str | int] = {"orient": "landscape"} if width > height else {}
    margin = twips(_MARGIN * layout.MM)
    sides: dict[str, str | int] = dict.fromkeys(_SIDES, margin)
    border: dict[str, str | int] = {"val": "thickThinSmallGap", "sz": 24, "space": 24}
    lines = [element(side, color=_FRAME, **border) for side in _SIDES]
    return [
        element("pgSz", w=twips(width), h=twips(height), **aside),
        element("pgMar", **sides, header=margin // 2, footer=margin // 2, gutter=0),
        *([element("pgBorders", *lines, offsetFrom="page")] if block.has_frame else []),
    ]


def _frame(one: PlacedText, words: Fitted, style: str) -> Element:
    left, width = words.left, words.width
    if one.is_ruled:  # the line under a paragraph is as long as its frame
        longest = max(wide for _, wide in words.lines) + _SLACK
        free = width - longest
        left += {Align.LEFT: 0.0, Align.CENTRE: free / 2, Align.RIGHT: free}[one.align]
        width = longest
    high = words.leading * len(words.lines)
    place: dict[str, str | int] = {"x": twips(left) or 1, "y": twips(words.top) or 1}
    frame = element(
        "framePr",
        w=twips(width),
        h=twips(high),
        hRule="atLeast",
        wrap="around",
        vAnchor="page",
        hAnchor="page",
        **place,
    )
    rule = element("bottom", val="single", sz=6, space=1, color="auto") if one.is_ruled else None
    properties = element(
        "pPr",
        element("pStyle", val=style),
        frame,
        element("pBdr", rule) if rule is not None else None,
        element("spacing", before=0, after=0, line=twips(words.leading), lineRule="exact"),
        element("ind", left=0, right=0, firstLine=0),
        element("jc", val={Align.LEFT: "left", Align.CENTRE: "center"}.get(one.align, "right")),
    )
    made = element("p", properties)
    look = (
        *((element("b"), element("bCs")) if one.is_bold else ()),
        *((element("i"), element("iCs")) if one.is_italic else ()),
        *((element("color", val=_RED),) if one.is_red else ()),
        element("sz", val=round(words.size * 2)),
        element("szCs", val=round(words.size * 2)),
    )
    run = element("r", element("rPr", *look))
    for place_in, (line, _) in enumerate(words.lines):
        if place_in:
            run.append(element("br"))
        text = element("t")
        text.text = said(line)
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(text)
    made.append(run)
    return made
