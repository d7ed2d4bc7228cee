"""Lập tờ trình: choose proposals for one award, fill in the letter, submit it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import IncompleteError, InvalidInputError, ThiduaError
from thidua_desktop.domain.proposals import Submission, is_locked
from thidua_desktop.domain.units import Signer
from thidua_desktop.domain.words import field_label, kind_label
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.proposals import ProposalRow
from thidua_desktop.services.saving import save_record
from thidua_desktop.services.submissions import draft_submission, submit
from thidua_desktop.ui.forms.record_form import RecordForm
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text

_LETTER_ROWS = (("number", "date"), ("place",), ("recipient",), ("legal_basis",), ("copies_to",))
_SIGNER_ROWS = (("full_name", "position"), ("prefix",))
_KEY = Qt.ItemDataRole.UserRole


class SubmissionDialog(QDialog):
    """Two steps: which proposals, then the letter. `jump` asks to open a field that is missing."""

    submitted = Signal(object)
    jump = Signal(object)

    def __init__(
        self, context: PageContext, rows: Sequence[ProposalRow], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Lập tờ trình")
        self.resize(760, 600)
        self._context = context
        self._rows = [row for row in rows if not is_locked(row.state)]
        self._letter: Submission | None = None
        self._signer: Signer | None = None
        self.awards = QComboBox()
        self.awards.setAccessibleName("Hình thức đề nghị")
        for award_id, name in sorted(
            {(row.award_form_id, row.award) for row in self._rows if row.award_form_id},
            key=lambda pair: pair[1],
        ):
            self.awards.addItem(name, award_id)
        self.awards.currentIndexChanged.connect(self._fill)
        self.list = QListWidget()
        self.list.setAccessibleName("Các đề nghị của tờ trình")
        self.form: RecordForm[Submission] = RecordForm(
            Submission, _LETTER_ROWS, heights={"legal_basis": 5, "copies_to": 3}
        )
        self.signer: RecordForm[Signer] = RecordForm(Signer, _SIGNER_ROWS)
        self.message = Text(role="complaint", wrap=True)
        self.message.hide()
        self.missing = QListWidget()
        self.missing.setAccessibleName("Các mục còn thiếu")
        self.missing.itemActivated.connect(self._jump)
        self.missing.hide()
        self.next = button_of("Tiếp tục", self._draft, primary=True)
        self.send = button_of("Trình", self._submit, primary=True)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._first())
        self.stack.addWidget(self._second())
        layout = QVBoxLayout(self)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.message)
        layout.addWidget(self.missing)
        self._fill()

    def _first(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Text("Mỗi tờ trình đề nghị một hình thức, gửi một cấp.", role="muted"))
        layout.addWidget(self.awards)
        layout.addWidget(self.list, 1)
        layout.addLayout(self._buttons(self.next))
        return page

    def _second(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.addWidget(self.form)
        column.addWidget(Text("Người ký", role="heading"))
        column.addWidget(self.signer)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll, 1)
        layout.addLayout(self._buttons(self.send))
        return page

    def _buttons(self, primary: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button_of("Đóng", self.reject))
        row.addWidget(primary)
        return row

    def _fill(self) -> None:
        award = self.awards.currentData()
        self.list.clear()
        for row in self._rows:
            if row.award_form_id == award:
                lacks = f" – còn thiếu {row.missing} mục" if row.missing else ""
                item = QListWidgetItem(f"{row.name or '(chưa có tên)'}{lacks}")
                item.setData(_KEY, row.id)
                item.setCheckState(Qt.CheckState.Checked)
                self.list.addItem(item)
        self.next.setEnabled(self.list.count() > 0)
        if not self.list.count():
            self._say("Chưa có đề nghị nào để trình. Hãy chọn hình thức đề nghị cho hồ sơ trước.")

    def _chosen(self) -> list[UUID]:
        items = (self.list.item(place) for place in range(self.list.count()))
        return [i.data(_KEY) for i in items if i.checkState() == Qt.CheckState.Checked]

    def _draft(self) -> None:
        chosen = self._chosen()
        self._run(lambda ports: _drafted(ports, chosen), self._drafted)

    def _drafted(self, made: tuple[Submission, Signer]) -> None:
        self._letter, self._signer = made
        self.form.show_record(self._letter)
        self.signer.show_record(self._signer)
        self.stack.setCurrentIndex(1)
        self._say("")

    def _submit(self) -> None:
        if self._letter is None or self._signer is None:
            return
        letter, wrong_letter = self.form.record()
        signer, wrong_signer = self.signer.record()
        self.form.show_issues(wrong_letter)
        self.signer.show_issues(wrong_signer)
        if wrong_letter or wrong_signer:
            return
        self._run(lambda ports: _submitted(ports, letter, signer), self._done)

    def _done(self, changes: Changes) -> None:
        self.submitted.emit(changes)
        self.accept()

    def _run(self, job: Any, done: Any) -> None:  # noqa: ANN401 - a use case and its slot
        context = self._context
        context.writer.run(
            lambda: job(context.ports()), owner=self, done=done, failed=self._refused
        )

    def _refused(self, error: ThiduaError) -> None:
        self._say(error_text(error))
        self.missing.clear()
        if isinstance(error, InvalidInputError):
            self.form.show_issues(error.issues)
        if isinstance(error, IncompleteError):
            names = {row.id: row.name for row in self._rows}
            for kind, record_id, name in error.issues:
                who = names.get(record_id, kind_label(kind))
                item = QListWidgetItem(f"{who}: {field_label(kind, name)}")
                item.setData(_KEY, (record_id, name))
                self.missing.addItem(item)
        self.missing.setVisible(self.missing.count() > 0)

    def _jump(self, item: QListWidgetItem) -> None:
        self.reject()
        self.jump.emit(item.data(_KEY))

    def _say(self, words: str) -> None:
        self.message.setText(words)
        self.message.setVisible(bool(words))


def _drafted(ports: Ports, chosen: list[UUID]) -> tuple[Submission, Signer]:
    letter, _ = draft_submission(ports, chosen)
    with ports.store.read() as work:
        me = work.book.me()
        signer = work.records.find(Signer, letter.signer_id)
    return letter, signer or Signer(id=ports.new_id(me.number), unit_id=me.unit_id)


def _submitted(ports: Ports, letter: Submission, signer: Signer) -> Changes:
    """Store signer and letter as filled in, then submit."""
    with ports.store.read() as work:
        known = work.records.find(Signer, signer.id)
        stored = work.records.get(Submission, letter.id)
    if signer.full_name:
        save_record(ports, signer, shown=known)
        letter = replace(letter, signer_id=signer.id)
    if letter != stored:
        save_record(ports, letter, shown=stored)
    return submit(ports, letter.id).changes
