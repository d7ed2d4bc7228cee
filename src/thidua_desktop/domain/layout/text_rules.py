"""The text and who signs it: boxes 6, 7 and 9 of the decree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thidua_desktop.domain.layout.findings import (
    SIZE_SLACK,
    LayoutFinding,
    look,
    mm,
    off,
    points_of,
    sized,
)
from thidua_desktop.domain.layout.measured import Align, Column, MeasuredPaper
from thidua_desktop.domain.layout.roles import Roles
from thidua_desktop.domain.points import POINTS, point_order

_INDENTS = (10.0, 12.7)
_INDENT_SLACK = 1.3
_SMALLEST, _LARGEST = 13, 14
_ROOM = 6.0  # points between passages
_TITLES_OF_MEN = re.compile(
    r"^(GS|PGS|TS|ThS|Thạc sĩ|Tiến sĩ|Giáo sư|BS|KS|CN|NGND|NGƯT|Kỹ sư|Bác sĩ|Cử nhân)\b[.\s]"
)


def addressee(_: MeasuredPaper, roles: Roles) -> Iterator[LayoutFinding]:
    """Look at box 9a: to whom it goes."""
    if one := roles.addressee:
        yield from sized("addressee_size", "nơi kính gửi", one, 13, 14)
        if one.is_bold or one.is_italic:
            yield off("addressee_style", "nơi kính gửi", one, look(one), "đứng, không đậm")
        if not re.match(r"Kính gửi:", one.words):
            yield off("addressee_colon", "nơi kính gửi", one, "thiếu dấu hai chấm", "“Kính gửi: …”")


def bases(_: MeasuredPaper, roles: Roles) -> Iterator[LayoutFinding]:
    """Look at box 6: each base in italics on a line of its own, the last with a full stop."""
    for one in roles.bases:
        if not one.is_italic:
            yield off("basis_style", "căn cứ", one, look(one), "nghiêng")
    for one in roles.bases[:-1]:
        if not one.words.rstrip().endswith(";"):
            yield off("basis_end", "căn cứ", one, "không hết bằng “;”", "mỗi căn cứ hết bằng “;”")
    if roles.bases and not roles.bases[-1].words.rstrip().endswith((".", ",")):
        last = roles.bases[-1]
        yield off(
            "basis_last", "căn cứ cuối", last, "không hết bằng “.”", "căn cứ cuối hết bằng “.”"
        )


def body(_: MeasuredPaper, roles: Roles) -> Iterator[LayoutFinding]:
    """Look at box 6: size, justified lines, indent, room between passages."""
    text = [one for one in roles.body if one.align is not Align.CENTRE]
    for one in text:
        if wrong := list(sized("body_size", "nội dung", one, 13, 14)):
            yield from wrong
            break
    used = sorted({max(one.sizes) for one in text if one.sizes})
    if len(used) > 1 and all(_SMALLEST <= size <= _LARGEST for size in used):
        yield LayoutFinding(
            rule="body_sizes",
            where="cỡ chữ nội dung",
            found=" và ".join(map(points_of, used)),
            asked="một cỡ trong cả văn bản",
        )
    ragged = [one for one in text if one.align in {Align.LEFT, Align.RIGHT}]
    if ragged:
        yield off("body_justified", "nội dung", ragged[0], "không canh đều", "canh đều cả hai lề")
    for one in text:
        if one.indent is not None and not any(
            abs(one.indent - ok) < _INDENT_SLACK for ok in _INDENTS
        ):
            found = f"lùi {mm(one.indent)} mm"
            yield off("body_indent", "dòng đầu đoạn", one, found, "lùi 1 cm hoặc 1,27 cm")
            break
    for one in text:
        if one.gap is not None and one.gap < _ROOM - SIZE_SLACK:
            yield off("body_gap", "khoảng cách đoạn", one, f"{mm(one.gap)} pt", "tối thiểu 6 pt")
            break


def points(_: MeasuredPaper, roles: Roles) -> Iterator[LayoutFinding]:
    """Ask for points in the order of the Vietnamese alphabet: a, b, c, d, đ, e, g."""
    asked = 0
    for one in roles.body:
        mark = re.match(r"([a-zđ])\)\s", one.words)
        if mark is None:
            continue
        if mark[1] == "a":
            asked = 0
        if asked < len(POINTS) and mark[1] != POINTS[asked]:
            yield off("points", "điểm", one, f"{mark[1]})", f"theo bảng chữ cái: {POINTS[asked]})")
            asked = point_order(mark[1])
        asked += 1


def ending(_: MeasuredPaper, roles: Roles) -> Iterator[LayoutFinding]:
    """Ask for an end with ./."""
    if roles.end is None and roles.body and (roles.title or roles.about):
        last = roles.body[-1]
        yield off("end_mark", "cuối nội dung", last, "không có “./.”", "kết thúc bằng “./.”")


def recipients(_: MeasuredPaper, roles: Roles) -> Iterator[LayoutFinding]:
    """Look at box 9b: who receives it."""
    head = roles.recipients_head
    if head is None:
        return
    yield from sized("recipients_head_size", "“Nơi nhận”", head, 12, 12)
    if not (head.is_bold and head.is_italic):
        yield off("recipients_head_style", "“Nơi nhận”", head, look(head), "nghiêng, đậm")
    for one in roles.recipients:
        yield from sized("recipients_size", "nơi nhận", one, 11, 11)
        if one.is_bold or one.is_italic:
            yield off("recipients_style", "nơi nhận", one, look(one), "đứng, không đậm")
    if roles.recipients and not any("Lưu" in one.words for one in roles.recipients):
        last = roles.recipients[-1]
        yield off(
            "recipients_file", "nơi nhận", last, "không có nơi lưu", "dòng cuối “- Lưu: VT, …”"
        )
    for one in roles.recipients[:-1]:
        if not one.words.rstrip().endswith(";"):
            yield off(
                "recipients_end", "nơi nhận", one, "không hết bằng “;”", "mỗi nơi hết bằng “;”"
            )
    if roles.recipients and not roles.recipients[-1].words.rstrip().endswith("."):
        last = roles.recipients[-1]
        yield off("recipients_last", "nơi nhận cuối", last, "không hết bằng “.”", "hết bằng “.”")


def signer(_: MeasuredPaper, roles: Roles) -> Iterator[LayoutFinding]:
    """Look at boxes 7a and 7b: power and position, and the name without titles."""
    for one in roles.signer:
        yield from sized("signer_size", "chức vụ người ký", one, 13, 14)
        if not one.is_bold or one.is_italic:
            yield off("signer_style", "chức vụ người ký", one, look(one), "in hoa, đứng, đậm")
        if not one.is_capital:
            yield off("signer_capitals", "chức vụ người ký", one, "chữ thường", "chữ in hoa")
    one_name = roles.name
    if one_name is None:
        return
    yield from sized("name_size", "họ tên người ký", one_name, 13, 14)
    if not one_name.is_bold or one_name.is_italic:
        yield off("name_style", "họ tên người ký", one_name, look(one_name), "đứng, đậm")
    if roles.number is not None and _TITLES_OF_MEN.match(one_name.words):
        yield off(
            "name_title",
            "họ tên người ký",
            one_name,
            "có học hàm, học vị, danh hiệu",
            "không ghi học hàm, học vị, danh hiệu trước họ tên",
        )


def signing_alone(paper: MeasuredPaper, roles: Roles) -> Iterator[LayoutFinding]:
    """Ask for text on the page where somebody signs."""
    signed = roles.signer[0] if roles.signer else roles.name
    if signed is None or signed.page is None or signed.page == 1:
        return
    text = [*roles.body, *roles.bases, *roles.subject]
    text += [one for one in paper.passages if one.column is Column.TABLE]
    if not any(one.last_page == signed.page for one in text):
        yield off(
            "signing_alone",
            "khối ký",
            signed,
            "đứng một mình ở trang cuối",
            "ít nhất hai dòng nội dung cùng trang",
        )
