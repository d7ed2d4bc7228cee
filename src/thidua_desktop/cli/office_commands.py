"""`office`: whose data folder this is, and which offices may send."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from getpass import getpass
from pathlib import Path
from typing import Annotated

import typer

from thidua_desktop.cli.output import Answer
from thidua_desktop.cli.phrases import ask_for, ask_for_key
from thidua_desktop.cli.session import Session, is_inside, run
from thidua_desktop.cli.speech import Commands
from thidua_desktop.domain.displacement_text import renewal_text
from thidua_desktop.domain.errors import PaperInsideDataError, PhraseError, RecoveryWordsError
from thidua_desktop.domain.key_state import key_state_text
from thidua_desktop.domain.offices import Office, OfficeEntry, OfficeState, Renewal
from thidua_desktop.domain.units import UnitRole
from thidua_desktop.domain.words import role_name, word
from thidua_desktop.services.keys import (
    HeirProposal,
    certify,
    proposed_heirs,
    restore_root,
    revoke,
    root_is_here,
    root_is_protected,
    root_words,
    succeed,
)
from thidua_desktop.services.machine_key import key_state, set_phrase
from thidua_desktop.services.offices import (
    accept,
    close_enrolment,
    create_office,
    enrol,
    join,
    list_offices,
    own_machines,
)
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.recovery_paper import write_recovery_paper
from thidua_desktop.services.renewal import renew
from thidua_desktop.services.worker import name_worker, worker

app = Commands()
_DAY = "%Y-%m-%d"
_OPEN_ROOT = (
    "Khóa gốc của tỉnh chưa có cụm từ bảo vệ: ai dùng tài khoản này cũng mở được. "
    "Hãy chạy lại “office root-restore” ở nơi gõ được cụm từ."
)
_NEXT = "Gói sau của tỉnh mang hồ sơ đến nơi kế thừa."
UnitCode = Annotated[str, typer.Argument(help="Mã đơn vị.")]
Words = Annotated[
    Path | None, typer.Option(help="Tệp chứa 24 từ khôi phục khóa gốc, thay cho cụm từ.")
]
Unit = Annotated[str, typer.Option(help="Mã đơn vị, như ubnd-343, sxd; tỉnh là 34.")]


@app.command("create", help="Tạo thư mục dữ liệu mới cho một cơ quan.")
def _create(
    context: typer.Context,
    unit: Unit,
    role: Annotated[UnitRole, typer.Option(help="Vai trò của cơ quan.")],
) -> None:
    def make(ports: Ports) -> Answer:
        office = create_office(ports, unit, role, ask_for("khóa gốc", is_new=True))
        lines: tuple[str, ...] = (f"Đã tạo dữ liệu của {office.unit_name}.",)
        complaints: tuple[str, ...] = ()
        if office.is_province:
            lines = (*lines, "Hãy in các từ khôi phục bằng “office root-words” và cất vào két.")
            if not root_is_protected(ports):
                complaints = (_OPEN_ROOT,)
        return Answer(_office_json(office), lines, complaints=complaints)

    run(context, make)


@app.command("enrol", help="Tỉnh làm tệp đăng ký cho một cơ quan.")
def _enrol(context: typer.Context, unit: Unit, out: Annotated[Path, typer.Option()]) -> None:
    def make(ports: Ports) -> Answer:
        protection = ask_for(f"tệp “{out.name}”", is_new=True)()
        ports.files.write(out, enrol(ports, unit, protection))
        data = {"file": str(out), "protected": protection is not None}
        complaints = () if protection else (_open_enrolment(out.name),)
        return Answer(data, (f"Đã ghi tệp đăng ký “{out.name}”.",), complaints=complaints)

    run(context, make)


@app.command("join", help="Nhận tệp đăng ký: tạo dữ liệu của cơ quan trên máy này.")
def _join(context: typer.Context, file: Path) -> None:
    def make(ports: Ports) -> Answer:
        ask = ask_for(f"tệp “{file.name}”")
        office = join(ports, ports.files.read(file), file_name=file.name, ask=ask)
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

    run(context, make, unlocks=False)  # it is what helps where the phrase was forgotten


@app.command("phrase", help="Đặt hoặc đổi cụm từ mở khóa của máy này; --remove bỏ đi.")
def _phrase(
    context: typer.Context,
    new: Annotated[Path | None, typer.Option(help="Tệp chứa cụm từ mới; không có thì gõ.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Bỏ cụm từ.")] = False,
) -> None:
    if remove and new:
        raise typer.BadParameter("--remove không đi cùng --new")

    def make(ports: Ports) -> Answer:
        current = ask_for_key()() if key_state(ports).has_phrase else None
        typed = None if remove else ask_for("khóa của máy này (mới)", is_new=True, file=new)()
        if typed is None and not remove:
            raise PhraseError("khóa của máy này")
        set_phrase(ports, typed, current=current)
        return Answer({"phrase": typed is not None}, (key_state_text(key_state(ports)),))

    run(context, make, unlocks=False)


@app.command("who", help="Người làm việc trên máy này, tên đi theo mỗi thay đổi.")
def _who(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Option(help="Tên mới; để trống thì dùng tên tài khoản.")
    ] = None,
) -> None:
    def make(ports: Ports) -> Answer:
        found = worker(ports) if name is None else name_worker(ports, name)
        return Answer({"who": found}, (f"Người làm việc trên máy này: {found or '(không tên)'}.",))

    run(context, make)


@app.command("list", help="Các cơ quan đã đăng ký, đã chấp nhận hoặc đang chờ.")
def _list(context: typer.Context) -> None:
    def make(ports: Ports) -> Answer:
        offices = list_offices(ports)
        with ports.store.read() as work:
            is_province = work.book.me().is_province
        own = own_machines(ports) if is_province else None
        shown = (own, *offices) if own else offices
        lines = [line for one in shown for line in _entry_lines(one)]
        data: dict[str, object] = {"offices": [_entry_json(entry) for entry in offices]}
        if own:
            data["province"] = _entry_json(own)
        return Answer(data, tuple(lines), nothing="Chưa có cơ quan nào đăng ký.")

    run(context, make)


@app.command("close", help="Tỉnh khóa tệp đăng ký của một cơ quan: không máy nào xin thêm được.")
def _close(context: typer.Context, unit: UnitCode) -> None:
    def make(ports: Ports) -> Answer:
        close_enrolment(ports, unit)
        line = f"Đã khóa tệp đăng ký của “{unit}”; muốn thêm máy thì làm tệp mới."
        return Answer({"unit": unit, "closed": True}, (line,))

    run(context, make)


@app.command(
    "revoke", help="Tỉnh thu hồi một máy, của cơ quan hay của tỉnh: không nhận gì thêm của máy đó."
)
def _revoke(
    context: typer.Context,
    replica: Annotated[str, typer.Argument(help="Mã máy, hoặc đủ phần đầu của mã.")],
    after: Annotated[
        int | None, typer.Option(help="Số thay đổi cuối còn giá trị; không ghi là số đã nhận.")
    ] = None,
    words: Words = None,
) -> None:
    def make(ports: Ports) -> Answer:
        said = _said(ports, words)
        done = revoke(ports, replica, after=after, ask=ask_for("khóa gốc"), words=said)
        name = done.certificate.replica.hex()
        line = f"Đã thu hồi máy {name}; các thay đổi đến số {done.last} vẫn còn giá trị."
        return Answer({"replica": name, "last": done.last}, (line,))

    run(context, make)


@app.command("succeed", help="Tỉnh giao hồ sơ của một cơ quan cho cơ quan kế thừa.")
def _succeed(
    context: typer.Context,
    predecessor: Annotated[str | None, typer.Option("--from", help="Cơ quan cũ.")] = None,
    heir: Annotated[str | None, typer.Option("--to", help="Cơ quan kế thừa.")] = None,
    on: Annotated[datetime | None, typer.Option(help="Ngày bàn giao.", formats=[_DAY])] = None,
    propose: Annotated[
        bool, typer.Option("--propose", help="Chỉ liệt kê theo danh mục đơn vị.")
    ] = False,
) -> None:
    if propose is bool(predecessor or heir) or bool(predecessor) is not bool(heir):
        raise typer.BadParameter("cần --from và --to, hoặc --propose")

    def make(ports: Ports) -> Answer:
        day = on.date() if on else ports.now().date()
        if predecessor and heir:
            done = succeed(ports, predecessor, heir, since=day)
            data = {"from": done.predecessor, "to": done.heir, "since": done.since.isoformat()}
            return Answer(data, (f"Đã giao hồ sơ của “{predecessor}” cho “{heir}”. {_NEXT}",))
        found = proposed_heirs(ports, on=day)
        return Answer(
            {"proposals": [_proposal_json(one) for one in found]},
            tuple(
                f"{one.predecessor.unit_code} → {one.heir.unit_code} · {one.text} "
                f"({one.resolution})"
                for one in found
            ),
            nothing="Không có cơ quan nào cần giao hồ sơ theo danh mục đơn vị.",
        )

    run(context, make)


@app.command(
    "certify", help="Tỉnh: xác nhận máy này bằng khóa gốc, để các cơ quan nhận gói của máy."
)
def _certify(context: typer.Context, words: Words = None) -> None:
    def make(ports: Ports) -> Answer:
        said = _said(ports, words)
        if said is None and not root_is_here(ports) and sys.stdin.isatty():
            said = _typed_words()
        certify(ports, ask_for("khóa gốc"), said)
        return Answer(
            {"certified": True},
            ("Máy này đã được khóa gốc xác nhận; gói sau mang chứng thư đến các cơ quan.",),
        )

    run(context, make)


@app.command("root-words", help="Tỉnh: các từ để khôi phục khóa gốc, in ra giấy và cất vào két.")
def _root_words(
    context: typer.Context,
    paper: Annotated[
        Path | None, typer.Option(help="Ghi phiếu khôi phục (PDF) để in, thay vì hiện các từ.")
    ] = None,
) -> None:
    session: Session = context.obj

    def make(ports: Ports) -> Answer:
        if paper is not None:
            for folder in (session.data, session.identity):
                if is_inside(paper, folder):
                    raise PaperInsideDataError(paper.name)
            check = write_recovery_paper(ports, paper, ask_for("khóa gốc"))
            line = f"Đã ghi “{paper.name}”. Hãy in, cất vào két rồi xóa tệp này."
            return Answer({"file": str(paper), "check": check}, (line,))
        words = root_words(ports, ask_for("khóa gốc"))
        lines = (f"{place:2}. {said}" for place, said in enumerate(words, start=1))
        return Answer({"words": list(words)}, tuple(lines))

    run(context, make)


@app.command("root-restore", help="Tỉnh: khôi phục khóa gốc từ các từ đã in.")
def _root_restore(
    context: typer.Context,
    words: Words = None,
) -> None:
    def make(ports: Ports) -> Answer:
        said = _said(ports, words) or _typed_words()
        restore_root(ports, said, ask_for("khóa gốc", is_new=True))
        complaints = () if root_is_protected(ports) else (_OPEN_ROOT,)
        line = "Đã khôi phục khóa gốc và cấp khóa nghiệp vụ cho máy này."
        return Answer({"restored": True}, (line,), complaints=complaints)

    run(context, make)


def _said(ports: Ports, words: Path | None) -> str | None:
    return ports.files.read(words).decode("utf-8", "replace") if words else None


def _typed_words() -> str:
    if not sys.stdin.isatty():
        raise RecoveryWordsError(None)
    return getpass("Các từ khôi phục, cách nhau bằng dấu cách: ")


def _open_enrolment(name: str) -> str:
    return (
        f"Tệp đăng ký “{name}” không có cụm từ bảo vệ: ai cầm tệp cũng xin đăng ký được. "
        "Hãy trao tận tay."
    )


def _entry_lines(entry: OfficeEntry) -> Iterator[str]:
    closed = " · đã khóa tệp đăng ký" if entry.is_closed else ""
    office = entry.office
    yield f"{office.unit_code}: {office.unit_name} · {word(entry.state)}{closed}"
    for one in entry.machines:
        last = f" từ sau số {one.last}" if one.last is not None else ""
        was = f" · {renewal_text(one.renewal)}" if one.renewal else ""
        yield f"  máy {one.place} · {one.replica.hex()} · {word(one.state)}{last}{was}"


def _entry_json(entry: OfficeEntry) -> dict[str, object]:
    accepted, waiting = OfficeState.ACCEPTED, OfficeState.WAITING
    return _office_json(entry.office) | {
        "state": entry.state.value,
        "accepted": [replica.hex() for replica in entry.replicas(accepted)],
        "waiting": [replica.hex() for replica in entry.replicas(waiting)],
        "closed": entry.is_closed,
        "heirs": list(entry.heirs),
        "machines": [
            {"replica": one.replica.hex(), "place": one.place, "state": one.state.value}
            | {"held": one.held, "last": one.last}
            | (_renewal_json(one.renewal) if one.renewal else {})
            for one in entry.machines
        ],
    }


def _renewal_json(renewal: Renewal) -> dict[str, object]:
    former = renewal.former.hex() if renewal.former else None
    said = {"reason": renewal.reason.value, "at": renewal.at.isoformat(), "former": former}
    return {"renewed": said}


def _proposal_json(one: HeirProposal) -> dict[str, object]:
    return {
        "from": _office_json(one.predecessor),
        "to": _office_json(one.heir),
        "since": one.since.iso(),
        "resolution": one.resolution,
        "enrolled": one.is_enrolled,
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
