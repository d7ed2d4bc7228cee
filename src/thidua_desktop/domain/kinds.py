"""All record kinds, in the order of their birth: new ones go to the end."""

from __future__ import annotations

from functools import cache

from thidua_desktop.domain.annual_reports import AnnualReport
from thidua_desktop.domain.attachments import Attachment
from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.criteria import (
    Checklist,
    CriteriaSet,
    Criterion,
    CriterionSubject,
    Evidence,
    PointEntry,
    PointRule,
    Score,
    SubjectGroup,
)
from thidua_desktop.domain.decisions import Award, Decision
from thidua_desktop.domain.merit import (
    Achievement,
    Initiative,
    InitiativeClaim,
    Position,
    PriorAward,
    YearlyRating,
)
from thidua_desktop.domain.movements import (
    Assignment,
    Movement,
    Obligation,
    PlanDocument,
    Registration,
    SavingsTarget,
    Stage,
)
from thidua_desktop.domain.paper_forms import PaperText
from thidua_desktop.domain.peer_groups import PeerGroup, PeerGroupMember
from thidua_desktop.domain.peer_scores import PeerScore, PeerSheet
from thidua_desktop.domain.people import Collective, Household, Person
from thidua_desktop.domain.proposals import Contribution, Proposal, Review, Submission
from thidua_desktop.domain.questions import Question, ResendRequest
from thidua_desktop.domain.records import FieldSpec, FieldType, Record, kind_name, kind_spec
from thidua_desktop.domain.redactions import Redaction
from thidua_desktop.domain.units import Signer, Succession, Unit
from thidua_desktop.domain.waivers import Waiver

KINDS: tuple[type[Record], ...] = (
    Unit,
    Succession,
    Signer,
    Person,
    Collective,
    Household,
    Movement,
    Stage,
    Obligation,
    Assignment,
    SubjectGroup,
    CriteriaSet,
    Criterion,
    CriterionSubject,
    Checklist,
    Score,
    Evidence,
    AwardForm,
    Submission,
    Proposal,
    Contribution,
    Review,
    Question,
    ResendRequest,
    Attachment,
    Redaction,
    PeerGroup,
    PeerGroupMember,
    Position,
    Achievement,
    Initiative,
    InitiativeClaim,
    YearlyRating,
    PriorAward,
    PointRule,
    PointEntry,
    PlanDocument,
    SavingsTarget,
    Registration,
    Waiver,
    PaperText,
    AnnualReport,
    Decision,
    Award,
    PeerSheet,
    PeerScore,
)
KIND_BY_NAME: dict[str, type[Record]] = {kind_name(kind): kind for kind in KINDS}
_NUMBERS = {kind_name(kind): number for number, kind in enumerate(KINDS, start=1)}


def kind_number(name: str) -> int:
    """Return the number of a kind: its place by birth, the same in every database.

    Raises KeyError for a kind that only a newer program knows.
    """
    return _NUMBERS[name]


@cache
def names_files(name: str) -> bool:
    """Tell whether records of a kind name files in any field."""
    return any(spec.type is FieldType.FILE for spec in fields_of(name))


def fields_of(name: str) -> tuple[FieldSpec, ...]:
    """Return the fields of a kind; of one that only a newer program knows, none."""
    kind = KIND_BY_NAME.get(name)
    return kind_spec(kind).fields if kind else ()
