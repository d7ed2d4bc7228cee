"""Đề nghị khen thưởng: the list, the open proposal, its letter, its papers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.domain.notes import FieldPlace
from thidua_desktop.domain.proposals import Proposal, ProposalState, Subject, is_locked
from thidua_desktop.domain.words import word
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.dossier_check import told_before_print
from thidua_desktop.services.office_papers import printables_at
from thidua_desktop.services.printing import Printable
from thidua_desktop.services.proposals import (
    ProposalDeleted,
    ProposalRow,
    delete_proposal,
    new_proposal,
    proposal_list,
    propose_known,
    restore_proposal,
    search_proposals,
)
from thidua_desktop.services.submissions import MissingPlace, Submitted, withdraw
from thidua_desktop.ui.dialogs.import_list import ImportList
from thidua_desktop.ui.dialogs.nominee_picker import NomineePicker
from thidua_desktop.ui.dialogs.print_preview import PrintPreview
from thidua_desktop.ui.dialogs.submission_dialog import SubmissionDialog
from thidua_desktop.ui.habits import keep_panes
from thidua_desktop.ui.pages.list_tools import ListTools
from thidua_desktop.ui.pages.page import Page, PageContext
from thidua_desktop.ui.pages.pasting import Pasting
from thidua_desktop.ui.pages.proposal_head import STATE_KINDS
from thidua_desktop.ui.pages.proposal_panel import ProposalPanel
from thidua_desktop.ui.widgets.choice import Choice
from thidua_desktop.ui.widgets.columns import Column
from thidua_desktop.ui.widgets.frames import EmptyPlace, panes
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.rows import Row, RowList
from thidua_desktop.ui.widgets.saved_filters import SavedFilters
from thidua_desktop.ui.widgets.undo import UndoBar

_EMPTY = (
    "Chưa có đề nghị nào. Bấm “Tạo mới” để lập hồ sơ cho một cá nhân, tập thể hoặc hộ gia "
    "đình, hoặc “Nhập từ Excel…” để nhập cả danh sách."
)
_NONE_FOUND = "Không có đề nghị nào khớp với từ tìm và trạng thái đang lọc."

_COLUMNS = (
    Column("award", "Hình thức, danh hiệu"),
    Column("year", "Năm"),
    Column("place", "Nơi ở, nơi công tác"),
    Column("unit", "Đơn vị đề nghị"),
    Column("subject", "Loại đối tượng"),
    Column("state", "Trạng thái"),
    Column("missing", "Số mục còn thiếu"),
    Column("elsewhere", "Cũng có ở"),
)


class ProposalPage(Page):
    """List left, the open proposal right."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("Đề nghị khen thưởng", context)
        self._rows: tuple[ProposalRow, ...] = ()
        self._wanted: UUID | None = None
        self._is_filling = False
        self.head.add_action("In hồ sơ", self.preview, name="print")
        self._import = self.head.add_action("Nhập từ Excel…", self._import_list, name="import")
        self._many = self.head.add_action("Sửa hàng loạt…", self.edit_many, name="many")
        self._many.setToolTip("Đánh dấu nhiều dòng (Shift+↓, Ctrl+A) rồi sửa cùng một ô")
        self._letter = self.head.add_action("Lập tờ trình…", self.make_letter, name="letter")
        self._new = self.head.add_action("Tạo mới", self.begin_new, primary=True, name="new")
        self._search = QLineEdit()
        self._search.setPlaceholderText("Tìm (Ctrl+F)")
        self._search.setToolTip("Tìm tên, đơn vị, hình thức; không cần dấu")
        self._search.setAccessibleName("Tìm đề nghị")
        self._search.textChanged.connect(self._filter)
        self._state = Choice()
        self._state.setAccessibleName("Lọc theo trạng thái")
        self._state.addItem("Mọi trạng thái", None)
        for state in ProposalState:
            self._state.addItem(word(state), state)
        self._state.currentIndexChanged.connect(self._filter)
        self._list = RowList(context.look, "Danh sách đề nghị")
        self._list.let_mark_many()
        self._list.let_choose_columns(context.habits, "proposals", "Đối tượng", _COLUMNS)
        fields = {"state": self._state, "text": self._search}
        self._filters = SavedFilters(context.habits, "proposals", fields)
        self._list.selectionModel().currentChanged.connect(self._choose)
        self._count = Text(role="muted")
        self._pasting = Pasting(self, self._saved)
        self.undo = UndoBar()
        self.panel = ProposalPanel(self)
        self.panel.saved.connect(self._saved)
        self.panel.withdrawing.connect(self._withdraw)
        self.panel.deleting.connect(self._delete)
        self._empty = EmptyPlace(_EMPTY)
        self._none_found = EmptyPlace(_NONE_FOUND)
        self._right = QStackedWidget()
        for widget in (self._empty, self._none_found, self.panel):
            self._right.addWidget(widget)
        self._lay_out()

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.addWidget(self._search, 3)
        row.addWidget(self._state, 2)
        column.addLayout(row)
        column.addWidget(self._list, 1)
        column.addWidget(self.undo)
        below = QHBoxLayout()  # above it would leave the search no room
        below.addWidget(self._count, 1)
        below.addWidget(ListTools(self._filters, self._list.columns, "đề nghị"))
        column.addLayout(below)
        sides = panes(left, self._right, widths=(450, 640))
        self.body.addWidget(keep_panes(self.context.habits, "proposals", sides), 1)

    # what the window asks of every page

    def refresh(self) -> None:
        """Read the list anew, and the open proposal."""
        province = self._is_province()
        for button in (self._new, self._import, self._many, self._letter):
            button.setVisible(not province)
        self.read(proposal_list, self._show_rows)

    def open_at(self, key: object) -> None:
        """Show this proposal, or one of its fields, whatever was searched for."""
        match key:
            case (UUID() as letter_id, FieldPlace() as field):
                self.flush()
                self.read(proposal_list, lambda rows: self._open_part(rows, letter_id, field))
                return
            case _:
                pass
        if isinstance(key, FieldPlace):
            if key.field:
                self.panel.focus_field(key.kind, key.id, key.field)
            key = key.proposal_id
        if isinstance(key, UUID):
            self._wanted = key
            self._show_everything()
            self._filter()

    def flush(self) -> None:
        """Save what waits."""
        self.panel.flush()

    def step(self, by: int) -> None:
        """Go to the next proposal, or the one before."""
        self._list.step(by)

    def search(self) -> None:
        """Put the cursor into the search."""
        self._search.setFocus()
        self._search.selectAll()

    def begin_new(self) -> None:
        """Ask for whom, then create."""
        if self._is_province():
            return
        picker = NomineePicker(self.context.look, self.context.search, self)
        picker.known.connect(self.create_about)
        picker.new.connect(self._create_named)
        picker.open()

    def begin_like(self) -> None:
        """Create a proposal that has what stays from the open one."""
        view = self.panel.view
        if self._is_province():
            return
        if view is None or not isinstance(view.proposal.subject, Subject):
            self.begin_new()
        else:
            self.create_for(view.proposal.subject, like=view.proposal.id)

    def create_for(self, subject: Subject, *, like: UUID | None = None, named: str = "") -> None:
        """Create a proposal for a new nominee of this kind, and open it."""
        self.flush()
        year = self.context.today().year
        self.write(
            lambda ports: new_proposal(ports, subject, year=year, like=like, named=named),
            self._created,
        )

    def _create_named(self, subject: Subject, name: str) -> None:
        self.create_for(subject, named=name)

    def create_about(self, subject: Subject, nominee_id: UUID) -> None:
        """Create a proposal about a nominee who is known already, and open it."""
        self.flush()
        year = self.context.today().year
        self.write(
            lambda ports: propose_known(ports, subject, nominee_id, year=year), self._created
        )

    def preview(self) -> None:
        """Show what would be printed."""
        if self.panel.view is None:
            return
        self.flush()
        proposal_id = self.panel.view.proposal.id
        marked, shown = (
            [key for key in keys if isinstance(key, UUID)]
            for keys in (self._list.marked(), self._list.shown())
        )
        # The save before it goes first: reader and writer are two workers.
        self.write(
            lambda ports: printables_at(ports, proposal_id, marked=marked, shown=shown),
            self._open_preview,
        )

    def _open_preview(self, printables: Sequence[Printable]) -> None:
        preview = PrintPreview(self.context, printables, self)
        preview.changed.connect(self._read_from_word)
        preview.open()
        view = self.panel.view
        if view is not None:
            ids = (view.proposal.id,)
            self.read(lambda ports: told_before_print(ports, proposals=ids), self._warn)

    def _read_from_word(self, changes: Changes) -> None:
        self.changed.emit(changes)
        self.refresh()

    def _warn(self, words: str) -> None:
        if words:
            self.context.news(words)

    # the list

    def _show_rows(self, rows: Sequence[ProposalRow]) -> None:
        self._rows = tuple(rows)
        self._filter()

    def _show_everything(self) -> None:
        for widget in (self._search, self._state):
            widget.blockSignals(True)
        self._search.clear()
        self._state.setCurrentIndex(0)
        for widget in (self._search, self._state):
            widget.blockSignals(False)

    def _filter(self) -> None:
        chosen = self._state.currentData()
        state = ProposalState(chosen) if chosen else None
        found = search_proposals(self._rows, self._search.text(), state)
        self._is_filling = True  # the list is told once what is chosen, when it is full
        self._list.show_rows([_list_row(row, self._is_province()) for row in found])
        self._count.setText(f"{len(found)} / {len(self._rows)} đề nghị")
        if self._wanted is not None and self._list.choose(self._wanted):
            self._wanted = None
        elif self._list.chosen() is None and found:
            self._list.choose(found[0].id)
        self._is_filling = False
        self._choose()
        nothing = self._none_found if self._rows else self._empty
        self._right.setCurrentWidget(self.panel if found else nothing)

    def _is_province(self) -> bool:
        return self.context.office().is_province

    def _choose(self) -> None:
        chosen = self._list.chosen()
        if isinstance(chosen, UUID) and not self._is_filling:
            self.panel.open(chosen)

    # creating, deleting

    def _created(self, made: tuple[UUID, Changes]) -> None:
        self._wanted, changes = made
        self._show_everything()
        self.changed.emit(changes)
        self.read(proposal_list, self._show_new)

    def _show_new(self, rows: Sequence[ProposalRow]) -> None:
        self._show_rows(rows)
        chosen = self._list.chosen()
        # The panel reads it on the same worker: what is read next comes after it.
        self.read(lambda _: None, lambda _: self._begin_typing(chosen))

    def _begin_typing(self, proposal_id: object) -> None:
        view = self.panel.view
        if view is not None and view.proposal.id == proposal_id:
            self.panel.focus_first()

    def _delete(self) -> None:
        view = self.panel.view
        if view is None:
            return
        self.flush()
        proposal_id, name = view.proposal.id, self.panel.head.title.text()
        self.write(lambda ports: delete_proposal(ports, proposal_id), partial(self._deleted, name))

    def _deleted(self, name: str, deleted: ProposalDeleted) -> None:
        self.panel.forget()
        self._list.setFocus()  # the button that had it is gone
        self.undo.offer(f"Đã xóa “{name}”.", partial(self._restore, deleted))
        self._saved(deleted.changes)

    def _restore(self, deleted: ProposalDeleted) -> None:
        self._wanted = deleted.records[0].id
        self._show_everything()
        self.write(lambda ports: restore_proposal(ports, deleted), self._saved)

    def _saved(self, changes: Changes) -> None:
        self.changed.emit(changes)
        self.read(proposal_list, self._show_rows)

    # letters and lists

    def edit_many(self) -> None:
        """Write one value into a field of every marked proposal."""
        ids = [key for key in self._list.marked() if isinstance(key, UUID)]
        self._pasting.edit_many(Proposal, ids)

    def make_letter(self) -> None:
        """Put proposals into a letter."""
        self.flush()
        self.read(proposal_list, self._open_letter)

    def _open_part(self, rows: Sequence[ProposalRow], letter_id: UUID, field: FieldPlace) -> None:
        """Show a field of a letter; where it cannot be changed, the first proposal in it."""
        inside = [row for row in rows if row.submission_id == letter_id]
        if self._is_province() or any(is_locked(row.state) for row in inside):
            self.open_at(inside[0].id if inside else None)
        else:
            self._open_letter(rows, (letter_id, field))

    def _open_letter(
        self, rows: Sequence[ProposalRow], at: tuple[UUID, FieldPlace] | None = None
    ) -> None:
        dialog = SubmissionDialog(self.context, rows, self)
        if at is not None:
            dialog.open_letter(*at)
        dialog.submitted.connect(self._letter_submitted)
        dialog.jump.connect(self._jump)
        dialog.finished.connect(self.refresh)
        dialog.open()

    def _letter_submitted(self, done: Submitted) -> None:
        self.context.news(
            "Đã trình. Mở trang Gói dữ liệu để xuất gói gửi tỉnh."
            if done.shared
            else "Chưa trình: hồ sơ chưa sửa gì từ khi tỉnh trả lại."
        )
        self.changed.emit(done.changes)

    def _jump(self, place: MissingPlace) -> None:
        """Go to the field that a letter found missing."""
        self.panel.focus_field(place.kind, place.id, place.field)
        self.open_at(place.proposal_id)

    def _withdraw(self) -> None:
        view = self.panel.view
        if view is None or view.submission is None:
            return
        letter_id = view.submission.id
        self.write(lambda ports: withdraw(ports, letter_id), self._withdrawn)

    def _withdrawn(self, changes: Changes) -> None:
        self.context.news("Đã rút lại tờ trình, sửa được. Hãy xuất gói để báo tỉnh.")
        self._saved(changes)

    def _import_list(self) -> None:
        self.flush()
        dialog = ImportList(self.context, self)
        dialog.imported.connect(self._imported)
        dialog.open()

    def _imported(self, changes: Changes) -> None:
        self.context.news("Đã nhập danh sách từ Excel.")
        self._saved(changes)


def _list_row(row: ProposalRow, is_province: bool) -> Row:
    below = f"{row.award or 'chưa chọn hình thức'} · {row.unit if is_province else row.place}"
    if row.elsewhere:
        below += f" · cũng có ở {', '.join(row.elsewhere)}"
    lacks = row.state is ProposalState.DRAFT and row.missing > 0
    return Row(
        row.id,
        row.name or "(chưa có tên)",
        below,
        f"Thiếu {row.missing} mục" if lacks else word(row.state),
        "warn" if lacks else STATE_KINDS[row.state],
        (
            row.award,
            str(row.year or ""),
            row.place,
            row.unit,
            word(row.subject) if row.subject else "",
            word(row.state),
            str(row.missing or ""),
            ", ".join(row.elsewhere),
        ),
    )
