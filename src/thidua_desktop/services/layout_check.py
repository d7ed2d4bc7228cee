"""Measuring the layout of finished papers against Decree 30, whoever made them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from thidua_desktop.domain.errors import StoppedError
from thidua_desktop.domain.layout.findings import LayoutFinding
from thidua_desktop.domain.layout.measured import MeasuredPaper
from thidua_desktop.domain.layout.rules import layout_findings
from thidua_desktop.services.exchange import never_stop, no_progress
from thidua_desktop.services.ports import Ports, Progress, StopWanted


@dataclass(frozen=True, slots=True)
class LayoutChecked:
    """A file with how many papers are in it, and what is off in them."""

    file: Path
    papers: int
    findings: tuple[LayoutFinding, ...]
    unofficial: int = 0

    def summary(self) -> str:
        """Return the result in one sentence."""
        if self.unofficial:
            return (
                f"“{self.file.name}”: {self.unofficial} tờ (bằng, phiếu giao nhận, phiếu khôi "
                "phục) không phải văn bản hành chính nên không đo theo Nghị định 30."
            )
        said = f"“{self.file.name}”: đã đo {self.papers} văn bản"
        if not self.findings:
            return f"{said}, đúng thể thức ở mọi chỗ đo được."
        return f"{said}, có {len(self.findings)} chỗ chưa đúng thể thức."


def check_layout(
    ports: Ports,
    files: Sequence[Path],
    *,
    progress: Progress = no_progress,
    stop_wanted: StopWanted = never_stop,
) -> tuple[LayoutChecked, ...]:
    """Return what is off in each of the PDF and Word files; nothing is written.

    Raises UnreadableFileError, UnmeasurableFileError and StoppedError.
    """
    checked: list[LayoutChecked] = []
    for done, file in enumerate(files):
        progress(done, len(files))
        if stop_wanted():
            raise StoppedError
        papers = ports.measures.measure(file, stop_wanted=stop_wanted)
        checked.append(_checked(file, papers))
    progress(len(files), len(files))
    return tuple(checked)


def check_content(
    ports: Ports, name: str, content: bytes, *, stop_wanted: StopWanted = never_stop
) -> LayoutChecked:
    """Return what is off in a paper that is no file yet. Raises as `check_layout`."""
    return _checked(
        Path(name), ports.measures.measure_content(name, content, stop_wanted=stop_wanted)
    )


def _checked(file: Path, papers: Sequence[MeasuredPaper]) -> LayoutChecked:
    sheets = sum(len(one.sheets) for one in papers if not one.is_official)
    return LayoutChecked(file, len(papers), layout_findings(tuple(papers)), sheets)
