"""Reports of a unit on the movement (báo cáo năm, sơ kết, tổng kết): what only people can say.

The figures stand in the other records and are counted when the report is printed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.deadlines import Due
from thidua_desktop.domain.movements import DocumentSort, Recurrence
from thidua_desktop.domain.records import Record, UnknownChoice, record_kind, said

# Twelve of them must fit into one line of the log (bundle.md 12).
_LONGEST = 5_000


class ReportSort(StrEnum):
    """Of what a report speaks: of one year, or of all years up to a review."""

    YEARLY = "yearly"
    REVIEW = "review"


@record_kind("Báo cáo của phong trào", key=("unit_id", "sort", "year"))
@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualReport(Record):
    """What a unit reports of the movement. It is finished on the day it was issued."""

    unit_id: UUID | None = said("Đơn vị báo cáo", blank=None, required=True, refers_to="unit")
    sort: ReportSort | UnknownChoice | None = said("Loại báo cáo", blank=None, required=True)
    year: int | None = said("Năm", blank=None, required=True, least=1945, most=2200)
    number: str = said("Số, ký hiệu", longest=60)
    issued_on: PartialDate | None = said("Ngày ban hành", blank=None, past=True)
    obligation_id: UUID | None = said("Thực hiện việc phải làm", blank=None, refers_to="obligation")
    steering: str = said("Chỉ đạo, tuyên truyền, phát động", lines=True, longest=_LONGEST)
    infrastructure: str = said("Kết cấu hạ tầng", lines=True, longest=_LONGEST)
    thrift: str = said("Tiết kiệm, chống lãng phí", lines=True, longest=_LONGEST)
    exemplars: str = said("Điển hình, mô hình", lines=True, longest=_LONGEST)
    inspections: str = said("Kiểm tra, giám sát", lines=True, longest=_LONGEST)
    results: str = said("Ưu điểm", lines=True, longest=_LONGEST)
    shortcomings: str = said("Hạn chế", lines=True, longest=_LONGEST)
    causes: str = said("Nguyên nhân", lines=True, longest=_LONGEST)
    lessons: str = said("Bài học kinh nghiệm", lines=True, longest=_LONGEST)
    against_plan: str = said("So với mục tiêu của kế hoạch", lines=True, longest=_LONGEST)
    tasks: str = said("Phương hướng, nhiệm vụ", lines=True, longest=_LONGEST)
    requests: str = said("Kiến nghị, đề xuất", lines=True, longest=_LONGEST)

    @property
    def is_finished(self) -> bool:
        """Tell whether it was issued."""
        return self.issued_on is not None


TEXTS = (
    *("steering", "infrastructure", "thrift", "exemplars", "inspections"),
    *("results", "shortcomings", "causes", "lessons", "against_plan", "tasks", "requests"),
)
OF_REVIEWS = frozenset({"against_plan"})


def texts_for(sort: ReportSort | UnknownChoice | None) -> tuple[str, ...]:
    """Return which texts such a report has."""
    return tuple(name for name in TEXTS if sort is not ReportSort.YEARLY or name not in OF_REVIEWS)


def open_texts(report: AnnualReport) -> tuple[str, ...]:
    """Return the texts that are not written yet."""
    return tuple(name for name in texts_for(report.sort) if not getattr(report, name).strip())


def obligation_for(sort: ReportSort, owed: Iterable[Due]) -> UUID | None:
    """Return which of the things owed in a year such a report fulfils."""
    found = (
        due.obligation
        for due in owed
        if due.obligation.paper is DocumentSort.REPORT
        and (due.obligation.recurrence is Recurrence.YEARLY) is (sort is ReportSort.YEARLY)
    )
    return next((one.id for one in found), None)
