"""Đăng ký thi đua: who of a unit registers for which title in a year."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from uuid import UUID

from thidua_desktop.domain.movements import Registration
from thidua_desktop.domain.proposals import Subject
from thidua_desktop.services.movements import MovementView, add_registration
from thidua_desktop.ui.dialogs.nominee_picker import NomineePicker
from thidua_desktop.ui.pages.movement_records import YearRecords
from thidua_desktop.ui.pages.movement_rows import (
    NO_REGISTRATION,
    REGISTRATION_ROWS,
    registration_row,
)
from thidua_desktop.ui.pages.page import Page


class PledgeRecords(YearRecords[Registration]):
    """The registrations of a unit in a year."""

    def __init__(self, page: Page) -> None:
        super().__init__(
            page,
            Registration,
            REGISTRATION_ROWS,
            registration_row,
            make=add_registration,
            name="Đăng ký thi đua",
            empty=NO_REGISTRATION,
            begins="name",
            amend=self._named,
        )
        self.add = self.add_button("Thêm đăng ký", self.begin_new)
        self.pick = self.add_button(
            "Thêm từ danh sách…",
            self.pick_who,
            "Lấy tên, chức vụ, đơn vị của người, tập thể ở trang Đối tượng",
        )
        self.copy = self.add_copy_button(Registration, "đăng ký")
        self.paste = self.add_paste_button(Registration)

    def show_view(self, view: MovementView) -> None:
        """Show the registrations of a unit and a year."""
        super().show_view(view)
        self.form.offer("award_form_id", [(one.name, one.id) for one in view.award_forms])
        self.show_records(view.registrations, view.notes)
        self.count.setText(f"{len(view.registrations)} đăng ký của năm {view.year}")
        for button in (self.add, self.pick, self.paste):
            button.setVisible(self.may_add)
        self.copy.setVisible(self.may_copy)

    def pick_who(self) -> None:
        """Ask who registers, among those that are known."""
        context = self._page.context
        picker = NomineePicker(
            context.look,
            context.search,
            self,
            title="Ai đăng ký thi đua?",
            does="thêm đăng ký",
            subjects=(Subject.PERSON, Subject.COLLECTIVE),
            offers_new=False,
        )
        picker.known.connect(self._register_known)
        picker.open()

    def _register_known(self, subject: Subject, who: UUID) -> None:
        self._begin(partial(add_registration, who=(subject.value, who)))

    def _named(self, record: Registration) -> Registration:
        """Return a registration called as its form, where nobody called it otherwise."""
        names = {one.id: one.name for one in self._view.award_forms} if self._view else {}
        before = self.saving.record
        was = names.get(before.award_form_id, "") if before and before.award_form_id else ""
        if record.award_form_id is None or record.title not in {"", was}:
            return record
        return replace(record, title=names.get(record.award_form_id, record.title))
