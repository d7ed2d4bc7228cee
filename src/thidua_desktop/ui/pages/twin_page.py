"""Có thể trùng: records that may be one, side by side; joined, told apart, parted again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from thidua_desktop.domain.records import specs
from thidua_desktop.domain.same_as import Likeness, name_of
from thidua_desktop.domain.words import kind_label, word
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.same_as import Alike, join, keep_apart, list_alike, part
from thidua_desktop.ui.habits import keep_panes
from thidua_desktop.ui.pages.list_tools import with_tools
from thidua_desktop.ui.pages.page import Page, PageContext
from thidua_desktop.ui.widgets.frames import Card, EmptyPlace, button_of, panes, scrolled
from thidua_desktop.ui.widgets.labels import Chip, Line, Text
from thidua_desktop.ui.widgets.rows import Row, RowList

_EMPTY = (
    "Không có bản ghi nào trông giống nhau. Khi hai đơn vị cùng nhập một người, một tập thể hay "
    "một hộ, cặp đó hiện ở đây để tỉnh quyết định."
)
_KINDS = {Likeness.SUGGESTED: "info", Likeness.POSSIBLE: "warn", None: "ok"}
_JOINED = "Đã là một"


class TwinPage(Page):
    """Pairs at the left; at the right the chosen one, field by field."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("Có thể trùng", context)
        self._found: tuple[Alike, ...] = ()
        self._list = RowList(context.look, "Những bản ghi có thể trùng")
        self._list.selectionModel().currentChanged.connect(self._choose)
        self._count = Text(role="muted")
        self._title = Text(role="heading", wrap=True)
        self._chip = Chip()
        self.one = button_of("Là một (1)", self.join, primary=True)
        self.two = button_of("Không phải (2)", self.keep_apart)
        for key, job in (("1", self.join), ("2", self.keep_apart)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(job)
        self._hint = Text(role="muted", wrap=True)
        self._table: QWidget | None = None
        self._card = Card()
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._chip)
        self._card.body.addLayout(head)
        buttons = QHBoxLayout()
        for button in (self.one, self.two):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._card.body.addLayout(buttons)
        self._card.body.addWidget(self._hint)
        self._card.body.addStretch(1)
        self._stack = QStackedWidget()
        self._stack.addWidget(EmptyPlace(_EMPTY))
        self._stack.addWidget(scrolled(self._card))
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(with_tools(self.context.habits, "twins", self._list), 1)
        column.addWidget(self._count)
        sides = panes(left, self._stack, widths=(430, 660))
        self.body.addWidget(keep_panes(context.habits, "twins", sides), 1)

    def refresh(self) -> None:
        """Look for what is alike anew."""
        self.read(list_alike, self._show)

    def step(self, by: int) -> None:
        """Go to the next pair, or the one before."""
        self._list.step(by)

    def join(self) -> None:
        """Say that the chosen two are one."""
        chosen = self._chosen()
        if chosen is not None and chosen.likeness is not None and self.one.isVisible():
            kind, (one, other) = chosen.kind, chosen.key
            news = "Đã nối. Hồ sơ của mỗi nơi vẫn nguyên; muốn bỏ thì bấm “Tách ra”."
            self._write(lambda ports: join(ports, kind, one, other), news)

    def keep_apart(self) -> None:
        """Say that the chosen two are not one."""
        chosen = self._chosen()
        if chosen is not None and chosen.likeness is not None and self.two.isVisible():
            kind, (one, other) = chosen.kind, chosen.key
            news = "Đã ghi: không phải một. Cặp này không hỏi lại nữa."
            self._write(lambda ports: keep_apart(ports, kind, one, other), news)

    def part(self, place: int) -> None:
        """Take one of those that are one out."""
        chosen = self._chosen()
        if chosen is not None:
            kind, record_id = chosen.kind, chosen.key[place]
            news = "Đã tách ra. Hồ sơ của mỗi nơi vẫn nguyên."
            self._write(lambda ports: part(ports, kind, record_id), news)

    def _write(self, job: Callable[[Ports], Changes], news: str) -> None:
        def done(changes: Changes) -> None:
            self.context.news(news)
            self.changed.emit(changes)
            self.refresh()

        self.write(job, done)

    def _show(self, found: Sequence[Alike]) -> None:
        place = self._list.currentIndex().row()
        self._found = tuple(found)
        self._list.show_rows([_list_row(one) for one in found])
        waits = sum(one.likeness is not None for one in found)
        self._count.setText(f"{waits} cặp cần xem, {len(found) - waits} nhóm đã là một")
        if self._list.chosen() is None and found:  # what was decided is gone: on to the next
            self._list.choose(_key(found[min(max(place, 0), len(found) - 1)]))
        self._choose()

    def _chosen(self) -> Alike | None:
        key = self._list.chosen()
        return next((one for one in self._found if _key(one) == key), None)

    def _choose(self) -> None:
        chosen = self._chosen()
        self._stack.setCurrentIndex(0 if chosen is None else 1)
        if chosen is None:
            return
        self._title.setText(f"{kind_label(chosen.kind)}: {name_of(chosen.members[0].record)}")
        state = word(chosen.likeness) if chosen.likeness else _JOINED
        self._chip.show_status(state, _KINDS[chosen.likeness])
        province = self.context.office().is_province
        for button in (self.one, self.two):
            button.setVisible(province and chosen.likeness is not None)
        self._hint.setText(
            "Không có gì tự nối: hãy so từng dòng rồi quyết định."
            if chosen.likeness
            else "Danh sách và số đếm tính những bản ghi này là một; hồ sơ của mỗi nơi vẫn nguyên."
        )
        if self._table is not None:
            self._card.body.removeWidget(self._table)
            self._table.hide()
            self._table.deleteLater()
        parts = province and chosen.likeness is None
        self._table = _table(chosen, self.part if parts else None)
        self._card.body.insertWidget(3, self._table)


