"""The boxes that most papers do without (5b, 10b to 13), where Decree 30 has them."""

from __future__ import annotations

from collections import Counter

import pytest

from builders import CONTACT, a_dossier, a_letter, a_marked_letter, an_untitled_letter
from printed import MM, Page, pages_of
from thidua_desktop.app.paths import resources
from thidua_desktop.domain.layout.measured import Frame, Passage
from thidua_desktop.domain.layout.roles import roles_of
from thidua_desktop.domain.marks import Urgency
from thidua_desktop.domain.pages import SizeSet
from thidua_desktop.formats.measuring.pdf import measure_pdf
from thidua_desktop.formats.pdf.papers import PdfPapers

PAPERS = PdfPapers(resources() / "fonts")
LEFT, WIDTH = 30.0, 165.0
BOLD, REGULAR = "LiberationSerif-Bold", "LiberationSerif"
MANY = ("Một đoạn văn rất dài của tờ trình. " * 300,)


def printed(*papers: object, sizes: SizeSet = SizeSet.LARGE) -> list[Page]:
    return pages_of(PAPERS.pdf(a_dossier(*papers, sizes=sizes)))


def frame_of(passage: Passage | None) -> Frame:
    assert passage is not None
    assert passage.frame is not None
    return passage.frame


@pytest.mark.parametrize("sizes", SizeSet)
@pytest.mark.parametrize("urgency", Urgency)
def test_urgency_stands_at_the_left_under_the_number_in_its_frame(
    urgency: Urgency, sizes: SizeSet
) -> None:
    data = PAPERS.pdf(a_dossier(a_marked_letter(urgency=urgency), sizes=sizes))
    (page,), (paper,) = pages_of(data), measure_pdf(data)
    said, number = page.line(urgency.stamp), page.line("Số: 128/TTr-UBND")
    assert said.looks == {(BOLD, 13)}
    assert LEFT < said.left < said.right < LEFT + urgency.width
    assert number.baseline < said.baseline < page.line("TỜ TRÌNH").baseline
    found = frame_of(roles_of(paper).urgency)
    assert (found.width, found.height) == pytest.approx((urgency.width, 8), abs=0.1)


def test_circulation_stands_in_the_upper_margin_and_leaves_its_corner_free() -> None:
    for words in ("LƯU HÀNH NỘI BỘ", "CHỈ LƯU HÀNH TRONG HỘI ĐỒNG THI ĐUA TỈNH"):
        data = PAPERS.pdf(a_dossier(a_marked_letter(circulation=words, urgency=None)))
        (page,), (paper,) = pages_of(data), measure_pdf(data)
        said = page.line(words)
        assert said.looks == {(BOLD, 13)}
        assert said.letters[0].top > 4
        assert said.baseline < 18
        edges = [rule.right for rule in page.rules if rule.y < 20]
        assert max(edges) == pytest.approx(LEFT + 0.85 * WIDTH, abs=0.5)
        assert frame_of(paper.above[0]).width > 0.28 * WIDTH - 0.1


def test_whatever_circulation_says_stays_in_the_margin() -> None:
    (page,) = printed(a_marked_letter(circulation="RẤT DÀI VÀ VIẾT HOA " * 15))
    in_margin = [one for one in page.inked if one.bottom < 19]
    assert "".join(one.char for one in in_margin).count("RẤTDÀI") == 15
    assert min(one.top for one in in_margin) > 3


@pytest.mark.parametrize("sizes", SizeSet)
def test_the_office_is_found_at_the_foot_of_the_first_page_only(sizes: SizeSet) -> None:
    pages = printed(a_marked_letter(body=MANY), sizes=sizes)
    assert len(pages) > 1
    first, second = pages[:2]
    line = first.line(CONTACT[0])
    assert line.looks == {(REGULAR, 11)}
    assert line.left == pytest.approx(LEFT, abs=0.5)
    (rule,) = [one for one in first.rules if one.length > WIDTH - 1]
    assert 0 < line.letters[0].top - rule.y < 2
    assert first.line(CONTACT[1]).baseline == pytest.approx(277, abs=1.5)
    text = [one for one in first.inked if one.size in {13, 14} and one.bottom > 40]
    assert max(one.bottom for one in text) < rule.y
    assert "Địa chỉ" not in second.text
    assert max(one.bottom for one in second.inked) > rule.y  # it has all of its height


def test_who_drew_it_up_stands_in_the_lower_right_corner_of_the_recipients() -> None:
    (page,) = printed(a_marked_letter(copies_to=("Như trên", "Sở Nội vụ tỉnh", "Lưu: VT")))
    mark, longest = page.line("NVT.(12)"), page.line("- Sở Nội vụ tỉnh;")
    assert mark.looks == {(REGULAR, 11)}
    assert mark.right == pytest.approx(longest.right, abs=0.8)
    assert mark.baseline > page.line("- Lưu: VT.").baseline


@pytest.mark.parametrize(("sizes", "size"), [(SizeSet.SMALL, 12), (SizeSet.LARGE, 13)])
def test_a_letter_without_a_title_says_under_its_number_what_it_is_about(
    sizes: SizeSet, size: int
) -> None:
    (page,) = printed(an_untitled_letter(), sizes=sizes)
    number, about = page.line("Số: 45/SNV-TĐKT"), page.line("V/v trả hồ sơ")
    assert about.looks == {(REGULAR, size)}
    assert LEFT + 0.06 * WIDTH <= about.left < about.right <= LEFT + 0.36 * WIDTH
    assert (about.baseline - number.baseline) * MM == pytest.approx(6 + size * 1.22, abs=1)
    assert page.line("Kính gửi:").baseline > page.line("KHẨN").baseline


def test_marks_but_the_stamp_move_nothing_and_a_letter_without_them_has_none() -> None:
    (plain,), (marked,) = printed(a_letter()), printed(a_marked_letter(urgency=None))
    (urgent,) = printed(a_marked_letter())
    assert not places(plain) - places(marked)
    assert places(plain) - places(urgent)
    more = Counter(one.char for one in marked.inked) - Counter(one.char for one in plain.inked)
    said = "".join(("LƯU HÀNH NỘI BỘ", "NVT.(12)", *CONTACT))
    assert more == Counter(said.replace(" ", ""))
    assert len(marked.rules) - len(plain.rules) == 2 + 1  # of the frame, and over the foot


def places(page: Page) -> set[tuple[str, float, float]]:
    return {(one.char, round(one.left, 2), round(one.bottom, 2)) for one in page.inked}
