"""What the checks of a dossier look at, gathered from the records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from uuid import UUID

from thidua_desktop.domain.attachments import Attachment
from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.criteria import Criterion, Evidence, SubjectGroup
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.decisions import Award, Decision, Given
from thidua_desktop.domain.dossier_content import Case, DossierContent
from thidua_desktop.domain.merit import (
    Achievement,
    InitiativeClaim,
    Position,
    PriorAward,
    YearlyRating,
)
from thidua_desktop.domain.people import Household
from thidua_desktop.domain.proposals import Contribution, Nominee, Proposal, Submission
from thidua_desktop.domain.records import R
from thidua_desktop.domain.units import Signer
from thidua_desktop.services.belongings import claimed_by, merit_in
from thidua_desktop.services.certificate_names import given_by
from thidua_desktop.services.dossiers import gather_submission
from thidua_desktop.services.merit_findings import uses_of
from thidua_desktop.services.nominees import find_nominee
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.same_as import nominee_faces
from thidua_desktop.services.units import unit_on


class Gathering:
    """Gathers dossiers one after another; what all have in common is read once."""

    def __init__(self, ports: Ports, work: Work) -> None:
        self._ports = ports
        self._work = work
        records = work.records
        self.awards = {one.id: one for one in records.having(AwardForm)}
        self.letters = {one.id: one for one in records.having(Submission)}
        self._faces = nominee_faces(work)
        self._groups = {one.id: one.code for one in records.having(SubjectGroup)}
        self._today = PartialDate.of(ports.now().date())
        self.proposals = {one.id: one for one in records.having(Proposal)}
        filed = work.records.columns(Attachment, ("evidence_id",))
        self._filed = frozenset(evidence_id for _, evidence_id in filed)
        self._of: defaultdict[UUID, list[Proposal]] = defaultdict(list)
        for one in self.proposals.values():
            if one.nominee_id is not None:
                self._of[self._face(one.nominee_id)].append(one)

    def letter(self, letter: Submission) -> DossierContent:
        """Return a letter with all in it."""
        inside = [one for one in self.proposals.values() if one.submission_id == letter.id]
        return self._content(letter, inside)

    def loose(self, proposals: Sequence[Proposal]) -> DossierContent:
        """Return proposals for one award that are in no letter yet."""
        return self._content(None, proposals)

    def alone(self, proposal: Proposal) -> DossierContent:
        """Return a proposal with its letter, the others of the letter aside."""
        letter = self.letters.get(proposal.submission_id) if proposal.submission_id else None
        return self._content(letter, [proposal], is_whole=False)

    def _content(
        self, letter: Submission | None, proposals: Sequence[Proposal], *, is_whole: bool = True
    ) -> DossierContent:
        records, ports = self._work.records, self._ports
        day = (letter.date or letter.submitted_on if letter else None) or self._today
        asked = letter or next(iter(proposals), None)
        award = self.awards.get(asked.award_form_id) if asked and asked.award_form_id else None
        cases = tuple(self._case(one) for one in sorted(proposals, key=lambda one: one.id))
        noted = records.having(Evidence, submission_id=letter.id) if letter else ()
        named = {p.criterion_id for c in cases for p in c.proofs if p.criterion_id is not None}
        unit_id = letter.unit_id if letter else None
        plan = ports.plan()
        return DossierContent(
            letter=letter,
            day=day,
            today=self._today,
            cases=cases,
            rules=plan.dossier_rules,
            unit=unit_on(records, unit_id, day) if unit_id else None,
            award=award,
            signer=records.find(Signer, letter.signer_id) if letter else None,
            papers=noted if is_whole else tuple(_uncounted(noted)),
            dossier=gather_submission(ports, self._work, letter) if letter and is_whole else None,
            criteria={one.id: one for one in records.among(Criterion, sorted(named))},
            catalogue=self.awards,
            others=tuple(
                one
                for one in self.letters.values()
                if letter and one.id != letter.id and one.unit_id == letter.unit_id
            ),
            bases=plan.legal_bases,
        )

    def _case(self, proposal: Proposal) -> Case:
        work = self._work
        nominee = find_nominee(work, proposal)
        evidence = work.records.having(Evidence, proposal_id=proposal.id)
        face = self._face(proposal.nominee_id) if proposal.nominee_id else None
        others = [one for one in self._of[face] if one.id != proposal.id] if face else []
        initiatives = claimed_by(work, proposal)
        group = None if nominee is None or isinstance(nominee, Household) else nominee.group_id
        return Case(
            proposal=proposal,
            nominee=nominee,
            group=self._groups.get(group, "") if group else "",
            face=face,
            evidence=evidence,
            filed=frozenset(one.id for one in evidence) & self._filed,
            contributions=(
                *work.records.having(Contribution, proposal_id=proposal.id),
                *self._merit(nominee, Contribution),
            ),
            positions=self._merit(nominee, Position),
            ratings=self._merit(nominee, YearlyRating),
            awards=self._merit(nominee, PriorAward),
            achievements=self._merit(nominee, Achievement),
            claims=work.records.having(InitiativeClaim, proposal_id=proposal.id),
            initiatives=initiatives,
            shared={
                one.id: tuple(
                    said
                    for claim, said in uses_of(work, one.id)
                    if claim.proposal_id != proposal.id
                )
                for one in initiatives
            },
            given=tuple(self._given(proposal)),
            beside=tuple(one for one in others if one.year == proposal.year),
            before=tuple(one for one in others if _is_before(one, proposal)),
        )

    def _given(self, proposal: Proposal) -> Iterator[Given]:
        records = self._work.records
        for award in records.having(Award, proposal_id=proposal.id):
            decision = records.find(Decision, award.decision_id)
            if decision is not None:
                yield from given_by(self._work, decision, (award,))

    def _merit(self, nominee: Nominee | None, kind: type[R]) -> tuple[R, ...]:
        return merit_in(self._work, nominee, kind) if nominee is not None else ()

    def _face(self, nominee_id: UUID) -> UUID:
        return self._faces.get(nominee_id, nominee_id)


def _is_before(one: Proposal, other: Proposal) -> bool:
    return one.year is not None and other.year is not None and one.year < other.year


def _uncounted(noted: Sequence[Evidence]) -> list[Evidence]:
    """Return the papers of a letter of which one proposal is looked at: they count all."""
    return [replace(one, count=None) for one in noted]
