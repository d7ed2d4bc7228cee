from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from thidua_desktop.app.paths import resources
from thidua_desktop.ui.theme import SIZES, TOKENS, Look, Scheme

# ink on ground, and the least contrast that WCAG AA asks for
PAIRS = [
    ("text", "surface", 4.5),
    ("text", "bg", 4.5),
    ("text", "alt", 4.5),
    ("text", "accentbg", 4.5),
    ("text", "progress", 4.5),
    ("muted", "surface", 4.5),
    ("muted", "bg", 4.5),
    ("muted", "alt", 4.5),
    ("onaccent", "accent", 4.5),
    ("accenttext", "accentbg", 4.5),
    ("ok", "okbg", 4.5),
    ("warn", "warnbg", 4.5),
    ("err", "errbg", 4.5),
    ("err", "surface", 4.5),
    ("inputborder", "surface", 3.0),
    ("chart1", "surface", 3.0),
    ("chart2", "surface", 3.0),
    ("chart3", "surface", 3.0),
    ("chart4", "surface", 3.0),
]


def luminance(colour: str) -> float:
    parts = QColor(colour).getRgbF()[:3]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_every_ink_can_be_read_on_its_ground(
    scheme: Scheme, ink: str, ground: str, least: float
) -> None:
    tokens = TOKENS[scheme]
    assert contrast(tokens[ink], tokens[ground]) >= least


def test_a_pale_ink_is_found() -> None:
    assert contrast("#AAAAAA", "#FFFFFF") < 4.5


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize("base", SIZES)
def test_the_style_sheet_names_no_token_that_is_not_there(scheme: Scheme, base: float) -> None:
    sheet = Look(resources(), scheme, base).style_sheet()
    assert "$" not in sheet
