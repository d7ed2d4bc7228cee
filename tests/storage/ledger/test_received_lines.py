"""What a line from outside may be: what stands in it at its limit, and one step beyond.

What a bundle may be at most is in the table of limits (`reliability/limits_table.py`).
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from storage.ledger import forge
from storage.ledger.forge import (
    ASSESSMENT,
    NOTE,
    ORIGIN,
    SCORE,
    SELF_SCORE,
    STRANGER,
    bundle,
    contents,
    line,
    receive,
    said,
)
from storage.ledger.world import RECORDS, Replica
from thidua_desktop.domain.bundles import BundleContents, Rejection
from thidua_desktop.domain.errors import BundleRejectedError
from thidua_desktop.domain.ids import owned_by
from thidua_desktop.domain.kinds import KINDS
from thidua_desktop.domain.ledger import seen_text
from thidua_desktop.domain.records import FieldType, kind_name, kind_spec
from thidua_desktop.storage.ledger import limits
from thidua_desktop.storage.ledger.log import PRIVATE, origin_id

ID = b"0123456789abcdef"
NUMBER = 2**40 - 1


def dump(replica: Replica) -> list[object]:
    tables = ("op", "score", "head", "dead", "hidden", "imp", "imp_range")
    return [replica.ledger._log.rows(f'SELECT * FROM "{table}"') for table in tables]  # noqa: S608


def must_refuse(replica: Replica, made: BundleContents, reason: Rejection) -> None:
    before = dump(replica)
    with pytest.raises(BundleRejectedError) as refused:
        receive(replica, made)
    assert refused.value.reason is reason
    assert dump(replica) == before


def mark(*seen: tuple[bytes, int]) -> str:
    return seen_text(dict(seen))


def pointers(count: int) -> list[list[Any]]:
    return [[forge.text(n.to_bytes(16)), 1] for n in range(1, count + 1)]


# name: what is still taken, and what no longer is
LIMITS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "number pointed at": (
        {"prev": [[forge.text(ID), NUMBER]]},
        {"prev": [[forge.text(ID), NUMBER + 1]]},
    ),
    "least number pointed at": ({"prev": [1]}, {"prev": [0]}),
    "length of a text": ({"values": {NOTE: "ă" * 4_000}}, {"values": {NOTE: "ă" * 4_001}}),
    "largest decimal": (
        {"values": {SELF_SCORE: 100_000_00}},
        {"values": {SELF_SCORE: 100_000_01}},
    ),
    "least decimal": ({"values": {SELF_SCORE: 0}}, {"values": {SELF_SCORE: -1}}),
    "number seen by a deleter": (
        {"values": {0: mark((ID, NUMBER))}},
        {"values": {0: mark((ID, NUMBER + 1))}},
    ),
}


@pytest.mark.parametrize("name", LIMITS)
def test_a_line_at_the_limit_is_taken(office: Replica, name: str) -> None:
    assert receive(office, bundle([line(**LIMITS[name][0])])).new == 1
    assert office.ledger.check() == ()


@pytest.mark.parametrize("name", LIMITS)
def test_a_line_beyond_the_limit_is_refused(office: Replica, name: str) -> None:
    must_refuse(office, bundle([line(**LIMITS[name][1])]), Rejection.FORMAT)


def test_a_bundle_points_at_a_bounded_number_of_strange_origins(
    office: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_STRANGERS", 5)

    assert receive(office, bundle([line(prev=pointers(5))])).new == 1
    beyond = bundle([line(prev=pointers(11))], origin=b"q" * 16)
    with pytest.raises(BundleRejectedError):
        receive(office, beyond)


def test_the_longest_record_of_every_kind_fits_in_a_line() -> None:
    for kind in KINDS:
        texts = [s.longest for s in kind_spec(kind).fields if s.type is FieldType.TEXT]
        assert 4 * sum(texts) + 16_384 < limits.LONGEST_LINE, kind_name(kind)


WRONG_LINES: dict[str, list[Any] | dict[str, Any]] = {
    "a number of zero": {"seq": 0},
    "a number as text": {"seq": "1"},
    "a row that is no id": {"row": "xyz"},
    "a row of 17 bytes": {"row": forge.text(b"x" * 17)},
    "a row with loose bits": {"row": "A" * 21 + "B"},
    "an empty mask": {"values": {}},
    "a mask beyond the values": {"mask": 1 << 8},
    "a value outside the mask": {"mask": 1 << NOTE, "values": {NOTE: "x", SELF_SCORE: 1}},
    "deletion together with a value": {"values": {0: None, NOTE: "x"}, "mask": 1 | 1 << NOTE},
    "a Lamport number of zero": {"lam": 0},
    "more values than names": {"width": len(SCORE) + 1},
    "no values": {"width": 0, "values": {}, "mask": 1},
    "pointers out of order": {"prev": [2, 1]},
    "a pointer twice": {"prev": [2, 2]},
    "a negative pointer": {"prev": [-1]},
    "a pointer of another shape": {"prev": [["x"]]},
    "a pointer at no id": {"prev": [["x" * 22, 1]]},
    "the own origin named": {"prev": [[forge.text(ORIGIN), 1]]},
    "a number where a text belongs": {"values": {NOTE: 1}},
    "a text where a number belongs": {"values": {SELF_SCORE: "1"}},
    "a float": {"values": {SELF_SCORE: 1.0}},
    "yes where a number belongs": {"values": {SELF_SCORE: True}},
    "a text taken apart": {"values": {NOTE: "e\u0301"}},
    "a control character": {"values": {NOTE: "a\x00"}},
    "a bare control character": {"values": {NOTE: "a\x85"}},
    "a delete character": {"values": {NOTE: "a\x7f"}},
    "a control character in a choice": {"values": {ASSESSMENT: "a\x1b"}},
    "a control character in the writer": {"who": "a\x08"},
    "a ref of 15 bytes": {"values": {1: forge.text(b"x" * 15)}},
    "a ref as hexadecimal": {"values": {1: "0" * 32}},
    "a mark of deletion that is none": {"values": {0: "hôm qua"}},
    "a mark that names no id": {"values": {0: "ab:1"}},
    "a mark out of order": {"values": {0: f"{'b' * 32}:1 {'a' * 32}:1"}},
    "a mark that saw nothing of an origin": {"values": {0: f"{'a' * 32}:0"}},
    "a salt that is too short": {"salt": "abc"},
    "no writer": {"who": None},
}


@pytest.mark.parametrize("name", WRONG_LINES)
def test_a_line_against_the_format_is_refused(office: Replica, name: str) -> None:
    wrong = WRONG_LINES[name]
    must_refuse(office, bundle([line(**wrong)]), Rejection.FORMAT)


RAW = said(line())


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[",
        b"null",
        RAW[:-1],
        RAW + b" ",
        b" " + RAW,
        RAW.replace(b",", b", ", 1),
        RAW.replace(b'"x"', b'"\\u0078"'),
        RAW.replace(b"[1,", b"[01,", 1),
        RAW.replace(b'"Lan"', b'"\xff"'),
        RAW.replace(b'"Lan"', b'"\\ud800"'),
        RAW[:-1] + b",1]",
        b"[" * 100_000,
    ],
    ids=range(13),
)
def test_a_line_in_other_bytes_than_the_canonical_ones_is_refused(
    office: Replica, raw: bytes
) -> None:
    must_refuse(office, bundle([line()], raw=[raw]), Rejection.FORMAT)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("score", SCORE[1:]),
        ("score", ("_xoa", "checklist_id", "criterion_id", "grade", *SCORE[4:])),
        ("score", (*SCORE, "note")),
        ("score", (*SCORE, "Ghi chú")),
        ("score", (*SCORE, "n" * 65)),
        ("", SCORE),
        ("a'b", SCORE),
        ("k" * 65, SCORE),
    ],
)
def test_a_section_under_wrong_names_is_refused(
    office: Replica, kind: str, fields: tuple[str, ...]
) -> None:
    width = len(fields)
    made = bundle([line(width=width, values={1: None})], kind=kind, fields=fields)
    must_refuse(office, made, Rejection.FORMAT)


def test_a_name_of_a_newer_program_keeps_its_bit(office: Replica) -> None:
    lines = [line(width=len(SCORE) + 1, values={len(SCORE): 5})]
    receive(office, bundle(lines, fields=(*SCORE, "peer_score")))

    renamed = bundle(lines, fields=(*SCORE, "other_score"), origin=b"q" * 16)

    must_refuse(office, renamed, Rejection.FORMAT)


def test_a_date_and_a_file_are_what_they_say(office: Replica) -> None:
    fields = ("_xoa", *(spec.name for spec in kind_spec(_submission()).fields))
    date, snapshot = fields.index("date"), fields.index("snapshot")

    def made(bit: int, value: str) -> BundleContents:
        one = line(width=len(fields), values={bit: value})
        return bundle([one], kind="submission", fields=fields)

    for wrong in ("2024-13", "24-1-1", "hôm nay", "٢٠٢٤"):
        must_refuse(office, made(date, wrong), Rejection.FORMAT)
    for wrong in ("a" * 63, "A" * 64, "z" * 64):
        must_refuse(office, made(snapshot, wrong), Rejection.FORMAT)
    assert receive(office, made(date, "2024-11")).new == 1


def _submission() -> Any:
    return next(kind for kind in KINDS if kind_name(kind) == "submission")


def test_numbers_without_a_gap_are_asked_for(office: Replica) -> None:
    for wrong in ([line(2)], [line(1), line(3)], [line(1), line(1)]):
        must_refuse(office, bundle(wrong), Rejection.FORMAT)


def test_the_lines_of_a_section_stand_in_order(office: Replica) -> None:
    lines = [line(1), line(2)]
    swapped = bundle(lines, raw=[said(lines[1]), said(lines[0])])
    must_refuse(office, swapped, Rejection.FORMAT)
    assert receive(office, bundle(lines)).new == 1


def test_a_lamport_number_that_does_not_rise_is_refused(office: Replica) -> None:
    must_refuse(office, bundle([line(1, lam=5), line(2, lam=5)]), Rejection.FORMAT)
    first = bundle([line(1, lam=5)])
    receive(office, first)
    end = first.manifest.ranges[ORIGIN].end_hash
    must_refuse(office, bundle([line(2, lam=5)], start=1, start_hash=end), Rejection.FORMAT)
    assert receive(office, bundle([line(2, lam=6)], start=1, start_hash=end)).changed == 1


def test_a_bundle_that_begins_beyond_what_is_held_is_not_applied(office: Replica) -> None:
    must_refuse(office, bundle([line(2)], start=1, start_hash=ID * 2), Rejection.FORMAT)


def test_the_chain_must_end_where_the_sender_said(office: Replica) -> None:
    must_refuse(office, bundle([line()], end_hash=ID * 2), Rejection.FORMAT)
    must_refuse(office, bundle([line()], start_hash=ID * 2), Rejection.FORMAT)


def test_every_part_of_a_line_counts_in_the_chain(office: Replica) -> None:
    changed = [
        line(record=owned_by(UUID(int=9), 7)),
        line(mask=3 << NOTE),
        line(lam=2),
        line(prev=[7]),
        line(values={NOTE: "y"}),
        line(at=1),
        line(who="Mai"),
        line(salt="B" * 21 + "A"),
    ]
    right = bundle([line()]).manifest.ranges[ORIGIN].end_hash
    for other in changed:
        must_refuse(office, bundle([other], end_hash=right), Rejection.FORMAT)


def test_the_same_number_with_another_content_is_a_fork(office: Replica) -> None:
    receive(office, bundle([line(1), line(2)]))
    other = line(1, values={NOTE: "khác"})

    must_refuse(office, bundle([other, line(2)]), Rejection.FORK)  # as long as what is held
    must_refuse(office, bundle([other]), Rejection.FORK)  # shorter
    must_refuse(office, bundle([other, line(2), line(3)]), Rejection.FORK)  # longer
    must_refuse(office, bundle([line(3)], start=2, start_hash=ID * 2), Rejection.FORK)  # beside


def test_no_bundle_speaks_of_drafts(office: Replica) -> None:
    own = origin_id(office.replica, PRIVATE)

    named = bundle([line(prev=[[forge.text(own), 1]])])
    must_refuse(office, named, Rejection.FORMAT)
    must_refuse(office, bundle([line()], origin=own), Rejection.FORMAT)
    office.ledger.put(_score(), RECORDS[0], {"note": "nháp"})
    must_refuse(office, named, Rejection.FORMAT)
    assert office.ledger.drafts() == (("score", RECORDS[0]),)


def _score() -> Any:
    return next(kind for kind in KINDS if kind_name(kind) == "score")


def test_an_origin_without_an_author_is_refused(office: Replica) -> None:
    made = bundle([line()])
    with pytest.raises(BundleRejectedError):
        office.ledger.apply(
            made,
            authors={b"q" * 16: STRANGER},
            file_name="gói.tdkt",
            progress=lambda _done, _total: None,
            stop_wanted=lambda: False,
        )
    stray = contents({}, made.sections)
    must_refuse(office, stray, Rejection.FORMAT)


def test_what_is_missing_is_said_by_the_name_of_the_file(office: Replica) -> None:
    with pytest.raises(BundleRejectedError) as refused:
        receive(office, bundle([line(lam=0)]))
    assert refused.value.file_name == "gói.tdkt"
