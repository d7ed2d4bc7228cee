"""The sheets by which a group of peers is scored: one for each unit (F20), one of all (F21)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.criteria import Checklist
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.dossiers import Dossier, SizeSet
from thidua_desktop.domain.people import Collective
from thidua_desktop.domain.proposals import Proposal, Subject
from thidua_desktop.domain.text import fold, sort_key
from thidua_desktop.domain.units import Unit
from thidua_desktop.services.checklist_sheets import checklist_dossier
from thidua_desktop.services.checklists import open_checklist
from thidua_desktop.services.doubled_checklists import doubled_checklists
from thidua_desktop.services.own_office import own_office
from thidua_desktop.services.pages import cross_sheet, group_sheet
from thidua_desktop.services.pages.group_sheet import GroupStanding
from thidua_desktop.services.paper_texts import paper_texts
from thidua_desktop.services.peers import group_of
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.printing import Printable, one_dossier


def printables_of_checklist(
    *, set_id: UUID, year: int, unit_id: UUID | None = None
) -> list[Printable]:
    """Return what there is to print of a checklist and of its group."""
    of = {"set_id": set_id, "year": year, "unit_id": unit_id}
    made: tuple[tuple[str, str, Callable[..., Dossier]], ...] = (
        (f"Phiếu tiêu chí năm {year}", "phieu-tieu-chi", checklist_dossier),
        ("Phiếu thẩm định chéo", "phieu-tham-dinh", cross_sheets),
        (
            "Phiếu thẩm định chéo của cả cụm, khối",
            "phieu-tham-dinh-ca-cum",
            partial(cross_sheets, whole_group=True),
        ),
        ("Bảng tổng hợp điểm cụm, khối", "bang-tong-hop-diem", group_table),
    )
    return [
        one_dossier(words, f"{plain}-{year}", partial(make, **of)) for words, plain, make in made
    ]


def cross_sheets(
    ports: Ports, *, set_id: UUID, year: int, unit_id: UUID | None = None, whole_group: bool = False
) -> Dossier:
    """Return the sheet by which a unit is scored by its peers, or those of its whole group.

    Raises NotFoundError when there is no such set.
    """
    view = open_checklist(ports, set_id=set_id, year=year, unit_id=unit_id)
    views = [view]
    if whole_group:
        others = [one for one in view.peers if one.unit_id != view.checklist.unit_id]
        others.sort(key=lambda one: (sort_key(one.name), one.unit_id))
        views += [
            open_checklist(ports, set_id=set_id, year=year, unit_id=one.unit_id) for one in others
        ]
    with ports.store.read() as work:
        office = own_office(work, PartialDate.of(ports.now().date()), paper_texts(ports, work))
        group = group_of(work, view.checklist.unit_id, year).name
        doubled = doubled_checklists(work, (one.checklist for one in views))
    pages = tuple(cross_sheet.cross_sheet_page(office, one, group) for one in views)
    title = pages[0].bookmark if len(pages) == 1 else f"{pages[0].name} {year}"
    return Dossier(title=title, sizes=SizeSet.SMALL, papers=pages, doubled=doubled)


def group_table(ports: Ports, *, set_id: UUID, year: int, unit_id: UUID | None = None) -> Dossier:
    """Return the points of a unit's group, the best first. Raises NotFoundError."""
    view = open_checklist(ports, set_id=set_id, year=year, unit_id=unit_id)
    with ports.store.read() as work:
        office = own_office(work, PartialDate.of(ports.now().date()), paper_texts(ports, work))
        group = group_of(work, view.checklist.unit_id, year)
        filled = {one.unit_id for one in view.peers}
        others = [
            unit
            for one in group.unit_ids - filled
            if (unit := work.records.find(Unit, one)) is not None
        ]
        standing = GroupStanding(
            name=group.name,
            year=year,
            peers=view.peers,
            unfilled=tuple(one.name for one in sorted(others, key=_by_name)),
            is_scored=view.most_points > 0,
            proposed={one: _proposed(work, one, year) for one in sorted(filled)},
        )
        doubled = doubled_checklists(
            work, (work.records.get(Checklist, one.checklist_id) for one in view.peers)
        )
    page = group_sheet.group_sheet_page(office, standing)
    return Dossier(title=page.bookmark, sizes=SizeSet.SMALL, papers=(page,), doubled=doubled)


def _by_name(unit: Unit) -> tuple[object, UUID]:
    return sort_key(unit.name), unit.id


def _proposed(work: Work, unit_id: UUID, year: int) -> str:
    """Return the awards that a unit itself is proposed for in a year, in the order of names."""
    unit = work.records.get(Unit, unit_id)
    itself = [
        one.id
        for one in work.records.having(Collective, unit_id=unit_id)
        if fold(one.name) == fold(unit.name)
    ]
    found = {
        award.name
        for one in itself
        for proposal in work.records.having(
            Proposal, subject=Subject.COLLECTIVE, collective_id=one, year=year
        )
        if (award := work.records.find(AwardForm, proposal.award_form_id)) is not None
    }
    return "; ".join(sorted(found, key=sort_key))
