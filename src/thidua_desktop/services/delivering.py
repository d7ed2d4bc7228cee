"""Files of bundles on their way to a stick: entered once they lie there, named once they are
entered, so that no file stands outside the register and none is entered that is not there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from thidua_desktop.domain.errors import UnwritableFileError
from thidua_desktop.domain.parts import part_name
from thidua_desktop.services.ports import Ports, Work

_SETTING = "unnamed"
# A stick that never comes back need not be waited for for ever.
_MOST_WAITED_FOR = 200


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A file of a bundle that was written and still bears a passing name."""

    draft: Path
    path: Path


class Outbox:
    """The files that leave with one transaction."""

    def __init__(self, ports: Ports, work: Work) -> None:
        self._ports = ports
        self._work = work
        self._left = _named(ports, work)[1]
        self._unnamed: list[Unnamed] = []

    def put(self, copy: Path, target: Path, part_size: int | None) -> tuple[Path, ...]:
        """Write a bundle of which a copy is kept, in parts where it is too long for one; return
        what its files will be called. Raises UnwritableFileError.
        """
        written = []
        for path, pieces in files_of(self._ports, copy, target, part_size):
            self._refuse_gone()  # or the folder would be made anew, on a disk nobody meant
            draft = self._ports.files.draft(path, pieces)
            self._unnamed.append(Unnamed(draft, path))
            written.append(path)
        return tuple(written)

    def commit(self) -> None:
        """Make the transaction permanent, then give the files their names.

        Raises UnwritableFileError: a stick was pulled out in that moment. What was entered stays,
        with its copy, and the name follows when the stick is in again.
        """
        self._refuse_gone()
        _keep(self._work, (*self._left, *self._unnamed))
        self._work.commit()
        unnamed, self._unnamed = self._unnamed, []
        for one in unnamed:
            self._ports.files.settle(one.draft, one.path)

    def _refuse_gone(self) -> None:
        """Raise UnwritableFileError when what was written last is not there any more."""
        for one in self._unnamed[-1:]:
            if not self._ports.files.has(one.draft):
                raise UnwritableFileError(one.path.name)

    def drop(self) -> None:
        """Remove what was written: nothing of it is entered."""
        for one in self._unnamed:
            self._ports.files.drop(one.draft)


@contextmanager
def outbox(ports: Ports, work: Work) -> Iterator[Outbox]:
    """Open the outbox of a transaction. Left without `commit`, nothing has left."""
    box = Outbox(ports, work)
    try:
        yield box
    finally:
        box.drop()


def files_of(
    ports: Ports, copy: Path, target: Path, part_size: int | None
) -> Iterator[tuple[Path, Iterator[bytes]]]:
    """Return the files of a bundle with their bytes in pieces: one, or its parts."""
    if part_size is None or ports.files.size(copy) <= part_size:
        yield target, ports.files.pieces(copy)
        return
    for head, pieces in ports.parts.cut(copy, part_size):
        yield target.with_name(part_name(target.name, head.index, head.count)), pieces


def finish_deliveries(ports: Ports) -> tuple[Path, ...]:
    """Name the files that were written and entered when the program ended; return them."""
    with ports.store.read() as work:
        if not any(ports.files.has(one.draft) for one in _unnamed(work)):
            return ()
    with ports.store.write() as work:
        named, left = _named(ports, work)
        _keep(work, left)
        work.commit()
        return named


def _named(ports: Ports, work: Work) -> tuple[tuple[Path, ...], tuple[Unnamed, ...]]:
    """Name what can be named; return that, and what is still to be: its stick is not in."""
    named: list[Path] = []
    left: list[Unnamed] = []
    for one in _unnamed(work):
        if ports.files.has(one.draft):
            try:
                ports.files.settle(one.draft, one.path)
            except UnwritableFileError:
                left.append(one)
            else:
                named.append(one.path)
        elif not ports.files.has(one.path):
            left.append(one)
    return tuple(named), tuple(left)


def _unnamed(work: Work) -> tuple[Unnamed, ...]:
    said = json.loads(work.book.setting(_SETTING) or "[]")
    return tuple(Unnamed(Path(draft), Path(path)) for draft, path in said)


def _keep(work: Work, unnamed: tuple[Unnamed, ...]) -> None:
    said = [(str(one.draft), str(one.path)) for one in unnamed[-_MOST_WAITED_FOR:]]
    work.book.set_setting(_SETTING, json.dumps(said) if said else None)
