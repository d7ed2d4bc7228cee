"""Từ đâu ra? The chain of values of a field, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import ThiduaError
from thidua_desktop.domain.words import field_label, kind_label
from thidua_desktop.services.ports import Ports, Store
from thidua_desktop.services.provenance import Provenance, Standing, Step, where_from
from thidua_desktop.services.records import shown_value
from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.forms.asked_field import AskedField
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.widgets.frames import Card, button_of, scrolled
from thidua_desktop.ui.widgets.labels import Chip, Text

_STANDING = {
    Standing.SHOWN: ("Đang dùng", "ok"),
    Standing.WAITS: ("Còn chờ chọn", "warn"),
    Standing.REPLACED: ("Đã được thay", "plain"),
}


class ProvenanceDialog(Dialog):
    """Reads the chain when it is opened."""

    def __init__(
        self,
        context: PageContext,
        asked: AskedField,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Từ đâu ra?")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(640, 480)
        self.heading = Text(field_label(asked.kind, asked.name), role="heading", wrap=True)
        self.about = Text(role="muted", wrap=True)
        inside = QWidget()
        self._steps = QVBoxLayout(inside)
        self._steps.setContentsMargins(0, 0, 8, 0)
        self._steps.setSpacing(8)
        self._found: Provenance | None = None
        self.copy = button_of("Chép để dán vào văn bản", self._copy)
        self.copy.setEnabled(False)
        self.copied = Text(role="muted")
        row = QHBoxLayout()
        row.addWidget(self.copy)
        row.addWidget(self.copied, 1)
        self.usual = button_of("Đóng", self.accept, primary=True)
        row.addWidget(self.usual)
        layout = QVBoxLayout(self)
        layout.addWidget(self.heading)
        layout.addWidget(self.about)
        layout.addWidget(scrolled(inside), 1)
        layout.addLayout(row)
        context.reader.run(
            lambda: where_from(_ports(context, asked), asked.kind, asked.id, asked.name),
            owner=self,
            done=self._show,
            failed=self._refused,
        )

    def _show(self, found: Provenance) -> None:
        self._found = found
        self.copy.setEnabled(bool(found.steps))
        self.about.setText(f"{kind_label(found.kind)}: {found.title}")
        if not found.steps:
            self._steps.addWidget(Text("Trường này chưa ai ghi giá trị nào.", role="muted"))
        for place in reversed(range(len(found.steps))):
            self._steps.addWidget(_card(found.steps, place))
        self._steps.addStretch(1)

    def _copy(self) -> None:
        if self._found is not None:
            said = chain_text(self.heading.text(), self.about.text(), self._found.steps)
            QApplication.clipboard().setText(said)
            self.copied.setText("Đã chép; dán vào Word hay thư bằng Ctrl+V.")

    def _refused(self, error: ThiduaError) -> None:
        self.about.setText(error_text(error))


def _ports(context: PageContext, asked: AskedField) -> Ports:
    """Return the ports of the data that the field is shown from."""
    ports = context.ports()
    return ports if asked.copy is None else replace(ports, store=cast("Store", asked.copy))


def _card(steps: tuple[Step, ...], place: int) -> Card:
    step = steps[place]
    card = Card()
    words, kind = _standing(steps, step)
    head = QHBoxLayout()
    head.addWidget(Text(f"Lần {place + 1}", role="caption"))
    head.addStretch(1)
    head.addWidget(Chip(words, kind))
    card.body.addLayout(head)
    card.body.addWidget(Text(_value(step), wrap=True))
    card.body.addWidget(Text(_who(step), role="caption", wrap=True))
    if said := _what(steps, step):
        card.body.addWidget(Text(said, role="caption", wrap=True))
    return card


def chain_text(field: str, about: str, steps: Sequence[Step]) -> str:
    """Return the chain as plain text, the oldest first, for an annex."""
    lines = [f"Từ đâu ra? {field}", about]
    for place, step in enumerate(steps):
        parts = (_value(step), _who(step), _standing(steps, step)[0], _what(steps, step))
        lines.append(f"Lần {place + 1}: " + " | ".join(part for part in parts if part))
    return "\n".join(lines)


def _value(step: Step) -> str:
    return step.name or shown_value(step.version) or "(để trống)"


def _standing(steps: Sequence[Step], step: Step) -> tuple[str, str]:
    words, kind = _STANDING[step.standing]
    level = step.version.level
    if step.standing is Standing.WAITS and any(one.version.level > level for one in steps):
        words = "Đề nghị, chưa được chấp nhận"
    return words, kind


def _who(step: Step) -> str:
    version = step.version
    if step.bundle is not None:
        where = f"đến theo gói số {step.bundle}"
    elif version.bundle is not None:
        where = "đến theo gói"
    else:
        where = "ghi tại cơ quan này" + (", chưa gửi đi" if version.is_draft else "")
    who = [version.who] if version.who else []
    if step.file:
        who.append(f"từ tệp Word “{step.file}”")
    when = f"{version.at.astimezone():%H:%M ngày %d/%m/%Y}"
    return " · ".join([*who, step.office, where, when])


def _what(steps: Sequence[Step], step: Step) -> str:
    said = []
    if step.chosen_from:
        said.append(f"Quyết định chọn giữa {step.chosen_from} giá trị khác nhau.")
    if step.replaced_by:
        newer = steps[step.replaced_by[0]]
        said.append(f"Được thay bằng lần {step.replaced_by[0] + 1}, của {newer.office}.")
    return " ".join(said)
