"""A paper as a page description: what stands where and in which role, never in which letters.

One renderer for each format draws these blocks; a form is one function that makes a `Page`
(`services/pages`, with its README). Words are whole: a renderer adds nothing but rules and room.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from thidua_desktop.domain.marks import Urgency
from thidua_desktop.domain.told import joined

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
ADDRESSED = "Kính gửi:"
RECIPIENTS = "Nơi nhận:"


class SizeSet(StrEnum):
    """The two sets of letter sizes that Decree 30/2020 lets a document choose from."""

    SMALL = "small"
    LARGE = "large"


class TitleRole(StrEnum):
    """What a line of the title is."""

    ANNEX = "annex"  # "Phụ lục I", over the name of the annex
    NAME = "name"
    REMARK = "remark"


class Role(StrEnum):
    """What a paragraph is for."""

    BODY = "body"
    BASIS = "basis"
    ENCLOSURE = "enclosure"
    CHAPTER = "chapter"  # in the middle
    HEADING = "heading"
    CRITERION = "criterion"
    LABEL = "label"  # a line of the text that leads into what follows
    SUBJECT = "subject"  # in the middle, under the title
    NOTE = "note"
    CHECK = "check"  # words to be read aloud

    @property
    def keeps_next(self) -> bool:
        """Tell whether what follows is to begin on the same page."""
        return self in {Role.CHAPTER, Role.HEADING, Role.CRITERION, Role.LABEL, Role.NOTE}


class Align(StrEnum):
    """Where the words of a column stand."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Stand(StrEnum):
    """Where the words of a box stand: at its top, in its middle, or on its lower edge as a line."""

    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


class TableSize(StrEnum):
    """Letters of a table: usual, or small where it has many columns."""

    NORMAL = "normal"
    SMALL = "small"


class RowSort(StrEnum):
    """What a row of a table is; a heading has one cell, across all columns."""

    PLAIN = "plain"
    HEADING = "heading"
    TOTAL = "total"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureBlock:
    """Who signs: the lines over the name (power and position, in capitals), and the name.

    `remark` stands in italics under the lines: "(ký, đóng dấu)", "(ký, ghi rõ họ và tên)".
    """

    lines: tuple[str, ...]
    name: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The two columns over a paper (boxes 1 to 4); state and motto are the same on every paper.

    A letter without a title (công văn) says under its number what it is about (box 5b): "V/v …".
    """

    parent: str
    agency: str
    number: str
    place: str
    about: str = ""
    urgency: Urgency | None = None  # box 10b


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleLine:
    """A line of the title."""

    text: str
    role: TitleRole = TitleRole.NAME


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """The title in the middle, with the short rule under its last line."""

    lines: tuple[TitleLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Kính gửi (box 9a): one addressee on its line, several in a list under it."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph; `lead` stands in bold before its words: "Điều 1."."""

    text: str
    role: Role = Role.BODY
    lead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Labels and what is to be said to each: lines of the text, or a table of two columns."""

    lines: tuple[tuple[str, str], ...]
    in_table: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table; neighbours of one `group` stand under its name."""

    name: str
    width: int
    align: Align = Align.LEFT
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table; `below` stands in small italics under the words of the widest column."""

    cells: tuple[str, ...]
    below: tuple[str, ...] = ()
    sort: RowSort = RowSort.PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with a grid; its head stands on every page, widths are parts of the page's.

    A heading stays with the row after it, a total with the row before. `closing` is a line under
    the table, on the page of the last row.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    size: TableSize = TableSize.NORMAL
    closing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedWords:
    """Words with their numbers in a grid, to be read down its columns."""

    words: tuple[str, ...]
    columns: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """Words to be compared at the left, the same for a machine at the right: a QR code."""

    label: str
    words: str
    notes: tuple[str, ...]
    signal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatures:
    """Two signers side by side, and who confirms, one under the other in the middle."""

    left: SignatureBlock
    right: SignatureBlock
    below: tuple[SignatureBlock, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientsAndSigner:
    """Nơi nhận (box 9b) at the left, who signs at the right.

    `drafter` stands under the recipients: who drew it up, in how many copies (box 12).
    """

    recipients: tuple[str, ...]
    signer: SignatureBlock
    drafter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBox:
    """A box for a text, in millimetres from the left and the upper edge of the paper.

    Letters are as large as `size`, smaller down to `least` where they do not fit in so many
    `lines`, then there are more lines; nothing is ever cut off. `is_ruled`: a line under the text,
    as long as it is.
    """

    x: float
    y: float
    width: float
    height: float
    size: float
    least: float
    lines: int = 1
    align: Align = Align.CENTRE
    stand: Stand = Stand.MIDDLE
    is_bold: bool = False
    is_italic: bool = False
    is_red: bool = False
    is_ruled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedText(TextBox):
    """A text in its box."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """A line drawn on the paper, to measure by; Word has none of them."""

    x: float
    y: float
    to_x: float
    to_y: float
    is_strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet of so many millimetres on which every text has its place: a certificate.

    A page whose first block it is has this size and no margins.
    """

    width: float
    height: float
    texts: tuple[PlacedText, ...]
    strokes: tuple[Stroke, ...] = ()
    has_frame: bool = False


