"""What stands beside the text: boxes 5b and 10b to 14 of the decree."""

from __future__ import annotations

from collections.abc import Iterator

from thidua_desktop.domain.layout.findings import LayoutFinding, look, mm, off, sized
from thidua_desktop.domain.layout.measured import Align, Column, MeasuredPaper, Passage
from thidua_desktop.domain.layout.roles import URGENCIES, Roles
from thidua_desktop.domain.marks import CIRCULATIONS, STAMP_HEIGHT
from thidua_desktop.domain.text import fold

_CIRCULATIONS = frozenset(map(fold, CIRCULATIONS))
_FRAME_SLACK = 1.5  # mm
_COPY_FROM = 170.0  # mm from the left edge, where box 14 may begin
_WHOLE = 0.97
_URGENCY, _CIRCULATION = "độ khẩn", "phạm vi lưu hành"
_UPRIGHT_BOLD, _UPRIGHT = "in hoa, đứng, đậm", "đứng, không đậm"


def about(_: MeasuredPaper, roles: Roles) -> Iterator[LayoutFinding]:
    """Look at box 5b: what a letter without a title is about, under its number."""
    one = roles.about
    if one is None:
        return
    where = "trích yếu công văn"
    yield from sized("about_size", where, one, 12, 13)
    if one.is_bold or one.is_italic:
        yield off("about_style", where, one, look(one), _UPRIGHT)
    if not one.words.startswith("V/v "):
        yield off("about_words", where, one, "viết khác", "“V/v …”")
    if one.column is Column.RIGHT or one.align not in {None, Align.CENTRE}:
        yield off("about_place", where, one, "không ở giữa, dưới số", "canh giữa dưới số, ký hiệu")


def urgency(_: MeasuredPaper, roles: Roles) -> Iterator[LayoutFinding]:
    """Look at box 10b: how urgent it is, in red in a frame of the size for it."""
    one = roles.urgency
    if one is None:
        return
    asked = URGENCIES[fold(one.words)]
    yield from sized("urgency_size", _URGENCY, one, 13, 14)
    if one.words != asked.stamp:
        yield off("urgency_words", _URGENCY, one, "viết khác", f"“{asked.stamp}”")
    if not one.is_bold or one.is_italic:
        yield off("urgency_style", _URGENCY, one, look(one), _UPRIGHT_BOLD)
    if not one.is_red:
        yield off("urgency_colour", _URGENCY, one, "không phải màu đỏ", "màu đỏ")
    size = f"khung viền đơn {asked.width:.0f} × {STAMP_HEIGHT:.0f} mm"
    if one.frame is None:
        yield off("urgency_frame", _URGENCY, one, "không có khung", size)
        return
    found = ((one.frame.width, asked.width), (one.frame.height, STAMP_HEIGHT))
    if any(length and abs(length - wanted) > _FRAME_SLACK for length, wanted in found):
        measured = " × ".join(mm(length) for length, _ in found if length)
        yield off("urgency_frame", _URGENCY, one, f"khung {measured} mm", size)


def circulation(paper: MeasuredPaper, roles: Roles) -> Iterator[LayoutFinding]:
    """Look at box 11: to whom it may be shown, in a frame in the upper margin."""
    for one in _circulations(paper, roles):
        yield from sized("circulation_size", _CIRCULATION, one, 13, 14)
        if not one.is_bold or one.is_italic:
            yield off("circulation_style", _CIRCULATION, one, look(one), _UPRIGHT_BOLD)
        if not one.is_capital:
            yield off("circulation_capitals", _CIRCULATION, one, "chữ thường", "chữ in hoa")
        if not one.is_black:
            yield off("circulation_colour", _CIRCULATION, one, "có màu", "màu đen")
        if one.frame is None:
            yield off("circulation_frame", _CIRCULATION, one, "không có khung", "khung viền đơn")
        if one not in paper.above:
            yield off("circulation_place", _CIRCULATION, one, "trong vùng chữ", "trong lề trên")


def copy_signature(paper: MeasuredPaper, _: Roles) -> Iterator[LayoutFinding]:
    """Look at box 14: the digital signature of a copy, small in the upper right corner."""
    for one in paper.above:
        if _is_of_copy(one):
            yield from sized("copy_size", "chữ ký số bản sao", one, 10, 10)


def drafter(_: MeasuredPaper, roles: Roles) -> Iterator[LayoutFinding]:
    """Look at box 12: who drew it up and how many copies there are."""
    one, where = roles.drafter, "ký hiệu người soạn thảo"
    if one is None:
        return
    yield from sized("drafter_size", where, one, 11, 11)
    if one.is_bold or one.is_italic:
        yield off("drafter_style", where, one, look(one), _UPRIGHT)
    if not one.is_capital:
        yield off("drafter_capitals", where, one, "chữ thường", "chữ in hoa")


def contact(paper: MeasuredPaper, _: Roles) -> Iterator[LayoutFinding]:
    """Look at box 13: how the office is reached, under a line across the first page."""
    where = "địa chỉ cơ quan"
    below = paper.below
    for one in below:
        yield from sized("contact_size", where, one, 11, 12)
        if one.is_bold or one.is_italic:
            yield off("contact_style", where, one, look(one), _UPRIGHT)
    if below and (below[0].over or 0) < _WHOLE:
        found = "không có kẻ ngang ở trên" if below[0].over is None else "kẻ ngang ngắn"
        yield off("contact_rule", where, below[0], found, "dưới kẻ liền hết chiều ngang")
    again = [one for sheet in paper.sheets[1:] for one in sheet.below]
    if again or (below and paper.sheets[0].shows_below_again):
        yield off("contact_first", where, [*again, *below][0], "có ở trang sau", "chỉ ở trang đầu")


def strangers(paper: MeasuredPaper) -> Iterator[Passage]:
    """Yield what stands in the upper margin of the first page and does not belong there."""
    for one in paper.above:
        if not (_is_circulation(one) or _is_of_copy(one)):
            yield one


def _circulations(paper: MeasuredPaper, roles: Roles) -> Iterator[Passage]:
    yield from (one for one in paper.above if _is_circulation(one))
    if roles.is_headed:
        said = (one for one in paper.passages if fold(one.words) in _CIRCULATIONS)
        yield from said


def _is_circulation(one: Passage) -> bool:
    return one.frame is not None or fold(one.words) in _CIRCULATIONS


def _is_of_copy(one: Passage) -> bool:
    return one.left is not None and one.left > _COPY_FROM and one.frame is None
