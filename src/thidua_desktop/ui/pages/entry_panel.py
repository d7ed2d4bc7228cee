"""A rule that adds points to a checklist or takes them: how often it applied."""

from __future__ import annotations

from PySide6.QtCore import Signal

from thidua_desktop.domain.criteria import PointEntry, PointSort
from thidua_desktop.domain.numbers import decimal_text
from thidua_desktop.domain.records import Owner, kind_spec
from thidua_desktop.domain.scoring import Tier
from thidua_desktop.services.checklists import ChecklistView, EntryRow, save_entry
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import RecordSaved
from thidua_desktop.ui.pages.page import Page
from thidua_desktop.ui.pages.saved_form import SavedForm
from thidua_desktop.ui.widgets.frames import Card
from thidua_desktop.ui.widgets.labels import Text

_ROWS = (("times", "verified_times"), ("note", "verified_note"))


class EntryPanel(Card):
    """Shows a rule and the counts of the office and of the province."""

    changed = Signal(object)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._view: ChecklistView | None = None
        self._row: EntryRow | None = None
        self._title = Text(role="heading", wrap=True)
        self._wording = Text(wrap=True)
        self._about = Text(role="muted", wrap=True)
        self.saving: SavedForm[PointEntry] = SavedForm(page, PointEntry, _ROWS, store=self._store)
        self.form = self.saving.form
        self.saving.saved.connect(lambda saved: self.changed.emit(saved.changes))
        for widget in (self._title, self._wording, self._about, self.saving):
            self.body.addWidget(widget)
        self.body.addStretch(1)

    def flush(self) -> None:
        """Save what waits."""
        self.saving.flush()

    def begin(self) -> None:
        """Put the cursor where the count is filled in."""
        for editor in self.form.editors.values():
            if editor.takes_keys():
                self.form.focus_field(editor.spec.name)
                return

    def show_row(self, view: ChecklistView, row: EntryRow) -> None:
        """Show a rule and what is said of it."""
        self._view, self._row = view, row
        bonus = row.rule.sort is PointSort.BONUS
        points = decimal_text(row.rule.points) if row.rule.points is not None else "?"
        self._title.setText("Cộng điểm" if bonus else "Trừ điểm")
        self._wording.setText(row.rule.wording)
        bars = " Đơn vị bị quy tắc này thì không được suy tôn." if row.rule.bars else ""
        self._about.setText(f"{'Cộng' if bonus else 'Trừ'} {points} điểm mỗi lần.{bars}")
        self.saving.show_record(row.entry, read_only=not (view.may_fill or view.may_verify))
        for name, editor in self.form.editors.items():
            mine = kind_spec(PointEntry).field(name).owner is Owner.OFFICE
            allowed = view.may_fill if mine else view.may_verify
            tier = Tier.SELF if mine else Tier.VERIFIED
            editor.set_read_only(not allowed or view.is_closed(tier))

    def _store(self, ports: Ports, entry: PointEntry, shown: PointEntry) -> RecordSaved[PointEntry]:
        if self._view is None:
            raise RuntimeError("no checklist is shown")
        is_new = any(one.is_new for one in self._view.entries if one.entry.id == entry.id)
        return save_entry(ports, self._view.checklist, entry, shown=None if is_new else shown)
