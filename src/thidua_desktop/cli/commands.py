"""The command line: `thidua-desktop [--data DIR] [--identity DIR] [--json] COMMAND`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from thidua_desktop.cli import (
    bundle_commands,
    file_commands,
    office_commands,
    paper_commands,
    question_commands,
    record_commands,
    same_commands,
    sheet_commands,
    store_commands,
    unit_commands,
)
from thidua_desktop.cli.output import Exit
from thidua_desktop.cli.session import Outside, Session, refuse_identity_inside
from thidua_desktop.cli.speech import Commands, wrong_usage
from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import IdentityInsideDataError

__all__ = ["Outside", "run_command"]

_app = Commands(
    name="thidua-desktop",
    help="Thi đua, khen thưởng: không có lệnh thì mở cửa sổ chương trình.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
_app.add_typer(office_commands.app, name="office", help="Cơ quan: tạo, đăng ký, tham gia.")
_app.add_typer(record_commands.app, name="records", help="Bản ghi: ghi, xuất, lịch sử, trình.")
_app.add_typer(record_commands.differences, name="differences", help="Chỗ khác nhau cần chọn.")
_app.add_typer(question_commands.app, name="questions", help="Câu hỏi của tỉnh trên ô.")
_app.add_typer(unit_commands.app, name="units", help="Đơn vị: danh mục, kế thừa, sắp xếp.")
_app.add_typer(file_commands.app, name="files", help="Tệp kèm minh chứng: thêm, xem, lưu ra.")
_app.add_typer(same_commands.app, name="same", help="Cùng một người, một đơn vị nhập hai lần.")
_app.add_typer(bundle_commands.app, name="bundle", help="Gói dữ liệu: xuất, xem trước, nhập.")
_app.add_typer(sheet_commands.app, name="excel", help="Bảng tính Excel: mẫu, nhập.")
_app.add_typer(paper_commands.app, name="dossier", help="Hồ sơ: soát, in PDF và Word, đo thể thức.")
_app.add_typer(store_commands.app, name="store", help="Kho dữ liệu: kiểm tra, mã kiểm.")


def run_command(arguments: Sequence[str], outside: Outside) -> int:
    """Run the command line and return its exit code."""
    command = typer.main.get_command(_app)
    try:
        result = command.main(
            args=[_named(word) for word in arguments],
            prog_name="thidua-desktop",
            standalone_mode=False,
            obj=outside,
        )
    except typer.Exit as ended:
        return ended.exit_code
    except typer.Abort:
        return Exit.REFUSED
    except Exception as error:
        if not hasattr(error, "format_message"):  # what is wrong with the words of the command
            raise
        sys.stderr.write(wrong_usage(error.format_message()) + "\n")
        return Exit.USAGE
    return int(result or Exit.DONE)


def _named(word: str) -> str:
    """Return a word as it is; the folder one stands in has no name that a sentence could say."""
    return str(Path(word).absolute()) if word in {".", "./", ".\\"} else word


@_app.callback()
def _folders(
    context: typer.Context,
    data: Annotated[Path | None, typer.Option(help="Thư mục dữ liệu của cơ quan.")] = None,
    identity: Annotated[Path | None, typer.Option(help="Thư mục khóa, ở ngoài dữ liệu.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In một tài liệu JSON.")] = False,
) -> None:
    outside: Outside = context.obj
    session = Session(outside, data or outside.data, identity or outside.identity, as_json)
    try:
        refuse_identity_inside(session)
    except IdentityInsideDataError as error:
        sys.stderr.write(error_text(error) + "\n")
        raise typer.Exit(Exit.USAGE) from error
    context.obj = session


@_app.command("demo", help="Chạy trọn việc với dữ liệu của kế hoạch, kết quả để trong một thư mục.")
def _demo(
    context: typer.Context, out: Annotated[Path, typer.Option(help="Thư mục kết quả.")]
) -> None:
    session: Session = context.obj
    raise typer.Exit(session.outside.demo(out))
