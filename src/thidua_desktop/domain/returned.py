"""A paper that comes back from a word processor: its lines, and what it said when it was printed.

An `Imprint` travels in the file. It says of every line by what it is known again, and of every
passage whose free text it was; it holds no words, so that nothing stays in a file that somebody
took out of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from thidua_desktop.domain.layout.measured import MeasuredPaper
from thidua_desktop.domain.same_words import Setting, digest, plain, same
from thidua_desktop.domain.told import Source

MARK = "\ufffc"  # stands for a passage in the words around it
_ONLY_SIGNS = re.compile(rf"[\W_{MARK}]*")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a line; those of a passage say whose they are."""

    words: str
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paragraph: what it says, and where it stands.

    `style` is the name of its style, `column` the head of the column it is in, `paper` which paper
    of the file it belongs to, from 0.
    """

    pieces: tuple[Piece, ...]
    style: str = ""
    column: str = ""
    paper: int = 0
    sources: tuple[Source, ...] = field(init=False, compare=False)
    around: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Read once whose free text stands here, and the words that are nobody's, with marks where
        passages stand; nothing where there are no such words.
        """
        sources = tuple(one.source for one in self.pieces if one.source)
        said = "".join(MARK if one.source else one.words for one in self.pieces)
        around = "" if sources and _ONLY_SIGNS.fullmatch(said) else plain(said)
        object.__setattr__(self, "sources", sources)
        object.__setattr__(self, "around", around)

    @property
    def words(self) -> str:
        """Return the whole line."""
        return "".join(one.words for one in self.pieces)


class Unreturnable(StrEnum):
    """Why a file is no paper that can be read back; the value is the code of the error."""

    NOT_WORD = "E-NOTWORD"
    PDF = "E-PDFBACK"
    OLD_WORD = "E-OLDWORD"
    LOCKED = "E-LOCKEDWORD"
    MACROS = "E-MACROS"
    DAMAGED = "E-BADWORD"
    TOO_LARGE = "E-BIGWORD"
    NOT_OURS = "E-NOTOURS"


class AskedSort(StrEnum):
    """What papers are printed of."""

    PROPOSAL = "proposal"
    SUBMISSION = "submission"
    OFFICE = "office"
    CHECKLIST = "checklist"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked to be printed: of which record, in which form, of which year, for which unit.

    Of a checklist the record is the criteria set.
    """

    sort: AskedSort
    id: UUID | None = None
    form: str = ""
    year: int | None = None
    unit_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class PrintedPassage:
    """A passage as it was printed: whose, how it was set, and by what it is known again."""

    source: Source
    setting: Setting
    known_by: str


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line as it was printed. `known_by` is empty where it says nothing but passages.

    Of a line with one passage, `before` and `after` count the letters around it.
    """

    known_by: str
    passages: tuple[int, ...] = ()
    before: int = 0
    after: int = 0


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a file says of how it was printed."""

    asked: tuple[Asked, ...]
    lines: tuple[PrintedLine, ...]
    passages: tuple[PrintedPassage, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage in a file: its words, and in which lines it stands."""

    source: Source
    text: str
    setting: Setting
    lines: tuple[int, ...]


def passages_in(lines: Sequence[PaperLine]) -> tuple[Passage, ...]:
    """Return the passages of a file in their order; neighbouring lines of one field are one."""
    found: list[tuple[Source, list[str], Setting, list[int]]] = []
    is_parted = False
    for place, line in enumerate(lines):
        is_parted = is_parted or not line.sources
        for piece in line.pieces:
            if piece.source is None:
                is_parted = is_parted or not _ONLY_SIGNS.fullmatch(piece.words)
            elif found and found[-1][0] == piece.source and not is_parted:
                found[-1][1].append(piece.words)
                found[-1][3].append(place)
            else:
                found.append((piece.source, [piece.words], _setting(line), [place]))
                is_parted = False
    return tuple(
        Passage(source, "\n".join(words), setting, tuple(dict.fromkeys(places)))
        for source, words, setting, places in found
    )


def imprint_of(lines: Sequence[PaperLine], asked: Iterable[Asked] = ()) -> Imprint:
    """Return what a file is to say of itself."""
    passages = passages_in(lines)
    held: dict[int, list[int]] = {}
    for number, one in enumerate(passages):
        for place in one.lines:
            held.setdefault(place, []).append(number)
    return Imprint(
        asked=tuple(asked),
        lines=tuple(_printed(line, tuple(held.get(place, ()))) for place, line in enumerate(lines)),
        passages=tuple(
            PrintedPassage(one.source, one.setting, digest(same(one.text, one.setting)))
            for one in passages
        ),
    )


def around_of(line: PaperLine) -> str:
    """Return by what a line is known again; nothing where it says nothing but passages."""
    return digest(line.around) if line.around else ""


def _printed(line: PaperLine, passages: tuple[int, ...]) -> PrintedLine:
    around, known_by = line.around, around_of(line)
    if len(line.sources) != 1 or not around:
        return PrintedLine(known_by, passages)
    before, _, after = around.partition(MARK)
    return PrintedLine(known_by, passages, len(before), len(after))


def _setting(line: PaperLine) -> Setting:
    if line.around:
        return Setting.INSIDE
    signs = "".join(one.words for one in line.pieces if one.source is None)
    return Setting.LISTED if signs.strip() else Setting.ALONE


def lines_said(lines: Iterable[PaperLine]) -> tuple[PaperLine, ...]:
    """Return the lines that say something, or are there for somebody to say something."""
    return tuple(line for line in lines if line.around or line.sources)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedFile:
    """What a Word file says: its lines, how it was printed if it still says so, how it looks.

    `revisions` counts the tracked changes, which are read as accepted; `old_letters` the pieces in
    an old encoding, which are read in today's.
    """

    lines: tuple[PaperLine, ...]
    imprint: Imprint | None
    looks: tuple[MeasuredPaper, ...] = ()
    revisions: int = 0
    comments: tuple[str, ...] = ()
    pictures: int = 0
    tables: int = 0
    old_letters: int = 0
