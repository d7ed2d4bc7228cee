"""The files that papers are saved as: which formats, how many, under which names."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from enum import StrEnum

from thidua_desktop.domain.attachments import DOCX, PDF, file_name
from thidua_desktop.domain.pages import SizeSet

_LONGEST_NAME = 100


class PaperFormat(StrEnum):
    """What a paper is saved as."""

    PDF = "pdf"
    DOCX = "docx"


MIMES = {PaperFormat.PDF: PDF, PaperFormat.DOCX: DOCX}


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintChoice:
    """How papers are saved: as what, each nominee in a file of his own or not, under names that
    people read or under such as say nothing of anybody; and where it was done the last time.
    `sizes` is the set of letter sizes that papers have, printed or saved.
    """

    formats: tuple[PaperFormat, ...] = (PaperFormat.PDF,)
    separate: bool = False
    named: bool = True
    folder: str = ""
    sizes: SizeSet = SizeSet.LARGE


def name_of_file(name: str, kind: PaperFormat, taken: Container[str] = ()) -> str:
    """Return a name for a file that no file has yet.

    >>> name_of_file("Báo cáo: Hộ ông Đỗ", PaperFormat.PDF, {"Báo cáo_ Hộ ông Đỗ.pdf"})
    'Báo cáo_ Hộ ông Đỗ (2).pdf'
    """
    stem = file_name(f"{name[:_LONGEST_NAME].strip()}.{kind}", MIMES[kind])[: -len(kind) - 1]
    tried, number = f"{stem}.{kind}", 1
    while tried in taken:
        number += 1
        tried = f"{stem} ({number}).{kind}"
    return tried
