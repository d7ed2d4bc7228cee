"""F01 Tờ trình: the letter that asks one authority for one award."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable, Spacer, Table

from thidua_desktop.domain.dossiers import Letter
from thidua_desktop.formats.pdf import blocks
from thidua_desktop.formats.pdf import styles as layout
from thidua_desktop.formats.pdf.fonts import text_width
from thidua_desktop.formats.pdf.styles import Styles
from thidua_desktop.formats.pdf.texts import balanced, text, with_end_kept

_TO = "Kính gửi:"
_OPEN_ADDRESS = "……………………………………"


def letter_story(letter: Letter, styles: Styles) -> list[Flowable]:
    """Return the letter as flowables."""
    story: list[Flowable] = [
        *(text(words, styles.basis) for words in blocks.ended(letter.legal_basis)),
        *(text(words, styles.body) for words in (*letter.body, *letter.nominees)),
        *(text(words, styles.enclosure) for words in (letter.enclosure,) if words),
        *(text(words, styles.body) for words in (letter.closing,) if words),
    ]
    signer = blocks.recipients_and_signer(letter.signature, styles, letter.copies_to)
    return [
        blocks.head(letter.head, styles),
        *blocks.title((("TỜ TRÌNH", styles.title), (letter.title, styles.title))),
        _addressees(letter.recipients, styles),
        Spacer(0, layout.UNDER_ADDRESS),
        *with_end_kept(story, signer),
    ]


def _addressees(lines: Sequence[str], styles: Styles) -> Flowable:
    """Return box 9a: one addressee on the line of `Kính gửi:`, several in a list whose dashes
    stand under its colon.
    """
    named = blocks.dashed(lines)
    if len(named) <= 1:
        whole = named[0].removeprefix("- ").removesuffix(".") if named else _OPEN_ADDRESS
        return balanced(f"{_TO} {whole}", styles.centred, layout.TEXT_WIDTH)
    indent = layout.TEXT_WIDTH * layout.ADDRESS_INDENT
    label = text_width(_TO.rstrip(":"), styles.address.fontName, styles.address.fontSize)
    rest = layout.TEXT_WIDTH - indent - label
    rows = [["", text(_TO, styles.address), ""]]
    rows += [["", "", text(line, styles.address)] for line in named]
    return Table(
        rows,
        colWidths=[indent, label, rest],
        style=[*blocks.BARE.getCommands(), ("SPAN", (1, 0), (2, 0))],
        splitInRow=1,
    )
