"""Tệp quét: what a scanner leaves in a folder, offered where a file may be attached.

The files themselves are read only; which of them were attached is remembered on this PC.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypedDict, cast

from thidua_desktop.domain.attachments import MOST_BYTES, Unfit, can_be_seen
from thidua_desktop.domain.errors import UnreadableFileError
from thidua_desktop.domain.files import FoundFile
from thidua_desktop.services.ports import Ports

MOST_LISTED = 100
_SETTING = "scans"


class _Kept(TypedDict):
    folder: str
    since: str
    used: list[str]


@dataclass(frozen=True, slots=True)
class ScannedFile:
    """A file of the scanner; new while it was not attached since the folder was chosen."""

    file: FoundFile
    mime: str
    is_new: bool
    was_attached: bool

    @property
    def at(self) -> datetime:
        """When it was written."""
        return datetime.fromtimestamp(self.file.modified_ns / 1e9, UTC)


@dataclass(frozen=True, slots=True)
class Scans:
    """What lies in the folder of the scanner, the newest first; no folder was chosen, or it is not
    there now.
    """

    folder: Path | None = None
    is_there: bool = False
    files: tuple[ScannedFile, ...] = ()
    too_large: int = 0

    @property
    def new(self) -> int:
        """How many are new."""
        return sum(one.is_new for one in self.files)


def choose_scan_folder(ports: Ports, folder: Path | None) -> None:
    """Look for scanned files in this folder from now on, or nowhere. Raises UnreadableFileError."""
    if folder is not None:
        ports.files.listed(folder)
    with ports.store.write() as work:
        kept = _Kept(folder=str(folder), since=ports.now().isoformat(), used=[])
        work.book.set_setting(_SETTING, json.dumps(kept) if folder is not None else None)
        work.commit()


def scanned_files(ports: Ports) -> Scans:
    """Return what the scanner left: PDF and pictures that are whole."""
    kept = _kept(ports)
    if kept is None:
        return Scans()
    folder = Path(kept["folder"])
    try:
        found = ports.files.listed(folder)
    except UnreadableFileError:
        return Scans(folder)
    since = datetime.fromisoformat(kept["since"])
    used = set(kept["used"])
    newest = sorted(found, key=lambda one: one.modified_ns, reverse=True)
    files: list[ScannedFile] = []
    for one in newest:
        if len(files) == MOST_LISTED:
            break
        kind = _kind(ports, one)
        if kind is not None:
            was_attached = _mark(one) in used
            is_new = not was_attached and one.modified_ns / 1e9 >= since.timestamp()
            files.append(ScannedFile(one, kind, is_new=is_new, was_attached=was_attached))
    too_large = sum(one.size > MOST_BYTES for one in found)
    return Scans(folder, is_there=True, files=tuple(files), too_large=too_large)


def note_attached(ports: Ports, files: Collection[FoundFile]) -> None:
    """Remember that these files were attached; what left the folder is forgotten."""
    kept = _kept(ports)
    if kept is None:
        return
    try:
        here = {_mark(one) for one in ports.files.listed(Path(kept["folder"]))}
    except UnreadableFileError:
        here = set(kept["used"])
    used = ({*kept["used"]} & here) | {_mark(one) for one in files}
    with ports.store.write() as work:
        work.book.set_setting(_SETTING, json.dumps({**kept, "used": sorted(used)}))
        work.commit()


def _kept(ports: Ports) -> _Kept | None:
    with ports.store.read() as work:
        said = work.book.setting(_SETTING)
    return cast("_Kept", json.loads(said)) if said else None


def _kind(ports: Ports, one: FoundFile) -> str | None:
    """Return what a file is, if it can be looked at and attached and is not still being written."""
    if not 0 < one.size <= MOST_BYTES:
        return None
    try:
        kind = ports.attachments.kind_at(one.path)
    except UnreadableFileError:
        return None
    return None if isinstance(kind, Unfit) or not can_be_seen(kind) else kind


def _mark(one: FoundFile) -> str:
    return f"{one.path.name}|{one.size}|{one.modified_ns}"
