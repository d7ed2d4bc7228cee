"""What a person is told of a PC that became, or must become, a replica of its own."""

from __future__ import annotations

from thidua_desktop.domain.offices import Displacement, Renewal

CLONED_TEXT = (
    "Nơi nhận đang giữ nội dung khác mang cùng mã máy này: có máy khác dùng bản chép của máy này. "
    "Chưa mất gì; hãy cấp mã máy mới (Cài đặt, hoặc lệnh “office renew”) rồi xuất gói lại."
)


UNCERTIFIED_TEXT = (
    "Máy này của tỉnh chưa được khóa gốc xác nhận: các cơ quan chưa nhận gói của máy. Hãy bấm “Xác "
    "nhận máy này…” trong Cài đặt, gõ cụm từ bảo vệ khóa gốc hoặc 24 từ trên phiếu khôi phục."
)


def renewal_text(renewal: Renewal) -> str:
    """Return how a PC that was another one before is told from its sisters in a list."""
    match renewal.reason:
        case Displacement.COPIED:
            what = "sao chép"
        case Displacement.OLDER:
            what = "trở về bản cũ"
        case Displacement.RESTORED:
            what = "khôi phục từ bản sao lưu"
        case Displacement.ASKED:
            what = "cấp mã mới"
    return f"{what} ngày {renewal.at.astimezone():%d/%m/%Y}"


def displacement_text(renewal: Renewal) -> str:
    """Return the one sentence to say when a PC was given a new id, and what follows from it."""
    match renewal.reason:
        case Displacement.COPIED:
            why = "Dữ liệu này là bản chép, hoặc máy đã mất khóa, nên máy được cấp mã mới"
        case Displacement.OLDER:
            why = "Dữ liệu này cũ hơn những gì máy đã gửi, nên máy được cấp mã mới"
        case Displacement.RESTORED:
            why = "Dữ liệu này khôi phục từ bản sao lưu, nên máy được cấp mã mới"
        case Displacement.ASKED:
            why = "Máy đã được cấp mã mới"
    kept = f"{why}; dữ liệu và bản nháp còn nguyên"
    if renewal.is_province:
        return (
            f"{kept}, các cơ quan nhận gói của máy này sau khi khóa gốc xác nhận nó (Cài đặt, “Xác "
            "nhận máy này…”, hoặc lệnh “office certify”)."
        )
    return f"{kept}, gói xuất lần tới sẽ xin chấp nhận máy này."
