"""Records that a unit enters for a year: a list at the left, the chosen one in a form beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.domain.annual_reports import AnnualReport
from thidua_desktop.domain.ids import office_number
from thidua_desktop.domain.movements import PlanDocument, Registration, SavingsTarget
from thidua_desktop.domain.notes import FieldNote, FieldPlace
from thidua_desktop.domain.records import kind_name
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.many import year_target
from thidua_desktop.services.movements import Copied, MovementView, add_like, copy_last_year
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import RecordSaved, delete_record
from thidua_desktop.ui.forms.record_form import RecordForm
from thidua_desktop.ui.pages.list_tools import with_tools
from thidua_desktop.ui.pages.noting import Noting
from thidua_desktop.ui.pages.page import Page
from thidua_desktop.ui.pages.pasting import Pasting
from thidua_desktop.ui.pages.saved_form import SavedForm
from thidua_desktop.ui.widgets.frames import Card, EmptyPlace, button_of, panes, scrolled
from thidua_desktop.ui.widgets.labels import Chip, Text, tip
from thidua_desktop.ui.widgets.rows import Row, RowList

R = TypeVar("R", bound=PlanDocument | SavingsTarget | Registration | AnnualReport)
C = TypeVar("C", SavingsTarget, Registration)


class Make(Protocol[R]):
    """Stores a new record of a unit and a year."""

    def __call__(self, ports: Ports, /, *, unit_id: UUID, year: int) -> RecordSaved[R]:
        """Return the record as it was stored."""


_ABREAST = 2
_COPIED = "Lấy những gì năm trước có mà năm nay chưa có; số liệu, ngày, số giấy để trống"
_PASTED = "Chép các dòng trong Excel rồi bấm, hoặc Ctrl+V trong danh sách"
_OTHERS = "Do đơn vị khác ghi, chỉ xem"


class YearRecords(QWidget, Generic[R]):
    """Lists records of one kind and edits the chosen one, which saves by itself.

    Each kind is a class of its own, which says what it shows of a `MovementView`. `describe` makes
    the row of a record, `make` stores a new one of a unit and a year, `begins` names the field
    where it begins. `changed` tells what was touched. Only what this office entered can be changed.
    """

    changed = Signal(object)
    shown = Signal(object)  # the record in the form, None when there is none

    def __init__(  # noqa: PLR0913 - what the kinds differ in
        self,
        page: Page,
        kind: type[R],
        rows: Sequence[str | Sequence[str]],
        describe: Callable[[R], Row],
        *,
        make: Make[R],
        name: str,
        empty: str,
        begins: str,
        heights: Mapping[str, int] | None = None,
        amend: Callable[[R], R] | None = None,
    ) -> None:
        super().__init__()
        self._page = page
        self._kind = kind
        self._describe = describe
        self._make = make
        self._begins = begins
        self._view: MovementView | None = None
        self._records: tuple[R, ...] = ()
        self._wanted: UUID | None = None
        self._begin_wanted = False
        self.list = RowList(page.context.look, name)
        self.list.selectionModel().currentChanged.connect(self._choose)
        self.count = Text(role="muted", wrap=True)
        self._buttons = QGridLayout()  # in one row they would be wider than a small screen
        self._buttons.setColumnStretch(_ABREAST, 1)
        self.saving: SavedForm[R] = SavedForm(
            page,
            kind,
            [row for row in rows if not isinstance(row, str)],
            heights=heights,
            amend=amend,
        )
        self.saving.saved.connect(self._saved)
        self._noting = Noting(page, self._askable, self._noted)
        self._noting.serve(self.form)
        self.title = Text(role="heading", wrap=True)
        self.chip = Chip()
        self.remove = button_of("Xóa", self._remove, quiet=True)
        self.remove.setToolTip("Xóa bản ghi này; lấy lại được ở Đã xóa hoặc bằng Ctrl+Z")
        self._empty = EmptyPlace(empty)
        self.body = QVBoxLayout()
        self.top = QVBoxLayout()  # above the form
        self.column = QVBoxLayout()  # the list and what stands below it
        self._right = QStackedWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        left, column = QWidget(), self.column
        left.setLayout(column)
        column.setContentsMargins(0, 8, 0, 0)
        key = f"movement/{kind_name(self._kind)}"
        column.addWidget(with_tools(self._page.context.habits, key, self.list), 1)
        column.addWidget(self.count)
        column.addLayout(self._buttons)
        card = Card()
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.remove)
        head.addWidget(self.chip)
        card.body.addLayout(head)
        card.body.addLayout(self.top)
        card.body.addWidget(self.saving)
        card.body.addLayout(self.body)
        card.body.addStretch(1)
        self._right.addWidget(self._empty)
        self._right.addWidget(scrolled(card))
        right = QWidget()
        around = QVBoxLayout(right)
        around.setContentsMargins(0, 8, 0, 0)
        around.addWidget(self._right)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(panes(left, right, widths=(420, 640)))

    @property
    def form(self) -> RecordForm[R]:
        """Return the form of the chosen record."""
        return self.saving.form

    @property
    def chosen(self) -> R | None:
        """Return the chosen record as it was last read."""
        wanted = self.list.chosen()
        return next((one for one in self._records if one.id == wanted), None)

    @property
    def may_add(self) -> bool:
        """Tell whether this office enters such records of the unit that is shown."""
        return self._view is not None and self._view.is_own

    @property
    def may_copy(self) -> bool:
        """Tell whether there is a year before to take records over from."""
        view = self._view
        return view is not None and view.is_own and view.year > view.years[0]

    def add_button(self, words: str, job: Callable[[], None], about: str = "") -> QPushButton:
        """Add a button below the list."""
        button = button_of(words, job, quiet=True)
        button.setToolTip(tip(about))
        place = self._buttons.count()
        left = Qt.AlignmentFlag.AlignLeft
        self._buttons.addWidget(button, place // _ABREAST, place % _ABREAST, left)
        return button

    def add_copy_button(self, kind: type[C], what: str) -> QPushButton:
        """Add a button that takes over what the year before had and this one has not."""
        job = partial(self._copy_last_year, kind, what)
        return self.add_button("Chép từ năm trước", job, _COPIED)

    def add_paste_button(
        self, kind: type[PlanDocument | SavingsTarget | Registration]
    ) -> QPushButton:
        """Add a button that takes rows of a spreadsheet over; Ctrl+V in the list does so too."""
        pasting = Pasting(self._page, self.changed.emit)

        def paste() -> None:
            view = self._view
            if view is not None and self.may_add:
                pasting.paste(year_target(kind, view.unit.id, view.year))

        pasting.listen(self.list, paste)
        return self.add_button("Dán từ Excel…", paste, _PASTED)

    def show_view(self, view: MovementView) -> None:
        """Show what a unit entered for a year."""
        self._view = view

    def show_records(self, records: Sequence[R], notes: Sequence[FieldNote]) -> None:
        """Show the records of a unit and a year; the chosen one stays chosen."""
        self._records = tuple(records)
        self._show_rows()
        wanted, self._wanted = self._wanted, None
        if wanted is not None and not self.list.choose(wanted):
            self._wanted = wanted if self._begin_wanted else None
        elif self.list.chosen() is None and records:
            self.list.choose(records[0].id)
        self._choose()
        self.form.show_notes(notes)
        if wanted is not None and self._wanted is None and self._begin_wanted:
            self._begin_wanted = False
            self.form.focus_field(self._begins)

    def open(self, record_id: UUID) -> None:
        """Choose a record: now, or when it is read."""
        if not self.list.choose(record_id):
            self._wanted = record_id

    def begin_new(self) -> None:
        """Enter a new record of the year that is shown, where this office may."""
        self._begin(self._make)

    def begin_another(self) -> None:
        """Create a record like the chosen one; a new one where none is chosen."""
        record = self.chosen
        if record is None:
            self.begin_new()
        elif self.may_add:
            self.flush()
            said = self.saving.record or record
            self._page.write(partial(_another, said), self._began)

    def flush(self) -> None:
        """Save what waits."""
        self.saving.flush()

    def _begin(self, make: Make[R], year: int | None = None) -> None:
        """Make a record of the unit that is shown, in this year where another one is meant."""
        view = self._view
        if view is not None and self.may_add:
            self.flush()
            job = partial(make, unit_id=view.unit.id, year=year or view.year)
            self._page.write(job, self._began)

    def _began(self, saved: RecordSaved[R]) -> None:
        """Show a record just made, with the cursor where it begins."""
        self._wanted, self._begin_wanted = saved.record.id, True
        self.changed.emit(saved.changes)

    def _show_rows(self) -> None:
        self.list.show_rows([self._describe(one) for one in self._records])

    def _choose(self) -> None:
        record = self.chosen
        self._right.setCurrentIndex(0 if record is None else 1)
        if record is None:
            self.saving.forget()
            self.shown.emit(None)
            return
        own = self._is_own(record)
        self.title.setText(self._describe(record).title)
        self.chip.show_status("" if own else _OTHERS, "plain")
        self.remove.setVisible(own)
        self.saving.show_record(record, read_only=not own)
        self.form.let_ask(allowed=self._page.context.office().is_province and not own)
        self.shown.emit(record)

    def _is_own(self, record: R) -> bool:
        return office_number(record.id) == self._page.context.office().number

    def _saved(self, saved: RecordSaved[R]) -> None:
        record = saved.record
        self._records = tuple(record if one.id == record.id else one for one in self._records)
        self._show_rows()
        self.shown.emit(self.chosen)
        if self.chosen is not None:
            self.title.setText(self._describe(self.chosen).title)
        self.changed.emit(saved.changes)

    def _remove(self) -> None:
        record = self.chosen
        if record is not None:
            self.saving.forget()
            self.list.setFocus()  # the button that had it may go
            self._page.write(partial(_deleted, record), partial(self._removed, record))

    def _removed(self, record: R, changes: Changes) -> None:
        words = f"Đã xóa “{self._describe(record).title}”."
        self._page.context.deleted(words, kind_name(self._kind), record.id)
        self.changed.emit(changes)

    def _copy_last_year(self, kind: type[C], what: str) -> None:
        view = self._view
        if view is not None:
            self.flush()
            unit_id, year = view.unit.id, view.year
            self._page.write(
                lambda ports: copy_last_year(ports, kind, unit_id=unit_id, year=year),
                partial(self._took_over, what, year),
            )

    def _took_over(self, what: str, year: int, copied: Copied) -> None:
        said = f"Đã chép {copied.count} {what} của năm {year - 1}."
        none = f"Năm {year - 1} không có {what} nào mà năm {year} chưa có."
        self._page.context.news(said if copied.count else none)
        self.changed.emit(copied.changes)

    def _askable(self) -> tuple[str, list[FieldPlace]]:
        record, kind = self.chosen, kind_name(self._kind)
        if record is None:
            return "", []
        places = [FieldPlace(kind=kind, id=record.id, field=name) for name in self.form.editors]
        return self._describe(record).title, places

    def _noted(self, changes: Changes) -> None:
        self.changed.emit(changes)


def _another(record: Any, ports: Ports) -> RecordSaved[Any]:  # noqa: ANN401 - of any year
    return add_like(ports, record)


def _deleted(record: R, ports: Ports) -> Changes:
    return delete_record(ports, record)
