"""On what kind of drive a folder lies: a live database belongs on a disk of this PC."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path

from thidua_desktop.domain.offices import DriveKind

MOUNTS = Path("/proc/mounts")
BLOCK_DEVICES = Path("/sys/block")
# Locks and syncs do not reach through these as SQLite needs them (sqlite.org, howtocorrupt).
_NETWORK = re.compile(
    r"nfs\d?|cifs|smb\w*|ncpfs|afs|fuse\.(sshfs|rclone|smbnetfs|davfs\w*|curlftpfs)"
)
_ESCAPED = re.compile(r"\\([0-7]{3})")
_WINDOWS_KINDS = {2: DriveKind.REMOVABLE, 4: DriveKind.NETWORK}


def drive_kind(folder: Path) -> DriveKind:
    """Return the kind of drive on which a folder lies, or will lie once it is made."""
    existing = folder.resolve()
    while not existing.exists() and existing != existing.parent:
        existing = existing.parent
    if sys.platform == "win32":
        return _windows_kind(existing)
    try:
        mounts = MOUNTS.read_text("utf-8", errors="replace").splitlines()
    except OSError:  # no Linux: nothing is known of its drives
        return DriveKind.LOCAL
    return kind_by_mounts(existing, mounts, BLOCK_DEVICES)


def kind_by_mounts(folder: Path, mounts: Iterable[str], devices: Path) -> DriveKind:
    """Return the kind of drive by the table of mounts: the deepest one that holds the folder."""
    found: tuple[int, str, str] | None = None
    inside = f"{folder}/"
    for line in mounts:
        device, place, system = line.split()[:3]
        point = _ESCAPED.sub(lambda m: chr(int(m[1], 8)), place).rstrip("/") + "/"
        if inside.startswith(point) and (found is None or len(point) >= found[0]):
            found = len(point), device, system
    if found is None:
        return DriveKind.LOCAL
    _, device, system = found
    if _NETWORK.fullmatch(system):
        return DriveKind.NETWORK
    disk = Path(device).name.rstrip("0123456789")
    try:
        is_removable = (devices / disk / "removable").read_text("ascii").strip() == "1"
    except OSError:
        is_removable = False
    return DriveKind.REMOVABLE if disk and is_removable else DriveKind.LOCAL


def _windows_kind(folder: Path) -> DriveKind:
    import ctypes  # noqa: PLC0415 - Windows only

    if folder.drive.startswith("\\\\"):
        return DriveKind.NETWORK
    ask = ctypes.windll.kernel32.GetDriveTypeW  # type: ignore[attr-defined,unused-ignore]
    return _WINDOWS_KINDS.get(ask(folder.anchor), DriveKind.LOCAL)
