"""The next bundle is set down while the one before is merged; what comes out is the same."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from tests.benchmarks.merge_bench import Province, found_province

from thidua_desktop.domain.bundles import BundleState
from thidua_desktop.domain.errors import StoppedError
from thidua_desktop.services import ahead
from thidua_desktop.services.ahead import BundlesAhead
from thidua_desktop.services.exchange import merge_bundles
from thidua_desktop.storage.data_folder import SCRATCH
from thidua_desktop.storage.ledger.staged_file import StagedFile
from thidua_desktop.storage.ledger.staging import Staging
from thidua_desktop.storage.staging_pool import StagingPool

OFFICES, RECORDS = (1, 2, 3), 120


@pytest.fixture(autouse=True)
def _every_bundle_is_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "_WORTH_IT", 0)


def filled(folder: Path) -> tuple[Province, list[Path]]:
    folder.mkdir()
    province = found_province(folder)
    bundles = [province.new_records(office, RECORDS, []) for office in OFFICES]
    bundles += [province.changed(office, 0.5, differing=0.2) for office in OFFICES]
    return province, bundles


def digest(province: Province) -> list[str]:
    with province.ports.store.read() as work:
        assert work.exchange.check() == ()
        cells = work.exchange.differences()
        return sorted(
            [f"{kind} {record}" for kind, record in shown(province)] + list(map(str, cells))
        )


def shown(province: Province) -> list[tuple[str, str]]:
    with province.ports.store.read() as work:
        return [
            (kind, str(record))
            for number in range(1, province.bundles + 1)
            for kind, record, _ in work.exchange.brought(province.bundle_id(number))
        ]


def test_what_was_set_down_ahead_is_what_would_be_set_down_in_its_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, bundles = filled(tmp_path / "một")
    with monkeypatch.context() as patch:
        patch.setattr(Staging, "stage", in_a_file_only(Staging.stage))
        one.merge(*bundles)
    other, again = filled(tmp_path / "hai")
    monkeypatch.setattr(ahead, "_WORTH_IT", 10**9)
    other.merge(*again)
    assert digest(one) == digest(other)


def in_a_file_only(stage: Callable[..., object]) -> Callable[..., object]:
    """Fail where lines are set down within the transaction."""

    def checked(self: Staging, contents: object) -> object:
        assert self._schema != "temp"
        return stage(self, contents)

    return checked


def test_a_file_that_is_another_one_by_its_turn_is_read_anew(tmp_path: Path) -> None:
    province, (first, second, *_) = filled(tmp_path / "một")
    with BundlesAhead(province.ports, [first], stop_wanted=lambda: False) as opening:
        opened = opening.take(lambda _done, _total: None)
        with BundlesAhead(province.ports, [second], stop_wanted=lambda: False) as replacing:
            other = replacing.take(lambda _done, _total: None)
            opened.source.write_bytes(other.source.read_bytes())
            other.close.close()
        with province.ports.store.writing() as writing, opened.write(writing) as work:
            manifest = province.ports.bundles.peek(opened.source, file_name="gói")
            with province.ports.bundles.open(opened.source, file_name="gói") as contents:
                authors = {
                    oid: certificate
                    for certificate in work.book.certificates()
                    for oid in work.exchange.origins_of(certificate, OFFICES)
                }
                counts = work.exchange.apply(
                    contents,
                    authors=authors,
                    file_name="gói",
                    progress=lambda _done, _total: None,
                    stop_wanted=lambda: False,
                )
            assert counts.new == RECORDS
            brought = work.exchange.brought(manifest.bundle)
            work.commit()
    assert {record.int >> 64 & 0xFFFF for _, record, _ in brought} == {
        record.int >> 64 & 0xFFFF for _, record, _ in province.records[2]
    }


@pytest.mark.parametrize("calls", [1, 3, 12, 100])
def test_nothing_is_left_of_what_was_set_down(tmp_path: Path, calls: int) -> None:
    province, bundles = filled(tmp_path / "một")
    asked = iter(range(calls))
    with suppress(StoppedError):
        merge_bundles(province.ports, bundles, stop_wanted=lambda: next(asked, None) is None)
    assert not (province.folder.parent / "data" / SCRATCH).exists()


def test_a_bundle_that_cannot_be_opened_is_told_in_its_turn(tmp_path: Path) -> None:
    province, (first, second, *_) = filled(tmp_path / "một")
    broken = first.with_name("hỏng.tdkt")
    broken.write_bytes(second.read_bytes()[:-100])
    reports = merge_bundles(province.ports, [broken, first, first.with_name("không có"), second])
    assert [report.state for report in reports.reports] == [
        BundleState.REFUSED,
        BundleState.NEW,
        BundleState.REFUSED,
        BundleState.NEW,
    ]
    assert [report.code for report in reports.reports if report.code] == ["E-DAMAGED", "E-FILE"]


def test_many_are_set_down_in_processes_of_their_own_and_a_killed_one_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone, bundles = filled(tmp_path / "một")
    alone.merge(*bundles)
    beside, again = filled(tmp_path / "hai")
    monkeypatch.setattr(ahead, "_MUCH", 0)
    with monkeypatch.context() as patch:
        patch.setattr(Staging, "stage", never)
        beside.merge(*again[: OFFICES[-1]])
    wish, killed = StagingPool.set_down, []

    def dying(pool: StagingPool, *asked: object) -> StagedFile | None:
        def kill(_done: int) -> None:
            if len(killed) < 2:
                children = multiprocessing.active_children()
                killed.extend(c.kill() for c in children if c.name == "staging")

        return wish(pool, *asked[:-1], kill)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(StagingPool, "set_down", dying)
        beside.merge(*again[OFFICES[-1] :])
    assert killed
    assert digest(beside) == digest(alone)


@pytest.mark.parametrize(
    ("most", "most_bytes", "far"), [(8, 8_000_000, 6), (4, 8_000_000, 4), (8, 0, 2)]
)
def test_small_bundles_are_opened_far_ahead(
    most: int, most_bytes: int, far: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    province, bundles = filled(tmp_path / "một")
    monkeypatch.setattr(ahead, "_MUCH", 0)
    monkeypatch.setattr(ahead, "_MOST", most)
    monkeypatch.setattr(ahead, "_MOST_BYTES", most_bytes)
    with BundlesAhead(province.ports, bundles, stop_wanted=lambda: False) as opening:
        assert len(opening._next) == far
        given = [opening.take(lambda _done, _total: None).source for _ in bundles]
    assert len(set(given)) == len(bundles)
    assert not (province.folder.parent / "data" / SCRATCH).exists()


def never(_self: Staging, _contents: object) -> object:
    raise AssertionError
