"""`dossier certificates`: decisions that award, numbers in the book, sheets, stocks, printers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from thidua_desktop.cli.output import Answer
from thidua_desktop.cli.session import run
from thidua_desktop.cli.speech import Commands, RecordId, record_id
from thidua_desktop.domain.dates import from_typed
from thidua_desktop.domain.decisions import Award, Decision
from thidua_desktop.domain.stocks import Offset, stock_values
from thidua_desktop.services.award_sheets import (
    SheetsWanted,
    chosen_awards,
    drop_stock,
    grid_dossier,
    keep_offset,
    read_stock,
    sheets_dossier,
    shop,
    write_stock,
)
from thidua_desktop.services.decisions import (
    AwardsChanged,
    DecisionView,
    begin_decision,
    decision_views,
    give_numbers,
    note_jam,
    note_printed,
    open_decision,
    take_held,
    take_letter,
    take_proposals,
)
from thidua_desktop.services.dossiers import write_dossier
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import save_record

app = Commands()
_RANGE = "Số vào sổ cần in, như 37-41; để trống là các tờ chưa in."
StockCode = Annotated[str, typer.Option(help="Mã phôi; để trống là phôi dùng lần trước.")]
StockName = Annotated[str, typer.Argument(metavar="PHÔI", help="Mã phôi.")]
Printer = Annotated[str, typer.Option(help="Tên máy in đã ghi bù lệch.")]
Range = Annotated[str, typer.Option("--range", help=_RANGE)]


@app.command("list", help="Các quyết định, số bằng, số đã cấp và đã in.")
def _list(context: typer.Context) -> None:
    def make(ports: Ports) -> Answer:
        views = decision_views(ports)
        data = {"decisions": [_json(one) for one in views]}
        return Answer(data, tuple(map(_line, views)), nothing="Chưa có quyết định nào.")

    run(context, make)


@app.command("begin", help="Lập một quyết định khen thưởng để in bằng; in mã quyết định.")
def _begin(
    context: typer.Context,
    number: Annotated[str, typer.Option(help="Số, ký hiệu quyết định.")] = "",
    date: Annotated[str, typer.Option(help="Ngày quyết định, như 5/11/2025.")] = "",
    submission: Annotated[
        UUID | None, typer.Option(parser=record_id, help="Tờ trình lấy người được khen.")
    ] = None,
    title: Annotated[str, typer.Option(help="Tên bằng: GIẤY KHEN, BẰNG KHEN.")] = "",
    book: Annotated[str, typer.Option(help="Sổ vào số; để trống thì mỗi quyết định một sổ.")] = "",
) -> None:
    try:
        day = from_typed(date) if date else None
    except ValueError as error:
        raise typer.BadParameter(f"không đọc được ngày “{date}”") from error

    def make(ports: Ports) -> Answer:
        begun = begin_decision(ports, submission=submission).record
        wanted = replace(begun, number=number, date=day, book=book, title=title or begun.title)
        kept = save_record(ports, wanted, shown=begun).record
        view = open_decision(ports, kept.id)
        return Answer(_json(view), (_line(view),))

    run(context, make)


@app.command("take", help="Lấy người được khen vào quyết định; ai đã có thì thôi.")
def _take(
    context: typer.Context,
    decision: RecordId,
    submission: Annotated[UUID | None, typer.Option(parser=record_id, help="Mã tờ trình.")] = None,
    proposal: Annotated[
        list[UUID] | None, typer.Option(parser=record_id, help="Mã đề nghị; lặp lại được.")
    ] = None,
    held: Annotated[
        bool, typer.Option("--held", help="Ai đã ghi khen thưởng theo số quyết định này.")
    ] = False,
) -> None:
    if sum(map(bool, (submission, proposal, held))) != 1:
        raise typer.BadParameter("cần đúng một trong --submission, --proposal, --held")

    def take(ports: Ports) -> AwardsChanged:
        if submission is not None:
            return take_letter(ports, decision, submission)
        if proposal:
            return take_proposals(ports, decision, proposal)
        return take_held(ports, decision)

    _change(context, take, "Đã thêm {} người được khen.")


@app.command("number", help="Cấp số vào sổ cho ai chưa có số, theo thứ tự của quyết định.")
def _number(
    context: typer.Context,
    decision: RecordId,
    start: Annotated[int | None, typer.Option("--from", min=1, help="Bắt đầu từ số.")] = None,
    leave_gap: Annotated[
        bool, typer.Option("--leave-gap", help="Cố ý bỏ trống các số ở giữa.")
    ] = False,
) -> None:
    def number(ports: Ports) -> AwardsChanged:
        return give_numbers(ports, decision, start=start, leave_gap=leave_gap)

    _change(context, number, "Đã cấp {} số vào sổ.")


@app.command("print", help="In bằng ra tệp PDF, Word: mỗi người một tờ, theo số vào sổ.")
def _print(
    context: typer.Context,
    decision: RecordId,
    out: Annotated[Path, typer.Option(help="Tệp .pdf hoặc .docx.")],
    stock: StockCode = "",
    printer: Printer = "",
    numbers: Range = "",
    printed: Annotated[bool, typer.Option("--printed", help="Ghi là đã in xong.")] = False,
) -> None:
    wanted = SheetsWanted(stock, printer, numbers)

    def make(ports: Ports) -> Answer:
        chosen = chosen_awards(ports, decision, numbers)
        write_dossier(ports, out, sheets_dossier(ports, decision, wanted))
        if printed:
            note_printed(ports, [one.id for one in chosen])
        view = open_decision(ports, decision)
        data = {"file": str(out), "numbers": [one.number for one in chosen]}
        return Answer(data, (f"Đã in {len(chosen)} tờ vào {out}.",), complaints=view.doubts)

    run(context, make)


@app.command("printed", help="Ghi các tờ đã in xong, không hỏng.")
def _printed(context: typer.Context, decision: RecordId, numbers: Range = "") -> None:
    def note(ports: Ports) -> AwardsChanged:
        chosen = chosen_awards(ports, decision, numbers)
        return note_printed(ports, [one.id for one in chosen])

    _change(context, note, "Đã ghi {} tờ in xong.")


@app.command("jam", help="Kẹt giấy từ tờ mang số này: các tờ từ đó trở đi in lại, giữ nguyên số.")
def _jam(
    context: typer.Context,
    decision: RecordId,
    number: Annotated[int, typer.Argument(min=1, metavar="SỐ", help="Số vào sổ.")],
) -> None:
    said = f"{{}} tờ từ số {number} sẽ in lại, số giữ nguyên."
    _change(context, lambda ports: note_jam(ports, decision, number), said)


@app.command("grid", help="In tờ căn chỉnh: vạch từng cm và các chỗ in của phôi, để đo máy in.")
def _grid(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help="Tệp .pdf.")],
    stock: StockCode = "",
    printer: Printer = "",
) -> None:
    def make(ports: Ports) -> Answer:
        write_dossier(ports, out, grid_dossier(ports, stock=stock, printer=printer))
        return Answer({"file": str(out)}, (f"Đã in {out}.",))

    run(context, make)


@app.command("offset", help="Ghi bù lệch của một máy in, theo mm; chỉ giữ trên máy này.")
def _offset(
    context: typer.Context,
    printer: Annotated[str, typer.Argument(metavar="MÁY_IN", help="Tên máy in.")],
    x: Annotated[float, typer.Option(help="Sang phải; số âm là sang trái.")] = 0.0,
    y: Annotated[float, typer.Option(help="Xuống dưới; số âm là lên trên.")] = 0.0,
) -> None:
    def make(ports: Ports) -> Answer:
        keep_offset(ports, printer, Offset(x, y))
        return Answer({"printer": printer, "x": x, "y": y}, (f"Đã ghi bù lệch của {printer}.",))

    run(context, make)


@app.command("stocks", help="Các phôi có trên máy này, và bù lệch của các máy in.")
def _stocks(context: typer.Context) -> None:
    def make(ports: Ports) -> Answer:
        found = shop(ports)
        data = {
            "stocks": [{**stock_values(one), "is_own": one.is_own} for one in found.stocks],
            "offsets": {name: {"x": one.x, "y": one.y} for name, one in found.offsets.items()},
            "texts": found.labels,
        }
        lines = [f"{one.code}: {one.name}" for one in found.stocks]
        lines += [f"{name}: {one.x:+g} × {one.y:+g} mm" for name, one in found.offsets.items()]
        return Answer(data, tuple(lines))

    run(context, make)


@app.command("stock-out", help="Ghi chỗ in của một phôi ra tệp .toml, để sửa bằng trình soạn thảo.")
def _stock_out(
    context: typer.Context,
    code: StockName,
    out: Annotated[Path, typer.Option(help="Tệp .toml.")],
) -> None:
    def make(ports: Ports) -> Answer:
        write_stock(ports, out, code)
        return Answer({"file": str(out)}, (f"Đã ghi {out}.",))

    run(context, make)


@app.command("stock-in", help="Nhận chỗ in của một phôi từ tệp .toml; chỉ giữ trên máy này.")
def _stock_in(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp .toml.")],
) -> None:
    def make(ports: Ports) -> Answer:
        kept = read_stock(ports, file)
        return Answer({"stock": kept.code}, (f"Đã nhận phôi {kept.name}.",))

    run(context, make)


@app.command("stock-drop", help="Bỏ một phôi của máy này; phôi có sẵn thì trở lại như cũ.")
def _stock_drop(context: typer.Context, code: StockName) -> None:
    def make(ports: Ports) -> Answer:
        drop_stock(ports, code)
        return Answer({"stock": code}, (f"Đã bỏ chỗ in đã sửa của phôi {code}.",))

    run(context, make)


def _change(context: typer.Context, change: Callable[[Ports], AwardsChanged], said: str) -> None:
    """Change awards, and say how many."""

    def make(ports: Ports) -> Answer:
        changed = change(ports)
        return Answer({"count": changed.count}, (said.format(changed.count),))

    run(context, make)


def _line(view: DecisionView) -> str:
    one = view.decision
    return (
        f"{one.id}  {one.title} {one.number or '(chưa có số)'}: {len(view.awards)} người, "
        f"{view.numbered} đã có số, {view.printed} đã in"
    )


def _json(view: DecisionView) -> dict[str, Any]:
    one: Decision = view.decision
    return {
        "id": str(one.id),
        "number": one.number,
        "date": one.date.iso() if one.date else None,
        "title": one.title,
        "book": one.book,
        "next_number": view.next_number,
        "doubles": list(view.doubles),
        "lacking": list(view.lacking),
        "unlike": list(view.unlike),
        "awards": [_award_json(award) for award in view.awards],
    }


def _award_json(award: Award) -> dict[str, Any]:
    printed = award.printed_on.iso() if award.printed_on else None
    return {
        "id": str(award.id),
        "name": award.name,
        "about": award.about,
        "number": award.number,
        "printed_on": printed,
    }
