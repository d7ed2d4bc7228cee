"""How a content control names the field whose words it holds."""

from __future__ import annotations

import base64
from uuid import UUID

from thidua_desktop.domain.kinds import KIND_BY_NAME
from thidua_desktop.domain.told import Source, is_free_text

_PREFIX = "tdkt"
_PART = "*"


def tag_of(source: Source) -> str:
    """Return how a control names its field: short enough for Word, which takes 64 letters."""
    record = base64.urlsafe_b64encode(source.id.bytes).rstrip(b"=").decode()
    part = _PART if source.is_part else ""
    return f"{_PREFIX}:{source.kind}:{record}:{source.field}{part}"


def source_of_tag(tag: str) -> Source | None:
    """Return the field that a control names; None when it is none of ours, or of no free text."""
    prefix, _, rest = tag.partition(":")
    parts = rest.split(":")
    if prefix != _PREFIX or len(parts) != 3:  # noqa: PLR2004 - kind, record, field
        return None
    kind, record, field = parts
    name = field.removesuffix(_PART)
    try:
        record_id = UUID(bytes=base64.urlsafe_b64decode(f"{record}=="))
        if not is_free_text(KIND_BY_NAME[kind], name):
            return None
    except (ValueError, LookupError):
        return None
    return Source(kind, record_id, name, is_part=field != name)
