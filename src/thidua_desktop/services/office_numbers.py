"""Office numbers that two PCs of the province gave out without knowing of each other.

A number says whose records are whose, so no two offices may work under one. Where both are still
free to change, one of them gets another number when it is enrolled; who works already keeps its.
"""

from __future__ import annotations

from dataclasses import replace

from thidua_desktop.domain.bundles import Certificate
from thidua_desktop.domain.errors import SharedNumberError
from thidua_desktop.domain.offices import Enrolment
from thidua_desktop.domain.records import kind_name
from thidua_desktop.domain.units import Unit, free_number, overlap, sharing_numbers
from thidua_desktop.services.ports import Work


def shared_numbers(work: Work) -> tuple[tuple[Unit, ...], ...]:
    """Return the units that stand at once under one number, those of each together."""
    return sharing_numbers(work.records.having(Unit))


def with_own_number(work: Work, unit: Unit) -> Unit:
    """Return a unit that is to be enrolled, under a fresh number where another one has its number.

    It keeps the number while it works under it, or where nobody did and its id is the least: so
    every PC of the province decides.
    """
    rivals = _rivals(work, unit)
    if not rivals or _is_accepted(work, unit) or _may_ask(work, unit):
        return unit
    known = [one for one in rivals if _is_accepted(work, one) or _was_enrolled(work, one)]
    is_first = all(unit.id < one.id for one in rivals)
    if is_first and not known and not _was_enrolled(work, unit):
        return unit
    number = free_number(work.records.having(Unit))
    stored = work.records.put(replace(unit, number=number), shown=unit)
    work.records.share([(kind_name(Unit), stored.id)])
    return stored


def refuse_shared_number(work: Work, certificate: Certificate) -> None:
    """Raise SharedNumberError where another office may work under the number of this PC.

    What the province's other PCs accepted is not told here; an office that has been at work goes
    on.
    """
    unit = work.records.find(Unit, certificate.unit_id)
    if unit is None or unit.number != certificate.office or _is_accepted(work, unit):
        return
    if rivals := _rivals(work, unit):
        raise SharedNumberError(certificate.office, (unit.name, *(one.name for one in rivals)))


def _rivals(work: Work, unit: Unit) -> list[Unit]:
    if not unit.number:
        return []
    alike = work.records.having(Unit, number=unit.number)
    return [one for one in alike if one.id != unit.id and overlap(one, unit)]


def _is_accepted(work: Work, unit: Unit) -> bool:
    """Tell whether a PC of this unit was accepted here under its number."""
    accepted = (one.certificate for one in work.book.warrants() if not one.is_revoked)
    return any((one.unit_id, one.office) == (unit.id, unit.number) for one in accepted)


def _may_ask(work: Work, unit: Unit) -> bool:
    return any(not one.closed for one in _enrolments(work, unit))


def _was_enrolled(work: Work, unit: Unit) -> bool:
    return bool(_enrolments(work, unit))


def _enrolments(work: Work, unit: Unit) -> list[Enrolment]:
    """Return by what this unit was enrolled under the number that it has."""
    return [
        one
        for one in work.book.enrolments()
        if (one.office.unit_id, one.office.number) == (unit.id, unit.number)
    ]
