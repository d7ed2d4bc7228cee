"""What a bundle says of itself, in words; one that nobody vouches for is only read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from thidua_desktop.domain.bundles import BundleKind
from thidua_desktop.domain.ids import PROVINCE_NUMBER
from thidua_desktop.domain.words import kind_label, word

_UNKNOWN = "Không rõ người gửi: chưa ai xác nhận máy này, những gì dưới đây chỉ là lời gói tự ghi."


def inspection_lines(said: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what `inspect_bundle` found, line by line."""
    at = datetime.fromisoformat(said["at"]).astimezone()
    kinds = [f"{count} {kind_label(kind).lower()}" for kind, count in said["kinds"].items()]
    files = [f"{said['blobs']} tệp kèm"] if said["blobs"] else []
    carried = ", ".join([*kinds, *files]) or "không có thay đổi nào"
    lines = (
        f"Gói số {said['number']} · {word(BundleKind(said['kind'])).lower()}",
        f"Nơi gửi: {said['sender']} (cơ quan số {said['office']}, máy {said['replica'][:12]})",
        f"Gửi cho: {_recipient(said['to'])}",
        f"Lập lúc {at:%H:%M ngày %d/%m/%Y}, bằng bản {said['program']}",
        f"Mang: {carried}",
    )
    return lines if said["known_sender"] else (_UNKNOWN, *lines)


def _recipient(number: int | None) -> str:
    if number is None:
        return "mọi cơ quan"
    return "tỉnh" if number == PROVINCE_NUMBER else f"cơ quan số {number}"
