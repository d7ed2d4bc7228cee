"""Stocks and printers of In bằng: what is chosen, how far a printer prints beside, the grid."""

from __future__ import annotations

from PySide6.QtCore import QObject

from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.stocks import Offset
from thidua_desktop.services.award_sheets import (
    SheetChoice,
    SheetsWanted,
    Shop,
    keep_choice,
    keep_offset,
    printable_grid,
    shop,
)
from thidua_desktop.ui.dialogs.print_preview import PrintPreview
from thidua_desktop.ui.dialogs.stock_dialog import StockDialog
from thidua_desktop.ui.pages.certificate_run import CertificateRun
from thidua_desktop.ui.pages.page import Page
from thidua_desktop.ui.printing import printer_names


class CertificateStocks(QObject):
    """Does for a page what its run asks of stocks and printers; all of it stays on this PC."""

    def __init__(self, page: Page, run: CertificateRun) -> None:
        super().__init__(page)
        self._page, self._run = page, run
        run.gridding.connect(self._show_grid)
        run.arranging.connect(self._arrange)
        run.chosen.connect(self._keep_choice)
        run.moved.connect(self._keep_offset)

    def read(self) -> None:
        """Read stocks and printers anew."""
        self._page.read(shop, self._show)

    def _show(self, found: Shop) -> None:
        self._run.show_shop(found, printer_names())

    def _show_grid(self, wanted: SheetsWanted) -> None:
        paper = printable_grid(wanted.stock, wanted.printer)
        PrintPreview(self._page.context, [paper], self._page, printer=wanted.printer).open()

    def _arrange(self, stock: str) -> None:
        dialog = StockDialog(self._page.context, stock, self._page)
        dialog.changed.connect(self.read)
        dialog.open()

    def _keep_choice(self, stock: str, printer: str) -> None:
        choice = SheetChoice(stock, printer)
        self._page.write(lambda ports: keep_choice(ports, choice), lambda _: None)

    def _keep_offset(self, printer: str, offset: Offset) -> None:
        self._page.write(
            lambda ports: keep_offset(ports, printer, offset),
            lambda _: self._offset_kept(printer),
            lambda error: self._page.context.news(error_text(error)),
        )

    def _offset_kept(self, printer: str) -> None:
        self._page.context.saved("✓ Đã lưu")
        self._page.context.news(f"Đã ghi bù lệch của {printer} trên máy này.")
        self.read()
