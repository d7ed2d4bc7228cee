"""What differs in the data as it is: cells that wait, side by side, decided at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from thidua_desktop.domain.errors import ThiduaError
from thidua_desktop.domain.history import CellDifference
from thidua_desktop.domain.issue_text import refusal_text
from thidua_desktop.domain.words import field_label, kind_label, word
from thidua_desktop.services.desk_plan import RecordSides, waiting_record
from thidua_desktop.services.differences import (
    DifferenceSettled,
    WaitingCell,
    list_waiting,
    settle,
)
from thidua_desktop.services.ports import Ports
from thidua_desktop.ui.habits import keep_panes
from thidua_desktop.ui.pages.list_tools import with_tools
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.pages.record_sides import RecordSidesView
from thidua_desktop.ui.widgets.frames import Card, EmptyPlace, panes
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.rows import Row, RowList

_KINDS = {"difference": "err", "suggestion": "warn", "deleted_edited": "err"}


class DifferencesView(QWidget):
    """The list at the left, the record of the chosen cell at the right."""

    settled = Signal(object)
    counted = Signal(int)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.context = context
        self.found: tuple[WaitingCell, ...] = ()
        self.list = RowList(context.look, "Chỗ khác nhau và đề nghị sửa")
        self.list.selectionModel().currentChanged.connect(self._show_chosen)
        self.record = RecordSidesView(context.look, ("Trước đây", "Đang dùng", "Giá trị khác"))
        self.record.taken.connect(self._take)
        self.record.typed.connect(self._type)
        self.record.later.connect(self._put_off)
        self.record.refused.connect(self._refused)
        self._none = EmptyPlace("Không có chỗ nào khác nhau, không có đề nghị sửa nào.")
        left, right = Card(), Card()
        left.body.addWidget(with_tools(context.habits, "differences", self.list), 1)
        right.body.addWidget(self.record, 1)
        keys = "1 bên trái · 2 bên phải · 0 để sau · Alt+↓ chỗ kế tiếp. Chọn xong được ghi ngay."
        right.body.addWidget(Text(keys, role="caption", wrap=True))
        sides = panes(left, right, widths=(360, 720))
        self._panes = keep_panes(context.habits, "differences", sides)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self._panes, 1)
        layout.addWidget(self._none, 1)

    def refresh(self) -> None:
        """Read anew what waits."""
        self.context.reader.run(
            lambda: list_waiting(self.context.ports()),
            owner=self,
            done=self._show_found,
            failed=self._refused,
        )

    def step(self, by: int) -> None:
        """Go to the next cell, or the one before."""
        self.list.step(by)

    def _show_found(self, found: Sequence[WaitingCell]) -> None:
        self.found = tuple(found)
        self.list.show_rows([_row(one) for one in found])
        self._panes.setVisible(bool(found))
        self._none.setVisible(not found)
        self.counted.emit(len(found))
        if found and self.list.chosen() is None:
            self.list.choose(found[0].difference.cell)
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        self.record.forget()

        def show(sides: RecordSides) -> None:
            if self._chosen() is chosen:
                self.record.show_sides(sides, {}, chosen.field)

        self.context.reader.run(
            lambda: waiting_record(self.context.ports(), chosen.kind, chosen.id),
            owner=self,
            done=show,
            failed=self._refused,
        )

    def _chosen(self) -> CellDifference | None:
        chosen = self.list.chosen()
        found = (one.difference for one in self.found)
        return next((one for one in found if one.cell == chosen), None)

    def _take(self, cell: str, option: int) -> None:
        shown = self.record.cell
        if shown is not None and shown.cell == cell:
            op = shown.heads[option].op
            self._settle(cell, lambda ports: settle(ports, cell, take=op))

    def _type(self, cell: str, words: str) -> None:
        self._settle(cell, lambda ports: settle(ports, cell, value=words))

    def _put_off(self, _cell: str) -> None:
        self.list.step(1)

    def _settle(self, cell: str, job: Callable[[Ports], DifferenceSettled]) -> None:
        place = next((n for n, one in enumerate(self.found) if one.difference.cell == cell), 0)
        following = [one.difference.cell for one in self.found[place + 1 :]]

        def done(settled: DifferenceSettled) -> None:
            self.context.news("Đã chọn. Lựa chọn đi theo gói kế tiếp.")
            if following:
                self.list.choose(following[0])
            self.settled.emit(settled.changes)
            self.refresh()
            self.record.table.setFocus()

        self.record.forget()
        self.context.writer.run(
            lambda: job(self.context.ports()), owner=self, done=done, failed=self._not_settled
        )

    def _not_settled(self, error: ThiduaError) -> None:
        self._refused(error)
        self._show_chosen()

    def _refused(self, error: ThiduaError) -> None:
        self.context.news(refusal_text(error))


def _row(waiting: WaitingCell) -> Row:
    one = waiting.difference
    label = field_label(one.kind, one.field)
    below = f"{kind_label(one.kind)} · {label}"
    if not waiting.is_ours:
        return Row(one.cell, waiting.title, f"{below} · nơi khác chọn", word(one.state), "plain")
    return Row(one.cell, waiting.title, below, word(one.state), _KINDS[one.state.value])
