"""Tệp quét: what the scanner left, in small and large; those chosen are attached."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QIcon, QKeySequence, QPainter, QPixmap, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.domain.attachments import MOST_BYTES, PDF, size_text
from thidua_desktop.domain.drawings import DrawnPage
from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import StoppedError, ThiduaError
from thidua_desktop.domain.text import visible
from thidua_desktop.services.ports import Drawing, Ports
from thidua_desktop.services.scans import ScannedFile, Scans
from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.pdf_pages import Fit, picture_of
from thidua_desktop.ui.widgets.pdf_view import PdfView

_WIDE, _HIGH = 1040, 680
_SIDE, _LIST = 72, 330


class ScanPicker(Dialog):
    """`wanted` carries the files that are to be attached."""

    wanted = Signal(object)

    def __init__(self, context: PageContext, scans: Scans, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Tệp quét")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._files = scans.files
        self._folder = scans.folder
        self._undrawn: deque[int] = deque(range(len(self._files)))
        self._is_drawing = False
        self._is_gone = False
        self.message = Text(_told(scans), role="muted", wrap=True)
        self.list = QListWidget()
        self.list.setAccessibleName("Các tệp quét, mới nhất ở trên")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setIconSize(QSize(_SIDE, _SIDE))
        self.list.setFixedWidth(_LIST)
        self.list.setWordWrap(True)
        self.list.setSpacing(3)
        self.view = PdfView(context.look, context.drawer)
        self.view.pages.set_zoom(Fit.PAGE)
        self.view.broken.connect(self._refused)
        self.attach = button_of("Kèm vào đây", self._attach, primary=True)
        self.attach.setEnabled(False)
        self.usual = self.attach
        middle = QHBoxLayout()
        middle.setSpacing(8)
        middle.addWidget(self.list)
        middle.addWidget(self.view, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.message, 1)
        foot.addWidget(button_of("Mở thư mục quét", self._open_folder))
        foot.addWidget(button_of("Đóng", self.reject))
        foot.addWidget(self.attach)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addLayout(middle, 1)
        layout.addLayout(foot)
        self.take_room(_WIDE, _HIGH)
        self._fill()
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self._attach)
        self.list.currentRowChanged.connect(self._show_file)
        self.list.itemSelectionChanged.connect(self._selected)
        self.list.itemDoubleClicked.connect(lambda _: self._attach())
        self.list.setFocus()
        if self._files:
            self.list.setCurrentRow(0)

    def chosen(self) -> list[ScannedFile]:
        """Return the files that are selected, the oldest first: so they were scanned."""
        rows = sorted((index.row() for index in self.list.selectedIndexes()), reverse=True)
        return [self._files[row] for row in rows]

    def leave(self) -> None:
        """Close; what is still being drawn is not waited for."""
        self._is_gone = True
        self.view.clear()
        super().leave()

    def _fill(self) -> None:
        blank = QPixmap(_SIDE, _SIDE)
        blank.fill(Qt.GlobalColor.transparent)
        for one in self._files:
            state = "● Mới" if one.is_new else "✓ Đã kèm" if one.was_attached else "Có từ trước"
            said = f"{one.at.astimezone():%H:%M %d/%m/%Y} · {size_text(one.file.size)}\n{state}"
            item = QListWidgetItem(QIcon(blank), f"{visible(one.file.path.name)}\n{said}")
            self.list.addItem(item)

    def _selected(self) -> None:
        count = len(self.chosen())
        self.attach.setEnabled(count > 0)
        self.attach.setText(f"Kèm {count} tệp" if count > 1 else "Kèm vào đây")

    def _attach(self) -> None:
        chosen = self.chosen()
        if chosen:
            self.wanted.emit(chosen)
            self.reject()

    def _show_file(self, row: int) -> None:
        self.view.clear()
        if row < 0:
            return
        one, ports = self._files[row], self._context.ports
        self._context.drawer.run(
            lambda: _opened(ports(), one),
            owner=self,
            done=lambda drawing: self._show(row, drawing),
            failed=self._cannot_show,
        )

    def _cannot_show(self, error: ThiduaError) -> None:
        self._refused(error)
        self._draw_next()

    def _show(self, row: int, drawing: Drawing) -> None:
        if self._is_gone or row != self.list.currentRow():
            drawing.close()
        else:
            self.view.show_pages(drawing, has_words=self._files[row].mime == PDF)
        self._draw_next()

    def _draw_next(self) -> None:
        """Draw the first page of the next file in small, after what is looked at."""
        if self._is_drawing or self._is_gone or not self._undrawn:
            return
        row = self._undrawn.popleft()
        one, ports = self._files[row], self._context.ports
        side = round(_SIDE * self.devicePixelRatioF())
        self._is_drawing = True
        self._context.drawer.run(
            lambda: _first_page(ports(), one, side),
            owner=self,
            done=lambda drawn: self._drawn(row, drawn),
            failed=lambda _: self._drawn(row, None),
        )

    def _drawn(self, row: int, drawn: DrawnPage | None) -> None:
        self._is_drawing = False
        if drawn is not None:
            picture = _in_square(picture_of(drawn), round(_SIDE * self.devicePixelRatioF()))
            picture.setDevicePixelRatio(self.devicePixelRatioF())
            icon = QIcon(picture)
            icon.addPixmap(picture, QIcon.Mode.Selected)
            self.list.item(row).setIcon(icon)
        self._draw_next()

    def _refused(self, error: ThiduaError) -> None:
        if not isinstance(error, StoppedError):
            self.message.setText(error_text(error))

    def _open_folder(self) -> None:
        if self._folder is not None and not QDesktopServices.openUrl(
            QUrl.fromLocalFile(str(self._folder))
        ):
            self.message.setText(f"Thư mục quét: {self._folder}.")


def _opened(ports: Ports, one: ScannedFile) -> Drawing:
    path = one.file.path
    return ports.drawings.open(path.name, ports.files.read(path), one.mime)


def _first_page(ports: Ports, one: ScannedFile, side: int) -> DrawnPage:
    drawing = _opened(ports, one)
    try:
        size = drawing.sizes[0]
        return drawing.draw(0, side / max(size.width, size.height))
    finally:
        drawing.close()


def _in_square(picture: QPixmap, side: int) -> QPixmap:
    """Return a picture in the middle of a square, so that words beside all begin at one place."""
    square = QPixmap(side, side)
    square.fill(Qt.GlobalColor.transparent)
    painter = QPainter(square)
    painter.drawPixmap((side - picture.width()) // 2, (side - picture.height()) // 2, picture)
    painter.end()
    return square


def _told(scans: Scans) -> str:
    if not scans.is_there:
        return (
            f"Không thấy thư mục quét {scans.folder}. Hãy bật máy quét, cắm lại ổ, "
            "hoặc chọn lại thư mục trong Cài đặt."
        )
    if not scans.files:
        return (
            f"Chưa có PDF hay ảnh nào trong {scans.folder}. Quét xong, tệp hiện ở đây; "
            f"tệp đang quét dở thì chưa hiện.{_large(scans)}"
        )
    return _large(scans).strip()


def _large(scans: Scans) -> str:
    if not scans.too_large:
        return ""
    return (
        f" Có {scans.too_large} tệp lớn quá {size_text(MOST_BYTES)} không kèm được; "
        "hãy quét lại ở độ nét thấp hơn hoặc chia nhỏ."
    )
