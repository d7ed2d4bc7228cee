"""Transactions one after the other over one connection: what is remembered is what is there."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from uuid import UUID

import pytest

from builders import a_certificate
from thidua_desktop.domain.bundles import Held
from thidua_desktop.storage.data_folder import DATABASE
from thidua_desktop.storage.memory import Memory

NAME = "một tên"


class RefusedError(Exception):
    """A step that is refused."""


def say(work, value: str | None) -> None:
    work.book.set_setting(NAME, value)


def kept(store) -> str | None:
    with store.read() as work:
        return work.book.setting(NAME)


def by_another_program(folder: Path, value: str) -> None:
    with closing(sqlite3.connect(folder / DATABASE)) as connection, connection:
        connection.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (NAME, value))


def test_the_next_transaction_knows_what_the_one_before_wrote(store) -> None:
    with store.writing() as writing:
        for value in ("một", "hai", None, "ba"):
            with writing.write() as work:
                say(work, value)
                work.book.add_certificate(a_certificate())
                work.commit()
            with writing.write() as work:
                assert work.book.setting(NAME) == value
                assert a_certificate() in work.book.certificates()
    assert kept(store) == "ba"


@pytest.mark.parametrize("is_broken", [True, False])
def test_what_was_not_committed_is_not_remembered(store, *, is_broken: bool) -> None:
    with store.writing() as writing:
        with writing.write() as work:
            say(work, "một")
            work.commit()
        with suppress(RefusedError), writing.write() as work:
            say(work, "hai")
            work.exchange.channel(None)
            if is_broken:
                raise RefusedError
        with writing.write() as work:
            assert work.book.setting(NAME) == "một"


def test_what_is_written_after_the_commit_and_lost_is_not_remembered(store) -> None:
    with store.writing() as writing:
        with writing.write() as work:
            work.commit()
            work.book.add_certificate(a_certificate())
        with writing.write() as work:
            assert a_certificate() not in work.book.certificates()


def read_after_another_program(store, data: Path) -> str | None:
    """Return what a transaction reads after "một" was written here and "hai" elsewhere."""
    with store.writing() as writing:
        with writing.write() as work:
            say(work, "một")
            work.commit()
        by_another_program(data, "hai")
        with writing.write() as work:
            return work.book.setting(NAME)


def test_what_another_program_writes_in_between_is_seen(store, tmp_path: Path) -> None:
    assert read_after_another_program(store, tmp_path / "data") == "hai"


def test_without_a_look_at_the_version_it_would_not_be_seen(
    store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Memory, "see", lambda _memory, _version: None)

    assert read_after_another_program(store, tmp_path / "data") == "một"


@pytest.mark.parametrize("before", [None, "một"])
def test_a_step_that_is_refused_takes_back_itself_alone(store, before: str | None) -> None:
    with store.writing() as writing:
        with writing.write() as work:
            if before:
                say(work, before)
            with suppress(RefusedError), work.attempt():
                say(work, "bỏ")
                work.book.set_setting("khác", "bỏ")
                raise RefusedError
            assert (work.book.setting(NAME), work.book.setting("khác")) == (before, None)
            work.book.set_setting("sau", "giữ")
            with suppress(RefusedError), work.attempt():
                work.book.set_setting("sau", "bỏ")
                raise RefusedError
            work.commit()
        with writing.write() as work:
            assert work.book.setting("sau") == "giữ"
    assert kept(store) == before


def test_a_step_within_a_step_is_taken_back_alone(store) -> None:
    with store.write() as work:
        with work.attempt():
            say(work, "một")
            with suppress(RefusedError), work.attempt():
                say(work, "hai")
                raise RefusedError
            assert work.book.setting(NAME) == "một"
        work.commit()
    assert kept(store) == "một"


def test_an_origin_of_a_step_that_was_taken_back_is_not_remembered(store) -> None:
    def meets(work) -> Held | None:
        work.exchange._log.meet_origin(UUID(int=7).bytes)
        return work.exchange._log.find_origin(UUID(int=7).bytes)

    with store.writing() as writing:
        with writing.write() as work:
            with suppress(RefusedError), work.attempt():
                assert meets(work)
                raise RefusedError
            assert work.exchange._log.find_origin(UUID(int=7).bytes) is None
            work.commit()
        with writing.write() as work:
            assert work.exchange._log.find_origin(UUID(int=7).bytes) is None
