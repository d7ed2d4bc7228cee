"""The offices that exchange bundles, each with its PCs: the province lets in, and shuts out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout

from thidua_desktop.domain.displacement_text import renewal_text
from thidua_desktop.domain.offices import Machine, OfficeEntry, OfficeState
from thidua_desktop.domain.words import word
from thidua_desktop.services.keys import revoke
from thidua_desktop.services.offices import accept, close_enrolment, list_offices
from thidua_desktop.services.ports import Ports
from thidua_desktop.ui.dialogs.enrol_dialog import EnrolDialog
from thidua_desktop.ui.dialogs.heir_dialog import HeirDialog
from thidua_desktop.ui.dialogs.revoke_dialog import RevokeDialog
from thidua_desktop.ui.dialogs.root_dialog import RootDialog
from thidua_desktop.ui.pages.page import Page
from thidua_desktop.ui.widgets.frames import Card, button_of
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.rows import Row, RowList

_KINDS = {
    OfficeState.ENROLLED: "plain",
    OfficeState.WAITING: "warn",
    OfficeState.ACCEPTED: "ok",
    OfficeState.REVOKED: "err",
}


@dataclass(frozen=True, slots=True)
class _Place:
    """What a row stands for: an office, or one of its PCs."""

    code: str
    replica: bytes | None = None


class OfficePanel(Card):
    """A list and what may be done with the row that is chosen."""

    changed = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__("Cơ quan tham gia trao đổi gói")
        self._page = page
        self._entries: tuple[OfficeEntry, ...] = ()
        self.list = RowList(page.context.look, "Cơ quan và máy")
        self.list.setMinimumHeight(220)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.empty = Text(
            "Chưa cơ quan nào được cấp tệp đăng ký. Bấm “Cấp tệp đăng ký…” để bắt đầu.",
            role="muted",
            wrap=True,
        )
        self.enrol = button_of("Cấp tệp đăng ký…", self._enrol, primary=True)
        self.accept = button_of("Chấp nhận", self._accept)
        self.close_file = button_of("Khóa tệp đăng ký", self._close_file)
        self.revoke = button_of("Thu hồi…", self._revoke)
        self.heir = button_of("Giao cho cơ quan kế thừa…", self._give)
        self.root = button_of("Từ khôi phục…", self._root)
        first, second = QHBoxLayout(), QHBoxLayout()
        for button in (self.enrol, self.accept, self.close_file, self.revoke):
            first.addWidget(button)
        for button in (self.heir, self.root):
            second.addWidget(button)
        for row in (first, second):
            row.addStretch(1)
        self.body.addWidget(self.empty)
        self.body.addWidget(self.list, 1)
        self.body.addLayout(first)
        self.body.addLayout(second)
        self._show(())

    def refresh(self) -> None:
        """Read the offices anew."""
        self._page.read(list_offices, self._show)

    def _show(self, entries: Sequence[OfficeEntry]) -> None:
        self._entries = tuple(entries)
        self.list.show_rows([row for entry in entries for row in _rows(entry)])
        self.list.setVisible(bool(entries))
        self.empty.setVisible(not entries)
        self.heir.setEnabled(len(entries) > 1)
        self._chosen()

    def _chosen(self, _now: QModelIndex | None = None, _before: QModelIndex | None = None) -> None:
        entry, machine = self._entry(), self._machine()
        self.accept.setEnabled(bool(entry and entry.replicas(OfficeState.WAITING)))
        self.close_file.setEnabled(bool(entry and not entry.is_closed))
        self.revoke.setEnabled(bool(machine and machine.state is OfficeState.ACCEPTED))

    def _place(self) -> _Place | None:
        chosen = self.list.chosen()
        return chosen if isinstance(chosen, _Place) else None

    def _entry(self) -> OfficeEntry | None:
        place = self._place()
        found = (e for e in self._entries if place and e.office.unit_code == place.code)
        return next(found, None)

    def _machine(self) -> Machine | None:
        place, entry = self._place(), self._entry()
        machines = entry.machines if entry else ()
        return next((one for one in machines if place and one.replica == place.replica), None)

    def _do(self, job: Callable[[Ports], object], told: str) -> None:
        def done(_result: object) -> None:
            self._page.context.news(told)
            self.refresh()
            self.changed.emit()

        self._page.write(job, done)

    def _accept(self) -> None:
        entry, machine = self._entry(), self._machine()
        if entry is None:
            return
        is_one = machine is not None and machine.state is OfficeState.WAITING
        name = machine.replica.hex() if machine and is_one else entry.office.unit_code
        self._do(
            lambda ports: accept(ports, name),
            f"Đã chấp nhận {entry.office.unit_name}; gói đang chờ đã được nhập.",
        )

    def _close_file(self) -> None:
        entry = self._entry()
        if entry is not None:
            code = entry.office.unit_code
            self._do(
                lambda ports: close_enrolment(ports, code),
                f"Đã khóa tệp đăng ký của {entry.office.unit_name}.",
            )

    def _revoke(self) -> None:
        entry, machine = self._entry(), self._machine()
        if entry is None or machine is None:
            return
        dialog = RevokeDialog(entry.office.unit_name, machine, self)
        dialog.chosen.connect(partial(self.revoke_now, entry, machine))
        dialog.open()

    def revoke_now(self, entry: OfficeEntry, machine: Machine, last: int) -> None:
        """Revoke a PC from a number on."""
        self._do(
            lambda ports: revoke(ports, machine.replica.hex(), after=last),
            f"Đã thu hồi máy {machine.place} của {entry.office.unit_name}.",
        )

    def _enrol(self) -> None:
        dialog = EnrolDialog(self._page.context, self)
        dialog.made.connect(self.refresh)
        dialog.open()

    def _give(self) -> None:
        dialog = HeirDialog(self._page.context, self._entries, self)
        dialog.made.connect(self._given)
        dialog.open()

    def _given(self) -> None:
        self._page.context.news("Đã giao hồ sơ cho cơ quan kế thừa.")
        self.refresh()
        self.changed.emit()

    def _root(self) -> None:
        RootDialog(self._page.context, self).open()


def _rows(entry: OfficeEntry) -> list[Row]:
    office, state = entry.office, entry.state
    notes = [f"mã {office.unit_code}"]
    notes += ["đã khóa tệp đăng ký"] * entry.is_closed + ["đã giao cho cơ quan kế thừa"] * bool(
        entry.heirs
    )
    head = _Place(office.unit_code)
    rows = [Row(head, office.unit_name, " · ".join(notes), word(state), _KINDS[state])]
    for one in entry.machines:
        kept = f" · đến thay đổi số {one.held if one.last is None else one.last}"
        told = "" if one.state is OfficeState.WAITING else kept
        was = f" · {renewal_text(one.renewal)}" if one.renewal else ""
        below = f"    mã {one.replica.hex()[:12]}{was}{told}"
        place = _Place(office.unit_code, one.replica)
        rows.append(Row(place, f"    Máy {one.place}", below, word(one.state), _KINDS[one.state]))
    return rows
