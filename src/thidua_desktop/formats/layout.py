"""The numbers of the layout, in points (Decree 30/2020/NĐ-CP, annex I), for every format."""

from __future__ import annotations

from dataclasses import dataclass

from thidua_desktop.domain.pages import SizeSet

MM = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 210 * MM, 297 * MM
TOP, BOTTOM, LEFT, RIGHT = 20 * MM, 20 * MM, 30 * MM, 15 * MM
HEAD_LEFT, HEAD_RIGHT = 0.42, 0.58  # the two columns of the head, box 2 and box 1
HEAD_GAP = 6 * MM  # of it half lies between the agency, which is centred, and the state's name
HEAD_ROW_GAP = 12.0
SIGN_LEFT = 0.45
ADDRESS_INDENT = 0.22  # where "Kính gửi:" begins over several addressees
FIRST_INDENT = 12.7 * MM
SPACE_BETWEEN = 6.0  # at least 6 pt between paragraphs
SIGNING_ROOM = 22 * MM
ABOVE_TITLE, UNDER_TITLE = 12.0, 8.0
UNDER_ADDRESS, ABOVE_SIGNER = 6.0, 12.0
SHORT_RULE, FULL_RULE = 0.4, 1.0  # of the line above: a third to a half, or the whole
PAGE_NUMBER_SIZE = 13
PAGE_NUMBER_HEIGHT = 0.65  # of the upper margin, down from the edge
RULE_WIDTH, RULE_HEIGHT, RULE_ABOVE = 0.7, 5.5, 1.5
GRID_WIDTH = 0.5
MOST_KEPT = PAGE_HEIGHT / 2  # a longer row of a table is parted where the page ends
LEADING = 1.22
GIVEN_UP = 0.05  # of each blank, where the next word then stands in a justified line
PADDING, SMALL_PADDING = (3.0, 4.0), (2.5, 3.0)  # of a cell: at its sides, under its words
FACT_LABELS = 0.28  # of the width
CODE_SIZE, CODE_GAP = 34 * MM, 4 * MM
WORD_NUMBER, WORD_ROW = 10 * MM, 10 * MM
ABOUT = 0.29  # of the width, box 5b, and how far it is under the number
ABOVE_ABOUT, ABOVE_STAMP, ABOVE_CONTACT = 6.0, 6.0, 6.0
FRAME_WIDTH, FRAME_PADDING = 1.0, 1.25 * MM
# Box 11 in the upper margin: from where to where of the width, how far down it ends, its room.
CIRCULATION_LEFT, CIRCULATION_RIGHT = 0.57, 0.85
CIRCULATION_FOOT, CIRCULATION_ROOM = 18 * MM, 11.2 * MM


@dataclass(frozen=True, slots=True)
class Sizes:
    """One of the two sets of sizes that go together in a document."""

    motto_state: int
    motto: int
    place: int
    body: int


SIZES = {SizeSet.SMALL: Sizes(12, 13, 13, 13), SizeSet.LARGE: Sizes(13, 14, 14, 14)}
MARK_SIZE, CONTACT_SIZE = 13, 11
CAPITALS = 0.66  # of the size: how high capitals are without their marks
NUMBER_SIZE, RECIPIENTS_HEAD, RECIPIENTS, CELL, CHECK_SIZE = 13, 12, 11, 12, 20
ANNEX = 14
SMALL = 10  # tables of many columns
# What files say of themselves that hold nothing of what Decree 30 lays out.
UNOFFICIAL = "không phải văn bản hành chính"
