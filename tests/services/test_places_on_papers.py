"""Where a paper is dated at: the district, commune or ward of the unit that signs."""

from __future__ import annotations

from uuid import UUID

import pytest

from thidua_desktop.domain.units import Unit, UnitLevel
from thidua_desktop.services.new_letters import place_of


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Ủy ban nhân dân huyện Kiến Xương", "Kiến Xương"),
        ("Xã Vũ Lễ", "Vũ Lễ"),
        ("Thành phố Thái Bình", "Thái Bình"),
        ("Phòng Nội vụ huyện Tiền Hải", "Tiền Hải"),
        ("Ban của xã", ""),
        ("Công ty Ví Dụ", ""),
    ],
)
def test_the_place_is_in_the_name(name: str, place: str) -> None:
    assert place_of(Unit(id=UUID(int=1), name=name, level=UnitLevel.COMMUNE)) == place
