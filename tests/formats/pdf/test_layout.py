"""The measures of Decree 30/2020/NĐ-CP, taken from the printed page."""

from __future__ import annotations

from itertools import pairwise

import pytest

from builders import a_dossier, a_letter, a_list, a_report
from printed import MM, Page, lines_of, pages_of, texts_of
from thidua_desktop.app.paths import resources
from thidua_desktop.domain.dossiers import (
    CriterionResult,
    Dossier,
    ListGroup,
    ReportSection,
    SizeSet,
)
from thidua_desktop.formats import layout
from thidua_desktop.formats.pdf.papers import PdfPapers

PAPERS = PdfPapers(resources() / "fonts")
LEFT, RIGHT, WIDTH = 30.0, 195.0, 165.0
BOLD, REGULAR, ITALIC = "LiberationSerif-Bold", "LiberationSerif", "LiberationSerif-Italic"
STATE, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
SIGNED = "TM. ỦY BAN NHÂN DÂN"


def printed(*papers: object, sizes: SizeSet = SizeSet.LARGE) -> list[Page]:
    dossier: Dossier = a_dossier(*papers, sizes=sizes)
    return pages_of(PAPERS.pdf(dossier))


def texts(*papers: object) -> list[str]:
    return texts_of(PAPERS.pdf(a_dossier(*papers)))


def a_long_dossier(sizes: SizeSet) -> list[Page]:
    letter = a_letter(body=tuple("Một đoạn văn rất dài của tờ trình. " * 12 for _ in range(14)))
    return printed(letter, a_list(60), a_report(), sizes=sizes)


def is_within_margins(page: Page) -> bool:
    body = [one for one in page.inked if one.top > 16]  # the page number stands in the margin
    return (
        min(one.left for one in body) >= LEFT - 0.3
        and max(one.right for one in body) <= RIGHT + 0.3
        and min(one.top for one in body) >= 20
        and max(one.bottom for one in body) <= 297 - 20 + 0.3
    )


# page


@pytest.mark.parametrize("sizes", SizeSet)
def test_everything_stays_within_the_margins(sizes: SizeSet) -> None:
    assert all(is_within_margins(page) for page in a_long_dossier(sizes))


def test_a_page_out_of_its_margins_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "LEFT", 28 * MM)
    assert not all(is_within_margins(page) for page in printed())


def test_pages_are_numbered_from_the_second_of_each_paper() -> None:
    long = a_letter(body=tuple("Một đoạn văn. " * 40 for _ in range(12)))
    pages = texts(long, a_list(80))
    firsts = [lines_of(page)[0] for page in pages]
    numbers = [first if first.isdigit() else "" for first in firsts]
    second = numbers.index("", 1)
    assert numbers[:second] == ["", *(str(n) for n in range(2, second + 1))]
    assert numbers[second:] == ["", *(str(n) for n in range(2, len(pages) - second + 1))]
    assert second > 1
    assert len(pages) - second > 2


def test_the_page_number_stands_in_the_middle_of_the_upper_margin() -> None:
    long = a_letter(body=tuple("Một đoạn văn. " * 40 for _ in range(12)))
    digit = printed(long)[1].letters[0]
    assert digit.char == "2"
    assert (digit.left + digit.right) / 2 == pytest.approx(LEFT + WIDTH / 2, abs=0.5)
    assert 0 < digit.top < digit.bottom < 20
    assert (digit.font, digit.size) == (REGULAR, 13)


# head and title


@pytest.mark.parametrize(
    ("sizes", "state", "motto"), [(SizeSet.SMALL, 12, 13), (SizeSet.LARGE, 13, 14)]
)
def test_the_letters_of_the_head_have_the_sizes_of_one_set(
    sizes: SizeSet, state: int, motto: int
) -> None:
    page = printed(sizes=sizes)[0]
    assert page.line(STATE).looks == {(BOLD, state)}
    assert page.line(MOTTO).looks == {(BOLD, motto)}
    assert page.line("HUYỆN KIẾN XƯƠNG").looks == {(BOLD, state)}
    assert page.line("Số: 128/TTr-UBND").looks == {(REGULAR, 13)}
    assert page.line("Kiến Xương, ngày 25 tháng 11 năm 2024").looks == {(ITALIC, motto)}
    assert page.line("TỜ TRÌNH").looks == {(BOLD, motto)}


