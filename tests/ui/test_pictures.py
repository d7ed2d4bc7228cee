"""Pictures are taken without noise, and without deafness."""

from __future__ import annotations

from PySide6.QtCore import QMessageLogContext, QtMsgType

from thidua_desktop.app.pictures import _pass_on


def test_only_what_qt_says_of_every_window_where_there_is_no_screen_is_kept_back() -> None:
    heard: list[str] = []
    for words in ("This plugin does not support propagateSizeHints()", "QPainter::begin: failed"):
        _pass_on(
            lambda _sort, _place, said: heard.append(said),
            QtMsgType.QtWarningMsg,
            QMessageLogContext(),
            words,
        )
    assert heard == ["QPainter::begin: failed"]
