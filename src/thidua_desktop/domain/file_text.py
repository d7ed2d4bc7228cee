"""The words for files that are not taken or not shown, one sentence for each reason."""

from __future__ import annotations

from thidua_desktop.domain.attachments import Unfit
from thidua_desktop.domain.drawings import Unshowable
from thidua_desktop.domain.returned import Unreturnable

_UNRETURNABLE = {
    Unreturnable.NOT_WORD: (
        "{} không phải tệp Word (.docx). Chưa nhận gì; hãy chọn đúng tệp đã in từ phần mềm."
    ),
    Unreturnable.PDF: (
        "{} là tệp PDF, không đọc lại được chữ đã sửa. Chưa nhận gì; hãy chọn bản Word (.docx)."
    ),
    Unreturnable.OLD_WORD: (
        "{} ở định dạng Word đời cũ (.doc). Chưa nhận gì; hãy mở bằng Word rồi lưu thành .docx."
    ),
    Unreturnable.LOCKED: (
        "{} đang đặt mật khẩu. Chưa nhận gì; hãy mở bằng Word, bỏ mật khẩu rồi lưu lại."
    ),
    Unreturnable.MACROS: (
        "{} có macro, có thể gây hại. Chưa nhận gì; hãy lưu lại thành .docx không có macro."
    ),
    Unreturnable.DAMAGED: (
        "{} bị hỏng hoặc thiếu phần cuối. Chưa nhận gì; hãy mở thử bằng Word rồi lưu lại."
    ),
    Unreturnable.TOO_LARGE: (
        "{} lớn quá mức cho phép (50 MB). Chưa nhận gì; hãy bỏ bớt ảnh hoặc chia thành nhiều tệp."
    ),
    Unreturnable.NOT_OURS: (
        "{} không còn dấu của hồ sơ nào ở cơ quan này. Chưa nhận gì; hãy mở đúng đề nghị rồi nhận "
        "tệp từ cửa sổ In hồ sơ, hoặc in lại bản Word mới để sửa."
    ),
}


def unreturnable_text(why: Unreturnable, file: str) -> str:
    """Return why a Word file is not read in, and what to do."""
    return _UNRETURNABLE[why].format(f"Tệp “{file}”")


def unfit_text(why: Unfit, file: str) -> str:
    """Return why a file may not be attached or opened, and what to do."""
    match why:
        case Unfit.TYPE:
            return (
                f"Tệp “{file}” không phải PDF, ảnh JPEG hoặc PNG, Word .docx hay Excel .xlsx. "
                "Chưa kèm hay mở gì; hãy lưu tệp sang một trong các loại ấy."
            )
        case Unfit.MACROS:
            return (
                f"Tệp “{file}” có macro, có thể gây hại. Chưa kèm hay mở gì; "
                "hãy lưu lại thành tệp không có macro."
            )
        case Unfit.SIZE:
            return (
                f"Tệp “{file}” lớn quá mức cho phép (25 MB). Chưa kèm gì; "
                "hãy chia nhỏ hoặc quét lại ở độ nét thấp hơn."
            )
        case Unfit.DAMAGED:
            return (
                f"Tệp “{file}” bị hỏng hoặc thiếu phần cuối. Chưa kèm hay mở gì; "
                "hãy mở thử rồi lưu lại."
            )
        case Unfit.NAME:
            return (
                f"Tên tệp “{file}” không dùng được vì chứa đường dẫn. Chưa kèm gì; "
                "hãy đặt lại tên tệp."
            )


def unshowable_text(why: Unshowable, file: str) -> str:
    """Return why a file cannot be shown in the window, and what to do."""
    match why:
        case Unshowable.TYPE:
            return (
                f"Tệp “{file}” không phải PDF, ảnh JPEG hoặc PNG nên không xem được ở đây. "
                "Tệp vẫn nguyên; hãy bấm Mở để xem bằng chương trình khác."
            )
        case Unshowable.DAMAGED:
            return (
                f"Tệp “{file}” bị hỏng nên không xem được. Tệp vẫn được giữ nguyên; "
                "hãy quét lại hoặc xin lại bản khác."
            )
        case Unshowable.PASSWORD:
            return (
                f"Tệp “{file}” có mật khẩu nên không xem được. Tệp vẫn được giữ nguyên; "
                "hãy xin bản không đặt mật khẩu."
            )
        case Unshowable.SIZE:
            return (
                f"Tệp “{file}” quá lớn nên không xem được ở đây. Tệp vẫn được giữ nguyên; "
                "hãy bấm Lưu ra rồi xem bằng chương trình khác."
            )
        case Unshowable.SLOW:
            return (
                f"Tệp “{file}” dựng hình quá lâu nên đã dừng. Tệp vẫn được giữ nguyên; "
                "hãy xem bằng chương trình khác hoặc quét lại ở độ nét thấp hơn."
            )
