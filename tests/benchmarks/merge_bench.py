"""Merging: bundles into a province, as a ratio to stdlib `executemany` of the same rows.

`python tests/benchmarks/merge_bench.py [--rows N] [--bundles N]` makes signed and sealed bundles
of offices, merges them through the use case, and writes the same rows into the same indexed tables
with the driver alone, one transaction a bundle. Each figure stands beside its goal; nothing is
judged.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid5

from thidua_desktop.app.wiring import make_ports
from thidua_desktop.domain.bundles import (
    BundleContents,
    BundleKind,
    BundleState,
    Certificate,
    Manifest,
    OpRange,
    OpSection,
)
from thidua_desktop.domain.field_values import Stored
from thidua_desktop.domain.ids import time_id
from thidua_desktop.domain.kinds import KIND_BY_NAME
from thidua_desktop.domain.records import DELETED, FieldSpec, FieldType, Owner, kind_spec
from thidua_desktop.domain.units import UnitRole
from thidua_desktop.services.exchange import merge_bundles, plan_bundles
from thidua_desktop.services.offices import create_office
from thidua_desktop.services.ports import Ports
from thidua_desktop.storage.creating import create_database
from thidua_desktop.storage.database import PRAGMAS
from thidua_desktop.storage.ledger.lines import START_HASH, Line, chained, encode, id_text, to_line
from thidua_desktop.storage.ledger.log import COMMON, origin_id

KINDS = ("person", "collective", "proposal", "score", "evidence")
SEED = bytes(range(32))
UNITS = UUID(int=52)
WORDS = """
Nguyễn Trần Lê Phạm Hoàng Vũ Đặng Bùi Đỗ Ngô Thị Văn Đức Hữu Ngọc Minh Thanh Quang Hồng Thu An Bình
Cường Dũng Giang Hà Hải Hạnh Hòa Huệ Hùng Hương Lan Linh Long Mai Nam Nga Oanh Phúc Phượng Quân Sơn
Tâm Thảo Thắng Thủy Tiến Trang Tuấn Tùng Vân Việt Xuân Yến Khánh Kiên Lâm
""".split()  # noqa: SIM905 - a list of them takes a page
_SCRIPT = __file__
NOW = datetime(2024, 11, 25, tzinfo=UTC)
Row = tuple[str, tuple[object, ...]]


@dataclass
class Author:
    """A PC of an office, and how far its channel has come."""

    certificate: Certificate
    number: int = 0
    hash: bytes = START_HASH
    lam: int = 0
    sent: tuple[int, bytes] = (0, START_HASH)

    @property
    def origin(self) -> bytes:
        return origin_id(self.certificate.replica, COMMON)


@dataclass
class Province:
    """A province and its offices; what they send lies in files."""

    folder: Path
    ports: Ports
    chance: random.Random = field(default_factory=lambda: random.Random(52))
    authors: dict[tuple[int, int], Author] = field(default_factory=dict)
    records: dict[int, list[tuple[str, UUID, int]]] = field(default_factory=dict)
    bundles: int = 0

    def author(self, office: int, pc: int = 1) -> Author:
        if (office, pc) not in self.authors:
            certificate = Certificate(
                replica=uuid5(UNITS, f"{office} {pc}").bytes,
                office=office,
                unit_id=uuid5(UNITS, str(office)),
                role=UnitRole.OFFICE.value,
                public_key=self.ports.signing.public_key(SEED),
            )
            with self.ports.store.write() as work:
                work.book.add_certificate(certificate)
                work.commit()
            self.authors[office, pc] = Author(certificate)
        return self.authors[office, pc]

    def new_records(
        self, office: int, count: int, rows: list[Row], blobs: Sequence[bytes] = ()
    ) -> Path:
        """Write a bundle of new records with all their fields; add what a table would hold."""
        author = self.author(office)
        made = self.records.setdefault(office, [])
        lines: dict[str, list[bytes]] = {}
        for _ in range(count):
            kind = KINDS[len(made) % len(KINDS)]
            record = time_id(len(made) << 8, self.chance.randbytes(10), office)
            values = {
                f.bit: a_value(f, self.chance, office) if f.owner is Owner.OFFICE else None
                for f in kind_spec(KIND_BY_NAME[kind]).fields
            }
            own = {bit: value for bit, value in values.items() if value is not None}
            lines.setdefault(kind, []).append(self._line(author, kind, record, own, prev=()))
            made.append((kind, record, author.number))
            rows.append((kind, (record.bytes, 0, 0, *values.values())))
        return self._bundle([(author, lines)], blobs)

    def changed(self, office: int, share: float, differing: float = 0.0, fields: int = 2) -> Path:
        """Write a bundle that changes a share of an office's records, some of them on two PCs."""
        author, made = self.author(office), self.records[office]
        lines: dict[str, list[bytes]] = {}
        rival: dict[str, list[bytes]] = {}
        for place in self.chance.sample(range(len(made)), round(len(made) * share)):
            kind, record, last = made[place]
            specs = [
                f
                for f in kind_spec(KIND_BY_NAME[kind]).fields
                if f.type is FieldType.TEXT and f.owner is Owner.OFFICE
            ]
            chosen = {f.bit: a_value(f, self.chance, office) for f in specs[:fields]}
            named = [last]
            if self.chance.random() < differing:
                other = {bit: f"{value} khác" for bit, value in chosen.items()}
                prev = [(id_text(author.origin), last)]
                second = self.author(office, 2)
                rival.setdefault(kind, []).append(
                    self._line(second, kind, record, other, prev=prev)
                )
            lines.setdefault(kind, []).append(self._line(author, kind, record, chosen, prev=named))
            made[place] = (kind, record, author.number)
        parts = [(author, lines)]
        return self._bundle([*parts, (self.author(office, 2), rival)] if rival else parts)

    def _line(
        self, author: Author, kind: str, record: UUID, values: dict[int, Stored], prev: object
    ) -> bytes:
        author.number += 1
        author.lam = max(author.lam, *(a.lam for a in self.authors.values())) + 1
        width = len(kind_spec(KIND_BY_NAME[kind]).fields) + 1
        line = Line(
            seq=author.number,
            row=id_text(record.bytes),
            mask=sum(1 << bit for bit in values),
            lam=author.lam,
            prev=tuple(prev),  # type: ignore[arg-type]
            values=tuple(to_line(values.get(bit)) for bit in range(width)),
            stamp=(0, "Trần Thị Ngọc", id_text(self.chance.randbytes(16))),
        )
        author.hash = chained(author.hash, kind, line)
        return encode(line)

    def _bundle(
        self, parts: list[tuple[Author, dict[str, list[bytes]]]], blobs: Sequence[bytes] = ()
    ) -> Path:
        self.bundles += 1
        sections, ranges = [], {}
        for author, lines in parts:
            count = sum(map(len, lines.values()))
            start, start_hash = author.sent
            ranges[author.origin] = OpRange(start, start + count, start_hash, author.hash)
            author.sent = author.number, author.hash
            for kind, of in sorted(lines.items()):
                names = (DELETED, *(f.name for f in kind_spec(KIND_BY_NAME[kind]).fields))
                sections.append(
                    OpSection(origin=author.origin, kind=kind, fields=names, lines=tuple(of))
                )
        manifest = Manifest(
            bundle=self.bundle_id(self.bundles),
            number=self.bundles,
            kind=BundleKind.DELTA,
            sender=parts[0][0].certificate,
            to=0,
            at=NOW,
            program="bench",
            ranges=ranges,
            have={},
            blobs=tuple(sorted(files := {hashlib.sha256(one).hexdigest(): one for one in blobs})),
        )
        contents = BundleContents(manifest=manifest, sections=tuple(sections), blobs=files)
        key = self.ports.sealing.public_key(self.ports.store.identity().sealing_seed)
        path = self.folder / f"{self.bundles}.tdkt"
        path.write_bytes(self.ports.sealing.seal(self.ports.bundles.pack(contents, SEED), [key]))
        return path

    def bundle_id(self, number: int) -> UUID:
        return UUID(int=number)

    def merge(self, *paths: Path) -> None:
        for report in merge_bundles(self.ports, paths).reports:
            if report.state not in {BundleState.NEW, BundleState.KNOWN}:
                raise AssertionError(report)


