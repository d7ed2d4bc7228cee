"""`bundle`: data between offices, as files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from thidua_desktop.cli.output import Answer, Exit
from thidua_desktop.cli.phrases import ask_for
from thidua_desktop.cli.session import run
from thidua_desktop.cli.speech import Commands, record_id
from thidua_desktop.domain.bundle_text import bare_text
from thidua_desktop.domain.bundles import BundleState
from thidua_desktop.domain.displacement_text import CLONED_TEXT
from thidua_desktop.domain.errors import PhraseError
from thidua_desktop.domain.parts import part_size as part_size_of
from thidua_desktop.domain.words import kind_label, word
from thidua_desktop.services.bundle_files import bundle_files
from thidua_desktop.services.bundle_reports import BundleReport, counts_line
from thidua_desktop.services.exchange import inspect_bundle, merge_bundles, plan_bundles
from thidua_desktop.services.inspection_wording import inspection_lines
from thidua_desktop.services.packing import (
    export_bundle,
    export_for_all,
    export_for_sisters,
    write_again,
)
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.registers import BundleBook, dismiss_bundle, list_bundles
from thidua_desktop.services.renewal import is_cloned
from thidua_desktop.services.sending import Packing
from thidua_desktop.services.sisters import is_own_code
from thidua_desktop.services.slips import write_slip
from thidua_desktop.services.standing import ask_again, slip_name, standing
from thidua_desktop.services.undoing import UndoPreview, preview_undo, undo_import

app = Commands()
Files = Annotated[list[Path], typer.Argument(help="Tệp gói dữ liệu, hoặc thư mục chứa gói.")]


@app.command("export", help="Xuất gói: những gì bên nhận chưa báo là đã có.")
def _export(  # noqa: PLR0913, PLR0917 - one for each word of the command
    context: typer.Context,
    out: Annotated[Path, typer.Option(help="Tệp; với --for-all, --for-province là thư mục.")],
    full: Annotated[bool, typer.Option("--full", help="Từ đầu, không chỉ phần mới.")] = False,
    unit: Annotated[str | None, typer.Option("--for", help="Tỉnh: gửi riêng đơn vị này.")] = None,
    every: Annotated[bool, typer.Option("--for-all", help="Tỉnh: mỗi đơn vị một tệp.")] = False,
    sisters: Annotated[
        bool, typer.Option("--for-province", help="Tỉnh: cho máy khác của chính tỉnh.")
    ] = False,
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
    by_phrase: Annotated[
        bool, typer.Option("--passphrase", help="Khóa bằng cụm từ: nơi nhận đã mất khóa.")
    ] = False,
) -> None:
    part_size = part_size_of(size) if size else None
    if size and part_size is None:
        raise typer.BadParameter("cỡ phần viết như 20MB, ít nhất 1MB")
    if again is not None and (full or light or every or sisters):
        raise typer.BadParameter("--again không đi cùng --full, --light, --for-all, --for-province")
    if by_phrase and (every or sisters or again is not None):
        raise typer.BadParameter("--passphrase không đi cùng --for-all, --for-province, --again")
    if sisters and unit is not None:
        raise typer.BadParameter("--for-province không đi cùng --for")
    if restore and unit is None:
        raise typer.BadParameter("--restore cần --for")

    def make(ports: Ports) -> Answer:
        packing = Packing(
            for_unit=unit,
            full=full,
            light=light,
            restore=restore,
            part_size=part_size,
            phrase=_new_phrase(out) if by_phrase else None,
        )
        if every:
            made = export_for_all(ports, folder=out, packing=packing, sisters_too=sisters)
        elif sisters or is_own_code(ports, unit):
            made = export_for_sisters(ports, folder=out, packing=packing)
        elif again is not None:
            made = (write_again(ports, again, path=out, packing=packing),)
        else:
            made = (export_bundle(ports, path=out, packing=packing),)
        data = [
            {"file": str(one.path), "number": one.number, "to": one.to, "ops": one.ops}
            | {"sealed": one.sealed, "files": [str(file) for file in one.files]}
            | {"bundle": str(one.bundle)}
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


def _new_phrase(out: Path) -> str:
    what = f"gói “{out.name}”"
    typed = ask_for(what, is_new=True)()
    if typed is None:
        raise PhraseError(what)
    return typed


@app.command("inspect", help="Gói này của ai, số mấy, mang gì; không ghi gì.")
def _inspect(context: typer.Context, file: Path) -> None:
    def make(ports: Ports) -> Answer:
        said = inspect_bundle(ports, file, ask=ask_for(f"gói “{file.name}”"))
        return Answer(said, inspection_lines(said))

    run(context, make)


@app.command("plan", help="Xem trước: nhập thì sẽ ra sao; không ghi gì.")
def _plan(context: typer.Context, files: Files) -> None:
    def make(ports: Ports) -> Answer:
        return _planned(plan_bundles(ports, bundle_files(ports, files), ask=ask_for("gói")))

    run(context, make)


@app.command("merge", help="Nhập các gói, theo thứ tự nào cũng được.")
def _merge(
    context: typer.Context,
    files: Files,
    backup: Annotated[
        bool, typer.Option("--backup/--no-backup", help="Sao lưu trước khi nhập.")
    ] = True,
) -> None:
    def make(ports: Ports) -> Answer:
        found = bundle_files(ports, files)
        answer = _reported(merge_bundles(ports, found, backup=backup, ask=ask_for("gói")))
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
        lines = tuple(one.text for one in gaps) or ("Không thiếu gói nào.",)
        return Answer({"missing": data}, lines, Exit.WAITING if gaps else Exit.DONE)

    run(context, make)


@app.command("undo", help="Hoàn tác một lần nhập; trước hết cho biết những gì dựa vào nó.")
def _undo(
    context: typer.Context,
    imported: Annotated[
        UUID,
        typer.Argument(parser=record_id, metavar="LẦN_NHẬP", help="Mã lần nhập (bundle list)."),
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ xem, không ghi gì.")] = False,
) -> None:
    def make(ports: Ports) -> Answer:
        look = preview_undo if dry_run else undone
        preview = look(ports, imported)
        data = {
            "import": str(imported),
            "bundle": str(preview.received.bundle),
            "number": preview.received.number,
            "undone": not dry_run,
            "records": preview.records,
            "blocked_by": [str(one.id) for one in preview.blocked_by],
            "dependents": [
                {"kind": one.kind, "id": str(one.id), "title": one.title, "edited": one.is_edit}
                for one in preview.dependents
            ],
        }
        waits = bool(preview.blocked_by or preview.dependents)
        done = () if dry_run else ("Đã hoàn tác; gói này nhập lại lúc nào cũng được.",)
        return Answer(data, (*_undo_lines(preview), *done), Exit.WAITING if waits else Exit.DONE)

    run(context, make)


@app.command("slip", help="Phiếu giao nhận của một lần nhập, hoặc của một gói đã gửi, ra PDF.")
def _slip(
    context: typer.Context,
    which: Annotated[
        UUID,
        typer.Argument(parser=record_id, metavar="LẦN_NHẬP", help="Mã lần nhập, hoặc mã gói gửi."),
    ],
    out: Annotated[Path, typer.Option(help="Tệp PDF.")],
) -> None:
    def make(ports: Ports) -> Answer:
        slip = write_slip(ports, which, out)
        data = {
            "file": str(out),
            "code": slip.code,
            "figures": slip.figures,
            "receipt": slip.is_receipt,
        }
        return Answer(data, (f"Đã ghi {out}. Từ đối chiếu: {slip.code}.",))

    run(context, make)


@app.command("dismiss", help="Gói đang chờ không cần nữa: gác lại, ghi rõ lý do.")
def _dismiss(
    context: typer.Context,
    bundle: Annotated[
        UUID, typer.Argument(parser=record_id, metavar="GÓI", help="Mã gói (bundle list).")
    ],
    reason: Annotated[str, typer.Option(help="Lý do.")],
) -> None:
    def make(ports: Ports) -> Answer:
        done = dismiss_bundle(ports, bundle, reason=reason)
        line = f"Đã gác lại gói số {done.number} của {done.sender}; không có gì được nhập."
        return Answer({"number": done.number, "reason": done.reason}, (line,))

    run(context, make)


@app.command("list", help="Sổ gói gửi, gói nhận, gói đang chờ.")
def _list(context: typer.Context) -> None:
    def make(ports: Ports) -> Answer:
        book = list_bundles(ports)
        return Answer(book.to_json(), book_lines(book), nothing="Chưa gửi, chưa nhận gói nào.")

    run(context, make)


def undone(ports: Ports, imported: UUID) -> UndoPreview:
    """Take an import out, and return what was known of it before."""
    return undo_import(ports, imported).preview


def _undo_lines(preview: UndoPreview) -> tuple[str, ...]:
    head = f"Gói số {preview.received.number} của {preview.sender}: {preview.records} bản ghi."
    if preview.is_clean:
        return (head, "Sạch: không có gì dựa vào gói này.")
    blocked = (f"gói sau của cùng nơi gửi: số {one.number}" for one in preview.blocked_by)
    edited = (
        f"{kind_label(one.kind)}: {one.title} "
        f"({'sửa sau khi nhập' if one.is_edit else 'nhắc tới bản ghi không còn'})"
        for one in preview.dependents
    )
    return (head, "Dựa vào gói này:", *blocked, *edited)


def _planned(reports: Iterable[BundleReport]) -> Answer:
    return _reported(reports, is_done=False)


def _reported(reports: Iterable[BundleReport], *, is_done: bool = True) -> Answer:
    reports = tuple(reports)
    data: dict[str, Any] = {"bundles": [report.to_json() for report in reports]}
    complaints = tuple(_of_file(report, report.message) for report in reports if report.message)
    complaints += tuple(_of_file(report, said) for report in reports for said in report.warnings)
    complaints += tuple(_of_file(one, said.text) for one in reports for said in one.findings)
    lines = tuple(_line(one, is_done=is_done) for one in reports if not one.message)
    return Answer(data, lines, _exit(reports), complaints)


def book_lines(book: BundleBook) -> tuple[str, ...]:
    """Return the registers for people, a bundle in each line."""
    sent = (
        f"gửi · số {b.number} · {book.other_side(b.to)} · {b.file_name} · mã {b.bundle}"
        for b in book.sent
    )
    received = (
        f"nhận · số {b.number} · {book.other_side(b.sender.office)} · {b.file_name} · mã {b.id}"
        + (f" · đã hoàn tác ngày {b.undone_at.astimezone():%d/%m/%Y}" if b.undone_at else "")
        for b in book.received
    )
    parked = (
        f"chờ · số {b.number} · {book.other_side(b.sender.office)} · {book.waiting_text(b)} "
        f"· mã {b.bundle}"
        for b in book.parked
    )
    parts = (f"chờ · {p.file_name} · {p.words()}" for p in book.parts)
    dismissed = (
        f"gác lại · số {d.number} · {d.sender} · ngày {d.day}: {d.reason}" for d in book.dismissed
    )
    return (*sent, *received, *parked, *parts, *dismissed)


def _of_file(report: BundleReport, said: str) -> str:
    """Say of which file it is said: there may be hundreds."""
    return said if report.file in said else f"{report.file}: {said}"


def _line(report: BundleReport, *, is_done: bool) -> str:
    will = report.state is BundleState.NEW and not is_done
    state = "Sẽ nhập" if will else word(report.state)
    return f"{report.file}: {state} · {counts_line(report.counts)}"


def _exit(reports: tuple[BundleReport, ...]) -> Exit:
    states = {report.state for report in reports}
    if states == {BundleState.REFUSED}:
        return Exit.REFUSED
    waits = any(r.counts.differences or r.counts.suggestions or r.findings for r in reports)
    waiting = states & {BundleState.PARKED, BundleState.REFUSED}
    return Exit.WAITING if waits or waiting else Exit.DONE
