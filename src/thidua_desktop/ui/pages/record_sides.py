"""A record with its values side by side, and the choice where they differ: by key, all of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from thidua_desktop.domain.desk import Choosing, DeskChoice
from thidua_desktop.domain.errors import InvalidInputError
from thidua_desktop.domain.history import CellDifference, FieldVersion, ThreeWays
from thidua_desktop.domain.ledger import CellState
from thidua_desktop.domain.records import FieldType
from thidua_desktop.domain.words import field_label, kind_label, word
from thidua_desktop.services.desk_plan import RecordSides
from thidua_desktop.services.differences import typed_value
from thidua_desktop.services.ports import Store
from thidua_desktop.services.records import field_spec, shown_value
from thidua_desktop.ui.forms.asked_field import AskedField
from thidua_desktop.ui.pages.other_value import OtherValue
from thidua_desktop.ui.theme import Look
from thidua_desktop.ui.where_from import ask_where
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text, on_button, tip
from thidua_desktop.ui.widgets.sides import NOTHING, Side, SideRow, SidesTable

_MOST_OPTIONS = 9
_SHORT = 40


class RecordSidesView(QWidget):
    """Shows a record and says what a person wants of its cells; who holds it does it.

    `taken` carries cell and place of the option, `typed` cell and words, `later` the cell;
    `refused` why words that were typed are none of the field: they stay to be mended.
    """

    taken = Signal(str, int)
    typed = Signal(str, str)
    later = Signal(str)
    refused = Signal(object)

    def __init__(self, look: Look, columns: tuple[str, str, str]) -> None:
        super().__init__()
        self._sides: RecordSides | None = None
        self._choices: Mapping[str, DeskChoice] = {}
        self.copy: Store | None = None
        before, here, sent = columns
        self._columns = columns
        self.title = Text(role="heading", wrap=True)
        self.table = SidesTable(
            look, "Giá trị đặt cạnh nhau", (before, f"1 · {here}", f"2 · {sent}")
        )
        self.table.installEventFilter(self)
        self.table.selectionModel().currentRowChanged.connect(self._show_options)
        self._all = QCheckBox("Hiện cả trường giống nhau")
        self._all.toggled.connect(self._show_rows)
        self.ask = button_of("Từ đâu ra? (Ctrl+I)", self._ask, quiet=True)
        self._options = QHBoxLayout()
        self._buttons = [self._option(place) for place in range(_MOST_OPTIONS)]
        self.other = OtherValue()
        self.other.used.connect(self._use_other)
        self.other.left.connect(self.table.setFocus)
        self.other.typed.connect(self._keep_typed)
        self._unfinished: dict[str, str] = {}  # words of cells that were left in the middle
        self._later = button_of("0 · Để sau", self._put_off)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.ask)
        head.addWidget(self._all)
        self._bar = QWidget()
        choices = QHBoxLayout()
        choices.addLayout(self._options)
        choices.addWidget(self._later)
        choices.addStretch(1)
        bar = QVBoxLayout(self._bar)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.addLayout(choices)
        bar.addWidget(self.other)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._bar)

    def show_sides(
        self, sides: RecordSides, choices: Mapping[str, DeskChoice], field: str = ""
    ) -> None:
        """Show a record, and go to a field of it."""
        self._sides, self._choices = sides, choices
        self.title.setText(f"{kind_label(sides.kind)}: {sides.title}")
        self._show_rows()
        if not (field and self.table.choose(field)):
            waiting = [name for name in sides.cells if name not in sides.strange]
            self.table.choose(waiting[0] if waiting else self._first())
        self._show_options()

    def show_choices(self, choices: Mapping[str, DeskChoice]) -> None:
        """Show what stands chosen now."""
        self._choices = choices
        if self._sides is not None:
            self._show_rows()
            self._show_options()

    def forget(self) -> None:
        """Show nothing while another record is read: no key decides what nobody sees."""
        self._sides = None
        self._bar.hide()

    @property
    def shown(self) -> tuple[str, UUID] | None:
        """Return which record is shown: kind and id."""
        return (self._sides.kind, self._sides.id) if self._sides else None

    @property
    def cell(self) -> CellDifference | None:
        """Return the cell that a key would decide now."""
        name = self.table.chosen()
        if self._sides is None or name is None or name in self._sides.strange:
            return None
        return self._sides.cells.get(name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the height anew between the values and another one."""
        super().resizeEvent(event)
        self.other.share_room(self.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Decide by key in the table."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._pressed(event)
        return super().eventFilter(watched, event)

    def _pressed(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }
        place = event.key() - Qt.Key.Key_1
        if plain and event.key() == Qt.Key.Key_0:
            self._put_off()
        elif plain and self.cell and 0 <= place < len(self.cell.heads):
            self._take(place)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.other.begin()
        elif event.key() == Qt.Key.Key_F2:
            self.other.begin(self._sent_words())
        else:
            return False
        return True

    def _option(self, place: int) -> QPushButton:
        button = button_of("", partial(self._take, place))
        button.hide()  # nine that are empty would ask for more room than a screen has
        self._options.addWidget(button)
        return button

    def _take(self, place: int) -> None:
        if self.cell and place < len(self.cell.heads):
            self.taken.emit(self.cell.cell, place)
            self.table.setFocus()

    def _put_off(self) -> None:
        if self.cell:
            self.later.emit(self.cell.cell)

    def _sent_words(self) -> str:
        """Return the text at the right, to be changed; there is nothing to change in a number."""
        cell = self.cell
        spec = field_spec(cell.kind, cell.field) if cell else None
        if cell is None or spec is None or spec.type is not FieldType.TEXT:
            return ""
        return "" if cell.heads[1].is_redacted else shown_value(cell.heads[1])

    def _keep_typed(self, words: str) -> None:
        if self.cell:
            self._unfinished[self.cell.cell] = words

    def _use_other(self, words: str) -> None:
        cell = self.cell
        if cell is None:
            return
        try:
            typed_value(cell.kind, cell.field, words)
        except InvalidInputError as error:
            self.refused.emit(error)
            return
        self._unfinished.pop(cell.cell, None)
        self.typed.emit(cell.cell, words)
        self.table.setFocus()

    def _ask(self) -> None:
        self.table.setFocus()
        ask_where(self)

    def asked_field(self, _inside: QWidget) -> AskedField | None:
        """Return the field on which the cursor stands."""
        name = self.table.chosen()
        if self._sides is None or name is None:
            return None
        return AskedField(self._sides.kind, self._sides.id, name, self.copy)

    def _first(self) -> str:
        rows = self.table.fields.rows
        return rows[0].key if rows else ""

    def _show_rows(self) -> None:
        if self._sides is None:
            return
        rows = [self._row(way) for way in self._sides.ways]
        wanted = [row for row in rows if self._all.isChecked() or self._matters(row)]
        self.table.show_rows(wanted or rows)

    def _matters(self, row: SideRow) -> bool:
        return row.differs or (self._sides is not None and row.key in self._sides.cells)

    def _row(self, way: ThreeWays) -> SideRow:
        status, kind = self._status(way)
        return SideRow(
            key=way.field,
            label=field_label(self._sides.kind, way.field) if self._sides else way.field,
            sides=(self._side(way.before), self._side(way.here), self._side(way.sent)),
            status=status,
            kind=kind,
            differs=way.differs,
        )

    def _status(self, way: ThreeWays) -> tuple[str, str]:
        cell = self._sides.cells.get(way.field) if self._sides else None
        if cell is not None:
            return self._waiting_words(cell)
        if way.sent is None:
            return "Không gửi", "plain"
        if not way.differs:
            return "Giống nhau", "plain"
        if not way.sent.level:
            return "Ngoài thẩm quyền", "warn"
        return ("Mới" if way.here is None else "Sửa"), "info"

    def _waiting_words(self, cell: CellDifference) -> tuple[str, str]:
        if self._sides and cell.field in self._sides.strange:
            return f"{word(cell.state)}: chờ cơ quan có thẩm quyền chọn", "plain"
        if choice := self._choices.get(cell.cell):
            return _chosen_words(cell, choice)
        return word(cell.state), "warn" if cell.state is CellState.SUGGESTION else "err"

    def _side(self, version: FieldVersion | None) -> Side:
        if version is None or self._sides is None:
            return NOTHING
        return Side(value_words(self._sides, version), about_words(self._sides, version))

    def _show_options(self) -> None:
        cell = self.cell
        self._bar.setVisible(cell is not None)
        if cell is None or self._sides is None:
            return
        for place, button in enumerate(self._buttons):
            button.setVisible(place < len(cell.heads))
            if place < len(cell.heads):
                button.setText(on_button(f"{place + 1} · {option_words(cell, place)}"))
                button.setToolTip(tip(value_words(self._sides, cell.heads[place])))
        spec = field_spec(cell.kind, cell.field)
        may_type = spec is not None and spec.type not in {FieldType.REF, FieldType.FILE}
        self.other.setVisible(may_type)
        if spec is not None:
            chosen = self._choices.get(cell.cell)
            said = chosen.said if chosen and chosen.how is Choosing.VALUE else ""
            self.other.show_field(spec, self._unfinished.get(cell.cell, said))


def value_words(sides: RecordSides, version: FieldVersion) -> str:
    """Return a value for people, with names in place of ids."""
    if isinstance(version.value, bytes):
        return sides.names.get(UUID(bytes=version.value)) or shown_value(version)
    return shown_value(version)


def about_words(sides: RecordSides, version: FieldVersion) -> str:
    """Return who said a value, where and when."""
    office = sides.offices.get(version.office, f"cơ quan số {version.office}")
    number = sides.numbers.get(version.bundle) if version.bundle else None
    where = f"gói số {number}" if number is not None else "tại máy này"
    who = [version.who] if version.who else []
    return " · ".join([*who, office, where, f"{version.at.astimezone():%d/%m/%Y %H:%M}"])


def option_words(cell: CellDifference, place: int) -> str:
    """Return what taking a value means."""
    if cell.state is CellState.DELETED_EDITED:
        return "Giữ bản ghi" if cell.heads[place].value is None else "Xóa bản ghi"
    if cell.state is CellState.SUGGESTION:
        top = max(head.level for head in cell.heads)
        return "Giữ giá trị này" if cell.heads[place].level == top else "Chấp nhận đề nghị"
    return ("Lấy bên trái", "Lấy bên phải")[place] if place < 2 else f"Lấy giá trị {place + 1}"  # noqa: PLR2004


def _chosen_words(cell: CellDifference, choice: DeskChoice) -> tuple[str, str]:
    match choice.how:
        case Choosing.LATER:
            return "Để sau", "warn"
        case Choosing.VALUE:
            said = " ".join(choice.said.split()) or "(để trống)"
            short = said if len(said) <= _SHORT else f"{said[:_SHORT]}…"
            return f"Đã chọn giá trị khác: {short}", "ok"
        case Choosing.TAKE:
            ops = [head.op for head in cell.heads]
            place = ops.index(choice.said) if choice.said in ops else 0
            return f"Đã chọn {place + 1}: {option_words(cell, place).lower()}", "ok"
