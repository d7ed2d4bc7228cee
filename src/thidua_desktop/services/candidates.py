"""Candidates (đối tượng đề nghị): what the papers of a letter speak of, and how they name it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from thidua_desktop.domain.agencies import agency_name
from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.criteria import Criterion, Evidence
from thidua_desktop.domain.dates import in_words
from thidua_desktop.domain.dossiers import GAP, GAP_LINES
from thidua_desktop.domain.merit import Achievement, Initiative, Position, PriorAward, YearlyRating
from thidua_desktop.domain.movements import Movement
from thidua_desktop.domain.numbers import two_digits
from thidua_desktop.domain.paper_forms import PaperTexts
from thidua_desktop.domain.people import Collective, Gender, Household, Person
from thidua_desktop.domain.proposals import (
    Contribution,
    Nominee,
    Proposal,
    Subject,
    Submission,
    nominee_name,
)
from thidua_desktop.domain.told import told, told_lines
from thidua_desktop.domain.units import Signer, Unit

IN_ORDER = (Subject.COLLECTIVE, Subject.HOUSEHOLD, Subject.PERSON)
GROUP_WORDS = {
    Subject.COLLECTIVE: "tập thể",
    Subject.HOUSEHOLD: "hộ gia đình",
    Subject.PERSON: "cá nhân",
}
EITHER = "Ông (bà)"  # of whom nobody said which
_HONORIFICS = {Gender.MALE: "Ông", Gender.FEMALE: "Bà"}
# Words that begin the name of a place; inside a sentence they are no names (Decree 30, annex II).
PLACE_WORDS = ("Thôn", "Xóm", "Tổ", "Khu", "Ấp", "Số", "Xã", "Phường", "Thị", "Huyện", "Thành")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposal with its nominee, its proofs by criterion, what was given, and the merit of the
    nominee. `initiatives` are those that the proposal rests on; `proposals` is how many of them are
    one, for a nominee who was entered twice; `summaries` are
    those of them that say something of their own in short.
    """

    proposal: Proposal
    nominee: Nominee
    subject: Subject
    group: str = ""
    results: tuple[tuple[Criterion | None, tuple[Evidence, ...]], ...] = ()
    contributions: tuple[Contribution, ...] = ()
    proposals: int = 1
    ratings: tuple[YearlyRating, ...] = ()
    awards: tuple[PriorAward, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    achievements: tuple[Achievement, ...] = ()
    positions: tuple[Position, ...] = ()
    summaries: tuple[Proposal, ...] = ()

    def summary_lines(self) -> tuple[str, ...]:
        """Return what is said in short, line by line, each of the proposal that says it."""
        return tuple(
            line for of in self.summaries or (self.proposal,) for line in told_lines(of, "summary")
        )

    def last_awards(self, most: int, *, since: int = 0) -> tuple[PriorAward, ...]:
        """Return so many awards of the years from that one on, the latest first."""
        recent = [one for one in self.awards if one.year and one.year >= since]
        return tuple(sorted(recent, key=lambda one: (-(one.year or 0), one.id))[:most])

    def open_summary(self) -> tuple[str, ...]:
        """Return lines for the pen in the place of a summary; what is typed on them comes back."""
        return tuple(told(line, self.proposal, "summary") for line in GAP_LINES)


@dataclass(frozen=True, slots=True)
class Occasion:
    """What the papers of one letter have in common; `day` is the day they are of."""

    letter: Submission
    unit: Unit | None
    parent: Unit | None
    award: AwardForm | None
    movement: Movement | None
    signer: Signer | None
    bases: tuple[str, ...]
    texts: PaperTexts
    day: date

    @property
    def agency(self) -> str:
        """Return who asks, inside a sentence."""
        return agency_name(self.unit, self.parent) if self.unit else GAP

    @property
    def award_name(self) -> str:
        """Return what is asked for."""
        return self.award.name if self.award else GAP

    @property
    def symbol(self) -> str:
        """Return what stands behind the number of the agency's papers, after their kind."""
        return (self.unit.document_code if self.unit else "") or GAP


def honorific(nominee: Person | Household) -> str:
    """Return how a person is addressed in front of the name."""
    given = nominee.honorific if isinstance(nominee, Person) else ""
    usual = _HONORIFICS.get(nominee.gender) if isinstance(nominee.gender, Gender) else None
    return given or usual or EITHER


def full_name(nominee: Nominee) -> str:
    """Return the name with what belongs in front of it: Bà …, Hộ ông …."""
    name = nominee_name(nominee) or GAP
    match nominee:
        case Collective():
            return name
        case Household():
            return f"Hộ {honorific(nominee).lower()} {name}"
        case Person():
            return f"{honorific(nominee)} {name}"


def subject_line(nominee: Nominee) -> str:
    """Return the name with position and workplace, or where a family lives."""
    match nominee:
        case Collective():
            rest: tuple[str, ...] = ()
        case Household():
            rest = (in_sentence(nominee.address),)
        case Person() if nominee.position or nominee.workplace:
            rest = (nominee.position, in_sentence(nominee.workplace))
        case Person():
            rest = (in_sentence(nominee.address),)
    return ", ".join(part for part in (full_name(nominee), *rest) if part)


def counted(candidates: Sequence[Candidate]) -> str:
    """Return how many there are of each kind, as letters count: 01 tập thể, 05 cá nhân."""
    numbers = {one: sum(c.subject is one for c in candidates) for one in IN_ORDER}
    parts = [f"{two_digits(n)} {GROUP_WORDS[one]}" for one, n in numbers.items() if n]
    return ", ".join(parts) or f"{GAP} tập thể, cá nhân"


def kinds(candidates: Sequence[Candidate]) -> str:
    """Return the kinds of nominees there are, inside a sentence."""
    present = [GROUP_WORDS[one] for one in IN_ORDER if any(c.subject is one for c in candidates)]
    return ", ".join(present) or "tập thể, cá nhân"


def movement_name(movement: Movement | None) -> str:
    """Return the movement inside a sentence."""
    return f"phong trào thi đua “{movement.name}”" if movement else "phong trào thi đua"


def plan_name(movement: Movement | None) -> str:
    """Return the plan that started the movement, or nothing when its number is not known."""
    if movement is None or not movement.plan_number:
        return ""
    day = f" {in_words(movement.plan_date)}" if movement.plan_date else ""
    issuer = f" của {movement.issuer}" if movement.issuer else ""
    return f"Kế hoạch số {movement.plan_number}{day}{issuer}"


def in_sentence(place: str) -> str:
    """Return a place as it is written inside a sentence: thôn Đông Hòa, xã Bình Thanh.

    >>> in_sentence("Thôn Đông Hòa, xã Bình Thanh")
    'thôn Đông Hòa, xã Bình Thanh'
    """
    first = place.partition(" ")[0]
    return place[:1].lower() + place[1:] if first in PLACE_WORDS else place
