"""What the table of limits leaves open: limits that meet each other."""

from __future__ import annotations

import hashlib

import pytest

from builders import SEED, a_bundle
from formats.bundle.forged import FILES, with_ops
from thidua_desktop.domain.bundles import Rejection
from thidua_desktop.domain.errors import BundleRejectedError, BundleTooLargeError
from thidua_desktop.formats.bundle import limits
from thidua_desktop.services.acknowledging import MOST_WANTS

HEAD = b'["b29vb29vb29vb29vb29vbw","person",["_xoa"]]\n'


def read(text: bytes) -> Rejection | None:
    try:
        FILES.unpack(with_ops(text), file_name="x")
    except BundleRejectedError as error:
        return error.reason
    return None


def test_sections_swell_no_further_together_than_a_file_may_be_large(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = HEAD + b"[]\n" + b"x" * 50_000
    monkeypatch.setattr(limits, "FILE_BYTES", len(text))
    assert read(text) is None
    monkeypatch.setattr(limits, "FILE_BYTES", len(text) - 1)
    assert read(text) is Rejection.BOMB


def test_as_many_files_as_a_bundle_may_hold_have_room_in_its_manifest() -> None:
    blobs = {hashlib.sha256(b"%d" % n).hexdigest(): b"%d" % n for n in range(limits.BLOBS)}
    wants = tuple(sorted(blobs))[:MOST_WANTS]
    assert FILES.pack(a_bundle(b"[]", blobs=blobs, wants=wants), SEED)
    one_more = blobs | {hashlib.sha256(b"x").hexdigest(): b"x"}
    with pytest.raises(BundleTooLargeError):
        FILES.pack(a_bundle(b"[]", blobs=one_more), SEED)
