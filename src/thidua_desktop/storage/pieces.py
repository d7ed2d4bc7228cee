"""Long sequences in pieces that one statement may name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
AT_ONCE = 500


def in_pieces(whole: Sequence[T], size: int = AT_ONCE) -> Iterator[Sequence[T]]:
    """Yield a sequence in pieces of at most this size.

    >>> list(in_pieces("abcde", 2))
    ['ab', 'cd', 'e']
    """
    return (whole[start : start + size] for start in range(0, len(whole), size))
