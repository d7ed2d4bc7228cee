"""Dán từ Excel: the block is looked at, mended in place, and written in one step."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.domain.blocks import cells_of
from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import ThiduaError
from thidua_desktop.domain.issue_text import issue_text
from thidua_desktop.domain.records import kind_spec
from thidua_desktop.services.pasting import (
    Pasted,
    PastePlan,
    Target,
    guess_columns,
    paste,
    plan_paste,
)
from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.widgets.choice import Choice
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text

_SKIPPED = "(bỏ qua cột này)"
_USUAL_WORDS = "Ngày ban hành, số ký hiệu"  # as wide as most columns are
_ROW_HEIGHT = 34
_AROUND = 16  # around the words of a cell
_FIELDS_HEIGHT = 42
_FATES = "Dòng này sẽ…"


class PasteDialog(Dialog):
    """Shows what a block would become. `pasted` tells what was written."""

    pasted = Signal(object)

    def __init__(
        self,
        context: PageContext,
        target: Target,
        block: str,
        first: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Dán từ Excel: {kind_spec(target.kind).label}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(960, 520)
        self._context = context
        self._target = target
        self._rows = [list(row) for row in cells_of(block)]
        guessed, self._has_heading = guess_columns(target.kind, self._rows, target.offered, first)
        self._columns = list(guessed)
        self._plan: PastePlan | None = None
        self._asked = 0
        self._is_mended = False
        self.message = Text(wrap=True)
        self.heading = QCheckBox("Dòng đầu là tiêu đề cột")
        self.heading.setChecked(self._has_heading)
        self.heading.toggled.connect(self._fill)
        self.table = QTableWidget(0, len(self._columns) + 1)
        self.table.setAccessibleName("Các ô sẽ dán; sửa được tại chỗ")
        self.table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        headings = self.table.horizontalHeader()
        headings.hide()
        headings.setStretchLastSection(True)
        headings.moveSection(len(self._columns), 0)  # what becomes of a row stands before its cells
        self.table.cellChanged.connect(self._edited)
        self.write = button_of("Dán", self._write, primary=True)
        self.write.setEnabled(False)
        buttons = QHBoxLayout()
        buttons.addWidget(self.heading)
        buttons.addStretch(1)
        buttons.addWidget(button_of("Đóng", self.reject))
        buttons.addWidget(self.write)
        layout = QVBoxLayout(self)
        layout.addWidget(self.message)
        layout.addWidget(self.table, 1)
        layout.addLayout(buttons)
        self._fill()

    def drops_words(self) -> bool:
        """Tell whether cells were mended here: the block itself still lies on the clipboard."""
        return self._is_mended

    def _body(self) -> list[list[str]]:
        return self._rows[1:] if self.heading.isChecked() else self._rows

    def _fill(self) -> None:
        body = self._body()
        self.table.blockSignals(True)
        self.table.setRowCount(len(body) + 1)
        self.table.setRowHeight(0, _FIELDS_HEIGHT)
        self.table.setVerticalHeaderLabels(["Ô", *(str(n + 1) for n in range(len(body)))])
        usual = self.fontMetrics().horizontalAdvance(_USUAL_WORDS)
        fates = len(self._columns)
        for place in range(len(body) + 1):
            self.table.setItem(place, fates, _told("" if place else _FATES))
        self.table.setColumnWidth(fates, usual * 3 // 2)
        for column, name in enumerate(self._columns):
            self.table.setColumnWidth(column, usual)
            choice = Choice()
            choice.setAccessibleName(f"Cột {column + 1} là ô")
            choice.addItem(_SKIPPED, "")
            for one in self._target.offered:
                choice.addItem(kind_spec(self._target.kind).field(one).label, one)
            choice.setCurrentIndex(max(0, choice.place_of(name)))
            choice.currentIndexChanged.connect(partial(self._mapped, column, choice))
            self.table.setCellWidget(0, column, choice)
            for place, row in enumerate(body, start=1):
                self.table.setItem(place, column, QTableWidgetItem(row[column]))
        self.table.blockSignals(False)
        self._ask()

    def _mapped(self, column: int, choice: Choice, _place: int) -> None:
        self._columns[column] = choice.currentData()
        self._ask()

    def _edited(self, place: int, column: int) -> None:
        item = self.table.item(place, column)
        if item is not None and place and column < len(self._columns):
            self._body()[place - 1][column] = item.text()
            self._is_mended = True
            self._ask()

    def _ask(self) -> None:
        self._asked += 1
        asked, target = self._asked, self._target
        rows, columns = [tuple(row) for row in self._body()], tuple(self._columns)
        context = self._context
        context.reader.run(
            lambda: (asked, plan_paste(context.ports(), target, rows, columns)),
            owner=self,
            done=self._show,
            failed=self._refused,
        )

    def _show(self, answer: tuple[int, PastePlan]) -> None:
        asked, plan = answer
        if asked != self._asked:
            return  # something was mended meanwhile
        self._plan = plan
        self.table.blockSignals(True)
        self._tell(plan)
        for place in range(len(plan.rows)):
            for column in range(len(plan.columns)):
                item = self.table.item(place + 1, column)
                if item is not None:
                    self._mark(item, plan, place, column)
        self.table.blockSignals(False)
        wrong = len({place for place, _ in plan.wrong})
        parts = [f"{plan.new} dòng vừa, sẽ được thêm."] if self._target.may_add else []
        if plan.shown:
            parts.append(f"{len(plan.shown)} dòng sẽ sửa bản ghi đã có.")
        if plan.lacks:
            parts.append(
                f"{len(plan.lacks)} dòng còn thiếu ô phải có (nêu ở đầu dòng): vẫn lưu được, ghi "
                "tiếp sau; lúc trình chương trình nhắc lại."
            )
        if plan.same:
            parts.append(f"{plan.same} dòng đã có y như vậy.")
        if wrong:
            parts.append(
                f"{wrong} dòng có ô chưa vừa (đánh dấu ✕, rê chuột hoặc chọn ô để xem lý do): sửa "
                "ngay trong bảng, nếu không các dòng đó được bỏ qua."
            )
        if plan.left_out:
            parts.append(f"{plan.left_out} dòng cuối vượt mức một lần dán, hãy dán riêng.")
        self.message.setText(" ".join(parts))
        what = "Ghi" if self._target.changes_known else "Thêm"
        self.write.setText(f"{what} {len(plan.records)} dòng")
        self.write.setEnabled(bool(plan.records))

    def _tell(self, plan: PastePlan) -> None:
        """Say what becomes of each row, where the eye begins."""
        fates, metrics = len(plan.columns), self.fontMetrics()
        room = QRect(0, 0, self.table.columnWidth(fates) - _AROUND, 0)
        heights: dict[str, int] = {}  # many rows say the same
        for place, words in enumerate(_fates(plan), start=1):
            if words not in heights:
                wrapped = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, words).height()
                heights[words] = max(_ROW_HEIGHT, wrapped + _AROUND)
            self.table.setItem(place, fates, _told(words))
            self.table.setRowHeight(place, heights[words])

    def _mark(self, item: QTableWidgetItem, plan: PastePlan, place: int, column: int) -> None:
        issue = plan.wrong.get((place, column))
        look = self._context.look
        item.setToolTip(issue_text(issue) if issue else "")
        item.setIcon(look.icon("wrong") if issue else QIcon())
        item.setData(
            Qt.ItemDataRole.AccessibleDescriptionRole, issue_text(issue) if issue else "vừa"
        )
        if issue:
            item.setBackground(look.colour("errbg"))
        else:
            item.setData(Qt.ItemDataRole.BackgroundRole, None)
        muted = "text" if plan.columns[column] else "muted"
        item.setForeground(look.colour(muted))

    def _write(self) -> None:
        plan = self._plan
        if plan is None or not plan.records:
            return
        self.write.setEnabled(False)
        context = self._context
        context.writer.run(
            lambda: paste(context.ports(), plan),
            owner=self,
            done=self._done,
            failed=self._refused,
        )

    def _done(self, pasted: Pasted) -> None:
        """Go, or stay with the rows that did not fit: nothing that was pasted vanishes."""
        plan = self._plan
        self.pasted.emit(pasted)
        left = sorted({place for place, _ in plan.wrong}) if plan else []
        if not left:
            self.accept()
            return
        body = self._body()
        heading = self._rows[:1] if self.heading.isChecked() else []
        self._rows = heading + [body[place] for place in left]
        self._fill()

    def _refused(self, error: ThiduaError) -> None:
        self.message.setText(error_text(error))


def _fates(plan: PastePlan) -> Iterator[str]:
    """Yield what becomes of each row."""
    wrong: dict[int, list[str]] = {}
    for (place, _), issue in plan.wrong.items():
        wrong.setdefault(place, []).append(issue_text(issue))
    for place in range(len(plan.rows)):
        said = wrong.get(place)
        yield f"Bỏ qua: {' '.join(said)}" if said else _fate(plan, place)


def _fate(plan: PastePlan, place: int) -> str:
    """Return what becomes of a row that fits."""
    if place not in plan.records:
        return "Đã có y như vậy"
    fate = "Sửa bản ghi đã có" if place in plan.shown else "Thêm"
    kind = kind_spec(plan.target.kind)
    lacks = ", ".join(kind.field(name).label for name in plan.lacks.get(place, ()))
    return f"{fate}, còn thiếu: {lacks}" if lacks else fate


def _told(words: str) -> QTableWidgetItem:
    """Return a cell that is read only."""
    item = QTableWidgetItem(words)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    return item
