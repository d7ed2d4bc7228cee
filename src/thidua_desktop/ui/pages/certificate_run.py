"""A run of certificates: on which stock, with which printer, which numbers, what a jam spoilt."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from thidua_desktop.domain.numbers import decimal_text, read_decimal
from thidua_desktop.domain.page_ranges import pages_text
from thidua_desktop.domain.stocks import Offset
from thidua_desktop.services.award_sheets import SheetsWanted, Shop
from thidua_desktop.services.decisions import DecisionView
from thidua_desktop.ui.widgets.choice import Choice
from thidua_desktop.ui.widgets.frames import Banner, Card, button_of
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.typed_words import let_pass

_NO_PRINTER = "Chưa chọn máy in"
_SHORT = 90
_NARROW = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon


class CertificateRun(QWidget):
    """Says what is wanted; the page does it. Numbers that cannot be read are told, not sent."""

    numbering = Signal(object)  # the first number, None: the next one
    showing = Signal(object)  # SheetsWanted
    noting = Signal(str)  # the numbers printed whole
    jammed = Signal(int)
    gridding = Signal(object)  # SheetsWanted
    arranging = Signal(str)  # the stock
    chosen = Signal(str, str)  # stock and printer
    moved = Signal(str, object)  # printer and Offset
    unread = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shop: Shop | None = None
        self.state = Text(role="strong", wrap=True)
        self.banner = Banner("ask")
        self.start = _line("Bắt đầu từ số")
        self.range = _line("Các số cần in", "các tờ chưa in")
        self.jam = _line("Kẹt giấy từ số")
        self.stock = Choice()
        self.stock.setAccessibleName("Phôi")
        self.printer = Choice()
        self.printer.setAccessibleName("Máy in")
        self.right, self.down = _line("Dịch sang phải, mm", "0"), _line("Dịch xuống dưới, mm", "0")
        self.number = button_of("Cấp số", self._number)
        self.show_sheets = button_of("Xem, in bằng…", self.preview, primary=True)
        self.note = button_of("Ghi đã in", self._note)
        self.again = button_of("In lại từ đó", self._jam)
        for widget in (self.stock, self.printer):
            widget.setMinimumContentsLength(12)
            widget.setSizeAdjustPolicy(_NARROW)
            widget.activated.connect(self._choose)
        for line in (self.right, self.down):
            line.editingFinished.connect(self._move)
        for line, button in (
            (self.start, self.number),
            (self.range, self.show_sheets),
            (self.jam, self.again),
        ):
            line.returnPressed.connect(button.click)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.state)
        layout.addWidget(self.banner)
        layout.addWidget(
            _card(
                "Số vào sổ",
                ("Bắt đầu từ số", self.start, (self.number,)),
                ("Kẹt giấy từ số", self.jam, (self.again,)),
                ("Các số cần in", self.range, ()),
                ("", None, (self.note, self.show_sheets)),
            )
        )
        layout.addWidget(
            _card(
                "Phôi và máy in",
                ("Phôi", self.stock, ()),
                ("Máy in", self.printer, ()),
                ("Dịch sang phải, mm", self.right, ()),
                ("Dịch xuống dưới, mm", self.down, ()),
                (
                    "",
                    None,
                    (
                        button_of("Chỗ in trên phôi…", self._arrange),
                        button_of("Tờ căn chỉnh…", self._grid),
                    ),
                ),
            )
        )
        layout.addStretch(1)

    def show_shop(self, shop: Shop, printers: Sequence[str]) -> None:
        """Offer the stocks and printers, those of the last time chosen."""
        self._shop = shop
        stock = self.stock.currentData() or shop.choice.stock
        printer = self.printer.currentData() or shop.choice.printer
        _fill(self.stock, [(one.name, one.code) for one in shop.stocks], stock)
        names = dict.fromkeys((*printers, *shop.offsets))
        _fill(self.printer, [(_NO_PRINTER, ""), *((one, one) for one in names)], printer)
        self._show_offset()

    def show_view(self, view: DecisionView) -> None:
        """Say how far a decision got, and what its certificates still lack."""
        self.state.setText(_state(view))
        self.start.setPlaceholderText(f"số kế tiếp: {view.next_number}")
        words = " ".join(view.doubts)
        self.banner.show_words("Cần xem lại" if words else "", words)
        numbered = view.numbered > 0
        self.number.setEnabled(len(view.awards) > view.numbered)
        for widget in (self.show_sheets, self.note, self.range):
            widget.setEnabled(numbered)
        for widget in (self.again, self.jam):
            widget.setEnabled(view.printed > 0)

    def wanted(self) -> SheetsWanted:
        """Return which sheets are wanted, on what, with which printer."""
        return SheetsWanted(
            stock=str(self.stock.currentData() or ""),
            printer=str(self.printer.currentData() or ""),
            numbers=self.range.text().strip(),
        )

    def preview(self) -> None:
        """Ask to see the sheets."""
        self.showing.emit(self.wanted())

    def _number(self) -> None:
        self._read(self.start, self.numbering.emit, blank=None)

    def _jam(self) -> None:
        if self.jam.text().strip():
            self._read(self.jam, self.jammed.emit)

    def _note(self) -> None:
        self.noting.emit(self.range.text().strip())

    def _grid(self) -> None:
        self.gridding.emit(self.wanted())

    def _arrange(self) -> None:
        self.arranging.emit(self.wanted().stock)

    def _choose(self) -> None:
        self._show_offset()
        wanted = self.wanted()
        self.chosen.emit(wanted.stock, wanted.printer)

    def _show_offset(self) -> None:
        found = self._shop.offsets.get(self.wanted().printer) if self._shop else None
        offset = found or Offset()
        for line, value in ((self.right, offset.x), (self.down, offset.y)):
            line.setText(decimal_text(read_decimal(f"{value:.2f}")) if value else "")
            line.setEnabled(bool(self.wanted().printer))

    def _move(self) -> None:
        printer = self.wanted().printer
        if not printer or not (self.right.isModified() or self.down.isModified()):
            return
        try:
            x, y = (float(read_decimal(one.text() or "0")) for one in (self.right, self.down))
        except ValueError:
            self.unread.emit("Chỗ dịch là số mm, như 1,5 hoặc -0,5. Chưa ghi gì.")
            return
        self.moved.emit(printer, Offset(x, y))

    def _read(
        self, line: QLineEdit, tell: Callable[..., object], *, blank: int | None = None
    ) -> None:
        words = line.text().strip()
        if not words:
            tell(blank)
        elif words.isascii() and words.isdigit() and int(words) > 0:
            line.clear()
            tell(int(words))
        else:
            self.unread.emit(f"“{words}” không phải số vào sổ. Chưa làm gì; hãy ghi như 38.")


def _state(view: DecisionView) -> str:
    numbers = [one.number for one in view.awards if one.number is not None]
    parts = [f"{len(view.awards)} người được khen"]
    if numbers:
        parts.append(f"số vào sổ {pages_text(n - 1 for n in sorted(numbers))}")
    if len(numbers) < len(view.awards):
        parts.append(f"{len(view.awards) - len(numbers)} người chưa có số")
    if numbers:
        waiting = sorted(one.number or 0 for one in view.waiting)
        left = f"còn in {pages_text(n - 1 for n in waiting)}" if waiting else "đã in đủ"
        parts.append(f"đã in {view.printed} tờ, {left}")
    return " · ".join(parts)


def _line(name: str, placeholder: str = "") -> QLineEdit:
    line = QLineEdit()
    line.setAccessibleName(name)
    line.setPlaceholderText(placeholder)
    line.setMinimumWidth(_SHORT)
    let_pass(line)
    return line


def _card(heading: str, *rows: tuple[str, QWidget | None, Sequence[QWidget]]) -> Card:
    """Return fields with buttons beside them, or buttons alone under them."""
    card = Card(heading)
    grid = QGridLayout()
    grid.setColumnStretch(1, 1)
    for place, (label, editor, beside) in enumerate(rows):
        row = QHBoxLayout()
        for widget in beside:
            row.addWidget(widget)
        if editor is None:
            row.insertStretch(0, 1)
            grid.addLayout(row, place, 0, 1, 3)
            continue
        words = Text(label)
        words.setBuddy(editor)
        grid.addWidget(words, place, 0)
        grid.addWidget(editor, place, 1, 1, 1 if beside else 2)
        grid.addLayout(row, place, 2)
    card.body.addLayout(grid)
    return card


def _fill(choice: Choice, offered: Sequence[tuple[str, str]], chosen: str) -> None:
    choice.blockSignals(True)
    choice.clear()
    for words, value in offered:
        choice.addItem(words, value)
    choice.setCurrentIndex(max(0, choice.place_of(chosen)))
    choice.blockSignals(False)
