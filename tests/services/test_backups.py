"""Backups that can be restored, every one of them (F11), and what is no backup."""

from __future__ import annotations

import errno
import json
import random
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from exchange_work import names, put
from office_work import Clock, Pair
from reliability.figures import Measured
from thidua_desktop.app.wiring import make_ports
from thidua_desktop.domain.backups import Backup, BackupReason, to_drop
from thidua_desktop.domain.errors import (
    BackupDamagedError,
    BackupFailedError,
    DiskFullError,
    StoreExistsError,
    StoreNewerError,
    StoreReadOnlyError,
    ThiduaError,
)
from thidua_desktop.domain.offices import Displacement
from thidua_desktop.services.backups import (
    PLACE,
    back_up,
    back_up_before_import,
    back_up_daily,
    backups_at_hand,
    choose_place,
    list_backups,
    put_back_backup,
    restore_backup,
    retry_backups,
    write_backup,
)
from thidua_desktop.services.exchange import merge_bundles
from thidua_desktop.services.integrity import digest
from thidua_desktop.services.packing import export_bundle
from thidua_desktop.services.ports import Ports
from thidua_desktop.storage import backups as module
from thidua_desktop.storage.store import DATABASE


@pytest.fixture
def ports(pair: Pair, tmp_path: Path, clock: Clock) -> Ports:
    """An office that keeps backups, with a person, a draft and a file."""
    office = opened(tmp_path / "kien-xuong", clock)
    put(office, "Đã chia sẻ")
    put(office, "Nháp", shared=False)
    with office.store.write() as work:
        work.blobs.put("bản chụp".encode())
        work.commit()
    return office


def opened(folder: Path, clock: Clock) -> Ports:
    noise = random.Random(str(folder)).randbytes
    return make_ports(
        folder / "data", folder / "identity", now=clock, noise=noise, keeps_backups=True
    )


