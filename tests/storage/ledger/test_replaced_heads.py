"""An op in place of one that shows only part of its record: by statement where it is simple."""

from __future__ import annotations

from typing import Any

import pytest

from storage.ledger.forge import ASSESSMENT, NOTE, ORIGIN, SELF_SCORE, ZERO, bundle, line, receive
from storage.ledger.world import Replica
from thidua_desktop.domain.ledger import seen_text
from thidua_desktop.storage.ledger import applying
from thidua_desktop.storage.ledger.applying import Applying

PLAN, ACTUAL, REASON = 8, 9, 11
WHOLE = line(1, values={NOTE: "một", SELF_SCORE: 0, ASSESSMENT: "met", ACTUAL: 1, REASON: "x"})
PART = line(2, values={NOTE: "hai", SELF_SCORE: 1}, prev=[1])
SAME = line(3, values={NOTE: "ba", SELF_SCORE: 2}, prev=[2])
LESS = line(3, values={NOTE: "ba"}, prev=[2])
MORE = line(3, values={NOTE: "ba", SELF_SCORE: 2, PLAN: 5}, prev=[2])
BESIDE = line(3, values={NOTE: "ba", PLAN: 5}, prev=[2])
# None of these is simple.
SHOWN_BESIDE = line(3, values={NOTE: "ba", ASSESSMENT: "not_met"}, prev=[2])
RIVAL = line(2, values={NOTE: "hai"})
OF_RIVAL = line(3, values={NOTE: "ba"}, prev=[2])
MARK = line(2, values={0: seen_text({ORIGIN: 1})}, prev=[1])
BACK = line(3, values={0: None}, prev=[2])


def in_turn(replica: Replica, *lines: list[Any]) -> bool:
    """Take these in by a bundle each, and tell whether all was always as the log says."""
    before, is_right = ZERO, True
    for start, one in enumerate(lines):
        made = bundle([one], start=start, start_hash=before)
        receive(replica, made)
        before = made.manifest.ranges[ORIGIN].end_hash
        is_right &= replica.ledger.check() == ()
    return is_right


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Tell how many records each call settled that were joined by no statement."""
    found: list[int] = []
    original = Applying._settle

    def run(self: Applying, kind: int, arrived: Any, before: Any, dead: Any) -> None:
        found.append(len(arrived))
        original(self, kind, arrived, before, dead)

    monkeypatch.setattr(Applying, "_settle", run)
    return found


@pytest.mark.parametrize("last", [SAME, LESS, MORE, BESIDE])
def test_what_replaces_a_part_is_simple(
    office: Replica, settled: list[int], last: list[Any]
) -> None:
    assert in_turn(office, WHOLE, PART)
    settled.clear()
    assert in_turn(office, WHOLE, PART, last)

    assert settled == []
    (shown,) = office.ledger._log.rows("SELECT note, self_score, assessment, plan FROM score")
    assert shown == ("ba", last[5][SELF_SCORE] or 1, "met", last[5][PLAN])


@pytest.mark.parametrize(
    ("story", "condition", "instead"),
    [
        ((WHOLE, PART, SHOWN_BESIDE), "AND t._m & r.mask = 0", ""),
        ((WHOLE, RIVAL, OF_RIVAL), "AND t._m & r.mask = 0", ""),
        ((WHOLE, MARK, BACK), "(r.mask | q.mask | t._m) & 1 = 0 AND", ""),
    ],
)
def test_what_meets_more_is_settled(
    office: Replica,
    second: Replica,
    monkeypatch: pytest.MonkeyPatch,
    story: tuple[list[Any], ...],
    condition: str,
    instead: str,
) -> None:
    assert in_turn(office, *story)
    assert condition in applying._FIND_SIMPLE
    wrong = applying._FIND_SIMPLE.replace(condition, instead)
    monkeypatch.setattr(applying, "_FIND_SIMPLE", wrong)
    assert not in_turn(second, *story)
