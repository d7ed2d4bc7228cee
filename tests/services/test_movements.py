"""The movement: what a unit owes and did, for itself and for all below it; findings; copies."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from attachment_files import PDF_BYTES
from office_work import OFFICE, Pair
from thidua_desktop.domain.attachments import FileState
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.deadlines import DebtState
from thidua_desktop.domain.errors import InvalidInputError, InvalidLinesError
from thidua_desktop.domain.field_values import to_json
from thidua_desktop.domain.issues import Issue
from thidua_desktop.domain.movements import (
    DocumentSort,
    Obligation,
    PlanDocument,
    Registration,
    SavingsTarget,
    reached_percent,
)
from thidua_desktop.domain.people import Person
from thidua_desktop.domain.records import Record, kind_spec, replace_values
from thidua_desktop.domain.units import Succession, SuccessionKind, Unit
from thidua_desktop.services.attachments import AttachedTo, attach
from thidua_desktop.services.bin import bin_rows, restore_binned
from thidua_desktop.services.movement_findings import MovementFlaw
from thidua_desktop.services.movements import (
    add_document,
    add_like,
    add_registration,
    add_target,
    copy_last_year,
    movement_view,
)
from thidua_desktop.services.movements_below import counts, units_below
from thidua_desktop.services.overview import overview
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.records import dump_lines, put_lines, schema
from thidua_desktop.services.saving import delete_record, save_record
from thidua_desktop.services.submissions import submit_all
from thidua_desktop.services.units import find_unit

TODAY = date(2024, 11, 25)


def unit(ports: Ports, code: str) -> Unit:
    with ports.store.read() as work:
        return find_unit(work.records, code)


def own_id(ports: Ports) -> UUID:
    with ports.store.read() as work:
        return work.book.me().unit_id


def task(ports: Ports, code: str) -> Obligation:
    with ports.store.read() as work:
        return work.records.having(Obligation, code=code)[0]


def a_document(ports: Ports, code: str, day: str = "", **changes: Any) -> PlanDocument:
    year, *rest = (int(part) for part in day.split("-")) if day else (2024,)
    unit_id = changes.pop("unit_id", None) or own_id(ports)
    blank = add_document(
        ports, unit_id=unit_id, year=year, obligation_id=task(ports, code).id
    ).record
    said = {"issued_on": PartialDate(year, *rest) if day else None, "number": "12/BC-UBND"}
    wanted = replace(blank, summary="Kết quả phong trào", **(said | changes))
    return save_record(ports, wanted, shown=blank).record


def states(ports: Ports, year: int = 2024, **asked: Any) -> dict[str, DebtState]:
    view = movement_view(ports, unit_id=asked.pop("unit_id", None), year=year, today=TODAY)
    return {due.obligation.code: due.state for due in view.owed}


def test_a_district_owes_its_report_and_its_program_every_year(office: Ports) -> None:
    assert states(office) == {"d-2": DebtState.OPEN, "d-8": DebtState.OPEN}
    assert states(office, 2023) == {"d-2": DebtState.OVERDUE, "d-8": DebtState.OVERDUE}
    assert states(office, 2025) == {}, "from 1/7/2025 there are no districts"
    view = movement_view(office, unit_id=None, year=2024, today=TODAY)
    assert [(one.obligation.code, one.due_on.year) for one in view.owed_before] == [
        ("d-2", 2023),
        ("d-8", 2023),
    ]


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2024-12-10", DebtState.DONE),
        ("2024-12-11", DebtState.LATE),
        ("2024-11", DebtState.DONE),
        ("2024-12", DebtState.UNCLEAR),
        ("", DebtState.UNCLEAR),
    ],
)
def test_a_report_is_on_time_on_the_day_itself(office: Ports, clock, day, state) -> None:
    clock.moment = clock.moment.replace(year=2025)
    a_document(office, "d-2", day)
    assert states(office)["d-2"] is state


def test_the_earliest_document_counts_and_each_year_wants_its_own(office: Ports, clock) -> None:
    clock.moment = clock.moment.replace(year=2025)
    a_document(office, "d-2", "2024-12-20")
    a_document(office, "d-2", "2024-12-09")
    assert states(office)["d-2"] is DebtState.DONE
    assert states(office, 2023)["d-2"] is DebtState.OVERDUE


def test_what_a_document_fulfils_is_done_on_the_start_page_too(office: Ports) -> None:
    def done() -> dict[str, bool]:
        return {one.obligation.code: one.is_done for one in overview(office, today=TODAY).due}

    assert done()["d-2"] is False
    report = a_document(office, "d-2", "2024-11-20")
    assert report.sort is DocumentSort.REPORT, "the obligation says which sort it wants"
    assert done()["d-2"] is True
    delete_record(office, report)
    assert done()["d-2"] is False


def test_the_file_of_a_document_goes_along_to_the_bin_and_back(office: Ports) -> None:
    report = a_document(office, "d-2", "2024-11-20")
    to = AttachedTo(PlanDocument, report.id)
    made = attach(office, PDF_BYTES, to=to, name="Báo cáo.pdf").record

    def files() -> list[FileState]:
        view = movement_view(office, unit_id=None, year=2024, today=TODAY)
        return [row.state for row in view.files.get(report.id, ())]

    assert made.document_id == report.id
    assert made.evidence_id is None
    assert files() == [FileState.HERE]
    delete_record(office, report)
    assert files() == []
    (row,) = bin_rows(office)
    assert (row.title, row.others) == ("12/BC-UBND", 1)
    restore_binned(office, row.kind, row.id)
    assert files() == [FileState.HERE]


def test_the_start_page_asks_for_nothing_after_the_end_of_the_unit(office: Ports) -> None:
    due = overview(office, today=TODAY).due
    assert [(one.obligation.code, one.due_on.year) for one in due] == [("d-2", 2024), ("d-8", 2024)]
    later = overview(office, today=date(2025, 7, 2)).due
    assert later == (), "districts end on 30/6/2025 and nothing falls due before that"


def test_who_follows_takes_over_what_was_never_done(province: Ports, clock) -> None:
    """Xã An Khê … were merged on 1/7/2025; the report of 2024 is owed by the new commune."""
    clock.moment = clock.moment.replace(year=2025, month=8)
    today = date(2025, 8, 1)
    with province.store.read() as work:
        steps = [s for s in work.records.having(Succession) if s.way is SuccessionKind.MERGE]
        communes = [s for s in steps if s.date == PartialDate(2025, 7, 1)]
        heir = work.records.get(Unit, communes[0].to_id)
        old = {s.from_id for s in communes if s.to_id == heir.id}

    def left() -> dict[str, set[UUID]]:
        view = movement_view(province, unit_id=heir.id, year=2025, today=today)
        before = [one for one in view.owed_before if one.due_on.year == 2024]
        assert not any(one.is_done for one in before)
        return {one.obligation.code: {unit.id for unit in one.left_by} for one in before}

    def below(code: str) -> dict[UUID, DebtState]:
        table = units_below(province, year=2024, today=today)
        place = [column.obligation.code for column in table.columns].index(code)
        return {row.unit.id: row.cells[place].state for row in table.rows if row.cells[place]}

    stood = {one for one in old if one in below("d-2")}
    assert stood
    assert left() == {"d-2": stood, "d-8": stood}
    first, *others = sorted(stood)
    a_document(province, "d-2", "2024-12-05", unit_id=first)
    assert left() == {"d-2": set(others), "d-8": stood}
    a_document(province, "d-2", "2025-07-20", unit_id=heir.id, year=2024)
    assert left() == {"d-8": stood}
    states = below("d-2")
    assert {states[one] for one in others} == {DebtState.LATE}
    assert states[first] is DebtState.DONE


def test_the_province_sees_all_below_it_and_what_came_in_a_bundle(pair: Pair) -> None:
    a_document(pair.office, "d-2", "2024-11-20")
    submit_all(pair.office)
    before = units_below(pair.province, year=2024, today=TODAY)
    pair.up()
    after = units_below(pair.province, year=2024, today=TODAY)

    names = [one.obligation.code for one in after.columns]
    assert names == ["d-2", "d-8"]
    assert len(before.rows) == len(after.rows) > 250, "districts, departments, communes"
    assert counts(before.rows, 0)[DebtState.DONE] == 0
    assert counts(after.rows, 0)[DebtState.DONE] == 1
    (row,) = (one for one in after.rows if one.has(DebtState.DONE))
    assert row.unit.code == OFFICE
    assert row.is_direct
    assert not row.is_complete
    labels = {one.label for one in after.rows if one.is_direct}
    assert "Sở Xây dựng" in labels
    assert "Huyện Kiến Xương" not in labels, "its committee speaks for the place"
    assert not any(one.unit.form == "Hội đồng" for one in after.rows)


def test_departments_owed_their_criteria_in_2023(province: Ports) -> None:
    table = units_below(province, year=2023, today=TODAY)
    assert [one.obligation.code for one in table.columns] == ["d-1", "d-2", "d-8"]
    owing = {row.unit.code for row in table.rows if row.cells[0] is not None}
    assert {"sxd", "stc", "hnd"} <= owing
    assert OFFICE not in owing
    assert states(province, 2025) == {
        "d-4": DebtState.OPEN,
        "d-6": DebtState.OPEN,
        "d-7": DebtState.OPEN,
        "d-8": DebtState.OPEN,
    }, "what the province does itself; reports come to it"


def test_from_july_2025_communes_report_to_the_new_province(province: Ports) -> None:
    table = units_below(province, year=2026, today=TODAY)
    assert all(row.unit.valid_to is None for row in table.rows)
    assert sum(row.is_direct and row.unit.form == "Xã" for row in table.rows) > 80


def test_below_a_committee_stand_the_communes_of_its_place(office: Ports) -> None:
    table = units_below(office, year=2024, today=TODAY)
    assert {row.unit.level for row in table.rows} == {"commune"}
    commune = table.rows[0].unit
    a_document(office, "d-2", "2024-11-20", unit_id=commune.id)
    (cell, _) = units_below(office, year=2024, today=TODAY).rows[0].cells
    assert cell is not None
    assert cell.state is DebtState.DONE, "the district records the paper report of a commune"
    view = movement_view(office, unit_id=commune.id, year=2024, today=TODAY)
    assert (view.is_own, view.may_record) == (False, True)
    assert [one.number for one in view.documents] == ["12/BC-UBND"]


def test_a_department_leads_what_section_vi_gives_it_and_what_it_took_over(
    province: Ports,
) -> None:
    def leads(code: str) -> list[str]:
        asked = unit(province, code).id
        view = movement_view(province, unit_id=asked, year=2025, today=TODAY)
        return [one.code for one in view.leads]

    assert leads("sxd") == ["t-1.lead.6"]
    assert leads("sxd-2025") == ["t-1.lead.2", "t-1.lead.6"], "with that of transport"
    view = movement_view(province, unit_id=unit(province, "sxd").id, year=2024, today=TODAY)
    others = [one.code for one in view.tasks]
    assert "t-1.lead.2" in others
    assert others.index("t-1.lead.9") < others.index("t-1.lead.10")


def test_percent_follows_from_planned_and_reached() -> None:
    target = SavingsTarget(id=UUID(int=1), planned=Decimal(12), reached=Decimal(15))
    assert reached_percent(target) == Decimal("125.00")
    assert reached_percent(replace(target, planned=Decimal(0))) is None
    assert reached_percent(replace(target, reached=None)) is None


def a_target(ports: Ports, year: int = 2024, **changes: Any) -> SavingsTarget:
    blank = add_target(ports, unit_id=own_id(ports), year=year).record
    wanted = {"name": "Tiết kiệm điện", "measure": "kWh", "planned": Decimal(500)} | changes
    return save_record(ports, replace(blank, **wanted), shown=blank).record


def a_registration(ports: Ports, year: int = 2024, **changes: Any) -> Registration:
    blank = add_registration(ports, unit_id=own_id(ports), year=year).record
    wanted = {"name": "Phạm Thị Thắm", "title": "Chiến sĩ thi đua cơ sở"} | changes
    return save_record(ports, replace(blank, **wanted), shown=blank).record


def flaws(ports: Ports, year: int = 2024) -> list[MovementFlaw]:
    view = movement_view(ports, unit_id=None, year=year, today=TODAY)
    assert all(one.text.endswith(".") for one in view.findings)
    return [one.flaw for one in view.findings]


def test_what_a_person_should_look_at_is_found(office: Ports, clock) -> None:
    clock.moment = clock.moment.replace(year=2025)
    assert flaws(office) == []
    a_target(office)
    assert flaws(office) == [MovementFlaw.NO_PROGRAM]
    a_document(office, "d-8", "2024-01-15", number="3/CTr-UBND", sort=DocumentSort.PROGRAM)
    assert flaws(office) == []
    a_document(office, "d-2", "2024-12-12")
    assert flaws(office) == [MovementFlaw.LATE]
    a_document(office, "d-2", "2024-12-12")
    assert flaws(office) == [MovementFlaw.LATE, MovementFlaw.TWICE]
    a_registration(office)
    a_registration(office, name="PHẠM THỊ THẮM")
    assert flaws(office)[-1] is MovementFlaw.REGISTERED_TWICE
    a_document(office, "d-2", "2023-03-01", number="1/KH-UBND", sort=DocumentSort.PLAN)
    assert flaws(office, 2023) == [MovementFlaw.BEFORE_PLAN]


def test_two_of_one_name_in_two_places_are_two(office: Ports) -> None:
    a_registration(office, position="Phòng Nội vụ")
    a_registration(office, position="Phòng Tài chính")
    assert flaws(office) == []


def test_last_year_is_copied_once_and_without_what_belongs_to_it(office: Ports) -> None:
    a_registration(office, 2023, signed_on=PartialDate(2023, 1, 20), number="01/GƯ")
    a_registration(office, 2023, name="Trịnh Văn Ổn")
    a_registration(office, 2024)
    a_target(office, 2023, reached=Decimal(480))
    mine = own_id(office)
    assert copy_last_year(office, Registration, unit_id=mine, year=2024).count == 1
    assert copy_last_year(office, Registration, unit_id=mine, year=2024).count == 0
    assert copy_last_year(office, SavingsTarget, unit_id=mine, year=2024).count == 1
    view = movement_view(office, unit_id=None, year=2024, today=TODAY)
    assert [(one.name, one.signed_on, one.number) for one in view.registrations] == [
        ("Phạm Thị Thắm", None, ""),
        ("Trịnh Văn Ổn", None, ""),
    ]
    (target,) = view.targets
    assert (target.name, target.planned, target.reached) == ("Tiết kiệm điện", None, None)


def test_a_registration_of_a_person_of_the_list_takes_name_and_place(office: Ports) -> None:
    person = Person(
        id=office.new_id(63), full_name="Vũ Thị Lựu", position="Kế toán", workplace="Xã Vũ Lễ"
    )
    save_record(office, person)
    made = add_registration(
        office, unit_id=own_id(office), year=2024, who=("person", person.id)
    ).record
    assert (made.person_id, made.name, made.position) == (
        person.id,
        "Vũ Thị Lựu",
        "Kế toán, Xã Vũ Lễ",
    )


def test_what_is_entered_next_keeps_what_stays(office: Ports) -> None:
    first = a_registration(office, signed_on=PartialDate(2024, 1, 15), note="Ghi chú")
    second = add_like(office, first).record
    assert (second.year, second.title, second.signed_on) == (2024, first.title, first.signed_on)
    assert (second.name, second.note, second.unit_id) == ("", "", first.unit_id)


def test_a_file_is_of_evidence_or_of_a_document_never_of_both() -> None:
    from thidua_desktop.domain.attachments import Attachment  # noqa: PLC0415
    from thidua_desktop.domain.checks import checked  # noqa: PLC0415

    both = Attachment(id=UUID(int=1), evidence_id=UUID(int=2), document_id=UUID(int=3))
    assert [(one.field, one.issue) for one in checked(both)] == [("document_id", Issue.ONE_PLACE)]


@pytest.mark.parametrize(
    ("kind", "fields", "field", "issue"),
    [
        (PlanDocument, {"issued_on": PartialDate(2024, 12, 25)}, "issued_on", Issue.IN_FUTURE),
        (SavingsTarget, {"planned": Decimal(-1)}, "planned", Issue.TOO_SMALL),
        (
            Registration,
            {"person_id": UUID(int=1), "collective_id": UUID(int=2)},
            "collective_id",
            Issue.ONE_HOLDER,
        ),
    ],
)
def test_what_forms_refuse_is_refused_of_lines_of_a_file(
    office: Ports, kind: type[Record], fields: dict[str, Any], field: str, issue: Issue
) -> None:
    spec = kind_spec(kind)
    said = {name: to_json(spec.field(name), value) for name, value in fields.items()}
    with pytest.raises(InvalidLinesError) as of_file:
        put_lines(office, json.dumps({"kind": spec.name, "fields": said}))
    with pytest.raises(InvalidInputError) as of_form:
        save_record(office, replace_values(kind(id=office.new_id(63)), fields))
    for refused in (of_file, of_form):
        assert [(one.field, one.issue) for one in refused.value.issues] == [(field, issue)]


def test_the_schema_and_the_dump_know_the_new_kinds(office: Ports) -> None:
    kinds = {one["kind"]: one for one in schema()["kinds"]}
    names = {field["name"]: field for field in kinds["plan_document"]["fields"]}
    assert names["sort"]["allowed"][0] == "plan"
    assert names["obligation_id"]["kind"] == "obligation"
    a_target(office)
    (line,) = dump_lines(office, "savings_target")
    assert json.loads(line)["fields"]["planned"] == "500.00"
