"""The merge desk (bàn hợp nhất): bundles are laid out, looked at, decided upon and merged.

What lies on the desk and what was chosen is kept at once, so that a killed program loses nothing:
the desk is planned anew and everything stands as it was left.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from thidua_desktop.domain.bundles import BundleState
from thidua_desktop.domain.desk import Choosing, DeskChoice, DeskFile
from thidua_desktop.domain.errors import UnreadableFileError
from thidua_desktop.domain.history import CellDifference
from thidua_desktop.services.bundle_files import SUFFIX, bundle_files
from thidua_desktop.services.bundle_reports import BundleReport
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.desk_plan import DeskPlan, OfficeBranch, options_of
from thidua_desktop.services.differences import settle_many, typed_value
from thidua_desktop.services.exchange import merge_bundles, never_stop, no_progress
from thidua_desktop.services.opening import by_phrase
from thidua_desktop.services.ports import Ports, Progress, StopWanted

_DONE = {BundleState.NEW, BundleState.KNOWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskLaid:
    """What was laid on the desk, the names of what is no bundle and of what could not be read;
    `left` are the files that nobody looked at, because a person stopped.
    """

    files: tuple[DeskFile, ...]
    strange: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    left: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskMerged:
    """What became of the bundles, how many choices were applied, and how many were not this
    office's to make; `left` bundles were not come to, because a person stopped.
    """

    reports: tuple[BundleReport, ...]
    settled: int
    refused: int
    changes: Changes
    left: int = 0


def lay_out(
    ports: Ports,
    paths: Sequence[Path],
    *,
    progress: Progress = no_progress,
    stop_wanted: StopWanted = never_stop,
) -> DeskLaid:
    """Copy bundles onto the desk, those of a folder too, so that the stick may be pulled. Stopped,
    it keeps what it has.

    Raises:
        DiskFullError: there is no room; what was copied before is kept.
    """
    laid: list[DeskFile] = []
    strange: list[str] = []
    unread: list[str] = []
    found = bundle_files(ports, paths)
    left = 0
    for place, path in enumerate(found):
        progress(place, len(found))
        if stop_wanted():
            left = len(found) - place
            break
        if path.suffix.lower() != SUFFIX:  # whatever it is, it may be large
            strange.append(path.name)
            continue
        try:
            with ports.store.write() as work:
                laid.append(work.desk.add(path))
                work.commit()
        except UnreadableFileError as error:
            unread.append(error.file_name)
    return DeskLaid(files=tuple(laid), strange=tuple(strange), unread=tuple(unread), left=left)


def unlock(ports: Ports, sha: str, typed: str) -> DeskFile:
    """Lay a bundle that a phrase sealed open on the desk, in place of the sealed one.

    Raises:
        PhraseError: it is another phrase.
        BundleRejectedError: the bundle was damaged on the way.
    """
    with ports.store.read() as work:
        sealed = next(one for one in work.desk.files() if one.sha == sha)
    name = sealed.path.name
    with ports.store.private_folder() as folder:
        ports.files.write(folder / name, by_phrase(ports, sealed.path, typed, file_name=name))
        with ports.store.write() as work:
            laid = work.desk.add(folder / name, instead_of=sha)
            work.desk.remove([sha])
            work.commit()
    return laid


def take_off(ports: Ports, shas: Collection[str]) -> None:
    """Take bundles off the desk; nothing of them was merged. With the last one go the choices."""
    with ports.store.write() as work:
        work.desk.remove(shas)
        if not work.desk.files():
            work.desk.forget(None)
        work.commit()


def decide(ports: Ports, choices: Collection[DeskChoice]) -> None:
    """Keep what was chosen, as one step; it is applied when the bundles are merged.

    Raises InvalidInputError when a value cannot be kept.
    """
    for one in choices:
        if one.how is Choosing.VALUE:
            typed_value(one.kind, one.field, one.said)
    with ports.store.write() as work:
        work.desk.add_step(choices)
        work.commit()


def desk_version(ports: Ports) -> tuple[tuple[int, int], tuple[str, ...]]:
    """Return what is another after every change of the records or of what lies on the desk."""
    with ports.store.read() as work:
        return work.exchange.version(), tuple(one.sha for one in work.desk.files())


def take_back(ports: Ports) -> tuple[DeskChoice, ...]:
    """Take back the last step of choosing, and return it."""
    with ports.store.write() as work:
        gone = work.desk.drop_last()
        work.commit()
        return gone


def decided(ports: Ports) -> dict[str, DeskChoice]:
    """Return what stands chosen for each cell: the last word counts."""
    with ports.store.read() as work:
        return {one.cell: one for step in work.desk.steps() for one in step}


def standing(plan: DeskPlan, choices: Mapping[str, DeskChoice]) -> dict[str, DeskChoice]:
    """Return the choices that still mean something: their cell waits, with the op they take."""
    cells = {one.cell: one for branch in plan.offices for one in branch.cells}
    return {
        cell: choice
        for cell, choice in choices.items()
        if cell in cells and _is_possible(cells[cell], choice)
    }


def all_of_one_side(
    plan: DeskPlan, cells: Iterable[CellDifference], side: int
) -> tuple[DeskChoice, ...]:
    """Return the choices that take one side everywhere: 0 what is here, 1 what was sent."""
    sent = plan.sent
    return tuple(
        DeskChoice(
            kind=one.kind,
            id=one.id,
            field=one.field,
            how=Choosing.TAKE,
            said=options_of(one, sent)[side].op,
        )
        for one in cells
    )


def open_cells(
    branches: Iterable[OfficeBranch], choices: Mapping[str, DeskChoice]
) -> tuple[CellDifference, ...]:
    """Return the cells that nobody has decided, in the order of the tree."""
    return tuple(one for of in branches for one in of.cells if one.cell not in choices)


def merge_desk(
    ports: Ports,
    *,
    progress: Progress = no_progress,
    stop_wanted: StopWanted = never_stop,
    backup: bool = True,
) -> DeskMerged:
    """Merge what lies on the desk, then apply what was chosen.

    What was not chosen stays a difference. Bundles that wait or were refused stay on the desk.
    Stopped, it keeps what was merged whole, and everything else as it lay.

    Raises:
        StoppedError: the work was stopped before anything was merged.
        BackupFailedError: as `merge_bundles`; nothing was merged.
    """
    with ports.store.read() as work:
        files = work.desk.files()
    paths = [one.path for one in files]
    merged = merge_bundles(ports, paths, progress=progress, stop_wanted=stop_wanted, backup=backup)
    done = {report.file for report in merged.reports if report.state in _DONE}
    done -= {report.file for report in merged.reports if report.state not in _DONE}
    left = {one.path.name for one in files} - {report.file for report in merged.reports}
    with ports.store.write() as work:
        choices = {one.cell: one for step in work.desk.steps() for one in step}
        wanted = {cell: one for cell, one in choices.items() if one.how is not Choosing.LATER}
        settled, refused = settle_many(work, wanted)
        work.desk.forget(settled if left else None)
        changes = work.commit()
    with ports.store.write() as work:
        work.desk.remove([one.sha for one in files if one.path.name in done])
        work.commit()
    return DeskMerged(
        reports=merged.reports,
        settled=len(settled),
        refused=len(refused),
        changes=Changes(merged.changes.touched | changes.touched),
        left=len(left),
    )


def _is_possible(difference: CellDifference, choice: DeskChoice) -> bool:
    return choice.how is not Choosing.TAKE or choice.said in {h.op for h in difference.heads}
