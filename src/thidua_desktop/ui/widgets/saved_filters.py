"""Filters that a person gave a name: what was searched for, and what was chosen beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QTabBar, QWidget

from thidua_desktop.domain.text import clean, sort_key
from thidua_desktop.ui.habits import Habits


class SavedFilters:
    """Those of one list. `fields` are what it is filtered by, in the order they are set."""

    def __init__(self, habits: Habits, key: str, fields: Mapping[str, QWidget]) -> None:
        self._habits = habits
        self._key = f"{key}/filters"
        self._fields = dict(fields)
        self._usual = self.now()

    def now(self) -> dict[str, Any]:
        """Return what the list is filtered by at this moment."""
        return {name: _said(field) for name, field in self._fields.items()}

    def is_usual(self) -> bool:
        """Tell whether the list is filtered by nothing."""
        return self.now() == self._usual

    def names(self) -> list[str]:
        """Return the names of those that were saved, in the order of Vietnamese words."""
        return sorted(self._saved(), key=sort_key)

    def save(self, name: str) -> None:
        """Keep what the list is filtered by under a name; one that has the name is replaced."""
        self._keep(self._saved() | {clean(name): self.now()})

    def apply(self, name: str) -> None:
        """Filter the list as it was when the name was given."""
        self._set(self._usual | self._saved().get(name, {}))

    def rename(self, name: str, other: str) -> None:
        """Call a filter otherwise; one that has that name is replaced."""
        saved = self._saved()
        if name in saved:
            held = saved.pop(name)
            self._keep(saved | {clean(other): held})

    def delete(self, name: str) -> None:
        """Forget a filter; the list stays as it is."""
        saved = self._saved()
        saved.pop(name, None)
        self._keep(saved)

    def clear(self) -> None:
        """Filter by nothing."""
        self._set(self._usual)

    def _set(self, values: Mapping[str, Any]) -> None:
        for name, field in self._fields.items():
            _put(field, values[name])

    def _saved(self) -> dict[str, dict[str, Any]]:
        kept = self._habits.kept(self._key)
        if not isinstance(kept, dict):
            return {}
        return {name: held for name, held in kept.items() if isinstance(held, dict)}

    def _keep(self, saved: Mapping[str, dict[str, Any]]) -> None:
        self._habits.keep(self._key, dict(saved))


def _said(field: QWidget) -> Any:  # noqa: ANN401 - a text, a number, a yes
    match field:
        case QLineEdit():
            return field.text()
        case QCheckBox():
            return field.isChecked()
        case QTabBar():
            return field.currentIndex()
        case QComboBox():
            return _plain(field, field.currentIndex())
        case _:
            raise TypeError(field)


def _put(field: QWidget, value: Any) -> None:  # noqa: ANN401
    match field:
        case QLineEdit():
            field.setText(str(value))
        case QCheckBox():
            field.setChecked(bool(value))
        case QTabBar():
            field.setCurrentIndex(value if isinstance(value, int) else 0)
        case QComboBox():
            places = (n for n in range(field.count()) if _plain(field, n) == value)
            field.setCurrentIndex(next(places, 0))
        case _:
            raise TypeError(field)


def _plain(field: QComboBox, place: int) -> Any:  # noqa: ANN401
    """Return a choice as it is kept: its value, or its words where it stands for nothing else."""
    held = field.itemData(place)
    return field.itemText(place) if held is None else str(held)
