"""Where things are: the shipped resources, the user's data, the identity outside it."""

from __future__ import annotations

import os
from pathlib import Path

_NAME = "ThiDuaDesktop"


def resources() -> Path:
    """Return the folder of shipped resources."""
    beside_source = Path(__file__).resolve().parents[3] / "resources"
    return Path(os.environ.get("THIDUA_RESOURCES", beside_source))


def data_folder() -> Path:
    """Return the office's folder, unless the command line names one."""
    return Path(os.environ.get("THIDUA_DATA") or _user_folder("data"))


def identity_folder() -> Path:
    """Return the place outside the data folder for who this replica is."""
    return Path(os.environ.get("THIDUA_IDENTITY") or _user_folder("identity"))


def _user_folder(purpose: str) -> Path:
    import platformdirs  # noqa: PLC0415 - costs start-up time only where it is needed

    return Path(platformdirs.user_data_dir(_NAME, appauthor=False)) / purpose
