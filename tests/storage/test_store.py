"""The data folder: made whole or not at all, and every trouble with it said in words."""

from __future__ import annotations

import errno
import shutil
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from builders import a_person, an_id, an_identity, an_office
from thidua_desktop.domain.errors import (
    DiskFullError,
    IdentityInsideDataError,
    IdentityMissingError,
    NoStoreError,
    NotFoundError,
    StoreDamagedError,
    StoreExistsError,
    StoreGoneError,
    StoreNewerError,
    StoreReadOnlyError,
    UnwritableFileError,
)
from thidua_desktop.domain.offices import Displacement
from thidua_desktop.domain.people import Person
from thidua_desktop.storage import marks
from thidua_desktop.storage.store import DATABASE, OfficeStore

MOMENTS = 1_000


def put(store: OfficeStore, name: str, number: int = 1) -> Person:
    with store.write() as work:
        person = work.records.put(a_person(number, full_name=name), shown=None)
        work.commit()
        return person


def names(store: OfficeStore) -> list[str]:
    with store.read() as work:
        return [person.full_name for person in work.records.having(Person)]


def change_database(path: Path, sql: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(sql)
    connection.commit()
    connection.close()


# making it


def test_a_new_folder_knows_its_office_and_its_replica(open_store, store) -> None:
    with open_store().read() as work:
        assert work.book.me() == an_office()
    assert open_store().identity() == an_identity()


def test_a_new_folder_holds_the_database_and_nothing_half_made(store, tmp_path) -> None:
    assert {path.name for path in (tmp_path / "data").iterdir()} == {DATABASE, "thidua.lock"}


def test_a_folder_is_made_once(store, tmp_path) -> None:
    before = (tmp_path / "data" / DATABASE).read_bytes()
    with pytest.raises(StoreExistsError):
        store.create(an_office(unit_code="ubnd-340"), an_identity(seed=b"x" * 32))
    assert (tmp_path / "data" / DATABASE).read_bytes() == before
    assert store.identity() == an_identity()


def test_what_cannot_be_made_whole_leaves_nothing(open_store, tmp_path) -> None:
    (tmp_path / "occupied").write_text("a file, and no folder")
    with pytest.raises(UnwritableFileError):
        open_store(identity="occupied").create(an_office(), an_identity())
    assert not (tmp_path / "data").exists()


def test_a_failed_making_leaves_the_files_of_others_alone(open_store, tmp_path) -> None:
    (tmp_path / "occupied").write_text("a file, and no folder")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "ghi chú.txt").write_text("của người dùng")
    with pytest.raises(UnwritableFileError):
        open_store(identity="occupied").create(an_office(), an_identity())
    left = {path.name for path in (tmp_path / "data").iterdir()} - {"thidua.lock"}
    assert left == {"ghi chú.txt"}


def test_what_an_earlier_try_left_behind_is_in_nobodys_way(open_store, tmp_path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "thidua.new").write_bytes(b"cut off by a power failure")
    store = open_store()
    store.create(an_office(), an_identity())
    assert names(store) == []


def test_a_file_where_the_folder_should_be_is_refused(open_store, tmp_path) -> None:
    (tmp_path / "data").write_text("a file, and no folder")
    assert not open_store().exists()
    with pytest.raises(StoreReadOnlyError):
        open_store().create(an_office(), an_identity())
    assert (tmp_path / "data").read_text() == "a file, and no folder"


@pytest.mark.parametrize("identity", ["data", "data/keys", "elsewhere/../data/keys"])
def test_keys_are_never_kept_inside_the_data(open_store, tmp_path, identity: str) -> None:
    with pytest.raises(IdentityInsideDataError):
        open_store(identity=identity).create(an_office(), an_identity())
    assert list(tmp_path.iterdir()) == []


# whose it is


def test_the_private_key_is_only_for_its_user_and_outside_the_data(store, tmp_path) -> None:
    (file,) = (tmp_path / "identity").glob("*.json")
    seed = an_identity().seed
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert seed.hex() in file.read_text()
    kept = b"".join(path.read_bytes() for path in (tmp_path / "data").iterdir())
    assert seed not in kept
    assert seed.hex().encode() not in kept


