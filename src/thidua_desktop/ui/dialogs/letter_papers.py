"""Giấy tờ kèm tờ trình: the minutes and other papers that a letter rests on, noted once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from thidua_desktop.domain.criteria import Evidence
from thidua_desktop.domain.errors import ThiduaError
from thidua_desktop.services.dossier_papers import (
    add_paper,
    list_papers,
    paper_choices,
    papers_target,
    save_paper,
)
from thidua_desktop.services.pasting import Target
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import delete_record
from thidua_desktop.ui.forms.record_lines import RecordLines
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.pages.pasting import Pasting

T = TypeVar("T")
PAPER_COLUMNS = ("paper", "document", "date", "count")


class LetterPapers(QWidget):
    """Stores each line by itself; `refused` hears why one was not stored."""

    def __init__(self, context: PageContext, refused: Callable[[ThiduaError], None]) -> None:
        super().__init__()
        self.context = context
        self._refused = refused
        self._letter: UUID | None = None
        self.lines: RecordLines[Evidence] = RecordLines(
            Evidence,
            PAPER_COLUMNS,
            "Giấy tờ kèm tờ trình",
            "Thêm giấy tờ",
            captions=True,
            today=context.today,
        )
        self.lines.offer({"paper": paper_choices()})
        self.lines.wanted.connect(self._add)
        self.lines.changed_record.connect(self._save)
        self.lines.removed.connect(self._remove)
        Pasting(self, lambda _: self._read()).serve(self.lines, self._pasted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.lines)

    def show_letter(self, letter_id: UUID) -> None:
        """Read the papers of a letter."""
        self._letter = letter_id
        self._read()

    def flush(self) -> None:
        """Save what waits."""
        self.lines.flush()

    def focus(self, record_id: UUID, field: str) -> None:
        """Go to a field of a paper; where it is not here yet, to the button that adds one."""
        if not self.lines.focus_field(record_id, field):
            self.lines.focus_add()

    def _read(self) -> None:
        context, letter_id = self.context, self._letter
        if letter_id is not None:
            context.reader.run(
                lambda: list_papers(context.ports(), letter_id),
                owner=self,
                done=self._show,
                failed=self._refused,
            )

    def _pasted(self) -> Target | None:
        if self._letter is None:
            return None
        return papers_target(self.lines.columns, {"submission_id": self._letter})

    def _show(self, papers: Sequence[Evidence]) -> None:
        self.lines.show_records(papers)

    def _add(self) -> None:
        letter_id = self._letter
        if letter_id is not None:
            self._write(lambda ports: add_paper(ports, submission_id=letter_id))

    def _save(self, change: tuple[Evidence, Evidence]) -> None:
        shown, record = change
        self._write(lambda ports: save_paper(ports, record, shown=shown))

    def _remove(self, record: Evidence) -> None:
        self._write(lambda ports: delete_record(ports, record))

    def _write(self, job: Callable[[Ports], T]) -> None:
        context, letter_id = self.context, self._letter
        if letter_id is None:
            return

        def done_and_read() -> tuple[Evidence, ...]:
            job(context.ports())
            return list_papers(context.ports(), letter_id)

        context.writer.run(done_and_read, owner=self, done=self._show, failed=self._refused)
