"""The paragraph styles of a paper, from the numbers of the layout."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal

from reportlab.lib.colors import red
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle

from thidua_desktop.domain.pages import Align, Role, TableSize, TitleRole
from thidua_desktop.formats import layout
from thidua_desktop.formats.pdf.fonts import BOLD, BOLD_ITALIC, BOLD_OF, ITALIC, REGULAR


class Styles:
    """The paragraph styles of one paper, and how wide and high its text is."""

    def __init__(self, sizes: layout.Sizes, *, is_landscape: bool = False) -> None:
        size = (layout.PAGE_WIDTH, layout.PAGE_HEIGHT)
        width, height = size[::-1] if is_landscape else size
        self.width = width - layout.LEFT - layout.RIGHT
        self.height = height - layout.TOP - layout.BOTTOM
        body = sizes.body
        self.state = _style(BOLD, sizes.motto_state, TA_CENTER)
        self.motto = _style(BOLD, sizes.motto, TA_CENTER)
        self.parent = _style(REGULAR, sizes.motto_state, TA_CENTER)
        self.agency = _style(BOLD, sizes.motto_state, TA_CENTER)
        self.number = _style(REGULAR, layout.NUMBER_SIZE, TA_CENTER)
        self.place = _style(ITALIC, sizes.place, TA_CENTER)
        self.titles = {
            TitleRole.ANNEX: _style(BOLD, layout.ANNEX, TA_CENTER),
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
            Role.CHAPTER: _style(BOLD, body, TA_CENTER, before=layout.SPACE_BETWEEN),
            Role.HEADING: _text_style(BOLD, body),
            Role.CRITERION: _text_style(BOLD_ITALIC, body),
            Role.LABEL: words,
            Role.SUBJECT: _style(BOLD, body, TA_CENTER),
            Role.NOTE: _style(REGULAR, layout.CELL, TA_LEFT, before=2 * layout.SPACE_BETWEEN),
            Role.CHECK: _style(
                BOLD, layout.CHECK_SIZE, TA_LEFT, before=4, after=2 * layout.SPACE_BETWEEN
            ),
        }
        self.signer = _style(BOLD, body, TA_CENTER)
        self.sign_remark = _style(ITALIC, body, TA_CENTER)
        self.recipients_head = _style(BOLD_ITALIC, layout.RECIPIENTS_HEAD, TA_LEFT)
        self.recipients = _style(REGULAR, layout.RECIPIENTS, TA_LEFT)
        self.about = _style(REGULAR, sizes.motto_state, TA_CENTER)
        self.stamp = _style(BOLD, layout.MARK_SIZE, TA_CENTER, textColor=red)
        self.drafter = _style(REGULAR, layout.RECIPIENTS, TA_RIGHT)
        self.contact = _style(REGULAR, layout.CONTACT_SIZE, TA_LEFT)
        self.page_number = _style(REGULAR, layout.PAGE_NUMBER_SIZE, TA_CENTER)
        self.check = _style(BOLD, layout.CHECK_SIZE, TA_LEFT)
        self.closing = _text_style(REGULAR, body)
        self.cells = {
            TableSize.NORMAL: CellStyles(layout.CELL, layout.PADDING),
            TableSize.SMALL: CellStyles(layout.SMALL, layout.SMALL_PADDING),
        }

    def mark(self, size: float) -> ParagraphStyle:
        """Return the style of what stands in a frame, in letters of this size."""
        return _style(BOLD, size, TA_CENTER)


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


@lru_cache(maxsize=32)
def bold(style: ParagraphStyle) -> ParagraphStyle:
    """Return the style of what leads a text of this style."""
    return style.clone(f"{style.name}-bold", fontName=BOLD_OF[style.fontName])


def _text_style(font: str, size: int) -> ParagraphStyle:
    """Return the style of the text: indented, justified, apart from what is above."""
    return _style(
        font, size, TA_JUSTIFY, before=layout.SPACE_BETWEEN, firstLineIndent=layout.FIRST_INDENT
    )


def _style(
    font: str,
    size: float,
    alignment: Literal[0, 1, 2, 4],
    *,
    before: float = 0,
    after: float = 0,
    **more: Any,  # noqa: ANN401 - what else the library's styles know
) -> ParagraphStyle:
    return ParagraphStyle(
        name=f"{font}-{size}-{alignment}-{before}-{after}-{more}",
        fontName=font,
        fontSize=size,
        leading=size * layout.LEADING,
        alignment=alignment,
        spaceBefore=before,
        spaceAfter=after,
        **more,
    )
