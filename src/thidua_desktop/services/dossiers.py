"""Dossiers (hồ sơ): gathered from the records, shown, and written as PDF or Word.

What is missing prints as dots to be filled in by hand, and is named in the notes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from pathlib import Path
from uuid import UUID

from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.criteria import Criterion, Evidence, SubjectGroup
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.dossier_files import PaperFormat
from thidua_desktop.domain.dossiers import Dossier, Paper, gaps
from thidua_desktop.domain.merit import (
    Achievement,
    Position,
    PriorAward,
    YearlyRating,
    as_on,
)
from thidua_desktop.domain.movements import Movement
from thidua_desktop.domain.people import Collective, Household, Person
from thidua_desktop.domain.proposals import (
    NOMINEE_KINDS,
    Contribution,
    Nominee,
    Proposal,
    Subject,
    Submission,
    nominee_name,
)
from thidua_desktop.domain.records import R, values
from thidua_desktop.domain.returned import Asked, AskedSort
from thidua_desktop.domain.same_as import filled
from thidua_desktop.domain.text import SortKey, name_key
from thidua_desktop.domain.told import told
from thidua_desktop.domain.units import Signer
from thidua_desktop.services.belongings import claimed_by, merit_in
from thidua_desktop.services.candidates import IN_ORDER, Candidate, Occasion
from thidua_desktop.services.exchange import never_stop, no_progress
from thidua_desktop.services.form_numbers import FormTold, forms_told
from thidua_desktop.services.letter_wording import letter_of
from thidua_desktop.services.list_wording import list_of
from thidua_desktop.services.new_letters import new_letter
from thidua_desktop.services.nominees import find_nominee
from thidua_desktop.services.paper_texts import bases_on, paper_texts
from thidua_desktop.services.ports import Ports, Progress, StopWanted, Work
from thidua_desktop.services.print_choices import as_chosen, in_sizes, print_choice
from thidua_desktop.services.report_wording import report_of
from thidua_desktop.services.same_as import nominee_faces
from thidua_desktop.services.snapshots import AlteredField, altered_fields
from thidua_desktop.services.summary_wording import is_summed_up, summary_of
from thidua_desktop.services.units import above_on, called_on, unit_on

_WHOSE = frozenset({"id", "proposal_id", "score_id", "person_id", "collective_id", "household_id"})


@dataclass(frozen=True, slots=True)
class DossiersPrinted:
    """The files written, what was missing in them, what was changed after submission, and which
    forms they hold.
    """

    files: tuple[Path, ...]
    notes: tuple[str, ...]
    altered: Mapping[UUID, tuple[AlteredField, ...]]
    forms: tuple[FormTold, ...] = ()


def print_dossiers(
    ports: Ports,
    *,
    out: Path,
    proposals: Sequence[UUID] = (),
    submission: UUID | None = None,
    every: bool = False,
    formats: Sequence[PaperFormat] = (PaperFormat.PDF,),
    progress: Progress = no_progress,
    stop_wanted: StopWanted = never_stop,
) -> DossiersPrinted:
    """Write a file of each format for each proposal, for one letter, or for every letter of the own
    office, in the letter sizes that this PC prints in.

    File names carry no personal data. Raises NotFoundError before anything is written, then
    UnwritableFileError and StoppedError; what was written before stays.
    """
    with ports.store.read() as work:
        found = [work.records.get(Proposal, one) for one in proposals]
        letters = _letters(work, submission, every=every)
        jobs = _jobs(ports, work, found, letters)
        inside = [p for one in letters for p in work.records.having(Proposal, submission_id=one.id)]
        altered = {one.id: _altered(work, one) for one in (*found, *inside)}
    sizes = print_choice(ports).sizes
    jobs = [(name, in_sizes(of, sizes)) for name, of in jobs]
    files = [(out / f"{name}.{kind}", (of, kind)) for name, of in jobs for kind in formats]
    written = count(1)

    def write(place: int, content: bytes) -> None:
        ports.files.write(files[place][0], content)
        progress(next(written), len(files))

    progress(0, len(files))
    ports.papers.make_each([job for _, job in files], write, stop_wanted=stop_wanted)
    notes = [f"{name}.{formats[0]}: {gap}" for name, dossier in jobs for gap in gaps(dossier)]
    told = {proposal_id: of for proposal_id, of in altered.items() if of}
    forms = forms_told(ports, (dossier for _, dossier in jobs))
    return DossiersPrinted(tuple(path for path, _ in files), tuple(notes), told, forms)


def write_dossier(ports: Ports, path: Path, dossier: Dossier) -> None:
    """Write a dossier as Word or PDF, by the ending of the name. Raises UnwritableFileError."""
    kind = PaperFormat.DOCX if path.suffix.lower() == ".docx" else PaperFormat.PDF
    ports.files.write(path, ports.papers.made(as_chosen(ports, dossier), kind))


def gather_submission(
    ports: Ports, work: Work, letter: Submission, step: Progress = no_progress
) -> Dossier:
    """Return the letter, the list and every report of a submission; `step` is told of each."""
    inside = work.records.having(Proposal, submission_id=letter.id)
    made = _dossier(ports, work, letter, inside, step)
    return replace(made, asked=(Asked(AskedSort.SUBMISSION, letter.id),))


def gather_proposal(ports: Ports, work: Work, proposal: Proposal) -> Dossier:
    """Return letter, list and report for one proposal; without a letter yet, a draft of one."""
    letter = work.records.find(Submission, proposal.submission_id)
    if letter is None:
        award = work.records.find(AwardForm, proposal.award_form_id)
        usual = new_letter(ports, work, award, (proposal,))
        letter = replace(usual, id=proposal.id, unit_id=proposal.unit_id)
    made = _dossier(ports, work, letter, (proposal,))
    return replace(made, asked=(Asked(AskedSort.PROPOSAL, proposal.id),))


def _letters(work: Work, submission: UUID | None, *, every: bool) -> list[Submission]:
    if every:
        return list(work.records.having(Submission, unit_id=work.book.me().unit_id))
    return [work.records.get(Submission, submission)] if submission else []


def _altered(work: Work, proposal: Proposal) -> tuple[AlteredField, ...]:
    letter = work.records.find(Submission, proposal.submission_id)
    return altered_fields(work, letter, proposal) if letter else ()


def _jobs(
    ports: Ports, work: Work, found: Sequence[Proposal], letters: Sequence[Submission]
) -> list[tuple[str, Dossier]]:
    return [
        *((f"ho-so-{one.id.hex[-12:]}", gather_proposal(ports, work, one)) for one in found),
        *((f"to-trinh-{one.id.hex[-12:]}", gather_submission(ports, work, one)) for one in letters),
    ]


def _dossier(
    ports: Ports,
    work: Work,
    letter: Submission,
    proposals: Sequence[Proposal],
    step: Progress = no_progress,
) -> Dossier:
    occasion = occasion_of(ports, work, letter)
    candidates = candidates_of(work, proposals, occasion.day, step)
    papers: list[Paper] = [letter_of(occasion, candidates), list_of(occasion, candidates)]
    for candidate in candidates:
        papers.append(report_of(occasion, candidate))
        if is_summed_up(occasion):
            papers.append(summary_of(occasion, candidate))
    title = f"Hồ sơ đề nghị tặng {occasion.award_name}"
    return dossier_of(title, papers, proposals, candidates, occasion.day)


def dossier_of(
    title: str,
    papers: Iterable[Paper],
    proposals: Sequence[Proposal],
    candidates: Sequence[Candidate],
    day: date,
) -> Dossier:
    """Return papers of this day about these candidates, with how many of the proposals they leave
    out or join.
    """
    return Dossier(
        title=title,
        papers=tuple(papers),
        left_out=len(proposals) - sum(one.proposals for one in candidates),
        joined=sum(one.proposals > 1 for one in candidates),
        day=PartialDate.of(day),
    )


def occasion_of(ports: Ports, work: Work, letter: Submission) -> Occasion:
    """Return what the papers of a letter have in common, as it stands on its day."""
    records = work.records
    day = letter.date or letter.submitted_on or PartialDate.of(ports.now().date())
    unit = unit_on(records, letter.unit_id, day)
    texts = paper_texts(ports, work)
    return Occasion(
        letter=letter,
        unit=unit,
        parent=above_on(records, unit, day) if unit else None,
        award=records.find(AwardForm, letter.award_form_id),
        movement=records.find(Movement, letter.movement_id),
        signer=records.find(Signer, letter.signer_id),
        bases=bases_on(ports.plan().legal_bases, texts, _bases(letter), day),
        texts=texts,
        day=day.first_day(),
    )


def _bases(letter: Submission) -> list[str]:
    return [told(line, letter, "legal_basis") for line in letter.legal_basis.splitlines()]


def candidates_of(
    work: Work, proposals: Sequence[Proposal], day: date, step: Progress = no_progress
) -> tuple[Candidate, ...]:
    """Return what papers of this day say of the nominees, in the order of lists."""
    return tuple(sorted(_candidates(work, proposals, day, step), key=_place_in_list))


def _candidates(
    work: Work, proposals: Sequence[Proposal], day: date, step: Progress
) -> Iterator[Candidate]:
    """Yield what the papers say of each nominee, persons with the positions of that day; one who is
    not here prints as dots.

    Who was entered twice and is one is proposed once, with what all his proposals say.
    """
    groups = {one.id: one.code for one in work.records.having(SubjectGroup)}
    faces = nominee_faces(work)
    same: dict[tuple[object, ...], list[Proposal]] = {}
    for one in proposals:
        if isinstance(one.subject, Subject):
            face = faces.get(one.nominee_id, one.nominee_id) if one.nominee_id else one.id
            same.setdefault((one.subject, one.award_form_id, one.year, face), []).append(one)
    for done, of in enumerate(same.values()):
        step(done, len(same))
        summaries = {one.summary: one for one in reversed(of) if one.summary}
        told_by = tuple(one for one in of if summaries.get(one.summary) is one)
        proposal = replace(filled(of[0], of[1:]), summary="\n".join(one.summary for one in told_by))
        subject = proposal.subject
        assert isinstance(subject, Subject)  # noqa: S101 - the others were left out
        found = [nominee for one in of if (nominee := find_nominee(work, one)) is not None]
        nominee = (
            filled(found[0], [one for one in found[1:] if type(one) is type(found[0])])
            if found
            else NOMINEE_KINDS[subject](id=proposal.nominee_id or proposal.id)
        )
        one_or_more = found or [nominee]
        if isinstance(nominee, Person):
            nominee = as_on(nominee, _held(work, one_or_more, Position), day)
        nominee = _of_that_day(work, nominee, PartialDate.of(day))
        group = None if isinstance(nominee, Household) else nominee.group_id
        yield Candidate(
            proposal=proposal,
            nominee=nominee,
            subject=subject,
            group=groups.get(group, "") if group else "",
            results=_results(work, of),
            contributions=_once(
                given
                for one in of
                for given in work.records.having(Contribution, proposal_id=one.id)
            )
            + _held(work, one_or_more, Contribution),
            proposals=len(of),
            ratings=_held(work, one_or_more, YearlyRating),
            awards=_held(work, one_or_more, PriorAward),
            initiatives=_once(used for one in of for used in claimed_by(work, one)),
            achievements=_held(work, one_or_more, Achievement),
            positions=_held(work, one_or_more, Position),
            summaries=told_by,
        )


def _of_that_day(work: Work, nominee: Nominee, day: PartialDate) -> Nominee:
    """Return the nominee with its unit under the name of the day: a paper bears those names."""
    match nominee:
        case Person():
            name = called_on(work.records, nominee.unit_id, nominee.workplace, day)
            return replace(nominee, workplace=name)
        case Collective():
            name = called_on(work.records, nominee.unit_id, nominee.name, day)
            return replace(nominee, name=name)
        case Household():
            return nominee


def _results(
    work: Work, proposals: Sequence[Proposal]
) -> tuple[tuple[Criterion | None, tuple[Evidence, ...]], ...]:
    """Return the proofs by criterion, in the order of the plan; those without one come last."""
    proofs: dict[UUID | None, list[Evidence]] = {}
    for one in _once(
        p
        for of in proposals
        for p in work.records.having(Evidence, proposal_id=of.id)
        if p.paper is None
    ):
        proofs.setdefault(one.criterion_id, []).append(one)
    found = [(work.records.find(Criterion, key), tuple(of)) for key, of in proofs.items()]
    return tuple(sorted(found, key=lambda result: _place_in_plan(result[0])))


def _held(work: Work, nominees: Iterable[Nominee], kind: type[R]) -> tuple[R, ...]:
    """Return the merit of nominees who are one, what was entered twice once."""
    return _once(held for nominee in nominees for held in merit_in(work, nominee, kind))


def _once(records: Iterable[R]) -> tuple[R, ...]:
    """Return records that say the same but for whose they are only once."""
    said: dict[tuple[object, ...], R] = {}
    for one in records:
        words = {name: value for name, value in values(one).items() if name not in _WHOSE}
        said.setdefault(tuple(words.items()), one)
    return tuple(said.values())


def _place_in_plan(criterion: Criterion | None) -> tuple[bool, int, str]:
    return (criterion is None, *((criterion.place or 0, criterion.code) if criterion else (0, "")))


def _place_in_list(candidate: Candidate) -> tuple[int, tuple[SortKey, ...], UUID]:
    name = name_key(nominee_name(candidate.nominee))
    return IN_ORDER.index(candidate.subject), name, candidate.proposal.id
