"""Documents, savings targets and registrations as rows of lists; the fields of their forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sized
from decimal import Decimal
from uuid import UUID

from thidua_desktop.domain.dates import shown
from thidua_desktop.domain.movements import (
    Obligation,
    PlanDocument,
    Registration,
    SavingsTarget,
    reached_percent,
)
from thidua_desktop.domain.numbers import decimal_text
from thidua_desktop.domain.words import word
from thidua_desktop.services.movement_findings import document_name
from thidua_desktop.ui.widgets.rows import Row

_WHOLE = 100
DOCUMENT_ROWS = (
    ("sort",),
    ("number", "issued_on", "year"),
    ("obligation_id",),
    ("summary",),
    ("note",),
)
TARGET_ROWS = (("name",), ("field", "year"), ("measure", "planned", "reached"), ("note",))
REGISTRATION_ROWS = (
    ("name",),
    ("position",),
    ("award_form_id",),
    ("title",),
    ("year", "signed_on"),
    ("number",),
    ("note",),
)
NO_DOCUMENT = (
    "Chưa ghi văn bản nào của năm này. Bấm “Thêm văn bản” (Ctrl+N), hoặc chọn một việc ở thẻ Việc "
    "phải làm rồi bấm “Ghi văn bản cho việc này”."
)
NO_TARGET = (
    "Chưa có chỉ tiêu tiết kiệm nào của năm này. Bấm “Thêm chỉ tiêu” (Ctrl+N), hoặc chép chỉ tiêu "
    "của năm trước rồi ghi số của năm nay."
)
NO_REGISTRATION = (
    "Chưa có đăng ký nào của năm này. Bấm “Thêm đăng ký” (Ctrl+N), hoặc chép danh sách của năm "
    "trước."
)


def document_row(
    one: PlanDocument, files: Mapping[UUID, Sized], obligations: Iterable[Obligation]
) -> Row:
    """Return the row of a document: what it is, what it is about, what it fulfils."""
    tasks: dict[UUID | None, str] = {
        other.id: other.task[:1].upper() + other.task[1:] for other in obligations
    }
    said = (one.summary or "(chưa có trích yếu)", tasks.get(one.obligation_id, ""))
    count = len(files.get(one.id, ()))
    status, kind = (f"{count} tệp", "info") if count else ("Chưa kèm tệp", "plain")
    below = " · ".join(part for part in said if part)
    return Row(one.id, document_name(one), below, status, kind)


def target_row(one: SavingsTarget) -> Row:
    """Return the row of a savings target."""
    percent = reached_percent(one)
    parts = [
        word(one.field),
        f"kế hoạch {_figure(one.planned)} {one.measure}".rstrip()
        if one.planned is not None
        else "",
        f"thực hiện {_figure(one.reached)}" if one.reached is not None else "",
    ]
    if percent is None:
        status, kind = ("Chưa có số thực hiện" if one.planned else "Chưa có số kế hoạch"), "plain"
    else:
        enough = percent >= _WHOLE
        status, kind = (
            f"{'Đạt' if enough else 'Mới đạt'} {decimal_text(percent)} %",
            ("ok" if enough else "warn"),
        )
    below = " · ".join(part for part in parts if part)
    return Row(one.id, one.name or "(chưa có nội dung)", below, status, kind)


def formula(one: SavingsTarget) -> str:
    """Return how the per cent comes about, or why there is none yet."""
    percent = reached_percent(one)
    if percent is None:
        return (
            "Tỷ lệ = thực hiện ÷ kế hoạch × 100. Chưa tính được vì còn thiếu số, hoặc kế hoạch "
            "bằng 0."
        )
    planned, reached = _figure(one.planned), _figure(one.reached)
    counted = f"{reached} ÷ {planned} × 100 = {decimal_text(percent)} %"
    return f"Tỷ lệ = thực hiện ÷ kế hoạch × 100 = {counted}."


def registration_row(one: Registration) -> Row:
    """Return the row of a registration."""
    day = f"ký {shown(one.signed_on)}" if one.signed_on else ""
    below = " · ".join(part for part in (one.position, one.title, day) if part)
    status, kind = ("Đã ký", "ok") if one.signed_on else ("Chưa ký", "plain")
    return Row(one.id, one.name or "(chưa có tên)", below, status, kind)


def _figure(number: Decimal | None) -> str:
    return decimal_text(number) if number is not None else "?"
