"""Which papers of a dossier (giấy tờ trong hồ sơ) an award needs; the needs are data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from thidua_desktop.domain.awards import Authority, AwardForm, AwardFormKind
from thidua_desktop.domain.paper_sorts import PaperSort
from thidua_desktop.domain.proposals import Subject


class NeedLevel(StrEnum):
    """How much a dossier needs a paper."""

    BINDING = "binding"
    REQUIRED = "required"
    ADVISED = "advised"


class NeededBy(StrEnum):
    """Whether a paper is noted once for the letter, or for each nominee."""

    LETTER = "letter"
    PROPOSAL = "proposal"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperNeed:
    """That certain awards need a paper; what is left empty holds for all.

    `is_made`: the program prints it. `when` says what else must hold: "initiative", that the
    proposal rests on one.
    """

    paper: PaperSort
    of: NeededBy
    level: NeedLevel
    authorities: tuple[Authority, ...]
    article: str
    sorts: tuple[AwardFormKind, ...] = ()
    subjects: tuple[Subject, ...] = ()
    groups: tuple[str, ...] = ()
    when: str = ""
    is_made: bool = False
    is_unverified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRules:
    """What dossiers are held against, as the resources say it.

    `codes` are what the province's present program calls a paper. `positions` are abbreviations of
    positions alone, `abbreviations` of everything else too.
    """

    needs: tuple[PaperNeed, ...] = ()
    codes: Mapping[PaperSort, str] = field(default_factory=dict)
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    positions: Mapping[str, str] = field(default_factory=dict)
    most_summary_words: int = 600
    copied_share: int = 60
    least_words: int = 20

    def abbreviations_of(self, *, positions: bool) -> dict[str, str]:
        """Return the abbreviations that may stand in a position, or in the name of an agency."""
        return {**self.abbreviations, **(self.positions if positions else {})}


def papers_needed(
    needs: Iterable[PaperNeed],
    award: AwardForm,
    of: NeededBy,
    *,
    subject: Subject | None = None,
    group: str = "",
    rests_on_initiative: bool = False,
) -> tuple[PaperNeed, ...]:
    """Return the papers that an award needs of a letter, or of one nominee in it."""
    return tuple(
        need
        for need in needs
        if need.of is of
        and award.authority in need.authorities
        and (not need.sorts or award.sort in need.sorts)
        and (not need.subjects or subject in need.subjects)
        and (not need.groups or group in need.groups)
        and (need.when != "initiative" or rests_on_initiative)
    )
