"""A part is known by itself; what is not exactly a part is refused."""

from __future__ import annotations

import hashlib
import json
import random
from pathlib import Path

import pytest

from thidua_desktop.domain.bundles import Rejection
from thidua_desktop.domain.errors import (
    BundleRejectedError,
    BundleTooLargeError,
    UnreadableFileError,
)
from thidua_desktop.domain.parts import MOST_PARTS
from thidua_desktop.formats.bundle import limits
from thidua_desktop.formats.bundle import parts as module
from thidua_desktop.formats.bundle.parts import MAGIC, PartFiles

PARTS = PartFiles()
SIZE = limits.PART_HEAD_BYTES + 300
WHOLE = random.Random(1).randbytes(1_000)


def written(folder: Path, content: bytes = WHOLE, size: int = SIZE) -> list[Path]:
    paths = []
    whole = folder / "whole"
    whole.write_bytes(content)
    for head, pieces in PARTS.cut(whole, size):
        paths.append(folder / f"{head.index}")
        paths[-1].write_bytes(b"".join(pieces))
    return paths


def refusal(path: Path) -> Rejection:
    with pytest.raises(BundleRejectedError) as refused:
        PARTS.read(path, file_name=path.name)
    return refused.value.reason


def forged(folder: Path, content: bytes = b"x" * 300, **said: object) -> Path:
    """Write a part with a head of its own, honest in its hash."""
    head = {
        "fmt": 1,
        "whole": hashlib.sha256(WHOLE).hexdigest(),
        "total": 1_000,
        "piece": 300,
        "index": 1,
        "sha": hashlib.sha256(content).hexdigest(),
    } | said
    text = json.dumps(head, sort_keys=True, separators=(",", ":")).encode()
    path = folder / "giả"
    length = len(text).to_bytes(4)
    path.write_bytes(MAGIC + length + text + hashlib.sha256(text).digest() + content)
    return path


def test_parts_are_joined_to_what_was_cut(tmp_path: Path) -> None:
    paths = written(tmp_path)
    assert len(paths) == 4
    assert all(path.stat().st_size <= SIZE for path in paths)
    heads = [PARTS.read(path, file_name="a") for path in paths]
    assert [head.index for head in heads] == [1, 2, 3, 4]
    PARTS.join(paths, tmp_path / "cả", file_name="a")
    assert (tmp_path / "cả").read_bytes() == WHOLE


def test_what_is_no_part(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"TDKT1\n")
    assert not PARTS.is_part(tmp_path / "a")
    assert not PARTS.is_part(tmp_path / "không có")
    assert PARTS.is_part(written(tmp_path)[0])
    assert refusal(tmp_path / "a") is Rejection.TYPE
    with pytest.raises(UnreadableFileError):
        PARTS.read(tmp_path / "không có", file_name="a")


@pytest.mark.parametrize("cut", range(50))
def test_a_part_cut_anywhere_is_never_taken(tmp_path: Path, cut: int) -> None:
    path = written(tmp_path)[0]
    whole = path.read_bytes()
    path.write_bytes(whole[: cut * len(whole) // 50])
    assert refusal(path) in {Rejection.DAMAGED, Rejection.TYPE}


def test_no_flipped_bit_is_taken(tmp_path: Path) -> None:
    path = written(tmp_path)[0]
    whole = path.read_bytes()
    PARTS.read(path, file_name="a")  # negative control
    for place in range(0, len(whole), 3):
        flipped = bytearray(whole)
        flipped[place] ^= 1 << place % 8
        path.write_bytes(flipped)
        assert refusal(path) in {Rejection.DAMAGED, Rejection.TYPE}
    path.write_bytes(whole + b"x")
    assert refusal(path) is Rejection.DAMAGED


@pytest.mark.parametrize(
    "said",
    [
        {"index": 0},
        {"index": 5},
        {"index": 1_000_000_000},
        {"index": -1},
        {"total": 1_000_000_000, "piece": 1},
        {"total": 0},
        {"total": limits.FILE_BYTES + 1},
        {"piece": 0},
        {"piece": 1.5},
        {"index": True},
        {"whole": "../../x"},
        {"sha": "A" * 64},
        {"whole": None},
    ],
    ids=str,
)
def test_hostile_heads(tmp_path: Path, said: dict[str, object]) -> None:
    assert refusal(forged(tmp_path, **said)) is Rejection.FORMAT


def test_a_head_that_fits_is_taken_and_a_newer_one_is_said(tmp_path: Path) -> None:
    assert PARTS.read(forged(tmp_path), file_name="a").index == 1
    assert PARTS.read(forged(tmp_path, new="x"), file_name="a").index == 1
    assert refusal(forged(tmp_path, fmt=2)) is Rejection.NEWER
    assert refusal(forged(tmp_path, content=b"x" * 299)) is Rejection.DAMAGED
    assert refusal(forged(tmp_path, index=4)) is Rejection.DAMAGED  # the last one is shorter
    assert PARTS.read(forged(tmp_path, content=b"x" * 100, index=4), file_name="a").index == 4


@pytest.mark.parametrize(("over", "fits"), [(0, True), (1, False)])
def test_the_most_parts(tmp_path: Path, over: int, fits: bool) -> None:
    head = {"piece": 300, "total": 300 * MOST_PARTS + over, "index": 1}
    path = forged(tmp_path, **head)
    if fits:
        assert PARTS.read(path, file_name="a").count == MOST_PARTS
    else:
        assert refusal(path) is Rejection.FORMAT


def test_more_parts_than_anybody_takes_are_not_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_PARTS", 4)
    (tmp_path / "whole").write_bytes(WHOLE)
    assert len(list(PARTS.cut(tmp_path / "whole", SIZE))) == 4
    monkeypatch.setattr(module, "MOST_PARTS", 3)
    with pytest.raises(BundleTooLargeError):
        list(PARTS.cut(tmp_path / "whole", SIZE))


def test_a_head_without_end_and_one_that_is_no_json(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(MAGIC + b"\xff\xff\xff\xff" + bytes(5_000))
    assert refusal(path) is Rejection.DAMAGED
    for text in (b"[" * 500, b"\xff\xfe", b"{}"):
        path.write_bytes(MAGIC + len(text).to_bytes(4) + text + hashlib.sha256(text).digest())
        assert refusal(path) is Rejection.FORMAT


def test_parts_that_are_not_what_was_cut_make_no_whole(tmp_path: Path) -> None:
    paths = written(tmp_path)
    wrong = [paths[1], paths[0], *paths[2:]]
    with pytest.raises(BundleRejectedError):
        PARTS.join(wrong, tmp_path / "cả", file_name="a")
