"""What was kept of newer programs, and what decay made unreadable, when all is made anew."""

from __future__ import annotations

import pytest

from storage.ledger.forge import NOTE, ORIGIN, SCORE, bundle, line, receive
from storage.ledger.test_ledger import RECORD, share, shown
from storage.ledger.world import Replica
from thidua_desktop.domain.kinds import KINDS, fields_of
from thidua_desktop.storage.ledger import log, staging
from thidua_desktop.storage.ledger.ledger import Ledger
from thidua_desktop.storage.ledger.log import FIRST_UNKNOWN, Log

VISIT = {"kind": "visit", "fields": ("_xoa", "wording")}


def kept_visit(office: Replica) -> None:
    receive(office, bundle([line(values={1: "thăm"}, width=2)], **VISIT))


def test_a_kind_of_a_newer_program_never_stands_where_one_of_ours_will_come(
    office: Replica,
) -> None:
    kept_visit(office)
    assert office.ledger._log.kind_no("visit") > FIRST_UNKNOWN


def test_a_kind_that_an_early_program_numbered_after_its_own_makes_room(office: Replica) -> None:
    """Version 0.1.0 gave the next number, which belongs to the next kind that is born."""
    kept_visit(office)
    early = len(KINDS) + 1
    for table in ("op", "head", "field"):
        office.ledger._log.run(f"UPDATE {table} SET kind = ? WHERE kind > 1000", early)  # noqa: S608
    office.ledger._log.run("UPDATE kind SET no = ?", early)
    ledger = Ledger(office.connection, office.writer)

    ledger.learn()

    assert Log(office.connection, office.writer).kind_no("visit") > FIRST_UNKNOWN
    assert ledger.check() == ()
    (section,) = ledger.read(ORIGIN, 0).pieces
    assert (section.kind, section.fields) == ("visit", VISIT["fields"])


@pytest.mark.parametrize("spoilt", ["x'00'", "replace(line, 'hai', '\u0001')", "line || ','"])
def test_a_line_that_cannot_be_read_is_passed_over_and_told(office: Replica, spoilt: str) -> None:
    share(office, note="một", self_score=1)
    share(office, note="hai")
    last = "(SELECT max(id) FROM op)"
    office.ledger._log.run(f"UPDATE op SET line = CAST({spoilt} AS BLOB) WHERE id = {last}")  # noqa: S608
    ledger = Ledger(office.connection, office.writer)

    ledger.rebuild()

    assert shown(office) == "một"
    unreadable = [fault for fault in ledger.check() if "không đọc được" in fault]
    assert len(unreadable) == 1
    assert not any("Bản ghi" in fault for fault in ledger.check())
    assert {version.value for version in ledger.history(RECORD)} == {"một", 1}
    ledger.put(KINDS[15], RECORD, {"note": "ba"})
    assert shown(office) == "ba"


def test_a_value_that_does_not_fit_the_field_that_was_learnt_is_passed_over(
    office: Replica,
) -> None:
    """What a newer program sent came in unchecked, for nobody here knew its type."""
    with pytest.MonkeyPatch.context() as older:
        for module in (log, staging):
            older.setattr(module, "fields_of", lambda kind: fields_of(kind)[:NOTE])
        wrong = line(2, values={6: "không phải số"}, prev=[1])
        receive(office, bundle([line(1, values={NOTE: "x"}), wrong], fields=SCORE))
    ledger = Ledger(office.connection, office.writer)

    ledger.learn()

    assert (shown(office), shown(office, "verified_score")) == ("x", None)
    assert [fault for fault in ledger.check() if "không đọc được" in fault] != []
