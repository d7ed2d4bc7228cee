"""What endangers the data of this PC, said on the start page until it is mended."""

from __future__ import annotations

from thidua_desktop.domain.bundle_text import withdrawn_text
from thidua_desktop.domain.displacement_text import (
    CLONED_TEXT,
    UNCERTIFIED_TEXT,
    displacement_text,
)
from thidua_desktop.domain.error_text import shared_number_text
from thidua_desktop.domain.key_state import mended_text
from thidua_desktop.domain.offices import DriveKind
from thidua_desktop.services.backups import list_backups
from thidua_desktop.services.keys import is_certified
from thidua_desktop.services.office_numbers import shared_numbers
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.renewal import is_cloned
from thidua_desktop.services.withdrawn import withdrawn_elsewhere

_LATE = (
    "Chưa có bản sao lưu tốt nào trong 7 ngày qua; hãy mở Cài đặt, An toàn dữ liệu, bấm “Sao lưu "
    "ngay”."
)
_REMOVABLE = (
    "Dữ liệu đang nằm trên ổ tháo rời, rút ra giữa chừng dễ hỏng; hãy chuyển thư mục dữ liệu về ổ "
    "đĩa của máy."
)


def warnings(ports: Ports) -> tuple[str, ...]:
    """Return what a person must hear, the most pressing first."""
    renewal = ports.store.renewal()
    said = [
        (is_cloned(ports), CLONED_TEXT),
        (renewal is not None, displacement_text(renewal) if renewal else ""),
        (renewal is None and not is_certified(ports), UNCERTIFIED_TEXT),
        (bool(ports.keys.mended()), mended_text(len(ports.keys.mended()))),
        (ports.store.drive() is DriveKind.REMOVABLE, _REMOVABLE),
        (ports.keeps_backups and list_backups(ports).is_late, _LATE),
    ]
    withdrawn = withdrawn_elsewhere(ports)
    said += [(bool(withdrawn), withdrawn_text(withdrawn))]
    return tuple(words for holds, words in said if holds) + _shared_numbers(ports)


def _shared_numbers(ports: Ports) -> tuple[str, ...]:
    with ports.store.read() as work:
        groups = shared_numbers(work) if work.book.me().is_province else ()
    return tuple(
        shared_number_text(group[0].number or 0, [one.name for one in group]) for group in groups
    )
