"""What fulfils the things that units owe: documents as noted, and reports that are finished."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from thidua_desktop.domain.annual_reports import AnnualReport, ReportSort
from thidua_desktop.domain.movements import DocumentSort, PlanDocument
from thidua_desktop.domain.words import word
from thidua_desktop.services.ports import Records


def papers_of(records: Records, names: Iterable[UUID]) -> tuple[PlanDocument, ...]:
    """Return the papers of a unit, under all its names."""
    ordered = sorted(names)
    documents = (one for name in ordered for one in records.having(PlanDocument, unit_id=name))
    return (*documents, *as_documents(reports_of(records, ordered)))


def reports_of(records: Records, names: Iterable[UUID]) -> tuple[AnnualReport, ...]:
    """Return the reports of a unit, under all its names: by year, a review after the year's own."""
    found = [one for name in sorted(names) for one in records.having(AnnualReport, unit_id=name)]
    return tuple(
        sorted(found, key=lambda one: (one.year or 0, one.sort is not ReportSort.YEARLY, one.id))
    )


def papers_of_all(records: Records) -> tuple[PlanDocument, ...]:
    """Return the papers of all units."""
    return (*records.having(PlanDocument), *as_documents(records.having(AnnualReport)))


def as_documents(reports: Iterable[AnnualReport]) -> tuple[PlanDocument, ...]:
    """Return finished reports as documents of the movement, under their own ids."""
    return tuple(
        PlanDocument(
            id=one.id,
            unit_id=one.unit_id,
            sort=DocumentSort.REPORT,
            number=one.number,
            issued_on=one.issued_on,
            summary=report_name(one),
            year=one.year,
            obligation_id=one.obligation_id,
        )
        for one in reports
        if one.is_finished
    )


def report_name(report: AnnualReport) -> str:
    """Return a report as people call it: Báo cáo năm 2024."""
    return f"{word(report.sort) or 'Báo cáo'} {report.year or ''}".strip()
