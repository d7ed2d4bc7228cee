"""The way in: a command goes to the command line, no command opens the window."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from thidua_desktop.app.paths import data_folder, identity_folder

if TYPE_CHECKING:  # first paint does not need it
    from thidua_desktop.services.ports import Ports

_FOLDER_OPTIONS = ("--data", "--identity")


def run(arguments: Sequence[str]) -> int:
    """Do what the arguments say and return the exit code of the contract."""
    folders = _only_folders(arguments)
    if folders is None:
        return _run_command(arguments)
    gc.disable()  # nothing that is loaded now is garbage; `ui.garbage` collects from then on
    from thidua_desktop.app.plain_imports import import_plainly  # noqa: PLC0415 - needs Qt

    import_plainly()
    from thidua_desktop.app.start import open_window  # noqa: PLC0415 - commands need no Qt

    data = folders.get("--data", data_folder())
    return open_window(data, folders.get("--identity", identity_folder()))


def _only_folders(arguments: Sequence[str]) -> dict[str, Path] | None:
    """Return the folders named when the arguments name nothing else, else None.

    Reading them by hand spares the window the import of the command line.
    """
    folders: dict[str, Path] = {}
    rest = list(arguments)
    while rest:
        option, _, value = rest.pop(0).partition("=")
        if option not in _FOLDER_OPTIONS or not (value or rest):
            return None
        folders[option] = Path(value or rest.pop(0))
    return folders


def _run_command(arguments: Sequence[str]) -> int:
    from thidua_desktop.app.demo import run_demo  # noqa: PLC0415 - only commands need it
    from thidua_desktop.cli.commands import Outside, run_command  # noqa: PLC0415

    outside = Outside(
        make_ports=_ports, data=data_folder(), identity=identity_folder(), demo=run_demo
    )
    return run_command(arguments, outside)


def _ports(data: Path, identity: Path) -> Ports:
    from thidua_desktop.app.account import account_name  # noqa: PLC0415 - as what follows
    from thidua_desktop.app.wiring import make_ports  # noqa: PLC0415 - heavy libraries

    return make_ports(data, identity, who=account_name(), keeps_backups=True)
