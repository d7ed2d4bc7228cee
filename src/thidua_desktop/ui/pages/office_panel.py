"""The offices that exchange bundles, each with its PCs: the province lets in, and shuts out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from thidua_desktop.domain.displacement_text import UNCERTIFIED_TEXT, renewal_text
from thidua_desktop.domain.offices import Machine, OfficeEntry, OfficeState
from thidua_desktop.domain.words import word
from thidua_desktop.services.keys import is_certified, revoke
from thidua_desktop.services.offices import (
    accept,
    close_enrolment,
    list_offices,
    own_machines,
)
from thidua_desktop.services.ports import Ports
from thidua_desktop.ui.dialogs.certify_dialog import CertifyDialog
from thidua_desktop.ui.dialogs.enrol_dialog import EnrolDialog
from thidua_desktop.ui.dialogs.heir_dialog import HeirDialog
from thidua_desktop.ui.dialogs.revoke_dialog import RevokeDialog
from thidua_desktop.ui.dialogs.root_dialog import RootDialog
from thidua_desktop.ui.pages.page import Page
from thidua_desktop.ui.widgets.frames import Banner, Card, button_of
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


@dataclass(frozen=True, slots=True)
class Own:
    """The province's own PCs, and which of them this is."""

    entry: OfficeEntry
    replica: bytes
    is_certified: bool


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
        self.certify = button_of("Xác nhận máy này…", self._certify, primary=True)
        self.certify.hide()
        self.warned = Banner("ask")
        self.body.addWidget(self.warned)
        self.body.addWidget(self.certify, 0, Qt.AlignmentFlag.AlignLeft)
        self._own: Own | None = None
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
        self._page.read(_read, self._show_all)

    def _show_all(self, read: tuple[Own, Sequence[OfficeEntry]]) -> None:
        self._own, entries = read
        warned = "" if self._own.is_certified else UNCERTIFIED_TEXT
        self.warned.show_words("Các cơ quan chưa nhận gói của máy này", warned)
        self.certify.setVisible(bool(warned))
        self._show(entries)

    def _show(self, entries: Sequence[OfficeEntry]) -> None:
        self._entries = tuple(entries)
        rows = [row for entry in entries for row in _rows(entry)]
        self.list.show_rows([*(_own_rows(self._own) if self._own else ()), *rows])
        self.list.setVisible(bool(entries or self._own))
        self.empty.setVisible(not entries)
        self.heir.setEnabled(len(entries) > 1)
        self._chosen()

    def _chosen(self, _now: QModelIndex | None = None, _before: QModelIndex | None = None) -> None:
        entry, machine = self._entry(), self._machine()
        is_office = entry is not None and not entry.office.is_province
        here = self._own.replica if self._own else None
        self.accept.setEnabled(bool(is_office and entry and entry.replicas(OfficeState.WAITING)))
        self.close_file.setEnabled(bool(is_office and entry and not entry.is_closed))
        self.revoke.setEnabled(
            machine is not None
            and machine.replica != here
            and (machine.state is OfficeState.ACCEPTED)
        )

    def _place(self) -> _Place | None:
        chosen = self.list.chosen()
        return chosen if isinstance(chosen, _Place) else None

    def _entry(self) -> OfficeEntry | None:
        place = self._place()
        own = (self._own.entry,) if self._own else ()
        found = (e for e in (*own, *self._entries) if place and e.office.unit_code == place.code)
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
        of_province = entry.office.is_province
        name = entry.office.unit_name
        dialog = RevokeDialog(name, machine, self, of_province=of_province)

        def chosen(last: int) -> None:
            key = dialog.key
            phrase, words = (key.typed_phrase, key.typed_words) if key else (None, None)
            self.revoke_now(entry, machine, last, phrase=phrase, words=words)

        dialog.chosen.connect(chosen)
        dialog.open()

    def revoke_now(
        self,
        entry: OfficeEntry,
        machine: Machine,
        last: int,
        *,
        phrase: str | None = None,
        words: str | None = None,
    ) -> None:
        """Revoke a PC from a number on; one of the province by the root's phrase or words."""
        self._do(
            lambda ports: revoke(
                ports, machine.replica.hex(), after=last, ask=lambda: phrase, words=words
            ),
            f"Đã thu hồi máy {machine.place} của {entry.office.unit_name}.",
        )

    def _certify(self) -> None:
        dialog = CertifyDialog(self._page.context, self)
        dialog.certified.connect(self._certified)
        dialog.open()

    def _certified(self) -> None:
        self._page.context.news(
            "Máy này đã được xác nhận. Hãy xuất gói chung: gói mang chứng thư đến các cơ quan."
        )
        self.refresh()
        self.changed.emit()

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


def _read(ports: Ports) -> tuple[Own, Sequence[OfficeEntry]]:
    own = Own(own_machines(ports), ports.store.identity().replica, is_certified(ports))
    return own, list_offices(ports)


def _own_rows(own: Own) -> list[Row]:
    """Return the province's PCs; a single one that is believed needs no line."""
    entry = own.entry
    if own.is_certified and len(entry.machines) == 1:
        return []
    rows = [Row(_Place(entry.office.unit_code), entry.office.unit_name, "máy của tỉnh", "", "")]
    for one in entry.machines:
        is_here = " · máy đang dùng" * (one.replica == own.replica)
        below = f"    mã {one.replica.hex()[:12]}{is_here}"
        state = "Chưa xác nhận" if one.state is OfficeState.WAITING else word(one.state)
        state = "Đã xác nhận" if one.state is OfficeState.ACCEPTED else state
        place = _Place(entry.office.unit_code, one.replica)
        rows.append(Row(place, f"    Máy {one.place}", below, state, _KINDS[one.state]))
    return rows


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
