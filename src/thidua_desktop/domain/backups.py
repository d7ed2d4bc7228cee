"""Backups (bản sao lưu): copies of all data at a second place, tried as soon as they are made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

# An import can be undone and the log only grows, so that one copy an hour is enough.
BETWEEN_IMPORTS = timedelta(hours=1)
ONE_DAY = timedelta(days=1)
TOO_OLD = timedelta(days=7)
_NEWEST_KEPT = 10
_MONTHS_KEPT = 6


class BackupReason(StrEnum):
    """What a backup was made for."""

    IMPORT = "import"
    UPGRADE = "upgrade"
    DAILY = "daily"
    ASKED = "asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup, and what came of trying it: `tried_at` None means that it cannot be restored."""

    path: Path
    reason: BackupReason
    at: datetime
    size: int
    tried_at: datetime | None

    @property
    def is_good(self) -> bool:
        """Tell whether it was opened, compared and found to be what it is a copy of."""
        return self.tried_at is not None


@dataclass(frozen=True, slots=True)
class BackupsAtHand:
    """The backups found while the data cannot be read, and the chosen place that is not there."""

    backups: tuple[Backup, ...]
    gone: Path | None


def newest_good(backups: Iterable[Backup]) -> Backup | None:
    """Return the newest backup that can be restored."""
    return max((one for one in backups if one.is_good), key=lambda one: one.at, default=None)


def to_drop(backups: Iterable[Backup]) -> tuple[Backup, ...]:
    """Return the backups that need not be kept.

    Kept are the ten newest that can be restored, and the newest of each of the six latest months
    before them.
    """
    good = sorted((one for one in backups if one.is_good), key=lambda one: one.at, reverse=True)
    months: dict[tuple[int, int], Backup] = {}
    for one in good[_NEWEST_KEPT:]:
        months.setdefault((one.at.year, one.at.month), one)
    kept = {one.path for one in good[:_NEWEST_KEPT]}
    kept |= {months[month].path for month in sorted(months, reverse=True)[:_MONTHS_KEPT]}
    return tuple(one for one in backups if one.path not in kept)


def gone_text(place: Path) -> str:
    """Return what is said of a chosen place where backups may lie that nobody sees now."""
    return (
        f"Nơi sao lưu đã chọn “{place}” hiện không mở được: ở đó có thể còn bản mới hơn; "
        "hãy cắm ổ, nối mạng rồi thử lại."
    )
