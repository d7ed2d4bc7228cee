"""Words of a paper that say free text of a record, and say which: so that they can come back.

A `Told` is a text like any other, and equal to one; where it is put together by `joined` it keeps
what it tells of. Free text is what a field declares to have lines: what a person writes in
sentences, not names, numbers or titles.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self
from uuid import UUID

from thidua_desktop.domain.records import FieldType, Record, kind_name, kind_spec


@dataclass(frozen=True, slots=True)
class Source:
    """A field of a record. `is_part`: a paper says it shortened, so that it cannot come back."""

    kind: str
    id: UUID
    field: str
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """Where in a text the words of a field stand."""

    start: int
    end: int
    source: Source


class Told(str):
    """A text that says free text of records; `spans` are in order and apart from each other."""

    __slots__ = ("spans",)

    spans: tuple[Span, ...]

    def __new__(cls, words: str, spans: Iterable[Span]) -> Self:
        """Return the words with where they are from."""
        made = super().__new__(cls, words)
        made.spans = tuple(spans)
        return made

    def __getnewargs__(self) -> tuple[str, tuple[Span, ...]]:  # type: ignore[override]
        """Return what makes it anew in another process."""
        return str(self), self.spans


def is_free_text(kind: type[Record], field: str) -> bool:
    """Tell whether a field holds what a person writes in sentences."""
    spec = kind_spec(kind).field(field)
    return spec.type is FieldType.TEXT and spec.lines


def told(words: str, record: Record, field: str) -> str:
    """Return words as the free text of this field of this record."""
    return told_of(words, Source(kind_name(type(record)), record.id, field))


def told_of(words: str, source: Source) -> str:
    """Return words as those of this field; words that say nothing are nobody's."""
    return Told(words, (Span(0, len(words), source),)) if words else words


def spans_of(words: str) -> tuple[Span, ...]:
    """Return what of a text is free text of records."""
    return words.spans if isinstance(words, Told) else ()


def source_of(words: str) -> Source | None:
    """Return whose free text the whole of a text is; None where it is not, or not the whole."""
    spans = spans_of(words)
    if len(spans) == 1 and (spans[0].start, spans[0].end) == (0, len(words)):
        return spans[0].source
    return None


def joined(*parts: str) -> str:
    """Return texts put together, each part of a record's field still known as such.

    >>> said = joined("- ", Told("Hiến đất", [Span(0, 8, Source("evidence", UUID(int=1), "x"))]))
    >>> said, spans_of(said)[0].start
    ('- Hiến đất', 2)
    """
    words = "".join(parts)
    spans: list[Span] = []
    start = 0
    for part in parts:
        spans += [
            replace(one, start=start + one.start, end=start + one.end) for one in spans_of(part)
        ]
        start += len(part)
    return Told(words, spans) if spans else words


def said_as(words: str, shown: str, *, is_part: bool = False) -> str:
    """Return what is shown of words, as the same field's where they are one field's as a whole."""
    if shown == words and not is_part:
        return words
    source = source_of(words)
    return told_of(shown, replace(source, is_part=is_part)) if source else shown


def in_line(record: Record, field: str, *, ends: str = ".;:") -> str:
    """Return the free text of a field in one line, without the signs at its end."""
    words = " ".join(str(getattr(record, field)).split())
    return told(words.rstrip(ends) if ends else words, record, field)


def told_lines(record: Record, field: str) -> tuple[str, ...]:
    """Return the free text of a field line by line; blank lines go."""
    lines = str(getattr(record, field)).splitlines()
    return tuple(told(line, record, field) for line in lines if line.strip())


def labelled_lines(label: str, record: Record, field: str) -> tuple[str, ...]:
    """Return the free text of a field line by line, each with a label; one of several is a part."""
    lines = told_lines(record, field)
    shown = (said_as(line, str(line), is_part=len(lines) > 1) for line in lines)
    return tuple(joined(label, line) for line in shown)
