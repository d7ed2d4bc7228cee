"""The ops of a bundle, checked line by line and hash by hash before anything is done with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from thidua_desktop.domain.bundles import (
    BundleContents,
    Certificate,
    OpRange,
    OpSection,
    Rejection,
)
from thidua_desktop.domain.errors import BundleRejectedError
from thidua_desktop.domain.units import UnitRole
from thidua_desktop.storage.ledger import limits
from thidua_desktop.storage.ledger.chains import hash_at
from thidua_desktop.storage.ledger.checking import LineReader, check_names
from thidua_desktop.storage.ledger.lines import START_HASH, Line, LineError, chained, id_bytes
from thidua_desktop.storage.ledger.log import Log, OpRow, OriginRow
from thidua_desktop.storage.ledger.tables import NUMBER_BITS

_CHUNK = 5_000


@dataclass(slots=True)
class _Incoming:
    """The ops of one origin in a bundle, in order of number."""

    origin: OriginRow
    range: OpRange
    lines: list[tuple[int, Line, bytes]] = field(default_factory=list)


class IncomingOps:
    """Reads the ops of a bundle. Whatever is wrong raises BundleRejectedError."""

    def __init__(self, log: Log, *, file_name: str, pause: Callable[[int], None]) -> None:
        self._log = log
        self._file_name = file_name
        self._pause = pause
        self._done = 0
        self._private = log.private_ids()
        self._records: set[tuple[int, str]] = set()

    @property
    def records(self) -> int:
        """Return how many records the bundle speaks of."""
        return len(self._records)

    def read(self, contents: BundleContents, authors: Mapping[bytes, Certificate]) -> list[OpRow]:
        """Return the ops that are not here yet, in order of origin and number."""
        try:
            return list(self._read(contents, authors))
        except LineError as error:
            raise BundleRejectedError(Rejection.FORMAT, self._file_name) from error

    def _read(
        self, contents: BundleContents, authors: Mapping[bytes, Certificate]
    ) -> Iterator[OpRow]:
        ranges = contents.manifest.ranges
        if len(ranges) > limits.MOST_RANGES or not ranges.keys() <= authors.keys():
            raise LineError("ranges")
        if sum(len(section.lines) for section in contents.sections) > limits.MOST_OPS:
            raise LineError("too many ops")
        origins = {oid: self._author(oid, authors[oid]) for oid in ranges}
        found = {oid: _Incoming(origins[oid], span) for oid, span in ranges.items()}
        for section in contents.sections:
            if section.origin not in found:
                raise LineError("origin")
            self._read_section(section, found[section.origin])
        met = self._log.count_origins()
        for incoming in found.values():
            yield from self._fresh(incoming)
        if self._log.count_origins() - met > limits.MOST_STRANGERS:
            raise LineError("too many origins")

    def _author(self, oid: bytes, certificate: Certificate) -> OriginRow:
        if oid in self._private:
            raise LineError("private origin")
        origin = self._log.meet_origin(oid)
        if origin.office is None:
            origin.office = certificate.office
            origin.is_province = certificate.role == UnitRole.PROVINCE
            origin.is_own = certificate.replica == self._log.writer.replica
            self._log.save_origin(origin)
        return origin

    def _read_section(self, section: OpSection, incoming: _Incoming) -> None:
        check_names(section.kind, section.fields)
        kind = self._log.kind_no(section.kind)
        if not self._log.learn_fields(kind, section.fields):
            raise LineError("fields")
        reader = LineReader(section.origin, self._log.fields(kind), section.fields)
        last = 0
        for data in section.lines:
            line = reader.read(data)
            if line.seq <= last:
                raise LineError("order")
            last = line.seq
            incoming.lines.append((kind, line, data))
            self._records.add((kind, line.row))
            self._done += 1
            if self._done % _CHUNK == 0:
                self._pause(self._done)

    def _fresh(self, incoming: _Incoming) -> Iterator[OpRow]:
        origin, span = incoming.origin, incoming.range
        incoming.lines.sort(key=lambda one: one[1].seq)
        numbers = [line.seq for _, line, _ in incoming.lines]
        if numbers != list(range(span.start + 1, span.end + 1)) or span.start > origin.have:
            raise LineError("not dense")
        self._check_chain(incoming)
        fresh = [one for one in incoming.lines if one[1].seq > origin.have]
        self._check_lam(origin, fresh)
        return (self._op(origin, *one) for one in fresh)

    def _check_chain(self, incoming: _Incoming) -> None:
        """Compare with the ends that the sender signed, and with what is here."""
        origin, span = incoming.origin, incoming.range
        if span.start == 0 and span.start_hash != START_HASH:
            raise LineError("chain")
        chain = span.start_hash
        here = chain if span.start == origin.have else None
        for kind, line, _ in incoming.lines:
            chain = chained(chain, self._log.kind_name(kind), line)
            if line.seq == origin.have:
                here = chain
        if chain != span.end_hash:
            raise LineError("chain")
        ours = origin.hash
        if here is None:
            here, ours = chain, hash_at(self._log, origin, span.end)
        if here != ours:
            raise BundleRejectedError(Rejection.FORK, self._file_name)

    def _check_lam(self, origin: OriginRow, fresh: list[tuple[int, Line, bytes]]) -> None:
        last = self._log.ops([origin.ono << NUMBER_BITS | origin.have])
        before = max((op.lam for op in last.values()), default=0)
        most = self._log.largest_lam() + limits.FARTHEST_LAM
        for _, line, _ in fresh:
            if not before < line.lam <= most:
                raise LineError("lam")
            before = line.lam

    def _op(self, origin: OriginRow, kind: int, line: Line, data: bytes) -> OpRow:
        row = id_bytes(line.row)
        if any(id_bytes(p[0]) in self._private for p in line.prev if isinstance(p, tuple)):
            raise LineError("a draft is pointed at")
        return OpRow(
            id=origin.ono << NUMBER_BITS | line.seq,
            row=row,
            kind=kind,
            mask=line.mask,
            line=data,
            lam=line.lam,
            lvl=self._log.level(kind, row, line.mask, origin),
            prev=self._log.from_pointers(origin.ono, line.prev),
        )
