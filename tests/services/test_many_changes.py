"""What reads along (lists, search) misses nothing of an import too large to be told by record."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.benchmarks.merge_bench import Province, found_province

from thidua_desktop.domain.lists import ListOrder
from thidua_desktop.domain.people import Person
from thidua_desktop.services.exchange import merge_bundles
from thidua_desktop.services.search import make_index, refreshed
from thidua_desktop.storage.ledger.touched import TouchedRecords

EACH = 60  # a fifth of them persons


@pytest.fixture
def province(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Province:
    monkeypatch.setattr(TouchedRecords, "most_named", 5)
    return found_province(tmp_path)


def listed(province: Province) -> int:
    with province.ports.store.write() as work:
        while work.lists.catch_up(Person, 1_000):
            pass
        work.commit()
    with province.ports.store.read() as work:
        return len(work.lists.ids(Person, ListOrder.NAME)) // 16


def persons(province: Province) -> int:
    return sum(kind == "person" for made in province.records.values() for kind, _, _ in made)


def test_an_import_of_many_is_told_by_kind_and_listed_whole(province: Province) -> None:
    changes = merge_bundles(province.ports, [province.new_records(1, EACH, [])]).changes
    assert ("person", None) in changes.touched
    assert changes.concern("person")
    assert refreshed(province.ports, changes) is None
    assert listed(province) == len(make_index(province.ports).ids("person")) == persons(province)


def test_an_import_of_few_is_told_by_record(province: Province) -> None:
    changes = merge_bundles(province.ports, [province.new_records(1, 5, [])]).changes
    assert all(record for _, record in changes.touched)
    assert listed(province) == persons(province) == 1
