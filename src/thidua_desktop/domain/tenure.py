"""Time in positions (thời gian giữ chức vụ): months of each, and of all without counting twice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from thidua_desktop.domain.merit import Position
from thidua_desktop.domain.numbers import two_digits

_YEAR = 12
Span = tuple[date, date]


def span_of(position: Position, until: date) -> Span | None:
    """Return from when to when a position was held, the end not within; one that lasts, to a day.

    A date known to the month or year counts from its first day to its last.
    """
    if position.held_from is None:
        return None
    start = position.held_from.first_day()
    last = until if position.held_to is None else min(position.held_to.last_day(), until)
    return (start, last + timedelta(days=1)) if start <= last else None


def months_in(spans: Iterable[Span]) -> int:
    """Return the whole months in these spans; what overlaps counts once.

    >>> months_in([(date(2010, 3, 15), date(2015, 3, 15)), (date(2015, 1, 1), date(2016, 3, 15))])
    72
    """
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return sum(map(_months, joined))


def duration_text(months: int) -> str:
    """Return a duration in years and months, as reports write it.

    >>> duration_text(63), duration_text(24), duration_text(4)
    ('05 năm 03 tháng', '02 năm', '04 tháng')
    """
    years, rest = divmod(months, _YEAR)
    parts = [f"{two_digits(years)} năm" if years else "", f"{two_digits(rest)} tháng"]
    return " ".join(part for part in (parts if rest or not years else parts[:1]) if part)


def _months(span: Span) -> int:
    start, end = span
    whole = (end.year - start.year) * _YEAR + end.month - start.month
    return whole - (end.day < start.day)
