"""The numbers of the layout, in millimetres and points (Decree 30/2020/NĐ-CP, annex I)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from thidua_desktop.domain.dossiers import SizeSet
from thidua_desktop.formats.pdf.fonts import BOLD, BOLD_ITALIC, ITALIC, REGULAR

PAGE_WIDTH, PAGE_HEIGHT = A4
TOP, BOTTOM, LEFT, RIGHT = 20 * mm, 20 * mm, 30 * mm, 15 * mm
TEXT_WIDTH = PAGE_WIDTH - LEFT - RIGHT
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
MOST_KEPT = PAGE_HEIGHT / 2  # a longer row of a list is parted where the page ends
LEADING = 1.22


@dataclass(frozen=True, slots=True)
class Sizes:
    """One of the two sets of sizes that go together in a document."""

    motto_state: int
    motto: int
    place: int
    body: int


SIZES = {SizeSet.SMALL: Sizes(12, 13, 13, 13), SizeSet.LARGE: Sizes(13, 14, 14, 14)}
NUMBER_SIZE, RECIPIENTS_HEAD, RECIPIENTS, CELL, CHECK_SIZE = 13, 12, 11, 12, 20
SMALL = 10  # tables of many columns


class Styles:
    """The paragraph styles of one document."""

    def __init__(self, sizes: Sizes) -> None:
        body = sizes.body
        self.state = _style(BOLD, sizes.motto_state, TA_CENTER)
        self.motto = _style(BOLD, sizes.motto, TA_CENTER)
        self.parent = _style(REGULAR, sizes.motto_state, TA_CENTER)
        self.agency = _style(BOLD, sizes.motto_state, TA_CENTER)
        self.number = _style(REGULAR, NUMBER_SIZE, TA_CENTER)
        self.place = _style(ITALIC, sizes.place, TA_CENTER)
        self.title = _style(BOLD, body, TA_CENTER)
        self.remark = _style(ITALIC, body, TA_CENTER)
        self.centred = _style(REGULAR, body, TA_CENTER)
        self.address = _style(REGULAR, body, TA_LEFT)
        self.basis = _style(ITALIC, body, TA_JUSTIFY, firstLineIndent=FIRST_INDENT, space=True)
        self.body = _style(REGULAR, body, TA_JUSTIFY, firstLineIndent=FIRST_INDENT, space=True)
        self.enclosure = self.basis
        self.heading = _style(BOLD, body, TA_JUSTIFY, firstLineIndent=FIRST_INDENT, space=True)
        self.criterion = _style(
            BOLD_ITALIC, body, TA_JUSTIFY, firstLineIndent=FIRST_INDENT, space=True
        )
        self.subject = _style(BOLD, body, TA_CENTER)
        self.signer = _style(BOLD, body, TA_CENTER)
        self.sign_remark = _style(ITALIC, body, TA_CENTER)
        self.recipients_head = _style(BOLD_ITALIC, RECIPIENTS_HEAD, TA_LEFT)
        self.recipients = _style(REGULAR, RECIPIENTS, TA_LEFT)
        self.cell = _style(REGULAR, CELL, TA_LEFT)
        self.cell_centre = _style(REGULAR, CELL, TA_CENTER)
        self.cell_head = _style(BOLD, CELL, TA_CENTER)
        self.check = _style(BOLD, CHECK_SIZE, TA_LEFT)
        self.cell_group = _style(BOLD, CELL, TA_LEFT)
        self.small = _style(REGULAR, SMALL, TA_LEFT)
        self.small_centre = _style(REGULAR, SMALL, TA_CENTER)
        self.small_head = _style(BOLD, SMALL, TA_CENTER)
        self.small_group = _style(BOLD, SMALL, TA_LEFT)
        self.small_italic = _style(ITALIC, SMALL, TA_LEFT)


def _style(
    font: str,
    size: int,
    alignment: Literal[0, 1, 2, 4],
    *,
    space: bool = False,
    firstLineIndent: float = 0,  # noqa: N803 - the library's name
) -> ParagraphStyle:
    return ParagraphStyle(
        name=f"{font}-{size}-{alignment}-{space}-{firstLineIndent}",
        fontName=font,
        fontSize=size,
        leading=size * LEADING,
        alignment=alignment,
        firstLineIndent=firstLineIndent,
        spaceBefore=SPACE_BETWEEN if space else 0,
        allowWidows=0,
        allowOrphans=0,
        splitLongWords=1,
    )
