"""The words of a page in the same letters, set by the library's plain means.

Papers are measured by it; a process that prints ours does not load it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    Flowable,
    HRFlowable,
    KeepTogether,
    LongTable,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)

from thidua_desktop.app.paths import resources
from thidua_desktop.domain import pages
from thidua_desktop.domain.pages import MOTTO, STATE, Page, SizeSet
from thidua_desktop.formats import layout
from thidua_desktop.formats.pdf.fonts import BOLD, FILES, REGULAR
from thidua_desktop.formats.pdf.styles import Styles

FONTS = resources() / "fonts"
WIDTH = 165 * layout.MM


def plain(page: Page) -> bytes:
    """Set the words of a page by the library's plain means, in the same letters."""
    shown: list[Flowable] = []
    for block in page.blocks:
        shown += plain_block(block)
    written = BytesIO()
    margins = {
        "leftMargin": layout.LEFT,
        "rightMargin": layout.RIGHT,
        "topMargin": layout.TOP,
        "bottomMargin": layout.BOTTOM,
    }
    size = (layout.PAGE_WIDTH, layout.PAGE_HEIGHT)
    SimpleDocTemplate(written, pagesize=size, **margins).build(shown)
    return written.getvalue()


def plain_block(block: pages.Block) -> Iterator[Flowable]:
    styles = plain_styles()
    match block:
        case pages.Head():
            left = [paragraph(line, styles.agency) for line in (block.parent, block.agency) if line]
            right = [paragraph(STATE, styles.state), paragraph(MOTTO, styles.motto)]
            yield side_by_side([*left, rule(0.2)], [*right, rule(0.6)])
            yield side_by_side(
                [paragraph(block.number, styles.number)], [paragraph(block.place, styles.place)]
            )
        case pages.Title():
            yield Spacer(0, layout.ABOVE_TITLE)
            yield from (paragraph(line.text, styles.titles[line.role]) for line in block.lines)
            yield rule(0.2)
        case pages.Address():
            yield paragraph(pages.ADDRESSED, styles.address)
            yield from (paragraph(line, styles.address) for line in block.lines)
        case pages.Paragraph():
            yield paragraph(block.text, styles.roles[block.role])
        case pages.Table():
            yield plain_table(block)
        case pages.RecipientsAndSigner():
            head = paragraph(pages.RECIPIENTS, styles.recipients_head)
            left = [head, *(paragraph(line, styles.recipients) for line in block.recipients)]
            right = [paragraph(line, styles.signer) for line in block.signer.lines]
            name = paragraph(block.signer.name, styles.signer)
            yield KeepTogether(side_by_side(left, [*right, Spacer(0, layout.SIGNING_ROOM), name]))
        case _:
            raise TypeError(block)  # papers of the measurement have no other


@cache
def plain_styles() -> Styles:
    """Return our styles in fonts of which the library cuts a subset for each file."""
    styles = Styles(layout.SIZES[SizeSet.LARGE])
    for held in (vars(styles), styles.titles, styles.roles):
        for name, style in list(held.items()):
            if isinstance(style, ParagraphStyle):
                held[name] = style.clone(style.name, fontName=f"Plain{style.fontName}")
    return styles


def register_plain_fonts() -> None:
    for name, file in FILES.items():
        pdfmetrics.registerFont(TTFont(f"Plain{name}", FONTS / file))
    regular, bold, italic, both = (f"Plain{name}" for name in FILES)
    pdfmetrics.registerFontFamily(regular, regular, bold, italic, both)


def paragraph(words: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(words), style)


def rule(part: float) -> HRFlowable:
    return HRFlowable(f"{part:.0%}", thickness=layout.RULE_WIDTH, color=colors.black)


def side_by_side(left: list[Flowable], right: list[Flowable]) -> Table:
    style = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("FONTNAME", (0, 0), (-1, -1), f"Plain{REGULAR}")]
    return Table([[left, right]], colWidths=[WIDTH * 0.42, WIDTH * 0.58], style=style)


def plain_table(said: pages.Table) -> LongTable:
    whole = sum(column.width for column in said.columns)
    cell = ParagraphStyle("cell", fontName=f"Plain{REGULAR}", fontSize=12, leading=14.6)
    head = cell.clone("head", fontName=f"Plain{BOLD}", alignment=1)
    rows = [[paragraph(column.name, head) for column in said.columns]]
    for row in said.rows:
        cells = [*row.cells, *[""] * (len(said.columns) - len(row.cells))]
        rows.append([paragraph(words, cell) for words in cells])
    return LongTable(
        rows,
        colWidths=[WIDTH * column.width / whole for column in said.columns],
        repeatRows=1,
        style=[
            ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("FONTNAME", (0, 0), (-1, -1), f"Plain{REGULAR}"),
        ],
    )
