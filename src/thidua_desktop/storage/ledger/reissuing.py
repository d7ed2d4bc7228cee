"""Own ops said again under new numbers, when the old ones are not to be relied on (bundle.md 9).

Either the old numbers mean something else elsewhere (a clone gave them too): then what was written
above the last number agreed upon leaves them and moves into the channels of the replica that the
database is now. Or nobody ever heard of the replica, and nobody may be left to send its ops: then
what still holds of them is said again, in place of itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from thidua_desktop.storage.ledger.chains import drop_checkpoints, hash_at
from thidua_desktop.storage.ledger.drafting import Drafting
from thidua_desktop.storage.ledger.heads import HeadTable
from thidua_desktop.storage.ledger.lines import encode
from thidua_desktop.storage.ledger.log import Log, OpRow, OriginRow
from thidua_desktop.storage.ledger.mending import rebuild
from thidua_desktop.storage.ledger.op_ids import NUMBER_BITS, PRIVATE_ONO


class Reissuing:
    """Ends the channels of a former replica of this database."""

    def __init__(self, log: Log, heads: HeadTable, drafting: Drafting) -> None:
        self._log = log
        self._heads = heads
        self._drafting = drafting

    def give_up(self) -> tuple[OriginRow, ...]:
        """Let the channels of the former replica be no more than those of another PC."""
        former = [o for o in self._log.origins() if o.is_own and o.ono != PRIVATE_ONO]
        for origin in former:
            origin.is_own = False
            self._log.save_origin(origin)
        return tuple(former)

    def move(self, former: Iterable[OriginRow], agreed: Mapping[bytes, int]) -> int:
        """Move the ops above these numbers into new channels; return how many."""
        floors = {origin.ono: min(agreed.get(origin.oid, 0), origin.have) for origin in former}
        moved = [op for ono in floors for op in self._above(ono, floors[ono])]
        ends = {
            ono: hash_at(self._log, self._log.origin(ono), upto) for ono, upto in floors.items()
        }
        renamed: dict[int, int] = {}
        for op in sorted(moved, key=lambda op: op.lam):
            renamed[op.id] = self._drafting.number(op, renamed, floors=floors)
        for ono, upto in floors.items():
            origin = self._log.origin(ono)
            origin.have, origin.hash = upto, ends[ono]
            drop_checkpoints(self._log, origin, upto)
            self._log.save_origin(origin)
        self._follow(renamed, floors)
        rebuild(self._log, self._heads)
        return len(moved)

    def repeat(self, former: Iterable[OriginRow]) -> int:
        """Say again what still holds of these channels; return how many ops it took."""
        ops = [op for origin in former for op in self._above(origin.ono, 0)]
        repeated = 0
        for op in sorted(ops, key=lambda op: op.lam):
            mask = self._heads.of(op.kind, op.row).get(op.id, 0)
            if mask:
                self._drafting.number(_only(op, mask), {}, floors={}, stays=True)
                repeated += 1
        if repeated:
            rebuild(self._log, self._heads)
        return repeated

    def _above(self, ono: int, number: int) -> Sequence[OpRow]:
        first = ono << NUMBER_BITS
        return list(self._log.ops_between(first + number + 1, first + self._log.origin(ono).have))

    def _follow(self, renamed: Mapping[int, int], floors: Mapping[int, int]) -> None:
        """Let drafts name what was moved by its new numbers, and come after it."""
        first, end = PRIVATE_ONO << NUMBER_BITS, (PRIVATE_ONO + 1) << NUMBER_BITS
        drafts = sorted(self._log.ops_between(first, end - 1), key=lambda op: op.lam)
        self._log.remove(drafts)
        for draft in drafts:
            prev = tuple(sorted(renamed.get(p, p) for p in draft.prev))
            lam = self._log.next_lam()
            line = replace(
                draft.decoded(),
                lam=lam,
                prev=self._log.to_pointers(draft.ono, prev),
                values=self._drafting.renumbered(draft, renamed, floors),
            )
            self._log.insert([replace(draft, prev=prev, lam=lam, line=encode(line))])


def _only(op: OpRow, mask: int) -> OpRow:
    """Return an op on these of its fields, in place of itself."""
    line = op.decoded()
    values = tuple(v if mask >> bit & 1 else None for bit, v in enumerate(line.values))
    line = replace(line, mask=mask, values=values)
    return replace(op, mask=mask, prev=(op.id,), line=encode(line))
