"""The bundle file: magic, manifest, signature, sections; nothing after the last one.

No names, no paths, no directory; every length is stated once, every section is hashed as it lies in
the file, and nothing is inflated beyond what it says of itself. Sealing (age) will wrap these bytes
whole: `pack` and `unpack` are the payload.
"""

from __future__ import annotations

import hashlib
import struct
import zlib

import msgspec

from thidua_desktop.domain.bundles import (
    FORMAT,
    BundleContents,
    Manifest,
    OpSection,
    Rejection,
)
from thidua_desktop.domain.errors import BundleRejectedError, BundleTooLargeError
from thidua_desktop.formats.bundle import limits
from thidua_desktop.formats.bundle.manifest import (
    NotCanonicalError,
    Section,
    SectionKind,
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
        """Return the bytes of the file, signed. Raises BundleTooLargeError."""
        blobs = [contents.blobs[sha] for sha in sorted(contents.blobs)]
        written = [_written_ops(section) for section in contents.sections]
        written += [(_section("blob", 1, blob, len(blob)), blob) for blob in blobs]
        sections = [section for section, _ in written]
        manifest = manifest_bytes(contents.manifest, sections)
        signature = self._signing.sign(seed, MAGIC + manifest)
        head = MAGIC + _LENGTH.pack(len(manifest)) + manifest + signature
        size = len(head) + sum(section.clen for section in sections)
        # Refused here rather than by everyone who receives it.
        if (
            size > limits.FILE_BYTES
            or len(manifest) > limits.MANIFEST_BYTES
            or _is_too_much(contents.manifest, sections)
        ):
            raise BundleTooLargeError
        return b"".join((head, *(body for _, body in written)))

    def peek(self, data: bytes, *, file_name: str) -> Manifest:
        """Read the manifest; the signature fits the key that it names."""
        return self._head(data, file_name)[0]

    def unpack(self, data: bytes, *, file_name: str) -> BundleContents:
        """Read everything, checked against the manifest. Raises BundleRejectedError."""
        manifest, sections, at = self._head(data, file_name)
        bodies: list[bytes] = []
        for section in sections:
            body = data[at : at + section.clen]
            at += section.clen
            if len(body) != section.clen or hashlib.sha256(body).hexdigest() != section.sha:
                raise BundleRejectedError(Rejection.DAMAGED, file_name)
            bodies.append(body)
        if at != len(data):
            raise BundleRejectedError(Rejection.DAMAGED, file_name)
        whole = list(zip(sections, bodies, strict=True))
        ops = tuple(_read_ops(of, body, file_name) for of, body in whole if of.kind == "ops")
        blobs = {of.sha: body for of, body in whole if of.kind == "blob"}
        if not _fits(manifest, sections, ops):
            raise BundleRejectedError(Rejection.FORMAT, file_name)
        return BundleContents(manifest=manifest, sections=ops, blobs=blobs)

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
        if _is_too_much(manifest, sections):
            raise BundleRejectedError(Rejection.SIZE, file_name)
        if not _is_measured(sections):
            raise BundleRejectedError(Rejection.BOMB, file_name)
        return manifest, sections, end


def _written_ops(section: OpSection) -> tuple[Section, bytes]:
    head = msgspec.json.encode([pack(section.origin), section.kind, list(section.fields)])
    whole = b"\n".join((head, *section.lines))
    body = zlib.compress(whole, 6)
    if len(whole) > _most_inflated(len(body)):
        # Honest ops that say the same again and again must not look like a bomb.
        body = zlib.compress(whole, 0)
    return _section("ops", len(section.lines), body, len(whole)), body


def _section(kind: SectionKind, count: int, body: bytes, inflated: int) -> Section:
    sha = hashlib.sha256(body).hexdigest()
    return Section(kind=kind, n=count, clen=len(body), ulen=inflated, sha=sha)


def _read_ops(section: Section, body: bytes, file_name: str) -> OpSection:
    head, *lines = _inflated(section, body, file_name).split(b"\n")
    try:
        origin, kind, fields = msgspec.json.decode(head, type=tuple[str, str, tuple[str, ...]])
        read = OpSection(origin=unpack(origin, 16), kind=kind, fields=fields, lines=tuple(lines))
    except (ValueError, RecursionError) as error:  # a wrong text of any kind is a ValueError
        raise BundleRejectedError(Rejection.FORMAT, file_name) from error
    too_long = any(len(line) > limits.LINE_BYTES for line in lines)
    if len(lines) != section.n or too_long or len(fields) > limits.FIELDS + 1:
        raise BundleRejectedError(Rejection.FORMAT, file_name)
    return read


def _most_inflated(size: int) -> int:
    return max(limits.INFLATE_FLOOR, size * limits.INFLATE_RATIO)


def _is_measured(sections: list[Section]) -> bool:
    """Tell whether the sections swell no more than ops do, each and together."""
    ops = [section for section in sections if section.kind == "ops"]
    each = all(section.ulen <= _most_inflated(section.clen) for section in ops)
    return each and sum(section.ulen for section in ops) <= limits.FILE_BYTES


def _is_too_much(manifest: Manifest, sections: list[Section]) -> bool:
    """Tell whether a bundle holds more than it may (bundle.md 12)."""
    blobs = [section for section in sections if section.kind == "blob"]
    return (
        len(manifest.ranges) > limits.RANGES
        or len(manifest.certificates) > limits.CERTIFICATES
        or len(blobs) > limits.BLOBS
        or any(blob.clen > limits.BLOB_BYTES for blob in blobs)
        or sum(section.n for section in sections if section.kind == "ops") > limits.OPS
    )


def _inflated(section: Section, body: bytes, file_name: str) -> bytes:
    """Inflate no further than the section says."""
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


def _fits(manifest: Manifest, sections: list[Section], ops: tuple[OpSection, ...]) -> bool:
    """Tell whether the sections are those the manifest speaks of: ops first, then its blobs."""
    kinds = [section.kind for section in sections]
    blobs = [section for section in sections if section.kind == "blob"]
    counts = dict.fromkeys(manifest.ranges, 0)
    for one in ops:
        counts[one.origin] = counts.get(one.origin, 0) + len(one.lines)
    return (
        kinds == sorted(kinds, reverse=True)
        and [blob.sha for blob in blobs] == sorted(set(manifest.blobs))
        and all(blob.n == 1 and blob.ulen == blob.clen for blob in blobs)
        and counts == {oid: span.end - span.start for oid, span in manifest.ranges.items()}
    )
