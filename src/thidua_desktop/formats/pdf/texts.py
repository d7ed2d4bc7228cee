"""Paragraphs: literal words, and centred lines of like length."""

from __future__ import annotations

from functools import lru_cache
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Paragraph

from thidua_desktop.domain.text import visible

_ENDLESS = 1_000_000.0
_FITTING_STEP = 2.0


def text(words: str, style: ParagraphStyle, lead: str = "") -> Paragraph:
    """Return a paragraph that prints these words literally, the lead before them in bold."""
    return Paragraph(literal(words, lead), style)


def literal(words: str, lead: str = "") -> str:
    """Return the markup that prints these words literally."""
    return f"<b>{_literal(lead)}</b> {_literal(words)}" if lead else _literal(words)


def balanced(words: str, style: ParagraphStyle, width: float) -> Paragraph:
    """Return a centred paragraph whose lines are about equally long, none a single word."""
    fitting, _ = fit(words, style.fontName, style.fontSize, width)
    room = (width - fitting) / 2
    if room <= 0:
        return text(words, style)
    narrow = style.clone(f"{style.name}-{room:.0f}", leftIndent=room, rightIndent=room)
    return text(words, narrow)


def widest_line(words: str, style: ParagraphStyle, width: float) -> float:
    """Return how long the longest line of a balanced paragraph is."""
    return fit(words, style.fontName, style.fontSize, width)[1]


def _literal(words: str) -> str:
    return escape(visible(words)).replace("\n", "<br/>")


@lru_cache(maxsize=1024)
def fit(words: str, font: str, size: float, width: float) -> tuple[float, float]:
    """Return the least width in which the words take no more lines than in the whole width, and
    how long the longest of these lines is.

    The titles of three hundred reports are the same: they are measured once.
    """
    style = ParagraphStyle(name="fit", fontName=font, fontSize=size)
    widths = _line_widths(words, style, width)
    if len(widths) <= 1:
        return width, max(widths, default=0.0)
    # A word that is wider than a line would be cut in two.
    longest = max(stringWidth(word, font, size) for word in words.split(" "))
    lines, narrow, wide = len(widths), max(width / len(widths) / 2, longest), width
    while wide - narrow > _FITTING_STEP:
        middle = (narrow + wide) / 2
        tried = _line_widths(words, style, middle)
        if len(tried) <= lines:
            wide, widths = middle, tried
        else:
            narrow = middle
    return wide, max(widths)


def _line_widths(words: str, style: ParagraphStyle, width: float) -> list[float]:
    paragraph = text(words, style)
    paragraph.wrap(width, _ENDLESS)
    return [float(one) for one in paragraph.getActualLineWidths0()]
