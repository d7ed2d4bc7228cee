"""Marks beside the text of a letter (boxes 10b to 13 of Decree 30): urgency, circulation, who drew
it up, where the office is found.
"""

from __future__ import annotations

from enum import StrEnum

from thidua_desktop.domain.records import kind_spec
from thidua_desktop.domain.units import Unit

STAMP_HEIGHT = 8.0  # mm
_REACHED_BY = ("phone", "fax", "email", "website")


class Urgency(StrEnum):
    """How urgent a letter is (mức độ khẩn); one that is not has no mark."""

    URGENT = "urgent"
    VERY_URGENT = "very_urgent"
    MOST_URGENT = "most_urgent"

    @property
    def stamp(self) -> str:
        """Return what the frame says."""
        return _STAMPS[self][0]

    @property
    def width(self) -> float:
        """Return how wide the frame is, in millimetres."""
        return _STAMPS[self][1]


_STAMPS = {
    Urgency.URGENT: ("KHẨN", 20.0),
    Urgency.VERY_URGENT: ("THƯỢNG KHẨN", 40.0),
    Urgency.MOST_URGENT: ("HỎA TỐC", 30.0),
}


def drafter_mark(drafter: str, copies: int | None) -> str:
    """Return who drew a letter up and how many copies there are.

    >>> drafter_mark("pl", 300), drafter_mark("PL", None), drafter_mark("", None)
    ('PL.(300)', 'PL', '')
    """
    who = " ".join(drafter.split()).rstrip(".").upper()
    if copies is None:
        return who
    return f"{who}.({copies})" if who else f"({copies})"


def contact_lines(unit: Unit | None) -> tuple[str, ...]:
    """Return where an office is found, and how it is reached, if its papers are to say so."""
    if unit is None or not unit.shows_contact:
        return ()
    lines = (_labelled(unit, ("address",)), _labelled(unit, _REACHED_BY))
    return tuple(line for line in lines if line)


def _labelled(unit: Unit, names: tuple[str, ...]) -> str:
    spec = kind_spec(Unit)
    said = [(spec.field(name).label, " ".join(getattr(unit, name).split())) for name in names]
    line = "; ".join(f"{label[:1].lower()}{label[1:]}: {words}" for label, words in said if words)
    return f"{line[:1].upper()}{line[1:]}"
