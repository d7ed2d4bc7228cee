"""Reports of the movement (báo cáo năm, sơ kết, tổng kết): begun, filled, finished."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from thidua_desktop.domain.annual_reports import (
    AnnualReport,
    ReportSort,
    obligation_for,
    open_texts,
)
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.deadlines import due_in
from thidua_desktop.domain.movements import Obligation
from thidua_desktop.domain.records import keyed_id, replace_values
from thidua_desktop.domain.units import Unit
from thidua_desktop.services.debts import names_of
from thidua_desktop.services.movement_papers import reports_of
from thidua_desktop.services.movements import Copied
from thidua_desktop.services.ports import Ports, Records
from thidua_desktop.services.saving import RecordSaved, keep


def start_report(
    ports: Ports, *, unit_id: UUID, sort: ReportSort, year: int
) -> RecordSaved[AnnualReport]:
    """Begin a report of a unit, or go on with the one that is there. Raises NotFoundError."""
    with ports.store.write() as work:
        records = work.records
        unit = records.get(Unit, unit_id)
        for one in _reports(records, unit_id):
            if (one.sort, one.year) == (sort, year):
                return RecordSaved(one, work.commit())
        key = {"unit_id": unit_id, "sort": sort, "year": year}
        report_id = keyed_id(AnnualReport, work.book.me().number, **key)
        owed = due_in(records.having(Obligation), year, level=unit.level, today=date(year, 1, 1))
        said = key | {"obligation_id": obligation_for(sort, owed)}
        records.write(AnnualReport, report_id, said)
        return RecordSaved(records.get(AnnualReport, report_id), work.commit())


def finish_report(ports: Ports, report: AnnualReport) -> RecordSaved[AnnualReport]:
    """Say that a report was issued today; what it fulfils is done by it.

    Raises InvalidInputError and StaleEditError.
    """
    with ports.store.write() as work:
        issued = replace(report, issued_on=PartialDate.of(ports.now().date()))
        return RecordSaved(keep(work, issued, shown=report), work.commit())


def copy_last_report(ports: Ports, report: AnnualReport) -> Copied:
    """Take over the texts of the report before into those that are not written yet.

    Raises NotFoundError and StaleEditError.
    """
    with ports.store.write() as work:
        records = work.records
        now = records.get(AnnualReport, report.id)
        every = _reports(records, now.unit_id)
        before = [one for one in every if (one.year or 0) < (now.year or 0)]
        if not before:
            return Copied(count=0, changes=work.commit())
        last = max(before, key=lambda one: (one.year or 0, one.sort is now.sort))
        taken = {name: getattr(last, name) for name in open_texts(now) if getattr(last, name)}
        if taken:
            keep(work, replace_values(now, taken), shown=now)
        return Copied(count=len(taken), changes=work.commit())


def _reports(records: Records, unit_id: UUID | None) -> tuple[AnnualReport, ...]:
    unit = records.get(Unit, unit_id or UUID(int=0))
    return reports_of(records, names_of(unit, records.having(Unit)))
