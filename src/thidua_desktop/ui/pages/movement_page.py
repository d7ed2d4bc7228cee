"""Phong trào: what the unit and those below it owe, documents, savings, pledges, tasks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget, QWidget

from thidua_desktop.domain.annual_reports import ReportSort
from thidua_desktop.domain.attachments import AttachmentRow
from thidua_desktop.domain.deadlines import Due
from thidua_desktop.domain.ids import office_number
from thidua_desktop.domain.movements import (
    PlanDocument,
    Recurrence,
    Registration,
    SavingsTarget,
    reached_percent,
)
from thidua_desktop.domain.notes import FieldPlace
from thidua_desktop.domain.proposals import Subject
from thidua_desktop.services.annual_reports import start_report
from thidua_desktop.services.attachments import AttachedTo
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.movements import (
    Copied,
    MovementView,
    add_document,
    add_registration,
    add_target,
    copy_last_year,
    movement_place,
    movement_view,
)
from thidua_desktop.services.movements_below import BelowTable, units_below
from thidua_desktop.services.office_papers import printables_of_year
from thidua_desktop.services.ports import Ports
from thidua_desktop.ui.dialogs.nominee_picker import NomineePicker
from thidua_desktop.ui.dialogs.print_preview import PrintPreview
from thidua_desktop.ui.pages.attaching import Attaching
from thidua_desktop.ui.pages.movement_below import BelowView
from thidua_desktop.ui.pages.movement_debts import DebtsView
from thidua_desktop.ui.pages.movement_records import YearRecords
from thidua_desktop.ui.pages.movement_reports import ReportRecords
from thidua_desktop.ui.pages.movement_rows import (
    DOCUMENT_ROWS,
    NO_DOCUMENT,
    NO_REGISTRATION,
    NO_TARGET,
    REGISTRATION_ROWS,
    TARGET_ROWS,
    document_row,
    formula,
    registration_row,
    target_row,
)
from thidua_desktop.ui.pages.movement_scope import MovementScope
from thidua_desktop.ui.pages.movement_tasks import TasksView
from thidua_desktop.ui.pages.page import Page, PageContext
from thidua_desktop.ui.widgets.attachments import AttachmentList
from thidua_desktop.ui.widgets.frames import Banner
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.rows import Row

_MOST_FINDINGS = 3
_DEBTS, _BELOW, _DOCUMENTS, _SAVINGS, _PLEDGES, _REPORTS, _TASKS = range(7)
_PLACES = {
    "plan_document": _DOCUMENTS,
    "savings_target": _SAVINGS,
    "registration": _PLEDGES,
    "annual_report": _REPORTS,
}


class MovementPage(Page):
    """Seven parts about one unit and one year; which ones is chosen above."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("Phong trào", context)
        self._view: MovementView | None = None
        self._unit_id: UUID | None = None
        self._year: int | None = None
        self._papers = self.head.add_action("In báo cáo, biểu…", self.preview)
        self._home = self.head.add_action("Về đơn vị mình", self._go_home)
        self.scope = MovementScope()
        self.scope.unit_chosen.connect(self._choose_unit)
        self.scope.year_chosen.connect(self._choose_year)
        self.head.add_widget(self.scope)
        self.findings = Banner("ask")
        self.debts = DebtsView(context)
        self.debts.recording.connect(self._record)
        self.debts.opening.connect(self._open_document)
        self.debts.reporting.connect(self._report)
        self.below = BelowView(context)
        self.below.wanted.connect(self.look_at)
        self.tasks = TasksView(context)
        self._make_records()
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("Các phần của phong trào")
        for widget, words in (
            (self.debts, "Việc phải làm"),
            (self.below, "Đơn vị trực thuộc"),
            (self.documents, "Văn bản"),
            (self.savings, "Tiết kiệm"),
            (self.pledges, "Đăng ký thi đua"),
            (self.reports, "Báo cáo"),
            (self.tasks, "Phân công"),
        ):
            self.tabs.addTab(widget, words)
        self.tabs.currentChanged.connect(self._turned)
        for keys, by in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(partial(self._turn_by, by))
        self.body.addWidget(self.findings)
        self.body.addWidget(self.tabs, 1)

    def _make_records(self) -> None:
        self.documents: YearRecords[PlanDocument] = YearRecords(
            self,
            PlanDocument,
            DOCUMENT_ROWS,
            self._document_row,
            name="Văn bản của phong trào",
            empty=NO_DOCUMENT,
            begins="sort",
            heights={"summary": 2},
        )
        self.savings: YearRecords[SavingsTarget] = YearRecords(
            self,
            SavingsTarget,
            TARGET_ROWS,
            target_row,
            name="Chỉ tiêu tiết kiệm",
            empty=NO_TARGET,
            begins="name",
            heights={"name": 2, "note": 3},
        )
        self.pledges: YearRecords[Registration] = YearRecords(
            self,
            Registration,
            REGISTRATION_ROWS,
            registration_row,
            name="Đăng ký thi đua",
            empty=NO_REGISTRATION,
            begins="name",
            amend=self._named,
        )
        self.reports = ReportRecords(self)
        for part in (self.documents, self.savings, self.pledges, self.reports):
            part.changed.connect(self._written)
        self.files = AttachmentList()
        self._attaching = Attaching(self, self._written)
        self._attaching.serve(self.files, self._document_place)
        self.files.watch(self.documents.form.editors.values())
        self.documents.body.addWidget(Text("Tệp văn bản", role="strong"))
        self.documents.body.addWidget(self.files)
        self.documents.shown.connect(self._show_files)
        self._formula = Text(role="muted", wrap=True)
        self.savings.body.addWidget(self._formula)
        self.savings.shown.connect(self._show_formula)
        self._adds = (
            self.documents.add_button("Thêm văn bản", self._add_document),
            self.savings.add_button("Thêm chỉ tiêu", self._add_target),
            self.pledges.add_button("Thêm đăng ký", self._add_registration),
        )
        self._pick = self.pledges.add_button(
            "Thêm từ danh sách…",
            self.pick_who,
            "Lấy tên, chức vụ, đơn vị của người, tập thể ở trang Đối tượng",
        )
        copied = "Lấy những gì năm trước có mà năm nay chưa có; số liệu, ngày, số giấy để trống"
        self._copies = (
            self.savings.add_button("Chép từ năm trước", self._copy_targets, copied),
            self.pledges.add_button("Chép từ năm trước", self._copy_registrations, copied),
        )

    # what the window asks of every page

    def refresh(self) -> None:
        """Read the unit and the year anew."""
        unit_id, year, today = self._unit_id, self._year, self.context.today()
        self.read_shown(
            lambda ports: movement_view(ports, unit_id=unit_id, year=year, today=today),
            partial(self._show, (unit_id, year)),
            same=lambda: self._is_shown(unit_id, year),
        )

    def open_at(self, key: object) -> None:
        """Show a record of the movement; something that is owed, by its id and the year; or what
        the units below owe in a year.
        """
        match key:
            case (UUID() as obligation_id, int() as year):
                self._unit_id, self._year = None, year
                self.tabs.setCurrentIndex(_DEBTS)
                self.debts.open(obligation_id, year)
                self.refresh()
            case ("below", int() as year):
                self._unit_id, self._year = None, year
                self.tabs.setCurrentIndex(_BELOW)
                self.refresh()
            case FieldPlace(kind=kind, id=record_id) if kind in _PLACES:
                self.read(
                    lambda ports: movement_place(ports, kind, record_id),
                    partial(self._open_record, kind, record_id),
                )
            case _:
                pass

    def look_at(self, unit_id: UUID, part: int = _DEBTS) -> None:
        """Show a unit."""
        self.flush()
        self._unit_id = unit_id
        self.tabs.setCurrentIndex(part)
        self.refresh()

    def show_year(self, year: int, part: int = _DEBTS) -> None:
        """Show another year."""
        self.flush()
        self._year = year
        self.tabs.setCurrentIndex(part)
        self.refresh()

    def flush(self) -> None:
        """Save what waits."""
        for part in (self.documents, self.savings, self.pledges, self.reports):
            part.flush()

    def preview(self) -> None:
        """Show the papers that the own office makes of the year, pledges first where they are."""
        view = self._view
        if view is None or not view.is_own:
            return
        self.flush()
        papers = printables_of_year(view.year)
        if self.tabs.currentIndex() == _PLEDGES:
            papers = tuple(sorted(papers, key=lambda one: "đăng ký" not in one.words))
        dialog = PrintPreview(self.context, papers, self)
        dialog.changed.connect(self._read_from_word)
        dialog.open()

    def _read_from_word(self, changes: Changes) -> None:
        self.changed.emit(changes)
        self.refresh()

    def search(self) -> None:
        """Put the cursor where one searches."""
        if self.tabs.currentIndex() == _BELOW:
            self.below.begin()
        else:
            super().search()

    def begin_new(self) -> None:
        """Enter something new in the part that is shown."""
        match self.tabs.currentIndex():
            case 0 if self.debts.chosen is not None:
                self._record(self.debts.chosen)
            case 3:
                self._add_target()
            case 4:
                self._add_registration()
            case 5:
                self.reports.begin(ReportSort.YEARLY)
            case _:
                self._add_document()

    def begin_another(self) -> None:
        """Enter a record like the one that is shown."""
        part = self._part()
        if part is not None and self._may_add(part):
            part.begin_another()
        else:
            self.begin_new()

    # showing

    def _is_shown(self, unit_id: UUID | None, year: int | None) -> bool:
        view = self._view
        return view is not None and (
            (unit_id or view.unit.id) == view.unit.id and (year or view.year) == view.year
        )

    def _show(self, asked: tuple[UUID | None, int | None], view: MovementView) -> None:
        if asked != (self._unit_id, self._year):
            return  # another unit or year was chosen meanwhile
        self._view = view
        self.scope.show_view(view)
        self._home.setVisible(not view.is_own)
        self._papers.setVisible(view.is_own)
        words = [one.text for one in view.findings[:_MOST_FINDINGS]]
        if len(view.findings) > _MOST_FINDINGS:
            words.append(f"… và {len(view.findings) - _MOST_FINDINGS} chỗ nữa.")
        self.findings.show_words("Cần xem lại", "\n".join(words))
        self.debts.show_view(view)
        self.tasks.show_view(view)
        self._offer(view)
        self.documents.show_records(view.documents, view.notes)
        self.savings.show_records(view.targets, view.notes)
        self.pledges.show_records(view.registrations, view.notes)
        self.reports.show_view(view)
        self._show_counts(view)
        may = (view.may_record, view.is_own, view.is_own)
        for button, is_allowed in zip(self._adds, may, strict=True):
            button.setVisible(is_allowed)
        self._pick.setVisible(view.is_own)
        for button in self._copies:
            button.setVisible(view.is_own and view.year > view.years[0])
        self.tabs.setTabVisible(_BELOW, len(view.units) > 1 or not view.is_own)
        self._turned()

    def _offer(self, view: MovementView) -> None:
        self.documents.form.offer(
            "obligation_id",
            [(f"{one.task[:1].upper()}{one.task[1:]}", one.id) for one in view.obligations],
        )
        self.pledges.form.offer("award_form_id", [(one.name, one.id) for one in view.award_forms])

    def _show_counts(self, view: MovementView) -> None:
        year = view.year
        fulfilling = sum(one.obligation_id is not None for one in view.documents)
        self.documents.count.setText(
            f"{len(view.documents)} văn bản của năm {year}, {fulfilling} cho việc phải làm"
        )
        percents = [reached_percent(one) for one in view.targets]
        reached = sum(one is not None and one >= 100 for one in percents)  # noqa: PLR2004 - per cent
        self.savings.count.setText(
            f"{len(view.targets)} chỉ tiêu của năm {year}, {reached} đã đạt hoặc vượt kế hoạch"
        )
        self.pledges.count.setText(f"{len(view.registrations)} đăng ký của năm {year}")

    def _turned(self) -> None:
        """Read the table of units when it is looked at: it is about very many."""
        if self.tabs.currentIndex() == _BELOW and self._view is not None:
            year, today = self._view.year, self.context.today()
            self.read(lambda ports: units_below(ports, year=year, today=today), self._show_below)

    def _show_below(self, table: BelowTable) -> None:
        if self._view is not None and table.year == self._view.year:
            self.below.show_table(table)

    def _turn_by(self, by: int) -> None:
        count, place = self.tabs.count(), self.tabs.currentIndex()
        order = [(place + by * step) % count for step in range(1, count + 1)]
        self.tabs.setCurrentIndex(next(one for one in order if self.tabs.isTabVisible(one)))

    def _choose_unit(self, unit_id: UUID) -> None:
        self.flush()
        self._unit_id = unit_id
        self.refresh()

    def _choose_year(self, year: int) -> None:
        self.flush()
        self._year = year
        self.refresh()

    def _go_home(self) -> None:
        self.flush()
        self._unit_id = None
        self.refresh()

    def _open_record(
        self, kind: str, record_id: UUID, place: tuple[UUID | None, int | None] | None
    ) -> None:
        if place is None:
            return  # it is gone
        self._unit_id, self._year = place
        self.tabs.setCurrentIndex(_PLACES[kind])
        part = self.reports if kind == "annual_report" else self._part()
        if part is not None:
            part.open(record_id)
        self.refresh()

    def _part(
        self,
    ) -> YearRecords[PlanDocument] | YearRecords[SavingsTarget] | YearRecords[Registration] | None:
        parts = {_DOCUMENTS: self.documents, _SAVINGS: self.savings, _PLEDGES: self.pledges}
        return parts.get(self.tabs.currentIndex())  # type: ignore[return-value] # of three kinds

    # documents

    def _document_row(self, one: PlanDocument) -> Row:
        view = self._view
        return document_row(one, view.files if view else {}, view.obligations if view else ())

    def _document_place(self) -> AttachedTo | None:
        chosen = self.documents.chosen
        return AttachedTo(PlanDocument, chosen.id) if chosen else None

    def _show_files(self, record: PlanDocument | None) -> None:
        rows: tuple[AttachmentRow, ...] = ()
        if record is not None and self._view is not None:
            rows = self._view.files.get(record.id, ())
        me = self.context.office().number
        own = record is not None and office_number(record.id) == me
        if own:
            self._attaching.scanning.look()
        self.files.show_rows(rows, read_only=not own)

    def _open_document(self, document_id: UUID) -> None:
        view = self._view
        if view is not None and all(one.id != document_id for one in view.documents):
            self.read(  # a report, or a document of another year
                lambda ports: _paper_place(ports, document_id),
                lambda found: self._open_record(found[0], document_id, found[1]),
            )
            return
        self.tabs.setCurrentIndex(_DOCUMENTS)
        self.documents.open(document_id)
        self.documents.list.setFocus()

    def _record(self, due: Due) -> None:
        """Begin a document for something that is owed."""
        view = self._view
        if view is None or not view.may_record:
            return
        self.flush()
        unit_id, year, task = view.unit.id, due.due_on.year, due.obligation.id
        self._year = year
        self.tabs.setCurrentIndex(_DOCUMENTS)
        self.write(
            lambda ports: add_document(ports, unit_id=unit_id, year=year, obligation_id=task),
            self.documents.began,
        )

    def _report(self, due: Due) -> None:
        """Begin the report that is owed, or go on with it."""
        view = self._view
        if view is None or not view.is_own:
            return
        self.flush()
        self._year = due.due_on.year
        self.tabs.setCurrentIndex(_REPORTS)
        unit_id, year = view.unit.id, due.due_on.year
        is_yearly = due.obligation.recurrence is Recurrence.YEARLY
        sort = ReportSort.YEARLY if is_yearly else ReportSort.REVIEW
        self.write(
            lambda ports: start_report(ports, unit_id=unit_id, sort=sort, year=year),
            self.reports.began,
        )

    def _add_document(self) -> None:
        view = self._view
        if view is not None and view.may_record:
            self._begin(_DOCUMENTS)
            unit_id, year = view.unit.id, view.year
            self.write(
                lambda ports: add_document(ports, unit_id=unit_id, year=year),
                self.documents.began,
            )

    # savings

    def _show_formula(self, record: SavingsTarget | None) -> None:
        self._formula.setText(formula(record) if record else "")

    def _add_target(self) -> None:
        view = self._view
        if view is not None and view.is_own:
            self._begin(_SAVINGS)
            unit_id, year = view.unit.id, view.year
            self.write(
                lambda ports: add_target(ports, unit_id=unit_id, year=year), self.savings.began
            )

    def _copy_targets(self) -> None:
        self._copy(
            lambda ports, unit, year: copy_last_year(ports, SavingsTarget, unit_id=unit, year=year),
            "chỉ tiêu",
        )

    # registrations

    def _named(self, record: Registration) -> Registration:
        """Return a registration called as its form, where nobody called it otherwise."""
        names = {one.id: one.name for one in self._view.award_forms} if self._view else {}
        before = self.pledges.saving.record
        was = names.get(before.award_form_id, "") if before and before.award_form_id else ""
        if record.award_form_id is None or record.title not in {"", was}:
            return record
        return replace(record, title=names.get(record.award_form_id, record.title))

    def _add_registration(self) -> None:
        self._register()

    def pick_who(self) -> None:
        """Ask who registers, among those that are known."""
        picker = NomineePicker(
            self.context.look,
            self.context.search,
            self,
            title="Ai đăng ký thi đua?",
            does="thêm đăng ký",
            subjects=(Subject.PERSON, Subject.COLLECTIVE),
            offers_new=False,
        )
        picker.known.connect(self._register_known)
        picker.open()

    def _register_known(self, subject: Subject, who: UUID) -> None:
        self._register((subject.value, who))

    def _register(self, who: tuple[str, UUID] | None = None) -> None:
        view = self._view
        if view is not None and view.is_own:
            self._begin(_PLEDGES)
            unit_id, year = view.unit.id, view.year
            self.write(
                lambda ports: add_registration(ports, unit_id=unit_id, year=year, who=who),
                self.pledges.began,
            )

    def _copy_registrations(self) -> None:
        self._copy(
            lambda ports, unit, year: copy_last_year(ports, Registration, unit_id=unit, year=year),
            "đăng ký",
        )

    # all parts

    def _may_add(self, part: QWidget) -> bool:
        view = self._view
        return view is not None and (view.may_record if part is self.documents else view.is_own)

    def _begin(self, part: int) -> None:
        self.flush()
        self.tabs.setCurrentIndex(part)

    def _copy(self, job: Callable[[Ports, UUID, int], Copied], what: str) -> None:
        view = self._view
        if view is None:
            return
        self.flush()
        unit_id, year = view.unit.id, view.year

        def done(copied: Copied) -> None:
            said = f"Đã chép {copied.count} {what} của năm {year - 1}."
            none = f"Năm {year - 1} không có {what} nào mà năm {year} chưa có."
            self.context.news(said if copied.count else none)
            self._written(copied.changes)

        self.write(lambda ports: job(ports, unit_id, year), done)

    def _written(self, changes: Changes) -> None:
        self.changed.emit(changes)
        self.refresh()


def _paper_place(
    ports: Ports, record_id: UUID
) -> tuple[str, tuple[UUID | None, int | None] | None]:
    """Return which kind of paper it is, of which unit and year."""
    place = movement_place(ports, "annual_report", record_id)
    if place is not None:
        return "annual_report", place
    return "plan_document", movement_place(ports, "plan_document", record_id)
