"""Columns that a person lets a list show beside what it always shows, as wide as he left them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableView, QTreeView

from thidua_desktop.ui.habits import Habits

FIRST_WIDTH = 280
USUAL_WIDTH = 150
NARROWEST, WIDEST = 40, 1_200


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a list can show: its name for ever, and its heading."""

    name: str
    label: str


class Columns(QObject):
    """Serves one view. Its first section always stands; `changed` tells that others do."""

    changed = Signal()

    def __init__(self, view: QTableView | QTreeView, habits: Habits) -> None:
        super().__init__(view)
        self._view = view
        self._habits = habits
        self._key = ""
        self._offered: tuple[Column, ...] = ()
        self._shown: list[str] = []
        self._widths: dict[str, int] = {}
        self._is_arranging = False
        self.header = view.header() if isinstance(view, QTreeView) else view.horizontalHeader()
        self.header.setSectionsMovable(True)
        self.header.setFirstSectionMovable(False)
        self.header.setMinimumSectionSize(NARROWEST)
        self.header.setHighlightSections(False)
        self.header.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.header.sectionResized.connect(self._resized)
        self.header.sectionMoved.connect(self._moved)

    def offer(self, key: str, columns: Sequence[Column]) -> None:
        """Let these columns be chosen, as they were left under this key. The model has them."""
        self._key, self._offered = key, tuple(columns)
        kept = self._habits.kept(f"{key}/columns")
        kept = kept if isinstance(kept, dict) else {}
        known = {column.name for column in columns}
        shown, widths = kept.get("shown"), kept.get("widths")
        self._shown = [one for one in shown if one in known] if isinstance(shown, list) else []
        self._widths = _sound(widths) if isinstance(widths, dict) else {}
        self._arrange()

    @property
    def offered(self) -> tuple[Column, ...]:
        """Return the columns that can be chosen."""
        return self._offered

    @property
    def shown(self) -> tuple[str, ...]:
        """Return the names of the columns that stand, from the left."""
        return tuple(self._shown)

    def width_of(self, name: str) -> int:
        """Return how wide a column is; the first one has no name. Its heading is seen whole."""
        if name in self._widths or not name:
            return self._widths.get(name, FIRST_WIDTH)
        names = [column.name for column in self._offered]
        place = names.index(name) + 1
        heading = self.header.sectionSizeHint(place) if place < self.header.count() else 0
        return max(USUAL_WIDTH, min(heading, WIDEST))

    def choose(self, shown: Sequence[str], widths: dict[str, int]) -> None:
        """Show these columns in this order, and keep that."""
        known = {column.name for column in self._offered}
        self._shown = list(dict.fromkeys(one for one in shown if one in known))
        self._widths |= _sound(widths)
        self._keep()
        self._arrange()

    def reset(self) -> None:
        """Show the list as it was before anybody chose."""
        self._shown, self._widths = [], {}
        self._keep()
        self._arrange()

    def _arrange(self) -> None:
        """Hide, order and size the sections as chosen."""
        self._is_arranging = True
        header, view = self.header, self._view
        whole = (
            QHeaderView.ResizeMode.Interactive if self._shown else QHeaderView.ResizeMode.Stretch
        )
        header.setVisible(bool(self._shown))
        header.setStretchLastSection(False)
        for place, column in enumerate(self._offered, start=1):
            header.setSectionHidden(place, column.name not in self._shown)
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
        if header.count():
            header.setSectionResizeMode(0, whole)
        names = [column.name for column in self._offered]
        for at, name in enumerate(self._shown, start=1):
            place = names.index(name) + 1
            header.moveSection(header.visualIndex(place), at)
            header.resizeSection(place, self.width_of(name))
        if self._shown:
            header.resizeSection(0, self.width_of(""))
        off, on = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        view.setHorizontalScrollBarPolicy(on if self._shown else off)
        self._is_arranging = False
        self.changed.emit()

    def _name(self, place: int) -> str:
        return self._offered[place - 1].name if place else ""

    def _resized(self, place: int, _before: int, width: int) -> None:
        if self._is_arranging or not self._shown or not width or place > len(self._offered):
            return
        self._widths[self._name(place)] = width
        self._keep()

    def _moved(self, _place: int, _before: int, _after: int) -> None:
        if self._is_arranging:
            return
        places = [self.header.logicalIndex(at) for at in range(self.header.count())]
        ordered = [self._name(place) for place in places if place]
        self._shown = [name for name in ordered if name in self._shown]
        self._keep()

    def _keep(self) -> None:
        self._habits.keep(
            f"{self._key}/columns", {"shown": self._shown, "widths": dict(self._widths)}
        )


def _sound(widths: dict[str, int]) -> dict[str, int]:
    """Return the widths that can be: a file may have been touched by hand."""
    return {
        str(name): min(max(width, NARROWEST), WIDEST)
        for name, width in widths.items()
        if isinstance(width, int)
    }
