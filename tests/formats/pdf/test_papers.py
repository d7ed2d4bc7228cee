"""Papers as they come out: their words, their fonts, their bytes."""

from __future__ import annotations

import re
import unicodedata

import pypdfium2
import pytest

from builders import a_dossier, a_letter, a_letterhead, a_list, a_report
from printed import fonts_of, lines_of, pages_of, squeezed, texts_of, whole_text
from thidua_desktop.app.paths import resources
from thidua_desktop.domain.dossiers import (
    ChecklistSheet,
    CriterionResult,
    ListGroup,
    ReportSection,
    SheetRow,
    SignatureBlock,
)
from thidua_desktop.domain.errors import StoppedError
from thidua_desktop.formats.pdf.papers import PdfPapers

PAPERS = PdfPapers(resources() / "fonts")
HOSTILE = (
    "<b>đậm</b> & <para>",
    "<img src='x'/>",
    "&#x41; &amp; &lt;",
    "<!-- -->",
    "=1+1",
    '<font color="[[].append(1)]">đỏ</font>',
)


# words


def test_a_dossier_says_what_its_papers_say_in_composed_letters() -> None:
    whole = whole_text(PAPERS.pdf(a_dossier()))
    assert unicodedata.is_normalized("NFC", whole)
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 128/TTr-UBND",
        "Kiến Xương, ngày 25 tháng 11 năm 2024",
        "TỜ TRÌNH",
        "Nơi nhận:",
        "TM. ỦY BAN NHÂN DÂN",
        "DANH SÁCH",
        "I. Cá nhân",
        "BÁO CÁO THÀNH TÍCH",
        "II. THÀNH TÍCH ĐẠT ĐƯỢC",
        "./.",
    ):
        assert words in whole, words


def test_one_addressee_stands_on_the_line_of_the_greeting() -> None:
    lines = lines_of(texts_of(PAPERS.pdf(a_dossier(a_letter(recipients=("Sở Nội vụ",)))))[0])
    assert "Kính gửi: Sở Nội vụ" in lines


def test_several_addressees_stand_in_a_list_that_ends_with_a_full_stop() -> None:
    lines = lines_of(texts_of(PAPERS.pdf(a_dossier()))[0])
    start = lines.index("Kính gửi:")
    assert lines[start + 1 : start + 3] == ["- Chủ tịch Ủy ban nhân dân tỉnh;", "- Sở Nội vụ."]


def test_legal_bases_end_with_semicolons_and_the_last_with_a_full_stop() -> None:
    letter = a_letter(legal_basis=("Căn cứ Luật A.", "Căn cứ Nghị định B;", "Căn cứ Kế hoạch C"))
    lines = lines_of(texts_of(PAPERS.pdf(a_dossier(letter)))[0])
    start = lines.index("Căn cứ Luật A;")
    assert lines[start + 1 : start + 3] == ["Căn cứ Nghị định B;", "Căn cứ Kế hoạch C."]


def test_number_and_day_may_stay_open() -> None:
    head = a_letterhead(number="", date=None, place="")
    (page,) = pages_of(PAPERS.pdf(a_dossier(a_letter(head=head))))
    assert "ngày … tháng … năm …" in page.text
    gap = page.line("/TTr-UBND").left - page.line("Số:").right
    assert gap > 8  # room to write in, in millimetres


def test_a_report_without_agency_has_no_head_at_the_left() -> None:
    head = a_letterhead(agency="", number="", symbol="")
    (page,) = pages_of(PAPERS.pdf(a_dossier(a_report(head=head))))
    assert page.lines()[0] == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert "Số:" not in page.text


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_are_printed_literally(hostile: str) -> None:
    group = ListGroup(heading=hostile, rows=((hostile, "", hostile, hostile),))
    section = ReportSection(
        heading=hostile,
        facts=((hostile, hostile),),
        paragraphs=(hostile,),
        results=(CriterionResult(criterion=hostile, results=(hostile,)),),
    )
    dossier = a_dossier(
        a_letter(title=hostile, body=(hostile,), nominees=(hostile,), copies_to=(hostile, "Lưu")),
        a_list(title=hostile, groups=(group,)),
        a_report(subject_line=hostile, sections=(section,), movement_line=hostile),
    )
    found = whole_text(PAPERS.pdf(dossier)).count(hostile)
    assert found >= 4 + 1 + 1 + 2 + 6, found  # narrow cells may part it


def test_long_names_and_long_lists_are_printed_whole() -> None:
    name = "Nguyễn Hoàng Phúc Thiên Ân Đức Toàn Mỹ Lệ Trường Giang Vĩnh Cửu"
    text = whole_text(PAPERS.pdf(a_dossier(a_report(subject_line=name), a_list(300))))
    assert name in text
    assert all(f"Người thứ {n} " in text for n in range(300))


def test_a_row_longer_than_a_page_is_parted_and_nothing_is_lost() -> None:
    long = " ".join(f"từ{n}" for n in range(1500))
    rows = (("Ngắn", "1984", "Kỹ sư", "Ít."), ("Dài", "1984", "Kỹ sư", long))
    groups = (ListGroup(heading="I. A", rows=rows[::-1]), ListGroup(heading="II. B", rows=rows))
    text = whole_text(PAPERS.pdf(a_dossier(a_list(groups=groups))))
    assert text.count("từ1499") == 2


