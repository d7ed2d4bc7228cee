"""What an office began and left incomplete stands on the start page, and nothing else does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from office_work import a_person_proposed
from scoring_work import CRITERIA, a_scored_set, fill_in, mark, view_of
from thidua_desktop.domain.criteria import Assessment
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.movements import DocumentSort, PlanDocument
from thidua_desktop.domain.scoring import Tier
from thidua_desktop.services.checklists import set_step
from thidua_desktop.services.movements import add_document
from thidua_desktop.services.overview import overview
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import save_record

TODAY = date(2024, 11, 25)


def left(ports: Ports) -> list[tuple[str, str, str]]:
    found = overview(ports, today=TODAY).unfinished
    return [(one.place.kind, one.words, one.below) for one in found]


def test_a_draft_that_lacks_fields_is_named(office: Ports) -> None:
    assert left(office) == []
    for number in range(4):
        a_person_proposed(office, f"Lê Văn {'ABCD'[number]}", award_form_id=None)
    ((kind, words, below),) = left(office)
    assert (kind, words) == ("proposal", "4 đề nghị còn thiếu mục")
    assert below == "Lê Văn A, Lê Văn B, Lê Văn C, …"


def test_a_checklist_is_unfinished_from_its_first_score_to_its_last(office: Ports) -> None:
    made = a_scored_set(office)
    assert left(office) == [], "nothing was begun"
    mark(office, view_of(office, made.id), 4, assessment=Assessment.MET)
    mark(office, view_of(office, made.id), 0, plan=Decimal(12))  # no figure follows from this
    assert left(office) == [
        ("checklist", "Phiếu tiêu chí năm 2024: đã đánh giá 1/5 tiêu chí", made.name)
    ]
    mark(office, view_of(office, made.id, year=2021), 4, assessment=Assessment.MET)
    assert len(left(office)) == 1, "years ago is not on the desk"
    fill_in(office, made.id)
    assert len(CRITERIA) == view_of(office, made.id).answered
    assert left(office) == []


def test_a_step_that_is_closed_is_done(office: Ports) -> None:
    made = a_scored_set(office)
    mark(office, view_of(office, made.id), 4, assessment=Assessment.MET)
    assert len(left(office)) == 1
    set_step(office, view_of(office, made.id).checklist, Tier.SELF, closed=True)
    assert left(office) == []


def test_a_document_that_lacks_fields_is_counted_with_what_is_missing(office: Ports) -> None:
    with office.store.read() as work:
        me = work.book.me().unit_id
    document: PlanDocument = add_document(office, unit_id=me, year=2024).record
    assert left(office) == [
        (
            "plan_document",
            "Văn bản của phong trào: 1 bản ghi chưa đủ",
            "Thiếu Loại văn bản, Ngày ban hành, Trích yếu",
        )
    ]
    whole = replace(
        document, sort=DocumentSort.PLAN, issued_on=PartialDate(2024), summary="Kế hoạch năm"
    )
    save_record(office, whole, shown=document)
    assert left(office) == []
