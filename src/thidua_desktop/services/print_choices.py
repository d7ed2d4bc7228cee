"""How papers are printed and saved on this PC, as it was chosen the last time."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

from thidua_desktop.domain.dossier_files import PaperFormat, PrintChoice
from thidua_desktop.domain.dossiers import Dossier
from thidua_desktop.domain.pages import SizeSet
from thidua_desktop.services.ports import Ports

_SETTING = "printing"


def print_choice(ports: Ports) -> PrintChoice:
    """Return how papers were saved the last time on this PC."""
    with ports.store.read() as work:
        said = json.loads(work.book.setting(_SETTING) or "{}")
    known = [PaperFormat(one) for one in said.pop("formats", ()) if one in set(PaperFormat)]
    sizes = said.pop("sizes", None)
    choice = PrintChoice(**{name: said[name] for name in asdict(PrintChoice()) if name in said})
    if sizes in set(SizeSet):
        choice = replace(choice, sizes=SizeSet(sizes))
    return replace(choice, formats=tuple(known)) if known else choice


def keep_print_choice(ports: Ports, choice: PrintChoice) -> None:
    """Remember how papers are saved."""
    with ports.store.write() as work:
        work.book.set_setting(_SETTING, json.dumps(asdict(choice), ensure_ascii=False))
        work.commit()


def in_sizes(dossier: Dossier, sizes: SizeSet) -> Dossier:
    """Return a dossier in a set of letter sizes; wide sheets and slips are always in the small."""
    return dossier if dossier.sizes is SizeSet.SMALL else replace(dossier, sizes=sizes)


def as_chosen(ports: Ports, dossier: Dossier) -> Dossier:
    """Return a dossier in the letter sizes that this PC prints in."""
    return in_sizes(dossier, print_choice(ports).sizes)
