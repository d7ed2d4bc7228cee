"""A line above a list that leaves in it what fits the words typed, marks or not."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from thidua_desktop.ui.widgets.rows import RowList
from thidua_desktop.ui.widgets.typed_words import let_pass


class ListFilter(QLineEdit):
    """Filters one list; Ctrl+F puts the cursor here."""

    def __init__(self, rows: RowList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        let_pass(self)
        self.setAccessibleName(f"Lọc: {rows.accessibleName()}")
        self.setPlaceholderText("Lọc (Ctrl+F)")
        self.setToolTip("Lọc danh sách; không cần dấu")
        self.setClearButtonEnabled(True)
        self.textChanged.connect(rows.filter)

    def begin(self) -> None:
        """Put the cursor here, over what was typed before."""
        self.setFocus()
        self.selectAll()


def filter_in(page: QWidget) -> ListFilter | None:
    """Return the filter that Ctrl+F means: of the list one is in, else the last one in sight."""
    seen = [one for one in page.findChildren(ListFilter) if one.isVisible()]
    focus = page.window().focusWidget()
    near = [one for one in seen if focus is not None and _holds(one.parentWidget(), focus)]
    return next(iter([*near, *reversed(seen)]), None)


def _holds(place: QWidget | None, widget: QWidget) -> bool:
    return place is not None and place.isAncestorOf(widget)
