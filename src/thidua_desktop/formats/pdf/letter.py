"""F01 Tờ trình: the letter that asks one authority for one award."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable, Spacer, Table

from thidua_desktop.domain.dossiers import Letter
from thidua_desktop.formats.pdf import blocks
from thidua_desktop.formats.pdf import styles as layout
from thidua_desktop.formats.pdf.fonts import text_width
from thidua_desktop.formats.pdf.styles import Styles

_TO = "Kính gửi: "


def letter_story(letter: Letter, styles: Styles) -> list[Flowable]:
    """Return the letter as flowables."""
    body = [blocks.text(words, styles.body) for words in letter.body[:-1]]
    nominees = [blocks.text(words, styles.body) for words in letter.nominees]
    closing = [blocks.text(words, styles.body) for words in letter.body[-1:]]
    return [
        blocks.head(letter.head, styles),
        *blocks.title((("TỜ TRÌNH", styles.title), (letter.title, styles.title)), ruled=True),
        _addressees(letter.recipients, styles),
        Spacer(0, 6),
        *(blocks.text(words, styles.basis) for words in blocks.bases(letter.legal_basis)),
        *body,
        *nominees,
        blocks.signature(letter.signature, styles, letter.copies_to, last=closing),
    ]


def _addressees(lines: Sequence[str], styles: Styles) -> Table:
    """Return box 9a: one addressee on the line of `Kính gửi:`, several in a list under it."""
    named = blocks.recipients(lines)
    if len(named) <= 1:
        whole = _TO + (named[0].removeprefix("- ").removesuffix(".") if named else "…………")
        return Table([[blocks.text(whole, styles.centred)]], colWidths=[layout.TEXT_WIDTH])
    indent = layout.TEXT_WIDTH * 0.22
    label = text_width(_TO, styles.address.fontName, styles.address.fontSize) + 2
    rows = [["", blocks.text(_TO, styles.address), ""]]
    rows += [["", "", blocks.text(line, styles.address)] for line in named]
    widths = [indent, label, layout.TEXT_WIDTH - indent - label]
    return Table(rows, colWidths=widths, style=blocks.BARE)
