"""A page as the elements of a document's body."""

from __future__ import annotations

from math import ceil

from thidua_desktop.domain import pages
from thidua_desktop.domain.pages import Page, Role
from thidua_desktop.formats import layout
from thidua_desktop.formats.docx.blocks import Blocks
from thidua_desktop.formats.docx.elements import (
    Element,
    apart,
    is_paragraph,
    keep_next,
    paragraph,
    words_in,
)
from thidua_desktop.formats.docx.sheets import sheet
from thidua_desktop.formats.docx.styles import Styles
from thidua_desktop.formats.docx.tables import balanced, table
from thidua_desktop.formats.pdf.fonts import text_width

_UNDER_TABLE = layout.SPACE_BETWEEN
_TOGETHER = 2  # lines of the text that stay with the signatures


def story(page: Page, styles: Styles, blocks: Blocks, width: float) -> list[Element]:
    """Return the elements of a page, those marked that stay with what follows."""
    shown: list[Element] = []
    following = (*page.blocks[1:], None)
    for block, after in zip(page.blocks, following, strict=True):
        match block:
            case pages.Signatures():
                _keep_end(shown, styles, width)
                shown += blocks.signatures(block)
            case pages.RecipientsAndSigner():
                _keep_end(shown, styles, width)
                shown += blocks.recipients_and_signer(block)
            case pages.Table():
                is_signed = isinstance(after, pages.Signatures | pages.RecipientsAndSigner)
                if shown:
                    apart(shown[-1], after=layout.SPACE_BETWEEN)
                shown += table(block, styles, width, is_signed=is_signed)
            case _:
                drawn = _block(block, styles, blocks, width)
                if shown and not is_paragraph(shown[-1]) and isinstance(block, pages.Paragraph):
                    apart(drawn[0], before=max(styles.roles[block.role].before, _UNDER_TABLE))
                shown += drawn
    return shown


def _block(  # noqa: PLR0911 - one for each block
    block: pages.Head
    | pages.Title
    | pages.Address
    | pages.Paragraph
    | pages.Facts
    | pages.NumberedWords
    | pages.Code
    | pages.Sheet,
    styles: Styles,
    blocks: Blocks,
    width: float,
) -> list[Element]:
    match block:
        case pages.Head():
            return blocks.head(block)
        case pages.Title():
            return blocks.title(block)
        case pages.Address():
            return blocks.address(block)
        case pages.Paragraph():
            style = styles.roles[block.role]
            if block.role is Role.SUBJECT:
                return [balanced(style, block.text, width)]
            return [paragraph(style.key, block.text, lead=block.lead)]
        case pages.Facts():
            return blocks.facts(block)
        case pages.NumberedWords():
            return [blocks.numbered_words(block)]
        case pages.Code():
            return blocks.code(block)
        case pages.Sheet():
            return sheet(block, styles.gap.key)


def _keep_end(shown: list[Element], styles: Styles, width: float) -> None:
    """Keep the last lines of the text with what is signed under it; Word keeps two of a longer
    paragraph by itself.
    """
    lines, body = 0.0, styles.roles[Role.BODY]
    for one in reversed(shown):
        if lines >= _TOGETHER or not is_paragraph(one):
            return
        length = text_width(words_in(one), body.font, body.size)
        lines += ceil(length / (width - layout.FIRST_INDENT))
        keep_next(one)
