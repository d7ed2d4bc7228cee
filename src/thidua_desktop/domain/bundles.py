"""Bundles (gói dữ liệu): what one says of itself, what a merge counts, why one is refused."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

if TYPE_CHECKING:  # they tell of the certificates below
    from thidua_desktop.domain.certificates import Inheritance, Warrant
    from thidua_desktop.domain.offices import Enrolment, Renewal

FORMAT = 1
MODEL = 1


class Rejection(StrEnum):
    """Why a bundle was refused whole (bundle.md 7.4)."""

    SIZE = "E-SIZE"
    TYPE = "E-TYPE"
    KEY = "E-KEY"
    DAMAGED = "E-DAMAGED"
    NEWER = "E-NEWER"
    UNKNOWN = "E-UNKNOWN"
    FORGED = "E-FORGED"
    REVOKED = "E-REVOKED"
    NOT_ME = "E-NOTME"
    BOMB = "E-BOMB"
    FORMAT = "E-FORMAT"
    AUTHORITY = "E-AUTH"
    FORK = "E-FORK"


class BundleState(StrEnum):
    """What became of a bundle that was handed in."""

    NEW = "new"
    KNOWN = "known"
    PARKED = "parked"
    REFUSED = "refused"


class BundleKind(StrEnum):
    """What a bundle is for."""

    DELTA = "delta"
    FULL = "full"
    REFERENCE = "reference"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class OpRange:
    """The ops of one origin in a bundle: numbers above `start` up to `end`, with the hash of the
    chain at both ends.
    """

    start: int
    end: int
    start_hash: bytes
    end_hash: bytes


@dataclass(frozen=True, slots=True)
class Held:
    """How far an origin is held: the last number, and the hash of the chain there."""

    number: int
    hash: bytes


class Lines(Protocol):
    """Lines that are read one after the other, as often as wanted: a tuple, or a part of a file.

    Reading from a file raises BundleRejectedError where it is not as the manifest says.
    """

    def __len__(self) -> int:
        """Return how many there are."""

    def __iter__(self) -> Iterator[bytes]:
        """Read them from the first on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpSection:
    """The ops of one origin and kind, as the writer's bytes: one JSON line each, in order."""

    origin: bytes
    kind: str
    fields: tuple[str, ...]
    lines: Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """That a replica writes for an office: what the province says, and its bundles carry.

    Its bundles are signed by `public_key`; what is for it is sealed for `receiving_key`, which a
    program of the first version did not have.
    """

    replica: bytes
    office: int
    unit_id: UUID
    role: str
    public_key: bytes
    receiving_key: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A replica's request to be accepted: its certificate, proved by the enrolment's secret."""

    certificate: Certificate
    proof: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a bundle says of itself. `to` is the number of the office it is for; None is for all.

    `number` is its place in the sender's register for this recipient, `have` how far the sender
    holds every origin: the acknowledgement of what it received, but for the files in `wants`.
    `enrolments` go only from one PC of the province to another.
    """

    bundle: UUID
    number: int
    kind: BundleKind
    sender: Certificate
    to: int | None
    at: datetime
    program: str
    ranges: Mapping[bytes, OpRange]
    have: Mapping[bytes, Held]
    certificates: tuple[Warrant, ...] = ()
    inheritances: tuple[Inheritance, ...] = ()
    request: Request | None = None
    blobs: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    sums: Mapping[str, int] = field(default_factory=dict)
    renewal: Renewal | None = None
    enrolments: tuple[Enrolment, ...] = ()


def fingerprint(manifest: Manifest) -> str:
    """Return the SHA-256 of what a bundle carries, as sender and receiver find it alike: which
    bundle of whom, its ops by the hashes of their chains, its files by theirs.

    However the file was sealed, cut or renamed on its way, this stays.
    """
    said: list[object] = [manifest.bundle.hex, manifest.number, manifest.sender.replica.hex()]
    said += sorted(
        (oid.hex(), span.start, span.end, span.end_hash.hex())
        for oid, span in manifest.ranges.items()
    )
    said += sorted(manifest.blobs)
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def check_code(digest: str) -> str:
    """Return the beginning of a fingerprint in figures, as the slips of older programs show it.

    >>> check_code("0123456789abcdef" * 4)
    '0123 4567 89AB CDEF'
    """
    return " ".join(digest[place : place + 4].upper() for place in range(0, 16, 4))


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleContents:
    """A bundle: its manifest and what it carries; blobs by SHA-256.

    Lines and blobs of a bundle in a file are read when they are asked for, and only while it is
    open: a bundle is never in memory whole.
    """

    manifest: Manifest
    sections: tuple[OpSection, ...]
    blobs: Mapping[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpStream:
    """The ops of an origin above a number: how many of each kind, and the ops themselves in pieces,
    read while the transaction is open.
    """

    span: OpRange
    counts: Mapping[str, int]
    pieces: Iterable[OpSection]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingBundle:
    """A bundle to be written. Its ops come in pieces, which are never all in memory; pieces of one
    origin and kind become one section.
    """

    manifest: Manifest
    sections: Iterable[OpSection]
    blobs: Mapping[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeCounts:
    """What a merge does, in records and cells.

    new, changed, same: records; differences, suggestions, outside_authority: cells;
    duplicates: records that look like another; missing_files: blobs named and not here; unknown:
    cells that only a newer program knows, kept and shown once this one is updated.
    """

    new: int = 0
    changed: int = 0
    same: int = 0
    differences: int = 0
    suggestions: int = 0
    duplicates: int = 0
    outside_authority: int = 0
    missing_files: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoOutcome:
    """What came of the wish to take an import out again.

    Not done: `blocked_by` are the bundles that brought later numbers of the same origins, and must
    be taken out first; none: the bundle is not here. Done: `records` lost ops, and in those of
    `dependents` stand later ops, from here or from others, that were written in place of ops that
    are gone now.
    """

    is_done: bool
    blocked_by: tuple[UUID, ...] = ()
    records: int = 0
    dependents: tuple[tuple[str, UUID], ...] = ()
