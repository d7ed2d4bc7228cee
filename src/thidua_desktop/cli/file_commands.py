"""`files`: what is attached to evidence, and to documents of the movement."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from thidua_desktop.cli.output import Answer, Exit
from thidua_desktop.cli.session import run
from thidua_desktop.cli.speech import Commands, record_id
from thidua_desktop.domain.attachments import AttachmentRow, FileState, size_text
from thidua_desktop.domain.criteria import Evidence
from thidua_desktop.domain.ids import office_number
from thidua_desktop.domain.movements import PlanDocument
from thidua_desktop.domain.words import word
from thidua_desktop.services.attachments import (
    AttachedTo,
    attach,
    list_attachments,
    save_attachment,
)
from thidua_desktop.services.ports import Ports

app = Commands()
Id = Annotated[UUID, typer.Argument(parser=record_id, help="Mã tệp kèm.")]


@app.command("add", help="Kèm một tệp vào một minh chứng hoặc văn bản; ảnh được thu nhỏ.")
def _add(
    context: typer.Context,
    file: Path,
    evidence: Annotated[UUID | None, typer.Option(parser=record_id, help="Mã minh chứng.")] = None,
    document: Annotated[
        UUID | None, typer.Option(parser=record_id, help="Mã văn bản của phong trào.")
    ] = None,
    name: Annotated[str, typer.Option(help="Tên tệp để hiện ra.")] = "",
    note: Annotated[str, typer.Option(help="Ghi chú.")] = "",
) -> None:
    places = [
        AttachedTo(kind, one)
        for kind, one in ((Evidence, evidence), (PlanDocument, document))
        if one
    ]
    if len(places) != 1:
        raise typer.BadParameter("cần đúng một trong hai: --evidence, --document")

    def make(ports: Ports) -> Answer:
        saved = attach(ports, file, to=places[0], name=name, note=note)
        row = AttachmentRow(saved.record, FileState.HERE)
        return Answer(_row_json(row), (f"Đã kèm {_row_line(row)}.",))

    run(context, make)


@app.command("list", help="Mọi tệp kèm; --missing: chỉ tệp chưa nhận, bị thay đổi, không mở được.")
def _list(
    context: typer.Context,
    missing: Annotated[bool, typer.Option("--missing", help="Chỉ tệp còn thiếu, hỏng.")] = False,
) -> None:
    def make(ports: Ports) -> Answer:
        rows = list_attachments(ports, missing=missing)
        data = {"files": [_row_json(row) for row in rows]}
        lines = tuple(f"{row.attachment.id} · {_row_line(row)}" for row in rows)
        waits = any(row.state is not FileState.HERE for row in rows)
        nothing = "Không thiếu tệp nào." if missing else "Chưa có tệp kèm nào."
        return Answer(data, lines, Exit.WAITING if waits else Exit.DONE, nothing=nothing)

    run(context, make)


@app.command("save", help="Lưu một tệp kèm ra ngoài.")
def _save(
    context: typer.Context,
    attachment: Id,
    out: Annotated[Path, typer.Option(help="Tệp hoặc thư mục.")],
) -> None:
    def make(ports: Ports) -> Answer:
        path = save_attachment(ports, attachment, out=out)
        return Answer({"file": str(path)}, (f"Đã lưu {path}.",))

    run(context, make)


def _row_json(row: AttachmentRow) -> dict[str, Any]:
    one = row.attachment
    return {
        "id": str(one.id),
        "evidence": None if one.evidence_id is None else str(one.evidence_id),
        "document": None if one.document_id is None else str(one.document_id),
        "name": one.name,
        "mime": one.mime,
        "size": one.size,
        "sha": one.file,
        "sensitive": one.sensitive,
        "office": office_number(one.id),
        "state": row.state.value,
    }


def _row_line(row: AttachmentRow) -> str:
    one = row.attachment
    marks = " · dữ liệu nhạy cảm" if one.sensitive else ""
    return f"{one.name} · {size_text(one.size)} · {word(row.state)}{marks}"
