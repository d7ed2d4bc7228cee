"""What children do until they are killed. Each commit is acknowledged by its number."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from uuid import UUID

from builders import an_identity, an_office
from reliability.children import READY
from reliability.pragmas import SPILLING, said_to_all
from thidua_desktop.app.wiring import make_ports
from thidua_desktop.domain.people import Person
from thidua_desktop.services.exchange import merge_bundles
from thidua_desktop.services.packing import export_bundle
from thidua_desktop.services.ports import Ports
from thidua_desktop.storage import creating, ledger
from thidua_desktop.storage import work as work_module

PERSONS = 20
FOR_LIFE = ExitStack()
# The program imports these when it needs them; children are forked from a server that has them.
IMPORTED_BEFORE = (creating, ledger, work_module)


def opened(folder: Path) -> Ports:
    return make_ports(folder / "data", folder / "identity")


def write_turn(ports: Ports, turn: int, *, persons: int = PERSONS) -> None:
    """Write the number of the turn into every person, and share what was written."""
    with ports.store.write() as work:
        office = work.book.me().number
        ids = [UUID(int=number << 32 | office) for number in range(1, persons + 1)]
        for person in ids:
            work.records.write(Person, person, {"full_name": f"Lần {turn}", "address": "x" * 290})
        work.records.share([("person", person) for person in ids[: 1 + turn % 3]])
        work.commit()


def turns_of(ports: Ports) -> set[int]:
    """Return the turns that are to be seen; a transaction that is whole shows one."""
    with ports.store.read() as work:
        return {int(one.full_name.removeprefix("Lần ")) for one in work.records.having(Person)}


def edits(acknowledge: Connection, folder: Path) -> None:
    ports = _ready(acknowledge, folder)
    for turn in count(1 + max(turns_of(ports), default=0)):
        write_turn(ports, turn)
        acknowledge.send(turn)


def edits_told_too_early(acknowledge: Connection, folder: Path) -> None:
    """Break the promise: say that it is kept before it is."""
    ports = _ready(acknowledge, folder)
    for turn in count(1 + max(turns_of(ports), default=0)):
        acknowledge.send(turn)
        write_turn(ports, turn)


def edits_in_two_transactions(acknowledge: Connection, folder: Path) -> None:
    """Break the promise: what belongs together is kept in parts."""
    ports = _ready(acknowledge, folder)
    for turn in count(1 + max(turns_of(ports), default=0)):
        with ports.store.write() as work:
            one = work.records.having(Person)[0]
            work.records.write(Person, one.id, {"full_name": f"Lần {turn}"})
            work.commit()
        write_turn(ports, turn)
        acknowledge.send(turn)


def imports(acknowledge: Connection, folder: Path, bundles: Sequence[Path]) -> None:
    """Merge the bundles not merged yet; the first shows turn 1, the second turn 2."""
    ports = _ready(acknowledge, folder)
    start = max(turns_of(ports), default=0)
    for turn, bundle in enumerate(bundles[start:], start=start + 1):
        merge_bundles(ports, [bundle])
        acknowledge.send(turn)


def exports(acknowledge: Connection, folder: Path, stick: Path) -> None:
    """Write bundle after bundle, each a file by its number in the register."""
    ports = _ready(acknowledge, folder)
    with ports.store.read() as work:
        start = 1 + max((bundle.number for bundle in work.book.sent()), default=0)
    for number in count(start):
        export_bundle(ports, path=stick / f"{number}.tdkt")
        acknowledge.send(number)


def foundings(acknowledge: Connection, folder: Path) -> None:
    """Make data folder after data folder, with every migration."""
    _ready(acknowledge, folder)
    start = 1 + max((int(place.name) for place in folder.iterdir()), default=0)
    for number in count(start):
        opened(folder / str(number)).store.create(an_office(), an_identity())
        acknowledge.send(number)


def _ready(acknowledge: Connection, folder: Path) -> Ports:
    FOR_LIFE.enter_context(said_to_all(SPILLING))
    acknowledge.send(READY)
    return opened(folder)
