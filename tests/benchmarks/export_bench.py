"""Exporting: a bundle of everything, and one of what is new, beside what cannot be done without.

`python tests/benchmarks/export_bench.py [--rows N …] [--rounds N]`: an office holds so many
records. Everything is measured against the same rows read, encoded by msgspec, deflated at the same
level and written; one percent of them against a copy of the database file. The ways take turns, a
figure is a median. Memory is what a process of its own has at most. Nothing is judged.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import msgspec

from benchmarks.merge_bench import KINDS, Province
from thidua_desktop.app.wiring import make_ports
from thidua_desktop.domain.bundles import Certificate
from thidua_desktop.domain.units import UnitRole
from thidua_desktop.services.offices import create_office
from thidua_desktop.services.packing import export_bundle
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.sending import Packing
from thidua_desktop.storage.store import DATABASE

NOW = datetime(2024, 11, 25, tzinfo=UTC)
LEVEL, MANY, PIECE = 6, 1_000, 5_000
FULL, DELTA = Packing(full=True), Packing()
READER = b"p" * 16
DELTA_SHARE = 0.01


@dataclass(frozen=True)
class Filled:
    """An office that holds records, of which the province said to hold all but the last."""

    folder: Path
    ports: Ports

    @property
    def database(self) -> Path:
        return self.folder / "data" / DATABASE

    def export(self, packing: Packing) -> int:
        return export_bundle(self.ports, path=self.folder / "out.tdkt", packing=packing).ops


def opened(folder: Path) -> Ports:
    return make_ports(folder / "data", folder / "identity", now=lambda: NOW)


def filled(folder: Path, rows: int) -> Filled:
    """Make an office whose other PC wrote so many records; a hundredth is news to the province."""
    ports = opened(folder)
    create_office(ports, "ubnd-343", UnitRole.OFFICE)
    (folder / "stick").mkdir()
    with ports.store.write() as work:
        office = work.book.me().number
        work.book.add_certificate(
            Certificate(
                replica=READER,
                office=0,
                unit_id=UUID(int=34),
                role=UnitRole.PROVINCE.value,
                public_key=ports.signing.public_key(bytes(32)),
                receiving_key=ports.sealing.public_key(bytes(32)),
            )
        )
        work.commit()
    other = Province(folder / "stick", ports)
    known = rows - round(rows * DELTA_SHARE)
    for part in (known, rows - known):
        for count in (min(PIECE, part - done) for done in range(0, part, PIECE)):
            other.merge(other.new_records(office, count, []))
    with ports.store.write() as work:
        work.book.acknowledge(READER, {other.author(office).origin: known})
        work.commit()
    shutil.rmtree(folder / "stick")
    return Filled(folder, ports)


def lines_deflated(office: Filled) -> int:
    """Write the same rows as plain lines, deflated: what no export can do without."""
    encode, deflater, count = msgspec.json.Encoder().encode, zlib.compressobj(LEVEL), 0
    with (
        closing(sqlite3.connect(f"file:{office.database}?mode=ro", uri=True)) as connection,
        (office.folder / "lines").open("wb") as file,
    ):
        for kind in KINDS:
            found = connection.execute(f'SELECT * FROM "{kind}"')  # noqa: S608 - our own names
            while rows := found.fetchmany(MANY):
                count += len(rows)
                file.write(deflater.compress(b"\n".join(map(encode, rows))))
        file.write(deflater.flush())
        file.flush()
        os.fsync(file.fileno())
    return count


def file_copied(office: Filled) -> int:
    copy = office.folder / "copy.db"
    shutil.copyfile(office.database, copy)
    with copy.open("rb+") as file:
        os.fsync(file.fileno())
    return copy.stat().st_size


def medians(ways: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Return the median seconds of each way; they take turns."""
    took: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            begin = time.perf_counter()
            way()
            took[name].append(time.perf_counter() - begin)
    return {name: statistics.median(times) for name, times in took.items()}


def memory(folder: Path) -> int:
    """Return the MiB that a process has at most while it exports everything."""
    tests = Path(__file__).resolve().parents[1]
    said = subprocess.run(
        [sys.executable, __file__, "--export", str(folder)],
        env=os.environ | {"PYTHONPATH": f"{tests.parent / 'src'}{os.pathsep}{tests}"},
        check=True,
        capture_output=True,
        text=True,
    )
    return int(said.stdout)


def export_alone(folder: Path) -> None:
    Filled(folder, opened(folder)).export(FULL)
    print(most_memory())


def most_memory() -> int:
    """Return the MiB that this process had at most. What `getrusage` says begins with the process
    that started it.
    """
    status = Path("/proc/self/status").read_text("utf-8").splitlines()
    return int(next(line for line in status if line.startswith("VmHWM:")).split()[1]) // 1024


def figures(rows: int, rounds: int) -> Iterator[tuple[str, float, str]]:
    """Yield what was measured: its name, the number, the goal."""
    with tempfile.TemporaryDirectory() as place:
        office = filled(Path(place), rows)
        ways: dict[str, Callable[[], object]] = {
            "lines": lambda: lines_deflated(office),
            "copy": lambda: file_copied(office),
            "full": lambda: office.export(FULL),
            "delta": lambda: office.export(DELTA),
        }
        if (office.export(FULL), office.export(DELTA)) != (rows, round(rows * DELTA_SHARE)):
            raise AssertionError(rows)
        took = medians(ways, rounds)
        yield "msgspec lines deflated, seconds", took["lines"], ""
        yield "file copy, seconds", took["copy"], ""
        yield "full / lines", took["full"] / took["lines"], "1.5"
        yield "1 % delta / copy", took["delta"] / took["copy"], "0.3"
        yield "1 % delta, seconds", took["delta"], ""
        yield "memory of a full export, MiB", memory(office.folder), ""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, nargs="+", default=[20_000, 100_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--export", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.export:
        export_alone(asked.export)
        return
    for rows in asked.rows:
        for name, number, goal in figures(rows, asked.rounds):
            said = f"{rows:8}  {name:34} {number:9.3f}"
            print(said + (f"   goal {goal}" if goal else ""), flush=True)


if __name__ == "__main__":
    main()
