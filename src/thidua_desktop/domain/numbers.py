"""Numbers as Vietnamese people write and type them: 1.234,5."""

from __future__ import annotations

import re
from decimal import Decimal

_TYPED = re.compile(r"[+-]?\d+(?:[.,]\d+)?", re.ASCII)
_GROUPED = re.compile(
    r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?|[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)", re.ASCII
)
_LEAST_TWO_DIGITS = 10


def decimal_text(value: Decimal | int) -> str:
    """Return a number with points between thousands and a decimal comma, without idle zeros.

    >>> decimal_text(Decimal("1234.50"))
    '1.234,5'
    """
    plain = f"{value:,f}"
    whole, _, rest = plain.partition(".")
    rest = rest.rstrip("0")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")


def figure_text(value: Decimal | None) -> str:
    """Return a number for a cell of a table, a negative one with a minus sign; none is nothing.

    >>> figure_text(Decimal("-2.5"))
    '−2,5'
    """
    if value is None:
        return ""
    return f"−{decimal_text(-value)}" if value < 0 else decimal_text(value)


def read_decimal(text: str) -> Decimal:
    """Read a number as clerks type it: 8,5 and 8.5 are the same, 1.234,5 has thousands.

    One separator of either kind is the decimal one: 1.234 is a little more than one. Raises
    ValueError for anything that is no number.

    >>> read_decimal(" 8,5 ")
    Decimal('8.5')
    """
    squeezed = "".join(text.split())
    if _TYPED.fullmatch(squeezed):
        return Decimal(squeezed.replace(",", "."))
    if _GROUPED.fullmatch(squeezed):
        decimal_is_comma = squeezed.rfind(",") > squeezed.rfind(".")
        thousands, comma = (".", ",") if decimal_is_comma or "," not in squeezed else (",", ".")
        return Decimal(squeezed.replace(thousands, "").replace(comma, "."))
    raise ValueError(text)


def two_digits(count: int) -> str:
    """Return a count as letters write it: 05 tập thể."""
    return f"{count:02}" if 0 < count < _LEAST_TWO_DIGITS else str(count)
