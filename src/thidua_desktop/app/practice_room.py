"""The practice province on this PC: where it lies, how its windows open, how it begins anew."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from thidua_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:  # it stands where windows are made, and they know it
    from thidua_desktop.domain.errors import ThiduaError
    from thidua_desktop.services.ports import Ports
    from thidua_desktop.ui.main_window import MainWindow

OFFICE, PROVINCE, AFRESH = "office", "province", "afresh"
_DATABASE = "thidua.db"


@dataclass(frozen=True, slots=True)
class PracticeFolder:
    """A folder beside the real data, with a folder in it for each time it was begun anew."""

    root: Path

    @classmethod
    def beside(cls, data: Path) -> PracticeFolder:
        """Return the folder that belongs to a data folder."""
        return cls(data.parent / f"{data.name}-thuc-hanh")

    def current(self) -> Path | None:
        """Return the folder of the latest beginning; None before the first."""
        whole = [one for one in self._all() if (one / OFFICE / "data" / _DATABASE).exists()]
        return whole[-1] if whole else None

    def begin(self) -> Path:
        """Make a practice province anew, beside those that were; on a worker."""
        from thidua_desktop.services.practice import make_practice  # noqa: PLC0415 - on the worker

        folder = self.root / str(max([0, *(int(one.name) for one in self._all())]) + 1)
        make_practice(ports_of(folder, PROVINCE), ports_of(folder, OFFICE))
        return folder

    def ready(self) -> Path:
        """Return the folder of the latest beginning, made if there was none; on a worker."""
        return self.current() or self.begin()

    def clear(self, stays: Path) -> None:
        """Remove all beginnings but one; what a window still holds goes the next time."""
        for one in self._all():
            if one != stays:
                shutil.rmtree(one, ignore_errors=True)

    def _all(self) -> list[Path]:
        found = self.root.iterdir() if self.root.is_dir() else ()
        return sorted((one for one in found if one.name.isdigit()), key=lambda one: int(one.name))


def ports_of(folder: Path, who: str) -> Ports:
    """Return the ports of the office or of the province of a practice folder."""
    from thidua_desktop.app.wiring import make_ports  # noqa: PLC0415 - heavy libraries

    return make_ports(folder / who / "data", folder / who / "identity")


class PracticeRoom(QObject):
    """Opens practice windows. `show` makes the window of a data folder and its identity."""

    def __init__(
        self,
        folder: PracticeFolder,
        runner: TaskRunner,
        show: Callable[[Path, Path], MainWindow],
        refused: Callable[[ThiduaError], None],
    ) -> None:
        super().__init__()
        self._folder = folder
        self._runner = runner
        self._show = show
        self._refused = refused
        self._windows: dict[str, MainWindow] = {}
        self._is_busy = False

    def open(self, what: str) -> None:
        """Open the practice office or province; `afresh` begins anew and opens the office."""
        if self._is_busy:
            return
        who = OFFICE if what == AFRESH else what
        window = self._windows.get(who)
        if what != AFRESH and window is not None:
            window.raise_()
            window.activateWindow()
            return
        self._is_busy = True
        self._runner.run(
            self._folder.begin if what == AFRESH else self._folder.ready,
            owner=self,
            done=partial(self._open, who),
            failed=self._stopped,
        )

    def _open(self, who: str, folder: Path) -> None:
        self._is_busy = False
        for window in list(self._windows.values()):
            if window.property("folder") != str(folder):
                window.close()
        self._folder.clear(stays=folder)
        window = self._show(folder / who / "data", folder / who / "identity")
        window.setProperty("folder", str(folder))
        window.closing.connect(partial(self._windows.pop, who, None))
        window.practice_wanted.connect(self.open)
        self._windows[who] = window

    def _stopped(self, error: ThiduaError) -> None:
        self._is_busy = False
        self._refused(error)
