"""Chỗ in trên phôi: where each text stands on a stock, line by line, in millimetres."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import ThiduaError
from thidua_desktop.domain.numbers import decimal_text, read_decimal
from thidua_desktop.domain.pages import Align, Stand
from thidua_desktop.domain.stocks import BOX_NUMBERS, Stock, StockText
from thidua_desktop.services.award_sheets import (
    Shop,
    drop_stock,
    keep_stock,
    read_stock,
    shop,
    write_stock,
)
from thidua_desktop.services.ports import Ports
from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.widgets.choice import Choice
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text, tip

_NUMBERS = (*BOX_NUMBERS, "lines")
_FLAGS = ("is_bold", "is_italic", "is_red")
_ALIGNS = {Align.LEFT: "trái", Align.CENTRE: "giữa", Align.RIGHT: "phải"}
_STANDS = {Stand.TOP: "trên", Stand.MIDDLE: "giữa ô", Stand.BOTTOM: "trên dòng kẻ"}
_HEADS = (
    *("Chữ", "Trái", "Trên", "Rộng", "Cao", "Cỡ\nchữ", "Nhỏ\nnhất", "Số\ndòng"),
    *("Đậm", "Nghiêng", "Đỏ", "Canh", "Đứng"),
)
_PLACE = Qt.ItemDataRole.UserRole
_CHOICES = (len(_HEADS) - 2, len(_HEADS) - 1)
_BESIDE_CHOICE, _ABOVE_CHOICE, _ROUND_TABLE = 20, 8, 50
_HELP = (
    "Đo bằng mm từ mép trái và mép trên của phôi. Tên dài thì chữ thu nhỏ đến cỡ nhỏ nhất, rồi "
    "mới xuống dòng."
)


class StockDialog(Dialog):
    """Edits the places of a stock; `changed` says that what this PC keeps is another now."""

    changed = Signal()

    def __init__(self, context: PageContext, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Chỗ in trên phôi")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.take_room(1080, 600)
        self._context, self._code = context, code
        self._shop: Shop | None = None
        self._stock: Stock | None = None
        self.name = _line("Tên phôi")
        self.code = _line("Mã phôi")
        self.width_of, self.height_of = _line("Rộng, mm"), _line("Cao, mm")
        self.table = QTableWidget(0, len(_HEADS))
        self.table.setAccessibleName("Chỗ in trên phôi")
        self.table.setHorizontalHeaderLabels(_HEADS)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in _CHOICES:
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        self.texts = Choice()
        self.texts.setAccessibleName("Chữ thêm vào phôi")
        self.message = Text(_HELP, role="muted", wrap=True)
        self.save = button_of("Lưu", self._save, primary=True)
        self.usual_places = button_of("Trở về như cũ", self._drop, quiet=True)
        self._lay_out()
        self._read()

    def _lay_out(self) -> None:
        size = QHBoxLayout()
        for widget in (self.width_of, Text("×"), self.height_of, Text("mm")):
            size.addWidget(widget)
        form = QFormLayout()
        form.addRow("Tên phôi", self.name)
        form.addRow("Mã phôi", self.code)
        label = Text("Khổ giấy")
        label.setBuddy(self.width_of)
        form.addRow(label, size)
        more = QHBoxLayout()
        more.addWidget(self.texts, 1)
        more.addWidget(button_of("Thêm chữ này", self._add))
        more.addWidget(button_of("Bỏ dòng đang chọn", self._remove))
        buttons = QHBoxLayout()
        for button in (
            button_of("Ghi ra tệp…", self._ask_write),
            button_of("Lấy từ tệp…", self._ask_read),
            self.usual_places,
        ):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.save)
        buttons.addWidget(button_of("Đóng", self.reject))
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.table, 1)
        layout.addLayout(more)
        layout.addWidget(self.message)
        layout.addLayout(buttons)

    # what is shown

    def _read(self) -> None:
        context = self._context
        context.reader.run(
            lambda: shop(context.ports()), owner=self, done=self._show, failed=self._refused
        )

    def _show(self, found: Shop) -> None:
        self._shop = found
        stock = next((one for one in found.stocks if one.code == self._code), found.stocks[0])
        self._stock = stock
        for line, words in (
            (self.name, stock.name),
            (self.code, stock.code),
            (self.width_of, _mm(stock.width)),
            (self.height_of, _mm(stock.height)),
        ):
            line.setText(words)
        self.usual_places.setEnabled(stock.is_own)
        self.table.setRowCount(0)
        for one in stock.texts:
            self._add_row(one, found.labels)
        self._offer_texts()
        self._make_room()

    def _make_room(self) -> None:
        """Be as wide as all words want, but not wider than the window this belongs to."""
        header = self.table.horizontalHeader()
        header.resizeSections()
        others = sum(header.sectionSize(column) for column in range(1, len(_HEADS)))
        wanted = self.table.sizeHintForColumn(0) + others + _ROUND_TABLE
        self.take_room(max(self.width(), wanted), self.height())

    def _offer_texts(self) -> None:
        labels = self._shop.labels if self._shop else {}
        inside = {self._place(row) for row in range(self.table.rowCount())}
        self.texts.clear()
        for place, label in labels.items():
            if place not in inside:
                self.texts.addItem(label, place)

    def _add_row(self, one: StockText, labels: dict[str, str]) -> None:
        row = self.table.rowCount()
        self.table.insertRow(row)
        label = QTableWidgetItem(labels.get(one.place, one.place))
        label.setToolTip(tip(label.text()))
        label.setFlags(label.flags() & ~Qt.ItemFlag.ItemIsEditable)
        label.setData(_PLACE, one)
        self.table.setItem(row, 0, label)
        for column, name in enumerate(_NUMBERS, start=1):
            self.table.setItem(row, column, QTableWidgetItem(_mm(getattr(one, name))))
        for column, name in enumerate(_FLAGS, start=1 + len(_NUMBERS)):
            flag = QTableWidgetItem()
            flag.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
            is_set = getattr(one, name)
            flag.setCheckState(Qt.CheckState.Checked if is_set else Qt.CheckState.Unchecked)
            self.table.setItem(row, column, flag)
        self._put_choice((row, _CHOICES[0]), _ALIGNS, one.align, f"Canh: {label.text()}")
        self._put_choice((row, _CHOICES[1]), _STANDS, one.stand, f"Đứng: {label.text()}")

    def _put_choice(
        self, place: tuple[int, int], offered: Mapping[Any, str], now: str, name: str
    ) -> None:
        choice = Choice()
        choice.setAccessibleName(name)
        for value, words in offered.items():
            choice.addItem(words, value)
        choice.setCurrentIndex(max(0, choice.place_of(now)))
        self.table.setCellWidget(*place, choice)
        row, column = place
        choice.ensurePolished()  # with the paddings of the style sheet
        wanted = choice.sizeHint()
        self.table.setRowHeight(row, wanted.height() + _ABOVE_CHOICE)
        width = max(self.table.columnWidth(column), wanted.width() + _BESIDE_CHOICE)
        self.table.setColumnWidth(column, width)

    def _place(self, row: int) -> str:
        said = self._item(row, 0).data(_PLACE)
        return said.place if isinstance(said, StockText) else ""

    # what is done with it

    def _add(self) -> None:
        place = self.texts.currentData()
        if isinstance(place, str) and self._shop is not None:
            blank = StockText(place=place, x=30, y=30, width=100, height=8, size=14, least=10)
            self._add_row(blank, self._shop.labels)
            self.table.setCurrentCell(self.table.rowCount() - 1, 1)
            self._offer_texts()

    def _remove(self) -> None:
        if self.table.currentRow() >= 0:
            self.table.removeRow(self.table.currentRow())
            self._offer_texts()

    def stock(self) -> Stock:
        """Return the stock as it stands in the table. Raises ValueError for what is no number."""
        base = self._stock or Stock(code="", name="", width=0, height=0, texts=())
        return replace(
            base,
            code=self.code.text().strip(),
            name=self.name.text().strip(),
            width=_number(self.width_of.text()),
            height=_number(self.height_of.text()),
            texts=tuple(self._text(row) for row in range(self.table.rowCount())),
        )

    def _text(self, row: int) -> StockText:
        said: StockText = self._item(row, 0).data(_PLACE)
        texts = {name: self._words(row, n) for n, name in enumerate(_NUMBERS, start=1)}
        values: dict[str, Any] = {name: _number(words) for name, words in texts.items()}
        values["lines"] = int(values["lines"])
        for n, name in enumerate(_FLAGS, start=1 + len(_NUMBERS)):
            values[name] = self._item(row, n).checkState() is Qt.CheckState.Checked
        align, stand = (str(self._chosen(row, column)) for column in _CHOICES)
        return replace(said, **values, align=Align(align), stand=Stand(stand))

    def _item(self, row: int, column: int) -> QTableWidgetItem:
        return self.table.item(row, column) or QTableWidgetItem()

    def _words(self, row: int, column: int) -> str:
        return self._item(row, column).text()

    def _chosen(self, row: int, column: int) -> object:
        choice = self.table.cellWidget(row, column)
        return choice.currentData() if isinstance(choice, Choice) else None

    def _save(self) -> None:
        try:
            stock = self.stock()
        except ValueError:
            self.message.setText("Có ô không phải số. Chưa lưu gì; hãy ghi số mm như 35 hoặc 35,5.")
            return
        self._run(lambda ports: keep_stock(ports, stock).code, "Đã lưu chỗ in trên máy này.")

    def _drop(self) -> None:
        code = self._code

        def dropped(ports: Ports) -> str:
            drop_stock(ports, code)
            return code

        self._run(dropped, "Đã bỏ chỗ in đã sửa.")

    def _ask_write(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, "Ghi phôi ra tệp", f"{self._code}.toml", "Phôi (*.toml)"
        )
        if chosen:
            self.write_to(Path(chosen))

    def write_to(self, path: Path) -> None:
        """Write the stock that is kept as a file."""
        code = self._code

        def written(ports: Ports) -> str:
            write_stock(ports, path, code)
            return code

        self._run(written, f"Đã ghi {path.name}.")

    def _ask_read(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Lấy phôi từ tệp", "", "Phôi (*.toml)")
        if chosen:
            self.read_from(Path(chosen))

    def read_from(self, path: Path) -> None:
        """Keep the stock that a file says."""
        self._run(lambda ports: read_stock(ports, path).code, f"Đã nhận phôi từ {path.name}.")

    def _run(self, job: Callable[[Ports], str], said: str) -> None:
        context = self._context
        context.writer.run(
            lambda: job(context.ports()),
            owner=self,
            done=lambda code: self._done(code, said),
            failed=self._refused,
        )

    def _done(self, code: str, said: str) -> None:
        self._code = code
        for line in self.findChildren(QLineEdit):
            line.setModified(False)
        self.message.setText(said)
        self.changed.emit()
        self._read()

    def _refused(self, error: ThiduaError) -> None:
        self.message.setText(error_text(error))


def _line(name: str) -> QLineEdit:
    line = QLineEdit()
    line.setAccessibleName(name)
    return line


def _mm(value: float) -> str:
    return decimal_text(read_decimal(f"{value:.2f}"))


def _number(words: str) -> float:
    return float(read_decimal(words))
