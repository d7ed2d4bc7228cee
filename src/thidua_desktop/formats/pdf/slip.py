"""F27 Phiếu giao nhận: the facts of a bundle, the words to compare, and the same as a QR code."""

from __future__ import annotations

from typing import Any

from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, Table, TableStyle

from thidua_desktop.domain.dossiers import DeliverySlip, SignatureBlock
from thidua_desktop.formats.pdf import blocks
from thidua_desktop.formats.pdf import styles as layout
from thidua_desktop.formats.pdf.styles import Styles
from thidua_desktop.formats.pdf.texts import text

_LABELS = 0.28  # of the width
_QR = 34 * mm
_REMARK = "(Ký, ghi rõ họ tên)"


def slip_story(said: DeliverySlip, styles: Styles) -> list[Flowable]:
    """Return the slip as flowables."""
    whose = "bản của bên nhận, lập sau khi nhập" if said.is_receipt else "bản của bên giao"
    giver = SignatureBlock(lines=("BÊN GIAO",), remark=_REMARK, name="")
    taker = SignatureBlock(lines=("BÊN NHẬN",), remark=_REMARK, name="")
    return [
        blocks.head(said.head, styles),
        *blocks.title(
            (("PHIẾU GIAO NHẬN GÓI DỮ LIỆU", styles.title), (f"({whose})", styles.remark))
        ),
        _facts(said, styles),
        Spacer(0, layout.SPACE_BETWEEN * 2),
        _check(said, styles),
        *blocks.signatures((giver, taker), (), styles),
    ]


def _facts(said: DeliverySlip, styles: Styles) -> Table:
    rows = [
        [text(label, styles.cell), text(words, styles.cell_group)] for label, words in said.facts
    ]
    return Table(
        rows,
        colWidths=[layout.TEXT_WIDTH * _LABELS, layout.TEXT_WIDTH * (1 - _LABELS)],
        style=TableStyle(
            [
                blocks.CELL_FONT,
                ("GRID", (0, 0), (-1, -1), layout.GRID_WIDTH, colors.black),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ]
        ),
    )


def _check(said: DeliverySlip, styles: Styles) -> Table:
    """Return the code to be compared at the left, the QR code at the right."""
    words: list[Any] = [
        text("Từ đối chiếu", styles.cell),
        Spacer(0, 4),
        text(said.code, styles.check),
        Spacer(0, 6),
        text(
            "Hai bên đọc sáu từ cho nhau nghe qua điện thoại: hai phiếu có cùng sáu từ thì gói bên "
            "nhận đã nhập đúng là gói bên giao đã xuất, không thiếu và không bị sửa dọc đường.",
            styles.cell,
        ),
    ]
    if said.figures:
        words += [
            Spacer(0, 4),
            text(f"Mã số (để so với phiếu của bản cũ): {said.figures}", styles.cell),
        ]
    return Table(
        [[words, _qr(said.signal)]],
        colWidths=[layout.TEXT_WIDTH - _QR - 4 * mm, _QR + 4 * mm],
        style=TableStyle([*blocks.BARE.getCommands(), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]),
    )


def _qr(signal: str) -> Drawing:
    drawing = Drawing(_QR, _QR)
    drawing.add(QrCodeWidget(signal, barWidth=_QR, barHeight=_QR, barLevel="M"))
    return drawing
