"""The words for bundles: why one was refused, waits, or was taken with a warning."""

from __future__ import annotations

from collections.abc import Sequence

from thidua_desktop.domain.bundles import Rejection
from thidua_desktop.domain.missing import MissingBundles
from thidua_desktop.domain.offices import Office


def rejection_text(  # noqa: C901, PLR0911, PLR0912 - one per reason
    reason: Rejection, file: str
) -> str:
    """Return why a bundle was refused, and what to do."""
    match reason:
        case Rejection.SIZE:
            return f"Gói “{file}” lớn quá mức cho phép. Chưa nhập gì; hãy xin gói nhẹ hơn."
        case Rejection.TYPE:
            return f"Tệp “{file}” không phải gói dữ liệu thi đua. Chưa nhập gì; hãy chọn tệp .tdkt."
        case Rejection.KEY:
            return (
                f"Gói “{file}” khóa bằng khóa khác. Chưa nhập gì; hãy xin gói gửi cho cơ quan mình "
                "(máy đã bị thu hồi thì không mở được gói mới)."
            )
        case Rejection.DAMAGED:
            return f"Gói “{file}” bị hỏng hoặc thiếu phần cuối. Chưa nhập gì; hãy xin lại gói."
        case Rejection.NEWER:
            return f"Gói “{file}” thuộc phiên bản mới hơn. Chưa nhập gì; hãy cập nhật phần mềm."
        case Rejection.UNKNOWN:
            return (
                f"Gói “{file}” do đơn vị chưa đăng ký gửi. Chưa nhập gì; đơn vị ấy cần nhận tệp "
                "đăng ký của tỉnh rồi xuất gói lại."
            )
        case Rejection.REVOKED:
            return (
                f"Gói “{file}” có thay đổi của máy đã bị thu hồi. Chưa nhập gì; "
                "cơ quan cần tham gia lại bằng tệp đăng ký mới."
            )
        case Rejection.FORGED:
            return (
                f"Gói “{file}” đã bị sửa sau khi ký, hoặc không phải của nơi ghi trong gói. "
                "Chưa nhập gì; hãy xin lại gói."
            )
        case Rejection.NOT_ME:
            return (
                f"Gói “{file}” gửi cho cơ quan khác. Chưa nhập gì; hãy xin nơi gửi gói gửi cho cơ "
                "quan mình."
            )
        case Rejection.BOMB:
            return f"Gói “{file}” nén bất thường, có thể gây hại. Chưa nhập gì; hãy xin lại gói."
        case Rejection.FORMAT:
            return f"Gói “{file}” có nội dung sai quy cách. Chưa nhập gì; hãy xin lại gói."
        case Rejection.AUTHORITY:
            return f"Gói “{file}” mang dữ liệu của cơ quan khác. Chưa nhập gì; hãy hỏi nơi gửi."
        case Rejection.FORK:
            return (
                f"Gói “{file}” trùng số với gói đã nhận nhưng khác nội dung. Chưa nhập gì; "
                "hãy báo nơi gửi cấp mã máy mới."
            )


def missing_text(missing: MissingBundles, name: str, me: Office) -> str:
    """Return what is missing of a sender: which bundle waits for which, and who has not got it."""
    ours = "tỉnh" if me.is_province else "cơ quan"
    waiting = f"Gói số {missing.waiting[0]} của {name}"
    if not missing.numbers:
        return f"{waiting} cần gói liền trước; {ours} chưa nhận gói ấy."
    numbers = number_list(missing.numbers)
    return f"{waiting} cần gói số {numbers} trước; {ours} chưa nhận số {numbers}."


def number_list(numbers: Sequence[int]) -> str:
    """Return numbers in a line, runs of them by their ends.

    >>> number_list((3, 7, 8, 9))
    '3, 7–9'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)


def parked_text(code: str) -> str:
    """Return why a bundle waits, and what will end the waiting."""
    if code == "E-UNKNOWN":
        return "Nơi gửi chưa được chấp nhận; gói được giữ lại, chờ tỉnh chấp nhận."
    if code == Rejection.FORK:
        return (
            "Trùng số với gói đã nhận nhưng khác nội dung; gói được giữ lại, chưa nhập, chờ cơ "
            "quan gửi cấp mã máy mới rồi gửi lại."
        )
    return "Gói đến sớm hơn gói liền trước; gói được giữ lại, sẽ tự nhập khi gói kia đến."


def files_came_text(count: int) -> str:
    """Return what a bundle brought of which everything else was here."""
    return f"Gói mang đến {count} tệp kèm trước đó còn thiếu."


def withdrawn_text(offices: Sequence[str]) -> str:
    """Return what is said of offices whose bundles another PC of the province took out again."""
    return (
        f"Máy khác của tỉnh đã hoàn tác gói của {', '.join(offices)}; ở máy này vẫn còn. Muốn bỏ "
        "cả ở đây thì mở Gói dữ liệu, Sổ gói, chọn gói rồi bấm “Hoàn tác”; để nguyên thì gói sau "
        "cho máy kia mang trở lại."
    )


def out_of_date_text() -> str:
    """Return the warning about a certificate outside its dates."""
    return (
        "Chứng thư của nơi gửi đã hết hạn hoặc chưa đến hạn theo đồng hồ máy này. "
        "Gói vẫn được nhận; hãy xem lại ngày giờ của máy, hoặc báo tỉnh cấp lại."
    )


def bare_text(file: str) -> str:
    """Return the warning about a bundle that could not be sealed."""
    return (
        f"Chưa niêm phong gói “{file}” vì máy này chưa biết khóa của nơi nhận: ai cầm tệp cũng "
        "đọc được. Hãy nhận tệp đăng ký của tỉnh rồi xuất lại."
    )
