"""The parts that papers share: the head in two columns, titles with rules, the signature block."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table, TableStyle

from thidua_desktop.domain.dates import in_words
from thidua_desktop.domain.dossiers import Letterhead, SignatureBlock
from thidua_desktop.formats.pdf import styles as layout
from thidua_desktop.formats.pdf.fonts import REGULAR, text_width
from thidua_desktop.formats.pdf.styles import Styles

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
# A table sets its own font even for cells that print nothing.
CELL_FONT = ("FONTNAME", (0, 0), (-1, -1), REGULAR)
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
        self.width, self.height = width, 4.0
        return self.width, self.height

    def draw(self) -> None:
        """Draw the rule."""
        start = (self.width - self._length) / 2
        self.canv.setLineWidth(layout.RULE_WIDTH)
        self.canv.line(start, 1.5, start + self._length, 1.5)


def text(words: str, style: ParagraphStyle) -> Paragraph:
    """Return a paragraph that prints these words literally.

    Raises ValueError for decomposed text: the library would set marks beside their letters.
    """
    if not unicodedata.is_normalized("NFC", words):
        raise ValueError(words)
    return Paragraph(escape(words).replace("\n", "<br/>"), style)


def rule_under(words: str, style: ParagraphStyle, part: float, *, most: float) -> Rule:
    """Return a rule as long as a part of the line above it."""
    width = min(text_width(words, style.fontName, style.fontSize), most)
    return Rule(width * part)


def head(said: Letterhead, styles: Styles) -> Table:
    """Return boxes 1 to 4: agency and motto, number and place."""
    left, right = layout.TEXT_WIDTH * layout.HEAD_LEFT, layout.TEXT_WIDTH * layout.HEAD_RIGHT
    agency: list[Flowable] = []
    if said.agency:
        agency = [text(said.parent, styles.parent)] if said.parent else []
        agency += [
            text(said.agency, styles.agency),
            rule_under(said.agency, styles.agency, layout.SHORT_RULE, most=left),
        ]
    motto = [
        text(STATE, styles.state),
        text(MOTTO, styles.motto),
        rule_under(MOTTO, styles.motto, layout.FULL_RULE, most=right),
    ]
    number = f"Số: {said.number or '        '}/{said.symbol}" if said.symbol else ""
    place = f"{said.place or '…………'}, {in_words(said.date)}"
    rows: list[list[Any]] = [
        [agency, motto],
        [Spacer(0, 4), Spacer(0, 4)],
        [text(number, styles.number), text(place, styles.place)],
    ]
    return Table(rows, colWidths=[left, right], style=BARE)


def title(lines: Sequence[tuple[str, ParagraphStyle]], *, ruled: bool) -> list[Flowable]:
    """Return the title in the middle, with the short rule of Decree 30 under its last line."""
    shown: list[Flowable] = [Spacer(0, 12)]
    shown += [text(words, style) for words, style in lines if words]
    if ruled:
        words, style = lines[-1]
        half = layout.TEXT_WIDTH * 0.8
        shown.append(rule_under(words, style, layout.SHORT_RULE, most=half))
    return [*shown, Spacer(0, 8)]


def signature(
    block: SignatureBlock, styles: Styles, copies_to: Sequence[str], *, last: Sequence[Flowable]
) -> KeepTogether:
    """Return recipients at the left and the signer at the right, with the text before them.

    `last` is the last of the text: it stays with the block, which is never alone on a page.
    """
    left: list[Flowable] = []
    if copies_to:
        left = [text("Nơi nhận:", styles.recipients_head)]
        left += [text(line, styles.recipients) for line in recipients(copies_to)]
    table = _two_columns(left, signer(block, styles), layout.SIGN_LEFT)
    return KeepTogether([*last, Spacer(0, 12), table])


def signatures(
    pair: tuple[SignatureBlock, SignatureBlock],
    below: Sequence[SignatureBlock],
    styles: Styles,
    *,
    last: Sequence[Flowable],
) -> KeepTogether:
    """Return two signers side by side and the confirmations under them, with the last text."""
    left, right = (signer(one, styles) for one in pair)
    block: list[Flowable] = [*last, Spacer(0, 12), _two_columns(left, right, 0.5)]
    for one in below:
        block += [Spacer(0, 12), *signer(one, styles)]
    return KeepTogether(block)


def signer(block: SignatureBlock, styles: Styles) -> list[Flowable]:
    """Return power, position, room for the signature, and the name."""
    shown: list[Flowable] = [text(line, styles.signer) for line in block.lines]
    if block.remark:
        shown.append(text(block.remark, styles.sign_remark))
    shown.append(Spacer(0, layout.SIGNING_ROOM))
    if block.name:
        shown.append(text(block.name, styles.signer))
    return shown


def recipients(lines: Sequence[str]) -> list[str]:
    """Return the list of recipients: `- …;`, the last one with a full stop."""
    bare = [line.strip().lstrip("-").strip().rstrip(";.").strip() for line in lines]
    bare = [line for line in bare if line]
    return [f"- {line}{'.' if n == len(bare) else ';'}" for n, line in enumerate(bare, start=1)]


def bases(lines: Sequence[str]) -> list[str]:
    """Return the legal bases: one a line, `;` after each and a full stop after the last."""
    bare = [line.strip().rstrip(";.").strip() for line in lines]
    bare = [line for line in bare if line]
    return [f"{line}{'.' if n == len(bare) else ';'}" for n, line in enumerate(bare, start=1)]


def _two_columns(left: list[Flowable], right: list[Flowable], part: float) -> Table:
    widths = [layout.TEXT_WIDTH * part, layout.TEXT_WIDTH * (1 - part)]
    return Table([[left or "", right]], colWidths=widths, style=BARE)
