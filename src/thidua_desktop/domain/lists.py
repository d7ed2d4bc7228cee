"""Long lists: their orders, and keys that put names in Vietnamese order byte by byte."""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from functools import lru_cache

from thidua_desktop.domain.text import name_parts, sign_of

_FIRST_LETTER = 2  # signs are -1, the blank is 0, letters count from 1
_STRANGE, _STRANGE_FROM, _STRANGE_STEP = 250, 100.0, 1e7


class ListOrder(StrEnum):
    """In which order a list of nominees stands."""

    NAME = "name"
    BORN = "born"
    NEWEST = "newest"


def person_list_key(name: str) -> bytes:
    """Return the key of a person: by given name, family name, middle names.

    >>> sorted(["Trần An", "Lê Bình", "Bùi An"], key=person_list_key)
    ['Bùi An', 'Trần An', 'Lê Bình']
    """
    return b"".join(map(list_key, name_parts(name)))


@lru_cache(maxsize=16_384)  # the parts of names are few
def list_key(name: str) -> bytes:
    """Return the key of a name that is read from its beginning.

    >>> sorted(["em", "đi", "da"], key=list_key)
    ['da', 'đi', 'em']
    """
    signs = [_in_bytes(char) for char in unicodedata.normalize("NFC", name)]
    letters, tones, cases = zip(*signs, strict=True) if signs else ((), (), ())
    # No part holds a zero that begins a sign.
    return b"\0".join((b"".join(letters), b"".join(tones), b"".join(cases), b""))


@lru_cache(maxsize=4_096)
def _in_bytes(char: str) -> tuple[bytes, bytes, bytes]:
    place, tone, is_capital = sign_of(char)
    return _letter(place), bytes((tone + 1,)), bytes((is_capital + 1,))


def _letter(place: float) -> bytes:
    if place < _STRANGE_FROM:
        return bytes((int(place) + _FIRST_LETTER,))
    code = round((place - _STRANGE_FROM) * _STRANGE_STEP)
    return bytes((_STRANGE,)) + code.to_bytes(3)
