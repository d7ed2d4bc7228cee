"""Bundles that wait for others, and whether their turn has come."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from thidua_desktop.domain.bundles import Held, Manifest
from thidua_desktop.domain.errors import BundleRejectedError, UnreadableFileError
from thidua_desktop.domain.offices import ParkedBundle
from thidua_desktop.services.ports import Ports, Work


def parked_manifest(ports: Ports, work: Work, parked: ParkedBundle) -> Manifest | None:
    """Return the manifest of a bundle that waits; None when its file is gone or damaged."""
    try:
        file = work.book.parked_file(parked.bundle)
        return ports.bundles.peek(file, file_name=parked.file_name)
    except (BundleRejectedError, UnreadableFileError):
        return None


class WaitingBundles:
    """Where the bundles begin that wait while a batch is merged: the file of each is read once.

    Otherwise hundreds that were dropped in the wrong order would be read after each that fits.
    """

    def __init__(self) -> None:
        self._starts: dict[UUID, Mapping[bytes, int]] = {}

    def may_come(
        self, ports: Ports, work: Work, parked: ParkedBundle, held: Mapping[bytes, Held]
    ) -> bool:
        """Tell whether everything before a bundle is here."""
        if parked.bundle not in self._starts:
            manifest = parked_manifest(ports, work, parked)
            if manifest is None:
                return False
            self._starts[parked.bundle] = {oid: at.start for oid, at in manifest.ranges.items()}
        starts = self._starts[parked.bundle].items()
        return all(start <= (held[oid].number if oid in held else 0) for oid, start in starts)

    def forget(self, bundle: UUID) -> None:
        """Read a bundle's file anew: another one may lie in its place."""
        self._starts.pop(bundle, None)
