"""What pages do with notes on fields: ask, answer, settle, close; each by one use case."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from thidua_desktop.domain.notes import FieldNote, FieldPlace
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.differences import settle
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.questions import answer, ask, close
from thidua_desktop.ui.dialogs.ask_dialog import AskDialog
from thidua_desktop.ui.forms.record_form import RecordForm
from thidua_desktop.ui.forms.record_lines import RecordLines
from thidua_desktop.ui.pages.page import Page

Places = Callable[[], tuple[str, Sequence[FieldPlace]]]


class Noting(QObject):
    """Serves the notes of a page's forms. `done` is told what a use case touched.

    `places` say what may be asked about: the record in words, and its fields.
    """

    def __init__(self, page: Page, places: Places, done: Callable[[Changes], None]) -> None:
        super().__init__(page)
        self._page = page
        self._places = places
        self._done = done

    def serve(self, *forms: RecordForm | RecordLines) -> None:  # type: ignore[type-arg] # of any
        """Do what these forms say is wanted."""
        for form in forms:
            form.note_answered.connect(self.answer)
            form.note_settled.connect(self.settle)
            form.note_closed.connect(self.close)
            form.asking.connect(self.begin)

    def begin(self, kind: str, name: str) -> None:
        """Ask about a field, where this office may: the dialog names it, and others to choose."""
        if not self._page.context.office().is_province:
            return
        about, places = self._places()
        chosen = [place for place in places if (place.kind, place.field) == (kind, name)]
        if not places:
            return
        dialog = AskDialog(about, places, (chosen or list(places))[0], self._page)
        dialog.asked.connect(self.ask)
        dialog.open()

    def ask(self, place: FieldPlace, words: str) -> None:
        """Ask the office."""
        who = self._page.context.office().unit_name
        self._write(
            lambda ports: (
                ask(ports, place.kind, place.id, place.field, wording=words, asked_by=who).changes
            ),
            "Đã hỏi. Gói sau gửi đơn vị này sẽ mang câu hỏi.",
        )

    def answer(self, note: FieldNote, words: str) -> None:
        """Answer the province."""
        question_id, who = note.question_id, self._page.context.office().unit_name
        if question_id is not None:
            self._write(
                lambda ports: answer(ports, question_id, words, answered_by=who).changes,
                "Đã trả lời. Gói sau gửi tỉnh sẽ mang câu trả lời.",
            )

    def settle(self, note: FieldNote, op: str) -> None:
        """Take what was suggested, or keep what is there."""
        words = "Đã nhận đề nghị." if op == note.take else "Đã giữ nguyên."
        self._page.flush()
        self._write(
            lambda ports: settle(ports, note.cell, take=op).changes,
            f"{words} Gói sau sẽ báo cho nơi đề nghị.",
        )

    def close(self, note: FieldNote) -> None:
        """Close a question."""
        question_id = note.question_id
        if question_id is not None:
            self._write(lambda ports: close(ports, question_id).changes, "Đã khép câu hỏi.")

    def _write(self, job: Callable[[Ports], Changes], news: str) -> None:
        def done(changes: Changes) -> None:
            self._page.context.news(news)
            self._done(changes)

        self._page.write(job, done)
