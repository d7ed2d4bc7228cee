"""Gói dữ liệu: send, receive, and choose where two writers differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.domain.bundles import BundleState
from thidua_desktop.domain.error_text import error_text, parked_text
from thidua_desktop.domain.errors import ThiduaError
from thidua_desktop.domain.history import CellDifference, FieldVersion
from thidua_desktop.domain.words import field_label, kind_label, word
from thidua_desktop.services.differences import DifferenceSettled, list_differences, settle
from thidua_desktop.services.exchange import (
    BundleBook,
    BundleMade,
    BundlesMerged,
    export_bundle,
    export_for_all,
    list_bundles,
    merge_bundles,
    plan_bundles,
)
from thidua_desktop.services.offices import OfficesAccepted, accept
from thidua_desktop.services.receiving import BundleReport, counts_line
from thidua_desktop.services.records import shown_value
from thidua_desktop.ui.pages.page import Page, PageContext
from thidua_desktop.ui.tasks import Progress
from thidua_desktop.ui.widgets.frames import Card, EmptyPlace, button_of, panes
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.rows import Row, RowList

_STATE_KINDS = {
    BundleState.NEW: "ok",
    BundleState.KNOWN: "plain",
    BundleState.PARKED: "warn",
    BundleState.REFUSED: "err",
}


class BundlePage(Page):
    """Bundles at the left, what waits for a choice at the right."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("Gói dữ liệu", context)
        self.setAcceptDrops(True)
        self._planned: tuple[Path, ...] = ()
        self._differences: tuple[CellDifference, ...] = ()
        self._progress = Progress(self)
        self._accept = self.head.add_action("Chấp nhận cơ quan đang chờ", self._accept_all)
        self.head.add_action("Nhận gói…", self._ask_files, name="receive")
        self._export = self.head.add_action("Xuất gói…", self._ask_where, primary=True)
        self._plan_card = Card("Xem trước, chưa ghi gì")
        self._plan = RowList(context.look, "Các gói sẽ nhập")
        self._plan.setMaximumHeight(170)
        self._merge = button_of("Nhập", self.merge_planned, primary=True)
        self._drop = button_of("Bỏ", self._forget_plan)
        self._bar = QProgressBar()
        self._bar.hide()
        self._stop = button_of("Dừng", self._progress.stop)
        self._stop.hide()
        self._progress.moved.connect(self._show_progress)
        row = QHBoxLayout()
        row.addWidget(self._bar, 1)
        row.addStretch(1)
        for button in (self._stop, self._drop, self._merge):
            row.addWidget(button)
        self._plan_card.body.addWidget(self._plan)
        self._plan_card.body.addLayout(row)
        self._plan_card.hide()
        self.body.addWidget(self._plan_card)
        self._received = RowList(context.look, "Gói đã nhận")
        self._sent = RowList(context.look, "Gói đã gửi")
        self._waiting = RowList(context.look, "Gói đang chờ")
        self._tabs = QTabWidget()
        for words, rows in (
            ("Đã nhận", self._received),
            ("Đã gửi", self._sent),
            ("Đang chờ", self._waiting),
        ):
            self._tabs.addTab(rows, words)
        self._list = RowList(context.look, "Chỗ khác nhau và đề nghị sửa")
        self._list.selectionModel().currentChanged.connect(self._show_difference)
        self._choice = _Choice()
        self._none = EmptyPlace("Không có chỗ nào khác nhau, không có đề nghị sửa nào.")
        self.body.addWidget(self._splitter(), 1)

    def _splitter(self) -> QSplitter:
        left = Card("Các gói")
        left.body.addWidget(self._tabs, 1)
        left.body.addWidget(
            Text("Kéo tệp .tdkt thả vào trang này cũng được.", role="caption", wrap=True)
        )
        right = Card("Khác nhau, cần chọn")
        right.body.addWidget(self._list, 2)
        right.body.addWidget(self._none, 2)
        right.body.addWidget(self._choice, 3)
        self._choice.take.connect(self._take)
        self._choice.typed.connect(self._type)
        return panes(left, right, widths=(450, 640))

    def refresh(self) -> None:
        """Read registers and differences anew."""
        province = self.context.office().is_province
        self._export.setText("Xuất gói cho các đơn vị…" if province else "Xuất gói gửi tỉnh…")
        self.read(list_bundles, self._show_book)
        self.read(list_differences, self._show_differences)

    def step(self, by: int) -> None:
        """Go to the next difference."""
        self._list.step(by)

    # receiving

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take bundle files."""
        if _bundle_files(event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Show what the dropped bundles would do."""
        self.plan(_bundle_files(event.mimeData().urls()))

    def plan(self, files: Sequence[Path]) -> None:
        """Show what merging these files would do; nothing is written."""
        if not files:
            return
        self._planned = tuple(files)
        self.context.news(f"Đang xem trước {len(files)} gói…")
        self.write(lambda ports: plan_bundles(ports, files), self._show_plan)

    def merge_planned(self) -> None:
        """Merge what was previewed."""
        files = self._planned
        self._progress = Progress(self)
        self._progress.moved.connect(self._show_progress)
        progress = self._progress
        self._stop.clicked.connect(progress.stop)
        self._stop.show()
        self._merge.setEnabled(False)
        self.write(
            lambda ports: merge_bundles(
                ports, files, progress=progress.tell, stop_wanted=progress.stop_wanted
            ),
            self._merged,
            self._merge_refused,
        )

    def _show_plan(self, reports: Iterable[BundleReport]) -> None:
        reports = tuple(reports)
        rows = [
            Row(
                n,
                report.file,
                report.message or counts_line(report.counts),
                word(report.state) if report.state is not BundleState.NEW else "Sẽ nhập",
                _STATE_KINDS[report.state],
            )
            for n, report in enumerate(reports)
        ]
        self._plan.show_rows(rows)
        useful = {BundleState.NEW, BundleState.PARKED}
        self._merge.setEnabled(any(report.state in useful for report in reports))
        self._plan_card.show()
        self.context.news("")

    def _show_progress(self, done: int, total: int) -> None:
        self._bar.setMaximum(max(1, total))
        self._bar.setValue(done)
        self._bar.show()

    def _merged(self, merged: BundlesMerged) -> None:
        self._forget_plan()
        states = [report.state for report in merged.reports]
        taken, parked = states.count(BundleState.NEW), states.count(BundleState.PARKED)
        refused = [r for r in merged.reports if r.state is BundleState.REFUSED]
        said = f"Đã nhập {taken} gói, {parked} gói đang chờ."
        self.context.news(refused[0].message if refused else said)
        self.changed.emit(merged.changes)
        self.refresh()

    def _merge_refused(self, error: ThiduaError) -> None:
        self._forget_plan()
        self.refused(error)
        self.refresh()

    def _forget_plan(self) -> None:
        self._planned = ()
        self._bar.hide()
        self._stop.hide()
        self._plan_card.hide()

    def _ask_files(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(self, "Nhận gói", "", "Gói dữ liệu (*.tdkt)")
        self.plan([Path(one) for one in chosen])

    # sending

    def _ask_where(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Ghi gói vào thư mục")
        if folder:
            self.export_to(Path(folder))

    def export_to(self, folder: Path) -> None:
        """Write the bundles that are due into a folder."""
        if self.context.office().is_province:
            self.write(lambda ports: export_for_all(ports, folder=folder), self._exported)
        else:
            self.write(
                lambda ports: (export_bundle(ports, path=None, folder=folder),), self._exported
            )

    def _exported(self, made: Sequence[BundleMade]) -> None:
        names = ", ".join(one.path.name for one in made[:3])
        more = f" và {len(made) - 3} tệp nữa" if len(made) > 3 else ""  # noqa: PLR2004 - a line
        self.context.news(f"Đã ghi {names}{more}." if made else "Chưa có cơ quan nào để gửi.")
        self.refresh()

    def _accept_all(self) -> None:
        self.write(lambda ports: accept(ports, None), self._accepted)

    def _accepted(self, done: OfficesAccepted) -> None:
        self.context.news(
            f"Đã chấp nhận {len(done.accepted)} máy, nhập {len(done.reports)} gói đang chờ."
        )
        self.refresh()

    # the registers

    def _show_book(self, book: BundleBook) -> None:
        self._received.show_rows(
            [
                Row(
                    b.id,
                    f"Số {b.number} · {book.name(b.sender.office)}",
                    f"{b.at.astimezone():%d/%m/%Y %H:%M} · {b.file_name}",
                    f"{b.counts.new} mới, {b.counts.changed} sửa",
                    "ok",
                )
                for b in reversed(book.received)
            ]
        )
        self._sent.show_rows(
            [
                Row(
                    b.bundle,
                    f"Số {b.number} · gửi {book.name(b.to)}",
                    f"{b.at.astimezone():%d/%m/%Y %H:%M} · {b.file_name}",
                    f"{b.ops} thay đổi",
                    "info",
                )
                for b in reversed(book.sent)
            ]
        )
        self._waiting.show_rows(
            [
                Row(
                    b.bundle,
                    f"Số {b.number} · {book.name(b.sender.office)}",
                    parked_text(b.code),
                    "Đang chờ",
                    "warn",
                )
                for b in book.parked
            ]
        )
        for place, (words, count) in enumerate(
            (
                ("Đã nhận", len(book.received)),
                ("Đã gửi", len(book.sent)),
                ("Đang chờ", len(book.parked)),
            )
        ):
            self._tabs.setTabText(place, f"{words} ({count})")
        asks = any(b.code == "E-UNKNOWN" for b in book.parked)
        self._accept.setVisible(self.context.office().is_province and asks)

    # differences

    def _show_differences(self, found: Sequence[CellDifference]) -> None:
        self._differences = tuple(found)
        self._list.show_rows([_difference_row(one) for one in found])
        self._list.setVisible(bool(found))
        self._none.setVisible(not found)
        if found and self._list.chosen() is None:
            self._list.choose(found[0].cell)
        self._show_difference()

    def _show_difference(self) -> None:
        chosen = self._list.chosen()
        found = next((one for one in self._differences if one.cell == chosen), None)
        self._choice.show_difference(found)

    def _take(self, op: str) -> None:
        cell = str(self._list.chosen())
        self.write(lambda ports: settle(ports, cell, take=op), self._settled)

    def _type(self, words: str) -> None:
        cell = str(self._list.chosen())
        self.write(lambda ports: settle(ports, cell, value=words), self._settled)

    def _settled(self, done: DifferenceSettled) -> None:
        self.context.news("Đã chọn. Lựa chọn đi theo gói kế tiếp.")
        self.changed.emit(done.changes)
        self.refresh()

    def refused(self, error: ThiduaError) -> None:
        """Say why a job was refused."""
        self.context.news(error_text(error))


class _Choice(QWidget):
    """The values of one cell side by side: take this, take that, type another, leave it."""

    take = Signal(str)
    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = Text(role="strong", wrap=True)
        self._columns = QHBoxLayout()
        self._columns.setSpacing(10)
        self._other = QLineEdit()
        self._other.setObjectName("other_value")
        self._other.setAccessibleName("Giá trị khác")
        self._other.setPlaceholderText("Gõ giá trị khác")
        self._use = button_of("Dùng giá trị này", lambda: self.typed.emit(self._other.text()))
        row = QHBoxLayout()
        row.addWidget(self._other, 1)
        row.addWidget(self._use)
        self._cards: list[QWidget] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._heading)
        layout.addLayout(self._columns, 1)
        layout.addLayout(row)

    def show_difference(self, difference: CellDifference | None) -> None:
        """Show the values of a cell, or nothing."""
        for card in self._cards:
            self._columns.removeWidget(card)
            card.deleteLater()
        self._cards = []
        self.setVisible(difference is not None)
        if difference is None:
            return
        label = field_label(difference.kind, difference.field)
        self._heading.setText(f"{kind_label(difference.kind)} · {label} · {word(difference.state)}")
        self._other.clear()
        for place, head in enumerate(difference.heads):
            suggested = difference.state == "suggestion"
            self._cards.append(self._card(head, place, is_suggestion=suggested))
        for card in self._cards:
            self._columns.addWidget(card, 1)

    def _card(self, head: FieldVersion, place: int, *, is_suggestion: bool) -> Card:
        card = Card()
        lead = "Đang dùng" if place == 0 else "Giá trị khác" if head.level else "Đề nghị sửa"
        card.body.addWidget(Text(lead, role="strong"))
        value = Text(shown_value(head) or "(để trống)", wrap=True)
        value.setAlignment(Qt.AlignmentFlag.AlignTop)
        card.body.addWidget(value, 1)
        bundle = "máy này" if head.bundle is None else f"gói …{head.bundle.hex[-6:]}"
        who = f"{head.who} · " if head.who else ""
        about = f"{who}cơ quan số {head.office} · {bundle} · {head.at.astimezone():%d/%m/%Y %H:%M}"
        card.body.addWidget(Text(about, role="caption", wrap=True))
        kept = "Giữ giá trị này" if is_suggestion else "Lấy bên này"
        words = kept if place == 0 else "Lấy bên kia" if head.level else "Chấp nhận"
        button = button_of(words, partial(self.take.emit, head.op))
        card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return card


def _difference_row(difference: CellDifference) -> Row:
    values = " / ".join(shown_value(head) or "(để trống)" for head in difference.heads)
    label = field_label(difference.kind, difference.field)
    kind = "err" if difference.state == "difference" else "warn"
    return Row(
        difference.cell,
        f"{kind_label(difference.kind)} · {label}",
        values,
        word(difference.state),
        kind,
    )


def _bundle_files(urls: Iterable[object]) -> list[Path]:
    paths = (Path(url.toLocalFile()) for url in urls)  # type: ignore[attr-defined] # QUrl
    return [path for path in paths if path.suffix == ".tdkt"]
