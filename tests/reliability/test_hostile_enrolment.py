"""Whatever is in an enrolment file: it is good, or refused with a reason, and no folder is made.

What stands in the file itself is tested with its reader; here it is what the file brings along.
"""

from __future__ import annotations

import json
import random
from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reliability.little import Little, found, opened
from thidua_desktop.domain.errors import (
    BundleRejectedError,
    PhraseError,
    ThiduaError,
    UnreadableFileError,
)
from thidua_desktop.domain.ids import MOST_OFFICES
from thidua_desktop.services import offices
from thidua_desktop.services.offices import enrol, join

Change = Callable[[dict[str, Any], Little], object]
REFUSALS = (UnreadableFileError, BundleRejectedError, PhraseError)


@pytest.fixture(scope="module")
def asked(little: Little) -> dict[str, Any]:
    (code,) = little.offices
    return dict(json.loads(enrol(little.province, code)))


def tried(said: dict[str, Any] | bytes, place: Path) -> type[ThiduaError] | None:
    """Join with a file on a new PC; return how it was refused, None: it was taken."""
    anew = opened(place)
    data = said if isinstance(said, bytes) else json.dumps(said).encode()
    try:
        join(anew, data, file_name="dang-ky.tdkt")
    except REFUSALS as error:
        fate = type(error)
    else:
        return None
    assert not anew.store.exists()
    return fate


def channel(said: dict[str, Any], change: Callable[[bytes], bytes]) -> None:
    said["channel"] = b64encode(change(b64decode(said["channel"]))).decode()


def of_another(said: dict[str, Any], other: Little, *names: str) -> None:
    (code,) = other.offices
    theirs = json.loads(enrol(other.province, code))
    said.update({name: theirs[name] for name in names})


HOSTILE: dict[str, Change] = {
    "another province's channel": lambda said, other: of_another(said, other, "channel"),
    "another province's word": lambda said, other: of_another(said, other, "province"),
    "another province's root": lambda said, other: of_another(said, other, "root_key"),
    "nobody vouches": lambda said, _: said.update(province=None),
    "an empty channel": lambda said, _: channel(said, lambda _: b""),
    "a channel cut": lambda said, _: channel(said, lambda data: data[:-1]),
    "a channel with more": lambda said, _: channel(said, lambda data: data + b"\0"),
    "a picture for a channel": lambda said, _: channel(said, lambda _: b"\x89PNG\r\n\x1a\n"),
    "a web page for a channel": lambda said, _: channel(said, lambda _: b"<html></html>"),
    "an office too many": lambda said, _: said.update(number=MOST_OFFICES + 1),
    "a key for a name": lambda said, _: said.update(unit_name={"a": 1}),
    "no channel": lambda said, _: said.pop("channel"),
}


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Little:
    return found(tmp_path_factory.mktemp("tỉnh khác"), 1)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file(name: str, asked: dict[str, Any], other: Little, tmp_path: Path) -> None:
    said = dict(asked)
    HOSTILE[name](said, other)
    assert tried(said, tmp_path / "mới") in REFUSALS


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[" * 100_000,
        b'{"number": 1' + b"0" * 400 + b"}",
        b"\x89PNG\r\n\x1a\n",
        b"PK\3\4",
    ],
    ids=["empty", "half", "deep", "long number", "picture", "archive"],
)
def test_no_enrolment_file(data: bytes, tmp_path: Path) -> None:
    assert tried(data, tmp_path / "mới") is UnreadableFileError


def fates(asked: dict[str, Any], folder: Path, seed: int, count: int) -> dict[object, int]:
    """Change one byte of the channel, again and again."""
    chance = random.Random(seed)
    found: dict[object, int] = {}
    for number in range(count):
        said = dict(asked)
        channel(said, lambda data: _changed(data, chance))
        fate = tried(said, folder / str(number))
        found[fate] = found.get(fate, 0) + 1
    return found


def _changed(data: bytes, chance: random.Random) -> bytes:
    broken = bytearray(data)
    broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
    return bytes(broken)


def test_one_byte_is_another(
    asked: dict[str, Any], tmp_path: Path, seed: int, size: Callable[[int, int], int]
) -> None:
    count = size(60, 2_000)
    assert fates(asked, tmp_path, seed, count) == {BundleRejectedError: count}
    assert tried(asked, tmp_path / "tốt") is None


def test_a_folder_that_is_made_too_early_would_be_found(
    asked: dict[str, Any], tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_file = offices._opened

    def careless(ports: Any, data: bytes, file_name: str, ask: Any) -> bytes:
        offices._create(ports, ports.enrolments.unpack(data, file_name=file_name).enrolment.office)
        return opened_file(ports, data, file_name, ask)

    monkeypatch.setattr(offices, "_opened", careless)
    with pytest.raises(AssertionError):
        fates(asked, tmp_path, seed, 3)
