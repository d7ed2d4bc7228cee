"""Many nominees or units at once: a block finds the records it means, a value goes into all."""

from __future__ import annotations

from uuid import UUID

import pytest

from office_work import Pair, a_person_proposed
from thidua_desktop.domain.dates import PartialDate, shown
from thidua_desktop.domain.issues import Issue
from thidua_desktop.domain.movements import PlanDocument, Registration, SavingsTarget
from thidua_desktop.domain.people import Collective, Person
from thidua_desktop.domain.proposals import NOMINEE_KINDS, Subject
from thidua_desktop.domain.records import kind_spec, specs
from thidua_desktop.domain.units import Signer, Unit
from thidua_desktop.services.bulk import choices_for, plan_bulk, write_bulk
from thidua_desktop.services.integrity import digest
from thidua_desktop.services.journal import undo
from thidua_desktop.services.many import (
    many_fields,
    nominee_target,
    signer_target,
    unit_target,
    year_target,
)
from thidua_desktop.services.pasting import paste, plan_paste
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.proposals import open_proposal
from thidua_desktop.services.saving import save_record

PERSON = ("full_name", "birth_date", "position", "unit_id")


def planned(ports: Ports, subject: Subject, columns: tuple[str, ...], *rows: tuple[str, ...]):
    with ports.store.read() as work:
        unit_id = work.book.me().unit_id
    return plan_paste(ports, nominee_target(subject, unit_id), rows, columns)


def all_of(ports: Ports, kind: type) -> list:
    with ports.store.read() as work:
        return sorted(work.records.having(kind), key=lambda one: getattr(one, "name", "") or "")


@pytest.mark.parametrize("subject", list(Subject))
def test_every_kind_of_nominee_can_be_pasted_and_edited_in_all_its_fields(subject) -> None:
    kind = NOMINEE_KINDS[subject]
    names = {spec.name for spec in specs(kind)}
    target = nominee_target(subject, UUID(int=1))
    assert names - set(target.offered) == {"same_as"}
    assert set(target.offered) - set(many_fields(kind)) == set(target.key)


def test_who_has_the_name_and_birth_date_is_changed_and_others_are_added(pair: Pair) -> None:
    office = pair.office
    with office.store.read() as work:
        number = work.book.me().number
    known = Person(
        id=office.new_id(number),
        full_name="Lê Văn Hoà",
        birth_date=PartialDate(1965),
        position="Trưởng thôn",
        phone="0912",
    )
    save_record(office, known)
    before = digest(office)
    plan = planned(
        office,
        Subject.PERSON,
        PERSON,
        ("Lê Văn Hòa", "1965", "Bí thư chi bộ", ""),
        ("Lê Văn Hòa", "1970", "Thợ nề", ""),
        ("Lê Văn Hòa", "1970", "Thợ nề", ""),
        ("Lê Văn Hòa", "1970", "Thợ mộc", ""),
        ("Trần Thị Bình", "năm Tý", "", ""),
        ("", "1980", "", ""),
    )
    assert (plan.new, set(plan.shown), plan.same) == (2, {0}, 1)
    assert plan.wrong == {(3, 0): Issue.DIFFERS_ABOVE, (4, 1): Issue.NOT_A_DATE}
    paste(office, plan)
    with office.store.read() as work:
        stored = work.records.get(Person, known.id)
    assert (stored.position, stored.phone) == ("Bí thư chi bộ", "0912")  # a blank cell says nothing
    again = planned(office, Subject.PERSON, PERSON, ("Lê Văn Hòa", "1970", "Thợ nề", ""))
    assert (len(again.records), again.same) == (0, 1)
    undo(office)
    assert digest(office) == before


def test_a_nominee_that_lies_at_the_province_is_not_changed_by_a_block(pair: Pair) -> None:
    proposal_id = a_person_proposed(pair.office, "Lê Văn Đạt")
    nominee = open_proposal(pair.office, proposal_id).nominee
    pair.submit(proposal_id)
    row = (nominee.full_name, shown(nominee.birth_date), "Việc khác", "")
    plan = planned(pair.office, Subject.PERSON, PERSON, row)
    assert plan.wrong == {(0, 0): Issue.LOCKED}
    assert not plan.records