def a_value(spec: FieldSpec, chance: random.Random, office: int) -> Stored:
    least = spec.least or 0
    made: dict[FieldType, Callable[[], Stored]] = {
        FieldType.TEXT: lambda: " ".join(chance.choices(WORDS, k=5))[: spec.longest],
        FieldType.ENUM: lambda: chance.choice(spec.choices),
        FieldType.DATE: lambda: (
            f"{chance.randint(1950, 2000)}-0{chance.randint(1, 9)}-{chance.randint(10, 28)}"
        ),
        FieldType.REF: lambda: uuid5(UNITS, str(office)).bytes,
        FieldType.BOOL: lambda: chance.randrange(2),
        FieldType.DECIMAL: lambda: least * 10**spec.scale,
        FieldType.INTEGER: lambda: least,
        FieldType.FILE: lambda: None,
    }
    return made[spec.type]()


def found_province(folder: Path) -> Province:
    ports = make_ports(folder / "data", folder / "identity", now=lambda: NOW)
    create_office(ports, "34", UnitRole.PROVINCE)
    (folder / "stick").mkdir()
    return Province(folder / "stick", ports)


def executemany(folder: Path, province: Province, parts: list[list[Row]]) -> float:
    """Write the rows with the driver alone into the same tables; return the seconds."""
    path = folder / "base.db"
    with province.ports.store.read() as work:
        create_database(path, work.book.me(), "base")
    by_kind: list[dict[str, list[tuple[object, ...]]]] = []
    for part in parts:
        by_kind.append({})
        for kind, row in part:
            by_kind[-1].setdefault(kind, []).append(row)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in (*PRAGMAS, "cache_spill = OFF"):
            connection.execute(f"PRAGMA {pragma}")
        begin = time.perf_counter()
        for part in by_kind:
            connection.execute("BEGIN IMMEDIATE")
            for kind, rows in part.items():
                marks = ", ".join("?" * len(rows[0]))
                statement = f'INSERT INTO "{kind}" VALUES ({marks})'  # noqa: S608 - our own names
                connection.executemany(statement, rows)
            connection.execute("COMMIT")
        return time.perf_counter() - begin


