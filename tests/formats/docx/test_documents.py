"""Papers as Word documents: the words of the PDF, named styles, Decree 30/2020/NĐ-CP."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, RGBColor

from builders import (
    CONTACT,
    a_code,
    a_dossier,
    a_grid,
    a_letter,
    a_letterhead,
    a_list,
    a_marked_letter,
    a_page,
    a_report,
    an_untitled_letter,
)
from printed import texts_of
from thidua_desktop.app.paths import resources
from thidua_desktop.domain.dossiers import ListGroup
from thidua_desktop.domain.errors import StoppedError
from thidua_desktop.domain.page_words import words_of
from thidua_desktop.domain.pages import (
    MOTTO,
    STATE,
    Column,
    Facts,
    NumberedWords,
    Paragraph,
    Role,
    Row,
    RowSort,
    SignatureBlock,
    Signatures,
    SizeSet,
    Table,
)
from thidua_desktop.formats import layout
from thidua_desktop.formats.papers import Papers
from thidua_desktop.formats.pdf.fonts import BOLD, text_width
from thidua_desktop.services.pages.forms import pages_of
from written import bare, document_of, in_word, paragraph_of, paragraphs_of, parts_of

PAPERS = Papers(resources() / "fonts")
ACTIVE = (b"fldChar", b"instrText", b"fldSimple", b"hyperlink")
BLANK = SignatureBlock(lines=("NGƯỜI LẬP",))
SIGNED = Signatures(left=BLANK, right=BLANK, below=(BLANK,))


def a_dossier_of_all_blocks():
    facts = Facts(lines=(("Bên giao", "Huyện Kiến Xương"),), in_table=True)
    words = NumberedWords(words=tuple(f"từ{n}" for n in range(24)))
    letters = (a_letter(), a_marked_letter(circulation="", contact=()))  # margins are read first
    return a_dossier(
        *letters, a_list(3), a_report(), a_page(facts, a_code(), words, a_grid(3), SIGNED)
    )


# words


def test_a_document_says_what_the_pdf_says() -> None:
    dossier = a_dossier_of_all_blocks()
    said = bare("".join(words for page in pages_of(dossier) for words in words_of(page)))
    written = in_word(PAPERS.docx(dossier))
    before, _, rest = said.partition("từ0")
    assert written.startswith(f"{before}từ0")  # the words in the grid are read down its columns
    assert written.endswith(rest.partition("từ23")[2])
    printed = bare("".join(texts_of(PAPERS.pdf(dossier))))
    assert sorted(printed) == sorted(written)


def test_words_are_written_literally_and_nothing_in_them_is_obeyed() -> None:
    hostile = 'a{ PAGE } <w:t>&amp; =1+1 "x" \\* MERGEFORMAT http://x.example/'
    listed = a_list(groups=(ListGroup(heading=hostile, rows=((hostile,) * 4,)),))
    data = PAPERS.docx(a_dossier(a_letter(title=hostile, body=(hostile,)), listed))
    assert in_word(data).count(bare(hostile)) == 2 + 1 + 4
    body = parts_of(data)["word/document.xml"]
    assert not [
        tag for tag in (b"fldChar", b"instrText", b"fldSimple", b"hyperlink") if tag in body
    ]


def test_what_xml_cannot_hold_is_written_as_a_mark() -> None:
    data = PAPERS.docx(a_dossier(a_letter(body=("a\x00b\x1bc\ud800d\uffffe",))))
    assert any("a\ufffdb\ufffdc\ufffdd\ufffde" in line for line in paragraphs_of(data))


def test_decomposed_letters_are_refused_and_the_paper_is_named() -> None:
    with pytest.raises(ValueError, match="Tờ trình: Nguye"):
        PAPERS.docx(a_dossier(a_letter(body=("Nguye\u0302\u0303n",))))


# layout


def test_every_paper_is_a_section_with_page_numbers_from_its_second_page() -> None:
    data = PAPERS.docx(a_dossier())
    document = document_of(data)
    assert len(document.sections) == 3
    for section in document.sections:
        assert abs(section.page_width - Mm(210)) < Mm(0.1)
        assert abs(section.page_height - Mm(297)) < Mm(0.1)
        assert abs(section.left_margin - Mm(30)) < Mm(0.1)
        assert abs(section.right_margin - Mm(15)) < Mm(0.1)
        assert abs(section.top_margin - Mm(20)) < Mm(0.1)
        assert section.different_first_page_header_footer
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    header = parts_of(data)["word/header1.xml"].decode()
    assert "PAGE" in header
    assert "fldChar" not in parts_of(data)["word/document.xml"].decode()


def test_a_page_on_its_side_is_a_section_of_its_own_form() -> None:
    document = document_of(PAPERS.docx(a_dossier(a_page(a_grid(2), is_landscape=True), a_letter())))
    aside, upright = document.sections
    assert abs(aside.page_width - Mm(297)) < Mm(0.1)
    assert abs(upright.page_width - Mm(210)) < Mm(0.1)


@pytest.mark.parametrize(("sizes", "body"), [(SizeSet.SMALL, 13), (SizeSet.LARGE, 14)])
def test_letters_have_the_sizes_of_one_set_by_named_styles(sizes: SizeSet, body: int) -> None:
    data = PAPERS.docx(a_dossier(sizes=sizes))
    styles = {one.style_id: one for one in document_of(data).styles}
    for words, name, size, bold, italic in (
        (STATE, "Quốc hiệu", body - 1, True, None),
        (MOTTO, "Tiêu ngữ", body, True, None),
        ("TỜ TRÌNH", "Tên loại", body, True, None),
        ("Về việc", "Trích yếu", body, True, None),
        ("Căn cứ Luật", "Căn cứ", body, None, True),
        ("Kính đề nghị tặng", "Lời văn", body, None, None),
        ("Nơi nhận:", "Nơi nhận", 12, True, True),
        ("- Như trên;", "Danh sách nơi nhận", 11, None, None),
        ("II. THÀNH TÍCH", "Mục", body, True, None),
    ):
        found = next(one for one in paragraphs_with(data, words))
        style = styles[found.pPr.pStyle.val]
        looks = (style.name, style.font.size.pt, style.font.bold, style.font.italic)
        assert looks == (name, size, bold, italic)
        assert found.find(qn("w:r")).find(qn("w:rPr")) is None  # nothing but the style


def paragraphs_with(data: bytes, words: str):
    body = document_of(data).element.body
    return (
        one
        for one in body.iter(qn("w:p"))
        if words in "".join(t.text or "" for t in one.iter(qn("w:t")))
    )


def test_a_page_of_the_other_size_set_has_styles_of_its_own() -> None:
    small = a_page(Paragraph(text="Chữ nhỏ."), sizes=SizeSet.SMALL)
    data = PAPERS.docx(a_dossier(a_letter(), small))
    style = document_of(data).styles["Lời văn cỡ nhỏ"]
    assert style.font.size.pt == 13
    assert paragraph_of(data, "Chữ nhỏ.").pPr.pStyle.val == style.style_id


def test_rules_are_as_long_as_the_motto_and_less_than_half_of_agency_and_title() -> None:
    body = document_of(PAPERS.docx(a_dossier(a_letter()))).element.body
    rules = list(body.iter(qn("w:pBdr")))
    assert len(rules) == 3
    rooms = [one.getparent().find(qn("w:ind")).get(qn("w:left")) for one in rules]
    agency, motto, title = (int(room) / 20 for room in rooms)
    whole = 165 * layout.MM
    for length, words, size, part in (
        (0.42 * whole - 2 * agency, "HUYỆN KIẾN XƯƠNG", 13, 0.4),
        (0.58 * whole - 2 * motto, MOTTO, 14, 1),
        (whole - 2 * title, "Về việc đề nghị tặng Giấy khen", 14, 0.4),
    ):
        assert length == pytest.approx(text_width(words, BOLD, size) * part, abs=1)


def test_heads_of_tables_are_repeated_and_rows_are_not_parted() -> None:
    document = document_of(PAPERS.docx(a_dossier(a_list(5))))
    rows = [row._tr for row in document.tables[0].rows]
    assert rows[0].trPr.find(qn("w:tblHeader")) is not None
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    keeping = [bool(row.findall(f".//{qn('w:keepNext')}")) for row in rows[1:]]
    assert keeping == [True, False, False, False, False, True]  # the heading, and over the count


def test_a_total_stays_with_the_row_before_it() -> None:
    rows = (
        *(Row(cells=(str(n), "1")) for n in range(3)),
        Row(cells=("Cộng", "3"), sort=RowSort.TOTAL),
    )
    columns = (Column(name="TT", width=20), Column(name="Số", width=80))
    document = document_of(PAPERS.docx(a_dossier(a_page(Table(columns=columns, rows=rows)))))
    found = [row._tr for row in document.tables[0].rows][1:]
    keeping = [bool(row.findall(f".//{qn('w:keepNext')}")) for row in found]
    assert keeping == [False, False, True, False]


def test_the_end_of_the_text_stays_with_the_signatures() -> None:
    letter = a_letter(body=("Đoạn một.", "Đoạn hai."), enclosure="", closing="Đoạn ba.")
    data = PAPERS.docx(a_dossier(letter))
    kept = [
        paragraph_of(data, words).pPr.find(qn("w:keepNext")) is not None
        for words in ("Đoạn một.", "Đoạn hai.", "Đoạn ba.")
    ]
    assert kept == [False, True, True]


def test_headings_and_lines_that_lead_into_the_next_stay_with_it() -> None:
    styles = document_of(PAPERS.docx(a_dossier(a_letter()))).styles
    kept = {
        name
        for name in ("Text", "Basis", "Section", "Criterion", "Label")
        if styles.element.get_by_id(name).pPr.find(qn("w:keepNext")) is not None
    }
    assert kept == {"Section", "Criterion", "Label"}


def test_a_name_left_to_the_pen_takes_no_line_that_could_stand_alone_on_a_page() -> None:
    signed = replace(SIGNED, right=replace(BLANK, name="Đỗ Quang Vịnh"))
    body = document_of(PAPERS.docx(a_dossier(a_page(signed)))).element.body
    names = [one for one in body.iter(qn("w:p")) if one.style == "Signed"]
    assert [one.text for one in names] == ["Đỗ Quang Vịnh"]


def test_groups_of_columns_stand_over_their_columns() -> None:
    columns = (
        Column(name="Đơn vị", width=50),
        Column(name="Tự chấm", width=25, group="Điểm"),
        Column(name="Thẩm định", width=25, group="Điểm"),
    )
    data = PAPERS.docx(
        a_dossier(a_page(Table(columns=columns, rows=(Row(cells=("A", "1", "2")),))))
    )
    table = document_of(data).tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["Đơn vị", "Điểm", "Điểm"]
    assert [cell.text for cell in table.rows[1].cells] == ["Đơn vị", "Tự chấm", "Thẩm định"]


def test_headings_are_found_in_the_list_of_headings() -> None:
    data = PAPERS.docx(a_dossier(a_page(Paragraph(text="I. MỤC", role=Role.HEADING))))
    style = document_of(data).styles["Mục"]
    assert style.element.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) == "1"
    assert style.paragraph_format.keep_with_next


# the boxes that most papers do without


def test_what_stands_in_the_margins_is_said_by_every_section_and_shown_by_one() -> None:
    marked = a_marked_letter(body=("Một đoạn văn. " * 60,) * 8)
    data = PAPERS.docx(a_dossier(a_letter(), marked, a_list(60), an_untitled_letter()))
    sections = document_of(data).sections
    for kind, over in (("header", "LƯU HÀNH NỘI BỘ"), ("footer", CONTACT[0])):
        firsts = [getattr(one, f"first_page_{kind}") for one in sections]
        assert not any(one.is_linked_to_previous for one in firsts)
        said = ["".join(line.text for line in one.paragraphs) for one in firsts]
        assert said[0] == said[2] == ""
        assert said[1].startswith(over)
        assert said[3]
    assert all(section.footer.is_linked_to_previous for section in sections)


def test_equal_margins_are_kept_once_and_a_document_without_marks_has_none() -> None:
    assert len(margins_of(PAPERS.docx(a_dossier(*[a_marked_letter()] * 3)))) == 2 + 1
    assert len(margins_of(PAPERS.docx(a_dossier(a_marked_letter(), a_letter())))) == 4 + 1
    plain = parts_of(PAPERS.docx(a_dossier(a_letter(), a_list(3), a_report())))
    assert [name for name in plain if "header" in name or "footer" in name] == ["word/header1.xml"]
    assert "Độ khẩn" not in plain["word/styles.xml"].decode()


def margins_of(data: bytes) -> list[str]:
    return [name for name in parts_of(data) if "header" in name or "footer" in name]


def test_a_frame_is_a_style_and_has_the_size_for_its_words() -> None:
    data = PAPERS.docx(a_dossier(a_marked_letter()))
    stamp = paragraph_of(data, "HỎA TỐC")
    style = document_of(data).styles["Độ khẩn"]
    assert stamp.pPr.pStyle.val == style.style_id
    assert style.font.color.rgb == RGBColor(255, 0, 0)
    free = stamp.pPr.find(qn("w:ind"))
    left, right = (int(free.get(qn(f"w:{side}"))) / 20 for side in ("left", "right"))
    assert left >= layout.FRAME_WIDTH / 2  # or the edge of the cell cuts its line off
    assert 0.42 * 165 * layout.MM - left - right == pytest.approx(30 * layout.MM, abs=0.1)


# file


def test_the_same_dossier_is_the_same_bytes() -> None:
    dossier = a_dossier_of_all_blocks()
    first = PAPERS.docx(dossier)
    assert PAPERS.docx(replace(dossier, title="Khác")) != first
    assert PAPERS.docx(dossier) == first
    with zipfile.ZipFile(BytesIO(first)) as archive:
        assert {one.date_time for one in archive.infolist()} == {(2024, 1, 1, 0, 0, 0)}


def test_a_document_tells_nothing_of_who_made_it_and_when() -> None:
    data = PAPERS.docx(a_dossier(title="Hồ sơ đề nghị tặng Giấy khen"))
    properties = document_of(data).core_properties
    assert (properties.title, properties.language) == ("Hồ sơ đề nghị tặng Giấy khen", "vi-VN")
    assert (properties.author, properties.last_modified_by) == ("Thi Đua Desktop",) * 2
    assert properties.created == properties.modified
    assert properties.comments == ""
    for name, part in parts_of(data).items():
        assert b"rsid" not in part, name
        assert b"python-docx" not in part, name
        assert not re.search(rb"(?i)macro|oleobject|vbaproject|TargetMode", part), name
    assert {name.split("/")[-1] for name in parts_of(data)} == {
        *("[Content_Types].xml", ".rels", "core.xml", "document.xml", "document.xml.rels"),
        *("header1.xml", "settings.xml", "styles.xml"),
    }


def test_every_style_that_is_used_is_defined_and_the_font_is_the_decrees() -> None:
    parts = parts_of(PAPERS.docx(a_dossier_of_all_blocks()))
    used = set(re.findall(rb'<w:pStyle w:val="([^"]+)"', parts["word/document.xml"]))
    defined = set(re.findall(rb'w:styleId="([^"]+)"', parts["word/styles.xml"]))
    assert used <= defined
    assert set(re.findall(rb'w:ascii="([^"]+)"', parts["word/styles.xml"])) == {b"Times New Roman"}
    assert b'<w:lang w:val="vi-VN"' in parts["word/styles.xml"]


def test_number_and_day_may_stay_open() -> None:
    head = a_letterhead(number="", date=None, place="")
    lines = paragraphs_of(PAPERS.docx(a_dossier(a_letter(head=head))))
    assert "……………, ngày … tháng … năm …" in lines
    assert any(re.fullmatch("Số: \u00a0{8}/TTr-UBND", line) for line in lines)


def test_writing_stops_between_two_papers_when_somebody_wants_it() -> None:
    asked = iter((False, True))
    with pytest.raises(StoppedError):
        PAPERS.docx(a_dossier(), stop_wanted=lambda: next(asked))
