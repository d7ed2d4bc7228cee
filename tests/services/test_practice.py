"""The practice province: invented data of its own, which no real province takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from office_work import Pair
from thidua_desktop.app.practice_room import OFFICE, PROVINCE, PracticeFolder, ports_of
from thidua_desktop.domain.bundles import BundleState
from thidua_desktop.domain.offices import PRACTICE
from thidua_desktop.services.exchange import merge_bundles, plan_bundles
from thidua_desktop.services.packing import export_bundle
from thidua_desktop.services.proposals import proposal_list


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> PracticeFolder:
    folder = PracticeFolder.beside(tmp_path_factory.mktemp("bàn") / "data")
    folder.begin()
    return folder


def test_it_lies_beside_the_real_data_and_is_marked(practice: PracticeFolder) -> None:
    current = practice.current()
    assert practice.root.name == "data-thuc-hanh"
    for who in (OFFICE, PROVINCE):
        with ports_of(current, who).store.read() as work:
            assert work.book.setting(PRACTICE)


def test_there_is_work_on_the_desk_and_something_is_left_to_fill(practice: PracticeFolder) -> None:
    rows = proposal_list(ports_of(practice.current(), OFFICE))
    assert len(rows) == 8
    assert any(row.missing for row in rows)
    assert any(not row.missing for row in rows)


def test_its_bundles_go_to_its_own_province_and_to_no_other(
    practice: PracticeFolder, pair: Pair, tmp_path: Path
) -> None:
    office, province = (ports_of(practice.current(), who) for who in (OFFICE, PROVINCE))
    path = tmp_path / "gói.tdkt"
    export_bundle(office, path=path)
    assert [one.state for one in plan_bundles(province, [path])] == [BundleState.PARKED]
    refused = merge_bundles(pair.province, [path])
    assert [one.state for one in refused] == [BundleState.REFUSED]
    real = tmp_path / "thật.tdkt"
    export_bundle(pair.office, path=real)
    assert [one.state for one in merge_bundles(province, [real])] == [BundleState.REFUSED]


def test_begun_anew_it_is_another_and_the_old_one_goes(tmp_path: Path) -> None:
    folder = PracticeFolder.beside(tmp_path / "data")
    first = folder.ready()
    assert folder.ready() == first
    second = folder.begin()
    assert folder.current() == second != first
    folder.clear(stays=second)
    assert not first.exists()
