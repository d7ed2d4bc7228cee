"""What stands over and under the form of a proposal: how it stands, what is to be seen to."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.domain.dates import shown
from thidua_desktop.domain.proposals import ProposalState, Review, is_locked, nominee_name
from thidua_desktop.domain.words import field_label, word
from thidua_desktop.services.altered_wording import altered_words
from thidua_desktop.services.proposals import ProposalView
from thidua_desktop.ui.widgets.asking import ASK_KEY
from thidua_desktop.ui.widgets.frames import Banner, button_of
from thidua_desktop.ui.widgets.labels import Chip, Text

STATE_KINDS = {
    ProposalState.DRAFT: "plain",
    ProposalState.SUBMITTED: "info",
    ProposalState.RECEIVED: "info",
    ProposalState.ELIGIBLE: "ok",
    ProposalState.RETURNED: "err",
}


class ProposalHead(QWidget):
    """Name, state, what can be done, and what a clerk has to know; signals say what is wanted.

    `held` and `answers` stand under the form: who lays it out puts them there.
    """

    opening_nominee = Signal()
    checking = Signal()
    asking = Signal()
    withdrawing = Signal()
    deleting = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = Text(role="heading", wrap=True)
        self.chip = Chip()
        self.to_nominee = button_of("Mở hồ sơ đối tượng", self.opening_nominee.emit, quiet=True)
        self.check = button_of("Soát hồ sơ", self.checking.emit, quiet=True)
        self.check.setToolTip("Soát giấy tờ, số lượng, họ tên, ngày tháng (F7)")
        self.ask = button_of("Hỏi đơn vị…", self.asking.emit, quiet=True)
        self.ask.setToolTip(f"Hỏi về một ô của hồ sơ này ({ASK_KEY}, hoặc bấm chuột phải vào ô)")
        self.withdraw = button_of("Rút lại tờ trình", self.withdrawing.emit, quiet=True)
        self.delete = button_of("Xóa", self.deleting.emit, quiet=True)
        self.delete.setToolTip("Xóa đề nghị này; có thể hoàn tác")
        self.returned = Banner("err")
        self.changed_since = Banner("err")
        self.missing = Banner("info")
        self.same = Banner("info")
        self.used = Banner("err")
        self.held = Text(role="muted", wrap=True)
        self.answers = Text(role="muted", wrap=True)
        self._lay_out()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        line = QHBoxLayout()
        line.addWidget(self.title, 1)
        line.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(line)
        actions = QHBoxLayout()
        for action in (self.to_nominee, self.check, self.ask, self.withdraw, self.delete):
            actions.addWidget(action)
        for action in (self.ask, self.withdraw, self.delete):
            action.hide()  # until it is known which of them can be done
        actions.addStretch(1)
        layout.addLayout(actions)
        for banner in (self.returned, self.changed_since, self.missing, self.same, self.used):
            layout.addWidget(banner)

    def show_view(self, view: ProposalView, *, may_ask: bool) -> None:
        """Tell how a proposal stands."""
        self.title.setText(nominee_name(view.nominee) or f"{word(view.proposal.subject)} mới")
        self.chip.show_status(word(view.state), STATE_KINDS[view.state])
        self.returned.show_words("Tỉnh trả lại", view.returned_because)
        altered = view.altered if is_locked(view.state) else ()
        self.changed_since.show_words("Có sửa sau khi nộp", altered_words(altered))
        missing = (field_label(one.kind, one.field) for one in view.missing)
        lacks = ", ".join(missing) if view.may_edit else ""
        self.missing.show_words("Còn thiếu để trình", lacks)
        also = ", ".join(view.elsewhere)
        same = f"Cũng có ở {also}." if also else ""
        self.same.show_words("Đã là một với bản ghi của nơi khác", same)
        self.used.show_words("Cần xem lại", "\n".join(one.text for one in view.findings))
        held = "\n".join(view.held)
        self.held.setText(f"Đối tượng đã có\n{held}" if held else "")
        self.held.setVisible(bool(held))
        self.ask.setVisible(may_ask)
        self.withdraw.setVisible(view.is_own and view.state is ProposalState.SUBMITTED)
        self.delete.setVisible(view.may_edit)
        said = "\n".join(_answer_line(review) for review in view.reviews)
        self.answers.setText(f"Trả lời của tỉnh\n{said}" if said else "")
        self.answers.setVisible(bool(said))


def _answer_line(review: Review) -> str:
    day = shown(review.date) if review.date else ""
    parts = [part for part in (day, word(review.outcome), review.reviewer) if part]
    line = " · ".join(parts)
    return f"{line}: {review.reason}" if review.reason else line