def test_a_copied_folder_does_not_act_as_the_original(open_store, store, tmp_path) -> None:
    put(store, "Đã có")
    shutil.copytree(tmp_path / "data", tmp_path / "copy")
    copy = open_store("copy", "elsewhere")
    assert names(copy) == ["Đã có"]
    assert copy.identity().replica != store.identity().replica == an_identity().replica
    assert copy.renewal().reason is Displacement.COPIED
    assert store.renewal() is None
    again = open_store("copy", "elsewhere")
    assert again.identity() == copy.identity()
    assert again.renewal() is None


@pytest.mark.parametrize("damage", ["", "[]", "{", '{"replica": "00"}', '{"replica": 1}'])
def test_a_damaged_key_is_a_missing_one(open_store, store, tmp_path, damage: str) -> None:
    (file,) = (tmp_path / "identity").glob("*.json")
    file.write_text(damage)
    with pytest.raises(IdentityMissingError):
        open_store().identity()


# transactions


def test_what_is_not_committed_has_not_happened(store) -> None:
    with store.write() as work:
        work.records.put(a_person(), shown=None)
    assert names(store) == []


def test_an_error_takes_everything_back(store) -> None:
    with pytest.raises(NotFoundError), store.write() as work:
        put_one_and_fail(work)
    assert names(store) == []


def test_an_attempt_that_fails_undoes_itself_alone(store) -> None:
    with store.write() as work:
        work.records.put(a_person(1, full_name="Giữ"), shown=None)
        with pytest.raises(NotFoundError), work.attempt():
            put_one_and_fail(work)
        work.records.put(a_person(3, full_name="Giữ sau"), shown=None)
        changes = work.commit()
    assert names(store) == ["Giữ", "Giữ sau"]
    assert changes.concern("person")


def put_one_and_fail(work, number: int = 2) -> None:
    work.records.put(a_person(number, full_name="Bỏ"), shown=None)
    work.records.get(Person, an_id(99))


def test_readers_do_not_wait_for_a_writer(store) -> None:
    put(store, "Đã có")
    with store.write() as work:
        work.records.put(a_person(9, full_name="Đang ghi"), shown=None)
        assert names(store) == ["Đã có"]


def test_a_reader_cannot_write(store) -> None:
    with pytest.raises(StoreReadOnlyError), store.read() as work:
        work.records.put(a_person(), shown=None)


# troubles


def test_a_folder_nobody_may_write_to_is_read_only_for_an_administrator_too(
    store, tmp_path
) -> None:
    put(store, "Đã có")
    (tmp_path / "data").chmod(0o555)
    with pytest.raises(StoreReadOnlyError), store.write():
        pass
    assert names(store) == ["Đã có"]
    (tmp_path / "data").chmod(0o755)


def test_a_file_nobody_may_write_to_is_read_only(store, tmp_path) -> None:
    (tmp_path / "data" / DATABASE).chmod(0o444)
    with pytest.raises(StoreReadOnlyError), store.write():
        pass
    assert names(store) == []


def test_a_newer_database_is_refused_and_left_as_it_is(open_store, store, tmp_path) -> None:
    path = tmp_path / "data" / DATABASE
    change_database(path, "UPDATE alembic_version SET version_num = '9999'")
    change_database(path, "PRAGMA journal_mode = WAL")  # whatever the newer program likes
    before = path.read_bytes()
    for way in (open_store().read, open_store().write):
        with pytest.raises(StoreNewerError), way():
            pass
    with pytest.raises(StoreNewerError):
        open_store().identity()
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"this is no database at all" * 100])
def test_what_is_no_database_is_damaged(open_store, store, tmp_path, content: bytes) -> None:
    (tmp_path / "data" / DATABASE).write_bytes(content)
    for way in (open_store().read, open_store().write):
        with pytest.raises(StoreDamagedError), way():
            pass


