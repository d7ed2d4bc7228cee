"""What the shipped resources say: the register, the plan, the awards. Values, read once."""

from __future__ import annotations

from dataclasses import dataclass

from thidua_desktop.domain.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanContent:
    """A content (nội dung) of the movement, in the plan's own words."""

    code: str
    field: str
    heading: str
    wording: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis:
    """The lines `Căn cứ …` of a letter under one legal regime, with the days it holds."""

    regime: str
    valid_from: str
    valid_to: str
    lines: tuple[str, ...]
    is_unverified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCatalogue:
    """Everything shipped, as the records the province publishes, and what only papers need.

    `records` are complete records with their final ids, in an order in which what is referred to
    comes first.
    """

    records: tuple[Record, ...]
    contents: tuple[PlanContent, ...]
    legal_bases: tuple[LegalBasis, ...]
