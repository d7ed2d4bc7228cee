"""What a person chooses when bundles are written, and what it was the last time."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from uuid import UUID

from thidua_desktop.domain.offices import SentBundle
from thidua_desktop.services.packing import (
    BundleMade,
    export_bundle,
    export_for_all,
    write_copy,
)
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.registers import list_bundles
from thidua_desktop.services.sending import Packing
from thidua_desktop.services.sisters import sisters

_SETTING = "export"
_REMEMBERED = ("full", "light", "part_size", "sisters")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportWish:
    """What is to be written: what is new or everything, with attachments or without, in parts or
    not; or once more a bundle that was sent. `sisters`: for the other PCs of the province too.
    """

    full: bool = False
    light: bool = False
    part_size: int | None = None
    again: UUID | None = None
    sisters: bool = False


@dataclass(frozen=True, slots=True)
class ExportChoices:
    """What was wished the last time, the bundles whose copies are kept, with their readers, and how
    many other PCs the province has.
    """

    wish: ExportWish
    again: tuple[tuple[SentBundle, str], ...]
    sisters: int = 0


def export_choices(ports: Ports) -> ExportChoices:
    """Return what there is to choose."""
    with ports.store.read() as work:
        said = json.loads(work.book.setting(_SETTING) or "{}")
    book = list_bundles(ports)
    kept = [one for one in reversed(book.sent) if one.bundle in book.unacknowledged]
    wish = ExportWish(**{name: said[name] for name in _REMEMBERED if name in said})
    again = tuple((one, book.name(one.to)) for one in kept)
    return ExportChoices(wish, again, sisters(ports))


def export(ports: Ports, wish: ExportWish, *, folder: Path) -> tuple[BundleMade, ...]:
    """Write what was wished into a folder, and remember the wish. Raises as `export_bundle`."""
    with ports.store.write() as work:
        is_province = work.book.me().is_province
        said = asdict(replace(wish, again=None))
        work.book.set_setting(_SETTING, json.dumps({name: said[name] for name in _REMEMBERED}))
        work.commit()
    if wish.again is not None:
        return (write_copy(ports, wish.again, folder=folder, part_size=wish.part_size),)
    packing = Packing(full=wish.full, light=wish.light, part_size=wish.part_size)
    if is_province:
        sisters_too = wish.sisters and sisters(ports) > 0
        return export_for_all(ports, folder=folder, packing=packing, sisters_too=sisters_too)
    return (export_bundle(ports, path=None, folder=folder, packing=packing),)
