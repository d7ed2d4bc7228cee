"""Người ký của một đơn vị: who signs by which power from when to when, and what does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import InvalidInputError, ThiduaError
from thidua_desktop.domain.ids import office_number
from thidua_desktop.domain.signers import is_head, signs_on, term_text, term_warnings
from thidua_desktop.domain.units import Signer, Unit
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.many import signer_target
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import RecordSaved, delete_record, save_record
from thidua_desktop.services.units import signers_of
from thidua_desktop.ui.dialogs.asking import ask_first
from thidua_desktop.ui.forms.record_form import RecordForm
from thidua_desktop.ui.pages.page import Page
from thidua_desktop.ui.pages.pasting import Pasting
from thidua_desktop.ui.widgets.frames import Banner, button_of
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.rows import Row, RowList
from thidua_desktop.ui.widgets.saving import AutoSave

_ROWS = (("full_name", "position"), ("prefix",), ("valid_from", "valid_to"))


class SignersView(QWidget):
    """The signers of the unit that is shown; the own ones can be changed."""

    changed = Signal(object)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._unit: Unit | None = None
        self._day = PartialDate.of(page.context.today())
        self._signers: tuple[Signer, ...] = ()
        self._stored: Signer | None = None
        self._shown: Signer | None = None
        self.warning = Banner("ask")
        self.list = RowList(page.context.look, "Người ký của đơn vị")
        self.list.setMinimumHeight(120)
        self.list.selectionModel().currentChanged.connect(self._choose)
        self.form: RecordForm[Signer] = RecordForm(Signer, _ROWS)
        self.form.edited.connect(self._touched)
        self.form.left.connect(self.flush)
        self.empty = Text(
            "Chưa ghi người ký. Người ký được chọn theo ngày của văn bản, nên hãy ghi cả nhiệm kỳ.",
            role="muted",
            wrap=True,
        )
        self.add = button_of("Thêm người ký", self._add)
        self.drop = button_of("Xóa…", self._ask_drop, quiet=True)
        self.drop.setToolTip("Xóa người ký đang chọn")
        self.paste = button_of("Dán từ Excel…", self._paste, quiet=True)
        self.paste.setToolTip("Chép các dòng trong Excel rồi bấm, hoặc Ctrl+V trong danh sách")
        self._pasting = Pasting(page, self._pasted)
        self._pasting.listen(self.list, self._paste)
        self._autosave = AutoSave(self._save, self)
        row = QGridLayout()  # in one row they would be wider than a small screen
        row.setColumnStretch(2, 1)
        row.addWidget(self.add, 0, 0)
        row.addWidget(self.paste, 0, 1)
        row.addWidget(self.drop, 1, 0, Qt.AlignmentFlag.AlignLeft)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.warning)
        layout.addWidget(self.empty)
        layout.addWidget(self.list, 1)
        layout.addLayout(row)
        layout.addWidget(self.form)
        self._rest = QWidget()  # keeps what is said of an empty list at the top
        layout.addWidget(self._rest, 1)

    def show_unit(self, unit: Unit, day: PartialDate) -> None:
        """Read the signers of a unit; a day tells who signs now."""
        self.flush()
        self._unit, self._day = unit, day
        self._read(None)

    def flush(self) -> None:
        """Save what waits."""
        self._autosave.flush()

    def _read(self, chosen: UUID | None) -> None:
        unit = self._unit
        if unit is not None:
            self._page.read(lambda ports: signers_of(ports, unit.id), partial(self._show, chosen))

    def _show(self, chosen: UUID | None, signers: Sequence[Signer]) -> None:
        if self._unit is None or any(one.unit_id != self._unit.id for one in signers):
            return
        self._signers = tuple(signers)
        self._tell()
        if not self.list.choose(chosen) and signers:
            self.list.choose(signers[0].id)
        self._choose()

    def _tell(self) -> None:
        """Show the list and what does not fit in it."""
        rows = [self._row(one) for one in self._signers]
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        lines = [warning.text for warning in term_warnings(self._signers)]
        self.warning.show_words("Nhiệm kỳ cần xem lại", "\n".join(lines))
        for button in (self.add, self.paste):
            button.setVisible(self._may_write())

    def _row(self, signer: Signer) -> Row:
        by = signer.prefix.value if signer.prefix else ""
        title = f"{signer.full_name or '(chưa có tên)'} · {f'{by} ' if by else ''}{signer.position}"
        if not signs_on(signer, self._day):
            return Row(signer.id, title, term_text(signer), "Ngoài nhiệm kỳ")
        head = "Đứng đầu" if is_head(signer) else "Được ký"
        return Row(signer.id, title, term_text(signer), head, "ok")

    def _may_write(self) -> bool:
        office, unit = self._page.context.office(), self._unit
        if unit is None or office.is_province:
            return unit is not None
        return unit.id == office.unit_id or unit.number == office.number

    def _choose(self) -> None:
        self.flush()
        wanted = self.list.chosen()
        found = next((one for one in self._signers if one.id == wanted), None)
        self._stored = self._shown = found
        self._show_form()

    def _show_form(self) -> None:
        signer = self._shown
        self.form.setVisible(signer is not None)
        self._rest.setVisible(not self._signers)
        own = signer is not None and office_number(signer.id) == self._page.context.office().number
        self.drop.setVisible(own and self._stored is not None)
        if signer is not None:
            self.form.show_record(signer)
            self.form.set_read_only(not own)

    def add_another(self) -> bool:
        """Begin a signer, where this office may; tell whether it may."""
        if self._may_write():
            self._add()
        return self._may_write()

    def _add(self) -> None:
        self.flush()
        if self._unit is None:
            return
        unit, office = self._unit, self._page.context.office()

        def begin(ports: Ports) -> Signer:
            return Signer(id=ports.new_id(office.number), unit_id=unit.id)

        self._page.read(begin, self._begun)

    def _paste(self) -> None:
        """Make signers of a block of cells; the same term of a person is changed."""
        if self._unit is not None and self._may_write():
            self._pasting.paste(signer_target(self._unit.id))

    def _pasted(self, changes: Changes) -> None:
        self._read(self._stored.id if self._stored else None)
        self.changed.emit(changes)

    def _begun(self, signer: Signer) -> None:
        self._stored, self._shown = None, signer
        self.list.clearSelection()
        self._show_form()
        self.form.focus_field("full_name")

    def _touched(self) -> None:
        self._autosave.touch()
        self._page.context.saved("Đang lưu…")

    def _save(self) -> None:
        if self._shown is None:
            return
        signer, issues = self.form.record()
        self.form.show_issues(issues)
        stored = self._stored
        if issues or signer == stored or not signer.full_name:
            self._page.context.saved("⚠ Chưa lưu được" if issues else "")
            return
        self._page.write(
            lambda ports: save_record(ports, signer, shown=stored), self._saved, self._refused
        )

    def _saved(self, saved: RecordSaved[Signer]) -> None:
        signer = saved.record
        others = [one for one in self._signers if one.id != signer.id]
        self._signers = tuple(sorted([*others, signer], key=lambda one: one.id))
        if self._shown is not None and self._shown.id == signer.id:
            self._stored = self._shown = signer
            self.form.refresh_record(signer)
            self.drop.show()
        self.list.selectionModel().blockSignals(True)
        self._tell()
        if self._shown is not None:
            self.list.choose(self._shown.id)
        self.list.selectionModel().blockSignals(False)
        self._page.context.saved("✓ Đã lưu")
        self.changed.emit(saved.changes)

    def _refused(self, error: ThiduaError) -> None:
        self._page.context.saved("⚠ Chưa lưu được")
        if isinstance(error, InvalidInputError):
            self.form.show_issues(error.issues)
        self._page.refused(error)

    def _ask_drop(self) -> None:
        if self._stored is not None:
            ask_first(
                self,
                "Xóa người ký",
                f"Xóa {self._stored.full_name}? Văn bản đã có vẫn cần tên người đã ký; nếu người "
                "này chỉ thôi chức, hãy ghi “Đến ngày”.",
                "Xóa",
                self._drop,
            )

    def _drop(self) -> None:
        signer = self._stored
        if signer is not None:
            self._page.write(lambda ports: delete_record(ports, signer), self._dropped)

    def _dropped(self, changes: Changes) -> None:
        self._stored = self._shown = None
        self._read(None)
        self.changed.emit(changes)
