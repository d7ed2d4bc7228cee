"""A form and a file are refused the same loops, for the same reason."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from exchange_work import dump
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import InvalidInputError, InvalidLinesError
from thidua_desktop.domain.issues import FieldIssue, Issue, LineIssue
from thidua_desktop.domain.units import Succession, SuccessionKind, Unit
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.records import put_lines
from thidua_desktop.services.saving import save_record
from thidua_desktop.services.units import find_unit, save_unit

DAY = PartialDate(2026, 1, 1)


def unit(ports: Ports, code: str) -> Unit:
    with ports.store.read() as work:
        return find_unit(work.records, code)


def a_step(ports: Ports, old: Unit, new: Unit) -> Succession:
    return Succession(
        id=ports.new_id(0), from_id=old.id, to_id=new.id, date=DAY, way=SuccessionKind.MERGE
    )


def line(record: Succession | Unit, kind: str, **fields: object) -> str:
    return json.dumps({"kind": kind, "id": str(record.id), "fields": fields})


def step_line(step: Succession) -> str:
    return line(
        step,
        "succession",
        from_id=str(step.from_id),
        to_id=str(step.to_id),
        date="2026-01-01",
        way="merge",
    )


def test_a_unit_does_not_follow_itself_over_several_steps(province: Ports) -> None:
    # Xã Quỳnh Trang became Xã Trang Bảo Xá, that became Xã Quỳnh An.
    with province.store.read() as work:
        trang = next(one for one in work.records.having(Unit) if one.name == "Xã Quỳnh Trang")
    back = a_step(province, unit(province, "12577"), trang)
    before = dump(province)

    with pytest.raises(InvalidInputError) as form:
        save_record(province, back)
    with pytest.raises(InvalidLinesError) as file:
        put_lines(province, step_line(back))

    assert form.value.issues == (FieldIssue("to_id", Issue.LOOP),)
    assert file.value.issues == (LineIssue(1, "to_id", Issue.LOOP),)
    assert dump(province) == before


def test_lines_that_only_together_lead_back_are_refused_together(province: Ports) -> None:
    one, other = unit(province, "skhdt"), unit(province, "stp")
    there, back = a_step(province, one, other), a_step(province, other, one)
    lines = "\n".join(map(step_line, (there, back)))

    with pytest.raises(InvalidLinesError) as refused:
        put_lines(province, lines)

    assert refused.value.issues == tuple(LineIssue(n, "to_id", Issue.LOOP) for n in (1, 2))


def test_a_line_that_takes_the_loop_away_lets_the_others_in(province: Ports) -> None:
    one, other = unit(province, "skhdt"), unit(province, "stp")
    there, back = a_step(province, one, other), a_step(province, other, one)
    put_lines(province, step_line(there))
    gone = json.dumps({"kind": "succession", "id": str(there.id), "delete": True})

    put_lines(province, f"{gone}\n{step_line(back)}")

    with province.store.read() as work:
        assert work.records.find(Succession, there.id) is None
        assert work.records.find(Succession, back.id) == back


def test_a_unit_does_not_follow_itself_at_once(province: Ports) -> None:
    same = unit(province, "stp")

    with pytest.raises(InvalidInputError) as refused:
        save_record(province, a_step(province, same, same))

    assert refused.value.issues == (FieldIssue("to_id", Issue.OWN_HEIR),)


def test_a_unit_does_not_stand_under_one_that_stands_under_it(province: Ports) -> None:
    province_unit, department = unit(province, "33"), unit(province, "hy-snv")
    assert department.parent_id == province_unit.id
    wrong = replace(province_unit, parent_id=department.id)

    with pytest.raises(InvalidInputError) as form:
        save_unit(province, unit=wrong, shown=province_unit)
    with pytest.raises(InvalidLinesError) as file:
        put_lines(province, line(wrong, "unit", parent_id=str(department.id)))

    assert form.value.issues == (FieldIssue("parent_id", Issue.LOOP),)
    assert file.value.issues == (LineIssue(1, "parent_id", Issue.LOOP),)


def test_in_a_loop_that_bundles_brought_the_rest_can_still_be_edited(province: Ports) -> None:
    province_unit, department = unit(province, "33"), unit(province, "hy-snv")
    with province.store.write() as work:
        work.records.write(Unit, province_unit.id, {"parent_id": department.id})
        work.commit()
    shown = unit(province, "hy-snv")

    saved = save_unit(province, unit=replace(shown, short_name="Sở NV"), shown=shown)

    assert saved.unit.short_name == "Sở NV"