def test_agency_and_state_stand_in_two_columns() -> None:
    page = printed()[0]
    agency, state = page.line("HUYỆN KIẾN XƯƠNG"), page.line(STATE)
    border = LEFT + 0.42 * WIDTH
    assert (agency.left + agency.right) / 2 == pytest.approx((LEFT + border) / 2, abs=0.5)
    assert (state.left + state.right) / 2 == pytest.approx((border + RIGHT) / 2, abs=0.5)
    assert page.line("ỦY BAN NHÂN DÂN\r\nHUYỆN").right < border < state.left
    number, place = page.line("Số: 128/TTr-UBND"), page.line("Kiến Xương, ngày 25")
    assert number.right < border < place.left
    assert number.baseline == pytest.approx(place.baseline, abs=0.6)


def test_rules_are_as_long_as_the_motto_and_a_third_to_a_half_of_agency_and_title() -> None:
    page = printed()[0]
    under_agency, under_motto, under_title = page.rules
    for rule, words, least, most in (
        (under_motto, MOTTO, 0.98, 1.03),
        (under_agency, "HUYỆN KIẾN XƯƠNG", 1 / 3, 1 / 2),
        (under_title, "Về việc đề nghị tặng Giấy khen", 1 / 3, 1 / 2),
    ):
        line = page.line(words)
        width = line.right - line.left
        assert least <= rule.length / width <= most, words
        assert 0.5 < rule.y - line.baseline < 4, words
        assert (rule.left + rule.right) / 2 == pytest.approx((line.left + line.right) / 2, abs=0.7)


def test_a_title_in_two_lines_leaves_no_single_word_on_the_last() -> None:
    title = "Về việc đề nghị tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh cho cá nhân"
    lines = printed(a_letter(title=title))[0].lines()
    start = lines.index("TỜ TRÌNH") + 1
    first, second = lines[start : start + 2]
    assert f"{first} {second}" == title
    assert len(second) > len(first) / 2


def test_the_dashes_of_addressees_stand_under_the_colon() -> None:
    page = printed()[0]
    colon = page.line("Kính gửi:").letters[-1]
    for words in ("- Chủ tịch Ủy ban", "- Sở Nội vụ."):
        assert page.line(words).left == pytest.approx(colon.left, abs=0.8)


# text


def test_paragraphs_are_indented_and_apart_by_six_points() -> None:
    page = printed(a_letter(body=("Đoạn một ở đây.", "Đoạn hai ở đây.")))[0]
    first, second = page.line("Đoạn một ở đây."), page.line("Đoạn hai ở đây.")
    assert first.left == pytest.approx(LEFT + 12.7, abs=0.5)
    apart = (second.baseline - first.baseline) * MM - 14 * layout.LEADING
    assert apart == pytest.approx(6, abs=0.2)
    assert first.looks == {(REGULAR, 14)}


def test_long_paragraphs_reach_both_margins() -> None:
    words = " ".join(f"từ{n}" for n in range(60))
    page = printed(a_letter(body=(words,)))[0]
    second_line = next(line for line in page.lines() if line.startswith("từ") and "từ20" in line)
    line = page.line(second_line)
    assert line.left == pytest.approx(LEFT, abs=0.5)
    assert line.right == pytest.approx(RIGHT, abs=0.5)


def test_bases_are_italic() -> None:
    page = printed()[0]
    assert page.line("Căn cứ Luật Thi đua, khen thưởng").looks == {(ITALIC, 14)}


# who signs


def test_recipients_are_small_at_the_left_and_the_signer_bold_at_the_right() -> None:
    page = printed()[0]
    receive, copy = page.line("Nơi nhận:"), page.line("- Như trên;")
    assert receive.looks == {("LiberationSerif-BoldItalic", 12)}
    assert copy.looks == {(REGULAR, 11)}
    assert receive.left == pytest.approx(LEFT, abs=0.5)
    power, name = page.line(SIGNED), page.line("Đỗ Quang Vịnh")
    assert power.looks == name.looks == {(BOLD, 14)}
    assert power.left > LEFT + WIDTH * 0.45
    assert power.letters[0].top == pytest.approx(receive.letters[0].top, abs=1.5)
    assert name.letters[0].top - page.line("CHỦ TỊCH").baseline > 20  # room to sign


