"""`units`: the register on a day, the life of a unit, changes by a resolution and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any
from uuid import UUID

import typer

from thidua_desktop.cli.output import Answer
from thidua_desktop.cli.session import run
from thidua_desktop.cli.speech import Commands, RecordId
from thidua_desktop.domain.dates import PartialDate, from_typed, shown
from thidua_desktop.domain.unit_changes import NewUnit, UnitChange
from thidua_desktop.domain.unit_tree import UnitNode
from thidua_desktop.domain.units import SuccessionKind, Unit
from thidua_desktop.domain.words import word
from thidua_desktop.services.peer_groups import GroupNode, peer_groups
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.unit_change_wording import Lines, change_lines, change_summary
from thidua_desktop.services.unit_changes import make_change, preview_change, undo_change
from thidua_desktop.services.units import (
    LifeStep,
    UnitLife,
    find_unit,
    open_unit,
    unit_life,
    unit_tree,
)

app = Commands()
Day = Annotated[str, typer.Option("--on", help="Ngày, như 1/7/2025 hoặc 2025-07-01.")]
_NEW_PARTS = 2


@app.command("list", help="Danh mục đơn vị vào một ngày, cấp trên trước.")
def _list(
    context: typer.Context,
    on: Day = "",
    dissolved: Annotated[bool, typer.Option(help="Cả đơn vị đã hết hiệu lực.")] = False,
) -> None:
    day = _day(on)

    def make(ports: Ports) -> Answer:
        as_of = day or PartialDate.of(ports.now().date())
        tree = unit_tree(ports, as_of, with_dissolved=dissolved)
        lines = tuple(_tree_lines(tree.roots, 0))
        return Answer({"as_of": as_of.iso(), "units": list(_tree_json(tree.roots, None))}, lines)

    run(context, make)


@app.command("groups", help="Các cụm, khối thi đua vào một ngày, với thành viên.")
def _groups(context: typer.Context, on: Day = "") -> None:
    day = _day(on)

    def make(ports: Ports) -> Answer:
        as_of = day or PartialDate.of(ports.now().date())
        found = peer_groups(ports, as_of)
        data = {"as_of": as_of.iso(), "groups": [_group_json(node) for node in found]}
        lines = tuple(line for node in found for line in _group_lines(node))
        return Answer(data, lines, nothing="Chưa có cụm, khối nào vào ngày này.")

    run(context, make)


@app.command("lineage", help="Đơn vị này nay là gì, trước là gì: mọi bước kế thừa.")
def _lineage(context: typer.Context, unit: str, on: Day = "") -> None:
    day = _day(on)

    def make(ports: Ports) -> Answer:
        as_of = day or PartialDate.of(ports.now().date())
        life = unit_life(ports, unit_id(ports, unit), as_of)
        return Answer(_life_json(life, as_of), tuple(_life_lines(life)))

    run(context, make)


@app.command("change", help="Sáp nhập, chia tách, đổi tên, giải thể theo nghị quyết (cấp tỉnh).")
def _change(  # noqa: PLR0913, PLR0917 - one option for each thing that a resolution says
    context: typer.Context,
    way: Annotated[SuccessionKind, typer.Option(help="merge, split, rename hoặc abolish.")],
    old: Annotated[list[str], typer.Option("--old", help="Đơn vị cũ: mã đơn vị hoặc mã bản ghi.")],
    on: Annotated[str, typer.Option("--on", help="Ngày hiệu lực.")],
    resolution: Annotated[str, typer.Option(help="Số nghị quyết, quyết định.")],
    issued: Annotated[str, typer.Option("--resolution-date", help="Ngày ban hành.")],
    new: Annotated[list[str] | None, typer.Option("--new", help="MÃ=Tên đơn vị mới.")] = None,
    into: Annotated[str, typer.Option(help="Đơn vị đang có, nhận các đơn vị cũ.")] = "",
    stays: Annotated[bool, typer.Option(help="Khi tách: đơn vị cũ vẫn còn.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ xem, không ghi.")] = False,
) -> None:
    units = tuple(map(_new_unit, new or ()))
    day, issued_on = _day(on), _day(issued)

    def make(ports: Ports) -> Answer:
        change = UnitChange(
            way=way,
            day=day,
            old=tuple(unit_id(ports, one, day) for one in old),
            new=units,
            into=unit_id(ports, into, day) if into else None,
            stays=stays,
            resolution=resolution,
            resolution_date=issued_on,
        )
        preview = preview_change(ports, change)
        lines = tuple(_parts_lines(change_lines(preview)))
        data: dict[str, Any] = {"written": not dry_run, "parts": _parts_json(change_lines(preview))}
        if dry_run:
            return Answer(data, lines)
        made = make_change(ports, change)
        data |= {"step": str(made.step), "units": [str(unit.id) for unit in made.plan.born]}
        back = f"Hoàn tác: units undo {made.step}"
        return Answer(data, (*lines, change_summary(made.plan), back))

    run(context, make)


@app.command("undo", help="Hoàn tác một bước sắp xếp đã ghi (cấp tỉnh).")
def _undo(context: typer.Context, step: RecordId) -> None:

    def make(ports: Ports) -> Answer:
        touched = sorted(str(one) for _, one in undo_change(ports, step).touched)
        return Answer({"records": touched}, ("Đã hoàn tác: danh mục trở lại như trước.",))

    run(context, make)


def _day(text: str) -> PartialDate | None:
    if not text:
        return None
    try:
        return from_typed(text)
    except ValueError as error:
        raise typer.BadParameter(f"không đọc được ngày “{text}”") from error


def _new_unit(text: str) -> NewUnit:
    parts = text.split("=", maxsplit=1)
    if len(parts) != _NEW_PARTS:
        raise typer.BadParameter(f"“{text}” không có dạng MÃ=Tên")
    return NewUnit(code=parts[0].strip(), name=parts[1].strip())


def unit_id(ports: Ports, said: str, day: PartialDate | None = None) -> UUID:
    """Return the unit of an id, or of a code: who bears it on the day, else who bore it last."""
    try:
        return open_unit(ports, UUID(said)).id
    except ValueError:
        pass
    with ports.store.read() as work:
        last = find_unit(work.records, said)
        bearers = work.records.having(Unit, code=last.code)
    return next((one.id for one in bearers if day and one.stands_on(day)), last.id)


def _tree_lines(nodes: Iterable[UnitNode], depth: int) -> Iterable[str]:
    for node in nodes:
        fate = f" – {node.fate}" if node.is_dissolved else ""
        yield f"{'  ' * depth}{node.unit.code}: {node.label}{fate}"
        yield from _tree_lines(node.children, depth + 1)


def _tree_json(nodes: Iterable[UnitNode], above: UUID | None) -> Iterable[dict[str, Any]]:
    for node in nodes:
        unit = node.unit
        yield {
            "id": str(unit.id),
            "code": unit.code,
            "name": unit.name,
            "label": node.label,
            "level": unit.level.value if unit.level else None,
            "above": str(above) if above else None,
            "dissolved": node.is_dissolved,
            "heirs": [str(heir.id) for heir in node.heirs],
        }
        yield from _tree_json(node.children, unit.id)


def _group_json(node: GroupNode) -> dict[str, Any]:
    return {
        "id": str(node.group.id),
        "name": node.group.name,
        "form": node.group.form.value if node.group.form else None,
        "owner": node.owner,
        "members": [
            {
                "unit": str(one.unit.id),
                "label": one.label,
                "role": one.role.value if one.role else None,
            }
            for one in node.members
        ],
    }


def _group_lines(node: GroupNode) -> Iterable[str]:
    yield f"{node.group.name} ({len(node.members)} đơn vị)"
    for one in node.members:
        yield f"  {one.label}" + (f" – {word(one.role)}" if one.role else "")


def _life_json(life: UnitLife, day: PartialDate) -> dict[str, Any]:
    return {
        "as_of": day.iso(),
        "answer": life.answer,
        "now": [str(unit.id) for unit in life.now],
        "steps": [
            {
                "id": str(step.id),
                "date": step.date.iso() if step.date else None,
                "way": step.way.value if step.way else None,
                "resolution": step.resolution,
                "official": step.is_official,
                "old": [{"id": str(key), "label": label} for key, label in step.old],
                "new": [{"id": str(key), "label": label} for key, label in step.new],
            }
            for step in life.steps
        ],
    }


def _life_lines(life: UnitLife) -> Iterable[str]:
    yield f"{life.question} {life.answer}"
    yield from map(_step_line, life.steps)


def _step_line(step: LifeStep) -> str:
    old = ", ".join(label for _, label in step.old)
    new = ", ".join(label for _, label in step.new) or "không có đơn vị kế thừa"
    paper = f" ({step.resolution})" if step.resolution else ""
    return f"{shown(step.date)} · {word(step.way)}: {old} → {new}{paper}"


def _parts_lines(parts: Sequence[Lines]) -> Iterable[str]:
    for heading, lines in parts:
        yield f"{heading}:"
        yield from (f"  {line}" for line in lines)


def _parts_json(parts: Sequence[Lines]) -> list[dict[str, Any]]:
    return [{"heading": heading, "lines": list(lines)} for heading, lines in parts]
