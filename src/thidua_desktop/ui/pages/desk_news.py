"""What the merge desk says once something was laid on it or merged from it."""

from __future__ import annotations

from collections.abc import Sequence

from thidua_desktop.domain.bundles import BundleState
from thidua_desktop.services.desk import DeskLaid, DeskMerged

_NAMED = 3


def laid_text(laid: DeskLaid) -> str:
    """Return what is said of what was handed in; nothing where all of it lies on the desk."""
    said = []
    if laid.strange:
        said.append(f"Không phải gói (.tdkt): {_names(laid.strange)}.")
    if laid.unread:
        said.append(
            f"Không đọc được {len(laid.unread)} tệp: {_names(laid.unread)}. "
            "Hãy cắm lại thẻ nhớ rồi thả lại."
        )
    if laid.left:
        said.append(f"Đã dừng, còn {laid.left} tệp chưa chép; thả lại lúc nào cũng được.")
    if said:
        count = len(laid.files)
        said.append(f"{count} gói đã nằm trên bàn." if count else "Bàn vẫn như cũ.")
    return " ".join(said)


def merged_text(done: DeskMerged) -> str:
    """Return what became of the bundles and of the choices."""
    states = [report.state for report in done.reports]
    said = [f"Đã nhập {states.count(BundleState.NEW)} gói"]
    said += [f"đã dừng, còn {done.left} gói trên bàn"] if done.left else []
    said += [f"áp dụng {done.settled} lựa chọn"] if done.settled else []
    found = sum(len(report.findings) for report in done.reports)
    said += [f"{found} tờ trình cần xem lại bản chụp"] if found else []
    for state, words in (
        (BundleState.KNOWN, "gói đã có từ trước"),
        (BundleState.PARKED, "gói đang chờ"),
        (BundleState.REFUSED, "gói không nhận được, còn trên bàn"),
    ):
        said += [f"{states.count(state)} {words}"] if state in states else []
    return ", ".join(said) + "."


def _names(names: Sequence[str]) -> str:
    more = f" và {len(names) - _NAMED} tệp nữa" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
