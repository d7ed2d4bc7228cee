"""What merging the bundles on the desk would do, by office, kind and record; nothing is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, fields, replace
from itertools import islice
from uuid import UUID

from thidua_desktop.domain.bundles import BundleState
from thidua_desktop.domain.desk import DeskFile
from thidua_desktop.domain.history import (
    CellDifference,
    FieldVersion,
    ThreeWays,
    parted_at,
    three_ways,
)
from thidua_desktop.domain.kinds import KIND_BY_NAME, fields_of, names_files
from thidua_desktop.domain.ledger import CellState
from thidua_desktop.domain.offices import ReceivedBundle
from thidua_desktop.services.bundle_reports import BundleReport, sender_name
from thidua_desktop.services.differences import is_ours
from thidua_desktop.services.exchange import never_stop, no_progress, tried_bundles
from thidua_desktop.services.findings import namesakes
from thidua_desktop.services.ports import Ports, Progress, StopWanted, Store, Work
from thidua_desktop.services.titles import title_of, title_said

Place = tuple[str, UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskCounts:
    """What a merge does, as MergeCounts counts it, with deletions that met an edit apart."""

    new: int = 0
    changed: int = 0
    differences: int = 0
    suggestions: int = 0
    deleted_edited: int = 0
    duplicates: int = 0
    outside_authority: int = 0
    missing_files: int = 0

    def __add__(self, other: DeskCounts) -> DeskCounts:
        names = (one.name for one in fields(self))
        return DeskCounts(**{n: getattr(self, n) + getattr(other, n) for n in names})

    @property
    def open(self) -> int:
        """Return how many cells wait for somebody."""
        return self.differences + self.suggestions + self.deleted_edited


@dataclass(frozen=True, slots=True, kw_only=True)
class KindBranch:
    """The records of one kind that an office sent, those with something to choose first."""

    kind: str
    counts: DeskCounts
    records: tuple[UUID, ...]
    new: frozenset[UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeBranch:
    """What one office sent. `cells` wait for this office, `strange` for another one's word."""

    office: int
    name: str
    bundles: tuple[ReceivedBundle, ...]
    kinds: tuple[KindBranch, ...]
    cells: tuple[CellDifference, ...]
    strange: tuple[CellDifference, ...]

    @property
    def counts(self) -> DeskCounts:
        """Return the counts of all kinds."""
        return sum((one.counts for one in self.kinds), DeskCounts())


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPlan:
    """The desk as planned. It holds a scratch copy with everything merged until it is closed.

    `version` says of which state of the records it was made.
    """

    version: tuple[int, int]
    files: tuple[DeskFile, ...]
    reports: tuple[BundleReport, ...]
    offices: tuple[OfficeBranch, ...]
    scratch: Store | None
    _open: ExitStack = field(default_factory=ExitStack, repr=False, compare=False)

    def close(self) -> None:
        """Let go of the copy; nothing can be read any more."""
        self._open.close()

    @property
    def sent(self) -> frozenset[UUID]:
        """Return the bundles that are merged in the copy only."""
        return frozenset(bundle.bundle for of in self.offices for bundle in of.bundles)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskRow:
    """A record in a branch of the tree."""

    kind: str
    id: UUID
    title: str
    is_new: bool
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSides:
    """A record with its fields side by side. `names` are what records that it refers to are
    called, `offices` who wrote, `numbers` the numbers of bundles, `strange` the fields of which
    another office has the word.
    """

    kind: str
    id: UUID
    title: str
    ways: tuple[ThreeWays, ...]
    cells: Mapping[str, CellDifference]
    strange: frozenset[str]
    names: Mapping[UUID, str]
    offices: Mapping[int, str]
    numbers: Mapping[UUID, int]


def plan_desk(
    ports: Ports, *, progress: Progress = no_progress, stop_wanted: StopWanted = never_stop
) -> DeskPlan:
    """Merge what lies on the desk in a scratch copy, and count what it does.

    Raises StoppedError. Who takes the plan closes it.
    """
    with ports.store.read() as work:
        version, files = work.exchange.version(), work.desk.files()
    if not files:
        return DeskPlan(version=version, files=(), reports=(), offices=(), scratch=None)
    with ExitStack() as stack:
        paths = [one.path for one in files]
        tried = stack.enter_context(
            tried_bundles(ports, paths, progress=progress, stop_wanted=stop_wanted)
        )
        with tried.scratch.read() as merged, ports.store.read() as now:
            offices = _branches(merged, now, tried.reports)
        return DeskPlan(
            version=version,
            files=files,
            reports=tried.reports,
            offices=offices,
            scratch=tried.scratch,
            _open=stack.pop_all(),
        )


