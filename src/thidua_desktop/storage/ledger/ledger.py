"""The ledger as the rest of storage uses it, over one connection inside its transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from uuid import UUID

from sqlalchemy import Connection

from thidua_desktop.domain.bundles import (
    BundleContents,
    Certificate,
    Held,
    MergeCounts,
    OpRange,
    OpSection,
)
from thidua_desktop.domain.field_values import Stored
from thidua_desktop.domain.history import CellDifference, FieldVersion
from thidua_desktop.domain.kinds import KIND_BY_NAME
from thidua_desktop.domain.ledger import CellState, Op, is_hidden
from thidua_desktop.domain.records import DELETED, FieldType, Record, kind_name, kind_spec
from thidua_desktop.domain.units import UnitRole
from thidua_desktop.storage.ledger import mending
from thidua_desktop.storage.ledger.applying import Applying, hash_at, open_cells
from thidua_desktop.storage.ledger.drafting import Drafting, records_with_drafts
from thidua_desktop.storage.ledger.heads import HeadTable, closure
from thidua_desktop.storage.ledger.lines import decode, from_line, id_bytes, moment
from thidua_desktop.storage.ledger.log import (
    COMMON,
    Log,
    OpRow,
    Writer,
    may_replace,
    origin_id,
    to_office,
)
from thidua_desktop.storage.ledger.tables import NUMBER_BITS, PRIVATE_ONO


class Ledger:
    """Writes ops, joins those of others, and says what is shown and why."""

    def __init__(self, connection: Connection, writer: Writer) -> None:
        self._log = Log(connection, writer)
        self._heads = HeadTable(self._log)
        self._drafting = Drafting(self._log, self._heads)

    @property
    def touched(self) -> frozenset[tuple[str, UUID]]:
        """Return the records whose heads were written."""
        return frozenset(self._heads.touched)

    # own writing

    def put(self, kind: type[Record], record_id: UUID, values: Mapping[str, Stored]) -> bool:
        """Write these fields; False: another owner's word stands, and the value is a suggestion."""
        return self._drafting.put(self._number(kind), record_id.bytes, values)

    def delete(self, kind: type[Record], record_id: UUID) -> None:
        """Delete the record."""
        self._drafting.delete(self._number(kind), record_id.bytes)

    def restore(self, kind: type[Record], record_id: UUID) -> None:
        """Bring a deleted record back."""
        self._drafting.restore(self._number(kind), record_id.bytes)

    def promote(self, records: Collection[tuple[str, UUID]]) -> None:
        """Give the drafts of these records their numbers."""
        self._drafting.promote((self._log.kind_no(kind), rid.bytes) for kind, rid in records)

    def drafts(self) -> tuple[tuple[str, UUID], ...]:
        """Return the records that hold drafts."""
        found = records_with_drafts(self._log)
        return tuple((self._log.kind_name(kind), UUID(bytes=row)) for kind, row in found)

    def settle(self, kind: str, record_id: UUID, field: str, value: Stored) -> None:
        """Choose: an own op in place of all heads of the cell."""
        number, row = self._log.kind_no(kind), record_id.bytes
        if field != DELETED:
            self._drafting.put(number, row, {field: value})
        elif value is None:
            self._drafting.restore(number, row)
        else:
            self._drafting.delete(number, row)

    # what is shown, and why

    def differences(self) -> tuple[CellDifference, ...]:
        """Return the cells that wait for a person."""
        found = [
            self._difference(number, row, name, state)
            for number, row in self._heads.several()
            for name, state in self._open_states(number, row).items()
        ]
        return tuple(sorted(found, key=lambda d: (d.kind, d.id, d.field)))

    def history(self, record_id: UUID) -> tuple[FieldVersion, ...]:
        """Return every value of every field of a record, oldest first."""
        row = record_id.bytes
        versions = []
        for name in KIND_BY_NAME:
            number = self._log.kind_no(name)
            ops = closure(self._log, number, row, self._heads.of(number, row))
            for op in sorted(ops.values(), key=lambda op: (op.lam, self._heads.rank(op))):
                versions += self._versions(op, ops.values())
        return tuple(versions)

    # exchange

    def origins(self) -> dict[bytes, Held]:
        """Return how far each numbered origin is held."""
        return {
            origin.oid: Held(origin.have, origin.hash)
            for origin in self._log.origins()
            if origin.ono != PRIVATE_ONO and origin.office is not None
        }

    def own_origins(self) -> frozenset[bytes]:
        """Return the numbered origins of this replica."""
        own = (o for o in self._log.origins() if o.is_own and o.ono != PRIVATE_ONO)
        return frozenset(origin.oid for origin in own)

    def channel(self, office: int | None) -> bytes:
        """Return the origin of a channel of this replica."""
        return origin_id(self._log.writer.replica, COMMON if office is None else to_office(office))

    def origins_of(self, certificate: Certificate, offices: Collection[int]) -> frozenset[bytes]:
        """Return the origins in which a replica may write."""
        labels = [COMMON]
        if certificate.role == UnitRole.PROVINCE:
            labels += [to_office(office) for office in offices]
        return frozenset(origin_id(certificate.replica, label) for label in labels)

    def read(self, origin: bytes, above: int) -> tuple[OpRange, tuple[OpSection, ...]]:
        """Return the ops of an origin above a number."""
        found = self._log.meet_origin(origin)
        first = found.ono << NUMBER_BITS
        lines: dict[int, list[bytes]] = {}
        for op in self._log.ops_between(first + above + 1, first + found.have):
            lines.setdefault(op.kind, []).append(op.line)
        sections = tuple(
            OpSection(
                origin=origin,
                kind=self._log.kind_name(kind),
                fields=self._log.field_names(kind),
                lines=tuple(of),
            )
            for kind, of in sorted(lines.items())
        )
        start = hash_at(self._log, found, above)
        return OpRange(above, found.have, start, found.hash), sections

    def hash_at(self, origin: bytes, number: int) -> bytes:
        """Return the hash of a chain at a number that is held."""
        return hash_at(self._log, self._log.meet_origin(origin), number)

    def apply(
        self,
        contents: BundleContents,
        *,
        authors: Mapping[bytes, Certificate],
        file_name: str,
        progress: Callable[[int, int], None],
        stop_wanted: Callable[[], bool],
    ) -> MergeCounts:
        """Join the ops of a bundle to the set."""
        self._log.run("PRAGMA cache_spill = OFF")
        work = Applying(
            self._log,
            self._heads,
            file_name=file_name,
            progress=progress,
            stop_wanted=stop_wanted,
        )
        fresh = work.read(contents, authors)
        counts = work.join(fresh)
        self._enter_import(contents)
        named = {(s.kind, id_bytes(op_row)) for s in contents.sections for op_row in _rows(s)}
        fresh_places = {(self._log.kind_name(op.kind), op.row) for op in fresh}
        return replace(counts, same=len(named - fresh_places))

    def undo(self, bundle: UUID) -> bool:
        """Take an import out again; False: later numbers of its origins are here."""
        found = self._log.rows("SELECT imp FROM imp WHERE bundle = ?", bundle.bytes)
        return bool(found) and mending.undo(self._log, self._heads, int(found[0][0]))

    def named_blobs(self, ranges: Mapping[bytes, OpRange]) -> frozenset[str]:
        """Return the blobs that the ops of these ranges name."""
        bits = {
            self._number(kind): [s.bit for s in kind_spec(kind).fields if s.type is FieldType.FILE]
            for kind in KIND_BY_NAME.values()
        }
        named = set()
        for oid, span in ranges.items():
            first = self._log.meet_origin(oid).ono << NUMBER_BITS
            for op in self._log.ops_between(first + span.start + 1, first + span.end):
                wanted = [bit for bit in bits.get(op.kind, ()) if op.mask >> bit & 1]
                named |= {str(op.decoded().values[bit]) for bit in wanted}
        return frozenset(named - {"None"})

    # soundness

    def check(self) -> tuple[str, ...]:
        """Return what is not as the log says."""
        return mending.faults(self._log, self._heads)

    def rebuild(self) -> None:
        """Make everything anew from the log."""
        mending.rebuild(self._log, self._heads)

    def _number(self, kind: type[Record]) -> int:
        return self._log.kind_no(kind_name(kind))

    def _open_states(self, kind: int, row: bytes) -> dict[str, CellState]:
        heads = self._heads.of(kind, row)
        cells = self._heads.cells(kind, heads, self._log.ops(heads))
        if is_hidden(cells):
            return {}
        different, suggested = open_cells(cells)
        states = dict.fromkeys(sorted(suggested), CellState.SUGGESTION)
        states |= dict.fromkeys(sorted(different), CellState.DIFFERENCE)
        if _is_marked(cells):
            states[DELETED] = CellState.DELETED_EDITED
        return states

    def _difference(self, kind: int, row: bytes, name: str, state: CellState) -> CellDifference:
        bit = 1 << self._log.field_names(kind).index(name)
        heads = {op: mask for op, mask in self._heads.of(kind, row).items() if mask & bit}
        ops = sorted(self._log.ops(heads).values(), key=self._heads.rank, reverse=True)
        versions = [v for op in ops for v in self._versions(op, ()) if v.field == name]
        return CellDifference(
            kind=self._log.kind_name(kind),
            id=UUID(bytes=row),
            field=name,
            state=state,
            heads=tuple(versions),
        )

    def _versions(self, op: OpRow, others: Collection[OpRow]) -> list[FieldVersion]:
        line, origin = op.decoded(), self._log.origin(op.ono)
        names = self._log.field_names(op.kind)
        specs = {spec.bit: spec for spec in self._log.fields(op.kind)}
        bundle = self._bundle_of(op)
        return [
            FieldVersion(
                kind=self._log.kind_name(op.kind),
                id=UUID(bytes=op.row),
                field=names[bit],
                op=self._name(op),
                value=from_line(specs.get(bit), line.values[bit]),
                office=origin.office or 0,
                who=line.stamp[1],
                at=moment(line),
                bundle=bundle,
                level=op.lvl,
                is_draft=op.is_private,
                replaced_by=tuple(
                    self._name(newer)
                    for newer in others
                    if op.id in newer.prev and newer.mask >> bit & 1 and may_replace(newer, op)
                ),
            )
            for bit in range(len(line.values))
            if op.mask >> bit & 1
        ]

    def _name(self, op: OpRow) -> str:
        return f"{self._log.origin(op.ono).oid.hex()}:{op.number}"

    def _bundle_of(self, op: OpRow) -> UUID | None:
        found = self._log.rows(
            "SELECT imp.bundle FROM imp_range JOIN imp USING (imp) "
            "WHERE ono = ? AND ? BETWEEN first AND last",
            op.ono,
            op.number,
        )
        return UUID(bytes=found[0][0]) if found else None

    def _enter_import(self, contents: BundleContents) -> None:
        manifest, log = contents.manifest, self._log
        bundle = manifest.bundle.bytes
        log.run("INSERT INTO imp(bundle) VALUES (?) ON CONFLICT(bundle) DO NOTHING", bundle)
        number = log.rows("SELECT imp FROM imp WHERE bundle = ?", bundle)[0][0]
        for oid, span in manifest.ranges.items():
            origin = log.meet_origin(oid)
            if span.end <= origin.have:
                continue
            log.run(
                "INSERT INTO imp_range(imp, ono, first, last) VALUES (?, ?, ?, ?)",
                number,
                origin.ono,
                origin.have + 1,
                span.end,
            )
            origin.have, origin.hash = span.end, span.end_hash
            log.save_origin(origin)


def _rows(section: OpSection) -> list[str]:
    return [decode(line).row for line in section.lines]


def _is_marked(cells: Mapping[str, tuple[Op, ...]]) -> bool:
    """Tell whether an owner deleted the record (though an edit it had not seen keeps it)."""
    marks = [op for op in cells.get(DELETED, ()) if op.level > 0]
    return bool(marks) and marks[0].values[DELETED] is not None
