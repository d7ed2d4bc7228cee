"""The practice province (tỉnh thực hành): invented data in a folder of its own, to try things on.

Its offices are enrolled by its own province, whose keys nobody else knows: a bundle made here is
refused everywhere else, and one from elsewhere is refused here.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle

from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.offices import PRACTICE, Office
from thidua_desktop.domain.people import Gender, Household, Person
from thidua_desktop.domain.proposals import Subject, may_receive
from thidua_desktop.domain.units import UnitRole
from thidua_desktop.services.offices import create_office, enrol, join
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.proposals import new_proposal, open_proposal, save_proposal

PROVINCE, OFFICE = "34", "ubnd-343"
_FILE = "thuc-hanh.dk"
_YEAR = 2024
# Nobody's names: each joins a family name to a word for what it is.
_PEOPLE = (
    ("Nguyễn Thị Ví Dụ", Gender.FEMALE, 1984, "Phó Chủ tịch Hội Phụ nữ xã"),
    ("Trần Văn Thử", Gender.MALE, 1971, "Trưởng thôn"),
    ("Phạm Thị Mẫu", Gender.FEMALE, 1990, "Công chức địa chính"),
    ("Đỗ Đình Nháp", Gender.MALE, 1966, "Chủ tịch Hội Cựu chiến binh xã"),
    ("Vũ Quang Tập", Gender.MALE, 1979, "Kỹ sư"),
    ("Bùi Thị Minh Họa", Gender.FEMALE, 1987, "Giáo viên"),
)
_HOUSEHOLDS = (("Lê Văn Giả Định", "Thôn Mẫu Một"), ("Hoàng Thị Bịa", "Thôn Mẫu Hai"))
_SUMMARIES = (
    "Vận động 41 hộ hiến 1.250 m² đất làm đường thôn (số liệu bịa để thực hành).",
    "Trực tiếp chỉ đạo làm 2,4 km đường trục xã đúng hạn (số liệu bịa để thực hành).",
    "Tiết kiệm 12% chi phí văn phòng trong năm (số liệu bịa để thực hành).",
)


def make_practice(province: Ports, office: Ports) -> Office:
    """Fill two empty folders with a province and an office of it that has work on its desk."""
    create_office(province, PROVINCE, UnitRole.PROVINCE)
    joined = join(office, enrol(province, OFFICE), file_name=_FILE)
    for ports in (province, office):
        _mark(ports)
    fill(office)
    return joined


def _mark(ports: Ports) -> None:
    with ports.store.write() as work:
        work.book.set_setting(PRACTICE, "1")
        work.commit()


def fill(office: Ports) -> None:
    """Propose invented people and households, some of them not wholly."""
    with office.store.read() as work:
        awards = work.records.having(AwardForm)
    summaries = cycle(_SUMMARIES)
    for number, (name, gender, born, position) in enumerate(_PEOPLE):
        view = open_proposal(office, new_proposal(office, Subject.PERSON, year=_YEAR)[0])
        if not isinstance(view.nominee, Person):
            raise TypeError(view.nominee)
        person = replace(
            view.nominee,
            full_name=name,
            gender=gender,
            birth_date=PartialDate(born) if number % 3 else None,  # something is left to find
            position=position,
            workplace="UBND xã Thực Hành",
        )
        award = next(one for one in awards if may_receive(Subject.PERSON, one))
        proposal = replace(view.proposal, award_form_id=award.id, summary=next(summaries))
        save_proposal(office, proposal, person, shown=(view.proposal, view.nominee))
    for name, village in _HOUSEHOLDS:
        view = open_proposal(office, new_proposal(office, Subject.HOUSEHOLD, year=_YEAR)[0])
        if not isinstance(view.nominee, Household):
            raise TypeError(view.nominee)
        home = replace(view.nominee, head=name, village=village, address="Xã Thực Hành")
        award = next(one for one in awards if may_receive(Subject.HOUSEHOLD, one))
        proposal = replace(view.proposal, award_form_id=award.id, summary=next(summaries))
        save_proposal(office, proposal, home, shown=(view.proposal, view.nominee))
