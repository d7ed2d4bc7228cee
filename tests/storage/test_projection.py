"""Typed tables are made once, whoever asks first."""

from __future__ import annotations

from thidua_desktop.storage.projection import table_of


def test_two_workers_that_ask_for_the_first_time_at_once_get_one_table() -> None:
    first, second = (table_of.__wrapped__("person") for _ in range(2))  # past the cache, as they do
    assert first is second is table_of("person")
