"""The papers of a dossier in every format; a library is loaded when its format is asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from thidua_desktop.domain.dossiers import Dossier


class Papers:
    """Fits the Papers of services.ports."""

    def __init__(self, fonts: Path) -> None:
        self._fonts = fonts

    def pdf(self, dossier: Dossier, *, stop_wanted: Callable[[], bool] = lambda: False) -> bytes:
        """Return one PDF with every paper. Raises StoppedError."""
        from thidua_desktop.formats.pdf.papers import PdfPapers  # noqa: PLC0415

        return PdfPapers(self._fonts).pdf(dossier, stop_wanted=stop_wanted)

    def docx(self, dossier: Dossier, *, stop_wanted: Callable[[], bool] = lambda: False) -> bytes:
        """Return one Word document with every paper. Raises StoppedError."""
        from thidua_desktop.formats.docx.papers import DocxPapers  # noqa: PLC0415

        return DocxPapers(self._fonts).docx(dossier, stop_wanted=stop_wanted)
