"""Tổng quan: what is due, what waits for this office, what the province answered."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from thidua_desktop.ui.asking_again import AskingAgain
from thidua_desktop.ui.pages.page import Page, PageContext
from thidua_desktop.ui.widgets.chart import Bars
from thidua_desktop.ui.widgets.frames import Banner, Card, NumberCard, button_of, scrolled
from thidua_desktop.ui.widgets.labels import Chip, Line, Text

if TYPE_CHECKING:  # first paint does not need them
    from uuid import UUID

    from thidua_desktop.domain.deadlines import Due
    from thidua_desktop.services.changes import Changes
    from thidua_desktop.services.notes import Waiting
    from thidua_desktop.services.overview import Overview
    from thidua_desktop.services.ports import Ports
    from thidua_desktop.services.unfinished import Unfinished

_MOST_DUE = 7
_MOST_WAITING = 8
_NOTE_COLOURS = {"return": "err", "answer": "ok"}
_SOON = 30
_STATE_COLOURS = {
    "draft": "chart4",
    "submitted": "chart1",
    "received": "chart1",
    "eligible": "chart2",
    "returned": "chart3",
}


class OverviewPage(Page):
    """The start page."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("Tổng quan", context)
        self._drafts = NumberCard("Đề nghị còn dự thảo")
        self._waits = NumberCard("Cần trả lời")
        self._differences = NumberCard("Chỗ khác nhau, đề nghị sửa")
        self._unsent = NumberCard("Thay đổi chưa được báo đã nhận")
        cards = QGridLayout()
        cards.setSpacing(12)
        for column, card in enumerate((self._drafts, self._waits, self._differences, self._unsent)):
            cards.addWidget(card, 0, column)
            cards.setColumnStretch(column, 1)
        for card, place in (
            (self._drafts, "proposals"),
            (self._differences, "bundles"),
            (self._unsent, "bundles"),
        ):
            card.clicked.connect(lambda place=place: context.go(place, None))
        self.asking = AskingAgain(context, self)
        self.asking.asked.connect(self._asked_again)
        self._first: Waiting | None = None
        self._waits.clicked.connect(self._go_first)
        self._due = _Rows("Thời hạn")
        self._answers = _Rows("Hỏi và trả lời")
        self.unfinished = _Rows("Đang làm dở")
        self._bundles = _Rows("Gói dữ liệu")
        self._chart_card = Card("Đề nghị theo trạng thái")
        self._chart = Bars(context.look)
        self._chart_card.body.addWidget(self._chart)
        self._nominees = Text(role="muted", wrap=True)
        self._chart_card.body.addWidget(self._nominees)
        self._chart_card.body.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self._answers)
        right.addWidget(self._chart_card)
        right.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(12)
        self._left = QVBoxLayout()
        self._left.setSpacing(12)
        self._left.addWidget(self._due)
        self._left.addWidget(self._bundles)
        self._left.addWidget(self.unfinished)
        self._left.addStretch(1)
        columns.addLayout(self._left, 3)
        columns.addLayout(right, 2)
        inside = QWidget()
        # As high as its lines are at this width; else there is room for them at the narrowest.
        inside.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        self.dangers = Banner("ask")
        layout.addWidget(self.dangers)
        layout.addLayout(cards)
        layout.addLayout(columns, 1)
        scroll = scrolled(inside)
        self.body.addWidget(scroll, 1)

    def refresh(self) -> None:
        """Read the numbers anew."""
        today = self.context.today()

        def read(ports: Ports) -> Overview:
            from thidua_desktop.services.overview import overview  # noqa: PLC0415 - on the worker

            return overview(ports, today=today)

        self.read(read, self.show_overview)

    def show_overview(self, said: Overview) -> None:
        """Show what was read."""
        from thidua_desktop.domain.proposals import ProposalState  # noqa: PLC0415 - read by then
        from thidua_desktop.domain.words import role_name, word  # noqa: PLC0415

        self.head.about.setText(f"{said.office.unit_name} · {role_name(said.office.role)}")
        self.dangers.show_words("Cần chú ý", "\n".join(said.warnings))
        states = said.states
        self._drafts.show_number(states.get(ProposalState.DRAFT, 0))
        back = 0 if said.office.is_province else states.get(ProposalState.RETURNED, 0)
        asked = len(said.waiting)
        status = f"{back} hồ sơ trả lại" if back else "Cần xem" if asked else ""
        self._waits.show_number(asked, status, "err" if back else "warn")
        self._first = said.waiting[0] if said.waiting else None
        open_cells = said.differences + said.suggestions
        status = "Cần chọn" if said.differences else "Có đề nghị" if said.suggestions else ""
        self._differences.show_number(open_cells, status, "err" if said.differences else "warn")
        waits = f"{said.parked} gói đang chờ" if said.parked else ""
        self._unsent.show_number(said.unacknowledged, waits, "warn")
        total = sum(states.values())
        self._nominees.setText(f"{total} đề nghị cho {said.nominees} đối tượng." if total else "")
        self._show_due(said)
        self._show_answers(said)
        self._show_unfinished(said.unfinished)
        self._show_bundles(said)
        self._chart.show_bars(
            [(word(s), states.get(s, 0), _STATE_COLOURS[s]) for s in ProposalState]
        )

    def _show_due(self, said: Overview) -> None:
        """Show what is late, then what comes, then what was done of this year's."""
        due = said.due
        coming = [item for item in due if not item.is_late and not item.is_done][:_MOST_DUE]
        late = [item for item in due if item.is_late and not item.is_done]
        year = self.context.today().year
        done = [item for item in due if item.is_done and item.due_on.year == year]
        shown_ones = (*late, *coming, *done)
        rows = [(_task(item), _day(item), *self._status(item, said)) for item in shown_ones]
        self._due.show_rows(
            rows,
            empty="Không có việc nào đến hạn.",
            # Only what wants something soon is a door: the others would fill the page.
            jobs=[
                partial(self._open_task, item, said) if _is_pressing(item) else None
                for item in shown_ones
            ],
            labels=[
                "Xem đơn vị trực thuộc" if _key(item) in said.awaited else "Mở việc này"
                for item in shown_ones
            ],
        )

    def _status(self, item: Due, said: Overview) -> tuple[str, str]:
        if _key(item) not in said.awaited:
            return _days_left(item)
        done, every = said.awaited[_key(item)]
        late = "quá hạn" if item.is_late else f"còn {item.days_left} ngày"
        if done == every:
            return f"{done}/{every} đơn vị đã làm", "ok"
        return f"{done}/{every} đơn vị đã làm, {late}", _days_left(item)[1]

    def _open_task(self, item: Due, said: Overview) -> None:
        below = ("below", item.due_on.year)
        self.context.go("movement", below if _key(item) in said.awaited else _key(item))

    def _show_answers(self, said: Overview) -> None:
        from thidua_desktop.domain.words import word  # noqa: PLC0415

        shown_ones = said.waiting[:_MOST_WAITING]
        self._answers.show_rows(
            [
                (one.about, one.words, word(one.sort), _NOTE_COLOURS.get(one.sort, "warn"))
                for one in shown_ones
            ],
            empty="Không có câu hỏi, đề nghị sửa hay hồ sơ trả lại nào đang chờ.",
            jobs=[self._opener(one) for one in shown_ones],
        )

    def _show_unfinished(self, found: Sequence[Unfinished]) -> None:
        self.unfinished.show_rows(
            [(one.words, one.below, "", "plain") for one in found],
            empty="",
            jobs=[self._opener(one) for one in found],
            labels=["Làm tiếp"] * len(found),
        )
        self.unfinished.setVisible(bool(found))

    def _opener(self, one: Waiting | Unfinished) -> object:
        return lambda: self._go(one)

    def _show_bundles(self, said: Overview) -> None:
        from thidua_desktop.ui.pages.standing_rows import standing_rows  # noqa: PLC0415

        # What is missing stands where nobody must scroll to see it.
        wants = bool(said.standing.gaps or said.standing.requests)
        self._left.insertWidget(0, self._bundles if wants else self._due)
        lines = standing_rows(said, ask=self.asking.ask, send=self._send)
        self._bundles.show_rows(
            [line.row for line in lines],
            empty="",
            jobs=[line.job for line in lines],
            labels=[line.label for line in lines],
        )

    def _send(self) -> None:
        self.context.go("bundles", None)

    def _asked_again(self, changes: Changes) -> None:
        self.changed.emit(changes)
        self.refresh()

    def _go_first(self) -> None:
        if self._first is not None:
            self._go(self._first)

    def _go(self, one: Waiting | Unfinished) -> None:
        from thidua_desktop.ui.pages.waiting import page_of  # noqa: PLC0415

        self.context.go(page_of(one.place), one.place)


