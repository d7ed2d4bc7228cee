"""What is known of a data folder's backups while its database cannot be read: their mark, and the
place that a person chose for them. It stands beside the usual ones.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

import msgspec

from thidua_desktop.storage.files import write_whole

_DIGITS = 16
_MARK_BYTES = 8


class Note(msgspec.Struct, frozen=True):
    """The mark that tells the backups of this folder from those of all others; the place, if it is
    not the usual one.
    """

    mark: str
    place: str = ""


_decode = msgspec.json.Decoder(Note).decode


class BackupNote:
    """The note of one data folder.

    It is found by the way from the usual place to the folder: both may be moved together. A folder
    that is moved alone begins anew; its former backups can still be chosen by hand.
    """

    def __init__(self, data: Path, usual: Path) -> None:
        self._data = data
        self._usual = usual

    def read(self) -> Note | None:
        """Return the note; None where there is none that can be read."""
        try:
            return _decode(self._path.read_bytes())
        except (OSError, ValueError):
            return None

    def mark(self) -> str:
        """Return the mark for a new backup. Raises OSError."""
        note = self.read()
        if note is None:
            note = Note(os.urandom(_MARK_BYTES).hex())
            self._write(note)
        return note.mark

    def remember(self, place: Path | None) -> None:
        """Note the chosen place, None: the usual one.

        That it cannot be noted is no reason not to have the backup.
        """
        said = "" if place is None else str(place)
        with suppress(OSError):
            note = Note(self.mark(), said)
            if self.read() != note:
                self._write(note)

    def _write(self, note: Note) -> None:
        self._usual.mkdir(parents=True, exist_ok=True)
        write_whole(self._path, msgspec.json.encode(note))

    @property
    def _path(self) -> Path:
        data, usual = self._data.resolve(), self._usual.resolve()
        try:
            way = os.path.relpath(data, usual)
        except ValueError:  # another drive
            way = str(data)
        digest = hashlib.sha256(os.path.normcase(way).encode(errors="surrogateescape")).hexdigest()
        return self._usual / f"noi-luu-{digest[:_DIGITS]}"
