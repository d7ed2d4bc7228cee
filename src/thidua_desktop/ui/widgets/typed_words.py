"""Whether words stand in a widget that a person typed there and that nothing has kept yet."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

_PASSING = "passing"


def let_pass(line: QLineEdit) -> None:
    """Note that nobody would miss what is typed here: it only finds, tries or proves something."""
    line.setProperty(_PASSING, "1")


def has_typed(widget: QWidget) -> bool:
    """Tell whether a person typed something in here that is still there.

    Qt notes it by itself: a text that the program puts into a field is not a modified one.
    """
    lines = (one for one in widget.findChildren(QLineEdit) if not one.property(_PASSING))
    return any(one.isModified() and one.text().strip() for one in lines) or any(
        one.document().isModified() and one.toPlainText().strip()
        for one in widget.findChildren(QPlainTextEdit)
    )
