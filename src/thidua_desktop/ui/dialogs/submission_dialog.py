"""Lập tờ trình: choose proposals for one award, fill in the letter, submit it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.dossier_findings import Found
from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import (
    DossierFaultsError,
    IncompleteError,
    InvalidInputError,
    ThiduaError,
)
from thidua_desktop.domain.field_values import NotKeptError
from thidua_desktop.domain.marks import CIRCULATIONS
from thidua_desktop.domain.notes import FieldPlace
from thidua_desktop.domain.proposals import Submission, is_locked
from thidua_desktop.domain.text import name_key
from thidua_desktop.domain.units import Signer
from thidua_desktop.services.dossier_check import PAPERS, told_before_print
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.printing import printable_letter
from thidua_desktop.services.proposals import ProposalRow
from thidua_desktop.services.saving import save_record
from thidua_desktop.services.submissions import (
    MissingPlace,
    Submitted,
    draft_submission,
    missing_places,
    submit,
)
from thidua_desktop.services.units import own_signers
from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.dialogs.letter_papers import LetterPapers
from thidua_desktop.ui.dialogs.print_preview import PrintPreview
from thidua_desktop.ui.forms.record_form import RecordForm
from thidua_desktop.ui.forms.signer_choice import SignerChoice
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.where_from import where_action
from thidua_desktop.ui.widgets.choice import Choice
from thidua_desktop.ui.widgets.frames import button_of, reveal, scrolled_as_wide
from thidua_desktop.ui.widgets.labels import Text

_LETTER_ROWS = (
    ("number", "date"),
    ("place", "urgency"),
    ("circulation",),
    ("recipient",),
    ("legal_basis",),
    ("copies_to",),
    ("drafter", "copies"),
)
_HINTS = {
    "circulation": f"để trống, hoặc {', '.join(CIRCULATIONS)}",
    "drafter": "viết tắt tên, như NVT",
}
_KEY = Qt.ItemDataRole.UserRole
_MISSING_ROWS = 5
T = TypeVar("T")


class SubmissionDialog(Dialog):
    """Two steps: which proposals, then the letter. `jump` asks to open a field that is missing."""

    submitted = Signal(object)
    jump = Signal(object)

    def __init__(
        self, context: PageContext, rows: Sequence[ProposalRow], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Lập tờ trình")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(760, 600)
        self._context = context
        self._rows = [row for row in rows if not is_locked(row.state)]
        self._letter: Submission | None = None
        self._is_gone = False
        self.awards = Choice()
        self.awards.setAccessibleName("Hình thức đề nghị")
        for award_id, name in sorted(
            {(row.award_form_id, row.award) for row in self._rows if row.award_form_id},
            key=lambda pair: name_key(pair[1]),
        ):
            self.awards.addItem(name, award_id)
        self.awards.currentIndexChanged.connect(self._fill)
        self.list = QListWidget()
        self.list.setAccessibleName("Các đề nghị của tờ trình")
        self.addAction(where_action(self, context))
        self.form: RecordForm[Submission] = RecordForm(
            Submission, _LETTER_ROWS, heights={"legal_basis": 5, "copies_to": 3}
        )
        for name, hint in _HINTS.items():
            self.form.editors[name].hint(hint)
        self.signer = SignerChoice()
        self.papers = LetterPapers(context, self._refused)
        self._wanted: FieldPlace | None = None
        self.form.editors["date"].left.connect(self._show_day)
        self.message = Text(role="complaint", wrap=True)
        self.message.hide()
        self.missing = QListWidget()
        self.missing.setAccessibleName("Các mục còn thiếu")
        self.missing.itemActivated.connect(self._jump)
        self.missing.itemClicked.connect(self._jump)
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
        column.addWidget(self.papers)
        column.addStretch(1)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled_as_wide(inside), 1)
        self.check = button_of("Soát hồ sơ", self._check)
        self.check.setToolTip("Soát giấy tờ, số lượng, họ tên, ngày tháng của tờ trình")
        preview = button_of("Xem trước", self._preview)
        layout.addLayout(self._buttons(self.check, preview, self.send))
        return page

    def _buttons(self, *buttons: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button_of("Đóng", self.reject))
        for button in buttons:
            row.addWidget(button)
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

    def open_letter(self, letter_id: UUID, place: FieldPlace) -> None:
        """Show a letter that is there, at one of its fields, of its signer, or of its papers."""
        self._wanted = place
        self._run(lambda ports: _opened(ports, letter_id), self._drafted)

    def _draft(self) -> None:
        chosen = self._chosen()
        self._run(lambda ports: _drafted(ports, chosen), self._drafted)

    def _drafted(self, made: tuple[Submission, tuple[Signer, ...]]) -> None:
        self._letter, signers = made
        self.form.show_record(self._letter)
        own = [one for one in signers if one.id == self._letter.signer_id]
        wanted = own[0] if own else signers[-1]
        self.signer.show_signers(signers, wanted, self._letter.date or self._today)
        self.papers.show_letter(self._letter.id)
        self.stack.setCurrentIndex(1)
        self._say("")
        if self._wanted is not None:
            place, self._wanted = self._wanted, None
            # The papers are read before: reader and this come one after the other.
            self._context.reader.run(
                lambda: place, owner=self, done=self._focus, failed=self._refused
            )

    def _focus(self, place: FieldPlace) -> None:
        """Go to a field that a finding named."""
        if place.kind == "evidence" or place.field == PAPERS:
            self.papers.focus(place.id, place.field)
        elif place.kind == "signer":
            self.signer.form.focus_field(place.field)
        elif place.field == "signer_id":
            self.signer.who.setFocus(Qt.FocusReason.OtherFocusReason)
            reveal(self.signer.who)
        else:
            self.form.focus_field(place.field)

    @property
    def _today(self) -> PartialDate:
        return PartialDate.of(self._context.today())

    def _show_day(self) -> None:
        """Let the day of the letter choose who signs."""
        try:
            day = self.form.editors["date"].value()
        except NotKeptError:
            return  # the form says so
        self.signer.go_to_day(day or self._today)

    def drops_words(self) -> bool:
        """Return no: they stay with the letter."""
        return False

    def reject(self) -> None:
        """Close; what was filled in stays with the letter."""
        if self._letter is not None and not self._is_gone:
            self._is_gone = True
            self._store(lambda _: None)
        super().reject()

    def _preview(self) -> None:
        self._store(self._open_preview)

    def _open_preview(self, letter: Submission) -> None:
        paper = printable_letter("Cả tờ trình", letter.id)
        preview = PrintPreview(self._context, [paper], self)
        preview.open()
        context = self._context
        context.reader.run(
            lambda: told_before_print(context.ports(), submission=letter.id),
            owner=self,
            done=self._say,
            failed=self._refused,
        )

    def _check(self) -> None:
        self._store(self._go_to_check)

    def _go_to_check(self, letter: Submission) -> None:
        self._is_gone = True
        self.reject()
        self._context.go("check", letter.id)

    def _submit(self) -> None:
        self._store(self._send)

    def _store(self, then: Callable[[Submission], None]) -> None:
        """Store letter and signer as far as they can be kept; go on if nothing is wrong."""
        if self._letter is None:
            return
        self.papers.flush()
        letter, wrong_letter = self.form.record()
        _, wrong_signer = self.signer.form.record()
        signer, signers = self.signer.signer, self.signer.edited
        self.form.show_issues(wrong_letter)
        self.signer.form.show_issues(wrong_signer)
        wrong = bool(wrong_letter or wrong_signer)
        self._run(
            lambda ports: _stored(ports, letter, signer, signers),
            lambda stored: None if wrong else then(stored),
        )

    def _send(self, letter: Submission) -> None:
        self._run(lambda ports: submit(ports, letter.id), self._done)

    def _done(self, done: Submitted) -> None:
        self._is_gone = True
        self.submitted.emit(done)
        self.accept()

    def _run(self, job: Callable[[Ports], T], done: Callable[[T], None]) -> None:
        context = self._context
        context.writer.run(
            lambda: job(context.ports()), owner=self, done=done, failed=self._refused
        )

    def _refused(self, error: ThiduaError) -> None:
        self._say(error_text(error))
        self._show_missing(())
        if isinstance(error, DossierFaultsError):
            self._show_missing([_stopping_place(one.found) for one in error.findings])
        if isinstance(error, InvalidInputError):
            self.form.show_issues(error.issues)
        if isinstance(error, IncompleteError):
            context = self._context
            context.reader.run(
                lambda: missing_places(context.ports(), error),
                owner=self,
                done=self._show_missing,
                failed=lambda later: self._say(error_text(later)),
            )

    def _show_missing(self, places: Sequence[MissingPlace]) -> None:
        self.missing.clear()
        for place in places:
            item = QListWidgetItem(place.text)
            item.setData(_KEY, place)
            self.missing.addItem(item)
        rows = min(len(places), _MISSING_ROWS)
        self.missing.setFixedHeight(self.fontMetrics().lineSpacing() * rows + 16)
        self.missing.setVisible(bool(places))

    def _jump(self, item: QListWidgetItem) -> None:
        place: MissingPlace = item.data(_KEY)
        if place.proposal_id is None:
            self._focus(FieldPlace(kind=place.kind, id=place.id, field=place.field))
            return
        self.jump.emit(place)
        self.reject()

    def _say(self, words: str) -> None:
        self.message.setText(words)
        self.message.setVisible(bool(words))


def _stopping_place(found: Found) -> MissingPlace:
    return MissingPlace(
        found.kind, found.id, found.field, found.proposal_id, found.who, found.message
    )


def _opened(ports: Ports, letter_id: UUID) -> tuple[Submission, tuple[Signer, ...]]:
    """Return a letter as it is, and who may sign it."""
    with ports.store.read() as work:
        letter = work.records.get(Submission, letter_id)
    return letter, _signers(ports, letter)


def _drafted(ports: Ports, chosen: list[UUID]) -> tuple[Submission, tuple[Signer, ...]]:
    """Return the letter, and who may sign it: the office's signers, and a new one."""
    letter, _ = draft_submission(ports, chosen)
    return letter, _signers(ports, letter)


def _signers(ports: Ports, letter: Submission) -> tuple[Signer, ...]:
    with ports.store.read() as work:
        me = work.book.me()
        signers = own_signers(work)
        named = work.records.find(Signer, letter.signer_id)
    others = (named,) if named and named not in signers else ()
    new = Signer(id=ports.new_id(me.number), unit_id=me.unit_id)
    return (*signers, *others, new)


def _stored(
    ports: Ports, letter: Submission, signer: Signer, signers: Sequence[Signer]
) -> Submission:
    """Store the letter and every signer that was changed."""
    with ports.store.read() as work:
        known = {one.id: work.records.find(Signer, one.id) for one in signers}
        stored = work.records.get(Submission, letter.id)
    for one in signers:
        if one != known[one.id]:
            save_record(ports, one, shown=known[one.id])
    if signer.full_name:
        letter = replace(letter, signer_id=signer.id)
    return save_record(ports, letter, shown=stored).record if letter != stored else stored
