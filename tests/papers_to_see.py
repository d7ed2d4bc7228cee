"""Small papers to be looked at, for tests."""

from __future__ import annotations

import io

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from thidua_desktop.app.paths import resources
from thidua_desktop.formats.pdf.fonts import REGULAR, register_fonts


def a_paper(pages: int = 3, *, size: tuple[float, float] = (595, 842), turned: int = 0) -> bytes:
    register_fonts(resources() / "fonts")
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=size)
    for number in range(pages):
        canvas.setFont(REGULAR, 14)
        canvas.drawString(100, 700, f"Trang {number + 1}: Hồ sơ của Đặng Thị Ngọc Ẩn")
        if turned:
            canvas.setPageRotation(turned)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def a_locked_paper() -> bytes:
    written = io.BytesIO()
    canvas = Canvas(written, encrypt=StandardEncryption("bí mật".encode().hex(), strength=128))
    canvas.drawString(10, 10, "x")
    canvas.save()
    return written.getvalue()
