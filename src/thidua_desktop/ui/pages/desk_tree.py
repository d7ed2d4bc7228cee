"""The tree of the merge desk: offices, kinds, records; records are read when a branch is opened."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QTreeView

from thidua_desktop.domain.bundles import BundleState
from thidua_desktop.domain.words import kind_label, word
from thidua_desktop.services.bundle_reports import BundleReport
from thidua_desktop.services.desk_plan import DeskCounts, DeskPlan, DeskRow, OfficeBranch
from thidua_desktop.ui.theme import Look
from thidua_desktop.ui.widgets.labels import tip
from thidua_desktop.ui.widgets.rows import ROW, Row, RowDelegate

_NODE = Qt.ItemDataRole.UserRole + 9
_TROUBLE = {BundleState.REFUSED: "err", BundleState.PARKED: "warn"}
_STATES = {BundleState.NEW: ("Sẽ nhập", "ok"), BundleState.KNOWN: ("Đã có từ trước", "plain")}
COUNT_WORDS = {
    "new": "mới",
    "changed": "sửa",
    "differences": "khác nhau",
    "suggestions": "đề nghị sửa",
    "deleted_edited": "đã xóa rồi sửa",
    "duplicates": "có thể trùng",
    "outside_authority": "ngoài thẩm quyền",
    "missing_files": "tệp thiếu",
}


@dataclass(frozen=True, slots=True)
class Node:
    """What a line of the tree stands for; None from the right is more than one of them.

    One that `reads` stands for the records of a kind from `start` on, which nobody has read.
    """

    branch: OfficeBranch | None = None
    kind: str | None = None
    row: DeskRow | None = None
    report: BundleReport | None = None
    start: int = 0
    reads: bool = False


def counts_words(counts: DeskCounts) -> str:
    """Return the counts that are not zero, for people."""
    said = [
        f"{number} {words}"
        for name, words in COUNT_WORDS.items()
        if (number := getattr(counts, name))
    ]
    return " · ".join(said) or "không có gì mới"


class DeskTree(QTreeView):
    """`picked` carries the node chosen, `opened` a kind whose records are wanted."""

    picked = Signal(object)
    opened = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._items = QStandardItemModel(self)
        self._choices: Collection[str] = ()
        self._wanted: tuple[str, UUID] | None = None
        self.setModel(self._items)
        self.setItemDelegate(RowDelegate(look, self))
        self.setHeaderHidden(True)
        self.setIndentation(16)
        self.setUniformRowHeights(True)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Các gói trên bàn, theo đơn vị và loại")
        self.setMinimumWidth(300)
        self.selectionModel().currentChanged.connect(self._pick)
        self.expanded.connect(self._open)

    def show_plan(self, plan: DeskPlan, choices: Mapping[str, object], *, only_open: bool) -> None:
        """Show what lies on the desk; with `only_open` what has something to choose."""
        self._choices = choices.keys()
        self._items.clear()
        if plan.reports and not only_open:
            self._add_bundles(plan.reports)
        for branch in plan.offices:
            if branch.counts.open or not only_open:
                self._add_office(branch, only_open=only_open)

    def show_choices(self, choices: Mapping[str, object]) -> None:
        """Show how much is still open after a choice."""
        self._choices = choices.keys()
        for item in self._all(self._items.invisibleRootItem()):
            node: Node = item.data(_NODE)
            if node is not None and (node.branch or node.row):
                item.setData(self._shown(node), ROW)

    def add_rows(self, node: Node, rows: Iterable[DeskRow], *, only_open: bool) -> None:
        """Show records of a kind under it, and whether there are more."""
        item = self._find(Node(node.branch, node.kind))
        if item is None or node.branch is None or node.kind is None:
            return
        item.removeRow(item.rowCount() - 1)  # what stood for those not read yet
        rows = tuple(rows)
        for row in rows:
            if row.cells or not only_open:
                item.appendRow(self._item(Node(node.branch, node.kind, row)))
        left = self._left(node, node.start + len(rows), only_open=only_open)
        if left:
            start = node.start + len(rows)
            item.appendRow(self._item(Node(node.branch, node.kind, start=start, reads=True)))
        if self._wanted in {(row.kind, row.id) for row in rows}:
            self._choose_wanted()

    def choose_record(self, kind: str, record_id: UUID) -> None:
        """Choose the line of a record, once it is read; nobody is told."""
        self._wanted = kind, record_id
        if not self._choose_wanted():
            self._open_wanted()

    def _choose_wanted(self) -> bool:
        for item in self._all(self._items.invisibleRootItem()):
            node: Node = item.data(_NODE)
            row = node.row if node is not None else None
            if row is not None and (row.kind, row.id) == self._wanted:
                self.selectionModel().blockSignals(True)
                self.setCurrentIndex(item.index())
                self.selectionModel().blockSignals(False)
                self.scrollTo(item.index())
                self.viewport().update()
                return True
        return False

    def _open_wanted(self) -> None:
        """Open the branch that the wanted record waits in."""
        for place in range(self._items.rowCount()):
            item = self._items.item(place)
            branch = item.data(_NODE).branch
            if branch is None or self._wanted not in {(c.kind, c.id) for c in branch.cells}:
                continue
            self.expand(item.index())
            for child in (item.child(n) for n in range(item.rowCount())):
                if self._wanted is not None and child.data(_NODE).kind == self._wanted[0]:
                    self.expand(child.index())
            return

    def open_first(self) -> None:
        """Open the first office that has something to choose, down to its records."""
        for place in range(self._items.rowCount()):
            item = self._items.item(place)
            node: Node = item.data(_NODE)
            if node.branch is not None and node.branch.cells:
                self.expand(item.index())
                if item.rowCount():
                    self.expand(item.child(0).index())
                return

    def _add_bundles(self, reports: Collection[BundleReport]) -> None:
        item = self._item(Node())
        trouble = [one for one in reports if one.state in _TROUBLE]
        found = sum(len(one.findings) for one in reports)
        status = f"{len(trouble)} không nhập được" if trouble else ""
        status = status or (f"{found} điều cần xem" if found else "")
        shown = Row(None, f"Các gói trên bàn ({len(reports)})", _states(reports), status, "warn")
        item.setData(shown, ROW)
        for report in sorted(reports, key=_by_need):
            item.appendRow(self._item(Node(report=report)))
        self._items.appendRow(item)
        if trouble or found:
            self.expand(item.index())

    def _add_office(self, branch: OfficeBranch, *, only_open: bool) -> None:
        item = self._item(Node(branch))
        for kind in branch.kinds:
            if kind.counts.open or not only_open:
                child = self._item(Node(branch, kind.kind))
                child.appendRow(self._item(Node(branch, kind.kind, reads=True)))
                item.appendRow(child)
        self._items.appendRow(item)

    def _item(self, node: Node) -> QStandardItem:
        item = QStandardItem()
        item.setData(node, _NODE)
        shown = self._shown(node)
        item.setData(shown, ROW)
        said = "\n".join(part for part in (shown.title, shown.below, shown.status) if part)
        item.setData(tip(said), Qt.ItemDataRole.ToolTipRole)
        item.setData(said, Qt.ItemDataRole.AccessibleTextRole)
        return item

    def _shown(self, node: Node) -> Row:
        if node.report is not None:
            return _report_row(node.report)
        if node.reads:
            return Row(None, "Xem thêm bản ghi…" if node.start else "Đang đọc…")
        branch = node.branch
        if branch is None:
            return Row(None, "")
        if node.row is not None:
            return self._record_row(branch, node.row)
        if node.kind is None:
            numbers = ", ".join(str(one.number) for one in branch.bundles[-4:])
            more = "…, " if len(branch.bundles) > 4 else ""  # noqa: PLR2004 - a line has an end
            below = f"gói số {more}{numbers} · {counts_words(branch.counts)}"
            return Row(None, branch.name, below, *self._open_words(c.cell for c in branch.cells))
        of = next(one for one in branch.kinds if one.kind == node.kind)
        cells = (one.cell for one in branch.cells if one.kind == node.kind)
        return Row(None, kind_label(node.kind), counts_words(of.counts), *self._open_words(cells))

    def _record_row(self, branch: OfficeBranch, row: DeskRow) -> Row:
        if not row.cells:
            strange = any(one.id == row.id and one.kind == row.kind for one in branch.strange)
            if strange:
                return Row(row.id, row.title, "nơi khác có thẩm quyền chọn", "Chờ", "plain")
            return Row(row.id, row.title, "mới" if row.is_new else "sửa")
        words = f"{len(row.cells)} chỗ cần chọn"
        return Row(row.id, row.title, words, *self._open_words(row.cells))

    def _open_words(self, cells: Iterable[str]) -> tuple[str, str]:
        found = list(cells)
        left = sum(cell not in self._choices for cell in found)
        if not found:
            return "", "plain"
        return (f"Còn {left}", "err") if left else ("Đã chọn hết", "ok")

    def _left(self, node: Node, start: int, *, only_open: bool) -> int:
        if node.branch is None:
            return 0
        of = next(one for one in node.branch.kinds if one.kind == node.kind)
        waiting = {one.id for one in node.branch.cells if one.kind == node.kind}
        total = len(waiting) if only_open else len(of.records)
        return max(0, total - start)

    def _find(self, wanted: Node) -> QStandardItem | None:
        for item in self._all(self._items.invisibleRootItem()):
            node: Node = item.data(_NODE)
            is_it = node is not None and node.branch is wanted.branch and node.kind == wanted.kind
            if is_it and node.row is None and not node.reads:
                return item
        return None

    def _all(self, parent: QStandardItem) -> Iterable[QStandardItem]:
        for place in range(parent.rowCount()):
            item = parent.child(place)
            yield item
            yield from self._all(item)

    def _open(self, index: QModelIndex) -> None:
        item = self._items.itemFromIndex(index)
        if item.rowCount() == 1:
            node: Node = item.child(0).data(_NODE)
            if node.reads:
                self.opened.emit(node)

    def _pick(self, index: QModelIndex | QPersistentModelIndex) -> None:
        node: Node | None = index.data(_NODE)
        if node is None:
            return
        if node.reads:
            self.opened.emit(node)
        else:
            self._wanted = None
            self.picked.emit(node)


def _by_need(report: BundleReport) -> tuple[bool, bool]:
    """Put first what cannot be merged, then what is to be looked at."""
    return report.state not in _TROUBLE, not report.findings


def _report_row(report: BundleReport) -> Row:
    words, kind = _STATES.get(report.state, (word(report.state), _TROUBLE.get(report.state, "")))
    number = f"gói số {report.number} · " if report.number else ""
    below = report.message or f"{number}{report.sender}"
    if report.findings:
        words, kind = f"{len(report.findings)} điều cần xem", "warn"
    return Row(report.file, report.file, below, words, kind or "plain")


def _states(reports: Iterable[BundleReport]) -> str:
    states = [report.state for report in reports]
    said = [
        f"{states.count(state)} {words}"
        for state, words in (
            (BundleState.NEW, "sẽ nhập"),
            (BundleState.KNOWN, "đã có từ trước"),
            (BundleState.PARKED, "đang chờ"),
            (BundleState.REFUSED, "không nhận"),
        )
        if state in states
    ]
    return " · ".join(said)
