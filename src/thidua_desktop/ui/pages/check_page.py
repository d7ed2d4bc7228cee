"""Soát hồ sơ: what was found dossier by dossier; to the field, set right, or let stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.domain.errors import StoppedError, ThiduaError
from thidua_desktop.domain.severity import Severity
from thidua_desktop.domain.words import word
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.dossier_check import (
    CheckedDossier,
    DossiersChecked,
    ToldFinding,
    apply_offered,
    check_dossiers,
    take_up_again,
    waive,
)
from thidua_desktop.services.ports import Ports
from thidua_desktop.ui.dialogs.reason_dialog import waive_dialog
from thidua_desktop.ui.finding_places import place_of_finding
from thidua_desktop.ui.pages.list_tools import with_tools
from thidua_desktop.ui.pages.page import Page, PageContext
from thidua_desktop.ui.tasks import Progress
from thidua_desktop.ui.widgets.choice import Choice
from thidua_desktop.ui.widgets.frames import (
    Banner,
    Card,
    EmptyPlace,
    button_of,
    panes,
    scrolled_as_wide,
)
from thidua_desktop.ui.widgets.labels import Chip, Text
from thidua_desktop.ui.widgets.rows import Row, RowList
from thidua_desktop.ui.widgets.running import Running

_KINDS = {Severity.BLOCK: "err", Severity.WARN: "warn", Severity.REMIND: "info"}
_CLEAN = (
    "Không thấy điều gì phải sửa. Hồ sơ đang mở đủ giấy tờ theo hình thức đề nghị, số lượng, họ "
    "tên, ngày tháng khớp nhau."
)
_NONE = "Chưa có hồ sơ nào để soát. Hãy lập đề nghị ở trang Đề nghị khen thưởng."
_OPEN, _EVERY = "open", "every"
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class CheckPage(Page):
    """Findings at the left under their dossiers; at the right the chosen one and what to do."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("Soát hồ sơ", context)
        self._checked = DossiersChecked(dossiers=())
        self._wanted: UUID | None = None
        self._scope = Choice()
        self._scope.setAccessibleName("Soát những hồ sơ nào")
        self._scope.setMinimumContentsLength(len("Đang xử lý") + 4)
        self._scope.addItem("Đang xử lý", _OPEN)
        self._scope.addItem("Tất cả", _EVERY)
        self._scope.currentIndexChanged.connect(self.refresh)
        self.head.add_widget(self._scope)
        self.head.add_action("Soát lại", self.refresh, name="again").setToolTip("F5")
        self._list = RowList(context.look, "Những điều soát thấy")
        self._list.selectionModel().currentChanged.connect(self._choose)
        self._list.doubleClicked.connect(self.jump)
        self._list.installEventFilter(self)
        self._running = Running("Đang soát")
        self._count = Text(role="muted", wrap=True)
        self._build_card()
        self._empty = EmptyPlace(_NONE)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(scrolled_as_wide(self._card))
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(with_tools(context.habits, "check", self._list), 1)
        column.addWidget(self._running)
        column.addWidget(self._count)
        self.body.addWidget(panes(left, self._stack, widths=(560, 530)), 1)

    def _build_card(self) -> None:
        self._dossier = Text(role="muted", wrap=True)
        self._message = Text(role="heading", wrap=True)
        self._chip = Chip()
        self._place = Text(wrap=True)
        self._offered = Banner("info")
        self._waived = Banner("ask")
        self._source = Text(role="muted", wrap=True)
        self.to_field = button_of("Tới ô cần sửa (Enter)", self.jump, primary=True)
        self.standard = button_of("Ghi cách viết chuẩn (2)", self.write_standard)
        self.let_stand = button_of("Bỏ qua… (3)", self.waive)
        self.again = button_of("Nhắc lại điều này", self.take_up_again)
        for key, job in (("1", self.jump), ("2", self.write_standard), ("3", self.waive)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(job)
        self._card = Card()
        head = QHBoxLayout()
        head.addWidget(self._dossier, 1)
        head.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignTop)
        self._card.body.addLayout(head)
        for widget in (self._message, self._place, self._offered, self._waived):
            self._card.body.addWidget(widget)
        buttons = QGridLayout()
        for place, button in enumerate((self.to_field, self.standard, self.let_stand, self.again)):
            buttons.addWidget(button, *divmod(place, 2))
        buttons.setColumnStretch(2, 1)
        self._card.body.addLayout(buttons)
        self._card.body.addWidget(self._source)
        self._card.body.addStretch(1)

    # what the window asks of every page

    def refresh(self) -> None:
        """Check anew; what was chosen stays chosen while it is found."""
        progress = self._running.begin()
        only_open = self._scope.currentData() == _OPEN
        context = self.context
        context.planner.run(
            lambda: check_dossiers(
                context.ports(),
                only_open=only_open,
                progress=progress.tell,
                stop_wanted=progress.stop_wanted,
            ),
            owner=self,
            done=partial(self._arrived, progress),
            failed=partial(self._failed, progress),
        )

    def open_at(self, key: object) -> None:
        """Show what was found on this letter or proposal."""
        if isinstance(key, UUID):
            self._wanted = key
            self._list.setFocus()

    def close_down(self) -> None:
        """Stop what runs; the window goes."""
        self._running.stop()

    def step(self, by: int) -> None:
        """Go to the next finding, or the one before."""
        self._list.step(by)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter in the list go to the field."""
        is_enter = isinstance(event, QKeyEvent) and event.key() in _ENTER
        if watched is self._list and is_enter and event.type() == QEvent.Type.KeyPress:
            self.jump()
            return True
        return super().eventFilter(watched, event)

    @property
    def chosen_place(self) -> int:
        """Return where in the list the chosen finding stands."""
        return self._list.currentIndex().row()

    # what is done with a finding

    def jump(self, *_: object) -> None:
        """Go to the very field."""
        told = self._chosen()
        if told is not None:
            self.context.go(*place_of_finding(told))

    def write_standard(self) -> None:
        """Write the standard form into the field."""
        told = self._chosen()
        if told is not None and self.standard.isVisible():
            words = f"Đã ghi “{_short(told.finding.found.offered)}”. Ctrl+Z lấy lại."
            self._write(lambda ports: apply_offered(ports, told), words)

    def waive(self) -> None:
        """Let it stand, for a reason."""
        told = self._chosen()
        if told is None or not self.let_stand.isVisible():
            return
        dialog = waive_dialog(told.finding.found.message, self)
        dialog.chosen.connect(
            lambda reason: self._write(
                lambda ports: waive(ports, told, reason).changes,
                "Đã bỏ qua; lý do đi theo hồ sơ.",
            )
        )
        dialog.open()

    def take_up_again(self) -> None:
        """Let it be said again."""
        told = self._chosen()
        if told is not None and told.is_waived:
            self._write(lambda ports: take_up_again(ports, told), "Điều này lại được nhắc.")

    def _write(self, job: Callable[[Ports], Changes], news: str) -> None:
        def done(changes: Changes) -> None:
            self.context.news(news)
            self.changed.emit(changes)
            self.refresh()

        self.write(job, done)

    # showing

    def _arrived(self, progress: Progress, checked: DossiersChecked) -> None:
        if self._is_over(progress):
            self._show(checked)

    def _is_over(self, progress: Progress) -> bool:
        """Note that a check has ended; tell whether it is the last one asked for."""
        is_last = self._running.is_last(progress)
        if is_last:
            self._running.hide()
        return is_last

    def _failed(self, progress: Progress, error: ThiduaError) -> None:
        if not self._is_over(progress):
            return
        if isinstance(error, StoppedError):
            self._count.setText("Đã dừng soát; bấm Soát lại để soát đủ.")
        else:
            self.refused(error)

    def _show(self, checked: DossiersChecked) -> None:
        place = self._list.currentIndex().row()
        before = self._list.chosen()
        self._checked = checked
        self._list.show_rows(
            [row for dossier in checked.dossiers if dossier.findings for row in _rows(dossier)]
        )
        findings = checked.findings
        counts = Counter(one.finding.severity for one in findings if not one.is_waived)
        said = [f"{counts[one]} {word(one).lower()}" for one in Severity if counts[one]]
        waived = sum(one.is_waived for one in findings)
        said += [f"{waived} đã bỏ qua"] if waived else []
        self.head.about.setText(" · ".join(said) or "không có gì phải sửa")
        self._count.setText(
            f"{len(checked.dossiers)} hồ sơ, {sum(one.cases for one in checked.dossiers)} đề nghị"
        )
        self._empty.show_words(_CLEAN if checked.dossiers else _NONE)
        self._go_back(before, place)
        self._choose()

    def _go_back(self, before: object, place: int) -> None:
        """Choose what was asked for, or what was chosen, or what came into its place."""
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            about = (
                one
                for one in self._checked.findings
                if wanted in {one.submission_id, one.finding.found.proposal_id}
            )
            first = next(about, None)
            if first is not None and self._list.choose(_key(first)):
                return
        if before is not None and self._list.choose(before):
            return
        self._list.choose_row(max(place, 0))
        if self._chosen() is None:
            self._list.step(1)

    def _chosen(self) -> ToldFinding | None:
        key = self._list.chosen()
        return next((one for one in self._checked.findings if _key(one) == key), None)

    def _choose(self) -> None:
        told = self._chosen()
        self._stack.setCurrentIndex(0 if told is None else 1)
        if told is None:
            return
        finding = told.finding
        dossier = next(one for one in self._checked.dossiers if told in one.findings)
        may_write = dossier.is_open or told.is_of_decision
        self._dossier.setText(dossier.title)
        self._message.setText(finding.found.message)
        kind = "plain" if told.is_waived else _KINDS[finding.severity]
        self._chip.show_status(_status(told), kind)
        who = f"{finding.found.who} · " if finding.found.who else ""
        self._place.setText(f"Ở: {who}{told.place}")
        offered = finding.found.offered
        self._offered.show_words("Cách viết chuẩn", offered)
        by = f" ({told.waived_by})" if told.waived_by else ""
        self._waived.show_words(f"Đã bỏ qua{by}", told.waived)
        self._source.setText(finding.source)
        self.standard.setVisible(bool(offered) and may_write)
        self.let_stand.setVisible(not told.is_waived and may_write)
        self.again.setVisible(told.is_waived and may_write)


def _rows(dossier: CheckedDossier) -> list[Row]:
    count = sum(not one.is_waived for one in dossier.findings)
    heading = Row(
        (dossier.submission_id, dossier.title),
        dossier.title,
        f"{dossier.cases} đề nghị",
        f"{count} điều" if count else "đã bỏ qua cả",
        "label",
    )
    return [heading, *(_row(one) for one in dossier.findings)]


def _row(told: ToldFinding) -> Row:
    found = told.finding.found
    below = " · ".join(part for part in (found.who, told.place) if part)
    kind = "plain" if told.is_waived else _KINDS[told.finding.severity]
    return Row(_key(told), f"   {found.message}", f"   {below}", _status(told), kind)


def _status(told: ToldFinding) -> str:
    return "Đã bỏ qua" if told.is_waived else word(told.finding.severity)


def _key(told: ToldFinding) -> object:
    return told.finding.code, told.finding.found.id, told.finding.field_key


def _short(words: str) -> str:
    first = words.splitlines()[0] if words else ""
    return first if len(first) <= 60 else f"{first[:60]}…"  # noqa: PLR2004 - a line of news
