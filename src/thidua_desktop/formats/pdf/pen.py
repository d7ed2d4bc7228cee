"""Writes words and rules on the pages of a file, in points from the lower left corner.

The library's own text objects look up fonts and form numbers anew for each line; here a page is
one text and one set of rules, and every word goes through one place that makes it literal.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

from reportlab.pdfbase import pdfdoc

from thidua_desktop.formats.pdf.fonts import WrittenFont

if TYPE_CHECKING:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfgen.canvas import Canvas

BLACK = "0 G"


class Pen:
    """Writes on the page that is open; `end_page` puts it into the file."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self._document: Any = vars(canvas)["_doc"]  # the library shows it nowhere else
        self._fonts: dict[str, WrittenFont] = {}
        self._font: WrittenFont
        self._text: list[str]
        self._rules: dict[tuple[float, str], list[str]]
        self._style: ParagraphStyle | None
        self._name: str  # of the font, in the file
        self._widened: float
        self._x: int
        self._y: int
        self._begin()

    def words(
        self, left: float, base: float, words: str, style: ParagraphStyle, widened: float = 0.0
    ) -> None:
        """Write words from there on; each blank is widened by so much."""
        x, y = round(left * 100), round(base * 100)
        self._text.append(f"{(x - self._x) / 100:g} {(y - self._y) / 100:g} Td")
        self._x, self._y = x, y
        if widened != self._widened:
            self._widened = widened
            self._text.append(f"{widened:.3f} Tw")
        self.more(words, style)

    def more(self, words: str, style: ParagraphStyle) -> None:
        """Write words after those before them."""
        if style is not self._style:
            self._take(style)
        for name, literal in self._font.literal(words):
            if name != self._name:
                self._name = name
                self._text.append(f"{name} {style.fontSize:g} Tf")
            self._text.append(f"({literal}) Tj")

    def rule(
        self, start: tuple[float, float], end: tuple[float, float], width: float, ink: str = BLACK
    ) -> None:
        """Draw a line; the ink is said as PDF does: `0 G`, a part of white."""
        path = f"{start[0]:.2f} {start[1]:.2f} m {end[0]:.2f} {end[1]:.2f} l S"
        self._rules.setdefault((width, ink), []).append(path)

    def end_page(self) -> None:
        """Put the page into the file and begin another."""
        code = ["BT", *self._text, "ET"] if self._text else []
        for (width, ink), paths in self._rules.items():
            code += [f"{width:g} w {ink}", *paths]
        self.canvas.addLiteral("\n".join(code))
        self.canvas.showPage()
        self._deflate_last()
        self._begin()

    def _begin(self) -> None:
        self._text, self._rules, self._style = [], {}, None
        self._colour: object = None
        self._name, self._widened = "", 0.0
        self._x = self._y = 0

    def _deflate_last(self) -> None:
        """Keep the page that was shown as it is written: a thousand wait for the end of a file."""
        page = self._document.idToObject[f"Page{self._document.pageCounter - 1}"]
        content = zlib.compress(page.stream.encode())
        deflated = pdfdoc.PDFDictionary({"Filter": pdfdoc.PDFName("FlateDecode")})
        page.Contents, page.stream = pdfdoc.PDFStream(deflated, content), None

    def _take(self, style: ParagraphStyle) -> None:
        """Write on in this style."""
        self._style, self._name = style, ""
        font = self._fonts.get(style.fontName)
        if font is None:
            font = self._fonts[style.fontName] = WrittenFont(style.fontName, self._document)
        self._font = font
        if style.textColor is not self._colour:
            self._colour = style.textColor
            red, green, blue = style.textColor.rgb()
            self._text.append(f"{red:g} {green:g} {blue:g} rg")
