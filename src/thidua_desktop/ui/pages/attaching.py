"""Attaches files to the evidence that a page shows: one for every page that shows evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from uuid import UUID

import shiboken6
from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from thidua_desktop.domain.attachments import Attachment, AttachmentRow, size_text
from thidua_desktop.domain.criteria import Evidence
from thidua_desktop.services.attachments import attach, open_attachment, save_attachment
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.saving import RecordSaved, delete_record
from thidua_desktop.ui.forms.record_lines import RecordLine
from thidua_desktop.ui.pages.page import Page
from thidua_desktop.ui.widgets.attachments import AttachmentList, ask_place

_PASTED = "Ảnh dán.png"


class Attaching(QObject):
    """Holds the lists under the lines of evidence. `after` hears of what was written."""

    def __init__(self, page: Page, after: Callable[[Changes], None]) -> None:
        super().__init__(page)
        self._page = page
        self._after = after
        self._lists: dict[UUID, AttachmentList] = {}

    def below(self, line: RecordLine[Evidence]) -> QWidget:
        """Return what stands under a line of evidence."""
        made = AttachmentList()
        evidence_id = line.record.id
        made.given.connect(partial(self._attach_files, evidence_id))
        made.pasted.connect(partial(self._attach, evidence_id, _PASTED))
        made.opened.connect(self._open)
        made.saved.connect(self._save)
        made.removed.connect(self._remove)
        made.watch(line.editors.values())
        self._lists[evidence_id] = made
        return made

    def show(self, rows: Sequence[AttachmentRow], *, read_only: bool) -> None:
        """Show each file under the evidence that it proves."""
        self._lists = {key: one for key, one in self._lists.items() if shiboken6.isValid(one)}
        for evidence_id, one in self._lists.items():
            own = [row for row in rows if row.attachment.evidence_id == evidence_id]
            one.show_rows(own, read_only=read_only)

    def _attach_files(self, evidence_id: UUID, paths: Sequence[Path]) -> None:
        for path in paths:
            self._attach(evidence_id, path.name, path)

    def _attach(self, evidence_id: UUID, name: str, source: Path | bytes) -> None:
        self._page.context.saved("Đang kèm tệp…")
        self._page.write(
            lambda ports: attach(ports, source, evidence_id=evidence_id, name=name), self._attached
        )

    def _attached(self, saved: RecordSaved[Attachment]) -> None:
        one = saved.record
        said = f"Đã kèm {one.name} ({size_text(one.size)})."
        if one.sensitive:
            said += (
                " Ảnh giấy tờ tùy thân là dữ liệu nhạy cảm: chỉ kèm khi biểu mẫu bắt buộc, "
                "nếu không hãy bấm Bỏ."
            )
        self._page.context.news(said)
        self._after(saved.changes)

    def _remove(self, attachment: Attachment) -> None:
        self._page.write(lambda ports: delete_record(ports, attachment), self._after)

    def _open(self, attachment: Attachment) -> None:
        self._page.read(lambda ports: open_attachment(ports, attachment.id), show_file)

    def _save(self, attachment: Attachment) -> None:
        if path := ask_place(self._page, attachment):
            self._page.read(
                lambda ports: save_attachment(ports, attachment.id, out=path),
                lambda saved: self._page.context.news(f"Đã lưu {saved.name}."),
            )


def show_file(path: Path) -> None:
    """Let another program show a file."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
