"""Thousands of broken bundles: each is refused with a reason, and none breaks the reader."""

from __future__ import annotations

import hashlib
import random
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from builders import a_warrant
from formats.bundle.forged import FILES, packed, parts, signed
from thidua_desktop.domain.bundles import Held, Rejection
from thidua_desktop.domain.errors import BundleRejectedError
from thidua_desktop.formats.bundle import container
from thidua_desktop.formats.bundle.container import BundleFiles
from thidua_desktop.formats.bundle.sections import StoredFile

BLOB = bytes(range(256))
WHOLE = packed(
    b'[1,"x"]',
    '[2,"Đặng Thị Ngọc Ẩn"]'.encode(),
    blobs={hashlib.sha256(BLOB).hexdigest(): BLOB},
    certificates=(a_warrant(office=62),),
    have={b"p" * 16: Held(41, b"h" * 32)},
    sums={"person": 2},
)
STRANGE: list[Any] = [
    *(None, True, -1, 0, 1, 2**31, 2**53, 2**63, 2**70, 1.5, "", "x", "ops", "\u0301", "é", "\x00"),
    *("A" * 22, "A" * 43, "A" * 70_000, [], [[1, 2]], [None] * 500, {}, {"": {}}, {"fmt": 1}),
]


def by_bytes(chance: random.Random, count: int) -> Iterator[bytes]:
    """Return files with bits flipped, pieces cut out, doubled, overwritten."""
    size = len(WHOLE)
    for _ in range(count):
        broken = bytearray(WHOLE)
        for _ in range(chance.randint(1, 4)):
            broken[chance.randrange(size)] ^= 1 << chance.randrange(8)
        yield bytes(broken)
        yield WHOLE[: chance.randrange(size)]
        yield WHOLE[: chance.randrange(size)] + WHOLE[chance.randrange(size) :]
        yield WHOLE + chance.randbytes(chance.randint(1, 20))


def by_meaning(chance: random.Random, count: int) -> Iterator[bytes]:
    """Return files that say strange things and are signed all the same."""
    manifest, body = parts(WHOLE)
    for _ in range(count):
        strange = parts(WHOLE)[0]
        place = strange
        while True:
            key = chance.choice(list(place) if isinstance(place, dict) else range(len(place)))
            if chance.random() < 0.6 and isinstance(place[key], dict | list) and place[key]:
                place = place[key]
                continue
            if chance.random() < 0.2:
                del place[key]
            else:
                place[key] = chance.choice(STRANGE)
            break
        yield signed(strange, body)
        yield signed(manifest | {"secs": [], "blobs": [], "ranges": {}}, chance.randbytes(9))
        yield from _strange_sections(chance, manifest)


def _strange_sections(chance: random.Random, manifest: dict[str, Any]) -> Iterator[bytes]:
    whole = chance.randbytes(chance.randrange(60)) + b"\n" * chance.randrange(4)
    for body in (whole, zlib.compress(whole)):
        section = {
            "kind": chance.choice(["ops", "blob"]),
            "n": chance.randrange(4),
            "clen": len(body),
            "ulen": chance.choice([len(whole), len(body), 0]),
            "sha": hashlib.sha256(body).hexdigest(),
        }
        yield signed(manifest | {"secs": [section], "blobs": []}, body)


def fate(data: bytes) -> Rejection | None:
    """Return why a file was refused; None when it was taken. Any other end is a fault."""
    try:
        FILES.unpack(data, file_name="gói.tdkt")
    except BundleRejectedError as error:
        return error.reason
    return None


def test_bytes_changed_anywhere_are_seen() -> None:
    fates = [fate(data) for data in by_bytes(random.Random(52), 600) if data != WHOLE]
    assert len(fates) > 2_300
    assert set(fates) <= {
        Rejection.TYPE,
        Rejection.DAMAGED,
        Rejection.FORGED,
        Rejection.NEWER,  # the number of the format itself was hit
    }


def test_whatever_is_signed_is_refused_with_a_reason_or_means_what_it_says() -> None:
    fates = [fate(data) for data in by_meaning(random.Random(52), 600)]
    assert len(fates) == 2_400
    assert {Rejection.DAMAGED, Rejection.BOMB, Rejection.FORMAT, Rejection.NEWER} <= set(fates)
    assert fates.count(None) < 300


def _without_length_check(self: BundleFiles, file: StoredFile) -> Any:
    length = int.from_bytes(file.read(6, 4))
    manifest, sections = container.read_manifest(file.read(10, length))
    return manifest, sections, 10 + length + 64


def crashes(mutants: Iterator[bytes]) -> int:
    count = 0
    for data in mutants:
        try:
            fate(data)
        except ValueError:
            count += 1
    return count


@pytest.mark.parametrize("mutants", [by_bytes, by_meaning])
def test_a_reader_that_trusts_what_it_reads_would_be_found(
    monkeypatch: pytest.MonkeyPatch, mutants: Callable[..., Iterator[bytes]]
) -> None:
    monkeypatch.setattr(BundleFiles, "_head", _without_length_check)
    assert crashes(mutants(random.Random(52), 100)) > 10


def test_a_reader_that_checks_no_signature_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container.Ed25519, "fits", lambda *_: True)
    fates = {fate(data) for data in by_bytes(random.Random(52), 600) if data != WHOLE}
    assert None in fates
