"""A bundle's lines on their way in: checked one by one and set down in tables of their own.

Nothing here asks the database what it holds, so it needs no lock and may run in another process.
The lines of an origin are read in order of number, whatever kinds they are of: that is the order
of the chain. At no time are more lines in memory than are written down together.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import merge
from operator import itemgetter
from typing import Any

from thidua_desktop.domain.bundles import BundleContents, OpRange, OpSection, Rejection
from thidua_desktop.domain.errors import BundleRejectedError
from thidua_desktop.domain.kinds import fields_of
from thidua_desktop.storage.ledger import limits
from thidua_desktop.storage.ledger.chains import STEP
from thidua_desktop.storage.ledger.checking import CheckedLine, LineReader, check_names
from thidua_desktop.storage.ledger.lines import START_HASH, LineError, chained
from thidua_desktop.storage.ledger.tables import NUMBER_BITS

CHUNK = 5_000
# Origins that ops of an honest province point at are far fewer.
_MOST_NAMED = limits.MOST_STRANGERS + 2**17


@dataclass(frozen=True, slots=True)
class StagedKind:
    """The table with the lines of a kind; `fields` are the names of the bits, as written."""

    name: str
    fields: tuple[str, ...]
    table: str


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
    """A bundle set down: its lines in tables, which name origins by their place in `origins`."""

    kinds: tuple[StagedKind, ...]
    origins: tuple[StagedOrigin, ...]


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
        self._places: dict[bytes, int] = {}
        self._kinds: dict[str, StagedKind] = {}
        self._waiting: dict[str, list[tuple[object, ...]]] = {}
        self._inserts: dict[str, str] = {}

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
        of: dict[bytes, list[OpSection]] = {oid: [] for oid in ranges}
        for section in sections:
            if section.origin not in of:
                raise LineError("origin")
            of[section.origin].append(section)
            self._meet_kind(section)
        origins = [self._origin(oid, span, of[oid]) for oid, span in ranges.items()]
        self._write()
        strangers = (StagedOrigin(oid) for oid in list(self._places)[len(origins) :])
        return Staged(kinds=tuple(self._kinds.values()), origins=(*origins, *strangers))

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
        table = f"staged_{len(self._kinds)}"
        self._kinds[name] = StagedKind(name, fields, f"{self._schema}.{table}")
        columns = ["row", "mask", "lam", "prev", "several", "line", *(f'"{n}"' for n in declared)]
        self._driver.execute(f"DROP TABLE IF EXISTS {self._schema}.{table}")
        self._driver.execute(
            f"CREATE TABLE {self._schema}.{table}(id INTEGER PRIMARY KEY, {', '.join(columns)})"
        )
        marks = ", ".join("?" * (len(columns) + 1))
        self._inserts[name] = f"INSERT INTO {self._schema}.{table} VALUES ({marks})"  # noqa: S608
        self._waiting[name] = []

    def _origin(self, oid: bytes, span: OpRange, sections: Sequence[OpSection]) -> StagedOrigin:
        if span.start == 0 and span.start_hash != START_HASH:
            raise LineError("chain")
        first_lam = last_lam = 0
        number, chain = span.start, span.start_hash
        steps: list[tuple[int, bytes]] = []
        for seq, kind, checked in _in_order(oid, sections):
            line = checked.line
            number += 1
            if seq != number:
                raise LineError("not dense")
            if line.lam <= last_lam:
                raise LineError("lam")
            last_lam = line.lam
            first_lam = first_lam or last_lam
            chain = chained(chain, kind, line)
            if number % STEP == 0:
                steps.append((number, chain))
            self._set_down(oid, kind, checked)
        if number != span.end:
            raise LineError("not dense")
        if chain != span.end_hash:
            raise LineError("chain")
        return StagedOrigin(oid, span, first_lam, last_lam, tuple(steps))

    def _set_down(self, oid: bytes, kind: str, checked: CheckedLine) -> None:
        line, named = checked.line, checked.named
        prev = several = None
        if len(named) == 1:
            prev = self._place(named[0][0]) << NUMBER_BITS | named[0][1]
        elif named:
            several = json.dumps([(self._place(of), number) for of, number in named])
        self._waiting[kind].append(
            (
                self._places[oid] << NUMBER_BITS | line.seq,
                checked.row,
                line.mask,
                line.lam,
                prev,
                several,
                checked.data,
                *checked.typed,
            )
        )
        self._done += 1
        if self._done % CHUNK == 0:
            self._write()
            self._pause(self._done)

    def _place(self, oid: bytes) -> int:
        place = self._places.setdefault(oid, len(self._places))
        if place > _MOST_NAMED:
            raise LineError("too many origins")
        return place

    def _write(self) -> None:
        for kind, rows in self._waiting.items():
            self._driver.executemany(self._inserts[kind], rows)
            rows.clear()


def _in_order(oid: bytes, sections: Sequence[OpSection]) -> Iterator[tuple[int, str, CheckedLine]]:
    """Return the lines of an origin in order of number, from all its sections at once."""
    each = [_lines(oid, section) for section in sections]
    return each[0] if len(each) == 1 else merge(*each, key=itemgetter(0))


def _lines(oid: bytes, section: OpSection) -> Iterator[tuple[int, str, CheckedLine]]:
    kind = section.kind
    reader = LineReader(oid, fields_of(kind), section.fields)
    last = 0
    for data in section.lines:
        checked = reader.read(data)
        if checked.line.seq <= last:
            raise LineError("order")
        last = checked.line.seq
        yield last, kind, checked
