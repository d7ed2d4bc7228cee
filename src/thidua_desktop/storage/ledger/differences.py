"""Which cells wait for a person, told from the heads of their record."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from thidua_desktop.domain.ledger import CellState, Op, Said, is_hidden, needs_choice, seen_of
from thidua_desktop.domain.records import DELETED, DELETED_BIT

XOA = 1 << DELETED_BIT
Cells = Mapping[str, tuple[Op, ...]]


def overlap(heads: Mapping[int, int]) -> bool:
    """Tell whether a cell may wait: two heads share a field, or one is a mark of deletion."""
    return bool(shared(heads)) or any(mask & XOA for mask in heads.values())


def shared(heads: Mapping[int, int]) -> int:
    """Return the fields of which a record has several heads."""
    union = both = 0
    for mask in heads.values():
        both |= union & mask
        union |= mask
    return both


def open_cells(cells: Cells, fields: Collection[str]) -> dict[str, CellState]:
    """Return which of these fields of a record wait, and whether its deletion does.

    None of a deleted record waits.
    """
    if is_hidden(cells):
        return {}
    states = open_words({name: cells[name] for name in cells.keys() & set(fields)})
    marks = [op for op in cells.get(DELETED, ()) if op.values[DELETED] is not None]
    if marks:
        is_owner = marks[0].level >= _level(cells)
        states[DELETED] = CellState.DELETED_EDITED if is_owner else CellState.SUGGESTION
    return states


def open_words(cells: Mapping[str, Sequence[Said]]) -> dict[str, CellState]:
    """Return which of these cells wait, none of them of a record whose deletion is marked."""
    states = {}
    for name, found in cells.items():
        if needs_choice(name, found):
            states[name] = CellState.DIFFERENCE
        elif _is_suggested(name, found):
            states[name] = CellState.SUGGESTION
    return states


def keepers(cells: Cells) -> tuple[Op, ...]:
    """Return the ops that keep a record whose mark of deletion waits, the best word first.

    They are a mark taken back, or what the deleter had not seen, or, where deletion is a
    stranger's wish, the word of the owner.
    """
    marks = cells.get(DELETED, ())
    if kept := tuple(op for op in marks if op.values[DELETED] is None):
        return kept
    seen: dict[bytes, int] = {}
    for mark in marks:
        for origin, number in seen_of(mark.values[DELETED]).items():
            seen[origin] = max(seen.get(origin, 0), number)
    level = _level(cells)
    others = {op.id: op for name, of in cells.items() if name != DELETED for op in of}
    words = (op for op in others.values() if op.level == level)
    ranked = sorted(words, key=Op.rank, reverse=True)
    unseen = tuple(op for op in ranked if op.id.number > seen.get(op.id.origin, 0))
    return unseen or tuple(ranked[:1])


def _level(cells: Cells) -> int:
    others = (op.level for name, of in cells.items() if name != DELETED for op in of)
    return max(others, default=0)


def _is_suggested(name: str, found: Sequence[Said]) -> bool:
    shown = found[0]
    return any(op.level < shown.level and op.values[name] != shown.values[name] for op in found)
