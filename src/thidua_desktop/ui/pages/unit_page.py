"""Đơn vị: the register as a tree on a day, and the unit that is chosen in it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.domain.dates import PartialDate, from_typed, shown
from thidua_desktop.domain.errors import InvalidInputError, ThiduaError
from thidua_desktop.domain.notes import FieldNote, FieldPlace
from thidua_desktop.domain.units import Unit
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.many import unit_target
from thidua_desktop.services.notes import notes_of_unit
from thidua_desktop.services.peer_groups import GroupNode, peer_groups
from thidua_desktop.services.units import (
    UnitLife,
    UnitSaved,
    UnitTree,
    all_labels,
    open_unit,
    save_unit,
    unit_life,
    unit_tree,
)
from thidua_desktop.ui.habits import keep_panes
from thidua_desktop.ui.pages.list_tools import ListTools
from thidua_desktop.ui.pages.noting import Noting
from thidua_desktop.ui.pages.page import Page, PageContext
from thidua_desktop.ui.pages.pasting import Pasting
from thidua_desktop.ui.pages.unit_arranging import Arranging
from thidua_desktop.ui.pages.unit_card import ROWS, UnitCard
from thidua_desktop.ui.pages.unit_groups import GroupView
from thidua_desktop.ui.pages.unit_life import LifeView
from thidua_desktop.ui.pages.unit_signers import SignersView
from thidua_desktop.ui.pages.unit_tree_view import UnitTreeView
from thidua_desktop.ui.widgets.choice import Choice
from thidua_desktop.ui.widgets.frames import panes, scrolled
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.saved_filters import SavedFilters
from thidua_desktop.ui.widgets.saving import AutoSave
from thidua_desktop.ui.widgets.stepping import step_view


class UnitPage(Page):
    """The register of units."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("Đơn vị", context)
        self._tree: UnitTree | None = None
        self._labels: dict[UUID, str] = {}
        self._groups: tuple[GroupNode, ...] = ()
        self._goal: UUID | None = None
        self._group: UUID | None = None
        self._shown: Unit | None = None
        self._wanted: FieldPlace | None = None
        self._search = QLineEdit()
        self._search.setPlaceholderText("Tìm tên, mã, không cần dấu (Ctrl+F)")
        self._search.setAccessibleName("Tìm đơn vị")
        self._search.textChanged.connect(self._show_tree)
        self._day = QLineEdit(shown(PartialDate.of(context.today())))
        self._day.setAccessibleName("Danh mục vào ngày")
        self._day.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._day.editingFinished.connect(self.refresh)
        self.by = Choice()
        self.by.setAccessibleName("Xem danh mục theo")
        self.by.addItems(["Theo cấp", "Theo cụm, khối"])
        self.by.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.by.setMinimumContentsLength(len("Theo cụm, khối"))
        self.by.currentIndexChanged.connect(self._show_tree)
        self._dissolved = QCheckBox("Cả đơn vị đã hết hiệu lực")
        self._dissolved.toggled.connect(self.refresh)
        self._view = UnitTreeView(context.look, context.habits)
        self._view.currentItemChanged.connect(self._choose)
        self._view.columns.changed.connect(self._show_tree)
        self._count = Text(role="muted")
        self._autosave = AutoSave(self._save, self)
        self.arranging = Arranging(self, self._arrive)
        self.arrange = self.head.add_action("Sáp nhập, sắp xếp…", self.begin_new)
        self.arrange.setToolTip("Sáp nhập, chia, tách, đổi tên, giải thể theo nghị quyết (Ctrl+N)")
        self.paste_units = self.head.add_action("Dán từ Excel…", self.paste, name="paste")
        self.paste_units.setToolTip("Cột mã đơn vị, rồi địa chỉ, điện thoại, tên gọi tắt…")
        self.many = self.head.add_action("Sửa hàng loạt…", self.edit_many, name="many")
        self.many.setToolTip("Đánh dấu nhiều đơn vị (Shift+↓) rồi sửa cùng một ô")
        self._pasting = Pasting(self, self._many_done)
        self.add_unit = self.head.add_action("Thêm đơn vị…", self._add_unit)
        self.add_group = self.head.add_action("Thêm cụm, khối…", self._add_group)
        self._make_parts()
        self.body.addWidget(self.arranging.undo)
        self.body.addWidget(self._splitter(), 1)

    def _make_parts(self) -> None:
        """Make what stands beside the form: the life of a unit, its signers; and a group."""
        self.life = LifeView()
        self.life.wanted.connect(self._go_to)
        self.life.undoing.connect(self.arranging.ask_undo)
        self.signers = SignersView(self)
        self.signers.changed.connect(self.changed)
        self.card = UnitCard(self.life, self.signers)
        self.form, self.tabs = self.card.form, self.card.tabs
        self.form.edited.connect(self._touched)
        self.form.left.connect(self.flush)
        self._noting = Noting(self, self._askable, self._noted)
        self._noting.serve(self.form)
        self.group = GroupView()
        self.group.editing.connect(self._edit_group)
        self.group.wanted.connect(self._go_to)

    def _splitter(self) -> QSplitter:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        fields = {"by": self.by, "dissolved": self._dissolved, "text": self._search}
        self._filters = SavedFilters(self.context.habits, "units", fields)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._search, 1)
        top.addWidget(ListTools(self._filters, self._view.columns, "danh mục đơn vị"))
        column.addLayout(top)
        row = QHBoxLayout()
        row.addWidget(self.by)
        row.addWidget(Text("ngày"))
        row.addWidget(self._day)
        row.addStretch(1)
        row.addWidget(self._count)
        column.addLayout(row)
        column.addWidget(self._view, 1)
        column.addWidget(self._dissolved)
        right = QStackedWidget()
        right.addWidget(self.card)
        right.addWidget(scrolled(self.group))
        self._right = right
        sides = panes(left, right, widths=(430, 650))
        return keep_panes(self.context.habits, "units", sides)

    def refresh(self) -> None:
        """Read the register as it stands on the day."""
        try:
            day = from_typed(self._day.text())
        except ValueError:
            self._day.setText(shown(PartialDate.of(self.context.today())))
            return
        dissolved = self._dissolved.isChecked()
        self.read(
            lambda ports: (
                unit_tree(ports, day, with_dissolved=dissolved),
                peer_groups(ports, day),
                all_labels(ports),
            ),
            self._show,
        )
        office = self.context.office()
        for button in (self.arrange, self.add_unit, self.paste_units, self.many):
            button.setVisible(office.is_province)
        self.life.let_undo(allowed=office.is_province)

    def open_at(self, key: object) -> None:
        """Show this unit, at a field if one is named; also one that is over, or not yet there."""
        self._wanted = key if isinstance(key, FieldPlace) else None
        if isinstance(key, FieldPlace):
            self._search.clear()
            self._show_tree()

    def look_at(
        self, day: PartialDate, *, text: str = "", part: int = 0, with_dissolved: bool = False
    ) -> None:
        """Show the register of a day, what is found in it, and a part of what is told of it."""
        self.by.setCurrentIndex(0)
        self._dissolved.setChecked(with_dissolved)
        self._day.setText(shown(day))
        self._search.setText(text)
        self.tabs.setCurrentIndex(part)
        self.refresh()

    def search(self) -> None:
        """Put the cursor into the search."""
        self._search.setFocus()

    def step(self, by: int) -> None:
        """Go to the next unit or group in sight, or the one before."""
        step_view(self._view, by)

    def flush(self) -> None:
        """Save what waits."""
        self._autosave.flush()
        self.signers.flush()

    def begin_new(self) -> None:
        """Merge, split, rename or abolish units; the chosen one is taken along."""
        if self.context.office().is_province:
            self.flush()
            unit = self._shown
            is_open = unit is not None and unit.valid_to is None and unit.stands_on(self._as_of)
            self.arranging.change_units((unit.id,) if unit and is_open else (), self._as_of)

    def close_down(self) -> None:
        """Save what waits; the window goes."""
        self.flush()

    def _arrive(self, record_id: UUID | None, day: PartialDate | None) -> None:
        """Show what was just made, on a day on which it stands."""
        self._goal = record_id
        if day is not None and day > self._as_of:
            self._day.setText(shown(day))
        self.refresh()

    def _go_to(self, unit_id: UUID) -> None:
        """Show a unit, also one that is over or not yet there: the day goes where it stands."""
        self.read(lambda ports: open_unit(ports, unit_id), self._go_to_unit)

    def _go_to_unit(self, unit: Unit) -> None:
        self._search.clear()
        if not unit.stands_on(self._as_of):
            is_later = unit.valid_from is not None and self._as_of < unit.valid_from
            near = unit.valid_from if is_later else unit.valid_to
            self._day.setText(shown(near or self._as_of))
        self.by.setCurrentIndex(0)
        self._goal = unit.id  # after what shows the tree of the day before
        self.refresh()

    def _add_unit(self) -> None:
        self.flush()
        above = (self._shown.id,) if self._shown and self._shown.stands_on(self._as_of) else ()
        self.arranging.add_unit(above, self._as_of)

    def paste(self) -> None:
        """Write a block of cells into the units that its rows name."""
        self._pasting.paste(unit_target())

    def edit_many(self) -> None:
        """Write one value into a field of every marked unit."""
        self._pasting.edit_many(Unit, self._view.marked())

    def _many_done(self, changes: Changes) -> None:
        self.changed.emit(changes)
        self.refresh()

    def _add_group(self) -> None:
        self.by.setCurrentIndex(1)
        self.arranging.keep_group(None, self._as_of)

    def _edit_group(self, node: GroupNode) -> None:
        self.arranging.keep_group(node, self._as_of)

    def _show(self, read: tuple[UnitTree, tuple[GroupNode, ...], dict[UUID, str]]) -> None:
        self._tree, self._groups, self._labels = read
        self._show_tree()

    def _show_tree(self) -> None:
        if self._tree is None:
            return
        is_sought, wanted = self._goal is None, self._wanted
        chosen = self._to_choose()
        text = self._search.text().strip()
        said = (
            self._view.show_groups(self._tree, self._groups, text)
            if self.by.currentIndex()
            else self._view.show_levels(self._tree, text)
        )
        self._count.setText(said)
        if self._view.select(chosen):
            return
        if is_sought and wanted is not None and wanted.id == chosen:
            self._go_to(chosen)  # not in sight on this day, or not so ordered
        first = self._view.topLevelItem(0)
        if first is not None:
            self._view.setCurrentItem(first)

    def _to_choose(self) -> UUID:
        """Return what is shown next: what was asked for, else what is shown now."""
        goal, self._goal = self._goal, None
        if goal is not None:
            return goal
        if self._wanted is not None:
            return self._wanted.id
        if self.by.currentIndex() and self._group is not None:
            return self._group
        return self._shown.id if self._shown else self._own_unit()

    def _own_unit(self) -> UUID:
        """Return the unit of this office, as it is called on the day that is looked at."""
        office = self.context.office()
        nodes = self._tree.nodes if self._tree else ()
        own = (node.unit.id for node in nodes if node.unit.number == office.number)
        return next(own, office.unit_id)

    def _choose(self, item: QTreeWidgetItem | None) -> None:
        if item is None:
            return
        self.flush()
        chosen = self._view.node_of(item)
        if chosen is None:
            return
        self._group = chosen.group.id if isinstance(chosen, GroupNode) else None
        if isinstance(chosen, GroupNode):
            self.group.show_group(chosen)
            self._right.setCurrentIndex(1)
            return
        self._right.setCurrentIndex(0)
        self._shown = chosen.unit
        self.card.show_node(
            chosen,
            self.context.office(),
            standing=self._tree.nodes if self._tree else (),
            labels=self._labels,
        )
        unit_id = chosen.unit.id
        self._read_life(unit_id)
        self.signers.show_unit(chosen.unit, self._as_of)
        self._read_notes(unit_id)

    @property
    def _as_of(self) -> PartialDate:
        """Return the day that is looked at."""
        return self._tree.as_of if self._tree else PartialDate.of(self.context.today())

    def _read_life(self, unit_id: UUID) -> None:
        # What it is: today, or on the day that is looked at when that is later.
        day = max(PartialDate.of(self.context.today()), self._as_of)
        self.read(lambda ports: (unit_id, unit_life(ports, unit_id, day)), self._show_life)

    def _show_life(self, read: tuple[UUID, UnitLife]) -> None:
        unit_id, life = read
        if self._shown is not None and self._shown.id == unit_id:
            self.life.show_life(life)

    def _read_notes(self, unit_id: UUID) -> None:
        # A note knows what it is about: those of a unit left meanwhile are not shown.
        self.read(lambda ports: notes_of_unit(ports, unit_id), self._show_notes)

    def _show_notes(self, notes: Sequence[FieldNote]) -> None:
        self.form.show_notes(notes)
        if self._wanted is not None and self._shown and self._shown.id == self._wanted.id:
            self.form.focus_field(self._wanted.field)
            self._wanted = None

    def _askable(self) -> tuple[str, list[FieldPlace]]:
        unit = self._shown
        if unit is None:
            return "", []
        names = [name for row in ROWS for name in row]
        return unit.name, [FieldPlace(kind="unit", id=unit.id, field=name) for name in names]

    def _noted(self, changes: Changes) -> None:
        self.changed.emit(changes)
        if self._shown is not None:
            unit_id = self._shown.id
            self.read(lambda ports: open_unit(ports, unit_id), self._show_again)

    def _show_again(self, unit: Unit) -> None:
        if self._shown and self._shown.id == unit.id:
            self._shown = unit
            self.form.refresh_record(unit)
            self._read_notes(unit.id)

    def _touched(self) -> None:
        self._autosave.touch()
        self.context.saved("Đang lưu…")

    def _save(self) -> None:
        if self._shown is None:
            return
        unit, issues = self.form.record()
        self.form.show_issues(issues)
        shown_unit = self._shown
        if issues or unit == shown_unit:
            self.context.saved("⚠ Chưa lưu được" if issues else "")
            return
        self.write(
            lambda ports: save_unit(ports, unit=unit, shown=shown_unit),
            self._saved,
            self._refused,
        )

    def _saved(self, saved: UnitSaved) -> None:
        if self._shown and saved.unit.id == self._shown.id:
            moved = saved.unit.parent_id != self._shown.parent_id
            self._shown = saved.unit
            self.form.refresh_record(saved.unit)
            if moved:
                self.refresh()  # it stands elsewhere in the tree
        self.context.saved("✓ Đã lưu")
        self.changed.emit(saved.changes)

    def _refused(self, error: ThiduaError) -> None:
        self.context.saved("⚠ Chưa lưu được")
        if isinstance(error, InvalidInputError):
            self.form.show_issues(error.issues)
        self.refused(error)
