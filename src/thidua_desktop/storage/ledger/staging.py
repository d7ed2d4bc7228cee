"""A bundle's lines on their way in: checked one by one and set down in tables of their own.

Nothing here asks the database what it holds, so it needs no lock and may run in another process.
The chain of an origin goes through its lines in order of number, whatever kinds they are of. At no
time are more lines in memory than a chunk of each section.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from operator import lt
from typing import Any, NamedTuple

from thidua_desktop.domain.bundles import BundleContents, OpRange, OpSection, Rejection
from thidua_desktop.domain.errors import BundleRejectedError
from thidua_desktop.domain.field_values import Stored
from thidua_desktop.domain.kinds import KIND_BY_NAME, fields_of, kind_number
from thidua_desktop.storage.ledger import limits
from thidua_desktop.storage.ledger.chains import STEP
from thidua_desktop.storage.ledger.checking import CheckedLines, LineReader, check_names
from thidua_desktop.storage.ledger.lines import START_HASH, LineError, linked, links
from thidua_desktop.storage.ledger.op_ids import NUMBER_BITS

CHUNK = 1_000
_CHUNK_BYTES = 2**20
_OFFICE_AT = 14  # in the id of a record
_FEW = 16  # lines taken at once: the longest are long
# Origins that ops of an honest province point at are far fewer.
_MOST_NAMED = limits.MOST_STRANGERS + 2**17


@dataclass(frozen=True, slots=True)
class StagedKind:
    """The table with the lines of a kind; `fields` are the names of the bits, as written.

    `has_first`: some lines point at no op; `has_several`: some at more than one.
    """

    name: str
    fields: tuple[str, ...]
    table: str
    has_first: bool = False
    has_several: bool = False


@dataclass(frozen=True, slots=True)
class StagedOrigin:
    """What is to be known of an origin's lines before they are looked at; no range: none came.

    `chain` has the hash at every so many numbers.
    """

    oid: bytes
    span: OpRange | None = None
    first_lam: int = 0
    last_lam: int = 0
    chain: tuple[tuple[int, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Staged:
    """A bundle set down: its lines in tables, which name origins by their place in `origins`.

    `written` is the table that says once of each kind which origin wrote which fields of records of
    which office: a few rows, unless somebody means harm.
    """

    kinds: tuple[StagedKind, ...]
    origins: tuple[StagedOrigin, ...]
    written: str


class Staging:
    """Sets the lines of a bundle down. `driver` is a connection of sqlite3."""

    def __init__(
        self,
        driver: Any,  # noqa: ANN401 - whatever SQLAlchemy holds
        *,
        schema: str,
        file_name: str,
        pause: Callable[[int], None],
    ) -> None:
        self._driver = driver
        self._schema = schema
        self._file_name = file_name
        self._pause = pause
        self._done = 0
        self._written = f"{schema}.staged_written"
        self._places: dict[bytes, int] = {}
        self._kinds: dict[str, StagedKind] = {}

    def stage(self, contents: BundleContents) -> Staged:
        """Set everything down. Raises BundleRejectedError."""
        try:
            return self._stage(contents)
        except LineError as error:
            raise BundleRejectedError(Rejection.FORMAT, self._file_name) from error

    def _stage(self, contents: BundleContents) -> Staged:
        ranges, sections = contents.manifest.ranges, contents.sections
        if len(ranges) > limits.MOST_RANGES:
            raise LineError("ranges")
        if sum(len(section.lines) for section in sections) > limits.MOST_OPS:
            raise LineError("too many ops")
        self._places = {oid: place for place, oid in enumerate(ranges)}
        self._make_table(self._written, _WRITTEN_COLUMNS)
        of: dict[bytes, list[OpSection]] = {oid: [] for oid in ranges}
        for section in sections:
            if section.origin not in of:
                raise LineError("origin")
            of[section.origin].append(section)
            self._meet_kind(section)
        origins = [self._origin(oid, span, of[oid]) for oid, span in ranges.items()]
        strangers = (StagedOrigin(oid) for oid in list(self._places)[len(origins) :])
        return Staged(
            kinds=tuple(self._kinds.values()),
            origins=(*origins, *strangers),
            written=self._written,
        )

    def _meet_kind(self, section: OpSection) -> None:
        name, fields = section.kind, tuple(section.fields)
        check_names(name, fields)
        declared = tuple(spec.name for spec in fields_of(name))
        if any(a != b for a, b in zip(declared, fields[1:], strict=False)):
            raise LineError("fields")
        known = self._kinds.get(name)
        if known is not None:
            if any(a != b for a, b in zip(known.fields, fields, strict=False)):
                raise LineError("fields")
            if len(fields) > len(known.fields):
                self._kinds[name] = replace(known, fields=fields)
            return
        table = f"{self._schema}.{self._table_of(name)}"
        self._kinds[name] = StagedKind(name, fields, table)
        columns = ["row", "mask", "lam", "prev", "several", "line", *(f'"{n}"' for n in declared)]
        self._make_table(table, f"(id INTEGER PRIMARY KEY, {', '.join(columns)})")

    def _make_table(self, table: str, columns: str) -> None:
        # What the bundle before left stays: a new table lets every statement be compiled anew.
        self._driver.execute(f"CREATE TABLE IF NOT EXISTS {table}{columns}")
        self._driver.execute(f"DELETE FROM {table}")  # noqa: S608 - our own name

    def _table_of(self, kind: str) -> str:
        """Return the name of a table that always has the same columns."""
        is_known = kind in KIND_BY_NAME
        return f"staged_{kind_number(kind)}" if is_known else f"staged_newer_{len(self._kinds)}"

    def _origin(self, oid: bytes, span: OpRange, sections: Sequence[OpSection]) -> StagedOrigin:
        if span.start == 0 and span.start_hash != START_HASH:
            raise LineError("chain")
        first_lam = last_lam = 0
        number, chain = span.start, span.start_hash
        steps: list[tuple[int, bytes]] = []
        for lams, links_of in _in_order([self._set_down(one) for one in sections], after=number):
            if lams[0] <= last_lam or not _rises(lams):
                raise LineError("lam")
            first_lam, last_lam = first_lam or lams[0], lams[-1]
            done = 0
            while done < len(links_of):
                some = links_of[done : done + STEP - number % STEP]
                chain = linked(chain, some)
                number, done = number + len(some), done + len(some)
                if number % STEP == 0:
                    steps.append((number, chain))
        if number != span.end:
            raise LineError("not dense")
        if chain != span.end_hash:
            raise LineError("chain")
        return StagedOrigin(oid, span, first_lam, last_lam, tuple(steps))

    def _set_down(self, section: OpSection) -> Iterator[_Links]:
        """Set the lines of a section down, and return of each what it adds to the chain.

        All sections of an origin are read side by side: of a chunk only this is kept meanwhile.
        """
        reader = LineReader(section.origin, fields_of(section.kind), section.fields)
        last = 0
        for data in _chunks(section.lines):
            found = self._write(section, reader.read(data), after=last)
            data.clear()
            last = found.seqs[-1]
            self._done += len(found.seqs)
            self._pause(self._done)
            yield found

    def _write(self, section: OpSection, checked: CheckedLines, *, after: int) -> _Links:
        parts, place = checked.parts, self._places[section.origin] << NUMBER_BITS
        if parts.seq[0] <= after or not _rises(parts.seq):
            raise LineError("order")
        # Each value that is bound costs; a change has few, and nobody but the province some. Of
        # bytes and None the driver asks each time whether they are to be adapted.
        columns: dict[str, Iterable[Stored | bytearray]] = {
            "id": [place | seq for seq in parts.seq],
            "row": map(bytearray, checked.rows),
            "mask": parts.mask,
            "lam": parts.lam,
            "line": map(bytearray, checked.data),
            **checked.columns,
        }
        several = [at for at, of in checked.named.items() if len(of) > 1]
        if len(several) < len(checked.own) + len(checked.named):
            columns["prev"] = self._pointers(checked, place)
        if several:
            columns["several"] = self._several(checked, several)
        kind = self._kinds[section.kind]
        self._kinds[section.kind] = replace(
            kind,
            has_first=kind.has_first or not all(parts.prev),
            has_several=kind.has_several or bool(several),
        )
        self._driver.executemany(
            _INSERT.format(
                table=kind.table,
                columns=", ".join(f'"{name}"' for name in columns),
                marks=", ".join("?" * len(columns)),
            ),
            zip(*columns.values(), strict=True),
        )
        self._say_written(section, parts.mask, checked.rows)
        return _Links(parts.seq, parts.lam, links(section.kind, parts))

    def _say_written(self, section: OpSection, masks: Sequence[int], rows: Sequence[bytes]) -> None:
        kind, place = section.kind, self._places[section.origin]
        found = set(zip(masks, [row[_OFFICE_AT:] for row in rows], strict=True))
        self._driver.executemany(
            _WRITTEN.format(table=self._written),
            [(kind, place, mask, office) for mask, office in found],
        )

    def _pointers(self, checked: CheckedLines, own: int) -> list[int | None]:
        """Return for each line the one op it points at."""
        prev: list[int | None] = [None] * len(checked.data)
        for at, number in checked.own.items():
            prev[at] = own | number
        for at, named in checked.named.items():
            if len(named) == 1:
                prev[at] = self._place(named[0][0]) << NUMBER_BITS | named[0][1]
        return prev

    def _several(self, checked: CheckedLines, places: Iterable[int]) -> list[str | None]:
        """Return for the lines at these places the ops they point at, as text."""
        several: list[str | None] = [None] * len(checked.data)
        for at in places:
            named = [(self._place(of), number) for of, number in checked.named[at]]
            several[at] = json.dumps(named)
        return several

    def _place(self, oid: bytes) -> int:
        place = self._places.setdefault(oid, len(self._places))
        if place > _MOST_NAMED:
            raise LineError("too many origins")
        return place


_INSERT = "INSERT INTO {table}({columns}) VALUES ({marks})"
_WRITTEN_COLUMNS = """(
  kind TEXT, place INT, mask INT, office BLOB,
  PRIMARY KEY(kind, place, mask, office)) WITHOUT ROWID
