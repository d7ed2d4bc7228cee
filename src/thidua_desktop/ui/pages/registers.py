"""The registers of bundles: received, sent, waiting; undo of an import, and its slip."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import ThiduaError
from thidua_desktop.domain.missing import GAP
from thidua_desktop.domain.offices import ParkedBundle, ReceivedBundle
from thidua_desktop.services.bundle_reports import counts_line
from thidua_desktop.services.registers import BundleBook, Dismissed, dismiss_bundle, list_bundles
from thidua_desktop.services.slips import slip_name, write_slip
from thidua_desktop.ui.asking_again import AskingAgain
from thidua_desktop.ui.dialogs.reason_dialog import dismiss_dialog
from thidua_desktop.ui.dialogs.undo_import import UndoImport
from thidua_desktop.ui.pages.list_tools import with_tools
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.widgets.frames import Card, button_of
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.rows import Row, RowList


class Registers(QWidget):
    """Three lists. `undone` tells what an undo or a request touched, `asks` whether one is to be
    accepted.
    """

    undone = Signal(object)
    asks = Signal(bool)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.context = context
        self._book: BundleBook | None = None
        self.received = RowList(context.look, "Gói đã nhận")
        self.sent = RowList(context.look, "Gói đã gửi")
        self.waiting = RowList(context.look, "Gói đang chờ")
        self.tabs = QTabWidget()
        for key, words, rows in (
            ("received", "Đã nhận", self.received),
            ("sent", "Đã gửi", self.sent),
            ("waiting", "Đang chờ", self.waiting),
        ):
            self.tabs.addTab(with_tools(context.habits, f"bundles/{key}", rows), words)
            rows.selectionModel().currentChanged.connect(self._show_actions)
        self.tabs.currentChanged.connect(self._show_actions)
        self.undo_button = button_of("Hoàn tác lần nhập này…", self._ask_undo)
        self.slip_button = button_of("In phiếu giao nhận…", self._ask_slip)
        self.dismiss_button = button_of("Gác lại gói này…", self._ask_why)
        self.ask_button = button_of("Xin gửi lại gói thiếu…", self._ask_again)
        self.asking = AskingAgain(context, self)
        self.asking.asked.connect(self.undone)
        self._about = Text(role="caption", wrap=True)
        row = QHBoxLayout()
        row.addWidget(self._about, 1)
        row.addWidget(self.undo_button)
        row.addWidget(self.dismiss_button)
        row.addWidget(self.ask_button)
        row.addWidget(self.slip_button)
        card = Card()
        card.body.addWidget(self.tabs, 1)
        card.body.addLayout(row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(card)

    def refresh(self) -> None:
        """Read the registers anew."""
        self.context.reader.run(
            lambda: list_bundles(self.context.ports()),
            owner=self,
            done=self._show_book,
            failed=self._refused,
        )

    def step(self, by: int) -> None:
        """Go to the next bundle, or the one before."""
        self._shown_list().step(by)

    def _shown_list(self) -> RowList:
        return (self.received, self.sent, self.waiting)[self.tabs.currentIndex()]

    def _show_book(self, book: BundleBook) -> None:
        self._book = book
        self.received.show_rows([_received_row(book, one) for one in reversed(book.received)])
        self.sent.show_rows(
            [
                Row(
                    one.bundle,
                    f"Số {one.number} · gửi {book.other_side(one.to)}",
                    f"{one.at.astimezone():%d/%m/%Y %H:%M} · {one.file_name}",
                    f"{one.ops} thay đổi",
                    "info",
                )
                for one in reversed(book.sent)
            ]
        )
        self.waiting.show_rows(
            [
                Row(
                    one.bundle,
                    f"Số {one.number} · {book.other_side(one.sender.office)}",
                    book.waiting_text(one),
                    "Đang chờ",
                    "warn",
                )
                for one in book.parked
            ]
            + [
                Row(
                    None,
                    f"Số {one.number} · {one.sender}",
                    f"Gác lại ngày {one.day}: {one.reason}",
                    "Đã gác lại",
                    "plain",
                )
                for one in reversed(book.dismissed)
            ]
        )
        for place, (words, count) in enumerate(
            (
                ("Đã nhận", len(book.received)),
                ("Đã gửi", len(book.sent)),
                ("Đang chờ", len(book.parked)),
            )
        ):
            self.tabs.setTabText(place, f"{words} ({count})")
        self.asks.emit(any(one.code == "E-UNKNOWN" for one in book.parked))
        self._show_actions()

    def _show_actions(self) -> None:
        received = self._chosen_import()
        self.undo_button.setVisible(received is not None and received.undone_at is None)
        self.slip_button.setVisible(self._chosen_bundle() is not None)
        parked = self._chosen_parked()
        self.dismiss_button.setVisible(parked is not None)
        self.ask_button.setVisible(parked is not None and parked.code == GAP)
        waits = self._book.waiting_text(parked) if self._book and parked else ""
        self._about.setText(_about(received) if received else waits)

    def _chosen_import(self) -> ReceivedBundle | None:
        chosen = self.received.chosen()
        if self._book is None or self._shown_list() is not self.received:
            return None
        return next((one for one in self._book.received if one.id == chosen), None)

    def _chosen_bundle(self) -> UUID | None:
        """Return what a slip is for: an import received, or a bundle sent."""
        if self._shown_list() is self.waiting:
            return None
        chosen = self._shown_list().chosen()
        return chosen if isinstance(chosen, UUID) else None

    def _chosen_parked(self) -> ParkedBundle | None:
        chosen = self.waiting.chosen()
        if self._book is None or self._shown_list() is not self.waiting:
            return None
        return next((one for one in self._book.parked if one.bundle == chosen), None)

    def _ask_again(self) -> None:
        parked = self._chosen_parked()
        if parked is not None:
            self.asking.ask_sender(parked.sender.replica.hex())

    def _ask_why(self) -> None:
        parked = self._chosen_parked()
        if parked is not None and self._book is not None:
            about = f"Gói số {parked.number} · {self._book.other_side(parked.sender.office)}"
            dialog = dismiss_dialog(about, self._book.waiting_text(parked), self)
            dialog.chosen.connect(partial(self.dismiss, parked.bundle))
            dialog.open()

    def dismiss(self, bundle: UUID, reason: str) -> None:
        """Let a bundle wait no more."""
        self.context.writer.run(
            lambda: dismiss_bundle(self.context.ports(), bundle, reason=reason),
            owner=self,
            done=self._dismissed,
            failed=self._refused,
        )

    def _dismissed(self, said: Dismissed) -> None:
        self.context.news(f"Đã gác lại gói số {said.number} của {said.sender}.")
        self.refresh()

    def _ask_undo(self) -> None:
        received = self._chosen_import()
        if received is not None:
            dialog = UndoImport(self.context, received, self)
            dialog.undone.connect(self._undone)
            dialog.open()

    def _undone(self, changes: object) -> None:
        self.refresh()
        self.undone.emit(changes)

    def _ask_slip(self) -> None:
        chosen = self._chosen_bundle()
        if chosen is None:
            return
        self._read(partial(slip_name, chosen), partial(self._ask_where, chosen))

    def _ask_where(self, chosen: UUID, name: str) -> None:
        path, _ = QFileDialog.getSaveFileName(self, "In phiếu giao nhận", name, "PDF (*.pdf)")
        if path:
            self.write_slip(chosen, Path(path))

    def write_slip(self, chosen: UUID, path: Path) -> None:
        """Write the slip of an import or of a bundle sent."""
        self._read(
            lambda ports: write_slip(ports, chosen, path),
            lambda _slip: self.context.news(f"Đã ghi {path.name}."),
        )

    def _read(self, job: Callable[..., object], done: Callable[..., None]) -> None:
        self.context.reader.run(
            lambda: job(self.context.ports()), owner=self, done=done, failed=self._refused
        )

    def _refused(self, error: ThiduaError) -> None:
        self.context.news(error_text(error))


def _received_row(book: BundleBook, one: ReceivedBundle) -> Row:
    title = f"Số {one.number} · {book.other_side(one.sender.office)}"
    below = f"{one.at.astimezone():%d/%m/%Y %H:%M} · {one.file_name}"
    if one.undone_at is not None:
        return Row(one.id, title, below, "Đã hoàn tác", "plain")
    return Row(one.id, title, below, f"{one.counts.new} mới, {one.counts.changed} sửa", "ok")


def _about(one: ReceivedBundle) -> str:
    if one.undone_at is not None:
        return (
            f"Đã hoàn tác lúc {one.undone_at.astimezone():%d/%m/%Y %H:%M}. Gói này nhập lại được."
        )
    return f"Khi nhập: {counts_line(one.counts)}."
