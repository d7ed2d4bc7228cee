"""`bundle`: data between offices, as files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from thidua_desktop.cli.output import Answer, Exit
from thidua_desktop.cli.session import run
from thidua_desktop.domain.bundles import BundleState
from thidua_desktop.domain.displacement_text import CLONED_TEXT
from thidua_desktop.domain.error_text import bare_text
from thidua_desktop.domain.parts import part_size as part_size_of
from thidua_desktop.domain.words import word
from thidua_desktop.services.exchange import (
    BundleBook,
    export_bundle,
    export_for_all,
    inspect_bundle,
    list_bundles,
    merge_bundles,
    plan_bundles,
    write_again,
)
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.receiving import BundleReport, counts_line
from thidua_desktop.services.renewal import is_cloned
from thidua_desktop.services.standing import ask_again, slip_name, standing

app = typer.Typer(no_args_is_help=True)
Files = Annotated[list[Path], typer.Argument(help="Tệp gói dữ liệu.")]


@app.command("export", help="Xuất gói: những gì bên nhận chưa báo là đã có.")
def _export(  # noqa: PLR0913, PLR0917 - one for each word of the command
    context: typer.Context,
    out: Annotated[Path, typer.Option(help="Tệp; với --for-all là thư mục.")],
    full: Annotated[bool, typer.Option("--full", help="Từ đầu, không chỉ phần mới.")] = False,
    unit: Annotated[str | None, typer.Option("--for", help="Tỉnh: gửi riêng đơn vị này.")] = None,
    every: Annotated[bool, typer.Option("--for-all", help="Tỉnh: mỗi đơn vị một tệp.")] = False,
    light: Annotated[bool, typer.Option("--light", help="Gói nhẹ: không mang tệp kèm.")] = False,
    restore: Annotated[
        bool, typer.Option("--restore", help="Tỉnh: trả lại mọi dữ liệu đơn vị --for đã gửi.")
    ] = False,
    size: Annotated[
        str | None, typer.Option("--part-size", help="Chia phần, mỗi phần không quá cỡ này: 20MB.")
    ] = None,
    again: Annotated[
        int | None, typer.Option("--again", help="Ghi lại gói mang số này, đúng như đã gửi.")
    ] = None,
) -> None:
    part_size = part_size_of(size) if size else None
    if size and part_size is None:
        raise typer.BadParameter("cỡ phần viết như 20MB, ít nhất 1MB")
    if again is not None and (full or light or every):
        raise typer.BadParameter("--again không đi cùng --full, --light, --for-all")

    if restore and unit is None:
        raise typer.BadParameter("--restore cần --for")

    def make(ports: Ports) -> Answer:
        if every:
            made = export_for_all(ports, folder=out, full=full, light=light, part_size=part_size)
        elif again is not None:
            found = write_again(ports, again, path=out, for_unit=unit, part_size=part_size)
            made = (found,)
        else:
            one = export_bundle(
                ports,
                path=out,
                full=full,
                light=light,
                restore=restore,
                part_size=part_size,
                for_unit=unit,
            )
            made = (one,)
        data = [
            {"file": str(one.path), "number": one.number, "to": one.to, "ops": one.ops}
            | {"sealed": one.sealed, "files": [str(file) for file in one.files]}
            for one in made
        ]
        bare = tuple(bare_text(one.path.name) for one in made if one.is_bare)
        lines = (
            f"Đã ghi gói số {one.number}: {file} ({one.ops} thay đổi). Đã kiểm tra, có thể rút."
            for one in made
            for file in one.files
        )
        return Answer({"bundles": data}, tuple(lines), complaints=bare)

    run(context, make)


@app.command("inspect", help="Gói này của ai, số mấy, mang gì; không ghi gì.")
def _inspect(context: typer.Context, file: Path) -> None:
    def make(ports: Ports) -> Answer:
        said = inspect_bundle(ports, file)
        return Answer(said, tuple(f"{name}: {value}" for name, value in said.items()))

    run(context, make)


@app.command("plan", help="Xem trước: nhập thì sẽ ra sao; không ghi gì.")
def _plan(context: typer.Context, files: Files) -> None:
    run(context, lambda ports: _reported(plan_bundles(ports, files)))


@app.command("merge", help="Nhập các gói, theo thứ tự nào cũng được.")
def _merge(
    context: typer.Context,
    files: Files,
    backup: Annotated[
        bool, typer.Option("--backup/--no-backup", help="Sao lưu trước khi nhập.")
    ] = True,
) -> None:
    def make(ports: Ports) -> Answer:
        answer = _reported(merge_bundles(ports, files, backup=backup))
        if not is_cloned(ports):
            return answer
        complaints = (*answer.complaints, CLONED_TEXT)
        return replace(answer, complaints=complaints, code=max(answer.code, Exit.WAITING))

    run(context, make)


@app.command("missing", help="Gói còn thiếu của nơi nào, từ số mấy; --ask để xin gửi lại.")
def _missing(
    context: typer.Context,
    ask: Annotated[bool, typer.Option("--ask", help="Xin gửi lại, trong gói sau.")] = False,
    slips: Annotated[Path | None, typer.Option(help="Thư mục ghi phiếu xin gửi lại.")] = None,
) -> None:
    def make(ports: Ports) -> Answer:
        gaps = standing(ports).gaps
        files = {one.key: slip_name(slips, one) for one in gaps} if slips else {}
        for one in gaps if ask or slips else ():
            ask_again(ports, one.key, slip=files.get(one.key))
        data = [
            {
                "sender": one.name,
                "replica": one.key,
                "waiting": list(one.missing.waiting),
                "missing": list(one.missing.numbers),
                "days": one.days,
                "asked": one.is_asked or ask or bool(slips),
                "message": one.text,
            }
            | ({"slip": str(files[one.key])} if one.key in files else {})
            for one in gaps
        ]
        lines = tuple(one.text for one in gaps)
        return Answer({"missing": data}, lines, Exit.WAITING if gaps else Exit.DONE)

    run(context, make)


@app.command("list", help="Sổ gói gửi, gói nhận, gói đang chờ.")
def _list(context: typer.Context) -> None:
    def make(ports: Ports) -> Answer:
        book = list_bundles(ports)
        return Answer(book.to_json(), book_lines(book))

    run(context, make)


def _reported(reports: Iterable[BundleReport]) -> Answer:
    reports = tuple(reports)
    data: dict[str, Any] = {"bundles": [report.to_json() for report in reports]}
    complaints = tuple(report.message for report in reports if report.message)
    complaints += tuple(said for report in reports for said in report.warnings)
    lines = tuple(_line(report) for report in reports if not report.message)
    return Answer(data, lines, _exit(reports), complaints)


def book_lines(book: BundleBook) -> tuple[str, ...]:
    """Return the registers for people, a bundle in each line."""
    sent = (f"gửi · số {b.number} · {book.name(b.to)} · {b.file_name}" for b in book.sent)
    received = (
        f"nhận · số {b.number} · {book.name(b.sender.office)} · {b.file_name}"
        for b in book.received
    )
    parked = (
        f"chờ · số {b.number} · {book.name(b.sender.office)} · {book.waiting_text(b)}"
        for b in book.parked
    )
    parts = (f"chờ · {p.file_name} · {p.words()}" for p in book.parts)
    return (*sent, *received, *parked, *parts)


def _line(report: BundleReport) -> str:
    return f"{report.file}: {word(report.state)} · {counts_line(report.counts)}"


def _exit(reports: tuple[BundleReport, ...]) -> Exit:
    states = {report.state for report in reports}
    if states == {BundleState.REFUSED}:
        return Exit.REFUSED
    waits = any(r.counts.differences or r.counts.suggestions for r in reports)
    waiting = states & {BundleState.PARKED, BundleState.REFUSED}
    return Exit.WAITING if waits or waiting else Exit.DONE
