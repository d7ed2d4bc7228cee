"""The bundle file: magic, manifest, signature, sections; nothing after the last one.

No names, no paths, no directory; every length is stated once, every section is hashed as it lies in
the file, and nothing is inflated beyond what it says of itself. Sealing (age) will wrap these bytes
whole: `pack` and `open` are the payload.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec

from thidua_desktop.domain.bundles import (
    FORMAT,
    BundleContents,
    Manifest,
    OpSection,
    Rejection,
)
from thidua_desktop.domain.errors import (
    BundleRejectedError,
    BundleTooLargeError,
    UnreadableFileError,
)
from thidua_desktop.formats.bundle import limits
from thidua_desktop.formats.bundle.manifest import (
    NotCanonicalError,
    Section,
    SectionKind,
    format_of,
    manifest_bytes,
    pack,
    read_manifest,
)
from thidua_desktop.formats.bundle.sections import StoredBlobs, StoredFile, read_ops
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

    def peek(self, source: Path | BinaryIO, *, file_name: str) -> Manifest:
        """Read the manifest; the signature fits the key that it names."""
        with _opened(source, file_name) as file:
            return self._head(StoredFile(file, file_name))[0]

    @contextmanager
    def open(self, source: Path | BinaryIO, *, file_name: str) -> Iterator[BundleContents]:
        """Open a bundle: all is checked against the manifest but what lies in the sections.

        That is read when it is asked for. Raises BundleRejectedError and UnreadableFileError.
        """
        with _opened(source, file_name) as opened:
            file = StoredFile(opened, file_name)
            manifest, sections, at = self._head(file)
            places = []
            for section in sections:
                file.check(at, section.clen, section.sha)
                places.append(at)
                at += section.clen
            if at != file.size:
                raise BundleRejectedError(Rejection.DAMAGED, file_name)
            whole = list(zip(sections, places, strict=True))
            ops = tuple(read_ops(file, of, place) for of, place in whole if of.kind == "ops")
            if not _fits(manifest, sections, ops):
                raise BundleRejectedError(Rejection.FORMAT, file_name)
            blobs = {of.sha: (place, of.clen) for of, place in whole if of.kind == "blob"}
            yield BundleContents(manifest=manifest, sections=ops, blobs=StoredBlobs(file, blobs))

    def _head(self, file: StoredFile) -> tuple[Manifest, list[Section], int]:
        name = file.name
        if file.size > limits.FILE_BYTES:
            raise BundleRejectedError(Rejection.SIZE, name)
        if file.read(0, len(MAGIC)) != MAGIC:
            raise BundleRejectedError(Rejection.TYPE, name)
        if file.size < _START:
            raise BundleRejectedError(Rejection.DAMAGED, name)
        (length,) = _LENGTH.unpack(file.read(len(MAGIC), _LENGTH.size))
        end = _START + length + SIGNATURE_BYTES
        if not 0 < length <= limits.MANIFEST_BYTES or end > file.size:
            raise BundleRejectedError(Rejection.DAMAGED, name)
        text, signature = file.read(_START, length), file.read(_START + length, SIGNATURE_BYTES)
        if (format_of(text) or 0) > FORMAT:
            raise BundleRejectedError(Rejection.NEWER, name)
        try:
            manifest, sections = read_manifest(text)
        except NotCanonicalError as error:
            raise BundleRejectedError(Rejection.DAMAGED, name) from error
        if not self._signing.fits(manifest.sender.public_key, MAGIC + text, signature):
            raise BundleRejectedError(Rejection.FORGED, name)
        if _is_too_much(manifest, sections):
            raise BundleRejectedError(Rejection.SIZE, name)
        if not _is_measured(sections):
            raise BundleRejectedError(Rejection.BOMB, name)
        return manifest, sections, end


@contextmanager
def _opened(source: Path | BinaryIO, file_name: str) -> Iterator[BinaryIO]:
    if not isinstance(source, Path):
        yield source
        return
    try:
        file = source.open("rb")
    except OSError as error:
        raise UnreadableFileError(file_name) from error
    with file:
        yield file


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
        or len(manifest.certificates) + len(manifest.inheritances) > limits.CERTIFICATES
        or len(blobs) > limits.BLOBS
        or any(blob.clen > limits.BLOB_BYTES for blob in blobs)
        or sum(section.n for section in sections if section.kind == "ops") > limits.OPS
    )


def _fits(manifest: Manifest, sections: list[Section], ops: tuple[OpSection, ...]) -> bool:
    """Tell whether the sections are those the manifest speaks of: ops first, then its blobs.

    Whether a section has as many lines as it says is seen when it is read.
    """
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
