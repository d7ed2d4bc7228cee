"""What was changed after submission, in words: field by field, as submitted and as it is now."""

from __future__ import annotations

from collections.abc import Sequence

from thidua_desktop.domain.words import field_label, kind_label
from thidua_desktop.services.records import shown_json
from thidua_desktop.services.snapshots import AlteredField

_MOST = 6
_LONGEST = 80


def altered_words(altered: Sequence[AlteredField]) -> str:
    """Return a line for each field, the first ones; without fields there are no words."""
    if not altered:
        return ""
    lines = ["Việc xét theo bản chụp lúc trình."]
    lines += [altered_line(one) for one in altered[:_MOST]]
    if len(altered) > _MOST:
        lines.append(f"… và {len(altered) - _MOST} chỗ khác.")
    return "\n".join(lines)


def altered_line(one: AlteredField) -> str:
    """Return what was submitted in a field, and what it says now."""
    if not one.field:
        happened = "đã bỏ sau khi nộp" if one.now is None else "thêm sau khi nộp"
        return f"{kind_label(one.kind)}: {happened}."
    submitted, now = (_short(shown_json(one.kind, one.field, v)) for v in (one.submitted, one.now))
    return f"{field_label(one.kind, one.field)}: lúc nộp {submitted}, nay {now}."


def _short(text: str) -> str:
    if not text:
        return "để trống"
    return f"“{text}”" if len(text) <= _LONGEST else f"“{text[:_LONGEST].rstrip()}…”"
