"""Offices in the exchange: who this PC is, who may send, what was sent and received."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from thidua_desktop.domain.bundles import Certificate, MergeCounts
from thidua_desktop.domain.certificates import Warrant
from thidua_desktop.domain.units import UnitRole

# The setting of a data folder in which nothing is real.
PRACTICE = "practice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Whom a data folder belongs to. `number` is the last two bytes of its records' ids."""

    unit_id: UUID
    unit_code: str
    unit_name: str
    number: int
    role: UnitRole

    @property
    def is_province(self) -> bool:
        """Tell whether this is the provincial board."""
        return self.role is UnitRole.PROVINCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who a replica (one installation) is: its id, and the seeds of its private keys, the one that
    signs and the one that opens what is sealed.
    """

    replica: bytes
    seed: bytes
    public_key: bytes
    sealing_seed: bytes


class Displacement(StrEnum):
    """Why a data folder may not go on under its identity and is given a new one (bundle.md 9)."""

    COPIED = "copied"
    OLDER = "older"
    RESTORED = "restored"
    ASKED = "asked"


class DriveKind(StrEnum):
    """On what kind of drive a data folder lies."""

    LOCAL = "local"
    REMOVABLE = "removable"
    NETWORK = "network"


# The setting that says when and why this folder became another replica.
RENEWED = "renewed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """That a data folder became a replica of its own; `former` is which one it was before, where
    that is known.
    """

    reason: Displacement
    at: datetime
    former: bytes | None = None
    is_province: bool = False  # not kept: whoever reads it knows

    def to_text(self) -> str:
        """Write it down.

        >>> renewal = Renewal(reason=Displacement.OLDER, at=datetime.min)
        >>> Renewal.from_text(renewal.to_text()) == renewal
        True
        """
        former = self.former.hex() if self.former else ""
        return f"{self.reason.value} {self.at.isoformat()} {former}"

    @staticmethod
    def from_text(text: str) -> Renewal:
        """Read it back."""
        reason, at, former = text.split(" ")
        return Renewal(
            reason=Displacement(reason),
            at=datetime.fromisoformat(at),
            former=bytes.fromhex(former) or None,
        )


def certificate_of(office: Office, identity: Identity, receiving_key: bytes) -> Certificate:
    """Return what a replica says of itself in its bundles."""
    return Certificate(
        replica=identity.replica,
        office=office.number,
        unit_id=office.unit_id,
        role=office.role.value,
        public_key=identity.public_key,
        receiving_key=receiving_key,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """What lets PCs of one office ask to be accepted: a secret that both sides know.

    `root_key` is by what an office knows the province; a closed one lets nobody ask any more.
    """

    office: Office
    secret: bytes
    made_at: datetime
    root_key: bytes | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentFile:
    """What the province hands to an office: the enrolment, its own certificate, and a bundle with
    its common channel so far, so that the office starts with criteria and register.
    """

    enrolment: Enrolment
    province: Warrant
    channel: bytes


class OfficeState(StrEnum):
    """How far an office, or one of its PCs, has come in the exchange, as the province sees it."""

    ENROLLED = "enrolled"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """A PC of an office: the place in order of acceptance, the last number taken of it, and why it
    became a PC of its own, where it was another one before.
    """

    replica: bytes
    place: int
    state: OfficeState
    held: int
    last: int | None = None
    renewal: Renewal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeEntry:
    """An office in the province's list, with the replicas that asked or were accepted."""

    office: Office
    state: OfficeState
    machines: tuple[Machine, ...]
    is_closed: bool
    heirs: tuple[int, ...]

    def replicas(self, state: OfficeState) -> tuple[bytes, ...]:
        """Return the PCs in this state."""
        return tuple(one.replica for one in self.machines if one.state is state)


@dataclass(frozen=True, slots=True, kw_only=True)
class SentBundle:
    """A line of the register of bundles sent. `to` None: to all. `digest` is its fingerprint; one
    of an older program has none.
    """

    bundle: UUID
    number: int
    to: int | None
    at: datetime
    file_name: str
    ops: int
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentCopy:
    """That a bundle's file is kept until its reader has it: the office it goes to (None: all), how
    far it goes in each origin, and whether its files were left out (gói nhẹ).
    """

    bundle: UUID
    to: int | None
    ends: Mapping[bytes, int]
    is_light: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedBundle:
    """A line of the journal of bundles applied; `id` is the import's own.

    A bundle that was taken out again may come again, and has a second line then. `file_sha` is the
    hash of the file it came in, where all of that file is kept by what was applied.
    """

    id: UUID
    bundle: UUID
    number: int
    sender: Certificate
    at: datetime
    file_name: str
    counts: MergeCounts
    undone_at: datetime | None = None
    digest: str = ""
    file_sha: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedBundle:
    """A bundle that waits: for its predecessor, or for its sender to be accepted.

    `code` is E-UNKNOWN for the latter, E-GAP for the former; one with E-FORK is never applied, its
    sender must number anew what it carries. Its file is kept beside the database.
    """

    bundle: UUID
    number: int
    sender: Certificate
    at: datetime
    file_name: str
    code: str
