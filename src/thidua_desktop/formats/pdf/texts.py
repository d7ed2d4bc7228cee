"""Paragraphs: literal words, and centred lines of like length."""

from __future__ import annotations

from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from thidua_desktop.domain.text import visible
from thidua_desktop.formats.pdf.lines import fit


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
