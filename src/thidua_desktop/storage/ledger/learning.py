"""What was kept of newer programs, once this program knows it (bundle.md 11)."""

from __future__ import annotations

from thidua_desktop.domain.kinds import KIND_BY_NAME, kind_number
from thidua_desktop.storage.ledger.log import FIRST_UNKNOWN, Log

_NUMBERED = ("op", "head", "hidden", "field")


def learn(log: Log) -> None:
    """Give kinds that became known their own number, and forget names that are declared now.

    A kind that is still unknown, and that an early program numbered right after its own kinds,
    makes room for ours.
    """
    kept = {str(name): int(number) for number, name in log.rows("SELECT no, name FROM kind")}
    highest = max((FIRST_UNKNOWN, *kept.values()))
    for name, number in kept.items():
        if number <= FIRST_UNKNOWN:
            highest += 1
            _renumber(log, number, highest)
            kept[name] = highest
    for name in kept.keys() & KIND_BY_NAME.keys():
        _renumber(log, kept[name], kind_number(name))
        log.run("DELETE FROM kind WHERE name = ?", name)
    for name in KIND_BY_NAME:
        known = log.known_mask(kind_number(name)).bit_length()
        log.run("DELETE FROM field WHERE kind = ? AND bit < ?", kind_number(name), known)


def _renumber(log: Log, old: int, new: int) -> None:
    for table in _NUMBERED:
        log.run(f"UPDATE {table} SET kind = ? WHERE kind = ?", new, old)  # noqa: S608 - our names
    log.run("UPDATE kind SET no = ? WHERE no = ?", new, old)
