"""In bằng: decisions that award, whom they award, and the certificates of a run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeAlias
from uuid import UUID

from PySide6.QtWidgets import QMenu, QTabWidget, QWidget

from thidua_desktop.domain.decisions import Award, Decision
from thidua_desktop.domain.errors import SkippedNumbersError, ThiduaError
from thidua_desktop.domain.notes import FieldPlace
from thidua_desktop.domain.page_ranges import pages_text
from thidua_desktop.domain.records import kind_name
from thidua_desktop.services.award_sheets import (
    SheetsWanted,
    chosen_awards,
    printable_sheets,
)
from thidua_desktop.services.decisions import (
    AwardsChanged,
    DecisionView,
    LetterChoice,
    add_award,
    begin_decision,
    decision_views,
    delete_decision,
    give_numbers,
    letters_to_award,
    note_jam,
    note_printed,
    take_held,
    take_letter,
)
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import RecordSaved, delete_record
from thidua_desktop.ui.dialogs.asking import ask_first
from thidua_desktop.ui.dialogs.print_preview import PrintPreview
from thidua_desktop.ui.habits import keep_panes
from thidua_desktop.ui.pages.certificate_rows import AWARD_COLUMNS, award_row, decision_row
from thidua_desktop.ui.pages.certificate_run import CertificateRun
from thidua_desktop.ui.pages.certificate_stocks import CertificateStocks
from thidua_desktop.ui.pages.list_tools import with_tools
from thidua_desktop.ui.pages.page import Page, PageContext
from thidua_desktop.ui.pages.saved_form import SavedForm
from thidua_desktop.ui.widgets.frames import EmptyPlace, button_of, on_top, panes, scrolled_as_wide
from thidua_desktop.ui.widgets.labels import on_button
from thidua_desktop.ui.widgets.rows import RowList

_Job: TypeAlias = Callable[[Ports, UUID], AwardsChanged]
_EMPTY = (
    "Chưa có quyết định nào. Bấm “Quyết định mới” để ghi số, ngày của quyết định đã ký, rồi lấy "
    "người được khen từ tờ trình."
)
_TAKEN = "Đã thêm {} người được khen."
_DECISION = (("number", "date"), ("title", "book"), ("giver",), ("merit",))
_SIGNING = (("place", "signer_name"), ("signer_lines",), ("note",))
_AWARD = (("name",), ("about",), ("merit",), ("place", "number"))


class CertificatePage(Page):
    """Decisions at the left, whom the chosen one awards in the middle, the run at the right."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("In bằng", context)
        self._views: tuple[DecisionView, ...] = ()
        self._letters: tuple[LetterChoice, ...] = ()
        self._wanted: UUID | None = None
        self._wanted_field = ""
        self._wanted_award: UUID | None = None
        self._take = self.head.add_action("Lấy người được khen…", self._show_sources, name="take")
        self.head.add_action("Quyết định mới", self.begin_new, primary=True, name="new")
        self._list = RowList(context.look, "Quyết định khen thưởng")
        self._list.setMinimumWidth(170)
        self._list.selectionModel().currentChanged.connect(self._choose)
        self._awards = RowList(context.look, "Người được khen")
        self._awards.setMinimumWidth(200)
        self._awards.selectionModel().currentChanged.connect(self._choose_award)
        self.run = CertificateRun()
        self._stocks = CertificateStocks(self, self.run)
        self.decision: SavedForm[Decision] = SavedForm(
            self, Decision, (*_DECISION, *_SIGNING), heights={"merit": 3, "signer_lines": 2}
        )
        self.award: SavedForm[Award] = SavedForm(self, Award, _AWARD)
        for form in (self.decision, self.award):
            form.saved.connect(self._saved)
        self._connect_run()
        self.tabs = QTabWidget()
        self._empty = EmptyPlace(_EMPTY)
        self._lay_out()

    def _lay_out(self) -> None:
        drop = button_of("Xóa quyết định", self._ask_delete, quiet=True)
        drop_award = button_of("Bỏ người này", self._drop_award, quiet=True)
        pages: tuple[tuple[str, QWidget], ...] = (
            ("In bằng", self.run),
            ("Quyết định", on_top(self.decision, drop)),
            ("Người được khen", on_top(self.award, drop_award)),
        )
        for words, widget in pages:
            self.tabs.addTab(scrolled_as_wide(widget), words)
        habits = self.context.habits
        middle = with_tools(
            habits, "awards", self._awards, heading="Người được khen", columns=AWARD_COLUMNS
        )
        splitter = panes(self._list, middle, self.tabs, widths=(230, 330, 500))
        self._panes = keep_panes(habits, "certificates", splitter)
        self._empty.hide()
        self.body.addWidget(self._empty, 1)
        self.body.addWidget(self._panes, 1)

    def _connect_run(self) -> None:
        run = self.run
        run.numbering.connect(self._number)
        run.showing.connect(self._show_sheets)
        run.noting.connect(self._note_printed)
        run.jammed.connect(self._jam)
        run.unread.connect(self.context.news)

    # what the window asks of every page

    def refresh(self) -> None:
        """Read decisions, letters and stocks anew."""
        self.read_shown(decision_views, self._show)
        self.read(letters_to_award, self._show_letters)
        self._stocks.read()

    def open_at(self, key: object) -> None:
        """Show a decision, or one whom it awards, at a field where one is named."""
        if isinstance(key, FieldPlace):
            if key.kind == kind_name(Award):
                self._wanted_award = key.id
            else:
                self._wanted = key.id
            self._wanted_field = key.field

    def flush(self) -> None:
        """Save what waits."""
        self.decision.flush()
        self.award.flush()

    def begin_new(self) -> None:
        """Begin a decision as this office makes them."""
        self.flush()
        self.write(begin_decision, self._begun)

    def preview(self) -> None:
        """Show the sheets that are to be printed."""
        if self._view is not None:
            self.run.preview()

    # decisions

    @property
    def _view(self) -> DecisionView | None:
        chosen = self._list.chosen()
        return next((one for one in self._views if one.decision.id == chosen), None)

    def _show(self, views: Sequence[DecisionView]) -> None:
        self._views = tuple(views)
        field, self._wanted_field = self._wanted_field, ""
        award, self._wanted_award = self._wanted_award, None
        self._list.show_rows([decision_row(one) for one in views])
        if award is not None:
            holding = (v for v in views if any(a.id == award for a in v.awards))
            self._wanted = next((one.decision.id for one in holding), None)
            self._wanted_award = award
        wanted, self._wanted = self._wanted, None
        if wanted is not None and self._list.choose(wanted):
            self._show_view()
        elif self._view is None and views:
            self._list.choose(views[0].decision.id)
        else:
            self._show_view()
        self._take.setEnabled(bool(views))
        self._panes.setVisible(bool(views))
        self._empty.setVisible(not views)
        if field:
            self.tabs.setCurrentIndex(2 if award is not None else 1)
            (self.decision if award is None else self.award).form.focus_field(field)

    def _choose(self) -> None:
        self.flush()
        self._show_view()

    def _show_view(self) -> None:
        view = self._view
        if view is None:
            self._awards.show_rows([])
            self.decision.forget()
            self.award.forget()
            return
        self.decision.show_record(view.decision, read_only=False)
        self._awards.show_rows([award_row(one) for one in view.awards])
        self.run.show_view(view)
        wanted, self._wanted_award = self._wanted_award, None
        if wanted is not None and self._awards.choose(wanted):
            self.tabs.setCurrentIndex(2)
        elif self._awards.chosen() is None and view.awards:
            self._awards.choose(view.awards[0].id)
        self._choose_award()

    def _choose_award(self) -> None:
        view, chosen = self._view, self._awards.chosen()
        found = next((one for one in view.awards if one.id == chosen), None) if view else None
        if found is None:
            self.award.forget()
        else:
            self.award.show_record(found, read_only=False)
        self.award.setEnabled(found is not None)

    def _begun(self, saved: RecordSaved[Decision]) -> None:
        self._wanted = saved.record.id
        self.tabs.setCurrentIndex(1)
        self.context.news("Đã lập quyết định; hãy ghi số, ngày rồi lấy người được khen.")
        self._wanted_field = "number"
        self._after(saved.changes)

    def _saved(self, saved: RecordSaved[Decision] | RecordSaved[Award]) -> None:
        self._after(saved.changes)

    def _after(self, changes: object) -> None:
        self.changed.emit(changes)
        self.read_shown(decision_views, self._show)

    def _ask_delete(self) -> None:
        view = self._view
        if view is None:
            return
        said = f"Xóa quyết định này và {len(view.awards)} người được khen trong đó?"
        if view.numbered:
            said += f" {view.numbered} số vào sổ đã cấp sẽ không cấp lại."
        job = partial(self._delete, view.decision)
        ask_first(self, "Xóa quyết định", said, "Xóa", job)

    def _delete(self, decision: Decision) -> None:
        self.decision.forget()
        self.award.forget()
        self.write(lambda ports: delete_decision(ports, decision), self._after)

    def _drop_award(self) -> None:
        chosen, view = self._awards.chosen(), self._view
        found = next((one for one in view.awards if one.id == chosen), None) if view else None
        if found is not None:
            self.award.forget()
            self.write(lambda ports: delete_record(ports, found), self._after)
            self.context.deleted(found.name, kind_name(Award), found.id)

    # whom it awards

    def _show_letters(self, letters: Sequence[LetterChoice]) -> None:
        self._letters = tuple(letters)

    def _show_sources(self) -> None:
        if self._view is not None:
            self.sources().popup(self._take.mapToGlobal(self._take.rect().bottomLeft()))

    def sources(self) -> QMenu:
        """Return from where those are taken whom the chosen decision awards."""
        menu = QMenu(self)
        for letter in self._letters:
            menu.addAction(on_button(letter.words), partial(self._take_letter, letter.id))
        if self._letters:
            menu.addSeparator()
        menu.addAction("Ai đã ghi khen thưởng theo số quyết định này", self._take_held)
        menu.addAction("Thêm một người", self._add)
        return menu

    def _take_letter(self, letter: UUID) -> None:
        self._change(lambda ports, decision: take_letter(ports, decision, letter), _TAKEN)

    def _take_held(self) -> None:
        self._change(take_held, _TAKEN)

    def _add(self) -> None:
        view = self._view
        if view is not None:
            decision = view.decision.id
            self.write(lambda ports: add_award(ports, decision, ""), self._added)

    def _added(self, saved: RecordSaved[Award]) -> None:
        self._wanted_award = saved.record.id
        self._after(saved.changes)

    # numbers and sheets

    def _number(self, start: int | None) -> None:
        view = self._view
        if view is not None:
            decision = view.decision.id
            self.flush()
            self.write(
                lambda ports: give_numbers(ports, decision, start=start),
                partial(self._changed, "Đã cấp {} số vào sổ."),
                partial(self._not_numbered, decision, start),
            )

    def _not_numbered(self, decision: UUID, start: int | None, error: ThiduaError) -> None:
        if not isinstance(error, SkippedNumbersError):
            self.refused(error)
            return

        def leave() -> None:
            self.write(
                lambda ports: give_numbers(ports, decision, start=start, leave_gap=True),
                partial(self._changed, "Đã cấp {} số vào sổ."),
            )

        gap = pages_text(number - 1 for number in error.numbers)
        said = f"Bắt đầu từ số {start} thì số {gap} trong sổ bỏ trống mãi."
        ask_first(self, "Bỏ trống số", said, "Cố ý bỏ trống", leave, lambda: None)

    def _show_sheets(self, wanted: SheetsWanted) -> None:
        """Show the sheets; what goes to the printer from there is noted as printed."""
        view = self._view
        if view is not None:
            self.flush()
            decision = view.decision.id
            self.read(
                lambda ports: chosen_awards(ports, decision, wanted.numbers),
                partial(self._open_preview, view, wanted),
            )

    def _open_preview(
        self, view: DecisionView, wanted: SheetsWanted, awards: Sequence[Award]
    ) -> None:
        words = f"{view.decision.title.capitalize() or 'Bằng'} {view.decision.number}".strip()
        paper = printable_sheets(view.decision.id, words, wanted)
        dialog = PrintPreview(self.context, [paper], self, printer=wanted.printer)
        dialog.printed.connect(lambda pages: self._came_out([awards[page].id for page in pages]))
        dialog.open()

    def _came_out(self, awards: Sequence[UUID]) -> None:
        self.write(
            lambda ports: note_printed(ports, awards),
            partial(self._changed, "Đã ghi {} tờ in xong. Có tờ kẹt thì ghi số của tờ ấy."),
        )

    def _note_printed(self, numbers: str) -> None:
        def noted(ports: Ports, decision: UUID) -> AwardsChanged:
            return note_printed(ports, [one.id for one in chosen_awards(ports, decision, numbers)])

        self._change(noted, "Đã ghi {} tờ in xong.")

    def _jam(self, number: int) -> None:
        self._change(
            lambda ports, decision: note_jam(ports, decision, number),
            f"{{}} tờ từ số {number} sẽ in lại, số giữ nguyên.",
        )

    def _change(self, job: _Job, said: str) -> None:
        view = self._view
        if view is not None:
            decision = view.decision.id
            self.flush()
            self.write(lambda ports: job(ports, decision), partial(self._changed, said))

    def _changed(self, said: str, changed: AwardsChanged) -> None:
        self.context.news(said.format(changed.count))
        self._after(changed.changes)
