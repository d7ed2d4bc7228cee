"""A Word file as an officer leaves it who edits it: for the demo and its pictures."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

_TEXT = "word/document.xml"


def as_edited(content: bytes, changes: Mapping[str, str]) -> bytes:
    """Return a Word file with these words changed wherever they stand."""
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(written, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == _TEXT:
                text = part.decode()
                for was, now in changes.items():
                    text = text.replace(was, now)
                part = text.encode()
            target.writestr(name, part, zipfile.ZIP_DEFLATED)
    return written.getvalue()
