"""What stands beside the text of papers: said by the letter, or by the office itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from office_work import Pair, a_person_proposed
from returned_work import edited
from thidua_desktop.domain.agencies import contact_lines
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.dossiers import Dossier, Letter
from thidua_desktop.domain.errors import InvalidInputError
from thidua_desktop.domain.marks import Urgency, drafter_mark
from thidua_desktop.domain.pages import Head, Page
from thidua_desktop.domain.proposals import Submission
from thidua_desktop.domain.records import UnknownChoice
from thidua_desktop.domain.units import Unit
from thidua_desktop.services.dossiers import gather_submission
from thidua_desktop.services.office_papers import OfficeForm, office_paper
from thidua_desktop.services.pages.forms import page_of, pages_of
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.returned import ReturnedPaper, read_returned
from thidua_desktop.services.saving import save_record
from thidua_desktop.services.submissions import draft_submission, submit_all

SAID = {"circulation": "lưu hành  nội bộ", "drafter": "nvt", "copies": 12}
FOUND = "Địa chỉ: Thị trấn Kiến Xương Điện thoại: 0227 3821 000; thư điện tử: vp@kx.example"
REACHED = {"address": "Thị trấn Kiến Xương", "phone": "0227 3821 000", "email": "vp@kx.example"}


def a_letter(ports: Ports, **said: object) -> Submission:
    letter, _ = draft_submission(ports, (a_person_proposed(ports),))
    return save_record(ports, replace(letter, **said), shown=letter).record  # type: ignore[arg-type]


def gathered(ports: Ports, letter: Submission) -> Dossier:
    with ports.store.read() as work:
        return gather_submission(ports, work, letter)


def printed(ports: Ports, letter: Submission) -> tuple[Letter, Page, Head]:
    paper = gathered(ports, letter).papers[0]
    assert isinstance(paper, Letter)
    page = page_of(paper)
    head = page.blocks[0]
    assert isinstance(head, Head)
    return paper, page, head


def own_unit(ports: Ports, **said: object) -> Unit:
    with ports.store.read() as work:
        unit = work.records.get(Unit, work.book.me().unit_id)
    return save_record(ports, replace(unit, **said), shown=unit).record  # type: ignore[arg-type]


def test_a_letter_says_how_urgent_it_is_to_whom_it_goes_and_who_drew_it_up(office: Ports) -> None:
    paper, page, head = printed(office, a_letter(office, urgency=Urgency.VERY_URGENT, **SAID))
    assert head.urgency is Urgency.VERY_URGENT
    assert (page.circulation, paper.drafter) == ("LƯU HÀNH NỘI BỘ", "NVT.(12)")


def test_a_letter_that_says_none_of_it_has_none_of_it(office: Ports) -> None:
    paper, page, head = printed(office, a_letter(office))
    assert not page.is_marked
    assert (head.urgency, page.circulation, page.contact, paper.drafter) == (None, "", (), "")


def test_an_urgency_of_a_newer_program_is_not_printed(office: Ports) -> None:
    letter = replace(a_letter(office), urgency=UnknownChoice("timed"))
    assert printed(office, letter)[2].urgency is None


@pytest.mark.parametrize(
    ("drafter", "copies", "said"),
    [("PL", 300, "PL.(300)"), ("pl.", 5, "PL.(5)"), ("", 5, "(5)"), ("NVT", None, "NVT")],
)
def test_who_drew_it_up_is_in_capitals_with_the_number_of_copies(
    drafter: str, copies: int | None, said: str
) -> None:
    assert drafter_mark(drafter, copies) == said


@pytest.mark.parametrize("said", [{"copies": 0}, {"circulation": "A" * 41}, {"drafter": "A" * 21}])
def test_what_has_no_room_on_paper_is_refused(office: Ports, said: dict[str, object]) -> None:
    with pytest.raises(InvalidInputError):
        a_letter(office, **said)


def test_only_the_letter_itself_is_marked_not_what_goes_with_it(office: Ports) -> None:
    own_unit(office, shows_contact=True, **REACHED)
    letter = a_letter(office, urgency=Urgency.URGENT, **SAID)
    first, *others = pages_of(gathered(office, letter))
    assert first.is_marked
    assert others
    assert not any(page.is_marked for page in others)


# how the office is reached


def test_an_office_is_found_at_the_foot_of_its_papers_once_it_says_so(office: Ports) -> None:
    letter = a_letter(office)
    own_unit(office, **REACHED)
    assert printed(office, letter)[1].contact == ()
    own_unit(office, shows_contact=True)
    contact = (
        "Địa chỉ: Thị trấn Kiến Xương",
        "Điện thoại: 0227 3821 000; thư điện tử: vp@kx.example",
    )
    assert printed(office, letter)[1].contact == contact
    own_unit(office, phone="", website="kienxuong.example")
    reached = "Thư điện tử: vp@kx.example; trang thông tin điện tử: kienxuong.example"
    assert printed(office, letter)[1].contact == (contact[0], reached)


def test_reports_notices_and_letters_of_the_office_say_it_lists_and_registers_do_not(
    office: Ports,
) -> None:
    letter = a_letter(office)
    own_unit(office, shows_contact=True, **REACHED)

    def with_contact(form: OfficeForm, submission: UUID | None = None) -> list[bool]:
        made = office_paper(office, form=form, year=2024, submission=submission)
        return [bool(page.contact) for page in pages_of(made)]

    assert with_contact(OfficeForm.YEAR_REPORT) == [True]
    assert with_contact(OfficeForm.PUBLIC_LIST, letter.id) == [True]
    assert with_contact(OfficeForm.FULL_LIST, letter.id) == [False]
    assert with_contact(OfficeForm.INITIATIVES) == [True, True, False]
    assert with_contact(OfficeForm.GOLDEN_REGISTER) == [False]


def test_an_office_that_says_nothing_of_itself_has_no_rule_at_the_foot() -> None:
    assert contact_lines(Unit(id=UUID(int=1), shows_contact=True)) == ()
    assert contact_lines(None) == ()


def test_what_an_office_says_of_itself_reaches_the_province(pair: Pair) -> None:
    unit = own_unit(pair.office, shows_contact=True, fax="0227 3821 001", **REACHED)
    submit_all(pair.office)
    pair.up()
    with pair.province.store.read() as work:
        assert work.records.get(Unit, unit.id) == unit


# a file that comes back


def read_again(office: Ports, data: bytes, folder: Path) -> ReturnedPaper:
    path = folder / "Hồ sơ đã sửa.docx"
    path.write_bytes(data)
    return read_returned(office, path)


def test_marks_are_no_change_of_a_file_that_comes_back(office: Ports, tmp_path: Path) -> None:
    own_unit(office, shows_contact=True, **REACHED)
    letter = a_letter(office, date=PartialDate(2024, 11, 25), urgency=Urgency.MOST_URGENT, **SAID)
    printed_once = office.papers.docx(gathered(office, letter))
    paper = read_again(office, printed_once, tmp_path)
    assert (paper.differences, paper.ignored, paper.layout) == ((), (), ())

    changed = edited(printed_once, ("HỎA TỐC", "KHẨN"), ("NVT.(12)", "NVT.(15)"))
    changed = edited(changed, ("LƯU HÀNH NỘI BỘ", "XEM XONG TRẢ LẠI"), part="word/header2.xml")
    changed = edited(changed, ("3821 000", "3821 999"), part="word/footer1.xml")
    paper = read_again(office, changed, tmp_path)
    assert paper.differences == ()
    assert [(one.where, one.was, one.now) for one in paper.ignored] == [
        ("độ khẩn", "HỎA TỐC", "KHẨN"),
        ("ký hiệu người soạn thảo", "NVT.(12)", "NVT.(15)"),
        ("phạm vi lưu hành", "LƯU HÀNH NỘI BỘ", "XEM XONG TRẢ LẠI"),
        ("địa chỉ cơ quan", FOUND, FOUND.replace("3821 000", "3821 999")),
    ]
    assert paper.ignored[2].sentence().endswith("sửa ở ô Phạm vi lưu hành của tờ trình.")
    assert paper.layout == ()
