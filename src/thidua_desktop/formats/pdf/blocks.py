"""The blocks of a page as they are drawn: head, title, addressees, facts, codes, who signs."""

from __future__ import annotations

from collections.abc import Sequence

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
from thidua_desktop.formats.pdf.marks import Stamp
from thidua_desktop.formats.pdf.pen import Pen
from thidua_desktop.formats.pdf.pieces import ENDLESS, Columns, Gap, Piece, Rule, Stack, Words
from thidua_desktop.formats.pdf.styles import Styles
from thidua_desktop.formats.pdf.tables import fact_table
from thidua_desktop.formats.pdf.texts import balanced, text, widest_line
from thidua_desktop.formats.terms import unparted


def head(said: Head, styles: Styles) -> list[Piece]:
    """Return boxes 1 to 4: agency and motto, number and place; 5b and 10b where it has them."""
    left, right = styles.width * layout.HEAD_LEFT, styles.width * layout.HEAD_RIGHT
    agency = _agency(said, styles, left, left - layout.HEAD_GAP)
    number: list[Piece] = [text(said.number, styles.number, left)]
    if said.about:
        width = styles.width * layout.ABOUT
        number += [
            Gap(layout.ABOVE_ABOUT),
            balanced(said.about, styles.about, width, column=left),
        ]
    place = text(said.place, styles.place, right)
    return [
        Columns((0.0, Stack(agency)), (left, Stack(_motto(styles, right)))),
        Gap(layout.HEAD_ROW_GAP),
        Columns((0.0, Stack(number)), (left, place)),
        *([Stamp(said.urgency, styles)] if said.urgency else []),
        *([Gap(layout.ABOVE_TITLE)] if said.about else []),  # no title has it
    ]


def title(said: Title, styles: Styles) -> list[Piece]:
    """Return the title in the middle, with the short rule of Decree 30 under its last line."""
    shown: list[Piece] = [Gap(layout.ABOVE_TITLE)]
    lines = [(unparted(line.text), styles.titles[line.role]) for line in said.lines]
    shown += [balanced(words, style, styles.width) for words, style in lines]
    length = widest_line(*lines[-1], styles.width) * layout.SHORT_RULE
    return [*shown, Rule(length, styles.width, after=layout.UNDER_TITLE)]


def address(said: Address, styles: Styles) -> list[Piece]:
    """Return box 9a: one addressee on the line of `Kính gửi:`, several in a list whose dashes
    stand under its colon.
    """
    under = Gap(layout.UNDER_ADDRESS)
    if len(said.lines) == 1:
        return [balanced(f"{ADDRESSED} {said.lines[0]}", styles.centred, styles.width), under]
    indent = styles.width * layout.ADDRESS_INDENT
    label = text_width(ADDRESSED.rstrip(":"), styles.address.fontName, styles.address.fontSize)
    left, style = indent + label, styles.address
    return [
        text(ADDRESSED, style, styles.width - indent, left=indent),
        *(text(line, style, styles.width - left, left=left) for line in said.lines),
        under,
    ]


def facts(said: Facts, styles: Styles) -> list[Piece]:
    """Return lines of the text, or a table of labels and what is said to them."""
    if said.in_table:
        return [fact_table(said.lines, styles)]
    style = styles.roles[Role.BODY]
    return [text(fact_line(*line), style, styles.width) for line in said.lines]


def code(said: Code, styles: Styles) -> Piece:
    """Return the words to be compared at the left, the QR code at the right."""
    cell = styles.cells[TableSize.NORMAL].plain[Align.LEFT]
    width = styles.width - layout.CODE_SIZE - layout.CODE_GAP
    words: list[Piece] = [
        text(said.label, cell, width),
        Gap(4),
        text(said.words, styles.check, width),
    ]
    for gap, note in zip((6, *[4] * len(said.notes)), said.notes, strict=False):
        words += [Gap(gap), text(note, cell, width)]
    return _CodeAndWords(said.signal, Stack(words), width + layout.CODE_GAP)


class _CodeAndWords(Piece):
    """Words and a QR code, in the middle of one another."""

    before = 2 * layout.SPACE_BETWEEN

    def __init__(self, signal: str, words: Stack, left: float) -> None:
        self._signal, self._words, self._left = signal, words, left
        self._words_height = words.height_in(ENDLESS)
        self._height = max(self._words_height, layout.CODE_SIZE)

    def height_in(self, _room: float) -> float:
        return self._height

    def draw(self, pen: Pen, left: float, top: float) -> None:
        self._words.draw(pen, left, top - (self._height - self._words_height) / 2)
        # It loads all of the library's layout: most papers have no code.
        from reportlab.graphics.barcode.qr import QrCodeWidget  # noqa: PLC0415
        from reportlab.graphics.shapes import Drawing  # noqa: PLC0415

        size = layout.CODE_SIZE
        drawing = Drawing(size, size)
        drawing.add(QrCodeWidget(self._signal, barWidth=size, barHeight=size, barLevel="M"))
        drawing.drawOn(pen.canvas, left + self._left, top - (self._height + size) / 2)


