"""What a record is called where only its id is known: a name, or the name of what it is about."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from thidua_desktop.domain.history import FieldVersion
from thidua_desktop.domain.kinds import KIND_BY_NAME, fields_of
from thidua_desktop.domain.records import FieldType, Record, kind_name, specs
from thidua_desktop.domain.words import kind_label
from thidua_desktop.services.ports import Work

# What a kind calls its name, the best word first.
_NAMES = ("full_name", "name", "head", "title", "task", "number", "wording", "code", "summary")
# These are called by what they are about; others without a name by the first two they refer to.
_ABOUT = {
    "proposal": ("person_id", "collective_id", "household_id", "award_form_id"),
    "score": ("criterion_id",),
}
_DEEPEST = 2  # a score is called by its criterion, an evidence by its score's


Find = Callable[[str, UUID], Record | None]


def title_of(work: Work, kind: str, record_id: UUID | None) -> str:
    """Return what a record is called; of one that is not here, or nameless, just this."""
    return title_by(finder(work), kind, record_id) if record_id else kind_label(kind)


def title_by(find: Find, kind: str, record_id: UUID) -> str:
    """Return what a record is called among those that can be found."""
    title = _title(find, kind, record_id, _DEEPEST)
    if title:
        return title
    lack = "chưa có tên" if find(kind, record_id) else "không có ở máy này"
    return f"{kind_label(kind)} {lack}"


def title_said(work: Work, version: FieldVersion) -> str:
    """Return what the record is called that a value refers to; what is no reference has none."""
    targets = {spec.name: spec.refers_to for spec in fields_of(version.kind)}
    target = targets.get(version.field)
    if target is None or not isinstance(version.value, bytes):
        return ""
    return title_of(work, target, UUID(bytes=version.value))


def finder(work: Work) -> Find:
    """Return how a record is found by the name of its kind."""

    def find(kind: str, record_id: UUID) -> Record | None:
        return work.records.find(KIND_BY_NAME[kind], record_id) if kind in KIND_BY_NAME else None

    return find


def _title(find: Find, kind: str, record_id: UUID, deeper: int) -> str:
    record = find(kind, record_id)
    if record is None:
        return ""
    names = () if kind in _ABOUT else _NAMES
    own = (getattr(record, name, "") for name in names)
    found = next((said for said in own if said and isinstance(said, str)), "")
    return found or (_names_of_others(find, record, deeper - 1) if deeper else "")


def _names_of_others(find: Find, record: Record, deeper: int) -> str:
    """Return the names of the first two records that this one is about."""
    found: list[str] = []
    refs = [spec for spec in specs(type(record)) if spec.type is FieldType.REF]
    about = _ABOUT.get(kind_name(type(record)), [spec.name for spec in refs])
    for spec in refs:
        target = getattr(record, spec.name)
        if spec.name in about and spec.refers_to and target is not None:
            said = _title(find, spec.refers_to, target, deeper)
            found += [said] if said and said not in found else []
    return " · ".join(found[:2])
