"""Sealing with age: only who holds one of the keys, or the phrase, can read a file.

The header of a sealed file comes from a stranger and costs work for every stanza in it, so it is
read and measured here before the library sees it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO, RawIOBase
from pathlib import Path
from typing import BinaryIO

import pyrage
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from thidua_desktop.domain.bundles import Rejection
from thidua_desktop.domain.errors import (
    BundleRejectedError,
    BundleTooLargeError,
    SlowPhraseError,
    UnreadableFileError,
)
from thidua_desktop.formats.bundle import limits
from thidua_desktop.formats.bundle.bech32 import bech32

SEALED = b"age-encryption.org/v1\n"
_STANZA, _END = b"-> ", b"---"
_FULL_LINE = 64
_BASE64 = re.compile(rb"[A-Za-z0-9+/]*")
_KEYED, _PHRASED = b"X25519", b"scrypt"
_SCRYPT_WORDS = 3
_NO_KEY = "No matching keys found"
_TOO_MUCH_WORK = "Excessive work parameter"
_MANY = 2_000  # keys: of a province's enrolments, with every file


class AgeSealing:
    """Fits the Sealing of services.ports."""

    def public_key(self, seed: bytes) -> bytes:
        """Return the public half of an X25519 key, 32 bytes."""
        return X25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()

    def seal(self, content: bytes, keys: Sequence[bytes]) -> bytes:
        """Return the content sealed for these public keys, at most 20."""
        return bytes(pyrage.encrypt(content, _recipients(keys)))

    def seal_file(self, path: Path, target: Path, keys: Sequence[bytes]) -> None:
        """Seal a file into another one for these public keys, at most 20, piece by piece."""
        with path.open("rb") as source, target.open("xb") as out:
            pyrage.encrypt_io(source, out, _recipients(keys))

    def seal_file_by_phrase(self, path: Path, target: Path, phrase: str) -> None:
        """Seal a file into another one by a phrase. Raises BundleTooLargeError: it could not be
        opened again.
        """
        if path.stat().st_size > limits.PHRASED_BYTES:
            raise BundleTooLargeError
        sealed = self.seal_by_phrase(path.read_bytes(), phrase)
        if len(sealed) > limits.PHRASED_BYTES:
            raise BundleTooLargeError
        target.write_bytes(sealed)

    def seal_by_phrase(self, content: bytes, phrase: str) -> bytes:
        """Return the content sealed by a phrase."""
        return bytes(pyrage.passphrase.encrypt(content, phrase))

    def is_sealed(self, source: Path | BinaryIO) -> bool:
        """Tell whether a file is sealed. Raises UnreadableFileError."""
        if not isinstance(source, Path):
            return source.read(len(SEALED)) == SEALED
        try:
            with source.open("rb") as file:
                return self.is_sealed(file)
        except OSError as error:
            raise UnreadableFileError(source.name) from error

    def wants_phrase(self, path: Path, *, file_name: str) -> bool:
        """Tell whether a sealed file opens by a phrase. Raises BundleRejectedError."""
        with path.open("rb") as file:
            return check_header(file, file_name)

    def open_file(self, path: Path, target: Path, seeds: Sequence[bytes], *, file_name: str) -> str:
        """Open a file sealed for one of these private keys into another one, a piece at a time.
        Return the SHA-256 of what was read for it: the file may be another one a moment later.

        Raises BundleRejectedError: SIZE, KEY, DAMAGED.
        """
        with path.open("rb") as source, target.open("xb") as out:
            return _opened(source, out, seeds, file_name)

    def open_in_memory(
        self, path: Path, seeds: Sequence[bytes], *, most: int, file_name: str
    ) -> tuple[BinaryIO, str] | None:
        """Open a file of at most so many bytes without another one; None: it is longer.

        Raises BundleRejectedError: SIZE, KEY, DAMAGED.
        """
        with path.open("rb") as source:
            sealed = source.read(most + 1)
        if len(sealed) > most:
            return None
        content = BytesIO()
        return content, _opened(BytesIO(sealed), content, seeds, file_name)

    def open_by_phrase(self, content: bytes, phrase: str, *, file_name: str) -> bytes:
        """Return what a phrase sealed.

        Raises BundleRejectedError: SIZE, KEY, DAMAGED; SlowPhraseError where the work that a
        quicker PC put into the seal is too much for this one.
        """
        if len(content) > limits.PHRASED_BYTES:
            raise BundleRejectedError(Rejection.SIZE, file_name)
        if not check_header(BytesIO(content), file_name):
            raise BundleRejectedError(Rejection.KEY, file_name)
        try:
            return bytes(pyrage.passphrase.decrypt(content, phrase))
        except pyrage.DecryptError as error:
            if _TOO_MUCH_WORK in str(error):
                raise SlowPhraseError(file_name) from error
            wrong = str(error) == "Decryption failed"
            raise BundleRejectedError(
                Rejection.KEY if wrong else Rejection.DAMAGED, file_name
            ) from error


def _opened(source: BinaryIO, out: BinaryIO, seeds: Sequence[bytes], file_name: str) -> str:
    if source.seek(0, 2) > limits.FILE_BYTES:
        raise BundleRejectedError(Rejection.SIZE, file_name)
    source.seek(0)
    if check_header(source, file_name):
        raise BundleRejectedError(Rejection.KEY, file_name)
    source.seek(0)
    hashed = _Hashed(source)
    try:
        pyrage.decrypt_io(hashed, out, [_key(seed) for seed in seeds])
    except (pyrage.DecryptError, OSError) as error:
        if getattr(error, "errno", None) is not None:  # the disk's trouble, not the file's
            raise
        raise BundleRejectedError(_reason(error), file_name) from error
    return hashed.hasher.hexdigest()


@lru_cache(_MANY)
def _key(seed: bytes) -> pyrage.x25519.Identity:
    return pyrage.x25519.Identity.from_str(bech32("age-secret-key-", seed).upper())


class _Hashed(RawIOBase):
    """A file that is hashed as it is read."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self.hasher = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        piece = self._source.read(size)
        self.hasher.update(piece)
        return piece


