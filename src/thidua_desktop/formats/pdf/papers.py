"""A dossier as one PDF: every paper starts a page and has page numbers of its own."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any, cast

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate

from thidua_desktop.domain.dossiers import Dossier, Letter, MeritReport, NomineeList, Paper
from thidua_desktop.formats.pdf import styles as layout
from thidua_desktop.formats.pdf.fonts import REGULAR, register_fonts
from thidua_desktop.formats.pdf.letter import letter_story
from thidua_desktop.formats.pdf.nominee_list import list_story
from thidua_desktop.formats.pdf.report import report_story
from thidua_desktop.formats.pdf.styles import SIZES, Styles


class PdfPapers:
    """Fits the Papers of services.ports."""

    def __init__(self, fonts: Path) -> None:
        self._fonts = fonts

    def pdf(self, dossier: Dossier) -> bytes:
        """Return one PDF with every paper. Equal dossiers give equal bytes.

        Raises ValueError when a text is not composed (NFC).
        """
        register_fonts(self._fonts)
        styles = Styles(SIZES[dossier.sizes])
        story: list[Flowable] = []
        for paper in dossier.papers:
            story += [_NextPaper(), PageBreak()] if story else []
            story += _story(paper, styles)
        written = BytesIO()
        _Document(written, dossier.title).build(story, canvasmaker=_canvas)
        return written.getvalue()


class _Document(BaseDocTemplate):
    """A4 with the margins of the decree; page numbers from the second page of each paper."""

    def __init__(self, written: BytesIO, title: str) -> None:
        super().__init__(
            written,
            pagesize=(layout.PAGE_WIDTH, layout.PAGE_HEIGHT),
            title=title,
            author="Thi Đua Desktop",
            lang="vi",
            invariant=1,
        )
        self.first_page = 1
        frame = Frame(
            layout.LEFT,
            layout.BOTTOM,
            layout.TEXT_WIDTH,
            layout.PAGE_HEIGHT - layout.TOP - layout.BOTTOM,
            leftPadding=0,
            rightPadding=0,
            topPadding=0,
            bottomPadding=0,
        )
        self.addPageTemplates([PageTemplate(id="page", frames=[frame], onPage=_number)])


class _NextPaper(Flowable):
    """Says that the next page is the first of another paper."""

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Take no room."""
        return 0, 0

    def draw(self) -> None:
        """Tell the document, which counts from there."""
        document: _Document = cast("Any", self.canv)._doctemplate  # noqa: SLF001 - the library's way
        document.first_page = document.page + 1


def _number(canvas: Canvas, document: _Document) -> None:
    page = document.page - document.first_page + 1
    if page > 1:
        canvas.setFont(REGULAR, layout.PAGE_NUMBER_SIZE)
        middle = layout.LEFT + layout.TEXT_WIDTH / 2
        canvas.drawCentredString(middle, layout.PAGE_HEIGHT - layout.TOP * 0.65, str(page))


def _canvas(*args: Any, **named: Any) -> Canvas:  # noqa: ANN401 - passed on as they come
    """Return a canvas that never names the library's own font, which has no Vietnamese letters."""
    return Canvas(*args, **(named | {"initialFontName": REGULAR}))


def _story(paper: Paper, styles: Styles) -> list[Flowable]:
    match paper:
        case Letter():
            return letter_story(paper, styles)
        case MeritReport():
            return report_story(paper, styles)
        case NomineeList():
            return list_story(paper, styles)
