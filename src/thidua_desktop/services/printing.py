"""What the window In hồ sơ shows, prints and saves: one dossier, or many at once.

Files appear all together or not at all, and never in the place of another one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from uuid import UUID

from thidua_desktop.domain.dossier_files import PaperFormat, PrintChoice, name_of_file
from thidua_desktop.domain.dossiers import Dossier, gaps
from thidua_desktop.domain.errors import StoppedError
from thidua_desktop.domain.proposals import Proposal, Submission
from thidua_desktop.domain.returned import Asked
from thidua_desktop.services.dossiers import gather_proposal, gather_submission
from thidua_desktop.services.exchange import never_stop, no_progress
from thidua_desktop.services.form_numbers import FormTold, forms_told
from thidua_desktop.services.pages.forms import page_of
from thidua_desktop.services.ports import Ports, Progress, StopWanted
from thidua_desktop.services.print_choices import as_chosen, in_sizes

_EITHER = re.compile(r"ông \(bà\) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedDossier:
    """A dossier, its name for people, and one that says nothing of anybody."""

    dossier: Dossier
    name: str
    plain: str


# It tells how many of how many are gathered, and raises StoppedError when that is wanted.
Gather = Callable[[Ports, Progress], tuple[NamedDossier, ...]]


@dataclass(frozen=True, slots=True)
class Printable:
    """Something to print: how it is called among others, and the dossiers that it is."""

    words: str
    gather: Gather


@dataclass(frozen=True, slots=True)
class PapersShown:
    """A PDF to be looked at, and the forms in it."""

    pdf: bytes
    forms: tuple[FormTold, ...]

    @property
    def rebuilt(self) -> tuple[str, ...]:
        """Return the forms that no decree was read for."""
        return tuple(sorted({one.form for one in self.forms if one.reconstructed}))


@dataclass(frozen=True, slots=True)
class PapersSaved:
    """The files written, and what is missing in them."""

    files: tuple[Path, ...]
    notes: tuple[str, ...]


def asked_in(ports: Ports, printable: Printable) -> tuple[Asked, ...]:
    """Return what something to print is of, so that it is known again. Raises NotFoundError."""
    named = printable.gather(ports, no_progress)
    return tuple(asked for one in named for asked in one.dossier.asked)


def one_dossier(name: str, plain: str, gather: Callable[[Ports], Dossier]) -> Printable:
    """Return a dossier that is gathered by itself, as something to print."""

    def gathered(ports: Ports, _step: Progress) -> tuple[NamedDossier, ...]:
        return (NamedDossier(dossier=gather(ports), name=name, plain=plain),)

    return Printable(name, gathered)


def printable_proposals(words: str, proposals: Sequence[UUID]) -> Printable:
    """Return these proposals as something to print, each with letter, list and report."""
    return Printable(words, partial(_gather_proposals, proposals=tuple(proposals)))


def printable_letter(words: str, submission: UUID) -> Printable:
    """Return a letter with its list and all its reports as something to print."""
    return Printable(words, partial(_gather_letter, submission=submission))


def printables_of(
    ports: Ports, proposal_id: UUID, *, marked: Sequence[UUID] = (), shown: Sequence[UUID] = ()
) -> tuple[Printable, ...]:
    """Return what there is to print where a proposal is open: it, its letter, those marked in the
    list, all that the list shows.

    Raises NotFoundError.
    """
    with ports.store.read() as work:
        proposal = work.records.get(Proposal, proposal_id)
        letter = work.records.find(Submission, proposal.submission_id)
        inside = work.records.count(Proposal, submission_id=letter.id) if letter else 0
    found = [printable_proposals("Đề nghị đang xem", (proposal_id,))]
    if letter is not None and inside > 1:
        found.append(printable_letter(f"Cả tờ trình: {inside} đề nghị", letter.id))
    for words, several in (("Các đề nghị đã chọn", marked), ("Danh sách đang hiện", shown)):
        if len(several) > 1:
            found.append(printable_proposals(f"{words}: {len(several)} đề nghị", several))
    return tuple(found)


def papers_shown(
    ports: Ports, printable: Printable, *, stop_wanted: StopWanted = never_stop
) -> PapersShown:
    """Return everything as one PDF in the sizes that were chosen, and which forms it holds by the
    decree of the day.

    Raises NotFoundError and StoppedError.
    """
    named = printable.gather(ports, _steps(no_progress, stop_wanted))
    whole = as_chosen(ports, _joined(named).dossier)
    pdf = ports.papers.pdf(whole, stop_wanted=stop_wanted)
    return PapersShown(pdf, forms_told(ports, (one.dossier for one in named)))


def save_papers(
    ports: Ports,
    printable: Printable,
    choice: PrintChoice,
    *,
    folder: Path,
    progress: Progress = no_progress,
    stop_wanted: StopWanted = never_stop,
) -> PapersSaved:
    """Write papers into a folder as was chosen; nothing that lies there is touched.

    The first half of the progress is gathering what they say, the second is writing them.

    Raises NotFoundError, UnwritableFileError and StoppedError; then no file was written.
    """
    named = printable.gather(
        ports, _steps(lambda done, total: progress(done, 2 * total), stop_wanted)
    )
    parts = tuple(_parts(named)) if choice.separate else (_joined(named),)
    jobs = [(part, kind) for part in parts for kind in choice.formats]
    paths = [folder / name for name in _names(ports, jobs, folder, named=choice.named)]
    drafts: dict[Path, Path] = {}

    def keep(place: int, content: bytes) -> None:
        drafts[paths[place]] = ports.files.draft(paths[place], content)
        progress(len(jobs) + len(drafts), 2 * len(jobs))

    try:
        progress(len(jobs), 2 * len(jobs))
        made = [(in_sizes(part.dossier, choice.sizes), kind) for part, kind in jobs]
        ports.papers.make_each(made, keep, stop_wanted=stop_wanted)
        _settle(ports, [(drafts[path], path) for path in paths])
    except BaseException:
        for draft in drafts.values():
            ports.files.drop(draft)
        raise
    notes = dict.fromkeys(gap for one in named for gap in gaps(one.dossier))
    return PapersSaved(tuple(paths), tuple(notes))


class _Taken:
    """The names that files in a folder have, or are about to get."""

    def __init__(self, ports: Ports, folder: Path) -> None:
        self._ports, self._folder = ports, folder
        self._soon: set[str] = set()

    def add(self, name: str) -> None:
        self._soon.add(name.casefold())

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and (
            name.casefold() in self._soon or self._ports.files.has(self._folder / name)
        )


def _names(
    ports: Ports,
    jobs: Sequence[tuple[NamedDossier, PaperFormat]],
    folder: Path,
    *,
    named: bool,
) -> list[str]:
    """Return a name for each file, none of which is there yet."""
    taken = _Taken(ports, folder)
    found = []
    for part, kind in jobs:
        found.append(name_of_file(part.name if named else part.plain, kind, taken))
        taken.add(found[-1])
    return found


def _steps(progress: Progress, stop_wanted: StopWanted) -> Progress:
    """Return what a long gathering calls before each step."""

    def step(done: int, total: int) -> None:
        if stop_wanted():
            raise StoppedError
        progress(done, total)

    return step


def _gather_proposals(
    ports: Ports, step: Progress, proposals: Sequence[UUID]
) -> tuple[NamedDossier, ...]:
    found = []
    with ports.store.read() as work:
        for done, one in enumerate(proposals):
            step(done, len(proposals))
            found.append((one, gather_proposal(ports, work, work.records.get(Proposal, one))))
    return tuple(
        NamedDossier(dossier=of, name=_name(of), plain=f"ho-so-{one.hex[-12:]}")
        for one, of in found
    )


def _gather_letter(ports: Ports, step: Progress, submission: UUID) -> tuple[NamedDossier, ...]:
    with ports.store.read() as work:
        letter = work.records.get(Submission, submission)
        of = gather_submission(ports, work, letter, step)
    return (NamedDossier(dossier=of, name=_name(of), plain=f"to-trinh-{letter.id.hex[-12:]}"),)


def _name(dossier: Dossier) -> str:
    """Return the title of a dossier, with the nominee where it is one."""
    nominees = {of for paper in dossier.papers if (of := _nominee(page_of(paper).of))}
    return f"{nominees.pop()} - {dossier.title}" if len(nominees) == 1 else dossier.title


def _nominee(of: str) -> str:
    """Return the name alone: not where he works or lives, nor a title that leaves open which.

    >>> _nominee("Hộ ông (bà) Bùi Đình Chuyên, số nhà 12")
    'Hộ Bùi Đình Chuyên'
    """
    return _EITHER.sub("", of.partition(",")[0]).strip()


def _joined(named: Sequence[NamedDossier]) -> NamedDossier:
    """Return all papers as one dossier."""
    if len(named) == 1:
        return named[0]
    title = f"Hồ sơ đề nghị khen thưởng ({len(named)} đề nghị)"
    dossiers = [one.dossier for one in named]
    whole = replace(
        dossiers[0],
        title=title,
        papers=tuple(paper for one in dossiers for paper in one.papers),
        left_out=sum(one.left_out for one in dossiers),
        joined=sum(one.joined for one in dossiers),
        asked=tuple(asked for one in dossiers for asked in one.asked),
    )
    plain = f"{named[0].plain}-va-{len(named) - 1}-ho-so"
    return NamedDossier(dossier=whole, name=title, plain=plain)


def _parts(named: Sequence[NamedDossier]) -> Iterator[NamedDossier]:
    """Yield the papers of each nominee by themselves, and those of all together before them."""
    for one in named:
        groups: dict[str, list[int]] = {}
        pages = [page_of(paper) for paper in one.dossier.papers]
        for place, page in enumerate(pages):
            groups.setdefault(page.of, []).append(place)
        for number, (of, places) in enumerate(groups.items(), start=1):
            papers = tuple(one.dossier.papers[place] for place in places)
            shown = " và ".join(dict.fromkeys(pages[place].name for place in places))
            name = f"{_nominee(of)} - {shown}" if of else f"{shown} - {one.name}"
            yield NamedDossier(
                dossier=replace(one.dossier, papers=papers),
                name=name,
                plain=f"{one.plain}-{number:02}" if len(groups) > 1 else one.plain,
            )


def _settle(ports: Ports, drafts: Sequence[tuple[Path, Path]]) -> None:
    """Give all drafts their names, or none."""
    settled: list[Path] = []
    try:
        for draft, path in drafts:
            ports.files.settle(draft, path)
            settled.append(path)
    except BaseException:
        for path in settled:
            ports.files.drop(path)
        raise
