"""What was typed and is not kept in its field: it outlives a closed window, and a killed one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from thidua_desktop.domain.field_values import NotKeptError
from thidua_desktop.domain.journal import FieldText
from thidua_desktop.domain.kinds import KIND_BY_NAME
from thidua_desktop.domain.notes import FieldPlace
from thidua_desktop.domain.records import FieldSpec, Record, kind_spec
from thidua_desktop.domain.typed import read_typed, typed_text
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.questions import place_of
from thidua_desktop.services.titles import title_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """A text of an earlier run beside what its field holds: the difference a person settles."""

    typed: FieldText
    kept: str
    title: str
    label: str
    place: FieldPlace


def note_typed(ports: Ports, texts: Sequence[FieldText]) -> None:
    """Keep what stands typed in these fields: quickly, somebody is typing."""
    with ports.store.write() as work:
        work.journal.skip()
        for text in texts:
            work.journal.keep_typed(text)
        work.commit()


def settle_typed(ports: Ports, texts: Sequence[FieldText]) -> None:
    """Keep what stands typed in these fields; what they hold already needs no keeping."""
    with ports.store.write() as work:
        work.journal.skip()
        for text in texts:
            is_held = _holds(_record(work, text), text)
            work.journal.keep_typed(replace(text, text="") if is_held else text)
        work.commit()


def drop_typed(ports: Ports, text: FieldText) -> None:
    """Forget what was typed in a field: a person settled it."""
    with ports.store.write() as work:
        work.journal.skip()
        work.journal.keep_typed(replace(text, text=""))
        work.commit()


def recovered(ports: Ports) -> tuple[Recovered, ...]:
    """Return what earlier runs left typed and not kept, oldest first."""
    with ports.store.read() as work:
        found = []
        for text in work.journal.typed():
            record = _record(work, text)
            spec = _spec(text)
            if spec is None or _holds(record, text) or _is_gone(record, text):
                continue
            found.append(
                Recovered(
                    typed=text,
                    kept=typed_text(spec, getattr(record, text.field)) if record else "",
                    title=title_of(work, text.kind, text.id),
                    label=spec.label,
                    place=place_of(work, text.kind, text.id, text.field),
                )
            )
        return tuple(found)


def _record(work: Work, text: FieldText) -> Record | None:
    kind = KIND_BY_NAME.get(text.kind)
    return work.records.find(kind, text.id) if kind else None


def _spec(text: FieldText) -> FieldSpec | None:
    kind = KIND_BY_NAME.get(text.kind)
    fields = kind_spec(kind).fields if kind else ()
    return next((spec for spec in fields if spec.name == text.field), None)


def _holds(record: Record | None, text: FieldText) -> bool:
    spec = _spec(text)
    if record is None or spec is None:
        return False
    try:
        return bool(read_typed(spec, text.text) == getattr(record, text.field))
    except NotKeptError:
        return False


def _is_gone(record: Record | None, text: FieldText) -> bool:
    """Tell whether a record was deleted; one with a key may not have been written yet."""
    return record is None and not kind_spec(KIND_BY_NAME[text.kind]).key