def branch_rows(
    plan: DeskPlan, branch: OfficeBranch, kind: str, *, start: int = 0, most: int = 200
) -> tuple[DeskRow, ...]:
    """Return some records of a branch, read only now that somebody looks."""
    of = next(one for one in branch.kinds if one.kind == kind)
    cells: dict[UUID, list[str]] = defaultdict(list)
    for one in branch.cells:
        if one.kind == kind:
            cells[one.id].append(one.cell)
    with _copy(plan).read() as merged:
        return tuple(
            DeskRow(
                kind=kind,
                id=record_id,
                title=title_of(merged, kind, record_id),
                is_new=record_id in of.new,
                cells=tuple(cells[record_id]),
            )
            for record_id in islice(of.records, start, start + most)
        )


def planned_record(plan: DeskPlan, branch: OfficeBranch, kind: str, record_id: UUID) -> RecordSides:
    """Return a record as it would be: before, here, and as this office sent it."""
    ours = {bundle.bundle for bundle in branch.bundles}
    sent = plan.sent
    with _copy(plan).read() as merged:
        versions = [one for one in merged.records.history(record_id) if one.kind == kind]
        # What other offices sent stands on neither side.
        seen = [one for one in versions if one.bundle not in sent - ours]
        ways = three_ways(seen, lambda version: version.bundle in ours)
        found = (*branch.cells, *branch.strange)
        cells = [one for one in found if (one.kind, one.id) == (kind, record_id)]
        return _sides(merged, kind, record_id, versions, ways, cells, sent)


def waiting_record(ports: Ports, kind: str, record_id: UUID) -> RecordSides:
    """Return a record of the live data with the values that differ side by side."""
    with ports.store.read() as work:
        versions = [one for one in work.records.history(record_id) if one.kind == kind]
        found = work.records.differences()
        cells = [one for one in found if (one.kind, one.id) == (kind, record_id)]
        ways = three_ways(versions, lambda _version: False)
        return _sides(work, kind, record_id, versions, ways, cells, frozenset())


def options_of(difference: CellDifference, sent: Collection[UUID]) -> tuple[FieldVersion, ...]:
    """Return the values to choose from: those here first, then those that were sent."""
    return tuple(sorted(difference.heads, key=lambda head: head.bundle in sent))


def office_names(work: Work) -> dict[int, str]:
    """Return what the offices are called that are known here, by their numbers."""
    book = work.book
    known = [*book.certificates(), *(bundle.sender for bundle in book.received())]
    me = book.me()
    names = {one.office.number: one.office.unit_name for one in book.enrolments()}
    names |= {one.office: sender_name(work, one) for one in set(known)}
    return names | {me.number: me.unit_name}


def _copy(plan: DeskPlan) -> Store:
    if plan.scratch is None:
        raise RuntimeError("an empty desk has no records")
    return plan.scratch


def _branches(merged: Work, now: Work, reports: Iterable[BundleReport]) -> tuple[OfficeBranch, ...]:
    fresh = {one.bundle for one in reports if one.state is BundleState.NEW}
    journal = merged.book.received()
    received = [one for one in journal if one.bundle in fresh and one.undone_at is None]
    senders = {one.bundle: one.sender.office for one in received}
    cells: dict[int, list[CellDifference]] = defaultdict(list)
    for difference in merged.records.differences():
        came = [senders[h.bundle] for h in difference.heads if h.bundle in senders]
        if came:
            cells[came[0]].append(difference)
    for of in cells.values():
        of.sort(key=_in_order)
    by_office: dict[int, list[ReceivedBundle]] = defaultdict(list)
    for one in received:
        by_office[one.sender.office].append(one)
    branches = [
        OfficeBranch(
            office=office,
            name=sender_name(merged, bundles[0].sender),
            bundles=tuple(bundles),
            kinds=_kinds(merged, now, bundles, cells[office]),
            cells=tuple(one for one in cells[office] if is_ours(merged, one)),
            strange=tuple(one for one in cells[office] if not is_ours(merged, one)),
        )
        for office, bundles in sorted(by_office.items())
    ]
    # Of three hundred offices those come first that want a word.
    return tuple(sorted(branches, key=lambda one: (not one.cells, not one.counts.open)))


def _in_order(difference: CellDifference) -> tuple[int, UUID, int]:
    """Return what puts cells in the order of the tree: kind, record, place among the fields."""
    kinds = list(KIND_BY_NAME)
    place = kinds.index(difference.kind) if difference.kind in kinds else len(kinds)
    return place, difference.id, _order(difference.kind).get(difference.field, 0)