def numbered_words(said: NumberedWords, styles: Styles) -> list[Piece]:
    """Return words with their numbers, to be read down the columns."""
    count = -(-len(said.words) // said.columns)
    rows = [range(row, len(said.words), count) for row in range(count)]
    return [
        _WordRow(
            {place: said.words[place] for place in row},
            said.columns,
            styles,
            is_last=row is rows[-1],
        )
        for row in rows
    ]


class _WordRow(Piece):
    """A row of words, each after its number."""

    def __init__(
        self, words: dict[int, str], columns: int, styles: Styles, *, is_last: bool
    ) -> None:
        self._words, self._columns, self._styles, self._is_last = words, columns, styles, is_last

    def height_in(self, _room: float) -> float:
        return layout.WORD_ROW

    def draw(self, pen: Pen, left: float, top: float) -> None:
        styles, height, number = self._styles, layout.WORD_ROW, layout.WORD_NUMBER
        width, inside = styles.width / self._columns, 2.0
        numbers = styles.cells[TableSize.NORMAL].plain[Align.CENTRE]
        for column, (place, word) in enumerate(self._words.items()):
            start = left + column * width
            for words, style, at, room in (
                (str(place + 1), numbers, 0.0, number),
                (word, styles.check, number, width - number),
            ):
                piece = text(words, style, room - 2 * inside)
                piece.draw(pen, start + at + inside, top - (height - piece.height) / 2)
        ends = [(left + n * width, top) for n in range(self._columns + 1)]
        for x, y in ends:
            pen.rule((x, y), (x, y - height), layout.GRID_WIDTH)
        if 0 in self._words:
            pen.rule(ends[0], ends[-1], layout.GRID_WIDTH)
        grey = 0.0 if self._is_last else 0.5
        under = top - height
        pen.rule((left, under), (left + styles.width, under), layout.GRID_WIDTH, f"{grey:g} G")


def recipients_and_signer(said: RecipientsAndSigner, styles: Styles) -> list[Piece]:
    """Return who receives the letter at the left and who signs it at the right."""
    width = styles.width * layout.SIGN_LEFT
    left: list[Words] = []
    if said.recipients:
        left = [text(RECIPIENTS, styles.recipients_head, width)]
        left += [text(line, styles.recipients, width) for line in said.recipients]
    if said.drafter:  # in the lower right corner of the recipients
        corner = max((line.width for words in left for line in words.lines), default=0.0)
        own = text(said.drafter, styles.drafter, width)
        least = max(line.width for line in own.lines)
        left.append(text(said.drafter, styles.drafter, max(corner, least)))
    right = _signer(said.signer, styles, styles.width - width)
    return [Gap(layout.ABOVE_SIGNER), Columns((0.0, Stack(left)), (width, Stack(right)))]


def signatures(said: Signatures, styles: Styles) -> list[Piece]:
    """Return two signers side by side and the confirmations under them, in the middle."""
    half = styles.width / 2
    sides = [Stack(_signer(one, styles, half)) for one in (said.left, said.right)]
    shown: list[Piece] = [Gap(layout.ABOVE_SIGNER), Columns((0.0, sides[0]), (half, sides[1]))]
    for one in said.below:
        shown += [Gap(layout.ABOVE_SIGNER), *_signer(one, styles, styles.width)]
    return shown


def _agency(said: Head, styles: Styles, column: float, width: float) -> list[Piece]:
    """Return the agency in the middle of its column, no wider than that."""
    if not said.agency:
        return []
    length = widest_line(said.agency, styles.agency, width) * layout.SHORT_RULE
    names = [(said.parent, styles.parent)] if said.parent else []
    names.append((said.agency, styles.agency))
    shown = [balanced(name, style, width, column=column) for name, style in names]
    return [*shown, Rule(length, column)]


def _motto(styles: Styles, width: float) -> list[Piece]:
    length = widest_line(MOTTO, styles.motto, width) * layout.FULL_RULE
    return [
        text(STATE, styles.state, width),
        text(MOTTO, styles.motto, width),
        Rule(length, width),
    ]


def _signer(block: SignatureBlock, styles: Styles, width: float) -> Sequence[Piece]:
    """Return power, position, room for the signature, and the name."""
    shown: list[Piece] = [balanced(line, styles.signer, width) for line in block.lines]
    if block.remark:
        shown.append(balanced(block.remark, styles.sign_remark, width))
    shown.append(Gap(layout.SIGNING_ROOM))
    if block.name:
        shown.append(balanced(block.name, styles.signer, width))
    return shown
