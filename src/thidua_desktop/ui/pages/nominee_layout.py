"""Where each field of a nominee and of its merit stands in the dossier."""

from __future__ import annotations

from thidua_desktop.domain.merit import Achievement, Initiative, Position, PriorAward, YearlyRating
from thidua_desktop.domain.proposals import Contribution, Subject
from thidua_desktop.domain.records import Record

ROWS: dict[Subject, tuple[str | tuple[str, ...], ...]] = {
    Subject.PERSON: (
        ("full_name", "birth_date"),
        ("gender", "honorific", "ethnicity"),
        ("native_place",),
        ("address", "phone"),
        "Công tác",
        ("position", "workplace"),
        ("party_position", "union_position"),
        ("department", "unit_id"),
        ("qualification", "academic_titles"),
        ("duties",),
        "Phân loại",
        ("nominee_class", "work_field"),
        ("group_id", "is_party_member"),
    ),
    Subject.COLLECTIVE: (
        ("name",),
        ("address",),
        ("phone", "fax", "website"),
        ("head", "head_position"),
        "Tổ chức",
        ("headcount", "women", "party_members"),
        ("structure",),
        ("qualification",),
        ("duties",),
        ("history",),
        ("features",),
        ("facilities",),
        ("bodies",),
        "Phân loại",
        ("nominee_class", "work_field"),
        ("group_id", "unit_id"),
    ),
    Subject.HOUSEHOLD: (
        ("head", "birth_date"),
        ("gender", "ethnicity", "members"),
        ("address",),
        ("village", "unit_id"),
        ("occupation", "phone"),
        ("work_field",),
    ),
}
HEIGHTS = dict.fromkeys(("duties", "structure", "history", "features", "facilities", "bodies"), 2)
_Names = tuple[str, ...]
LINES: tuple[tuple[type[Record], _Names, _Names, _Names, str, str], ...] = (
    (
        Position,
        ("title", "workplace", "sort", "held_from", "held_to", "note"),
        ("title", "workplace"),
        (),
        "Chức vụ theo thời gian",
        "Thêm chức vụ",
    ),
    (
        YearlyRating,
        ("year", "level", "sort", "decision_number", "decision_date", "issuer"),
        ("year", "level", "sort"),
        (),
        "Xếp loại hằng năm",
        "Thêm năm",
    ),
    (
        PriorAward,
        (
            *("award_form_id", "title", "basis", "year", "decision_number", "decision_date"),
            *("sort", "movement_id", "issuer"),
        ),
        ("award_form_id", "title", "basis"),
        ("sort", "movement_id", "issuer"),
        "Khen thưởng đã nhận",
        "Thêm khen thưởng",
    ),
    (
        Initiative,
        (
            *("name", "scope", "year", "decision_number", "decision_date", "issuer"),
            *("summary", "authors"),
        ),
        ("name", "scope"),
        ("summary", "authors"),
        "Sáng kiến, đề tài",
        "Thêm sáng kiến",
    ),
    (
        Achievement,
        ("wording", "year", "sort", "quantity", "measure"),
        ("wording",),
        (),
        "Thành tích từng năm",
        "Thêm thành tích",
    ),
    (
        Contribution,
        ("wording", "sort", "quantity", "measure", "date"),
        ("wording",),
        (),
        "Đóng góp",
        "Thêm đóng góp",
    ),
)
