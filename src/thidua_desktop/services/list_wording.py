"""The wording of the list (F13 danh sách): the nominees in groups, each numbered anew."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from thidua_desktop.domain.dates import PartialDate, in_words
from thidua_desktop.domain.dossiers import ListGroup, NomineeList
from thidua_desktop.domain.paper_forms import FormTexts
from thidua_desktop.domain.people import Collective, Person
from thidua_desktop.domain.proposals import Nominee
from thidua_desktop.domain.told import said_as, told
from thidua_desktop.services.candidates import (
    IN_ORDER,
    Candidate,
    Occasion,
    counted,
    full_name,
    in_sentence,
    kinds,
)
from thidua_desktop.services.letter_wording import number_parts

_NEVER_PARTED = "\u00a0"
FORM = "F13"
_COLUMNS = (("number", 7), ("name", 23), ("born", 9), ("place", 27), ("summary", 34))
_ROMAN = ("I", "II", "III")
_LONGEST_SUMMARY = 300
_OPEN_NUMBER = _NEVER_PARTED * 6


def list_of(occasion: Occasion, candidates: Sequence[Candidate]) -> NomineeList:
    """Return the list that goes with the letter; the reports have the merits in full."""
    texts = occasion.texts.of(FORM)
    return NomineeList(
        kind=texts.say("kind"),
        title=title_of(occasion, candidates, texts),
        attached_to=attached_to(occasion, texts),
        columns=tuple(texts.say(f"column.{name}") for name, _ in _COLUMNS),
        widths=tuple(width for _, width in _COLUMNS),
        groups=groups_of(texts, candidates, _row),
        closing=texts.say("closing", counts=counted(candidates)),
        is_reconstructed=texts.is_reconstructed,
    )


def title_of(occasion: Occasion, candidates: Sequence[Candidate], texts: FormTexts) -> str:
    """Return whom the list proposes for what."""
    title = texts.say("title", kinds=kinds(candidates), award_name=occasion.award_name)
    return f"{title[:1].upper()}{title[1:]}"


def attached_to(occasion: Occasion, texts: FormTexts) -> str:
    """Return which letter the list goes with."""
    number, symbol = number_parts(occasion)
    return texts.say(
        "attached",
        letter_number=f"{number or _OPEN_NUMBER}/{symbol}",
        day=in_words(occasion.letter.date).replace(" ", _NEVER_PARTED),
        agency=occasion.agency,
    )


def groups_of(
    texts: FormTexts,
    candidates: Sequence[Candidate],
    cells: Callable[[Candidate], tuple[str, ...]],
) -> tuple[ListGroup, ...]:
    """Return the groups that have somebody, numbered in Roman figures."""
    present = [one for one in IN_ORDER if any(c.subject is one for c in candidates)]
    return tuple(
        ListGroup(
            heading=f"{_ROMAN[place]}. {texts.say(f'group.{subject.value}')}",
            rows=tuple(cells(one) for one in candidates if one.subject is subject),
        )
        for place, subject in enumerate(present)
    )


def shortened(summary: str, most: int = _LONGEST_SUMMARY) -> str:
    """Return the first sentences of a summary, so many letters at most, cut where one ends.

    >>> shortened("Hiến đất. Góp công.", most=12)
    'Hiến đất.'
    """
    plain = " ".join(summary.split())
    if len(plain) <= most:
        return said_as(summary, plain, is_part="\n" in summary)
    ends = [found.start() for found in re.finditer(r"[.;](?= )", plain) if found.start() < most]
    cut = f"{plain[: ends[-1]]}." if ends else ""
    cut = cut or plain[:most].rsplit(" ", 1)[0].rstrip(",") + "…"
    return said_as(summary, cut, is_part=True)


def short_summary(candidate: Candidate, most: int = _LONGEST_SUMMARY) -> str:
    """Return the summary of a candidate in so many letters."""
    proposal = candidate.proposal
    if len(candidate.summaries) > 1:
        return shortened(proposal.summary, most)
    return shortened(told(proposal.summary, proposal, "summary"), most)


def _row(candidate: Candidate) -> tuple[str, ...]:
    nominee = candidate.nominee
    born = "" if isinstance(nominee, Collective) else _year(nominee.birth_date)
    return full_name(nominee), born, place_of(nominee), short_summary(candidate)


def place_of(nominee: Nominee) -> str:
    """Return position and workplace of a person, or where a nominee lives or has its seat."""
    if not isinstance(nominee, Person):
        return nominee.address
    where = nominee.workplace or nominee.address
    said = (nominee.position, in_sentence(where)) if nominee.position else (where,)
    return ", ".join(filter(None, said))


def _year(born: PartialDate | None) -> str:
    return str(born.year) if born else ""