def _kinds(
    merged: Work,
    now: Work,
    bundles: Iterable[ReceivedBundle],
    cells: Collection[CellDifference],
) -> tuple[KindBranch, ...]:
    records: dict[str, set[UUID]] = defaultdict(set)
    strange: dict[str, int] = defaultdict(int)
    alike: set[UUID] = set()
    for bundle in bundles:
        brought = merged.exchange.brought(bundle.bundle)
        for kind, record_id, level in brought:
            records[kind].add(record_id)
            strange[kind] += 0 if level else _strange_cells(merged, record_id, bundle.bundle)
        if bundle.counts.duplicates:
            alike |= namesakes(merged, bundle.bundle)
    for one in cells:
        records[one.kind].add(one.id)
    branches = []
    for kind, ids in records.items():
        new = frozenset(ids) - now.exchange.known(kind, ids)
        states = [one.state for one in cells if one.kind == kind]
        waiting = {one.id for one in cells if one.kind == kind}
        counts = DeskCounts(
            new=len(new),
            changed=len(ids) - len(new),
            differences=states.count(CellState.DIFFERENCE),
            suggestions=states.count(CellState.SUGGESTION),
            deleted_edited=states.count(CellState.DELETED_EDITED),
            duplicates=len(alike & ids) if kind == "person" else 0,
            outside_authority=strange[kind],
        )
        # Ids are told apart by Python code, their numbers at once: of 50,000 that counts.
        order = sorted(ids, key=lambda one: (one not in waiting, one.int))
        branches.append(KindBranch(kind=kind, counts=counts, records=tuple(order), new=new))
    places = {kind: place for place, kind in enumerate(KIND_BY_NAME)}
    branches.sort(key=lambda one: (not one.counts.open, places.get(one.kind, len(places))))
    return _with_missing_files(branches, bundles)


def _with_missing_files(
    branches: list[KindBranch], bundles: Iterable[ReceivedBundle]
) -> tuple[KindBranch, ...]:
    """Say of the first kind that names files how many of them are missing."""
    missing = sum(bundle.counts.missing_files for bundle in bundles)
    for place, one in enumerate(branches):
        if missing and names_files(one.kind):
            counts = replace(one.counts, missing_files=missing)
            branches[place] = replace(one, counts=counts)
            break
    return tuple(branches)


def _strange_cells(merged: Work, record_id: UUID, bundle: UUID) -> int:
    """Count the cells that show what this bundle says although its author owns them not."""
    ways = three_ways(merged.records.history(record_id), lambda _version: False)
    shown = [way.here for way in ways if way.here]
    return sum(one.bundle == bundle and not one.level for one in shown)


def _sides(
    work: Work,
    kind: str,
    record_id: UUID,
    versions: Collection[FieldVersion],
    ways: Iterable[ThreeWays],
    cells: Iterable[CellDifference],
    sent: Collection[UUID],
) -> RecordSides:
    waiting = {one.field: replace(one, heads=options_of(one, sent)) for one in cells}
    shown = [_parted(one, waiting, versions) for one in ways]
    known = {one.field for one in shown}
    # Nobody writes the mark of an edit: who keeps a record that another deleted only wrote to it.
    shown += [
        ThreeWays(field=name, before=None, here=one.heads[0], sent=one.heads[1])
        for name, one in waiting.items()
        if name not in known
    ]
    order = _order(kind)
    shown.sort(key=lambda way: order.get(way.field, len(order)))
    received = work.book.received()
    return RecordSides(
        kind=kind,
        id=record_id,
        title=title_of(work, kind, record_id),
        ways=tuple(shown),
        cells=waiting,
        strange=frozenset(name for name, one in waiting.items() if not is_ours(work, one)),
        names=_names(work, shown),
        offices=office_names(work),
        numbers={one.bundle: one.number for one in received},
    )


def _parted(
    way: ThreeWays, waiting: Mapping[str, CellDifference], versions: Collection[FieldVersion]
) -> ThreeWays:
    """Return a field with the values to choose from at both sides, where it waits."""
    if way.field not in waiting:
        return way
    left, right = waiting[way.field].heads[:2]
    of = [one for one in versions if one.field == way.field]
    return replace(way, before=parted_at(of, left, right), here=left, sent=right)


def _order(kind: str) -> dict[str, int]:
    return {spec.name: spec.bit for spec in fields_of(kind)}


def _names(work: Work, ways: Iterable[ThreeWays]) -> dict[UUID, str]:
    """Return what the records are called that the shown values refer to."""
    return {
        UUID(bytes=version.value): name
        for way in ways
        for version in (way.before, way.here, way.sent)
        if version is not None and isinstance(version.value, bytes)
        if (name := title_said(work, version))
    }
