"""How far a data folder has come, said outside it: so that a copy or an older state is noticed.

Beside the identity of a store lie its stamp and its high-water marks (bundle.md 9). The stamp
stands in the database too and changes whenever a program begins to write there: of two folders
with one identity only the one that was written last fits. The marks are the numbers of own
channels that have left in a bundle: a database that holds less, or something else under such a
number, would give a number twice.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from thidua_desktop.domain.bundles import Held
from thidua_desktop.domain.errors import UnwritableFileError
from thidua_desktop.domain.offices import Displacement
from thidua_desktop.storage.files import write_whole
from thidua_desktop.storage.troubles import translated

STAMP = "stamp"  # the setting of the database
_ONLY_ME = 0o600
_NOISE_BYTES = 16


@dataclass(frozen=True, slots=True)
class Marks:
    """What the database must say. `coming` is a stamp it was perhaps just given: the program may
    have ended between writing it here and writing it there.
    """

    stamp: str | None
    coming: str | None = None
    sent: Mapping[bytes, Held] = field(default_factory=dict)


class _Text(msgspec.Struct):
    stamp: str | None
    coming: str | None
    sent: dict[str, tuple[int, str]]


_decode = msgspec.json.Decoder(_Text).decode


class MarkFile:
    """The marks of one store in the identity folder, and the stamp in its database."""

    def __init__(self, folder: Path, store: str, database: Path) -> None:
        self.path = folder / f"{store}.marks"
        self._database = database

    def load(self) -> Marks | None:
        """Return the marks, or None where there are none."""
        try:
            text = _decode(self.path.read_bytes())
            sent = {
                bytes.fromhex(origin): Held(number, bytes.fromhex(chain))
                for origin, (number, chain) in text.sent.items()
            }
        except (OSError, ValueError):  # what cannot be read says nothing
            return None
        return Marks(text.stamp, text.coming, sent)

    def save(self, marks: Marks) -> None:
        """Write the marks, whole or not at all.

        Raises DiskFullError, StoreReadOnlyError and UnwritableFileError.
        """
        sent = {oid.hex(): (at.number, at.hash.hex()) for oid, at in marks.sent.items()}
        text = _Text(marks.stamp, marks.coming, sent)
        try:
            with translated(self.path.parent):
                self.path.parent.mkdir(parents=True, exist_ok=True)
                write_whole(self.path, msgspec.json.encode(text), mode=_ONLY_ME)
        except OSError as error:
            raise UnwritableFileError(self.path.name) from error

    def displaced(self, stamp: str | None, held: Mapping[bytes, Held]) -> Displacement | None:
        """Return why a database that says this may not go on under its identity; None: it may."""
        marks = self.load()
        if marks is None:
            # A folder of a program that knew no stamps has none on either side.
            return None if stamp is None else Displacement.COPIED
        if any(_is_behind(held.get(oid), at) for oid, at in marks.sent.items()):
            return Displacement.OLDER
        return None if stamp in {marks.stamp, marks.coming} else Displacement.COPIED

    def take(self, noise: Callable[[int], bytes]) -> str:
        """Give a new stamp to the database and to the marks, and return it."""
        from thidua_desktop.storage.database import PATIENT, PRAGMAS, WRITING  # noqa: PLC0415 - heavy

        marks = self.load() or Marks(None)
        with closing(self._open()) as connection:
            for pragma in PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
            connection.execute(WRITING)
            found = connection.execute("SELECT value FROM setting WHERE name = ?", (STAMP,))
            before = next((value for (value,) in found), None)
            stamp = next_stamp(before, noise)
            self.save(replace(marks, stamp=before, coming=stamp))
            connection.execute(
                "INSERT INTO setting(name, value) VALUES (?, ?) "
                "ON CONFLICT(name) DO UPDATE SET value = excluded.value",
                (STAMP, stamp),
            )
            connection.execute(PATIENT)  # a reader of our own may be in the middle of a long list
            connection.execute("COMMIT")
        self.save(replace(marks, stamp=stamp, coming=None))
        return stamp

    def _open(self) -> sqlite3.Connection:
        address = f"{self._database.resolve().as_uri()}?mode=rw"
        return sqlite3.connect(address, uri=True, isolation_level=None, timeout=2)


def next_stamp(before: str | None, noise: Callable[[int], bytes]) -> str:
    """Return a stamp that was never there before, even where chance repeats itself."""
    return hashlib.sha256((before or "").encode() + noise(_NOISE_BYTES)).hexdigest()[:32]


def further(marks: Marks, held: Mapping[bytes, Held]) -> Marks:
    """Return the marks with these numbers as the last that have left; marks never fall."""
    fresh = {
        oid: at for oid, at in held.items() if at.number > marks.sent.get(oid, Held(0, b"")).number
    }
    return replace(marks, sent={**marks.sent, **fresh})


def _is_behind(here: Held | None, mark: Held) -> bool:
    if here is None or here.number < mark.number:
        return True
    return here.number == mark.number and here.hash != mark.hash
