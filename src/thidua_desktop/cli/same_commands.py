"""`same`: the same person or unit entered twice."""

from __future__ import annotations

from collections.abc import Callable

import typer

from thidua_desktop.cli.output import Answer, Exit
from thidua_desktop.cli.session import run
from thidua_desktop.cli.speech import Commands, RecordId
from thidua_desktop.domain.same_as import name_of
from thidua_desktop.domain.words import kind_label, word
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.same_as import Alike, join, keep_apart, list_alike, part

app = Commands()


@app.command("list", help="Những bản ghi có thể trùng, và những bản ghi đã là một.")
def _list(context: typer.Context) -> None:
    def make(ports: Ports) -> Answer:
        found = list_alike(ports)
        data = {"alike": [_json(one) for one in found]}
        waits = any(one.likeness for one in found)
        code = Exit.WAITING if waits else Exit.DONE
        nothing = "Không có bản ghi nào có thể trùng."
        return Answer(data, tuple(map(_line, found)), code, nothing=nothing)

    run(context, make)


@app.command("join", help="Tỉnh: hai bản ghi này là một.")
def _join(context: typer.Context, kind: str, one: RecordId, other: RecordId) -> None:
    _do(context, lambda ports: join(ports, kind, one, other), "Đã nối hai bản ghi.")


@app.command("part", help="Tỉnh: tách bản ghi này ra.")
def _part(context: typer.Context, kind: str, record: RecordId) -> None:
    _do(context, lambda ports: part(ports, kind, record), "Đã tách bản ghi ra.")


@app.command("apart", help="Tỉnh: hai bản ghi này không phải là một; không hỏi lại nữa.")
def _apart(context: typer.Context, kind: str, one: RecordId, other: RecordId) -> None:
    _do(context, lambda ports: keep_apart(ports, kind, one, other), "Đã ghi: không phải một.")


def _do(context: typer.Context, job: Callable[[Ports], Changes], line: str) -> None:
    def make(ports: Ports) -> Answer:
        touched = sorted(str(record) for _, record in job(ports).touched)
        return Answer({"records": touched}, (line,))

    run(context, make)


def _json(alike: Alike) -> dict[str, object]:
    return {
        "kind": alike.kind,
        "state": alike.likeness.value if alike.likeness else "joined",
        "records": [
            {"id": str(one.record.id), "name": name_of(one.record), "office": one.office}
            for one in alike.members
        ],
    }


def _line(alike: Alike) -> str:
    state = word(alike.likeness) if alike.likeness else "Đã là một"
    who = " = ".join(
        f"{name_of(one.record)} ({one.office}, {one.record.id})" for one in alike.members
    )
    return f"{state} · {kind_label(alike.kind)}: {who}"
