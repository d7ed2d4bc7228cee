"""The ledger as the rest of storage uses it, over one connection inside its transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import Connection

from thidua_desktop.domain.bundles import (
    BundleContents,
    Certificate,
    Held,
    MergeCounts,
    OpRange,
    OpStream,
    UndoOutcome,
)
from thidua_desktop.domain.errors import StoppedError
from thidua_desktop.domain.field_values import Stored
from thidua_desktop.domain.history import CellDifference, FieldVersion
from thidua_desktop.domain.kinds import KINDS
from thidua_desktop.domain.records import DELETED, Record, kind_name
from thidua_desktop.domain.units import UnitRole
from thidua_desktop.storage.ledger import mending
from thidua_desktop.storage.ledger.applying import Applying
from thidua_desktop.storage.ledger.chains import hash_at, keep_checkpoints
from thidua_desktop.storage.ledger.drafting import Drafting, records_with_drafts
from thidua_desktop.storage.ledger.heads import HeadTable
from thidua_desktop.storage.ledger.incoming import Incoming
from thidua_desktop.storage.ledger.learning import learn
from thidua_desktop.storage.ledger.lines import START_HASH
from thidua_desktop.storage.ledger.log import COMMON, Log, OriginRow, Writer, origin_id, to_office
from thidua_desktop.storage.ledger.named_files import named_files
from thidua_desktop.storage.ledger.op_ids import LARGEST_ID, NUMBER_BITS, PRIVATE_ONO
from thidua_desktop.storage.ledger.redacting import Redacting
from thidua_desktop.storage.ledger.reissuing import Reissuing
from thidua_desktop.storage.ledger.staged_file import StagedFile
from thidua_desktop.storage.ledger.staging import Staged, Staging
from thidua_desktop.storage.ledger.streaming import streamed
from thidua_desktop.storage.ledger.telling import Telling
from thidua_desktop.storage.ledger.touched import TouchedRecords
from thidua_desktop.storage.memory import Memory

# In pages. SQLite 3.40 takes a number whose lowest byte is zero for OFF.
_LARGE_CACHE = ("PRAGMA main.cache_size = 49153", "PRAGMA main.cache_spill = 49153")


class Ledger:
    """Writes ops, joins those of others, and says what is shown and why."""

    def __init__(
        self,
        connection: Connection,
        writer: Writer,
        staged: StagedFile | None = None,
        touched: TouchedRecords | None = None,
        *,
        memory: Memory | None = None,
    ) -> None:
        self._staged = staged
        self._log = Log(connection, writer, memory)
        self._heads = HeadTable(self._log, touched or TouchedRecords())
        self._drafting = Drafting(self._log, self._heads)
        self._telling = Telling(self._log, self._heads)
        self._redacting = Redacting(self._log, self._heads)

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

    # values taken out by law

    def redact(self, kind: str, record_id: UUID, field: str, ops: Collection[str]) -> None:
        """Take the values of these ops of a record out; of a draft only the one of the field."""
        number = self._log.kind_no(kind)
        bit = self._log.field_names(number).index(field)
        self._redacting.redact(number, record_id.bytes, ops, bit=bit)

    def redacted_files(self) -> frozenset[str]:
        """Return the files that redactions take out."""
        return self._redacting.files()

    @property
    def has_redacted(self) -> bool:
        """Tell whether values were taken out, so that the file is to be written anew."""
        return self._redacting.has_redacted

    # what is shown, and why

    def differences(self) -> tuple[CellDifference, ...]:
        """Return the cells that wait for a person."""
        return self._telling.differences()

    def history(self, record_id: UUID) -> tuple[FieldVersion, ...]:
        """Return every value of every field of a record, oldest first."""
        return self._telling.history(record_id)

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

    def read(self, origin: bytes, above: int) -> OpStream:
        """Return the ops of an origin above a number."""
        return streamed(self._log, origin, above)

    def hash_at(self, origin: bytes, number: int) -> bytes:
        """Return the hash of a chain at a number that is held."""
        found = self._log.find_origin(origin)
        return START_HASH if found is None else hash_at(self._log, found, number)

    def keep_ends(self, origins: Collection[bytes]) -> None:
        """Keep where the chains of these origins stand now."""
        for origin in self._log.origins():
            if origin.oid in origins:
                keep_checkpoints(self._log, origin, ((origin.have, origin.hash),))

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
        # Not put back: what is spilled before the caller commits takes the exclusive lock early.
        # A bundle that needs more memory than this spills all the same.
        for pragma in _LARGE_CACHE:
            self._log.run(pragma)
        lines = sum(len(section.lines) for section in contents.sections)

        def pause(done: int) -> None:
            progress(done, 3 * lines)
            if stop_wanted():
                raise StoppedError

        pause(0)
        incoming = Incoming(
            self._log, self._set_down(contents, file_name, pause), file_name=file_name
        )
        incoming.meet(authors)
        with self._log.stoppable(stop_wanted):
            joining = Applying(self._log, self._heads, pause=lambda done: pause(lines + done))
            counts = joining.join(incoming)
            self._redacting.carry_out()
            self._enter_import(contents.manifest.bundle, incoming)
        return counts

    def _set_down(
        self, contents: BundleContents, file_name: str, pause: Callable[[int], None]
    ) -> Staged:
        """Return the lines set down, ahead of this transaction or now.

        A manifest names the hash of every chain: lines that fit an equal one are the same lines.
        """
        if self._staged is not None and self._staged.manifest == contents.manifest:
            return self._staged.staged
        staging = Staging(self._log.driver, schema="temp", file_name=file_name, pause=pause)
        return staging.stage(contents)

    def undo(self, bundle: UUID) -> UndoOutcome:
        """Take an import out of the set again."""
        found = self._log.rows("SELECT imp FROM imp WHERE bundle = ?", bundle.bytes)
        if not found:
            return UndoOutcome(is_done=False)
        return mending.undo(self._log, self._heads, int(found[0][0]))

    def give_up(self, agreed: Mapping[bytes, int], *, cloned: bool) -> int:
        """End the channels of the replica that this database was before; its own are new.

        `cloned`: their numbers above those agreed upon mean something else elsewhere, and what
        stands there moves. Otherwise they stay, and only what nobody has ever heard of is said
        again. Return how many ops that took.
        """
        reissuing = Reissuing(self._log, self._heads, self._drafting)
        former = reissuing.give_up()
        if cloned:
            return reissuing.move(former, agreed)
        return reissuing.repeat(origin for origin in former if origin.oid not in agreed)

    def alike(
        self,
        bundle: UUID,
        kind: type[Record],
        *,
        same: Sequence[str],
        text: str,
        spelled: Callable[[str], object],
    ) -> frozenset[UUID]:
        """Return the records that a bundle made look like another one."""
        return self._telling.alike(bundle, self._number(kind), same, text, spelled)

    def named_blobs(
        self, ranges: Mapping[bytes, OpRange], kinds: Collection[type[Record]] = KINDS
    ) -> frozenset[str]:
        """Return the blobs that the ops of these ranges name, in records of these kinds."""
        spans = []
        for oid, span in ranges.items():
            origin = self._log.find_origin(oid)
            first = origin.ono << NUMBER_BITS if origin else 0
            spans.append((first + span.start + 1, first + span.end))
        return named_files(self._log, spans, kinds) - self._redacting.files()

    def all_named_blobs(self) -> frozenset[str]:
        """Return the blobs that any op names."""
        named = named_files(self._log, [(0, LARGEST_ID)], KINDS)
        return named - self._redacting.files()

    def brought(
        self, bundle: UUID, kind: type[Record] | None = None
    ) -> tuple[tuple[str, UUID, int], ...]:
        """Return the records that a bundle's ops are about: kind, id, lowest level of an op."""
        sql = (
            "SELECT op.kind, op.row, min(op.lvl) FROM imp JOIN imp_range USING (imp) "
            "JOIN op ON op.id BETWEEN (ono << ? | first) AND (ono << ? | last) "
            "WHERE imp.bundle = ? AND op.kind = coalesce(?, op.kind) GROUP BY op.kind, op.row"
        )
        number = None if kind is None else self._number(kind)
        found = self._log.rows(sql, NUMBER_BITS, NUMBER_BITS, bundle.bytes, number)
        return tuple((self._log.kind_name(of), UUID(bytes=row), level) for of, row, level in found)

    def known(self, kind: str, records: Collection[UUID]) -> frozenset[UUID]:
        """Return which of these records have any op here, visible or not."""
        found = self._heads.of_many(self._log.kind_no(kind), [one.bytes for one in records])
        return frozenset(UUID(bytes=row) for row in found)

    def own_level(self, kind: str, record_id: UUID, field: str) -> int:
        """Return the level that an own op on this field would have."""
        log = self._log
        number, writer = log.kind_no(kind), log.writer
        mask = 1 << log.field_names(number).index(field)
        ours = OriginRow(0, b"", writer.office, writer.is_province, True, 0, START_HASH)
        return log.level(number, record_id.bytes, mask, ours)

    def version(self) -> tuple[int, int]:
        """Return what is another after every change of the set of ops."""
        return self._log.largest_lam(), sum(origin.have for origin in self._log.origins())

    def relevel(self, office: int) -> None:
        """Bring the records of an office up to who may write them by now."""
        mending.relevel(self._log, self._heads, office)

    # soundness

    def check(self) -> tuple[str, ...]:
        """Return what is not as the log says."""
        return mending.faults(self._log, self._heads)

    def rebuild(self) -> None:
        """Make everything anew from the log."""
        mending.rebuild(self._log, self._heads)
        self._redacting.carry_out()

    def learn(self) -> None:
        """Take in what was kept of newer programs, right after an upgrade; nothing else before."""
        learn(self._log)
        self.rebuild()

    def _number(self, kind: type[Record]) -> int:
        return self._log.kind_no(kind_name(kind))

    def _enter_import(self, bundle: UUID, incoming: Incoming) -> None:
        log = self._log
        log.run("INSERT INTO imp(bundle) VALUES (?) ON CONFLICT(bundle) DO NOTHING", bundle.bytes)
        number = log.rows("SELECT imp FROM imp WHERE bundle = ?", bundle.bytes)[0][0]
        for origin, span, steps in incoming.fresh():
            log.run(
                "INSERT INTO imp_range(imp, ono, first, last) VALUES (?, ?, ?, ?)",
                number,
                origin.ono,
                origin.have + 1,
                span.end,
            )
            keep_checkpoints(log, origin, ((origin.have, origin.hash), *steps))
            origin.have, origin.hash = span.end, span.end_hash
            log.save_origin(origin)