def test_a_database_that_is_not_ours_is_damaged(open_store, store, tmp_path) -> None:
    (tmp_path / "data" / DATABASE).unlink()
    change_database(tmp_path / "data" / DATABASE, "CREATE TABLE song (title TEXT)")
    with pytest.raises(StoreDamagedError), open_store().read():
        pass


def test_where_nothing_is_nothing_is_made(open_store, tmp_path) -> None:
    store = open_store()
    assert not store.exists()
    for way in (store.read, store.write, store.hold):
        with pytest.raises(NoStoreError), way():
            pass
    with pytest.raises(NoStoreError):
        store.identity()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_moved_while_it_is_open_is_told_and_goes_on_when_it_is_back(
    store, tmp_path
) -> None:
    with store.write() as work:
        (tmp_path / "data").rename(tmp_path / "chỗ khác")  # in the middle of a transaction
        work.commit()
    for transaction in (store.read, store.write):
        with pytest.raises(StoreGoneError), transaction():
            pass
    assert not (tmp_path / "data").exists()
    (tmp_path / "chỗ khác").rename(tmp_path / "data")
    with store.write() as work:
        work.commit()


def test_a_folder_that_goes_away_at_any_moment_is_told_to_be_gone(store, tmp_path) -> None:
    here, away = tmp_path / "data", tmp_path / "chỗ khác"
    store.identity()  # this program had it open
    told = 0
    with ThreadPoolExecutor(1) as somebody:
        for _ in range(MOMENTS):
            moving = somebody.submit(here.rename, away)
            try:
                with store.hold():
                    pass
            except StoreGoneError:
                told += 1
            with suppress(PermissionError):  # on Windows it stays while the lock is held
                moving.result()
                away.rename(here)
    assert 0 < told < MOMENTS


def test_a_full_disk_keeps_what_was_there(store) -> None:
    put(store, "Trước khi đầy")
    with pytest.raises(DiskFullError), store.write() as work:
        fill_the_disk(work)
    assert names(store) == ["Trước khi đầy"]


def fill_the_disk(work) -> None:
    pages = work.exchange._log.rows("PRAGMA page_count")[0][0]
    work.exchange._log.rows(f"PRAGMA max_page_count = {pages}")
    for number in range(2, 4_000):
        work.records.put(a_person(number, address="y" * 290), shown=None)


def test_trouble_is_known_by_its_number_and_not_by_its_words(store) -> None:
    # The word "full" stands in the message.
    with pytest.raises(sqlite3.OperationalError, match="full_title"), store.read() as work:
        work.exchange._log.rows("SELECT full_title FROM person")


# blobs


def test_blobs_are_kept_by_their_hash(store) -> None:
    content = "bản chụp".encode()
    with store.write() as work:
        sha = work.blobs.put(content)
        assert work.blobs.put(content) == sha
        work.commit()
    with store.read() as work:
        assert work.blobs.get(sha) == content
        assert work.blobs.get("0" * 64) is None


def test_a_blob_of_a_transaction_that_failed_is_not_here(store) -> None:
    with store.write() as work:
        sha = work.blobs.put(b"x")
    with store.read() as work:
        assert work.blobs.get(sha) is None


@pytest.mark.parametrize("damage", [b"other bytes", None])
def test_a_damaged_blob_is_not_given_out_and_heals_when_it_comes_again(
    store, tmp_path, damage: bytes | None
) -> None:
    with store.write() as work:
        sha = work.blobs.put(b"as it was")
        work.commit()
    path = tmp_path / "data" / "blobs" / sha
    path.unlink() if damage is None else path.write_bytes(damage)
    with store.read() as work:
        assert work.blobs.get(sha) is None
    with store.write() as work:
        work.blobs.put(b"as it was")
        work.commit()
    with store.read() as work:
        assert work.blobs.get(sha) == b"as it was"


def test_a_full_disk_beside_the_identity_is_told_as_such(
    store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object, **_named: object) -> None:
        raise OSError(errno.ENOSPC, "")

    monkeypatch.setattr(marks, "write_whole", full)
    with pytest.raises(DiskFullError) as refused, store.write():
        pass
    assert refused.value.folder == str(tmp_path / "identity")
