"""Which pages of a paper are wanted: written as people write it, 1-3, 5."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit

from thidua_desktop.domain.page_ranges import pages_in, pages_text
from thidua_desktop.ui.widgets.labels import restyle
from thidua_desktop.ui.widgets.typed_words import let_pass


class PageRange(QLineEdit):
    """A line for pages; with nothing in it all are wanted."""

    def __init__(self) -> None:
        super().__init__()
        self._count = 0
        self.setPlaceholderText("tất cả")
        self.setAccessibleName("Trang cần in")
        self.setToolTip("Ví dụ: 1-3, 5. Để trống là in tất cả; chọn trang bên trái cũng được")
        self.setMaximumWidth(120)
        let_pass(self)
        self.textChanged.connect(self._mark)

    def set_count(self, count: int) -> None:
        """Say how many pages there are; 0 while there is no paper."""
        self._count = count
        self._mark()

    def wanted(self) -> tuple[int, ...] | None:
        """Return the pages, from 0; None where what is written names none."""
        return pages_in(self.text(), self._count)

    def write(self, pages: Sequence[int]) -> None:
        """Write down pages that were selected; one alone is just looked at."""
        if len(pages) > 1:
            self.setText(pages_text(pages))

    def complaint(self) -> str:
        """Return what is wrong with what is written; nothing where it names pages."""
        if not self._is_wrong():
            return ""
        return f"Ô Trang: hãy ghi số trang từ 1 đến {self._count}, ví dụ 1-3, 5."

    def _is_wrong(self) -> bool:
        return self._count > 0 and not self.wanted()

    def _mark(self) -> None:
        self.setProperty("invalid", "1" if self._is_wrong() else "")
        restyle(self)
