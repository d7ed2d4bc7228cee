"""What is gathered of a dossier to be checked: the letter, its cases, its papers as printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.catalogue import LegalBasis
from thidua_desktop.domain.criteria import Criterion, Evidence
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.decisions import Given
from thidua_desktop.domain.dossiers import Dossier
from thidua_desktop.domain.merit import (
    Achievement,
    Initiative,
    InitiativeClaim,
    Position,
    PriorAward,
    YearlyRating,
)
from thidua_desktop.domain.paper_needs import DossierRules
from thidua_desktop.domain.proposals import (
    Contribution,
    Nominee,
    Proposal,
    Subject,
    Submission,
    nominee_name,
)
from thidua_desktop.domain.units import Signer, Unit

NO_NAME = "(chưa có tên)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One proposal with its nominee as stored, its proofs, and the merit of the nominee.

    `face` is who stands for a nominee that is one with others. `filed` are the proofs that have
    files; `shared` says which other proposals rest on an initiative of this one. `beside` are other
    proposals of the nominee in the year, `before` those of years before. `given` is what
    decisions awarded for this proposal.
    """

    proposal: Proposal
    nominee: Nominee | None
    group: str = ""
    face: UUID | None = None
    evidence: tuple[Evidence, ...] = ()
    filed: frozenset[UUID] = frozenset()
    contributions: tuple[Contribution, ...] = ()
    positions: tuple[Position, ...] = ()
    ratings: tuple[YearlyRating, ...] = ()
    awards: tuple[PriorAward, ...] = ()
    achievements: tuple[Achievement, ...] = ()
    claims: tuple[InitiativeClaim, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    shared: Mapping[UUID, tuple[str, ...]] = field(default_factory=dict)
    beside: tuple[Proposal, ...] = ()
    before: tuple[Proposal, ...] = ()
    given: tuple[Given, ...] = ()

    @property
    def name(self) -> str:
        """Return whom it is about."""
        return (nominee_name(self.nominee) if self.nominee else "") or NO_NAME

    @property
    def subject(self) -> Subject | None:
        """Return what kind of nominee it is about, where this program knows it."""
        subject = self.proposal.subject
        return subject if isinstance(subject, Subject) else None

    @property
    def proofs(self) -> tuple[Evidence, ...]:
        """Return the results by criterion."""
        return tuple(one for one in self.evidence if one.paper is None)

    @property
    def papers(self) -> tuple[Evidence, ...]:
        """Return the papers of this nominee."""
        return tuple(one for one in self.evidence if one.paper is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierContent:
    """A letter, or proposals for one award that are in none yet, with all that is checked.

    `day` is that of the letter, without one today. `dossier` is what would be printed. `catalogue`
    are the awards by id, `others` the other letters of the unit.
    """

    letter: Submission | None
    day: PartialDate
    today: PartialDate
    cases: tuple[Case, ...]
    rules: DossierRules
    unit: Unit | None = None
    award: AwardForm | None = None
    signer: Signer | None = None
    papers: tuple[Evidence, ...] = ()
    filed: frozenset[UUID] = frozenset()
    dossier: Dossier | None = None
    criteria: Mapping[UUID, Criterion] = field(default_factory=dict)
    catalogue: Mapping[UUID, AwardForm] = field(default_factory=dict)
    others: tuple[Submission, ...] = ()
    bases: tuple[LegalBasis, ...] = ()
