"""Xếp hạng, thử điểm: the units compared, and what the rank would be with other points."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.domain.numbers import decimal_text, read_decimal
from thidua_desktop.domain.ranking import Rank
from thidua_desktop.domain.scoring import Tier, is_by_points
from thidua_desktop.domain.totals import Total
from thidua_desktop.domain.words import word
from thidua_desktop.services.checklists import ChecklistView
from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.widgets.choice import Choice
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.headings import fit_headings
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.typed_words import let_pass

_HEADS = ("Hạng", "Đơn vị", "Tổng điểm", "Xếp loại")
_ALONE = (
    "Máy này chưa có phiếu của đơn vị khác cùng cụm, khối theo bộ và năm này, nên chưa xếp hạng. "
    "Tỉnh xếp hạng khi đã nhận đủ phiếu."
)


class RankDialog(Dialog):
    """Shows ranks by verified totals; nothing that is tried here is stored."""

    print_wanted = Signal()

    def __init__(
        self, view: ChecklistView, chosen: UUID | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Xếp hạng, thử điểm")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(720, 520)
        self._view = view
        self.table = _table(view)
        self.criterion = Choice()
        self.criterion.setAccessibleName("Nếu tiêu chí")
        for row in view.rows:
            criterion = row.row.criterion
            if is_by_points(criterion):
                self.criterion.addItem(
                    f"{criterion.place or ''}. {criterion.wording}", criterion.id
                )
        self.criterion.setCurrentIndex(max(0, self.criterion.place_of(chosen)))
        self.points = QLineEdit()
        let_pass(self.points)
        self.points.setAccessibleName("được số điểm")
        self.outcome = Text(role="strong", wrap=True)
        self.criterion.currentIndexChanged.connect(self._start)
        self.points.textChanged.connect(self._try)
        form = QFormLayout()
        form.addRow("Nếu tiêu chí", self.criterion)
        form.addRow("được số điểm", self.points)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        if view.rank is None:
            layout.addWidget(Text(_ALONE, role="muted", wrap=True))
        layout.addWidget(self.table, 1)
        layout.addWidget(Text("Thử xem (không lưu gì)", role="heading"))
        layout.addLayout(form)
        layout.addWidget(self.outcome)
        buttons = QHBoxLayout()
        buttons.addWidget(button_of("In bảng tổng hợp…", self.print_wanted.emit))
        buttons.addStretch(1)
        buttons.addWidget(button_of("Đóng", self.reject))
        layout.addLayout(buttons)
        self._start()

    def _start(self) -> None:
        """Begin with the points that hold now."""
        chosen = self.criterion.currentData()
        row = next((one for one in self._view.rows if one.row.criterion.id == chosen), None)
        given = row.given(Tier.VERIFIED) if row else None
        self.points.setText("" if given is None else decimal_text(given))
        self._try()

    def _try(self) -> None:
        chosen, now = self.criterion.currentData(), self._view.totals[Tier.VERIFIED]
        row = next((one for one in self._view.rows if one.row.criterion.id == chosen), None)
        if row is None:
            self.outcome.setText("Bộ tiêu chí này không chấm điểm.")
            return
        try:
            points = read_decimal(self.points.text())
        except ValueError:
            self.outcome.setText(f"Hiện nay: {_said(now, self._view.rank)}.")
            return
        most = row.row.criterion.points
        if points < 0 or (most is not None and points > most):
            best = decimal_text(most) if most is not None else "?"
            self.outcome.setText(f"⚠ Điểm của tiêu chí này từ 0 đến {best}.")
            return
        then = self._view.what_if(row.row.criterion.id, points)
        self.outcome.setText(
            f"Hiện nay: {_said(now, self._view.rank)}.\nNếu vậy: {_said(then.total, then.rank)}."
        )


def _said(total: Total, rank: Rank | None) -> str:
    words = f"{decimal_text(total.total)} điểm"
    if total.rating is not None:
        words += f", xếp loại {word(total.rating)}"
    if rank is not None:
        words += f", hạng {rank.place}/{rank.among}"
        if rank.shared:
            words += f" (đồng hạng với {rank.shared} đơn vị)"
    return words


def _table(view: ChecklistView) -> QTableWidget:
    table = QTableWidget(len(view.peers), len(_HEADS))
    table.setAccessibleName("Các đơn vị được so sánh")
    table.setHorizontalHeaderLabels(_HEADS)
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
    table.verticalHeader().hide()
    table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
    for line, peer in enumerate(view.peers):
        own = peer.checklist_id == view.checklist.id
        name = f"▸ {peer.name}" if own else peer.name
        if peer.total.is_barred:
            name += " (không suy tôn)"
        rating = word(peer.total.rating) if peer.total.rating else ""
        place = str(peer.rank.place) if peer.rank and view.rank else ""  # one alone has none
        for column, words in enumerate((place, name, decimal_text(peer.total.total), rating)):
            item = QTableWidgetItem(words)
            if column != 1:
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            table.setItem(line, column, item)
        if own:
            table.selectRow(line)
    fit_headings(table)
    table.setMinimumHeight(120)
    return table
