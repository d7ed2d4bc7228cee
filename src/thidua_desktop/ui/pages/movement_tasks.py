"""Phân công: what section VI of the plan gives to a unit, in the plan's own words."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.domain.movements import Assignment
from thidua_desktop.services.movements import MovementView
from thidua_desktop.ui.pages.list_tools import with_tools
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.widgets.frames import Card, panes, scrolled, under_tabs
from thidua_desktop.ui.widgets.labels import Chip, Text
from thidua_desktop.ui.widgets.rows import Row, RowList


class TasksView(QWidget):
    """The tasks of the unit first, then those of others; the chosen one at the right."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._tasks: dict[UUID, Assignment] = {}
        self._own: frozenset[UUID] = frozenset()
        self._shared: frozenset[UUID] = frozenset()
        self.list = RowList(context.look, "Phân công của kế hoạch")
        self.list.selectionModel().currentChanged.connect(self._choose)
        self.count = Text(role="muted", wrap=True)
        self._title = Text(role="heading", wrap=True)
        self._chip = Chip()
        self._fields = Text(role="strong", wrap=True)
        self._wording = Text(wrap=True)
        self._about = Text(role="muted", wrap=True)
        listed = with_tools(context.habits, "movement/tasks", self.list)
        card = Card()
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(head)
        for text in (self._fields, self._wording, self._about):
            card.body.addWidget(text)
        card.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(
            panes(under_tabs(listed, self.count), under_tabs(scrolled(card)), widths=(520, 540))
        )

    def show_view(self, view: MovementView) -> None:
        """Show the tasks of a unit, and those of all others."""
        every = (*view.leads, *view.shared, *view.tasks)
        self._tasks = {one.id: one for one in every}
        self._own = frozenset(one.id for one in view.leads)
        self._shared = frozenset(one.id for one in view.shared)
        self.list.show_rows([self._row(one) for one in every])
        fields = [one.lead_fields for one in view.leads if one.lead_fields]
        self.count.setText(
            f"{view.unit.name} chủ trì: {'; '.join(fields)}."
            if fields
            else f"Kế hoạch không giao riêng lĩnh vực nào cho {view.unit.name}."
        )
        if self.list.chosen() is None and every:
            self.list.choose(every[0].id)
        self._choose()

    def _row(self, one: Assignment) -> Row:
        about = " · ".join(part for part in (_begun(one.who), f"mục {one.section}") if part)
        title = _begun(one.lead_fields or one.wording)
        words, kind = self._status(one)
        return Row(one.id, title, about, words, kind)

    def _status(self, one: Assignment) -> tuple[str, str]:
        if one.id in self._own:
            return ("Đơn vị này chủ trì" if one.is_lead else "Giao đơn vị này"), "ok"
        if one.id in self._shared:
            return "Giao chung", "info"
        return ("Chủ trì" if one.is_lead else ""), "plain"

    def _choose(self) -> None:
        chosen = self.list.chosen()
        one = self._tasks.get(chosen) if isinstance(chosen, UUID) else None
        if one is None:
            return
        self._title.setText(_begun(one.who) or "Mọi cơ quan, đơn vị")
        self._chip.show_status(*self._status(one))
        self._fields.setText(f"Lĩnh vực: {one.lead_fields}." if one.lead_fields else "")
        self._fields.setVisible(bool(one.lead_fields))
        self._wording.setText(one.wording)
        self._about.setText(f"Nguyên văn kế hoạch, mục {one.section}.")


def _begun(words: str) -> str:
    """Return words with a capital letter at the beginning."""
    return words[:1].upper() + words[1:]
