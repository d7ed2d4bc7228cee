"""Small files of every kind that may be attached, and of some that may not."""

from __future__ import annotations

import io
import zipfile

from PIL import Image

from thidua_desktop.domain.attachments import DOCX, XLSX

PDF_BYTES = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
EXE_BYTES = b"MZ\x90\x00" + bytes(200)
HTML_BYTES = b"<!DOCTYPE html><script>alert(1)</script>%PDF-1.7 %%EOF"
_MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"


def a_picture(
    kind: str = "JPEG", size: tuple[int, int] = (64, 48), *, mode: str = "RGB", **how: object
) -> bytes:
    out = io.BytesIO()
    picture = Image.linear_gradient("L").resize(size).convert(mode)
    picture.save(out, kind, **how)
    return out.getvalue()


def a_package(main_type: str, *, parts: dict[str, bytes] | None = None) -> bytes:
    types = f'<Types><Override PartName="/main.xml" ContentType="{main_type}"/></Types>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", types)
        package.writestr("main.xml", "<w/>")
        for name, content in (parts or {}).items():
            package.writestr(name, content)
    return out.getvalue()


def a_docx(**how: dict[str, bytes]) -> bytes:
    return a_package(f"{DOCX}.main+xml", **how)


def an_xlsx() -> bytes:
    return a_package(f"{XLSX}.main+xml")


def a_docm() -> bytes:
    return a_package(_MACRO_TYPE, parts={"word/vbaProject.bin": b"macro"})
