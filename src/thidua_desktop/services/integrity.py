"""Is the database what its log says, and is it the same as another one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from thidua_desktop.domain.attachments import FileFault
from thidua_desktop.services.file_check import file_faults, set_aside_damaged
from thidua_desktop.services.ports import Ports


@dataclass(frozen=True, slots=True)
class Digest:
    """The SHA-256 of the visible state, and how many records it holds."""

    digest: str
    records: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found wrong, whether it was repaired, and the digest before and after.

    `left` is what the log itself has lost: no repair brings that back.
    """

    faults: tuple[str, ...]
    left: tuple[str, ...]
    repaired: bool
    before: Digest
    after: Digest
    files: tuple[FileFault, ...]


def digest(ports: Ports) -> Digest:
    """Return the digest of the visible state: equal states have equal digests on every PC."""
    hasher, records = hashlib.sha256(), 0
    with ports.store.read() as work:
        for line in work.records.dump():
            hasher.update(line + b"\n")
            records += 1
    return Digest(hasher.hexdigest(), records)


def check(ports: Ports) -> Checked:
    """Compare heads and tables with the log, read every file through; change nothing."""
    with ports.store.read() as work:
        faults, files = work.exchange.check(), file_faults(work)
    before = digest(ports)
    return Checked(faults, faults, repaired=False, before=before, after=before, files=files)


def repair(ports: Ports) -> Checked:
    """Make heads and tables anew from the log; put damaged files aside, to be asked for again."""
    before = digest(ports)
    with ports.store.write() as work:
        files = file_faults(work)
        set_aside_damaged(work, files)
        faults = work.exchange.check()
        work.exchange.rebuild()
        left = work.exchange.check()
        work.commit()
    return Checked(faults, left, repaired=True, before=before, after=digest(ports), files=files)
