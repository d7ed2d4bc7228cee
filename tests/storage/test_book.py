"""What is known of offices and bundles survives, in order, and is entered once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest

from builders import a_certificate, an_office
from thidua_desktop.domain.bundles import MergeCounts
from thidua_desktop.domain.offices import Enrolment, ParkedBundle, ReceivedBundle, SentBundle

NOON = datetime(2024, 11, 25, 12, 30, 15, 250_000, tzinfo=UTC)


@pytest.fixture
def book(store):
    with store.write() as work:
        yield work.book


@pytest.fixture
def reopened(store):
    """Return what a program finds that comes after a commit."""

    def look(write, read):
        with store.write() as work:
            write(work.book)
            work.commit()
        with store.read() as work:
            return read(work.book)

    return look


def a_sent(number: int = 1) -> SentBundle:
    return SentBundle(
        bundle=UUID(int=number), number=number, to=0, at=NOON, file_name="a.tdua", ops=12
    )


def a_received(number: int = 1) -> ReceivedBundle:
    return ReceivedBundle(
        id=UUID(int=100 + number),
        bundle=UUID(int=number),
        number=number,
        sender=a_certificate(),
        at=NOON,
        file_name="gói số 1.tdua",
        counts=MergeCounts(new=3, differences=1),
    )


def a_parked(number: int = 1) -> ParkedBundle:
    return ParkedBundle(
        bundle=UUID(int=number),
        number=number,
        sender=a_certificate(),
        at=NOON,
        file_name="b.tdua",
        code="E-GAP",
    )


def parked_files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("parked/*"))


def test_settings_are_kept_changed_and_dropped(book) -> None:
    assert book.setting("theme") is None
    book.set_setting("theme", "dark")
    book.set_setting("theme", "light")
    assert book.setting("theme") == "light"
    book.set_setting("theme", None)
    assert book.setting("theme") is None


def test_certificates_are_kept_once_in_order_of_office(reopened) -> None:
    later = a_certificate(replica=b"a" * 16, office=99)

    def write(book) -> None:
        for certificate in (later, a_certificate(), later):
            book.add_certificate(certificate)

    assert reopened(write, lambda book: book.certificates()) == (a_certificate(), later)


def test_a_replica_keeps_the_key_it_was_accepted_with(book) -> None:
    book.add_certificate(a_certificate())
    book.add_certificate(a_certificate(public_key=b"z" * 32))
    assert book.certificates() == (a_certificate(),)


def test_enrolments_are_kept(reopened) -> None:
    enrolment = Enrolment(office=an_office(), secret=b"x" * 32, made_at=NOON)
    assert reopened(lambda book: book.add_enrolment(enrolment), lambda book: book.enrolments()) == (
        enrolment,
    )


def test_a_moment_is_the_same_moment_whatever_zone_it_was_said_in(reopened) -> None:
    in_hanoi = NOON.astimezone(timezone(timedelta(hours=7)))
    enrolment = Enrolment(office=an_office(), secret=b"x" * 32, made_at=in_hanoi)
    (kept,) = reopened(lambda book: book.add_enrolment(enrolment), lambda book: book.enrolments())
    assert kept.made_at == NOON
    assert kept.made_at.utcoffset() == timedelta(0)


def test_what_a_replica_said_last_of_an_origin_holds(book) -> None:
    ours, theirs = b"o" * 16, b"t" * 16
    book.acknowledge(b"r" * 16, {ours: 5, theirs: 0})
    book.acknowledge(b"r" * 16, {ours: 3})  # it took an import out again
    book.acknowledge(b"r" * 16, {theirs: 2})
    book.acknowledge(b"s" * 16, {ours: 9})
    assert book.acknowledged(b"r" * 16) == {ours: 3, theirs: 2}
    assert book.acknowledged(b"q" * 16) == {}


def test_the_register_of_bundles_sent_is_in_order(reopened) -> None:
    def write(book) -> None:
        for number in (2, 1, 3):
            book.add_sent(a_sent(number))

    assert reopened(write, lambda book: book.sent()) == (a_sent(2), a_sent(1), a_sent(3))


def test_a_bundle_to_all_is_sent_to_nobody_by_name(book) -> None:
    to_all = SentBundle(bundle=UUID(int=4), number=4, to=None, at=NOON, file_name="c.tdua", ops=0)
    book.add_sent(to_all)
    assert book.sent() == (to_all,)


def test_the_journal_of_bundles_received_is_whole(reopened) -> None:
    assert reopened(lambda book: book.add_received(a_received()), lambda book: book.received()) == (
        a_received(),
    )


def test_a_bundle_is_found_again_without_reading_all_that_came_before(store) -> None:
    asked: list[str] = []
    with store.read() as work:
        driver = work._connection.connection.driver_connection
        driver.set_trace_callback(asked.append)
        work.book.has_received(UUID(int=1))
        work.book.received_from("0" * 64)
        driver.set_trace_callback(None)
        plans = [step for sql in asked for *_, step in driver.execute(f"EXPLAIN QUERY PLAN {sql}")]

    assert [plan.split("(")[0].strip() for plan in plans] == [
        "SEARCH received USING INDEX ix_received_bundle",
        "SEARCH received USING INDEX ix_received_file_sha",
    ]


def test_a_bundle_that_waits_keeps_its_bytes_and_is_one_however_often_it_comes(
    reopened, tmp_path
) -> None:
    def write(book) -> None:
        book.park(a_parked(1), BytesIO(b"first"))
        book.park(a_parked(2), BytesIO(b"other"))
        book.park(a_parked(1), BytesIO(b"again"))

    def read(book) -> tuple[object, ...]:
        assert book.parked_file(UUID(int=1)).read_bytes() == b"again"
        return book.parked()

    assert reopened(write, read) == (a_parked(2), a_parked(1))
    assert len(parked_files(tmp_path)) == 2


def test_the_file_of_a_bundle_that_waits_goes_only_with_its_row(store, tmp_path) -> None:
    with store.write() as work:
        work.book.park(a_parked(1), BytesIO(b"first"))
        work.commit()
    kept = parked_files(tmp_path)
    with store.write() as work:  # never committed
        work.book.unpark(UUID(int=1))
        work.book.park(a_parked(2), BytesIO(b"second"))
    assert parked_files(tmp_path) == kept
    with store.write() as work:
        work.book.unpark(UUID(int=1))
        work.commit()
    assert parked_files(tmp_path) == []


def test_a_bundle_that_was_undone_may_be_received_again(store) -> None:
    with store.write() as work:
        work.book.add_received(a_received())
        work.book.mark_undone(UUID(int=1), NOON)
        assert not work.book.has_received(UUID(int=1))
        work.book.add_received(a_received())
        assert work.book.has_received(UUID(int=1))
        assert work.book.received() == (replace(a_received(), undone_at=NOON), a_received())


def test_a_bundle_that_waits_no_more_is_dropped_alone(book) -> None:
    book.park(a_parked(1), BytesIO(b"1"))
    book.park(a_parked(2), BytesIO(b"2"))
    book.unpark(UUID(int=1))
    book.unpark(UUID(int=77))
    assert book.parked() == (a_parked(2),)
