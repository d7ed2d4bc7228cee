"""The wording of the letter (F01 tờ trình): who asks whom for what, on which grounds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from thidua_desktop.domain.agencies import contact_lines, head_lines, signature_lines
from thidua_desktop.domain.awards import Authority, AwardForm
from thidua_desktop.domain.dossiers import GAP, Letter, Letterhead, SignatureBlock
from thidua_desktop.domain.marks import Urgency, circulation_mark, drafter_mark
from thidua_desktop.domain.merit import AwardBasis
from thidua_desktop.domain.paper_forms import FormTexts
from thidua_desktop.domain.points import point_order
from thidua_desktop.domain.proposals import citation_for
from thidua_desktop.domain.told import said_as, told_lines
from thidua_desktop.services.candidates import (
    Candidate,
    Occasion,
    counted,
    movement_name,
    subject_line,
)

_MOST_NAMED = 5
_LEAST_DIGITS = 2
_FORM = "F01"
_DECIDES = {
    Authority.STATE_PRESIDENT: "decides.state_president",
    Authority.PRIME_MINISTER: "decides.prime_minister",
}


def letter_of(occasion: Occasion, candidates: Sequence[Candidate]) -> Letter:
    """Return the letter for these candidates; few are named in it, many only in the list."""
    signer = occasion.signer
    named = candidates if len(candidates) <= _MOST_NAMED else ()
    texts = occasion.texts.of(_FORM)
    asked = occasion.letter
    return Letter(
        head=letterhead(occasion),
        kind=texts.say("kind"),
        title=texts.say("title", award_name=occasion.award_name),
        recipients=_told(occasion, "recipient"),
        legal_basis=occasion.bases,
        body=(_request(occasion, candidates, named),),
        nominees=_named(named),
        enclosure=texts.say("enclosure"),
        closing=_closing(occasion),
        copies_to=_told(occasion, "copies_to"),
        signature=SignatureBlock(
            lines=signature_lines(occasion.unit, signer), name=signer.full_name if signer else ""
        ),
        circulation=circulation_mark(asked.circulation),
        contact=contact_lines(occasion.unit),
        drafter=drafter_mark(asked.drafter, asked.copies),
    )


def letterhead(occasion: Occasion) -> Letterhead:
    """Return the head of the letter, with its number where one was given."""
    number, symbol = number_parts(occasion)
    urgency = occasion.letter.urgency
    parent, agency = head_lines(occasion.unit, occasion.parent) if occasion.unit else ("", GAP)
    return Letterhead(
        parent=parent,
        agency=agency,
        number=number,
        symbol=symbol,
        place=occasion.letter.place,
        date=occasion.letter.date,
        urgency=urgency if isinstance(urgency, Urgency) else None,
    )


def number_parts(occasion: Occasion) -> tuple[str, str]:
    """Return the number of the letter and its symbol; below ten the number has a zero."""
    number, _, symbol = (part.strip() for part in occasion.letter.number.partition("/"))
    padded = number.zfill(_LEAST_DIGITS) if number.isdecimal() else number
    return padded, symbol or f"TTr-{occasion.symbol}"


def joined_citations(citations: Iterable[str]) -> str:
    """Return clauses joined under their articles, as a letter cites them.

    >>> joined_citations(["điểm a khoản 1 Điều 74 Luật X", "khoản 5 Điều 74 Luật X"])
    'điểm a khoản 1 và khoản 5 Điều 74 Luật X'
    """
    clauses: dict[str, list[str]] = {}
    for citation in dict.fromkeys(one.strip() for one in citations if one.strip()):
        clause, found, article = citation.partition(" Điều ")
        clauses.setdefault(f"Điều {article}" if found else "", []).append(clause)
    parts = [f"{_and(sorted(given, key=_clause))} {art}".strip() for art, given in clauses.items()]
    return "; ".join(parts)


def _request(
    occasion: Occasion, candidates: Sequence[Candidate], named: Sequence[Candidate]
) -> str:
    texts = occasion.texts.of(_FORM)
    grounds = joined_citations(citation_of(one, occasion.award) for one in candidates)
    recipients = _lines(occasion.letter.recipient)
    authority = occasion.award.authority if occasion.award else None
    decides = _DECIDES.get(authority) if isinstance(authority, Authority) else None
    return texts.say(
        "request_named" if named else "request",
        grounds=grounds or GAP,
        agency=occasion.agency,
        recipient=recipients[0] if recipients else texts.say("authority"),
        decides=texts.say(decides or "decides.here"),
        award_name=occasion.award_name,
        counts=counted(candidates),
        for_what=_for_what(occasion, candidates, texts),
    )


def _for_what(occasion: Occasion, candidates: Sequence[Candidate], texts: FormTexts) -> str:
    """Return the deed that all are proposed for; different ones in a general word."""
    kinds = {one.proposal.basis or AwardBasis.MOVEMENT for one in candidates}
    basis = kinds.pop() if len(kinds) == 1 else None if kinds else AwardBasis.MOVEMENT
    place = f"for.{basis}" if basis and texts.has(f"for.{basis}") else "for.any"
    return texts.say(place, movement=movement_name(occasion.movement))


def _closing(occasion: Occasion) -> str:
    texts = occasion.texts.of(_FORM)
    said = texts.say(
        "closing",
        agency=occasion.agency,
        recipients=", ".join(_lines(occasion.letter.recipient)) or texts.say("authority"),
        award_name=occasion.award_name,
    )
    return f"{said[:1].upper()}{said[1:]}"


def citation_of(candidate: Candidate, award: AwardForm | None) -> str:
    """Return by which clause a candidate can be given an award."""
    return candidate.proposal.citation or (citation_for(award, candidate.subject) if award else "")


def _named(candidates: Sequence[Candidate]) -> tuple[str, ...]:
    last = len(candidates)
    return tuple(
        f"{number}. {subject_line(one.nominee)}{'.' if number == last else ';'}"
        for number, one in enumerate(candidates, start=1)
    )


def _lines(text: str) -> tuple[str, ...]:
    bare = (line.strip().lstrip("-–").strip().rstrip(";.").strip() for line in text.splitlines())
    return tuple(line for line in bare if line)


def _told(occasion: Occasion, field: str) -> tuple[str, ...]:
    lines = told_lines(occasion.letter, field)
    return tuple(said_as(line, bare) for line in lines for bare in _lines(line))


def _clause(citation: str) -> tuple[int, int, str]:
    clause = re.search(r"khoản (\d+)", citation)
    letter = re.search(r"điểm (\w)\b", citation)
    order = point_order(letter[1]) if letter else -1
    return (int(clause[1]) if clause else 0), order, citation


def _and(parts: Sequence[str]) -> str:
    return f"{', '.join(parts[:-1])} và {parts[-1]}" if len(parts) > 1 else parts[0]
