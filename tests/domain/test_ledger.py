from __future__ import annotations

import random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from thidua_desktop.domain.ids import owned_by
from thidua_desktop.domain.ledger import (
    Op,
    OpId,
    RecordKey,
    heads,
    is_hidden,
    level_of,
    needs_choice,
    seen_text,
    shown_values,
)
from thidua_desktop.domain.records import DELETED, Owner

RECORDS = [RecordKey("score", UUID(int=1)), RecordKey("score", UUID(int=2))]
ORIGINS = [bytes([n]) * 16 for n in range(3)]
IDS = [OpId(origin, number) for origin in ORIGINS for number in range(1, 5)]


@st.composite
def hostile_sets(draw: st.DrawFn) -> list[Op]:
    """Any set of ops at all: cycles, falling numbers, pointers into other records."""
    return [
        Op(
            id=op_id,
            record=draw(st.sampled_from(RECORDS)),
            values=draw(st.dictionaries(st.sampled_from("abc"), st.integers(0, 3), min_size=1)),
            lamport=draw(st.integers(1, 6)),
            level=draw(st.integers(0, 1)),
            replaces=draw(st.frozensets(st.sampled_from(IDS), max_size=4)),
        )
        for op_id in draw(st.lists(st.sampled_from(IDS), unique=True, max_size=9))
    ]


@given(hostile_sets(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(ops: list[Op], chance: random.Random) -> None:
    shuffled = chance.sample(ops, len(ops))
    assert heads(shuffled) == heads(ops)


@given(hostile_sets())
def test_receiving_the_same_ops_twice_changes_nothing(ops: list[Op]) -> None:
    assert heads([*ops, *ops]) == heads(ops)


@given(hostile_sets())
def test_a_cell_that_was_ever_written_always_shows_a_value(ops: list[Op]) -> None:
    cells = heads(ops)
    assert all(cells[op.record][name] for op in ops for name in op.values)


@given(hostile_sets())
def test_a_stranger_never_replaces_an_owner(ops: list[Op]) -> None:
    cells = heads(ops)
    for op in ops:
        if op.level == 1:
            assert all(cells[op.record][name][0].level == 1 for name in op.values)


def op(origin: int, number: int, values: dict, *, lam: int, level: int = 1, replaces=()) -> Op:
    return Op(
        id=OpId(ORIGINS[origin], number),
        record=RECORDS[0],
        values=values,
        lamport=lam,
        level=level,
        replaces=frozenset(OpId(ORIGINS[o], n) for o, n in replaces),
    )


def test_two_pcs_that_did_not_see_each_other_leave_a_difference() -> None:
    ops = [op(0, 1, {"a": 1, "b": 1}, lam=1), op(1, 1, {"a": 2}, lam=2)]
    cells = heads(ops)[RECORDS[0]]
    assert needs_choice("a", cells["a"])
    assert not needs_choice("b", cells["b"])
    assert shown_values(cells) == {"a": 2, "b": 1}


def test_a_choice_settles_the_chosen_cell_and_no_other() -> None:
    ops = [
        op(0, 1, {"a": 1, "b": 1}, lam=1),
        op(1, 1, {"a": 2, "b": 2}, lam=2),
        op(0, 2, {"a": 1}, lam=3, replaces=[(0, 1), (1, 1)]),
    ]
    cells = heads(ops)[RECORDS[0]]
    assert not needs_choice("a", cells["a"])
    assert needs_choice("b", cells["b"])


def test_equal_values_are_no_difference() -> None:
    cells = heads([op(0, 1, {"a": 1}, lam=1), op(1, 1, {"a": 1}, lam=1)])[RECORDS[0]]
    assert not needs_choice("a", cells["a"])


def test_a_delete_that_saw_everything_hides_and_an_edit_it_did_not_see_brings_back() -> None:
    first = op(0, 1, {"a": 1}, lam=1)
    delete = op(0, 2, {DELETED: seen_text({ORIGINS[0]: 1})}, lam=2)
    unseen = op(1, 1, {"a": 2}, lam=2, replaces=[(0, 1)])
    stranger = op(2, 1, {"a": 9}, lam=9, level=0, replaces=[(0, 1)])

    assert is_hidden(heads([first, delete])[RECORDS[0]])
    assert not is_hidden(heads([first, delete, unseen])[RECORDS[0]])
    assert is_hidden(heads([first, delete, stranger])[RECORDS[0]])


def test_a_stranger_cannot_delete_an_owner_s_record() -> None:
    first = op(0, 1, {"a": 1}, lam=1)
    delete = op(2, 1, {DELETED: seen_text({ORIGINS[0]: 1})}, lam=2, level=0)
    assert not is_hidden(heads([first, delete])[RECORDS[0]])


def test_an_office_owns_its_records_and_the_province_its_fields() -> None:
    record = owned_by(UUID(int=5), 343)
    office, province = Owner.OFFICE, Owner.PROVINCE
    assert level_of([office], record_id=record, office=343, is_province=False) == 1
    assert level_of([office], record_id=record, office=0, is_province=True) == 0
    assert level_of([province], record_id=record, office=0, is_province=True) == 1
    assert level_of([office, province], record_id=record, office=343, is_province=False) == 0
