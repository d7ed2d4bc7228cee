"""What one transaction knows of bundles: the ops, offices, the merge desk, parts, copies."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from thidua_desktop.domain.bundles import (
    BundleContents,
    Certificate,
    Held,
    MergeCounts,
    OpRange,
    OpStream,
    UndoOutcome,
)
from thidua_desktop.domain.certificates import Inheritance, Warrant
from thidua_desktop.domain.desk import DeskChoice, DeskFile
from thidua_desktop.domain.offices import (
    Enrolment,
    Office,
    ParkedBundle,
    ReceivedBundle,
    SentBundle,
    SentCopy,
)
from thidua_desktop.domain.parts import PartHead, WaitingParts
from thidua_desktop.domain.records import Record
from thidua_desktop.services.ports.common import Progress, Source, StopWanted


class Exchange(Protocol):
    """The ops themselves, for bundles."""

    def origins(self) -> Mapping[bytes, Held]:
        """Return how far each numbered origin is held."""

    def own_origins(self) -> frozenset[bytes]:
        """Return the numbered origins of this replica."""

    def channel(self, office: int | None) -> bytes:
        """Return the origin of this replica's channel: an office's only one (None), or the
        province's common one (None) or the one to this office.
        """

    def origins_of(self, certificate: Certificate, offices: Collection[int]) -> frozenset[bytes]:
        """Return the origins in which a replica may write: its channel, or with role province the
        common channel and those to these offices.
        """

    def read(self, origin: bytes, above: int) -> OpStream:
        """Return the ops of an origin above a number."""

    def hash_at(self, origin: bytes, number: int) -> bytes:
        """Return the hash of an origin's chain at a number that is held."""

    def keep_ends(self, origins: Collection[bytes]) -> None:
        """Keep where the chains of these origins stand now: the next bundle may begin there."""

    def apply(
        self,
        contents: BundleContents,
        *,
        authors: Mapping[bytes, Certificate],
        file_name: str,
        progress: Progress,
        stop_wanted: StopWanted,
    ) -> MergeCounts:
        """Apply the ops of a bundle whose origins were found in order.

        Raises BundleRejectedError and StoppedError; nothing is kept then.
        """

    def undo(self, bundle: UUID) -> UndoOutcome:
        """Take what a bundle brought out of the set again; the same bundle may come again."""

    def alike(
        self,
        bundle: UUID,
        kind: type[Record],
        *,
        same: Sequence[str],
        text: str,
        spelled: Callable[[str], object],
    ) -> frozenset[UUID]:
        """Return the visible records of a kind in which a bundle wrote the text or one of the
        fields, and which another one has the same values and the same text as, spelled alike.

        What is spelled as nothing is like nothing.
        """

    def named_blobs(
        self, ranges: Mapping[bytes, OpRange], kinds: Collection[type[Record]] = ...
    ) -> frozenset[str]:
        """Return the SHA-256 of blobs that the ops of these ranges name in a `file` field, in
        records of these kinds or of any.
        """

    def all_named_blobs(self) -> frozenset[str]:
        """Return the SHA-256 of every blob that any op here names, drafts and replaced ones too."""

    def brought(
        self, bundle: UUID, kind: type[Record] | None = None
    ) -> tuple[tuple[str, UUID, int], ...]:
        """Return the records, of a kind or of all, that a bundle's ops are about: kind, id, and the
        lowest level of an op (0: its author does not own all of what it says).
        """

    def known(self, kind: str, records: Collection[UUID]) -> frozenset[UUID]:
        """Return which of these records have any op here, visible or not."""

    def own_level(self, kind: str, record_id: UUID, field: str) -> int:
        """Return the level that an own op on this field would have."""

    def version(self) -> tuple[int, int]:
        """Return what is another after every change of any record."""

    def redact(self, kind: str, record_id: UUID, field: str, ops: Collection[str]) -> None:
        """Take the values of these ops (`origin:number`) of a record out of the log for good; of a
        draft only the one of the field.
        """

    def relevel(self, office: int) -> None:
        """Bring the records of an office up to who may write them by now (bundle.md 5)."""

    def check(self) -> tuple[str, ...]:
        """Return what is not as it should be in log, heads and projection; nothing is best."""

    def rebuild(self) -> None:
        """Make heads and projection anew from the log."""


