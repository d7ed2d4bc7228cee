"""Which records are one: a function of the edges alone, whatever their order, rings and all."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import find, given
from hypothesis import strategies as st

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.ids import owned_by
from thidua_desktop.domain.people import Person
from thidua_desktop.domain.same_as import (
    Likeness,
    alike,
    face_rank,
    faces_of,
    filled,
    joining,
    parting,
)

# Few records, some of them the province's: rings, chains and bushes all come up.
RECORDS = [owned_by(UUID(int=n << 64), n % 3) for n in range(1, 8)]
EDGES = st.dictionaries(st.sampled_from(RECORDS), st.sampled_from(RECORDS), max_size=7)
SOME = st.sets(st.sampled_from(RECORDS))


def by_walking(edges: dict[UUID, UUID], visible: set[UUID]) -> dict[UUID, UUID]:
    """The oracle, written from the law: walk from each record, both ways along every edge."""
    faces = {}
    for start in visible:
        reached = {start}
        for _ in RECORDS:
            reached |= {b for a, b in edges.items() if a in reached}
            reached |= {a for a, b in edges.items() if b in reached}
        here = reached & visible
        if len(here) > 1:
            faces[start] = min(here, key=face_rank)
    return faces


@given(EDGES, SOME)
def test_faces_are_what_walking_finds(edges, visible) -> None:
    said = {one: other for one, other in edges.items() if one in visible}
    assert faces_of(said, visible) == by_walking(said, visible)


@given(EDGES, st.randoms())
def test_the_order_of_the_edges_says_nothing(edges, chance) -> None:
    shuffled = list(edges.items())
    chance.shuffle(shuffled)
    assert faces_of(dict(shuffled), RECORDS) == faces_of(edges, RECORDS)


@given(EDGES, st.sampled_from(RECORDS), st.sampled_from(RECORDS))
def test_joining_joins_two_and_parts_nobody(edges, one, other) -> None:
    before = by_walking(edges, set(RECORDS))
    if one == other or (before.get(one) is not None and before.get(one) == before.get(other)):
        return
    source, target = joining(edges, one, other)
    after = by_walking({**edges, source: target}, set(RECORDS))
    assert after[one] == after[other]
    for a in RECORDS:
        for b in RECORDS:
            was = a == b or (a in before and before.get(a) == before.get(b))
            assert not was or a == b or after[a] == after[b]


@given(EDGES, st.sampled_from(RECORDS))
def test_parting_takes_one_out_and_leaves_the_others_one(edges, gone) -> None:
    before = by_walking(edges, set(RECORDS))
    changed = parting(edges, gone)
    left = {a: b for a, b in {**edges, **changed}.items() if b is not None and a != b}
    after = by_walking(left, set(RECORDS))
    assert gone not in after
    others = [one for one in RECORDS if one != gone]
    for a in others:
        for b in others:
            was = a == b or (a in before and before.get(a) == before.get(b))
            now = a == b or (a in after and after.get(a) == after.get(b))
            assert was == now


@given(EDGES, st.sampled_from(RECORDS), st.sampled_from(RECORDS))
def test_what_was_joined_and_parted_is_as_before(edges, one, other) -> None:
    before = by_walking(edges, set(RECORDS))
    if one in before or one == other:
        return  # it was one with others: parting it takes it from them too
    edges = {a: b for a, b in edges.items() if a != b}
    source, target = joining(edges, one, other)
    joined = {**edges, source: target}
    left = {a: b for a, b in {**joined, **parting(joined, one)}.items() if b is not None}
    assert by_walking(left, set(RECORDS)) == before


def a_person(n: int, name: str = "Trần Đức Vượng", **fields) -> Person:
    return Person(id=owned_by(UUID(int=n << 64), n), full_name=name, **fields)


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, True),
        ({"name": "TRẦN  ĐỨC VƯỢNG"}, True),
        ({"name": "Trần Đức Vương"}, False),
        ({"birth_date": PartialDate(1970)}, False),
        ({"unit_id": UUID(int=5)}, True),
    ],
)
def test_who_looks_alike(fields, *, found: bool) -> None:
    pairs = alike([a_person(1), a_person(2, **fields)], {}, set())
    assert [pair.likeness for pair in pairs] == ([Likeness.POSSIBLE] if found else [])


def test_two_units_are_two_persons() -> None:
    one, other = a_person(1, unit_id=UUID(int=5)), a_person(2, unit_id=UUID(int=6))
    assert alike([one, other], {}, set()) == []


def test_who_is_one_is_asked_about_by_his_face_and_told_apart_once() -> None:
    one, two, three = (a_person(n) for n in (1, 2, 3))
    assert len(alike([one, two, three], {}, set())) == 3
    faces = {one.id: one.id, two.id: one.id}
    (pair,) = alike([one, two, three], faces, set())
    assert (pair.one, pair.other) == (one, three)
    assert alike([one, two, three], faces, {frozenset({one.id, three.id})}) == []


def test_empty_cells_are_filled_from_the_others_to_be_shown() -> None:
    face = a_person(1, address="Kiến Xương")
    shown = filled(face, [face, a_person(2, address="Thái Thụy", position="Bí thư")])
    assert (shown.address, shown.position, shown.id) == ("Kiến Xương", "Bí thư", face.id)


def test_a_law_that_follows_edges_one_way_only_would_be_found() -> None:
    """The negative control of the comparison with the oracle."""

    def one_way(edges: dict[UUID, UUID]) -> dict[UUID, UUID]:
        ends = {}
        for start in edges:
            here, seen = start, {start}
            while edges.get(here) is not None and edges[here] not in seen:
                here = edges[here]
                seen.add(here)
            ends[start] = min(seen, key=face_rank)
        return ends

    wrong = find(EDGES, lambda edges: one_way(edges) != by_walking(edges, set(RECORDS)))
    assert faces_of(wrong, RECORDS) == by_walking(wrong, set(RECORDS)) != one_way(wrong)
