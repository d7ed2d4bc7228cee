"""Papers as they come out: text, fonts, bytes, and the measures of Decree 30/2020."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import pypdfium2
import pytest

from builders import a_dossier, a_letter, a_letterhead, a_list, a_report
from thidua_desktop.app.paths import resources
from thidua_desktop.domain.dossiers import Dossier, SizeSet
from thidua_desktop.formats.pdf.papers import PdfPapers

PAPERS = PdfPapers(resources() / "fonts")
MM = 72 / 25.4


@dataclass(frozen=True)
class Page:
    text: str
    left: float
    right: float
    top: float
    bottom: float


def pages_of(dossier: Dossier) -> list[Page]:
    found = []
    with pypdfium2.PdfDocument(PAPERS.pdf(dossier)) as document:
        for page in document:
            reader = page.get_textpage()
            boxes = [reader.get_charbox(n) for n in range(reader.count_chars())]
            boxes = [box for box in boxes if box[2] > box[0]]
            found.append(
                Page(
                    text=reader.get_text_range().replace("\r\n", "\n"),
                    left=min(b[0] for b in boxes) / MM,
                    right=max(b[2] for b in boxes) / MM,
                    top=297 - max(b[3] for b in boxes) / MM,
                    bottom=297 - min(b[1] for b in boxes) / MM,
                )
            )
    return found


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_a_dossier_says_what_its_papers_say_in_composed_letters() -> None:
    whole = squeezed(" ".join(page.text for page in pages_of(a_dossier())))
    assert unicodedata.is_normalized("NFC", whole)
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 128/TTr-UBND",
        "Kiến Xương, ngày 25 tháng 11 năm 2024",
        "TỜ TRÌNH",
        "- Chủ tịch Ủy ban nhân dân tỉnh;",
        "- Sở Nội vụ.",
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
    (page, *_) = pages_of(a_dossier(a_letter(recipients=("Sở Nội vụ",))))
    assert "Kính gửi: Sở Nội vụ" in squeezed(page.text)


def test_number_and_day_may_stay_open() -> None:
    head = a_letterhead(number="", date=None)
    (page,) = pages_of(a_dossier(a_letter(head=head)))
    assert "ngày … tháng … năm …" in page.text
    assert "/TTr-UBND" in page.text


@pytest.mark.parametrize("sizes", SizeSet)
def test_everything_stays_within_the_margins(sizes: SizeSet) -> None:
    long = a_letter(body=tuple("Một đoạn văn rất dài của tờ trình. " * 12 for _ in range(14)))
    for page in pages_of(a_dossier(long, a_list(60), a_report(), sizes=sizes)):
        assert page.left >= 29.5
        assert page.right <= 210 - 14.5
        assert page.bottom <= 297 - 19.5


def test_a_page_out_of_its_margins_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    from thidua_desktop.formats.pdf import styles  # noqa: PLC0415

    monkeypatch.setattr(styles, "LEFT", 10 * MM)
    assert min(page.left for page in pages_of(a_dossier())) < 29.5


def test_pages_are_numbered_from_the_second_of_each_paper() -> None:
    long = a_letter(body=tuple("Một đoạn văn. " * 40 for _ in range(12)))
    pages = pages_of(a_dossier(long, a_list(80)))
    numbers = [squeezed(page.text).split()[0] for page in pages]
    starts = [n for n, first in enumerate(numbers) if not first.isdigit()]
    assert len(starts) == 2
    assert starts[0] == 0
    second = starts[1]
    assert numbers[1:second] == [str(n) for n in range(2, second + 1)]
    assert numbers[second + 1 :] == [str(n) for n in range(2, len(pages) - second + 1)]


@pytest.mark.parametrize("paragraphs", range(2, 34))
def test_the_signature_is_never_alone_on_a_page(paragraphs: int) -> None:
    body = tuple(f"Đoạn thứ {n} của tờ trình này. " * 6 for n in range(paragraphs))
    last = pages_of(a_dossier(a_letter(body=body)))[-1].text
    before, found, _ = last.partition("TM. ỦY BAN NHÂN DÂN")
    assert found
    lines = [line for line in before.splitlines() if "Đoạn thứ" in line or "tờ trình này" in line]
    assert len(lines) >= 2


def test_the_headings_of_the_list_stand_on_every_page() -> None:
    pages = pages_of(a_dossier(a_list(120)))
    assert len(pages) > 2
    assert all("Họ và tên" in page.text for page in pages)


def test_only_embedded_fonts_are_named() -> None:
    data = PAPERS.pdf(a_dossier())
    assert b"Helvetica" not in data
    assert data.count(b"/FontFile2") == 4


def test_the_same_dossier_is_the_same_bytes() -> None:
    assert PAPERS.pdf(a_dossier()) == PAPERS.pdf(a_dossier())
    assert PAPERS.pdf(a_dossier()) != PAPERS.pdf(a_dossier(a_letter(title="Khác")))


@pytest.mark.parametrize("hostile", ["<b>đậm</b> & <para>", "<img src='x'/>", "=1+1", "&#x41;"])
def test_hostile_words_are_printed_literally(hostile: str) -> None:
    (page, *_) = pages_of(a_dossier(a_letter(title=hostile, body=(hostile, "Hết./."))))
    assert squeezed(page.text).count(hostile) == 2


def test_decomposed_letters_are_refused_not_printed_wrong() -> None:
    with pytest.raises(ValueError, match="Nguye"):
        PAPERS.pdf(a_dossier(a_letter(title="Nguye\u0302\u0303n")))


def test_long_names_and_long_lists_are_printed_whole() -> None:
    name = "Nguyễn Hoàng Phúc Thiên Ân Đức Toàn Mỹ Lệ Trường Giang Vĩnh Cửu"
    report = a_report(subject_line=name)
    text = squeezed(" ".join(page.text for page in pages_of(a_dossier(report, a_list(300)))))
    assert name in text
    assert "Người thứ 299" in text
