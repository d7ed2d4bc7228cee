"""`dossier read`: a Word file that an officer edited is read in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from thidua_desktop.cli.output import Answer, Exit
from thidua_desktop.cli.session import run
from thidua_desktop.cli.speech import Commands, record_id
from thidua_desktop.domain.issue_text import issue_text
from thidua_desktop.domain.returned import Asked, AskedSort
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.returned import (
    ReturnedDifference,
    ReturnedPaper,
    read_returned,
    returned_json,
    take_returned,
    usual_choice,
)
from thidua_desktop.services.returned_wording import (
    ignored_lines,
    standing_words,
    summary_line,
    taken_line,
)

_ALL = "all"


def add_to(app: Commands) -> None:
    """Add the command to those of dossiers."""
    app.command("read", help="Nhận bản Word đã sửa: so với bản ghi, lấy vào những chỗ được chọn.")(
        _read
    )


def _read(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Tệp .docx đã in từ phần mềm rồi sửa bằng Word.")],
    accept: Annotated[
        str, typer.Option(help="Số của các chỗ cần lấy, cách nhau bằng dấu phẩy; hoặc all.")
    ] = "",
    proposal: Annotated[
        UUID | None,
        typer.Option(parser=record_id, help="Mã đề nghị, khi tệp không còn dấu hồ sơ."),
    ] = None,
) -> None:
    wanted = _numbers(accept)

    def make(ports: Ports) -> Answer:
        within = (Asked(AskedSort.PROPOSAL, proposal),) if proposal else ()
        paper = read_returned(ports, file, within=within)
        chosen = usual_choice(paper) if wanted is None else dict.fromkeys(wanted)
        if wrong := _wrong_choice(paper, chosen):
            data = {**returned_json(paper), "taken": []}
            return Answer(data, (), Exit.USAGE, complaints=(wrong,))
        taken = take_returned(ports, paper, chosen) if chosen else None
        left = replace(
            paper, differences=tuple(o for o in paper.differences if o.number not in chosen)
        )
        lines = [line for one in paper.differences for line in _difference_lines(one, chosen)]
        lines += [summary_line(paper), *ignored_lines(paper)]
        if taken is not None:
            lines.append(taken_line(paper, taken.count))
        data = {**returned_json(paper), "taken": sorted(chosen)}
        waits = bool(left.differences or left.lost)
        return Answer(data, tuple(lines), Exit.WAITING if waits else Exit.DONE)

    run(context, make)


def _numbers(text: str) -> tuple[int, ...] | None:
    """Return the numbers that are named; None for all that need no choice."""
    if text == _ALL:
        return None
    try:
        return tuple(int(one) for one in text.split(",") if one.strip())
    except ValueError:
        raise typer.BadParameter("--accept nhận all hoặc các số, ví dụ 1,3") from None


def _wrong_choice(paper: ReturnedPaper, chosen: Mapping[int, str | None]) -> str:
    """Return what is wrong with the numbers that were given; nothing is taken then."""
    unknown = sorted(chosen.keys() - {one.number for one in paper.differences})
    if unknown:
        last = len(paper.differences)
        return f"Không có chỗ số {unknown[0]}; tệp có {last} chỗ khác. Chưa lấy đoạn nào."
    if clash := _clash(paper, chosen):
        one, other = clash
        return f"Chỗ {one} và {other} là hai cách ghi của một ô. Chưa lấy đoạn nào; hãy chọn một."
    return ""


def _clash(paper: ReturnedPaper, chosen: Mapping[int, str | None]) -> tuple[int, int] | None:
    for one in paper.differences:
        for rival in one.rivals:
            if one.number in chosen and rival in chosen:
                return one.number, rival
    return None


def _difference_lines(one: ReturnedDifference, chosen: Mapping[int, str | None]) -> Iterator[str]:
    state = "đã lấy" if one.number in chosen else standing_words(one)
    yield f"{one.number}. {one.title}, {one.label}: {state}"
    yield f"   Bản ghi: {one.now or '(để trống)'}"
    yield f"   Tệp Word: {one.said or '(để trống)'}"
    for issue in one.issues:
        yield f"   {issue_text(issue.issue)}"
