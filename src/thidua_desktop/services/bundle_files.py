"""Files of bundles as people hand them in: one by one, or a whole folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from thidua_desktop.domain.errors import UnreadableFileError
from thidua_desktop.services.ports import Ports

SUFFIX = ".tdkt"


def bundle_files(ports: Ports, paths: Sequence[Path]) -> tuple[Path, ...]:
    """Return these files; in place of a folder those bundles that lie in it, by name.

    What cannot be read, and a folder without a bundle, stays in its place, to be told so.
    """
    return tuple(file for path in paths for file in (_bundles_in(ports, path) or (path,)))


def _bundles_in(ports: Ports, path: Path) -> tuple[Path, ...]:
    if ports.files.has(path):
        return ()
    try:
        listed = ports.files.listed(path)
    except UnreadableFileError:
        return ()
    return tuple(sorted(one.path for one in listed if one.path.suffix.lower() == SUFFIX))
