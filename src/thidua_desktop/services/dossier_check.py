"""Soát hồ sơ: what is found on letters and proposals, waived with a reason, set right by a key."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from thidua_desktop.domain.checks import checked
from thidua_desktop.domain.dossier_checks import check_dossier
from thidua_desktop.domain.dossier_content import NO_NAME, DossierContent
from thidua_desktop.domain.dossier_findings import DossierFinding
from thidua_desktop.domain.errors import InvalidInputError, NotFoundError, StoppedError
from thidua_desktop.domain.ids import office_number
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.kinds import KIND_BY_NAME
from thidua_desktop.domain.proposals import Proposal, Submission, is_locked
from thidua_desktop.domain.records import keyed_id, kind_name, replace_values
from thidua_desktop.domain.severity import Severity
from thidua_desktop.domain.text import clean_lines
from thidua_desktop.domain.waivers import Waiver
from thidua_desktop.domain.words import field_label, kind_label
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.dossier_gathering import Gathering
from thidua_desktop.services.exchange import never_stop, no_progress
from thidua_desktop.services.ports import Ports, Progress, StopWanted, Work
from thidua_desktop.services.same_as import office_names
from thidua_desktop.services.saving import keep, proposal_state
from thidua_desktop.services.trust import own_numbers

PAPERS = "papers"
_DECIDED = frozenset({"decision", "award"})
_OF_A_PAPER = frozenset({"count", "date", "document", "paper"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFinding:
    """A finding, and why it was waived, by which office; a waiver of another value holds no more.

    `submission_id` is the letter of the dossier.
    """

    finding: DossierFinding
    submission_id: UUID | None
    waived: str = ""
    waived_by: str = ""
    waiver_id: UUID | None = None

    @property
    def is_waived(self) -> bool:
        """Tell whether somebody let it stand."""
        return bool(self.waived)

    @property
    def is_of_decision(self) -> bool:
        """Tell whether it is about a decision, which is changed after its letter went out, too."""
        return self.finding.found.kind in _DECIDED

    @property
    def stops(self) -> bool:
        """Tell whether a letter with it is not submitted."""
        return self.finding.severity is Severity.BLOCK and not self.is_waived

    @property
    def place(self) -> str:
        """Return the field it is about, in words."""
        found = self.finding.found
        if found.kind == "evidence" and found.field in _OF_A_PAPER:
            return f"Giấy tờ · {field_label(found.kind, found.field)}"
        name = (
            "Giấy tờ kèm hồ sơ" if found.field == PAPERS else field_label(found.kind, found.field)
        )
        return f"{kind_label(found.kind)} · {name}"

    def to_json(self) -> dict[str, Any]:
        """Return the shape of the command line."""
        found = self.finding.found
        return {
            "code": self.finding.code,
            "severity": self.finding.severity.value,
            "message": found.message,
            "source": self.finding.source,
            "kind": found.kind,
            "record": str(found.id),
            "field": found.field,
            "about": found.about,
            "offered": found.offered or None,
            "proposal": str(found.proposal_id) if found.proposal_id else None,
            "submission": str(self.submission_id) if self.submission_id else None,
            "waived": self.waived or None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedDossier:
    """What was found on one letter, or on the proposals for one award that are in none yet."""

    submission_id: UUID | None
    title: str
    cases: int
    is_open: bool
    findings: tuple[ToldFinding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DossiersChecked:
    """What was found on all that was asked about."""

    dossiers: tuple[CheckedDossier, ...]

    @property
    def findings(self) -> tuple[ToldFinding, ...]:
        """Return every finding."""
        return tuple(one for dossier in self.dossiers for one in dossier.findings)

    @property
    def stops(self) -> bool:
        """Tell whether something found would stop a letter."""
        return any(one.stops for one in self.findings)


@dataclass(frozen=True, slots=True)
class Waived:
    """A waiver as it was stored, and what the storing touched."""

    waiver_id: UUID
    changes: Changes


@dataclass(slots=True)
class _Jobs:
    letters: list[Submission] = field(default_factory=list)
    alone: list[Proposal] = field(default_factory=list)
    loose: list[list[Proposal]] = field(default_factory=list)


def check_dossiers(
    ports: Ports,
    *,
    proposals: Sequence[UUID] = (),
    submission: UUID | None = None,
    only_open: bool = False,
    progress: Progress = no_progress,
    stop_wanted: StopWanted = never_stop,
) -> DossiersChecked:
    """Check these proposals, a letter, or else every dossier; of an office its own.

    With `only_open` what lies at the province is left out (at the province: what is not there).
    Raises NotFoundError and StoppedError.
    """
    with ports.store.read() as work:
        gathering = Gathering(ports, work)
        jobs = _jobs(work, gathering, proposals, submission, only_open=only_open)
        steps = [
            *((gathering.letter, one) for one in jobs.letters),
            *((gathering.alone, one) for one in jobs.alone),
            *((gathering.loose, one) for one in jobs.loose),
        ]
        told = []
        for done, (gather, what) in enumerate(steps):
            progress(done, len(steps))
            if stop_wanted():
                raise StoppedError
            told.append(_checked(work, gather(what)))  # type: ignore[operator] # each its own
        progress(len(steps), len(steps))
        return DossiersChecked(dossiers=tuple(told))


def told_before_print(
    ports: Ports, *, proposals: Sequence[UUID] = (), submission: UUID | None = None
) -> str:
    """Return what has to be said of papers before they are printed; nothing is best."""
    findings = check_dossiers(ports, proposals=proposals, submission=submission).findings
    counts = Counter(one.finding.severity for one in findings if not one.is_waived)
    said = [
        f"{counts[one]} điều {words}"
        for one, words in ((Severity.BLOCK, "chặn trình"), (Severity.WARN, "cảnh báo"))
        if counts[one]
    ]
    return f"Soát hồ sơ còn {', '.join(said)}; F7 để xem." if said else ""


def stopping_findings(ports: Ports, work: Work, letter: Submission) -> tuple[ToldFinding, ...]:
    """Return what stops a letter from being submitted, of what its papers would say."""
    gathering = Gathering(ports, work)
    return tuple(one for one in _told(work, gathering.letter(letter)) if one.stops)


def waive(ports: Ports, told: ToldFinding, reason: str) -> Waived:
    """Let a finding stand, for a reason; it stands until the value changes.

    Raises InvalidInputError: the reason is missing.
    """
    found = told.finding.found
    with ports.store.write() as work:
        waiver_id = keyed_id(
            Waiver,
            work.book.me().number,
            rule=told.finding.code,
            about_id=found.id,
            about_field=told.finding.field_key,
        )
        said: dict[str, Any] = {
            "rule": told.finding.code,
            "about_kind": found.kind,
            "about_id": found.id,
            "about_field": told.finding.field_key,
            "digest": told.finding.digest,
            "reason": clean_lines(reason),
            "submission_id": told.submission_id,
            "proposal_id": found.proposal_id,
        }
        if issues := checked(replace_values(Waiver(id=waiver_id), said)):
            raise InvalidInputError(issues)
        work.records.write(Waiver, waiver_id, said)
        if _is_shared(work, told):
            work.records.share([(kind_name(Waiver), waiver_id)])
        return Waived(waiver_id, work.commit())


def take_up_again(ports: Ports, told: ToldFinding) -> Changes:
    """Drop the waiver of a finding. Raises NotFoundError."""
    if told.waiver_id is None:
        raise NotFoundError(kind_name(Waiver), told.finding.found.id)
    with ports.store.write() as work:
        work.records.delete(Waiver, told.waiver_id)
        if _is_shared(work, told):
            work.records.share([(kind_name(Waiver), told.waiver_id)])
        return work.commit()


def apply_offered(ports: Ports, told: ToldFinding) -> Changes:
    """Write the standard form that a finding offers into its field.

    Raises NotFoundError, LockedError, InvalidInputError; nothing is offered: InvalidInputError.
    """
    found = told.finding.found
    if not found.offered:
        raise InvalidInputError((FieldIssue(found.field, Issue.MISSING),))
    with ports.store.write() as work:
        record = work.records.get(KIND_BY_NAME[found.kind], found.id)
        keep(work, replace_values(record, {found.field: found.offered}), shown=record)
        return work.commit()


def waivers_of(work: Work, letter: Submission, proposals: Iterable[Proposal]) -> list[Waiver]:
    """Return the waivers that go out with a letter."""
    named = {one.id for one in proposals}
    return [
        one
        for one in work.records.having(Waiver)
        if one.submission_id == letter.id or one.proposal_id in named
    ]


def _jobs(
    work: Work,
    gathering: Gathering,
    proposals: Sequence[UUID],
    submission: UUID | None,
    *,
    only_open: bool,
) -> _Jobs:
    if proposals:
        return _Jobs(alone=[work.records.get(Proposal, one) for one in proposals])
    if submission is not None:
        return _Jobs(letters=[work.records.get(Submission, submission)])
    me = work.book.me()
    own = own_numbers(work)
    letters = [
        one for one in gathering.letters.values() if me.is_province or office_number(one.id) in own
    ]
    inside: defaultdict[UUID | None, list[Proposal]] = defaultdict(list)
    for one in gathering.proposals.values():
        if one.submission_id is None and (office_number(one.id) in own):
            inside[one.award_form_id].append(one)
    if only_open:
        at_province = {one.id: _lies_there(work, gathering, one) for one in letters}
        letters = [one for one in letters if at_province[one.id] is me.is_province]
    return _Jobs(letters=letters, loose=list(inside.values()))


def _lies_there(work: Work, gathering: Gathering, letter: Submission) -> bool:
    inside = [one for one in gathering.proposals.values() if one.submission_id == letter.id]
    return letter.snapshot is not None and any(is_locked(proposal_state(work, o)) for o in inside)


def _checked(work: Work, content: DossierContent) -> CheckedDossier:
    letter = content.letter
    award = content.award.name if content.award else "chưa chọn hình thức"
    title = (
        f"Tờ trình {letter.number or '(chưa có số)'} · {award}"
        if letter
        else f"Chưa lập tờ trình · {award}"
    )
    if len(content.cases) == 1:
        title = f"{content.cases[0].name or NO_NAME} · {title}"
    locked = any(is_locked(proposal_state(work, one.proposal)) for one in content.cases)
    mine = own_numbers(work)
    is_own = all(office_number(one.proposal.id) in mine for one in content.cases)
    return CheckedDossier(
        submission_id=letter.id if letter else None,
        title=title,
        cases=len(content.cases),
        is_open=is_own and not locked,
        findings=_told(work, content),
    )


def _told(work: Work, content: DossierContent) -> tuple[ToldFinding, ...]:
    findings = check_dossier(content)
    waivers: defaultdict[tuple[str, UUID | None, str], list[Waiver]] = defaultdict(list)
    for about in {one.found.id for one in findings}:
        for waiver in work.records.having(Waiver, about_id=about):
            waivers[waiver.rule, waiver.about_id, waiver.about_field].append(waiver)
    names = office_names(work) if waivers else {}
    told = []
    for one in findings:
        held = [
            waiver
            for waiver in waivers[one.code, one.found.id, one.field_key]
            if waiver.digest == one.digest
        ]
        first = held[0] if held else None
        told.append(
            ToldFinding(
                finding=one,
                submission_id=content.letter.id if content.letter else None,
                waived=first.reason if first else "",
                waived_by=names.get(office_number(first.id), "") if first else "",
                waiver_id=first.id if first else None,
            )
        )
    return tuple(told)


def _is_shared(work: Work, told: ToldFinding) -> bool:
    """Tell whether the letter is out already: what is said of it goes out, too."""
    letter = work.records.find(Submission, told.submission_id)
    return letter is not None and letter.snapshot is not None
