from __future__ import annotations

import pytest

from office_work import Pair
from thidua_desktop.services.ports import Ports


@pytest.fixture
def office(pair: Pair) -> Ports:
    """Return the ports of an office that holds what the province published."""
    return pair.office
