"""Đối tượng: who can be commended, in lists of any length, and the one that is chosen."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from thidua_desktop.domain.errors import ThiduaError
from thidua_desktop.domain.lists import ListOrder
from thidua_desktop.domain.notes import FieldPlace
from thidua_desktop.domain.numbers import decimal_text
from thidua_desktop.domain.proposals import NOMINEE_KINDS, Subject
from thidua_desktop.domain.records import kind_name
from thidua_desktop.domain.words import word
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.many import nominee_target
from thidua_desktop.services.people import (
    FirstRows,
    NomineeDeleted,
    NomineeRow,
    delete_nominee,
    first_rows,
    holder_at,
    is_behind,
    new_nominee,
    nominee_columns,
    nominee_ids,
    nominee_rows,
    propose,
    put_in_order,
    restore_nominee,
)
from thidua_desktop.ui.habits import keep_panes
from thidua_desktop.ui.pages.list_tools import ListTools
from thidua_desktop.ui.pages.nominee_panel import NomineePanel
from thidua_desktop.ui.pages.page import Page, PageContext
from thidua_desktop.ui.pages.pasting import Pasting
from thidua_desktop.ui.widgets.choice import Choice
from thidua_desktop.ui.widgets.columns import Column
from thidua_desktop.ui.widgets.frames import EmptyPlace, panes
from thidua_desktop.ui.widgets.id_list import IdList
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.rows import Row
from thidua_desktop.ui.widgets.saved_filters import SavedFilters
from thidua_desktop.ui.widgets.undo import UndoBar

_EMPTY = {
    Subject.PERSON: "Chưa có cá nhân nào. Bấm “Thêm cá nhân” để nhập người đầu tiên.",
    Subject.COLLECTIVE: "Chưa có tập thể nào. Bấm “Thêm tập thể” để nhập tập thể đầu tiên.",
    Subject.HOUSEHOLD: "Chưa có hộ gia đình nào. Bấm “Thêm hộ gia đình” để nhập hộ đầu tiên.",
}
_NONE_FOUND = "Không có đối tượng nào khớp với từ đang tìm."


class NomineePage(Page):
    """Lists at the left, one for each kind of nominee; the chosen nominee at the right."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("Đối tượng", context)
        self.subject = Subject.PERSON
        self._wanted: UUID | None = None
        self._begins = False
        self._asked = 0
        self._is_asking = False
        self._loaded: set[Subject] = set()
        self._paste = self.head.add_action("Dán từ Excel…", self.paste, name="paste")
        self._paste.setToolTip("Chép các dòng trong Excel rồi bấm, hoặc Ctrl+V trong danh sách")
        self._many = self.head.add_action("Sửa hàng loạt…", self.edit_many, name="many")
        self._many.setToolTip("Đánh dấu nhiều dòng (Shift+↓, Ctrl+A) rồi sửa cùng một ô")
        self._propose = self.head.add_action("Lập đề nghị", self.propose, name="propose")
        self._new = self.head.add_action("", self.begin_new, primary=True, name="new")
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Loại đối tượng")
        self.tabs.setDrawBase(False)
        for subject in Subject:
            self.tabs.addTab(word(subject))
        self.tabs.currentChanged.connect(self._turn)
        for keys, by in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(partial(self._turn_by, by))
        self._search = QLineEdit()
        self._search.setPlaceholderText("Tìm (Ctrl+F)")
        self._search.setToolTip("Tìm tên, nơi ở, đơn vị; không cần dấu")
        self._search.setAccessibleName("Tìm đối tượng")
        self._search.textChanged.connect(self._ask_ids)
        self._order = Choice()
        self._order.setAccessibleName("Thứ tự danh sách")
        for order in ListOrder:
            self._order.addItem(word(order), order)
        self._order.currentIndexChanged.connect(self._ask_ids)
        self._make_list()
        self._list.selectionModel().currentChanged.connect(self._choose)
        fields = {"subject": self.tabs, "order": self._order, "text": self._search}
        self._filters = SavedFilters(context.habits, "nominees", fields)
        self._offer_columns()
        self._count = Text(role="muted")
        self.undo = UndoBar()
        self.panel = NomineePanel(self)
        self.panel.saved.connect(self._saved)
        self.panel.deleting.connect(self._delete)
        self._empty = EmptyPlace("")
        self._none_found = EmptyPlace(_NONE_FOUND)
        self._right = QStackedWidget()
        for widget in (self._empty, self._none_found, self.panel):
            self._right.addWidget(widget)
        context.search.renewed.connect(self._renewed)
        self._lay_out()
        self._name_actions()

    def _make_list(self) -> None:
        """Make the list, and what can be done with many of its rows."""
        self._list = IdList(self.context.look, "Danh sách đối tượng")
        self._list.let_mark_many()
        self._pasting = Pasting(self, self._saved)
        self._pasting.listen(self._list, self.paste)
        self._list.rows.wanted.connect(self._read_rows)

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.tabs)
        row = QHBoxLayout()
        row.addWidget(self._search, 3)
        row.addWidget(self._order, 2)
        column.addLayout(row)
        column.addWidget(self._list, 1)
        column.addWidget(self.undo)
        below = QHBoxLayout()  # above it would leave the search no room
        below.addWidget(self._count, 1)
        below.addWidget(ListTools(self._filters, self._list.columns, "đối tượng"))
        column.addLayout(below)
        sides = panes(left, self._right, widths=(400, 690))
        self.body.addWidget(keep_panes(self.context.habits, "nominees", sides), 1)

    # what the window asks of every page

    def refresh(self) -> None:
        """Read the list anew, and the chosen nominee."""
        subject = self.subject
        if subject in self._loaded:
            self._ask_ids()
            self.panel.read_again()
            self.read(lambda ports: is_behind(ports, subject), partial(self._catch_up, subject))
        else:
            self.read(lambda ports: first_rows(ports, subject), partial(self._show_first, subject))

    def open_at(self, key: object) -> None:
        """Show the nominee of a key: what kind it is, and its id."""
        match key:
            case (Subject() as subject, UUID() as nominee_id):
                self._wanted = nominee_id
                self._clear_search()
                if subject is self.subject:
                    self._ask_ids()
                else:
                    self.tabs.setCurrentIndex(list(Subject).index(subject))
            case FieldPlace():
                self.read(lambda ports: holder_at(ports, key), partial(self._open_field, key))
            case _:
                pass

    def _open_field(self, place: FieldPlace, holder: tuple[Subject, UUID] | None) -> None:
        if holder is not None:
            self.panel.focus_field(place, holder[1])
            self.open_at(holder)

    def flush(self) -> None:
        """Save what waits."""
        self.panel.flush()

    def step(self, by: int) -> None:
        """Go to the next nominee, or the one before."""
        self._list.step(by)

    def search(self) -> None:
        """Put the cursor into the search."""
        self._search.setFocus()
        self._search.selectAll()

    def begin_new(self) -> None:
        """Create a nominee of the kind whose list is shown, and open it."""
        self._create(None)

    def begin_like(self) -> None:
        """Create one that has what stays from the one that is open: unit, group, workplace."""
        view = self.panel.view
        self._create(view.nominee.id if view is not None else None)

    def _create(self, like: UUID | None) -> None:
        if not self._is_province():
            self.flush()
            subject = self.subject
            self.write(lambda ports: new_nominee(ports, subject, like=like), self._created)

    def propose(self) -> None:
        """Create a proposal about the chosen nominee, and open it."""
        view = self.panel.view
        if view is None or self._is_province():
            return
        self.flush()
        nominee, year = view.nominee, self.context.today().year
        self.write(lambda ports: propose(ports, nominee, year=year), self._proposed)

    def paste(self) -> None:
        """Make nominees of a block of cells; those that are known are changed."""
        if not self._is_province():
            self._pasting.paste(nominee_target(self.subject, self.context.office().unit_id))

    def edit_many(self) -> None:
        """Write one value into a field of every marked nominee."""
        if not self._is_province():
            self._pasting.edit_many(NOMINEE_KINDS[self.subject], self._list.marked())

    # the list

    def _turn(self) -> None:
        self.flush()
        self.panel.forget()
        self.subject = list(Subject)[self.tabs.currentIndex()]
        self._loaded.discard(self.subject)
        self._list.rows.show_rows(())
        self._offer_columns()
        if self._wanted is None:
            self._clear_search()
        self._name_actions()
        self.refresh()

    def _offer_columns(self) -> None:
        """Let the fields of this kind of nominee stand beside the names."""
        columns = [Column(one.name, one.label) for one in nominee_columns(self.subject)]
        key, heading = f"nominees/{self.subject}", word(self.subject)
        self._list.let_choose_columns(self.context.habits, key, heading, columns)

    def _turn_by(self, by: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % self.tabs.count())

    def _name_actions(self) -> None:
        self._new.setText(f"Thêm {word(self.subject).lower()}")
        for button in (self._new, self._propose, self._paste, self._many):
            button.setVisible(not self._is_province())

    def _show_first(self, subject: Subject, first: FirstRows) -> None:
        if subject is not self.subject:
            return
        self._name_actions()
        self._loaded.add(subject)
        self._list.show_rows([_list_row(row) for row in first.rows])
        self._show_what_is_there()
        if first.is_behind:
            self._count.setText("Đang sắp xếp danh sách…")
            self._put_in_order(subject, True)
        else:
            self._ask_ids()

    def _catch_up(self, subject: Subject, has_come: bool) -> None:
        """Put the list in order where very many records came since it was read."""
        if has_come:
            self._put_in_order(subject, True)

    def _put_in_order(self, subject: Subject, is_more: bool) -> None:
        if is_more:
            self.write(
                lambda ports: put_in_order(ports, subject),
                partial(self._put_in_order, subject),
                self._not_in_order,
            )
        elif subject is self.subject:
            self._ask_ids()

    def _not_in_order(self, error: ThiduaError) -> None:
        """Keep what is shown of the list: the next visit tries again."""
        self.refused(error)
        self._count.setText("Chưa sắp xếp được danh sách")

    def _ask_ids(self) -> None:
        """Ask for the ids once what was asked before has come: typing waits for nothing."""
        self._asked += 1
        if self._is_asking or self.subject not in self._loaded:
            return
        asked, subject, text = self._asked, self.subject, self._search.text().strip()
        order, index = ListOrder(self._order.currentData()), self.context.search.index
        if text and index is None:
            return  # it is being made, and says when it is there
        found = None
        if text and index is not None:
            found = index.ids(kind_name(NOMINEE_KINDS[subject]), text).joined()
            if order is ListOrder.NAME:  # as the index stands
                self._show_ids(asked, subject, found)
                return
        self._is_asking = True
        self.read(
            lambda ports: nominee_ids(ports, subject, order, among=found),
            partial(self._show_ids, asked, subject),
        )

    def _renewed(self) -> None:
        if self._search.text().strip():
            self._ask_ids()

    def _show_ids(self, asked: int, subject: Subject, ids: bytes) -> None:
        self._is_asking = False
        if subject is self.subject:
            self._list.show_ids(ids)
            self._show_what_is_there()
        if asked != self._asked:
            self._ask_ids()

    def _show_what_is_there(self) -> None:
        count = self._list.rows.rowCount()
        self._count.setText(f"{decimal_text(count)} {word(self.subject).lower()}")
        if self._wanted is not None and self._list.choose(self._wanted):
            self._wanted = None
        elif self._list.chosen() is None:
            self._list.choose_first()
        self._empty.show_words(_EMPTY[self.subject])
        nothing = self._none_found if self._search.text().strip() else self._empty
        self._right.setCurrentWidget(self.panel if count else nothing)
        self._propose.setEnabled(count > 0)

    def _read_rows(self, ids: tuple[UUID, ...]) -> None:
        subject = self.subject
        self.read(
            lambda ports: nominee_rows(ports, subject, ids), partial(self._give_rows, subject)
        )

    def _give_rows(self, subject: Subject, rows: tuple[NomineeRow, ...]) -> None:
        if subject is self.subject:
            self._list.rows.give(_list_row(row) for row in rows)

    def _choose(self) -> None:
        chosen = self._list.chosen()
        if chosen is not None:
            self.panel.open(self.subject, chosen)

    def _clear_search(self) -> None:
        self._search.blockSignals(True)
        self._search.clear()
        self._search.blockSignals(False)

    def _is_province(self) -> bool:
        return self.context.office().is_province

    # creating, deleting

    def _created(self, made: tuple[UUID, Changes]) -> None:
        self._wanted, changes = made
        self._clear_search()
        self.changed.emit(changes)
        self.panel.focus_when_shown(self._wanted)
        self._ask_ids()

    def _proposed(self, made: tuple[UUID, Changes]) -> None:
        proposal_id, changes = made
        self.changed.emit(changes)
        self.context.go("proposals", proposal_id)

    def _delete(self) -> None:
        view = self.panel.view
        if view is None:
            return
        self.flush()
        nominee, name = view.nominee, self.panel.title.text()
        self.write(lambda ports: delete_nominee(ports, nominee), partial(self._deleted, name))

    def _deleted(self, name: str, deleted: NomineeDeleted) -> None:
        self.panel.forget()
        self._list.setFocus()  # the button that had it is gone
        self.undo.offer(f"Đã xóa “{name}”.", partial(self._restore, deleted))
        self._saved(deleted.changes)

    def _restore(self, deleted: NomineeDeleted) -> None:
        self._wanted = deleted.records[0].id
        self._clear_search()
        self.write(lambda ports: restore_nominee(ports, deleted), self._saved)

    def _saved(self, changes: Changes) -> None:
        self.changed.emit(changes)
        self._ask_ids()


def _list_row(row: NomineeRow) -> Row:
    status = f"Thiếu {row.missing} mục" if row.missing else ""
    return Row(row.id, row.name or "(chưa có tên)", row.below, status, "warn", row.cells)
