"""A dossier as one PDF: every paper starts a page and has page numbers of its own."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate

from thidua_desktop.domain.dossiers import (
    ChecklistSheet,
    DeliverySlip,
    Dossier,
    Letter,
    MeritReport,
    NomineeList,
    Paper,
    RecoveryPaper,
)
from thidua_desktop.domain.errors import StoppedError
from thidua_desktop.formats.pdf import styles as layout
from thidua_desktop.formats.pdf.checklist_sheet import sheet_story
from thidua_desktop.formats.pdf.fonts import REGULAR, register_fonts
from thidua_desktop.formats.pdf.letter import letter_story
from thidua_desktop.formats.pdf.nominee_list import list_story
from thidua_desktop.formats.pdf.recovery import recovery_story
from thidua_desktop.formats.pdf.report import report_story
from thidua_desktop.formats.pdf.slip import slip_story
from thidua_desktop.formats.pdf.styles import SIZES, Styles

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
        for said in (dossier.title, *dossier.papers):
            _refuse_decomposed(said)
        register_fonts(self._fonts)
        styles = Styles(SIZES[dossier.sizes])
        story: list[Flowable] = []
        for place, paper in enumerate(dossier.papers):
            if stop_wanted():
                raise StoppedError
            story += [_NextPaper(), PageBreak()] if story else []
            story += [_Bookmark(_name(paper), f"paper-{place}"), *_story(paper, styles)]
        written = BytesIO()
        try:
            _Document(written, dossier.title, stop_wanted).build(story, canvasmaker=_canvas)
        except _BuildStopped:
            raise StoppedError from None
        return written.getvalue()


class _BuildStopped(Exception):  # noqa: N818 - it is a wish, not an error
    """Stops the library in the middle of a build: it raises anew, with words of its own, what
    passes through it, and our errors take no words.
    """


class _Document(BaseDocTemplate):
    """A4 with the margins of the decree; page numbers from the second page of each paper."""

    def __init__(self, written: BytesIO, title: str, stop_wanted: Callable[[], bool]) -> None:
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


def _refuse_decomposed(said: object) -> None:
    for words in _texts(said):
        if not unicodedata.is_normalized("NFC", words):
            raise ValueError(f"{type(said).__name__}: {words}")


def _texts(said: object) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, tuple):
        for one in said:
            yield from _texts(one)
    elif is_dataclass(said):
        for field in fields(said):
            yield from _texts(getattr(said, field.name))


def _name(paper: Paper) -> str:
    match paper:
        case Letter():
            return "Tờ trình"
        case NomineeList():
            return "Danh sách"
        case DeliverySlip():
            return "Phiếu giao nhận"
        case RecoveryPaper():
            return "Phiếu khôi phục khóa gốc"
        case ChecklistSheet():
            return "Phiếu tiêu chí"
        case MeritReport():
            return f"Báo cáo thành tích: {paper.subject_line}"


def _number(canvas: Canvas, document: _Document) -> None:
    if document.stop_wanted():
        raise _BuildStopped
    page = document.page - document.first_page + 1
    if page > 1:
        canvas.setFont(REGULAR, layout.PAGE_NUMBER_SIZE)
        middle = layout.LEFT + layout.TEXT_WIDTH / 2
        canvas.drawCentredString(
            middle, layout.PAGE_HEIGHT - layout.TOP * layout.PAGE_NUMBER_HEIGHT, str(page)
        )


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
        case DeliverySlip():
            return slip_story(paper, styles)
        case RecoveryPaper():
            return recovery_story(paper, styles)
        case ChecklistSheet():
            return sheet_story(paper, styles)
