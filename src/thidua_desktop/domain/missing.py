"""Bundles that are missing (gói còn thiếu): told from those that wait for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from thidua_desktop.domain.bundles import Certificate
from thidua_desktop.domain.offices import ParkedBundle, ReceivedBundle

GAP = "E-GAP"


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingBundles:
    """What is missing of one sender.

    `waiting` are the numbers of its bundles that wait since `since`, `numbers` those that never
    came; none where the numbers of the register do not say it.
    """

    sender: Certificate
    waiting: tuple[int, ...]
    numbers: tuple[int, ...]
    since: datetime

    @property
    def wanted(self) -> int | None:
        """Return the number from which bundles are wanted."""
        return self.numbers[0] if self.numbers else None


def missing_of(
    parked: Iterable[ParkedBundle], received: Iterable[ReceivedBundle]
) -> tuple[MissingBundles, ...]:
    """Return what is missing of each sender whose bundles wait for others."""
    waiting: dict[Certificate, list[ParkedBundle]] = {}
    for bundle in parked:
        if bundle.code == GAP:
            waiting.setdefault(bundle.sender, []).append(bundle)
    came: dict[bytes, set[int]] = {}
    for one in received:
        came.setdefault(one.sender.replica, set()).add(one.number)
    return tuple(
        _missing(sender, of, came.get(sender.replica, set())) for sender, of in waiting.items()
    )


def _missing(sender: Certificate, parked: list[ParkedBundle], came: set[int]) -> MissingBundles:
    waiting = sorted({bundle.number for bundle in parked})
    last = max((number for number in came if number < waiting[0]), default=0)
    between = set(range(last + 1, waiting[-1])) - came - set(waiting)
    return MissingBundles(
        sender=sender,
        waiting=tuple(waiting),
        numbers=tuple(sorted(between)),
        since=min(bundle.at for bundle in parked),
    )
