"""How the private keys of a PC are kept, and what a person is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

LEAST_PHRASE = 8


class KeyGuard(StrEnum):
    """What keeps others from the private keys: the rights of a file, or the account's own seal."""

    FILE = "file"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyState:
    """How the keys of a PC are kept; `mended` are those that others could read until now."""

    guard: KeyGuard
    has_phrase: bool
    mended: tuple[str, ...] = ()


def key_state_text(state: KeyState) -> str:
    """Return what keeps the keys of this PC from others."""
    kept = {
        KeyGuard.FILE: "Khóa nằm ngoài thư mục dữ liệu, trong tệp chỉ tài khoản này đọc được",
        KeyGuard.ACCOUNT: "Khóa nằm ngoài thư mục dữ liệu, Windows khóa riêng cho tài khoản này",
    }[state.guard]
    if state.has_phrase:
        return f"{kept}, và mở bằng cụm từ, hỏi một lần mỗi khi mở chương trình."
    return f"{kept}. Chưa đặt cụm từ: ai dùng tài khoản này cũng gửi gói được."


def mended_text(count: int) -> str:
    """Return what to say when key files had been open to others."""
    return (
        f"{count} tệp khóa của máy này đã để tài khoản khác trên máy đọc được; nay chỉ tài khoản "
        "này đọc được. Nếu nghi có người đã chép khóa, hãy cấp mã máy mới (Cài đặt, hoặc lệnh "
        "“office renew”)."
    )
