"""How certificates name those whom a decision awards, and where they no longer agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from thidua_desktop.domain.decisions import Award, Decision, Given, unlike
from thidua_desktop.domain.merit import holder_of
from thidua_desktop.domain.people import Collective, Household, Person
from thidua_desktop.domain.proposals import Nominee
from thidua_desktop.services.candidates import EITHER, full_name, in_sentence
from thidua_desktop.services.nominees import holders_of
from thidua_desktop.services.ports import Work


def name_on_paper(nominee: Nominee) -> str:
    """Return the name as a certificate has it: never a title that leaves open which."""
    name = full_name(nominee)
    for open_title, said in ((f"Hộ {EITHER.lower()} ", "Hộ gia đình "), (f"{EITHER} ", "")):
        if name.startswith(open_title):
            return said + name.removeprefix(open_title)
    return name


def about(nominee: Nominee) -> str:
    """Return what a certificate says under the name: position and workplace, or where one lives."""
    match nominee:
        case Collective():
            return nominee.address
        case Household():
            return nominee.address
        case Person() if nominee.position or nominee.workplace:
            rest = (nominee.position, in_sentence(nominee.workplace))
            return ", ".join(part for part in rest if part)
        case Person():
            return nominee.address


def given_by(work: Work, decision: Decision, awards: Iterable[Award]) -> Iterator[Given]:
    """Yield awards of a decision with how their nominees are called today."""
    found = tuple(awards)
    nominees = holders_of(work, found)
    for award in found:
        nominee = nominees.get(holder_of(award) or award.id)
        if nominee is not None:
            yield Given(
                decision=decision,
                award=award,
                name=name_on_paper(nominee),
                about=about(nominee),
            )


def unlike_in(work: Work, decision: Decision, awards: Iterable[Award]) -> tuple[str, ...]:
    """Return whose certificates say another name or title than the records, each once."""
    given = given_by(work, decision, awards)
    return tuple(one.award.name for one in given if any(unlike(one)))
