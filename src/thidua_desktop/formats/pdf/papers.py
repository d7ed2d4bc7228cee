"""A dossier as one PDF: every paper starts a page and has page numbers of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    ActionFlowable,
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
)

from thidua_desktop.domain.dossiers import Dossier
from thidua_desktop.domain.errors import StoppedError
from thidua_desktop.domain.pages import SizeSet
from thidua_desktop.formats import layout
from thidua_desktop.formats.layout import SIZES
from thidua_desktop.formats.pdf.fonts import REGULAR, register_fonts
from thidua_desktop.formats.pdf.story import story
from thidua_desktop.formats.pdf.styles import Styles
from thidua_desktop.services.pages.forms import pages_of

# Streams as bytes, not as letters: a fifth smaller and quicker, and no reader needs it otherwise.
rl_config.useA85 = 0
_TEMPLATES = {False: "portrait", True: "landscape"}


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
        shown: list[Flowable] = []
        for place, page in enumerate(pages):
            if stop_wanted():
                raise StoppedError
            template = NextPageTemplate(_TEMPLATES[page.is_landscape])
            shown += [template, _NextPaper(), PageBreak()] if shown else []
            styles = _styles(page.sizes or dossier.sizes, page.is_landscape)
            shown += [_Bookmark(page.bookmark, f"paper-{place}"), *story(page, styles)]
        written = BytesIO()
        try:
            landscape = bool(pages) and pages[0].is_landscape
            document = _Document(written, dossier.title, stop_wanted, begins_landscape=landscape)
            document.build(shown, canvasmaker=_canvas)
        except _BuildStopped:
            raise StoppedError from None
        return written.getvalue()


class _BuildStopped(Exception):  # noqa: N818 - it is a wish, not an error
    """Stops the library in the middle of a build: it raises anew, with words of its own, what
    passes through it, and our errors take no words.
    """


class _Document(BaseDocTemplate):
    """A4 with the margins of the decree; page numbers from the second page of each paper."""

    def __init__(
        self,
        written: BytesIO,
        title: str,
        stop_wanted: Callable[[], bool],
        *,
        begins_landscape: bool,
    ) -> None:
        super().__init__(
            written,
            pagesize=(layout.PAGE_WIDTH, layout.PAGE_HEIGHT),
            title=title,
            author="Thi Đua Desktop",
            creator="Thi Đua Desktop",
            subject="",
            lang="vi",
            invariant=1,
        )
        self.first_page = 1
        self.stop_wanted = stop_wanted
        # The first template is the one of the first page.
        for is_landscape in (begins_landscape, not begins_landscape):
            self.addPageTemplates([_template(is_landscape=is_landscape)])


def _template(*, is_landscape: bool) -> PageTemplate:
    size = (layout.PAGE_WIDTH, layout.PAGE_HEIGHT)
    width, height = size[::-1] if is_landscape else size
    frame = Frame(
        layout.LEFT,
        layout.BOTTOM,
        width - layout.LEFT - layout.RIGHT,
        height - layout.TOP - layout.BOTTOM,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    return PageTemplate(
        id=_TEMPLATES[is_landscape], frames=[frame], onPage=_number, pagesize=(width, height)
    )


class _NextPaper(ActionFlowable):
    """Says that the next page is the first of another paper; it takes no room, not even on a page
    that is full.
    """

    def apply(self, doc: BaseDocTemplate) -> None:
        """Tell the document, which counts from there."""
        cast("_Document", doc).first_page = doc.page + 1


class _Bookmark(Flowable):
    """A line in the outline of the PDF, for whoever looks for one report among many."""

    def __init__(self, name: str, key: str) -> None:
        super().__init__()
        self._name, self._key = name, key

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Take no room."""
        return 0, 0

    def draw(self) -> None:
        """Enter the page."""
        self.canv.bookmarkPage(self._key)
        self.canv.addOutlineEntry(self._name, self._key)


def _number(canvas: Canvas, document: _Document) -> None:
    if document.stop_wanted():
        raise _BuildStopped
    page = document.page - document.first_page + 1
    if page > 1:
        canvas.setFont(REGULAR, layout.PAGE_NUMBER_SIZE)
        width, height = document.pageTemplate.pagesize
        middle = (layout.LEFT + width - layout.RIGHT) / 2
        canvas.drawCentredString(middle, height - layout.TOP * layout.PAGE_NUMBER_HEIGHT, str(page))


def _canvas(*args: Any, **named: Any) -> Canvas:  # noqa: ANN401 - passed on as they come
    """Return a canvas that never names the library's own font, which has no Vietnamese letters."""
    return Canvas(*args, **(named | {"initialFontName": REGULAR}))


@cache
def _styles(sizes: SizeSet, is_landscape: bool) -> Styles:
    return Styles(SIZES[sizes], is_landscape=is_landscape)
