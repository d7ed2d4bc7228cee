"""Templates (mẫu văn bản): texts with places to fill in, `{hình thức}`; `{{` and `}}` are braces.

A place is a name and nothing else: no parts of values, no formats. What is filled in is never read
as a template again.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from thidua_desktop.domain.text import clean, fold

_PIECE = re.compile(
    r"(?P<open>\{\{)|(?P<close>\}\})|\{(?P<name>[^{}\n]*)\}|(?P<stray>[{}])|(?P<words>[^{}]+)"
)
_AS_MUCH = 24  # letters of a place that was not closed, to find it by


@dataclass(frozen=True, slots=True)
class Slot:
    """A place to fill in (chỗ điền): what the program calls it, what people write and read."""

    name: str
    label: str


class FaultKind(StrEnum):
    """What may be wrong in a template."""

    UNKNOWN = "unknown"
    UNCLOSED = "unclosed"
    UNOPENED = "unopened"


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """One wrong place of a template: `words` as they stand there."""

    kind: FaultKind
    words: str


def faults_of(template: str, slots: Collection[Slot]) -> tuple[TemplateFault, ...]:
    """Return what is wrong in a template, in the order of the text; each thing once.

    >>> faults_of("tặng {hình thức} cho {ai}", [Slot("award_name", "hình thức")])
    (TemplateFault(kind=<FaultKind.UNKNOWN: 'unknown'>, words='{ai}'),)
    """
    known = _by_name(slots)
    return tuple(dict.fromkeys(_faults(template, known)))


def filled_in(template: str, slots: Collection[Slot], values: Mapping[str, str]) -> str:
    """Return the text with the values of its places, by their names. The template has no fault.

    >>> filled_in("{{{hình thức}}}", [Slot("award_name", "hình thức")], {"award_name": "{x}"})
    '{{x}}'
    """
    known = _by_name(slots)

    def words(piece: re.Match[str]) -> str:
        if piece["open"] or piece["close"]:
            return piece[0][0]
        if piece["name"] is not None:
            return values[known[_key(piece["name"])].name]
        return piece[0]

    return "".join(map(words, _PIECE.finditer(template)))


def literal(words: str) -> str:
    """Return the template that says just these words."""
    return words.replace("{", "{{").replace("}", "}}")


def _faults(template: str, known: Mapping[str, Slot]) -> Iterator[TemplateFault]:
    for piece in _PIECE.finditer(template):
        if piece["stray"] == "{":
            line = template[piece.start() :].partition("\n")[0]
            yield TemplateFault(FaultKind.UNCLOSED, line[:_AS_MUCH])
        elif piece["stray"]:
            line = template[: piece.end()].rpartition("\n")[2]
            yield TemplateFault(FaultKind.UNOPENED, line[-_AS_MUCH:])
        elif piece["name"] is not None and _key(piece["name"]) not in known:
            yield TemplateFault(FaultKind.UNKNOWN, piece[0])


def _by_name(slots: Collection[Slot]) -> dict[str, Slot]:
    return {_key(called): slot for slot in slots for called in (slot.name, slot.label)}


def _key(name: str) -> str:
    return fold(clean(name))
