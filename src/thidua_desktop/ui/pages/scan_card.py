"""Thư mục quét: where the scanner leaves its files, chosen once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from thidua_desktop.ui.pages.page import Page
from thidua_desktop.ui.widgets.frames import Card, button_of
from thidua_desktop.ui.widgets.labels import Text

if TYPE_CHECKING:  # read on the worker that first asks
    from thidua_desktop.services.ports import Ports
    from thidua_desktop.services.scans import Scans


class ScanCard(Card):
    """Says which folder it is, and lets another be chosen."""

    def __init__(self, page: Page) -> None:
        super().__init__("Thư mục quét")
        self._page = page
        self.said = Text(wrap=True)
        self.choose = button_of("Chọn thư mục…", self._ask)
        self.choose.setObjectName("scan_folder")
        self.drop = button_of("Thôi dùng", lambda: self.use(None))
        row = QHBoxLayout()
        row.addWidget(self.choose)
        row.addWidget(self.drop)
        row.addStretch(1)
        self.body.addWidget(self.said)
        self.body.addLayout(row)

    def refresh(self) -> None:
        """Read which folder it is; a share may be slow, so not where lists are read."""
        context = self._page.context
        context.drawer.run(
            lambda: _scans(context.ports()),
            owner=self,
            done=self.show_scans,
            failed=self._page.refused,
        )

    def show_scans(self, scans: Scans) -> None:
        """Show the folder."""
        self.drop.setVisible(scans.folder is not None)
        if scans.folder is None:
            self.said.setText(
                "Chọn thư mục mà máy quét lưu tệp vào. Khi kèm tệp cho minh chứng, các tệp quét "
                "mới hiện ra để chọn; tệp gốc trong thư mục giữ nguyên."
            )
        elif not scans.is_there:
            self.said.setText(f"{scans.folder}: hiện không thấy thư mục này.")
        else:
            self.said.setText(f"{scans.folder}: {len(scans.files)} tệp, {scans.new} tệp mới.")

    def use(self, folder: Path | None) -> None:
        """Use this folder from now on, or none."""

        def choose(ports: Ports) -> Scans:
            from thidua_desktop.services.scans import (  # noqa: PLC0415 - on the worker
                choose_scan_folder,
                scanned_files,
            )

            choose_scan_folder(ports, folder)
            return scanned_files(ports)

        self._page.write(choose, self.show_scans)

    def _ask(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Thư mục mà máy quét lưu tệp")
        if chosen:
            self.use(Path(chosen))


def _scans(ports: Ports) -> Scans:
    from thidua_desktop.services.scans import scanned_files  # noqa: PLC0415 - on the worker

    return scanned_files(ports)
