"""Đo thể thức: what is off in papers against Decree 30, in the one that is shown or in any file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import ThiduaError
from thidua_desktop.services.layout_check import LayoutChecked, check_content, check_layout
from thidua_desktop.services.ports import Ports
from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.tasks import Progress
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.rows import Row, RowList
from thidua_desktop.ui.widgets.running import Running

_SIZE = QSize(760, 520)
_FILTER = "Văn bản (*.pdf *.docx)"
_ABOUT = (
    "So với Nghị định 30/2020/NĐ-CP, Phụ lục I: khổ giấy, lề, số trang, phông, cỡ và kiểu chữ, nét "
    "kẻ, số và ký hiệu, căn cứ, nơi nhận, khối ký. Không có gì bị sửa."
)


class LayoutDialog(Dialog):
    """Lists what is off, paper by paper; jobs run off the UI thread and can be stopped."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Đo thể thức")
        self.resize(_SIZE)
        self._context = context
        self.message = Text(wrap=True)
        self.list = RowList(context.look, "Những chỗ chưa đúng thể thức")
        self.running = Running()
        self.running.stopping.connect(lambda: self.message.setText("Đang dừng…"))
        self.choose = button_of("Đo tệp khác…", self._ask)
        self.choose.setToolTip("Tệp PDF hoặc Word (.docx), do ai soạn cũng được")
        foot = QHBoxLayout()
        for widget in (self.choose, self.running):
            foot.addWidget(widget)
        foot.addStretch(1)
        foot.addWidget(button_of("Đóng", self.reject))
        layout = QVBoxLayout(self)
        layout.addWidget(Text(_ABOUT, role="muted", wrap=True))
        layout.addWidget(self.message)
        layout.addWidget(self.list, 1)
        layout.addLayout(foot)
        self.list.setFocus()

    def measure(self, name: str, content: bytes) -> None:
        """Measure the paper that is shown."""
        self._run(
            lambda ports, progress: (
                check_content(ports, name, content, stop_wanted=progress.stop_wanted),
            )
        )

    def measure_files(self, files: Sequence[Path]) -> None:
        """Measure files, whoever made them."""
        self._run(
            lambda ports, progress: check_layout(
                ports, files, progress=progress.tell, stop_wanted=progress.stop_wanted
            )
        )

    def leave(self) -> None:
        """Close; what is being measured is not waited for."""
        self.running.stop()
        super().leave()

    def _ask(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(self, "Đo thể thức tệp", "", _FILTER)
        if chosen:
            self.measure_files([Path(one) for one in chosen])

    def _run(self, job: Callable[[Ports, Progress], tuple[LayoutChecked, ...]]) -> None:
        progress = self.running.begin()
        self.choose.setEnabled(False)
        self.message.setText("Đang đo…")
        self.list.show_rows([])
        ports = self._context.ports
        self._context.planner.run(
            lambda: (progress, job(ports(), progress)),
            owner=self,
            done=self._show,
            failed=partial(self._failed, progress),
        )

    def _show(self, measured: tuple[Progress, tuple[LayoutChecked, ...]]) -> None:
        progress, checked = measured
        if not self.running.is_last(progress):
            return
        self._end()
        self.message.setText("\n".join(one.summary() for one in checked))
        self.list.show_rows(
            [
                _row(one, place, several=len(checked) > 1)
                for one in checked
                for place in range(len(one.findings))
            ]
        )

    def _failed(self, progress: Progress, error: ThiduaError) -> None:
        if self.running.is_last(progress):
            self._end()
            self.message.setText(error_text(error))

    def _end(self) -> None:
        self.running.hide()
        self.choose.setEnabled(True)


def _row(checked: LayoutChecked, place: int, *, several: bool) -> Row:
    """Return the row of a finding: where and what it is, then what the decree asks."""
    one = checked.findings[place]
    quoted = f" “{one.words}”" if one.words else ""
    where = f"{one.where[:1].upper()}{one.where[1:]}"
    page = f"Trang {one.page}" if one.page else ""
    parts = [f"Quy định: {one.asked}", f"ở{quoted}" if quoted else ""]
    parts += [checked.file.name] if several else []
    return Row(
        (checked.file, place),
        f"{where}: {one.found}",
        " · ".join(part for part in parts if part),
        page,
        "plain",
    )
