"""Values taken out of the log for good, where the law gives a person that right (bundle.md 13)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.ids import PROVINCE_NUMBER, office_number
from thidua_desktop.domain.records import Record, record_kind, said


class Unredactable(StrEnum):
    """Why a value cannot be taken out."""

    NOT_OWNER = "not_owner"
    NO_VALUE = "no_value"
    OPEN = "open"


@record_kind("Quyết định xóa giá trị")
@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction(Record):
    """That these writes of a record lose their values, everywhere this record arrives.

    `ops` are their names, `origin:number`, `files` the SHA-256 of files that held the value; one on
    each line. It counts when it was written by the office that owns the record, or the province.
    """

    about_kind: str = said("Loại bản ghi", required=True, longest=60)
    about_id: UUID | None = said("Bản ghi", blank=None, required=True, addresses=True)
    about_field: str = said("Ô bị xóa", required=True, longest=60)
    ops: str = said("Các lần ghi", required=True, lines=True, longest=24_000)
    files: str = said("Các tệp", lines=True, longest=24_000)
    reason: str = said("Lý do", required=True, lines=True)
    date: PartialDate | None = said("Ngày xóa", blank=None)


def may_redact(office: int, record_id: UUID) -> bool:
    """Tell whether the office of this number may take values out of a record."""
    return office in {PROVINCE_NUMBER, office_number(record_id)}
