"""Terms that no line of a title parts: Bằng khen, Ủy ban nhân dân, thi đua, năm 2025."""

from __future__ import annotations

import re

_NEVER_PARTED = "\u00a0"
_TERMS = (
    *("ủy ban", "nhân dân", "hội đồng", "chủ tịch", "thủ tướng", "chính phủ", "giám đốc"),
    *("bằng khen", "giấy khen", "huân chương", "huy chương", "lao động", "cờ thi đua"),
    *("thi đua", "khen thưởng", "danh hiệu", "chiến sĩ", "tiên tiến", "anh hùng"),
    *("phong trào", "thành tích", "xuất sắc", "kết quả", "đóng góp"),
    *("đề nghị", "công nhận", "công khai", "danh sách", "báo cáo", "thực hiện", "hiệu quả"),
    *("phạm vi", "ảnh hưởng", "sáng kiến", "đề tài", "tập thể", "gia đình", "cá nhân"),
    *("đẩy mạnh", "phát triển", "kết cấu", "hạ tầng", "đồng bộ", "hiện đại"),
    *("thực hành", "tiết kiệm", "lãng phí", "xây dựng", "chung sức", "quê hương"),
)
_TERM = re.compile(rf"\b(?:{'|'.join(_TERMS)})\b|\b(?:năm|hạng|tỉnh|giai đoạn) \S+", re.IGNORECASE)


def unparted(words: str) -> str:
    r"""Return words in which the blanks inside a term are such as no line ends at.

    >>> unparted("tặng Bằng khen năm 2025").split(" ")
    ['tặng', 'Bằng\xa0khen', 'năm\xa02025']
    """
    return _TERM.sub(lambda found: found[0].replace(" ", _NEVER_PARTED), words)
