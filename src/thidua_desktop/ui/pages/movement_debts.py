"""Việc phải làm: what a unit owes in a year, whether it was done, and by which documents."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from thidua_desktop.domain.dates import PartialDate, shown
from thidua_desktop.domain.deadlines import DebtState, Due
from thidua_desktop.domain.movements import DocumentSort
from thidua_desktop.domain.words import word
from thidua_desktop.services.movement_findings import document_name
from thidua_desktop.services.movements import MovementView
from thidua_desktop.ui.pages.list_tools import with_tools
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.widgets.frames import (
    Card,
    EmptyPlace,
    button_of,
    panes,
    scrolled,
    under_tabs,
)
from thidua_desktop.ui.widgets.labels import Chip, Text
from thidua_desktop.ui.widgets.long_button import LongButton
from thidua_desktop.ui.widgets.rows import Row, RowList

_SOON = 30
_KINDS = {
    DebtState.DONE: "ok",
    DebtState.LATE: "warn",
    DebtState.UNCLEAR: "warn",
    DebtState.OVERDUE: "err",
}
_NOTHING = "Đơn vị này không có việc nào đến hạn trong năm đã chọn."
Key = tuple[UUID, int, bool]


class DebtsView(QWidget):
    """The list of what is owed at the left, the chosen one at the right."""

    recording = Signal(object)  # the Due that a document is to be entered for
    reporting = Signal(object)  # the Due that a report is to be written for
    opening = Signal(object)  # the id of a document

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._owed: dict[Key, Due] = {}
        self._may_record = self._is_own = False
        self._wanted: tuple[UUID, int] | None = None
        self.list = RowList(context.look, "Việc phải làm")
        self.list.selectionModel().currentChanged.connect(self._choose)
        self.count = Text(role="muted", wrap=True)
        self._title = Text(role="heading", wrap=True)
        self._chip = Chip()
        self._about = Text(wrap=True)
        self._wording = Text(role="muted", wrap=True)
        self._papers = QVBoxLayout()
        self.record = button_of("Ghi văn bản cho việc này", self._record, primary=True)
        self.report = button_of("Soạn báo cáo", self._report)
        self.report.setToolTip("Viết báo cáo ngay ở đây: số liệu đã nhập tự in vào báo cáo")
        self._right = QStackedWidget()
        self._lay_out(context)

    def _lay_out(self, context: PageContext) -> None:
        listed = with_tools(context.habits, "movement/debts", self.list)
        card = Card()
        card.body.addWidget(self._title)  # a sentence: beside it the chip would leave it no room
        card.body.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignLeft)
        card.body.addWidget(self._about)
        card.body.addWidget(self._wording)
        card.body.addWidget(Text("Văn bản đã có", role="strong"))
        card.body.addLayout(self._papers)
        for button in (self.record, self.report):  # side by side they would be wider than the card
            card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        card.body.addStretch(1)
        self._right.addWidget(EmptyPlace(_NOTHING))
        self._right.addWidget(scrolled(card))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(
            panes(under_tabs(listed, self.count), under_tabs(self._right), widths=(560, 500))
        )

    @property
    def chosen(self) -> Due | None:
        """Return what is chosen."""
        key = self.list.chosen()
        return self._owed.get(key) if isinstance(key, tuple) else None

    def show_view(self, view: MovementView) -> None:
        """Show what a unit owes; what was never done in earlier years stands first."""
        items = (*view.owed_before, *view.owed)
        self._owed = {_key(one): one for one in items}
        self._may_record, self._is_own = view.may_record, view.is_own
        self.list.show_rows([debt_row(one, view.year) for one in items])
        done = sum(one.is_done for one in view.owed)
        said = [f"{done}/{len(view.owed)} việc của năm {view.year} đã làm"] if view.owed else []
        if view.owed_before:
            said.append(f"{len(view.owed_before)} việc từ trước chưa làm")
        self.count.setText(" · ".join(said))
        wanted, self._wanted = self._wanted, None
        if not (wanted is not None and self._find(*wanted)) and self.chosen is None and items:
            self.list.choose(_key(next(iter(view.owed or items))))
        self._choose()

    def open(self, obligation_id: UUID, year: int) -> None:
        """Choose something that is owed: now, or when it is read."""
        if not self._find(obligation_id, year):
            self._wanted = obligation_id, year

    def _find(self, obligation_id: UUID, year: int) -> bool:
        """Choose it: the own one, else the one taken over."""
        return any(self.list.choose((obligation_id, year, is_left)) for is_left in (False, True))

    def _choose(self) -> None:
        due = self.chosen
        self._right.setCurrentIndex(0 if due is None else 1)
        if due is None:
            return
        one = due.obligation
        self._title.setText(_task(due))
        self._chip.show_status(*state_words(due))
        said = [f"Hạn {shown(PartialDate.of(due.due_on))}, làm xong trong ngày ấy là đúng hạn."]
        if due.left_by:
            said.insert(0, f"Việc {due.left_text} chưa làm; đơn vị kế thừa làm thay.")
        if one.recipient:
            said.append(f"Gửi: {one.recipient}.")
        if one.paper is not None:
            said.append(f"Văn bản phải có: {word(one.paper)}.")
        self._about.setText("\n".join(said))
        wording = f"Kế hoạch ghi: “{one.wording}”" if one.wording else ""
        section = f"mục {one.section}" if one.section else ""
        self._wording.setText(", ".join(part for part in (wording, section) if part))
        self._show_papers(due)
        self.record.setVisible(self._may_record)
        is_report = one.paper is DocumentSort.REPORT and not due.is_done
        self.report.setVisible(self._is_own and is_report)

    def _show_papers(self, due: Due) -> None:
        while (item := self._papers.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        if not due.documents:
            self._papers.addWidget(Text("Chưa ghi văn bản nào.", role="muted", wrap=True))
        for document in due.documents:
            button = LongButton(f"{document_name(document)}: {document.summary}")
            button.clicked.connect(partial(self._open, document.id))
            self._papers.addWidget(button)

    def _open(self, document_id: UUID, _checked: object = None) -> None:
        self.opening.emit(document_id)

    def _report(self) -> None:
        due = self.chosen
        if due is not None:
            self.reporting.emit(due)

    def _record(self) -> None:
        due = self.chosen
        if due is not None:
            self.recording.emit(due)


def debt_row(due: Due, year: int) -> Row:
    """Return the row of something that is owed."""
    documents: Sequence[str] = [document_name(one) for one in due.documents]
    parts = [
        f"Hạn {shown(PartialDate.of(due.due_on))}",
        due.left_text or ("" if due.due_on.year == year else "năm trước"),
        "; ".join(documents),
    ]
    status, kind = state_words(due)
    return Row(_key(due), _task(due), " · ".join(part for part in parts if part), status, kind)


def state_words(due: Due) -> tuple[str, str]:
    """Return how it stands in words, and which look goes with them."""
    match due.state:
        case DebtState.OPEN:
            left = f"còn {due.days_left} ngày" if due.days_left else "hạn hôm nay"
            return f"Chưa làm, {left}", "warn" if due.days_left <= _SOON else "plain"
        case DebtState.OVERDUE:
            return f"Chưa làm, quá hạn {-due.days_left} ngày", "err"
        case DebtState.LATE:
            return f"Đã làm, trễ {due.days_late} ngày", "warn"
        case state:
            return word(state), _KINDS[state]


def _key(due: Due) -> Key:
    return due.obligation.id, due.due_on.year, bool(due.left_by)


def _task(due: Due) -> str:
    task = due.obligation.task
    return task[:1].upper() + task[1:]
