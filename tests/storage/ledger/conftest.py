from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from storage.ledger.world import Replica, World


@pytest.fixture
def world() -> Iterator[World]:
    """Two PCs of one office (a1, a2), another office (b) and the province (p); all empty."""
    made = World(random.Random(52))
    yield made
    made.close()


@pytest.fixture
def office(world: World) -> Replica:
    return world.replicas[0]


@pytest.fixture
def second(world: World) -> Replica:
    return world.replicas[1]


@pytest.fixture
def province(world: World) -> Replica:
    return world.replicas[3]
