"""Giao cho cơ quan kế thừa: whose records, to whom, from which day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from thidua_desktop.domain.certificates import Inheritance
from thidua_desktop.domain.dates import PartialDate, from_typed, shown
from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import ThiduaError
from thidua_desktop.domain.offices import OfficeEntry
from thidua_desktop.services.keys import HeirProposal, proposed_heirs, succeed
from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.widgets.choice import Choice
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text

_SAME = "Cơ quan cũ và cơ quan kế thừa đang là một; hãy chọn hai cơ quan khác nhau rồi giao."


class HeirDialog(Dialog):
    """One inheritance; what the register tells of successors is offered first."""

    made = Signal(object)

    def __init__(
        self, context: PageContext, offices: Sequence[OfficeEntry], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Giao cho cơ quan kế thừa")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(620, 320)
        self._context = context
        self.old, self.heir, self.day = Choice(), Choice(), QLineEdit()
        self.old.setAccessibleName("Cơ quan cũ")
        self.heir.setAccessibleName("Cơ quan kế thừa")
        self.day.setAccessibleName("Ngày bàn giao")
        for entry in offices:
            for box in (self.old, self.heir):
                box.addItem(entry.office.unit_name, entry.office.unit_code)
        self.day.setText(shown(PartialDate.of(context.today())))
        for box in (self.old, self.heir):
            box.currentIndexChanged.connect(self._judge)
        form = QFormLayout()
        form.setSpacing(10)
        form.addRow("Cơ quan cũ", self.old)
        form.addRow("Cơ quan kế thừa", self.heir)
        form.addRow("Ngày bàn giao", self.day)
        self.offer = Text(role="muted", wrap=True)
        self.message = Text(role="complaint", wrap=True)
        self.message.hide()
        self.same = Text(_SAME, role="muted", wrap=True)
        self.give = button_of("Giao hồ sơ", self._give, primary=True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(button_of("Thôi", self.reject))
        buttons.addWidget(self.give)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addWidget(
            Text(
                "Cơ quan kế thừa được xem và sửa hồ sơ của cơ quan cũ. Những gì cơ quan cũ đã ghi "
                "vẫn còn giá trị. Việc này đi trong gói sau gửi hai cơ quan.",
                wrap=True,
            )
        )
        layout.addLayout(form)
        layout.addWidget(self.offer)
        layout.addWidget(self.same)
        layout.addWidget(self.message)
        layout.addStretch(1)
        layout.addLayout(buttons)
        self._judge()
        context.reader.run(
            partial(_proposed, context, context.today()),
            owner=self,
            done=self._propose,
            failed=self._refused,
        )

    def _propose(self, found: Sequence[HeirProposal]) -> None:
        if not found:
            self.offer.setText("Danh mục đơn vị chưa cho biết cơ quan nào có cơ quan kế thừa.")
            return
        first = found[0]
        self.old.setCurrentIndex(self.old.place_of(first.predecessor.unit_code))
        if first.is_enrolled:
            self.heir.setCurrentIndex(self.heir.place_of(first.heir.unit_code))
        self.day.setText(shown(first.since))
        told = "; ".join(one.text for one in found)
        lacks = not all(one.is_enrolled for one in found)
        advice = " Cấp tệp đăng ký cho cơ quan kế thừa trước, rồi giao." if lacks else ""
        self.offer.setText(f"Theo danh mục đơn vị ({first.resolution}): {told}.{advice}")

    def _judge(self) -> None:
        """Let be given what goes from one office to another; say why it cannot be otherwise."""
        is_same = self.old.currentData() == self.heir.currentData()
        self.same.setVisible(is_same)
        self.give.setEnabled(not is_same)

    def _give(self) -> None:
        try:
            day = from_typed(self.day.text())
        except ValueError:
            day = None
        if day is None or day.day is None:
            self._say("⚠ Hãy gõ đủ ngày, tháng, năm bàn giao.")
            return
        self.give.setEnabled(False)
        context, since = self._context, day.first_day()
        old, heir = str(self.old.currentData()), str(self.heir.currentData())
        context.writer.run(
            lambda: succeed(context.ports(), old, heir, since=since),
            owner=self,
            done=self._given,
            failed=self._refused,
        )

    def _given(self, said: Inheritance) -> None:
        self.made.emit(said)
        self.accept()

    def _refused(self, error: ThiduaError) -> None:
        self._say(error_text(error))
        self._judge()

    def _say(self, words: str) -> None:
        self.message.setText(words)
        self.message.show()


def _proposed(context: PageContext, today: date) -> tuple[HeirProposal, ...]:
    return proposed_heirs(context.ports(), on=today)
