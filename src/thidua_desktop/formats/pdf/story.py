"""A page as the pieces that are set down on printed pages."""

from __future__ import annotations

from thidua_desktop.domain import pages
from thidua_desktop.domain.pages import Page, Role
from thidua_desktop.formats.pdf import blocks
from thidua_desktop.formats.pdf.keeping import with_end_kept, with_headings_kept
from thidua_desktop.formats.pdf.pieces import Piece
from thidua_desktop.formats.pdf.sheets import SheetPiece
from thidua_desktop.formats.pdf.styles import Styles
from thidua_desktop.formats.pdf.tables import table
from thidua_desktop.formats.pdf.texts import balanced, text


def story(page: Page, styles: Styles) -> list[Piece]:
    """Return the pieces of a page, kept together where something would stand alone."""
    shown: list[Piece] = []
    for block in page.blocks:
        match block:
            case pages.Signatures():
                shown = with_end_kept(shown, blocks.signatures(block, styles))
            case pages.RecipientsAndSigner():
                shown = with_end_kept(shown, blocks.recipients_and_signer(block, styles))
            case _:
                shown += _block(block, styles)
    return with_headings_kept(shown)


def _block(  # noqa: PLR0911 - one for each block
    block: pages.Head
    | pages.Title
    | pages.Address
    | pages.Paragraph
    | pages.Facts
    | pages.Table
    | pages.NumberedWords
    | pages.Code
    | pages.Sheet,
    styles: Styles,
) -> list[Piece]:
    match block:
        case pages.Head():
            return blocks.head(block, styles)
        case pages.Title():
            return blocks.title(block, styles)
        case pages.Address():
            return blocks.address(block, styles)
        case pages.Paragraph():
            return [_paragraph(block, styles)]
        case pages.Facts():
            return blocks.facts(block, styles)
        case pages.Table():
            return [table(block, styles)]
        case pages.NumberedWords():
            return blocks.numbered_words(block, styles)
        case pages.Code():
            return [blocks.code(block, styles)]
        case pages.Sheet():
            return [SheetPiece(block)]


def _paragraph(said: pages.Paragraph, styles: Styles) -> Piece:
    style = styles.roles[said.role]
    if said.role is Role.SUBJECT:
        return balanced(said.text, style, styles.width)
    words = text(said.text, style, styles.width, lead=said.lead)
    words.is_heading = said.role.keeps_next
    return words
