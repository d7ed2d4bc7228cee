"""F26 Danh sách công khai: who is proposed for what, for everybody to comment on.

Everybody may read it: of a person it says name, position and workplace, of a family the commune,
and nothing else (Law 06/2022/QH15, article 84 clause 5 by the form; personal data are reduced).
"""

from __future__ import annotations

from collections.abc import Sequence

from thidua_desktop.domain.pages import Align, Column, Page, Paragraph, Row, RowSort, Table
from thidua_desktop.domain.people import Collective, Household, Person
from thidua_desktop.domain.proposals import Nominee
from thidua_desktop.services.candidates import (
    GROUP_WORDS,
    IN_ORDER,
    Candidate,
    counted,
    full_name,
    in_sentence,
)
from thidua_desktop.services.pages import parts
from thidua_desktop.services.pages.office import Office

_OPEN_DAY = "…/…/……"
_ROMAN = ("I", "II", "III")


def public_list_page(office: Office, award_name: str, candidates: Sequence[Candidate]) -> Page:
    """Return the list as a page, groups in their order, each numbered anew."""
    groups = [
        (subject, [one for one in candidates if one.subject is subject]) for subject in IN_ORDER
    ]
    rows: list[Row] = []
    for roman, (subject, of) in zip(_ROMAN, [one for one in groups if one[1]], strict=False):
        name = GROUP_WORDS[subject]
        rows.append(Row(cells=(f"{roman}. {name[:1].upper()}{name[1:]}",), sort=RowSort.HEADING))
        rows += [
            Row(cells=(str(number), full_name(one.nominee), _public(one.nominee)))
            for number, one in enumerate(of, start=1)
        ]
    return Page(
        form="F26",
        name="Thông báo công khai",
        is_reconstructed=True,
        blocks=(
            office.head("TB"),
            parts.title("THÔNG BÁO", f"Công khai danh sách đề nghị tặng {award_name}"),
            Paragraph(
                text=f"{office.begins} thông báo công khai {counted(candidates)} được đề nghị tặng "
                f"{award_name}, để cán bộ, nhân dân biết và tham gia ý kiến."
            ),
            Table(
                columns=(
                    Column(name="TT", width=10, align=Align.CENTRE),
                    Column(name="Tập thể, hộ gia đình, cá nhân", width=70),
                    Column(name="Chức vụ, đơn vị; nơi cư trú", width=97),
                ),
                rows=tuple(rows),
            ),
            Paragraph(
                text=f"Thời gian công khai: từ ngày {_OPEN_DAY} đến hết ngày {_OPEN_DAY}. Ý kiến "
                f"gửi về {office.agency} bằng văn bản, có họ tên, địa chỉ người gửi./."
            ),
            office.signed("Trang thông tin điện tử", "Bảng tin cơ quan"),
        ),
    )


def _public(nominee: Nominee) -> str:
    match nominee:
        case Person():
            said = (nominee.position, in_sentence(nominee.workplace))
            return ", ".join(part for part in said if part)
        case Household():
            return _commune(nominee.address)
        case Collective():
            return ""


def _commune(address: str) -> str:
    """Return only the commune of an address.

    >>> _commune("Số 5, thôn Đông Hòa, xã Bình Thanh, huyện Kiến Xương")
    'xã Bình Thanh, huyện Kiến Xương'
    """
    parts_of = [part.strip() for part in address.split(",")]
    for place, part in enumerate(parts_of):
        if part.lower().startswith(("xã ", "phường ", "thị trấn ")):
            return in_sentence(", ".join(parts_of[place:]))
    return in_sentence(parts_of[-1]) if len(parts_of) > 1 else ""
