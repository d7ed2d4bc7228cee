"""Hỏi đáp: what the province asked about fields, where each question stands, the answers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from thidua_desktop.domain.dates import shown
from thidua_desktop.domain.questions import QuestionState
from thidua_desktop.domain.words import word
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.questions import QuestionRow, answer, close, list_questions
from thidua_desktop.services.saving import RecordSaved
from thidua_desktop.ui.habits import keep_panes
from thidua_desktop.ui.pages.list_tools import with_tools
from thidua_desktop.ui.pages.page import Page, PageContext
from thidua_desktop.ui.pages.waiting import page_of
from thidua_desktop.ui.widgets.choice import Choice
from thidua_desktop.ui.widgets.frames import Card, EmptyPlace, button_of, panes, scrolled
from thidua_desktop.ui.widgets.labels import Chip, Text
from thidua_desktop.ui.widgets.rows import Row, RowList

_KINDS = {QuestionState.OPEN: "warn", QuestionState.ANSWERED: "ok", QuestionState.CLOSED: "plain"}
_EMPTY = (
    "Chưa có câu hỏi nào. Tỉnh hỏi về một ô bằng cách mở hồ sơ, bấm chuột phải vào ô đó rồi chọn "
    "“Hỏi đơn vị về ô này…” (Ctrl+H)."
)


class QuestionPage(Page):
    """Questions at the left, the chosen one at the right."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("Hỏi đáp", context)
        self._rows: tuple[QuestionRow, ...] = ()
        self._row: QuestionRow | None = None
        self._state = Choice()
        self._state.setAccessibleName("Lọc theo trạng thái")
        self._state.addItem("Chưa khép", None)
        for state in QuestionState:
            self._state.addItem(word(state), state)
        self._state.currentIndexChanged.connect(self._filter)
        self._list = RowList(context.look, "Các câu hỏi")
        self._list.selectionModel().currentChanged.connect(self._choose)
        self._count = Text(role="muted")
        self._title = Text(role="heading", wrap=True)
        self._chip = Chip()
        self._office = Text(role="muted", wrap=True)
        self._wording = Text(wrap=True)
        self._asked = Text(role="caption", wrap=True)
        self._answer = Text(wrap=True)
        self._answered = Text(role="caption", wrap=True)
        self.reply = QPlainTextEdit()
        self.reply.setTabChangesFocus(True)
        self.reply.setAccessibleName("Câu trả lời")
        self.reply.setPlaceholderText("Trả lời tỉnh; gói sau sẽ mang đi")
        self.reply.setFixedHeight(96)
        self.say = button_of("Trả lời", self._say, primary=True)
        self.shut = button_of("Khép câu hỏi", self._close)
        self.go = button_of("Mở ô này", self._go)
        self._stack = QStackedWidget()
        self._stack.addWidget(EmptyPlace(_EMPTY))
        self._stack.addWidget(scrolled(self._card()))
        sides = panes(self._left(), self._stack, widths=(450, 640))
        self.body.addWidget(keep_panes(context.habits, "questions", sides), 1)

    def _left(self) -> QWidget:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._state)
        column.addWidget(
            with_tools(self.context.habits, "questions", self._list, beside={"state": self._state}),
            1,
        )
        column.addWidget(self._count)
        return left

    def _card(self) -> Card:
        card = Card()
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._chip)
        card.body.addLayout(head)
        card.body.addWidget(self._office)
        for heading, words, who in (
            ("Tỉnh hỏi", self._wording, self._asked),
            ("Đơn vị trả lời", self._answer, self._answered),
        ):
            card.body.addWidget(Text(heading, role="strong"))
            card.body.addWidget(words)
            card.body.addWidget(who)
        card.body.addWidget(self.reply)
        buttons = QHBoxLayout()
        for button in (self.go, self.shut, self.say):
            buttons.addWidget(button)
        buttons.addStretch(1)
        card.body.addLayout(buttons)
        card.body.addStretch(1)
        return card

    def refresh(self) -> None:
        """Read the questions anew."""
        self.read(list_questions, self._show)

    def step(self, by: int) -> None:
        """Go to the next question, or the one before."""
        self._list.step(by)

    def _show(self, rows: Sequence[QuestionRow]) -> None:
        self._rows = tuple(rows)
        self._filter()

    def _filter(self) -> None:
        chosen = self._state.currentData()
        wanted = {QuestionState(chosen)} if chosen else set(QuestionState) - {QuestionState.CLOSED}
        found = [row for row in self._rows if row.state in wanted]
        province = self.context.office().is_province
        self._list.show_rows([_list_row(row, is_province=province) for row in found])
        self._count.setText(f"{len(found)} / {len(self._rows)} câu hỏi")
        if self._list.chosen() is None and found:
            self._list.choose(found[0].question.id)
        self._choose()

    def _choose(self) -> None:
        chosen = self._list.chosen()
        row = next((one for one in self._rows if one.question.id == chosen), None)
        self._stack.setCurrentIndex(1 if row else 0)
        if row is None:
            return
        if self._row is None or self._row.question.id != row.question.id:
            self.reply.clear()
        self._row = row
        one, province = row.question, self.context.office().is_province
        self._title.setText(f"{row.about} · {row.label}")
        self._chip.show_status(word(row.state), _KINDS[row.state])
        self._office.setText(row.office)
        self._wording.setText(one.wording)
        self._asked.setText(_who(one.asked_by, shown(one.asked_on)))
        self._answer.setText(one.answer or "Chưa trả lời.")
        self._answered.setText(_who(one.answered_by, shown(one.answered_on)))
        may_answer = row.is_ours and row.state is QuestionState.OPEN
        self.reply.setVisible(may_answer)
        self.say.setVisible(may_answer)
        self.shut.setVisible(province)
        is_closed = row.state is QuestionState.CLOSED
        self.shut.setText("Mở lại câu hỏi" if is_closed else "Khép câu hỏi")

    def _say(self) -> None:
        words = self.reply.toPlainText().strip()
        if self._row is None or not words:
            self.reply.setFocus()
            return
        question_id, who = self._row.question.id, self.context.office().unit_name
        self.write(
            lambda ports: answer(ports, question_id, words, answered_by=who), self._answered_now
        )

    def _answered_now(self, saved: RecordSaved) -> None:  # type: ignore[type-arg] # of a question
        self.reply.clear()
        self.context.news("Đã trả lời. Gói sau gửi tỉnh sẽ mang câu trả lời.")
        self._saved(saved)

    def _close(self) -> None:
        if self._row is None:
            return
        question_id, shut = self._row.question.id, self._row.state is not QuestionState.CLOSED

        def job(ports: Ports) -> RecordSaved:  # type: ignore[type-arg] # of a question
            return close(ports, question_id, is_closed=shut)

        self.write(job, self._saved)

    def _saved(self, saved: RecordSaved) -> None:  # type: ignore[type-arg] # of a question
        self.changed.emit(saved.changes)
        self.refresh()

    def _go(self) -> None:
        if self._row is not None:
            self.context.go(page_of(self._row.place), self._row.place)


def _list_row(row: QuestionRow, *, is_province: bool) -> Row:
    below = row.question.wording.replace("\n", " ")
    if is_province:
        below = f"{row.office}: {below}"
    title = f"{row.about} · {row.label}"
    return Row(row.question.id, title, below, word(row.state), _KINDS[row.state])


def _who(*parts: str) -> str:
    return " · ".join(filter(None, parts))
