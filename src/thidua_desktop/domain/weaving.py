"""A passage as it comes back, woven into the text that a record has.

What reads the same stays letter for letter as the record has it: its quotation marks, its lines
where a paper had none, the sign at its end. What was changed is taken as it was typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from thidua_desktop.domain.same_words import Setting, bare, look, same
from thidua_desktop.domain.text import clean

_NEW_LINE = "\n"
_WORDS = re.compile(r"\S+")
_WORDS_AND_LINES = re.compile(r"\n+|[^\s]+")
_END = re.compile(r"[.;:,]+$")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word, by what it is compared, and the blanks before it."""

    said: str
    key: str
    before: str = " "


def woven(original: str, said: str, setting: Setting) -> str:
    r"""Return what a record is to say, so that a paper would print what was said.

    >>> woven("Hiến “đất”\nba lần.", 'Hiến "đất" bốn lần', Setting.INSIDE)
    'Hiến “đất”\nbốn lần.'
    """
    lines = [clean(line) for line in said.splitlines()]
    if setting is Setting.LISTED:
        lines = [bare(line) for line in lines]
    lines = [line for line in lines if line and same(line, Setting.ALONE)]
    if not lines:
        return ""
    is_flat = setting is Setting.INSIDE or (len(lines) == 1 and _is_one(original, setting))
    ours = _words(original, setting, is_flat=is_flat)
    theirs = _words(_NEW_LINE.join(lines), setting, is_flat=is_flat)
    found = "".join(_put_together(ours, theirs))
    if setting is not Setting.ALONE:
        found = _ended_like(original.rstrip(), found)
    if setting is Setting.INSIDE:
        found = _begun_like(original, found)
    plainly = _NEW_LINE.join(lines)
    reads_so = same(found, setting).split() == same(plainly, setting).split()
    return found if reads_so else plainly


def _is_one(original: str, setting: Setting) -> bool:
    """Tell whether a list may have put the lines of a record into one."""
    return setting is Setting.LISTED and len(original.split(_NEW_LINE)) > 1


def _words(text: str, setting: Setting, *, is_flat: bool) -> list[_Word]:
    if is_flat:
        found = list(_WORDS.finditer(text))
        starts = [0, *(one.end() for one in found)]
        words = [
            _Word(one[0], look(one[0]), text[start : one.start()])
            for one, start in zip(found, starts, strict=False)
        ]
        return _without_ends(words, setting)
    made = []
    for one in _WORDS_AND_LINES.finditer(text):
        is_line = one[0].startswith(_NEW_LINE)
        made.append(_Word(one[0], _NEW_LINE if is_line else look(one[0])))
    return _without_ends(made, setting)


def _without_ends(words: list[_Word], setting: Setting) -> list[_Word]:
    """Let the last word of each line be compared without the sign at its end."""
    if setting is Setting.ALONE or not words:
        return words
    ends = {n for n, (_, after) in enumerate(pairwise(words)) if after.key == _NEW_LINE}
    ends.add(len(words) - 1)
    return [
        _Word(one.said, _END.sub("", one.key) or one.key, one.before) if n in ends else one
        for n, one in enumerate(words)
    ]


def _put_together(ours: list[_Word], theirs: list[_Word]) -> list[str]:
    matcher = SequenceMatcher(
        None, [one.key for one in ours], [one.key for one in theirs], autojunk=False
    )
    parts: list[str] = []
    last = -2
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            for place in range(a, b):
                _add(parts, ours[place], ours[place].before if place == last + 1 else None)
                last = place
        else:
            for place in range(c, d):
                is_first = place == c and tag == "replace" and last >= 0
                _add(parts, theirs[place], ours[a].before if is_first else None)
            last = b - 1 if tag != "insert" else last
    return parts


def _add(parts: list[str], word: _Word, before: str | None) -> None:
    if parts and not word.said.startswith(_NEW_LINE) and not parts[-1].endswith(_NEW_LINE):
        parts.append(before or " ")
    parts.append(_NEW_LINE if word.said.startswith(_NEW_LINE) else word.said)


def _ended_like(original: str, said: str) -> str:
    """Give a text the sign at its end that the paper left out."""
    end = _END.search(original)
    return f"{said}{end[0]}" if end and not _END.search(said) else said


def _begun_like(original: str, said: str) -> str:
    """Give a text the capital at its beginning that the paper made small."""
    return f"{said[:1].upper()}{said[1:]}" if original[:1].isupper() else said
