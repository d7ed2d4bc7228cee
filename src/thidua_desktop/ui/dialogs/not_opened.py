"""Chưa mở được dữ liệu: why, once more, and a backup in the place of data that are damaged."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.domain.backups import BackupsAtHand, gone_text, newest_good
from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import StoreDamagedError, ThiduaError
from thidua_desktop.services.backups import backups_at_hand, put_back_backup
from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.widgets.backup_rows import backup_row
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.rows import RowList

_CHOOSE = "Chọn một bản sao lưu rồi bấm “Khôi phục bản này”."
_NONE = (
    "Máy này không có bản sao lưu nào. Có bản ở USB hay ổ khác thì bấm “Chọn tệp khác…”; chưa có "
    "thì giữ nguyên thư mục dữ liệu và nhờ cán bộ tin học."
)
_KEPT_BESIDE = (
    "Tệp hỏng được giữ lại bên cạnh; những gì ghi sau bản sao lưu không có trong bản này. Máy được "
    "cấp mã mới, gói xuất lần tới xin chấp nhận lại."
)


class NotOpenedDialog(Dialog):
    """`again` says that opening may be tried once more, `restored` with what damaged file is kept;
    rejected, the person gives up.
    """

    again = Signal()
    restored = Signal(object)

    def __init__(
        self, context: PageContext, error: ThiduaError, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Chưa mở được dữ liệu")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self.message = Text(error_text(error), wrap=True)
        self.retry = button_of("Thử lại", self._retry)
        self.end = button_of("Thoát", self.leave)
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(10)
        self._layout.addWidget(self.message)
        if isinstance(error, StoreDamagedError):
            self._offer_backups()
        else:
            self.take_room(520, 180)
            self._layout.addStretch(1)
            self._add_buttons(self.end, self.retry)
            self.usual = self.retry
            self.retry.setFocus()

    def restore(self, source: Path) -> None:
        """Let this backup take the place of the damaged data."""
        context = self._context
        self.message.setText("Đang khôi phục…")
        self._allow(is_free=False)
        context.writer.run(
            lambda: put_back_backup(context.ports(), source),
            owner=self,
            done=self._put_back,
            failed=self._refused,
        )

    def _offer_backups(self) -> None:
        self.list = RowList(self._context.look, "Các bản sao lưu ở máy này")
        self.put_back = button_of("Khôi phục bản này", self._put_back_chosen, primary=True)
        self.other = button_of("Chọn tệp khác…", self._ask_file)
        self.take_room(640, 420)
        self.advice = Text(role="muted", wrap=True)
        self._layout.addWidget(self.advice)
        self._layout.addWidget(self.list, 1)
        self._add_buttons(self.end, self.retry, self.put_back, first=self.other)
        self.put_back.setEnabled(False)
        context = self._context
        context.writer.run(
            lambda: backups_at_hand(context.ports()),
            owner=self,
            done=self._show,
            failed=self._refused,
        )

    def _add_buttons(self, *buttons: QWidget, first: QWidget | None = None) -> None:
        row = QHBoxLayout()
        if first is not None:
            row.addWidget(first)
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        self._layout.addLayout(row)

    def _show(self, found: BackupsAtHand) -> None:
        backups = found.backups
        self.list.show_rows([backup_row(backup) for backup in backups])
        gone = [gone_text(found.gone)] if found.gone else []
        self.advice.setText(" ".join([_CHOOSE if backups else _NONE, *gone, _KEPT_BESIDE]))
        newest = newest_good(backups)
        if newest is not None:
            self.list.choose(newest.path)
            self.usual = self.put_back
        self.put_back.setEnabled(newest is not None)
        (self.put_back if newest else self.other).setFocus()

    def _put_back_chosen(self) -> None:
        source = self.list.chosen()
        if isinstance(source, Path):
            self.restore(source)

    def _ask_file(self) -> None:
        named, _ = QFileDialog.getOpenFileName(
            self, "Bản sao lưu cần khôi phục", "", "Bản sao lưu (*.saoluu);;Mọi tệp (*)"
        )
        if named:
            self.restore(Path(named))

    def _retry(self) -> None:
        self.accept()
        self.again.emit()

    def _put_back(self, kept: Path | None) -> None:
        self.accept()
        self.restored.emit(kept)

    def _refused(self, error: ThiduaError) -> None:
        self.message.setText(error_text(error))
        self._allow(is_free=True)

    def _allow(self, *, is_free: bool) -> None:
        for one in (self.retry, self.end, self.other):
            one.setEnabled(is_free)
        self.put_back.setEnabled(is_free and isinstance(self.list.chosen(), Path))
