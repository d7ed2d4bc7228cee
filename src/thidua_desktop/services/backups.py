"""Backups: made before an import and once a day, tried at once, listed, restored.

The rule of the copies that nobody asks for: none while the last good one is still a copy of what
is here; before imports at most one an hour, because an import can be undone and the log only grows;
and one on every day on which the program is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from thidua_desktop.domain.backups import (
    BETWEEN_IMPORTS,
    ONE_DAY,
    TOO_OLD,
    Backup,
    BackupReason,
    BackupsAtHand,
    newest_good,
)
from thidua_desktop.domain.errors import BackupFailedError
from thidua_desktop.services.ports import Ports

PLACE = "backup_place"  # the setting of the folder that a person chose


@dataclass(frozen=True, slots=True)
class BackupBook:
    """The backups at the chosen place and at the usual one, and whether they are fresh enough."""

    place: Path
    backups: tuple[Backup, ...]
    newest: Backup | None
    is_late: bool


def list_backups(ports: Ports) -> BackupBook:
    """Return the backups of this PC."""
    backups, place = ports.backups, chosen_place(ports)
    found = [*backups.all(place), *(() if place == backups.place else backups.all(backups.place))]
    newest = newest_good(found)
    is_old = newest is None or ports.now() - newest.at > TOO_OLD
    is_late = is_old and not (newest and backups.is_current(newest))
    return BackupBook(place, tuple(found), newest, is_late)


def chosen_place(ports: Ports) -> Path:
    """Return the folder where backups go."""
    with ports.store.read() as work:
        chosen = work.book.setting(PLACE)
    return Path(chosen) if chosen else ports.backups.place


def choose_place(ports: Ports, place: Path | None) -> None:
    """Let backups go to this folder from now on, None: to the usual one; the first goes at once.

    Raises BackupFailedError when none can be made there; the former place stays then.
    """
    if place is not None:
        ports.backups.make(BackupReason.ASKED, place)
    with ports.store.write() as work:
        work.book.set_setting(PLACE, None if place is None else str(place))
        work.commit()
    ports.backups.remember(place)


def back_up(ports: Ports, reason: BackupReason = BackupReason.ASKED) -> Backup:
    """Make a backup now. A chosen place that cannot be reached falls back on the usual one.

    Raises BackupFailedError.
    """
    backups, place = ports.backups, chosen_place(ports)
    backups.remember(place)  # chosen by an older program, it stands in the data alone
    try:
        return backups.make(reason, place)
    except BackupFailedError:
        if place == backups.place:
            raise
        return backups.make(reason, backups.place)


def back_up_before_import(ports: Ports) -> Backup | None:
    """Make a backup, unless a good one is fresh enough. Raises BackupFailedError."""
    return _back_up_when_older(ports, BETWEEN_IMPORTS, BackupReason.IMPORT)


def back_up_daily(ports: Ports) -> Backup | None:
    """Make the backup of this day, unless there is one. Raises BackupFailedError."""
    return _back_up_when_older(ports, ONE_DAY, BackupReason.DAILY)


def write_backup(ports: Ports, path: Path) -> Backup:
    """Write everything as one file, tried. Raises BackupFailedError."""
    return ports.backups.write(path)


def retry_backups(ports: Ports) -> BackupBook:
    """Try every backup again, and return them."""
    for backup in list_backups(ports).backups:
        ports.backups.retry(backup)
    return list_backups(ports)


def restore_backup(ports: Ports, source: Path, target: Path) -> None:
    """Make a new data folder of a backup; what is opened there is a machine of its own.

    Raises StoreExistsError, BackupDamagedError, StoreNewerError, DiskFullError and
    StoreReadOnlyError.
    """
    ports.backups.restore(source, target)


def put_back_backup(ports: Ports, source: Path) -> Path | None:
    """Let a backup take the place of data that cannot be read; return where those are kept.

    What is opened then is a machine of its own. Raises StoreBusyError, BackupDamagedError,
    StoreNewerError, DiskFullError, StoreReadOnlyError: the data are as they were.
    """
    return ports.backups.put_back(source)


def backups_at_hand(ports: Ports) -> BackupsAtHand:
    """Return the backups that can be found while the data cannot be read, the newest first."""
    return ports.backups.at_hand()


def _back_up_when_older(ports: Ports, age: timedelta, reason: BackupReason) -> Backup | None:
    if not ports.keeps_backups:
        return None
    last = list_backups(ports).newest
    if last and (ports.now() - last.at < age or ports.backups.is_current(last)):
        return None
    return back_up(ports, reason)
