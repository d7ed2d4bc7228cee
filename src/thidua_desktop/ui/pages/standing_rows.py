"""What the start page says of bundles: missing, asked for, old, not yet sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from thidua_desktop.domain.words import kind_label
from thidua_desktop.services.overview import Overview
from thidua_desktop.services.standing import LONG, Freshness, Gap

_MOST_SILENT = 5
_MOST_KINDS = 6


@dataclass(frozen=True, slots=True)
class StandingLine:
    """A row: title, what stands below it, a status and its kind; and a job with its label."""

    row: tuple[str, str, str, str]
    label: str = ""
    job: Callable[[], None] | None = None


def standing_rows(
    said: Overview, *, ask: Callable[[Gap], None], send: Callable[[], None]
) -> list[StandingLine]:
    """Return the rows, what wants most of the reader first."""
    stand = said.standing
    lines = [_gap_line(gap, partial(ask, gap)) for gap in stand.gaps]
    for request in stand.requests:
        number = f" từ số {request.number}" if request.number else " gửi trước đây"
        below = (
            f"Tỉnh đã nhận gói số {request.seen} nhưng chưa nhập được. Hãy xuất gói: gói mới tự "
            "mang đủ, không cần tìm lại tệp cũ."
        )
        row = (f"Tỉnh cần gói{number}", below, "Cần gửi", "err")
        lines.append(StandingLine(row, "Tới trang Gói dữ liệu", send))
    if stand.fresh is not None and stand.fresh.days >= LONG:
        below = "Vẫn làm việc bình thường; nên xin tỉnh gói mới."
        lines.append(StandingLine((stand.fresh.text, below, "Đã lâu", "warn")))
    lines += [StandingLine((one.text, "", "Đã lâu", "warn")) for one in stand.silent[:_MOST_SILENT]]
    others = len(stand.silent) - _MOST_SILENT
    if others > 0:
        lines.append(StandingLine((f"Và {others} nơi nữa lâu chưa gửi gói.", "", "", "plain")))
    lines.append(_own_line(said, send))
    if stand.fresh is not None and stand.fresh.days < LONG:
        lines.append(StandingLine((_recent(stand.fresh), "", "", "plain")))
    return lines


def _gap_line(gap: Gap, job: Callable[[], None]) -> StandingLine:
    is_long = gap.days >= LONG
    asked = "Đã xin gửi lại. " if gap.is_asked else ""
    below = f"{asked}Chờ đã {gap.days} ngày." if gap.days else asked
    label = "Xin gửi lại lần nữa…" if gap.is_asked else "Xin gửi lại…"
    status = "Chờ quá lâu" if is_long else "Thiếu gói"
    return StandingLine((gap.text, below, status, "err" if is_long else "warn"), label, job)


def _own_line(said: Overview, send: Callable[[], None]) -> StandingLine:
    stand = said.standing
    other = "các đơn vị" if said.office.is_province else "tỉnh"
    waits = said.unacknowledged - stand.unsent
    parts = [
        f"{stand.drafts} bản ghi chưa chia sẻ" if stand.drafts else "",
        f"{stand.unsent} thay đổi chưa xuất gói" if stand.unsent else "",
        f"{waits} thay đổi đã gửi mà {other} chưa báo nhận" if waits > 0 else "",
    ]
    told = ", ".join(filter(None, parts)) or "không có thay đổi nào chưa gửi, chưa được báo nhận"
    named = [f"{kind_label(kind).lower()} {count}" for kind, count in stand.changed[:_MOST_KINDS]]
    others = len(stand.changed) - len(named)
    named += [f"và {others} loại khác"] if others > 0 else []
    below = f"Đã thêm, sửa: {', '.join(named)}." if named else ""
    row = (f"Từ gói gần nhất: {told}.", below, "", "plain")
    return StandingLine(row, "Xuất gói", send) if stand.unsent else StandingLine(row)


def _recent(fresh: Freshness) -> str:
    return fresh.text
