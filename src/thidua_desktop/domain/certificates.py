"""What the province vouches for, signed: who writes for an office, and who inherits its records.

The root signs certificates of the province's own PCs (its operations keys) and nothing else; an
operations key signs all others. So an office that knows the root's key knows whom to believe.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from thidua_desktop.domain.bundles import Certificate


@dataclass(frozen=True, slots=True, kw_only=True)
class Warrant:
    """A certificate as the province issued it; unsigned where it is only known by other means.

    `last` is the number of the last op taken from a replica that was revoked. The dates warn and
    refuse nothing: the clock of a PC may be wrong.
    """

    certificate: Certificate
    last: int | None = None
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    signer: bytes | None = None
    signature: bytes | None = None

    @property
    def is_revoked(self) -> bool:
        """Tell whether nothing new is taken from the replica."""
        return self.last is not None

    def message(self) -> bytes:
        """Return what is signed."""
        certificate = self.certificate
        role = certificate.role.encode()
        said = (
            certificate.replica,
            certificate.office.to_bytes(2),
            certificate.unit_id.bytes,
            len(role).to_bytes(2) + role,
            certificate.public_key,
            _sized(certificate.receiving_key),
            _counted(self.last),
            _counted(_second(self.valid_from)),
            _counted(_second(self.valid_to)),
        )
        return b"TDKT-CC1" + b"".join(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inheritance:
    """That an office may write the records of another one, whose work it took over on a day."""

    predecessor: int
    heir: int
    since: date
    signer: bytes = b""
    signature: bytes = b""

    def message(self) -> bytes:
        """Return what is signed."""
        numbers = self.predecessor.to_bytes(2) + self.heir.to_bytes(2)
        return b"TDKT-KT1" + numbers + self.since.toordinal().to_bytes(4)


def joined(known: Warrant | None, fresh: Warrant) -> Warrant:
    """Return what holds of a replica when two warrants are known, in whatever order they came.

    A signed one outweighs an unsigned one, a revocation outweighs none, and the earlier revocation
    the later one.
    """
    if known is None or known == fresh:
        return fresh
    return max(known, fresh, key=_weight)


def inherited_by(office: int, inheritances: frozenset[tuple[int, int]]) -> frozenset[int]:
    """Return the offices whose records an office may write, through any number of steps.

    Args:
        office: the heir.
        inheritances: pairs of predecessor and heir.
    """
    found: set[int] = set()
    waiting = [office]
    while waiting:
        here = waiting.pop()
        before = {old for old, heir in inheritances if heir == here} - found - {office}
        found |= before
        waiting += before
    return frozenset(found)


def _weight(warrant: Warrant) -> tuple[bool, bool, int, float, bytes]:
    began = warrant.valid_from.timestamp() if warrant.valid_from else 0.0
    return (
        warrant.signature is not None,
        warrant.is_revoked,
        -(warrant.last or 0),
        began,
        warrant.signature or b"",
    )


def _sized(key: bytes | None) -> bytes:
    return b"\x00" if key is None else b"\x01" + key


def _counted(number: int | None) -> bytes:
    return b"\x00" if number is None else b"\x01" + number.to_bytes(8)


def _second(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())