"""
_WRITTEN = "INSERT OR IGNORE INTO {table} VALUES (?, ?, ?, ?)"


class _Links(NamedTuple):
    """What lines of a section add to the chain of their origin, and where."""

    seqs: Sequence[int]
    lams: Sequence[int]
    links: Sequence[bytes]


def _chunks(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Cut lines into chunks that are read at once, neither of too many nor of too much text."""
    coming = iter(lines)
    chunk: list[bytes] = []
    size = 0
    while some := list(islice(coming, min(_FEW, CHUNK - len(chunk)))):
        chunk += some
        size += sum(map(len, some))
        if size > _CHUNK_BYTES or len(chunk) == CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _rises(numbers: Sequence[int]) -> bool:
    return all(map(lt, numbers, numbers[1:]))


def _in_order(
    sections: Sequence[Iterator[_Links]], *, after: int
) -> Iterator[tuple[Sequence[int], Sequence[bytes]]]:
    """Return the Lamport numbers of an origin's lines and what they add, from all its sections at
    once and without a gap, many at a time.
    """
    waiting: dict[int, tuple[int, bytes]] = {}
    ends = dict.fromkeys(sections, after)
    while ends:
        behind = min(ends, key=ends.__getitem__)
        found = next(behind, None)
        if found is None:
            del ends[behind]
        else:
            seqs, lams, links_of = found
            expected = len(waiting) + len(seqs)
            waiting.update(zip(seqs, zip(lams, links_of, strict=True), strict=True))
            if seqs[0] <= after or len(waiting) < expected:  # one comes twice
                raise LineError("not dense")
            ends[behind] = seqs[-1]
        # Whatever comes after is above the end of the section that is behind the others.
        last = min(ends.values(), default=max(waiting, default=after))
        if last > after:
            try:
                ready = list(map(waiting.pop, range(after + 1, last + 1)))
            except KeyError as error:
                raise LineError("not dense") from error
            after = last
            lams, links_of = zip(*ready, strict=True)
            yield lams, links_of
