"""F8: no clock decides. What offices see after a long exchange is the same in every year."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from exchange_work import Exchange, an_exchange, delete, found_exchange, merged, open_folder, put
from reliability.figures import Measured
from thidua_desktop.domain.ids import time_id
from thidua_desktop.domain.units import UnitRole
from thidua_desktop.services import ports as ports_module
from thidua_desktop.services.differences import list_differences, settle
from thidua_desktop.services.integrity import digest
from thidua_desktop.services.offices import create_office
from thidua_desktop.storage.ledger.heads import HeadTable
from thidua_desktop.storage.ledger.lines import moment
from thidua_desktop.storage.ledger.log import OpRow

pytestmark = pytest.mark.long

Clock = Callable[[], datetime]
YEARS = (1990, 2001, 2038, 2106)


def going(year: int, seconds: int = 1) -> Clock:
    """Return a clock that moves so many seconds each time it is read."""
    readings = count()
    return lambda: datetime(year, 2, 28, tzinfo=UTC) + timedelta(seconds=seconds * next(readings))


def jumping(seed: int) -> Clock:
    chance = random.Random(seed)
    first, last = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (1990, 2106))
    return lambda: datetime.fromtimestamp(chance.randrange(first, last), UTC)


@pytest.fixture(autouse=True)
def _ids_without_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time in a new id says nothing, but it would make every digest another one."""
    monkeypatch.setattr(
        ports_module, "time_id", lambda _moment, noise, office: time_id(0, noise, office)
    )


def exchanged(folder: Path, clock: Clock) -> list[str]:
    """Let two offices, one of them with two PCs, and a province write, send and choose."""
    create_office(open_folder(folder / "province", clock), "34", UnitRole.PROVINCE)
    found_exchange(folder, clock)
    world = an_exchange(folder, clock)
    people = [put(world.district, f"Người {n}", address="Thôn Đông") for n in range(6)]
    world.carry(world.district, world.second)
    for place, (ports, words) in enumerate(
        ((world.district, "Thôn Đoài"), (world.second, "Thôn Nam"), (world.district, "Thôn Bắc"))
    ):
        for person in people[place : place + 3]:
            put(ports, person, address=f"{words} {place}")
    delete(world.second, people[5])
    put(world.district, people[5], position="Trưởng thôn")
    sent = [world.made(world.second), world.made(world.district), world.made(world.district)]
    merged(world.district, sent[0])
    choose_one(world)
    sent.append(world.made(world.district))
    for bundle in (sent[3], *sent, sent[0]):
        merged(world.province, bundle)
    put(world.province, people[0], full_name="Người 0 (tỉnh đề nghị)")
    world.carry(world.province, world.district, for_unit="ubnd-343")
    merged(world.second, sent[3])
    everyone = (world.province, world.district, world.second, world.other)
    return [digest(ports).digest for ports in everyone]


def choose_one(world: Exchange) -> None:
    """Settle one of the differences; the others stay, and what is shown is the law's to say."""
    open_cells = list_differences(world.district)
    assert len(open_cells) > 1
    settle(world.district, open_cells[0].cell, take=open_cells[0].heads[-1].op)


def test_every_year_shows_the_same(tmp_path: Path, seed: int, measured: Measured) -> None:
    usual = exchanged(tmp_path / "thường", going(2024))
    clocks = {str(year): going(year) for year in YEARS}
    clocks |= {"lùi": going(2024, seconds=-86_400), "nhảy": jumping(seed)}
    for name, clock in clocks.items():
        assert exchanged(tmp_path / name, clock) == usual, name
    measured("F8", clocks=len(clocks), differences=0)


def test_a_clock_that_decides_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: of two heads the one that says to be later is shown."""

    def later(self: HeadTable, op: OpRow) -> tuple[int, datetime, bytes, int]:
        return op.lvl, moment(op.decoded()), self._log.origin(op.ono).oid, op.number

    monkeypatch.setattr(HeadTable, "rank", later)
    usual = exchanged(tmp_path / "thường", going(2024))
    assert exchanged(tmp_path / "lùi", going(2024, seconds=-86_400)) != usual
