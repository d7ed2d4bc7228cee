"""Backups at a second place: made, tried, kept to a bounded number, and restored.

A backup that the program makes by itself is a copy of the database; the files beside it (evidence,
bundles that wait) are copied once, by their hash, and shared by all backups. A backup that a person
asks for as one file is a database too, with those files in a table of it: so that there is one kind
of file to check, and nothing else that is parsed. Either can be restored.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path

from thidua_desktop.domain.backups import Backup, BackupReason, BackupsAtHand, to_drop
from thidua_desktop.domain.errors import (
    BackupDamagedError,
    BackupFailedError,
    StoreBusyError,
    StoreExistsError,
    ThiduaError,
)
from thidua_desktop.domain.offices import Displacement
from thidua_desktop.storage.backup_label import Label, beside, label_of, labelled, put_label
from thidua_desktop.storage.backup_note import BackupNote
from thidua_desktop.storage.files import free_path, put_in_place, sync_folder, write_whole
from thidua_desktop.storage.lock import FolderLock
from thidua_desktop.storage.marks import STAMP
from thidua_desktop.storage.putting_back import put_back
from thidua_desktop.storage.soundness import (
    FILES_SCHEMA,
    FILES_TABLE,
    guarded,
    refuse_unsound,
    row_digest,
)
from thidua_desktop.storage.troubles import translated

_DATABASE = "thidua.db"
_FILE_FOLDERS = ("blobs", "parked", "parts", "sent")
_SHA = re.compile(r"[0-9a-f]{64}")
_FILE_NAME = re.compile(rf"({'|'.join(_FILE_FOLDERS)})/[0-9a-f]{{64}}")
_ENDING = ".saoluu"
_PAGES_AT_ONCE = 2_000


class BackupFolder:
    """Fits the Backups of services.ports."""

    def __init__(self, data: Path, place: Path, now: Callable[[], datetime]) -> None:
        self._data = data
        self._place = place
        self._now = now
        self._note = BackupNote(data, place)

    @property
    def place(self) -> Path:
        """Return the folder where backups lie unless a person chose another."""
        return self._place

    def all(self, place: Path | None = None) -> tuple[Backup, ...]:
        """Return the backups of this data folder that lie at a place, the newest first.

        Others may keep theirs there: another PC, or another folder of this one.
        """
        note = self._note.read()
        ours = {"", note.mark if note else ""}
        paths: list[Path] = []
        with suppress(OSError):  # a place that is not there, or not to be reached
            paths.extend((place or self._place).glob(f"*{_ENDING}"))
        found: list[Backup] = []
        for path in paths:
            said = label_of(path)
            if said is not None and said.folder in ours:
                with suppress(OSError):  # it alone is gone by now; the others are not
                    found.append(labelled(path, said))
        return tuple(sorted(found, key=lambda one: one.at, reverse=True))

    def remember(self, place: Path | None) -> None:
        """Note where backups go, None: to the usual place, so that it is known without the data."""
        self._note.remember(None if place == self._place else place)

    def at_hand(self) -> BackupsAtHand:
        """Return what can be found of them while the data cannot be read, the newest first."""
        note = self._note.read()
        chosen = Path(note.place) if note and note.place else None
        places = [self._place] if chosen in {None, self._place} else [chosen, self._place]
        found = [one for place in places for one in self.all(place)]
        is_gone = chosen is not None and not _is_folder(chosen)
        return BackupsAtHand(
            tuple(sorted(found, key=lambda one: one.at, reverse=True)), chosen if is_gone else None
        )

    def is_current(self, backup: Backup) -> bool:
        """Tell whether the database is still the one that this is a copy of."""
        said = label_of(backup.path)
        return said is not None and tuple(said.source) == self._state()

    def make(self, reason: BackupReason, place: Path | None = None) -> Backup:
        """Make a backup, try it, and drop those that need not be kept any more.

        Raises BackupFailedError: nothing was left half done, and the others are as they were.
        """
        folder = place or self._place
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with _alone(folder) as is_alone:
                if is_alone:
                    _drop_left(folder)
                return self._make(reason, folder)
        except (OSError, sqlite3.Error, BackupDamagedError) as error:
            raise BackupFailedError(str(folder), is_full=_is_full(error)) from error

    def retry(self, backup: Backup) -> Backup:
        """Try a backup again and keep what came of it."""
        said = label_of(backup.path)
        if said is None:
            return replace(backup, tried_at=None)
        tried_at: datetime | None = None
        with suppress(OSError, ThiduaError):
            if _sha_of(backup.path) != said.sha:
                raise BackupDamagedError(backup.path.name)
            refuse_unsound(backup.path)
            _read_files(backup.path.parent, said.files)
            tried_at = self._now()
        said.tried_at = tried_at
        with suppress(OSError):  # a place that may only be read is told all the same
            put_label(backup.path, said)
        return replace(backup, tried_at=tried_at)

    def write(self, path: Path) -> Backup:
        """Write all data as one file. Raises BackupFailedError."""
        draft = path.with_name(f"{path.name}.tmp")
        try:
            draft.unlink(missing_ok=True)
            _, digest = self._copy(draft)
            self._enclose_files(draft)
            self._try(draft, digest)
            put_in_place(draft, path)
            sync_folder(path.parent)
        except (OSError, sqlite3.Error, BackupDamagedError) as error:
            raise BackupFailedError(str(path.parent), is_full=_is_full(error)) from error
        finally:
            draft.unlink(missing_ok=True)
        at = self._now()
        size = path.stat().st_size
        return Backup(path=path, reason=BackupReason.ASKED, at=at, size=size, tried_at=at)

    def restore(self, source: Path, target: Path) -> None:
        """Make a new data folder of a backup. What is opened there is a replica of its own.

        Raises StoreExistsError, BackupDamagedError, StoreNewerError, DiskFullError and
        StoreReadOnlyError: nothing was made then.
        """
        self._restore(source, target, named=target.parent)

    def _restore(self, source: Path, target: Path, *, named: Path) -> None:
        """Restore; a disk that is full or may not be written to is told as that of `named`."""
        try:
            with translated(named):
                self._make_folder(source, target)
        except OSError as error:  # the backup itself cannot be read
            raise BackupDamagedError(source.name) from error

    def _make_folder(self, source: Path, target: Path) -> None:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise StoreExistsError(str(target))
        had_folder = target.exists()
        draft = target.with_name(f"{target.name}.khoi-phuc")
        shutil.rmtree(draft, ignore_errors=True)
        try:
            draft.mkdir(parents=True)
            shutil.copyfile(source, draft / _DATABASE)
            refuse_unsound(draft / _DATABASE, source.name)
            self._bring_files(source, draft)
            _make_new(draft / _DATABASE)
            if had_folder:
                target.rmdir()
            put_in_place(draft, target)
            sync_folder(target.parent)
        except FileNotFoundError as error:
            raise BackupDamagedError(source.name) from error
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def put_back(self, source: Path) -> Path | None:
        """Let a backup take the place of the data; return where those are kept, if there were any.

        Raises StoreBusyError, BackupDamagedError, StoreNewerError, DiskFullError and
        StoreReadOnlyError: nothing was changed then.
        """
        restore = partial(self._restore, source, named=self._data)
        return put_back(self._data, restore, self._now())

    def _make(self, reason: BackupReason, folder: Path) -> Backup:
        at = self._now()
        path = free_path(folder, f"{at:%Y%m%d-%H%M%S}", _ENDING)
        draft = path.with_suffix(".tmp")
        try:
            state, digest = self._copy(draft)
            files = self._share_files(folder)
            self._try(draft, digest)
            mark = self._note.mark()
            said = Label(reason.value, at, self._now(), _sha_of(draft), state, files, mark)
            put_label(path, said)
            put_in_place(draft, path)
            sync_folder(folder)
        finally:
            draft.unlink(missing_ok=True)
            draft.with_name(f"{draft.name}-journal").unlink(missing_ok=True)
        made = labelled(path, said)
        for old in to_drop(self.all(folder)):
            old.path.unlink(missing_ok=True)
            beside(old.path).unlink(missing_ok=True)
        self._sweep(folder)
        return made

    def _copy(self, draft: Path) -> tuple[tuple[int, int], str]:
        """Copy the database as it stands; return by what a change shows, and its digest."""
        draft.touch(mode=0o600)  # it holds what only this user may read
        address = f"{(self._data / _DATABASE).resolve().as_uri()}?mode=ro"
        with (
            closing(sqlite3.connect(address, uri=True, isolation_level=None)) as source,
            closing(sqlite3.connect(draft)) as target,
        ):
            source.execute("BEGIN")  # both see one state
            digest = row_digest(source)
            state = self._state()
            target.execute("PRAGMA synchronous = OFF")  # it is synced and read again as a whole
            source.backup(target, pages=_PAGES_AT_ONCE)
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        return state, digest

    def _try(self, path: Path, digest: str) -> None:
        """Open a copy as a stranger would, and compare it with what it is a copy of."""
        refuse_unsound(path)
        with guarded(path) as connection:
            if row_digest(connection) != digest:
                raise BackupDamagedError(path.name)

    def _state(self) -> tuple[int, int]:
        found = (self._data / _DATABASE).stat()
        return (found.st_mtime_ns, found.st_size)

    def _files(self) -> Iterator[Path]:
        """Return the files beside the database that bear their hash as their name."""
        for folder in _FILE_FOLDERS:
            if (self._data / folder).is_dir():
                for path in sorted((self._data / folder).iterdir()):
                    if _SHA.fullmatch(path.name):
                        yield path

    def _share_files(self, folder: Path) -> list[str]:
        """Copy what is not there yet; a file that is not what its name says is not copied."""
        names = []
        for path in self._files():
            copy = folder / path.parent.name / path.name
            if not copy.exists() or copy.stat().st_size != path.stat().st_size:
                content = path.read_bytes()
                if not _is_named_right(path.name, content):
                    continue  # damaged here: `store check` tells of it
                copy.parent.mkdir(exist_ok=True)
                write_whole(copy, content)
            names.append(f"{path.parent.name}/{path.name}")
        return names

    def _enclose_files(self, draft: Path) -> None:
        with closing(sqlite3.connect(draft)) as target, target:
            target.execute(FILES_SCHEMA)
            for path in self._files():
                content = path.read_bytes()
                if _is_named_right(path.name, content):
                    name = f"{path.parent.name}/{path.name}"
                    target.execute(f"INSERT INTO {FILES_TABLE} VALUES (?, ?)", (name, content))  # noqa: S608

    def _bring_files(self, source: Path, draft: Path) -> None:
        """Put the files of a backup beside the database; each must be what its name says."""
        for name, content in self._contents(source, draft / _DATABASE):
            if not _FILE_NAME.fullmatch(name) or not _is_named_right(name[-64:], content):
                raise BackupDamagedError(source.name)
            path = draft / name
            path.parent.mkdir(exist_ok=True)
            write_whole(path, content)

    def _contents(self, source: Path, database: Path) -> Iterator[tuple[str, bytes]]:
        said = label_of(source)
        if said is not None:
            for name in said.files:
                if not _FILE_NAME.fullmatch(name):
                    raise BackupDamagedError(source.name)
                yield name, (source.parent / name).read_bytes()
            return
        with guarded(database) as connection:
            tables = "SELECT 1 FROM sqlite_master WHERE name = ?"
            if connection.execute(tables, (FILES_TABLE,)).fetchone():
                yield from connection.execute(f"SELECT name, content FROM {FILES_TABLE}")  # noqa: S608

    def _sweep(self, folder: Path) -> None:
        """Drop the shared files that no backup names any more."""
        named: set[str] = set()
        for path in folder.glob(f"*{_ENDING}"):
            said = label_of(path)
            named |= set(said.files) if said else set()
        for kind in _FILE_FOLDERS:
            _drop_unnamed(folder / kind, named)


def _read_files(folder: Path, names: Iterable[str]) -> None:
    """Raise BackupDamagedError or OSError unless every file is there and what its name says."""
    for name in names:
        if not _is_named_right(name[-64:], (folder / name).read_bytes()):
            raise BackupDamagedError(name)


def _is_folder(place: Path) -> bool:
    try:
        return place.is_dir()
    except (OSError, ValueError):  # a drive that does not answer, or no name of a folder
        return False


def _make_new(database: Path) -> None:
    """Let a restored database fit no identity, so that it becomes a replica of its own."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(f"DROP TABLE IF EXISTS {FILES_TABLE}")
        connection.execute("UPDATE office SET store = ?", (os.urandom(16).hex(),))
        connection.execute(
            "INSERT INTO setting(name, value) VALUES (?, ?) "
            "ON CONFLICT(name) DO UPDATE SET value = excluded.value",
            (STAMP, Displacement.RESTORED.value),
        )
        connection.execute("COMMIT")
        connection.execute("VACUUM")


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """Tell whether no other program makes a backup here meanwhile."""
    with ExitStack() as stack:
        try:
            stack.enter_context(FolderLock(folder).held())
        except (StoreBusyError, OSError):
            yield False
        else:
            yield True


def _drop_left(folder: Path) -> None:
    """Drop what a program left that was killed in the middle of a backup, or of dropping one."""
    for path in folder.glob(f"*{_ENDING}.json"):
        if not path.with_suffix("").exists():
            path.unlink(missing_ok=True)
    for place in (folder, *(folder / name for name in _FILE_FOLDERS)):
        for draft in chain(place.glob("*.tmp"), place.glob("*.tmp-journal")):
            draft.unlink(missing_ok=True)


def _drop_unnamed(folder: Path, named: Collection[str]) -> None:
    if folder.is_dir():
        for path in folder.iterdir():
            if _SHA.fullmatch(path.name) and f"{folder.name}/{path.name}" not in named:
                path.unlink(missing_ok=True)


def _sha_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_named_right(sha: str, content: bytes) -> bool:
    return hashlib.sha256(content).hexdigest() == sha


def _is_full(error: Exception) -> bool:
    full = {errno.ENOSPC, errno.EDQUOT}
    is_full = isinstance(error, OSError) and error.errno in full
    return is_full or getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL
