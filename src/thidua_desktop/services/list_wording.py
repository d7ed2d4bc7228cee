"""The wording of the list (F13 danh sách): the nominees in groups, each numbered anew."""

from __future__ import annotations

import re
from collections.abc import Sequence

from thidua_desktop.domain.dates import PartialDate, in_words
from thidua_desktop.domain.dossiers import ListGroup, NomineeList
from thidua_desktop.domain.people import Collective, Household, Person
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
_FORM = "F13"
_COLUMNS = (("number", 7), ("name", 23), ("born", 9), ("place", 27), ("summary", 34))
_ROMAN = ("I", "II", "III")
_LONGEST_SUMMARY = 300
_OPEN_NUMBER = _NEVER_PARTED * 6


def list_of(occasion: Occasion, candidates: Sequence[Candidate]) -> NomineeList:
    """Return the list that goes with the letter; the reports have the merits in full."""
    texts = occasion.texts.of(_FORM)
    present = [one for one in IN_ORDER if any(c.subject is one for c in candidates)]
    groups = tuple(
        ListGroup(
            heading=f"{_ROMAN[place]}. {texts.say(f'group.{subject.value}')}",
            rows=tuple(_row(one) for one in candidates if one.subject is subject),
        )
        for place, subject in enumerate(present)
    )
    day = in_words(occasion.letter.date).replace(" ", _NEVER_PARTED)
    number, symbol = number_parts(occasion)
    title = texts.say("title", kinds=kinds(candidates), award_name=occasion.award_name)
    return NomineeList(
        kind=texts.say("kind"),
        title=f"{title[:1].upper()}{title[1:]}",
        attached_to=texts.say(
            "attached",
            letter_number=f"{number or _OPEN_NUMBER}/{symbol}",
            day=day,
            agency=occasion.agency,
        ),
        columns=tuple(texts.say(f"column.{name}") for name, _ in _COLUMNS),
        widths=tuple(width for _, width in _COLUMNS),
        groups=groups,
        closing=texts.say("closing", counts=counted(candidates)),
        is_reconstructed=texts.is_reconstructed,
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
    match nominee:
        case Collective():
            born, place = "", nominee.address
        case Household():
            born, place = _year(nominee.birth_date), nominee.address
        case Person():
            born, where = _year(nominee.birth_date), nominee.workplace or nominee.address
            place = f"{nominee.position}, {in_sentence(where)}" if nominee.position else where
    return full_name(nominee), born, place, short_summary(candidate)


def _year(born: PartialDate | None) -> str:
    return str(born.year) if born else ""
