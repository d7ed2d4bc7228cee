"""The page: size, margins, numbers, fonts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from thidua_desktop.domain.layout.findings import (
    LayoutFinding,
    mm,
    off,
    sized,
)
from thidua_desktop.domain.layout.mark_rules import strangers
from thidua_desktop.domain.layout.measured import Align, MeasuredPaper, Passage, Sheet
from thidua_desktop.domain.layout.roles import Roles
from thidua_desktop.domain.text import fold

PAGE = (210.0, 297.0)
MARGINS = {"left": (30, 35), "right": (15, 20), "top": (20, 25), "bottom": (20, 25)}
# Fonts with the widths of Times New Roman, which the decree names.
FONTS = ("timesnewroman", "liberationserif", "tinos", "times")
# Drawn letters reach a little over the edge of what they were given, and end a little before it.
_SLACK = 0.6
_NEAR_MIDDLE = 4.0
_USUAL_LEFT, _USUAL_RIGHT = 30, 15
_SIDES = {"left": "lề trái", "right": "lề phải", "top": "lề trên", "bottom": "lề dưới"}


def page_size(paper: MeasuredPaper, _: Roles) -> Iterator[LayoutFinding]:
    """Ask for A4, upright; a table may lie."""
    for sheet in paper.sheets[:1]:
        sides = sorted((sheet.width, sheet.height))
        if any(abs(side - asked) > 1 for side, asked in zip(sides, PAGE, strict=True)):
            size = f"{sheet.width:.0f} × {sheet.height:.0f} mm"
            yield LayoutFinding(
                rule="page_size", where="khổ giấy", found=size, asked="A4, 210 × 297 mm"
            )


def margins(paper: MeasuredPaper, roles: Roles) -> Iterator[LayoutFinding]:
    """Look at the margins: of a PDF no letter may stand in them but the marks that belong there, of
    Word they are as set.
    """
    for number, sheet in enumerate(paper.sheets, start=1):
        for side, (least, most) in MARGINS.items():
            measured: float | None = getattr(sheet, side)
            if measured is None:
                continue
            too_wide = _is_set(paper, roles, side, sheet) and measured > most + _SLACK
            if measured < least - _SLACK or too_wide:
                yield LayoutFinding(
                    rule=f"margin_{side}",
                    where=_SIDES[side],
                    page=number if paper.sheets[1:] else None,
                    found=f"{mm(measured)} mm",
                    asked=f"{least}–{most} mm",
                )
    for one in strangers(paper):
        yield off("margin_top", "lề trên", one, "có chữ trong lề", "20–25 mm")


def page_numbers(paper: MeasuredPaper, _: Roles) -> Iterator[LayoutFinding]:
    """Ask for numbers of 13–14 in the middle of the upper margin, none on the first page."""
    for number, sheet in enumerate(paper.sheets, start=1):
        pager = sheet.number
        if number == 1 and (sheet.shows_number_first or (pager and sheet.is_first)):
            yield LayoutFinding(
                rule="page_number_first",
                where="số trang",
                page=1,
                found="hiện ở trang đầu",
                asked="không hiện ở trang thứ nhất",
            )
        if pager is None:
            if number > 1 or not sheet.is_first:
                yield LayoutFinding(
                    rule="page_number_missing",
                    where="số trang",
                    page=number,
                    found="không có",
                    asked="có từ trang 2",
                )
            continue
        yield from sized("page_number_size", "số trang", pager, 13, 14)
        if pager.is_bold or pager.is_italic:
            yield off(
                "page_number_style", "số trang", pager, "đậm hoặc nghiêng", "kiểu chữ đứng, thường"
            )
        if not _is_in_the_middle(pager, sheet):
            yield off(
                "page_number_place",
                "số trang",
                pager,
                "không ở giữa lề trên",
                "canh giữa theo chiều ngang, trong lề trên",
            )


def fonts(paper: MeasuredPaper, roles: Roles) -> Iterator[LayoutFinding]:
    """Ask for Times New Roman, black, in the file itself."""
    for one in paper.passages:
        strange = [name for name in sorted(one.fonts) if not _is_serif(name)]
        if strange:
            yield off(
                "font",
                "phông chữ",
                one,
                ", ".join(strange),
                "Times New Roman, mã Unicode TCVN 6909",
            )
            break
    for name, is_embedded in paper.fonts:
        if not is_embedded:
            yield LayoutFinding(
                rule="font_embedded",
                where=f"phông chữ {name}",
                found="không kèm trong tệp",
                asked="phông nhúng trong tệp để máy nào cũng in như nhau",
            )
    for one in paper.passages:
        if not one.is_black and one is not roles.urgency:
            yield off("colour", "màu chữ", one, "có màu", "màu đen")
            break


def composed(paper: MeasuredPaper, _: Roles) -> Iterator[LayoutFinding]:
    """Ask for letters with their marks in one, as the standard codes them."""
    for one in paper.passages:
        if not unicodedata.is_normalized("NFC", one.words):
            words = unicodedata.normalize("NFC", one.words)
            yield LayoutFinding(
                rule="composed",
                where="mã chữ",
                page=one.page,
                words=words,
                found="dấu rời (Unicode tổ hợp)",
                asked="Unicode dựng sẵn TCVN 6909:2001",
            )
            break


def _is_in_the_middle(pager: Passage, sheet: Sheet) -> bool:
    if pager.left is None or pager.right is None or pager.bottom is None:
        return pager.align is Align.CENTRE
    middles = (sheet.width / 2, (_USUAL_LEFT + sheet.width - _USUAL_RIGHT) / 2)
    is_middle = any(
        abs((pager.left + pager.right) / 2 - middle) < _NEAR_MIDDLE for middle in middles
    )
    return is_middle and pager.bottom <= MARGINS["top"][0]


def _is_set(paper: MeasuredPaper, roles: Roles, side: str, sheet: Sheet) -> bool:
    """Tell whether a margin is known and not only what was left free: of a PDF a justified text
    fills the width, and nothing tells how far down it might have gone.
    """
    if all(one.left is None for one in paper.passages):
        return True
    body = (one for one in roles.body if (one.page or 1) == 1)
    fills = any(one.align is Align.JUSTIFIED for one in body)
    return fills and side in {"left", "right"} and sheet is paper.sheets[0]


def _is_serif(name: str) -> bool:
    return fold(name).replace(" ", "").replace("-", "").startswith(FONTS)
