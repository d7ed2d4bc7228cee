"""The wording of the list (F13 danh sách): the nominees in groups, each numbered anew."""

from __future__ import annotations

import re
from collections.abc import Sequence

from thidua_desktop.domain.dates import PartialDate, in_words
from thidua_desktop.domain.dossiers import ListGroup, NomineeList
from thidua_desktop.domain.people import Collective, Household, Person
from thidua_desktop.services.candidates import (
    GROUP_WORDS,
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
_COLUMNS = (
    ("TT", 6),
    ("Họ và tên, tên tập thể", 23),
    ("Năm sinh", 9),
    (f"Chức vụ, đơn{_NEVER_PARTED}vị, nơi cư trú", 27),
    ("Tóm tắt thành tích", 35),
)
_ROMAN = ("I", "II", "III")
_LONGEST_SUMMARY = 300
_OPEN_NUMBER = _NEVER_PARTED * 6


def list_of(occasion: Occasion, candidates: Sequence[Candidate]) -> NomineeList:
    """Return the list that goes with the letter; the reports have the merits in full."""
    present = [one for one in IN_ORDER if any(c.subject is one for c in candidates)]
    groups = tuple(
        ListGroup(
            heading=f"{_ROMAN[place]}. {GROUP_WORDS[subject].capitalize()}",
            rows=tuple(_row(one) for one in candidates if one.subject is subject),
        )
        for place, subject in enumerate(present)
    )
    day = in_words(occasion.letter.date).replace(" ", _NEVER_PARTED)
    number, symbol = number_parts(occasion)
    of_letter = f"{number or _OPEN_NUMBER}/{symbol} {day}"
    return NomineeList(
        title=f"{kinds(candidates).capitalize()} đề nghị tặng {occasion.award_name}",
        attached_to=f"(Kèm theo Tờ trình số {of_letter} của {occasion.agency})",
        columns=tuple(name for name, _ in _COLUMNS),
        widths=tuple(width for _, width in _COLUMNS),
        groups=groups,
        closing=f"Danh sách có {counted(candidates)}./.",
    )


def shortened(summary: str, most: int = _LONGEST_SUMMARY) -> str:
    """Return the first sentences of a summary, so many letters at most, cut where one ends.

    >>> shortened("Hiến đất. Góp công.", most=12)
    'Hiến đất.'
    """
    plain = " ".join(summary.split())
    if len(plain) <= most:
        return plain
    ends = [found.start() for found in re.finditer(r"[.;](?= )", plain) if found.start() < most]
    if ends:
        return f"{plain[: ends[-1]]}."
    return plain[:most].rsplit(" ", 1)[0].rstrip(",") + "…"


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
    return full_name(nominee), born, place, shortened(candidate.proposal.summary)


def _year(born: PartialDate | None) -> str:
    return str(born.year) if born else ""
