"""Phrases from outside: of a file that the environment names, or typed at a terminal."""

from __future__ import annotations

import os
import sys
from getpass import getpass
from pathlib import Path

from thidua_desktop.domain.errors import PhraseError, UnreadableFileError
from thidua_desktop.services.opening import AskPhrase

FILE_VARIABLE = "THIDUA_PASSPHRASE_FILE"


def ask_for(what: str, *, is_new: bool = False) -> AskPhrase:
    """Return what asks for the phrase of something, in Vietnamese; a new one is typed twice.

    It returns None where there is neither a file nor a terminal.
    """

    def ask() -> str | None:
        if file := os.environ.get(FILE_VARIABLE):
            return _first_line(Path(file))
        if not sys.stdin.isatty():
            return None
        typed = getpass(f"Cụm từ mở {what}: ")
        if is_new and typed and typed != getpass("Gõ lại cụm từ: "):
            raise PhraseError(what)
        return typed or None

    return ask


def _first_line(path: Path) -> str | None:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFileError(path.name) from error
    return lines[0].strip() or None if lines else None
