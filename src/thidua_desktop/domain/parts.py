"""Parts of a bundle: one file cut into several that a letter box takes (chia phần)."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_PARTS = 2_500
SMALLEST_PART = 1_000_000
MOST_WAITING = 64
_UNITS = {"KB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000}
_SIZE = re.compile(r"(\d{1,6})\s*(KB|MB|GB)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartHead:
    """What a part says of itself and of the file it was cut from.

    `whole` is the SHA-256 of that file, by which its parts know each other; `total` its length,
    `piece` the length of every part but the last. `index` counts from 1; `sha` is the part's own.
    Where a part begins, how long it is and how many there are follows, so parts cannot overlap.
    """

    whole: str
    total: int
    piece: int
    index: int
    sha: str

    @property
    def count(self) -> int:
        """Return how many parts there are."""
        return -(-self.total // self.piece)

    @property
    def start(self) -> int:
        """Return where the part begins in the whole."""
        return (self.index - 1) * self.piece

    @property
    def size(self) -> int:
        """Return how long the part is."""
        return min(self.piece, self.total - self.start)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingParts:
    """A bundle of which only some parts have come."""

    whole: str
    piece: int
    total: int
    received: tuple[int, ...]
    file_name: str

    @property
    def count(self) -> int:
        """Return how many parts there are."""
        return -(-self.total // self.piece)

    @property
    def missing(self) -> tuple[int, ...]:
        """Return the numbers of the parts that have not come."""
        return tuple(sorted(set(range(1, self.count + 1)) - set(self.received)))

    def words(self) -> str:
        """Return how far it is, for people.

        >>> WaitingParts(whole="", piece=1, total=7, received=(1, 2, 4), file_name="").words()
        'đã nhận 3/7 phần, còn thiếu phần 3, 5, 6, 7'
        """
        said = f"đã nhận {len(self.received)}/{self.count} phần"
        if not self.missing:
            return said
        named = ", ".join(map(str, self.missing[:_MOST_NAMED]))
        more = f" và {len(self.missing) - _MOST_NAMED} phần nữa"
        tail = more if len(self.missing) > _MOST_NAMED else ""
        return f"{said}, còn thiếu phần {named}{tail}"


_MOST_NAMED = 20


def part_size(text: str) -> int | None:
    """Read the size of a part as it is typed; None when it is none or too small.

    >>> part_size("20 mb"), part_size("20"), part_size("0MB")
    (20000000, None, None)
    """
    found = _SIZE.fullmatch(text.strip())
    size = int(found[1]) * _UNITS[found[2].upper()] if found else 0
    return size if size >= SMALLEST_PART else None


def part_name(name: str, index: int, count: int) -> str:
    """Return what the file of a part is called.

    >>> part_name("TDKT_63_1_25112024.tdkt", 1, 7)
    'TDKT_63_1_25112024.p01of07.tdkt'
    """
    stem = name.removesuffix(".tdkt")
    width = max(2, len(str(count)))
    return f"{stem}.p{index:0{width}}of{count:0{width}}.tdkt"
