"""What of a Word file that came back is not read in, and where it is to be corrected instead."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from thidua_desktop.domain.layout.measured import MeasuredPaper, Passage
from thidua_desktop.domain.returned import MARK, Imprint, PaperLine, ReturnedFile, around_of
from thidua_desktop.domain.returned_places import FoundBack, OtherChange

_LABEL = re.compile(r"- ([^:]{1,60}): ")
_LONGEST = 160
_PAPER = "lời văn của mẫu", "sửa ở trang Mẫu văn bản (tỉnh giữ) hoặc ở ô in ra chỗ này"
# What stands in which style of ours, and where it is entered; longer names first.
_PLACES = (
    ("Number", "số, ký hiệu", "sửa ở ô Số, ký hiệu của tờ trình"),
    ("About", "trích yếu công văn", "sửa ở trang Mẫu văn bản"),
    ("Stamp", "độ khẩn", "sửa ở ô Độ khẩn của tờ trình"),
    ("Drafter", "ký hiệu người soạn thảo", "sửa ở ô Ký hiệu người soạn thảo của tờ trình"),
    ("Place", "địa danh, ngày tháng", "sửa ở ô Địa danh và ô Ngày của tờ trình"),
    ("Parent", "tên cơ quan cấp trên", "sửa ở trang Đơn vị"),
    ("Agency", "tên cơ quan", "sửa ở trang Đơn vị, hoặc ở ô nơi công tác của đối tượng"),
    ("Annex", "tên phụ lục", "sửa ở trang Mẫu văn bản"),
    ("Name", "tên giấy tờ", "sửa ở trang Mẫu văn bản"),
    ("Abstract", "trích yếu", "sửa ở ô Hình thức đề nghị, hoặc ở trang Mẫu văn bản"),
    ("Remark", "chú dẫn dưới tên", "sửa ở trang Mẫu văn bản"),
    ("Addressed", "nơi kính gửi", "sửa ở ô Kính gửi của tờ trình"),
    ("Addressees", "nơi kính gửi", "sửa ở ô Kính gửi của tờ trình"),
    ("Basis", "căn cứ", "sửa ở ô Căn cứ của tờ trình"),
    ("Subject", "tên, chức vụ của đối tượng", "sửa ở hồ sơ của đối tượng"),
    ("Recipients", "nơi nhận", "sửa ở ô Nơi nhận của tờ trình"),
    ("SignRemark", "chỗ ký", "sửa ở trang Mẫu văn bản"),
    ("Signer", "quyền hạn, chức vụ người ký", "sửa ở trang Đơn vị, phần người ký"),
    ("Signed", "họ tên người ký", "sửa ở trang Đơn vị, phần người ký, hoặc ở hồ sơ đối tượng"),
)
_MARGINS = (
    ("above", "phạm vi lưu hành", "sửa ở ô Phạm vi lưu hành của tờ trình"),
    ("below", "địa chỉ cơ quan", "sửa ở trang Đơn vị"),
)


@dataclass(frozen=True, slots=True)
class IgnoredChange:
    """Words that were changed and are not read in: where, what they were, what they are now.

    `was` is empty for what was added or where nobody knows any more, `now` for what was taken out.
    """

    where: str
    was: str
    now: str
    advice: str
    is_added: bool = False

    def sentence(self) -> str:
        """Return it for people."""
        where = f"{self.where[:1].upper()}{self.where[1:]}"
        if self.was and self.now:
            said = f"“{_short(self.was)}” thành “{_short(self.now)}”"
        elif self.now:
            said = f"{'thêm' if self.is_added else 'nay là'} “{_short(self.now)}”"
        else:
            said = f"bỏ “{_short(self.was)}”" if self.was else "bỏ một dòng"
        return f"{where}: {said}; {self.advice}."


def ignored_changes(
    file: ReturnedFile, imprint: Imprint, found: FoundBack, fresh: Sequence[PaperLine]
) -> tuple[IgnoredChange, ...]:
    """Return the words beside free text that are not as printed; `fresh` is the paper of today."""
    today = {around_of(line): line for line in reversed(fresh) if line.around}
    return tuple(
        _ignored(one, file.lines, imprint, today)
        for one in found.others
        if one.printed is not None or file.lines[one.line or 0].around
    )


def margin_changes(file: ReturnedFile, printed: ReturnedFile | None) -> Iterator[IgnoredChange]:
    """Yield what was changed over and under the first page of each paper."""
    papers = zip(printed.looks if printed else (), file.looks, strict=False)
    for before, after in papers:
        for part, where, advice in _MARGINS:
            was, now = (
                " ".join(one.words for one in getattr(paper, part)) for paper in (before, after)
            )
            if was != now:
                yield IgnoredChange(where, was, now, advice, is_added=not was)


def _ignored(
    change: OtherChange,
    lines: Sequence[PaperLine],
    imprint: Imprint,
    today: Mapping[str, PaperLine],
) -> IgnoredChange:
    line = None if change.line is None else lines[change.line]
    known_by = "" if change.printed is None else imprint.lines[change.printed].known_by
    was = today.get(known_by)
    now = "" if line is None else _around(line)
    if change.printed is None:
        return IgnoredChange(
            "đoạn thêm ngoài chỗ viết tự do",
            "",
            now,
            "chương trình không có ô để giữ; nếu cần, hãy chép vào ô thích hợp",
            is_added=True,
        )
    where, advice = _place_of(was or line)
    return IgnoredChange(where, _around(was) if was else "", now, advice)


def _place_of(line: PaperLine | None) -> tuple[str, str]:
    if line is None:
        return _PAPER
    if line.column:
        return f"bảng, cột “{line.column}”", "sửa ở bản ghi in ra dòng này"
    if line.sources:
        return "số liệu cạnh đoạn viết tự do", "sửa ở ô Số lượng, Đơn vị tính của bản ghi ấy"
    for style, where, advice in _PLACES:
        if line.style.startswith(style):
            return where, advice
    if found := _LABEL.match(line.words):
        return f"dòng “{found[1]}”", "sửa ở ô cùng tên trong hồ sơ của đối tượng"
    return _PAPER


def _around(line: PaperLine) -> str:
    said = "".join("…" if one.source else one.words for one in line.pieces)
    return " ".join(said.replace(MARK, "…").split())


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()}…"


def layout_notes(file: ReturnedFile, printed: ReturnedFile | None) -> tuple[str, ...]:
    """Return what of the layout is not as the program prints it, a few words each."""
    if printed is None:
        return ()
    if not (file.looks and printed.looks):
        return ("tệp dài, không so từng đoạn",)
    changed: Counter[str] = Counter()
    before = _by_words(printed)
    for words, of in _by_words(file).items():
        for was, now in zip(before.get(words, ()), of, strict=False):
            changed.update(_changed_looks(was, now))
    notes = [f"{what} ({count} đoạn)" for what, count in changed.items()]
    if _sheets(file.looks) - _sheets(printed.looks):
        notes.append("khổ giấy, lề trang")
    for what, more in (
        ("ảnh", file.pictures - printed.pictures),
        ("bảng", file.tables - printed.tables),
    ):
        if more > 0:
            notes.append(f"{more} {what} thêm vào")
    return tuple(notes)


def _changed_looks(was: Passage, now: Passage) -> Iterator[str]:
    if was.sizes != now.sizes:
        yield "cỡ chữ"
    if was.fonts != now.fonts:
        yield "phông chữ"
    if (was.is_bold, was.is_italic) != (now.is_bold, now.is_italic):
        yield "chữ đậm, nghiêng"
    if (was.is_black, was.is_red) != (now.is_black, now.is_red):
        yield "màu chữ"
    if was.align is not now.align:
        yield "căn lề"


def _by_words(file: ReturnedFile) -> dict[str, list[Passage]]:
    """Return the passages of a file by their words; of equal ones the first is first."""
    found: dict[str, list[Passage]] = {}
    for paper in file.looks:
        for one in paper.passages:
            found.setdefault(one.words, []).append(one)
    return found


def _sheets(papers: Sequence[MeasuredPaper]) -> set[tuple[int, ...]]:
    return {
        tuple(
            round(side or 0)
            for side in (one.width, one.height, one.left, one.right, one.top, one.bottom)
        )
        for paper in papers
        for one in paper.sheets
    }
