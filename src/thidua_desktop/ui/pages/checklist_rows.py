"""What stands in the list of Phiếu tiêu chí, and the words over it."""

from __future__ import annotations

from thidua_desktop.domain.criteria import Criterion, PointSort, Score
from thidua_desktop.domain.dates import shown
from thidua_desktop.domain.numbers import decimal_text
from thidua_desktop.domain.scoring import Tier
from thidua_desktop.domain.totals import times_of
from thidua_desktop.domain.words import word
from thidua_desktop.services.cells import columns_of, nothing, said_by
from thidua_desktop.services.checklists import ChecklistRow, ChecklistView, EntryRow
from thidua_desktop.ui.pages.score_panel import status_of
from thidua_desktop.ui.widgets.columns import Column
from thidua_desktop.ui.widgets.rows import Row

_OF_CRITERION = columns_of(Criterion, without=("set_id", "place"))
_OF_SCORE = columns_of(Score, without=("checklist_id", "criterion_id"))
COLUMNS = (
    *(Column(one.name, one.label) for one in (*_OF_CRITERION, *_OF_SCORE)),
    Column("computed", "Điểm tính ra"),
)


def list_row(row: ChecklistRow) -> Row:
    """Return the row of a criterion: what was said of it, and how it stands."""
    criterion = row.row.criterion
    status, kind = status_of(row)
    about = criterion.part or (f"Mục {criterion.section}" if criterion.section else "")
    below = row.score.note.replace("\n", " ") or about
    cells = (
        *said_by(nothing, criterion, _OF_CRITERION),
        *said_by(nothing, row.score, _OF_SCORE),
        "" if row.computed is None else decimal_text(row.computed),
    )
    title = f"{criterion.place or ''}. {criterion.wording}"
    return Row(criterion.id, title, below, status, kind, cells)


def entry_row(row: EntryRow) -> Row:
    """Return the row of a rule: what it added or took."""
    times = times_of(row.entry, Tier.VERIFIED)
    bonus = row.rule.sort is PointSort.BONUS
    points = decimal_text((row.rule.points or 0) * times)
    status = f"{'+' if bonus else '−'}{points}" if times else ""
    below = f"{word(row.rule.sort)} · {times} lần" if times else word(row.rule.sort)
    return Row(row.rule.id, row.rule.wording, below, status, "info")


def sum_text(view: ChecklistView) -> str:
    """Return what is lacking, the rank, and whether it was keyed twice."""
    parts = []
    lacking = sum(row.lacks_evidence for row in view.rows)
    reasons = sum(bool(row.lacking) for row in view.rows)
    if lacking:
        parts.append(f"{lacking} tiêu chí thiếu minh chứng")
    if reasons:
        parts.append(f"{reasons} tiêu chí thiếu lý do")
    rank = view.rank
    if rank is not None:
        shared = f" (đồng hạng với {rank.shared} đơn vị)" if rank.shared else ""
        parts.append(f"Hạng {rank.place}/{rank.among}{shared}")
    if view.checklist.keyed_twice_on is not None:
        parts.append(f"✓ Nhập hai lần {shown(view.checklist.keyed_twice_on)}")
    return " · ".join(parts)


def banner_of(view: ChecklistView) -> tuple[str, str]:
    """Return what is to be known before one fills in: whose it is, and of which version."""
    newer = view.followed_by
    if newer is not None:
        mine = view.criteria_set.version or 1
        words = (
            f"Đã có phiên bản {newer.version}, ban hành ngày {shown(newer.issued_on)}: muốn lập "
            "theo phiên bản đó, hãy chọn nó ở trên; phiếu này giữ nguyên."
        )
        return f"Phiếu này lập theo phiên bản {mine}", words
    if not view.may_fill:
        return (
            f"Phiếu của {view.unit_name}",
            "Phần tự chấm chỉ đọc; tỉnh ghi điểm chấm chéo, điểm thẩm định và lý do.",
        )
    return "", ""
