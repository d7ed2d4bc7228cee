"""The arithmetic of parts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua_desktop.domain.parts import (
    SMALLEST_PART,
    PartHead,
    WaitingParts,
    part_name,
    part_size,
)


@settings(deadline=None)  # how long it takes is the machine's affair
@given(st.integers(1, 10_000), st.integers(1, 3_000))
def test_parts_lie_side_by_side_and_fill_the_whole(total: int, piece: int) -> None:
    head = PartHead(whole="", total=total, piece=piece, index=1, sha="")
    parts = [replace(head, index=n) for n in range(1, head.count + 1)]
    assert all(part.size > 0 for part in parts)
    assert [part.start + part.size for part in parts] == [
        *(part.start for part in parts[1:]),
        total,
    ]


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("20MB", 20_000_000),
        ("20 mb", 20_000_000),
        ("1000KB", SMALLEST_PART),
        ("999KB", None),
        ("2GB", 2_000_000_000),
        ("20", None),
        ("-1MB", None),
        ("1e9MB", None),
        ("", None),
    ],
)
def test_sizes_as_they_are_typed(text: str, size: int | None) -> None:
    assert part_size(text) == size


def test_what_is_missing_is_named() -> None:
    waiting = WaitingParts(whole="", piece=1, total=7, received=(1, 2, 3), file_name="a")
    assert waiting.words() == "đã nhận 3/7 phần, còn thiếu phần 4, 5, 6, 7"
    assert replace(waiting, received=tuple(range(1, 8))).words() == "đã nhận 7/7 phần"
    many = replace(waiting, total=100, received=(1,)).words()
    assert many.endswith("20, 21 và 79 phần nữa")


def test_names_sort_in_order() -> None:
    names = [part_name("TDKT_1_2.tdkt", n, 120) for n in range(1, 121)]
    assert names == sorted(names)
    assert part_name("gói", 3, 7) == "gói.p03of07.tdkt"
