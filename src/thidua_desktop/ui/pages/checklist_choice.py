"""Which checklist the page shows: of which set, of whom, for which year."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox

from thidua_desktop.services.checklist_places import ChecklistPlace
from thidua_desktop.services.criteria import CriteriaSetRow
from thidua_desktop.services.peers import UnitChoice, unit_choices
from thidua_desktop.ui.pages.page import Page
from thidua_desktop.ui.widgets.choice import Choice

_YEARS = range(2023, 2031)


class ChecklistChoice(QObject):
    """Three choices in the head of a page; the units follow from the set and the year.

    `leaving` is said before others are read, `chosen` when one can be opened.
    """

    leaving = Signal()
    chosen = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._unit: UUID | None = None
        self.sets = _narrow("Bộ tiêu chí", 10)
        self.units = _narrow("Đơn vị của phiếu", 8)
        self.year = _narrow("Năm", 7)
        for year in _YEARS:
            self.year.addItem(f"Năm {year}", year)
        self.year.setCurrentIndex(max(0, self.year.place_of(page.context.today().year)))
        page.head.add_widget(self.sets, stretch=4)
        page.head.add_widget(self.units, stretch=3)
        page.head.add_widget(self.year)
        self.sets.currentIndexChanged.connect(self._read_units)
        self.units.currentIndexChanged.connect(self.chosen)
        self.year.currentIndexChanged.connect(self._read_units)

    @property
    def key(self) -> tuple[object, object, object]:
        """Return the set, the year and the unit that are chosen."""
        return self.sets.currentData(), self.year.currentData(), self.units.currentData()

    def show_sets(self, sets: Sequence[CriteriaSetRow]) -> None:
        """Offer these sets; the chosen one stays so."""
        chosen = self.sets.currentData()
        self.sets.blockSignals(True)
        self.sets.clear()
        for one in sets:
            version = f" (phiên bản {one.criteria_set.version})" if one.criteria_set.version else ""
            self.sets.addItem(f"{one.criteria_set.name}{version}", one.criteria_set.id)
        place = self.sets.place_of(chosen)
        self.sets.setCurrentIndex(max(0, place) if sets else -1)
        self.sets.blockSignals(False)
        self._read_units()

    def go_to(self, place: ChecklistPlace) -> None:
        """Choose another checklist, of a set that is offered; the unit when its name has come."""
        if self.sets.place_of(place.set_id) < 0:
            return
        for choice, value in ((self.sets, place.set_id), (self.year, place.year)):
            choice.blockSignals(True)
            choice.setCurrentIndex(choice.place_of(value))
            choice.blockSignals(False)
        self._unit = place.unit_id
        self._read_units()

    def _read_units(self) -> None:
        """Read whose checklists there are of this set and year."""
        self.leaving.emit()
        set_id, year = self.sets.currentData(), self.year.currentData()
        if isinstance(set_id, UUID):
            self._page.read(
                lambda ports: (set_id, year, unit_choices(ports, set_id=set_id, year=year)),
                self._show_units,
            )

    def _show_units(self, found: tuple[UUID, int, Sequence[UnitChoice]]) -> None:
        set_id, year, units = found
        if (set_id, year) != self.key[:2]:
            return  # another one was chosen meanwhile
        wanted, self._unit = self._unit or self.units.currentData(), None
        self.units.blockSignals(True)
        self.units.clear()
        for one in units:
            self.units.addItem(f"{one.name}{'' if one.is_filled else ' (chưa lập)'}", one.unit_id)
        self.units.setCurrentIndex(max(0, self.units.place_of(wanted)))
        self.units.setVisible(len(units) > 1)
        self.units.blockSignals(False)
        self.chosen.emit()


def _narrow(name: str, letters: int) -> Choice:
    """Return a choice for the head of the page, that does not ask for the width of its longest."""
    choice = Choice()
    choice.setAccessibleName(name)
    choice.setMinimumContentsLength(letters)
    policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
    choice.setSizeAdjustPolicy(policy)
    return choice
