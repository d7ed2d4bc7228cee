"""Marks beside the text of a letter (Decree 30): its urgency, its circulation, who drew it up."""

from __future__ import annotations

from enum import StrEnum

STAMP_HEIGHT = 8.0  # mm
CIRCULATIONS = ("LƯU HÀNH NỘI BỘ", "XEM XONG TRẢ LẠI")  # those that the decree names


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


def circulation_mark(circulation: str) -> str:
    """Return to whom a letter may be shown, as its frame says it.

    >>> circulation_mark("lưu hành  nội bộ")
    'LƯU HÀNH NỘI BỘ'
    """
    return " ".join(circulation.upper().split())


def drafter_mark(drafter: str, copies: int | None) -> str:
    """Return who drew a letter up and how many copies there are.

    >>> drafter_mark("pl", 300), drafter_mark("PL", None), drafter_mark("", None)
    ('PL.(300)', 'PL', '')
    """
    who = " ".join(drafter.split()).rstrip(".").upper()
    if copies is None:
        return who
    return f"{who}.({copies})" if who else f"({copies})"
