"""From which Word file a value was read, as this PC knows it; nothing of it travels.

Values are known again by a digest, so that what is taken out by law is not kept here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from uuid import UUID

from thidua_desktop.services.ports import Work

_SETTING = "returned"
_MOST_KEPT = 1_000

Place = tuple[UUID, str, object]


def keep_origins(work: Work, files: Mapping[Place, str]) -> None:
    """Remember the files of these values: record, field, value; the oldest go."""
    known = _origins(work) | {_known_by(*place): file for place, file in files.items()}
    kept = dict(list(known.items())[-_MOST_KEPT:])
    work.book.set_setting(_SETTING, json.dumps(kept, ensure_ascii=False))


def file_of_value(work: Work) -> Callable[[UUID, str, object], str]:
    """Return how the file of a value is found; nothing where it came from none."""
    known = _origins(work)
    return lambda record_id, field, value: known.get(_known_by(record_id, field, value), "")


def _origins(work: Work) -> dict[str, str]:
    return dict(json.loads(work.book.setting(_SETTING) or "{}"))


def _known_by(record_id: UUID, field: str, value: object) -> str:
    return hashlib.sha256(f"{record_id.hex}.{field}.{value}".encode()).hexdigest()[:32]
