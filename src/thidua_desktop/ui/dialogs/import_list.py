"""Nhập từ Excel: the list is shown with an error per cell before anything is written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import ThiduaError
from thidua_desktop.services.nominee_sheet import nominee_layout
from thidua_desktop.services.sheets import (
    NomineesImported,
    RowPreview,
    RowState,
    SheetPreview,
    import_nominees,
    preview_nominees,
    write_template,
)
from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.tasks import Progress
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.headings import fit_headings
from thidua_desktop.ui.widgets.labels import Text, tip

_FIRST, _LAST = "Dòng", "Kết quả"
_WIDTHS = {
    "number": 48,
    "name": 230,
    "gender": 80,
    "birth_date": 110,
    "position": 180,
    "year": 80,
    "summary": 260,
}
_USUAL_WIDTH = 150
_RESULT_WIDTH = 230


class ImportList(Dialog):
    """Template, preview, import."""

    imported = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Nhập danh sách từ Excel")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(960, 540)
        self._context = context
        self._path: Path | None = None
        self._progress = Progress(self)
        self._progress.moved.connect(self._moved)
        self.message = Text(
            "Chọn tệp theo mẫu của phần mềm. Chưa có mẫu thì bấm “Lấy mẫu…”.", wrap=True
        )
        self._columns = nominee_layout(()).columns
        headings = [_FIRST, _LAST, *(column.heading for column in self._columns)]
        self.table = QTableWidget(0, len(headings))
        self.table.setAccessibleName("Xem trước danh sách")
        self.table.setHorizontalHeaderLabels(headings)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.table.setWordWrap(False)
        self.table.setAlternatingRowColors(True)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        widths = [52, _RESULT_WIDTH, *(_WIDTHS.get(c.name, _USUAL_WIDTH) for c in self._columns)]
        for column, width in enumerate(widths):
            self.table.setColumnWidth(column, width)
        fit_headings(self.table)
        self.bar = QProgressBar()
        self.bar.hide()
        self.import_button = button_of("Nhập", self._import, primary=True)
        self.import_button.setEnabled(False)
        buttons = QHBoxLayout()
        buttons.addWidget(button_of("Lấy mẫu…", self._ask_template))
        buttons.addWidget(button_of("Chọn tệp…", self._ask_file))
        buttons.addStretch(1)
        buttons.addWidget(button_of("Đóng", self.reject))
        buttons.addWidget(self.import_button)
        layout = QVBoxLayout(self)
        layout.addWidget(self.message)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.bar)
        layout.addLayout(buttons)

    def open_file(self, path: Path) -> None:
        """Show what importing this file would do."""
        self._path = path
        self.message.setText(f"Đang đọc “{path.name}”…")
        context = self._context
        context.reader.run(
            lambda: preview_nominees(context.ports(), path),
            owner=self,
            done=self._show,
            failed=self._refused,
        )

    def _show(self, preview: SheetPreview) -> None:
        self.table.setRowCount(len(preview.rows))
        for place, row in enumerate(preview.rows):
            self._show_row(place, row)
        first = next((n for n, r in enumerate(preview.rows) if r.state is RowState.ERROR), 0)
        self.table.setCurrentCell(first, 0)
        wrong = preview.count(RowState.ERROR)
        new, changed = preview.count(RowState.NEW), preview.count(RowState.CHANGED)
        said = ". ".join([*preview.notes, f"{new} dòng mới, {changed} dòng sửa"])
        self.message.setText(
            f"{said}. Còn {wrong} dòng có ô sai: sửa trong Excel rồi chọn lại, chưa dòng nào được "
            "nhập."
            if wrong
            else f"{said}. Bấm “Nhập” để ghi."
        )
        self.import_button.setEnabled(not wrong and new + changed > 0)

    def _show_row(self, place: int, row: RowPreview) -> None:
        """Show every cell of a row; a wrong one says by itself what is wrong with it."""
        complaints = {issue.column: issue.text for issue in row.issues}
        said = row.summary().partition(" · ")[2]
        shown = [("", str(row.number)), ("", said)]
        shown += [(column.name, row.values.get(column.name, "")) for column in self._columns]
        for number, (name, words) in enumerate(shown):
            complaint = complaints.get(name, "")
            item = QTableWidgetItem(f"⚠ {words}" if complaint else words)
            item.setToolTip(tip(complaint or words))
            if complaint:
                item.setBackground(self._context.look.colour("errbg"))
            if complaint or (number == 1 and row.state is RowState.ERROR):
                item.setForeground(self._context.look.colour("err"))
            self.table.setItem(place, number, item)

    def _import(self) -> None:
        path, context = self._path, self._context
        if path is None:
            return
        self.import_button.setEnabled(False)
        self.bar.show()
        progress = self._progress
        context.writer.run(
            lambda: import_nominees(
                context.ports(),
                path,
                progress=progress.tell,
                stop_wanted=progress.stop_wanted,
            ),
            owner=self,
            done=self._imported,
            failed=self._refused,
        )

    def reject(self) -> None:
        """Close; an import that runs stops, and nothing of it is kept."""
        self._progress.stop()
        super().reject()

    def _moved(self, done: int, total: int) -> None:
        self.bar.setMaximum(total)
        self.bar.setValue(done)

    def _imported(self, done: NomineesImported) -> None:
        self.imported.emit(done.changes)
        self.accept()

    def _ask_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Chọn danh sách", "", "Excel (*.xlsx)")
        if chosen:
            self.open_file(Path(chosen))

    def _ask_template(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, "Lưu mẫu", "mau-danh-sach.xlsx", "Excel (*.xlsx)"
        )
        if chosen:
            context, path = self._context, Path(chosen)
            context.reader.run(
                lambda: write_template(context.ports(), path),
                owner=self,
                done=lambda _: self.message.setText(f"Đã lưu mẫu “{path.name}”."),
                failed=self._refused,
            )

    def _refused(self, error: ThiduaError) -> None:
        self.bar.hide()
        self.table.setRowCount(0)
        self.import_button.setEnabled(False)
        self.message.setText(error_text(error))
