"""Where a paper is dated at: in the name of the unit, else where the unit above it sits."""

from __future__ import annotations

from uuid import UUID

import pytest

from thidua_desktop.domain.agencies import place_named
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.units import Unit, UnitLevel
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.units import find_unit, seat_on

BEFORE, AFTER = PartialDate(2025, 6, 30), PartialDate(2025, 7, 1)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Ủy ban nhân dân huyện Kiến Xương", "Kiến Xương"),
        ("Xã Vũ Lễ", "Vũ Lễ"),
        ("Thành phố Thái Bình", "Thái Bình"),
        ("Tỉnh Thái Bình", "Thái Bình"),
        ("Phòng Nội vụ huyện Tiền Hải", "Tiền Hải"),
        ("Hợp tác xã dịch vụ nông nghiệp xã Vũ Lễ", "Vũ Lễ"),
        ("Bảo hiểm xã hội", ""),
        ("Ban của xã", ""),
        ("Công ty Ví Dụ", ""),
    ],
)
def test_the_place_is_in_the_name(name: str, place: str) -> None:
    assert place_named(Unit(id=UUID(int=1), name=name, level=UnitLevel.COMMUNE)) == place


def test_a_department_and_who_stands_below_it_sit_where_the_province_does_on_that_day(
    province: Ports,
) -> None:
    with province.store.read() as work:
        records = work.records
        board, department = find_unit(records, "33"), find_unit(records, "snv")
        below = Unit(
            id=UUID(int=1),
            name="Phòng Bảo hiểm xã hội",
            level=UnitLevel.GRASSROOTS,
            parent_id=department.id,
        )
        under_xa_hoi = Unit(
            id=UUID(int=2),
            name="Sở Lao động - Thương binh và Xã hội",
            level=UnitLevel.DEPARTMENT,
            parent_id=department.parent_id,
        )
        for unit in (department, below, under_xa_hoi):
            assert seat_on(records, unit, BEFORE) == "Thái Bình"
            assert seat_on(records, unit, AFTER) == "Hưng Yên"
        assert seat_on(records, board, AFTER) == "Hưng Yên"
        assert seat_on(records, None, AFTER) == ""
