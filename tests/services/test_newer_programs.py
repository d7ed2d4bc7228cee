"""Offices do not update on one day: what a newer program sends, an older one keeps for later."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from exchange_work import Exchange, delete, merged, names, person_at, put
from newer_program import VERSION, Program, make_newer
from thidua_desktop.domain.bundles import BundleState
from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import StoreNewerError, UpgradeFailedError
from thidua_desktop.services.bundle_reports import counts_line
from thidua_desktop.services.integrity import check, digest

NAME = "Đặng Thị Ngọc Ẩn"


@pytest.fixture(scope="session")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    program = make_newer(tmp_path_factory.mktemp("newer"))
    yield program
    program.close()


def send_from_newer(world: Exchange, newer: Program, number: int = 1) -> Path:
    """Let the district write with the newer program, and export."""
    person = put(world.district, NAME)
    folder = world.folder / "district"
    visit = {"person_id": str(person.id), "wording": "Tặng quà"}
    newer.put(
        folder,
        {"kind": "person", "id": str(person.id), "fields": {"blood_type": "AB"}},
        {"kind": "visit", "fields": visit},
    )
    path = world.folder / f"mới-{number}.tdkt"
    newer.done(folder, "bundle", "export", "--out", path)
    return path


def test_what_an_older_program_does_not_know_appears_after_its_upgrade(
    world: Exchange, newer: Program
) -> None:
    path = send_from_newer(world, newer)

    (report,) = merged(world.province, path)

    assert report.state is BundleState.NEW
    assert report.counts.unknown == 3  # a field of the person, two of the visit
    assert "3 ô của bản mới, sẽ hiện sau khi cập nhật" in counts_line(report.counts)
    assert report.to_json()["counts"]["unknown"] == 3
    assert names(world.province) == {NAME}
    assert check(world.province).faults == ()

    province, district = world.folder / "province", world.folder / "district"
    for kind in ("person", "visit"):
        assert newer.dump(province, kind) == newer.dump(district, kind)
    (person,) = newer.dump(province, "person")
    assert json.loads(person)["fields"]["blood_type"] == "AB"
    assert newer.done(province, "store", "check")["faults"] == []


def test_an_older_program_sends_on_what_it_does_not_know(world: Exchange, newer: Program) -> None:
    merged(world.province, send_from_newer(world, newer))
    put(world.second, "Bùi Đình Chuyên")
    path = world.folder / "sang.tdkt"
    newer.done(world.folder / "district", "bundle", "export", "--full", "--out", path)
    merged(world.second, path)

    second = world.made(world.second, full=True)

    newer.done(world.folder / "province", "bundle", "merge", second)
    newer.done(world.folder / "province", "office", "accept", "--all")
    assert len(newer.dump(world.folder / "second", "visit")) == 1


def test_an_older_bundle_leaves_absent_what_it_does_not_say(
    world: Exchange, newer: Program
) -> None:
    put(world.other, NAME)
    path = world.made(world.other)

    said = newer.done(world.folder / "province", "bundle", "merge", path)["bundles"][0]

    assert (said["state"], said["counts"]["new"], said["counts"]["unknown"]) == ("new", 1, 0)
    (person,) = newer.dump(world.folder / "province", "person")
    assert "blood_type" not in json.loads(person)["fields"]


def test_an_upgrade_shows_all_that_was_shown(world: Exchange, newer: Program) -> None:
    put(world.district, NAME)
    before = digest(world.district)

    after = newer.done(world.folder / "district", "store", "digest")

    assert (after["digest"], after["records"]) == (before.digest, before.records)


def test_a_database_of_a_newer_program_says_which_it_needs(world: Exchange, newer: Program) -> None:
    newer.done(world.folder / "other", "store", "digest")

    with pytest.raises(StoreNewerError) as refused, world.other.store.read():
        pass

    assert refused.value.version == VERSION
    assert f"(bản {VERSION})" in error_text(refused.value)


def test_a_deleted_record_is_not_brought_back_by_what_is_not_understood(
    world: Exchange, newer: Program
) -> None:
    """The deleter had not seen the new field: after the upgrade a person is asked, not before."""
    person = put(world.district, NAME)
    world.carry(world.district, world.second)
    folder = world.folder / "district"
    fields = {"blood_type": "AB"}
    newer.put(folder, {"kind": "person", "id": str(person.id), "fields": fields})
    delete(world.second, person)
    path = world.folder / "sang.tdkt"
    newer.done(folder, "bundle", "export", "--full", "--out", path)

    merged(world.second, path)

    assert person_at(world.second, person.id) is None
    assert check(world.second).faults == ()
    waiting = newer.done(world.folder / "second", "differences", "list")["differences"]
    assert [one["state"] for one in waiting] == ["deleted_edited"]
    assert len(newer.dump(world.folder / "second", "person")) == 1


DAMAGES = {
    "a value": "UPDATE person SET full_name = 'khác'",
    "a row": "DELETE FROM person",
    "hiding": "INSERT INTO hidden SELECT kind, row FROM op WHERE lvl = 1 LIMIT 1",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_an_upgrade_after_which_something_would_look_different_is_not_kept(
    world: Exchange, newer: Program, damage: str
) -> None:
    put(world.district, NAME)
    with world.district.store.write() as work:
        work.exchange._log.run(DAMAGES[damage])  # type: ignore[attr-defined] # what decay does
        work.commit()
    database = world.folder / "district" / "data" / "thidua.db"
    before = database.read_bytes()

    code, said = newer.run(world.folder / "district", "store", "digest")

    assert (code, json.loads(said)["code"]) == (3, UpgradeFailedError.code)
    assert "store check --repair" in json.loads(said)["message"]
    assert database.read_bytes() == before
