"""The window: places at the left, a page at the right, the state of saving below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from operator import methodcaller
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.ui.commands import Command, Commands, show_part
from thidua_desktop.ui.history import History
from thidua_desktop.ui.left_typed import LeftTyped
from thidua_desktop.ui.own_notes import OwnNotes
from thidua_desktop.ui.pages.page import Page, PageContext
from thidua_desktop.ui.place import Place
from thidua_desktop.ui.places import place_of
from thidua_desktop.ui.redact import redact_action
from thidua_desktop.ui.theme import ICON_SIZE, Scheme
from thidua_desktop.ui.typed_keeper import TypedKeeper
from thidua_desktop.ui.where_from import where_action
from thidua_desktop.ui.widgets.frames import scrolled_as_wide
from thidua_desktop.ui.widgets.labels import Text, restyle, tip
from thidua_desktop.ui.widgets.practice import PracticeBanner
from thidua_desktop.ui.widgets.undo import UndoBar
from thidua_desktop.ui.word_files import READ_WORD, WordDrop, ask_word_file, read_word_file

if TYPE_CHECKING:  # first paint does not need them
    from uuid import UUID

    from thidua_desktop.domain.offices import Office
    from thidua_desktop.services.changes import Changes
    from thidua_desktop.services.typed import Recovered

_COLLAPSE = 1150
_NEWS_TIME = 12_000
_ROUND_PLACE = 8


class MainWindow(QMainWindow):
    """Shows one page at a time."""

    closing = Signal()
    painted = Signal()  # once, as the first paint begins
    look_chosen = Signal(Scheme, float)
    practice_wanted = Signal(str)

    def __init__(self, context: PageContext, places: Sequence[Place], office: str) -> None:
        super().__init__()
        self.setWindowTitle("Thi đua – Khen thưởng")
        self.resize(1280, 720)
        WordDrop(self, self.read_word_file)
        self._places = tuple(places)
        self._pages: dict[str, Page] = {}
        self._news = Text()
        self._saved = Text()
        self._office_label = Text(office, role="caption", wrap=True)
        self.context = replace(
            context, news=self.say, go=self.go, saved=self._saved.setText, deleted=self._offer_back
        )
        self._buttons: dict[str, QToolButton] = {}
        self._sidebar = self._build_sidebar()
        self.keeper = TypedKeeper(self.context, self)
        self.own_notes = OwnNotes(self, self.context)
        self.keeper.found.connect(self._show_left)
        self.left = LeftTyped(self.context, self)
        self.toast = UndoBar()
        self._practice = PracticeBanner()
        self._practice.afresh.connect(self._begin_afresh)
        self._stack = QStackedWidget()
        inside = QWidget()
        inside.setProperty("page", "1")
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._sidebar)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self._practice)
        column.addWidget(self.left)
        column.addWidget(self._stack, 1)
        column.addWidget(self.toast)
        row.addLayout(column, 1)
        self.setCentralWidget(inside)
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        bar.addWidget(self._news, 1)
        bar.addPermanentWidget(self._saved)
        bar.addPermanentWidget(Text("Ngoại tuyến"))
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_NEWS_TIME)
        self._quiet.timeout.connect(
            lambda: self._news.setText("F1: hướng dẫn · Ctrl+K: tìm và làm")
        )
        self._news.setText("F1: hướng dẫn · Ctrl+K: tìm và làm")
        self._is_painted = False
        self._office: Office | None = None
        self._wanted: tuple[str, object] | None = None
        self.commands = Commands(self)
        self._add_shortcuts()
        self._show(self._places[0].key)

    def show_office(self, office: Office) -> None:
        """Say whose window this is, and read the page that is open."""
        from thidua_desktop.domain.words import role_name  # noqa: PLC0415 - after first paint

        self._office = office
        for place in self._places:
            self._buttons[place.key].setVisible(office.is_province or not place.for_province)
        self._office_label.setText(f"{office.unit_name}\n{role_name(office.role)}")
        if self._wanted is None:
            self.page.refresh()
        else:
            self.go(*self._wanted)
        self.context.search.begin()
        self.keeper.read()
        self.own_notes.read()

    def show_practice(self) -> None:
        """Mark the window: nothing in it is real."""
        self.setWindowTitle("THỰC HÀNH – số liệu bịa – Thi đua, khen thưởng")
        self._sidebar.setProperty("practice", "1")
        restyle(self._sidebar)
        self._practice.show()

    def _begin_afresh(self) -> None:
        self.say("Đang lập lại tỉnh thực hành từ đầu, mất chừng nửa phút…")
        self.practice_wanted.emit("afresh")

    def _show_left(self, left: Sequence[Recovered]) -> None:
        self.left.show_left(left)
        for form in self.findChildren(QWidget):
            show = getattr(form, "show_recovered", None)
            if show is not None:
                show()

    @property
    def page(self) -> Page:
        """Return the page that is shown."""
        page = self._stack.currentWidget()
        if not isinstance(page, Page):
            raise TypeError(page)
        return page

    def page_of(self, key: str) -> Page:
        """Return the page of a place, built if it never was."""
        if key not in self._pages:
            place = next(one for one in self._places if one.key == key)
            page = place.make(self.context)
            page.look_chosen.connect(self.look_chosen)
            page.practice_wanted.connect(self.practice_wanted)
            page.changed.connect(self.context.search.heard)
            self._pages[key] = page
            self._stack.addWidget(page)
        return self._pages[key]

    def go(self, key: str, record: object = None) -> None:
        """Open a place, at a record if one is named; as soon as it is known whose window it is."""
        if self._office is None:
            self._wanted = key, record
            return
        if self._stack.count():
            self.page.flush()
        self._show(key)
        self.page.refresh()
        if record is not None:
            self.page.open_at(record)

    def _visit(self, key: str, _checked: object = None) -> None:
        self.go(key)

    def say(self, words: str) -> None:
        """Say a line of news; it goes away by itself."""
        self._news.setText(words)
        self._quiet.start()

    def _offer_back(self, words: str, kind: str, record_id: UUID) -> None:
        """Say what was deleted, and for a while take it back by one click or key."""
        self.toast.offer(words, partial(self._bring_back, kind, record_id))

    def _bring_back(self, kind: str, record_id: UUID) -> None:
        def job() -> Changes:
            from thidua_desktop.services.bin import restore_binned  # noqa: PLC0415 - on the worker

            return restore_binned(self.context.ports(), kind, record_id)

        def done(changes: Changes) -> None:
            self.say("Đã lấy lại.")
            self.page.changed.emit(changes)
            self.page.refresh()

        self.context.writer.run(job, owner=self, done=done, failed=self.page.refused)

    def open_manual(self, over: QWidget | None = None) -> None:
        """Open the manual at this page; a dialog lets nothing be read but what belongs to it."""
        from thidua_desktop.ui.manual_window import ManualWindow  # noqa: PLC0415 - after first paint

        holder = over or self
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        manual = holder.findChild(ManualWindow, options=direct)
        if manual is None:
            manual = ManualWindow(self._manual_folder(), holder)
        key = next(k for k, page in self._pages.items() if page is self.page)
        manual.open_page(next(one.manual for one in self._places if one.key == key))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell that the window is there: what is heavy begins after it."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what waits before the window goes."""
        for page in self._pages.values():
            page.flush()
            page.close_down()
        self.keeper.settle_open()
        self.closing.emit()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave only icons at the left where the window is narrow."""
        super().resizeEvent(event)
        narrow = event.size().width() < _COLLAPSE
        style = (
            Qt.ToolButtonStyle.ToolButtonIconOnly
            if narrow
            else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        )
        for button in self._buttons.values():
            button.setToolButtonStyle(style)
        for label in (self._office_label, self._program):
            label.setVisible(not narrow)

    def _manual_folder(self) -> Path:
        return self.context.look.resources / "manual"

    def _build_sidebar(self) -> QFrame:
        sidebar = QFrame()
        sidebar.setObjectName("sidebar")
        sidebar.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        layout = QVBoxLayout(sidebar)
        layout.setContentsMargins(8, 14, 8, 12)
        layout.setSpacing(2)
        self._program = Text("Thi đua – Khen thưởng", role="strong")
        self._program.setContentsMargins(10, 0, 0, 10)
        layout.addWidget(self._program)
        places = QWidget()
        column = QVBoxLayout(places)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for place in self._places:
            column.addWidget(self._button(place))
        column.addStretch(1)
        # Large letters on a low screen: the places scroll, the window keeps its height.
        self._places_area = scrolled_as_wide(places)
        layout.addWidget(self._places_area, 1)
        self._office_label.setContentsMargins(10, 0, 4, 0)
        self._office_label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout.addWidget(self._office_label)
        return sidebar

    def _button(self, place: Place) -> QToolButton:
        button = QToolButton()
        button.setProperty("place", "1")
        button.setText(place.words)
        button.setIcon(self.context.look.icon(place.icon))
        button.setIconSize(ICON_SIZE)
        button.setCheckable(True)
        button.setAutoExclusive(True)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        keys = self._keys_of(place)
        button.setToolTip(tip(f"{place.words} ({keys})" if keys else place.words))
        button.setAccessibleName(place.words)
        button.clicked.connect(partial(self._visit, place.key))
        self._buttons[place.key] = button
        return button

    def _add_shortcuts(self) -> None:
        add, on_page = self.commands.add, self._on_page
        add("Thêm mới trên trang này", "Ctrl+N", on_page(methodcaller("begin_new")))
        add("Thêm bản ghi giống bản này", "Ctrl+Return", on_page(methodcaller("begin_another")))
        self.commands.bind("Ctrl+Enter", on_page(methodcaller("begin_another")))
        add("Tìm, lọc trong danh sách", "Ctrl+F", on_page(methodcaller("search")))
        add("Bộ lọc đã lưu, cột của danh sách", "Ctrl+L", on_page(methodcaller("arrange_list")))
        add("Bản ghi sau", "Alt+Down", on_page(methodcaller("step", 1)))
        add("Bản ghi trước", "Alt+Up", on_page(methodcaller("step", -1)))
        add("Xem trước bản in", "Ctrl+P", on_page(methodcaller("preview")))
        add(READ_WORD.removesuffix("…"), "", self.ask_word_file)
        add("Lưu ngay", "Ctrl+S", on_page(methodcaller("flush")))
        add("Đọc lại trang này", "F5", on_page(methodcaller("refresh")))
        add("Hướng dẫn về trang này", "F1", self.open_manual)
        self.commands.bind("Ctrl+K", self.open_palette)
        for place in self._places:
            if keys := self._keys_of(place):
                self.commands.bind(keys, partial(self.go, place.key))
        self.history = History(self, self.context, lambda: self.page, self.keeper.settle_open)
        self.addAction(where_action(self, self.context))
        self.addActions([self.history.undo_action, self.history.redo_action])
        self.addAction(self.own_notes.action)
        self.addAction(
            redact_action(self, self.context, lambda: self.page, self.keeper.settle_open)
        )

    def ask_word_file(self) -> None:
        """Read in a paper that was edited in Word."""
        ask_word_file(self, self.read_word_file)

    def read_word_file(self, path: Path) -> None:
        """Show what a Word file says otherwise than the records."""
        self.page.flush()
        read_word_file(self.context, path, self, self._word_taken)

    def _word_taken(self, changes: Changes) -> None:
        self.page.changed.emit(changes)
        self.page.refresh()

    def _keys_of(self, place: Place) -> str:
        """Return the keys that open a place: its own, or a digit; there are ten digits."""
        if place.keys:
            return place.keys
        number = [one for one in self._places if not one.keys].index(place) + 1
        return f"Ctrl+{number % 10}" if number <= 10 else ""  # noqa: PLR2004

    def open_palette(self) -> None:
        """Find what there is to do, and whom to open."""
        from thidua_desktop.ui.dialogs.palette import Palette  # noqa: PLC0415 - after first paint

        self.page.flush()
        offered = [one for one in self._places if not self._buttons[one.key].isHidden()]
        places = [
            Command(f"Mở: {place.words}", self._keys_of(place), partial(self.go, place.key))
            for place in offered
        ]
        elsewhere = [
            Command(words, "", partial(self.go, place.key), where=place.words)
            for place in offered
            if self._pages.get(place.key) is not self.page
            for words in self._done_on(place)
        ]
        parts = [
            Command(words, "", partial(self._go_to_part, place.key, words), where=place.words)
            for place in offered
            for words in place.shows
        ]
        found = [*self.commands.all(self.page), *places, *elsewhere, *parts]
        Palette(self.context.look, found, self.context.search, self.open_record, self).open()

    def _done_on(self, place: Place) -> tuple[str, ...]:
        is_province = self._office is not None and self._office.is_province
        return (*place.does, *place.province_does) if is_province else place.does

    def _go_to_part(self, key: str, words: str) -> None:
        self.go(key)
        show_part(self.page, words)

    def open_record(self, kind: str, record_id: UUID) -> None:
        """Open a record where its kind is shown."""
        self.go(*place_of(kind, record_id))

    def _on_page(self, job: Callable[[Page], object]) -> Callable[[], None]:
        """Return a slot that asks something of whichever page is shown then; what is being typed
        is saved first.
        """

        def slot() -> None:
            self.page.flush()
            job(self.page)

        return slot

    def _show(self, key: str) -> None:
        page = self.page_of(key)
        self._stack.setCurrentWidget(page)
        self._buttons[key].setChecked(True)
        self._places_area.ensureWidgetVisible(self._buttons[key], 0, _ROUND_PLACE)
