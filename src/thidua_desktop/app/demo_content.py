"""What the offices of the demo enter: read from the resources, every name in it invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct


class SignerText(Struct, frozen=True):
    """Who signs."""

    full_name: str
    position: str
    prefix: str | None = None
    body: str = ""


class OfficeText(Struct, frozen=True):
    """An office that joins."""

    code: str
    role: str
    folder: str
    place: str
    number: str
    signer: SignerText
    address: str
    phone: str


class EvidenceText(Struct, frozen=True):
    """A proof; the criterion is named for those of proposals."""

    wording: str
    quantity: str
    measure: str
    criterion: str = ""


class ScoreText(Struct, frozen=True):
    """What an office says of a criterion."""

    office: str
    criterion: str
    met: bool
    note: str
    evidence: list[EvidenceText]


class CriterionText(Struct, frozen=True):
    """A criterion of the set that the province issues."""

    part: str
    wording: str
    marking: str
    points: str
    measure: str = ""
    gives_bonus: bool = False


class MarkText(Struct, frozen=True):
    """What an office reports of each criterion of that set, and what was found of it."""

    office: str
    plan: list[str]
    actual: list[str]
    grade: str
    notes: list[str]
    self_score: str
    self_reason: str
    cross_score: str
    cross_note: str
    verified_score: str
    verified_note: str


class ContributionText(Struct, frozen=True):
    """What a household gave."""

    sort: str
    quantity: str
    measure: str
    wording: str


class ProposalText(Struct, frozen=True):
    """A proposal as it is typed."""

    office: str
    subject: str
    award: str
    summary: str
    nominee: dict[str, Any]
    evidence: list[EvidenceText]
    contributions: list[ContributionText] = []
    group: str = ""


class PositionText(Struct, frozen=True):
    """A position that somebody held."""

    title: str
    workplace: str
    sort: str
    start: str
    end: str = ""


class DecidedText(Struct, frozen=True):
    """What a decision recognised: a rating has a level, an award a title, an initiative a name;
    one that is `used` serves the proposal of its author.
    """

    year: int
    number: str
    date: str
    issuer: str
    level: str = ""
    title: str = ""
    sort: str = ""
    name: str = ""
    scope: str = ""
    used: bool = False


class MeritText(Struct, frozen=True):
    """What an office knows of a nominee's years."""

    office: str
    subject: str
    nominee: dict[str, Any]
    positions: list[PositionText] = []
    ratings: list[DecidedText] = []
    awards: list[DecidedText] = []
    initiatives: list[DecidedText] = []


class MovementText(Struct, frozen=True):
    """What an office entered for the movement.

    A document is what it fulfils, the year, its sort, number, day and summary; a target the year,
    field, name, measure, plan and result; a registration the year, who, where, what for, the day.
    """

    office: str
    documents: list[tuple[str, int, str, str, str, str]]
    targets: list[tuple[int, str, str, str, str, str]] = []
    registrations: list[tuple[int, str, str, str, str]] = []


class WorkbookText(Struct, frozen=True):
    """A nominee list that comes as a workbook: subject, name, gender, birth date, position,
    workplace, address, summary.
    """

    office: str
    rows: list[list[str]]


class DifferenceText(Struct, frozen=True):
    """A cell that two PCs of one office write differently."""

    office: str
    field: str
    first: str
    second: str


class ReturnText(Struct, frozen=True):
    """A proposal that the province sends back, and the correction that it suggests."""

    office: str
    subject: str
    reason: str
    suggestion: str


class QuestionText(Struct, frozen=True):
    """What the province asks about a field of a nominee, and the answer."""

    office: str
    subject: str
    kind: str
    field: str
    wording: str
    answer: str
    answered_by: str


class ProvinceText(Struct, frozen=True):
    """Who answers for the province."""

    reviewer: str


class DemoContent(Struct, frozen=True):
    """The whole content of the demo."""

    year: int
    province: ProvinceText
    offices: list[OfficeText]
    scores: list[ScoreText]
    proposals: list[ProposalText]
    workbook: list[WorkbookText]
    difference: DifferenceText
    returned: ReturnText
    question: QuestionText
    criteria: list[CriterionText]
    marks: list[MarkText]
    merit: list[MeritText] = []
    movement: list[MovementText] = []


def read_content(resources: Path) -> DemoContent:
    """Read the content of the demo: one text in several files, its lists go on from one to the
    next.
    """
    texts = [path.read_bytes() for path in sorted((resources / "demo").glob("*.toml"))]
    return msgspec.toml.decode(b"\n".join(texts), type=DemoContent)
