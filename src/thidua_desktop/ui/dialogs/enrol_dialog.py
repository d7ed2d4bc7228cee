"""Cấp tệp đăng ký: for which office, where to, and the phrase to tell by telephone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import ThiduaError
from thidua_desktop.domain.units import Unit
from thidua_desktop.services.offices import enrol, new_phrase
from thidua_desktop.services.ports import Ports
from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.widgets.frames import Banner, button_of
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.unit_search import UnitSearch


class EnrolDialog(Dialog):
    """Writes the file of one office; `made` says that there is one more."""

    made = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Cấp tệp đăng ký")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(640, 560)
        self._context = context
        self.units = UnitSearch(context.look)
        self.units.moved.connect(self._chosen)
        self.told = Banner("ok")
        self.phrase = Text(role="title")
        self.phrase.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.phrase.setAccessibleName("Cụm từ mở tệp")
        self.phrase.hide()
        self.message = Text(role="muted", wrap=True)
        self.write = button_of("Chọn nơi lưu…", self._ask_file, primary=True)
        self.write.setEnabled(False)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(button_of("Đóng", self.reject))
        buttons.addWidget(self.write)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addWidget(
            Text(
                "Tệp đăng ký được khóa bằng một cụm từ ngẫu nhiên. Gửi tệp bằng một đường, đọc cụm "
                "từ qua điện thoại.",
                wrap=True,
            )
        )
        layout.addWidget(self.units, 1)
        layout.addWidget(self.told)
        layout.addWidget(self.phrase, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.message)
        layout.addLayout(buttons)
        today = PartialDate.of(context.today())
        context.reader.run(
            lambda: _offices(context.ports(), today),
            owner=self,
            done=self._show,
            failed=self._refused,
        )

    def write_to(self, path: Path) -> None:
        """Write the file for the chosen office, and show the phrase that opens it."""
        unit = self.units.unit
        if unit is None:
            return
        self.write.setEnabled(False)
        self.message.setText("Đang làm tệp…")
        context, code = self._context, unit.code

        def job() -> str:
            ports = context.ports()
            said = new_phrase(ports)
            ports.files.write(path, enrol(ports, code, said))
            return said

        context.writer.run(job, owner=self, done=partial(self._written, path), failed=self._refused)

    def _written(self, path: Path, said: str) -> None:
        self.message.setText("")
        self.told.show_words(
            f"Đã ghi tệp “{path.name}”",
            "Hãy ghi lại và đọc cụm từ dưới đây cho cơ quan. Cụm từ chỉ hiện một lần.",
        )
        self.phrase.setText(said)
        self.phrase.show()
        self.phrase.setFocus()
        self.made.emit()

    def _show(self, units: Sequence[Unit]) -> None:
        self.units.show_units(units)

    def _chosen(self) -> None:
        self.write.setEnabled(self.units.unit is not None)

    def _refused(self, error: ThiduaError) -> None:
        self.message.setText(error_text(error))
        self._chosen()

    def _ask_file(self) -> None:
        unit = self.units.unit
        name = f"dang-ky-{unit.code}.dk" if unit else ""
        chosen, _ = QFileDialog.getSaveFileName(self, "Nơi lưu tệp đăng ký", name, "Mọi tệp (*)")
        if chosen:
            self.write_to(Path(chosen))


def _offices(ports: Ports, today: PartialDate) -> tuple[Unit, ...]:
    with ports.store.read() as work:
        found = [one for one in work.records.having(Unit) if one.number and one.stands_on(today)]
    return tuple(sorted(found, key=lambda unit: unit.number or 0))