def _table(alike: Alike, part: Callable[[int], None] | None) -> QWidget:
    """Return the records side by side; a mark says where they differ."""
    table = QWidget()
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 4, 0, 0)
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(5)
    for column, member in enumerate(alike.members, start=1):
        grid.addWidget(Text(member.office, role="strong", wrap=True), 0, column)
        grid.setColumnStretch(column, 3)
    grid.setColumnStretch(0, 2)
    row = 1
    for spec in specs(type(alike.members[0].record)):
        texts = [member.texts.get(spec.name, "") for member in alike.members]
        if not any(texts):
            continue
        grid.addWidget(Line(), row, 0, 1, len(texts) + 1)
        said = {text for text in texts if text}
        mark = "≠ " if len(said) > 1 else ""
        label = Text(f"{mark}{spec.label}", role="strong" if mark else "muted", wrap=True)
        grid.addWidget(label, row + 1, 0, Qt.AlignmentFlag.AlignTop)
        for column, text in enumerate(texts, start=1):
            words = Text(text or "—", role="" if text else "muted", wrap=True)
            grid.addWidget(words, row + 1, column, Qt.AlignmentFlag.AlignTop)
        row += 2
    if part is not None:
        for column in range(len(alike.members)):
            button = button_of("Tách ra", partial(part, column))
            button.setAccessibleName(f"Tách ra: {alike.members[column].office}")
            grid.addWidget(button, row, column + 1, Qt.AlignmentFlag.AlignLeft)
    return table


def _key(alike: Alike) -> object:
    """Return the key of a row: two that were joined a moment ago are another row."""
    return alike.key, alike.likeness


def _list_row(alike: Alike) -> Row:
    offices = ", ".join(dict.fromkeys(member.office for member in alike.members))
    state = word(alike.likeness) if alike.likeness else _JOINED
    below = f"{kind_label(alike.kind)} · {offices}"
    return Row(_key(alike), name_of(alike.members[0].record), below, state, _KINDS[alike.likeness])
