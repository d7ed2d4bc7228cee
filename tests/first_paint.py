"""Runs the program until its window is painted, in a process of its own: `first_paint.py FOLDER`.

Prints the heavy libraries loaded by then as JSON; `bare` in place of FOLDER paints an empty window
of Qt alone, the limit the benchmark compares with.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from pathlib import Path

if __name__ == "__main__" and sys.argv[1] != "bare":
    gc.disable()  # as the program does before it loads Qt

from PySide6.QtWidgets import QApplication, QMainWindow

HEAVY = (
    *("sqlalchemy", "alembic", "openpyxl", "reportlab", "PIL", "lxml", "typer", "rich"),
    "thidua_desktop.domain.kinds",  # every record kind, a fifth of the whole start
    "thidua_desktop.domain.records",
    "thidua_desktop.domain.errors",
    "thidua_desktop.ui.dialogs.dialog",
)


def told_after_paint() -> int:
    """Paint what is shown, say what is loaded, and leave as a killed process would.

    A window is painted when the system shows it; before that it takes no wish to be painted. What
    the program begins after its first paint does not begin.
    """
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    (window,) = (one for one in application.topLevelWidgets() if isinstance(one, QMainWindow))
    window.blockSignals(True)
    while not window.windowHandle().isExposed():
        application.processEvents()
    sys.stdout.write(json.dumps([name for name in HEAVY if name in sys.modules]))
    sys.stdout.flush()
    os._exit(0)


def paint_bare() -> None:
    application = QApplication([])
    window = QMainWindow()
    window.resize(1366, 768)
    window.show()
    application.exec()


def paint_program(folder: Path) -> None:
    from thidua_desktop.app.entry import run  # noqa: PLC0415 - the bare window must not pay it

    run(["--data", str(folder / "data"), "--identity", str(folder / "identity")])


if __name__ == "__main__":
    QApplication.exec = staticmethod(told_after_paint)  # type: ignore[method-assign]
    if sys.argv[1] == "bare":
        paint_bare()
    else:
        paint_program(Path(sys.argv[1]))
