"""What every command needs: which folders, which dress of the answer, and the ports."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import typer

from thidua_desktop.cli.output import Answer, say
from thidua_desktop.cli.phrases import ask_for_key
from thidua_desktop.domain.displacement_text import displacement_text
from thidua_desktop.domain.errors import IdentityInsideDataError
from thidua_desktop.domain.key_state import mended_text
from thidua_desktop.services.machine_key import unlock
from thidua_desktop.services.ports import Ports

MakePorts = Callable[[Path, Path], Ports]


@dataclass(frozen=True, slots=True)
class Outside:
    """What the application hands to the command line."""

    make_ports: MakePorts
    data: Path
    identity: Path
    demo: Callable[[Path], int]


@dataclass(frozen=True, slots=True)
class Session:
    """The options before the command."""

    outside: Outside
    data: Path
    identity: Path
    as_json: bool

    def ports(self) -> Ports:
        """Return the ports of the office's folder."""
        return self.outside.make_ports(self.data, self.identity)


def run(context: typer.Context, make: Callable[[Ports], Answer], *, unlocks: bool = True) -> None:
    """Run a command on the ports, print its answer and end with its exit code.

    The phrase of this PC's keys is asked first, unless the command itself is about it.
    """
    session: Session = context.obj
    opened: list[Ports] = []

    def answer() -> Answer:
        ports = session.ports()
        opened.append(ports)
        if unlocks:
            unlock(ports, ask_for_key())
        return make(ports)

    code = say(answer, as_json=session.as_json)
    renewals = (ports.store.renewal() for ports in opened)
    sys.stderr.writelines(f"{displacement_text(one)}\n" for one in renewals if one)
    wide = sum(len(ports.keys.mended()) for ports in opened)
    if wide:
        sys.stderr.write(f"{mended_text(wide)}\n")
    raise typer.Exit(code)


def is_inside(folder: Path, other: Path) -> bool:
    """Tell whether a folder lies in another one, or is it."""
    return folder.resolve().is_relative_to(other.resolve())


def refuse_identity_inside(session: Session) -> None:
    """Raise IdentityInsideDataError when a copy of the data would carry the identity along."""
    if is_inside(session.identity, session.data):
        raise IdentityInsideDataError(str(session.identity))
