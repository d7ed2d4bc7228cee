"""A dossier as one PDF: every paper starts a page and has page numbers of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from thidua_desktop.domain.dossiers import Dossier
from thidua_desktop.domain.errors import StoppedError
from thidua_desktop.domain.pages import Page, SizeSet
from thidua_desktop.formats import layout
from thidua_desktop.formats.layout import SIZES
from thidua_desktop.formats.pdf.flow import set_down
from thidua_desktop.formats.pdf.fonts import REGULAR, register_fonts, text_width
from thidua_desktop.formats.pdf.marks import contact, draw_circulation, height_of
from thidua_desktop.formats.pdf.pen import Pen
from thidua_desktop.formats.pdf.story import story
from thidua_desktop.formats.pdf.styles import Styles
from thidua_desktop.services.pages.forms import pages_of

# Streams as bytes, not as letters: a fifth smaller and quicker, and no reader needs it otherwise.
rl_config.useA85 = 0


class PdfPapers:
    """Fits the Papers of services.ports."""

    def __init__(self, fonts: Path) -> None:
        self._fonts = fonts

    def pdf(self, dossier: Dossier, *, stop_wanted: Callable[[], bool] = lambda: False) -> bytes:
        """Return one PDF with every paper. Equal dossiers give equal bytes.

        Raises StoppedError, and ValueError that names the paper when a text of it is not composed
        (NFC): the library would set marks beside their letters.
        """
        pages = pages_of(dossier)
        register_fonts(self._fonts)
        written = BytesIO()
        canvas = _canvas(written, dossier.title)
        if not any(page.is_official for page in pages):
            canvas.setKeywords(layout.UNOFFICIAL)
        pen = Pen(canvas)
        for place, page in enumerate(pages):
            styles = _styles(page.sizes or dossier.sizes, page.is_landscape)
            paper = _Paper(pen, styles, stop_wanted, page)
            canvas.bookmarkPage(f"paper-{place}")
            canvas.addOutlineEntry(page.bookmark, f"paper-{place}")
            set_down(story(page, styles), paper)
            paper.end()
        canvas.save()
        return written.getvalue()


class _Paper:
    """The sheets of a paper; they have page numbers from the second on."""

    def __init__(
        self, pen: Pen, styles: Styles, stop_wanted: Callable[[], bool], page: Page
    ) -> None:
        self.pen, self.left = pen, layout.LEFT
        self.top = styles.height + layout.BOTTOM
        self._foot = contact(page.contact, styles)
        self.height = styles.height - height_of(self._foot)
        self._styles, self._stop_wanted, self._number = styles, stop_wanted, 1
        pen.canvas.setPageSize(_size(page))
        if page.circulation:
            draw_circulation(page.circulation, styles, pen, self.top + layout.TOP)
        self._go_on()

    def end(self) -> None:
        """End the sheet; the first has its foot."""
        if self._number == 1:
            self._foot.draw(self.pen, self.left, layout.BOTTOM + height_of(self._foot))
        self.pen.end_page()

    def turn(self) -> None:
        """Begin the next sheet."""
        self.end()
        self.height = self._styles.height
        self._go_on()
        self._number += 1
        words, style = str(self._number), self._styles.page_number
        middle = self.left + self._styles.width / 2
        start = middle - text_width(words, style.fontName, style.fontSize) / 2
        self.pen.words(start, self.top + layout.TOP * (1 - layout.PAGE_NUMBER_HEIGHT), words, style)

    def _go_on(self) -> None:
        if self._stop_wanted():
            raise StoppedError


def _size(page: Page) -> tuple[float, float]:
    if page.sheet is not None:
        return page.sheet.width * layout.MM, page.sheet.height * layout.MM
    size = (layout.PAGE_WIDTH, layout.PAGE_HEIGHT)
    return size[::-1] if page.is_landscape else size


def _canvas(written: BytesIO, title: str) -> Canvas:
    """Return a file that never names the library's own font, which has no Vietnamese letters."""
    canvas = Canvas(
        written,
        pagesize=(layout.PAGE_WIDTH, layout.PAGE_HEIGHT),
        pageCompression=1,
        initialFontName=REGULAR,  # type: ignore[arg-type]
        lang="vi",
        invariant=1,
    )
    canvas.setTitle(title)
    canvas.setAuthor("Thi Đua Desktop")
    canvas.setCreator("Thi Đua Desktop")
    canvas.setSubject("")
    return canvas


@cache
def _styles(sizes: SizeSet, is_landscape: bool) -> Styles:
    return Styles(SIZES[sizes], is_landscape=is_landscape)