def _recipients(keys: Sequence[bytes]) -> list[pyrage.x25519.Recipient]:
    return [
        pyrage.x25519.Recipient.from_str(bech32("age", key))
        for key in keys[: limits.AGE_RECIPIENTS]
    ]


def check_header(source: BinaryIO, file_name: str) -> bool:
    """Measure the header; tell whether a phrase opens the file. Raises BundleRejectedError.

    Nothing beyond the longest header is read.
    """
    data = source.read(limits.AGE_HEADER_BYTES)
    if not data.startswith(SEALED):
        raise BundleRejectedError(Rejection.TYPE, file_name)
    lines = data.split(b"\n")[1:]
    stanzas: list[list[bytes]] = []
    open_body = False
    for place, line in enumerate(lines):
        is_cut = place == len(lines) - 1
        if line.startswith(_END) and not open_body:
            if is_cut:
                break
            return _opens_by_phrase(stanzas, file_name)
        if is_cut:
            break
        if open_body:
            if len(line) > _FULL_LINE or not _BASE64.fullmatch(line):
                raise BundleRejectedError(Rejection.DAMAGED, file_name)
            open_body = len(line) == _FULL_LINE
        elif line.startswith(_STANZA):
            stanzas.append(line[len(_STANZA) :].split(b" "))
            open_body = True
        else:
            raise BundleRejectedError(Rejection.DAMAGED, file_name)
    full = len(data) == limits.AGE_HEADER_BYTES
    raise BundleRejectedError(Rejection.SIZE if full else Rejection.DAMAGED, file_name)


def _opens_by_phrase(stanzas: Sequence[Sequence[bytes]], file_name: str) -> bool:
    sorts = [stanza[0] for stanza in stanzas]
    if sorts.count(_KEYED) > limits.AGE_RECIPIENTS:
        raise BundleRejectedError(Rejection.SIZE, file_name)
    if _PHRASED not in sorts:
        return False
    words = stanzas[0]
    if len(stanzas) != 1 or len(words) != _SCRYPT_WORDS or not words[-1].isdigit():
        raise BundleRejectedError(Rejection.DAMAGED, file_name)
    if int(words[-1]) > limits.SCRYPT_WORK:
        raise BundleRejectedError(Rejection.SIZE, file_name)
    return True


def _reason(error: Exception) -> Rejection:
    return Rejection.KEY if str(error) == _NO_KEY else Rejection.DAMAGED
