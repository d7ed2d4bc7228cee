"""Which unit and which year the page of the movement is about."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from thidua_desktop.services.movements import MovementView
from thidua_desktop.ui.widgets.choice import Choice
from thidua_desktop.ui.widgets.labels import Text


class MovementScope(QWidget):
    """Two choices. `unit_chosen` and `year_chosen` tell what a person chose, not what is shown."""

    unit_chosen = Signal(object)
    year_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._is_showing = False
        self.units = _choice("Đơn vị", 26)
        self.units.currentIndexChanged.connect(self._choose_unit)
        self.years = _choice("Năm", 4)
        self.years.currentIndexChanged.connect(self._choose_year)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.units)
        layout.addWidget(Text("Năm"))
        layout.addWidget(self.years)

    def show_view(self, view: MovementView) -> None:
        """Offer the units and years of what is shown, and show which one it is."""
        self._is_showing = True
        units = self.units
        if [(units.itemText(n), units.itemData(n)) for n in range(units.count())] != [*view.units]:
            units.clear()
            for name, unit_id in view.units:
                units.addItem(name, unit_id)
        units.setCurrentIndex(units.place_of(view.unit.id))
        units.setVisible(len(view.units) > 1)
        if self.years.count() != len(view.years):
            self.years.clear()
            for year in view.years:
                self.years.addItem(str(year), year)
        self.years.setCurrentIndex(self.years.place_of(view.year))
        self._is_showing = False

    def _choose_unit(self) -> None:
        chosen = self.units.currentData()
        if not self._is_showing and isinstance(chosen, UUID):
            self.unit_chosen.emit(chosen)

    def _choose_year(self) -> None:
        chosen = self.years.currentData()
        if not self._is_showing and isinstance(chosen, int):
            self.year_chosen.emit(chosen)


def _choice(name: str, length: int) -> Choice:
    made = Choice()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(length)
    return made
