"""Papers in files measured, by what the files are and not by how they are called."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

from thidua_desktop.domain.errors import UnmeasurableFileError, UnreadableFileError
from thidua_desktop.domain.layout.measured import MeasuredPaper
from thidua_desktop.formats.broken import BROKEN
from thidua_desktop.formats.measuring.pdf import measure_pdf
from thidua_desktop.formats.measuring.word import measure_word
from thidua_desktop.formats.pdf.fonts import (
    BOLD,
    BOLD_ITALIC,
    ITALIC,
    REGULAR,
    register_fonts,
    text_width,
)

# A dossier of 300 nominees is a file of 3 MiB.
_FILE_BYTES, _INFLATED_BYTES = 50 * 1024**2, 100 * 1024**2
_CUTS = {
    (False, False): REGULAR,
    (True, False): BOLD,
    (False, True): ITALIC,
    (True, True): BOLD_ITALIC,
}


class PaperMeasures:
    """Measures papers in this process: for those that are known to be well."""

    def __init__(self, fonts: Path) -> None:
        self._fonts = fonts

    def measure(self, path: Path) -> tuple[MeasuredPaper, ...]:
        """Return the papers of a PDF or Word file, measured.

        Raises UnreadableFileError and UnmeasurableFileError.
        """
        return self.measure_content(path.name, content_of(path))

    def measure_content(self, name: str, content: bytes) -> tuple[MeasuredPaper, ...]:
        """Return the papers of what stands in such a file. Raises UnmeasurableFileError."""
        try:
            if content[:1024].lstrip().startswith(b"%PDF-"):
                return measure_pdf(content)
            return self._word(content)
        except BROKEN as error:
            raise UnmeasurableFileError(name) from error

    def _word(self, content: bytes) -> tuple[MeasuredPaper, ...]:
        with zipfile.ZipFile(BytesIO(content)) as package:
            if sum(part.file_size for part in package.infolist()) > _INFLATED_BYTES:
                raise ValueError("inflates too far")
        register_fonts(self._fonts)
        return measure_word(content, width_of)


def content_of(path: Path) -> bytes:
    """Return what stands in a file that may be measured.

    Raises UnreadableFileError and UnmeasurableFileError.
    """
    try:
        if path.stat().st_size > _FILE_BYTES:
            raise UnmeasurableFileError(path.name)
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(path.name) from error


def width_of(words: str, bold: bool, italic: bool, size: float) -> float:
    """Return how wide words are in points, in our own letters."""
    return text_width(words, _CUTS[bold, italic], size)
