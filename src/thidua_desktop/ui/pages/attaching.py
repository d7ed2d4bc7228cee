"""Attaches files to what a page shows: evidence, and documents of the movement."""

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
from thidua_desktop.services.attachments import (
    AttachedTo,
    attach,
    open_attachment,
    save_attachment,
)
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
        to = AttachedTo(Evidence, line.record.id)
        self.serve(made, lambda: to)
        made.watch(line.editors.values())
        self._lists[to.id] = made
        return made

    def serve(self, made: AttachmentList, to: Callable[[], AttachedTo | None]) -> None:
        """Do what a list of files says is wanted, for what it stands beside then."""
        made.given.connect(partial(self._attach_files, to))
        made.pasted.connect(partial(self._attach, to, _PASTED))
        made.opened.connect(self._open)
        made.saved.connect(self._save)
        made.removed.connect(self._remove)

    def show(self, rows: Sequence[AttachmentRow], *, read_only: bool) -> None:
        """Show each file under the evidence that it proves."""
        self._lists = {key: one for key, one in self._lists.items() if shiboken6.isValid(one)}
        for evidence_id, one in self._lists.items():
            own = [row for row in rows if row.attachment.evidence_id == evidence_id]
            one.show_rows(own, read_only=read_only)

    def _attach_files(self, to: Callable[[], AttachedTo | None], paths: Sequence[Path]) -> None:
        for path in paths:
            self._attach(to, path.name, path)

    def _attach(self, to: Callable[[], AttachedTo | None], name: str, source: Path | bytes) -> None:
        place = to()
        if place is not None:
            self._page.context.saved("Đang kèm tệp…")
            self._page.write(
                lambda ports: attach(ports, source, to=place, name=name), self._attached
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
