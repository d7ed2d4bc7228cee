"""What is typed and what is found first: a table, over invented records."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from uuid import UUID

import pytest

from thidua_desktop.services.search_index import Entry, SearchIndex

DATA = Path(__file__).resolve().parents[1] / "data"


def read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def index() -> SearchIndex:
    return SearchIndex(
        Entry(row["kind"], UUID(int=n), row["title"], row["detail"], tuple(row["also"].split("|")))
        for n, row in enumerate(read("search_records.csv"))
    )


SEARCHES = read("searches.csv")


def test_the_table_has_three_hundred_searches_and_names_records_that_are_there() -> None:
    records = {(row["kind"], row["title"]) for row in read("search_records.csv")}
    assert len({row["typed"] for row in SEARCHES}) >= 300
    assert {(row["kind"], row["title"]) for row in SEARCHES} <= records


@pytest.mark.parametrize("row", SEARCHES, ids=lambda row: row["typed"])
def test_the_first_hit_is_the_one_that_was_meant(row: dict[str, str]) -> None:
    first = index().find(row["typed"], limit=1).hits[0]
    assert (first.kind, first.title) == (row["kind"], row["title"]), row["why"]
