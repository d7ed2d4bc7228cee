"""`store`: is the database sound, and is it the same as another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from thidua_desktop.cli.output import Answer, Exit
from thidua_desktop.cli.phrases import ask_for_key
from thidua_desktop.cli.session import Session, run
from thidua_desktop.cli.speech import Commands
from thidua_desktop.domain.backups import Backup, gone_text
from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import StoreDamagedError
from thidua_desktop.domain.file_fault_text import file_fault_lines
from thidua_desktop.domain.words import word
from thidua_desktop.services import integrity
from thidua_desktop.services.backups import (
    back_up,
    backups_at_hand,
    choose_place,
    list_backups,
    put_back_backup,
    restore_backup,
    retry_backups,
    write_backup,
)
from thidua_desktop.services.machine_key import unlock
from thidua_desktop.services.ports import Ports

app = Commands()

_NONE = "Chưa có bản sao lưu nào."
_WHICH = "Cần ghi tệp sao lưu nào."
_RESTORE = (
    "Khôi phục một bản: store restore TỆP vào --data mới, hoặc store restore TỆP --replace "
    "để thay dữ liệu hỏng."
)


@app.command("digest", help="Mã kiểm của dữ liệu đang thấy: bằng nhau khi dữ liệu bằng nhau.")
def _digest(context: typer.Context) -> None:
    def make(ports: Ports) -> Answer:
        found = integrity.digest(ports)
        line = f"{found.digest} ({found.records} bản ghi)"
        return Answer({"digest": found.digest, "records": found.records}, (line,))

    run(context, make)


@app.command("backup", help="Sao lưu mọi dữ liệu vào một tệp, thử khôi phục ngay.")
def _backup(context: typer.Context, out: Annotated[Path, typer.Option(help="Tệp.")]) -> None:
    def make(ports: Ports) -> Answer:
        made = write_backup(ports, out)
        line = f"Đã sao lưu vào “{out.name}”: khôi phục được, đã thử."
        return Answer(_backup_json(made), (line,))

    run(context, make)


@app.command("restore", help="Khôi phục bản sao lưu vào thư mục --data mới, dưới mã máy mới.")
def _restore(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="Không ghi: kể các bản tìm thấy.")] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Thay dữ liệu ở --data; tệp cũ được giữ bên cạnh.")
    ] = False,
) -> None:
    session: Session = context.obj

    def make(ports: Ports) -> Answer:
        if file is None:
            return _at_hand(ports, _WHICH, Exit.USAGE)
        kept = None
        if replace:
            kept = put_back_backup(ports, file)
        else:
            restore_backup(ports, file, session.data)
        found = integrity.digest(ports)
        lines = [f"Đã khôi phục vào “{session.data}” ({found.records} bản ghi)."]
        if kept is not None:
            lines.append(f"Dữ liệu trước đó được giữ ở “{kept.name}”.")
        data = {"folder": str(session.data), "digest": found.digest, "records": found.records}
        return Answer(data | {"kept": kept and kept.name}, tuple(lines))

    run(context, make, unlocks=False)  # what is restored has keys of its own


@app.command("backups", help="Các bản sao lưu tự động; --try thử khôi phục lại từng bản.")
def _backups(
    context: typer.Context,
    again: Annotated[bool, typer.Option("--try", help="Thử lại từng bản.")] = False,
    now: Annotated[bool, typer.Option("--now", help="Sao lưu ngay một bản.")] = False,
    place: Annotated[Path | None, typer.Option(help="Nơi lưu từ nay về sau.")] = None,
) -> None:
    def make(ports: Ports) -> Answer:
        try:
            unlock(ports, ask_for_key())
            if place is not None:
                choose_place(ports, place)
            if now:
                back_up(ports)
            book = retry_backups(ports) if again else list_backups(ports)
        except StoreDamagedError as error:
            if now or place is not None:
                raise
            return _at_hand(ports, error_text(error), Exit.WAITING)
        data = {"place": str(book.place), "backups": [_backup_json(b) for b in book.backups]}
        bad = any(not backup.is_good for backup in book.backups)
        code = Exit.WAITING if bad else Exit.DONE
        return Answer(data, _backup_lines(book.backups), code, nothing=_NONE)

    run(context, make, unlocks=False)  # damaged data cannot even say whether there is a phrase


def _at_hand(ports: Ports, why: str, code: Exit) -> Answer:
    """Tell of the backups that are found without opening the data, and how one is restored."""
    found = backups_at_hand(ports)
    gone = (gone_text(found.gone),) if found.gone else ()
    data = {
        "place": str(found.gone or ports.backups.place),
        "backups": [_backup_json(backup) for backup in found.backups],
    }
    complaints = (why, *gone, *((_RESTORE,) if found.backups else ()))
    return Answer(data, _backup_lines(found.backups), code, complaints, nothing=_NONE)


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
            "files": [
                {"sha": one.sha, "state": one.state.value, "dossiers": list(one.dossiers)}
                for one in found.files
            ],
        }
        files = file_fault_lines(found.files)
        waiting = Exit.WAITING if files else Exit.DONE
        if not found.faults:
            return Answer(data, ("Dữ liệu khớp với nhật ký.", *files), waiting)
        if found.repaired and found.left:
            lost = "Đã dựng lại từ nhật ký; phần nhật ký sau đây bị hỏng, hãy nhập lại gói cũ:"
            return Answer(data, (lost, *found.left, *files), Exit.WAITING)
        if found.repaired:
            done = f"Đã sửa {len(found.faults)} chỗ từ nhật ký."
            return Answer(data, (done, *found.faults, *files), waiting)
        hint = "Hãy chạy lại với --repair để dựng lại từ nhật ký."
        return Answer(data, (*found.faults, *files, hint), Exit.WAITING)

    run(context, make)


def _backup_lines(backups: Iterable[Backup]) -> tuple[str, ...]:
    return tuple(f"{_moment(b.at)} · {word(b.reason)} · {_tried(b)} · {b.path}" for b in backups)


def _backup_json(backup: Backup) -> dict[str, Any]:
    return {
        "file": str(backup.path),
        "reason": backup.reason.value,
        "at": backup.at.isoformat(),
        "size": backup.size,
        "restorable": backup.is_good,
        "tried_at": backup.tried_at.isoformat() if backup.tried_at else None,
    }


def _tried(backup: Backup) -> str:
    if backup.tried_at is None:
        return "không khôi phục được"
    return f"khôi phục được, đã thử lúc {_moment(backup.tried_at)}"


def _moment(at: datetime) -> str:
    return f"{at.astimezone():%d/%m/%Y %H:%M}"
