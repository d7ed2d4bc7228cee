"""Tiết kiệm: what a unit set out to save in a year, and how far it came."""

from __future__ import annotations

from thidua_desktop.domain.movements import SavingsTarget, reached_percent
from thidua_desktop.services.movements import MovementView, add_target
from thidua_desktop.ui.pages.movement_records import YearRecords
from thidua_desktop.ui.pages.movement_rows import NO_TARGET, TARGET_ROWS, formula, target_row
from thidua_desktop.ui.pages.page import Page
from thidua_desktop.ui.widgets.labels import Text

_WHOLE = 100


class SavingsRecords(YearRecords[SavingsTarget]):
    """The savings targets of a unit in a year."""

    def __init__(self, page: Page) -> None:
        super().__init__(
            page,
            SavingsTarget,
            TARGET_ROWS,
            target_row,
            make=add_target,
            name="Chỉ tiêu tiết kiệm",
            empty=NO_TARGET,
            begins="name",
            heights={"name": 2, "note": 3},
        )
        self.formula = Text(role="muted", wrap=True)
        self.body.addWidget(self.formula)
        self.shown.connect(self._show_formula)
        self.add = self.add_button("Thêm chỉ tiêu", self.begin_new)
        self.copy = self.add_copy_button(SavingsTarget, "chỉ tiêu")
        self.paste = self.add_paste_button(SavingsTarget)

    def show_view(self, view: MovementView) -> None:
        """Show the targets of a unit and a year."""
        super().show_view(view)
        self.show_records(view.targets, view.notes)
        percents = [reached_percent(one) for one in view.targets]
        reached = sum(one is not None and one >= _WHOLE for one in percents)
        self.count.setText(
            f"{len(view.targets)} chỉ tiêu của năm {view.year}, {reached} đã đạt hoặc vượt kế hoạch"
        )
        for button in (self.add, self.paste):
            button.setVisible(self.may_add)
        self.copy.setVisible(self.may_copy)

    def _show_formula(self, record: SavingsTarget | None) -> None:
        self.formula.setText(formula(record) if record else "")
