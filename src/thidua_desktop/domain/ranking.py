"""Ranks within a group (xếp hạng trong cụm, khối): equal totals share a rank."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Rank:
    """A place among so many; `shared` says with how many others."""

    place: int
    among: int
    shared: int = 0


def ranks(totals: Mapping[K, Decimal]) -> dict[K, Rank]:
    """Return the rank of each: one more than there are better ones."""
    return {one: _rank(totals.values(), total) for one, total in totals.items()}


def rank_if(totals: Mapping[K, Decimal], one: K, total: Decimal) -> Rank:
    """Return the rank that one would have with another total, the others staying as they are."""
    return ranks({**totals, one: total})[one]


def _rank(totals: Collection[Decimal], total: Decimal) -> Rank:
    better = sum(other > total for other in totals)
    equal = sum(other == total for other in totals)
    return Rank(better + 1, len(totals), equal - 1)
