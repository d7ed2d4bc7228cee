"""Who works on this PC: the name that every change bears, and “Từ đâu ra?” tells."""

from __future__ import annotations

from thidua_desktop.domain.errors import InvalidInputError
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.text import clean
from thidua_desktop.services.ports import Ports

LONGEST_NAME = 100


def worker(ports: Ports) -> str:
    """Return the name; until somebody says one, it is that of the account."""
    return ports.store.who()


def name_worker(ports: Ports, typed: str) -> str:
    """Keep who works here from now on; what was written before keeps its name. Blank: the account.

    Raises:
        InvalidInputError: the name is too long.
        UnwritableFileError: it cannot be kept.
    """
    name = clean(typed)
    if len(name) > LONGEST_NAME:
        raise InvalidInputError((FieldIssue("who", Issue.TOO_LONG),))
    ports.store.set_who(name)
    return ports.store.who()
