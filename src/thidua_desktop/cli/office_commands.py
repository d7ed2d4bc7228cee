"""`office`: whose data folder this is, and which offices may send."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from thidua_desktop.cli.output import Answer
from thidua_desktop.cli.session import run
from thidua_desktop.domain.offices import Office, OfficeEntry
from thidua_desktop.domain.units import UnitRole
from thidua_desktop.domain.words import role_name, word
from thidua_desktop.services.offices import (
    accept,
    create_office,
    enrol,
    join,
    list_offices,
)
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.renewal import renew

app = typer.Typer(no_args_is_help=True)
Unit = Annotated[str, typer.Option(help="Mã đơn vị, như ubnd-343, sxd; tỉnh là 34.")]


@app.command("create", help="Tạo thư mục dữ liệu mới cho một cơ quan.")
def _create(
    context: typer.Context,
    unit: Unit,
    role: Annotated[UnitRole, typer.Option(help="Vai trò của cơ quan.")],
) -> None:
    def make(ports: Ports) -> Answer:
        office = create_office(ports, unit, role)
        return Answer(_office_json(office), (f"Đã tạo dữ liệu của {office.unit_name}.",))

    run(context, make)


@app.command("enrol", help="Tỉnh làm tệp đăng ký cho một cơ quan.")
def _enrol(context: typer.Context, unit: Unit, out: Annotated[Path, typer.Option()]) -> None:
    def make(ports: Ports) -> Answer:
        ports.files.write(out, enrol(ports, unit))
        return Answer({"file": str(out)}, (f"Đã ghi tệp đăng ký “{out.name}”.",))

    run(context, make)


@app.command("join", help="Nhận tệp đăng ký: tạo dữ liệu của cơ quan trên máy này.")
def _join(context: typer.Context, file: Path) -> None:
    def make(ports: Ports) -> Answer:
        office = join(ports, ports.files.read(file), file_name=file.name)
        return Answer(_office_json(office), (f"Máy này đã tham gia: {office.unit_name}.",))

    run(context, make)


@app.command("accept", help="Tỉnh chấp nhận cơ quan xin đăng ký, rồi nhập các gói đang chờ.")
def _accept(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="Mã đơn vị hoặc mã máy.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Mọi yêu cầu đang chờ.")] = False,
) -> None:
    if (name is None) != every:
        raise typer.BadParameter("cần mã đơn vị hoặc --all")

    def make(ports: Ports) -> Answer:
        done = accept(ports, name)
        data = {
            "accepted": [certificate.replica.hex() for certificate in done.accepted],
            "bundles": [report.to_json() for report in done.reports],
        }
        line = f"Đã chấp nhận {len(done.accepted)} máy, nhập {len(done.reports)} gói đang chờ."
        return Answer(data, (line,))

    run(context, make)


@app.command("renew", help="Cấp mã máy mới cho máy này, khi có máy khác dùng bản chép của nó.")
def _renew(context: typer.Context) -> None:
    def make(ports: Ports) -> Answer:
        renew(ports)
        return Answer({"replica": ports.store.identity().replica.hex()})

    run(context, make)


@app.command("list", help="Các cơ quan đã đăng ký, đã chấp nhận hoặc đang chờ.")
def _list(context: typer.Context) -> None:
    def make(ports: Ports) -> Answer:
        offices = list_offices(ports)
        lines = (f"{o.office.unit_code}: {o.office.unit_name} · {word(o.state)}" for o in offices)
        return Answer({"offices": [_entry_json(entry) for entry in offices]}, tuple(lines))

    run(context, make)


def _entry_json(entry: OfficeEntry) -> dict[str, object]:
    return _office_json(entry.office) | {
        "state": entry.state.value,
        "accepted": [replica.hex() for replica in entry.accepted],
        "waiting": [replica.hex() for replica in entry.waiting],
    }


def _office_json(office: Office) -> dict[str, object]:
    return {
        "unit": office.unit_code,
        "name": office.unit_name,
        "unit_id": str(office.unit_id),
        "number": office.number,
        "role": office.role.value,
        "role_name": role_name(office.role),
    }