def test_a_collective_that_is_pasted_belongs_to_the_office(pair: Pair) -> None:
    plan = planned(pair.office, Subject.COLLECTIVE, ("name", "headcount"), ("Tổ Một", "12"))
    paste(pair.office, plan)
    with pair.office.store.read() as work:
        me = work.book.me()
    assert [(one.name, one.headcount, one.unit_id) for one in all_of(pair.office, Collective)] == [
        ("Tổ Một", 12, me.unit_id)
    ]


def test_units_are_found_by_their_code_and_none_is_added(pair: Pair) -> None:
    province = pair.province
    rows = [("ubnd-343", "Thị trấn Kiến Xương"), ("không-có", "Ở đâu"), ("", "Ở đâu")]
    plan = plan_paste(province, unit_target(), rows, ("code", "address"))
    assert plan.wrong == {(1, 0): Issue.NO_RECORD, (2, 0): Issue.NO_RECORD}
    assert (plan.new, set(plan.shown)) == (0, {0})
    paste(province, plan)
    (unit,) = [one for one in all_of(province, Unit) if one.code == "ubnd-343"]
    assert unit.address == "Thị trấn Kiến Xương"
    without = plan_paste(province, unit_target(), [("Phường Một",)], ("address",))
    assert without.wrong == {(0, 0): Issue.NO_RECORD}


def test_targets_and_registrations_of_a_year_are_found_in_that_year_only(pair: Pair) -> None:
    office = pair.office
    me = all_of(office, Unit)[0].id
    columns = ("field", "name", "planned")
    for year, planned in ((2023, "10"), (2024, "20"), (2024, "30")):
        target = year_target(SavingsTarget, me, year)
        paste(
            office,
            plan_paste(office, target, [("energy", "Giảm điện chiếu sáng", planned)], columns),
        )
    found = sorted((one.year, one.planned) for one in all_of(office, SavingsTarget))
    assert found == [(2023, 10), (2024, 30)]
    rows = [("Tổ Một", "Lao động tiên tiến"), ("Tổ Một", "Chiến sĩ thi đua")]
    plan = plan_paste(office, year_target(Registration, me, 2024), rows, ("name", "title"))
    assert plan.new == 2


def test_documents_of_a_year_and_terms_of_signers_are_found_and_changed(pair: Pair) -> None:
    office = pair.office
    me = all_of(office, Unit)[0].id
    for target, columns, rows, again in (
        (
            year_target(PlanDocument, me, 2024),
            ("sort", "number", "issued_on", "summary"),
            [
                ("Kế hoạch", "12/KH-UBND", "3/2/2024", "Kế hoạch phong trào năm 2024"),
                ("Báo cáo", "40/BC-UBND", "10/12/2023", "Kết quả phong trào"),
                ("Báo cáo", "41/BC-UBND", "ngày nào", "Kết quả phong trào"),
            ],
            ("Kế hoạch", "12/KH-UBND", "4/2/2024", "Kế hoạch phong trào năm 2024"),
        ),
        (
            signer_target(me),
            ("full_name", "position", "prefix", "valid_from", "valid_to"),
            [
                ("Nguyễn Thị Hòa", "Phó Chủ tịch", "KT.", "2016", "2021"),
                ("Nguyễn Thị Hòa", "Phó Chủ tịch", "KT.", "2021", ""),
                ("Lê Văn Bình", "Chủ tịch", "TM.", "năm ngoái", ""),
            ],
            ("Nguyễn Thị Hòa", "Phó Chủ tịch", "KT.", "2021", "2026"),
        ),
    ):
        plan = plan_paste(office, target, rows, columns)
        assert (plan.new, {row for row, _ in plan.wrong}) == (2, {2})
        paste(office, plan)
        changed = plan_paste(office, target, [again], columns)
        assert (changed.new, len(changed.shown)) == (0, 1)
    assert {one.year for one in all_of(office, PlanDocument)} == {2024}
    assert {one.unit_id for one in all_of(office, Signer)} >= {me}


def test_one_value_goes_into_many_units_and_persons(pair: Pair) -> None:
    province = pair.province
    ids = [one.id for one in all_of(province, Unit)[:5]]
    plan = plan_bulk(province, Unit, ids, "form", "Cơ quan hành chính")
    write_bulk(province, plan)
    assert plan_bulk(province, Unit, ids, "form", "Cơ quan hành chính").same == len(ids)
    spec = kind_spec(Person).field("unit_id")
    labels = [label for label, _ in choices_for(pair.office, spec)]
    assert len(labels) == len(set(labels))  # namesakes are told apart
