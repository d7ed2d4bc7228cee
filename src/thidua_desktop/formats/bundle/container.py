"""The bundle file: magic, manifest, signature, sections; nothing after the last one.

No names, no paths, no directory; every length is stated once, every section is hashed as it lies in
the file, and nothing is inflated beyond what it says of itself. Sealing (age) will wrap these bytes
whole: `pack` and `open` are the payload.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from thidua_desktop.domain.bundles import (
    FORMAT,
    BundleContents,
    Manifest,
    OpSection,
    OutgoingBundle,
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
    format_of,
    manifest_bytes,
    read_manifest,
)
from thidua_desktop.formats.bundle.sections import StoredBlobs, StoredFile, read_ops
from thidua_desktop.formats.bundle.signing import SIGNATURE_BYTES, Ed25519
from thidua_desktop.formats.bundle.writing import OpSpool, blob_section, most_inflated, spooled

MAGIC = b"TDKT1\n"
_LENGTH = struct.Struct(">I")
_START = len(MAGIC) + _LENGTH.size


class BundleFiles:
    """Fits the BundleFiles of services.ports."""

    def __init__(self) -> None:
        self._signing = Ed25519()

    def pack(self, bundle: BundleContents | OutgoingBundle, seed: bytes) -> bytes:
        """Return the bytes of the file, signed. Raises BundleTooLargeError."""
        with ExitStack() as files:
            spools = spooled(bundle.sections, None, files)
            return b"".join(self._pieces(bundle, spools, seed))

    def write(self, bundle: BundleContents | OutgoingBundle, seed: bytes, target: Path) -> None:
        """Write the file, signed, piece by piece; what passes lies in the folder of the target.

        Raises BundleTooLargeError.
        """
        with ExitStack() as files, target.open("xb") as file:
            spools = spooled(bundle.sections, target.parent, files)
            file.writelines(self._pieces(bundle, spools, seed))

    def _pieces(
        self, bundle: BundleContents | OutgoingBundle, spools: Sequence[OpSpool], seed: bytes
    ) -> Iterator[bytes]:
        """Return the file piece by piece: what its head says of all of it is known first."""
        shas = sorted(bundle.blobs)
        sections = [spool.finish() for spool in spools]
        sections += [blob_section(bundle.blobs[sha]) for sha in shas]
        manifest = manifest_bytes(bundle.manifest, sections)
        signature = self._signing.sign(seed, MAGIC + manifest)
        head = MAGIC + _LENGTH.pack(len(manifest)) + manifest + signature
        size = len(head) + sum(section.clen for section in sections)
        # Refused here rather than by everyone who receives it.
        if (
            size > limits.FILE_BYTES
            or len(manifest) > limits.MANIFEST_BYTES
            or _is_too_much(bundle.manifest, sections)
        ):
            raise BundleTooLargeError
        yield head
        for spool in spools:
            yield from spool.pieces()
        for sha in shas:
            yield bundle.blobs[sha]

    def peek(self, source: Path | BinaryIO, *, file_name: str) -> Manifest:
        """Read the manifest; the signature fits the key that it names."""
        with _opened(source, file_name) as file:
            return self._head(StoredFile(file, file_name))[0]

    @contextmanager
    def open(
        self,
        source: Path | BinaryIO,
        *,
        file_name: str,
        judge: Callable[[Manifest], None] | None = None,
    ) -> Iterator[BundleContents]:
        """Open a bundle: all is checked against the manifest but what lies in the sections.

        That is read when it is asked for. `judge` may refuse the manifest before anything else is
        looked at. Raises BundleRejectedError and UnreadableFileError.
        """
        with _opened(source, file_name) as opened:
            file = StoredFile(opened, file_name)
            manifest, sections, at = self._head(file)
            if judge is not None:
                judge(manifest)
            if not _is_measured(sections):
                raise BundleRejectedError(Rejection.BOMB, file_name)
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


def _is_measured(sections: list[Section]) -> bool:
    """Tell whether the sections swell no more than ops do, each and together."""
    ops = [section for section in sections if section.kind == "ops"]
    each = all(section.ulen <= most_inflated(section.clen) for section in ops)
    return each and sum(section.ulen for section in ops) <= limits.FILE_BYTES


def _is_too_much(manifest: Manifest, sections: list[Section]) -> bool:
    """Tell whether a bundle holds more than it may (bundle.md 12)."""
    blobs = [section for section in sections if section.kind == "blob"]
    return (
        len(manifest.ranges) > limits.RANGES
        or _vouched(manifest) > limits.CERTIFICATES
        or len(blobs) > limits.BLOBS
        or any(blob.clen > limits.BLOB_BYTES for blob in blobs)
        or sum(section.n for section in sections if section.kind == "ops") > limits.OPS
    )


def _vouched(manifest: Manifest) -> int:
    return len(manifest.certificates) + len(manifest.inheritances) + len(manifest.enrolments)


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
