"""An toàn dữ liệu: backups and when they were tried, the check of the data, a new machine id."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from thidua_desktop.domain.attachments import FileState
from thidua_desktop.domain.file_fault_text import file_fault_lines
from thidua_desktop.ui.pages.page import Page
from thidua_desktop.ui.widgets.backup_rows import backup_row, moment
from thidua_desktop.ui.widgets.frames import Card, button_of
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.rows import RowList

if TYPE_CHECKING:  # read on the worker that first asks
    from thidua_desktop.services.backups import BackupBook
    from thidua_desktop.services.integrity import Checked
    from thidua_desktop.services.ports import Ports

_LIST_HEIGHT = 150
_RENEW, _SURE = "Cấp mã máy mới…", "Chắc chắn cấp mã mới"


class SafetyCard(Card):
    """What a person does so that nothing is lost."""

    def __init__(self, page: Page) -> None:
        super().__init__("An toàn dữ liệu")
        self._page = page
        self.state = Text(wrap=True)
        self.place = Text(role="muted", wrap=True)
        self.list = RowList(page.context.look, "Các bản sao lưu")
        self.list.setFixedHeight(_LIST_HEIGHT)
        self.said = Text(wrap=True)
        self.said.hide()
        self.repair = button_of("Sửa", self._repair, primary=True)
        self.repair.hide()
        self.renew = button_of(_RENEW, self._ask_renew)
        self.body.addWidget(self.state)
        self.body.addWidget(self.list)
        self.body.addWidget(self.place)
        self._add_row(
            button_of("Sao lưu ngay", self.back_up, primary=True),
            button_of("Thử lại các bản", self.retry),
            button_of("Đổi nơi lưu…", self._ask_place),
            button_of("Khôi phục vào thư mục mới…", self._ask_restore),
        )
        self._add_row(button_of("Kiểm tra dữ liệu", self.check), self.renew)
        self.body.addWidget(self.said)
        self.body.addWidget(self.repair)

    def refresh(self) -> None:
        """Read the backups anew."""

        def read(ports: Ports) -> BackupBook:
            from thidua_desktop.services.backups import list_backups  # noqa: PLC0415 - on the worker

            return list_backups(ports)

        self._page.read(read, self.show_book)

    def show_book(self, book: BackupBook) -> None:
        """Show the backups."""
        newest = book.newest
        if newest is None or newest.tried_at is None:
            self.state.setText("Chưa có bản sao lưu nào khôi phục được; hãy bấm “Sao lưu ngay”.")
        else:
            late = " Đã hơn 7 ngày; hãy bấm “Sao lưu ngay”." if book.is_late else ""
            self.state.setText(
                f"Bản gần nhất {moment(newest.at)}: khôi phục được, đã thử lúc "
                f"{moment(newest.tried_at)}.{late}"
            )
        self.list.show_rows([backup_row(backup) for backup in book.backups])
        self.place.setText(f"Nơi lưu: {book.place}")

    def back_up(self) -> None:
        """Make a backup now."""

        def make(ports: Ports) -> BackupBook:
            from thidua_desktop.services.backups import back_up, list_backups  # noqa: PLC0415

            back_up(ports)
            return list_backups(ports)

        self._page.write(make, self._made)

    def retry(self) -> None:
        """Try all backups again."""

        def make(ports: Ports) -> BackupBook:
            from thidua_desktop.services.backups import retry_backups  # noqa: PLC0415

            return retry_backups(ports)

        self._page.write(make, self._retried)

    def choose_place(self, place: Path) -> None:
        """Let backups go to this folder; the first one goes there at once."""

        def make(ports: Ports) -> BackupBook:
            from thidua_desktop.services.backups import choose_place, list_backups  # noqa: PLC0415

            choose_place(ports, place)
            return list_backups(ports)

        self._page.write(make, self._made)

    def restore(self, source: Path, target: Path) -> None:
        """Restore a backup into a new folder."""

        def make(ports: Ports) -> Path:
            from thidua_desktop.services.backups import restore_backup  # noqa: PLC0415

            restore_backup(ports, source, target)
            return target

        self._page.write(make, self._restored)

    def check(self) -> None:
        """Compare the data with the log."""

        def read(ports: Ports) -> Checked:
            from thidua_desktop.services.integrity import check  # noqa: PLC0415

            return check(ports)

        self._page.read(read, self._checked)

    def _repair(self) -> None:
        def make(ports: Ports) -> Checked:
            from thidua_desktop.services.integrity import repair  # noqa: PLC0415

            return repair(ports)

        self._page.write(make, self._repaired)

    def _ask_renew(self) -> None:
        """Ask once more, in the same place: the second press does it."""
        if self.renew.text() == _RENEW:
            self.renew.setText(_SURE)
            self._say(
                "Chỉ cấp mã mới khi tỉnh báo trùng mã, hoặc khi máy khác dùng bản chép của máy "
                "này. Dữ liệu và bản nháp còn nguyên; tỉnh phải chấp nhận lại máy này."
            )
            return
        self.renew.setText(_RENEW)

        def make(ports: Ports) -> None:
            from thidua_desktop.services.renewal import renew  # noqa: PLC0415

            renew(ports)

        self._page.write(make, self._renewed)

    def _renewed(self, _nothing: None) -> None:
        self._say("Máy đã được cấp mã mới. Hãy xuất gói gửi tỉnh để tỉnh chấp nhận máy này.")

    def _made(self, book: BackupBook) -> None:
        self.show_book(book)
        self._say("Đã sao lưu và thử khôi phục được.")

    def _retried(self, book: BackupBook) -> None:
        self.show_book(book)
        bad = sum(not backup.is_good for backup in book.backups)
        self._say(
            f"{bad} bản không khôi phục được nữa; hãy bấm “Sao lưu ngay”."
            if bad
            else "Mọi bản sao lưu đều khôi phục được."
        )

    def _restored(self, target: Path) -> None:
        self._say(
            f"Đã khôi phục vào “{target}”. Dữ liệu đang dùng không thay đổi; để dùng bản khôi "
            f"phục, hãy mở chương trình với --data “{target}”."
        )

    def _checked(self, found: Checked) -> None:
        said = ["Dữ liệu khớp với nhật ký."]
        if found.faults:
            said = [f"Có {len(found.faults)} chỗ không khớp với nhật ký. {found.faults[0]}"]
        changed = [one for one in found.files if one.state is FileState.CHANGED]
        if found.files:
            said.append(f"Có {len(found.files)} tệp kèm hỏng hoặc chưa nhận:")
            said += file_fault_lines(found.files)
        if changed:
            said.append("Bấm “Sửa” để cất tệp hỏng sang bên; gói sau xin lại tệp ấy.")
        self.repair.setVisible(bool(found.faults or changed))
        self._say("\n".join(said))

    def _repaired(self, found: Checked) -> None:
        self.repair.hide()
        said = [f"Đã sửa {len(found.faults)} chỗ từ nhật ký."] if found.faults else []
        if changed := sum(one.state is FileState.CHANGED for one in found.files):
            said.append(f"Đã cất {changed} tệp hỏng sang bên; gói sau xin lại.")
        self._say(" ".join(said) or "Không còn gì phải sửa.")

    def _say(self, words: str) -> None:
        self.said.setText(words)
        self.said.show()

    def _ask_place(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Nơi để bản sao lưu")
        if chosen:
            self.choose_place(Path(chosen))

    def _ask_restore(self) -> None:
        source = self.list.chosen()
        if not isinstance(source, Path):
            named, _ = QFileDialog.getOpenFileName(
                self, "Bản sao lưu cần khôi phục", "", "Bản sao lưu (*.saoluu);;Mọi tệp (*)"
            )
            source = Path(named) if named else None
        if source is None:
            return
        chosen = QFileDialog.getExistingDirectory(self, "Thư mục mới, đang trống")
        if chosen:
            self.restore(source, Path(chosen))

    def _add_row(self, *buttons: object) -> None:
        row = QHBoxLayout()
        for button in buttons:
            row.addWidget(button)  # type: ignore[arg-type]
        row.addStretch(1)
        self.body.addLayout(row)
