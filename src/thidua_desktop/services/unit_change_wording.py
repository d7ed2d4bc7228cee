"""What a change of the register would write, in words, for window and command line alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from thidua_desktop.domain.dates import shown
from thidua_desktop.domain.unit_changes import ChangePlan
from thidua_desktop.domain.units import SuccessionKind, Unit
from thidua_desktop.domain.words import word
from thidua_desktop.services.unit_changes import ChangePreview, ChangeUndoing

Lines = tuple[str, tuple[str, ...]]


def change_lines(preview: ChangePreview) -> tuple[Lines, ...]:
    """Return headings, each with its lines."""
    plan = preview.plan
    day = shown(plan.change.day)
    parts: list[Lines] = [
        (
            "Cần xem lại",
            tuple(
                f"Đã có đơn vị khác cùng tên: {unit.name} (mã {unit.code})."
                for unit in preview.namesakes
            ),
        ),
        ("Hết hiệu lực", tuple(_ended(old, new) for old, new in plan.ended)),
        ("Lập mới", tuple(_born(unit, preview) for unit in plan.born)),
        ("Kế thừa", tuple(_steps(preview))),
        ("Cụm, khối thi đua", tuple(_groups(preview))),
        (
            "Đi theo đơn vị kế thừa",
            tuple(f"{unit.name}, từ {day}" for unit in plan.carried),
        ),
        ("Giữ nguyên tên cũ (giấy tờ của thời ấy)", tuple(_kept(preview))),
        ("Việc còn phải làm", tuple(_left_to_do(preview))),
    ]
    return tuple(part for part in parts if part[1])


def undoing_lines(back: ChangeUndoing) -> tuple[Lines, ...]:
    """Return what taking a change back writes, under headings."""
    parts: list[Lines] = [
        ("Trở lại hoạt động", tuple(unit.name for unit in back.reopened)),
        ("Bỏ khỏi danh mục", tuple(unit.name for unit in back.removed)),
        ("Bỏ bước kế thừa", (f"{len(back.steps)} dòng",)),
        (
            "Cụm, khối thi đua",
            (f"{len(back.rejoined)} đơn vị trở lại, {len(back.parted)} đơn vị ra",)
            if back.rejoined or back.parted
            else (),
        ),
    ]
    return tuple(part for part in parts if part[1])


def change_summary(plan: ChangePlan) -> str:
    """Return in one sentence what was done."""
    count = len(plan.change.old)
    new = ", ".join(unit.name for unit in plan.born)
    match plan.change.way:
        case SuccessionKind.MERGE if new:
            return f"Đã sáp nhập {count} đơn vị thành {new}."
        case SuccessionKind.MERGE:
            return f"Đã sáp nhập {count} đơn vị vào đơn vị đang có."
        case SuccessionKind.SPLIT:
            return f"Đã chia, tách thành {len(plan.born)} đơn vị: {new}."
        case SuccessionKind.RENAME:
            return f"Đã đổi tên thành {new}."
        case _:
            return "Đã giải thể đơn vị."


def _ended(old: Unit, new: Unit) -> str:
    return f"{old.name} (mã {old.code}), hết ngày {shown(new.valid_to)}"


def _born(unit: Unit, preview: ChangePreview) -> str:
    above = preview.names.get(unit.parent_id, "") if unit.parent_id else ""
    under = f", trực thuộc {above}" if above else ""
    return (
        f"{unit.name} (mã {unit.code}), từ ngày {shown(unit.valid_from)}{under}, "
        f"số hiệu cơ quan {unit.number}"
    )


def _steps(preview: ChangePreview) -> Iterator[str]:
    change = preview.plan.change
    paper = f"{change.resolution.strip()} ngày {shown(change.resolution_date)}"
    for step in preview.plan.steps:
        old = preview.names.get(step.from_id, "") if step.from_id else ""
        new = preview.names.get(step.to_id, "") if step.to_id else ""
        what = f"{old} → {new}" if new else f"{old}: không có đơn vị kế thừa"
        yield f"{word(step.way)}: {what} ({paper})"


def _groups(preview: ChangePreview) -> Iterator[str]:
    plan, names = preview.plan, preview.names
    out: dict[UUID | None, list[str]] = {}
    into: dict[UUID | None, list[str]] = {}
    for one, _ in plan.left:
        out.setdefault(one.group_id, []).append(_name(names, one.unit_id))
    for one in plan.joined:
        into.setdefault(one.group_id, []).append(_name(names, one.unit_id))
    for group in dict.fromkeys((*out, *into)):
        parts = [f"{', '.join(out[group])} ra"] if group in out else []
        parts += [f"{', '.join(into[group])} vào"] if group in into else []
        yield f"{_name(names, group)}: {'; '.join(parts)}"


def _name(names: Mapping[UUID, str], key: UUID | None) -> str:
    return names.get(key, "…") if key else "…"


def _kept(preview: ChangePreview) -> Iterator[str]:
    for label, count in preview.keeping.items():
        yield f"{label}: {count}"


def _left_to_do(preview: ChangePreview) -> Iterator[str]:
    for office in preview.offices:
        yield (
            f"{office} đang dùng chương trình: hãy cấp tệp đăng ký cho cơ quan mới rồi giao hồ sơ "
            "ở trang Gói dữ liệu, mục Cơ quan."
        )
