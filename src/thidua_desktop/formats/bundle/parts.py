r"""Parts of a bundle file: cut for the letter box, known by themselves, joined again in any order.

    part   = "TDKTP1\n"  u32 length  head  sha256(head)  content
    head   = canonical JSON: fmt, whole, total, piece, index, sha

The content is the final bytes of the bundle file, sealed or not: a part says nothing of who sends
what. Everything that follows from other numbers is not said, so no two can disagree.
"""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Annotated, BinaryIO

import msgspec
from msgspec import Meta, Struct

from thidua_desktop.domain.bundles import Rejection
from thidua_desktop.domain.errors import (
    BundleRejectedError,
    BundleTooLargeError,
    UnreadableFileError,
)
from thidua_desktop.domain.parts import MOST_PARTS, PartHead
from thidua_desktop.formats.bundle import limits

MAGIC = b"TDKTP1\n"
FORMAT = 1
_LENGTH = struct.Struct(">I")
_DIGEST_BYTES = 32
_START = len(MAGIC) + _LENGTH.size
_CHUNK = 256 * 1024

Sha = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
Size = Annotated[int, Meta(ge=1, le=limits.FILE_BYTES)]


class _HeadText(Struct, frozen=True):
    """The head as it stands in the file. Names a newer program adds are passed over."""

    fmt: Annotated[int, Meta(ge=1, lt=2**31)]
    whole: Sha
    total: Size
    piece: Size
    index: Annotated[int, Meta(ge=1, le=MOST_PARTS)]
    sha: Sha


_decode = msgspec.json.Decoder(_HeadText).decode


class PartFiles:
    """Fits the PartFiles of services.ports."""

    def cut(self, path: Path, size: int) -> Iterator[tuple[PartHead, Iterator[bytes]]]:
        """Yield the parts of a file, each with its bytes in pieces, none longer than this size.

        Raises BundleTooLargeError.
        """
        piece = size - limits.PART_HEAD_BYTES
        with path.open("rb") as file:
            whole = hashlib.file_digest(file, "sha256").hexdigest()
            total = file.tell()
            for start in range(0, total, piece):
                hasher = hashlib.sha256()
                for chunk in _chunks(file, start, piece):
                    hasher.update(chunk)
                head = PartHead(
                    whole=whole,
                    total=total,
                    piece=piece,
                    index=start // piece + 1,
                    sha=hasher.hexdigest(),
                )
                if head.count > MOST_PARTS:
                    raise BundleTooLargeError
                yield head, chain((head_bytes(head),), _chunks(file, start, piece))

    def is_part(self, path: Path) -> bool:
        """Tell whether a file begins like a part; one that cannot be read is none."""
        try:
            with path.open("rb") as file:
                return file.read(len(MAGIC)) == MAGIC
        except OSError:
            return False

    def read(self, path: Path, *, file_name: str) -> PartHead:
        """Read the head of a part, and its content through.

        Raises BundleRejectedError and UnreadableFileError.
        """
        try:
            with path.open("rb") as file:
                head, start = _head(file, file_name)
                size = file.seek(0, os.SEEK_END) - start
                file.seek(start)
                if size != head.size or hashlib.file_digest(file, "sha256").hexdigest() != head.sha:
                    raise BundleRejectedError(Rejection.DAMAGED, file_name)
        except OSError as error:
            raise UnreadableFileError(file_name) from error
        return head

    def join(self, paths: Sequence[Path], target: Path, *, file_name: str) -> None:
        """Write the parts, in order, as the one file they were cut from.

        Raises BundleRejectedError when together they are not that file.
        """
        hasher, whole = hashlib.sha256(), ""
        with target.open("xb") as out:
            for path in paths:
                with path.open("rb") as part:
                    whole = _head(part, file_name)[0].whole
                    while chunk := part.read(_CHUNK):
                        hasher.update(chunk)
                        out.write(chunk)
        if hasher.hexdigest() != whole:
            raise BundleRejectedError(Rejection.DAMAGED, file_name)


def _chunks(file: BinaryIO, start: int, length: int) -> Iterator[bytes]:
    """Return a part of a file in pieces, as far as the file goes."""
    file.seek(start)
    while length and (chunk := file.read(min(_CHUNK, length))):
        length -= len(chunk)
        yield chunk


def head_bytes(head: PartHead) -> bytes:
    """Return what stands before the content of a part."""
    said = _HeadText(FORMAT, head.whole, head.total, head.piece, head.index, head.sha)
    text = msgspec.json.encode(msgspec.to_builtins(said), order="sorted")
    return MAGIC + _LENGTH.pack(len(text)) + text + hashlib.sha256(text).digest()


def _head(file: BinaryIO, file_name: str) -> tuple[PartHead, int]:
    start = file.read(_START)
    if not start.startswith(MAGIC):
        raise BundleRejectedError(Rejection.TYPE, file_name)
    length = _LENGTH.unpack(start[len(MAGIC) :])[0] if len(start) == _START else 0
    if not 0 < length <= limits.PART_HEAD_BYTES - _START - _DIGEST_BYTES:
        raise BundleRejectedError(Rejection.DAMAGED, file_name)
    text, digest = file.read(length), file.read(_DIGEST_BYTES)
    if hashlib.sha256(text).digest() != digest:
        raise BundleRejectedError(Rejection.DAMAGED, file_name)
    try:
        said = _decode(text)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BundleRejectedError(Rejection.FORMAT, file_name) from error
    if said.fmt > FORMAT:
        raise BundleRejectedError(Rejection.NEWER, file_name)
    head = PartHead(
        whole=said.whole, total=said.total, piece=said.piece, index=said.index, sha=said.sha
    )
    if head.count > MOST_PARTS or head.index > head.count:
        raise BundleRejectedError(Rejection.FORMAT, file_name)
    return head, _START + length + _DIGEST_BYTES
