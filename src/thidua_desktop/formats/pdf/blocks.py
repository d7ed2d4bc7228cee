"""The parts that papers share: the head in two columns, titles with rules, who signs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import Flowable, Paragraph, Spacer, Table, TableStyle

from thidua_desktop.domain.agencies import COMMITTEE
from thidua_desktop.domain.dates import in_words
from thidua_desktop.domain.dossiers import Letterhead, SignatureBlock
from thidua_desktop.formats.pdf import styles as layout
from thidua_desktop.formats.pdf.fonts import REGULAR
from thidua_desktop.formats.pdf.styles import Styles
from thidua_desktop.formats.pdf.texts import balanced, text, widest_line

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
_OPEN_NUMBER = "\u00a0" * 8
_OPEN_PLACE = "……………"
# A table sets its own font even for cells that print nothing.
CELL_FONT = ("FONTNAME", (0, 0), (-1, -1), REGULAR)
PADDING = 3.0
# The cells of a table with a grid.
CELLS: tuple[tuple[Any, ...], ...] = (
    CELL_FONT,
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), PADDING),
    ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
    ("TOPPADDING", (0, 0), (-1, -1), 2),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
)
BARE = TableStyle(
    [
        CELL_FONT,
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
)


class Rule(Flowable):
    """A rule under a line of text, in the middle of its column."""

    def __init__(self, length: float) -> None:
        super().__init__()
        self._length = length

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Take the whole width and a few points of height."""
        self.width, self.height = width, layout.RULE_HEIGHT
        return self.width, self.height

    def draw(self) -> None:
        """Draw the rule."""
        start = (self.width - self._length) / 2
        self.canv.setLineWidth(layout.RULE_WIDTH)
        self.canv.line(start, layout.RULE_ABOVE, start + self._length, layout.RULE_ABOVE)


_UNPARTED = (COMMITTEE.upper(), "HỘI ĐỒNG NHÂN DÂN", "THỊ TRẤN", "THỊ XÃ", "THÀNH PHỐ")


def head(said: Letterhead, styles: Styles) -> Table:
    """Return boxes 1 to 4: agency and motto, number and place."""
    left, right = layout.TEXT_WIDTH * layout.HEAD_LEFT, layout.TEXT_WIDTH * layout.HEAD_RIGHT
    number = f"Số: {said.number or _OPEN_NUMBER}/{said.symbol}" if said.symbol else ""
    place = f"{said.place or _OPEN_PLACE}, {in_words(said.date)}"
    rows: list[list[Any]] = [
        [_agency(said, styles, left - layout.HEAD_GAP), _motto(styles, right)],
        [Spacer(0, layout.HEAD_ROW_GAP), ""],
        [text(number, styles.number), text(place, styles.place)],
    ]
    return Table(rows, colWidths=[left, right], style=BARE, splitInRow=1)


def title(lines: Sequence[tuple[str, Any]]) -> list[Flowable]:
    """Return the title in the middle, with the short rule of Decree 30 under its last line."""
    shown: list[Flowable] = [Spacer(0, layout.ABOVE_TITLE)]
    said = [(words, style) for words, style in lines if words]
    shown += [balanced(words, style, layout.TEXT_WIDTH) for words, style in said]
    words, style = said[-1]
    length = widest_line(words, style, layout.TEXT_WIDTH)
    shown.append(Rule(length * layout.SHORT_RULE))
    return [*shown, Spacer(0, layout.UNDER_TITLE)]


def recipients_and_signer(
    block: SignatureBlock, styles: Styles, copies_to: Sequence[str]
) -> list[Flowable]:
    """Return who receives the letter at the left and who signs it at the right."""
    left: list[Flowable] = []
    if copies_to:
        left = [text("Nơi nhận:", styles.recipients_head)]
        left += [text(line, styles.recipients) for line in dashed(copies_to)]
    return [Spacer(0, layout.ABOVE_SIGNER), _two_columns(left, block, layout.SIGN_LEFT, styles)]


def signatures(
    pair: tuple[SignatureBlock, SignatureBlock], below: Sequence[SignatureBlock], styles: Styles
) -> list[Flowable]:
    """Return two signers side by side and the confirmations under them, in the middle."""
    left, right = pair
    half = layout.TEXT_WIDTH / 2
    shown: list[Flowable] = [
        Spacer(0, layout.ABOVE_SIGNER),
        _two_columns(_signer(left, styles, half), right, 0.5, styles),
    ]
    for one in below:
        shown += [
            Spacer(0, layout.ABOVE_SIGNER),
            *_signer(one, styles, layout.TEXT_WIDTH),
        ]
    return shown


def dashed(lines: Sequence[str]) -> list[str]:
    """Return a list as letters write it: `- …;`, the last one with a full stop."""
    return [f"- {line}" for line in ended(lines)]


def ended(lines: Sequence[str]) -> list[str]:
    """Return lines with `;` after each and a full stop after the last."""
    bare = [line.strip().lstrip("-").strip().rstrip(";.").strip() for line in lines]
    bare = [line for line in bare if line]
    return [f"{line}{'.' if n == len(bare) else ';'}" for n, line in enumerate(bare, start=1)]


def _agency(said: Letterhead, styles: Styles, width: float) -> list[Flowable]:
    if not said.agency:
        return []
    above = [balanced(_unparted(said.parent), styles.parent, width)] if said.parent else []
    agency = _unparted(said.agency)
    length = widest_line(agency, styles.agency, width)
    return [
        *above,
        balanced(agency, styles.agency, width),
        Rule(length * layout.SHORT_RULE),
    ]


def _unparted(agency: str) -> str:
    """Return a name in capitals that is parted only before its place."""
    for words in _UNPARTED:
        agency = agency.replace(words, words.replace(" ", "\u00a0"))
    return agency


def _motto(styles: Styles, width: float) -> list[Flowable]:
    return [
        text(STATE, styles.state),
        text(MOTTO, styles.motto),
        Rule(widest_line(MOTTO, styles.motto, width) * layout.FULL_RULE),
    ]


def _signer(block: SignatureBlock, styles: Styles, width: float) -> list[Paragraph | Spacer]:
    """Return power, position, room for the signature, and the name."""
    shown: list[Paragraph | Spacer] = [balanced(line, styles.signer, width) for line in block.lines]
    if block.remark:
        shown.append(balanced(block.remark, styles.sign_remark, width))
    shown.append(Spacer(0, layout.SIGNING_ROOM))
    if block.name:
        shown.append(balanced(block.name, styles.signer, width))
    return shown


def _two_columns(
    left: Sequence[Flowable], right: SignatureBlock, part: float, styles: Styles
) -> Table:
    widths = [layout.TEXT_WIDTH * part, layout.TEXT_WIDTH * (1 - part)]
    signer = _signer(right, styles, widths[1])
    return Table([[list(left) or "", signer]], colWidths=widths, style=BARE, splitInRow=1)
