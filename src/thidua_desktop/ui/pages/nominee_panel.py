"""The nominee that is open: who it is, and its merit year by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.domain.errors import (
    InvalidInputError,
    LockedError,
    NotFoundError,
    StaleEditError,
    ThiduaError,
)
from thidua_desktop.domain.merit import (
    Achievement,
    Initiative,
    Position,
    PriorAward,
    YearlyRating,
)
from thidua_desktop.domain.notes import FieldPlace
from thidua_desktop.domain.proposals import (
    NOMINEE_KINDS,
    Contribution,
    Nominee,
    Subject,
    nominee_name,
)
from thidua_desktop.domain.records import Record, kind_name, specs
from thidua_desktop.domain.words import word
from thidua_desktop.services.belongings import may_hold
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.pasting import Target
from thidua_desktop.services.people import NomineeView, add_merit, open_nominee, save_merit
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import save_record
from thidua_desktop.ui.forms.record_form import RecordForm
from thidua_desktop.ui.forms.record_lines import RecordLines
from thidua_desktop.ui.pages.line_saving import LineSaving
from thidua_desktop.ui.pages.nominee_layout import HEIGHTS, LINES, ROWS
from thidua_desktop.ui.pages.noting import Noting
from thidua_desktop.ui.pages.page import Page
from thidua_desktop.ui.pages.pasting import Pasting
from thidua_desktop.ui.pages.self_saving import SelfSaving
from thidua_desktop.ui.widgets.frames import Banner, Card, button_of, scrolled
from thidua_desktop.ui.widgets.labels import Chip, Text
from thidua_desktop.ui.widgets.long_button import LongButton

_READ_AGAIN = (StaleEditError, LockedError, NotFoundError)
_SUBMITTED = (
    "Có đề nghị đã trình nên thông tin chung chỉ sửa được khi tỉnh trả lại. Vẫn thêm được xếp "
    "loại, khen thưởng, sáng kiến mới."
)


class NomineePanel(QWidget):
    """Shows one nominee and saves what is typed by itself. `saved` tells what was touched."""

    saved = Signal(object)
    deleting = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._view: NomineeView | None = None
        self._page = page
        self._opening: tuple[Subject, UUID] | None = None
        self._focus: UUID | None = None
        self._wanted: tuple[FieldPlace, UUID] | None = None
        self._saving: SelfSaving[Nominee, Changes] = SelfSaving(
            page, self._typed, _save_nominee, self._stored, self._refused
        )
        self.title = Text(role="heading", wrap=True)
        self.chip = Chip()
        self.delete = button_of("Xóa", self.deleting.emit, quiet=True)
        self.delete.setToolTip("Xóa đối tượng này cùng thành tích đã nhập; có thể hoàn tác")
        self.submitted = Banner("info")
        self.findings = Banner("err")
        self.same = Banner("info")
        self.forms: dict[Subject, RecordForm[Nominee]] = {}
        self.lines: dict[type[Record], RecordLines[Record]] = {}
        self._lines = LineSaving(page, self._done, self.read_again, _save_merit)
        for kind, columns, above, under, heading, add in LINES:
            lines: RecordLines[Record] = RecordLines(
                kind,
                columns,
                heading,
                add,
                above=above,
                under=under,
                captions=True,
                today=page.context.today,
            )
            self._lines.serve(lines, partial(self._add_line, kind))
            self.lines[kind] = lines
        self.proposals = QVBoxLayout()
        self._noting = Noting(page, self._askable, self._done)
        self._noting.serve(*self.lines.values())
        pasting = Pasting(page, self._done)
        for kind, lines in self.lines.items():
            pasting.serve(lines, partial(self._pasted, kind))
        self._lay_out()

    def _lay_out(self) -> None:
        card = Card()
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        for beside in (self.delete, self.chip):
            head.addWidget(beside, 0, Qt.AlignmentFlag.AlignVCenter)
        card.body.addLayout(head)
        for banner in (self.submitted, self.findings, self.same):
            card.body.addWidget(banner)
        self._form_place = QVBoxLayout()
        card.body.addLayout(self._form_place)
        for lines in self.lines.values():
            card.body.addWidget(lines)
        card.body.addLayout(self.proposals)
        card.body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._scroll = scrolled(card)
        layout.addWidget(self._scroll)

    # what the page asks

    @property
    def view(self) -> NomineeView | None:
        """Return what is shown, with what was sent to be stored."""
        view, nominee = self._view, self._saving.shown
        return replace(view, nominee=nominee) if view and nominee else None

    def open(self, subject: Subject, nominee_id: UUID) -> None:
        """Read a nominee and show it."""
        if self._opening != (subject, nominee_id):
            self.flush()
        self._opening = subject, nominee_id
        self._page.read_shown(
            lambda ports: open_nominee(ports, subject, nominee_id),
            self._show,
            same=lambda: self._is_shown(nominee_id),
        )

    def read_again(self) -> None:
        """Read anew what is shown."""
        if self._opening is not None:
            self.open(*self._opening)

    def forget(self) -> None:
        """Save nothing more of what is shown: it is gone, or another list is."""
        self._saving.forget()
        self._view = self._opening = None

    def focus_when_shown(self, nominee_id: UUID) -> None:
        """Put the cursor into the name of a nominee once it is shown."""
        self._focus = nominee_id

    def focus_field(self, place: FieldPlace, nominee_id: UUID) -> None:
        """Go to a field of a nominee or of its merit, once the nominee is shown."""
        self._wanted = place, nominee_id

    def flush(self) -> None:
        """Save what waits."""
        self._saving.flush()
        for lines in self.lines.values():
            lines.flush()

    def form_of(self, subject: Subject) -> RecordForm[Nominee]:
        """Return the form of a kind of nominee; it is made when it is first wanted."""
        if subject not in self.forms:
            form: RecordForm[Nominee] = RecordForm(
                NOMINEE_KINDS[subject],
                ROWS[subject],
                heights=HEIGHTS,
                today=self._page.context.today,
            )
            form.edited.connect(self._saving.touch)
            form.left.connect(self._saving.flush)
            self._noting.serve(form)
            self._form_place.addWidget(form)
            self.forms[subject] = form
        return self.forms[subject]

    # showing

    def _is_shown(self, nominee_id: UUID) -> bool:
        return self._view is not None and self._view.nominee.id == nominee_id

    def _show(self, view: NomineeView) -> None:
        """Show a nominee; one that is shown already keeps what is being typed."""
        if self._opening is None or view.nominee.id != self._opening[1]:
            return  # another one was asked for meanwhile
        subject = self._opening[0]
        same = self._is_shown(view.nominee.id)
        if not same:
            self._saving.flush()
        self._view = view
        self._saving.show(view.nominee, same=same)
        form = self.form_of(subject)
        for one in self.forms.values():
            one.setVisible(one is form)
        self._offer(form, view)
        (form.refresh_record if same else form.show_record)(view.nominee)
        form.set_read_only(not view.may_edit)
        form.show_notes(view.notes)
        form.let_ask(allowed=self._may_ask())
        self._show_lines(subject, view)
        self._show_state(subject, view)
        if not same:
            self._scroll.verticalScrollBar().setValue(0)
        if self._focus == view.nominee.id:
            self._focus = None
            form.focus_field(_first(subject))
        if self._wanted is not None and self._wanted[1] == view.nominee.id:
            (place, _), self._wanted = self._wanted, None
            lines = [one for one in self.lines.values() if kind_name(one.kind) == place.kind]
            if not any(one.focus_field(place.id, place.field) for one in lines):
                form.focus_field(place.field)

    def _offer(self, form: RecordForm[Nominee], view: NomineeView) -> None:
        options = {
            "group_id": [(one.name, one.id) for one in view.groups],
            "unit_id": [(one.name, one.id) for one in view.units],
        }
        for name, offered in options.items():
            if name in form.editors:
                form.offer(name, offered)

    def _show_lines(self, subject: Subject, view: NomineeView) -> None:
        records: dict[type[Record], Sequence[Record]] = {
            Position: view.positions,
            YearlyRating: view.ratings,
            PriorAward: view.awards,
            Initiative: view.initiatives,
            Achievement: view.achievements,
            Contribution: view.contributions,
        }
        self.lines[PriorAward].offer(
            {
                "award_form_id": [(one.name, one.id) for one in view.award_forms],
                "movement_id": [(one.name, one.id) for one in view.movements],
            }
        )
        for kind, lines in self.lines.items():
            lines.setVisible(may_hold(subject, kind))
            lines.show_records(_as_shown(lines, records[kind]))
            lines.set_read_only(not view.is_own)
            lines.fix(view.fixed)
            lines.show_notes(view.notes)
            lines.let_ask(allowed=self._may_ask())

    def _show_state(self, subject: Subject, view: NomineeView) -> None:
        self.title.setText(nominee_name(view.nominee) or f"{word(subject)} mới")
        self.chip.show_status("Đã trình" if view.is_submitted else "", "info")
        self.submitted.show_words(
            "Đang ở tỉnh", _SUBMITTED if view.is_own and view.is_submitted else ""
        )
        self.findings.show_words("Cần xem lại", "\n".join(one.text for one in view.findings))
        also = ", ".join(view.elsewhere)
        self.same.show_words(
            "Đã là một với bản ghi của nơi khác", f"Cũng có ở {also}." if also else ""
        )
        self.delete.setVisible(view.may_edit and not view.proposals)
        self._show_proposals(view)

    def _show_proposals(self, view: NomineeView) -> None:
        while (item := self.proposals.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        if view.proposals:
            self.proposals.addWidget(Text("Đề nghị khen thưởng", role="strong"))
        for one in view.proposals:
            year = f" năm {one.year}" if one.year else ""
            words = f"{one.award or 'Chưa chọn hình thức'}{year} · {word(one.state)}"
            button = LongButton(words)
            button.clicked.connect(partial(self._go_to, one.id))
            self.proposals.addWidget(button)

    def _go_to(self, proposal_id: UUID, _checked: object = None) -> None:
        self._page.context.go("proposals", proposal_id)

    def _may_ask(self) -> bool:
        return (
            self._page.context.office().is_province
            and self.view is not None
            and not self.view.is_own
        )

    def _askable(self) -> tuple[str, list[FieldPlace]]:
        """Return what may be asked about: every field that is shown."""
        view = self.view
        if view is None or self._opening is None:
            return "", []
        subject = self._opening[0]
        kind = kind_name(NOMINEE_KINDS[subject])
        names = [(kind, view.nominee.id, name) for name in self.forms[subject].editors]
        names += [
            (kind_name(type(line.record)), line.record.id, name)
            for lines in self.lines.values()
            for line in lines.lines
            for name in line.editors
        ]
        places = [FieldPlace(kind=kind, id=of, field=name) for kind, of, name in names]
        return nominee_name(view.nominee) or word(subject), places

    # saving

    def _typed(self) -> tuple[Nominee, bool] | None:
        view = self.view
        if view is None or not view.may_edit:
            return None
        form = self._form_shown(view)
        nominee, issues = form.record()
        form.show_issues(issues)
        return nominee, not issues

    def _form_shown(self, view: NomineeView) -> RecordForm[Nominee]:
        return self.forms[Subject(kind_name(type(view.nominee)))]

    def _done(self, changes: Changes) -> None:
        self._page.context.saved("✓ Đã lưu")
        self._stored(changes)

    def _stored(self, changes: Changes) -> None:
        self.saved.emit(changes)
        self.read_again()

    def _refused(self, error: ThiduaError) -> None:
        if isinstance(error, InvalidInputError) and self._view is not None:
            self._form_shown(self._view).show_issues(error.issues)
        if isinstance(error, _READ_AGAIN):
            self.read_again()

    # lines

    def _add_line(self, kind: type[Record]) -> None:
        view = self.view
        if view is None:
            return
        self.flush()
        today = self._page.context.today()
        self._lines.write(lambda ports: add_merit(ports, view.nominee, kind, today=today).changes)

    def _pasted(self, kind: type[Record]) -> Target | None:
        """Return how lines of a kind are pasted: each holds whose it is."""
        if self.view is None:
            return None
        nominee = self.view.nominee
        whose = (one.name for one in specs(kind) if one.refers_to == kind_name(type(nominee)))
        return Target(kind=kind, offered=self.lines[kind].columns, fixed={next(whose): nominee.id})


def _save_nominee(ports: Ports, nominee: Nominee, shown: Nominee) -> Changes:
    return save_record(ports, nominee, shown=shown).changes


def _save_merit(ports: Ports, record: Record, shown: Record) -> Changes:
    return save_merit(ports, record, shown=shown).changes


def _as_shown(lines: RecordLines[Record], records: Sequence[Record]) -> list[Record]:
    """Return records in the order of the lines that are there, new ones after them: a line does
    not jump away under the cursor.
    """
    places = {line.record.id: place for place, line in enumerate(lines.lines)}
    return sorted(records, key=lambda one: places.get(one.id, len(places)))


def _first(subject: Subject) -> str:
    return str(ROWS[subject][0][0])
