"""The look: colours for light and dark, sizes from one base size, one style sheet made of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from string import Template

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette
from PySide6.QtWidgets import QApplication

FAMILY = "Noto Sans"
SIZES = (10.0, 11.0, 12.5, 14.0)
# Views that would fall back to the system's own font under a style sheet (Windows).
_STUBBORN = (
    "QAbstractItemView",
    "QHeaderView",
    "QMenu",
    "QMenuBar",
    "QMessageBox",
    "QTipLabel",
    "QStatusBar",
    "QToolTip",
    "QToolButton",
)


class Scheme(StrEnum):
    """Light or dark."""

    LIGHT = "light"
    DARK = "dark"


TOKENS: dict[Scheme, dict[str, str]] = {
    Scheme.LIGHT: {
        "bg": "#F6F7F9",
        "surface": "#FFFFFF",
        "alt": "#F1F4F8",
        "text": "#1B2430",
        "muted": "#54606F",
        "border": "#D5DBE3",
        "inputborder": "#7C8896",
        "accent": "#1D5B9E",
        "onaccent": "#FFFFFF",
        "accentbg": "#E3EDF8",
        "accenttext": "#174A82",
        "ok": "#1E6B3A",
        "okbg": "#E2F3E7",
        "warn": "#8A4B00",
        "warnbg": "#FDF0DC",
        "err": "#B3261E",
        "errbg": "#FCE8E6",
        "progress": "#8CCBBF",
        "practice": "#6B2FA0",
        "onpractice": "#FFFFFF",
        "chart1": "#1D5B9E",
        "chart2": "#2E8B7A",
        "chart3": "#C77700",
        "chart4": "#87919E",
    },
    Scheme.DARK: {
        "bg": "#15191F",
        "surface": "#1D232B",
        "alt": "#242C36",
        "text": "#E8ECF1",
        "muted": "#A7B2BF",
        "border": "#36404D",
        "inputborder": "#7E8B9B",
        "accent": "#7DB3EE",
        "onaccent": "#0B1B2C",
        "accentbg": "#21374F",
        "accenttext": "#A9CDF5",
        "ok": "#7FD39A",
        "okbg": "#1B3426",
        "warn": "#F0B65C",
        "warnbg": "#3A2B12",
        "err": "#FF9A91",
        "errbg": "#44201D",
        "progress": "#2A6E60",
        "practice": "#C9A2F0",
        "onpractice": "#1F0F2E",
        "chart1": "#7DB3EE",
        "chart2": "#63C2AE",
        "chart3": "#F0B65C",
        "chart4": "#7E8B9B",
    },
}


@dataclass(frozen=True, slots=True)
class Look:
    """A scheme and a base size in points; everything else follows."""

    resources: Path
    scheme: Scheme = Scheme.LIGHT
    base: float = SIZES[0]

    def colour(self, token: str) -> QColor:
        """Return a colour by its token."""
        return QColor(TOKENS[self.scheme][token])

    def icon(self, name: str) -> QIcon:
        """Return an icon by its name."""
        return QIcon(str(self.resources / "icons" / f"{name}.svg"))

    def style_sheet(self) -> str:
        """Return the style sheet with colours and sizes in it."""
        text = (self.resources / "style" / "app.qss").read_text("utf-8")
        base = self.base
        sizes = {
            "caption": base - 1,
            "heading": base * 1.25,
            "title": base * 1.8,
            "number": base * 2.2,
            "line": round(base * 2),  # pixels of a line of letters, marks above and below
        }
        images = {
            name: (self.resources / "icons" / f"{file}.svg").as_posix()
            for name, file in (
                ("arrow", "arrow-down"),
                ("up", "arrow-up"),
                ("check", "check"),
            )
        }
        said = {name: f"{size:g}" for name, size in sizes.items()} | images
        return Template(text).substitute(TOKENS[self.scheme] | said)


ICON_SIZE = QSize(18, 18)


def application_of(program: Sequence[str]) -> QApplication:
    """Make the application, drawn alike on every system.

    The style is named as an argument: handed over as an object, all its names would be made known
    to Python, which nothing needs before first paint.
    """
    return QApplication([*program, "-style", "Fusion"])


def load_fonts(look: Look) -> None:
    """Make the shipped font known to the application."""
    for weight in ("Regular", "Bold"):
        path = look.resources / "fonts" / f"NotoSans-{weight}.ttf"
        QFontDatabase.addApplicationFont(str(path))


def apply(application: QApplication, look: Look) -> None:
    """Give the whole application this look."""
    set_letters(application, look)
    dress(application, look)


def set_letters(application: QApplication, look: Look) -> None:
    """Give the application the colours and the letters of a look."""
    application.setPalette(_palette(look))
    font = QFont(FAMILY)
    font.setPointSizeF(look.base)
    application.setFont(font)
    for name in _STUBBORN:
        application.setFont(font, name)  # type: ignore[arg-type] # it takes a text


def dress(application: QApplication, look: Look) -> None:
    """Lay the style sheet over it.

    What is put into its place under a style sheet has it laid over once more, with all that it
    holds. So what is large is made first.
    """
    application.setStyleSheet(look.style_sheet())


def _palette(look: Look) -> QPalette:
    roles = {
        QPalette.ColorRole.Window: "bg",
        QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "alt",
        QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.PlaceholderText: "muted",
        QPalette.ColorRole.Highlight: "accent",
        QPalette.ColorRole.HighlightedText: "onaccent",
        QPalette.ColorRole.ToolTipBase: "surface",
        QPalette.ColorRole.ToolTipText: "text",
        QPalette.ColorRole.Link: "accenttext",
    }
    palette = QPalette()
    for role, token in roles.items():
        palette.setColor(role, look.colour(token))
    return palette
