"""How agencies are named at the head and the foot of a paper (Decree 30/2020/NĐ-CP)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from thidua_desktop.domain.agencies import (
    agency_name,
    head_lines,
    head_position,
    is_committee,
    signature_lines,
)
from thidua_desktop.domain.records import UnknownChoice
from thidua_desktop.domain.units import AuthorityPrefix, Signer, Unit, UnitLevel


def a_unit(name: str, level: UnitLevel = UnitLevel.DEPARTMENT) -> Unit:
    return Unit(id=UUID(int=1), name=name, level=level)


def a_signer(position: str, prefix: Any = None) -> Signer:
    return Signer(id=UUID(int=2), full_name="Đỗ Quang Vịnh", position=position, prefix=prefix)


PROVINCE = a_unit("Tỉnh Thái Bình", UnitLevel.PROVINCE)
COMMITTEE = a_unit("Ủy ban nhân dân huyện Kiến Xương", UnitLevel.DISTRICT)
DEPARTMENT = a_unit("Sở Xây dựng")


@pytest.mark.parametrize(
    ("name", "level", "agency"),
    [
        ("Phường Lê Hồng Phong", UnitLevel.COMMUNE, "Ủy ban nhân dân phường Lê Hồng Phong"),
        ("Tỉnh Thái Bình", UnitLevel.PROVINCE, "Ủy ban nhân dân tỉnh Thái Bình"),
        ("Hội đồng nhân dân tỉnh", UnitLevel.PROVINCE, "Hội đồng nhân dân tỉnh Thái Bình"),
        ("Hội Nông dân tỉnh", UnitLevel.DEPARTMENT, "Hội Nông dân tỉnh Thái Bình"),
        ("Sở Xây dựng", UnitLevel.DEPARTMENT, "Sở Xây dựng"),
    ],
)
def test_a_place_speaks_through_its_committee(name: str, level: UnitLevel, agency: str) -> None:
    assert agency_name(a_unit(name, level), PROVINCE) == agency


@pytest.mark.parametrize(
    ("unit", "parent", "lines"),
    [
        (
            COMMITTEE,
            a_unit("Huyện Kiến Xương", UnitLevel.DISTRICT),
            ("", "ỦY BAN NHÂN DÂN HUYỆN KIẾN XƯƠNG"),
        ),
        (DEPARTMENT, PROVINCE, ("ỦY BAN NHÂN DÂN TỈNH THÁI BÌNH", "SỞ XÂY DỰNG")),
        (
            a_unit("Sở Tài chính tỉnh Hưng Yên"),
            a_unit("Tỉnh Hưng Yên", UnitLevel.PROVINCE),
            ("ỦY BAN NHÂN DÂN TỈNH HƯNG YÊN", "SỞ TÀI CHÍNH"),
        ),
        (
            a_unit("Ban Thi đua - Khen thưởng, Sở Nội vụ"),
            a_unit("Sở Nội vụ"),
            ("SỞ NỘI VỤ", "BAN THI ĐUA - KHEN THƯỞNG"),
        ),
        (a_unit("Hội Nông dân tỉnh"), PROVINCE, ("", "HỘI NÔNG DÂN TỈNH THÁI BÌNH")),
        (DEPARTMENT, None, ("", "SỞ XÂY DỰNG")),
        (
            a_unit("Trường Mầm non Bình Minh", UnitLevel.GRASSROOTS),
            a_unit("Xã Bình Minh", UnitLevel.COMMUNE),
            ("ỦY BAN NHÂN DÂN XÃ BÌNH MINH", "TRƯỜNG MẦM NON BÌNH MINH"),
        ),
    ],
)
def test_the_head_names_the_agency_above_where_there_is_one(
    unit: Unit, parent: Unit | None, lines: tuple[str, str]
) -> None:
    assert head_lines(unit, parent) == lines


@pytest.mark.parametrize(
    ("unit", "position", "prefix", "lines"),
    [
        (COMMITTEE, "Chủ tịch", "TM.", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        (
            COMMITTEE,
            "Phó Chủ tịch Thường trực",
            "TM.",
            ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH THƯỜNG TRỰC"),
        ),
        (
            COMMITTEE,
            "Phó Chủ tịch",
            "KT.",
            ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ),
        (DEPARTMENT, "Giám đốc", None, ("GIÁM ĐỐC",)),
        (DEPARTMENT, "Phó Giám đốc", "KT.", ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
        (DEPARTMENT, "Giám đốc", "KT.", ("KT. GIÁM ĐỐC",)),
        (DEPARTMENT, "Giám đốc", "Q.", ("Q. GIÁM ĐỐC",)),
        (DEPARTMENT, "Chánh Văn phòng", "TL.", ("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG")),
        (COMMITTEE, "Trưởng phòng", "TUQ.", ("TUQ. CHỦ TỊCH", "TRƯỞNG PHÒNG")),
        (
            a_unit("Liên đoàn Lao động tỉnh"),
            "Chủ tịch",
            "TM.",
            ("TM. LIÊN ĐOÀN LAO ĐỘNG TỈNH", "CHỦ TỊCH"),
        ),
    ],
)
def test_who_signs_says_by_whose_power(
    unit: Unit, position: str, prefix: str | None, lines: tuple[str, ...]
) -> None:
    power = AuthorityPrefix(prefix) if prefix else None
    assert signature_lines(unit, a_signer(position, power)) == lines


def test_a_power_that_only_a_newer_program_knows_leaves_the_position() -> None:
    assert signature_lines(DEPARTMENT, a_signer("Giám đốc", UnknownChoice("XX."))) == ("GIÁM ĐỐC",)


def test_without_a_signer_the_head_of_the_agency_is_expected() -> None:
    assert signature_lines(COMMITTEE, None) == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    assert signature_lines(DEPARTMENT, None) == ("GIÁM ĐỐC",)
    assert signature_lines(None, None) == ("THỦ TRƯỞNG CƠ QUAN",)
    assert signature_lines(None, a_signer("Giám đốc")) == ("GIÁM ĐỐC",)


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("Ban Quản lý Khu kinh tế", "GIÁM ĐỐC"),
        ("Ban Tuyên giáo Tỉnh ủy", "TRƯỞNG BAN"),
        ("Thanh tra tỉnh", "CHÁNH THANH TRA"),
        ("Hội Cựu chiến binh tỉnh", "CHỦ TỊCH"),
        ("Trung tâm Lưu trữ", "THỦ TRƯỞNG CƠ QUAN"),
    ],
)
def test_the_head_of_an_agency_is_called_by_its_kind(name: str, head: str) -> None:
    assert head_position(a_unit(name)) == head


def test_only_committees_are_committees() -> None:
    assert is_committee(COMMITTEE)
    assert not is_committee(DEPARTMENT)
    assert not is_committee(a_unit("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"))
