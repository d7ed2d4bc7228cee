"""Which of several checklists of one unit, set and year a paper prints, and which it leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from thidua_desktop.domain.criteria import Checklist, Score
from thidua_desktop.domain.dossiers import ChecklistTold, DoubledChecklist
from thidua_desktop.domain.ids import office_number
from thidua_desktop.domain.units import Unit
from thidua_desktop.services.ports import Work
from thidua_desktop.services.same_as import office_name, office_names


def doubled_checklists(work: Work, printed: Iterable[Checklist]) -> tuple[DoubledChecklist, ...]:
    """Return what is to be told of printed checklists that are not the only one of their unit."""
    return tuple(_doubled(work, printed))


def _doubled(work: Work, printed: Iterable[Checklist]) -> Iterator[DoubledChecklist]:
    offices = office_names(work)

    def told(one: Checklist) -> ChecklistTold:
        office = office_name(offices, office_number(one.id))
        return ChecklistTold(office, len(work.records.having(Score, checklist_id=one.id)))

    for one in printed:
        there = work.records.having(
            Checklist, set_id=one.set_id, unit_id=one.unit_id, period=one.period
        )
        others = sorted((other for other in there if other.id != one.id), key=lambda o: o.id)
        if others:
            unit = work.records.find(Unit, one.unit_id)
            yield DoubledChecklist(
                unit=unit.name if unit else "",
                year=one.period,
                printed=told(one),
                left_out=tuple(map(told, others)),
            )
