"""Changing the register from its page: units by a resolution, groups by hand, and back again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.peer_groups import GroupNode
from thidua_desktop.services.unit_change_wording import change_summary
from thidua_desktop.services.unit_changes import ChangeMade, undo_change
from thidua_desktop.services.units import LifeStep, UnitSaved
from thidua_desktop.ui.dialogs.change_units import ChangeUnits
from thidua_desktop.ui.dialogs.group_dialog import GroupDialog
from thidua_desktop.ui.dialogs.new_unit import NewUnit
from thidua_desktop.ui.dialogs.undo_change import UndoChange
from thidua_desktop.ui.pages.page import Page
from thidua_desktop.ui.widgets.undo import UndoBar

Arrived = Callable[[UUID | None, PartialDate | None], None]


class Arranging:
    """Opens the dialogs of a page; `arrived` shows a record, from a day on, when all is done."""

    def __init__(self, page: Page, arrived: Arrived) -> None:
        self._page = page
        self._arrived = arrived
        self.undo = UndoBar()

    def change_units(self, old: Sequence[UUID], day: PartialDate) -> None:
        """Merge, split, rename or abolish units."""
        dialog = ChangeUnits(self._page.context, old=old, day=day, parent=self._page)
        dialog.made.connect(self._made)
        dialog.open()

    def add_unit(self, above: Sequence[UUID], day: PartialDate) -> None:
        """Set up a unit that follows no other one."""
        dialog = NewUnit(self._page.context, above=above, day=day, parent=self._page)
        dialog.added.connect(self._added)
        dialog.open()

    def ask_undo(self, step: LifeStep) -> None:
        """Look at what a step did, and take it back."""
        dialog = UndoChange(self._page.context, step.id, self._page)
        dialog.undone.connect(self._undone)
        dialog.open()

    def keep_group(self, node: GroupNode | None, day: PartialDate) -> None:
        """Set up a group, or change one."""
        dialog = GroupDialog(self._page.context, day, node, self._page)
        dialog.kept.connect(self._group_kept)
        dialog.open()

    def _made(self, made: ChangeMade) -> None:
        words = change_summary(made.plan)
        change = made.plan.change
        self._page.context.news(words)
        self.undo.offer(words, lambda: self._take_back(made.step))
        self._page.changed.emit(made.changes)
        born = (unit.id for unit in made.plan.born)
        self._arrived(next(born, change.into or change.old[0]), change.day)

    def _added(self, saved: UnitSaved) -> None:
        self._page.changed.emit(saved.changes)
        self._arrived(saved.unit.id, saved.unit.valid_from)

    def _take_back(self, step: UUID) -> None:
        self._page.write(lambda ports: undo_change(ports, step), self._undone)

    def _undone(self, changes: Changes) -> None:
        self._page.context.news("Đã hoàn tác: danh mục trở lại như trước.")
        self._page.changed.emit(changes)
        self._arrived(None, None)

    def _group_kept(self, changes: Changes) -> None:
        self._page.changed.emit(changes)
        groups = (one for kind, one in changes.touched if kind == "peer_group")
        self._arrived(next(groups, None), None)
