"""When two texts are the same to the eye: what word processors change by themselves is no change.

Composed or decomposed letters, round or straight quotation marks, dashes of any length, blanks of
any kind, marks that nobody sees: a paper that went through Word has all of them.
"""

from __future__ import annotations

import hashlib
import re
from enum import StrEnum

from thidua_desktop.domain.text import clean, visible

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛′´`ʼ", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
        "×": "x",
    }
)
_FOR_THE_PEN = re.compile(r"[.\s]*")
_BEFORE, _AFTER = re.compile(r"^[-+*•◦▪\s]+"), re.compile(r"[.;:,\s]+$")
_DIGITS = 10


def plain(words: str) -> str:
    """Return what is the same for texts that look the same; nothing for dots for the pen.

    >>> plain("“Hiến đất” –  ba\u00a0lần…")
    '"Hiến đất" - ba lần...'
    """
    said = look(words)
    return "" if _FOR_THE_PEN.fullmatch(said) else said


def look(words: str) -> str:
    """Return what is the same for words that look the same."""
    return clean(visible(words)).translate(_SIGNS)


def bare(line: str) -> str:
    """Return a line without the signs that a list puts around it.

    >>> bare("- Như trên;")
    'Như trên'
    """
    return _AFTER.sub("", _BEFORE.sub("", line.strip().lstrip("-–—")))


class Setting(StrEnum):
    """How a paper sets a passage: by itself, by itself with the signs of a list, inside a line."""

    ALONE = "p"
    LISTED = "l"
    INSIDE = "i"


def same(text: str, setting: Setting) -> str:
    r"""Return what is equal for passages that say the same where they are set so.

    >>> same("Hiến đất\n\nba lần.", Setting.ALONE), same("hiến đất\nba lần", Setting.INSIDE)
    ('Hiến đất\nba lần.', 'Hiến đất ba lần')
    """
    if setting is Setting.INSIDE:
        said = _AFTER.sub("", plain(" ".join(text.split())))
        return f"{said[:1].upper()}{said[1:]}"
    lines = map(bare, text.splitlines()) if setting is Setting.LISTED else text.splitlines()
    return "\n".join(said for line in lines if (said := plain(line)))


def digest(words: str) -> str:
    """Return by what words are known again without saying them."""
    return hashlib.sha256(words.encode()).hexdigest()[:_DIGITS]
