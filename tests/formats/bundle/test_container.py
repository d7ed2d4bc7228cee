"""The bundle file: written and read back, and refused whole when anything is off."""

from __future__ import annotations

import hashlib
import random
import struct
import zlib
from dataclasses import replace

import msgspec
import pytest

from builders import SEED, a_bundle, a_certificate
from thidua_desktop.domain.bundles import OpRange, Rejection
from thidua_desktop.domain.errors import BundleRejectedError, ThiduaError
from thidua_desktop.formats.bundle import container, limits
from thidua_desktop.formats.bundle.container import MAGIC, BundleFiles
from thidua_desktop.formats.bundle.signing import Ed25519

FILES = BundleFiles()


def pack(**changes) -> bytes:
    return FILES.pack(a_bundle(**changes), SEED)


def refusal(data: bytes) -> Rejection:
    with pytest.raises(BundleRejectedError) as refused:
        FILES.unpack(data, file_name="gói.tdkt")
    return refused.value.reason


def parts(data: bytes) -> tuple[dict, bytes]:
    (length,) = struct.unpack_from(">I", data, len(MAGIC))
    start = len(MAGIC) + 4
    manifest = msgspec.json.decode(data[start : start + length])
    return manifest, data[start + length + 64 :]


def signed(manifest: object, body: bytes, *, raw: bytes | None = None) -> bytes:
    text = raw or msgspec.json.encode(manifest, order="sorted")
    signature = Ed25519().sign(SEED, MAGIC + text)
    return MAGIC + struct.pack(">I", len(text)) + text + signature + body


def test_a_bundle_comes_back_as_it_was() -> None:
    blob = "bản chụp".encode()
    sha = hashlib.sha256(blob).hexdigest()
    contents = a_bundle(blobs={sha: blob}, certificates=(a_certificate(office=62),))
    data = FILES.pack(contents, SEED)
    assert FILES.unpack(data, file_name="gói.tdkt") == contents
    assert FILES.peek(data, file_name="gói.tdkt") == contents.manifest


def test_equal_contents_are_equal_bytes() -> None:
    assert pack() == pack()


def test_a_file_of_another_kind_is_no_bundle() -> None:
    assert refusal(b"PK\x03\x04") is Rejection.TYPE
    assert refusal(b"") is Rejection.TYPE


def test_cut_short_or_made_longer_is_damaged() -> None:
    data = pack()
    for kept in (len(MAGIC), 20, 200, len(data) - 1):
        assert refusal(data[:kept]) is Rejection.DAMAGED
    assert refusal(data + b"x") is Rejection.DAMAGED


def test_a_manifest_changed_after_signing_is_forged() -> None:
    data = pack()
    assert refusal(data.replace(b'"no":1', b'"no":2')) is Rejection.FORGED


def test_a_manifest_that_is_not_the_one_text_of_its_value_is_refused() -> None:
    manifest, body = parts(pack())
    raw = msgspec.json.encode(manifest, order="sorted").replace(b'"no":1', b'"no": 1')
    assert refusal(signed(None, body, raw=raw)) is Rejection.DAMAGED


def test_a_newer_format_says_so() -> None:
    manifest, body = parts(pack())
    assert refusal(signed(manifest | {"fmt": 2}, body)) is Rejection.NEWER


def test_names_a_newer_program_adds_are_passed_over() -> None:
    manifest, body = parts(pack())
    assert FILES.unpack(signed(manifest | {"zz": 1}, body), file_name="x").manifest.number == 1


def test_a_section_with_another_hash_is_damaged() -> None:
    data = bytearray(pack())
    data[-1] ^= 1
    assert refusal(bytes(data)) is Rejection.DAMAGED


def bomb(inflated: int, stated: int | None = None) -> bytes:
    manifest, _ = parts(pack())
    body = zlib.compress(b'["' + b"x" * inflated + b'"]', 9)
    section = manifest["secs"][0] | {
        "clen": len(body),
        "ulen": stated if stated is not None else inflated + 4,
        "sha": hashlib.sha256(body).hexdigest(),
    }
    return signed(manifest | {"secs": [section]}, body)


def test_what_swells_beyond_measure_is_a_bomb() -> None:
    assert refusal(bomb(50_000_000)) is Rejection.BOMB
    assert refusal(bomb(100_000, stated=1_000)) is Rejection.BOMB
    assert refusal(bomb(1_000)) is Rejection.FORMAT  # small enough to look into, and no ops


