"""The index of everything that can be looked up: in memory, so that each key press is answered.

Rows are the records, kind by kind, in the order of Vietnamese lists. An index is made on a worker
(`services.search.make_index`) and then belongs to one thread, the one that asks.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from operator import and_, or_
from typing import overload
from uuid import UUID

from thidua_desktop.domain.search_words import Word, initials_of, with_one_typo, word_of, words_of
from thidua_desktop.domain.text import clean, name_key, sort_key, with_i
from thidua_desktop.services.search_postings import Postings, rows_in

_ID_BYTES = 16
_WEIGHED = 200  # hits that are compared one by one; of more, the best classes are taken


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as it is found: by its title, less well by what `also` says, shown with `detail`."""

    kind: str
    id: UUID
    title: str
    detail: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found, and what to show of it."""

    kind: str
    id: UUID
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class Found:
    """The best hits, best first, and how many there are in all."""

    hits: tuple[Hit, ...] = ()
    total: int = 0


class Ids(Sequence[UUID]):
    """Ids of records in the order of their list; each is made when it is asked for."""

    def __init__(self, ids: bytearray, rows: Sequence[int]) -> None:
        self._ids = ids
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    def joined(self) -> bytes:
        """Return all of them, 16 bytes each."""
        held = bytes(self._ids)
        starts = (row * _ID_BYTES for row in self._rows)
        return b"".join([held[start : start + _ID_BYTES] for start in starts])

    @overload
    def __getitem__(self, place: int) -> UUID: ...
    @overload
    def __getitem__(self, place: slice) -> Ids: ...
    def __getitem__(self, place: int | slice) -> UUID | Ids:
        if isinstance(place, slice):
            return Ids(self._ids, self._rows[place])
        start = self._rows[place] * _ID_BYTES
        return UUID(bytes=bytes(self._ids[start : start + _ID_BYTES]))


class SearchIndex:
    """Finds records by what is typed.

    * `find(text, kinds=("person",), limit=20)` gives the best hits, best first: for the palette
      and for fields that name a record.
    * `ids("person", text)` gives every hit in the order of lists (persons by given name), for the
      filter of a list; without a text, all of the kind.
    * `update(entries, gone)` takes in records that were written or are gone.

    Every word typed must be the beginning of a word of the record, of its initials, or of what
    else it is known by; when nothing is found, one letter may be wrong. Unmarked finds marked;
    marks that were typed come first.
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._kinds: list[str] = []
        self._kind_rows: dict[str, int] = {}
        self._kind_of = array("B")
        self._ids = bytearray()
        self._texts, self._plain = _Texts(), _Texts()
        self._alive = 0
        self._names, self._last, self._also, self._initials = (Postings() for _ in range(4))
        given = list(entries)
        places = {kind: place for place, kind in enumerate(dict.fromkeys(e.kind for e in given))}
        ordered = sorted(given, key=lambda entry: (places[entry.kind], _list_key(entry)))
        self._sorted_rows = len(ordered)
        for entry in ordered:
            self._enter(entry)
        for postings in (self._names, self._last, self._also, self._initials):
            postings.settle()
        self._alive = (1 << len(ordered)) - 1
        start = 0
        for kind, several in groupby(ordered, key=lambda entry: entry.kind):
            end = start + sum(1 for _ in several)
            self._kind_rows[kind] = (1 << end) - (1 << start)
            start = end

    def __len__(self) -> int:
        return self._alive.bit_count()

    def find(
        self, text: str, *, kinds: Collection[str] = (), limit: int = 20, forgiving: bool = True
    ) -> Found:
        """Return the best hits among these kinds, or among all; `forgiving` of one wrong letter."""
        typed = words_of(text)
        if not typed:
            return Found()
        within = self._within(kinds)
        classes = self._classes(typed, within, forgiving=forgiving)
        rows: dict[int, int] = {}
        for rank, bits in enumerate(classes):
            for row in rows_in(bits):
                if len(rows) >= _WEIGHED:
                    break
                rows.setdefault(row, rank)
        wanted = " ".join(word.plain for word in typed)
        best = sorted(rows, key=lambda row: (rows[row], *self._weight(row, wanted), row))
        total = reduce(or_, classes, 0).bit_count()
        return Found(tuple(self._hit(row) for row in best[:limit]), total)

    def ids(self, kind: str, text: str = "") -> Ids:
        """Return every record of a kind that fits the text, in the order of its list."""
        within = self._within((kind,))
        if typed := words_of(text):
            within = reduce(or_, self._classes(typed, within, forgiving=True))
        return Ids(self._ids, self._in_order(kind, within))

    def update(self, entries: Iterable[Entry], gone: Iterable[UUID] = ()) -> None:
        """Take in records that were written, in place of what they were, and drop others."""
        for entry in entries:
            self._drop(entry.id)
            bit = 1 << len(self._kind_of)
            self._enter(entry)
            self._alive |= bit
            self._kind_rows[entry.kind] = self._kind_rows.get(entry.kind, 0) | bit
        for record_id in gone:
            self._drop(record_id)

    def forget(self) -> None:
        """Forget what was asked before, as if the next key press were the first."""
        for postings in (self._names, self._last, self._also, self._initials):
            postings.forget()

    def _enter(self, entry: Entry) -> None:
        row = len(self._kind_of)
        if entry.kind not in self._kinds:
            self._kinds.append(entry.kind)
        self._kind_of.append(self._kinds.index(entry.kind))
        self._ids += entry.id.bytes
        title = clean(entry.title)
        words = words_of(title)
        self._texts.add(f"{title}\n{clean(entry.detail)}")
        self._plain.add(" ".join(word.plain for word in words))
        self._names.add(row, words)
        self._last.add(row, words[-1:])
        self._also.add(row, (word for text in entry.also for word in words_of(text)))
        letters = initials_of(words)
        tails = (letters[start:] for start in range(len(letters) - 1))
        self._initials.add(row, map(word_of, tails))

    def _drop(self, record_id: UUID) -> None:
        row = self._row_of(record_id)
        if row is not None:
            self._alive &= ~(1 << row)

    def _row_of(self, record_id: UUID) -> int | None:
        """Return the row of a record as it is now; older ones of it are dead."""
        place = len(self._ids)
        while (place := self._ids.rfind(record_id.bytes, 0, place + _ID_BYTES - 1)) >= 0:
            row, rest = divmod(place, _ID_BYTES)
            if rest == 0 and self._alive >> row & 1:
                return row
        return None

    def _within(self, kinds: Collection[str]) -> int:
        if not kinds:
            return self._alive
        rows = (self._kind_rows.get(kind, 0) for kind in kinds)
        return self._alive & reduce(or_, rows, 0)

    def _classes(self, typed: Sequence[Word], within: int, *, forgiving: bool) -> list[int]:
        """Return sets of rows among these, the best first: a later one fits less well."""
        anywhere = [self._anywhere(word) for word in typed]
        fit = within & reduce(and_, anywhere)
        named = fit & reduce(and_, (self._begun(word) for word in typed))
        whole = named & reduce(and_, (self._names.whole(word.key) for word in typed))
        last = whole & self._last.whole(typed[-1].key)
        classes = [last, whole, named, fit]
        if len(typed) == 1 and typed[0].may_be_initials:
            classes.insert(-1, within & self._initials.whole(typed[0].plain))
        if any(word.has_marks for word in typed):
            classes = [*(bits & self._marked(typed) for bits in classes), *classes]
        if any(classes) or not forgiving:
            return classes
        return self._mistyped(typed, anywhere, within)

    def _begun(self, word: Word) -> int:
        rows = self._names.beginning(word.plain)
        return rows if word.key == word.plain else rows | self._names.whole(word.key)

    def _anywhere(self, word: Word) -> int:
        rows = self._begun(word) | self._also.beginning(word.plain) | self._also.whole(word.key)
        if rows or not word.may_be_initials:
            return rows
        return self._initials.beginning(word.plain)

    def _marked(self, typed: Iterable[Word]) -> int:
        """Return the rows in which every word typed with marks has these marks."""
        return reduce(
            and_,
            (
                self._names.agreeing(word) | self._also.agreeing(word)
                for word in typed
                if word.has_marks
            ),
        )

    def _mistyped(self, typed: Sequence[Word], anywhere: Sequence[int], within: int) -> list[int]:
        """Return the rows found if one letter of one word is wrong: whole words first."""
        found = [0, 0, 0]
        for place, word in enumerate(typed):
            others = reduce(and_, (*anywhere[:place], *anywhere[place + 1 :]), within)
            if not others:
                continue
            near = {with_i(meant) for meant in with_one_typo(word.plain)}
            finds = (self._names.any_whole, self._names.any_beginning, self._also.any_whole)
            for rank, find in enumerate(finds):
                found[rank] |= others & find(near)
        return found

    def _weight(self, row: int, wanted: str) -> tuple[int, int]:
        """Return how far a title is from the words, all of them in order, and how long it is."""
        title = self._plain[row]
        ways: tuple[Callable[[str], bool], ...] = (
            title.__eq__,
            title.endswith,
            title.startswith,
            title.__contains__,
        )
        found = (place for place, fits in enumerate(ways) if fits(wanted))
        return next(found, len(ways)), title.count(" ")

    def _text(self, row: int) -> tuple[str, str]:
        title, _, detail = self._texts[row].partition("\n")
        return title, detail

    def _id(self, row: int) -> UUID:
        return UUID(bytes=bytes(self._ids[row * _ID_BYTES : (row + 1) * _ID_BYTES]))

    def _hit(self, row: int) -> Hit:
        return Hit(self._kinds[self._kind_of[row]], self._id(row), *self._text(row))

    def _in_order(self, kind: str, bits: int) -> array[int]:
        """Return rows in the order of the list; those that came later are put among the others."""
        rows = array("I", rows_in(bits))
        late = bisect_left(rows, self._sorted_rows)
        ordered, added = rows[:late], rows[late:]
        if not added:
            return ordered
        key = name_key if kind in _BY_GIVEN_NAME else sort_key
        for row in added:
            wanted = key(self._text(row)[0])
            place = bisect_left(ordered, wanted, key=lambda one: key(self._text(one)[0]))
            ordered.insert(place, row)
        return ordered


class _Texts:
    """Many short texts in one piece of memory."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("Q", [0])

    def add(self, text: str) -> None:
        self._bytes += text.encode()
        self._ends.append(len(self._bytes))

    def __getitem__(self, place: int) -> str:
        return self._bytes[self._ends[place] : self._ends[place + 1]].decode()


_BY_GIVEN_NAME = {"person", "household"}


def _list_key(entry: Entry) -> tuple[object, ...]:
    return name_key(entry.title) if entry.kind in _BY_GIVEN_NAME else sort_key(entry.title)
