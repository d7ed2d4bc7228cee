"""Đơn vị: the register as a tree on a day, and the unit that is chosen in it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.domain.dates import PartialDate, from_typed, shown
from thidua_desktop.domain.errors import InvalidInputError, ThiduaError
from thidua_desktop.domain.notes import FieldNote, FieldPlace
from thidua_desktop.domain.units import Unit, UnitLevel
from thidua_desktop.services.cells import columns_of, said_by
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.many import unit_target
from thidua_desktop.services.notes import notes_of_unit
from thidua_desktop.services.peer_groups import GroupNode, peer_groups
from thidua_desktop.services.units import (
    UnitLife,
    UnitNode,
    UnitSaved,
    UnitTree,
    all_labels,
    open_unit,
    save_unit,
    search_units,
    unit_life,
    unit_tree,
)
from thidua_desktop.ui.forms.record_form import RecordForm
from thidua_desktop.ui.habits import keep_panes
from thidua_desktop.ui.pages.list_tools import ListTools
from thidua_desktop.ui.pages.noting import Noting
from thidua_desktop.ui.pages.page import Page, PageContext
from thidua_desktop.ui.pages.pasting import Pasting
from thidua_desktop.ui.pages.unit_arranging import Arranging
from thidua_desktop.ui.pages.unit_groups import (
    GroupView,
    group_item,
    groups_like,
    key_of,
    no_group_item,
)
from thidua_desktop.ui.pages.unit_life import LifeView
from thidua_desktop.ui.pages.unit_signers import SignersView
from thidua_desktop.ui.widgets.choice import Choice
from thidua_desktop.ui.widgets.columns import Column, Columns
from thidua_desktop.ui.widgets.frames import Banner, Card, panes, scrolled
from thidua_desktop.ui.widgets.labels import Chip, Text, tip
from thidua_desktop.ui.widgets.saved_filters import SavedFilters
from thidua_desktop.ui.widgets.saving import AutoSave
from thidua_desktop.ui.widgets.stepping import step_view

_ROWS = (
    ("name",),
    ("short_name", "document_code"),
    ("code", "level"),
    ("parent_id",),
    ("valid_from", "valid_to"),
    ("address",),
    ("phone", "form"),
)
_NODE = Qt.ItemDataRole.UserRole
# A committee stands under its place, and that is of its own level.
_ABOVE = {level: frozenset(tuple(UnitLevel)[: n + 1]) for n, level in enumerate(UnitLevel)}
_OF_UNIT = columns_of(Unit, without=("name",))


class UnitPage(Page):
    """The register of units."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("Đơn vị", context)
        self._tree: UnitTree | None = None
        self._known: dict[UUID, Unit] = {}
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
        self._make_view()
        self._count = Text(role="muted")
        self.form: RecordForm[Unit] = RecordForm(Unit, _ROWS)
        self.form.edited.connect(self._touched)
        self.form.left.connect(self.flush)
        self._noting = Noting(self, self._askable, self._noted)
        self._noting.serve(self.form)
        self._autosave = AutoSave(self._save, self)
        self._title = Text(role="heading", wrap=True)
        self._chip = Chip()
        self._fate = Banner("info")
        self.arranging = Arranging(self, self._arrive)
        self.arrange = self.head.add_action("Sắp xếp đơn vị… (Ctrl+N)", self.begin_new)
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

    def _make_view(self) -> None:
        """Make the tree, and the columns that can stand in it."""
        self._view = QTreeWidget()
        self._view.setColumnCount(1 + len(_OF_UNIT))
        columns = [Column(one.name, one.label) for one in _OF_UNIT]
        self._view.setHeaderLabels(["Đơn vị", *(one.label for one in columns)])
        self._view.setAccessibleName("Danh mục đơn vị")
        self._view.setUniformRowHeights(True)
        self._view.setMinimumWidth(320)
        self._view.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        self._view.currentItemChanged.connect(self._choose)
        self._columns = Columns(self._view, self.context.habits)
        self._columns.offer("units", columns)
        self._columns.changed.connect(self._show_tree)

    def _make_parts(self) -> None:
        """Make what stands beside the form: the life of a unit, its signers; and a group."""
        self.life = LifeView()
        self.life.wanted.connect(self._go_to)
        self.life.undoing.connect(self.arranging.ask_undo)
        self.signers = SignersView(self)
        self.signers.changed.connect(self.changed)
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
        top.addWidget(ListTools(self._filters, self._columns, "danh mục đơn vị"))
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
        card = Card()
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(head)
        card.body.addWidget(self._fate)
        form = QWidget()
        inside = QVBoxLayout(form)
        inside.setContentsMargins(0, 8, 0, 0)
        inside.addWidget(self.form)
        inside.addStretch(1)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("Các phần về đơn vị")
        for widget, words in (
            (form, "Thông tin"),
            (self.life, "Kế thừa"),
            (self.signers, "Người ký"),
        ):
            self.tabs.addTab(scrolled(widget), words)
        card.body.addWidget(self.tabs, 1)
        self._card = card
        right = QStackedWidget()
        right.addWidget(card)
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
        marked = (item.data(0, _NODE) for item in self._view.selectedItems())
        ids = [node.unit.id for node in marked if isinstance(node, UnitNode)]
        self._pasting.edit_many(Unit, ids)

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
        self._known = {node.unit.id: node.unit for node in self._tree.nodes}
        self._show_tree()

    def _show_tree(self) -> None:
        if self._tree is None:
            return
        is_sought, wanted = self._goal is None, self._wanted
        chosen = self._to_choose()
        self._view.blockSignals(True)
        self._view.clear()
        fill = self._fill_groups if self.by.currentIndex() else self._fill_levels
        fill(self._tree, self._search.text().strip())
        self._view.blockSignals(False)
        if self._select(chosen):
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

    def _fill_groups(self, tree: UnitTree, text: str) -> None:
        groups = groups_like(self._groups, text)
        known = {node.unit.id: node for node in tree.nodes}
        items = [group_item(group, known) for group in groups]
        self._view.addTopLevelItems(items or [no_group_item(tree.as_of)])
        self._view.expandAll()
        self._count.setText(f"{len(groups)} cụm, khối")

    def _fill_levels(self, tree: UnitTree, text: str) -> None:
        nodes = search_units(tree, text) if text else tree.roots
        self._view.addTopLevelItems([self._item(node, deep=not text) for node in nodes])
        if not text:
            self._view.expandToDepth(0)
        self._count.setText(f"{len(nodes if text else tree.nodes)} đơn vị")

    def _item(self, node: UnitNode, *, deep: bool) -> QTreeWidgetItem:
        words = f"{node.label} – đã hết hiệu lực" if node.is_dissolved else node.label
        item = QTreeWidgetItem([words, *self._said(node)])
        item.setData(0, _NODE, node)
        if node.is_dissolved:
            item.setForeground(0, self.context.look.colour("muted"))
            item.setToolTip(0, tip(node.fate))
        if deep:
            item.addChildren([self._item(child, deep=True) for child in node.children])
        return item

    def _said(self, node: UnitNode) -> tuple[str, ...]:
        """Return the words for the columns, where any stand."""
        tree = self._tree
        if tree is None or not self._columns.shown:
            return ()
        return said_by(lambda _kind, unit_id: self._known.get(unit_id), node.unit, _OF_UNIT)

    def _select(self, unit_id: UUID | None) -> bool:
        if unit_id is None:
            return False
        for item in self._view.findItems(
            "", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive
        ):
            found = item.data(0, _NODE)
            if key_of(found) == unit_id:
                self._view.setCurrentItem(item)
                return True
        return False

    def _choose(self, item: QTreeWidgetItem | None) -> None:
        if item is None:
            return
        self.flush()
        chosen = item.data(0, _NODE)
        if chosen is None:
            return
        self._group = chosen.group.id if isinstance(chosen, GroupNode) else None
        if isinstance(chosen, GroupNode):
            self.group.show_group(chosen)
            self._right.setCurrentIndex(1)
            return
        self._right.setCurrentIndex(0)
        node: UnitNode = chosen
        self._shown = node.unit
        self.form.show_record(node.unit)
        self.form.offer("parent_id", self._parents(node.unit))
        self._title.setText(node.label)
        self._chip.show_status(
            "Hết hiệu lực" if node.is_dissolved else "Đang hoạt động",
            "plain" if node.is_dissolved else "ok",
        )
        self._fate.show_words("", node.fate)
        self._limit(node.unit)
        unit_id = node.unit.id
        self.form.let_ask(allowed=self.context.office().is_province)
        self.form.show_notes(())
        self._read_life(unit_id)
        self.signers.show_unit(node.unit, self._as_of)
        self._read_notes(unit_id)

    def _parents(self, unit: Unit) -> list[tuple[str, UUID]]:
        """Return the units under which one may stand, by their names: what stands no lower
        on the day that is looked at, and what it stands under now.
        """
        higher = _ABOVE.get(unit.level, frozenset()) if isinstance(unit.level, UnitLevel) else ()
        found = [
            (node.label, node.unit.id)
            for node in (self._tree.nodes if self._tree else ())
            if node.unit.level in higher and not node.is_dissolved and node.unit.id != unit.id
        ]
        now = unit.parent_id
        if now is not None and now not in {one for _, one in found}:
            found.append((self._labels.get(now, ""), now))
        return found

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
        names = [name for row in _ROWS for name in row]
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

    def _limit(self, unit: Unit) -> None:
        """Let an office propose what it knows best: where it sits and how to call it."""
        office = self.context.office()
        self.form.set_read_only(not office.is_province)
        if unit.id == office.unit_id or unit.number == office.number:  # also under a new name
            for name in ("address", "phone"):
                self.form.editors[name].set_read_only(False)

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
