"""Dates as people know them: a year, a month of a year, or a day."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_TYPED = re.compile(r"(?:(?:(\d{1,2})[/.\-])?(\d{1,2})[/.\-])?(\d{4})")
_RUN = re.compile(r"(\d{2})(\d{2})(\d{4})")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date of known precision. `month` and `day` are 0 where they are not known.

    >>> PartialDate(1965, 3)
    PartialDate(year=1965, month=3, day=0)
    """

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.year <= 9999 or not 0 <= self.month <= 12:  # noqa: PLR2004 - a calendar
            raise ValueError(self)
        if self.day and not (self.month and 1 <= self.day <= monthrange(self.year, self.month)[1]):
            raise ValueError(self)

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """Return the day as a date known to the day."""
        return cls(day.year, day.month, day.day)

    @property
    def is_full(self) -> bool:
        """Tell whether the day is known."""
        return self.day > 0

    def iso(self) -> str:
        """Return `1965`, `1965-03` or `1965-03-12`.

        >>> PartialDate(1965, 3).iso()
        '1965-03'
        """
        parts = (f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part))
        return "-".join(parts)

    def first_day(self) -> date:
        """Return the first day it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> date:
        """Return the last day it can be."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])


@lru_cache(maxsize=50_000)  # the days of a life and a half: in lists they come again and again
def from_iso(text: str) -> PartialDate:
    """Read the ISO text back. Raises ValueError for anything else."""
    found = _ISO.fullmatch(text)
    if not found:
        raise ValueError(text)
    return PartialDate(*(int(part or 0) for part in found.groups()))


def from_typed(text: str) -> PartialDate:
    """Read a date as clerks type it: 12/3/1984, 12.03.1984, 3/1984, 1984, 12031984.

    Raises ValueError when it is none of these. Two-digit years are refused: nobody knows which
    century was meant.

    >>> from_typed("12/3/1984").iso()
    '1984-03-12'
    """
    squeezed = "".join(text.split())
    if found := _RUN.fullmatch(squeezed) or _TYPED.fullmatch(squeezed):
        if any(part is not None and not int(part) for part in found.groups()):
            raise ValueError(text)
        day, month, year = (int(part or 0) for part in found.groups())
        return PartialDate(year, month, day)
    return from_iso(squeezed)


def is_after(one: PartialDate | None, other: PartialDate | None) -> bool:
    """Tell whether a day lies after another for certain: a month is no day.

    >>> is_after(PartialDate(2024, 12), PartialDate(2024, 11, 25))
    True
    >>> is_after(PartialDate(2024, 11), PartialDate(2024, 11, 25))
    False
    """
    return one is not None and other is not None and one.first_day() > other.last_day()


def shown(value: PartialDate | None) -> str:
    """Return the date as it stands on screen and on paper: 12/03/1984, 03/1984, 1984.

    >>> shown(PartialDate(1984, 3, 12))
    '12/03/1984'
    """
    if value is None:
        return ""
    parts = (*(f"{part:02}" for part in (value.day, value.month) if part), f"{value.year:04}")
    return "/".join(parts)


def in_words(value: PartialDate | None) -> str:
    """Return the date of a document: `ngày 05 tháng 4 năm 2023` (Decree 30: day below 10 and
    months 1 and 2 get a zero); dots stand where nothing is known.
    """
    if value is None:
        return "ngày … tháng … năm …"
    day = f"{value.day:02}" if value.day else "…"
    month = f"{value.month:02}" if value.month in {1, 2} else str(value.month or "…")
    return f"ngày {day} tháng {month} năm {value.year}"
