"""The bundle file: magic, manifest, signature, sections; nothing after the last one.

No names, no paths, no directory; every length is stated once, every section is hashed as it lies in
the file, and nothing is inflated beyond what it says of itself. Sealing (age) will wrap these bytes
whole: `pack` and `unpack` are the payload.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Mapping

import msgspec

from thidua_desktop.domain.bundles import (
    FORMAT,
    BundleContents,
    Manifest,
    OpSection,
    Rejection,
)
from thidua_desktop.domain.errors import BundleRejectedError
from thidua_desktop.formats.bundle import limits
from thidua_desktop.formats.bundle.manifest import (
    NotCanonicalError,
    Section,
    format_of,
    manifest_bytes,
    pack,
    read_manifest,
    unpack,
)
from thidua_desktop.formats.bundle.signing import SIGNATURE_BYTES, Ed25519

MAGIC = b"TDKT1\n"
_LENGTH = struct.Struct(">I")
_START = len(MAGIC) + _LENGTH.size


class BundleFiles:
    """Fits the BundleFiles of services.ports."""

    def __init__(self) -> None:
        self._signing = Ed25519()

    def pack(self, contents: BundleContents, seed: bytes) -> bytes:
        """Return the bytes of the file, signed."""
        bodies = [_ops_body(section) for section in contents.sections]
        blobs = [contents.blobs[sha] for sha in sorted(contents.blobs)]
        sections = [
            _section("ops", len(of.lines), body, len(zlib.decompress(body)))
            for of, body in zip(contents.sections, bodies, strict=True)
        ]
        sections += [_section("blob", 1, blob, len(blob)) for blob in blobs]
        manifest = manifest_bytes(contents.manifest, sections)
        signature = self._signing.sign(seed, MAGIC + manifest)
        head = MAGIC + _LENGTH.pack(len(manifest)) + manifest + signature
        return b"".join((head, *bodies, *blobs))

    def peek(self, data: bytes, *, file_name: str) -> Manifest:
        """Read the manifest; the signature fits the key that it names."""
        return self._head(data, file_name)[0]

    def unpack(self, data: bytes, *, file_name: str) -> BundleContents:
        """Read everything, checked against the manifest. Raises BundleRejectedError."""
        manifest, sections, at = self._head(data, file_name)
        ops: list[OpSection] = []
        blobs: dict[str, bytes] = {}
        for section in sections:
            body = data[at : at + section.clen]
            at += section.clen
            if len(body) != section.clen or hashlib.sha256(body).hexdigest() != section.sha:
                raise BundleRejectedError(Rejection.DAMAGED, file_name)
            if section.kind == "blob":
                blobs[section.sha] = body
            else:
                ops.append(_read_ops(section, body, file_name))
        if at != len(data):
            raise BundleRejectedError(Rejection.DAMAGED, file_name)
        if set(blobs) != set(manifest.blobs) or not _fits(manifest, ops):
            raise BundleRejectedError(Rejection.FORMAT, file_name)
        return BundleContents(manifest=manifest, sections=tuple(ops), blobs=blobs)

    def _head(self, data: bytes, file_name: str) -> tuple[Manifest, list[Section], int]:
        if len(data) > limits.FILE_BYTES:
            raise BundleRejectedError(Rejection.SIZE, file_name)
        if not data.startswith(MAGIC):
            raise BundleRejectedError(Rejection.TYPE, file_name)
        if len(data) < _START:
            raise BundleRejectedError(Rejection.DAMAGED, file_name)
        (length,) = _LENGTH.unpack_from(data, len(MAGIC))
        end = _START + length + SIGNATURE_BYTES
        if not 0 < length <= limits.MANIFEST_BYTES or end > len(data):
            raise BundleRejectedError(Rejection.DAMAGED, file_name)
        text, signature = data[_START : _START + length], data[_START + length : end]
        if (format_of(text) or 0) > FORMAT:
            raise BundleRejectedError(Rejection.NEWER, file_name)
        try:
            manifest, sections = read_manifest(text)
        except NotCanonicalError as error:
            raise BundleRejectedError(Rejection.DAMAGED, file_name) from error
        if not self._signing.fits(manifest.sender.public_key, MAGIC + text, signature):
            raise BundleRejectedError(Rejection.FORGED, file_name)
        return manifest, sections, end


def _ops_body(section: OpSection) -> bytes:
    head = msgspec.json.encode([pack(section.origin), section.kind, list(section.fields)])
    return zlib.compress(b"\n".join((head, *section.lines)), 6)


def _section(kind: str, count: int, body: bytes, inflated: int) -> Section:
    sha = hashlib.sha256(body).hexdigest()
    return Section(kind=kind, n=count, clen=len(body), ulen=inflated, sha=sha)


def _read_ops(section: Section, body: bytes, file_name: str) -> OpSection:
    head, *lines = _inflated(section, body, file_name).split(b"\n")
    try:
        origin, kind, fields = msgspec.json.decode(head, type=tuple[str, str, tuple[str, ...]])
        read = OpSection(origin=unpack(origin, 16), kind=kind, fields=fields, lines=tuple(lines))
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise BundleRejectedError(Rejection.FORMAT, file_name) from error
    too_long = any(len(line) > limits.LINE_BYTES for line in lines)
    if len(lines) != section.n or too_long or len(fields) > limits.FIELDS + 1:
        raise BundleRejectedError(Rejection.FORMAT, file_name)
    return read


def _inflated(section: Section, body: bytes, file_name: str) -> bytes:
    """Inflate no further than the section says, and refuse what swells beyond measure."""
    if section.ulen > max(limits.INFLATE_FLOOR, section.clen * limits.INFLATE_RATIO):
        raise BundleRejectedError(Rejection.BOMB, file_name)
    inflater = zlib.decompressobj()
    try:
        whole = inflater.decompress(body, section.ulen + 1)
    except zlib.error as error:
        raise BundleRejectedError(Rejection.DAMAGED, file_name) from error
    if len(whole) > section.ulen:
        raise BundleRejectedError(Rejection.BOMB, file_name)
    if len(whole) != section.ulen or not inflater.eof or inflater.unused_data:
        raise BundleRejectedError(Rejection.DAMAGED, file_name)
    return whole


def _fits(manifest: Manifest, sections: list[OpSection]) -> bool:
    """Tell whether the sections hold as many ops of each origin as the manifest says."""
    counts: Mapping[bytes, int] = {
        oid: sum(len(s.lines) for s in sections if s.origin == oid)
        for oid in {s.origin for s in sections} | manifest.ranges.keys()
    }
    stated = {oid: span.end - span.start for oid, span in manifest.ranges.items()}
    return counts == stated
