"""Many records at once, of kinds that have a list: which fields, and how a row finds its record."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from thidua_desktop.domain.criteria import Criterion
from thidua_desktop.domain.merit import InitiativeClaim
from thidua_desktop.domain.movements import PlanDocument, Registration, SavingsTarget
from thidua_desktop.domain.people import Collective, Household, Person
from thidua_desktop.domain.proposals import NOMINEE_KINDS, Nominee, Proposal, Subject
from thidua_desktop.domain.records import FieldType, Record, kind_spec
from thidua_desktop.domain.units import Signer, Unit
from thidua_desktop.services.nominees import NOMINEE_FIELD, subject_of
from thidua_desktop.services.pasting import Target

# By what a row of a spreadsheet means a record that exists; the first field must be there.
_KEYS: dict[type[Record], tuple[str, ...]] = {
    Person: ("full_name", "birth_date"),
    Collective: ("name",),
    Household: ("head", "birth_date"),
    Unit: ("code",),
    Signer: ("full_name", "position", "valid_from"),
    PlanDocument: ("summary", "number"),
    SavingsTarget: ("name",),
    Registration: ("name", "title"),
}
# What can be one and the same for many units: the others are changed by a resolution.
_OF_UNIT = ("short_name", "document_code", "form", "address", "phone")
_OF_PROPOSAL = (
    "award_form_id",
    "year",
    "achieved_from",
    "achieved_to",
    "summary",
    "citation",
    "note",
)
_OF_CRITERION = (
    *("part", "field", "marking", "points", "weight", "measure", "section"),
    *("evidence_required", "gives_bonus"),
)
_NEVER = {"same_as"}
_CHOSEN = {"person_id", "collective_id"}  # by their list: a name may be another's too


def many_fields(kind: type[Record]) -> tuple[str, ...]:
    """Return the fields into which one value may be written for many records of a kind."""
    if kind is Unit:
        return _OF_UNIT
    if kind is Proposal:
        return _OF_PROPOSAL
    if kind is Criterion:
        return _OF_CRITERION
    return tuple(name for name in _pasted(kind) if name not in _KEYS.get(kind, ()))


def nominee_target(subject: Subject, unit_id: UUID) -> Target:
    """Return how a block becomes nominees: who has the name and birth date is changed."""
    kind = NOMINEE_KINDS[subject]
    fixed = {"unit_id": unit_id} if subject is Subject.COLLECTIVE else {}
    return Target(kind=kind, offered=_pasted(kind), fixed=fixed, key=_KEYS[kind])


def year_target(
    kind: type[PlanDocument | SavingsTarget | Registration], unit_id: UUID, year: int
) -> Target:
    """Return how a block becomes what a unit issued or means to reach in a year, or who registers.

    A document of the same words and number is changed.
    """
    return _within(kind, {"unit_id": unit_id, "year": year})


def claims_target(proposal_id: UUID, nominee: Nominee) -> Target:
    """Return how a block becomes initiatives that a proposal rests on: names of the nominee's."""
    whose = {NOMINEE_FIELD[subject_of(nominee)]: nominee.id}
    return Target(
        kind=InitiativeClaim,
        offered=("initiative_id",),
        fixed={"proposal_id": proposal_id},
        key=("initiative_id",),
        is_within=True,
        among={"initiative_id": whose},
    )


def signer_target(unit_id: UUID) -> Target:
    """Return how a block becomes signers of a unit: each term of a person is one of its own."""
    return _within(Signer, {"unit_id": unit_id})


def unit_target() -> Target:
    """Return how a block is written into units that stand, found by their code; none is added."""
    return Target(kind=Unit, offered=("code", *_OF_UNIT), key=_KEYS[Unit], may_add=False)


def _within(kind: type[Record], fixed: Mapping[str, object]) -> Target:
    """Return a target whose records are found among those that hold these values only."""
    offered = tuple(name for name in _pasted(kind) if name not in {*fixed, *_CHOSEN})
    return Target(kind=kind, offered=offered, fixed=fixed, key=_KEYS[kind], is_within=True)


def _pasted(kind: type[Record]) -> tuple[str, ...]:
    return tuple(
        spec.name
        for spec in kind_spec(kind).fields
        if spec.name not in _NEVER and spec.type is not FieldType.FILE
    )
