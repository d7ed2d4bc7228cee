"""The first start: which office is this, what does it do; or an enrolment file, which says both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import PhraseError, ThiduaError
from thidua_desktop.domain.offices import Office
from thidua_desktop.domain.units import Unit, UnitLevel, UnitRole
from thidua_desktop.domain.words import role_name
from thidua_desktop.services.offices import create_office, join
from thidua_desktop.services.ports import Ports
from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.tasks import TaskRunner
from thidua_desktop.ui.theme import Look
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.unit_search import UnitSearch

_FILE_PHRASE = "Cụm từ mở tệp đăng ký, tỉnh đọc qua điện thoại"
_ROOT_PHRASE = "Cụm từ bảo vệ khóa gốc của tỉnh (nên đặt; quên thì dùng các từ khôi phục)"


# What the dialog ends with when somebody wants to practise only.
PRACTISE = QDialog.DialogCode.Accepted.value + 1


class StartDialog(Dialog):
    """One dialog, one decision. `ready` carries the office that was made."""

    ready = Signal(object)

    def __init__(
        self,
        ports: Callable[[], Ports],
        writer: TaskRunner,
        look: Look,
        today: PartialDate,
        practice: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Bắt đầu")
        self.resize(680, 580)
        self._ports = ports
        self._writer = writer
        self._today = today
        self._practice = practice
        self.units = UnitSearch(look)
        self.units.moved.connect(self._chosen)
        self._roles = QButtonGroup(self)
        self.roles: dict[UnitRole, QRadioButton] = {}
        roles = QHBoxLayout()
        for role in UnitRole:
            button = QRadioButton(role_name(role))
            button.setObjectName(role.value)
            self._roles.addButton(button)
            self.roles[role] = button
            roles.addWidget(button)
        roles.addStretch(1)
        self._file: Path | None = None
        asking = self._phrase_row()
        self.message = Text("Đang mở danh mục đơn vị…", role="muted", wrap=True)
        self.begin = button_of("Bắt đầu làm việc", self._create, primary=True)
        self.begin.setObjectName("begin")
        self.begin.setEnabled(False)
        buttons = QHBoxLayout()
        buttons.addWidget(button_of("Nhận tệp đăng ký…", self._ask_file))
        self.practise = button_of("Chỉ thực hành thử", self._practise, quiet=True)
        self.practise.setToolTip("Mở một tỉnh bịa để làm thử; không đụng gì đến dữ liệu thật")
        buttons.addWidget(self.practise)
        buttons.addStretch(1)
        buttons.addWidget(button_of("Thoát", self.leave))
        buttons.addWidget(self.begin)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(10)
        layout.addWidget(Text("Máy này thuộc cơ quan nào?", role="title"))
        layout.addWidget(
            Text(
                "Chọn cơ quan và vai trò. Nếu tỉnh đã gửi tệp đăng ký thì bấm “Nhận tệp đăng ký…”, "
                "tệp đó cho biết cả hai.",
                role="muted",
                wrap=True,
            )
        )
        layout.addWidget(self.units, 1)
        layout.addWidget(Text("Vai trò", role="strong"))
        layout.addLayout(roles)
        layout.addLayout(asking)
        layout.addWidget(self.message)
        layout.addLayout(buttons)
        self._show_phrase("")
        writer.run(self._read_units, owner=self, done=self._show, failed=self._refused)

    def join_file(self, path: Path, phrase: str | None = None) -> None:
        """Take an enrolment file; the phrase is asked for when it turns out that there is one."""
        self._file = path
        self.message.setText(f"Đang nhận “{path.name}”…")
        self.begin.setEnabled(False)

        def job() -> Office:
            ports = self._ports()
            data = ports.files.read(path)
            return join(ports, data, file_name=path.name, ask=lambda: phrase)

        self._writer.run(job, owner=self, done=self._ready, failed=self._refused)

    def _read_units(self) -> tuple[Unit, ...]:
        units = (one for one in self._ports().plan().records if isinstance(one, Unit))
        standing = [unit for unit in units if unit.stands_on(self._today)]
        return tuple(sorted(standing, key=lambda unit: (_order(unit), unit.number or 0)))

    def _show(self, units: Sequence[Unit]) -> None:
        self.message.setText("")
        self.units.show_units(units)

    def _chosen(self) -> None:
        unit = self.units.unit
        if unit is None:
            return
        province = unit.level is UnitLevel.PROVINCE
        for role, button in self.roles.items():
            button.setEnabled((role is UnitRole.PROVINCE) is province)
        usual = UnitRole.PROVINCE if province else UnitRole.OFFICE
        if unit.level is UnitLevel.DEPARTMENT:
            usual = UnitRole.DEPARTMENT
        self.roles[usual].setChecked(True)
        self.begin.setEnabled(True)
        self._file = None
        self._show_phrase(_ROOT_PHRASE if province else "")

    def _create(self) -> None:
        unit = self.units.unit
        role = next((role for role, button in self.roles.items() if button.isChecked()), None)
        if unit is None or role is None:
            return
        self.begin.setEnabled(False)
        self.message.setText("Đang tạo dữ liệu của cơ quan…")
        code, protection = unit.code, self.phrase.text() or None
        self._writer.run(
            lambda: create_office(self._ports(), code, role, lambda: protection),
            owner=self,
            done=self._ready,
            failed=self._refused,
        )

    def _ready(self, office: Office) -> None:
        self.ready.emit(office)
        self.accept()

    def _practise(self) -> None:
        self.practise.setEnabled(False)
        self.message.setText("Đang lập tỉnh thực hành, mất chừng nửa phút…")
        self._writer.run(
            self._practice,
            owner=self,
            done=lambda _made: self.done(PRACTISE),
            failed=self._refused,
        )

    def _refused(self, error: ThiduaError) -> None:
        self.begin.setEnabled(self.units.unit is not None)
        if isinstance(error, PhraseError) and self._about_phrase.text() != _FILE_PHRASE:
            self.message.setText("")
            self._show_phrase(_FILE_PHRASE)
            self.phrase.setFocus()
            return
        self.message.setText(error_text(error))

    def _phrase_row(self) -> QVBoxLayout:
        self._about_phrase = Text(role="strong", wrap=True)
        self.phrase = QLineEdit()
        self.phrase.setObjectName("phrase")
        self.phrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.phrase.returnPressed.connect(self._open_file)
        self.open_file = button_of("Mở tệp", self._open_file)
        row = QHBoxLayout()
        row.addWidget(self.phrase, 1)
        row.addWidget(self.open_file)
        asking = QVBoxLayout()
        asking.addWidget(self._about_phrase)
        asking.addLayout(row)
        return asking

    def _show_phrase(self, about: str) -> None:
        """Ask for a phrase, and say what for; no words, no asking."""
        self._about_phrase.setText(about)
        self.phrase.clear()
        self.phrase.setAccessibleName(about)
        for widget in (self._about_phrase, self.phrase):
            widget.setVisible(bool(about))
        self.open_file.setVisible(about == _FILE_PHRASE)

    def _open_file(self) -> None:
        if self._file is not None:
            self.join_file(self._file, self.phrase.text() or None)

    def _ask_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Nhận tệp đăng ký", "", "Mọi tệp (*)")
        if chosen:
            self.join_file(Path(chosen))


def _order(unit: Unit) -> int:
    levels = (UnitLevel.PROVINCE, UnitLevel.DISTRICT, UnitLevel.DEPARTMENT, UnitLevel.COMMUNE)
    return levels.index(unit.level) if unit.level in levels else len(levels)