def test_decomposed_letters_are_refused_and_the_paper_is_named() -> None:
    row = ("Nguye\u0302\u0303n", "", "", "")
    listed = a_list(groups=(ListGroup(heading="I. Cá nhân", rows=(row,)),))
    with pytest.raises(ValueError, match="Danh sách: Nguye"):
        PAPERS.pdf(a_dossier(a_letter(), listed))


# file


def test_only_subsets_of_the_shipped_fonts_are_named_and_all_are_embedded() -> None:
    data = PAPERS.pdf(a_dossier())
    fonts = fonts_of(data)
    assert set(fonts) == {
        "LiberationSerif",
        "LiberationSerif-Bold",
        "LiberationSerif-Italic",
        "LiberationSerif-BoldItalic",
    }
    assert all(fonts.values())
    assert b"Helvetica" not in data
    named = set(re.findall(rb"/BaseFont /(\S+)", data))
    assert named
    assert all(re.match(rb"[A-Z]{6}\+", name) for name in named)


def test_the_same_dossier_is_the_same_bytes_whatever_was_printed_before() -> None:
    first = PAPERS.pdf(a_dossier())
    other = PAPERS.pdf(a_dossier(a_letter(title="Ngoằn ngoèo 9876")))
    assert other != first
    assert PAPERS.pdf(a_dossier()) == first
    assert PdfPapers(resources() / "fonts").pdf(a_dossier()) == first


def test_the_file_says_what_it_is_and_where_each_paper_begins() -> None:
    data = PAPERS.pdf(a_dossier(title="Hồ sơ đề nghị tặng Giấy khen"))
    with pypdfium2.PdfDocument(data) as document:
        assert document.get_metadata_value("Title") == "Hồ sơ đề nghị tặng Giấy khen"
        outline = [(one.get_title(), one.get_dest().get_index()) for one in document.get_toc()]
    assert [name for name, _ in outline[:2]] == ["Tờ trình", "Danh sách"]
    assert [page for _, page in outline] == [0, 1, 2]
    assert b"/Lang (vi" in data


def test_printing_stops_within_a_page_when_somebody_wants_it() -> None:
    asked = 0

    def on_the_third_question() -> bool:
        nonlocal asked
        asked += 1
        return asked >= 3

    with pytest.raises(StoppedError):
        PAPERS.pdf(a_dossier(a_list(200)), stop_wanted=on_the_third_question)
    assert asked == 3


def test_a_stopped_printing_leaves_nothing_behind_for_the_next() -> None:
    first = PAPERS.pdf(a_dossier())
    with pytest.raises(StoppedError):
        PAPERS.pdf(a_dossier(a_list(200)), stop_wanted=lambda: True)
    assert PAPERS.pdf(a_dossier()) == first


def test_every_paper_begins_on_a_page_of_its_own() -> None:
    firsts = [squeezed(page) for page in texts_of(PAPERS.pdf(a_dossier()))]
    assert len(firsts) == 3
    assert "TỜ TRÌNH" in firsts[0]
    assert firsts[1].startswith("DANH SÁCH")
    assert "BÁO CÁO THÀNH TÍCH" in firsts[2]


@pytest.mark.parametrize("place", ["XÃ VŨ LỄ", "THỊ TRẤN KIẾN XƯƠNG", "HUYỆN KIẾN XƯƠNG"])
def test_the_name_of_a_committee_is_not_parted(place: str) -> None:
    letter = a_letter(head=a_letterhead(agency=f"ỦY BAN NHÂN DÂN {place}"))
    page = texts_of(PAPERS.pdf(a_dossier(letter)))[0]
    lines = [" ".join(line.split()) for line in page.splitlines()]
    assert any(line.startswith("ỦY BAN NHÂN DÂN") for line in lines)
    assert any(line.startswith(place) for line in lines)


@pytest.mark.parametrize("count", range(20, 60))
def test_who_signs_a_sheet_never_stands_alone_on_a_page(count: int) -> None:
    blank = SignatureBlock(lines=("NGƯỜI LẬP PHIẾU",))
    sheet = ChecklistSheet(
        head=a_letterhead(number="", symbol=""),
        title="PHIẾU TIÊU CHÍ NĂM 2024",
        subtitle="",
        columns=("TT", "Tiêu chí"),
        widths=(10, 90),
        rows=tuple(SheetRow(cells=(str(n), f"Tiêu chí {n}")) for n in range(count)),
        remarks=("Tự chấm khóa ngày 25/11/2024.", "Xếp thứ 2 trong 2 đơn vị được so sánh."),
        signatures=(blank, blank),
    )
    pages = texts_of(PAPERS.pdf(a_dossier(sheet)))
    signed = next(page for page in pages if "NGƯỜI LẬP PHIẾU" in page)
    assert "Tự chấm khóa" in signed
    assert "Xếp thứ" in signed
