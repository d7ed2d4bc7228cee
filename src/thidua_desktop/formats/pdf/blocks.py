"""The blocks of a page as they are drawn: head, title, addressees, facts, codes, who signs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib import colors
from reportlab.platypus import Flowable, Paragraph, Spacer, Table, TableStyle

from thidua_desktop.domain.pages import (
    ADDRESSED,
    MOTTO,
    RECIPIENTS,
    STATE,
    Address,
    Align,
    Code,
    Facts,
    Head,
    NumberedWords,
    RecipientsAndSigner,
    Role,
    SignatureBlock,
    Signatures,
    TableSize,
    Title,
    fact_line,
)
from thidua_desktop.formats import layout
from thidua_desktop.formats.pdf.fonts import text_width
from thidua_desktop.formats.pdf.styles import Styles
from thidua_desktop.formats.pdf.tables import BARE, CELL_FONT
from thidua_desktop.formats.pdf.texts import balanced, text, widest_line


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


def head(said: Head, styles: Styles) -> Table:
    """Return boxes 1 to 4: agency and motto, number and place."""
    left, right = styles.width * layout.HEAD_LEFT, styles.width * layout.HEAD_RIGHT
    rows: list[list[Any]] = [
        [_agency(said, styles, left - layout.HEAD_GAP), _motto(styles, right)],
        [Spacer(0, layout.HEAD_ROW_GAP), ""],
        [text(said.number, styles.number), text(said.place, styles.place)],
    ]
    return Table(rows, colWidths=[left, right], style=BARE, splitInRow=1)


def title(said: Title, styles: Styles) -> list[Flowable]:
    """Return the title in the middle, with the short rule of Decree 30 under its last line."""
    shown: list[Flowable] = [Spacer(0, layout.ABOVE_TITLE)]
    shown += [balanced(line.text, styles.titles[line.role], styles.width) for line in said.lines]
    last = said.lines[-1]
    rule = Rule(widest_line(last.text, styles.titles[last.role], styles.width) * layout.SHORT_RULE)
    rule.spaceAfter = layout.UNDER_TITLE
    return [*shown, rule]


def address(said: Address, styles: Styles) -> list[Flowable]:
    """Return box 9a: one addressee on the line of `Kính gửi:`, several in a list whose dashes
    stand under its colon.
    """
    under = Spacer(0, layout.UNDER_ADDRESS)
    if len(said.lines) == 1:
        return [balanced(f"{ADDRESSED} {said.lines[0]}", styles.centred, styles.width), under]
    indent = styles.width * layout.ADDRESS_INDENT
    label = text_width(ADDRESSED.rstrip(":"), styles.address.fontName, styles.address.fontSize)
    rows: list[list[Any]] = [["", text(ADDRESSED, styles.address), ""]]
    rows += [["", "", text(line, styles.address)] for line in said.lines]
    table = Table(
        rows,
        colWidths=[indent, label, styles.width - indent - label],
        style=[*BARE.getCommands(), ("SPAN", (1, 0), (2, 0))],
        splitInRow=1,
    )
    return [table, under]


def facts(said: Facts, styles: Styles) -> list[Flowable]:
    """Return lines of the text, or a table of labels and what is said to them."""
    if not said.in_table:
        return [text(fact_line(*line), styles.roles[Role.BODY]) for line in said.lines]
    cells = styles.cells[TableSize.NORMAL]
    rows = [
        [text(label, cells.plain[Align.LEFT]), text(words, cells.strong[Align.LEFT])]
        for label, words in said.lines
    ]
    labels = layout.FACT_LABELS
    return [
        Table(
            rows,
            colWidths=[styles.width * labels, styles.width * (1 - labels)],
            style=TableStyle(
                [
                    CELL_FONT,
                    ("GRID", (0, 0), (-1, -1), layout.GRID_WIDTH, colors.black),
                    ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ]
            ),
        )
    ]


def code(said: Code, styles: Styles) -> Table:
    """Return the words to be compared at the left, the QR code at the right."""
    cell = styles.cells[TableSize.NORMAL].plain[Align.LEFT]
    words: list[Any] = [text(said.label, cell), Spacer(0, 4), text(said.words, styles.check)]
    for gap, note in zip((6, *[4] * len(said.notes)), said.notes, strict=False):
        words += [Spacer(0, gap), text(note, cell)]
    size, right = layout.CODE_SIZE, layout.CODE_SIZE + layout.CODE_GAP
    drawing = Drawing(size, size)
    drawing.add(QrCodeWidget(said.signal, barWidth=size, barHeight=size, barLevel="M"))
    return Table(
        [[words, drawing]],
        colWidths=[styles.width - right, right],
        style=TableStyle([*BARE.getCommands(), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]),
        spaceBefore=2 * layout.SPACE_BETWEEN,
    )


def numbered_words(said: NumberedWords, styles: Styles) -> Table:
    """Return words with their numbers, to be read down the columns."""
    count = -(-len(said.words) // said.columns)
    number = styles.cells[TableSize.NORMAL].plain[Align.CENTRE]
    rows = [
        [
            cell
            for place in range(row, len(said.words), count)
            for cell in (text(str(place + 1), number), text(said.words[place], styles.check))
        ]
        for row in range(count)
    ]
    width = styles.width / said.columns - layout.WORD_NUMBER
    return Table(
        rows,
        colWidths=[layout.WORD_NUMBER, width] * said.columns,
        rowHeights=layout.WORD_ROW,
        style=TableStyle(
            [
                CELL_FONT,
                ("LEFTPADDING", (0, 0), (-1, -1), 2),
                ("RIGHTPADDING", (0, 0), (-1, -1), 2),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("BOX", (0, 0), (-1, -1), layout.GRID_WIDTH, colors.black),
                ("LINEBELOW", (0, 0), (-1, -2), layout.GRID_WIDTH, colors.grey),
                *(
                    ("LINEBEFORE", (2 * n, 0), (2 * n, -1), layout.GRID_WIDTH, colors.black)
                    for n in range(1, said.columns)
                ),
            ]
        ),
    )


def recipients_and_signer(said: RecipientsAndSigner, styles: Styles) -> list[Flowable]:
    """Return who receives the letter at the left and who signs it at the right."""
    left: list[Flowable] = []
    if said.recipients:
        left = [text(RECIPIENTS, styles.recipients_head)]
        left += [text(line, styles.recipients) for line in said.recipients]
    signer = _two_columns(left, said.signer, layout.SIGN_LEFT, styles)
    return [Spacer(0, layout.ABOVE_SIGNER), signer]


def signatures(said: Signatures, styles: Styles) -> list[Flowable]:
    """Return two signers side by side and the confirmations under them, in the middle."""
    left = _signer(said.left, styles, styles.width / 2)
    shown: list[Flowable] = [
        Spacer(0, layout.ABOVE_SIGNER),
        _two_columns(left, said.right, 0.5, styles),
    ]
    for one in said.below:
        shown += [Spacer(0, layout.ABOVE_SIGNER), *_signer(one, styles, styles.width)]
    return shown


def _agency(said: Head, styles: Styles, width: float) -> list[Flowable]:
    if not said.agency:
        return []
    above = [balanced(said.parent, styles.parent, width)] if said.parent else []
    length = widest_line(said.agency, styles.agency, width)
    return [
        *above,
        balanced(said.agency, styles.agency, width),
        Rule(length * layout.SHORT_RULE),
    ]


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
    widths = [styles.width * part, styles.width * (1 - part)]
    signer = _signer(right, styles, widths[1])
    return Table([[list(left) or "", signer]], colWidths=widths, style=BARE, splitInRow=1)
