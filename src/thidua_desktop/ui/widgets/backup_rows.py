"""How backups stand in a list: when, why, how large, whether they can be restored."""

from __future__ import annotations

from datetime import datetime

from thidua_desktop.domain.backups import Backup
from thidua_desktop.domain.words import word
from thidua_desktop.ui.widgets.rows import Row


def backup_row(backup: Backup) -> Row:
    """Return the row of a backup; its key is the path."""
    tried = (
        f"khôi phục được, đã thử lúc {moment(backup.tried_at)}"
        if backup.tried_at
        else "thử lại không khôi phục được"
    )
    status, kind = ("Tốt", "ok") if backup.is_good else ("Hỏng", "err")
    size = f"{backup.size / 1e6:.1f} MB".replace(".", ",")
    title = f"{moment(backup.at)} · {word(backup.reason)}"
    return Row(backup.path, title, f"{size} · {tried}", status, kind)


def moment(at: datetime) -> str:
    """Return a moment as it is told on this desk."""
    return f"{at.astimezone():%d/%m/%Y %H:%M}"
