"""Văn bản: what a unit issued in a year, for what it owes or of its own, with the files."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from thidua_desktop.domain.attachments import AttachmentRow
from thidua_desktop.domain.movements import PlanDocument
from thidua_desktop.services.attachments import AttachedTo
from thidua_desktop.services.movements import MovementView, add_document
from thidua_desktop.ui.pages.attaching import Attaching
from thidua_desktop.ui.pages.movement_records import YearRecords
from thidua_desktop.ui.pages.movement_rows import DOCUMENT_ROWS, NO_DOCUMENT, document_row
from thidua_desktop.ui.pages.page import Page
from thidua_desktop.ui.widgets.attachments import AttachmentList
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.rows import Row


class DocumentRecords(YearRecords[PlanDocument]):
    """The documents of a unit in a year."""

    def __init__(self, page: Page) -> None:
        super().__init__(
            page,
            PlanDocument,
            DOCUMENT_ROWS,
            self._row,
            make=add_document,
            name="Văn bản của phong trào",
            empty=NO_DOCUMENT,
            begins="sort",
            heights={"summary": 2},
        )
        self.files = AttachmentList()
        self._attaching = Attaching(page, self.changed.emit)
        self._attaching.serve(self.files, self._place)
        self.files.watch(self.form.editors.values())
        self.body.addWidget(Text("Tệp văn bản", role="strong"))
        self.body.addWidget(self.files)
        self.shown.connect(self._show_files)
        self.add = self.add_button("Thêm văn bản", self.begin_new)
        self.paste = self.add_paste_button(PlanDocument)

    @property
    def may_add(self) -> bool:
        """Tell whether this office records documents of the unit."""
        return self._view is not None and self._view.may_record

    def show_view(self, view: MovementView) -> None:
        """Show the documents of a unit and a year."""
        super().show_view(view)
        self.form.offer(
            "obligation_id",
            [(f"{one.task[:1].upper()}{one.task[1:]}", one.id) for one in view.obligations],
        )
        self.show_records(view.documents, view.notes)
        fulfilling = sum(one.obligation_id is not None for one in view.documents)
        self.count.setText(
            f"{len(view.documents)} văn bản của năm {view.year}, {fulfilling} cho việc phải làm"
        )
        for button in (self.add, self.paste):
            button.setVisible(self.may_add)

    def begin(self, year: int, obligation_id: UUID) -> None:
        """Enter a document for what is owed in a year."""
        self._begin(partial(add_document, obligation_id=obligation_id), year)

    def _row(self, one: PlanDocument) -> Row:
        view = self._view
        return document_row(one, view.files if view else {}, view.obligations if view else ())

    def _place(self) -> AttachedTo | None:
        chosen = self.chosen
        return AttachedTo(PlanDocument, chosen.id) if chosen else None

    def _show_files(self, record: PlanDocument | None) -> None:
        rows: tuple[AttachmentRow, ...] = ()
        if record is not None and self._view is not None:
            rows = self._view.files.get(record.id, ())
        own = record is not None and self._is_own(record)
        if own:
            self._attaching.scanning.look()
        self.files.show_rows(rows, read_only=not own)
