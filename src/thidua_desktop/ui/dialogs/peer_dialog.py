"""Chấm chéo đơn vị bạn: what this office gives its peers, criterion by criterion."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout

from thidua_desktop.domain.dates import shown
from thidua_desktop.domain.errors import ThiduaError
from thidua_desktop.domain.issue_text import refusal_text
from thidua_desktop.domain.issues import FieldIssue
from thidua_desktop.domain.numbers import decimal_text
from thidua_desktop.domain.peer_scores import PeerScore, PeerSheet, peer_score_issues
from thidua_desktop.services.peer_scores import (
    PeerRow,
    PeerSheetView,
    close_peer_sheet,
    open_peer_sheet,
    peers_to_score,
    save_peer_score,
)
from thidua_desktop.services.peers import UnitChoice
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import RecordSaved
from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.pages.page import Page
from thidua_desktop.ui.pages.saved_form import SavedForm
from thidua_desktop.ui.widgets.choice import Choice
from thidua_desktop.ui.widgets.frames import Card, button_of, panes, scrolled
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.rows import Row, RowList

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ABOUT = (
    "Cơ quan chấm các đơn vị cùng cụm, khối theo hồ sơ, biên bản của cụm. Ai chấm ai theo quy chế "
    "của cụm, khối: chương trình không ấn định, chỉ chấm đơn vị được giao. Điểm là của cơ quan "
    "chấm; khóa phiếu thì gói tới mang về tỉnh, tỉnh đặt cạnh điểm tự chấm."
)
_ALONE = "Cơ quan chưa ở cụm, khối thi đua nào có đơn vị khác, nên chưa có đơn vị để chấm chéo."


class PeerDialog(Dialog):
    """One criterion after the other; Enter in the last field goes on. `changed` tells of saves."""

    changed = Signal(object)

    def __init__(self, page: Page, set_id: UUID, year: int) -> None:
        super().__init__(page)
        self.setWindowTitle(f"Chấm chéo đơn vị bạn, năm {year}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(900, 580)
        self._page, self._set_id, self._year = page, set_id, year
        self._view: PeerSheetView | None = None
        self.units = Choice()
        self.units.setAccessibleName("Đơn vị được chấm")
        self.units.currentIndexChanged.connect(self._open)
        self.bar = QProgressBar()
        self.bar.setAccessibleName("Số tiêu chí đã chấm")
        self.list = RowList(page.context.look, "Các tiêu chí chấm chéo")
        self.list.selectionModel().currentChanged.connect(self._choose)
        self.list.activated.connect(lambda _: self.begin())
        self.title = Text(role="heading", wrap=True)
        self.wording = Text(wrap=True)
        self.saving: SavedForm[PeerScore] = SavedForm(
            page, PeerScore, (("points",), ("reason",)), store=self._store, judge=self._too_much
        )
        self.form = self.saving.form
        self.form.editors["reason"].inner.installEventFilter(self)
        self.saving.saved.connect(self._saved)
        self.message = Text(role="complaint", wrap=True)
        self.total = Text(role="strong")
        self.close_sheet = button_of("Khóa phiếu", self.set_closed, primary=True)
        self._lay_out()
        page.read(lambda ports: peers_to_score(ports, set_id=set_id, year=year), self._show_units)

    def _lay_out(self) -> None:
        card = Card()
        for widget in (self.title, self.wording, self.saving):
            card.body.addWidget(widget)
        card.body.addStretch(1)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.units, 1)
        head.addWidget(self.bar, 1)
        foot.addWidget(self.total)
        foot.addStretch(1)
        for button in (self.close_sheet, button_of("Đóng", self.reject)):
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addWidget(Text(_ABOUT, role="muted", wrap=True))
        layout.addLayout(head)
        layout.addWidget(panes(self.list, scrolled(card), widths=(380, 480)), 1)
        layout.addWidget(self.message)
        layout.addLayout(foot)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go on to the next criterion with Enter in the last field."""
        pressed = event.key() if isinstance(event, QKeyEvent) else None
        if pressed in _ENTER and event.type() == QEvent.Type.KeyPress:
            self.saving.flush()
            self.list.step(1)
            self.begin()
            return True
        return super().eventFilter(watched, event)

    def begin(self) -> None:
        """Put the cursor where the points are typed, as Tab would: new ones replace the old."""
        self.form.editors["points"].setFocus(Qt.FocusReason.TabFocusReason)

    def leave(self) -> None:
        """Save what waits, and close."""
        self.saving.flush()
        super().leave()

    # reading

    def _show_units(self, units: Sequence[UnitChoice]) -> None:
        for one in units:
            begun = "" if one.is_filled else " (chưa chấm)"
            self.units.addItem(f"{one.name}{begun}", one.unit_id)
        self.message.setText("" if units else _ALONE)
        for widget in (self.units, self.bar, self.saving, self.close_sheet):
            widget.setEnabled(bool(units))

    def _open(self) -> None:
        self.saving.flush()
        unit = self.units.currentData()
        if isinstance(unit, UUID):
            self._page.read_shown(
                lambda ports: open_peer_sheet(
                    ports, set_id=self._set_id, year=self._year, unit_id=unit
                ),
                self._show,
                same=lambda: self._view is not None and self._view.sheet.unit_id == unit,
            )

    def _show(self, view: PeerSheetView) -> None:
        if view.sheet.unit_id != self.units.currentData():
            return  # another one was chosen meanwhile
        self._view = view
        self.list.show_rows([_list_row(row) for row in view.rows])
        self.bar.setMaximum(max(1, len(view.rows)))
        self.bar.setValue(view.given)
        self.bar.setFormat(f"Đã chấm {view.given}/{len(view.rows)} tiêu chí")
        self.total.setText(f"{decimal_text(view.total)}/{decimal_text(view.most)} điểm")
        if view.given:
            self.units.setItemText(self.units.currentIndex(), view.unit_name)  # begun by now
        self.close_sheet.setText("Mở khóa phiếu" if view.is_closed else "Khóa phiếu")
        if view.is_closed:
            day = shown(view.sheet.closed_on) if view.sheet.closed_on else ""
            self.message.setText("")
            self.total.setText(f"{self.total.text()} · ✓ Khóa ngày {day}, đi cùng gói tới")
        elif not view.rows:
            self.message.setText("Bộ tiêu chí này không chấm điểm, nên không có phiếu chấm chéo.")
        self.close_sheet.setEnabled(bool(view.rows))
        if self.list.chosen() is None and view.rows:
            self.list.choose(view.rows[0].row.criterion.id)
            self.begin()
        self._choose()

    def _choose(self) -> None:
        row = self._row()
        if row is None or self._view is None:
            return
        criterion = row.row.criterion
        most = decimal_text(criterion.points) if criterion.points is not None else "?"
        self.title.setText(f"Tiêu chí {criterion.place or ''} · tối đa {most} điểm")
        self.wording.setText(criterion.wording)
        self.saving.show_record(row.score, read_only=self._view.is_closed)

    def _row(self) -> PeerRow | None:
        rows = self._view.rows if self._view else ()
        return next((one for one in rows if one.row.criterion.id == self.list.chosen()), None)

    # writing

    def set_closed(self) -> None:
        """Close the sheet, or open it again."""
        self.saving.flush()
        view = self._view
        if view is not None:
            sheet, closed = view.sheet, not view.is_closed
            self._page.write(
                lambda ports: close_peer_sheet(ports, sheet, closed=closed),
                self._closed,
                self._refused,
            )

    def _closed(self, saved: RecordSaved[PeerSheet]) -> None:
        self.message.setText("")
        self.changed.emit(saved.changes)
        self._open()

    def _refused(self, error: ThiduaError) -> None:
        self.message.setText(f"⚠ {refusal_text(error)}")

    def _store(self, ports: Ports, score: PeerScore, before: PeerScore) -> RecordSaved[PeerScore]:
        view = self._view
        if view is None:
            raise RuntimeError("no sheet is shown")
        is_new = any(one.is_new for one in view.rows if one.score.id == score.id)
        return save_peer_score(ports, view.sheet, score, shown=None if is_new else before)

    def _saved(self, saved: RecordSaved[PeerScore]) -> None:
        self.changed.emit(saved.changes)
        self._open()

    def _too_much(self, score: PeerScore) -> tuple[FieldIssue, ...]:
        rows = self._view.rows if self._view else ()
        of_score = (one.row.criterion for one in rows if one.score.id == score.id)
        criterion = next(of_score, None)
        return peer_score_issues(score, criterion) if criterion else ()


def _list_row(row: PeerRow) -> Row:
    criterion, points = row.row.criterion, row.score.points
    status = "Chưa chấm" if points is None else f"{decimal_text(points)} điểm"
    title = f"{criterion.place or ''}. {criterion.wording}"
    kind = "plain" if points is None else "info"
    return Row(criterion.id, title, row.score.reason or criterion.part, status, kind)
