"""Đơn vị: the register as a tree on a day, and the unit that is chosen in it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.domain.dates import PartialDate, from_typed, shown
from thidua_desktop.domain.errors import InvalidInputError, ThiduaError
from thidua_desktop.domain.lineage import LineageStep
from thidua_desktop.domain.notes import FieldNote, FieldPlace
from thidua_desktop.domain.units import Unit
from thidua_desktop.domain.words import word
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.notes import notes_of_unit
from thidua_desktop.services.units import (
    UnitNode,
    UnitSaved,
    UnitTree,
    lineage,
    open_unit,
    save_unit,
    search_units,
    unit_tree,
)
from thidua_desktop.ui.forms.record_form import RecordForm
from thidua_desktop.ui.pages.noting import Noting
from thidua_desktop.ui.pages.page import Page, PageContext
from thidua_desktop.ui.widgets.frames import Banner, Card, panes, scrolled
from thidua_desktop.ui.widgets.labels import Chip, Text
from thidua_desktop.ui.widgets.saving import AutoSave

_ROWS = (
    ("name",),
    ("short_name", "document_code"),
    ("code", "level"),
    ("valid_from", "valid_to"),
    ("address",),
    ("phone", "form"),
)
_NODE = Qt.ItemDataRole.UserRole


class UnitPage(Page):
    """The register of units."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("Đơn vị", context)
        self._tree: UnitTree | None = None
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
        self._dissolved = QCheckBox("Cả đơn vị đã hết hiệu lực")
        self._dissolved.toggled.connect(self.refresh)
        self._view = QTreeWidget()
        self._view.setHeaderHidden(True)
        self._view.setAccessibleName("Danh mục đơn vị")
        self._view.setUniformRowHeights(True)
        self._view.setMinimumWidth(320)
        self._view.currentItemChanged.connect(self._choose)
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
        self._steps = Text(role="muted", wrap=True)
        self.body.addWidget(self._splitter(), 1)

    def _splitter(self) -> QSplitter:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._search)
        row = QHBoxLayout()
        row.addWidget(Text("Danh mục ngày"))
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
        card.body.addWidget(self.form)
        card.body.addWidget(self._steps)
        card.body.addStretch(1)
        scroll = scrolled(card)
        return panes(left, scroll, widths=(430, 650))

    def refresh(self) -> None:
        """Read the register as it stands on the day."""
        try:
            day = from_typed(self._day.text())
        except ValueError:
            self._day.setText(shown(PartialDate.of(self.context.today())))
            return
        dissolved = self._dissolved.isChecked()
        self.read(lambda ports: unit_tree(ports, day, with_dissolved=dissolved), self._show)

    def open_at(self, key: object) -> None:
        """Show this unit, at a field if one is named."""
        self._wanted = key if isinstance(key, FieldPlace) else None
        if isinstance(key, FieldPlace):
            self._search.clear()
            self._show_tree()

    def search(self) -> None:
        """Put the cursor into the search."""
        self._search.setFocus()

    def flush(self) -> None:
        """Save what waits."""
        self._autosave.flush()

    def _show(self, tree: UnitTree) -> None:
        self._tree = tree
        self._show_tree()

    def _show_tree(self) -> None:
        if self._tree is None:
            return
        chosen = self._shown.id if self._shown else self.context.office().unit_id
        if self._wanted is not None:
            chosen = self._wanted.id
        text = self._search.text()
        self._view.blockSignals(True)
        self._view.clear()
        nodes = search_units(self._tree, text) if text.strip() else self._tree.roots
        for node in nodes:
            self._view.addTopLevelItem(self._item(node, deep=not text.strip()))
        if not text.strip():
            self._view.expandToDepth(0)
        self._view.blockSignals(False)
        shown_count = len(nodes) if text.strip() else len(self._tree.nodes)
        self._count.setText(f"{shown_count} đơn vị")
        first = self._view.topLevelItem(0)
        if not self._select(chosen) and first is not None:
            self._view.setCurrentItem(first)

    def _item(self, node: UnitNode, *, deep: bool) -> QTreeWidgetItem:
        words = f"{node.label} – đã hết hiệu lực" if node.is_dissolved else node.label
        item = QTreeWidgetItem([words])
        item.setData(0, _NODE, node)
        if node.is_dissolved:
            item.setForeground(0, self.context.look.colour("muted"))
            item.setToolTip(0, node.fate)
        if deep:
            item.addChildren([self._item(child, deep=True) for child in node.children])
        return item

    def _select(self, unit_id: UUID | None) -> bool:
        if unit_id is None:
            return False
        for item in self._view.findItems(
            "", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive
        ):
            if item.data(0, _NODE).unit.id == unit_id:
                self._view.setCurrentItem(item)
                return True
        return False

    def _choose(self, item: QTreeWidgetItem | None) -> None:
        if item is None:
            return
        self.flush()
        node: UnitNode = item.data(0, _NODE)
        self._shown = node.unit
        self.form.show_record(node.unit)
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
        self.read(lambda ports: lineage(ports, unit_id), self._show_steps)
        self._read_notes(unit_id)

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
        if unit.id == office.unit_id:
            for name in ("address", "phone"):
                self.form.editors[name].set_read_only(False)

    def _show_steps(self, steps: Sequence[LineageStep]) -> None:
        lines = [_step_text(step) for step in steps]
        self._steps.setText("\n".join(lines))
        self._steps.setVisible(bool(lines))

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
            self._shown = saved.unit
            self.form.refresh_record(saved.unit)
        self.context.saved("✓ Đã lưu")
        self.changed.emit(saved.changes)

    def _refused(self, error: ThiduaError) -> None:
        self.context.saved("⚠ Chưa lưu được")
        if isinstance(error, InvalidInputError):
            self.form.show_issues(error.issues)
        self.refused(error)


def _step_text(step: LineageStep) -> str:
    """Return a step in the life of units, in one line."""
    old = step.unit.name if step.unit else "…"
    what = f"{old} → {step.heir.name}" if step.heir else old
    resolution = f" ({step.resolution})" if step.resolution else ""
    return f"{shown(step.date)} · {word(step.way)}: {what}{resolution}"
