"""Imports as Python does them, though PySide is there."""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401 - it puts its own way to import in place


def import_plainly() -> None:
    """Take back the way to import that PySide puts in place.

    It reads the source of every module that comes after it, and keeps it, to see where somebody
    writes `from __feature__ import snake_case`. Nobody does here, and of SQLAlchemy and the other
    libraries that is much to read.
    """
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