def seconds(job: Callable[[], object]) -> float:
    begin = time.perf_counter()
    job()
    return time.perf_counter() - begin


def undo(province: Province, bundle: int) -> None:
    with province.ports.store.write() as work:
        outcome = work.exchange.undo(UUID(int=bundle))
        if not outcome.is_done:
            raise AssertionError(outcome)
        work.commit()


def memory(rows: int) -> int:
    """Return the MiB that a process has at most while it merges one bundle of so many records."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        province = found_province(folder)
        path = province.new_records(1, rows, [])
        source = str(Path(_SCRIPT).resolve().parents[2] / "src")
        said = subprocess.run(
            [sys.executable, _SCRIPT, "--merge", str(folder), str(path)],
            env=os.environ | {"PYTHONPATH": source},
            check=True,
            capture_output=True,
            text=True,
        )
    return int(said.stdout)


def merge_alone(folder: Path, path: Path) -> None:
    merge_bundles(make_ports(folder / "data", folder / "identity", now=lambda: NOW), [path])
    # What `getrusage` says begins with what the parent held, which made the bundles.
    status = Path("/proc/self/status").read_text()
    (peak,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    print(int(peak.split()[1]) // 1024)


def figures(rows: int, bundles: int, undone: int) -> Iterator[tuple[str, float, str]]:
    """Yield what was measured: its name, the number, the goal."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        province = found_province(folder)
        offices, each = range(1, bundles + 1), max(1, rows // bundles)
        parts: list[list[Row]] = [[] for _ in offices]
        first = [
            province.new_records(o, each, part) for o, part in zip(offices, parts, strict=True)
        ]
        base = executemany(folder, province, parts)
        parts.clear()
        yield "executemany, seconds", base, ""
        merge = province.merge
        yield "all new", seconds(lambda: merge(*first)) / base, "1.15"
        yield "the same again", seconds(lambda: merge(*first)) / base, "0.02"
        half = [province.changed(o, 0.5, differing=0.1) for o in offices]
        yield "half changed, a tenth differing", seconds(lambda: merge(*half)) / base, "1.0"
        delta = [province.changed(o, 0.01) for o in offices]
        yield "1 % delta", seconds(lambda: merge(*delta)) / base, "0.06"
        office = province.changed(1, min(1, 1_000 / each))
        yield "office bundle, 1,000 × 2", seconds(lambda: merge(office)) / base, "0.01"
        small = [province.changed(1 + n % bundles, min(1, 5 / each)) for n in range(300)]
        yield "300 small bundles", seconds(lambda: merge(*small)) / base, ""
        plan = [province.new_records(o, undone // bundles, []) for o in offices]
        planned = seconds(lambda: plan_bundles(province.ports, plan))
        took = seconds(lambda: merge(*plan))
        yield "preview, seconds", planned, ""
        yield "preview / its merge", planned / took, "0.6"
        new = province.new_records(bundles + 1, undone, [])
        took = seconds(lambda: merge(new))
        change = province.changed(bundles + 1, 1.0)
        took_change, number = seconds(lambda: merge(change)), province.bundles
        yield "undo changed / merge", seconds(lambda: undo(province, number)) / took_change, "1.5"
        yield "undo new / merge", seconds(lambda: undo(province, number - 1)) / took, "0.7"
        yield "memory, MiB, small bundle", memory(undone // 2), ""
        yield "memory, MiB, large bundle", memory(undone * 2), ""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--bundles", type=int, default=30)
    parser.add_argument("--undone", type=int, default=50_000)
    parser.add_argument("--merge", nargs=2, type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    # Processes begun here would read this script first; the program's own costs them nothing.
    del sys.modules["__main__"].__file__
    if asked.merge:
        merge_alone(*asked.merge)
        return
    for name, number, goal in figures(asked.rows, asked.bundles, asked.undone):
        print(f"{name:34} {number:9.3f}" + (f"   goal {goal}" if goal else ""), flush=True)


if __name__ == "__main__":
    main()
