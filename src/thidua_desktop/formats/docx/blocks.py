"""The blocks of a page as Word has them: head, title, addressees, facts, codes, who signs."""

from __future__ import annotations

from docx.parts.story import StoryPart
from docx.shared import Pt

from thidua_desktop.domain.marks import Urgency
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
    TitleRole,
    fact_line,
)
from thidua_desktop.domain.told import joined
from thidua_desktop.formats import layout
from thidua_desktop.formats.docx.codes import qr_png
from thidua_desktop.formats.docx.elements import Element, element, paragraph, twips
from thidua_desktop.formats.docx.styles import Style, Styles
from thidua_desktop.formats.docx.tables import (
    GRID,
    SLACK,
    balanced,
    cell,
    frame,
    line,
    row,
    side_by_side,
)
from thidua_desktop.formats.pdf.fonts import text_width
from thidua_desktop.formats.pdf.lines import fit
from thidua_desktop.formats.terms import unparted


class Blocks:
    """Draws blocks in the styles of a paper, so wide; pictures are kept in `part`."""

    def __init__(self, styles: Styles, width: float, part: StoryPart) -> None:
        self._styles, self._width, self._part = styles, width, part

    def head(self, said: Head) -> list[Element]:
        """Return boxes 1 to 4: agency and motto, number and place; 5b and 10b where it has them."""
        widths = [self._width * layout.HEAD_LEFT, self._width * layout.HEAD_RIGHT]
        styles, right = self._styles, widths[1]
        motto = [
            paragraph(styles.state.key, STATE),
            paragraph(styles.motto.key, MOTTO),
            self._rule(styles.motto, MOTTO, right, right, layout.FULL_RULE),
        ]
        number = [paragraph(styles.number.key, said.number, before=layout.HEAD_ROW_GAP)]
        place = [paragraph(styles.place.key, said.place, before=layout.HEAD_ROW_GAP)]
        if said.about:
            wide = self._width * layout.ABOUT
            gap, above = widths[0] - wide, layout.ABOVE_ABOUT
            number.append(balanced(styles.about, said.about, widths[0], gap=gap, before=above))
        upper = row([cell(self._agency(said, widths[0]), widths[0]), cell(motto, right)])
        rows = [upper, row([cell(number, widths[0]), cell(place, right)])]
        if said.urgency:
            blank = cell([paragraph(styles.gap.key)], right)
            rows.append(row([cell([self._stamp(said.urgency, widths[0])], widths[0]), blank]))
        shown = [frame(widths, rows)]
        return [*shown, self._gap(layout.ABOVE_TITLE)] if said.about else shown  # no title has it

    def title(self, said: Title) -> list[Element]:
        """Return the title in the middle, with the short rule under its last line."""
        shown: list[Element] = []
        names = 0
        style = self._styles.abstract
        for one in said.lines:
            style = self._styles.titles[one.role]
            if one.role is TitleRole.NAME:
                style = self._styles.abstract if names else style
                names += 1
            before = None if shown else layout.ABOVE_TITLE
            shown.append(balanced(style, unparted(one.text), self._width, before=before))
        last = unparted(said.lines[-1].text)
        rule = self._rule(style, last, self._width, self._width, layout.SHORT_RULE)
        return [*shown, rule, self._gap(layout.UNDER_TITLE)]

    def address(self, said: Address) -> list[Element]:
        """Return box 9a: one addressee on its line, several with their dashes under the colon."""
        styles = self._styles
        if len(said.lines) == 1:
            one = balanced(styles.addressed, joined(ADDRESSED, " ", said.lines[0]), self._width)
            return [one, self._gap(layout.UNDER_ADDRESS)]
        indent = self._width * layout.ADDRESS_INDENT
        style = styles.addressees
        under = indent + text_width(ADDRESSED.rstrip(":"), style.font, style.size)
        lines = [paragraph(style.key, one, left=under) for one in said.lines]
        first = paragraph(style.key, ADDRESSED, left=indent, keep=True)
        return [first, *lines, self._gap(layout.UNDER_ADDRESS)]

    def facts(self, said: Facts) -> list[Element]:
        """Return lines of the text, or a table of labels and what is said to them."""
        if not said.in_table:
            body = self._styles.roles[Role.BODY].key
            return [paragraph(body, fact_line(*one)) for one in said.lines]
        cells = self._styles.cells[TableSize.NORMAL]
        widths = [
            self._width * layout.FACT_LABELS,
            self._width * (1 - layout.FACT_LABELS),
        ]
        plain, strong = cells.plain[Align.LEFT].key, cells.strong[Align.LEFT].key
        rows = [
            row(
                [
                    cell([paragraph(plain, label)], widths[0]),
                    cell([paragraph(strong, words)], widths[1]),
                ]
            )
            for label, words in said.lines
        ]
        return [frame(widths, rows, sides=GRID, padding=(6, 3, 3))]

    def code(self, said: Code) -> list[Element]:
        """Return the words to be compared at the left, the QR code at the right."""
        note = self._styles.cells[TableSize.NORMAL].plain[Align.LEFT].key
        check = self._styles.roles[Role.CHECK].key
        words = [
            paragraph(note, said.label),
            paragraph(check, said.words),
            *(paragraph(note, one, before=4) for one in said.notes),
        ]
        inline = self._part.new_pic_inline(
            qr_png(said.signal), width=Pt(layout.CODE_SIZE), height=Pt(layout.CODE_SIZE)
        )
        inline.docPr.set("descr", "Mã QR của từ đối chiếu")
        picture = paragraph(self._styles.number.key)
        picture.append(element("r", element("drawing", inline)))
        right = layout.CODE_SIZE + layout.CODE_GAP
        widths = [self._width - right, right]
        both = [cell(words, widths[0], middle=True), cell([picture], right, middle=True)]
        return [self._gap(2 * layout.SPACE_BETWEEN), frame(widths, [row(both)])]

    def numbered_words(self, said: NumberedWords) -> Element:
        """Return words with their numbers, to be read down the columns."""
        count = -(-len(said.words) // said.columns)
        number = self._styles.cells[TableSize.NORMAL].plain[Align.CENTRE].key
        check = self._styles.roles[Role.CHECK].key
        width = self._width / said.columns - layout.WORD_NUMBER
        rows = []
        for start in range(count):
            cells: list[Element] = []
            for place in range(start, len(said.words), count):
                side = line("left") if place >= count else None
                cells += [
                    cell(
                        [paragraph(number, str(place + 1))],
                        layout.WORD_NUMBER,
                        middle=True,
                        sides=None if side is None else element("tcBorders", side),
                    ),
                    cell([paragraph(check, said.words[place], before=0)], width, middle=True),
                ]
            rows.append(row(cells, height=layout.WORD_ROW))
        sides = ("top", "left", "bottom", "right", "insideH")
        widths = [layout.WORD_NUMBER, width] * said.columns
        return frame(widths, rows, sides=sides, padding=(2, 0, 0))

    def recipients_and_signer(self, said: RecipientsAndSigner) -> list[Element]:
        """Return who receives the letter at the left and who signs it at the right."""
        styles = self._styles
        left: list[Element] = []
        if said.recipients:
            left = [paragraph(styles.recipients_head.key, RECIPIENTS)]
            left += [paragraph(styles.recipients.key, one) for one in said.recipients]
        if said.drafter:
            left.append(self._drafter(said))
        return self._two_columns(left, said.signer, layout.SIGN_LEFT, keep=False)

    def signatures(self, said: Signatures) -> list[Element]:
        """Return two signers side by side and the confirmations under them, in the middle."""
        more = bool(said.below)
        left = self._signer(said.left, self._width / 2, keep=more)
        shown = self._two_columns(left, said.right, 0.5, keep=more)
        for place, one in enumerate(said.below, start=1):
            shown.append(self._gap(layout.ABOVE_SIGNER, keep=True))
            shown += self._signer(one, self._width, keep=place < len(said.below))
        return shown

    def _stamp(self, urgency: Urgency, width: float) -> Element:
        """Return how urgent it is, in a frame of its own size, so far from the edge of the
        cell that nothing of its line is cut off there.
        """
        style, left = self._styles.stamp, layout.FRAME_WIDTH
        free, above = width - left - urgency.width * layout.MM, layout.ABOVE_STAMP
        return paragraph(style.key, urgency.stamp, left=left, right=free, before=above)

    def _drafter(self, said: RecipientsAndSigner) -> Element:
        """Return who drew it up, in the lower right corner of the recipients."""
        style, lines = self._styles.drafter, (*said.recipients, said.drafter)
        corner = max(text_width(one, style.font, style.size) for one in lines) + SLACK
        free = max(self._width * layout.SIGN_LEFT - corner, 0)
        return paragraph(style.key, said.drafter, right=free)

    def _agency(self, said: Head, width: float) -> list[Element]:
        style, inside = self._styles.agency, width - layout.HEAD_GAP
        if not said.agency:
            return [paragraph(style.key)]
        above = self._styles.parent
        shown = [balanced(above, said.parent, width, gap=layout.HEAD_GAP)] if said.parent else []
        rule = self._rule(style, said.agency, inside, width, layout.SHORT_RULE)
        return [*shown, balanced(style, said.agency, width, gap=layout.HEAD_GAP), rule]

    def _rule(self, style: Style, words: str, inside: float, width: float, part: float) -> Element:
        """Return a rule under words that are balanced so wide, in the middle of the column."""
        length = fit(words, style.font, style.size, inside)[1] * part
        room = twips((width - length) / 2)
        return element(
            "p",
            element(
                "pPr",
                element("pStyle", val=self._styles.rule.key),
                element("pBdr", line("top", layout.RULE_WIDTH)),
                element("spacing", before=twips(layout.RULE_HEIGHT - layout.RULE_ABOVE)),
                element("ind", left=room, right=room),
            ),
        )

    def _gap(self, points: float, *, keep: bool = False) -> Element:
        """Return room: between two tables, which would be one without it, or for a pen."""
        return paragraph(self._styles.gap.key, keep=keep, before=points - 1)

    def _signer(self, block: SignatureBlock, width: float, *, keep: bool) -> list[Element]:
        """Return power, position, room for the signature, and the name."""
        styles = self._styles
        shown = [balanced(styles.signer, one, width, keep=True) for one in block.lines]
        if block.remark:
            shown.append(balanced(styles.sign_remark, block.remark, width, keep=True))
        if block.name:
            shown.append(balanced(styles.signed, block.name, width, keep=keep))
        else:
            shown.append(self._gap(layout.SIGNING_ROOM, keep=keep))
        return shown

    def _two_columns(
        self, left: list[Element], right: SignatureBlock, part: float, *, keep: bool
    ) -> list[Element]:
        widths = [self._width * part, self._width * (1 - part)]
        signer = self._signer(right, widths[1], keep=keep)
        blank = [paragraph(self._styles.recipients.key)]
        both = side_by_side([left or blank, signer], widths)
        return [self._gap(layout.ABOVE_SIGNER, keep=True), both]
