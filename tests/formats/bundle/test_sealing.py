"""Seals: who opens them, and headers that would cost more than they may."""

from __future__ import annotations

import base64
import hashlib
import random
import re
from io import BytesIO
from pathlib import Path
from time import process_time

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thidua_desktop.domain.bundles import Rejection
from thidua_desktop.domain.errors import BundleRejectedError, SlowPhraseError
from thidua_desktop.formats.bundle import limits
from thidua_desktop.formats.bundle.bech32 import bech32
from thidua_desktop.formats.bundle.sealing import SEALED, AgeSealing, check_header

SEALING = AgeSealing()
SEED, OTHER = bytes(range(32)), bytes(range(32, 64))
STANZA = b"-> X25519 " + b"A" * 43 + b"\n" + b"B" * 43 + b"\n"
END = b"--- " + b"C" * 43 + b"\n"


def fate(header: bytes) -> Rejection | bool:
    """Return why a header is refused, or whether a phrase opens the file."""
    try:
        return check_header(BytesIO(header), "x")
    except BundleRejectedError as error:
        return error.reason


def opened(sealed: bytes, folder: Path, *seeds: bytes) -> bytes | Rejection:
    (folder / "gói").write_bytes(sealed)
    target = folder / "mở"
    target.unlink(missing_ok=True)
    try:
        SEALING.open_file(folder / "gói", target, seeds, file_name="x")
    except BundleRejectedError as error:
        found: bytes | Rejection = error.reason
    else:
        found = target.read_bytes()
    assert opened_in_memory(folder / "gói", *seeds) == found
    return found


def opened_in_memory(file: Path, *seeds: bytes) -> bytes | Rejection:
    size = file.stat().st_size
    assert size == 0 or SEALING.open_in_memory(file, seeds, most=size - 1, file_name="x") is None
    try:
        found = SEALING.open_in_memory(file, seeds, most=size, file_name="x")
    except BundleRejectedError as error:
        return error.reason
    assert found is not None
    assert found[1] == hashlib.sha256(file.read_bytes()).hexdigest()
    return found[0].getvalue()


def test_the_keys_are_those_of_age() -> None:
    identity = pyrage.x25519.Identity.from_str(bech32("age-secret-key-", SEED).upper())
    assert str(identity.to_public()) == bech32("age", SEALING.public_key(SEED))


@settings(deadline=None)  # how long it takes is the machine's affair
@given(st.binary(min_size=32, max_size=32))
def test_every_seed_is_a_key_of_age(seed: bytes) -> None:
    pyrage.x25519.Identity.from_str(bech32("age-secret-key-", seed).upper())


def test_each_reader_opens_it_and_nobody_else(tmp_path: Path) -> None:
    content = random.Random(1).randbytes(200_000)
    sealed = SEALING.seal(content, [SEALING.public_key(seed) for seed in (SEED, OTHER)])
    assert opened(sealed, tmp_path, SEED) == content
    assert opened(sealed, tmp_path, bytes(31) + b"x", OTHER) == content
    assert opened(sealed, tmp_path, bytes(31) + b"x") is Rejection.KEY


def test_what_was_changed_anywhere_is_damaged(tmp_path: Path) -> None:
    sealed = SEALING.seal(b"x" * 70_000, [SEALING.public_key(SEED)])
    chance = random.Random(52)
    for _ in range(200):
        broken = bytearray(sealed)
        broken[chance.randrange(len(sealed))] ^= 1 << chance.randrange(8)
        found = opened(bytes(broken), tmp_path, SEED)
        assert found in {Rejection.DAMAGED, Rejection.KEY, Rejection.TYPE, Rejection.SIZE}
    for kept in (len(SEALED), 100, 300, 65_000, len(sealed) - 1):
        assert opened(sealed[:kept], tmp_path, SEED) is Rejection.DAMAGED
    assert opened(sealed + b"x", tmp_path, SEED) is Rejection.DAMAGED


def test_four_thousand_readers_are_refused_before_any_work(tmp_path: Path) -> None:
    hostile = SEALED + STANZA * 4_000 + END + b"x" * 100
    begun = process_time()
    assert opened(hostile, tmp_path, SEED) is Rejection.SIZE
    assert process_time() - begun < 0.1


def test_a_phrase_stands_alone_and_its_work_has_a_bound() -> None:
    salt = base64.b64encode(bytes(16)).rstrip(b"=")

    def scrypt(work: bytes) -> bytes:
        return b"-> scrypt " + salt + b" " + work + b"\n" + b"B" * 43 + b"\n"

    assert fate(SEALED + scrypt(b"%d" % limits.SCRYPT_WORK) + END) is True
    assert fate(SEALED + scrypt(b"%d" % (limits.SCRYPT_WORK + 1)) + END) is Rejection.SIZE
    assert fate(SEALED + scrypt(b"40") + END) is Rejection.SIZE
    assert fate(SEALED + scrypt(b"-1") + END) is Rejection.DAMAGED
    assert fate(SEALED + scrypt(b"18") + STANZA + END) is Rejection.DAMAGED
    assert fate(SEALED + STANZA + scrypt(b"18") + END) is Rejection.DAMAGED
    assert fate(SEALED + scrypt(b"18") * 2 + END) is Rejection.DAMAGED


@pytest.mark.parametrize(
    "header",
    [
        SEALED,
        SEALED + STANZA,
        SEALED + STANZA + b"--- ",
        SEALED + b"hello\n" + END,
        SEALED + b"-> X25519 A\n" + b"B" * 65 + b"\n" + END,
        SEALED + b"-> X25519 A\n" + b"B" * 64 + b"\n" + END,
        SEALED + b"-> X25519 A\n" + b"\xff\n" + END,
        SEALED + b"\x00" * 200,
    ],
)
def test_a_header_that_is_none(header: bytes) -> None:
    assert fate(header) is Rejection.DAMAGED


@settings(deadline=None)  # how long it takes is the machine's affair
@given(st.binary(max_size=300))
def test_any_header_is_refused_or_measured(tail: bytes) -> None:
    assert fate(SEALED + tail) in {True, False, Rejection.DAMAGED, Rejection.SIZE}


def test_a_phrase_opens_what_it_sealed_and_no_other_does(monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = SEALING.seal_by_phrase(b"content", "sáu từ")
    assert SEALING.open_by_phrase(sealed, "sáu từ", file_name="x") == b"content"

    def reason(data: bytes, phrase: str = "sáu từ") -> Rejection | None:
        try:
            SEALING.open_by_phrase(data, phrase, file_name="x")
        except BundleRejectedError as error:
            return error.reason
        return None

    assert reason(sealed, "năm từ") is Rejection.KEY
    monkeypatch.setattr(limits, "SCRYPT_WORK", 40)
    hard = re.sub(rb"(-> scrypt \S+) \d+", rb"\1 30", sealed, count=1)  # a PC to come
    with pytest.raises(SlowPhraseError):
        reason(hard)
    assert reason(sealed[:-1]) is Rejection.DAMAGED
    monkeypatch.setattr(limits, "PHRASED_BYTES", len(sealed))
    assert reason(sealed) is None
    monkeypatch.setattr(limits, "PHRASED_BYTES", len(sealed) - 1)
    assert reason(sealed) is Rejection.SIZE
