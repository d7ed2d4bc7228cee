"""The sections of a bundle file, read piece by piece: memory does not grow with the bundle."""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Iterator, Mapping
from typing import BinaryIO

import msgspec

from thidua_desktop.domain.bundles import OpSection, Rejection
from thidua_desktop.domain.errors import BundleRejectedError, UnreadableFileError
from thidua_desktop.formats.bundle import limits
from thidua_desktop.formats.bundle.manifest import Section, unpack

_PIECE = 256 * 1024
_HEAD_PIECE = 4 * 1024  # a head is read with every opening, and is short


class StoredFile:
    """A file that is read from any place in it."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file = file
        self.name = name
        try:
            self.size = file.seek(0, os.SEEK_END)
        except OSError as error:
            raise UnreadableFileError(name) from error

    def read(self, at: int, length: int) -> bytes:
        """Return so many bytes from a place, fewer at the end. Raises UnreadableFileError."""
        try:
            self._file.seek(at)
            return self._file.read(length)
        except OSError as error:
            raise UnreadableFileError(self.name) from error

    def pieces(self, at: int, length: int, size: int = _PIECE) -> Iterator[bytes]:
        """Return a part of the file, piece by piece."""
        end = at + length
        while at < end:
            piece = self.read(at, min(size, end - at))
            if not piece:
                raise BundleRejectedError(Rejection.DAMAGED, self.name)
            yield piece
            at += len(piece)

    def check(self, at: int, length: int, sha: str) -> None:
        """See that a part of the file is there and has this hash. Raises BundleRejectedError."""
        hasher = hashlib.sha256()
        if at + length <= self.size:
            for piece in self.pieces(at, length):
                hasher.update(piece)
        if at + length > self.size or hasher.hexdigest() != sha:
            raise BundleRejectedError(Rejection.DAMAGED, self.name)


class StoredLines:
    """Fits the Lines of domain.bundles: those of a section of a file, after its head."""

    def __init__(self, file: StoredFile, section: Section, at: int) -> None:
        self._file = file
        self._section = section
        self._at = at

    def __len__(self) -> int:
        """Return how many lines the section says it has."""
        return self._section.n

    def __iter__(self) -> Iterator[bytes]:
        """Read the lines. Raises BundleRejectedError."""
        lines = self._all(_PIECE)
        next(lines)
        count = 0
        for line in lines:
            count += 1
            yield line
        if count != self._section.n:
            raise BundleRejectedError(Rejection.FORMAT, self._file.name)

    def head(self) -> bytes:
        """Return the line that says whose ops these are."""
        return next(self._all(_HEAD_PIECE))

    def _all(self, size: int) -> Iterator[bytes]:
        rest = b""
        for piece in self._inflated(size):
            *lines, rest = (rest + piece).split(b"\n")
            if len(rest) > limits.LINE_BYTES or len(max(lines, key=len, default=b"")) > (
                limits.LINE_BYTES
            ):
                raise BundleRejectedError(Rejection.FORMAT, self._file.name)
            yield from lines
        yield rest

    def _inflated(self, most: int) -> Iterator[bytes]:
        """Inflate piece by piece, no further than the section says."""
        inflater, size, section = zlib.decompressobj(), 0, self._section
        for stored in self._file.pieces(self._at, section.clen, most):
            waiting = stored
            while not inflater.eof:
                try:
                    piece = inflater.decompress(waiting, most)
                except zlib.error as error:
                    raise BundleRejectedError(Rejection.DAMAGED, self._file.name) from error
                waiting = inflater.unconsumed_tail
                size += len(piece)
                if size > section.ulen:
                    raise BundleRejectedError(Rejection.BOMB, self._file.name)
                yield piece
                # A full piece may leave more behind although nothing waits to be read.
                if not waiting and len(piece) < most:
                    break
            if inflater.eof and (waiting or inflater.unused_data):
                raise BundleRejectedError(Rejection.DAMAGED, self._file.name)
        if size != section.ulen or not inflater.eof:
            raise BundleRejectedError(Rejection.DAMAGED, self._file.name)


class StoredBlobs(Mapping[str, bytes]):
    """The blobs of a file by SHA-256, each read when it is asked for."""

    def __init__(self, file: StoredFile, places: Mapping[str, tuple[int, int]]) -> None:
        self._file = file
        self._places = places

    def __getitem__(self, sha: str) -> bytes:
        """Read a blob."""
        return self._file.read(*self._places[sha])

    def __iter__(self) -> Iterator[str]:
        """Return the hashes."""
        return iter(self._places)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._places)


_decode_head = msgspec.json.Decoder(tuple[str, str, tuple[str, ...]]).decode


def read_ops(file: StoredFile, section: Section, at: int) -> OpSection:
    """Return a section of ops, of which only the head has been read."""
    lines = StoredLines(file, section, at)
    try:
        origin, kind, fields = _decode_head(lines.head())
        read = OpSection(origin=unpack(origin, 16), kind=kind, fields=fields, lines=lines)
    except (ValueError, RecursionError) as error:  # a wrong text of any kind is a ValueError
        raise BundleRejectedError(Rejection.FORMAT, file.name) from error
    if len(fields) > limits.FIELDS + 1:
        raise BundleRejectedError(Rejection.FORMAT, file.name)
    return read
