"""Nhận bản Word đã sửa: passages beside each other, and the choice of each by key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSplitter, QVBoxLayout, QWidget

from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import InvalidInputError, ThiduaError
from thidua_desktop.domain.issue_text import issue_text, issues_text
from thidua_desktop.domain.returned import Asked
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.returned import (
    ReturnedDifference,
    ReturnedPaper,
    ReturnedTaken,
    Standing,
    read_returned,
    take_returned,
    usual_choice,
)
from thidua_desktop.services.returned_wording import (
    NOT_READ,
    ignored_lines,
    standing_words,
    summary_line,
    taken_line,
)
from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.tasks import Progress
from thidua_desktop.ui.widgets.frames import button_of, scrolled
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.sides import Side, SideRow, SidesTable

Within = Callable[[Ports], Sequence[Asked]]
_WIDE, _HIGH = 1080, 640
_PARTS = (430, 130)
_NOT_KNOWN = Side("(không còn biết)")


def nothing_open(_ports: Ports) -> Sequence[Asked]:
    """Return what is open where nothing is."""
    return ()


class ReturnedDialog(Dialog):
    """Reads a file when it is opened; `taken` tells what was touched.

    A difference is open, kept as the record says it, or taken: as the file says it, or as typed.
    """

    taken = Signal(object)

    def __init__(
        self,
        context: PageContext,
        path: Path,
        parent: QWidget | None = None,
        *,
        within: Within = nothing_open,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Nhận bản Word đã sửa")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.take_room(_WIDE, _HIGH)
        self._context = context
        self._paper: ReturnedPaper | None = None
        self._choices: dict[int, str | None] = {}  # of what is taken: typed words, or None
        self._kept: set[int] = set()
        self._progress = Progress(self)
        self.message = Text("Đang đọc tệp và dựng lại hồ sơ để so…", wrap=True)
        self.table = SidesTable(
            context.look,
            "Đoạn khác nhau",
            ("Khi in", "1 · Bản ghi đang có", "2 · Tệp Word"),
        )
        self.table.installEventFilter(self)
        self.table.selectionModel().currentRowChanged.connect(self._show_chosen)
        self.keep = button_of("1 · Giữ bản ghi", self._keep)
        self.take = button_of("2 · Lấy bản Word", self._take)
        self.other = QPlainTextEdit()
        self.other.setObjectName("other_value")
        self.other.setAccessibleName("Sửa tay rồi lấy")
        self.other.setTabChangesFocus(True)
        self.other.setMaximumHeight(76)
        self.use = button_of("Lấy chữ này", self._use_other)
        self.all = button_of("Lấy hết chỗ chỉ sửa trong Word", self._take_all)
        self.rest = Text(wrap=True)
        self.rest.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.rest.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.write = button_of("Ghi vào bản ghi", self._write, primary=True)
        self.write.setEnabled(False)
        self._lay_out()
        self._show_chosen()
        ports, progress = context.ports, self._progress

        def read() -> ReturnedPaper:
            here = ports()
            return read_returned(
                here, path, within=tuple(within(here)), stop_wanted=progress.stop_wanted
            )

        context.reader.run(read, owner=self, done=self._show, failed=self._unreadable)

    def _lay_out(self) -> None:
        choices = QHBoxLayout()
        choices.addWidget(self.keep)
        choices.addWidget(self.take)
        choices.addWidget(self.all)
        choices.addStretch(1)
        label = Text("Sửa &tay (F2)")
        label.setBuddy(self.other)
        typed = QHBoxLayout()
        typed.addWidget(label)
        typed.addWidget(self.other, 1)
        typed.addWidget(self.use)
        upper = QWidget()
        above = QVBoxLayout(upper)
        above.setContentsMargins(0, 0, 0, 0)
        above.addWidget(self.table, 1)
        above.addLayout(choices)
        above.addLayout(typed)
        self._bar = (self.keep, self.take, self.all, label, self.other, self.use)
        lower = QWidget()
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 0, 0, 0)
        self._rest_head = Text("Không nhận vào bản ghi", role="strong")
        below.addWidget(self._rest_head)
        below.addWidget(scrolled(self.rest), 1)
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(upper)
        self._split.addWidget(lower)
        self._split.setSizes(_PARTS)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button_of("Đóng", self.reject))
        foot.addWidget(self.write)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addWidget(self.message)
        layout.addWidget(self._split, 1)
        layout.addLayout(foot)

    # what was read

    def _show(self, paper: ReturnedPaper) -> None:
        self._paper = paper
        self.message.setText(summary_line(paper))
        lines = [line.removeprefix(NOT_READ) for line in ignored_lines(paper)]
        self.rest.setText("\n".join(f"• {line}" for line in lines) or "Không có gì bị bỏ qua.")
        self._rest_head.setText(f"Không nhận vào bản ghi ({len(lines)})")
        self.table.setVisible(bool(paper.differences))
        for widget in self._bar:
            widget.setVisible(bool(paper.differences))
        self._show_rows()
        self._go_on(-1)
        if not paper.differences:
            self._split.setSizes((0, _HIGH))

    def _unreadable(self, error: ThiduaError) -> None:
        self.message.setText(error_text(error))
        self._split.hide()
        self.write.setEnabled(False)

    def _show_rows(self) -> None:
        differences = self._paper.differences if self._paper else ()
        self.table.show_rows(map(self._row, differences))
        count = len(self._choices)
        self.write.setText(f"Ghi {count} đoạn vào bản ghi" if count else "Ghi vào bản ghi")
        self.write.setEnabled(bool(count))

    def _row(self, one: ReturnedDifference) -> SideRow:
        status, kind = self._status(one)
        typed = self._choices.get(one.number)
        return SideRow(
            key=str(one.number),
            label=f"{one.number}. {one.label}",
            sides=(
                _NOT_KNOWN if one.printed is None else Side(one.printed or "(để trống)"),
                Side(one.now or "(để trống)", one.title),
                Side(
                    (one.said if typed is None else typed) or "(để trống)",
                    "" if typed is None else "đã sửa tay",
                ),
            ),
            status=status,
            kind=kind,
            differs=True,
        )

    def _status(self, one: ReturnedDifference) -> tuple[str, str]:
        if one.number in self._choices:
            typed = self._choices[one.number]
            return ("Lấy bản Word" if typed is None else "Lấy chữ sửa tay"), "ok"
        if one.number in self._kept:
            return "Giữ bản ghi", "plain"
        said = standing_words(one)
        said = f"{said[:1].upper()}{said[1:]}"
        if one.issues:
            return f"{said}. {issue_text(one.issues[0].issue)}", "err"
        return said, "info" if one.standing is Standing.CHANGED else "warn"

    # choosing

    def _chosen(self) -> ReturnedDifference | None:
        key = self.table.chosen()
        if self._paper is None or key is None:
            return None
        return next(one for one in self._paper.differences if str(one.number) == key)

    def _show_chosen(self) -> None:
        one = self._chosen()
        can = one is not None and one.standing is not Standing.LOCKED
        self.keep.setEnabled(one is not None)
        self.take.setEnabled(one is not None and one.may_be_taken)
        self.use.setEnabled(can)
        self.other.setEnabled(can)
        self.all.setEnabled(self._paper is not None and bool(usual_choice(self._paper)))
        typed = self._choices.get(one.number) if one is not None else None
        self.other.setPlainText("" if one is None else one.said if typed is None else typed)

    def _keep(self) -> None:
        one = self._chosen()
        if one is not None:
            self._choices.pop(one.number, None)
            self._kept.add(one.number)
            self._decided(one)

    def _take(self) -> None:
        one = self._chosen()
        if one is not None and one.may_be_taken:
            self._choose(one, None)

    def _use_other(self) -> None:
        one = self._chosen()
        if one is not None and one.standing is not Standing.LOCKED:
            self._choose(one, self.other.toPlainText())

    def _choose(self, one: ReturnedDifference, words: str | None) -> None:
        """Take a difference; others of the same field are not taken then."""
        self._choices[one.number] = words
        self._kept.discard(one.number)
        for rival in one.rivals:
            self._choices.pop(rival, None)
            self._kept.add(rival)
        self._decided(one)

    def _take_all(self) -> None:
        if self._paper is not None:
            wanted = usual_choice(self._paper)
            self._choices |= {n: words for n, words in wanted.items() if n not in self._choices}
            self._kept -= wanted.keys()
            self._show_rows()
            self.write.setFocus()

    def _decided(self, one: ReturnedDifference) -> None:
        self._show_rows()
        self._go_on(one.number)

    def _go_on(self, after: int) -> None:
        """Go to the next difference that nobody decided; when all are, to the writing of them."""
        differences = self._paper.differences if self._paper else ()
        places = [one.number for one in differences]
        at = places.index(after) + 1 if after in places else 0
        order = [*places[at:], *places[:at]]
        left = [n for n in order if n not in self._choices and n not in self._kept]
        if left:
            self.table.choose(str(left[0]))
            self.table.setFocus()
        elif differences:
            self._show_chosen()
            (self.write if self._choices else self.table).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the digits choose, as on the merge desk."""
        if watched is self.table and isinstance(event, QKeyEvent):
            is_pressed = event.type() == QEvent.Type.KeyPress
            keys: dict[int, Callable[[], None]] = {
                Qt.Key.Key_1: self._keep,
                Qt.Key.Key_2: self._take,
                Qt.Key.Key_F2: self.other.setFocus,
            }
            job = keys.get(event.key()) if is_pressed else None
            plain = event.modifiers() in {
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            }
            if job is not None and plain:
                job()
                return True
        return super().eventFilter(watched, event)

    # writing

    def _write(self) -> None:
        paper, choices = self._paper, dict(self._choices)
        if paper is None or not choices:
            return
        self.write.setEnabled(False)
        context = self._context
        context.writer.run(
            lambda: take_returned(context.ports(), paper, choices),
            owner=self,
            done=self._written,
            failed=self._refused,
        )

    def _written(self, done: ReturnedTaken) -> None:
        if self._paper is not None:
            self._context.news(taken_line(self._paper, done.count))
        self._choices.clear()
        self.taken.emit(done.changes)
        self.accept()

    def _refused(self, error: ThiduaError) -> None:
        self.write.setEnabled(True)
        if isinstance(error, InvalidInputError):
            self.message.setText(f"⚠ Chưa ghi gì: {issues_text(error.issues)}")
        else:
            self.message.setText(error_text(error))

    def drops_words(self) -> bool:
        """Tell whether something was chosen and is not written."""
        return bool(self._choices)

    def leave(self) -> None:
        """Close; what is still being read is not waited for."""
        self._progress.stop()
        super().leave()
