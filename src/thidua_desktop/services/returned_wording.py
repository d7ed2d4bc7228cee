"""What is said of a Word file that was read: in one sentence, then what was left out, by name."""

from __future__ import annotations

from thidua_desktop.domain.returned_places import FoundBy
from thidua_desktop.services.returned import ReturnedDifference, ReturnedPaper, Standing

NOT_READ = "Không nhận · "
_STANDING = {
    Standing.CHANGED: "đã sửa trong Word",
    Standing.BOTH: "sửa ở cả hai nơi",
    Standing.LOCKED: "hồ sơ đã trình, không sửa được",
}


def standing_words(one: ReturnedDifference) -> str:
    """Return what a difference is, and how sure it is that it was found."""
    said = _STANDING[one.standing]
    if one.rivals:
        said += f", khác với chỗ {', '.join(map(str, one.rivals))}"
    if one.by is FoundBy.NEIGHBOURS:
        said += "; tìm lại theo chữ xung quanh"
    if one.beside:
        said += f"; gồm {one.beside} dòng gõ thêm sát đoạn"
    return said


def summary_line(paper: ReturnedPaper) -> str:
    """Return the result in one sentence."""
    count = len(paper.differences)
    if not count:
        said = "không có đoạn nào khác bản ghi"
    else:
        both = sum(one.standing is Standing.BOTH for one in paper.differences)
        said = f"{count} đoạn khác bản ghi"
        said += f", trong đó {both} đoạn bản ghi cũng đã đổi từ khi in" if both else ""
    rest = [f"{paper.same} đoạn giữ nguyên"]
    if paper.already:
        rest.append(f"{paper.already} đoạn bản ghi đã có")
    return f"“{paper.file_name}”: {said}; {', '.join(rest)}."


def taken_line(paper: ReturnedPaper, count: int) -> str:
    """Return what was done."""
    if not count:
        return "Chưa lấy đoạn nào; bản ghi giữ nguyên."
    left = len(paper.differences) - count
    rest = f" {left} đoạn không lấy, bản ghi giữ nguyên." if left > 0 else ""
    return f"Đã lấy {count} đoạn từ tệp Word “{paper.file_name}”.{rest} Ctrl+Z lấy lại cả lượt."


def ignored_lines(paper: ReturnedPaper) -> tuple[str, ...]:
    """Return what was not read in, each by name, and what was read in a way of its own."""
    lines = [f"Không tìm thấy trong tệp: {one}; bản ghi giữ nguyên." for one in paper.lost]
    lines += [f"Bản ghi không có ở máy này: {one}; không lấy được." for one in paper.gone]
    lines += [f"{NOT_READ}{one.sentence()}" for one in paper.ignored]
    if paper.layout:
        lines.append(f"Bỏ qua trình bày: {', '.join(paper.layout)}.")
    if paper.revisions:
        lines.append(
            f"Tệp còn {paper.revisions} chỗ theo dõi sửa đổi (Track Changes): đọc như đã chấp nhận."
        )
    if paper.old_letters:
        lines.append(
            f"{paper.old_letters} đoạn chữ gõ bằng phông cũ (.VnTime, VNI): đã chuyển sang Unicode."
        )
    lines += [f"Ghi chú bên lề: “{one}”" for one in paper.comments]
    return tuple(lines)
