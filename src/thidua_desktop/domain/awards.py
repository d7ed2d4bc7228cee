"""The catalogue of awards (danh hiệu, hình thức khen thưởng): data, with article and dates."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.records import Owner, Record, UnknownChoice, record_kind, said


class AwardFormKind(StrEnum):
    """A title competed for, or a commendation given."""

    TITLE = "title"
    COMMENDATION = "commendation"


class Authority(StrEnum):
    """Who decides on an award; a letter (tờ trình) goes to one authority only."""

    STATE_PRESIDENT = "state_president"
    PRIME_MINISTER = "prime_minister"
    PROVINCE_CHAIR = "province_chair"
    UNIT_HEAD = "unit_head"


@record_kind("Hình thức khen thưởng", owner=Owner.PROVINCE, key=("code",))
@dataclass(frozen=True, slots=True, kw_only=True)
class AwardForm(Record):
    """One award of the catalogue: its name, who decides on it, who may receive it, since when."""

    code: str = said("Mã", required=True, longest=40)
    name: str = said("Tên hình thức", required=True, longest=200)
    sort: AwardFormKind | UnknownChoice | None = said("Loại", blank=None)
    place: int | None = said("Thứ tự", blank=None, least=1, most=999)
    authority: Authority | UnknownChoice | None = said("Thẩm quyền", blank=None)
    for_persons: bool = said("Cho cá nhân", blank=False)
    for_collectives: bool = said("Cho tập thể", blank=False)
    for_households: bool = said("Cho hộ gia đình", blank=False)
    citation_person: str = said("Căn cứ (cá nhân)", longest=300)
    citation_collective: str = said("Căn cứ (tập thể)", longest=300)
    citation_household: str = said("Căn cứ (hộ gia đình)", longest=300)
    is_unverified: bool = said("Chưa đối chiếu văn bản", blank=False)
    valid_from: PartialDate | None = said("Có hiệu lực từ", blank=None)
    valid_to: PartialDate | None = said("Hết hiệu lực", blank=None)
