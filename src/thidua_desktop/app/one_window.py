"""A second start on the same data brings the first window to the front instead of failing."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer
    from PySide6.QtWidgets import QWidget

_PATIENCE_MS = 1_000


class OneWindow(QObject):
    """The door of a data folder: whoever has the folder open listens at it."""

    def __init__(self, data: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = f"thidua-{hashlib.sha256(str(data.resolve()).encode()).hexdigest()[:24]}"
        self._server: QLocalServer | None = None
        self._window: QWidget | None = None

    def listen(self, window: QWidget) -> None:
        """Show this window to whoever knocks; the caller holds the folder, so nobody else does."""
        from PySide6.QtNetwork import QLocalServer  # noqa: PLC0415 - after first paint

        self._window = window
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._show)
        QLocalServer.removeServer(self._name)  # of a program that was killed
        self._server.listen(self._name)

    def close(self) -> None:
        """Listen no more."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def knock(self) -> bool:
        """Ask the window that has the folder open to come to the front; tell whether one did."""
        from PySide6.QtNetwork import QLocalSocket  # noqa: PLC0415 - as above

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        is_there = socket.waitForConnected(_PATIENCE_MS)
        socket.abort()
        return is_there

    def _show(self) -> None:
        if self._server is None or self._window is None:
            return
        while self._server.hasPendingConnections():
            self._server.nextPendingConnection().deleteLater()
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
