"""What the program and its drawing process say to each other."""

from __future__ import annotations

import msgspec

from thidua_desktop.domain.drawings import Hit, PageSize, Unshowable
from thidua_desktop.domain.layout.measured import MeasuredPaper


class Open(msgspec.Struct):
    """Open this content under a number."""

    number: int
    content: bytes
    mime: str


class Draw(msgspec.Struct):
    """Draw a page, so many pixels a point."""

    number: int
    page: int
    scale: float


class Find(msgspec.Struct):
    """Find words on a page."""

    number: int
    page: int
    words: str


class Cut(msgspec.Struct):
    """Make a PDF of some pages."""

    number: int
    pages: tuple[int, ...]


class Measure(msgspec.Struct):
    """Measure the papers of a file, Word by the letters in this folder."""

    number: int
    content: bytes
    fonts: str


class Close(msgspec.Struct):
    """Let go of a number."""

    number: int


class Opened(msgspec.Struct, tag=True):
    """It is open; so large are its pages."""

    sizes: tuple[PageSize, ...]


class Drawn(msgspec.Struct, tag=True):
    """A page as pixels."""

    width: int
    height: int
    pixels: bytes


class Found(msgspec.Struct, tag=True):
    """Where words stand."""

    hits: tuple[Hit, ...]


class Made(msgspec.Struct, tag=True):
    """A PDF."""

    content: bytes


class Measured(msgspec.Struct, tag=True):
    """The papers of a file, measured."""

    papers: tuple[MeasuredPaper, ...]


class Closed(msgspec.Struct, tag=True):
    """It is closed, or was never open."""


class Refused(msgspec.Struct, tag=True):
    """It cannot be shown."""

    why: Unshowable


class Unknown(msgspec.Struct, tag=True):
    """Nothing is open under this number any more; open it again."""


OfDocument = Open | Draw | Find | Cut | Close
Request = OfDocument | Measure
Answer = Opened | Drawn | Found | Made | Measured | Closed | Refused | Unknown

encode = msgspec.msgpack.Encoder().encode
read_answer = msgspec.msgpack.Decoder(Answer).decode
