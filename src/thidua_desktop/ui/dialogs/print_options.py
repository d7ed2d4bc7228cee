"""What is printed, and as what it is saved: the side of the window In hồ sơ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.domain.dossier_files import PaperFormat, PrintChoice
from thidua_desktop.domain.pages import SizeSet
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text, on_button

_FORMATS = {
    PaperFormat.PDF: "&PDF, để in và gửi",
    PaperFormat.DOCX: "&Word (.docx), để sửa tiếp",
}
_NO_FORMAT = "⚠ Chọn ít nhất một dạng tệp thì mới lưu được."
_SIZES = {SizeSet.LARGE: "&Lớn (13 và 14)", SizeSet.SMALL: "N&hỏ (12 và 13)"}
_NAMED = "Ví dụ: Nguyễn Văn An - Báo cáo thành tích.pdf"
_PLAIN = "Ví dụ: ho-so-902a6f3e003f-02.pdf. Gửi qua thư hay Zalo không lộ tên ai."


class PrintOptions(QWidget):
    """`chosen` carries the place of what is to be printed; `altered` says that files would be
    others now, `resized` that papers shall have other letter sizes, `measuring` that somebody wants
    to know what is off in the layout.
    """

    chosen = Signal(int)
    altered = Signal()
    resized = Signal()
    measuring = Signal()

    def __init__(self, words: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice = PrintChoice()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 0, 0, 0)
        column.setSpacing(4)
        if len(words) > 1:
            what = self._group(column, "In gì", [on_button(one) for one in words])
            what.idClicked.connect(self.chosen)
        self.split = self._group(
            column, "Tệp lưu ra", ["Một tệp chun&g", "Mỗ&i đối tượng một tệp riêng"]
        )
        column.addSpacing(8)
        column.addWidget(Text("Dạng tệp", role="strong"))
        self.formats = {kind: QCheckBox(said) for kind, said in _FORMATS.items()}
        for box in self.formats.values():
            column.addWidget(box)
            box.toggled.connect(self.altered)
        self.lacking = Text(_NO_FORMAT, role="complaint", wrap=True)
        column.addWidget(self.lacking)
        self.altered.connect(self._show_lacking)
        self.sizes = self._group(column, "Cỡ chữ", list(_SIZES.values()))
        self.sizes.idClicked.connect(lambda _: self.resized.emit())
        self.naming = self._group(
            column, "Tên tệp", ["Có dấ&u, để người đọc", "&Không dấu, để gửi đi"]
        )
        self.example = Text(role="caption", wrap=True)
        column.addWidget(self.example)
        self.altered.connect(self._show_example)
        column.addSpacing(8)
        column.addWidget(Text("Mẫu trong hồ sơ", role="strong"))
        self.forms = Text(role="caption", wrap=True)
        column.addWidget(self.forms)
        self.measure = button_of("Đ&o thể thức…", self.measuring.emit)
        self.measure.setToolTip("So hồ sơ này, hoặc một tệp bất kỳ, với Nghị định 30/2020/NĐ-CP")
        column.addWidget(self.measure)
        column.addStretch(1)
        self.show_choice(self._choice)

    def add_at_end(self, widget: QWidget) -> None:
        """Show something more under the options."""
        layout = self.layout()
        if layout is not None:
            layout.addWidget(widget)

    def show_choice(self, choice: PrintChoice) -> None:
        """Show what was chosen the last time."""
        self._choice = choice
        for kind, box in self.formats.items():
            box.setChecked(kind in choice.formats)
        self.split.button(int(choice.separate)).setChecked(True)
        self.naming.button(int(not choice.named)).setChecked(True)
        self.sizes.button(list(_SIZES).index(choice.sizes)).setChecked(True)
        self.altered.emit()

    def show_forms(self, sentences: Sequence[str]) -> None:
        """Show which forms are in what is shown, by the decree of the day."""
        self.forms.setText("\n".join(sentences))

    def choice(self) -> PrintChoice:
        """Return what is chosen; without a format those of the last time, to be remembered."""
        return replace(
            self._choice,
            formats=self._ticked() or self._choice.formats,
            separate=self.split.checkedId() == 1,
            named=self.naming.checkedId() == 0,
            sizes=list(_SIZES)[self.sizes.checkedId()],
        )

    @property
    def has_format(self) -> bool:
        """Tell whether it is chosen as what papers are saved."""
        return bool(self._ticked())

    def _ticked(self) -> tuple[PaperFormat, ...]:
        return tuple(kind for kind, box in self.formats.items() if box.isChecked())

    def _show_lacking(self) -> None:
        self.lacking.setVisible(not self.has_format)

    def _show_example(self) -> None:
        self.example.setText(_NAMED if self.naming.checkedId() == 0 else _PLAIN)

    def _group(self, column: QVBoxLayout, heading: str, words: Sequence[str]) -> QButtonGroup:
        """Add buttons of which one is chosen, under their heading."""
        if column.count():
            column.addSpacing(8)
        column.addWidget(Text(heading, role="strong"))
        group = QButtonGroup(self)
        for place, said in enumerate(words):
            button = QRadioButton(said)
            button.setChecked(place == 0)
            button.toggled.connect(self.altered)
            group.addButton(button, place)
            column.addWidget(button)
        return group
