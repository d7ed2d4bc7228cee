"""Phrases from outside: of a file that the environment names, or typed at a terminal."""

from __future__ import annotations

import os
import sys
from getpass import getpass
from pathlib import Path

from thidua_desktop.domain.errors import PhraseError, UnreadableFileError
from thidua_desktop.services.opening import AskPhrase

FILE_VARIABLE = "THIDUA_PASSPHRASE_FILE"
# The phrase of this PC's own keys is asked beside that of what a command is about.
KEY_VARIABLE = "THIDUA_IDENTITY_PHRASE_FILE"


def ask_for(what: str, *, is_new: bool = False, file: Path | None = None) -> AskPhrase:
    """Return what asks for the phrase of something, in Vietnamese; a new one is typed twice.

    It returns None where there is neither a file nor a terminal.
    """

    def ask() -> str | None:
        named = file or _named(FILE_VARIABLE)
        if named is not None:
            return _first_line(named)
        if not sys.stdin.isatty():
            return None
        typed = getpass(f"Cụm từ mở {what}: ")
        if is_new and typed and typed != getpass("Gõ lại cụm từ: "):
            raise PhraseError(what)
        return typed or None

    return ask


def ask_for_key() -> AskPhrase:
    """Return what asks for the phrase of this PC's own keys."""
    return ask_for("khóa của máy này", file=_named(KEY_VARIABLE))


def _named(variable: str) -> Path | None:
    file = os.environ.get(variable)
    return Path(file) if file else None


def _first_line(path: Path) -> str | None:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFileError(path.name) from error
    return lines[0].strip() or None if lines else None
