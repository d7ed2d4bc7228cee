"""A paper or picture to look at: pages, small pages beside them, zoom, search."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from thidua_desktop.domain.drawings import DrawnPage, Hit, PageSize
from thidua_desktop.domain.errors import StoppedError, ThiduaError
from thidua_desktop.ui.tasks import TaskRunner
from thidua_desktop.ui.theme import Look
from thidua_desktop.ui.widgets.choice import Choice
from thidua_desktop.ui.widgets.frames import button_of
from thidua_desktop.ui.widgets.labels import Text, tip
from thidua_desktop.ui.widgets.pdf_pages import Fit, PdfPages
from thidua_desktop.ui.widgets.pdf_search import PdfSearch
from thidua_desktop.ui.widgets.pdf_thumbs import PdfThumbs
from thidua_desktop.ui.widgets.typed_words import let_pass

T = TypeVar("T")
_ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
_FITS = {Fit.WIDTH: "Vừa chiều rộng", Fit.PAGE: "Vừa trang"}
_AROUND_WORDS = 56  # of a choice: its arrow and its edges
_AROUND_NUMBER = 28
_TYPING = 250  # milliseconds that words rest before they are searched


class Pages(Protocol):
    """What is looked at: fits the Drawing of services.ports."""

    sizes: tuple[PageSize, ...]

    def draw(self, page: int, scale: float) -> DrawnPage:
        """Draw a page."""

    def find(self, page: int, words: str) -> tuple[Hit, ...]:
        """Return where words stand on a page."""

    def close(self) -> None:
        """Let go of it."""


class PdfView(QWidget):
    """Draws one thing at a time on the worker: what is in sight first, so nothing piles up.

    `marked` says that pages were selected among the small ones; `broken` carries why nothing can
    be shown any more.
    """

    marked = Signal()
    broken = Signal(object)

    def __init__(self, look: Look, drawer: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawer = drawer
        self._pages: Pages | None = None
        self._is_busy = False
        self._search = PdfSearch()
        self.pages = PdfPages(look)
        self.thumbs = PdfThumbs(look)
        self.number = QLineEdit()
        self.number.setAccessibleName("Đến trang")
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.number.setFixedWidth(self.fontMetrics().horizontalAdvance("99999") + _AROUND_NUMBER)
        let_pass(self.number)
        self.total = Text(role="muted")
        self.zoom = Choice()
        self.zoom.setAccessibleName("Cỡ xem")
        self.line = QLineEdit()
        self.line.setAccessibleName("Tìm trong văn bản")
        self.line.setPlaceholderText("Tìm (Ctrl+F)")
        self.line.setToolTip("Tìm trong tài liệu, không cần dấu (Ctrl+F)")
        self.line.setClearButtonEnabled(True)
        let_pass(self.line)
        self.found = Text(role="muted")
        self.found.setMinimumWidth(self.fontMetrics().horizontalAdvance("999/999…"))
        self.smaller = button_of("−", lambda: self.pages.zoom_by(-1), quiet=True)
        self.larger = button_of("+", lambda: self.pages.zoom_by(1), quiet=True)
        self.back = button_of("▲", lambda: self._next_hit(-1), quiet=True)
        self.on = button_of("▼", lambda: self._next_hit(1), quiet=True)
        for button, words in (
            (self.smaller, "Nhỏ hơn (Ctrl+−)"),
            (self.larger, "To hơn (Ctrl++)"),
            (self.back, "Chỗ tìm thấy trước (Shift+F3)"),
            (self.on, "Chỗ tìm thấy sau (F3)"),
        ):
            button.setAccessibleName(words.partition(" (")[0])
            button.setToolTip(tip(words))
            button.setAutoDefault(False)
        self._fill_zooms()
        self._lay_out()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING)
        self._join()
        self._bind()

    def show_pages(self, pages: Pages, *, has_words: bool = True) -> None:
        """Show this; what was shown before is let go. Where there are no words none are sought."""
        self.clear()
        self._pages = pages
        count = len(pages.sizes)
        self.total.setText(f"/ {count}")
        for widget in (self.number, self.total, self.thumbs):
            widget.setVisible(count > 1)
        for searching in (self.line, self.found, self.back, self.on):
            searching.setVisible(has_words)
        self.pages.show_pages(pages.sizes)
        self.thumbs.show_pages(pages.sizes)
        self.thumbs.follow(0)
        self._begin_search()

    def clear(self) -> None:
        """Show nothing."""
        if self._pages is not None:
            self._pages.close()
        self._pages = None
        self._search.begin("", 0, 0)
        self.pages.show_pages(())
        self.thumbs.show_pages(())

    def selected(self) -> tuple[int, ...]:
        """Return the pages selected among the small ones."""
        return self.thumbs.selected()

    # building

    def _fill_zooms(self) -> None:
        for fit, words in _FITS.items():
            self.zoom.addItem(words, fit)
        for zoom in _ZOOMS:
            self.zoom.addItem(f"{zoom:.0%}".replace("%", " %"), zoom)
        self.zoom.addItem("", None)  # whatever was zoomed to otherwise
        widest = max(map(self.fontMetrics().horizontalAdvance, _FITS.values()))
        self.zoom.setMinimumWidth(widest + _AROUND_WORDS)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(6)
        bar.addWidget(self.number)
        bar.addWidget(self.total)
        bar.addWidget(self.smaller)
        bar.addWidget(self.zoom)
        bar.addWidget(self.larger)
        bar.addSpacing(8)
        bar.addWidget(self.line, 1000)
        for widget in (self.found, self.back, self.on):
            bar.addWidget(widget)
        bar.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(8)
        middle.addWidget(self.thumbs)
        middle.addWidget(self.pages, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(bar)
        layout.addLayout(middle, 1)

    def _join(self) -> None:
        self.pages.wanting.connect(self._pump)
        self.thumbs.wanting.connect(self._pump)
        self.pages.turned.connect(self._turned)
        self.pages.zoomed.connect(self._show_zoom)
        self.thumbs.chosen.connect(self.pages.go)
        self.thumbs.marked.connect(self.marked)
        self.number.editingFinished.connect(self._go_to_number)
        self.zoom.activated.connect(self._zoom_chosen)
        self.line.textChanged.connect(lambda _: self._typing.start())
        self._typing.timeout.connect(self._begin_search)
        for line in (self.line, self.number):
            line.installEventFilter(self)
        self._show_zoom()

    def _bind(self) -> None:
        keys: tuple[tuple[str, Callable[[], None]], ...] = (
            ("Ctrl+F", self.begin_search),
            ("F3", lambda: self._next_hit(1)),
            ("Shift+F3", lambda: self._next_hit(-1)),
            ("Ctrl++", lambda: self.pages.zoom_by(1)),
            ("Ctrl+=", lambda: self.pages.zoom_by(1)),
            ("Ctrl+-", lambda: self.pages.zoom_by(-1)),
            ("Ctrl+0", lambda: self.pages.set_zoom(Fit.WIDTH)),
            ("Ctrl+9", lambda: self.pages.set_zoom(Fit.PAGE)),
        )
        for key, job in keys:
            QShortcut(QKeySequence(key), self).activated.connect(job)

    # where one is

    def begin_search(self) -> None:
        """Put the cursor where one searches, if there is anything to be searched."""
        self.line.setFocus()
        self.line.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go to the page with Enter, or from hit to hit; it presses no button."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            return False
        if watched is self.number:
            self._go_to_number()
            return True
        is_back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._next_hit(-1 if is_back else 1)
        return True

    def _turned(self, page: int) -> None:
        self.thumbs.follow(page)
        self.number.setText(str(page + 1))

    def _go_to_number(self) -> None:
        """Go to the page that was typed; where that is none, show again where one is."""
        typed = self.number.text().strip()
        if typed.isdecimal() and int(typed) - 1 != self.pages.page:
            self.pages.go(int(typed) - 1)
        self.number.setText(str(self.pages.page + 1))

    def _zoom_chosen(self) -> None:
        chosen = self.zoom.currentData()
        if chosen is not None:
            self.pages.set_zoom(Fit(chosen) if isinstance(chosen, str) else float(chosen))
        else:
            self._show_zoom()

    def _show_zoom(self) -> None:
        shown: object = self.pages.fit
        if shown is None:
            shown = next((z for z in _ZOOMS if abs(z - self.pages.zoom) < z / 100), None)
        place = self.zoom.place_of(shown) if shown is not None else self.zoom.count() - 1
        words = f"{self.pages.zoom:.0%}".replace("%", " %")
        self.zoom.setItemText(self.zoom.count() - 1, words)
        self.zoom.setCurrentIndex(place)

    # searching

    def _begin_search(self) -> None:
        count = len(self._pages.sizes) if self._pages is not None else 0
        self._search.begin(self.line.text(), count, max(self.pages.page, 0))
        self._show_found()
        self._pump()

    def _next_hit(self, by: int) -> None:
        if self._typing.isActive():
            self._typing.stop()
            self._begin_search()
            return
        self._search.step(by)
        self._show_found(reveal=True)

    def _show_found(self, *, reveal: bool = False) -> None:
        self.found.setText(self._search.words())
        self.pages.show_hits(self._search.hits, self._search.chosen)
        if reveal and self._search.chosen is not None:
            page, number = self._search.chosen
            self.pages.reveal(page, self._search.hits[page][number])

    # drawing

    def _pump(self) -> None:
        """Have the next thing done; when it is, the one after."""
        pages = self._pages
        if self._is_busy or pages is None:
            return
        if (wanted := self.pages.missing()) is not None:
            page, scale = wanted
            self._run(
                lambda: pages.draw(page, scale), lambda drawn: self.pages.give(page, scale, drawn)
            )
        elif (wanted := self.thumbs.missing()) is not None:
            small, size = wanted
            self._run(lambda: pages.draw(small, size), lambda drawn: self.thumbs.give(small, drawn))
        elif (unread := self._search.next_page()) is not None:
            words = self._search.wanted
            self._run(
                lambda: pages.find(unread, words), lambda hits: self._take(unread, words, hits)
            )

    def _run(self, job: Callable[[], T], give: Callable[[T | None], None]) -> None:
        pages = self._pages
        self._is_busy = True

        def arrived(result: T | None) -> None:
            self._is_busy = False
            if pages is self._pages:
                give(result)
            self._pump()

        def failed(error: ThiduaError) -> None:
            if pages is self._pages and not isinstance(error, StoppedError):
                self.broken.emit(error)
            arrived(None)

        self._drawer.run(job, owner=self, done=arrived, failed=failed)

    def _take(self, page: int, words: str, hits: Sequence[Hit] | None) -> None:
        before = self._search.chosen
        self._search.give(page, words, tuple(hits or ()))
        self._show_found(reveal=before is None)
