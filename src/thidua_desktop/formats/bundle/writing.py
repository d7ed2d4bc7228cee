"""The sections of ops of a bundle, deflated as they come: memory does not grow with the bundle."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import SpooledTemporaryFile

import msgspec

from thidua_desktop.domain.bundles import OpSection
from thidua_desktop.domain.errors import BundleTooLargeError
from thidua_desktop.formats.bundle import limits
from thidua_desktop.formats.bundle.manifest import Section, SectionKind, pack

_IN_MEMORY = 256 * 1024
_PIECE = 256 * 1024
_LEVEL, _STORED = 6, 0


class OpSpool:
    """A section of ops while it is written: what is deflated lies in a passing file."""

    def __init__(self, first: OpSection, folder: Path | None, files: ExitStack) -> None:
        self._folder = folder
        self._files = files
        self._lines = 0
        self._begin(_LEVEL)
        self._put(msgspec.json.encode([pack(first.origin), first.kind, list(first.fields)]))

    def add(self, lines: Sequence[bytes]) -> None:
        """Add lines. Raises BundleTooLargeError."""
        self._lines += len(lines)
        self._put(b"".join((b"\n", b"\n".join(lines))) if lines else b"")

    def finish(self) -> Section:
        """End the section and return what the manifest says of it."""
        self._keep(self._deflater.flush())
        if self._inflated > most_inflated(self._size):
            # Honest ops that say the same again and again must not look like a bomb.
            deflated = self._file
            self._begin(_STORED)
            inflater = zlib.decompressobj()
            for piece in _read(deflated):
                waiting = piece
                while waiting:
                    self._put(inflater.decompress(waiting, _PIECE))
                    waiting = inflater.unconsumed_tail
            self._put(inflater.flush())
            self._keep(self._deflater.flush())
        return _section("ops", self._lines, self._size, self._inflated, self._hasher.hexdigest())

    def pieces(self) -> Iterator[bytes]:
        """Read what was written, from the beginning."""
        return _read(self._file)

    def _begin(self, level: int) -> None:
        folder = str(self._folder) if self._folder else None
        file = SpooledTemporaryFile(_IN_MEMORY, dir=folder)  # noqa: SIM115 - as long as `files`
        self._file = self._files.enter_context(file)
        self._deflater = zlib.compressobj(level)
        self._hasher = hashlib.sha256()
        self._size = self._inflated = 0

    def _put(self, text: bytes) -> None:
        self._inflated += len(text)
        if self._inflated > limits.FILE_BYTES:
            raise BundleTooLargeError
        self._keep(self._deflater.compress(text))

    def _keep(self, deflated: bytes) -> None:
        self._hasher.update(deflated)
        self._size += self._file.write(deflated)


def spooled(
    sections: Iterable[OpSection], folder: Path | None, files: ExitStack
) -> tuple[OpSpool, ...]:
    """Write the ops, those of one origin and kind together, in the order that they are met."""
    spools: dict[tuple[bytes, str], OpSpool] = {}
    for one in sections:
        spool = spools.get((one.origin, one.kind))
        if spool is None:
            spool = spools[one.origin, one.kind] = OpSpool(one, folder, files)
        spool.add(tuple(one.lines))
    return tuple(spools.values())


def blob_section(content: bytes) -> Section:
    """Return what the manifest says of a blob."""
    return _section("blob", 1, len(content), len(content), hashlib.sha256(content).hexdigest())


def most_inflated(size: int) -> int:
    """Return how much a section of this size may swell."""
    return max(limits.INFLATE_FLOOR, size * limits.INFLATE_RATIO)


def _section(kind: SectionKind, count: int, size: int, inflated: int, sha: str) -> Section:
    return Section(kind=kind, n=count, clen=size, ulen=inflated, sha=sha)


def _read(file: SpooledTemporaryFile[bytes]) -> Iterator[bytes]:
    file.seek(0)
    yield from iter(lambda: file.read(_PIECE), b"")
