"""What stands beside a backup: why it was made, from which folder, what came of trying it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec

from thidua_desktop.domain.backups import Backup, BackupReason
from thidua_desktop.storage.files import write_whole


class Label(msgspec.Struct):
    """`folder` is the mark of the data folder (`backup_note.py`); older programs said none."""

    reason: str
    at: datetime
    tried_at: datetime | None
    sha: str
    source: tuple[int, int]
    files: list[str]
    folder: str = ""


_decode = msgspec.json.Decoder(Label).decode


def label_of(path: Path) -> Label | None:
    """Return what stands beside a backup; None: it stands alone, or beside something else."""
    try:
        return _decode(beside(path).read_bytes())
    except (OSError, ValueError):
        return None


def put_label(path: Path, label: Label) -> None:
    """Put a label beside a backup. Raises OSError."""
    write_whole(beside(path), msgspec.json.encode(label))


def beside(path: Path) -> Path:
    """Return where the label of a backup stands."""
    return path.with_name(f"{path.name}.json")


def labelled(path: Path, label: Label) -> Backup:
    """Return a backup as its label tells it. Raises OSError."""
    return Backup(
        path=path,
        reason=BackupReason(label.reason),
        at=label.at,
        size=path.stat().st_size,
        tried_at=label.tried_at,
    )
