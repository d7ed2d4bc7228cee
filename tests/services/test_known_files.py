"""A file that was received before is known by its hash, without being opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.benchmarks.merge_bench import found_province

from thidua_desktop.domain.bundles import BundleState
from thidua_desktop.domain.offices import Displacement
from thidua_desktop.services.bundle_reports import BundleReport
from thidua_desktop.services.exchange import merge_bundles, plan_bundles
from thidua_desktop.services.undoing import undo_import
from thidua_desktop.storage.repositories.book import BookRepository


def test_the_same_file_is_known_before_it_is_opened_until_it_is_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    province = found_province(tmp_path)
    ports, file = province.ports, province.new_records(1, 5, [])

    def opened() -> list[Path]:
        """Merge once more, and return what was unsealed for it."""
        found: list[Path] = []
        unseal = type(ports.sealing).open_in_memory
        with monkeypatch.context() as patch:

            def watched(sealing: object, path: Path, *rest: object, **named: object) -> object:
                found.append(path)
                return unseal(sealing, path, *rest, **named)  # type: ignore[arg-type]

            patch.setattr(type(ports.sealing), "open_in_memory", watched)
            reports.extend(merge_bundles(ports, [file]).reports)
        return found

    reports: list[BundleReport] = []
    assert opened()
    assert not opened()
    assert plan_bundles(ports, [file]) == (reports[-1],)
    renamed = file.rename(file.with_name("gói chép lại.tdkt"))
    file = renamed
    assert not opened()
    with monkeypatch.context() as patch:
        patch.setattr(BookRepository, "taken_files", lambda _book: frozenset())
        assert opened()
    assert reports[-1] == reports[-2]
    undo_import(ports, reports[0].import_id)  # type: ignore[arg-type]
    assert opened()
    assert [one.state for one in reports] == [
        BundleState.NEW,
        BundleState.KNOWN,
        BundleState.KNOWN,
        BundleState.KNOWN,
        BundleState.NEW,
    ]
    # A folder that became a replica of its own may have given up what it had applied.
    ports.store.renew(Displacement.COPIED)
    assert opened()


def test_a_file_that_is_replaced_while_it_is_opened_is_known_by_what_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    province = found_province(tmp_path)
    file, other = (province.new_records(office, 3, []) for office in (1, 2))
    province.merge(province.new_records(3, 1, []))  # from now on files are hashed before
    with monkeypatch.context() as patch:
        ask = type(province.ports.sealing).wants_phrase

        def replaced(sealing: object, path: Path, *, file_name: str) -> bool:
            other.replace(file)
            return ask(sealing, path, file_name=file_name)  # type: ignore[arg-type]

        first = file.read_bytes()
        patch.setattr(type(province.ports.sealing), "wants_phrase", replaced)
        (report,) = merge_bundles(province.ports, [file]).reports
    (again,) = merge_bundles(province.ports, [file]).reports
    file.write_bytes(first)
    (of_the_first,) = merge_bundles(province.ports, [file]).reports

    assert (report.number, report.state) == (2, BundleState.NEW)
    assert (again.number, again.state) == (2, BundleState.KNOWN)
    assert (of_the_first.number, of_the_first.state) == (1, BundleState.NEW)


def test_one_with_files_is_looked_into_again(tmp_path: Path) -> None:
    province = found_province(tmp_path)
    with province.ports.store.read() as work:
        assert work.book.taken_files() == frozenset()
    one, two = province.new_records(1, 2, []), province.new_records(2, 2, [], blobs=(b"%PDF-1.7",))
    province.merge(one, two)
    with province.ports.store.read() as work:
        (taken,) = work.book.taken_files()
        known = work.book.received_from(taken)
    assert known is not None
    assert known.sender.office == 1
