"""What a bundle may hold at most: taken at the limit, refused one above it (bundle.md 12)."""

from __future__ import annotations

import hashlib
import random
from dataclasses import replace
from typing import Any

import pytest

from builders import SEED, a_bundle, a_warrant
from formats.bundle.forged import FILES, packed, with_ops
from thidua_desktop.domain.bundles import BundleContents, OpRange, Rejection
from thidua_desktop.domain.errors import BundleRejectedError, BundleTooLargeError
from thidua_desktop.formats.bundle import limits

BLOBS = {hashlib.sha256(blob).hexdigest(): blob for blob in (b"a" * 10, b"b" * 7, b"c")}


def many_origins() -> BundleContents:
    ranges = {bytes([n]) * 16: OpRange(0, 1, bytes(32), bytes(32)) for n in range(5)}
    section = a_bundle().sections[0]
    sections = tuple(replace(section, origin=oid, lines=(b"[]",)) for oid in ranges)
    return replace(a_bundle(ranges=ranges), sections=sections)


HELD = {
    "FILE_BYTES": (a_bundle(), len(packed())),
    "RANGES": (many_origins(), 5),
    "CERTIFICATES": (a_bundle(certificates=(a_warrant(),) * 3), 3),
    "BLOBS": (a_bundle(blobs=BLOBS), 3),
    "BLOB_BYTES": (a_bundle(blobs=BLOBS), 10),
    "OPS": (a_bundle(b"[]", b"[]", b"[]"), 3),
}


@pytest.mark.parametrize("name", HELD)
def test_so_much_and_no_more_is_read_and_written(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents, held = HELD[name]
    data = FILES.pack(contents, SEED)

    monkeypatch.setattr(limits, name, held)
    assert FILES.pack(contents, SEED) == data
    assert FILES.unpack(data, file_name="x") == contents

    monkeypatch.setattr(limits, name, held - 1)
    with pytest.raises(BundleRejectedError) as refused:
        FILES.unpack(data, file_name="x")
    assert refused.value.reason is Rejection.SIZE
    with pytest.raises(BundleTooLargeError):
        FILES.pack(contents, SEED)


def test_a_manifest_above_the_limit_is_neither_read_nor_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = packed()
    length = int.from_bytes(data[6:10])
    monkeypatch.setattr(limits, "MANIFEST_BYTES", length)
    assert FILES.unpack(packed(), file_name="x") == a_bundle()
    monkeypatch.setattr(limits, "MANIFEST_BYTES", length - 1)
    with pytest.raises(BundleRejectedError) as refused:
        FILES.unpack(data, file_name="x")
    assert refused.value.reason is Rejection.DAMAGED
    with pytest.raises(BundleTooLargeError):
        packed()


HEAD = '["b29vb29vb29vb29vb29vbw","person",{}]\n'


def read(text: bytes, **changes: Any) -> Rejection | None:
    try:
        FILES.unpack(with_ops(text, **changes), file_name="x")
    except BundleRejectedError as error:
        return error.reason
    return None


def lines_of(size: int) -> bytes:
    """Return two lines that cannot be deflated much, the second of this size."""
    return b"[]\n" + random.Random(size).randbytes(size // 2 + 1).hex().encode()[:size]


def test_a_line_so_long_and_no_longer() -> None:
    head = HEAD.format('["_xoa"]').encode()
    assert read(head + lines_of(limits.LINE_BYTES)) is None
    assert read(head + lines_of(limits.LINE_BYTES + 1)) is Rejection.FORMAT


def test_so_many_fields_and_no_more() -> None:
    def head(count: int) -> bytes:
        names = ",".join(f'"f{n}"' for n in range(count))
        return HEAD.format(f'["_xoa",{names}]').encode()

    assert read(head(limits.FIELDS) + b"[]\n[]") is None
    assert read(head(limits.FIELDS + 1) + b"[]\n[]") is Rejection.FORMAT


def test_so_much_swelling_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    text = HEAD.format('["_xoa"]').encode() + b"[]\n" + b"x" * 200_000
    monkeypatch.setattr(limits, "INFLATE_RATIO", 1)
    monkeypatch.setattr(limits, "INFLATE_FLOOR", len(text))
    assert read(text) is None
    monkeypatch.setattr(limits, "INFLATE_FLOOR", len(text) - 1)
    assert read(text) is Rejection.BOMB


def test_sections_swell_no_further_together_than_a_file_may_be_large(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = HEAD.format('["_xoa"]').encode() + b"[]\n" + b"x" * 50_000
    monkeypatch.setattr(limits, "FILE_BYTES", len(text))
    assert read(text) is None
    monkeypatch.setattr(limits, "FILE_BYTES", len(text) - 1)
    assert read(text) is Rejection.BOMB


def test_as_many_files_as_a_bundle_may_hold_have_room_in_its_manifest() -> None:
    blobs = {hashlib.sha256(b"%d" % n).hexdigest(): b"%d" % n for n in range(limits.BLOBS)}
    wants = tuple(sorted(blobs))[:500]
    assert FILES.pack(a_bundle(b"[]", blobs=blobs, wants=wants), SEED)
    one_more = blobs | {hashlib.sha256(b"x").hexdigest(): b"x"}
    with pytest.raises(BundleTooLargeError):
        FILES.pack(a_bundle(b"[]", blobs=one_more), SEED)


def test_the_limits_are_those_of_the_page() -> None:
    named = {name: value for name, value in vars(limits).items() if name.isupper()}
    said = {name: value for name, value in named.items() if not name.startswith("MOST_")}
    assert said == {
        "FILE_BYTES": 2_147_483_648,
        "MANIFEST_BYTES": 786_432,
        "OPS": 2_000_000,
        "LINE_BYTES": 262_144,
        "RANGES": 64,
        "CERTIFICATES": 400,
        "BLOBS": 2_000,
        "BLOB_BYTES": 26_214_400,
        "PART_HEAD_BYTES": 1_024,
        "FIELDS": 62,
        "INFLATE_RATIO": 200,
        "INFLATE_FLOOR": 65_536,
        "AGE_HEADER_BYTES": 4_096,
        "AGE_RECIPIENTS": 20,
        "SCRYPT_WORK": 20,
        "PHRASED_BYTES": 268_435_456,
    }
