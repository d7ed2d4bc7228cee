"""What children do until they are killed. Each commit is acknowledged by its number."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, closing
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection as SqlConnection

from builders import an_identity, an_office
from reliability.children import READY
from reliability.pragmas import SPILLING, said_to_all
from thidua_desktop.app.wiring import make_ports
from thidua_desktop.domain.errors import StoreBusyError
from thidua_desktop.domain.people import Person
from thidua_desktop.formats.files import PlainFiles
from thidua_desktop.services import ahead
from thidua_desktop.services.backups import back_up
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.exchange import merge_bundles
from thidua_desktop.services.packing import export_bundle
from thidua_desktop.services.ports import Ports
from thidua_desktop.storage import creating, ledger, upgrading
from thidua_desktop.storage import work as work_module
from thidua_desktop.storage.backups import BackupFolder
from thidua_desktop.storage.ledger.staged_file import StagedFile
from thidua_desktop.storage.store import DATABASE
from thidua_desktop.storage.work import UnitOfWork

PERSONS = 20
READ, REFUSED = "read", "refused"
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


def export_once(_said: Connection, folder: Path, stick: Path) -> None:
    """Write one bundle onto the stick."""
    export_bundle(opened(folder), path=stick / "1.tdkt")


def export_under_its_name(said: Connection, folder: Path, stick: Path) -> None:
    """Break the promise: what bears the name of a bundle is not whole yet."""

    def careless(_: PlainFiles, path: Path, content: bytes | Iterable[bytes]) -> Path:
        with path.open("wb", buffering=0) as file:
            for piece in (content,) if isinstance(content, bytes) else content:
                for start in range(0, len(piece), 512):
                    file.write(piece[start : start + 512])
                    os.fsync(file.fileno())
        return path

    PlainFiles.draft = careless
    export_once(said, folder, stick)


def foundings(acknowledge: Connection, folder: Path) -> None:
    """Make data folder after data folder, with every migration."""
    _ready(acknowledge, folder)
    start = 1 + max((int(place.name) for place in folder.iterdir()), default=0)
    for number in count(start):
        opened(folder / str(number)).store.create(an_office(), an_identity())
        acknowledge.send(number)


def reads(said: Connection, folder: Path) -> None:
    """Read over and over, as another window of the program does; say what came of each reading."""
    ports = opened(folder)
    said.send(READY)
    while True:
        try:
            with ports.store.read() as work:
                work.book.me()
        except StoreBusyError:
            said.send(REFUSED)
        else:
            said.send(READ)


def reads_without_patience(said: Connection, folder: Path) -> None:
    """The same by a reader that waits for nothing."""
    address = (folder / "data" / DATABASE).resolve().as_uri()
    said.send(READY)
    while True:
        with closing(sqlite3.connect(f"{address}?mode=ro", uri=True, timeout=0)) as reader:
            try:
                reader.execute("SELECT count(*) FROM unit").fetchone()
            except sqlite3.OperationalError:
                said.send(REFUSED)
            else:
                said.send(READ)


def upgrade(_said: Connection, folder: Path) -> None:
    """Open an older folder, as a program does that keeps backups."""
    make_ports(folder / "data", folder / "identity", keeps_backups=True).store.identity()


def upgrade_in_pieces(said: Connection, folder: Path) -> None:
    """Break the promise: what belongs together is kept in parts."""
    whole = upgrading.migrate

    def in_pieces(connection: SqlConnection) -> None:
        whole(connection, "0002")
        connection.commit()
        connection.begin()
        whole(connection)

    upgrading.migrate = in_pieces
    upgrade(said, folder)


def upgrade_after_a_careless_backup(said: Connection, folder: Path) -> None:
    """Break the promise: what bears the name of a backup is not whole yet."""
    _name_too_early()
    upgrade(said, folder)


def make_careless_backup(said: Connection, folder: Path) -> None:
    """Break the promise: the same, when a person asks."""
    _name_too_early()
    make_backup(said, folder)


def _name_too_early() -> None:
    copy = BackupFolder._copy

    def careless(self: BackupFolder, draft: Path) -> tuple[tuple[int, int], str]:
        named = draft.with_suffix(".saoluu")
        made = copy(self, named)
        shutil.copyfile(named, draft)
        return made

    BackupFolder._copy = careless


def make_backup(said: Connection, folder: Path) -> None:
    FOR_LIFE.enter_context(said_to_all(SPILLING))
    said.send(back_up(opened(folder)).path)


def merge_ahead(said: Connection, folder: Path, bundles: Sequence[Path]) -> None:
    """Merge bundles, each of which is set down in a file while the one before is merged."""
    FOR_LIFE.enter_context(said_to_all(SPILLING))
    ahead._WORTH_IT = 0
    commit, numbers = UnitOfWork.commit, count(1)

    def telling(self: UnitOfWork) -> Changes:
        changes = commit(self)
        said.send(next(numbers))
        return changes

    UnitOfWork.commit = telling
    merge_bundles(opened(folder), bundles)


def merge_ahead_told_too_early(said: Connection, folder: Path, bundles: Sequence[Path]) -> None:
    """Break the promise: say that a bundle is kept when its lines are set down."""
    attach, numbers = StagedFile.attach, count(1)

    def telling(self: StagedFile, connection: SqlConnection) -> None:
        attach(self, connection)
        said.send(next(numbers))

    StagedFile.attach = telling
    merge_ahead(said, folder, bundles)


def _ready(acknowledge: Connection, folder: Path) -> Ports:
    FOR_LIFE.enter_context(said_to_all(SPILLING))
    acknowledge.send(READY)
    return opened(folder)
