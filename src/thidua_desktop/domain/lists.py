"""Long lists: their orders, and keys that put names in Vietnamese order byte by byte."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from thidua_desktop.domain.text import SortKey, name_key, sort_key

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
    return b"".join(map(_in_bytes, name_key(name)))


def list_key(name: str) -> bytes:
    """Return the key of a name that is read from its beginning.

    >>> sorted(["em", "đi", "da"], key=list_key)
    ['da', 'đi', 'em']
    """
    return _in_bytes(sort_key(name))


def _in_bytes(key: SortKey) -> bytes:
    letters, tones, cases = key
    parts = (
        b"".join(map(_letter, letters)),
        bytes(tone + 1 for tone in tones),
        bytes(case + 1 for case in cases),
    )
    return b"".join(part + b"\0" for part in parts)  # no part holds a zero that begins a sign


@lru_cache(maxsize=4_096)
def _letter(place: float) -> bytes:
    if place < _STRANGE_FROM:
        return bytes((int(place) + _FIRST_LETTER,))
    code = round((place - _STRANGE_FROM) * _STRANGE_STEP)
    return bytes((_STRANGE,)) + code.to_bytes(3)
