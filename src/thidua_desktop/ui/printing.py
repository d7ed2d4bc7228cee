"""Pages go to a printer: drawn one after another on a worker, so that nobody waits for paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter

from thidua_desktop.domain.drawings import POINTS_PER_INCH
from thidua_desktop.domain.errors import NoPrinterError, StoppedError
from thidua_desktop.ui.tasks import Progress
from thidua_desktop.ui.widgets.pdf_pages import image_of
from thidua_desktop.ui.widgets.pdf_view import Pages

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

PRINT_DPI = 300
_A4, _SLACK = (595.0, 842.0), 6.0  # points
_NEAREST = QPageSize.SizeMatchPolicy.FuzzyMatch


def has_printer() -> bool:
    """Tell whether this machine has a printer."""
    from PySide6.QtPrintSupport import QPrinterInfo  # noqa: PLC0415 - who prints

    return bool(QPrinterInfo.availablePrinterNames())


def printer_names() -> list[str]:
    """Return the printers of this machine."""
    from PySide6.QtPrintSupport import QPrinterInfo  # noqa: PLC0415 - who prints

    return list(QPrinterInfo.availablePrinterNames())


def print_pages(printer: QPrinter, pages: Pages, numbers: Sequence[int], progress: Progress) -> int:
    """Print these pages, on a worker; return how many.

    Raises NoPrinterError, UnshowableError and StoppedError: then the printer is told to drop what
    it has.
    """
    painter = QPainter()
    printer.setFullPage(True)
    _turn(printer, pages, numbers[0])
    if not painter.begin(printer):
        raise NoPrinterError
    try:
        _print_all(printer, painter, pages, numbers, progress)
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
    progress.tell(len(numbers), len(numbers))
    return len(numbers)


def _print_all(
    printer: QPrinter,
    painter: QPainter,
    pages: Pages,
    numbers: Sequence[int],
    progress: Progress,
) -> None:
    for place, number in enumerate(numbers):
        if progress.stop_wanted():
            raise StoppedError
        progress.tell(place, len(numbers))
        if place:
            _turn(printer, pages, number)
            if not printer.newPage():
                raise NoPrinterError
        image = image_of(pages.draw(number, PRINT_DPI / POINTS_PER_INCH))
        painter.drawImage(_fitted(printer, image.width() / image.height()), image)


def _turn(printer: QPrinter, pages: Pages, number: int) -> None:
    """Lay the paper as the page lies; of another size than A4 where the page is."""
    size = pages.sizes[number]
    sides = sorted((size.width, size.height))
    if any(abs(side - asked) > _SLACK for side, asked in zip(sides, _A4, strict=True)):
        points = QSizeF(*sides)
        printer.setPageSize(QPageSize(points, QPageSize.Unit.Point, "", _NEAREST))
    is_wide = size.width > size.height
    printer.setPageOrientation(
        QPageLayout.Orientation.Landscape if is_wide else QPageLayout.Orientation.Portrait
    )


def _fitted(printer: QPrinter, ratio: float) -> QRectF:
    """Return the middle of the paper where a page of this shape goes."""
    paper = printer.paperRect(printer.Unit.DevicePixel)
    wide = min(paper.width(), paper.height() * ratio)
    high = wide / ratio
    return QRectF((paper.width() - wide) / 2, (paper.height() - high) / 2, wide, high)
