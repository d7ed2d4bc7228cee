"""`store`: is the database sound, and is it the same as another."""

from __future__ import annotations

from typing import Annotated

import typer

from thidua_desktop.cli.output import Answer, Exit
from thidua_desktop.cli.session import run
from thidua_desktop.services import integrity
from thidua_desktop.services.ports import Ports

app = typer.Typer(no_args_is_help=True)


@app.command("digest", help="Mã kiểm của dữ liệu đang thấy: bằng nhau khi dữ liệu bằng nhau.")
def _digest(context: typer.Context) -> None:
    def make(ports: Ports) -> Answer:
        found = integrity.digest(ports)
        line = f"{found.digest} ({found.records} bản ghi)"
        return Answer({"digest": found.digest, "records": found.records}, (line,))

    run(context, make)


@app.command("check", help="So dữ liệu với nhật ký; --repair dựng lại từ nhật ký.")
def _check(
    context: typer.Context,
    repair: Annotated[bool, typer.Option("--repair", help="Dựng lại từ nhật ký.")] = False,
) -> None:
    def make(ports: Ports) -> Answer:
        found = integrity.repair(ports) if repair else integrity.check(ports)
        data = {
            "faults": list(found.faults),
            "left": list(found.left),
            "repaired": found.repaired,
            "digest_before": found.before.digest,
            "digest": found.after.digest,
        }
        if not found.faults:
            return Answer(data, ("Dữ liệu khớp với nhật ký.",))
        if found.repaired and found.left:
            lost = "Đã dựng lại từ nhật ký; phần nhật ký sau đây bị hỏng, hãy nhập lại gói cũ:"
            return Answer(data, (lost, *found.left), Exit.WAITING)
        if found.repaired:
            return Answer(data, (f"Đã sửa {len(found.faults)} chỗ từ nhật ký.", *found.faults))
        hint = "Hãy chạy lại với --repair để dựng lại từ nhật ký."
        return Answer(data, (*found.faults, hint), Exit.WAITING)

    run(context, make)
