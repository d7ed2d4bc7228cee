"""Whole criteria sets: begun, copied, versioned, issued, deleted."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from thidua_desktop.domain.criteria import CriteriaSet
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.criteria import CriteriaSetRow, delete_set, issue_set
from thidua_desktop.services.criteria_copies import make_own_set, new_set, new_version
from thidua_desktop.services.saving import RecordSaved
from thidua_desktop.ui.dialogs.asking import ask_first
from thidua_desktop.ui.pages.criteria_panel import CriteriaPanel
from thidua_desktop.ui.pages.page import Page


class SetActions(QObject):
    """Does with the chosen set, which `row` tells, what the buttons of its panel say.

    `made` carries a set to go on with, `touched` what was changed.
    """

    made = Signal(object)
    touched = Signal(object)

    def __init__(
        self, page: Page, panel: CriteriaPanel, row: Callable[[], CriteriaSetRow | None]
    ) -> None:
        super().__init__(page)
        self._page = page
        self._panel = panel
        self._row = row
        panel.issuing.connect(self._ask_issue)
        panel.versioning.connect(self.make_version)
        panel.deleting.connect(self._ask_delete)

    def begin(self) -> None:
        """Make an empty set of this year."""
        name, since = self._name_and_start()
        self._page.write(lambda ports: new_set(ports, name=name, valid_from=since), self._made)

    def copy(self, base: UUID) -> None:
        """Make an own set of this year that begins as another one."""
        name, since = self._name_and_start()
        self._page.write(
            lambda ports: make_own_set(ports, based_on=base, name=name, valid_from=since),
            self._made,
        )

    def _name_and_start(self) -> tuple[str, PartialDate]:
        context = self._page.context
        year = context.today().year
        return f"Bộ tiêu chí {year} của {context.office().unit_name}", PartialDate(year)

    def make_version(self) -> None:
        """Make the next version of the chosen set."""
        row = self._row()
        if row is not None:
            self._page.flush()
            set_id = row.criteria_set.id
            self._page.write(lambda ports: new_version(ports, set_id), self._made)

    def _made(self, made: CriteriaSet) -> None:
        self._page.context.news(f"Đã lập “{made.name}”: đặt điểm, hệ số, minh chứng ở bên phải.")
        self.made.emit(made)

    def _ask_issue(self) -> None:
        row = self._row()
        if row is None:
            return
        self._page.flush()
        to_all = (
            "Gói sau của tỉnh mang bộ này đến mọi cơ quan. "
            if self._page.context.office().is_province
            else ""
        )
        ask_first(
            self._page,
            "Ban hành bộ tiêu chí",
            f"Ban hành “{row.criteria_set.name}”? {to_all}Đã ban hành thì không sửa được nữa; "
            "muốn đổi phải lập phiên bản mới. Phiếu đã lập giữ nguyên phiên bản của mình.",
            "Ban hành",
            self.issue,
        )

    def issue(self) -> None:
        """Issue the chosen set."""
        shown = self._panel.whole.record
        if shown is not None:
            self._page.write(lambda ports: issue_set(ports, shown), self._issued)

    def _issued(self, saved: RecordSaved[CriteriaSet]) -> None:
        self._page.context.news(f"Đã ban hành “{saved.record.name}”.")
        self.touched.emit(saved.changes)

    def _ask_delete(self) -> None:
        row = self._row()
        if row is not None:
            ask_first(
                self._page,
                "Xóa bộ tiêu chí",
                f"Xóa bản thảo “{row.criteria_set.name}” cùng {row.count} tiêu chí trong đó?",
                "Xóa bộ",
                self.delete,
            )

    def delete(self) -> None:
        """Delete the chosen set."""
        row = self._row()
        if row is not None:
            set_id = row.criteria_set.id
            self._panel.whole.forget()
            self._page.write(lambda ports: delete_set(ports, set_id), self._deleted)

    def _deleted(self, changes: Changes) -> None:
        self._page.context.news("Đã xóa bản thảo bộ tiêu chí.")
        self._panel.criterion.forget()
        self._panel.rule.forget()
        self.touched.emit(changes)