Block = (
    Head
    | Title
    | Address
    | Paragraph
    | Facts
    | Table
    | NumberedWords
    | Code
    | Signatures
    | RecipientsAndSigner
    | Sheet
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A paper: its blocks in order. Each paper begins a page, and has page numbers of its own.

    `form` is its number in our table of forms (F01 …); `of` whom or what it speaks of, where a
    file has several of one name. A form is reconstructed where the law shows none, or we have not
    seen the one it shows. `sizes` overrides those of the file. Its first page says in the upper
    margin to whom it may be shown (`circulation`, box 11), at its foot how the office is reached
    (`contact`, box 13).
    """

    form: str
    name: str
    blocks: tuple[Block, ...]
    of: str = ""
    is_reconstructed: bool = False
    is_landscape: bool = False
    sizes: SizeSet | None = None
    circulation: str = ""
    contact: tuple[str, ...] = ()

    @property
    def is_marked(self) -> bool:
        """Tell whether it has one of the boxes that most papers do without: 5b and 10b to 13."""
        return bool(self.circulation or self.contact) or any(
            (isinstance(one, Head) and (one.about or one.urgency))
            or (isinstance(one, RecipientsAndSigner) and one.drafter)
            for one in self.blocks
        )

    @property
    def sheet(self) -> Sheet | None:
        """Return the sheet that the page is, if it is one."""
        first = self.blocks[0] if self.blocks else None
        return first if isinstance(first, Sheet) else None

    @property
    def is_official(self) -> bool:
        """Tell whether it is a document that Decree 30 lays out: no certificate, no slip of the
        program with a code or words to be compared.
        """
        return not any(isinstance(one, Sheet | Code | NumberedWords) for one in self.blocks)

    @property
    def bookmark(self) -> str:
        """Return what the outline of a file calls it."""
        return f"{self.name}: {self.of}" if self.of else self.name


def fact_line(label: str, said: str) -> str:
    """Return a fact as a line of the text."""
    return joined("- ", label, ": ", said)


def head_groups(columns: tuple[Column, ...]) -> tuple[tuple[str, int], ...]:
    """Return the upper head of a table: names of groups with how many columns each is over."""
    found: list[tuple[str, int]] = []
    for column in columns:
        if found and column.group and found[-1][0] == column.group:
            found[-1] = (column.group, found[-1][1] + 1)
        else:
            found.append((column.group, 1))
    return tuple(found)


def keeps_next(rows: Sequence[Row], place: int) -> bool:
    """Tell whether a row is to stand on the page of the next: a heading, and what a total sums."""
    following = rows[place + 1 : place + 2]
    return rows[place].sort is RowSort.HEADING or any(
        one.sort is RowSort.TOTAL for one in following
    )


def widest(columns: tuple[Column, ...]) -> int:
    """Return which column is the widest, the first of several."""
    return max(range(len(columns)), key=lambda place: columns[place].width)
