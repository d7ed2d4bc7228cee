"""Xem minh chứng: a file that proves something, and what it proves."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.domain.attachments import PDF, Attachment, size_text
from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import StoppedError, ThiduaError
from thidua_desktop.services.evidence_files import FileToSee, see_attachment
from thidua_desktop.services.ports import Drawing
from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import FileName, Text
from thidua_desktop.ui.widgets.pdf_pages import Fit
from thidua_desktop.ui.widgets.pdf_view import PdfView

_WIDE, _HIGH = 940, 680


class FilePreview(Dialog):
    """Shows one of several files; `opened` and `saved` carry what is to be done with it."""

    opened = Signal(object)
    saved = Signal(object)

    def __init__(
        self,
        context: PageContext,
        attachments: Sequence[Attachment],
        place: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Xem minh chứng")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._attachments = tuple(attachments)
        self._place = place
        self._asked = 0
        self.name = FileName("")
        self.name.setProperty("role", "strong")
        self.size_said = Text(role="muted")
        self.proves = Text(role="muted", wrap=True)
        self.message = Text(wrap=True)
        self.message.hide()
        self.view = PdfView(context.look, context.drawer)
        self.view.broken.connect(self._refused)
        self.view.pages.set_zoom(Fit.WIDTH)
        self.before = button_of("Tệp trước", lambda: self.step(-1))
        self.after = button_of("Tệp sau", lambda: self.step(1))
        close = button_of("Đóng", self.reject, primary=True)
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.size_said)
        foot = QHBoxLayout()
        for button in (self.before, self.after):
            button.setVisible(len(self._attachments) > 1)
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(button_of("Mở bằng chương trình khác", self._open))
        foot.addWidget(button_of("Lưu ra…", self._save))
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.proves)
        layout.addWidget(self.message)
        layout.addWidget(self.view, 1)
        layout.addLayout(foot)
        for keys, by in (("Alt+Up", -1), ("Alt+Down", 1)):
            QShortcut(QKeySequence(keys), self).activated.connect(_stepping(self, by))
        self.take_room(_WIDE, _HIGH)
        self.view.pages.setFocus()
        self._read()

    @property
    def attachment(self) -> Attachment:
        """The one that is looked at."""
        return self._attachments[self._place]

    def step(self, by: int) -> None:
        """Show the next file, or the one before."""
        place = self._place + by
        if 0 <= place < len(self._attachments):
            self._place = place
            self._read()

    def leave(self) -> None:
        """Close; what is still being drawn is not waited for."""
        self._asked += 1
        self.view.clear()
        super().leave()

    def _read(self) -> None:
        self._asked += 1
        asked, one, ports = self._asked, self.attachment, self._context.ports
        self.view.clear()
        self.message.hide()
        self.name.show_name(one.name)
        self.size_said.setText(size_text(one.size))
        self.proves.setText("")
        self.before.setEnabled(self._place > 0)
        self.after.setEnabled(self._place + 1 < len(self._attachments))
        self._context.reader.run(
            lambda: see_attachment(ports(), one.id),
            owner=self,
            done=lambda file: self._draw(asked, file),
            failed=self._refused,
        )

    def _draw(self, asked: int, file: FileToSee) -> None:
        ports = self._context.ports
        self.proves.setText("\n".join(f"{label}: {words}" for label, words in file.proves))
        self._context.drawer.run(
            lambda: ports().drawings.open(file.name, file.content, file.mime),
            owner=self,
            done=lambda drawing: self._show(asked, drawing, has_words=file.mime == PDF),
            failed=self._refused,
        )

    def _show(self, asked: int, drawing: Drawing, *, has_words: bool) -> None:
        if asked == self._asked:
            self.view.show_pages(drawing, has_words=has_words)
        else:
            drawing.close()

    def _refused(self, error: ThiduaError) -> None:
        if not isinstance(error, StoppedError):
            self.message.setText(error_text(error))
            self.message.show()

    def _open(self) -> None:
        self.opened.emit(self.attachment)

    def _save(self) -> None:
        self.saved.emit(self.attachment)


def _stepping(dialog: FilePreview, by: int) -> Callable[[], None]:
    return lambda: dialog.step(by)
