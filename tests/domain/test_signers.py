"""Whose name stands under a paper depends on the day of the paper."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from builders import an_id
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.signers import (
    TermFault,
    is_head,
    signers_on,
    signs_on,
    term_warnings,
)
from thidua_desktop.domain.units import AuthorityPrefix, Signer


def a_signer(number: int, start: PartialDate | None, end: PartialDate | None, **said) -> Signer:
    named = {"full_name": f"Người {number}", "position": "Chủ tịch", **said}
    return Signer(id=an_id(number), valid_from=start, valid_to=end, **named)


DEPUTY_SAID = {"position": "Phó Chủ tịch", "prefix": AuthorityPrefix.DEPUTY}
OLD = a_signer(1, PartialDate(2021, 6), PartialDate(2025, 11, 11))
NEW = a_signer(2, PartialDate(2025, 11, 12), None)
DEPUTY = a_signer(
    3, PartialDate(2021), None, position="Phó Chủ tịch", prefix=AuthorityPrefix.DEPUTY
)


def test_who_signs_is_who_was_in_office_on_the_day_of_the_paper() -> None:
    everyone = (OLD, NEW, DEPUTY)

    assert signers_on(everyone, PartialDate(2025, 11, 11)) == (DEPUTY, OLD)
    assert signers_on(everyone, PartialDate(2025, 11, 12)) == (DEPUTY, NEW)
    assert signers_on(everyone, PartialDate(2020, 12, 31)) == ()


def test_a_deputy_may_sign_beside_the_head() -> None:
    assert not is_head(DEPUTY)
    assert term_warnings((OLD, NEW, DEPUTY)) == ()


def test_two_heads_at_once_are_warned_of() -> None:
    early = a_signer(4, PartialDate(2025, 11, 1), None)

    (warning,) = term_warnings((early, OLD))

    assert warning.text == (
        "Hai người cùng đứng đầu từ 01/11/2025 đến 11/11/2025: Người 1 và Người 4."
    )


def test_days_without_a_head_are_warned_of() -> None:
    late = a_signer(4, PartialDate(2025, 12), None)

    (warning,) = term_warnings((late, OLD))

    assert warning.text == (
        "Chưa có người đứng đầu ký từ 12/11/2025 đến 30/11/2025, giữa Người 1 và Người 4."
    )


def test_an_acting_head_fills_the_gap() -> None:
    late = a_signer(4, PartialDate(2025, 12), None)
    acting = a_signer(
        5, PartialDate(2025, 11, 12), PartialDate(2025, 11), prefix=AuthorityPrefix.ACTING
    )

    assert term_warnings((late, OLD, acting)) == ()


def test_who_is_in_office_all_along_leaves_no_gap() -> None:
    long = a_signer(4, PartialDate(2021), None)

    assert {warning.fault for warning in term_warnings((OLD, NEW, long))} == {TermFault.OVERLAP}


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 60)), max_size=6))
def test_without_a_warning_every_day_between_has_one_head(terms: list[tuple[int, int]]) -> None:
    start = date(2024, 1, 1)
    heads = [
        a_signer(
            number,
            PartialDate.of(start + timedelta(days=begin)),
            PartialDate.of(start + timedelta(days=begin + length)),
        )
        for number, (begin, length) in enumerate(terms)
    ]
    first = min((begin for begin, _ in terms), default=0)
    last = max((begin + length for begin, length in terms), default=-1)
    counts = [
        sum(signs_on(one, PartialDate.of(start + timedelta(days=day))) for one in heads)
        for day in range(first, last + 1)
    ]
    faults = {warning.fault for warning in term_warnings(heads)}

    if any(count > 1 for count in counts):
        assert TermFault.OVERLAP in faults
    if not faults:
        assert all(count == 1 for count in counts)
