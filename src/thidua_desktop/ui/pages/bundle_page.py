"""Gói dữ liệu: the merge desk, what differs in the data, the registers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QTabWidget

from thidua_desktop.services.changes import Changes
from thidua_desktop.services.exporting import ExportChoices, ExportWish, export, export_choices
from thidua_desktop.services.offices import OfficesAccepted, accept
from thidua_desktop.services.packing import BundleMade
from thidua_desktop.ui.dialogs.export_dialog import ExportDialog
from thidua_desktop.ui.pages.desk_view import DeskView
from thidua_desktop.ui.pages.differences_view import DifferencesView
from thidua_desktop.ui.pages.page import Page, PageContext
from thidua_desktop.ui.pages.registers import Registers

DESK, DIFFERENCES, REGISTERS = range(3)


class BundlePage(Page):
    """Three parts; what one of them changes the others read anew."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("Gói dữ liệu", context)
        self.setAcceptDrops(True)
        self._accept = self.head.add_action("Chấp nhận cơ quan đang chờ", self._accept_all)
        self._accept.hide()
        self.head.add_action("Nhận gói…", self._ask_files, name="receive")
        self._export = self.head.add_action("Xuất gói…", self._ask_what, primary=True)
        self.desk = DeskView(context)
        self.differences = DifferencesView(context)
        self.registers = Registers(context)
        self.tabs = QTabWidget()
        for words, part in (
            ("Bàn hợp nhất", self.desk),
            ("Khác nhau", self.differences),
            ("Sổ gói", self.registers),
        ):
            self.tabs.addTab(part, words)
        self.body.addWidget(self.tabs, 1)
        self.desk.merged.connect(self._changed)
        self.differences.settled.connect(self.changed)
        self.differences.counted.connect(self._show_count)
        self.registers.undone.connect(self._changed)
        self.registers.asks.connect(self._show_asking)

    def refresh(self) -> None:
        """Read everything anew."""
        province = self.context.office().is_province
        self._export.setText("Xuất gói cho các đơn vị…" if province else "Xuất gói gửi tỉnh…")
        self.desk.refresh()
        self.differences.refresh()
        self.registers.refresh()

    def close_down(self) -> None:
        """Let go of the desk's copy."""
        self.desk.close_plan()

    def step(self, by: int) -> None:
        """Go to the next line of the part that is shown."""
        part = self.tabs.currentWidget()
        if isinstance(part, DeskView | DifferencesView | Registers):
            part.step(by)

    # receiving

    def take_back(self) -> bool:
        """Take back the last choice on the desk."""
        is_here = self.tabs.currentWidget() is self.desk and self.desk.record.plan is not None
        if is_here:
            self.desk.record.undo()
        return is_here

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take bundle files and folders of them; which is which is looked at by the worker."""
        if _dropped(event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Lay the dropped bundles on the desk."""
        self.lay(_dropped(event.mimeData().urls()))

    def lay(self, files: Sequence[Path]) -> None:
        """Lay bundles on the desk; nothing of them is merged."""
        self.tabs.setCurrentIndex(DESK)
        self.desk.lay(files)

    def _ask_files(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(self, "Nhận gói", "", "Gói dữ liệu (*.tdkt)")
        self.lay([Path(one) for one in chosen])

    def _changed(self, changes: Changes) -> None:
        self.changed.emit(changes)
        self.refresh()

    def _show_count(self, count: int) -> None:
        self.tabs.setTabText(DIFFERENCES, f"Khác nhau ({count})")

    # sending

    def _ask_what(self) -> None:
        self.read(export_choices, self._show_choices)

    def _show_choices(self, choices: ExportChoices) -> None:
        dialog = ExportDialog(choices, self)
        dialog.wanted.connect(self._ask_where)
        dialog.open()

    def _ask_where(self, wish: ExportWish) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Ghi gói vào thư mục")
        if folder:
            self.export_to(Path(folder), wish)

    def export_to(self, folder: Path, wish: ExportWish | None = None) -> None:
        """Write the bundles that are due, or that were wished, into a folder."""
        wanted = wish or ExportWish()
        self.write(lambda ports: export(ports, wanted, folder=folder), self._exported)

    def _exported(self, made: Sequence[BundleMade]) -> None:
        files = [file for one in made for file in one.files]
        names = ", ".join(file.name for file in files[:3])
        more = f" và {len(files) - 3} tệp nữa" if len(files) > 3 else ""  # noqa: PLR2004 - a line
        slip = "In phiếu giao nhận: thẻ Sổ gói, Đã gửi."
        said = f"Đã ghi {names}{more}. Đã kiểm tra, có thể rút. {slip}"
        self.context.news(said if made else "Chưa có cơ quan nào để gửi.")
        self.refresh()

    def _show_asking(self, asks: bool) -> None:
        self._accept.setVisible(asks and self.context.office().is_province)

    def _accept_all(self) -> None:
        self.write(lambda ports: accept(ports, None), self._accepted)

    def _accepted(self, done: OfficesAccepted) -> None:
        self.context.news(
            f"Đã chấp nhận {len(done.accepted)} máy, nhập {len(done.reports)} gói đang chờ."
        )
        self.refresh()


def _dropped(urls: Iterable[QUrl]) -> list[Path]:
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
