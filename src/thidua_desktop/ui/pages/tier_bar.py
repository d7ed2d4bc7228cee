"""The three steps of marking side by side: what each comes to, and whether it is closed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from thidua_desktop.domain.dates import shown
from thidua_desktop.domain.numbers import decimal_text
from thidua_desktop.domain.scoring import Tier
from thidua_desktop.domain.totals import Total
from thidua_desktop.domain.words import word
from thidua_desktop.services.checklists import ChecklistView
from thidua_desktop.services.scoring_rules import CLOSED_ON
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Chip, Text


class TierBar(QWidget):
    """`wanted` carries a tier and whether it is to be closed."""

    wanted = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        self.boxes = {tier: _TierBox(tier) for tier in Tier}
        for tier, box in self.boxes.items():
            box.button.clicked.connect(partial(self._ask, tier))
            layout.addWidget(box, 1)

    def show_view(self, view: ChecklistView) -> None:
        """Show what each step comes to."""
        for tier, box in self.boxes.items():
            box.show_tier(view)
            box.setVisible(tier is Tier.SELF or view.most_points > 0 or view.may_verify)

    def _ask(self, tier: Tier, _checked: object = None) -> None:
        self.wanted.emit(tier, not self.boxes[tier].is_closed)


class _TierBox(QFrame):
    def __init__(self, tier: Tier) -> None:
        super().__init__()
        self.setProperty("card", "1")
        self._tier = tier
        self.is_closed = False
        self._points = Text(role="strong")
        self._chip = Chip()
        self._below = Text(role="muted", wrap=True)
        self.button: QPushButton = button_of("Khóa", _nothing, quiet=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.setSpacing(2)
        row, below = QHBoxLayout(), QHBoxLayout()
        for line in (row, below):
            line.setSpacing(6)
        row.addWidget(Text(word(tier), role="muted"))
        row.addWidget(self._points, 1)
        row.addWidget(self.button)
        below.addWidget(self._chip)
        below.addWidget(self._below, 1)
        layout.addLayout(row)
        layout.addLayout(below)

    def show_tier(self, view: ChecklistView) -> None:
        tier, total = self._tier, view.totals[self._tier]
        day = getattr(view.checklist, CLOSED_ON[tier])
        self.is_closed = view.is_closed(tier)
        marked = self.is_closed or view.is_marked(tier)
        points = f"{decimal_text(total.total)}/{decimal_text(total.most)} điểm"
        self._points.setText((points if marked else "chưa chấm") if total.most else "")
        if self.is_closed:
            self._chip.show_status(f"Khóa {shown(day)}" if day else "Đã khóa", "ok")
        else:
            self._chip.show_status("", "plain")
        self._below.setText(_below(total) if marked else "")
        self._below.setVisible(bool(self._below.text()))
        mine = view.may_fill if tier is Tier.SELF else view.may_verify
        self.button.setVisible(mine and (not self.is_closed or day is not None))
        self.button.setText("Mở khóa" if self.is_closed else "Khóa")
        self.button.setAccessibleName(f"{self.button.text()} bước {word(tier)}")
        self.setAccessibleName(f"{word(tier)}: {decimal_text(total.total)} điểm")


def _below(total: Total) -> str:
    if not total.most:
        return ""
    parts = []
    if total.rating is not None:
        parts.append(word(total.rating))
    if total.bonus or total.added:
        parts.append(f"thưởng {decimal_text(total.bonus + total.added)}")
    if total.taken:
        parts.append(f"trừ {decimal_text(total.taken)}")
    if total.is_barred:
        parts.append("không suy tôn")
    return " · ".join(parts)


def _nothing() -> None:
    """Buttons are connected by the bar, which knows their step."""
