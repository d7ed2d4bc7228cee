"""The golden files of every version, unpacked to be worked with."""

from __future__ import annotations

import json
import lzma
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from thidua_desktop.app.wiring import make_ports
from thidua_desktop.services.ports import Ports

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "golden"
VERSIONS = sorted(path.name for path in FOLDER.iterdir())


@dataclass(frozen=True)
class Golden:
    """What a version left, in a folder where it may be changed."""

    version: str
    folder: Path
    now: Callable[[], datetime]
    said: dict[str, Any]

    def open(self, name: str) -> Ports:
        """Return the ports of the province or the office."""
        noise = random.Random(f"{self.version} {name}").randbytes
        place = self.folder / name
        return make_ports(place / "data", place / "identity", now=self.now, noise=noise)

    def database(self, name: str) -> Path:
        """Return where the database of the province or the office lies."""
        return self.folder / name / "data" / "thidua.db"


def revision_of(version: str) -> str:
    """Return the revision of the databases that a version left."""
    said = json.loads((FOLDER / version / "golden.json").read_text("utf-8"))
    return str(said["revision"])


def unpacked(version: str, folder: Path, now: Callable[[], datetime]) -> Golden:
    """Unpack what a version left."""
    for path in (FOLDER / version).rglob("*"):
        place = folder / path.relative_to(FOLDER / version)
        if path.suffix == ".xz":
            place.parent.mkdir(parents=True, exist_ok=True)
            place.with_suffix("").write_bytes(lzma.decompress(path.read_bytes()))
        elif path.is_file():
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(path.read_bytes())
    said = json.loads((folder / "golden.json").read_text("utf-8"))
    restore = folder / "restore.json"
    if restore.exists():  # the first version left none
        more = json.loads(restore.read_text("utf-8"))
        said["shown"] |= more["shown"]
        said["steps"] += more["steps"]
    return Golden(version, folder, now, said)
