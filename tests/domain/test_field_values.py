from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua_desktop.domain.checks import checked, tidied
from thidua_desktop.domain.criteria import Score
from thidua_desktop.domain.dates import PartialDate, from_typed, in_words, shown
from thidua_desktop.domain.field_values import (
    NotKeptError,
    from_json,
    from_stored,
    to_json,
    to_stored,
)
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.kinds import KINDS
from thidua_desktop.domain.people import Gender, Person
from thidua_desktop.domain.records import FieldSpec, FieldType, UnknownChoice, kind_spec, specs
from thidua_desktop.domain.text import clean
from thidua_desktop.domain.units import Unit

SPECS = [spec for kind in KINDS for spec in specs(kind)]


def values_of(spec: FieldSpec) -> st.SearchStrategy[Any]:  # noqa: PLR0911 - one line per type
    least, most = spec.least or 0, min(spec.most or 10**6, 10**6)
    match spec.type:
        case FieldType.TEXT:
            return st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])).map(
                lambda text: clean(" ".join(text.split()))[: spec.longest].strip()
            )
        case FieldType.INTEGER:
            return st.integers(least, most)
        case FieldType.DECIMAL:
            return st.decimals(least, most, places=spec.scale)
        case FieldType.DATE:
            return st.dates().map(PartialDate.of) | st.integers(1, 9999).map(PartialDate)
        case FieldType.BOOL:
            return st.booleans()
        case FieldType.REF:
            return st.uuids()
        case FieldType.ENUM:
            return st.sampled_from(spec.choices)
        case FieldType.FILE:
            return st.binary(min_size=32, max_size=32).map(bytes.hex)


@given(st.sampled_from(SPECS).flatmap(lambda s: st.tuples(st.just(s), values_of(s))))
def test_a_value_comes_back_from_the_ledger_and_from_json_as_it_was(case: Any) -> None:
    spec, value = case

    assert from_stored(spec, to_stored(spec, value)) == value
    assert from_json(spec, to_json(spec, value)) == value


def field(kind: type, name: str) -> FieldSpec:
    return kind_spec(kind).field(name)


@pytest.mark.parametrize(
    ("name", "given_value", "issue"),
    [
        ("self_score", "8.555", Issue.TOO_PRECISE),
        ("self_score", "-1", Issue.TOO_SMALL),
        ("self_score", "100000.01", Issue.TOO_LARGE),
        ("self_score", "NaN", Issue.NOT_A_NUMBER),
        ("self_score", 8, Issue.WRONG_TYPE),
        ("assessment", "maybe", Issue.NOT_ALLOWED),
        ("checklist_id", "x", Issue.NOT_AN_ID),
        ("note", "a" * 4_001, Issue.TOO_LONG),
        ("note", "a\x00", Issue.CONTROL_CHARACTER),
        ("note", 5, Issue.WRONG_TYPE),
    ],
)
def test_what_cannot_be_kept_is_said_to_be_so(name: str, given_value: object, issue: Issue) -> None:
    with pytest.raises(NotKeptError) as refused:
        from_json(field(Score, name), given_value)

    assert refused.value.issue is issue


def test_a_value_of_a_newer_program_is_kept_and_shown_as_unknown() -> None:
    spec = field(Person, "gender")

    kept = from_stored(spec, "other")

    assert kept == UnknownChoice("other")
    assert to_stored(spec, kept) == "other"
    assert from_stored(spec, "male") is Gender.MALE


def test_decimals_are_whole_hundredths_in_the_ledger() -> None:
    spec = field(Score, "self_score")
    assert to_stored(spec, Decimal("8.50")) == 850
    assert to_json(spec, Decimal("8.5")) == "8.50"


def test_a_blank_value_is_nothing_in_the_ledger_and_in_json() -> None:
    for spec in SPECS:
        assert to_stored(spec, spec.blank) is None
        assert to_json(spec, spec.blank) is None
        assert from_stored(spec, None) == spec.blank


def test_pasted_text_is_composed_and_squeezed() -> None:
    person = tidied(Person(id=UUID(int=1), full_name=" Nguye\u0302\u0303n  Thi\u0323 Thuy\u0309 "))
    assert person.full_name == "Nguyễn Thị Thuỷ"


def test_every_wrong_field_is_reported_at_once() -> None:
    unit = Unit(id=UUID(int=1), code="Sở", name="x" * 201, parent_id=UUID(int=1))
    assert set(checked(unit)) == {
        FieldIssue("name", Issue.TOO_LONG),
        FieldIssue("code", Issue.NOT_A_CODE),
        FieldIssue("parent_id", Issue.OWN_PARENT),
    }


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("12/3/1984", "1984-03-12"),
        ("12.03.1984", "1984-03-12"),
        ("12-3-1984", "1984-03-12"),
        ("12031984", "1984-03-12"),
        ("3/1984", "1984-03"),
        ("1984", "1984"),
        (" 1984-03-12 ", "1984-03-12"),
    ],
)
def test_dates_are_read_as_clerks_type_them(typed: str, iso: str) -> None:
    assert from_typed(typed).iso() == iso


@pytest.mark.parametrize("typed", ["12/3/84", "31/2/2024", "0/1984", "hôm nay", "13/1984", ""])
def test_a_date_nobody_can_be_sure_of_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - it says nothing but that
        from_typed(typed)


def test_a_date_is_shown_as_far_as_it_is_known() -> None:
    dates = (PartialDate(1984, 3, 12), PartialDate(1984, 3), PartialDate(1984), None)
    assert [shown(date) for date in dates] == ["12/03/1984", "03/1984", "1984", ""]
    assert in_words(PartialDate(2023, 4, 5)) == "ngày 05 tháng 4 năm 2023"
    assert in_words(PartialDate(2024, 2, 10)) == "ngày 10 tháng 02 năm 2024"
