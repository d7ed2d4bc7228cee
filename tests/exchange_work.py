"""A province, two offices and a second PC of one of them, for tests of what goes between them."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

from formats.bundle.forged import in_memory
from thidua_desktop.app.wiring import make_ports
from thidua_desktop.domain.bundles import BundleContents
from thidua_desktop.domain.errors import BundleRejectedError
from thidua_desktop.domain.people import Person
from thidua_desktop.services.bundle_reports import BundleReport
from thidua_desktop.services.exchange import merge_bundles
from thidua_desktop.services.offices import accept, enrol, join
from thidua_desktop.services.opening import opened
from thidua_desktop.services.packing import export_bundle
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.sending import Packing

DISTRICT, OTHER = "ubnd-343", "ubnd-342"
FOLDERS = {"district": DISTRICT, "second": DISTRICT, "other": OTHER}
_number = iter(range(1_000_000))


@dataclass(frozen=True)
class Exchange:
    """The folders, and the stick that goes between them.

    `district` and `other` are accepted by the province; `second` has joined as another PC of the
    district, and the province has not heard of it.
    """

    folder: Path
    now: Callable[[], Any]
    province: Ports
    district: Ports
    second: Ports
    other: Ports

    def made(self, ports: Ports, **how: Any) -> Path:
        """Write a bundle and return where."""
        path = self.folder / f"{next(_number)}.tdkt"
        return export_bundle(ports, path=path, packing=Packing(**how)).path

    def carry(self, sender: Ports, receiver: Ports, **how: Any) -> BundleReport:
        """Carry one bundle, and return what became of it."""
        return merged(receiver, self.made(sender, **how))[0]

    def forged(self, sender: Ports, contents: BundleContents) -> Path:
        """Write a bundle with these contents, signed by its sender."""
        path = self.folder / f"{next(_number)}.tdkt"
        path.write_bytes(sender.bundles.pack(contents, sender.store.identity().seed))
        return path

    def contents(self, path: Path) -> BundleContents:
        """Read a bundle that was written."""
        with self.province.bundles.open(
            BytesIO(self.payload(path)), file_name=path.name
        ) as contents:
            return in_memory(contents)

    def bare(self, path: Path) -> Path:
        """Write a bundle anew without its seal."""
        bare = path.with_suffix(".bare")
        bare.write_bytes(self.payload(path))
        return bare

    def contents_of(self, ports: Ports) -> bytes:
        """Return a bundle that a province sends to all; it lies open."""
        return self.made(ports).read_bytes()

    def payload(self, path: Path) -> bytes:
        """Return what lies sealed in a bundle, by the keys of whoever can open it."""
        for ports in (self.province, self.district, self.second, self.other):
            with (
                suppress(BundleRejectedError),
                ports.store.read() as work,
                opened(ports, work, path, file_name=path.name) as payload,
            ):
                assert isinstance(payload, Path)
                return payload.read_bytes()
        raise AssertionError(path)

    def copy_of(self, name: str) -> Ports:
        """Return a copy of a folder as it is now."""
        place = self.folder / f"copy {next(_number)}"
        shutil.copytree(self.folder / name, place)
        return open_folder(place, self.now)


def open_folder(place: Path, now: Callable[[], Any]) -> Ports:
    noise = random.Random(place.name).randbytes
    return make_ports(place / "data", place / "identity", now=now, noise=noise)


def an_exchange(folder: Path, now: Callable[[], Any]) -> Exchange:
    """Open the folders that lie there."""
    names = ("province", *FOLDERS)
    return Exchange(folder, now, *(open_folder(folder / name, now) for name in names))


def found_exchange(folder: Path, now: Callable[[], Any]) -> None:
    """Let the offices join the province that lies there, and two of them be accepted."""
    world = an_exchange(folder, now)
    for name, code in FOLDERS.items():
        join(getattr(world, name), enrol(world.province, code), file_name=f"{code}.dk")
    for ports in (world.district, world.other):
        world.carry(ports, world.province)
    accept(world.province, None)


def merged(ports: Ports, *paths: Path, **how: Any) -> tuple[BundleReport, ...]:
    return merge_bundles(ports, paths, **how).reports


def put(ports: Ports, person: Person | str, *, shared: bool = True, **fields: Any) -> Person:
    """Write a person, new by name or an edit of one; share it unless it is to stay a draft."""
    with ports.store.write() as work:
        if isinstance(person, str):
            number = work.book.me().number
            new = Person(id=ports.new_id(number), full_name=person, **fields)
            stored = work.records.put(new, shown=None)
        else:
            shown = work.records.get(Person, person.id)
            stored = work.records.put(replace(shown, **fields), shown=shown)
        if shared:
            work.records.share([("person", stored.id)])
        work.commit()
        return stored


def delete(ports: Ports, person: Person) -> None:
    with ports.store.write() as work:
        work.records.delete(Person, person.id)
        work.records.share([("person", person.id)])
        work.commit()


def person_at(ports: Ports, record_id: UUID) -> Person | None:
    with ports.store.read() as work:
        return work.records.find(Person, record_id)


def names(ports: Ports) -> set[str]:
    with ports.store.read() as work:
        return {person.full_name for person in work.records.having(Person)}


def dump(ports: Ports) -> bytes:
    """Return the visible state; drafts and all."""
    with ports.store.read() as work:
        return b"\n".join(work.records.dump())


def everything(ports: Ports) -> tuple[object, ...]:
    """Return all that a refused bundle must leave as it was; one that was forked is kept."""
    with ports.store.read() as work:
        book = work.book
        waiting = [parked for parked in book.parked() if parked.code != "E-FORK"]
        return (
            list(work.records.dump()),
            work.records.differences(),
            work.exchange.origins(),
            work.exchange.check(),
            *(book.certificates(), book.received(), waiting, book.sent()),
            {one.replica: book.acknowledged(one.replica) for one in book.certificates()},
        )


def files_of(ports: Ports, folder: Path) -> dict[str, bytes]:
    """Return every file below a folder but those that only say that a program runs."""
    assert ports.store.exists()
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".lock"
    }
