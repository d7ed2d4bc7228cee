"""Whether what a window shows has its room: words that are cut, widgets that lie on each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLayout,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSpinBox,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QTableView,
    QTabWidget,
    QToolButton,
    QTreeView,
    QWidget,
)

from thidua_desktop.ui.widgets.choice import Choice

_SLACK = 1  # a pixel lost in rounding is not seen
_INSIDE = 18  # frame and padding of a field, left and right
_AROUND = 4  # of a heading
_SHOWN = 60
_SHORT = 12  # letters of a choice that must be seen whole
_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


def faults(root: QWidget) -> list[str]:
    """Return what has too little room in a window or dialog, in words that name it."""
    widgets = [one for one in (root, *root.findChildren(QWidget)) if one.isVisible()]
    found = [fault for widget in widgets for fault in _cut(widget)]
    for widget in widgets:
        found += _overlapping(widget)
        found += _sticking_out(widget)
    return sorted(set(found))


def too_large(window: QWidget, screen: tuple[int, int]) -> list[str]:
    """Tell when a window is larger than the screen that it is to stand on."""
    return ["quá lớn"] if window.width() > screen[0] or window.height() > screen[1] else []


def nameless(root: QWidget) -> list[str]:
    """Return what the keys reach in a window and a screen reader has no word for."""
    silent = (
        one
        for one in root.findChildren(QWidget)
        if one.isVisible()
        and not isinstance(one, QScrollArea | QTabWidget)
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    )
    return sorted({_path(one) for one in silent if not _is_read(one)})


def _is_read(widget: QWidget) -> bool:
    """Tell whether a reader says something: a name, or what a tab, a button, a text shows."""
    seen = QAccessible.queryAccessibleInterface(widget)
    return bool(seen and seen.text(QAccessible.Text.Name).strip())


def _path(widget: QWidget) -> str:
    parent = widget.parentWidget()
    return f"{type(widget).__name__} in {type(parent).__name__}"


def _cut(widget: QWidget) -> Iterator[str]:
    for kind, measure in _MEASURES:
        if isinstance(widget, kind):
            if short := measure(widget):
                yield f"{type(widget).__name__}: {short}"
            return


def _label(label: QLabel) -> str:
    text = label.text()
    if not text:
        return ""
    if label.wordWrap():
        wanted = label.heightForWidth(label.width())
        return _said(text) if wanted > label.height() + _SLACK else ""
    metrics = QFontMetrics(label.font())
    wanted = max(metrics.horizontalAdvance(line) for line in text.split("\n"))
    return _said(text) if wanted > label.contentsRect().width() + _SLACK else ""


def _button(button: QAbstractButton) -> str:
    if isinstance(button, QToolButton) and "Text" not in button.toolButtonStyle().name:
        return ""
    wanted = button.sizeHint() if isinstance(button, QToolButton) else button.minimumSizeHint()
    is_cut = button.width() + _SLACK < wanted.width() or button.height() + _SLACK < wanted.height()
    return _said(button.text()) if button.text() and is_cut else ""


def _line(line: QLineEdit) -> str:
    room = line.width() - _INSIDE
    hint = line.placeholderText()
    letters = QFontMetrics(line.font()).height()
    if line.height() + _SLACK < max(line.minimumSizeHint().height(), letters):
        return _said(line.accessibleName() or hint)
    if line.text() or line.toolTip():  # a hint that gives way is said in the tooltip too
        return ""
    is_cut = QFontMetrics(line.font()).horizontalAdvance(hint) > room + _SLACK
    return _said(hint) if is_cut else ""


def _number(box: QSpinBox) -> str:
    line = box.lineEdit()
    room = line.contentsRect().width()
    is_cut = QFontMetrics(box.font()).horizontalAdvance(box.text()) > room + _SLACK
    return _said(box.text()) if is_cut else ""


def _several(text: QAbstractScrollArea) -> str:
    """Return what has not even room for a line of letters."""
    is_cut = text.viewport().height() + _SLACK < QFontMetrics(text.font()).height()
    return _said(text.accessibleName()) if is_cut else ""


def _choice(box: QComboBox) -> str:
    # A choice ends long words in … itself, and says the whole in its tooltip.
    if isinstance(box, Choice) and len(box.currentText()) > _SHORT:
        return ""
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    field = box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, box)
    wanted = QFontMetrics(box.font()).horizontalAdvance(box.currentText())
    return _said(box.currentText()) if wanted > field.width() + _SLACK else ""


def _tabs(bar: QTabBar) -> str:
    metrics = QFontMetrics(bar.font())
    for place in (one for one in range(bar.count()) if bar.isTabVisible(one)):
        room = bar.tabRect(place)
        is_cut = metrics.horizontalAdvance(bar.tabText(place)) > room.width() + _SLACK
        if is_cut or room.right() > bar.width() + _SLACK:  # behind the arrows at the end
            return _said(bar.tabText(place))
    return ""


def _header(header: QHeaderView) -> str:
    """Return a heading that has not its room; where it may break, its longest word."""
    metrics, model = QFontMetrics(header.font()), header.model()
    breaks = bool(header.defaultAlignment() & Qt.TextFlag.TextWordWrap)
    for place in range(header.count()):
        text = str(model.headerData(place, header.orientation()) or "")
        parts = text.split() if breaks else text.split("\n")
        wanted = max((metrics.horizontalAdvance(part) for part in parts), default=0)
        if header.orientation() is Qt.Orientation.Vertical:
            wanted = metrics.height() if text else 0
        if not header.isSectionHidden(place) and wanted + _AROUND > header.sectionSize(place):
            return _said(text)
    return ""


def _scrolled(area: QScrollArea) -> str:
    inside = area.widget()
    if inside is None or area.horizontalScrollBar().isVisible():
        return ""
    too_wide = inside.width() > area.viewport().width() + _SLACK
    return _said(f"bên trong rộng {inside.width()}") if too_wide else ""


_MEASURES: tuple[tuple[type[QWidget] | tuple[type[QWidget], ...], Callable[..., str]], ...] = (
    (QLabel, _label),
    ((QPushButton, QToolButton, QCheckBox, QRadioButton), _button),
    (QSpinBox, _number),
    (QLineEdit, _line),
    (QComboBox, _choice),
    (QTabBar, _tabs),
    (QHeaderView, _header),
    (QScrollArea, _scrolled),
    ((QPlainTextEdit, QListView, QTableView, QTreeView), _several),
)


def _overlapping(parent: QWidget) -> Iterator[str]:
    if parent.layout() is None:
        return
    for one, other in combinations(_laid_out(parent), 2):
        common = one.geometry().intersected(other.geometry())
        if common.width() > _SLACK and common.height() > _SLACK:
            yield f"đè nhau: {_name(one)} và {_name(other)}"


def _sticking_out(parent: QWidget) -> Iterator[str]:
    if parent.layout() is None:
        return
    room = QRect(QPoint(), parent.size()).adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK)
    for child in _laid_out(parent):
        if not room.contains(child.geometry()):
            yield f"tràn ra ngoài: {_name(child)}"


def _laid_out(parent: QWidget) -> list[QWidget]:
    """Return the children that a layout placed; what floats over others does so on purpose."""
    children = parent.findChildren(QWidget, options=_DIRECT)
    layout = parent.layout()
    return [
        child
        for child in children
        if child.isVisible() and not child.isWindow() and layout and _holds(layout, child)
    ]


def _holds(layout: QLayout, widget: QWidget) -> bool:
    items = (layout.itemAt(place) for place in range(layout.count()))
    parts = [(item.widget(), item.layout()) for item in items if item]
    return any(one is widget or (part and _holds(part, widget)) for one, part in parts)


def _name(widget: QWidget) -> str:
    words = getattr(widget, "text", None)
    said = words() if callable(words) else ""
    return f"{type(widget).__name__} “{_said(said or widget.accessibleName())}”"


def _said(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
