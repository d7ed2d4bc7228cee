"""Planted bugs, each of which the random world must find: that is how we know it has teeth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from msgspec.structs import replace

from reliability.figures import Measured
from storage.ledger.test_hostile import play_hostile
from storage.ledger.world import run_history, run_together
from thidua_desktop.domain.records import DELETED_BIT
from thidua_desktop.storage.ledger import applying, drafting, heads, incoming, log, mending
from thidua_desktop.storage.ledger.applying import Applying
from thidua_desktop.storage.ledger.drafting import Drafting
from thidua_desktop.storage.ledger.heads import HeadTable
from thidua_desktop.storage.ledger.log import Log, OpRow

MOST_HISTORIES, STEPS = 150, 35
Patch = pytest.MonkeyPatch


@dataclass(frozen=True)
class Bug:
    """A bug, how it is planted, and which world finds it."""

    name: str
    plant: Callable[[Patch], None]
    play: Callable[[int], object]


BUGS: list[Bug] = []


def play_honest(seed: int) -> object:
    return run_history(seed, steps=STEPS)


def bug(
    name: str, *, play: Callable[[int], object] = play_honest
) -> Callable[[Callable[[Patch], None]], None]:
    return lambda plant: BUGS.append(Bug(name, plant, play))


def wrap(patch: Patch, owner: Any, name: str, make: Callable[[Any], Any]) -> None:
    patch.setattr(owner, name, make(getattr(owner, name)))


def replace_law(patch: Patch, law: Callable[[OpRow, OpRow], bool]) -> None:
    for module in (applying, drafting, heads):
        patch.setattr(module, "may_replace", law)


@bug("a replacing op kills the older one on all its fields")
def _(patch: Patch) -> None:
    def kill(found: dict[int, int], older: OpRow, newer: OpRow) -> None:
        if older.id in found and log.may_replace(newer, older):
            found[older.id] = 0

    patch.setattr(applying, "kill", kill)


@bug("the definition kills on all fields")
def _(patch: Patch) -> None:
    def wrong(ops: Any) -> dict[int, int]:
        held = {op.id: op for op in ops}
        found = {op.id: op.mask for op in ops}
        for op in ops:
            for old in op.prev:
                if old in held and log.may_replace(op, held[old]):
                    found[old] = 0
        return found

    patch.setattr(mending, "by_definition", wrong)


@bug("a stranger replaces an owner")
def _(patch: Patch) -> None:
    replace_law(patch, lambda newer, older: newer.row == older.row and newer.lam > older.lam)


@bug("an earlier op replaces a later one", play=play_hostile)
def _(patch: Patch) -> None:
    replace_law(patch, lambda newer, older: newer.row == older.row and newer.lvl >= older.lvl)


@bug("an op replaces one of another record", play=play_hostile)
def _(patch: Patch) -> None:
    replace_law(patch, lambda newer, older: newer.lam > older.lam and newer.lvl >= older.lvl)


@bug("nothing replaces anything")
def _(patch: Patch) -> None:
    replace_law(patch, lambda _newer, _older: False)


@bug("pointers to ops not here are forgotten")
def _(patch: Patch) -> None:
    def many(original: Any) -> Any:
        def run(self: Log, sql: str, rows: Any) -> None:
            if "INTO dead" not in sql:
                original(self, sql, rows)

        return run

    wrap(patch, Log, "many", many)


@bug("an op that comes late does not ask who named it")
def _(patch: Patch) -> None:
    patch.setattr(Applying, "_waiting", lambda *_: {})


def miswrite(patch: Patch, module: Any, name: str, said: str, instead: str) -> None:
    """Write a statement wrong."""
    right = getattr(module, name)
    assert said in right
    patch.setattr(module, name, right.replace(said, instead))


@bug("a second first op of a record is taken for the first")
def _(patch: Patch) -> None:
    miswrite(
        patch,
        applying,
        "_NEW",
        "DO NOTHING",
        "DO UPDATE SET _op = excluded._op, _m = excluded._m, note = coalesce(excluded.note, note)",
    )


@bug("a second first op of a record is not looked at")
def _(patch: Patch) -> None:
    miswrite(
        patch,
        applying,
        "_FIND_REST",
        "t._op IS NOT a.id",
        "t._op IS NOT a.id AND (a.prev IS NOT NULL OR a.several IS NOT NULL OR t.id IS NULL)",
    )


@bug("an op that names another is taken for the first of its record", play=play_hostile)
def _(patch: Patch) -> None:
    miswrite(patch, applying, "_NEW", "prev IS NULL AND several IS NULL AND", "")


@bug("an op that names several is taken for the first of its record", play=play_hostile)
def _(patch: Patch) -> None:
    miswrite(patch, applying, "_NEW", "several IS NULL AND", "")


@bug("a mark of deletion that comes first is taken for a value", play=play_hostile)
def _(patch: Patch) -> None:
    miswrite(patch, applying, "_NEW", "mask <> 1 AND", "")


@bug("a simple op need not be later", play=play_hostile)
def _(patch: Patch) -> None:
    miswrite(patch, applying, "_FIND_SIMPLE", "p.lam < r.lam AND", "")


@bug("a simple op may be a stranger's")
def _(patch: Patch) -> None:
    miswrite(patch, applying, "_FIND_SIMPLE", "p.lvl <= r.lvl AND", "")


@bug("a simple op may write fields that are not shown by what it replaces", play=play_hostile)
def _(patch: Patch) -> None:
    miswrite(patch, applying, "_FIND_SIMPLE", "AND r.mask & t._m = r.mask", "")


@bug("a simple op need not replace what is shown")
def _(patch: Patch) -> None:
    miswrite(patch, applying, "_FIND_SIMPLE", "t._op = r.prev AND", "")


@bug("a simple op in place of a part takes the whole")
def _(patch: Patch) -> None:
    miswrite(patch, applying, "_FIND_SIMPLE", "r.mask = t._m\n", "1\n")


@bug("what a simple op replaces in part stays a head there")
def _(patch: Patch) -> None:
    miswrite(patch, applying, "_SHOW_SIMPLE", "t._m & ~x.mask", "t._m")


@bug("a simple op in place of a part becomes no head")
def _(patch: Patch) -> None:
    miswrite(patch, applying, "_HEADS_OF_SIMPLE", "NOT whole", "0")


@bug("the values of a simple op are not shown")
def _(patch: Patch) -> None:
    miswrite(patch, applying, "_SHOW_SIMPLE", "{changes}", "")


@bug("a simple op is settled once more as if it were alone")
def _(patch: Patch) -> None:
    miswrite(patch, applying, "_SHOW_SIMPLE", "ELSE t._op END", "ELSE x.id END")


@bug("what follows in another origin is taken for later", play=play_hostile)
def _(patch: Patch) -> None:
    same = "r.prev < r.id AND r.prev >> {bits} = r.id >> {bits} OR"
    miswrite(patch, applying, "_FIND_SIMPLE", same, "1 OR")


@bug("a simple op in place of a mark of deletion", play=play_hostile)
def _(patch: Patch) -> None:
    miswrite(patch, applying, "_FIND_SIMPLE", "(r.mask | q.mask | t._m) & 1 = 0 AND", "")


@bug("what a simple op replaces of another head stays a head there")
def _(patch: Patch) -> None:
    miswrite(patch, applying, "_HEADS_REPLACED", "h.mask & ~x.mask", "h.mask")


@bug("a simple op in place of another head becomes no head")
def _(patch: Patch) -> None:
    miswrite(patch, applying, "_HEADS_REPLACED", "ELSE x.id", "ELSE h.op")


@bug("a pointer is taken for one of the line's own origin")
def _(patch: Patch) -> None:
    miswrite(patch, incoming, "_ARRIVING", "p.place = s.prev >> {bits}", "p.place = s.id >> {bits}")


@bug("what is here already comes again")
def _(patch: Patch) -> None:
    miswrite(patch, incoming, "_OF_MANY", "> m.have", "> 0")


@bug("what is here already of the only author comes again")
def _(patch: Patch) -> None:
    miswrite(patch, incoming, "_OF_ONE", "> {known}", "> 0")


@bug("what is one author's is taken for all", play=run_together)
def _(patch: Patch) -> None:
    miswrite(patch, incoming, "_WHO", "min(place)", "max(place)")


@bug("one level is taken for all")
def _(patch: Patch) -> None:
    miswrite(patch, incoming, "_WHO", "max(lvl)", "min(lvl)")


@bug("the level of one op holds for all of its author")
def _(patch: Patch) -> None:
    miswrite(patch, incoming, "_OF_MANY", "l.mask = s.mask AND l.tail", "l.tail")


@bug("of several pointers the first is kept")
def _(patch: Patch) -> None:
    wrap(
        patch,
        incoming.Incoming,
        "ids",
        lambda original: lambda self, named: original(self, named[:1]),
    )


@bug("levels are always an owner's")
def _(patch: Patch) -> None:
    patch.setattr(Log, "level", lambda *_: 1)


@bug("levels are always a stranger's")
def _(patch: Patch) -> None:
    patch.setattr(Log, "level", lambda *_: 0)


@bug("one owned field makes the op an owner's", play=play_hostile)
def _(patch: Patch) -> None:
    def level(original: Any) -> Any:
        def any_of(self: Log, kind: int, row: bytes, mask: int, origin: Any) -> int:
            bits = [1 << b for b in range(mask.bit_length()) if mask >> b & 1]
            return max(original(self, kind, row, bit, origin) for bit in bits)

        return any_of

    wrap(patch, Log, "level", level)


@bug("the later word is shown, whoever says it")
def _(patch: Patch) -> None:
    def rank(self: HeadTable, op: OpRow) -> tuple[int, bytes, int]:
        return op.lam, self._log.origin(op.ono).oid, op.number

    patch.setattr(HeadTable, "rank", rank)


@bug("ties are broken by the order of arrival")
def _(patch: Patch) -> None:
    patch.setattr(HeadTable, "rank", lambda _self, op: (op.lvl, op.lam, op.ono, op.number))


@bug("a draft is amended although a rival came in a field not written")
def _(patch: Patch) -> None:
    def ops(original: Any) -> Any:
        def none(self: Drafting, kind: int, row: bytes, fields: int, found: Any) -> Any:
            return original(self, kind, row, fields, {})

        return none

    wrap(patch, Drafting, "_amendable", ops)


@bug("a draft is amended after a later delete")
def _(patch: Patch) -> None:
    def drafts_of(original: Any) -> Any:
        return lambda self, kind, row: [
            op for op in original(self, kind, row) if op.mask != 1 << DELETED_BIT
        ]

    def amendable(original: Any) -> Any:
        def blind(self: Drafting, *args: Any) -> Any:
            kept = Log.drafts_of
            Log.drafts_of = drafts_of(kept)  # type: ignore[method-assign]
            try:
                return original(self, *args)
            finally:
                Log.drafts_of = kept  # type: ignore[method-assign]

        return blind

    wrap(patch, Drafting, "_amendable", amendable)


@bug("a draft is amended although what it replaced was taken back")
def _(patch: Patch) -> None:
    def ops(original: Any) -> Any:
        def all_here(self: Drafting, kind: int, row: bytes, fields: int, found: Any) -> Any:
            drafts = [op for op in self._log.drafts_of(kind, row) if op.mask != 1 << DELETED_BIT]
            right = original(self, kind, row, fields, found)
            owners = {s.owner for s in self._log.fields(kind) if fields >> s.bit & 1}
            same = [op for op in drafts if self._owners(op) == owners]
            if right is None and same and not (found.keys() - {same[-1].id, *same[-1].prev}):
                later = [op for op in self._log.drafts_of(kind, row) if op.lam > same[-1].lam]
                return None if any(op.mask == 1 for op in later) else same[-1]
            return right

        return all_here

    wrap(patch, Drafting, "_amendable", ops)


@bug("an edit does not name what it replaces")
def _(patch: Patch) -> None:
    wrap(
        patch,
        Drafting,
        "_rewrite",
        lambda original: (
            lambda self, op, cells, found: original(
                self, op, cells, {k: v for k, v in found.items() if k == op.id}
            )
        ),
    )


@bug("numbering leaves the pointers of later drafts")
def _(patch: Patch) -> None:
    wrap(
        patch,
        Drafting,
        "number",
        lambda original: lambda self, op, _renamed: original(self, op, {}),
    )


@bug("numbering leaves the heads")
def _(patch: Patch) -> None:
    def promote(original: Any) -> Any:
        def run(self: Drafting, records: Any) -> None:
            with pytest.MonkeyPatch.context() as inner:
                inner.setattr(HeadTable, "write_many", lambda *_: None)
                original(self, records)

        return run

    wrap(patch, Drafting, "promote", promote)


@bug("numbering keeps the old Lamport number")
def _(patch: Patch) -> None:
    def number(original: Any) -> Any:
        def run(self: Drafting, op: OpRow, renamed: Any) -> int:
            kept = Log.next_lam
            Log.next_lam = lambda _self: op.lam  # type: ignore[method-assign]
            try:
                result: int = original(self, op, renamed)
                return result
            finally:
                Log.next_lam = kept  # type: ignore[method-assign]

        return run

    wrap(patch, Drafting, "number", number)


@bug("numbering takes the drafts in any order")
def _(patch: Patch) -> None:
    wrap(
        patch,
        Log,
        "drafts_of",
        lambda original: (
            lambda self, kind, row: [replace(op, lam=-op.lam) for op in original(self, kind, row)]
        ),
    )


@bug("a mark of deletion keeps private numbers")
def _(patch: Patch) -> None:
    patch.setattr(Drafting, "renumbered", lambda _self, op, *_: op.decoded().values)


@bug("a delete wins over every edit")
def _(patch: Patch) -> None:
    patch.setattr(
        heads,
        "is_hidden",
        lambda cells: bool(cells.get("_xoa")) and cells["_xoa"][0].values["_xoa"] is not None,
    )


@bug("a delete hides nothing")
def _(patch: Patch) -> None:
    patch.setattr(heads, "is_hidden", lambda _cells: False)


@bug("an undo forgets what pointed at the ops it takes")
def _(patch: Patch) -> None:
    def undo(original: Any) -> Any:
        def run(book: Log, table: HeadTable, imported: int) -> Any:
            kept = Log.many
            Log.many = (  # type: ignore[method-assign]
                lambda self, sql, rows: None if "INTO dead" in sql else kept(self, sql, rows)
            )
            try:
                return original(book, table, imported)
            finally:
                Log.many = kept  # type: ignore[method-assign]

        return run

    wrap(patch, mending, "undo", undo)


@bug("an undo sees only the heads, not what they replaced")
def _(patch: Patch) -> None:
    def closures(book: Log, _kind: int, heads: Any) -> Any:
        return {row: book.ops(found) for row, found in heads.items()}

    patch.setattr(mending, "closures", closures)


@bug("an undo leaves the number where it was")
def _(patch: Patch) -> None:
    def undo(original: Any) -> Any:
        def run(book: Log, table: HeadTable, imported: int) -> Any:
            kept = Log.save_origin
            Log.save_origin = lambda _self, _row: None  # type: ignore[method-assign]
            try:
                before = {o.ono: (o.have, o.hash) for o in book.origins()}
                result = original(book, table, imported)
                for origin in book.origins():
                    origin.have, origin.hash = before[origin.ono]
                return result
            finally:
                Log.save_origin = kept  # type: ignore[method-assign]

        return run

    wrap(patch, mending, "undo", undo)


@bug("only the fields of the last op of a bundle are shown anew")
def _(patch: Patch) -> None:
    def settle(original: Any) -> Any:
        def run(self: Applying, kind: int, arrived: Any, before: Any, dead: Any) -> None:
            last = {row: ops[-1].mask for row, ops in arrived.items()}
            kept = HeadTable.write_many

            def write(table: HeadTable, kind: int, states: Any, known: Any) -> None:
                kept(table, kind, {row: (of, last[row]) for row, (of, _) in states.items()}, known)

            with pytest.MonkeyPatch.context() as inner:
                inner.setattr(HeadTable, "write_many", write)
                original(self, kind, arrived, before, dead)

        return run

    wrap(patch, Applying, "_settle", settle)


@bug("the mark of deletion has seen only own ops")
def _(patch: Patch) -> None:
    wrap(
        patch,
        drafting,
        "seen_text",
        lambda original: lambda seen: original(dict(list(seen.items())[:1])),
    )


@bug("fields of two owners go into one op")
def _(patch: Patch) -> None:
    def put(self: Drafting, kind: int, row: bytes, values: Any) -> bool:
        bits = {s.bit: values[s.name] for s in self._log.fields(kind) if s.name in values}
        return self._write(kind, row, bits)

    patch.setattr(Drafting, "put", put)


@bug("a late op resolves every pointer at it, also from another record", play=play_hostile)
def _(patch: Patch) -> None:
    patch.setattr(applying, "same_record", lambda _op, _other: True)


@bug("pointers stay dangling after what they name came")
def _(patch: Patch) -> None:
    def many(original: Any) -> Any:
        def run(self: Log, sql: str, rows: Any) -> None:
            if not sql.startswith("DELETE FROM dead"):
                original(self, sql, rows)

        return run

    wrap(patch, Log, "many", many)


@bug("heads that share a field in part are not looked at")
def _(patch: Patch) -> None:
    patch.setattr(heads, "_MEETING", heads._MEETING.replace("head.mask & typed._m", "0"))


@bug("only the typed row is asked whether a field is shared")
def _(patch: Patch) -> None:
    patch.setattr(heads, "_MEETING", heads._MEETING.replace("AND other.mask & head.mask", "AND 0"))


@bug("a record whose deletion waits is not looked at")
def _(patch: Patch) -> None:
    wrong = heads._MEETING.replace("(head.mask | typed._m) & 1", "0")
    patch.setattr(heads, "_MEETING", wrong)


@bug("a hidden record stays hidden after what hid it went")
def _(patch: Patch) -> None:
    def many(original: Any) -> Any:
        def run(self: Log, sql: str, rows: Any) -> None:
            kept = sql.replace("INSERT INTO hidden", "INSERT OR IGNORE INTO hidden")
            if not sql.startswith("DELETE FROM hidden"):
                original(self, kept, rows)

        return run

    wrap(patch, Log, "many", many)


@bug("the heads that were are forgotten when others come")
def _(patch: Patch) -> None:
    wrap(
        patch,
        applying,
        "settled",
        lambda original: lambda _before, arrived, known, dead: original({}, arrived, known, dead),
    )


@bug("an undo leaves the hash of the chain")
def _(patch: Patch) -> None:
    patch.setattr(mending, "hash_at", lambda _book, origin, _number: origin.hash)


@bug("an amended draft keeps its Lamport number")
def _(patch: Patch) -> None:
    def rewrite(original: Any) -> Any:
        def run(self: Drafting, op: OpRow, cells: Any, found: Any) -> int:
            with pytest.MonkeyPatch.context() as inner:
                if op.lam:
                    inner.setattr(Log, "next_lam", lambda _self: op.lam)
                result: int = original(self, op, cells, found)
                return result

        return run

    wrap(patch, Drafting, "_rewrite", rewrite)


@bug("an amended draft forgets what it replaced before")
def _(patch: Patch) -> None:
    def amend(original: Any) -> Any:
        return lambda self, draft, cells, found: original(
            self, replace(draft, prev=()), cells, found
        )

    wrap(patch, Drafting, "_amend", amend)


@bug("the oldest draft is amended, not the latest")
def _(patch: Patch) -> None:
    def amendable(original: Any) -> Any:
        def run(self: Drafting, kind: int, row: bytes, fields: int, found: Any) -> Any:
            kept = Log.drafts_of
            with pytest.MonkeyPatch.context() as inner:
                inner.setattr(Log, "drafts_of", lambda *args: kept(*args)[::-1])
                return original(self, kind, row, fields, found)

        return run

    wrap(patch, Drafting, "_amendable", amendable)


@bug("a later writing of a deleted record leaves the mark")
def _(patch: Patch) -> None:
    patch.setattr(HeadTable, "is_hidden", lambda *_: False)


@bug("an undo takes a record with what was there before it", play=play_hostile)
def _(patch: Patch) -> None:
    miswrite(patch, mending, "_FIND_ALONE", "o.prev IS NULL AND", "")


@bug("an undo takes a record with what was written beside it")
def _(patch: Patch) -> None:
    miswrite(patch, mending, "_FIND_ALONE", "AND NOT EXISTS", "AND 1 OR 0 AND EXISTS")


@bug("an undo of a mark of deletion leaves the mark", play=play_hostile)
def _(patch: Patch) -> None:
    miswrite(patch, mending, "_FIND_ALONE", "AND o.mask & 1 = 0", "")


@bug("an undo shows not all fields anew that were written")
def _(patch: Patch) -> None:
    def take_out(original: Any) -> Any:
        def run(log: Log, heads: HeadTable, kind: int, written: Any, gone: Any) -> Any:
            first = {row: mask & -mask for row, mask in written.items()}
            return original(log, heads, kind, first, gone)

        return run

    wrap(patch, mending, "_take_out", take_out)


@pytest.mark.parametrize("seeded", BUGS, ids=lambda seeded: seeded.name)
def test_the_world_finds_a_planted_bug(
    seeded: Bug, monkeypatch: pytest.MonkeyPatch, measured: Measured
) -> None:
    """F7."""
    seeded.plant(monkeypatch)

    assert first_found(seeded.play) is not None
    measured("F7", planted_bugs=1, found=1)


def first_found(play: Callable[[int], object]) -> int | None:
    """Return the first history that shows something wrong; a planted bug may also crash."""
    for seed in range(MOST_HISTORIES):
        try:
            play(seed)
        except Exception:  # noqa: BLE001
            return seed
    return None


# Changes that change nothing, each with the reason; they are here so that nobody plants them again.
def ops_are_not_looked_up_among_the_dangling(patch: Patch) -> None:
    """Who names the op is of its record, so the record is known; if not, it replaces nothing.

    And who names the op it is to replace shares a field with it, so it is not simple.
    """
    miswrite(patch, applying, "_NEW", "AND id NOT IN (SELECT op FROM dead)", "")
    miswrite(patch, applying, "_FIND_SIMPLE", "AND r.id NOT IN (SELECT op FROM dead)", "")


def any_head_stands_in_the_typed_row(patch: Patch) -> None:
    """Heads are the typed row and the rows of `head` together; which is where says nothing."""

    def write_many(original: Any) -> Any:
        def run(self: HeadTable, kind: int, states: Any, known: Any) -> None:
            with pytest.MonkeyPatch.context() as inner:
                inner.setattr(heads, "max", lambda of, **_: min(of), raising=False)
                original(self, kind, states, known)

        return run

    wrap(patch, HeadTable, "write_many", write_many)


@pytest.mark.parametrize(
    "plant", [ops_are_not_looked_up_among_the_dangling, any_head_stands_in_the_typed_row]
)
def test_a_change_that_changes_nothing_is_not_found(
    plant: Callable[[Patch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)
    for seed in range(10):
        run_history(seed, steps=STEPS)
        play_hostile(seed)


def test_without_a_planted_bug_the_same_histories_pass() -> None:
    for seed in range(8):
        run_history(seed, steps=STEPS)
        play_hostile(seed)
