"""Phiếu khôi phục khóa gốc: 24 numbered words in a grid, to be locked away."""

from __future__ import annotations

from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, Table, TableStyle

from thidua_desktop.domain.dossiers import RecoveryPaper, SignatureBlock
from thidua_desktop.formats.pdf import blocks
from thidua_desktop.formats.pdf import styles as layout
from thidua_desktop.formats.pdf.styles import Styles
from thidua_desktop.formats.pdf.texts import text

_COLUMNS, _NUMBER, _ROW = 4, 10 * mm, 10 * mm
_REMARK = "(Ký, ghi rõ họ tên)"


def recovery_story(said: RecoveryPaper, styles: Styles) -> list[Flowable]:
    """Return the paper as flowables."""
    maker = SignatureBlock(lines=("NGƯỜI LẬP PHIẾU",), remark=_REMARK, name="")
    keeper = SignatureBlock(lines=("NGƯỜI GIỮ PHIẾU",), remark=_REMARK, name="")
    rules = [text(f"{n}. {rule}", styles.body) for n, rule in enumerate(said.rules, start=1)]
    return [
        blocks.head(said.head, styles),
        *blocks.title(
            (
                ("PHIẾU KHÔI PHỤC KHÓA TỈNH", styles.title),
                ("(MẬT: ai có phiếu này làm lại được khóa gốc của tỉnh)", styles.remark),
            )
        ),
        _grid(said.words, styles),
        Spacer(0, layout.SPACE_BETWEEN * 2),
        text("Từ đối chiếu của khóa (không mật, hiện trong Cài đặt):", styles.cell),
        Spacer(0, 4),
        text(said.check, styles.check),
        Spacer(0, layout.SPACE_BETWEEN),
        *rules,
        *blocks.signatures((maker, keeper), (), styles),
    ]


def _grid(words: tuple[str, ...], styles: Styles) -> Table:
    """Return the words with their numbers, to be read down the columns."""
    rows = -(-len(words) // _COLUMNS)
    cells = [
        [
            cell
            for place in range(row, len(words), rows)
            for cell in (text(str(place + 1), styles.cell_centre), text(words[place], styles.check))
        ]
        for row in range(rows)
    ]
    width = layout.TEXT_WIDTH / _COLUMNS - _NUMBER
    return Table(
        cells,
        colWidths=[_NUMBER, width] * _COLUMNS,
        rowHeights=_ROW,
        style=TableStyle(
            [
                blocks.CELL_FONT,
                ("LEFTPADDING", (0, 0), (-1, -1), 2),
                ("RIGHTPADDING", (0, 0), (-1, -1), 2),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("BOX", (0, 0), (-1, -1), layout.GRID_WIDTH, colors.black),
                ("LINEBELOW", (0, 0), (-1, -2), layout.GRID_WIDTH, colors.grey),
                *(
                    ("LINEBEFORE", (2 * n, 0), (2 * n, -1), layout.GRID_WIDTH, colors.black)
                    for n in range(1, _COLUMNS)
                ),
            ]
        ),
    )
