"""Values taken out of the log by law (bundle.md 13): of a line, all but they stays.

What is shown is a function of the ops and of the redactions among them; a redaction that comes
before the op it names waits for it, as a pointer does.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from uuid import UUID

import msgspec

from thidua_desktop.domain.ids import office_number
from thidua_desktop.domain.kinds import KIND_BY_NAME, kind_number
from thidua_desktop.domain.records import DELETED_BIT, kind_name
from thidua_desktop.domain.redactions import Redaction, may_redact
from thidua_desktop.storage.ledger.heads import ALL, HeadTable
from thidua_desktop.storage.ledger.lines import encode, redacted
from thidua_desktop.storage.ledger.log import Log, OpRow
from thidua_desktop.storage.ledger.op_ids import NUMBER_BITS, NUMBER_MASK

_KIND = kind_name(Redaction)
_OP = re.compile(r"([0-9a-f]{32}):([1-9][0-9]{0,12})")


class Redacting:
    """Takes values out of the log, and remembers that it did: the pages are to be cleaned then."""

    def __init__(self, log: Log, heads: HeadTable) -> None:
        self._log = log
        self._heads = heads
        self.has_redacted = False

    def redact(self, kind: int, row: bytes, ops: Collection[str], *, bit: int) -> None:
        """Take the values of these ops of a record out; of a draft only the one of this bit."""
        ids = [number for name in ops for number in self._id_of(name)]
        fresh = [
            (line, op.id)
            for op in self._log.ops(ids).values()
            if (op.kind, op.row) == (kind, row) and op.mask != 1 << DELETED_BIT
            if (line := self._without(op, bit)) != op.line
        ]
        if not fresh:
            return
        self.has_redacted = True
        self._log.run("PRAGMA secure_delete = ON")  # what the rows held is overwritten
        self._log.many("UPDATE op SET line = ? WHERE id = ?", fresh)
        heads = self._heads.of(kind, row)
        if heads:
            self._heads.write(kind, row, heads, fields=ALL)

    def carry_out(self) -> None:
        """Do what the redactions here say, to those of their ops that are here."""
        for about, names, _ in self._counting():
            kind = KIND_BY_NAME.get(about[0])
            if kind is not None:
                self.redact(kind_number(about[0]), about[1], names, bit=DELETED_BIT)

    def files(self) -> frozenset[str]:
        """Return the files that the redactions here take out."""
        return frozenset(file for _, _, files in self._counting() for file in files)

    def _counting(self) -> Iterator[tuple[tuple[str, bytes], list[str], list[str]]]:
        """Return what each redaction that counts is about: record, ops, files.

        Only what its owner wrote counts, cell by cell: where he wrote nothing, a stranger's word
        would stand alone.
        """
        log, number = self._log, kind_number(_KIND)
        rows = [row for (row,) in log.rows(f"SELECT id FROM {_KIND}")]  # noqa: S608 - our name
        for row, heads in self._heads.of_many(number, rows).items():
            cells = self._heads.cells(number, heads, log.ops(heads))
            said = {
                name: found[0].values[name] for name, found in cells.items() if found[0].level == 1
            }
            kind, about = str(said.get("about_kind")), said.get("about_id")
            if isinstance(about, bytes) and may_redact(
                office_number(UUID(bytes=row)), UUID(bytes=about)
            ):
                ops, files = (str(said.get(name) or "").split() for name in ("ops", "files"))
                yield (kind, about), ops, files

    def _id_of(self, name: str) -> Iterator[int]:
        parts = _OP.fullmatch(name)
        origin = self._log.find_origin(bytes.fromhex(parts[1])) if parts else None
        if parts and origin:
            yield origin.ono << NUMBER_BITS | int(parts[2]) & NUMBER_MASK

    def _without(self, op: OpRow, bit: int) -> bytes:
        line = op.decoded()
        if not op.is_private:
            return encode(redacted(line))
        values = tuple(None if place == bit else value for place, value in enumerate(line.values))
        return encode(msgspec.structs.replace(line, values=values))
