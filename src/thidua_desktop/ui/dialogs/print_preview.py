"""In hồ sơ: the paper as it will be printed, page by page, to be saved as PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import ThiduaError
from thidua_desktop.services.ports import Ports
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.tasks import Progress
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text

_ZOOMS = (0.75, 1.0, 1.25, 1.5, 2.0)
_THUMB = 110
_DPI = 72


class PrintPreview(QDialog):
    """Shows a PDF that a use case makes; nothing is written before somebody saves it."""

    def __init__(
        self,
        context: PageContext,
        make: Callable[[Ports], bytes],
        file_name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("In hồ sơ")
        self.resize(980, 700)
        self._context = context
        self._file_name = file_name
        self._pdf = b""
        self._zoom = 1
        self._folder = Path()
        self._progress = Progress(self)
        self.message = Text("Đang dựng hồ sơ…", role="muted")
        self.thumbs = QListWidget()
        self.thumbs.setAccessibleName("Các trang")
        self.thumbs.setFixedWidth(_THUMB + 50)
        self.thumbs.setIconSize(QSize(_THUMB, int(_THUMB * 1.42)))
        self.thumbs.currentRowChanged.connect(self._show_page)
        self._page = QLabel()
        self._page.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._page)
        self.save = button_of("Lưu PDF…", self._ask_where, primary=True)
        self.stop = button_of("Dừng", self._stop)
        self.folder = button_of("Mở thư mục", self._open_folder)
        self.folder.hide()
        buttons = QHBoxLayout()
        buttons.addWidget(self.message, 1)
        buttons.addWidget(button_of("Nhỏ hơn", lambda: self._scale(-1)))
        buttons.addWidget(button_of("To hơn", lambda: self._scale(1)))
        buttons.addWidget(self.stop)
        buttons.addWidget(self.folder)
        buttons.addWidget(self.save)
        buttons.addWidget(button_of("Đóng", self.reject))
        self.save.setEnabled(False)
        middle = QHBoxLayout()
        middle.addWidget(self.thumbs)
        middle.addWidget(scroll, 1)
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
        for number in range(_page_count(pdf)):
            if self._progress.stop_wanted():
                break
            images.append(_render(pdf, number, _THUMB * 2 / 595))
        return pdf, images

    def _show(self, made: tuple[bytes, list[QImage]]) -> None:
        self._pdf, images = made
        for number, image in enumerate(images, start=1):
            item = QListWidgetItem(f"Trang {number}")
            item.setIcon(QPixmap.fromImage(image))
            self.thumbs.addItem(item)
        self.message.setText(f"{len(images)} trang · {self._file_name}")
        self.stop.hide()
        self.save.setEnabled(True)
        self.thumbs.setCurrentRow(0)

    def _show_page(self, number: int) -> None:
        if number < 0:
            return
        pdf, scale = self._pdf, _ZOOMS[self._zoom] * 96 / _DPI
        self._context.reader.run(
            lambda: _render(pdf, number, scale),
            owner=self,
            done=lambda image: self._page.setPixmap(QPixmap.fromImage(image)),
            failed=self._refused,
        )

    def _scale(self, by: int) -> None:
        self._zoom = min(max(self._zoom + by, 0), len(_ZOOMS) - 1)
        self._show_page(self.thumbs.currentRow())

    def _stop(self) -> None:
        self._progress.stop()
        self.reject()

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

    def _written(self, path: Path) -> None:
        self.message.setText(f"Đã lưu {path.name}.")
        self._folder = path.parent
        self.folder.show()

    def _open_folder(self) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder))):
            self.message.setText(f"Tệp nằm trong {self._folder}.")

    def _refused(self, error: ThiduaError) -> None:
        self.message.setText(error_text(error))


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
