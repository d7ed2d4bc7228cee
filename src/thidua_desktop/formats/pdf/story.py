"""A page as the flowables that the library breaks into printed pages."""

from __future__ import annotations

from reportlab.platypus import Flowable

from thidua_desktop.domain import pages
from thidua_desktop.domain.pages import Page, Role
from thidua_desktop.formats.pdf import blocks
from thidua_desktop.formats.pdf.keeping import Heading, with_end_kept, with_headings_kept
from thidua_desktop.formats.pdf.styles import Styles
from thidua_desktop.formats.pdf.tables import table
from thidua_desktop.formats.pdf.texts import balanced, literal, text


def story(page: Page, styles: Styles) -> list[Flowable]:
    """Return the flowables of a page, with breaks where something would stand alone."""
    shown: list[Flowable] = []
    following = (*page.blocks[1:], None)
    for block, after in zip(page.blocks, following, strict=True):
        match block:
            case pages.Signatures():
                shown = with_end_kept(shown, blocks.signatures(block, styles), styles.width)
            case pages.RecipientsAndSigner():
                signer = blocks.recipients_and_signer(block, styles)
                shown = with_end_kept(shown, signer, styles.width)
            case pages.Table():
                is_signed = isinstance(after, pages.Signatures | pages.RecipientsAndSigner)
                shown += table(block, styles, is_signed=is_signed)
            case _:
                shown += _block(block, styles)
    return with_headings_kept(shown, styles.width)


def _block(  # noqa: PLR0911 - one for each block
    block: pages.Head
    | pages.Title
    | pages.Address
    | pages.Paragraph
    | pages.Facts
    | pages.NumberedWords
    | pages.Code,
    styles: Styles,
) -> list[Flowable]:
    match block:
        case pages.Head():
            return [blocks.head(block, styles)]
        case pages.Title():
            return blocks.title(block, styles)
        case pages.Address():
            return blocks.address(block, styles)
        case pages.Paragraph():
            return [_paragraph(block, styles)]
        case pages.Facts():
            return blocks.facts(block, styles)
        case pages.NumberedWords():
            return [blocks.numbered_words(block, styles)]
        case pages.Code():
            return [blocks.code(block, styles)]


def _paragraph(said: pages.Paragraph, styles: Styles) -> Flowable:
    style = styles.roles[said.role]
    if said.role is Role.SUBJECT:
        return balanced(said.text, style, styles.width)
    if said.role.keeps_next:
        return Heading(literal(said.text, said.lead), style)
    return text(said.text, style, said.lead)
