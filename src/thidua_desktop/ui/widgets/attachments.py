"""The files of one piece of evidence: listed, dropped, pasted, asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from thidua_desktop.domain.attachments import (
    ENDINGS,
    Attachment,
    AttachmentRow,
    FileState,
    can_be_seen,
    size_text,
)
from thidua_desktop.domain.words import word
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Chip, FileName, Text, tip

_STATE_KINDS = {
    FileState.HERE: "plain",
    FileState.MISSING: "warn",
    FileState.CHANGED: "err",
    FileState.UNFIT: "err",
}
_ENDINGS = " ".join(f"*{ending}" for of in ENDINGS.values() for ending in of)
_DROPS = {QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop}


class AttachmentList(QWidget):
    """What is done with the files is for who holds the list: signals say what is wanted.

    `given` carries the paths that were chosen or dropped, `pasted` a picture as PNG; `viewed` which
    file is to be looked at, `scans_wanted` that something of the scanner is to be chosen.
    """

    given = Signal(object)
    pasted = Signal(bytes)
    viewed = Signal(object)
    scans_wanted = Signal()
    opened = Signal(object)
    saved = Signal(object)
    removed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[AttachmentRow, ...] = ()
        self._shown: list[QWidget] = []
        self._read_only = False
        self.add = button_of("Kèm tệp…", self._ask_files, quiet=True)
        self.add.setObjectName("attach")
        self.add.setToolTip("Kéo thả tệp vào dòng này, hoặc dán ảnh bằng Ctrl+V, cũng được")
        self.scans = button_of("Tệp quét…", self.scans_wanted.emit, quiet=True)
        self.scans.setObjectName("scans")
        self.scans.hide()
        self._has_scans = False
        self._inside = QVBoxLayout()
        self._inside.setSpacing(2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(self._inside)
        ways = QHBoxLayout()
        ways.setSpacing(6)
        ways.addWidget(self.add)
        ways.addWidget(self.scans)
        ways.addStretch(1)
        layout.addLayout(ways)
        self.watch([self])

    def watch(self, widgets: Iterable[QWidget]) -> None:
        """Take what is dropped on these widgets, and pictures pasted into them."""
        for widget in widgets:
            widget.setAcceptDrops(True)
            for one in (widget, *widget.findChildren(QWidget)):
                one.installEventFilter(self)

    @property
    def rows(self) -> tuple[AttachmentRow, ...]:
        """The files that are shown."""
        return self._rows

    def show_scans(self, new: int | None) -> None:
        """Offer what the scanner left, and say how much of it is new; None where there is none."""
        self._has_scans = new is not None
        self.scans.setText(f"{new} tệp quét mới…" if new else "Tệp quét…")
        self.scans.setVisible(self._has_scans and not self._read_only)

    def show_rows(self, rows: Sequence[AttachmentRow], *, read_only: bool) -> None:
        """Show these files."""
        self.add.setVisible(not read_only)
        self.scans.setVisible(self._has_scans and not read_only)
        if (tuple(rows), read_only) == (self._rows, self._read_only):
            return
        self._rows, self._read_only = tuple(rows), read_only
        for widget in self._shown:
            self._inside.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._shown = [self._row(row) for row in rows]
        for widget in self._shown:
            self._inside.addWidget(widget)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take files and pictures; everything else is the field's own."""
        if isinstance(watched, QPushButton) and _pressed(watched, event):
            return True
        if self._read_only:
            return False
        if event.type() in _DROPS and isinstance(event, QDropEvent):
            return self._dropped(event)
        is_paste = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Paste)
        if is_paste and event.type() in {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress}:
            return self._paste(event)
        return False

    def _dropped(self, event: QDropEvent) -> bool:
        paths = _files(event.mimeData())
        if not paths:
            return False
        event.acceptProposedAction()
        if event.type() is QEvent.Type.Drop:
            self.given.emit(paths)
        return True

    def _paste(self, event: QEvent) -> bool:
        content = QGuiApplication.clipboard().mimeData()
        paths = _files(content)
        if not paths and (content.hasText() or not content.hasImage()):
            return False
        event.accept()
        if event.type() is QEvent.Type.KeyPress:
            if paths:
                self.given.emit(paths)
            else:
                self.pasted.emit(_png(QGuiApplication.clipboard().image()))
        return True

    def _row(self, row: AttachmentRow) -> QWidget:
        attachment = row.attachment
        shown = QWidget()
        line = QHBoxLayout(shown)
        line.setContentsMargins(8, 0, 0, 0)
        line.setSpacing(6)
        name = FileName(attachment.name)
        if attachment.note:
            name.setToolTip(tip(f"{attachment.name}\n{attachment.note}"))
        line.addWidget(name, 1)
        line.addWidget(Text(size_text(attachment.size), role="muted"))
        if attachment.sensitive:
            line.addWidget(Chip("Nhạy cảm", "warn"))
        if row.state is not FileState.HERE:
            line.addWidget(Chip(word(row.state), _STATE_KINDS[row.state]))
        look = ("Xem", self.viewed) if can_be_seen(attachment.mime) else ("Mở", self.opened)
        for words, signal in (look, ("Lưu ra…", self.saved)):
            button = button_of(words, partial(signal.emit, attachment), quiet=True)
            button.setEnabled(row.state is FileState.HERE)
            button.setAccessibleName(f"{words} {attachment.name}")
            button.installEventFilter(self)
            line.addWidget(button)
        if not self._read_only:
            remove = button_of("Bỏ", partial(self.removed.emit, attachment), quiet=True)
            remove.setAccessibleName(f"Bỏ {attachment.name}")
            line.addWidget(remove)
        return shown

    def _ask_files(self) -> None:
        kinds = f"PDF, ảnh, Word, Excel ({_ENDINGS})"
        chosen, _ = QFileDialog.getOpenFileNames(self, "Kèm tệp", "", kinds)
        if chosen:
            self.given.emit([Path(one) for one in chosen])


def _pressed(button: QPushButton, event: QEvent) -> bool:
    """Let Enter press a button of a file, as Space does."""
    if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
        return False
    if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
        return False
    button.click()
    return True


def ask_place(parent: QWidget, attachment: Attachment) -> Path | None:
    """Ask where a file is to be saved."""
    chosen, _ = QFileDialog.getSaveFileName(parent, "Lưu tệp ra", attachment.name)
    return Path(chosen) if chosen else None


def _files(content: QMimeData) -> list[Path]:
    paths = (Path(url.toLocalFile()) for url in content.urls() if url.isLocalFile())
    return [path for path in paths if path.is_file()]


def _png(picture: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload] # the stub wants bytes
    return bytes(buffer.data().data())