def restored(ports: Ports, source: Path, folder: Path, clock: Clock) -> Ports:
    """Restore a backup and open it: it must be what was backed up, and a replica of its own."""
    restore_backup(ports, source, folder / "data")
    again = opened(folder, clock)
    with closing(sqlite3.connect(folder / "data" / DATABASE)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert digest(again) == digest(ports)
    assert again.store.renewal().reason is Displacement.RESTORED
    assert again.store.identity().replica != ports.store.identity().replica
    with again.store.read() as work:
        assert work.exchange.check() == ()
        blobs = [path.name for path in (folder / "data" / "blobs").iterdir()]
        assert [work.blobs.get(sha) for sha in blobs] == ["bản chụp".encode()]
    return again


# made, and restored


@pytest.mark.parametrize("way", ["folder", "file"])
def test_every_backup_can_be_restored(
    ports: Ports, tmp_path: Path, clock: Clock, way: str, measured: Measured
) -> None:
    made = back_up(ports) if way == "folder" else write_backup(ports, tmp_path / "a.saoluu")
    assert made.is_good
    again = restored(ports, made.path, tmp_path / "mới", clock)
    put(again, "Viết tiếp")
    assert names(again) == {"Đã chia sẻ", "Nháp", "Viết tiếp"}
    assert names(ports) == {"Đã chia sẻ", "Nháp"}
    measured("F11", restored=1, different=0)


def test_a_backup_can_be_made_while_a_long_list_is_read(ports: Ports) -> None:
    with ports.store.read() as work:
        work.records.drafts()
        assert back_up(ports).is_good


def test_a_list_tells_when_each_was_tried(ports: Ports, clock: Clock) -> None:
    assert list_backups(ports).newest is None
    first = back_up(ports)
    put(ports, "Thêm")
    second = back_up(ports, BackupReason.DAILY)
    book = list_backups(ports)
    assert [one.path for one in book.backups] == [second.path, first.path]
    assert book.newest == second
    assert second.at < second.tried_at < clock.moment
    assert not book.is_late


# when


def test_an_import_makes_one_copy_an_hour_and_none_of_what_did_not_change(
    ports: Ports, clock: Clock
) -> None:
    assert back_up_before_import(ports).reason is BackupReason.IMPORT
    put(ports, "Đổi ngay")
    assert back_up_before_import(ports) is None
    clock.moment += timedelta(hours=2)
    assert back_up_before_import(ports) is not None
    clock.moment += timedelta(hours=2)
    assert back_up_before_import(ports) is None


def test_once_a_day(ports: Ports, clock: Clock) -> None:
    assert back_up_daily(ports) is not None
    put(ports, "Trong ngày")
    assert back_up_daily(ports) is None
    clock.moment += timedelta(days=1)
    assert back_up_daily(ports) is not None


def test_a_backup_is_late_after_a_week_in_which_something_changed(
    ports: Ports, clock: Clock
) -> None:
    back_up(ports)
    clock.moment += timedelta(days=8)
    assert not list_backups(ports).is_late
    put(ports, "Đổi")
    assert list_backups(ports).is_late


def test_a_merge_is_preceded_by_a_backup(ports: Ports, pair, tmp_path: Path) -> None:
    path = tmp_path / "x.tdkt"
    export_bundle(pair.province, path=path)
    merge_bundles(ports, [path])
    assert [one.reason for one in list_backups(ports).backups] == [BackupReason.IMPORT]


def test_where_no_backup_can_be_made_nothing_is_imported_unless_a_person_wants_it(
    ports: Ports, pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.tdkt"
    put(pair.province, "Từ tỉnh")
    export_bundle(pair.province, path=path)
    before = digest(ports)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "write_whole", full)
    with pytest.raises(BackupFailedError) as refused:
        merge_bundles(ports, [path])
    assert refused.value.code == "E-DISK"
    assert digest(ports) == before
    assert list_backups(ports).backups == ()
    assert not list(ports.backups.place.glob("*.tmp"))
    merge_bundles(ports, [path], backup=False)
    assert "Từ tỉnh" in names(ports)


# where


def test_a_chosen_place_is_tried_at_once_and_falls_back_when_it_is_gone(
    ports: Ports, tmp_path: Path
) -> None:
    stick = tmp_path / "ổ ngoài"
    choose_place(ports, stick)
    assert list_backups(ports).newest.path.parent == stick
    shutil.rmtree(stick)
    stick.write_text("không còn là thư mục")
    assert back_up(ports).path.parent == ports.backups.place
    with pytest.raises(BackupFailedError):
        choose_place(ports, tmp_path / "kien-xuong" / "data" / DATABASE)
    assert list_backups(ports).place == stick


def damage(folder: Path) -> None:
    (folder / "data" / DATABASE).write_bytes(b"x" * 5_000)


def test_a_chosen_place_is_known_while_the_data_cannot_be_read(
    ports: Ports, tmp_path: Path, clock: Clock
) -> None:
    usual = back_up(ports)
    put(ports, "Thêm")
    stick = tmp_path / "ổ ngoài"
    choose_place(ports, stick)
    damage(tmp_path / "kien-xuong")
    found = backups_at_hand(opened(tmp_path / "kien-xuong", clock))
    assert [one.path.parent for one in found.backups] == [stick, usual.path.parent]
    assert found.gone is None
    put_back_backup(ports, found.backups[0].path)
    assert names(opened(tmp_path / "kien-xuong", clock)) == {"Đã chia sẻ", "Nháp", "Thêm"}


def test_a_place_that_is_gone_is_named_and_one_that_is_no_more_chosen_is_not(
    ports: Ports, tmp_path: Path
) -> None:
    usual, stick = back_up(ports), tmp_path / "ổ ngoài"
    choose_place(ports, stick)
    shutil.rmtree(stick)
    stick.write_text("không còn là thư mục")
    found = backups_at_hand(ports)
    assert ([one.path for one in found.backups], found.gone) == ([usual.path], stick)
    back_up(ports)  # at the usual place: the chosen one is not there
    assert backups_at_hand(ports).gone == stick
    choose_place(ports, None)
    assert backups_at_hand(ports).gone is None


def test_a_place_chosen_by_an_older_program_is_noted_with_the_next_backup(
    ports: Ports, tmp_path: Path
) -> None:
    with ports.store.write() as work:
        work.book.set_setting(PLACE, str(tmp_path / "ổ ngoài"))
        work.commit()
    made = back_up(ports)
    assert [one.path for one in backups_at_hand(ports).backups] == [made.path]
    assert made.path.parent == tmp_path / "ổ ngoài"


@pytest.mark.parametrize("left", [b"", b"\xff\xfe", b"{}", b'{"mark": "0", "place": "a\\u0000b"}'])
def test_a_note_that_is_none_misleads_nobody(ports: Ports, tmp_path: Path, left: bytes) -> None:
    choose_place(ports, tmp_path / "ổ ngoài")
    (note,) = ports.backups.place.glob("noi-luu-*")
    note.write_bytes(left)
    assert backups_at_hand(ports).backups == ()
    made = back_up(ports)  # and is mended with the next backup
    assert [one.path for one in backups_at_hand(ports).backups] == [made.path]


def test_a_machine_folder_that_is_moved_whole_knows_its_backups(
    ports: Ports, tmp_path: Path, clock: Clock
) -> None:
    made = back_up(ports)
    (tmp_path / "kien-xuong").rename(tmp_path / "chỗ mới")
    moved = opened(tmp_path / "chỗ mới", clock)
    assert [one.path.name for one in list_backups(moved).backups] == [made.path.name]


def test_two_folders_that_share_a_place_do_not_count_or_drop_each_others(
    ports: Ports, pair: Pair, tmp_path: Path, clock: Clock
) -> None:
    shared, other = tmp_path / "ổ chung", opened(tmp_path / "province", clock)
    for one in (ports, other):
        choose_place(one, shared)
    (theirs,) = list_backups(other).backups
    for n in range(20):
        put(ports, f"Người {n}")
        back_up(ports)
    assert theirs.path.exists()
    assert [one.path for one in list_backups(other).backups] == [theirs.path]
    damage(tmp_path / "province")
    assert [one.path for one in backups_at_hand(other).backups] == [theirs.path]

    new = tmp_path / "kien-xuong" / "dữ liệu khác"  # beside the same identity
    assert backups_at_hand(make_ports(new, tmp_path / "kien-xuong" / "identity")).backups == ()


def test_a_backup_of_an_older_program_is_listed_still(ports: Ports) -> None:
    made = back_up(ports)
    label = made.path.with_name(f"{made.path.name}.json")
    said = json.loads(label.read_text())
    del said["folder"]
    label.write_text(json.dumps(said))
    assert [one.path for one in list_backups(ports).backups] == [made.path]


def test_kept_are_the_ten_newest_and_one_for_each_of_six_months(clock: Clock) -> None:
    start = clock()
    backups = [
        Backup(
            path=Path(str(day)),
            reason=BackupReason.DAILY,
            at=start + timedelta(days=day),
            size=1,
            tried_at=start,
        )
        for day in range(400)
    ]
    left = {int(str(one.path)) for one in backups} - {int(str(o.path)) for o in to_drop(backups)}
    assert len(left) == 16
    assert set(range(390, 400)) <= left
    bad = replace(backups[-1], tried_at=None)
    assert bad in to_drop([*backups[:12], bad])


def test_files_that_no_backup_names_are_dropped(ports: Ports, monkeypatch) -> None:
    made = back_up(ports)
    shared = ports.backups.place / "blobs"
    (shared / ("0" * 64)).write_bytes(b"left")
    back_up(ports)
    assert len(list(shared.iterdir())) == 1
    assert made.path.exists()


# what is no backup


def flipped(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 0x10
    path.write_bytes(data)


def test_a_flipped_byte_is_found(ports: Ports, tmp_path: Path) -> None:
    """The negative control of F11."""
    made = back_up(ports)
    whole = made.path.read_bytes()
    at = whole.index("Đã chia sẻ".encode())
    for place in (at, at + 3, 20, 200, len(whole) // 2, len(whole) - 1):
        flipped(made.path, place)
        (tried,) = retry_backups(ports).backups
        assert not tried.is_good, place
        made.path.write_bytes(whole)
    (tried,) = retry_backups(ports).backups
    assert tried.is_good


def test_a_missing_or_changed_file_beside_it_is_found(ports: Ports, tmp_path: Path) -> None:
    made = back_up(ports)
    (file,) = (ports.backups.place / "blobs").iterdir()
    file.write_bytes(b"other")
    assert not retry_backups(ports).backups[0].is_good
    with pytest.raises(BackupDamagedError):
        restore_backup(ports, made.path, tmp_path / "mới" / "data")
    file.unlink()
    with pytest.raises(BackupDamagedError):
        restore_backup(ports, made.path, tmp_path / "mới" / "data")
    assert not (tmp_path / "mới" / "data").exists()


HOSTILE = {
    "a trigger": "CREATE TRIGGER t AFTER UPDATE ON office BEGIN DELETE FROM op; END",
    "a view": "CREATE VIEW v AS SELECT 1",
    "a table more": "CREATE TABLE extra(x)",
    "a table less": "DROP TABLE dead",
    "an index on words": "CREATE INDEX i ON person(upper(full_name))",
    "no revision": "DELETE FROM alembic_version",
    "another column": "ALTER TABLE setting ADD COLUMN x",
    "a file with a path": "INSERT INTO backup_file VALUES ('blobs/../../x', x'00')",
    "a file that is not its name": (
        "INSERT INTO backup_file VALUES ('blobs/' || hex(zeroblob(32)), x'00')"
    ),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_comes_from_outside_is_refused_unless_it_is_ours_word_for_word(
    ports: Ports, tmp_path: Path, what: str
) -> None:
    file = tmp_path / "lạ.saoluu"
    write_backup(ports, file)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(HOSTILE[what])
    with pytest.raises(BackupDamagedError):
        restore_backup(ports, file, tmp_path / "mới" / "data")
    assert not (tmp_path / "mới" / "data").exists()


@pytest.mark.parametrize("content", [b"", b"x" * 5_000, b"SQLite format 3\0" + b"\xff" * 5_000])
def test_what_is_no_database_is_refused(ports: Ports, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "lạ").write_bytes(content)
    with pytest.raises(BackupDamagedError):
        restore_backup(ports, tmp_path / "lạ", tmp_path / "mới" / "data")
    with pytest.raises(BackupDamagedError):
        restore_backup(ports, tmp_path / "không có", tmp_path / "mới" / "data")


def test_a_backup_of_a_newer_program_is_told(ports: Ports, tmp_path: Path) -> None:
    file = tmp_path / "mới.saoluu"
    write_backup(ports, file)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreNewerError):
        restore_backup(ports, file, tmp_path / "mới" / "data")


def test_a_backup_that_is_gone_by_now_hides_no_other(ports: Ports) -> None:
    made = back_up(ports)
    for name in ("a", "z"):  # whichever is met first
        gone = made.path.with_name(f"{name}{made.path.suffix}")
        gone.symlink_to(gone.with_name("không có"))
        shutil.copy(made.path.with_name(f"{made.path.name}.json"), f"{gone}.json")

    assert [one.path for one in list_backups(ports).backups] == [made.path]


def test_nothing_is_restored_over_what_is_there(ports: Ports, tmp_path: Path) -> None:
    made = back_up(ports)
    before = digest(ports)
    with pytest.raises(StoreExistsError):
        restore_backup(ports, made.path, tmp_path / "kien-xuong" / "data")
    assert digest(ports) == before


@pytest.mark.parametrize(
    ("number", "refused"),
    [
        (errno.ENOSPC, DiskFullError),
        (errno.EACCES, StoreReadOnlyError),
        (errno.EIO, BackupDamagedError),
    ],
)
def test_why_a_backup_is_not_restored_is_told_of_the_place_the_person_knows(
    ports: Ports,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    refused: type[ThiduaError],
) -> None:
    backup, before = back_up(ports), digest(ports)

    def fail(*_given: object) -> None:
        raise OSError(number, "")

    with monkeypatch.context() as patch:
        patch.setattr(module.shutil, "copyfile", fail)
        with pytest.raises(refused) as here:
            put_back_backup(ports, backup.path)
        with pytest.raises(refused) as beside:
            restore_backup(ports, backup.path, tmp_path / "mới")
    places = {str(tmp_path / "kien-xuong" / "data"), str(tmp_path)}
    if refused is BackupDamagedError:
        places = {backup.path.name}
    assert {next(iter(vars(one.value).values())) for one in (here, beside)} == places
    assert not (tmp_path / "mới").exists()
    assert digest(ports) == before
