"""Frames: the head of a page, cards, banners, the word for an empty place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.ui.widgets.labels import Chip, Text, restyle

_PASSES = 3  # of laying out: lines in lists in scrolled pages
_ROUND_ABOUT = 60  # what also stays in sight above and below, in pixels


class PageHead(QWidget):
    """The title of a page, what it is about, and its actions; the last one is the primary."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Text(title, role="title")
        self.about = Text(role="muted")
        self._actions = QWidget()
        self._layout = QHBoxLayout(self._actions)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._layout.addStretch(1)
        self._layout.addWidget(self.about)
        self._rows = QGridLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        self._rows.setColumnStretch(1, 1)
        self._rows.addWidget(self.title, 0, 0)
        self._rows.addWidget(self._actions, 0, 1)

    def minimumSizeHint(self) -> QSize:
        """Return what title and actions need below each other: so narrow a window may be."""
        title, actions = self.title.minimumSizeHint(), self._actions.minimumSizeHint()
        whole = super().minimumSizeHint()
        return QSize(max(title.width(), actions.width()), whole.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the actions below the title where both do not stand side by side."""
        super().resizeEvent(event)
        wanted = self.title.sizeHint().width() + 8 + self._actions.minimumSizeHint().width()
        self._rows.removeWidget(self._actions)
        if wanted > event.size().width():
            self._rows.addWidget(self._actions, 1, 0, 1, 2)
        else:
            self._rows.addWidget(self._actions, 0, 1)

    def add_action(
        self, words: str, job: Callable[[], None], *, primary: bool = False, name: str = ""
    ) -> QPushButton:
        """Add a button."""
        button = button_of(words, job, primary=primary)
        button.setObjectName(name)
        self._layout.addWidget(button)
        return button

    def add_widget(self, widget: QWidget, *, stretch: int = 0) -> None:
        """Add a widget among the actions; with a stretch it takes that share of free room."""
        self._layout.addWidget(widget, stretch)


def button_of(
    words: str, job: Callable[[], None], *, primary: bool = False, quiet: bool = False
) -> QPushButton:
    """Return a button that does a job."""
    button = QPushButton(words)
    if primary:
        button.setProperty("primary", "1")
    if quiet:
        button.setProperty("quiet", "1")
    button.clicked.connect(job)
    return button


class Card(QFrame):
    """A white card with a heading; `body` is where things go."""

    def __init__(self, heading: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "1")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 14, 16, 14)
        self.body.setSpacing(8)
        if heading:
            self.body.addWidget(Text(heading, role="heading"))


class NumberCard(QFrame):
    """A number that matters, what it counts, and a click to where it is dealt with."""

    clicked = Signal()

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "1")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._words = words
        self._number = Text("–", role="number")
        self._chip = Chip()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 12)
        layout.setSpacing(2)
        row = QHBoxLayout()
        row.addWidget(self._number)
        row.addStretch(1)
        row.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(row)
        layout.addWidget(Text(words, wrap=True))

    def show_number(self, number: int, status: str = "", kind: str = "plain") -> None:
        """Show a number, and a status where it wants something of the reader."""
        self._number.setText(str(number))
        self._chip.show_status(status, kind)
        self.setProperty("card", kind if kind in {"err", "warn", "ok"} and status else "1")
        self.setAccessibleName(f"{self._words}: {number}. {status}")
        restyle(self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go where the number is dealt with."""
        self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do by key what a click does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.clicked.emit()
        else:
            super().keyPressEvent(event)


class Banner(QFrame):
    """Words that stand over a page until they no longer hold."""

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("banner", kind)
        self._heading = Text(role="strong", wrap=True)
        self._words = Text(wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(2)
        layout.addWidget(self._heading)
        layout.addWidget(self._words)
        self.hide()

    def show_words(self, heading: str, words: str) -> None:
        """Show the banner; without words it is not there."""
        self._heading.setText(heading)
        self._heading.setVisible(bool(heading))
        self._words.setText(words)
        self.setVisible(bool(words))


class EmptyPlace(QWidget):
    """What stands where a list is empty: what would be here, and how it comes here."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        self._label = Text(words, role="muted", wrap=True)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addStretch(1)
        layout.addWidget(self._label)
        layout.addStretch(2)

    def show_words(self, words: str) -> None:
        """Say something else."""
        self._label.setText(words)


def panes(*widgets: QWidget, widths: Sequence[int]) -> QSplitter:
    """Return panes side by side that a person can widen; `widths` are where they begin."""
    splitter = QSplitter()
    splitter.setHandleWidth(12)
    splitter.setChildrenCollapsible(False)
    for place, widget in enumerate(widgets):
        splitter.addWidget(widget)
        splitter.setStretchFactor(place, widths[place])
    splitter.setSizes(list(widths))
    return splitter


def on_top(*widgets: QWidget) -> QWidget:
    """Return widgets one below the other, at the top of their place."""
    whole = QWidget()
    layout = QVBoxLayout(whole)
    layout.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    return whole


def under_tabs(first: QWidget, *others: QWidget) -> QWidget:
    """Return widgets below one another with some room to the tabs above; the first one grows."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 8, 0, 0)
    column.addWidget(first, 1)
    for other in others:
        column.addWidget(other)
    return whole


class _AsWide(QScrollArea):
    """Scrolls up and down, and is never narrower than what it holds."""

    def minimumSizeHint(self) -> QSize:
        """Return the width of what scrolls, with the bar where there is one."""
        held = self.widget()
        wanted = held.minimumSizeHint() if held is not None else QSize()
        has_bar = wanted.height() > self.height()
        bar = self.verticalScrollBar().sizeHint().width() if has_bar else 0
        return QSize(max(wanted.width(), 0) + bar, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room for the bar, or take it back."""
        super().resizeEvent(event)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return as much room as it wants, at least its width."""
        return super().sizeHint().expandedTo(self.minimumSizeHint())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for another width when what scrolls does: the library would not."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


def scrolled_as_wide(widget: QWidget) -> QScrollArea:
    """Return a widget that scrolls up and down and is seen in its whole width."""
    return _in_scroll(_AsWide(), widget)


def scrolled(widget: QWidget) -> QScrollArea:
    """Return a widget that scrolls up and down where it is higher than its place."""
    return _in_scroll(QScrollArea(), widget)


def _in_scroll(scroll: QScrollArea, widget: QWidget) -> QScrollArea:
    scroll.setWidgetResizable(True)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(widget)
    return scroll


def reveal(widget: QWidget) -> None:
    """Scroll whatever a widget lies in until it can be seen; lines that have just come are shown a
    turn later, and have their room only then.
    """
    _bring_into_sight(widget)
    QTimer.singleShot(0, widget, partial(_bring_into_sight, widget))


def _bring_into_sight(widget: QWidget) -> None:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    if isinstance(parent, QScrollArea):
        for _ in range(_PASSES):  # what has just come must have its room before
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        aside = parent.horizontalScrollBar().value()
        parent.ensureWidgetVisible(widget, 0, _ROUND_ABOUT)
        parent.horizontalScrollBar().setValue(aside)
