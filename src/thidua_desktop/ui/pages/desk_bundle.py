"""One bundle of the merge desk: what becomes of it, what it says of itself, the phrase it wants."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from thidua_desktop.domain.bundles import BundleState
from thidua_desktop.domain.errors import PhraseError
from thidua_desktop.services.bundle_reports import BundleReport
from thidua_desktop.services.exchange import inspect_bundle
from thidua_desktop.services.inspection_wording import inspection_lines
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text


class DeskBundle(QWidget):
    """`removed` carries the file that is to leave the desk, `unlocked` the file and the phrase."""

    removed = Signal(str)
    unlocked = Signal(str, str)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._file = ""
        self.message = Text(wrap=True)
        self.inside = Text(role="muted", wrap=True)
        self.phrase = QLineEdit()
        self.phrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.phrase.setAccessibleName("Cụm từ mở gói")
        self.phrase.setPlaceholderText("Cụm từ mở gói, nơi gửi đọc qua điện thoại")
        self.phrase.returnPressed.connect(self._unlock)
        self.remove = button_of("Bỏ gói này khỏi bàn", lambda: self.removed.emit(self._file))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for part in (self.message, self.inside, self.phrase):
            layout.addWidget(part)
        layout.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)

    def show_report(self, report: BundleReport, path: Path | None) -> None:
        """Show what becomes of a bundle; what it says of itself is read from its file."""
        self._file = report.file
        self.message.setText(about(report))
        self.phrase.setVisible(report.code == PhraseError.code)
        self.inside.setText("")
        if path is None:
            return

        def show(lines: tuple[str, ...]) -> None:
            if self._file == report.file:
                self.inside.setText("\n".join(lines))

        self._context.reader.run(
            lambda: inspection_lines(inspect_bundle(self._context.ports(), path)),
            owner=self,
            done=show,
            failed=lambda _error: None,  # one that cannot be read says nothing of itself
        )

    def _unlock(self) -> None:
        typed = self.phrase.text()
        if typed:
            self.phrase.clear()
            self.unlocked.emit(self._file, typed)


def about(report: BundleReport) -> str:
    """Return what is to be said of a bundle, and each thing found in it."""
    is_known = report.state is BundleState.KNOWN
    fate = "đã có từ trước, nhập lại không đổi gì" if is_known else "nhập được"
    said = report.message or f"Gói số {report.number} của {report.sender}: {fate}."
    found = (*report.warnings, *(one.text for one in report.findings))
    return "\n\n".join((said, *(f"⚠ {one}" for one in found)))
