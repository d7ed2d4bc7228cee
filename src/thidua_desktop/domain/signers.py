"""Signers (người ký): who signs on a day, and where the terms of a unit's heads do not fit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from thidua_desktop.domain.dates import PartialDate, shown
from thidua_desktop.domain.units import AuthorityPrefix, Signer, stands_between

_HEADS = frozenset({None, AuthorityPrefix.ON_BEHALF, AuthorityPrefix.ACTING})
_DEPUTY = "phó "


class TermFault(StrEnum):
    """What two terms have between them that they should not."""

    OVERLAP = "overlap"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class TermWarning:
    """Two heads one after the other whose terms overlap, or leave days without a head."""

    fault: TermFault
    earlier: Signer
    later: Signer
    first: date
    last: date

    @property
    def text(self) -> str:
        """Return the warning in words."""
        days = f"từ {shown(PartialDate.of(self.first))} đến {shown(PartialDate.of(self.last))}"
        if self.fault is TermFault.GAP:
            return (
                f"Chưa có người đứng đầu ký {days}, giữa {self.earlier.full_name} và "
                f"{self.later.full_name}."
            )
        if self.last == date.max:
            days = f"từ {shown(PartialDate.of(self.first))}"
        return (
            f"Hai người cùng đứng đầu {days}: {self.earlier.full_name} và {self.later.full_name}."
        )


def is_head(signer: Signer) -> bool:
    """Tell whether one signs as head of the unit, or holds the head's place (quyền)."""
    return signer.prefix in _HEADS and not signer.position.lower().startswith(_DEPUTY)


def signs_on(signer: Signer, day: PartialDate) -> bool:
    """Tell whether a day lies in the term of a signer."""
    return stands_between(signer.valid_from, signer.valid_to, day)


def signers_on(signers: Iterable[Signer], day: PartialDate) -> tuple[Signer, ...]:
    """Return who may sign a paper of this day, who was entered last first."""
    found = [one for one in signers if signs_on(one, day)]
    return tuple(sorted(found, key=lambda one: one.id, reverse=True))


def term_warnings(signers: Iterable[Signer]) -> tuple[TermWarning, ...]:
    """Return where the terms of the heads of one unit overlap or leave a gap, oldest first.

    A term without a beginning is as old as any; one without an end goes on.
    """
    heads = sorted((one for one in signers if is_head(one)), key=_term)
    found: list[TermWarning] = []
    day = timedelta(days=1)
    longest = next(iter(heads), None)
    for later in heads:
        if longest is None or later is longest:
            continue
        until, (since, end) = _term(longest)[1], _term(later)
        if since <= until:
            found.append(TermWarning(TermFault.OVERLAP, longest, later, since, min(until, end)))
        elif since - until > day:
            found.append(TermWarning(TermFault.GAP, longest, later, until + day, since - day))
        longest = later if end > until else longest
    return tuple(found)


def _term(signer: Signer) -> tuple[date, date]:
    start, end = signer.valid_from, signer.valid_to
    return start.first_day() if start else date.min, end.last_day() if end else date.max


def term_text(signer: Signer) -> str:
    """Return a term in words.

    >>> from uuid import UUID
    >>> term_text(Signer(id=UUID(int=1), valid_from=PartialDate(2021, 6)))
    'từ 06/2021'
    """
    start, end = shown(signer.valid_from), shown(signer.valid_to)
    if start and end:
        return f"{start} – {end}"
    return f"từ {start}" if start else f"đến {end}" if end else "chưa ghi nhiệm kỳ"
