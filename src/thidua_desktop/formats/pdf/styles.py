"""The numbers of the layout, in millimetres and points (Decree 30/2020/NĐ-CP, annex I)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from thidua_desktop.domain.pages import Align, Role, SizeSet, TableSize, TitleRole
from thidua_desktop.formats.pdf.fonts import BOLD, BOLD_ITALIC, ITALIC, REGULAR

PAGE_WIDTH, PAGE_HEIGHT = A4
TOP, BOTTOM, LEFT, RIGHT = 20 * mm, 20 * mm, 30 * mm, 15 * mm
HEAD_LEFT, HEAD_RIGHT = 0.42, 0.58  # the two columns of the head, box 2 and box 1
HEAD_GAP = 6 * mm  # of it half lies between the agency, which is centred, and the state's name
HEAD_ROW_GAP = 4.0
SIGN_LEFT = 0.45
ADDRESS_INDENT = 0.22  # where "Kính gửi:" begins over several addressees
FIRST_INDENT = 12.7 * mm
SPACE_BETWEEN = 6.0  # at least 6 pt between paragraphs
SIGNING_ROOM = 22 * mm
ABOVE_TITLE, UNDER_TITLE = 12.0, 8.0
UNDER_ADDRESS, ABOVE_SIGNER = 6.0, 12.0
SHORT_RULE, FULL_RULE = 0.4, 1.0  # of the line above: a third to a half, or the whole
PAGE_NUMBER_SIZE = 13
PAGE_NUMBER_HEIGHT = 0.65  # of the upper margin, down from the edge
RULE_WIDTH, RULE_HEIGHT, RULE_ABOVE = 0.7, 5.5, 1.5
GRID_WIDTH = 0.5
MOST_KEPT = PAGE_HEIGHT / 2  # a longer row of a table is parted where the page ends
LEADING = 1.22
PADDING, SMALL_PADDING = (3.0, 4.0), (2.5, 3.0)  # of a cell: at its sides, under its words
FACT_LABELS = 0.28  # of the width
CODE_SIZE, CODE_GAP = 34 * mm, 4 * mm
WORD_NUMBER, WORD_ROW = 10 * mm, 10 * mm


@dataclass(frozen=True, slots=True)
class Sizes:
    """One of the two sets of sizes that go together in a document."""

    motto_state: int
    motto: int
    place: int
    body: int


SIZES = {SizeSet.SMALL: Sizes(12, 13, 13, 13), SizeSet.LARGE: Sizes(13, 14, 14, 14)}
NUMBER_SIZE, RECIPIENTS_HEAD, RECIPIENTS, CELL, CHECK_SIZE = 13, 12, 11, 12, 20
ANNEX = 14
SMALL = 10  # tables of many columns


class Styles:
    """The paragraph styles of one paper, and how wide its text is."""

    def __init__(self, sizes: Sizes, *, is_landscape: bool = False) -> None:
        self.width = (PAGE_HEIGHT if is_landscape else PAGE_WIDTH) - LEFT - RIGHT
        body = sizes.body
        self.state = _style(BOLD, sizes.motto_state, TA_CENTER)
        self.motto = _style(BOLD, sizes.motto, TA_CENTER)
        self.parent = _style(REGULAR, sizes.motto_state, TA_CENTER)
        self.agency = _style(BOLD, sizes.motto_state, TA_CENTER)
        self.number = _style(REGULAR, NUMBER_SIZE, TA_CENTER)
        self.place = _style(ITALIC, sizes.place, TA_CENTER)
        self.titles = {
            TitleRole.ANNEX: _style(BOLD, ANNEX, TA_CENTER),
            TitleRole.NAME: _style(BOLD, body, TA_CENTER),
            TitleRole.REMARK: _style(ITALIC, body, TA_CENTER),
        }
        self.centred = _style(REGULAR, body, TA_CENTER)
        self.address = _style(REGULAR, body, TA_LEFT)
        basis, words = _text_style(ITALIC, body), _text_style(REGULAR, body)
        self.roles = {
            Role.BODY: words,
            Role.BASIS: basis,
            Role.ENCLOSURE: basis,
            Role.CHAPTER: _style(BOLD, body, TA_CENTER, before=SPACE_BETWEEN),
            Role.HEADING: _text_style(BOLD, body),
            Role.CRITERION: _text_style(BOLD_ITALIC, body),
            Role.SUBJECT: _style(BOLD, body, TA_CENTER),
            Role.PLAIN: self.address,
            Role.NOTE: _style(REGULAR, CELL, TA_LEFT, before=2 * SPACE_BETWEEN),
            Role.CHECK: _style(BOLD, CHECK_SIZE, TA_LEFT, before=4, after=2 * SPACE_BETWEEN),
        }
        self.signer = _style(BOLD, body, TA_CENTER)
        self.sign_remark = _style(ITALIC, body, TA_CENTER)
        self.recipients_head = _style(BOLD_ITALIC, RECIPIENTS_HEAD, TA_LEFT)
        self.recipients = _style(REGULAR, RECIPIENTS, TA_LEFT)
        self.check = _style(BOLD, CHECK_SIZE, TA_LEFT)
        self.closing = _text_style(REGULAR, body)
        self.cells = {
            TableSize.NORMAL: CellStyles(CELL, PADDING),
            TableSize.SMALL: CellStyles(SMALL, SMALL_PADDING),
        }


class CellStyles:
    """The paragraph styles of one size of tables."""

    def __init__(self, size: int, padding: tuple[float, float]) -> None:
        self.padding, self.under = padding
        self.plain = {align: _style(REGULAR, size, where) for align, where in _ALIGNED.items()}
        self.strong = {align: _style(BOLD, size, where) for align, where in _ALIGNED.items()}
        self.below = _style(ITALIC, size, TA_LEFT)


_ALIGNED: dict[Align, Literal[0, 1, 2, 4]] = {
    Align.LEFT: TA_LEFT,
    Align.CENTRE: TA_CENTER,
    Align.RIGHT: TA_RIGHT,
}


def _text_style(font: str, size: int) -> ParagraphStyle:
    """Return the style of the text: indented, justified, apart from what is above."""
    return _style(font, size, TA_JUSTIFY, before=SPACE_BETWEEN, firstLineIndent=FIRST_INDENT)


def _style(
    font: str,
    size: int,
    alignment: Literal[0, 1, 2, 4],
    *,
    before: float = 0,
    after: float = 0,
    firstLineIndent: float = 0,  # noqa: N803 - the library's name
) -> ParagraphStyle:
    return ParagraphStyle(
        name=f"{font}-{size}-{alignment}-{before}-{after}-{firstLineIndent}",
        fontName=font,
        fontSize=size,
        leading=size * LEADING,
        alignment=alignment,
        firstLineIndent=firstLineIndent,
        spaceBefore=before,
        spaceAfter=after,
        allowWidows=0,
        allowOrphans=0,
        splitLongWords=1,
    )
