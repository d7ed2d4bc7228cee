"""`records` and `differences`: records of any kind, by the same checks as the forms."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from thidua_desktop.cli.output import Answer, Exit
from thidua_desktop.cli.session import run
from thidua_desktop.cli.speech import Commands, RecordId, record_id
from thidua_desktop.domain.errors import UnreadableFileError
from thidua_desktop.domain.history import CellDifference, FieldVersion
from thidua_desktop.domain.words import field_label, kind_label, word
from thidua_desktop.services.differences import list_differences, settle
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.records import (
    dump_lines,
    history,
    put_lines,
    schema,
    shown_value,
    stored_json,
    version_json,
)
from thidua_desktop.services.redaction import COPIES, RETENTION, person_data, redact_field
from thidua_desktop.services.submissions import submit_all, submit_records

app = Commands()
differences = Commands()
Ids = Annotated[list[UUID] | None, typer.Argument(parser=record_id, help="Mã bản ghi.")]


@app.command("schema", help="Các loại bản ghi và trường của chúng.")
def _schema(context: typer.Context) -> None:
    def make(_: Ports) -> Answer:
        said = schema()
        lines = (f"{kind['kind']}: {kind['label']}" for kind in said["kinds"])
        return Answer(said, tuple(lines))

    run(context, make)


@app.command("put", help="Ghi các bản ghi trong một tệp JSON lines, tất cả hoặc không gì cả.")
def _put(context: typer.Context, file: Path) -> None:
    def make(ports: Ports) -> Answer:
        put = put_lines(ports, _text(ports, file))
        records = [{"line": line, "id": str(record_id)} for line, record_id in put.records]
        lines = [str(record_id) for _, record_id in put.records]
        if not put.suggested:
            return Answer({"records": records}, tuple(lines))
        waiting = f"{len(put.suggested)} dòng được giữ làm đề nghị sửa, chờ nơi có quyền chọn."
        data = {"records": records, "suggested": list(put.suggested)}
        return Answer(data, (*lines, waiting), Exit.WAITING)

    run(context, make)


@app.command("dump", help="In mọi bản ghi đang thấy, mỗi bản một dòng JSON, có thứ tự.")
def _dump(
    context: typer.Context,
    kind: Annotated[str | None, typer.Option(help="Chỉ một loại bản ghi.")] = None,
) -> None:
    def make(ports: Ports) -> Answer:
        for line in dump_lines(ports, kind):
            typer.echo(line)
        return Answer(None)

    run(context, make)


@app.command("history", help="Mọi giá trị từng có của một bản ghi: ai, cơ quan nào, gói nào.")
def _history(context: typer.Context, record: RecordId) -> None:

    def make(ports: Ports) -> Answer:
        versions = history(ports, record)
        lines = (
            f"{version.at.astimezone():%d/%m/%Y %H:%M} · "
            f"{field_label(version.kind, version.field)}: {_shown(version)} "
            f"({' · '.join((*filter(None, [version.who]), f'cơ quan số {version.office}'))})"
            for version in versions
        )
        return Answer({"versions": [version_json(v) for v in versions]}, tuple(lines))

    run(context, make)


@app.command("submit", help="Trình: chốt bản chụp và đánh số để gói dữ liệu mang đi.")
def _submit(
    context: typer.Context,
    records: Ids = None,
    every: Annotated[bool, typer.Option("--all", help="Mọi thứ chưa trình.")] = False,
) -> None:
    if bool(records) == every:
        raise typer.BadParameter("cần mã bản ghi hoặc --all")

    def make(ports: Ports) -> Answer:
        done = submit_all(ports) if every else submit_records(ports, tuple(records or ()))
        data = {
            "submissions": [str(record_id) for record_id in done.submissions],
            "shared": done.shared,
        }
        line = f"Đã trình {len(done.submissions)} tờ trình, chia sẻ {done.shared} bản ghi."
        return Answer(data, (line,))

    run(context, make)


@app.command("redact", help="Xóa hẳn mọi giá trị từng có của một ô, theo quy định của pháp luật.")
def _redact(
    context: typer.Context,
    record: RecordId,
    field: Annotated[str, typer.Option(help="Tên trường.")],
    reason: Annotated[str, typer.Option(help="Lý do, căn cứ.")],
) -> None:
    def make(ports: Ports) -> Answer:
        done = redact_field(ports, record, field, reason=reason)
        data = {
            "redaction": str(done.id) if done.id else None,
            "ops": done.ops,
            "files": done.files,
            "warnings": [RETENTION, COPIES],
        }
        line = f"Đã xóa hẳn giá trị trong {done.ops} lần ghi và {done.files} tệp."
        return Answer(data, (line, RETENTION, COPIES))

    run(context, make)


@app.command("person", help="Mọi dữ liệu về một người; --export in ra JSON để giao cho người đó.")
def _person(
    context: typer.Context,
    record: RecordId,
    export: Annotated[bool, typer.Option("--export", help="In cả nội dung dạng JSON.")] = False,
) -> None:
    def make(ports: Ports) -> Answer:
        said = person_data(ports, record)
        lines = [f"{kind_label(one['kind'])}: {one['id']}" for one in said["records"]]
        if export:
            lines = [json.dumps(said, ensure_ascii=False, indent=1)]
        return Answer(said, tuple(lines))

    run(context, make)


@differences.command("list", help="Các chỗ khác nhau và đề nghị sửa đang chờ.")
def _differences(context: typer.Context) -> None:
    def make(ports: Ports) -> Answer:
        found = list_differences(ports)
        lines = (
            f"{d.cell}: {field_label(d.kind, d.field)} · {word(d.state)} · "
            + " / ".join(f"{_shown(head)} [{head.op}]" for head in d.heads)
            for d in found
        )
        code = Exit.WAITING if found else Exit.DONE
        data = {"differences": [_difference_json(d) for d in found]}
        return Answer(data, tuple(lines), code, nothing="Không có chỗ khác nhau nào đang chờ.")

    run(context, make)


@differences.command("settle", help="Chọn một giá trị: --take OP lấy một bên, --value gõ giá trị.")
def _settle(
    context: typer.Context,
    cell: str,
    take: Annotated[str | None, typer.Option(help="Mã thay đổi, như danh sách in ra.")] = None,
    value: Annotated[str | None, typer.Option(help="Giá trị khác.")] = None,
) -> None:
    if (take is None) == (value is None):
        raise typer.BadParameter("cần đúng một trong --take và --value")

    def make(ports: Ports) -> Answer:
        settle(ports, cell, take=take, value=value)
        return Answer({"cell": cell}, ("Đã chọn.",))

    run(context, make)


def _shown(version: FieldVersion) -> str:
    return shown_value(version) or "(để trống)"


def _difference_json(difference: CellDifference) -> dict[str, Any]:
    heads = [
        {
            "op": head.op,
            "value": stored_json(head),
            "office": head.office,
            "who": head.who,
            "at": head.at.isoformat(),
            "bundle": None if head.bundle is None else str(head.bundle),
        }
        for head in difference.heads
    ]
    return {
        "cell": difference.cell,
        "kind": difference.kind,
        "id": str(difference.id),
        "field": difference.field,
        "state": difference.state.value,
        "heads": heads,
    }


def _text(ports: Ports, file: Path) -> str:
    try:
        return ports.files.read(file).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(file.name) from error
