"""Nhập từ Excel: the list is shown with an error per cell before anything is written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import ThiduaError
from thidua_desktop.services.sheets import (
    NomineesImported,
    RowState,
    SheetPreview,
    import_nominees,
    preview_nominees,
    write_template,
)
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text

_COLUMNS = ("Dòng", "Đối tượng", "Tên", "Hình thức", "Kết quả")


class ImportList(QDialog):
    """Template, preview, import."""

    imported = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Nhập danh sách từ Excel")
        self.resize(860, 520)
        self._context = context
        self._path: Path | None = None
        self.message = Text(
            "Chọn tệp theo mẫu của phần mềm. Chưa có mẫu thì bấm “Lấy mẫu…”.", wrap=True
        )
        self.table = QTableWidget(0, len(_COLUMNS))
        self.table.setAccessibleName("Xem trước danh sách")
        self.table.setHorizontalHeaderLabels(list(_COLUMNS))
        self.table.verticalHeader().hide()
        self.table.setAlternatingRowColors(True)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.horizontalHeader().setSectionResizeMode(
            len(_COLUMNS) - 1, QHeaderView.ResizeMode.Stretch
        )
        for column, width in enumerate((56, 110, 220, 190)):
            self.table.setColumnWidth(column, width)
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
            said = row.summary().partition(" · ")[2]
            cells = (str(row.number), *(row.values[n] for n in ("subject", "name", "award")), said)
            for column, words in enumerate(cells):
                item = QTableWidgetItem(words)
                item.setToolTip(words)
                if row.state is RowState.ERROR:
                    item.setForeground(self._context.look.colour("err"))
                self.table.setItem(place, column, item)
        wrong = preview.count(RowState.ERROR)
        new, changed = preview.count(RowState.NEW), preview.count(RowState.CHANGED)
        said = f"{new} dòng mới, {changed} dòng sửa"
        self.message.setText(
            f"{said}. Còn {wrong} dòng có ô sai: sửa trong Excel rồi chọn lại, chưa dòng nào được "
            "nhập."
            if wrong
            else f"{said}. Bấm “Nhập” để ghi."
        )
        self.import_button.setEnabled(not wrong and new + changed > 0)

    def _import(self) -> None:
        path, context = self._path, self._context
        if path is None:
            return
        self.import_button.setEnabled(False)
        context.writer.run(
            lambda: import_nominees(context.ports(), path),
            owner=self,
            done=self._imported,
            failed=self._refused,
        )

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
        self.table.setRowCount(0)
        self.import_button.setEnabled(False)
        self.message.setText(error_text(error))
