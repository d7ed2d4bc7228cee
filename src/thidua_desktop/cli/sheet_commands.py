"""`excel`: the template of the nominee list, and the list read in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from thidua_desktop.cli.output import Answer
from thidua_desktop.cli.session import run
from thidua_desktop.cli.speech import Commands
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.sheets import (
    SheetPreview,
    import_nominees,
    preview_nominees,
    write_template,
)

app = Commands()


@app.command("template", help="Ghi mẫu danh sách đề nghị khen thưởng.")
def _template(context: typer.Context, out: Annotated[Path, typer.Option()]) -> None:
    def make(ports: Ports) -> Answer:
        write_template(ports, out)
        return Answer({"file": str(out)}, (f"Đã ghi mẫu “{out.name}”.",))

    run(context, make)


@app.command("import", help="Nhập danh sách theo mẫu: tất cả hoặc không dòng nào.")
def _import(
    context: typer.Context,
    file: Path,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ xem trước.")] = False,
) -> None:
    def make(ports: Ports) -> Answer:
        if dry_run:
            return _previewed(preview_nominees(ports, file))
        return _previewed(import_nominees(ports, file).preview)

    run(context, make)


def _previewed(preview: SheetPreview) -> Answer:
    lines = (f"dòng {row.number}: {row.summary()}" for row in preview.rows)
    return Answer(preview.to_json(), tuple(lines))
