"""A form of one record that saves by itself: what several pages would otherwise each do anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeAlias, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from thidua_desktop.domain.errors import InvalidInputError, ThiduaError
from thidua_desktop.domain.issues import FieldIssue
from thidua_desktop.domain.records import Record, replace_values
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import RecordSaved, save_record
from thidua_desktop.ui.forms.record_form import RecordForm
from thidua_desktop.ui.pages.page import Page
from thidua_desktop.ui.pages.self_saving import SelfSaving

R = TypeVar("R", bound=Record)
Store: TypeAlias = Callable[[Ports, R, R], RecordSaved[R]]


class SavedForm(QWidget, Generic[R]):
    """Shows a record and stores what is changed in it; `saved` tells what was stored.

    `store` is the use case, `amend` adds what is said beside the form, `judge` complains of fields
    that must stay as they were while the others are stored.
    """

    saved = Signal(object)

    def __init__(
        self,
        page: Page,
        kind: type[R],
        rows: Sequence[Sequence[str]],
        *,
        heights: Mapping[str, int] | None = None,
        store: Store[R] | None = None,
        amend: Callable[[R], R] | None = None,
        judge: Callable[[R], tuple[FieldIssue, ...]] | None = None,
    ) -> None:
        super().__init__()
        self._amend = amend or _as_it_is
        self._judge = judge
        self._read_only = False
        self.form: RecordForm[R] = RecordForm(kind, rows, heights=heights)
        self._saving: SelfSaving[R, RecordSaved[R]] = SelfSaving(
            page, self._typed, store or _save, self._stored, self._refused
        )
        self.form.edited.connect(self.touch)
        self.form.left.connect(self.flush)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.form)

    @property
    def record(self) -> R | None:
        """Return the record as it was last shown or sent to be stored."""
        return self._saving.shown

    def show_record(self, record: R, *, read_only: bool) -> None:
        """Show a record; one that is shown already keeps what is being typed."""
        same = self.record is not None and self.record.id == record.id
        if not same:
            self.flush()
        if not (same and self.waits):
            self._saving.show(record, same=same)
            (self.form.refresh_record if same else self.form.show_record)(record)
        self._read_only = read_only
        self.form.set_read_only(read_only)

    def flush(self) -> None:
        """Save now what waits."""
        self._saving.flush()

    def touch(self) -> None:
        """Save soon what is said in the form or beside it."""
        self._saving.touch()

    @property
    def waits(self) -> bool:
        """Tell whether something is not saved yet: what was read meanwhile does not know of it."""
        return self._saving.waits

    def forget(self) -> None:
        """Drop the record: it is gone."""
        self._saving.forget()

    def _typed(self) -> tuple[R, bool] | None:
        shown = self.record
        if shown is None or self._read_only:
            return None
        record, issues = self.form.record()
        record = self._amend(record)
        if self._judge is not None and (wrong := self._judge(record)):
            issues = (*issues, *wrong)
            kept = {one.field: getattr(shown, one.field) for one in wrong}
            record = replace_values(record, kept)
        self.form.show_issues(issues)
        return record, not issues

    def _stored(self, stored: RecordSaved[R]) -> None:
        record = self.record
        if record is not None and record.id == stored.record.id and not self.waits:
            self._saving.show(stored.record, same=True)
            self.form.refresh_record(stored.record)
        self.saved.emit(stored)

    def _refused(self, error: ThiduaError) -> None:
        if isinstance(error, InvalidInputError):
            self.form.show_issues(error.issues)


def _save(ports: Ports, record: R, shown: R) -> RecordSaved[R]:
    return save_record(ports, record, shown=shown)


def _as_it_is(record: R) -> R:
    return record
