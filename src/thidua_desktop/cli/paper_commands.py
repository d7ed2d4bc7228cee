"""`dossier`: the papers of proposals and letters."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from thidua_desktop.cli import certificate_commands
from thidua_desktop.cli.output import Answer, Exit
from thidua_desktop.cli.returned_commands import add_to
from thidua_desktop.cli.session import run
from thidua_desktop.cli.speech import Commands, record_id
from thidua_desktop.cli.unit_commands import unit_id
from thidua_desktop.domain.dossier_files import PaperFormat
from thidua_desktop.domain.words import word
from thidua_desktop.services.altered_wording import altered_line
from thidua_desktop.services.dossier_check import ToldFinding, check_dossiers, told_before_print
from thidua_desktop.services.dossiers import print_dossiers
from thidua_desktop.services.layout_check import LayoutChecked, check_layout
from thidua_desktop.services.office_papers import (
    PAPERS,
    OfChecklist,
    OfficeForm,
    Wants,
    wants_of,
    write_office_paper,
)
from thidua_desktop.services.ports import Ports

app = Commands()
add_to(app)
app.add_typer(
    certificate_commands.app,
    name="certificates",
    help="Giấy khen, bằng khen: số vào sổ, in bằng, phôi, căn chỉnh máy in.",
)
_FORMS = "; ".join(f"{one.form.value}: {one.name}" for one in PAPERS)


@app.command("measure", help="Đo thể thức tệp PDF, Word theo Nghị định 30; không ghi gì.")
def _measure(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="Tệp PDF hoặc .docx, do ai soạn cũng được.")],
) -> None:
    def make(ports: Ports) -> Answer:
        checked = check_layout(ports, files)
        lines = [
            line
            for one in checked
            for line in (one.summary(), *(f"  {finding.sentence()}" for finding in one.findings))
        ]
        waits = any(one.findings for one in checked)
        data = {"files": [_checked_json(one) for one in checked]}
        return Answer(data, tuple(lines), Exit.WAITING if waits else Exit.DONE)

    run(context, make)


@app.command("paper", help="In một giấy tờ của cơ quan: báo cáo năm, đăng ký thi đua, sổ theo dõi…")
def _paper(
    context: typer.Context,
    form: Annotated[OfficeForm, typer.Argument(help=_FORMS)],
    out: Annotated[Path, typer.Option(help="Tệp .pdf hoặc .docx.")],
    year: Annotated[int | None, typer.Option(min=1945, max=2200, help="Năm.")] = None,
    submission: Annotated[
        UUID | None, typer.Option(parser=record_id, help="Mã tờ trình, cho F13, F26.")
    ] = None,
    criteria: Annotated[
        UUID | None,
        typer.Option("--set", parser=record_id, help="Mã bộ tiêu chí, cho F19 đến F21."),
    ] = None,
    unit: Annotated[str, typer.Option(help="Đơn vị của phiếu, cho F19 đến F21: mã hoặc id.")] = "",
    group: Annotated[
        bool, typer.Option("--group", help="F20: in phiếu của mọi đơn vị cùng cụm, khối.")
    ] = False,
) -> None:
    wants = wants_of(form)
    if (wants is Wants.SUBMISSION) != (submission is not None):
        raise typer.BadParameter("F13, F26 cần --submission, các mẫu khác thì không.")
    if (wants is Wants.CHECKLIST) != (criteria is not None):
        raise typer.BadParameter("F19, F20, F21 cần --set, các mẫu khác thì không.")

    def make(ports: Ports) -> Answer:
        of = None
        if criteria is not None:
            of = OfChecklist(criteria, unit_id(ports, unit) if unit else None, whole_group=group)
        written = write_office_paper(
            ports, out, form, year=year, submission=submission, checklist=of
        )
        data = {
            "file": str(out),
            "form": form.value,
            "forms": [one.to_json() for one in written.forms],
            "notes": list(written.notes),
        }
        told = (one.sentence() for one in written.forms)
        return Answer(data, (f"Đã in {out}.", *told, *written.notes))

    run(context, make)


def _formats(text: str) -> tuple[PaperFormat, ...]:
    """Return the formats that are named, each once."""
    named = tuple(dict.fromkeys(one.strip().lower() for one in text.split(",")))
    known = set(PaperFormat)
    if unknown := [one for one in named if one not in known]:
        raise typer.BadParameter(f"không có dạng tệp “{unknown[0]}”; có pdf, docx")
    return tuple(map(PaperFormat, named))


@app.command("print", help="In hồ sơ ra tệp PDF, Word.")
def _print(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help="Thư mục kết quả.")],
    proposal: Annotated[
        list[UUID] | None, typer.Option(parser=record_id, help="Mã đề nghị; lặp lại được.")
    ] = None,
    submission: Annotated[UUID | None, typer.Option(parser=record_id, help="Mã tờ trình.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Mọi tờ trình.")] = False,
    formats: Annotated[
        str, typer.Option("--format", help="Dạng tệp: pdf, docx, hoặc cả hai.", metavar="DẠNG,DẠNG")
    ] = PaperFormat.PDF,
) -> None:
    chosen = _formats(formats)
    if sum(map(bool, (proposal, submission, every))) != 1:
        raise typer.BadParameter("cần đúng một trong --proposal, --submission, --all")

    def make(ports: Ports) -> Answer:
        printed = print_dossiers(
            ports,
            out=out,
            proposals=tuple(proposal or ()),
            submission=submission,
            every=every,
            formats=chosen,
        )
        altered = {
            str(proposal): [one.to_json() for one in of] for proposal, of in printed.altered.items()
        }
        data = {
            "files": [str(file) for file in printed.files],
            "notes": list(printed.notes),
            "altered": altered,
            "forms": [one.to_json() for one in printed.forms],
        }
        lines = (f"Đã in {file}." for file in printed.files)
        since = (
            f"Có sửa sau khi nộp · {altered_line(one)}"
            for of in printed.altered.values()
            for one in of
        )
        warned = told_before_print(ports, proposals=tuple(proposal or ()), submission=submission)
        return Answer(
            data,
            (*lines, *(one.sentence() for one in printed.forms), *printed.notes, *since),
            complaints=(warned.replace("F7", "dossier check"),) if warned else (),
            nothing="Chưa in gì: chưa có tờ trình nào.",
        )

    run(context, make)


def _checked_json(checked: LayoutChecked) -> dict[str, Any]:
    findings = [{**asdict(one), "message": one.sentence()} for one in checked.findings]
    return {"file": str(checked.file), "papers": checked.papers, "findings": findings}


@app.command("check", help="Soát hồ sơ trước khi trình, in, xuất; mã kết thúc 4 khi còn điều chặn.")
def _check(
    context: typer.Context,
    proposal: Annotated[
        list[UUID] | None, typer.Option(parser=record_id, help="Mã đề nghị; lặp lại được.")
    ] = None,
    submission: Annotated[UUID | None, typer.Option(parser=record_id, help="Mã tờ trình.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Mọi hồ sơ.")] = False,
) -> None:
    if sum(map(bool, (proposal, submission, every))) != 1:
        raise typer.BadParameter("cần đúng một trong --proposal, --submission, --all")

    def make(ports: Ports) -> Answer:
        checked = check_dossiers(ports, proposals=tuple(proposal or ()), submission=submission)
        data = {
            "findings": [one.to_json() for one in checked.findings],
            "dossiers": [
                {
                    "submission": str(one.submission_id) if one.submission_id else None,
                    "title": one.title,
                    "proposals": one.cases,
                    "findings": len(one.findings),
                }
                for one in checked.dossiers
            ],
        }
        lines = [
            line
            for dossier in checked.dossiers
            for line in (dossier.title, *map(_finding_line, dossier.findings))
        ]
        summary = f"{len(checked.dossiers)} hồ sơ, {len(checked.findings)} điều soát thấy."
        code = Exit.WAITING if checked.stops else Exit.DONE
        return Answer(data, (*lines, summary), code)

    run(context, make)


def _finding_line(told: ToldFinding) -> str:
    finding = told.finding
    waived = f" (đã bỏ qua: {told.waived})" if told.is_waived else ""
    return f"  {word(finding.severity)} {finding.code}: {finding.found.message}{waived}"
