"""What a merge tells of itself: how many records came, and what waits for a person after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from thidua_desktop.domain.bundles import MergeCounts
from thidua_desktop.domain.ledger import CellState
from thidua_desktop.storage.ledger.differences import XOA, open_cells, open_words, overlap, shared
from thidua_desktop.storage.ledger.heads import ALL, Heads, HeadTable
from thidua_desktop.storage.ledger.log import Log, OpRow

_BY_MASK = "{arriving} SELECT mask, count(*) FROM arriving GROUP BY mask"
_STRANGE = "{arriving} SELECT row, id FROM arriving WHERE lvl = 0"


class Counting:
    """The numbers of one merge; `arriving` is what lets a statement say the ops of a kind."""

    def __init__(self, log: Log, heads: HeadTable) -> None:
        self._log = log
        self._heads = heads
        self.records = self.new = 0
        self.differences = self.suggestions = 0
        self.outside_authority = self.unknown = 0

    def told(self, *, same: int) -> MergeCounts:
        """Return the numbers; so many records were here already."""
        return MergeCounts(
            new=self.new,
            changed=self.records - self.new,
            same=same,
            differences=self.differences,
            suggestions=self.suggestions,
            outside_authority=self.outside_authority,
            unknown=self.unknown,
        )

    def count_open(
        self,
        kind: int,
        before: Heads,
        after: Heads,
        known: Mapping[int, OpRow],
    ) -> None:
        """Count the cells of a record that wait for a person now, and did not so before."""
        if not overlap(after):
            return
        is_marked = any(mask & XOA for mask in (*before.values(), *after.values()))
        # A cell with one head waits for nobody; it says something only where deletion is marked.
        met = ALL if is_marked else shared(before) | shared(after)

        def open_of(heads: Heads) -> Mapping[str, CellState]:
            if not overlap(heads):
                return {}
            if not is_marked:
                return open_words(self._heads.words(kind, heads, known, only=met))
            fields = [spec.name for spec in self._log.fields(kind)]
            return open_cells(self._heads.cells(kind, heads, known), fields)

        old = open_of(before)
        opened = [state for name, state in open_of(after).items() if old.get(name) != state]
        self.suggestions += opened.count(CellState.SUGGESTION)
        self.differences += len(opened) - opened.count(CellState.SUGGESTION)

    def count_unknown(self, kind: int, arriving: str) -> None:
        """Count the cells that only a newer program knows."""
        known = self._log.known_mask(kind)
        masks = {mask for (mask,) in self._log.rows("SELECT DISTINCT mask FROM temp.level")}
        if any(mask & ~known for mask in masks):
            sql = _BY_MASK.format(arriving=arriving)
            for mask, count in self._log.rows(sql):
                self.unknown += (mask & ~known).bit_count() * count

    def count_strange(self, kind: int, arriving: str) -> None:
        """Count the cells that show one of these ops although its author owns them not."""
        if not self._log.rows("SELECT 1 FROM temp.level WHERE lvl = 0 LIMIT 1"):
            return
        sql = _STRANGE.format(arriving=arriving)
        for found in self._log.chunks(sql):
            strange: dict[bytes, list[int]] = defaultdict(list)
            for row, number in found:
                strange[row].append(number)
            heads = self._heads.of_many(kind, strange)
            known = self._log.ops({number for of in heads.values() for number in of})
            for row, numbers in strange.items():
                for number in numbers:
                    if number in heads[row]:
                        mask = self._shown_mask(number, heads[row], known)
                        self.outside_authority += mask.bit_count()

    def _shown_mask(self, number: int, heads: Heads, known: Mapping[int, OpRow]) -> int:
        """Return the fields in which one of the heads of a record is the one shown."""
        mask, op = heads[number], known[number]
        for other, rival in heads.items():
            if self._heads.rank(known[other]) > self._heads.rank(op):
                mask &= ~rival
        return mask
