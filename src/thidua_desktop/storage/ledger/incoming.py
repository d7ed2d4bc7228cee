"""A bundle set down meets the database: whose ops they are, whether they fit what is here.

Whatever does not fit raises BundleRejectedError; nothing of it has been joined then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from thidua_desktop.domain.bundles import Certificate, OpRange, Rejection
from thidua_desktop.domain.errors import BundleRejectedError
from thidua_desktop.domain.units import UnitRole
from thidua_desktop.storage.ledger import limits
from thidua_desktop.storage.ledger.chains import hash_at
from thidua_desktop.storage.ledger.lines import LineError, chained, decode
from thidua_desktop.storage.ledger.log import Log, OriginRow
from thidua_desktop.storage.ledger.op_ids import NUMBER_BITS, NUMBER_MASK
from thidua_desktop.storage.ledger.staging import Staged, StagedKind, StagedOrigin

# Which origin of this database is meant by a place, and how far it is held.
_MET = (
    "CREATE TEMP TABLE IF NOT EXISTS met(place INTEGER PRIMARY KEY, ono INT, have INT)",
    "DELETE FROM temp.met",
)
# What level the ops of an author have, by what they write and whose record it is.
_LEVEL = """
CREATE TEMP TABLE IF NOT EXISTS level(
  place INT, mask INT, tail BLOB, lvl INT, PRIMARY KEY(place, mask, tail)) WITHOUT ROWID
"""
_WRITTEN = "SELECT place, mask, office FROM {written} WHERE kind = ?"
# The lines of a kind that are not here yet, as ops of this database.
_ARRIVING = """
WITH arriving AS (
SELECT s.id AS staged, {id} AS id, s.row, s.mask, s.lam, {level} AS lvl,
  CASE WHEN s.prev IS NOT NULL THEN
    ((SELECT p.ono FROM temp.met p WHERE p.place = s.prev >> {bits}) << {bits})
    | (s.prev & {number})
  END AS prev,
  s.several, s.line{columns}
FROM {table} s {of})
"""
_OF_MANY = """
CROSS JOIN temp.met m CROSS JOIN temp.level l
WHERE m.place = s.id >> {bits} AND s.id & {number} > m.have
  AND l.place = m.place AND l.mask = s.mask AND l.tail = substr(s.row, 15, 2)