class Book(Protocol):
    """What this data folder knows of itself and of others; none of it travels."""

    def me(self) -> Office:
        """Return the office this data folder belongs to."""

    def setting(self, name: str) -> str | None:
        """Return a setting of this PC."""

    def set_setting(self, name: str, value: str | None) -> None:
        """Keep or drop a setting."""

    def certificates(self) -> tuple[Certificate, ...]:
        """Return the replicas whose bundles are taken, in order of office and replica."""

    def warrants(self) -> tuple[Warrant, ...]:
        """Return what is known of these replicas, signed or not, in the same order."""

    def add_certificate(self, certificate: Certificate) -> None:
        """Take the bundles of this replica from now on."""

    def keep_warrant(self, warrant: Warrant) -> None:
        """Keep this in place of what was known of its replica."""

    def inheritances(self) -> tuple[Inheritance, ...]:
        """Return which office inherited the records of which."""

    def add_inheritance(self, inheritance: Inheritance) -> None:
        """Keep an inheritance, in place of what was known of the same pair."""

    def enrolments(self) -> tuple[Enrolment, ...]:
        """Return the enrolments made (province) or used (office)."""

    def add_enrolment(self, enrolment: Enrolment) -> None:
        """Keep an enrolment, and what changed in one."""

    def acknowledged(self, replica: bytes) -> Mapping[bytes, int]:
        """Return how far a replica said it holds each origin."""

    def acknowledge(self, replica: bytes, held: Mapping[bytes, int]) -> None:
        """Keep what a replica said last that it holds of these origins."""

    def apart(self, kind: str) -> frozenset[frozenset[UUID]]:
        """Return the pairs of a kind that a person said are not one."""

    def set_apart(self, kind: str, one: UUID, other: UUID, *, are_apart: bool) -> None:
        """Keep or forget that two records are not one."""

    def sent(self) -> tuple[SentBundle, ...]:
        """Return the register of bundles sent, oldest first."""

    def add_sent(self, bundle: SentBundle) -> None:
        """Enter a bundle sent."""

    def received(self) -> tuple[ReceivedBundle, ...]:
        """Return the journal of bundles received and applied, oldest first."""

    def taken_files(self) -> frozenset[str]:
        """Return the SHA-256 of the files whose bundles were applied and not undone since."""

    def received_from(self, file_sha: str) -> ReceivedBundle | None:
        """Return the bundle that a file brought, unless it was undone since."""

    def has_received(self, bundle: UUID) -> bool:
        """Tell whether a bundle was applied and not undone since."""

    def add_received(self, bundle: ReceivedBundle) -> None:
        """Enter a bundle received."""

    def mark_undone(self, bundle: UUID, at: datetime) -> None:
        """Enter that a bundle received was taken out again."""

    def parked(self) -> tuple[ParkedBundle, ...]:
        """Return the bundles that wait, oldest first."""

    def park(self, bundle: ParkedBundle, source: Source) -> None:
        """Keep a bundle that waits, with a copy of its file; the same one twice is one."""

    def parked_file(self, bundle: UUID) -> Path:
        """Return where the file of a bundle lies that waits."""

    def unpark(self, bundle: UUID) -> None:
        """Drop a bundle that waits no more."""


class DeskShelf(Protocol):
    """What lies on the merge desk: the bundles, and what was chosen. Nothing of it travels."""

    def files(self) -> tuple[DeskFile, ...]:
        """Return the bundles in the order they came."""

    def add(self, path: Path, *, instead_of: str = "") -> DeskFile:
        """Keep a copy of the file; the same one twice is one. Another one of its name is given a
        number, unless it takes the place of that one.

        Raises UnreadableFileError and DiskFullError.
        """

    def remove(self, shas: Collection[str]) -> None:
        """Take bundles off the desk."""

    def steps(self) -> tuple[tuple[DeskChoice, ...], ...]:
        """Return the choices in the order they were made, each step with all its cells."""

    def add_step(self, choices: Collection[DeskChoice]) -> None:
        """Keep choices that were made at once."""

    def drop_last(self) -> tuple[DeskChoice, ...]:
        """Take back the last step, and return it."""

    def forget(self, cells: Collection[str] | None) -> None:
        """Drop what was chosen for these cells, or for all (None)."""


class Parts(Protocol):
    """Bundles that come in parts, until all of them are here."""

    def keep(self, head: PartHead, source: Path, *, file_name: str, at: datetime) -> None:
        """Keep a part, with a copy of its file."""

    def sha_of(self, head: PartHead) -> str | None:
        """Return the SHA-256 of the part that is kept in this one's place."""

    def waiting(self) -> tuple[WaitingParts, ...]:
        """Return the bundles of which parts are kept, oldest first."""

    def files(self, whole: str, piece: int) -> tuple[Path, ...]:
        """Return where the parts of a bundle lie, in order."""

    def drop(self, whole: str) -> None:
        """Drop the parts of a bundle."""

    def joined(self, whole: str) -> UUID | None:
        """Return the bundle that came in these parts before."""

    def enter_joined(self, whole: str, bundle: UUID) -> None:
        """Enter which bundle came in these parts."""


class Sent(Protocol):
    """Copies of what was sent, and what their readers said they lack."""

    def keep(self, copy: SentCopy, file: Path) -> Path:
        """Keep the file of a bundle, taking it from where it lies; return where it is then."""

    def copies(self) -> tuple[SentCopy, ...]:
        """Return the copies that are kept."""

    def file(self, bundle: UUID) -> Path | None:
        """Return where the copy of a bundle lies; None when it is kept no more."""

    def drop(self, bundle: UUID) -> None:
        """Drop a copy."""

    def wanted(self, replica: bytes) -> frozenset[str]:
        """Return the files that a replica said it lacks."""

    def set_wanted(self, replica: bytes, shas: Collection[str]) -> None:
        """Keep what a replica said last that it lacks."""
