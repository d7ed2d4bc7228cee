"""Offers what the scanner left to the lists of files of a page, as soon as it is there."""

from __future__ import annotations

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from thidua_desktop.domain.errors import ThiduaError
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.scans import ScannedFile, Scans, note_attached, scanned_files
from thidua_desktop.ui.pages.page import Page

_SOON = 1_000  # milliseconds that a folder rests before it is looked at


class Scanning(QObject):
    """`found` carries what lies in the folder of the scanner."""

    found = Signal(object)

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self.scans = Scans()
        self._is_reading = False
        self._watcher = QFileSystemWatcher(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._soon.timeout.connect(self.look)
        self._watcher.directoryChanged.connect(lambda _: self._soon.start())

    def look(self) -> None:
        """Look into the folder; a share may be slow, so not where lists are read."""
        if self._is_reading:
            return
        self._is_reading = True
        context = self._page.context
        context.drawer.run(
            lambda: scanned_files(context.ports()),
            owner=self,
            done=self._take,
            failed=self._cannot,
        )

    def note(self, files: list[ScannedFile]) -> None:
        """Remember that these were attached."""

        def noted(ports: Ports) -> Scans:
            note_attached(ports, [one.file for one in files])
            return scanned_files(ports)

        self._page.write(noted, self._take)

    def _take(self, scans: Scans) -> None:
        self._is_reading = False
        self.scans = scans
        wanted = [str(scans.folder)] if scans.is_there else []
        watched = self._watcher.directories()
        if watched != wanted:
            if watched:
                self._watcher.removePaths(watched)
            if wanted:
                self._watcher.addPaths(wanted)
        self.found.emit(scans)

    def _cannot(self, error: ThiduaError) -> None:
        self._is_reading = False
        self._page.refused(error)
