"""Texts as pieces of a page: literal words, and centred lines of like length."""

from __future__ import annotations

from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.styles import ParagraphStyle

from thidua_desktop.formats import layout
from thidua_desktop.formats.pdf.fonts import BOLD_OF
from thidua_desktop.formats.pdf.lines import fit, led_lines, text_lines
from thidua_desktop.formats.pdf.pieces import Words


def text(
    words: str, style: ParagraphStyle, width: float, *, lead: str = "", left: float = 0.0
) -> Words:
    """Return a text that is so wide, the lead before it in bold."""
    font, size, indent = style.fontName, style.fontSize, style.firstLineIndent
    given = layout.GIVEN_UP if style.alignment == TA_JUSTIFY else 0.0
    if lead:
        lines = led_lines(lead, words, (BOLD_OF[font], font), size, width, indent, given)
    else:
        lines = text_lines(words, font, size, width, indent, given)
    return Words(lines, style, width, left)


def balanced(
    words: str, style: ParagraphStyle, width: float, *, column: float | None = None
) -> Words:
    """Return a centred text whose lines are about equally long, none a single word.

    It is no wider than that, and stands in the middle of its column.
    """
    narrow, _ = fit(words, style.fontName, style.fontSize, width)
    lines = text_lines(words, style.fontName, style.fontSize, narrow)
    return Words(lines, style, column or width)


def widest_line(words: str, style: ParagraphStyle, width: float) -> float:
    """Return how long the longest line of a balanced text is."""
    return fit(words, style.fontName, style.fontSize, width)[1]
