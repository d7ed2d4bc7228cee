"""What the shipped resources say: the register, the plan, the awards. Values, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from thidua_desktop.domain.criteria import CriterionField, PointSort
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.paper_forms import PaperForm
from thidua_desktop.domain.paper_needs import DossierRules
from thidua_desktop.domain.proposals import Subject
from thidua_desktop.domain.records import Record
from thidua_desktop.domain.stocks import Stock


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanContent:
    """A content (nội dung) of the movement, in the plan's own words."""

    code: str
    field: str
    heading: str
    wording: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanParagraph:
    """A purpose, a requirement or a solution, in the plan's own words."""

    code: str
    section: str
    wording: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCriterion:
    """A criterion (tiêu chí) of the plan; the province publishes a set of them.

    `groups` are codes of subject groups. `parts` are given where the wording names several things
    to reach: one sentence of the plan stays one criterion.
    """

    code: str
    section: str
    field: CriterionField
    groups: tuple[str, ...]
    wording: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualRule:
    """A rule that adds points or takes them, as cụm and khối usually have it."""

    code: str
    sort: PointSort
    points: Decimal
    wording: str
    bars: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMilestone:
    """What the plan wants reached in a stage; `due` holds to its last day."""

    code: str
    stage: int
    wording: str
    when: str
    due: PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOccasion:
    """An occasion on which the plan lets commend; `awards` are codes of the catalogue.

    Without `years` it is every year, without `awards` whatever the one who commends may give.
    """

    code: str
    section: str
    name: str
    wording: str
    standard: str
    years: tuple[int, ...]
    subjects: tuple[Subject, ...]
    awards: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis:
    """The lines `Căn cứ …` of a letter under one legal regime, with the days it holds.

    Days are ISO texts, empty where they are open. Lines carry their punctuation (Decree 30/2020:
    a semicolon after each, a full stop after the last).
    """

    regime: str
    decree: str
    valid_from: str
    valid_to: str
    lines: tuple[str, ...]
    is_unverified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCatalogue:
    """Everything shipped, as the records the province publishes, and what only papers need.

    `records` are complete records with their final ids, in an order in which what is referred to
    comes first. `headings` are the plan's own, by section. `usual_groups` are codes of the groups
    that a nominee is counted to whose own group is not said. `usual_numbers` are what a new set
    begins with, by field, `usual_rules` what may be taken over into it. `papers` are the forms of
    papers with their texts, `stocks` what certificates are printed on.
    """

    records: tuple[Record, ...]
    contents: tuple[PlanContent, ...]
    legal_bases: tuple[LegalBasis, ...]
    criteria: tuple[PlanCriterion, ...] = ()
    paragraphs: tuple[PlanParagraph, ...] = ()
    headings: tuple[tuple[str, str], ...] = ()
    milestones: tuple[PlanMilestone, ...] = ()
    occasions: tuple[PlanOccasion, ...] = ()
    usual_groups: Mapping[Subject, tuple[str, ...]] = field(default_factory=dict)
    usual_numbers: Mapping[str, Decimal] = field(default_factory=dict)
    usual_rules: tuple[UsualRule, ...] = ()
    dossier_rules: DossierRules = field(default_factory=DossierRules)
    papers: tuple[PaperForm, ...] = ()
    stocks: tuple[Stock, ...] = ()
