"""F22: a year of a province. Bundles are lost, come twice, come late; at the end all is there.

Every office writes, sends, and reads the province's answers month by month, by the use cases and
through files; some work on in a copied folder or an older state of it. What is right is worked out
by the pure law from the ops of everybody, and not from what any database shows.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from reliability.figures import Measured
from reliability.little import Little, found, opened
from thidua_desktop.domain import ledger as law
from thidua_desktop.domain.bundles import BundleState, Certificate, Rejection
from thidua_desktop.domain.field_values import Stored
from thidua_desktop.domain.kinds import KIND_BY_NAME
from thidua_desktop.domain.people import Person
from thidua_desktop.domain.records import DELETED, Owner, kind_spec
from thidua_desktop.services.exchange import merge_bundles
from thidua_desktop.services.offices import accept
from thidua_desktop.services.packing import export_bundle, export_for_all
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.sending import Packing
from thidua_desktop.storage.ledger.lines import Line, decode, from_line, id_bytes

pytestmark = pytest.mark.long
Size = Callable[[int, int], int]
LOST, REPEATED, LATE = 0.05, 0.1, 0.05
KIND = "person"
Shown = dict[UUID, dict[str, Stored]]


class WrongError(AssertionError):
    """Somebody sees something else than the law says."""


def must(holds: object, what: str) -> None:
    if not holds:
        raise WrongError(what)


# what is right


def ops_of(work: Work, certificates: Iterable[Certificate]) -> Iterator[law.Op]:
    """Return the numbered ops on persons that a database holds, each as the law knows it."""
    authors = {
        oid: one
        for one in certificates
        for oid in work.exchange.origins_of(one, [c.office for c in certificates])
    }
    for oid in work.exchange.origins():
        sections = work.exchange.read(oid, 0).pieces
        for section in sections:
            if section.kind == KIND:
                for data in section.lines:
                    yield _op(oid, authors[oid], decode(data))


def _op(oid: bytes, author: Certificate, line: Line) -> law.Op:
    spec = kind_spec(KIND_BY_NAME[KIND])
    names: list[Any] = [(DELETED, None), *((one.name, one) for one in spec.fields)]
    written = {
        name: from_line(one, line.values[bit])
        for bit, (name, one) in enumerate(names)
        if line.mask >> bit & 1
    }
    owners = [Owner.OFFICE if one is None else one.owner for name, one in names if name in written]
    record = UUID(bytes=id_bytes(line.row))
    return law.Op(
        id=law.OpId(oid, line.seq),
        record=law.RecordKey(KIND, record),
        values=written,
        lamport=line.lam,
        level=law.level_of(
            owners, record_id=record, office=author.office, is_province=author.office == 0
        ),
        replaces=frozenset(
            law.OpId(oid, p) if isinstance(p, int) else law.OpId(id_bytes(p[0]), p[1])
            for p in line.prev
        ),
    )


def right(ops: Iterable[law.Op]) -> Shown:
    """Return what the law shows of these ops."""
    return {
        record.id: law.shown_values(cells)
        for record, cells in law.heads(ops).items()
        if not law.is_hidden(cells)
    }


def shown(work: Work) -> Shown:
    """Return what the database shows of the fields that are written here."""
    return {
        person.id: {"full_name": person.full_name, "address": person.address}
        for person in work.records.having(Person)
    }


# the year


@dataclass
class Year:
    """A province at work, and the sticks on their way."""

    little: Little
    chance: random.Random
    restored: frozenset[str]
    copied: frozenset[str]
    written: dict[str, Shown] = field(default_factory=dict)
    late: list[Path] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def month(self, number: int, old: dict[str, Path]) -> None:
        sticks = []
        if number == MONTH_OF_COPYING:
            for code in sorted(self.copied):
                self._copy(code)
        for code in self.little.offices:
            if number == 1 and code in old:
                shutil.copytree(self.little.folder / code / "data", old[code])
            if number == MONTH_OF_RESTORING and code in old:
                self._put_back(code, old[code])
            ports = self.little.offices[code]
            self._write(code, ports)
            path = self.little.folder / f"{code}-{number}.tdkt"
            export_bundle(ports, path=path)
            sticks += self._carried(path)
        self.chance.shuffle(sticks)
        self._merge(self.little.province, sticks)
        self._answer(lossy=True)

    def finish(self) -> None:
        """Let everybody send all, and the province answer; twice, for a new PC asks first."""
        for turn in range(2):
            sticks = []
            for code, ports in self.little.offices.items():
                path = self.little.folder / f"{code}-cuối-{turn}.tdkt"
                sticks.append(export_bundle(ports, path=path, packing=Packing(full=True)).path)
            self._merge(self.little.province, [*self.late, *sticks])
            self._answer(lossy=False)

    def _write(self, code: str, ports: Ports) -> None:
        known = self.written.setdefault(code, {})
        with ports.store.write() as work:
            number = work.book.me().number
            for _ in range(self.chance.randint(1, 3)):
                is_new = not known or self.chance.random() < 0.4
                person = ports.new_id(number) if is_new else self.chance.choice(list(known))
                known[person] = {"full_name": f"Người {self.chance.randrange(9)}", "address": code}
                work.records.write(Person, person, known[person])
                work.records.share([(KIND, person)])
            work.commit()

    def _carried(self, path: Path) -> list[Path]:
        """Return the files that arrive: none, one, one twice, or an older one after a newer."""
        self.counts["bundles"] += 1
        came, self.late = self.late, []
        match self.chance.random():
            case part if part < LOST:
                self.counts["lost"] += 1
            case part if part < LOST + LATE:
                self.counts["late"] += 1
                self.late.append(path)
            case part if part < LOST + LATE + REPEATED:
                self.counts["repeated"] += 1
                came += [path, path]
            case _:
                came.append(path)
        return came

    def _merge(self, ports: Ports, paths: list[Path], *, is_new: bool = False) -> None:
        for report in merge_bundles(ports, paths):
            if is_new and report.code == Rejection.KEY:
                self.counts["answers_before_a_copy_was_known"] += 1
                continue
            must(report.state is not BundleState.REFUSED, f"refused: {report.code}")
        with ports.store.read() as work:
            waits = work.book.me().is_province and bool(work.book.parked())
        if waits:
            self.counts["accepted_anew"] += len(accept(ports, None).accepted)

    def _answer(self, *, lossy: bool) -> None:
        folder = self.little.folder / "answers"
        shutil.rmtree(folder, ignore_errors=True)
        by_office = {
            made.to: made.path for made in export_for_all(self.little.province, folder=folder)
        }
        for code, ports in self.little.offices.items():
            with ports.store.read() as work:
                path = by_office[work.book.me().number]
            if not lossy or self.chance.random() >= LOST:
                self._merge(ports, [path], is_new=lossy and code.endswith(COPY))

    def _put_back(self, code: str, old: Path) -> None:
        """Put an older state back in place of the data, as a person does with a copied folder."""
        data = self.little.folder / code / "data"
        shutil.rmtree(data)
        shutil.copytree(old, data)
        self.little.offices[code] = opened(self.little.folder / code)
        self.counts["older_states"] += 1

    def _copy(self, code: str) -> None:
        """Let a second PC go on in a copy of the data, as with a stick that is carried over."""
        folder = self.little.folder / f"{code}{COPY}"
        shutil.copytree(self.little.folder / code / "data", folder / "data")
        self.little.offices[folder.name] = opened(folder)
        self.counts["copied_PCs"] += 1

    def check(self) -> None:
        with self.little.province.store.read() as work:
            certificates = work.book.certificates()
            must(work.exchange.check() == (), "the province's log and tables disagree")
            said = right(ops_of(work, certificates))
            must(shown(work) == said, "the province shows something else than the law says")
            held = work.exchange.origins()
        for code, ports in self.little.offices.items():
            with ports.store.read() as work:
                own = work.exchange.own_origins()
                here = work.exchange.origins()
                must(all(held.get(oid) == here[oid] for oid in own), f"{code}: something is lost")
                slice_ = right(ops_of(work, certificates))
                must(shown(work) == slice_, f"{code} shows something else than the law says")
                restored = code in self.restored  # two PCs wrote there, so either word may stand
                last = {} if restored else self.written[code]
                must(said.items() >= last.items(), f"{code}: the last word does not stand")


MONTH_OF_COPYING, MONTH_OF_RESTORING = 2, 3
COPY = " máy 2"
HAPPENED = ("lost", "late", "repeated", "older_states", "copied_PCs")


def play(little: Little, seed: int, *, months: int, displaced: int) -> Counter[str]:
    """Play a year in which so many offices go on in an older state, and as many in a copy too."""
    chance = random.Random(seed)
    chosen = chance.sample(sorted(little.offices), 2 * displaced)
    codes = frozenset(chosen[:displaced])
    year = Year(little, chance, codes, frozenset(chosen[displaced:]))
    old = {code: little.folder / "cũ" / code for code in codes}
    for number in range(months):
        year.month(number, old)
    year.finish()
    year.check()
    return year.counts


def test_a_year(tmp_path: Path, seed: int, size: Size, measured: Measured) -> None:
    offices, months = size(30, 130), size(4, 12)
    little = found(tmp_path, offices)
    counts = play(little, seed, months=months, displaced=max(1, offices // 15))
    assert (
        min(counts[name] for name in ("lost", "late", "repeated", "older_states", "copied_PCs")) > 0
    )
    measured("F22", offices=offices, **counts, differences=0)
