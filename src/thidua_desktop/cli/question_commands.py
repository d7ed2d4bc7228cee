"""`questions`: what the province asks about fields, and the answers."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from thidua_desktop.cli.output import Answer, Exit
from thidua_desktop.cli.session import run
from thidua_desktop.cli.speech import Commands, RecordId, record_id
from thidua_desktop.domain.questions import Question, QuestionState
from thidua_desktop.domain.words import word
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.questions import QuestionRow, answer, ask, close, list_questions

app = Commands()
By = Annotated[str, typer.Option("--by", help="Người hỏi hoặc người trả lời.")]


@app.command("list", help="Câu hỏi trên ô: của ai, về ô nào, đã trả lời chưa.")
def _list(context: typer.Context) -> None:
    def make(ports: Ports) -> Answer:
        rows = list_questions(ports)
        data = {"questions": [_row_json(row) for row in rows]}
        waits = any(row.state is QuestionState.OPEN and row.is_ours for row in rows)
        code = Exit.WAITING if waits else Exit.DONE
        lines = tuple(_row_line(row) for row in rows)
        return Answer(data, lines, code, nothing="Không có câu hỏi nào.")

    run(context, make)


@app.command("ask", help="Tỉnh: hỏi đơn vị về một ô (MÃ.tên ô).")
def _ask(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(help="Loại bản ghi.")],
    cell: Annotated[str, typer.Argument(help="Ô: mã bản ghi, dấu chấm, tên ô.")],
    words: Annotated[str, typer.Argument(help="Câu hỏi.")],
    by: By = "",
) -> None:
    record, _, field = cell.partition(".")
    about = record_id(record)

    def make(ports: Ports) -> Answer:
        asked = ask(ports, kind, about, field, wording=words, asked_by=by)
        return _said(asked.record, "Đã hỏi; gói sau gửi cơ quan ấy sẽ mang câu hỏi.")

    run(context, make)


@app.command("answer", help="Cơ quan: trả lời một câu hỏi.")
def _answer(
    context: typer.Context,
    question: RecordId,
    words: Annotated[str, typer.Argument(help="Câu trả lời.")],
    by: By = "",
) -> None:

    def make(ports: Ports) -> Answer:
        said = answer(ports, question, words, answered_by=by)
        return _said(said.record, "Đã trả lời; gói sau sẽ mang câu trả lời.")

    run(context, make)


@app.command("close", help="Tỉnh: khép một câu hỏi.")
def _close(
    context: typer.Context,
    question: RecordId,
    reopen: Annotated[bool, typer.Option("--reopen", help="Mở lại câu hỏi đã khép.")] = False,
) -> None:

    def make(ports: Ports) -> Answer:
        closed = close(ports, question, is_closed=not reopen)
        return _said(closed.record, "Đã mở lại câu hỏi." if reopen else "Đã khép câu hỏi.")

    run(context, make)


def _said(question: Question, line: str) -> Answer:
    return Answer({"id": str(question.id), "state": question.state.value}, (line,))


def _row_json(row: QuestionRow) -> dict[str, Any]:
    one = row.question
    return {
        "id": str(one.id),
        "state": row.state.value,
        "office": row.office,
        "kind": one.about_kind,
        "record": str(one.about_id),
        "field": one.about_field,
        "about": row.about,
        "question": one.wording,
        "asked_by": one.asked_by,
        "asked_on": one.asked_on.iso() if one.asked_on else None,
        "answer": one.answer,
        "answered_by": one.answered_by,
        "answered_on": one.answered_on.iso() if one.answered_on else None,
    }


def _row_line(row: QuestionRow) -> str:
    said = f" → {row.question.answer}" if row.question.answer else ""
    about = f"{row.office}, {row.about}, ô “{row.label}”"
    return f"{row.question.id} · {word(row.state)} · {about}: {row.question.wording}{said}"
