from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from builders import an_identity, an_office, another_replica
from thidua_desktop.storage.store import OfficeStore

OpenStore = Callable[..., OfficeStore]


@pytest.fixture
def open_store(tmp_path: Path, clock) -> OpenStore:
    """Open the data folder of this name as another program would; nothing is made there yet."""

    def make(data: str = "data", identity: str = "identity") -> OfficeStore:
        return OfficeStore(
            tmp_path / data,
            tmp_path / identity,
            who="thử",
            now=clock,
            noise=random.Random(data).randbytes,
            new_replica=another_replica,
        )

    return make


@pytest.fixture
def store(open_store: OpenStore) -> OfficeStore:
    made = open_store()
    made.create(an_office(), an_identity())
    return made
