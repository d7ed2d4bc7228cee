"""What a person has to look at in the merit of a nominee: used twice, rated twice, said twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.merit import (
    Initiative,
    InitiativeClaim,
    PriorAward,
    RatingOf,
    YearlyRating,
)
from thidua_desktop.domain.proposals import Nominee, Proposal
from thidua_desktop.domain.text import fold
from thidua_desktop.services.belongings import merit_in
from thidua_desktop.services.ports import Work


class FindingSort(StrEnum):
    """What is wrong with merit as it stands."""

    USED_TWICE = "used_twice"
    RATED_TWICE = "rated_twice"
    AWARDED_TWICE = "awarded_twice"


@dataclass(frozen=True, slots=True)
class MeritFinding:
    """A finding: which records it is about, and the facts of it."""

    sort: FindingSort
    records: tuple[UUID, ...]
    name: str
    year: int | None = None
    uses: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Return the finding for people."""
        match self.sort:
            case FindingSort.USED_TWICE:
                return (
                    f"Sáng kiến “{self.name}” được dùng cho {len(self.uses)} đề nghị: "
                    f"{'; '.join(self.uses)}. Một sáng kiến chỉ dùng một lần."
                )
            case FindingSort.RATED_TWICE:
                return f"Năm {self.year} có {len(self.records)} lần xếp loại khác nhau."
            case FindingSort.AWARDED_TWICE:
                return f"“{self.name}” năm {self.year} được ghi {len(self.records)} lần."


def findings_on(work: Work, nominee: Nominee) -> tuple[MeritFinding, ...]:
    """Return the findings on the merit of a nominee."""
    initiatives = merit_in(work, nominee, Initiative)
    return (
        *_used_twice(work, initiatives),
        *_rated_twice(merit_in(work, nominee, YearlyRating)),
        *_awarded_twice(merit_in(work, nominee, PriorAward)),
    )


def uses_of(work: Work, initiative_id: UUID) -> tuple[tuple[InitiativeClaim, str], ...]:
    """Return the claims of an initiative by proposals that are there, and what each asks for."""
    found = []
    for claim in work.records.having(InitiativeClaim, initiative_id=initiative_id):
        proposal = work.records.find(Proposal, claim.proposal_id)
        if proposal is not None:
            found.append((claim, _asked(work, proposal)))
    return tuple(found)


def double_uses(work: Work, initiatives: Iterable[Initiative]) -> tuple[MeritFinding, ...]:
    """Return which of these initiatives more than one proposal rests on."""
    return tuple(_used_twice(work, initiatives))


def _asked(work: Work, proposal: Proposal) -> str:
    award = work.records.find(AwardForm, proposal.award_form_id)
    name = award.name if award else "đề nghị chưa chọn hình thức"
    return f"{name} năm {proposal.year}" if proposal.year else name


def _used_twice(work: Work, initiatives: Iterable[Initiative]) -> Iterator[MeritFinding]:
    for one in initiatives:
        uses = uses_of(work, one.id)
        if len({claim.proposal_id for claim, _ in uses}) > 1:
            yield MeritFinding(
                FindingSort.USED_TWICE, (one.id,), one.name, uses=tuple(said for _, said in uses)
            )


def _rated_twice(ratings: Iterable[YearlyRating]) -> Iterator[MeritFinding]:
    of_year: defaultdict[tuple[int | None, str], list[YearlyRating]] = defaultdict(list)
    for one in ratings:
        of_year[one.year, str(one.sort or RatingOf.WORK)].append(one)
    for (year, _), several in of_year.items():
        if year is not None and len(several) > 1:
            ids = tuple(one.id for one in several)
            yield MeritFinding(FindingSort.RATED_TWICE, ids, "", year)


def _awarded_twice(awards: Iterable[PriorAward]) -> Iterator[MeritFinding]:
    same: defaultdict[tuple[object, ...], list[PriorAward]] = defaultdict(list)
    for one in awards:
        if one.title and one.year:
            same[one.year, fold(one.title), one.decision_number].append(one)
    for several in same.values():
        if len(several) > 1:
            ids = tuple(one.id for one in several)
            first = several[0]
            yield MeritFinding(FindingSort.AWARDED_TWICE, ids, first.title, first.year)
