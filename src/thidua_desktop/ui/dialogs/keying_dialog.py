"""Nhập kiểm lần hai: the figures are keyed again, unseen, and what differs is put side by side."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from thidua_desktop.domain.criteria import Checklist, Score
from thidua_desktop.domain.errors import ThiduaError
from thidua_desktop.domain.issue_text import refusal_text
from thidua_desktop.domain.scoring import score_issues
from thidua_desktop.domain.words import field_label
from thidua_desktop.services.checklists import KEYED, ChecklistView, open_checklist
from thidua_desktop.services.keying import (
    KeyedAgain,
    finish_keying,
    forget_keying,
    key_again,
    keyed_again,
    take_first,
    take_second,
)
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.records import value_text
from thidua_desktop.services.saving import RecordSaved
from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.forms.record_form import RecordForm
from thidua_desktop.ui.pages.page import Page
from thidua_desktop.ui.widgets.frames import Card, button_of, scrolled
from thidua_desktop.ui.widgets.labels import Text

T = TypeVar("T")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_OPEN = "(trống)"


class KeyingDialog(Dialog):
    """One criterion after the other; Enter in the last field goes on. `changed` tells of saves."""

    changed = Signal(object)

    def __init__(self, page: Page, view: ChecklistView) -> None:
        super().__init__(page)
        self.setWindowTitle("Nhập kiểm lần hai")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(760, 580)
        self._page = page
        self._view = view
        self._again: tuple[KeyedAgain, ...] = ()
        self._one: KeyedAgain | None = None
        self.bar = QProgressBar()
        self.bar.setAccessibleName("Số tiêu chí đã nhập lần hai")
        self.title = Text(role="strong", wrap=True)
        self.form: RecordForm[Score] = RecordForm(Score, tuple((name,) for name in KEYED))
        for editor in self.form.editors.values():
            editor.inner.installEventFilter(self)
        self.go_on = button_of("Tiếp", self.keep, primary=True)
        self.message = Text(role="complaint", wrap=True)
        self.differences = QVBoxLayout()
        self.agreed = button_of("Hai lần khớp, ghi nhận", self.finish)
        self._lay_out()
        self._read()

    def _lay_out(self) -> None:
        card = Card()
        card.body.addWidget(self.title)
        card.body.addWidget(self.form)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addLayout(self.differences)
        column.addStretch(1)
        buttons = QHBoxLayout()
        again = button_of("Nhập lại từ đầu", self.start_again, quiet=True)
        shut = button_of("Đóng", self.reject)
        buttons.addWidget(again)
        buttons.addStretch(1)
        for button in (self.go_on, self.agreed, shut):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        words = (
            "Người thứ hai gõ lại số liệu từ bản giấy, không nhìn lần một. Chỗ khác nhau hiện ở "
            "dưới để chọn. Gõ đến đâu giữ đến đó trên máy này."
        )
        layout.addWidget(Text(words, role="muted", wrap=True))
        layout.addWidget(self.bar)
        layout.addWidget(scrolled(inside), 1)
        layout.addWidget(self.message)
        layout.addLayout(buttons)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go on with Enter in the last field of a criterion."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            shown = [one for one in self.form.editors.values() if one.takes_keys()]
            if event.key() in _ENTER and shown and shown[-1].inner is watched:
                self.keep()
                return True
        return super().eventFilter(watched, event)

    # reading

    def _read(self) -> None:
        one = self._view.checklist
        self._page.read(partial(_both, one), self._show)

    def _show(self, read: tuple[ChecklistView, tuple[KeyedAgain, ...]]) -> None:
        self._view, self._again = read
        keyed = sum(one.is_keyed for one in self._again)
        self.bar.setMaximum(max(1, len(self._again)))
        self.bar.setValue(keyed)
        self.bar.setFormat(f"Đã nhập lần hai {keyed}/{len(self._again)} tiêu chí")
        self._show_differences()
        open_yet = [one for one in self._again if not one.is_keyed]
        differ = any(one.differing for one in self._again)
        self.agreed.setEnabled(not open_yet and not differ)
        self._one = open_yet[0] if open_yet else None
        for widget in (self.form, self.go_on):
            widget.setVisible(self._one is not None)
        if self._one is None:
            self.title.setText(
                "Đã nhập xong. Còn chỗ khác nhau ở dưới." if differ else "Hai lần nhập khớp nhau."
            )
            self.agreed.setFocus()
            return
        criterion = self._one.row.row.criterion
        self.title.setText(f"{criterion.place or ''}. {criterion.wording}")
        self.form.show_record(self._one.score)
        for name in KEYED:
            self.form.show_field(name, visible=name in self._one.fields)
        self.form.focus_field(self._one.fields[0])

    def _show_differences(self) -> None:
        while (item := self.differences.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for one in self._again:
            if one.differing:
                self.differences.addWidget(self._difference(one))

    def _difference(self, one: KeyedAgain) -> QWidget:
        card, criterion = Card(), one.row.row.criterion
        card.body.addWidget(
            Text(f"≠ {criterion.place or ''}. {criterion.wording}", role="strong", wrap=True)
        )
        for name in one.differing:
            first, second = (
                value_text(getattr(score, name)) or _OPEN for score in (one.row.score, one.score)
            )
            words = f"{field_label('score', name)}: lần một {first}, lần hai {second}"
            card.body.addWidget(Text(words, wrap=True))
        row = QHBoxLayout()
        for label, job in (("Giữ lần một", self.take_first), ("Lấy lần hai", self.take_second)):
            button = button_of(label, partial(job, one))
            row.addWidget(button)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    # doing

    def keep(self) -> None:
        """Keep what was keyed of this criterion, and go on to the next."""
        one = self._one
        if one is None:
            return
        score, issues = self.form.record()
        issues = (*issues, *score_issues(score, one.row.row.criterion))
        self.form.show_issues(issues)
        if not issues:
            checklist = self._view.checklist
            self.message.setText("")
            self._write(lambda ports: key_again(ports, checklist, score), lambda _: self._read())

    def take_first(self, one: KeyedAgain) -> None:
        """Let the first keying stand."""
        checklist = self._view.checklist
        self._write(lambda ports: take_first(ports, checklist, one), lambda _: self._read())

    def take_second(self, one: KeyedAgain) -> None:
        """Let the second keying stand."""
        checklist = self._view.checklist
        self._write(lambda ports: take_second(ports, checklist, one), self._stored)

    def finish(self) -> None:
        """Note that both keyings agree."""
        view = self._view
        self._write(lambda ports: finish_keying(ports, view), self._finished)

    def start_again(self) -> None:
        """Forget what was keyed the second time."""
        checklist = self._view.checklist
        self._write(lambda ports: forget_keying(ports, checklist), lambda _: self._read())

    def _stored(self, saved: RecordSaved[Score]) -> None:
        self.changed.emit(saved.changes)
        self._read()

    def _finished(self, saved: RecordSaved[Checklist]) -> None:
        self._page.context.news("Đã ghi nhận: hai lần nhập khớp nhau.")
        self.changed.emit(saved.changes)
        self.accept()

    def _write(self, job: Callable[[Ports], T], done: Callable[[T], None]) -> None:
        self._page.write(job, done, self._refused)

    def _refused(self, error: ThiduaError) -> None:
        self.message.setText(f"⚠ {refusal_text(error)}")
        self._read()


def _both(checklist: Checklist, ports: Ports) -> tuple[ChecklistView, tuple[KeyedAgain, ...]]:
    assert checklist.set_id is not None  # noqa: S101 - a checklist that is shown has its set
    view = open_checklist(
        ports,
        set_id=checklist.set_id,
        year=checklist.period or 0,
        unit_id=checklist.unit_id,
    )
    return view, keyed_again(ports, view)
