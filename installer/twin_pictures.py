"""The picture of Có thể trùng, in a copy of the province to which two offices sent one person."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from thidua_desktop.app.pictures import open_window, save_picture, settle
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.people import Gender, Person
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import save_record

_OFFICES = (63, 64)  # whose numbers the records carry
_NAME = "Trần Đức Vượng"


def picture_twins(ports: Ports, path: Path, **how: Any) -> None:  # noqa: ANN401 - as open_window
    """Write a pair side by side, before somebody decides."""
    born = PartialDate(1984)
    first, second = (ports.new_id(number) for number in _OFFICES)
    said = (
        Person(
            id=first,
            full_name=_NAME,
            gender=Gender.MALE,
            birth_date=born,
            address="Xã Vũ Lễ, huyện Kiến Xương",
        ),
        Person(
            id=second,
            full_name=_NAME,
            birth_date=born,
            position="Bí thư chi bộ thôn Nam",
            address="Thôn Nam, xã Vũ Lễ",
        ),
    )
    for one in said:
        save_record(ports, one)
    with open_window(ports, **how) as (window, session):
        settle(session)
        window.go("twins")
        settle(session)
        save_picture(window, path)