@pytest.mark.parametrize("paragraphs", range(1, 61))
def test_the_signature_is_never_alone_on_a_page(paragraphs: int) -> None:
    body = tuple(f"Đoạn thứ {n}." for n in range(paragraphs))
    last = texts(a_letter(body=body, enclosure=""))[-1]
    before, found, _ = last.partition(SIGNED)
    assert found
    text = [line for line in before.splitlines() if "Đoạn thứ" in line or "quyết định" in line]
    assert len(text) >= 2


@pytest.mark.parametrize("words", range(10, 1300, 120))
def test_two_lines_of_the_last_paragraph_stay_with_the_signature(words: int) -> None:
    closing = " ".join(f"từ{n}" for n in range(words)) + "./."
    last = texts(a_letter(closing=closing))[-1]
    lines = [line for line in lines_of(last) if "từ" in line]
    assert len(lines) >= min(2, words // 10)
    assert SIGNED in last


def test_a_block_that_is_alone_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    from thidua_desktop.formats.pdf import story  # noqa: PLC0415

    monkeypatch.setattr(story, "with_end_kept", lambda shown, block: [*shown, *block])
    alone = 0
    for paragraphs in range(20, 40):
        body = tuple(f"Đoạn thứ {n}." for n in range(paragraphs))
        last = texts(a_letter(body=body, enclosure=""))[-1]
        alone += "Đoạn thứ" not in last.partition(SIGNED)[0]
    assert alone


def test_a_parted_last_paragraph_looks_whole() -> None:
    words = " ".join(f"từ{n}" for n in range(60))
    closing = printed(a_letter(body=("Mở đầu.",), closing=words))[0]
    body = printed(a_letter(body=(words,), closing="Kết thúc."))[0]
    wanted = [line for line in body.lines() if line.startswith("từ")]
    assert [line for line in closing.lines() if line.startswith("từ")] == wanted
    tops = [closing.line(line).letters[0].top for line in wanted]
    steps = [(after - before) * MM for before, after in pairwise(tops)]
    assert steps == [pytest.approx(14 * layout.LEADING, abs=0.5)] * len(steps)


def a_report_with(results: int, paragraphs: int = 1) -> list[str]:
    section = ReportSection(
        heading="II. THÀNH TÍCH",
        paragraphs=("Mở đầu.",) * paragraphs,
        results=tuple(
            CriterionResult(criterion=f"{n}. Tiêu chí", results=(f"Kết quả {n}.",))
            for n in range(results)
        ),
    )
    return texts(a_report(sections=(section,)))


def ends_with_a_heading(page: str) -> bool:
    return lines_of(page)[-1].endswith(("Tiêu chí", "THÀNH TÍCH"))


@pytest.mark.parametrize("results", range(1, 26, 2))
def test_no_heading_stands_alone_at_the_foot_of_a_page(results: int) -> None:
    assert not any(ends_with_a_heading(page) for page in a_report_with(results))


def test_a_heading_that_is_alone_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    from thidua_desktop.formats.pdf import story  # noqa: PLC0415

    monkeypatch.setattr(story, "with_headings_kept", list)
    pages = [page for before in range(6) for page in a_report_with(25, before)]
    assert any(ends_with_a_heading(page) for page in pages)


# the list


def test_the_headings_of_the_list_stand_on_every_page() -> None:
    pages = texts(a_list(120))
    assert len(pages) > 2
    assert all("Họ và tên" in page for page in pages)


@pytest.mark.parametrize("first", range(15, 60, 5))
def test_a_group_begins_with_a_row_and_the_count_stands_under_one(first: int) -> None:
    row = ("Người", "1984", "Kỹ sư", "Tiết kiệm.")
    groups = (
        ListGroup(heading="I. Tập thể", rows=(row,) * first),
        ListGroup(heading="II. Cá nhân", rows=(row,) * (70 - first)),
    )
    pages = texts(a_list(groups=groups, closing="Danh sách có 70./."))
    assert not any(lines_of(page)[-1].startswith("II.") for page in pages)
    assert "Người" in pages[-1]
    assert lines_of(pages[-1])[-1] == "Danh sách có 70./."


def test_each_group_is_numbered_from_one() -> None:
    row = ("Người", "1984", "Kỹ sư", "Tiết kiệm.")
    groups = tuple(
        ListGroup(heading=name, rows=(row, row)) for name in ("I. Tập thể", "II. Cá nhân")
    )
    lines = printed(a_list(groups=groups))[0].lines()
    numbers = [line.partition(" Người")[0] for line in lines if " Người" in line]
    assert numbers == ["1", "2", "1", "2"]
