"""The head and the title: boxes 1 to 5 of the decree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thidua_desktop.domain.layout.findings import LayoutFinding, look, off, points_of, ruled, sized
from thidua_desktop.domain.layout.measured import Align, MeasuredPaper
from thidua_desktop.domain.layout.roles import Roles
from thidua_desktop.domain.pages import MOTTO, STATE

SIZE_SETS = ((12, 13, 13), (13, 14, 14))
# Kinds of documents as they are shortened in symbols (annex III).
SHORT_KINDS = frozenset(
    (
        *("NQ", "QĐ", "CT", "QC", "QyĐ", "TC", "TB", "HD", "CTr", "KH", "PA", "ĐA", "DA", "BC"),
        *("BB", "TTr", "HĐ", "CĐ", "BGN", "BTT", "GUQ", "GM", "GGT", "GNP", "PG", "PC", "PB"),
        *("SY", "TrS", "SL"),
    )
)
_SMALLEST, _LARGEST = 12, 14
_DIGITS, _PADDED_MONTHS = 2, 2
_SYMBOL = re.compile(r"^Số:\s*(?P<number>[^/]*)/(?P<symbol>\S.*)$")


def state(_: MeasuredPaper, roles: Roles) -> Iterator[LayoutFinding]:
    """Look at box 1: the name of the state and the motto."""
    said, motto = roles.state, roles.motto
    if said is None:
        return
    if STATE not in said.words:
        yield off("state_words", "Quốc hiệu", said, "viết khác", f"“{STATE}”")
    yield from sized("state_size", "Quốc hiệu", said, 12, 13)
    if not said.is_bold or said.is_italic:
        yield off("state_style", "Quốc hiệu", said, look(said), "chữ in hoa, đứng, đậm")
    if motto is None:
        yield off("motto_missing", "Tiêu ngữ", said, "không thấy", f"“{MOTTO}”")
        return
    if motto.words.strip() != MOTTO:
        yield off("motto_words", "Tiêu ngữ", motto, "viết khác", f"“{MOTTO}”, gạch nối cách chữ")
    yield from sized("motto_size", "Tiêu ngữ", motto, 13, 14)
    if not motto.is_bold or motto.is_italic:
        yield off("motto_style", "Tiêu ngữ", motto, look(motto), "chữ thường, đứng, đậm")
    yield from ruled("motto_rule", "Tiêu ngữ", motto, 1.0, 1.0)


def sizes_together(_: MeasuredPaper, roles: Roles) -> Iterator[LayoutFinding]:
    """Ask for sizes of state, motto and place that go together."""
    parts = (roles.state, roles.motto, roles.place)
    if any(one is None or not one.sizes for one in parts):
        return
    found = tuple(max(one.sizes) for one in parts if one)
    if found not in SIZE_SETS and all(_SMALLEST <= size <= _LARGEST for size in found):
        yield LayoutFinding(
            rule="sizes_together",
            where="cỡ chữ Quốc hiệu – Tiêu ngữ – địa danh",
            found=" – ".join(map(points_of, found)),
            asked="12 – 13 – 13 hoặc 13 – 14 – 14",
        )


def agency(_: MeasuredPaper, roles: Roles) -> Iterator[LayoutFinding]:
    """Look at box 2: the agency above, the agency itself in bold, a short rule under it."""
    if not roles.agency:
        return
    for one in roles.agency:
        yield from sized("agency_size", "tên cơ quan", one, 12, 13)
        if one.words != one.words.upper():
            yield off("agency_capitals", "tên cơ quan", one, "chữ thường", "chữ in hoa")
    last = roles.agency[-1]
    if not last.is_bold:
        yield off("agency_style", "tên cơ quan ban hành", last, look(last), "đứng, đậm")
    if any(one.is_bold for one in roles.agency[:-1]):
        yield off("parent_style", "tên cơ quan chủ quản", roles.agency[0], "đậm", "đứng, không đậm")
    yield from ruled("agency_rule", "tên cơ quan ban hành", last, 1 / 3, 1 / 2)


def number(_: MeasuredPaper, roles: Roles) -> Iterator[LayoutFinding]:
    """Look at box 3: number and symbol."""
    one = roles.number
    if one is None:
        return
    yield from sized("number_size", "số, ký hiệu", one, 13, 13)
    if one.is_bold or one.is_italic:
        yield off("number_style", "số, ký hiệu", one, look(one), "đứng, không đậm")
    said = _SYMBOL.match(" ".join(one.words.split()))
    if said is None:
        yield off("number_form", "số, ký hiệu", one, "sai dạng", "“Số: 05/TTr-SNV”")
        return
    digits, symbol = said["number"].strip(), said["symbol"]
    has_gap = bool(digits) and said["number"].rstrip() != said["number"]
    if has_gap or re.search(r"\s", symbol):
        yield off("number_spaces", "số, ký hiệu", one, "có khoảng cách", "viết liền, không cách")
    if digits.isdigit() and len(digits) < _DIGITS:
        yield off("number_zero", "số, ký hiệu", one, digits, f"số dưới 10 thêm số 0: 0{digits}")
    kind = symbol.split("-")[0].strip()
    if kind not in SHORT_KINDS and not kind.isupper():
        yield off("number_kind", "ký hiệu", one, kind, "chữ viết tắt tên loại, như TTr, BC, QĐ")


def place(_: MeasuredPaper, roles: Roles) -> Iterator[LayoutFinding]:
    """Look at box 4: place and date."""
    one = roles.place
    if one is None:
        return
    yield from sized("place_size", "địa danh, thời gian", one, 13, 14)
    if not one.is_italic or one.is_bold:
        yield off("place_style", "địa danh, thời gian", one, look(one), "nghiêng, không đậm")
    if not re.search(r"\S, ngày", one.words):
        yield off(
            "place_comma", "địa danh, thời gian", one, "thiếu dấu phẩy", "“Thái Bình, ngày …”"
        )
    days = re.search(r"ngày (\d+) tháng (\d+)", one.words)
    if days and (
        len(days[1]) < _DIGITS or (len(days[2]) < _DIGITS and int(days[2]) <= _PADDED_MONTHS)
    ):
        yield off(
            "place_zero",
            "địa danh, thời gian",
            one,
            f"ngày {days[1]} tháng {days[2]}",
            "ngày dưới 10, tháng 1 và 2 thêm số 0",
        )


def title(_: MeasuredPaper, roles: Roles) -> Iterator[LayoutFinding]:
    """Look at box 5a: the kind of document and what it is about, with a short rule."""
    one = roles.title
    if one is None:
        if roles.is_headed and roles.about is None:
            yield LayoutFinding(
                rule="title_missing",
                where="tên loại văn bản",
                found="không thấy",
                asked="có tên loại",
            )
        return
    yield from sized("title_size", "tên loại", one, 13, 14)
    if not one.is_bold or one.is_italic:
        yield off("title_style", "tên loại", one, look(one), "đứng, đậm")
    if not one.is_capital:
        yield off("title_capitals", "tên loại", one, "chữ thường", "chữ in hoa")
    for part in (one, *roles.subject):
        if part.align not in {None, Align.CENTRE}:
            yield off("title_middle", "tên loại, trích yếu", part, "không canh giữa", "canh giữa")
    for part in roles.subject:
        yield from sized("subject_size", "trích yếu", part, 13, 14)
    with_rule = [part for part in (one, *roles.subject) if part.rule is not None]
    if roles.is_headed and not with_rule:
        yield off(
            "title_rule", "trích yếu", one, "không có kẻ ngang", "kẻ liền dài 1/3–1/2 dòng chữ"
        )
    for part in with_rule:
        yield from ruled("title_rule", "trích yếu", part, 1 / 3, 1 / 2)
