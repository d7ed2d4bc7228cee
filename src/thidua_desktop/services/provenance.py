"""Từ đâu ra? The chain of values of one field: who said what, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from thidua_desktop.domain.history import FieldVersion
from thidua_desktop.services.desk_plan import office_names
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.titles import title_of, title_said
from thidua_desktop.services.word_origins import file_of_value


class Standing(StrEnum):
    """What became of a value."""

    SHOWN = "shown"
    WAITS = "waits"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One value of the chain. `chosen_from` counts the values it was chosen from, 0 for none;
    `replaced_by` are the places in the chain of those that stand in its place; `file` is the Word
    file that it was read from on this PC.
    """

    version: FieldVersion
    name: str
    office: str
    bundle: int | None
    standing: Standing
    chosen_from: int
    replaced_by: tuple[int, ...]
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a field is from; the oldest value first."""

    kind: str
    title: str
    field: str
    steps: tuple[Step, ...]


def where_from(ports: Ports, kind: str, record_id: UUID, field: str) -> Provenance:
    """Return the chain of values of a field; a field never written has none."""
    with ports.store.read() as work:
        found = work.records.history(record_id)
        versions = [one for one in found if (one.kind, one.field) == (kind, field)]
        heads = [one for one in versions if not one.replaced_by]
        shown = max(heads, key=lambda one: (one.level, versions.index(one)), default=None)
        places = {one.op: place for place, one in enumerate(versions)}
        offices = office_names(work)
        numbers = {one.bundle: one.number for one in work.book.received()}
        read_from = file_of_value(work)
        steps = tuple(
            Step(
                version=one,
                name=title_said(work, one),
                office=offices.get(one.office, f"cơ quan số {one.office}"),
                bundle=numbers.get(one.bundle) if one.bundle else None,
                standing=_standing(one, shown),
                chosen_from=_chosen_from(one, versions),
                replaced_by=tuple(places[op] for op in one.replaced_by if op in places),
                file=read_from(record_id, field, one.value) if one.bundle is None else "",
            )
            for one in versions
        )
        title = title_of(work, kind, record_id)
        return Provenance(kind=kind, title=title, field=field, steps=steps)


def _standing(one: FieldVersion, shown: FieldVersion | None) -> Standing:
    if one is shown:
        return Standing.SHOWN
    return Standing.REPLACED if one.replaced_by else Standing.WAITS


def _chosen_from(one: FieldVersion, versions: list[FieldVersion]) -> int:
    """Return how many values stood side by side when this one was written in place of them."""
    named = [old for old in versions if old.op in one.replaces]
    older = {op for old in named for op in old.replaces}
    apart = [old for old in named if old.op not in older]
    return len(apart) if len(apart) > 1 else 0
