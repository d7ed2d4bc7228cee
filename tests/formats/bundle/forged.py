"""Bundle files changed by hand, and signed again by one who holds the key."""

from __future__ import annotations

import hashlib
import struct
import zlib
from dataclasses import replace
from io import BytesIO
from typing import Any

import msgspec

from builders import SEED, a_bundle
from thidua_desktop.domain.bundles import BundleContents
from thidua_desktop.formats.bundle.container import MAGIC, BundleFiles
from thidua_desktop.formats.bundle.signing import SIGNATURE_BYTES, Ed25519


class WholeFiles(BundleFiles):
    """Reads a bundle into memory whole, which only tests may do."""

    def unpack(self, data: bytes, *, file_name: str) -> BundleContents:
        with self.open(BytesIO(data), file_name=file_name) as contents:
            return in_memory(contents)


def in_memory(contents: BundleContents) -> BundleContents:
    sections = tuple(replace(one, lines=tuple(one.lines)) for one in contents.sections)
    return replace(contents, sections=sections, blobs=dict(contents.blobs))


FILES = WholeFiles()


def packed(*lines: bytes, **changes: Any) -> bytes:
    return FILES.pack(a_bundle(*lines, **changes), SEED)


def parts(data: bytes) -> tuple[dict[str, Any], bytes]:
    """Return the manifest of a file as plain values, and all its sections."""
    (length,) = struct.unpack_from(">I", data, len(MAGIC))
    start = len(MAGIC) + 4
    return msgspec.json.decode(data[start : start + length]), data[
        start + length + SIGNATURE_BYTES :
    ]


def signed(manifest: Any, body: bytes, *, text: bytes | None = None, seed: bytes = SEED) -> bytes:
    """Return a file whose signature fits whatever it says."""
    text = msgspec.json.encode(manifest, order="sorted") if text is None else text
    signature = Ed25519().sign(seed, MAGIC + text)
    return MAGIC + struct.pack(">I", len(text)) + text + signature + body


def with_ops(whole: bytes, *, level: int = 9, **changes: Any) -> bytes:
    """Return a file with this text as its only section, which says the truth but for `changes`."""
    manifest, _ = parts(packed())
    body = zlib.compress(whole, level)
    section = {
        "kind": "ops",
        "n": whole.count(b"\n"),
        "clen": len(body),
        "ulen": len(whole),
        "sha": hashlib.sha256(body).hexdigest(),
    }
    return signed(manifest | {"secs": [section | changes]}, body)
