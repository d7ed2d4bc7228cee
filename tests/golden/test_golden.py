"""F12: every version reads what every earlier one wrote, for ever.

A set that fails is never made anew: the program is mended.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from golden.golden_files import FOLDER, VERSIONS, Golden, unpacked
from reliability.figures import Measured
from thidua_desktop.domain.errors import StoreDamagedError, UpgradeFailedError
from thidua_desktop.domain.movements import Obligation
from thidua_desktop.domain.people import Person
from thidua_desktop.services.exchange import merge_bundles
from thidua_desktop.services.integrity import check, digest
from thidua_desktop.services.publishing import bring_plan


@pytest.fixture(params=VERSIONS)
def golden(request: pytest.FixtureRequest, tmp_path: Path, clock: Callable[[], datetime]) -> Golden:
    return unpacked(request.param, tmp_path / "golden", clock)


def test_the_files_are_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) < 300_000


def test_a_database_shows_what_it_showed(golden: Golden, measured: Measured) -> None:
    for name, shown in golden.said["shown"].items():
        ports = golden.open(name)
        assert digest(ports).digest == shown
        assert check(ports).faults == ()
    measured("F12", databases=len(golden.said["shown"]), unreadable=0)


def test_each_version_but_the_first_gives_an_office_its_data_back(golden: Golden) -> None:
    """Every sort of bundle is in every set."""
    bundles = {step["bundle"] for step in golden.said["steps"]}
    assert bundles >= {"delta.tdkt", "full.tdkt", "reference.tdkt"}
    assert ("restore.tdkt" in bundles) == (golden.version != "0.1.0")
    for step in golden.said["steps"]:
        if step["bundle"] == "restore.tdkt":
            restored = golden.open(step["to"])
            merge_bundles(restored, [golden.folder / step["bundle"]])
            with restored.store.read() as work:
                people = {one.full_name for one in work.records.having(Person)}
            assert {"Đặng Thị Ngọc Ẩn", "Trịnh Văn Ổn"} <= people


def test_a_province_of_the_first_version_is_brought_what_the_plan_says_now(
    tmp_path: Path, clock: Callable[[], datetime]
) -> None:
    ports = unpacked(VERSIONS[0], tmp_path / "golden", clock).open("province")
    brought = bring_plan(ports)
    with ports.store.read() as work:
        codes = {one.code for one in work.records.having(Obligation)}
    assert brought is not None
    assert brought.records
    assert codes == {one.code for one in ports.plan().records if isinstance(one, Obligation)}
    assert bring_plan(ports) is None
    assert check(ports).faults == ()


def test_bundles_do_what_they_did(golden: Golden, measured: Measured) -> None:
    for step in golden.said["steps"]:
        ports = golden.open(step["to"])
        (report,) = merge_bundles(ports, [golden.folder / step["bundle"]])
        assert (report.state, digest(ports).digest) == (step["state"], step["digest"]), step
        with ports.store.read() as work:
            assert len(work.records.differences()) == step["waiting"]
        assert check(ports).faults == ()
    measured("F12", bundles=len(golden.said["steps"]), unreadable=0)


def test_one_changed_byte_in_a_bundle_is_noticed(golden: Golden) -> None:
    for step in golden.said["steps"]:
        ports, path = golden.open(step["to"]), golden.folder / step["bundle"]
        before = digest(ports)
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)

        (report,) = merge_bundles(ports, [path])

        assert report.state == "refused"
        assert digest(ports) == before


@pytest.mark.parametrize("name", ["province", "office"])
def test_one_changed_byte_in_a_database_is_noticed(golden: Golden, name: str) -> None:
    """A letter of a text, in a line of the log."""
    path = golden.database(name)
    data = path.read_bytes()
    with closing(sqlite3.connect(path)) as database:
        sql = "SELECT line FROM op WHERE instr(line, CAST('Kiến Xương' AS BLOB)) LIMIT 1"
        (line,) = database.execute(sql).fetchone()
    place = data.index(line) + line.index("Kiến Xương".encode())
    path.write_bytes(data[:place] + b"k" + data[place + 1 :])
    ports = golden.open(name)

    try:
        changed = digest(ports).digest != golden.said["shown"][name]
    except (StoreDamagedError, UpgradeFailedError):
        changed = True
    assert changed or check(ports).faults != ()


def test_the_databases_are_of_the_revision_that_is_said(golden: Golden) -> None:
    for name in ("province", "office"):
        with closing(sqlite3.connect(golden.database(name))) as database:
            found = database.execute("SELECT version_num FROM alembic_version").fetchall()
        assert found == [(golden.said["revision"],)]
