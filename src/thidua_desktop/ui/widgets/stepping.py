"""The next row and the one before, in whatever list or tree a page shows."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QPushButton,
    QTreeView,
    QWidget,
)

from thidua_desktop.ui.widgets.frames import NumberCard


def step_in(page: QWidget, by: int) -> None:
    """Go on in the list one is in, else in the first one in sight; a page without a list is gone
    through from door to door: what can be opened there.
    """
    seen = [one for one in page.findChildren(QAbstractItemView) if _has_rows(one)]
    seen.sort(key=lambda one: (one.mapTo(page, QPoint()).y(), one.mapTo(page, QPoint()).x()))
    focus = page.window().focusWidget()
    near = [one for one in seen if one is focus]
    found = next(iter([*near, *seen]), None)
    if found is not None:
        step_view(found, by)
    else:
        _step_doors(page, focus, by)


def step_view(view: QAbstractItemView, by: int) -> None:
    """Choose the next row that is in sight, or the one before; at an end it stays."""
    index, model = view.currentIndex(), view.model()
    if not index.isValid():
        wanted = model.index(0, 0)
    elif isinstance(view, QTreeView):
        wanted = view.indexBelow(index) if by > 0 else view.indexAbove(index)
    else:
        wanted = index.siblingAtRow(index.row() + by)
    if wanted.isValid():
        view.setCurrentIndex(wanted)


def _has_rows(view: QAbstractItemView) -> bool:
    return (
        view.isVisible()
        and not isinstance(view, QHeaderView)
        and view.model() is not None
        and view.model().rowCount() > 0
    )


def _step_doors(page: QWidget, focus: QWidget | None, by: int) -> None:
    doors: list[QWidget] = []
    widget = page.nextInFocusChain()
    while widget is not None and widget is not page:
        is_here = page.isAncestorOf(widget) and widget.isVisible() and widget.isEnabled()
        if is_here and isinstance(widget, QPushButton | NumberCard):
            doors.append(widget)
        widget = widget.nextInFocusChain()
    if doors:
        place = doors.index(focus) + by if focus in doors else (0 if by > 0 else len(doors) - 1)
        doors[min(max(place, 0), len(doors) - 1)].setFocus()
