"""What the use cases need from outside, said as protocols. Storage and formats fit them unasked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from thidua_desktop.domain.catalogue import PlanCatalogue
from thidua_desktop.domain.ids import time_id
from thidua_desktop.services.ports.common import Progress, Source, StopWanted
from thidua_desktop.services.ports.files import (
    AttachmentFiles,
    BundleFiles,
    Drawing,
    Drawings,
    EnrolmentFiles,
    Files,
    Measures,
    Papers,
    PartFiles,
    ReturnedPapers,
    Sealing,
    Signing,
    Workbooks,
)
from thidua_desktop.services.ports.records import Blobs, Records
from thidua_desktop.services.ports.store import Backups, KeyStore, StagedBundle, Store, Writing
from thidua_desktop.services.ports.work import Work

__all__ = [
    "Blobs",
    "Drawing",
    "Drawings",
    "KeyStore",
    "Measures",
    "Ports",
    "Progress",
    "Records",
    "Sealing",
    "Signing",
    "Source",
    "StagedBundle",
    "StopWanted",
    "Store",
    "Work",
    "Writing",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """The outside world, handed to every use case as its first argument."""

    store: Store
    keys: KeyStore
    backups: Backups
    keeps_backups: bool
    signing: Signing
    sealing: Sealing
    bundles: BundleFiles
    enrolments: EnrolmentFiles
    workbooks: Workbooks
    papers: Papers
    measures: Measures
    returned: ReturnedPapers
    files: Files
    attachments: AttachmentFiles
    drawings: Drawings
    parts: PartFiles
    plan: Callable[[], PlanCatalogue]
    words: Callable[[], tuple[str, ...]]
    now: Callable[[], datetime]
    noise: Callable[[int], bytes]
    program: str

    def new_id(self, office: int) -> UUID:
        """Return a new id of a record that this office owns."""
        return time_id(int(self.now().timestamp() * 1000), self.noise(10), office)
