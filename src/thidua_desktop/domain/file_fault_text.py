"""What a person is told of files that are damaged or have not come."""

from __future__ import annotations

from collections.abc import Iterable

from thidua_desktop.domain.attachments import FileFault
from thidua_desktop.domain.words import word


def file_fault_lines(faults: Iterable[FileFault]) -> tuple[str, ...]:
    """Return a line for every dossier that such a file touches; what no dossier uses has its own.

    >>> from thidua_desktop.domain.attachments import FileState
    >>> file_fault_lines([FileFault("ab" * 32, FileState.CHANGED, ())])
    ('Bị thay đổi: tệp không hồ sơ nào đang dùng (abababababab…)',)
    """
    return tuple(
        f"{word(one.state)}: {place}"
        for one in faults
        for place in one.dossiers or (f"tệp không hồ sơ nào đang dùng ({one.sha[:12]}…)",)
    )
