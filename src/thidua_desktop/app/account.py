"""The account of the system that the program runs under."""

from __future__ import annotations

from getpass import getuser

from thidua_desktop.domain.text import clean
from thidua_desktop.services.worker import LONGEST_NAME


def account_name() -> str:
    """Return its name as it may stand in a record; empty where the system tells none."""
    try:
        name = getuser()
    except (OSError, KeyError, ImportError):
        return ""
    return clean(name.encode("utf-8", "replace").decode("utf-8"))[:LONGEST_NAME]
