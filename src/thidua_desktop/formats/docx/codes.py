"""QR codes as pictures."""

from __future__ import annotations

from io import BytesIO
from typing import Any, cast

from PIL import Image
from reportlab.graphics.barcode.qr import QrCodeWidget

_DOTS, _BORDER = 8, 4


def qr_png(signal: str) -> BytesIO:
    """Return the same QR code as in the PDF, as PNG."""
    code = cast("Any", QrCodeWidget(signal, barLevel="M")).qr  # the library's types leave it out
    code.make()
    count = int(code.getModuleCount())
    side = count + 2 * _BORDER
    picture = Image.new("1", (side, side), 1)
    for line in range(count):
        for place in range(count):
            if code.modules[line][place]:
                picture.putpixel((place + _BORDER, line + _BORDER), 0)
    written = BytesIO()
    large = picture.resize((side * _DOTS, side * _DOTS), Image.Resampling.NEAREST)
    large.save(written, "PNG")
    written.seek(0)
    return written
