"""Blocks that no shipped paper needs yet, as they are printed."""

from __future__ import annotations

from itertools import pairwise

from builders import a_dossier, a_letter, a_page
from printed import pages_of, texts_of
from thidua_desktop.app.paths import resources
from thidua_desktop.domain.pages import (
    Align,
    Column,
    Paragraph,
    Role,
    Row,
    RowSort,
    SignatureBlock,
    Signatures,
    Table,
)
from thidua_desktop.formats.pdf.papers import PdfPapers

PAPERS = PdfPapers(resources() / "fonts")
POINTS = (
    Column(name="TT", width=10, align=Align.CENTRE),
    Column(name="Đơn vị", width=50),
    Column(name="Tự chấm", width=20, align=Align.RIGHT, group="Điểm"),
    Column(name="Thẩm định", width=20, align=Align.RIGHT, group="Điểm"),
)


def test_a_page_on_its_side_uses_its_whole_width_and_the_next_stands_again() -> None:
    row = Row(cells=("1", "Xã Vũ Lễ", "90", "85"))
    aside = a_page(Table(columns=POINTS, rows=(row,) * 60), is_landscape=True)
    pages = pages_of(PAPERS.pdf(a_dossier(aside, a_letter())))
    assert max(rule.right for rule in pages[0].rules) > 281
    assert "CỘNG HÒA" in pages[-1].text
    assert max(one.right for one in pages[-1].inked) < 196
    assert pages[1].lines()[0] == "2"


def test_neighbouring_columns_stand_under_the_name_of_their_group() -> None:
    rows = (Row(cells=("1", "Xã Vũ Lễ", "90,5", "85")), Row(cells=("2", "Xã Đông", "7", "8")))
    (page,) = pages_of(PAPERS.pdf(a_dossier(a_page(Table(columns=POINTS, rows=rows)))))
    group, own, checked = page.line("Điểm"), page.line("Tự chấm"), page.line("Thẩm định")
    assert own.right < (group.left + group.right) / 2 < checked.left
    assert group.baseline < own.baseline
    assert abs(page.line("90,5").right - page.line("7").right) < 0.5


def test_the_words_that_lead_a_paragraph_are_bold() -> None:
    said = Paragraph(text="Tặng Giấy khen cho 01 cá nhân.", lead="Điều 1.")
    (page,) = pages_of(PAPERS.pdf(a_dossier(a_page(said))))
    assert page.line("Điều 1.").looks == {("LiberationSerif-Bold", 14)}
    assert page.line("Tặng Giấy khen").looks == {("LiberationSerif", 14)}


def test_a_table_that_is_signed_keeps_its_last_rows_with_the_signatures() -> None:
    signed = Signatures(
        left=SignatureBlock(lines=("NGƯỜI LẬP",)), right=SignatureBlock(lines=("CHỦ TỊCH",))
    )
    for count in range(20, 40, 3):
        rows = tuple(Row(cells=(str(n), f"Đơn vị số {n}", "1", "2")) for n in range(count))
        table = Table(columns=POINTS, rows=rows, closing="Bảng này có chừng ấy đơn vị./.")
        pages = texts_of(PAPERS.pdf(a_dossier(a_page(table, signed))))
        assert " ".join(pages).count("chừng ấy") == 1
        last = next(page for page in pages if "NGƯỜI LẬP" in page)
        assert "Thẩm định" in last  # the head of the table, also over its last rows
        assert f"Đơn vị số {count - 1} " in last
        assert f"Đơn vị số {count - 2} " in last


def test_a_table_that_goes_on_to_its_signatures_has_no_gap_before_its_last_rows() -> None:
    signed = Signatures(left=SignatureBlock(lines=("NGƯỜI LẬP",)), right=SignatureBlock(lines=()))
    rows = tuple(Row(cells=(str(n), f"Đơn vị số {n}", "1", "2")) for n in range(45))
    *_, last = pages_of(PAPERS.pdf(a_dossier(a_page(Table(columns=POINTS, rows=rows), signed))))
    across = sorted({round(rule.y, 2) for rule in last.rules if rule.length > 150})
    assert len(across) > 5
    assert min(below - above for above, below in pairwise(across)) > 5


def test_a_line_that_leads_into_a_paragraph_is_on_its_page() -> None:
    label = Paragraph(text="- Hiệu quả áp dụng:", role=Role.LABEL)
    alone = "Giảm một nửa thời gian."
    for count in range(20, 34):
        before = (Paragraph(text="Đoạn văn."),) * count
        page = a_page(*before, label, Paragraph(text=alone), *before)
        (on,) = (text for text in texts_of(PAPERS.pdf(a_dossier(page))) if label.text in text)
        assert alone in on


def test_a_heading_is_on_the_page_of_the_first_row_of_its_table() -> None:
    heading = Paragraph(text="II. KẾT QUẢ", role=Role.HEADING)
    rows = (Row(cells=("1", "Xã Vũ Lễ", "90", "85")),) * 3
    for count in range(20, 40, 3):
        before = tuple(Paragraph(text=f"Đoạn {n}.") for n in range(count))
        page = a_page(*before, heading, Table(columns=POINTS, rows=rows))
        texts = texts_of(PAPERS.pdf(a_dossier(page)))
        assert "Xã Vũ Lễ" in next(text for text in texts if "KẾT QUẢ" in text)


def test_a_total_is_on_the_page_of_what_it_sums_unless_that_is_longer_than_a_page() -> None:
    total = Row(cells=("", "Cộng", "9", "9"), sort=RowSort.TOTAL)
    for count in range(20, 44, 2):
        rows = tuple(Row(cells=(str(n), f"Đơn vị số {n}", "1", "2")) for n in range(count))
        table = Table(columns=POINTS, rows=(*rows, total))
        pages = texts_of(PAPERS.pdf(a_dossier(a_page(table))))
        assert f"Đơn vị số {count - 1} " in next(page for page in pages if "Cộng" in page)
    sums = Table(columns=POINTS, rows=(total,) * 90)
    assert len(texts_of(PAPERS.pdf(a_dossier(a_page(sums))))) > 1


def test_a_word_longer_than_its_column_is_cut_and_printed_whole() -> None:
    word = "".join(chr(ord("a") + n % 26) for n in range(120))
    rows = (Row(cells=("1", word, "90", "85")),)
    (page,) = texts_of(PAPERS.pdf(a_dossier(a_page(Table(columns=POINTS, rows=rows)))))
    assert word in "".join(page.split())


def test_lines_under_one_another_and_remarks_stand_in_the_widest_column() -> None:
    rows = (Row(cells=("1", "Dòng một\nDòng hai", "90", "85"), below=("đã thẩm định",)),)
    (page,) = pages_of(PAPERS.pdf(a_dossier(a_page(Table(columns=POINTS, rows=rows)))))
    first, second, below = map(page.line, ("Dòng một", "Dòng hai", "đã thẩm định"))
    assert first.left == second.left
    assert first.baseline < second.baseline < below.baseline
    assert {font for font, _ in below.looks} == {"LiberationSerif-Italic"}


def test_letters_that_no_vietnamese_word_has_are_printed_too() -> None:
    said = Paragraph(text="Ông Жуков, Ñandú, Ωmega, ç và Đỗ Văn Ổn")
    page = texts_of(PAPERS.pdf(a_dossier(a_page(said))))[0]
    assert "Ông Жуков, Ñandú, Ωmega, ç và Đỗ Văn Ổn" in page
