"""The bundle file: written and read back, and refused whole when anything is off."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import msgspec
import pytest

from builders import SEED, a_bundle, a_certificate, a_warrant, an_enrolment
from formats.bundle.forged import FILES, packed, parts, signed, with_ops
from thidua_desktop.domain.bundles import Held, OpRange, Rejection, Request
from thidua_desktop.domain.certificates import Inheritance
from thidua_desktop.domain.errors import BundleRejectedError
from thidua_desktop.domain.offices import Displacement, Renewal
from thidua_desktop.formats.bundle.container import MAGIC
from thidua_desktop.formats.bundle.signing import Ed25519

BLOB = "bản chụp".encode()
SHA = hashlib.sha256(BLOB).hexdigest()
AN_HEIR = Inheritance(
    predecessor=63, heir=62, since=date(2025, 7, 1), signer=b"o" * 32, signature=b"g" * 64
)


def refusal(data: bytes) -> Rejection:
    with pytest.raises(BundleRejectedError) as refused:
        FILES.unpack(data, file_name="gói.tdkt")
    assert refused.value.file_name == "gói.tdkt"
    return refused.value.reason


def test_a_bundle_comes_back_as_it_was() -> None:
    sender = a_certificate()
    contents = a_bundle(
        blobs={SHA: BLOB},
        certificates=(a_warrant(replica=b"s" * 16, last=7), a_warrant(office=62)),
        inheritances=(AN_HEIR,),
        have={b"p" * 16: Held(41, b"h" * 32)},
        request=Request(certificate=sender, proof=b"x" * 32),
        sums={"person": 2},
        renewal=Renewal(reason=Displacement.COPIED, at=datetime(2024, 3, 12, tzinfo=UTC)),
        enrolments=(an_enrolment(), an_enrolment(closed=True)),
        to=None,
    )
    data = FILES.pack(contents, SEED)
    assert FILES.unpack(data, file_name="gói.tdkt") == contents
    assert FILES.peek(BytesIO(data), file_name="gói.tdkt") == contents.manifest


def test_equal_contents_are_equal_bytes() -> None:
    assert packed() == packed()


def test_the_lines_travel_as_they_are() -> None:
    lines = ('[1,"Đặng Thị Ngọc Ẩn"]'.encode(), b"not even JSON", b"")
    assert FILES.unpack(packed(*lines), file_name="x").sections[0].lines == lines


def test_the_file_is_what_its_page_says() -> None:
    data = packed(blobs={SHA: BLOB})
    manifest, body = parts(data)
    ops, blob = manifest["secs"]
    assert data.startswith(b"TDKT1\n")
    assert zlib.decompress(body[: ops["clen"]]) == (
        b'["b29vb29vb29vb29vb29vbw","person",["_xoa","full_name"]]\n[1,"x"]\n[2,"y"]'
    )
    assert body[ops["clen"] :] == BLOB
    assert blob == {"kind": "blob", "n": 1, "clen": 12, "ulen": 12, "sha": SHA}
    assert manifest["blobs"] == [SHA]
    assert set(manifest) == {
        *("fmt", "model", "app", "bundle", "no", "kind", "sender", "to", "at", "ranges"),
        *("have", "certs", "request", "secs", "blobs", "sums", "wants", "heirs", "renewal"),
        "enrolments",
    }


def test_a_file_of_another_kind_is_no_bundle() -> None:
    assert refusal(b"PK\x03\x04") is Rejection.TYPE
    assert refusal(b"") is Rejection.TYPE


def test_cut_anywhere_or_made_longer_is_damaged() -> None:
    data = packed(blobs={SHA: BLOB})
    assert {refusal(data[:kept]) for kept in range(len(MAGIC), len(data))} == {Rejection.DAMAGED}
    assert refusal(data + b"x") is Rejection.DAMAGED


def test_a_manifest_changed_after_signing_is_forged() -> None:
    data = packed()
    assert refusal(data.replace(b'"no":1', b'"no":2')) is Rejection.FORGED


def test_a_manifest_signed_by_another_than_it_names_is_forged() -> None:
    manifest, body = parts(packed())
    assert refusal(signed(manifest, body, seed=bytes(32))) is Rejection.FORGED


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        (b'"no":1', b'"no": 1'),
        (b'"no":1', b'"no":1.0'),
        (b'"no":1', b'"no":01'),
        (b'"no":1', b'"no":1,"no":1'),
        (b'"app":"0.1.0"', b'"app":"0.1\\u002e0"'),
        (b'"app":"0.1.0"', '"app":"ba\u0309n"'.encode()),
        (b'"app":"0.1.0"', b'"app":"\xff"'),
        (b'"app":"0.1.0"', b'"app":"a\\u0000b"'),
        (b'"app":"0.1.0"', b'"app":"a\x7fb"'),
        (b'"at":', b'"zz":1.5,"at":'),
        (b'"sums":{}', b'"sums":{},"zz":9007199254740992'),
        (b'"sums":{}', b'"sums":{},"zz":' + b"[" * 5_000 + b"]" * 5_000),
    ],
)
def test_a_manifest_that_is_not_the_one_text_of_its_value_is_refused(
    said: bytes, instead: bytes
) -> None:
    manifest, body = parts(packed())
    text = msgspec.json.encode(manifest, order="sorted")
    assert said in text
    assert refusal(signed(None, body, text=text.replace(said, instead))) is Rejection.DAMAGED


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("bundle", "AAAA"),
        ("bundle", 52),
        ("no", -1),
        ("no", 2**40),
        ("kind", "letter"),
        ("to", 65_536),
        ("to", "0"),
        ("at", 253_402_300_800),
        ("ranges", {"b29vb29vb29vb29vb29vbw": [2, 2, "", ""]}),
        ("ranges", {"short": [0, 2, "A" * 43, "A" * 43]}),
        ("have", {"b29vb29vb29vb29vb29vbw": [1, "A" * 42 + "B"]}),
        ("sender", None),
        ("certs", [{}]),
        ("request", {"proof": "AA"}),
        ("secs", [{"kind": "ops\n", "n": 0, "clen": 0, "ulen": 0, "sha": "0" * 64}]),
        ("blobs", ["../../thidua.db"]),
        ("sums", {"person": 0.5}),
    ],
)
def test_a_manifest_that_says_something_else_than_it_may_is_refused(name: str, value: Any) -> None:
    manifest, body = parts(packed())
    assert refusal(signed(manifest | {name: value}, body)) is Rejection.DAMAGED


def test_a_newer_format_says_so_whatever_else_it_says() -> None:
    manifest, body = parts(packed())
    assert refusal(signed(manifest | {"fmt": 2}, body)) is Rejection.NEWER
    assert refusal(signed({"fmt": 2, "other": []}, b"")) is Rejection.NEWER


def test_names_a_newer_program_adds_are_passed_over() -> None:
    manifest, body = parts(packed())
    assert FILES.unpack(signed(manifest | {"zz": [1]}, body), file_name="x").manifest.number == 1


def test_a_section_with_another_hash_is_damaged() -> None:
    data = bytearray(packed())
    data[-1] ^= 1
    assert refusal(bytes(data)) is Rejection.DAMAGED


def test_a_section_that_is_no_deflated_text_is_damaged() -> None:
    manifest, _ = parts(packed())
    body = b"not deflated"
    section = manifest["secs"][0] | {
        "clen": len(body),
        "sha": hashlib.sha256(body).hexdigest(),
    }
    assert refusal(signed(manifest | {"secs": [section]}, body)) is Rejection.DAMAGED


@pytest.mark.parametrize(
    "text",
    [
        b"\n[]\n[]",
        b"{}\n[]\n[]",
        b'["b29vb29vb29vb29vb29vbw","person"]\n[]\n[]',
        b'["b29v","person",["_xoa"]]\n[]\n[]',
        b'["b29vb29vb29vb29vb29vbw",1,["_xoa"]]\n[]\n[]',
        b'["b29vb29vb29vb29vb29vbw","\xff",["_xoa"]]\n[]\n[]',
        b"[" * 10_000 + b"\n[]\n[]",
    ],
)
def test_a_section_that_does_not_say_whose_ops_it_holds_is_refused(text: bytes) -> None:
    assert refusal(with_ops(text)) is Rejection.FORMAT


HEAD = b'["b29vb29vb29vb29vb29vbw","person",["_xoa","full_name"]]'


def test_sections_hold_just_the_ops_that_the_manifest_names() -> None:
    assert FILES.unpack(with_ops(HEAD + b"\n[]\n[]"), file_name="x").sections[0].lines == (
        b"[]",
        b"[]",
    )
    assert refusal(with_ops(HEAD + b"\n[]")) is Rejection.FORMAT
    assert refusal(with_ops(HEAD + b"\n[]\n[]\n[]")) is Rejection.FORMAT
    assert refusal(with_ops(HEAD + b"\n[]\n[]", n=1)) is Rejection.FORMAT
    other = HEAD.replace(b"b29vb29vb29vb29vb29vbw", b"cHBwcHBwcHBwcHBwcHBwcA")
    assert refusal(with_ops(other + b"\n[]\n[]")) is Rejection.FORMAT


def test_blobs_are_just_those_that_the_manifest_names_and_come_last() -> None:
    manifest, body = parts(packed(blobs={SHA: BLOB}))
    ops, blob = manifest["secs"]
    turned = signed(manifest | {"secs": [blob, ops]}, body[ops["clen"] :] + body[: ops["clen"]])
    twice = signed(manifest | {"secs": [ops, blob, blob]}, body + BLOB)
    assert refusal(turned) is Rejection.FORMAT
    assert refusal(twice) is Rejection.FORMAT
    assert refusal(signed(manifest | {"blobs": []}, body)) is Rejection.FORMAT
    assert refusal(signed(manifest | {"blobs": [SHA, "0" * 64]}, body)) is Rejection.FORMAT
    two = [ops, blob | {"n": 2}]
    assert refusal(signed(manifest | {"secs": two}, body)) is Rejection.FORMAT


def test_what_swells_beyond_measure_is_a_bomb_and_not_inflated() -> None:
    assert refusal(with_ops(HEAD + b"\n" + b"x" * 50_000_000)) is Rejection.BOMB


def test_what_swells_beyond_its_word_is_a_bomb() -> None:
    assert refusal(with_ops(HEAD + b"\n" + b"x" * 60_000, ulen=1_000)) is Rejection.BOMB


def test_what_holds_less_than_its_word_is_damaged() -> None:
    whole = HEAD + b"\n[]\n[]"
    assert refusal(with_ops(whole, ulen=len(whole) + 1)) is Rejection.DAMAGED


def test_honest_ops_that_say_the_same_again_and_again_are_no_bomb() -> None:
    lines = [b'[1,"' + b"x" * 30_000 + b'"]'] * 40
    data = packed(*lines, ranges={b"o" * 16: OpRange(0, 40, bytes(32), bytes(32))})
    assert FILES.unpack(data, file_name="x").sections[0].lines == tuple(lines)


def test_an_empty_bundle_is_one_too() -> None:
    contents = replace(a_bundle(ranges={}), sections=())
    assert FILES.unpack(FILES.pack(contents, SEED), file_name="x") == contents


def test_signatures_fit_only_their_own_key_and_message() -> None:
    signing = Ed25519()
    signature = signing.sign(SEED, b"m")
    assert signing.fits(signing.public_key(SEED), b"m", signature)
    assert not signing.fits(signing.public_key(SEED), b"n", signature)
    assert not signing.fits(signing.public_key(bytes(32)), b"m", signature)
    assert not signing.fits(b"short", b"m", signature)
    assert not signing.fits(signing.public_key(SEED), b"m", b"short")
