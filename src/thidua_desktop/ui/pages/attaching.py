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

from thidua_desktop.domain.attachments import (
    Attachment,
    AttachmentRow,
    FileState,
    can_be_seen,
    size_text,
)
from thidua_desktop.domain.criteria import Evidence
from thidua_desktop.services.attachments import (
    AttachedTo,
    attach,
    open_attachment,
    save_attachment,
)
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.saving import RecordSaved, delete_record
from thidua_desktop.services.scans import ScannedFile, Scans
from thidua_desktop.ui.dialogs.file_preview import FilePreview
from thidua_desktop.ui.dialogs.scan_picker import ScanPicker
from thidua_desktop.ui.forms.record_line import RecordLine
from thidua_desktop.ui.pages.page import Page
from thidua_desktop.ui.pages.scanning import Scanning
from thidua_desktop.ui.widgets.attachments import AttachmentList, ask_place

_PASTED = "Ảnh dán.png"


class Attaching(QObject):
    """Holds the lists under the lines of evidence. `after` hears of what was written."""

    def __init__(self, page: Page, after: Callable[[Changes], None]) -> None:
        super().__init__(page)
        self._page = page
        self._after = after
        self._lists: dict[UUID, AttachmentList] = {}
        self._served: list[AttachmentList] = []
        self.scanning = Scanning(page)
        self.scanning.found.connect(self._show_scans)

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
        made.viewed.connect(partial(self._view, made))
        made.scans_wanted.connect(partial(self._pick_scans, to))
        made.opened.connect(self._open)
        made.saved.connect(self._save)
        made.removed.connect(self._remove)
        self._served = [*filter(shiboken6.isValid, self._served), made]
        self._show_scans(self.scanning.scans)

    def show(self, rows: Sequence[AttachmentRow], *, read_only: bool) -> None:
        """Show each file under the evidence that it proves."""
        self._lists = {key: one for key, one in self._lists.items() if shiboken6.isValid(one)}
        if not read_only:
            self.scanning.look()
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

    def _view(self, made: AttachmentList, attachment: Attachment) -> None:
        """Show a file, with the others beside it."""
        seen = [row.attachment for row in made.rows if _can_be_seen(row)]
        preview = FilePreview(self._page.context, seen, seen.index(attachment), self._page)
        preview.opened.connect(self._open)
        preview.saved.connect(self._save)
        preview.open()

    def _show_scans(self, scans: Scans) -> None:
        for made in filter(shiboken6.isValid, self._served):
            made.show_scans(scans.new if scans.folder is not None else None)

    def _pick_scans(self, to: Callable[[], AttachedTo | None]) -> None:
        picker = ScanPicker(self._page.context, self.scanning.scans, self._page)
        picker.wanted.connect(partial(self._attach_scans, to))
        picker.open()

    def _attach_scans(self, to: Callable[[], AttachedTo | None], files: list[ScannedFile]) -> None:
        self._attach_files(to, [one.file.path for one in files])
        self.scanning.note(files)

    def _open(self, attachment: Attachment) -> None:
        self._page.read(lambda ports: open_attachment(ports, attachment.id), show_file)

    def _save(self, attachment: Attachment) -> None:
        if path := ask_place(self._page, attachment):
            self._page.read(
                lambda ports: save_attachment(ports, attachment.id, out=path),
                lambda saved: self._page.context.news(f"Đã lưu {saved.name}."),
            )


def _can_be_seen(row: AttachmentRow) -> bool:
    return row.state is FileState.HERE and can_be_seen(row.attachment.mime)


def show_file(path: Path) -> None:
    """Let another program show a file."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
