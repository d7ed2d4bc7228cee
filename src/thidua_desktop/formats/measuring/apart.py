"""Papers measured in a process of their own: files of others may break it, or never end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from thidua_desktop.domain.errors import UnmeasurableFileError, UnshowableError
from thidua_desktop.domain.layout.measured import MeasuredPaper
from thidua_desktop.formats.drawing.messages import Measure, Measured
from thidua_desktop.formats.drawing.process import DrawingProcess
from thidua_desktop.formats.measuring.papers import content_of

_LONGEST = 240.0  # seconds that one file may take: a dossier of 300 nominees is a thousand pages


class MeasuresApart:
    """Fits the Measures of services.ports."""

    def __init__(self, fonts: Path) -> None:
        self._fonts = fonts
        self._process = DrawingProcess(_LONGEST)

    def measure(
        self, path: Path, *, stop_wanted: Callable[[], bool] = lambda: False
    ) -> tuple[MeasuredPaper, ...]:
        """Return the papers of a PDF or Word file, measured.

        Raises UnreadableFileError, UnmeasurableFileError and StoppedError.
        """
        return self.measure_content(path.name, content_of(path), stop_wanted=stop_wanted)

    def measure_content(
        self, name: str, content: bytes, *, stop_wanted: Callable[[], bool] = lambda: False
    ) -> tuple[MeasuredPaper, ...]:
        """Return the papers of what stands in such a file. Raises as above."""
        try:
            answer = self._process.ask(Measure(0, content, str(self._fonts)), name, stop_wanted)
        except UnshowableError as error:
            raise UnmeasurableFileError(name) from error
        if isinstance(answer, Measured):
            return answer.papers
        raise UnmeasurableFileError(name)