class _Rows(Card):
    """A card with rows: a line, what stands below it, a status."""

    def __init__(self, heading: str) -> None:
        super().__init__(heading)
        self._inside: QWidget | None = None

    def show_rows(
        self,
        rows: Sequence[tuple[str, str, str, str]],
        *,
        empty: str,
        jobs: Sequence[object] = (),
        labels: Sequence[str] = (),
    ) -> None:
        """Show other rows; a job makes its row a door."""
        if self._inside is not None:
            self.body.removeWidget(self._inside)
            self._inside.deleteLater()
        self._inside = QWidget()
        layout = QVBoxLayout(self._inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        if not rows:
            layout.addWidget(Text(empty, role="muted", wrap=True))
        for place, (title, below, status, kind) in enumerate(rows):
            if place:
                layout.addWidget(Line())
            layout.addWidget(Text(title, wrap=True))
            line = QHBoxLayout()
            line.addWidget(Text(below, role="muted", wrap=True), 1)
            if status:
                line.addWidget(Chip(status, kind), 0, Qt.AlignmentFlag.AlignTop)
            if below or status:
                layout.addLayout(line)
            if place < len(jobs) and callable(jobs[place]):
                label = labels[place] if labels else "Mở ô này"
                layout.addWidget(
                    button_of(label, jobs[place], quiet=True),  # type: ignore[arg-type]
                    0,
                    Qt.AlignmentFlag.AlignLeft,
                )
        layout.addStretch(1)
        self.body.addWidget(self._inside, 1)


def _key(item: Due) -> tuple[UUID, int]:
    return item.obligation.id, item.due_on.year


def _is_pressing(item: Due) -> bool:
    return not item.is_done and item.days_left <= _SOON


def _task(item: Due) -> str:
    task = item.obligation.task
    return task[:1].upper() + task[1:]


def _day(item: Due) -> str:
    from thidua_desktop.domain.dates import PartialDate, shown  # noqa: PLC0415 - read by then

    day = shown(PartialDate.of(item.due_on))
    section = f" · mục {item.obligation.section}" if item.obligation.section else ""
    left = f" · {item.left_text}" if item.left_by else ""
    return f"Hạn {day}{section}{left}"


def _days_left(item: Due) -> tuple[str, str]:
    if item.is_done:
        from thidua_desktop.domain.deadlines import DebtState  # noqa: PLC0415 - read by then
        from thidua_desktop.domain.words import word  # noqa: PLC0415

        return word(item.state), "ok" if item.state is DebtState.DONE else "warn"
    if item.is_late:
        return f"Quá hạn {-item.days_left} ngày", "err"
    if item.days_left == 0:
        return "Hôm nay", "warn"
    return f"Còn {item.days_left} ngày", "warn" if item.days_left <= _SOON else "plain"
