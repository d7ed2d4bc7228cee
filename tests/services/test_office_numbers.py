"""Two PCs of the province set up offices without each other: no two offices work as one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from exchange_work import Exchange, merged, open_folder
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import SharedNumberError
from thidua_desktop.domain.units import Unit, UnitLevel, sharing_numbers, unit_by_code
from thidua_desktop.services.backups import restore_backup, write_backup
from thidua_desktop.services.keys import certify, root_words
from thidua_desktop.services.offices import accept, close_enrolment, enrol, join
from thidua_desktop.services.packing import export_bundle
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.units import add_unit
from thidua_desktop.services.warnings import warnings


@dataclass(frozen=True)
class TwoPcs:
    """The province on two PCs, each of which set up an office that the other has not heard of."""

    world: Exchange
    one: Ports
    two: Ports
    folder: Path

    def meet(self) -> None:
        for sender, receiver in ((self.one, self.two), (self.two, self.one)):
            merged(receiver, self.world.made(sender))

    def asks(self, file: bytes, name: str) -> Path:
        """Let an office join by its file, and return its first bundle."""
        office = open_folder(self.folder / name, self.world.now)
        join(office, file, file_name=f"{name}.dk")
        path = self.folder / f"{name}.tdkt"
        export_bundle(office, path=path)
        return path


def set_up(ports: Ports, code: str) -> Unit:
    above = unit(ports, "34")
    new = Unit(
        id=above.id,
        code=code,
        name=f"Trung tâm {code}",
        level=UnitLevel.DEPARTMENT,
        parent_id=above.id,
        valid_from=PartialDate(2024, 1, 1),
    )
    return add_unit(ports, new).unit


def unit(ports: Ports, code: str) -> Unit:
    with ports.store.read() as work:
        return unit_by_code(work.records.having(Unit), code)


def said(ports: Ports) -> list[str]:
    return [one for one in warnings(ports) if "cùng số hiệu" in one]


@pytest.fixture
def pcs(world: Exchange, tmp_path: Path, clock: Any) -> TwoPcs:
    words = " ".join(root_words(world.province))
    write_backup(world.province, tmp_path / "tỉnh.saoluu")
    two = open_folder(tmp_path / "máy hai", clock)
    restore_backup(two, tmp_path / "tỉnh.saoluu", tmp_path / "máy hai" / "data")
    certify(two, words=words)
    merged(world.province, world.made(two))
    first, second = set_up(world.province, "tt-a"), set_up(two, "tt-b")
    assert first.number == second.number
    return TwoPcs(world, world.province, two, tmp_path)


def test_a_number_given_twice_is_told_and_changed_when_the_second_office_is_enrolled(
    pcs: TwoPcs,
) -> None:
    enrol(pcs.one, "tt-a")
    assert said(pcs.one) == []
    pcs.meet()
    (told,) = said(pcs.one)
    assert "Trung tâm tt-a" in told
    assert "Trung tâm tt-b" in told

    enrol(pcs.one, "tt-b")
    assert unit(pcs.one, "tt-a").number != unit(pcs.one, "tt-b").number
    assert said(pcs.one) == []
    pcs.meet()
    assert said(pcs.two) == []
    with pcs.two.store.read() as work:
        assert sharing_numbers(work.records.having(Unit)) == ()


def test_where_both_were_enrolled_only_one_is_accepted_and_the_other_joins_anew(
    pcs: TwoPcs,
) -> None:
    of_one, of_two = enrol(pcs.one, "tt-a"), enrol(pcs.two, "tt-b")
    merged(pcs.one, pcs.asks(of_one, "a"))
    accept(pcs.one, "tt-a")
    pcs.meet()
    asking = pcs.asks(of_two, "b")
    merged(pcs.two, asking)
    with pytest.raises(SharedNumberError) as refused:
        accept(pcs.two, None)
    assert set(refused.value.names) == {"Trung tâm tt-a", "Trung tâm tt-b"}

    close_enrolment(pcs.two, "tt-b")
    anew = enrol(pcs.two, "tt-b")
    assert said(pcs.two) == []
    merged(pcs.two, pcs.asks(anew, "b mới"))
    (taken,) = accept(pcs.two, "tt-b").accepted
    assert taken.office == unit(pcs.two, "tt-b").number != unit(pcs.two, "tt-a").number


def test_a_unit_that_was_renamed_shares_its_number_with_nobody() -> None:
    old = Unit(id=UUID(int=1), number=7, valid_to=PartialDate(2025, 6, 30))
    new = Unit(id=UUID(int=2), number=7, valid_from=PartialDate(2025, 7, 1))
    assert sharing_numbers([old, new]) == ()
    assert sharing_numbers([replace(old, valid_to=None), new]) == (
        (replace(old, valid_to=None), new),
    )
