"""Phong trào: what the unit and those below it owe, documents, savings, pledges, tasks."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget

from thidua_desktop.domain.annual_reports import ReportSort
from thidua_desktop.domain.deadlines import Due
from thidua_desktop.domain.movements import Recurrence
from thidua_desktop.domain.notes import FieldPlace
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.movements import MovementView, movement_place, movement_view
from thidua_desktop.services.movements_below import BelowTable, units_below
from thidua_desktop.services.office_papers import printables_of_year
from thidua_desktop.services.ports import Ports
from thidua_desktop.ui.dialogs.print_preview import PrintPreview
from thidua_desktop.ui.pages.movement_below import BelowView
from thidua_desktop.ui.pages.movement_debts import DebtsView
from thidua_desktop.ui.pages.movement_documents import DocumentRecords
from thidua_desktop.ui.pages.movement_pledges import PledgeRecords
from thidua_desktop.ui.pages.movement_reports import ReportRecords
from thidua_desktop.ui.pages.movement_savings import SavingsRecords
from thidua_desktop.ui.pages.movement_scope import MovementScope
from thidua_desktop.ui.pages.movement_tasks import TasksView
from thidua_desktop.ui.pages.page import Page, PageContext
from thidua_desktop.ui.widgets.frames import Banner

_MOST_FINDINGS = 3
_DEBTS, _BELOW, _DOCUMENTS, _SAVINGS, _PLEDGES, _REPORTS, _TASKS = range(7)
_PLACES = {
    "plan_document": _DOCUMENTS,
    "savings_target": _SAVINGS,
    "registration": _PLEDGES,
    "annual_report": _REPORTS,
}
AnyRecords = DocumentRecords | SavingsRecords | PledgeRecords | ReportRecords


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
        self.documents = DocumentRecords(self)
        self.savings = SavingsRecords(self)
        self.pledges = PledgeRecords(self)
        self.reports = ReportRecords(self)
        self._records: dict[int, AnyRecords] = {
            _DOCUMENTS: self.documents,
            _SAVINGS: self.savings,
            _PLEDGES: self.pledges,
            _REPORTS: self.reports,
        }
        for part in self._records.values():
            part.changed.connect(self._written)
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
        for part in self._records.values():
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
        """Enter something new in the part that is shown; elsewhere it is a document."""
        due = self.debts.chosen
        if self.tabs.currentIndex() == _DEBTS and due is not None:
            self._record(due)
            return
        part = self._part() or self.documents
        if part.may_add:
            self.flush()
            self.tabs.setCurrentWidget(part)
            part.begin_new()

    def begin_like(self) -> None:
        """Enter a record like the one that is shown."""
        part = self._part()
        if part is None:
            self.begin_new()
        else:
            part.begin_another()

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
        for part in self._records.values():
            part.show_view(view)
        self.tabs.setTabVisible(_BELOW, len(view.units) > 1 or not view.is_own)
        self._turned()

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
        self._records[_PLACES[kind]].open(record_id)
        self.refresh()

    def _part(self) -> AnyRecords | None:
        return self._records.get(self.tabs.currentIndex())

    # what is owed

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
        if self.documents.may_add:
            self.flush()
            self._year = due.due_on.year
            self.tabs.setCurrentIndex(_DOCUMENTS)
            self.documents.begin(due.due_on.year, due.obligation.id)

    def _report(self, due: Due) -> None:
        """Begin the report that is owed, or go on with it."""
        if self.reports.may_add:
            self.flush()
            self._year = due.due_on.year
            self.tabs.setCurrentIndex(_REPORTS)
            is_yearly = due.obligation.recurrence is Recurrence.YEARLY
            sort = ReportSort.YEARLY if is_yearly else ReportSort.REVIEW
            self.reports.begin(sort, due.due_on.year)

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
