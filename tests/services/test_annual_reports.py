"""Reports on the movement: begun, written, finished; what they fulfil, what they print."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from office_work import OFFICE, Pair
from thidua_desktop.domain.annual_reports import AnnualReport, ReportSort, open_texts
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.deadlines import DebtState
from thidua_desktop.domain.dossiers import GAP_LINES
from thidua_desktop.domain.errors import InvalidLinesError
from thidua_desktop.domain.movements import Obligation
from thidua_desktop.domain.page_words import words_of
from thidua_desktop.domain.records import keyed_id
from thidua_desktop.services.annual_reports import copy_last_report, finish_report, start_report
from thidua_desktop.services.movements import MovementView, movement_view
from thidua_desktop.services.movements_below import units_below
from thidua_desktop.services.office_papers import OfficeForm, office_paper
from thidua_desktop.services.overview import overview
from thidua_desktop.services.pages.forms import pages_of
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.records import put_lines
from thidua_desktop.services.saving import delete_record, save_record
from thidua_desktop.services.submissions import submit_all
from thidua_desktop.services.units import find_unit

TODAY = date(2024, 11, 25)
WRITTEN = {
    "results": "Nhân dân hiến đất.\nLàm 3,2 km đường.",
    "shortcomings": "Còn chậm.",
    "tasks": "Làm tiếp.",
}


def own(ports: Ports) -> UUID:
    with ports.store.read() as work:
        return find_unit(work.records, OFFICE).id


def view(ports: Ports, year: int = 2024) -> MovementView:
    return movement_view(ports, unit_id=None, year=year, today=TODAY)


def begun(
    ports: Ports, year: int = 2024, sort: ReportSort = ReportSort.YEARLY, **texts: str
) -> AnnualReport:
    shown = start_report(ports, unit_id=own(ports), sort=sort, year=year).record
    return save_record(ports, replace(shown, **texts), shown=shown).record if texts else shown


def states(ports: Ports, year: int = 2024) -> dict[str, DebtState]:
    return {due.obligation.code: due.state for due in view(ports, year).owed}


def printed(ports: Ports, form: OfficeForm, year: int) -> str:
    (page,) = pages_of(office_paper(ports, form=form, year=year))
    return "\n".join(words_of(page))


def test_what_is_owed_is_done_when_the_report_is_finished_here_and_at_the_province(
    pair: Pair,
) -> None:
    office = pair.office
    report = begun(office, **WRITTEN)
    assert states(office)["d-2"] is DebtState.OPEN
    submit_all(office)
    pair.up()
    with pair.province.store.read() as work:
        assert work.records.having(AnnualReport) == (), "what is being written stays private"

    finish_report(office, report)
    assert states(office)["d-2"] is DebtState.DONE
    done = {one.obligation.code: one.is_done for one in overview(office, today=TODAY).due}
    assert done["d-2"]
    submit_all(office)
    pair.up()
    table = units_below(pair.province, year=2024, today=TODAY)
    cells = [cell for row in table.rows for cell in row.cells if cell is not None]
    (paper,) = next(cell.documents for cell in cells if cell.is_done)
    assert (paper.id, paper.summary) == (report.id, "Báo cáo năm 2024")


def test_a_review_fulfils_the_review_of_its_year_and_a_yearly_report_what_is_owed_yearly(
    office: Ports,
) -> None:
    with office.store.read() as work:
        codes = {one.id: one.code for one in work.records.having(Obligation)}
    found = [
        codes.get(begun(office, year, sort).obligation_id)
        for year, sort in (
            (2025, ReportSort.REVIEW),
            (2025, ReportSort.YEARLY),
            (2028, ReportSort.REVIEW),
        )
    ]
    assert found == ["d-4", "d-2", None]


def test_a_report_is_begun_once_and_again_after_it_was_deleted(office: Ports) -> None:
    report = begun(office, **WRITTEN)
    assert begun(office).results == report.results
    delete_record(office, report)
    assert begun(office).id == report.id


def test_the_texts_of_the_year_before_fill_only_what_is_not_written(office: Ports) -> None:
    begun(office, 2022, lessons="Cũ.")
    begun(office, 2023, **WRITTEN)
    report = begun(office, results="Năm nay khác.")
    assert copy_last_report(office, report).count == 2
    (now,) = view(office).reports
    assert (now.results, now.shortcomings, now.lessons) == ("Năm nay khác.", "Còn chậm.", "")
    assert "against_plan" not in open_texts(now)
    assert (now.number, now.issued_on) == ("", None)


def test_the_report_prints_what_was_written_and_lines_for_the_pen_for_the_rest(
    office: Ports,
) -> None:
    empty = printed(office, OfficeForm.YEAR_REPORT, 2024)
    report = begun(office, number="9/BC-UBND", **WRITTEN)
    save_record(office, replace(report, issued_on=PartialDate(2024, 11, 20)), shown=report)
    full = printed(office, OfficeForm.YEAR_REPORT, 2024)
    for words in ("Số: 09/BC-UBND", "ngày 20 tháng 11 năm 2024", "Làm 3,2 km đường."):
        assert words in full
        assert words not in empty
    assert full.count(GAP_LINES[0]) == empty.count(GAP_LINES[0]) - 2 * len(WRITTEN)
    assert "Báo cáo tình hình tổ chức thực hiện" in empty
    assert "Báo cáo tình hình tổ chức thực hiện" not in full, "a report is no task of itself"
    assert "So với mục tiêu" not in full
    assert "So với mục tiêu" in printed(office, OfficeForm.REVIEW, 2025)


def test_a_file_of_lines_writes_the_report_that_the_form_writes(office: Ports) -> None:
    report = begun(office)
    fields = {"unit_id": str(own(office)), "sort": "yearly", "year": 2024, "results": "Tốt."}
    put_lines(office, json.dumps({"kind": "annual_report", "fields": fields}))
    assert [(one.id, one.results) for one in view(office).reports] == [(report.id, "Tốt.")]
    with office.store.read() as work:
        me = work.book.me().number
    key = {"unit_id": own(office), "sort": ReportSort.YEARLY, "year": 2024}
    assert keyed_id(AnnualReport, me, **key) == report.id
    with pytest.raises(InvalidLinesError):
        put_lines(office, json.dumps({"kind": "annual_report", "fields": {"year": 1800}}))
