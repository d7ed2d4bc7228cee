"""A form of one record that saves by itself: what several pages would otherwise each do anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Generic, TypeAlias, TypeVar
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from thidua_desktop.domain.errors import InvalidInputError, StoreBusyError, ThiduaError
from thidua_desktop.domain.issues import FieldIssue
from thidua_desktop.domain.records import Record, replace_values
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import RecordSaved, save_record
from thidua_desktop.ui.forms.record_form import RecordForm
from thidua_desktop.ui.pages.page import Page
from thidua_desktop.ui.widgets.saving import AutoSave

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
        self._page = page
        self._store: Store[R] = store or _save
        self._amend = amend or _as_it_is
        self._judge = judge
        self._shown: R | None = None
        self._read_only = False
        self._under_way = 0  # saves that were sent and not yet answered
        self.form: RecordForm[R] = RecordForm(kind, rows, heights=heights)
        self.form.edited.connect(self._touched)
        self.form.left.connect(self.flush)
        self._autosave = AutoSave(self._save, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.form)

    @property
    def record(self) -> R | None:
        """Return the record as it was last shown or sent to be stored."""
        return self._shown

    def show_record(self, record: R, *, read_only: bool) -> None:
        """Show a record; one that is shown already keeps what is being typed."""
        same = self._shown is not None and self._shown.id == record.id
        if not same:
            self.flush()
        if not (same and self.waits):
            self._shown = record
            (self.form.refresh_record if same else self.form.show_record)(record)
        self._read_only = read_only
        self.form.set_read_only(read_only)

    def flush(self) -> None:
        """Save now what waits."""
        self._autosave.flush()

    def touch(self) -> None:
        """Save what is said beside the form, soon."""
        self._touched()

    @property
    def waits(self) -> bool:
        """Tell whether something is not saved yet: what was read meanwhile does not know of it."""
        return self._autosave.waits or self._under_way > 0

    def forget(self) -> None:
        """Drop the record: it is gone."""
        self._autosave.forget()
        self._shown = None

    def _touched(self) -> None:
        self._autosave.touch()
        self._page.context.saved("Đang lưu…")

    def _save(self) -> None:
        shown = self._shown
        if shown is None or self._read_only:
            return
        record, issues = self.form.record()
        record = self._amend(record)
        if self._judge is not None and (wrong := self._judge(record)):
            issues = (*issues, *wrong)
            kept = {one.field: getattr(shown, one.field) for one in wrong}
            record = replace_values(record, kept)
        self.form.show_issues(issues)
        self._page.context.saved("⚠ Có ô chưa lưu được" if issues else "")
        if record == shown:
            return
        self._shown = record
        self._under_way += 1
        self._page.write(
            lambda ports: self._store(ports, record, shown),
            self._stored,
            partial(self._refused, shown),
        )

    def _stored(self, stored: RecordSaved[R]) -> None:
        self._under_way -= 1
        if self._is(stored.record.id) and not self.waits:
            self._shown = stored.record
            self.form.refresh_record(stored.record)
        self._page.context.saved("✓ Đã lưu")
        self.saved.emit(stored)

    def _refused(self, shown: R, error: ThiduaError) -> None:
        self._under_way -= 1
        self._page.context.saved("⚠ Chưa lưu được")
        if self._is(shown.id):
            self._shown = shown
        if isinstance(error, StoreBusyError):
            self._autosave.touch()
        if isinstance(error, InvalidInputError):
            self.form.show_issues(error.issues)
        self._page.refused(error)

    def _is(self, record_id: UUID) -> bool:
        return self._shown is not None and self._shown.id == record_id


def _save(ports: Ports, record: R, shown: R) -> RecordSaved[R]:
    return save_record(ports, record, shown=shown)


def _as_it_is(record: R) -> R:
    return record
