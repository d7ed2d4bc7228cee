"""The manual, opened at the page one is on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget


class ManualWindow(QDialog):
    """Reads the pages of the manual from the shipped folder, and nothing else."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Hướng dẫn sử dụng")
        self.resize(860, 580)
        self.browser = QTextBrowser()
        self.browser.setOpenExternalLinks(False)
        self.browser.setSearchPaths([str(folder)])
        layout = QVBoxLayout(self)
        layout.addWidget(self.browser)

    def open_page(self, name: str) -> None:
        """Show a page of the manual."""
        self.browser.setSource(QUrl(f"{name}.md"))
        self.show()
        self.activateWindow()
