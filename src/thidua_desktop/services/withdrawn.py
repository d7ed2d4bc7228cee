"""What another PC of the province took out again: an undo takes nothing out of the other PCs, so
they are told, and a person decides.

A PC is told by what the other one says to hold: of an office's changes less than it said before.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from thidua_desktop.domain.bundles import Manifest
from thidua_desktop.domain.ids import PROVINCE_NUMBER
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.sisters import is_for_sisters, sisters_of


def note_withdrawn(work: Work, manifest: Manifest, before: Mapping[bytes, int]) -> None:
    """Keep of which origins the sender, another PC of the province, holds less than it did; one
    that it holds more of again is forgotten.
    """
    if not is_for_sisters(work.book.me(), manifest.sender.office):
        return
    replica = manifest.sender.replica
    kept = said = _said(work, replica)
    for origin, number in work.book.acknowledged(replica).items():
        if number < before.get(origin, 0):
            said = {**said, origin.hex(): number}
        elif number > said.get(origin.hex(), number):
            said = {one: at for one, at in said.items() if one != origin.hex()}
    if said != kept:
        work.book.set_setting(_name(replica), json.dumps(said) if said else None)


def withdrawn_elsewhere(ports: Ports) -> tuple[str, ...]:
    """Return the offices of which another PC of the province took something out that is here."""
    with ports.store.read() as work:
        said = [_said(work, one.replica) for one in sisters_of(work)]
        if not any(said):
            return ()
        held = work.exchange.origins()
        names = {one.office.number: one.office.unit_name for one in work.book.enrolments()}
        found = {
            names.get(author.office, f"cơ quan số {author.office}")
            for author in work.book.certificates()
            if author.office != PROVINCE_NUMBER
            for origin in work.exchange.origins_of(author, ()) & held.keys()
            if any(held[origin].number > one.get(origin.hex(), held[origin].number) for one in said)
        }
        return tuple(sorted(found))


def _said(work: Work, replica: bytes) -> Mapping[str, int]:
    return dict(json.loads(work.book.setting(_name(replica)) or "{}"))


def _name(replica: bytes) -> str:
    return f"withdrawn.{replica.hex()}"