"""
# Most kinds are one author's, at one level: no line asks for it then. Whose they are is not written
# into the text, which would be compiled anew for each bundle.
_OF_ONE = "WHERE s.id > {known}"
_MET_ONE = "(SELECT {what} FROM temp.met m WHERE m.place = {place})"
_WHO = "SELECT min(place), max(place), min(lvl), max(lvl) FROM temp.level"


class Incoming:
    """A bundle that was set down, on its way into this log."""

    def __init__(self, log: Log, staged: Staged, *, file_name: str) -> None:
        self._log = log
        self._staged = staged
        self._file_name = file_name
        self._onos: list[int] = []

    def meet(self, authors: Mapping[bytes, Certificate]) -> None:
        """See whose ops these are and that they fit. Raises BundleRejectedError."""
        try:
            self._meet(authors)
        except LineError as error:
            raise BundleRejectedError(Rejection.FORMAT, self._file_name) from error

    @property
    def last_lam(self) -> int:
        """Return the largest Lamport number that comes."""
        return max((one.last_lam for one in self._staged.origins), default=0)

    @property
    def brings_fresh(self) -> bool:
        """Tell whether any of the lines is not here yet."""
        return any(True for _ in self.fresh())

    @property
    def brings_known(self) -> bool:
        """Tell whether some of the lines are here already."""
        return any(span.start < origin.have for origin, span, _ in self._ranges())

    @property
    def staged_kinds(self) -> tuple[StagedKind, ...]:
        """Return the tables with the lines of each kind, known or not."""
        return self._staged.kinds

    def kinds(self) -> Iterator[tuple[int, StagedKind, str]]:
        """Return the kinds, one after the other, with what lets a statement say `arriving`: the
        lines of it that are not here yet. (A view made for each would cost more than most bring.)
        """
        self._say_whom_it_met()
        for kind in self._staged.kinds:
            number = self._log.kind_no(kind.name)
            self._say_levels(number, kind)
            yield number, kind, self._arriving(number, kind)

    def _arriving(self, number: int, kind: StagedKind) -> str:
        bits, mask = NUMBER_BITS, NUMBER_MASK
        ((place, last, level, highest),) = self._log.rows(_WHO)
        if place is not None and (place, level) == (last, highest):
            shift = _MET_ONE.format(what=f"(m.ono - m.place) << {bits}", place=place)
            number_here = f"s.id + {shift}"
            known = _MET_ONE.format(what=f"m.place << {bits} | m.have", place=place)
            of = _OF_ONE.format(known=known)
        else:
            number_here, level = f"(m.ono << {bits}) | (s.id & {mask})", "l.lvl"
            of = _OF_MANY.format(bits=bits, number=mask)
        return _ARRIVING.format(
            id=number_here,
            level=level,
            of=of,
            table=kind.table,
            columns="".join(f', s."{spec.name}"' for spec in self._log.fields(number)),
            bits=bits,
            number=mask,
        )

    def fresh(self) -> Iterator[tuple[OriginRow, OpRange, tuple[tuple[int, bytes], ...]]]:
        """Return the origins that grow, with what their chains are on the way."""
        for origin, span, staged in self._ranges():
            if span.end > origin.have:
                steps = tuple(step for step in staged.chain if step[0] > origin.have)
                yield origin, span, steps

    def ids(self, named: list[tuple[int, int]]) -> tuple[int, ...]:
        """Return pointers at several ops as ids of this database, sorted."""
        return tuple(sorted(self._onos[place] << NUMBER_BITS | number for place, number in named))

    def _meet(self, authors: Mapping[bytes, Certificate]) -> None:
        log, staged = self._log, self._staged
        ranges = {one.oid for one in staged.origins if one.span is not None}
        if not ranges <= authors.keys():
            raise LineError("ranges")
        if log.private_ids() & {one.oid for one in staged.origins}:
            raise LineError("private origin")
        for oid in ranges:
            self._author(oid, authors[oid])
        for kind in staged.kinds:
            if not log.learn_fields(log.kind_no(kind.name), kind.fields):
                raise LineError("fields")
        for origin, span, one in self._ranges():
            self._check_range(origin, span, one)
        met = log.count_origins()
        self._onos = [log.meet_origin(one.oid).ono for one in staged.origins]
        if log.count_origins() - met > limits.MOST_STRANGERS:
            raise LineError("too many origins")

    def _say_whom_it_met(self) -> None:
        log = self._log
        for statement in _MET:
            log.run(statement)
        log.many(
            "INSERT INTO temp.met VALUES (?, ?, ?)",
            [(place, ono, log.origin(ono).have) for place, ono in enumerate(self._onos)],
        )

    def _ranges(self) -> Iterator[tuple[OriginRow, OpRange, StagedOrigin]]:
        for one in self._staged.origins:
            if one.span is not None:
                yield self._log.meet_origin(one.oid), one.span, one

    def _author(self, oid: bytes, certificate: Certificate) -> None:
        origin = self._log.meet_origin(oid)
        if origin.office is None:
            origin.office = certificate.office
            origin.is_province = certificate.role == UnitRole.PROVINCE
            origin.is_own = certificate.replica == self._log.writer.replica
            self._log.save_origin(origin)

    def _check_range(self, origin: OriginRow, span: OpRange, staged: StagedOrigin) -> None:
        if span.start > origin.have:
            raise LineError("not dense")
        if self._chain_there(origin, span, staged) != self._chain_here(origin, span):
            raise BundleRejectedError(Rejection.FORK, self._file_name)
        if span.start == origin.have:
            last = self._log.ops([origin.ono << NUMBER_BITS | origin.have])
            if any(op.lam >= staged.first_lam for op in last.values()):
                raise LineError("lam")
        if span.end > origin.have:
            most = self._log.largest_lam() + limits.FARTHEST_LAM
            if staged.last_lam > most:
                raise LineError("lam")

    def _chain_here(self, origin: OriginRow, span: OpRange) -> bytes:
        return hash_at(self._log, origin, min(origin.have, span.end))

    def _chain_there(self, origin: OriginRow, span: OpRange, staged: StagedOrigin) -> bytes:
        """Return the sender's chain at the last number that both have."""
        if origin.have >= span.end:
            return span.end_hash
        before = [step for step in staged.chain if step[0] <= origin.have]
        number, chain = max(before, default=(span.start, span.start_hash))
        place = self._staged.origins.index(staged) << NUMBER_BITS
        parts = (
            f"SELECT id, line, '{kind.name}' FROM {kind.table} WHERE id BETWEEN ?1 AND ?2"  # noqa: S608
            for kind in self._staged.kinds
        )
        lines = " UNION ALL ".join(parts) + " ORDER BY id"
        if number < origin.have:
            for found in self._log.chunks(lines, place | number + 1, place | origin.have):
                for _, line, kind in found:
                    chain = chained(chain, kind, decode(line))
        return chain

    def _say_levels(self, number: int, kind: StagedKind) -> None:
        log = self._log
        log.run(_LEVEL)
        log.run("DELETE FROM temp.level")
        written = _WRITTEN.format(written=self._staged.written)
        for found in log.chunks(written, kind.name):
            log.many(
                "INSERT INTO temp.level VALUES (?, ?, ?, ?)",
                [
                    (place, mask, tail, self._level(number, place, mask, tail))
                    for place, mask, tail in found
                ],
            )

    def _level(self, kind: int, place: int, mask: int, tail: bytes) -> int:
        row = tail.rjust(16, b"\0")
        return self._log.level(kind, row, mask, self._log.origin(self._onos[place]))