def test_more_ops_than_stated_are_refused() -> None:
    contents = a_bundle()
    short = replace(contents.manifest, ranges={k: OpRange(0, 1, bytes(32), bytes(32))
                                               for k in contents.manifest.ranges})  # fmt: skip
    assert refusal(FILES.pack(replace(contents, manifest=short), SEED)) is Rejection.FORMAT


@pytest.mark.parametrize(("count", "is_kept"), [(limits.RANGES, True), (limits.RANGES + 1, False)])
def test_so_many_origins_and_no_more(count: int, is_kept: bool) -> None:
    ranges = {bytes([n]) * 16: OpRange(0, 1, bytes(32), bytes(32)) for n in range(count)}
    sections = tuple(replace(a_bundle().sections[0], origin=oid, lines=(b"[]",)) for oid in ranges)
    contents = a_bundle(ranges=ranges)
    data = FILES.pack(replace(contents, sections=sections), SEED)
    if is_kept:
        assert len(FILES.unpack(data, file_name="x").sections) == count
    else:
        assert refusal(data) is Rejection.DAMAGED


@pytest.mark.parametrize(
    ("size", "is_kept"), [(limits.LINE_BYTES, True), (limits.LINE_BYTES + 1, False)]
)
def test_a_line_so_long_and_no_longer(size: int, is_kept: bool) -> None:
    line = b'"' + random.Random(size).randbytes(size // 2).hex().encode()[: size - 2] + b'"'
    line += b" " * (size - len(line))
    data = FILES.pack(a_bundle(line), SEED)
    if is_kept:
        assert FILES.unpack(data, file_name="x").sections[0].lines == (line,)
    else:
        assert refusal(data) is Rejection.FORMAT


def test_a_file_above_the_limit_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pack()
    monkeypatch.setattr(limits, "FILE_BYTES", len(data) - 1)
    assert refusal(data) is Rejection.SIZE
    monkeypatch.setattr(limits, "FILE_BYTES", len(data))
    assert FILES.unpack(data, file_name="x")


def mutants(data: bytes, chance: random.Random, count: int):
    """Return broken copies: bytes flipped, cut, doubled; manifests changed and signed again."""
    manifest, body = parts(data)
    strange = [None, -1, 2**63, "x", [], {}, 1.5, True, "\u0301", "é", [[1, 2]]]
    for _ in range(count):
        broken = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
        yield bytes(broken)
        yield data[: chance.randrange(len(data))] + data[chance.randrange(len(data)) :]
        key = chance.choice(list(manifest))
        yield signed(manifest | {key: chance.choice(strange)}, body)
        section = dict(manifest["secs"][0])
        section[chance.choice(list(section))] = chance.choice(strange)
        yield signed(manifest | {"secs": [section]}, body)


def survive(data: bytes) -> bool:
    """Tell whether a mutant was taken; it may also be refused, and nothing else."""
    try:
        FILES.unpack(data, file_name="gói.tdkt")
    except BundleRejectedError:
        return False
    return True


def test_thousands_of_broken_bundles_are_refused_and_never_crash() -> None:
    data, chance = pack(), random.Random(52)
    results = [survive(mutant) for mutant in mutants(data, chance, 800)]
    assert len(results) == 3_200
    assert results.count(False) > 2_500


def test_the_harness_would_see_a_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: a reader that trusts the length it reads does crash."""

    def trusting(self, data: bytes, file_name: str):
        (length,) = struct.unpack_from(">I", data, len(MAGIC))
        text = data[10 : 10 + length]
        return container.read_manifest(text)[0], [], len(data)

    monkeypatch.setattr(BundleFiles, "_head", trusting)

    def survive_all() -> None:
        for mutant in mutants(pack(), random.Random(1), 200):
            survive(mutant)

    with pytest.raises(Exception) as crashed:  # noqa: PT011 - any crash will do
        survive_all()
    assert not isinstance(crashed.value, ThiduaError)


def test_signatures_fit_only_their_own_key_and_message() -> None:
    signing = Ed25519()
    signature = signing.sign(SEED, b"m")
    assert signing.fits(signing.public_key(SEED), b"m", signature)
    assert not signing.fits(signing.public_key(SEED), b"n", signature)
    assert not signing.fits(signing.public_key(bytes(32)), b"m", signature)
    assert not signing.fits(b"short", b"m", signature)
