"""`dossier`: the papers of proposals and letters."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from thidua_desktop.cli.output import Answer
from thidua_desktop.cli.session import run
from thidua_desktop.cli.speech import Commands, record_id
from thidua_desktop.services.altered_wording import altered_line
from thidua_desktop.services.dossiers import print_dossiers
from thidua_desktop.services.ports import Ports

app = Commands()


@app.callback()
def _dossier() -> None:
    """Keep `print` a command of its own: it will have sisters."""


@app.command("print", help="In hồ sơ ra tệp PDF.")
def _print(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help="Thư mục kết quả.")],
    proposal: Annotated[
        list[UUID] | None, typer.Option(parser=record_id, help="Mã đề nghị; lặp lại được.")
    ] = None,
    submission: Annotated[UUID | None, typer.Option(parser=record_id, help="Mã tờ trình.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Mọi tờ trình.")] = False,
) -> None:
    if sum(map(bool, (proposal, submission, every))) != 1:
        raise typer.BadParameter("cần đúng một trong --proposal, --submission, --all")

    def make(ports: Ports) -> Answer:
        printed = print_dossiers(
            ports,
            out=out,
            proposals=tuple(proposal or ()),
            submission=submission,
            every=every,
        )
        altered = {
            str(proposal): [one.to_json() for one in of] for proposal, of in printed.altered.items()
        }
        data = {
            "files": [str(file) for file in printed.files],
            "notes": list(printed.notes),
            "altered": altered,
        }
        lines = (f"Đã in {file}." for file in printed.files)
        since = (
            f"Có sửa sau khi nộp · {altered_line(one)}"
            for of in printed.altered.values()
            for one in of
        )
        return Answer(data, (*lines, *printed.notes, *since))

    run(context, make)
