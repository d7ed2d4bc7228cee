"""The papers of a dossier in every format; a library is loaded when its format is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from thidua_desktop.domain.dossier_files import PaperFormat
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

    def made(
        self,
        dossier: Dossier,
        kind: PaperFormat,
        *,
        stop_wanted: Callable[[], bool] = lambda: False,
    ) -> bytes:
        """Return a file of this format. Raises StoppedError."""
        match kind:
            case PaperFormat.PDF:
                return self.pdf(dossier, stop_wanted=stop_wanted)
            case PaperFormat.DOCX:
                return self.docx(dossier, stop_wanted=stop_wanted)

    def make_each(
        self,
        jobs: Sequence[tuple[Dossier, PaperFormat]],
        take: Callable[[int, bytes], None],
        *,
        stop_wanted: Callable[[], bool] = lambda: False,
    ) -> None:
        """Give the place of each with its file, as they are made: many by two processes.

        Raises StoppedError and what `take` raises.
        """
        from thidua_desktop.formats.papers_aside import Batch  # noqa: PLC0415

        Batch(partial(self.made, stop_wanted=stop_wanted), jobs, take, stop_wanted).make(
            self._fonts
        )
