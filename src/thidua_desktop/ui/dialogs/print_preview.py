"""In hồ sơ: the paper as it will be printed, page by page, to be saved as PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListView,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import StoppedError, ThiduaError
from thidua_desktop.services.ports import Ports
from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.tasks import Progress
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_STEP, _LEAST, _MOST, _MARGIN = 1.25, 0.5, 3.0, 12
_THUMB = 110
_DPI, _SCREEN_DPI, _PRINT_DPI = 72, 96, 300
_PAGE_WIDTH = 595


class PrintPreview(Dialog):
    """Shows a PDF that a use case makes; nothing is written before somebody saves it."""

    def __init__(
        self,
        context: PageContext,
        make: Callable[[Ports], bytes],
        file_name: str,
        parent: QWidget | None = None,
        *,
        is_secret: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("In hồ sơ")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(980, 580)
        self._context = context
        self._file_name = file_name
        self._pdf = b""
        self._zoom = 0.0
        self._folder = Path()
        self._progress = Progress(self)
        self._progress.moved.connect(self._moved)
        self.bar = QProgressBar()
        self.bar.setAccessibleName("Đang dựng hồ sơ")
        self.bar.setRange(0, 0)
        self.bar.setMaximumWidth(160)
        self.message = Text("Đang dựng hồ sơ…", role="muted")
        self.thumbs = _thumbs()
        self.thumbs.currentRowChanged.connect(self._show_page)
        self._page = QLabel()
        self._page.setAccessibleName("Trang đang xem")
        self._page.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self._page)
        self.save = button_of("Lưu PDF…", self._ask_where, primary=True)
        self.stop = button_of("Dừng", self.reject)
        self.to_printer = button_of("In…", self._ask_printer, primary=True)
        self.to_printer.setEnabled(False)
        # What is secret goes to paper and never to a file.
        self.to_printer.setVisible(is_secret)
        self.save.setVisible(not is_secret)
        self.folder = button_of("Mở thư mục", self._open_folder)
        self.folder.hide()
        buttons = QHBoxLayout()
        buttons.addWidget(self.message, 1)
        buttons.addWidget(self.bar)
        buttons.addWidget(button_of("Nhỏ hơn", lambda: self._scale(-1)))
        buttons.addWidget(button_of("To hơn", lambda: self._scale(1)))
        buttons.addWidget(self.stop)
        buttons.addWidget(self.folder)
        buttons.addWidget(self.save)
        buttons.addWidget(self.to_printer)
        buttons.addWidget(button_of("Đóng", self.reject))
        self.save.setEnabled(False)
        middle = QHBoxLayout()
        middle.addWidget(self.thumbs)
        middle.addWidget(self._scroll, 1)
        layout = QVBoxLayout(self)
        layout.addLayout(middle, 1)
        layout.addLayout(buttons)
        context.reader.run(
            lambda: self._make(make), owner=self, done=self._show, failed=self._refused
        )

    def _make(self, make: Callable[[Ports], bytes]) -> tuple[bytes, list[QImage]]:
        """Build the PDF and its small pictures on the worker; QImage may live there."""
        pdf = make(self._context.ports())
        images = []
        pages = _page_count(pdf)
        for number in range(pages):
            if self._progress.stop_wanted():
                raise StoppedError
            images.append(_render(pdf, number, _THUMB * 2 / _PAGE_WIDTH))
            self._progress.tell(number + 1, pages)
        return pdf, images

    def _moved(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _show(self, made: tuple[bytes, list[QImage]]) -> None:
        self._pdf, images = made
        for number, image in enumerate(images, start=1):
            item = QListWidgetItem(f"Trang {number}")
            item.setIcon(QPixmap.fromImage(image))
            self.thumbs.addItem(item)
        self.message.setText(f"{len(images)} trang · {self._file_name}")
        self.bar.hide()
        self.stop.hide()
        self.save.setEnabled(True)
        self.to_printer.setEnabled(True)
        self.thumbs.setCurrentRow(0)

    def _show_page(self, number: int) -> None:
        if number < 0:
            return
        pdf, ratio = self._pdf, self.devicePixelRatioF()
        scale = (self._zoom or self._fitting()) * _SCREEN_DPI / _DPI * ratio
        self._context.reader.run(
            lambda: _render(pdf, number, scale),
            owner=self,
            done=lambda image: self._show_image(number, image, ratio),
            failed=self._refused,
        )

    def _show_image(self, number: int, image: QImage, ratio: float) -> None:
        if number != self.thumbs.currentRow():
            return  # another page was chosen meanwhile
        image.setDevicePixelRatio(ratio)
        self._page.setPixmap(QPixmap.fromImage(image))
        self._scroll.verticalScrollBar().setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages with the keys that turn pages."""
        step = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        row = self.thumbs.currentRow() + step
        self.thumbs.setCurrentRow(min(max(row, 0), self.thumbs.count() - 1))

    def _fitting(self) -> float:
        """Return the zoom at which a page is as wide as its place."""
        room = self._scroll.viewport().width() - 2 * _MARGIN
        return min(max(room * _DPI / (_PAGE_WIDTH * _SCREEN_DPI), _LEAST), 1.0)

    def _scale(self, by: int) -> None:
        zoom = (self._zoom or self._fitting()) * _STEP**by
        self._zoom = min(max(zoom, _LEAST), _MOST)
        self._show_page(self.thumbs.currentRow())

    def reject(self) -> None:
        """Close; pages that are still being drawn are not waited for."""
        self._progress.stop()
        super().reject()

    def _ask_where(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, "Lưu hồ sơ", self._file_name, "PDF (*.pdf)")
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Write the PDF to a file, off the UI thread."""
        pdf = self._pdf
        self._context.writer.run(
            lambda: self._context.ports().files.write(path, pdf),
            owner=self,
            done=lambda _: self._written(path),
            failed=self._refused,
        )

    def _ask_printer(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415 - who prints

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.print_on(printer))
        dialog.setModal(True)
        dialog.show()

    def print_on(self, printer: QPrinter) -> None:
        """Draw every page on a printer."""
        pdf = self._pdf
        self.message.setText("Đang in…")
        self._context.reader.run(
            lambda: [_render(pdf, n, _PRINT_DPI / _DPI) for n in range(_page_count(pdf))],
            owner=self,
            done=lambda pages: self._print(printer, pages),
            failed=self._refused,
        )

    def _print(self, printer: QPrinter, pages: list[QImage]) -> None:
        painter = QPainter()
        if not painter.begin(printer):
            self.message.setText("Máy in không nhận; hãy kiểm tra máy in rồi in lại.")
            return
        for place, page in enumerate(pages):
            if place:
                printer.newPage()
            paper = printer.paperRect(printer.Unit.DevicePixel)
            inside = printer.pageRect(printer.Unit.DevicePixel)
            painter.drawImage(paper.translated(-inside.topLeft()), page)
        painter.end()
        self.message.setText("Đã gửi đến máy in.")

    def _written(self, path: Path) -> None:
        self.message.setText(f"Đã lưu {path.name}.")
        self._folder = path.parent
        self.folder.show()

    def _open_folder(self) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder))):
            self.message.setText(f"Tệp nằm trong {self._folder}.")

    def _refused(self, error: ThiduaError) -> None:
        self.bar.hide()
        self.stop.hide()
        self.message.setText(error_text(error))


def _thumbs() -> QListWidget:
    thumbs = QListWidget()
    thumbs.setAccessibleName("Các trang")
    thumbs.setViewMode(QListView.ViewMode.IconMode)
    thumbs.setFlow(QListView.Flow.TopToBottom)
    thumbs.setMovement(QListView.Movement.Static)
    thumbs.setWrapping(False)
    thumbs.setSpacing(4)
    thumbs.setFixedWidth(_THUMB + 50)
    thumbs.setIconSize(QSize(_THUMB, int(_THUMB * 1.42)))
    return thumbs


def _page_count(pdf: bytes) -> int:
    import pypdfium2  # noqa: PLC0415 - only who previews pays for it

    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def _render(pdf: bytes, number: int, scale: float) -> QImage:
    import pypdfium2  # noqa: PLC0415 - only who previews pays for it

    with pypdfium2.PdfDocument(pdf) as document:
        bitmap = document[number].render(scale=scale, rev_byteorder=True)
        image = QImage(
            bytes(bitmap.buffer),
            bitmap.width,
            bitmap.height,
            bitmap.stride,
            QImage.Format.Format_RGB888,
        )
        return image.copy()
