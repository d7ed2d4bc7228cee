"""Score sheets of a made-up group of peers: how the texts of F19, F20, F21 look once printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.criteria import (
    Assessment,
    Checklist,
    CriteriaSet,
    Criterion,
    Marking,
    PointEntry,
    PointRule,
    PointSort,
    Score,
)
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.pages import Page
from thidua_desktop.domain.ranking import ranks
from thidua_desktop.domain.scoring import Tier
from thidua_desktop.domain.totals import Total, total_of
from thidua_desktop.services.candidates import Candidate
from thidua_desktop.services.checklist_sheets import FORM as CHECKLIST
from thidua_desktop.services.checklist_sheets import sheet_of
from thidua_desktop.services.checklists import ChecklistRow, ChecklistView, EntryRow
from thidua_desktop.services.criteria import CriterionRow
from thidua_desktop.services.pages.checklist_sheet import sheet_page
from thidua_desktop.services.pages.cross_sheet import cross_sheet_page
from thidua_desktop.services.pages.group_sheet import GroupStanding, group_sheet_page
from thidua_desktop.services.pages.office import Office
from thidua_desktop.services.peers import Peer

_GROUP = "Cụm thi đua số 1"
_CRITERIA = (
    ("I. Phát triển kinh tế - xã hội", "Đường thôn được bê tông hóa", 30, "28", "26"),
    ("I. Phát triển kinh tế - xã hội", "Vận động Nhân dân hiến đất làm đường", 30, "25.5", "25.5"),
    ("II. Công tác thi đua, khen thưởng", "Phát hiện, nêu gương điển hình", 40, "36", ""),
)
_RULE = PointRule(
    id=UUID(int=9), sort=PointSort.BONUS, wording="Có sáng kiến được nhân rộng", points=Decimal(5)
)


def checklist_sample(office: Office, _: AwardForm, __: Sequence[Candidate]) -> tuple[Page, ...]:
    """Return F19 of a made-up unit: with points, and without."""
    texts = office.texts.of(CHECKLIST)
    views = (sample_view(), _plain_view())
    return tuple(
        sheet_page(
            sheet_of(view, office.unit, office.parent, texts, place=office.place, on=office.day)
        )
        for view in views
    )


def cross_sample(office: Office, _: AwardForm, __: Sequence[Candidate]) -> tuple[Page, ...]:
    """Return F20 of a made-up unit: with points, and without."""
    views = (sample_view(), _plain_view())
    return tuple(cross_sheet_page(office, view, _GROUP) for view in views)


def group_sample(office: Office, _: AwardForm, __: Sequence[Candidate]) -> tuple[Page, ...]:
    """Return F21 of a made-up group: two of equal points, one barred, one without a checklist."""
    best = sample_view().totals[Tier.VERIFIED]
    totals = (best, replace(best, taken=Decimal(4), is_barred=True), best)
    names = ("Xã Ví Dụ", "Xã Thí Dụ", "Xã Mẫu")
    placed = ranks(dict(enumerate(one.total for one in totals)))
    peers = tuple(
        Peer(
            UUID(int=n),
            UUID(int=n),
            name,
            total,
            rank=placed[n],
            bloc=total,
            marked=frozenset(Tier) if n else frozenset({Tier.SELF, Tier.CROSS}),
        )
        for n, (name, total) in enumerate(zip(names, totals, strict=True))
    )
    standing = GroupStanding(
        name=_GROUP,
        year=2025,
        peers=tuple(sorted(peers, key=lambda one: -one.total.total)),
        unfilled=("Xã Chưa Nộp",),
        proposed={UUID(int=0): "Cờ thi đua của Ủy ban nhân dân tỉnh"},
    )
    return (group_sheet_page(office, standing),)


def sample_view() -> ChecklistView:
    """Return the checklist of a made-up unit, scored by itself and in part by its peers."""
    checklist = Checklist(id=UUID(int=1), period=2025)
    entry = PointEntry(id=UUID(int=1), times=1)
    rows = tuple(_row(place, *said) for place, said in enumerate(_CRITERIA, start=1))
    criteria_set = CriteriaSet(id=UUID(int=1), name="Bộ tiêu chí cụm thi đua", version=2)
    scored = [(row.row.criterion, row.score) for row in rows]
    totals: dict[Tier, Total] = {
        tier: total_of(criteria_set, scored, [(_RULE, entry)], tier) for tier in Tier
    }
    return ChecklistView(
        checklist,
        criteria_set,
        rows,
        (EntryRow(_RULE, entry, is_new=False),),
        unit_name="Xã Ví Dụ",
        totals=totals,
    )


def _plain_view() -> ChecklistView:
    """Return a checklist whose criteria are met or not."""
    criterion = Criterion(id=UUID(int=1), place=1, wording="Công khai các khoản đóng góp")
    score = Score(
        id=UUID(int=1), assessment=Assessment.MET, note="Niêm yết tại nhà văn hóa các thôn."
    )
    row = ChecklistRow(CriterionRow(criterion, ()), score, is_new=False, evidence=(), notes=())
    criteria_set = CriteriaSet(id=UUID(int=1), name="Tiêu chí của thôn")
    return ChecklistView(
        Checklist(id=UUID(int=1), period=2025, closed_on=PartialDate(2025, 11, 20)),
        criteria_set,
        (row,),
        unit_name="Xã Ví Dụ",
        totals={tier: total_of(criteria_set, [(criterion, score)], [], tier) for tier in Tier},
    )


def _row(place: int, part: str, wording: str, most: int, own: str, given: str) -> ChecklistRow:
    criterion = Criterion(
        id=UUID(int=place),
        place=place,
        part=part,
        wording=wording,
        marking=Marking.POINTS,
        points=Decimal(most),
    )
    cross = Decimal(given) if given else None
    score = Score(
        id=UUID(int=place),
        self_score=Decimal(own),
        cross_score=cross,
        cross_note="Một tuyến chưa nghiệm thu." if cross and cross < Decimal(own) else "",
    )
    return ChecklistRow(CriterionRow(criterion, ()), score, is_new=False, evidence=(), notes=())
