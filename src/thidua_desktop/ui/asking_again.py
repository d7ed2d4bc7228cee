"""Missing bundles asked for again, from wherever they are told: a slip to send at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from thidua_desktop.ui.pages.page import PageContext

if TYPE_CHECKING:  # read on the worker that first asks
    from thidua_desktop.domain.errors import ThiduaError
    from thidua_desktop.services.standing import AskedAgain, Gap


class AskingAgain(QObject):
    """`asked` tells what was written into the records."""

    asked = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._parent = parent

    def ask(self, gap: Gap) -> None:
        """Ask for what is missing: where the slip goes is asked first."""
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - after first paint

        from thidua_desktop.services.standing import slip_name  # noqa: PLC0415 - as above

        usual = str(slip_name(Path.home(), gap))
        chosen, _ = QFileDialog.getSaveFileName(
            self._parent, "Ghi phiếu xin gửi lại", usual, "*.txt"
        )
        if chosen:
            self._write(gap, Path(chosen))

    def ask_sender(self, key: str) -> None:
        """Ask the PC of this key for what is missing of it."""

        def found() -> Gap | None:
            from thidua_desktop.services.standing import standing  # noqa: PLC0415 - on the worker

            gaps = standing(self._context.ports()).gaps
            return next((one for one in gaps if one.key == key), None)

        def go_on(gap: Gap | None) -> None:
            if gap is not None:
                self.ask(gap)

        self._context.reader.run(found, owner=self, done=go_on, failed=self._refused)

    def _write(self, gap: Gap, slip: Path) -> None:
        def job() -> AskedAgain:
            from thidua_desktop.services.standing import ask_again  # noqa: PLC0415 - on the worker

            return ask_again(self._context.ports(), gap.key, slip=slip)

        self._context.writer.run(job, owner=self, done=self._tell, failed=self._refused)

    def _tell(self, asked: AskedAgain) -> None:
        where = asked.file.name if asked.file else ""
        self._context.news(f"Đã ghi phiếu {where}; hãy gửi cho nơi gửi gói.")
        self.asked.emit(asked.changes)

    def _refused(self, error: ThiduaError) -> None:
        from thidua_desktop.domain.error_text import error_text  # noqa: PLC0415 - after first paint

        self._context.news(error_text(error))
