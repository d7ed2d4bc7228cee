"""Chấm chéo: a unit scores its peers in records of its own, the province takes them over."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest

from office_work import Pair
from scoring_work import ANSWERS, an_issued_set, mark, view_of
from thidua_desktop.domain.criteria import CriteriaSet
from thidua_desktop.domain.errors import ClosedStepError, InvalidInputError, NotForRoleError
from thidua_desktop.domain.issues import Issue
from thidua_desktop.domain.peer_scores import PeerScore, PeerSheet
from thidua_desktop.domain.records import keyed_id
from thidua_desktop.domain.scoring import Tier
from thidua_desktop.domain.units import Unit
from thidua_desktop.services.checklists import set_step
from thidua_desktop.services.peer_scores import (
    PeerSheetView,
    close_peer_sheet,
    open_peer_sheet,
    peers_to_score,
    save_peer_score,
    take_peer_scores,
)
from thidua_desktop.services.peers import UnitChoice
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import delete_record, save_record

POINTS = (28, 16, 24, 12, 5)
REASON = "Còn 3 km chưa nghiệm thu."


def peer(ports: Ports, set_id: UUID, name: str = "Đông Hưng") -> UnitChoice:
    found = peers_to_score(ports, set_id=set_id, year=2024)
    return next(one for one in found if name in one.name)


def sheet_of(ports: Ports, set_id: UUID, unit_id: UUID) -> PeerSheetView:
    return open_peer_sheet(ports, set_id=set_id, year=2024, unit_id=unit_id)


def score(
    ports: Ports, view: PeerSheetView, place: int, points: int, reason: str = ""
) -> PeerScore:
    one = view.rows[place]
    given = replace(one.score, points=Decimal(points), reason=reason)
    return save_peer_score(ports, view.sheet, given, shown=None).record


def score_all(ports: Ports, set_id: UUID, unit_id: UUID) -> PeerSheetView:
    for place, points in enumerate(POINTS):
        view = sheet_of(ports, set_id, unit_id)
        score(ports, view, place, points, "" if place else REASON)
    return sheet_of(ports, set_id, unit_id)


@pytest.fixture
def issued(pair: Pair) -> CriteriaSet:
    """Return a set of the province that the office holds."""
    return an_issued_set(pair)


def test_what_a_peer_gave_stands_beside_the_other_scores_at_the_province(
    pair: Pair, issued: CriteriaSet
) -> None:
    office, province = pair.office, pair.province
    other = peer(office, issued.id)
    assert not other.is_filled
    view = score_all(office, issued.id, other.unit_id)
    assert (view.given, view.total, view.most) == (5, 85, 100)
    assert peer(office, issued.id).is_filled
    pair.up()
    assert not view_of(province, issued.id, unit=other.unit_id).rows[0].peers  # it is not closed
    close_peer_sheet(office, view.sheet, closed=True)
    pair.up()
    for place, said in enumerate(ANSWERS):  # the province types what that unit sent on paper
        mark(province, view_of(province, issued.id, unit=other.unit_id), place, **said)
    row = view_of(province, issued.id, unit=other.unit_id).rows[0]
    (told,) = row.peers
    assert (told.points, told.reason, told.counts) == (28, REASON, True)
    assert "Kiến Xương" in told.name
    assert row.score.cross_score is None  # the province says what counts
    checklist = view_of(province, issued.id, unit=other.unit_id).checklist
    taken, _ = take_peer_scores(province, checklist)
    assert taken == 5
    after = view_of(province, issued.id, unit=other.unit_id)
    assert [one.score.cross_score for one in after.rows] == list(POINTS)
    assert after.rows[0].score.cross_note == f"{told.name}: {REASON}"
    assert after.totals[Tier.CROSS].points == 85
    assert take_peer_scores(province, checklist)[0] == 0


def test_what_the_province_gave_itself_is_kept(pair: Pair, issued: CriteriaSet) -> None:
    other = peer(pair.office, issued.id)
    view = score_all(pair.office, issued.id, other.unit_id)
    close_peer_sheet(pair.office, view.sheet, closed=True)
    pair.up()
    mark(pair.province, view_of(pair.province, issued.id, unit=other.unit_id), 0, cross_score=20)
    there = view_of(pair.province, issued.id, unit=other.unit_id)
    assert take_peer_scores(pair.province, there.checklist)[0] == 4
    after = view_of(pair.province, issued.id, unit=other.unit_id)
    assert after.rows[0].score.cross_score == 20
    with pytest.raises(NotForRoleError):
        take_peer_scores(pair.office, there.checklist)
    set_step(pair.province, there.checklist, Tier.CROSS, closed=True)
    closed = view_of(pair.province, issued.id, unit=other.unit_id).checklist
    with pytest.raises(InvalidInputError):
        take_peer_scores(pair.province, closed)


def test_who_is_not_of_the_group_is_shown_and_does_not_count(
    pair: Pair, issued: CriteriaSet
) -> None:
    """A department may write such a record; it is no peer of a district."""
    with pair.office.store.read() as work:
        mine = {one.unit_id for one in peers_to_score(pair.office, set_id=issued.id, year=2024)}
        stranger = next(
            one.id for one in work.records.having(Unit) if "Sở" in one.name and one.id not in mine
        )
    view = score_all(pair.office, issued.id, stranger)
    close_peer_sheet(pair.office, view.sheet, closed=True)
    pair.up()
    there = view_of(pair.province, issued.id, unit=stranger)
    (told,) = there.rows[0].peers
    assert not told.counts
    assert take_peer_scores(pair.province, there.checklist)[0] == 0


def test_a_sheet_refuses_what_makes_no_sense(pair: Pair, issued: CriteriaSet) -> None:
    office = pair.office
    with office.store.read() as work:
        me = work.book.me()
    own = sheet_of(office, issued.id, me.unit_id)
    refused(Issue.OWN_UNIT, lambda: score(office, own, 0, 1))
    other = peer(office, issued.id)
    view = sheet_of(office, issued.id, other.unit_id)
    refused(Issue.TOO_LARGE, lambda: score(office, view, 0, 31))
    given = score(office, view, 0, 30)
    refused(Issue.SCORES_MISSING, lambda: close_peer_sheet(office, view.sheet, closed=True))
    view = score_all(office, issued.id, other.unit_id)
    closed = close_peer_sheet(office, view.sheet, closed=True).record
    refused(Issue.STEP_CLOSED, lambda: score(office, view, 0, 5))
    with pytest.raises(ClosedStepError):
        delete_record(office, given)
    close_peer_sheet(office, closed, closed=False)
    score(office, view, 0, 5)
    key = {"set_id": issued.id, "unit_id": me.unit_id, "period": 2024}
    mine = PeerSheet(id=keyed_id(PeerSheet, me.number, **key), **key)
    refused(Issue.OWN_UNIT, lambda: save_record(office, mine))


def refused(issue: Issue, job) -> None:
    with pytest.raises(InvalidInputError) as told:
        job()
    assert {one.issue for one in told.value.issues} == {issue}
