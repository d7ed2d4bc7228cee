"""Qt's own words in Vietnamese: it ships none, so its menus and dialogs would be English."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTranslator

_WORDS = {
    ("QPlatformTheme", "OK"): "Đồng ý",
    ("QPlatformTheme", "Save"): "Lưu",
    ("QPlatformTheme", "Save All"): "Lưu tất cả",
    ("QPlatformTheme", "Open"): "Mở",
    ("QPlatformTheme", "&Yes"): "&Có",
    ("QPlatformTheme", "&No"): "&Không",
    ("QPlatformTheme", "Cancel"): "Hủy",
    ("QPlatformTheme", "Close"): "Đóng",
    ("QPlatformTheme", "Apply"): "Áp dụng",
    ("QPlatformTheme", "Reset"): "Đặt lại",
    ("QPlatformTheme", "Help"): "Trợ giúp",
    ("QPlatformTheme", "Discard"): "Bỏ",
    ("QLineEdit", "&Undo"): "&Hoàn tác",
    ("QLineEdit", "&Redo"): "&Làm lại",
    ("QLineEdit", "Cu&t"): "&Cắt",
    ("QLineEdit", "&Copy"): "&Sao chép",
    ("QLineEdit", "&Paste"): "&Dán",
    ("QLineEdit", "Delete"): "Xóa",
    ("QLineEdit", "Select All"): "Chọn tất cả",
    ("QWidgetTextControl", "&Undo"): "&Hoàn tác",
    ("QWidgetTextControl", "&Redo"): "&Làm lại",
    ("QWidgetTextControl", "Cu&t"): "&Cắt",
    ("QWidgetTextControl", "&Copy"): "&Sao chép",
    ("QWidgetTextControl", "&Paste"): "&Dán",
    ("QWidgetTextControl", "Delete"): "Xóa",
    ("QWidgetTextControl", "Select All"): "Chọn tất cả",
    ("QWidgetTextControl", "Copy &Link Location"): "Sao chép địa chỉ",
    ("QFileDialog", "Look in:"): "Tìm trong:",
    ("QFileDialog", "File &name:"): "Tên &tệp:",
    ("QFileDialog", "Files of type:"): "Loại tệp:",
    ("QFileDialog", "&Open"): "&Mở",
    ("QFileDialog", "&Save"): "&Lưu",
    ("QFileDialog", "Cancel"): "Hủy",
    ("QFileDialog", "Directory:"): "Thư mục:",
    ("QFileDialog", "&Choose"): "&Chọn",
    ("QFileDialog", "Computer"): "Máy tính",
    ("QFileDialog", "Back"): "Quay lại",
    ("QFileDialog", "Forward"): "Tiếp",
    ("QFileDialog", "Parent Directory"): "Thư mục trên",
    ("QFileDialog", "Create New Folder"): "Tạo thư mục mới",
    ("QFileDialog", "List View"): "Danh sách",
    ("QFileDialog", "Detail View"): "Chi tiết",
    ("QFileDialog", "All Files (*)"): "Mọi tệp (*)",
    ("QFileSystemModel", "Name"): "Tên",
    ("QFileSystemModel", "Size"): "Kích thước",
    ("QFileSystemModel", "Kind"): "Loại",
    ("QFileSystemModel", "Type"): "Loại",
    ("QFileSystemModel", "Date Modified"): "Ngày sửa",
}


class VietnameseQt(QTranslator):
    """Answers for Qt's own texts."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)

    def isEmpty(self) -> bool:
        """Say that there is something to translate with."""
        return False

    def translate(
        self,
        context: str,
        sourceText: str,  # noqa: N803 - Qt's name
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str:
        """Return the Vietnamese words, or nothing where Qt's own stay.

        Nothing is None: an empty text would be a translation to nothing.
        """
        return _WORDS.get((context, sourceText))  # type: ignore[return-value] # the stub lacks None
