"""Numbers as Vietnamese people write and type them."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua_desktop.domain.numbers import decimal_text, read_decimal, two_digits


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1234.50", "1.234,5"),
        ("0", "0"),
        ("100", "100"),
        ("1E+3", "1.000"),
        ("-1234567.89", "-1.234.567,89"),
        ("186.5", "186,5"),
        ("25000000", "25.000.000"),
        ("0.05", "0,05"),
    ],
)
def test_a_number_has_points_between_thousands_and_a_decimal_comma(value: str, text: str) -> None:
    assert decimal_text(Decimal(value)) == text


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("8,5", "8.5"),
        ("8.5", "8.5"),
        (" 8 ", "8"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234", "1.234"),
        ("1.234.567", "1234567"),
        ("1 500 000", "1500000"),
        ("-3,25", "-3.25"),
    ],
)
def test_either_separator_is_a_decimal_one(typed: str, value: str) -> None:
    assert read_decimal(typed) == Decimal(value)


@pytest.mark.parametrize("typed", ["", "tám", "8,5,", "1.23.456", "8..5", ",5", "1e3", "٣", "NaN"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(typed)}$"):
        read_decimal(typed)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2))
def test_what_is_written_is_read_back(value: Decimal) -> None:
    text = decimal_text(value)
    if "," in text or text.count(".") != 1:  # 1.234 alone is a little more than one
        assert read_decimal(text) == value


@pytest.mark.parametrize(("count", "text"), [(0, "0"), (1, "01"), (9, "09"), (10, "10")])
def test_counts_below_ten_have_a_zero(count: int, text: str) -> None:
    assert two_digits(count) == text
