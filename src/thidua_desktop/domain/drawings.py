"""Papers and pictures to look at: the sizes of their pages, pages drawn, where words stand."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

POINTS_PER_INCH = 72


class Unshowable(StrEnum):
    """Why a file cannot be shown."""

    TYPE = "type"
    DAMAGED = "damaged"
    PASSWORD = "password"  # noqa: S105 - it says that there is one
    SIZE = "size"
    SLOW = "slow"


@dataclass(frozen=True, slots=True)
class PageSize:
    """A page in points of 1/72 inch."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page as pixels, three bytes each (red, green, blue), row after row."""

    width: int
    height: int
    pixels: bytes


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page, in points from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


# One hit may go over the end of a line: then it has several boxes.
Hit = tuple[Box, ...]
