"""The nominee that is open: who it is, and its merit year by year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
    StoreBusyError,
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
from thidua_desktop.domain.words import kind_label, word
from thidua_desktop.services.belongings import may_hold
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.people import NomineeView, add_merit, open_nominee, save_merit
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import delete_record, save_record
from thidua_desktop.ui.forms.record_form import RecordForm
from thidua_desktop.ui.forms.record_lines import RecordLines
from thidua_desktop.ui.pages.fresh import Freshness
from thidua_desktop.ui.pages.noting import Noting
from thidua_desktop.ui.pages.page import Page
from thidua_desktop.ui.pages.pasting import Pasting
from thidua_desktop.ui.widgets.frames import Banner, Card, button_of, scrolled
from thidua_desktop.ui.widgets.labels import Chip, Text
from thidua_desktop.ui.widgets.long_button import LongButton
from thidua_desktop.ui.widgets.saving import AutoSave

_ROWS: dict[Subject, tuple[str | tuple[str, ...], ...]] = {
    Subject.PERSON: (
        ("full_name", "birth_date"),
        ("gender", "honorific", "ethnicity"),
        ("native_place",),
        ("address", "phone"),
        "Công tác",
        ("position", "workplace"),
        ("party_position", "union_position"),
        ("department", "unit_id"),
        ("qualification", "academic_titles"),
        ("duties",),
        "Phân loại",
        ("nominee_class", "work_field"),
        ("group_id", "is_party_member"),
    ),
    Subject.COLLECTIVE: (
        ("name",),
        ("address",),
        ("phone", "fax", "website"),
        ("head", "head_position"),
        "Tổ chức",
        ("headcount", "women", "party_members"),
        ("structure",),
        ("qualification",),
        ("duties",),
        ("history",),
        ("features",),
        ("facilities",),
        ("bodies",),
        "Phân loại",
        ("nominee_class", "work_field"),
        ("group_id", "unit_id"),
    ),
    Subject.HOUSEHOLD: (
        ("head", "birth_date"),
        ("gender", "ethnicity", "members"),
        ("address",),
        ("village", "unit_id"),
        ("occupation", "phone"),
        ("work_field",),
    ),
}
_HEIGHTS = dict.fromkeys(("duties", "structure", "history", "features", "facilities", "bodies"), 2)
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
        self.view: NomineeView | None = None
        self._page = page
        self._opening: tuple[Subject, UUID] | None = None
        self._focus: UUID | None = None
        self._is_behind = False
        self._fresh = Freshness()
        self.title = Text(role="heading", wrap=True)
        self.chip = Chip()
        self.delete = button_of("Xóa", self.deleting.emit, quiet=True)
        self.delete.setToolTip("Xóa đối tượng này cùng thành tích đã nhập; có thể hoàn tác")
        self.submitted = Banner("info")
        self.findings = Banner("err")
        self.same = Banner("info")
        self.forms: dict[Subject, RecordForm[Nominee]] = {}
        self.lines: dict[type[Record], RecordLines[Record]] = {}
        for kind, columns, above, heading, add in _LINES:
            lines: RecordLines[Record] = RecordLines(
                kind, columns, heading, add, above=above, captions=True, today=page.context.today
            )
            lines.wanted.connect(partial(self._add_line, kind))
            lines.changed_record.connect(self._save_line)
            lines.removed.connect(self._remove_line)
            self.lines[kind] = lines
        self.proposals = QVBoxLayout()
        self._autosave = AutoSave(self._save, self)
        self._noting = Noting(page, self._askable, self._stored)
        self._noting.serve(*self.lines.values())
        pasting = Pasting(page, self._stored)
        for kind, lines in self.lines.items():
            pasting.serve(lines, partial(self._fixed, kind))
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

    def open(self, subject: Subject, nominee_id: UUID) -> None:
        """Read a nominee and show it."""
        if self._opening != (subject, nominee_id):
            self.flush()
        self._opening = subject, nominee_id
        asked = self._fresh.ask()
        self._page.read(
            lambda ports: open_nominee(ports, subject, nominee_id), partial(self._show, asked)
        )

    def read_again(self) -> None:
        """Read anew what is shown."""
        if self._opening is not None:
            self.open(*self._opening)

    def forget(self) -> None:
        """Save nothing more of what is shown: it is gone, or another list is."""
        self._autosave.forget()
        self.view = self._opening = None

    def focus_when_shown(self, nominee_id: UUID) -> None:
        """Put the cursor into the name of a nominee once it is shown."""
        self._focus = nominee_id

    def flush(self) -> None:
        """Save what waits."""
        self._flush_form()
        for lines in self.lines.values():
            lines.flush()

    def form_of(self, subject: Subject) -> RecordForm[Nominee]:
        """Return the form of a kind of nominee; it is made when it is first wanted."""
        if subject not in self.forms:
            form: RecordForm[Nominee] = RecordForm(
                NOMINEE_KINDS[subject],
                _ROWS[subject],
                heights=_HEIGHTS,
                today=self._page.context.today,
            )
            form.edited.connect(self._touched)
            form.left.connect(self._flush_form)
            self._noting.serve(form)
            self._form_place.addWidget(form)
            self.forms[subject] = form
        return self.forms[subject]

    # showing

    def _show(self, asked: int, view: NomineeView) -> None:
        """Show a nominee; one that is shown already keeps what is being typed."""
        if self._opening is None or view.nominee.id != self._opening[1]:
            return  # another one was asked for meanwhile
        subject = self._opening[0]
        same = self.view is not None and self.view.nominee.id == view.nominee.id
        self._is_behind = same and self._autosave.waits
        if self._is_behind:
            return  # what is typed is saved first, then all is read again
        if same and not self._fresh.holds(asked):
            return  # older than what is saved: all is read again after the save
        self.view = view
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
            {"award_form_id": [(one.name, one.id) for one in view.award_forms]}
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

    def _touched(self) -> None:
        self._autosave.touch()
        self._page.context.saved("Đang lưu…")

    def _flush_form(self) -> None:
        self._autosave.flush()

    def _save(self) -> None:
        view = self.view
        if view is None or self._opening is None or not view.may_edit:
            return
        form = self.forms[self._opening[0]]
        nominee, issues = form.record()
        form.show_issues(issues)
        self._page.context.saved("⚠ Có ô chưa lưu được" if issues else "")
        shown = view.nominee
        if nominee == shown:
            if self._is_behind:
                self.read_again()
            return
        self.view = replace(view, nominee=nominee)
        self._fresh.save_begins()
        self._page.write(
            lambda ports: save_record(ports, nominee, shown=shown).changes,
            partial(self._saved, wrong=bool(issues)),
            partial(self._refused, shown),
        )

    def _saved(self, changes: Changes, *, wrong: bool) -> None:
        self._fresh.save_ends()
        self._stored(changes, wrong=wrong)

    def _stored(self, changes: Changes, *, wrong: bool = False) -> None:
        if not wrong:
            self._page.context.saved("✓ Đã lưu")
        self.saved.emit(changes)
        self.read_again()

    def _refused(self, shown: Nominee, error: ThiduaError) -> None:
        """Say why; what was typed stays, and is tried again, at the latest with the next change."""
        self._fresh.save_ends()
        self._page.context.saved("⚠ Chưa lưu được")
        self._page.refused(error)
        if self.view is None or self._opening is None or self.view.nominee.id != shown.id:
            return
        self.view = replace(self.view, nominee=shown)
        if isinstance(error, InvalidInputError):
            self.forms[self._opening[0]].show_issues(error.issues)
        if isinstance(error, _READ_AGAIN):
            self.read_again()
        if isinstance(error, StoreBusyError):
            self._autosave.touch()

    # lines

    def _add_line(self, kind: type[Record]) -> None:
        view = self.view
        if view is None:
            return
        self.flush()
        today = self._page.context.today()
        self._write_line(lambda ports: add_merit(ports, view.nominee, kind, today=today).changes)

    def _fixed(self, kind: type[Record]) -> dict[str, UUID] | None:
        """Return what every line that is pasted holds: whose it is."""
        if self.view is None:
            return None
        nominee = self.view.nominee
        whose = (one.name for one in specs(kind) if one.refers_to == kind_name(type(nominee)))
        return {next(whose): nominee.id}

    def _save_line(self, change: tuple[Record, Record]) -> None:
        shown, record = change
        self._write_line(lambda ports: save_merit(ports, record, shown=shown).changes)

    def _remove_line(self, record: Record) -> None:
        def done(changes: Changes) -> None:
            self._stored(changes)
            kind = kind_name(type(record))
            words = f"Đã bỏ một mục “{kind_label(kind)}”."
            self._page.context.deleted(words, kind, record.id)

        self._page.write(lambda ports: delete_record(ports, record), done, self._line_refused)

    def _write_line(self, job: Callable[[Ports], Changes]) -> None:
        self._page.write(job, self._stored, self._line_refused)

    def _line_refused(self, error: ThiduaError) -> None:
        self._page.context.saved("⚠ Chưa lưu được")
        self._page.refused(error)
        self.read_again()


_LINES: tuple[tuple[type[Record], tuple[str, ...], tuple[str, ...], str, str], ...] = (
    (
        Position,
        ("title", "workplace", "sort", "held_from", "held_to", "note"),
        ("title", "workplace"),
        "Chức vụ theo thời gian",
        "Thêm chức vụ",
    ),
    (
        YearlyRating,
        ("year", "level", "sort", "decision_number", "decision_date", "issuer"),
        ("year", "level", "sort"),
        "Xếp loại hằng năm",
        "Thêm năm",
    ),
    (
        PriorAward,
        ("award_form_id", "title", "basis", "year", "decision_number", "decision_date", "issuer"),
        ("award_form_id", "title", "basis"),
        "Khen thưởng đã nhận",
        "Thêm khen thưởng",
    ),
    (
        Initiative,
        ("name", "scope", "year", "decision_number", "decision_date", "issuer"),
        ("name", "scope"),
        "Sáng kiến, đề tài",
        "Thêm sáng kiến",
    ),
    (
        Achievement,
        ("wording", "year", "sort", "quantity", "measure"),
        ("wording",),
        "Thành tích từng năm",
        "Thêm thành tích",
    ),
    (
        Contribution,
        ("wording", "sort", "quantity", "measure", "date"),
        ("wording",),
        "Đóng góp",
        "Thêm đóng góp",
    ),
)


def _as_shown(lines: RecordLines[Record], records: Sequence[Record]) -> list[Record]:
    """Return records in the order of the lines that are there, new ones after them: a line does
    not jump away under the cursor.
    """
    places = {line.record.id: place for place, line in enumerate(lines.lines)}
    return sorted(records, key=lambda one: places.get(one.id, len(places)))


def _first(subject: Subject) -> str:
    return str(_ROWS[subject][0][0])
