"""The linter finds every fault of layout that is planted, and none in our own papers."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from reportlab.lib import colors
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.units import mm

from builders import (
    CONTACT,
    a_dossier,
    a_letter,
    a_letterhead,
    a_list,
    a_marked_letter,
    a_report,
    an_untitled_letter,
)
from printed import fonts_of
from thidua_desktop.app.paths import resources
from thidua_desktop.app.wiring import shipped_plan
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.dossiers import Dossier
from thidua_desktop.domain.errors import UnmeasurableFileError, UnreadableFileError
from thidua_desktop.domain.layout.measured import MeasuredPaper
from thidua_desktop.domain.layout.roles import roles_of
from thidua_desktop.domain.layout.rules import layout_findings
from thidua_desktop.domain.marks import Urgency
from thidua_desktop.domain.pages import Page, Role, SignatureBlock, SizeSet, TitleRole
from thidua_desktop.domain.paper_forms import PaperTexts
from thidua_desktop.formats import layout
from thidua_desktop.formats.measuring.papers import PaperMeasures
from thidua_desktop.formats.measuring.pdf import measure_pdf
from thidua_desktop.formats.papers import Papers
from thidua_desktop.formats.pdf import blocks, marks, papers, styles
from thidua_desktop.formats.pdf.fonts import BOLD, ITALIC, REGULAR
from thidua_desktop.formats.pdf.papers import PdfPapers
from thidua_desktop.formats.pdf.pieces import Gap, Rule
from thidua_desktop.services.pages.forms import page_of
from thidua_desktop.services.paper_samples import (
    SHARED_FORMS,
    WITH_SAMPLES,
    sample_occasion,
    sample_papers,
)

FONTS = resources() / "fonts"
LONG = (
    "Thực hiện Kế hoạch, cơ quan đã vận động nhân dân hiến đất làm đường giao thông nông thôn, "
    "chỉnh trang ngõ xóm, trồng cây hai bên đường; rà soát chi thường xuyên, cắt giảm hội nghị "
    "chưa cần và đưa các văn bản điện tử vào sử dụng trong toàn cơ quan từ đầu năm 2024. "
) * 2
MANY = (LONG,) * 5  # with all else they fill more than a page
BASES = (
    "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
    "Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ",
)


def a_whole_letter(**changes: Any) -> Any:
    return a_letter(legal_basis=BASES, body=MANY, **changes)


@dataclass(frozen=True)
class Fault:
    """A fault: the rule that finds it, and how it is planted in the measures or in the words."""

    rule: str
    measures: dict[str, Any] = field(default_factory=dict)
    looks: dict[str, dict[str, Any]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    marks: dict[str, Any] = field(default_factory=dict)
    letter: Callable[[], Any] = a_whole_letter

    def plant(self, monkeypatch: pytest.MonkeyPatch) -> Dossier:
        for name, value in self.measures.items():
            monkeypatch.setattr(layout, name, value)
        for name, value in self.words.items():
            monkeypatch.setattr(blocks, name, value)
        for name, value in self.marks.items():
            monkeypatch.setattr(marks, name, value)
        made = styles.Styles.__init__

        def planted(itself: styles.Styles, *args: Any, **named: Any) -> None:
            made(itself, *args, **named)
            for place, changes in self.looks.items():
                _change(itself, place, changes)

        monkeypatch.setattr(styles.Styles, "__init__", planted)
        papers._styles.cache_clear()
        return a_dossier(self.letter())


def _change(itself: styles.Styles, place: str, changes: dict[str, Any]) -> None:
    name, _, key = place.partition(".")
    if key:
        held = getattr(itself, name)
        kind = Role if name == "roles" else TitleRole
        held[kind(key)] = held[kind(key)].clone(f"{key}-planted", **changes)
    else:
        setattr(itself, name, getattr(itself, name).clone(f"{name}-planted", **changes))


def head(**changes: Any) -> Callable[[], Any]:
    return lambda: a_whole_letter(head=a_letterhead(**changes))


def signed(*lines: str, name: str = "Đỗ Quang Vịnh") -> Callable[[], Any]:
    return lambda: a_whole_letter(signature=SignatureBlock(lines=lines, name=name))


def marked(**changes: Any) -> Callable[[], Any]:
    return lambda: a_marked_letter(**changes)


def _nothing(*_: Any) -> None:
    """Draw no frame."""


def _half(length: float, width: float) -> Rule:
    return Rule(length / 2, width)


def _unended(page: Page) -> Page:
    blocks_of = list(page.blocks)
    blocks_of[2] = replace(blocks_of[2], text="Sở Nội vụ trả lại hồ sơ.")
    return replace(page, blocks=tuple(blocks_of))


# Where box 14 is: over the right edge of the text.
_CORNER = {"CIRCULATION_LEFT": 0.98, "CIRCULATION_RIGHT": 1.06}
FAULTS = (
    Fault("margin_left", {"LEFT": 25 * mm}),
    Fault("margin_left", {"LEFT": 38 * mm}),
    Fault("margin_right", {"RIGHT": 10 * mm}),
    Fault("margin_right", {"RIGHT": 26 * mm}),
    Fault("margin_top", {"TOP": 15 * mm}),
    Fault("margin_bottom", {"BOTTOM": 12 * mm}),
    Fault("page_size", {"PAGE_HEIGHT": 279 * mm, "PAGE_WIDTH": 216 * mm}),
    Fault("page_number_size", {"PAGE_NUMBER_SIZE": 10}),
    Fault("state_words", words={"STATE": "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"}),
    Fault("state_style", looks={"state": {"fontName": REGULAR}}),
    Fault("motto_words", words={"MOTTO": "Độc lập – Tự do – Hạnh phúc"}),
    Fault("motto_style", looks={"motto": {"fontName": ITALIC}}),
    Fault("motto_rule", {"FULL_RULE": 0.6}),
    Fault("sizes_together", looks={"place": {"fontSize": 13}}),
    Fault("agency_style", looks={"agency": {"fontName": REGULAR}}),
    Fault("agency_rule", {"SHORT_RULE": 0.8}),
    Fault("number_size", looks={"number": {"fontSize": 11}}),
    Fault("number_zero", letter=head(number="7", symbol="TTr-UBND")),
    Fault("number_spaces", letter=head(symbol="TTr - UBND")),
    Fault("number_kind", letter=head(symbol="Ttr-UBND")),
    Fault("place_style", looks={"place": {"fontName": REGULAR}}),
    Fault("title_style", looks={"titles.name": {"fontName": REGULAR}}),
    Fault("title_rule", {"SHORT_RULE": 0.7}),
    Fault("basis_style", looks={"roles.basis": {"fontName": REGULAR}}),
    Fault("body_size", looks={"roles.body": {"fontSize": 12}}),
    Fault("body_justified", looks={"roles.body": {"alignment": TA_LEFT}}),
    Fault("body_indent", looks={"roles.body": {"firstLineIndent": 0}}),
    Fault("colour", looks={"roles.body": {"textColor": colors.blue}}),
    Fault("points", letter=lambda: a_whole_letter(nominees=("a) Một;", "b) Hai;", "d) Ba."))),
    Fault("end_mark", letter=lambda: a_whole_letter(closing="Kính đề nghị xem xét.")),
    Fault("recipients_head_style", looks={"recipients_head": {"fontName": BOLD}}),
    Fault("recipients_size", looks={"recipients": {"fontSize": 13}}),
    Fault("recipients_file", letter=lambda: a_whole_letter(copies_to=("Như trên", "Sở Nội vụ"))),
    Fault("signer_style", looks={"signer": {"fontName": ITALIC}}),
    Fault("signer_capitals", letter=signed("TM. Ủy ban nhân dân", "CHỦ TỊCH")),
    Fault("name_title", letter=signed("TM. ỦY BAN NHÂN DÂN", name="TS. Đỗ Quang Vịnh")),
    # the boxes that most letters do without
    Fault("about_size", looks={"about": {"fontSize": 15}}, letter=an_untitled_letter),
    Fault("about_style", looks={"about": {"fontName": BOLD}}, letter=an_untitled_letter),
    Fault("about_words", letter=lambda: an_untitled_letter("v/v trả hồ sơ đề nghị khen thưởng")),
    Fault("end_mark", letter=lambda: _unended(an_untitled_letter())),
    Fault("urgency_size", looks={"stamp": {"fontSize": 16}}, letter=a_marked_letter),
    Fault("urgency_style", looks={"stamp": {"fontName": REGULAR}}, letter=a_marked_letter),
    Fault("urgency_colour", looks={"stamp": {"textColor": colors.black}}, letter=a_marked_letter),
    Fault("urgency_frame", marks={"STAMP_HEIGHT": 12.0}, letter=a_marked_letter),
    Fault("urgency_frame", marks={"_frame": _nothing}, letter=a_marked_letter),
    Fault("colour", looks={"roles.body": {"textColor": colors.red}}, letter=a_marked_letter),
    Fault("circulation_size", {"MARK_SIZE": 16}, letter=a_marked_letter),
    Fault("circulation_frame", marks={"_frame": _nothing}, letter=a_marked_letter),
    Fault("circulation_capitals", letter=marked(circulation="Lưu hành nội bộ")),
    Fault("circulation_place", {"CIRCULATION_FOOT": 75 * mm}, letter=a_marked_letter),
    Fault(
        "margin_top", marks={"_frame": _nothing}, letter=marked(circulation="KHÔNG SAO CHỤP THÊM")
    ),
    Fault("copy_size", _CORNER, marks={"_frame": _nothing}, letter=marked(circulation="KÝ SỐ")),
    Fault("drafter_size", looks={"drafter": {"fontSize": 13}}, letter=a_marked_letter),
    Fault("drafter_style", looks={"drafter": {"fontName": BOLD}}, letter=a_marked_letter),
    Fault("drafter_capitals", letter=marked(drafter="nvt.(12)")),
    Fault("contact_size", looks={"contact": {"fontSize": 14}}, letter=a_marked_letter),
    Fault("contact_style", looks={"contact": {"fontName": ITALIC}}, letter=a_marked_letter),
    Fault("contact_rule", marks={"Rule": lambda *_: Gap(5)}, letter=a_marked_letter),
    Fault("contact_rule", marks={"Rule": _half}, letter=a_marked_letter),
)


@dataclass(frozen=True)
class WordFault:
    """A fault of a Word file: the rule that finds it, and what somebody did to a file of ours."""

    rule: str
    plant: Callable[[Any], object]


def _said(document: Any, words: str) -> Any:
    """Return the paragraph that has these words, in the text or in a table."""
    for element in document.element.body.iter(qn("w:p")):
        paragraph = Paragraph(element, document)
        if words in paragraph.text.replace("\u00a0", " "):
            return paragraph
    raise AssertionError(words)


def _set(words: str, **changes: Any) -> Callable[[Any], None]:
    def plant(document: Any) -> None:
        for run in _said(document, words).runs:
            for name, value in changes.items():
                within, _, last = name.rpartition(".")
                setattr(getattr(run.font, within) if within else run.font, last, value)

    return plant


def _form(words: str, **changes: Any) -> Callable[[Any], None]:
    def plant(document: Any) -> None:
        for name, value in changes.items():
            setattr(_said(document, words).paragraph_format, name, value)

    return plant


def _say(words: str, instead: str) -> Callable[[Any], None]:
    def plant(document: Any) -> None:
        paragraph = _said(document, words)
        said = paragraph.text.replace("\u00a0", " ").replace(words, instead)
        for run in paragraph.runs[1:]:
            run.text = ""
        paragraph.runs[0].text = said

    return plant


def _unruled(words: str) -> Callable[[Any], None]:
    """Take the lines away under this paragraph and the next."""

    def plant(document: Any) -> None:
        element = _said(document, words)._element
        for one in (element, element.getnext()):
            for border in list(one.iter(qn("w:pBdr"))):
                border.getparent().remove(border)
            style = one.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            if style is not None and not "".join(one.itertext()).strip():
                style.getparent().remove(style)

    return plant


def _colour(document: Any) -> None:
    for run in _said(document, "Thực hiện Kế hoạch").runs:
        run.font.color.rgb = RGBColor(200, 0, 0)


def _section(**changes: Any) -> Callable[[Any], None]:
    def plant(document: Any) -> None:
        for name, value in changes.items():
            setattr(document.sections[0], name, value)

    return plant


def _no_numbers(document: Any) -> None:
    for paragraph in document.sections[0].header.paragraphs:
        paragraph.clear()


def _small_numbers(document: Any) -> None:
    for paragraph in document.sections[0].header.paragraphs:
        for run in paragraph.runs:
            run.font.size = Pt(10)


def _numbers_aside(document: Any) -> None:
    for paragraph in document.sections[0].header.paragraphs:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


TITLE, BODY, BASIS = "TỜ TRÌNH", "Thực hiện Kế hoạch", "Căn cứ Luật"
WORD_FAULTS = (
    WordFault("margin_left", _section(left_margin=Mm(25))),
    WordFault("margin_right", _section(right_margin=Mm(10))),
    WordFault("margin_top", _section(top_margin=Mm(30))),
    WordFault("margin_bottom", _section(bottom_margin=Mm(15))),
    WordFault("page_size", _section(page_width=Mm(216), page_height=Mm(279))),
    WordFault("page_number_missing", _no_numbers),
    WordFault("page_number_size", _small_numbers),
    WordFault("page_number_place", _numbers_aside),
    WordFault("page_number_first", _section(different_first_page_header_footer=False)),
    WordFault("font", _set(BODY, name="Arial")),
    WordFault("colour", _colour),
    WordFault("composed", _say(BODY, unicodedata.normalize("NFD", BODY))),
    WordFault("state_words", _say("CỘNG HÒA", "Cộng hòa")),
    WordFault("state_size", _set("CỘNG HÒA", size=Pt(11))),
    WordFault("state_style", _set("CỘNG HÒA", bold=False)),
    WordFault("motto_words", _say("Độc lập - Tự do - Hạnh phúc", "Độc lập-Tự do-Hạnh phúc")),
    WordFault("motto_style", _set("Độc lập", italic=True)),
    WordFault("motto_rule", _unruled("Độc lập")),
    WordFault("sizes_together", _set("Kiến Xương, ngày", size=Pt(13))),
    WordFault("agency_style", _set("HUYỆN KIẾN XƯƠNG", bold=False)),
    WordFault("agency_rule", _unruled("HUYỆN KIẾN XƯƠNG")),
    WordFault("number_zero", _say("Số: 128", "Số: 8")),
    WordFault("number_form", _say("Số: 128/TTr-UBND", "Số 128 TTr")),
    WordFault("place_style", _set("Kiến Xương, ngày", italic=False)),
    WordFault("place_comma", _say("Kiến Xương, ngày", "Kiến Xương ngày")),
    WordFault("title_style", _set(TITLE, bold=False)),
    WordFault("title_middle", _form("Về việc", alignment=WD_ALIGN_PARAGRAPH.LEFT)),
    WordFault("title_rule", _unruled("Về việc")),
    WordFault("basis_style", _set(BASIS, italic=False)),
    WordFault("basis_end", _say("năm 2022;", "năm 2022,")),
    WordFault("body_size", _set(BODY, size=Pt(12))),
    WordFault("body_sizes", _set(BODY, size=Pt(13))),
    WordFault("body_justified", _form(BODY, alignment=WD_ALIGN_PARAGRAPH.LEFT)),
    WordFault("body_indent", _form(BODY, first_line_indent=Mm(0))),
    WordFault("body_gap", _form("(Có Danh sách", space_before=Pt(0))),
    WordFault("end_mark", _say("quyết định./.", "quyết định.")),
    WordFault("recipients_head_style", _set("Nơi nhận", italic=False)),
    WordFault("recipients_size", _set("- Lưu", size=Pt(14))),
    WordFault("recipients_last", _say("- Lưu: VT.", "- Lưu: VT;")),
    WordFault("signer_style", _set("CHỦ TỊCH", bold=False)),
    WordFault("name_title", _say("Đỗ Quang Vịnh", "ThS. Đỗ Quang Vịnh")),
)


def _margin(part: str, *, size: Pt | None = None, **changes: Any) -> Callable[[Any], None]:
    """Change what stands over or under the first page."""

    def plant(document: Any) -> None:
        for paragraph in getattr(document.sections[0], part).paragraphs:
            for run in paragraph.runs:
                run.font.size = size or run.font.size
                for name, value in changes.items():
                    setattr(run.font, name, value)

    return plant


def _margin_says(part: str, words: str) -> Callable[[Any], None]:
    def plant(document: Any) -> None:
        [*_, paragraph] = getattr(document.sections[0], part).paragraphs
        paragraph.runs[0].text = words

    return plant


def _unframed(*styles: str) -> Callable[[Any], None]:
    def plant(document: Any) -> None:
        for style in styles:
            properties = document.styles[style].element.pPr
            properties.remove(properties.find(qn("w:pBdr")))

    return plant


def _wide(document: Any) -> None:
    paragraph = _said(document, "HỎA TỐC")
    paragraph._element.pPr.find(qn("w:ind")).set(qn("w:right"), "400")


def _on_every_page(document: Any) -> None:
    document.sections[0].footer.add_paragraph("Địa chỉ: Số 12, thị trấn Kiến Xương")


def _into_the_text(document: Any) -> None:
    document.paragraphs[0].insert_paragraph_before("XEM XONG TRẢ LẠI")


HEADER, FOOTER, V_V = "first_page_header", "first_page_footer", "V/v trả hồ sơ"
WORD_MARK_FAULTS = (
    WordFault("about_size", _set(V_V, size=Pt(15))),
    WordFault("about_style", _set(V_V, bold=True)),
    WordFault("about_words", _say("V/v trả", "v/v trả")),
    WordFault("about_place", _form(V_V, alignment=WD_ALIGN_PARAGRAPH.LEFT)),
    WordFault("urgency_size", _set("HỎA TỐC", size=Pt(16))),
    WordFault("urgency_words", _say("HỎA TỐC", "Hỏa tốc")),
    WordFault("urgency_style", _set("HỎA TỐC", italic=True)),
    WordFault("urgency_colour", _set("HỎA TỐC", **{"color.rgb": RGBColor(0, 0, 255)})),
    WordFault("urgency_frame", _unframed("Độ khẩn")),
    WordFault("urgency_frame", _wide),
    WordFault("circulation_size", _margin(HEADER, size=Pt(11))),
    WordFault("circulation_style", _margin(HEADER, bold=False)),
    WordFault("circulation_capitals", _margin_says(HEADER, "Lưu hành nội bộ")),
    WordFault("circulation_frame", _unframed("Phạm vi lưu hành")),
    WordFault("circulation_place", _into_the_text),
    WordFault("drafter_size", _set("NVT.", size=Pt(13))),
    WordFault("drafter_style", _set("NVT.", bold=True)),
    WordFault("drafter_capitals", _say("NVT.", "nvt.")),
    WordFault("contact_size", _margin(FOOTER, size=Pt(14))),
    WordFault("contact_style", _margin(FOOTER, italic=True)),
    WordFault("contact_rule", _unframed("Địa chỉ cơ quan")),
    WordFault("contact_first", _on_every_page),
)


@pytest.fixture(scope="module")
def word() -> bytes:
    return Papers(FONTS).docx(a_dossier(a_whole_letter()))


@pytest.mark.parametrize("fault", WORD_FAULTS, ids=lambda one: one.rule)
def test_a_fault_planted_in_a_word_file_is_found(
    fault: WordFault, word: bytes, tmp_path: Path
) -> None:
    assert fault.rule in planted(fault, word, tmp_path)


def planted(fault: WordFault, word: bytes, tmp_path: Path) -> set[str]:
    """Return what is found in a file once the fault is in it, and was not found before."""
    before, after = tmp_path / "before.docx", tmp_path / "after.docx"
    before.write_bytes(word)
    document = Document(BytesIO(word))
    fault.plant(document)
    document.save(str(after))
    was, now = (
        {one.rule for one in layout_findings(PaperMeasures(FONTS).measure(path))}
        for path in (before, after)
    )
    return now - was


@pytest.fixture(scope="module")
def marked_word() -> bytes:
    return Papers(FONTS).docx(a_dossier(a_marked_letter(), an_untitled_letter()))


@pytest.mark.parametrize("fault", WORD_MARK_FAULTS, ids=lambda one: one.rule)
def test_a_fault_planted_in_a_mark_of_a_word_file_is_found(
    fault: WordFault, marked_word: bytes, tmp_path: Path
) -> None:
    assert fault.rule in planted(fault, marked_word, tmp_path)


def our_papers(sizes: SizeSet) -> Dossier:
    urgent = [a_marked_letter(urgency=one, body=MANY) for one in Urgency]
    letters = (a_whole_letter(), a_letter(), *urgent, an_untitled_letter())
    return a_dossier(*letters, a_list(60), a_report(), sizes=sizes)


@pytest.mark.parametrize("sizes", SizeSet)
def test_our_own_word_files_have_none(sizes: SizeSet, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(Papers(FONTS).docx(our_papers(sizes)))
    measured = PaperMeasures(FONTS).measure(tmp_path / "a.docx")
    assert len(measured) == 8
    assert marks_in(measured) == MARKS
    assert [one.sentence() for one in layout_findings(measured)] == []


def marks_in(measured: Sequence[MeasuredPaper]) -> list[tuple[str, ...]]:
    """Return what each paper says in boxes 5b and 10b to 13."""
    found = []
    for paper in measured:
        roles, (sheet, *_) = roles_of(paper), paper.sheets
        own = [one for one in (roles.about, roles.urgency, roles.drafter) if one]
        said = (*own, *sheet.above, *sheet.below[:1])
        found.append(tuple(one.words for one in said))
    return found


_ALL = ("NVT.(12)", "LƯU HÀNH NỘI BỘ", CONTACT[0])
_LETTER = ("V/v trả hồ sơ đề nghị khen thưởng, bổ sung giấy tờ", "KHẨN", "PL.(300)")
MARKS = [
    *((), ()),
    *((one.stamp, *_ALL) for one in Urgency),
    (*_LETTER, "XEM XONG TRẢ LẠI", CONTACT[0]),
    *((), ()),
]


def rules_in(pdf: bytes) -> set[str]:
    return {one.rule for one in layout_findings(measure_pdf(pdf))}


@pytest.fixture(autouse=True)
def _fresh_styles():
    yield
    papers._styles.cache_clear()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda one: one.rule)
def test_a_planted_fault_is_found(fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = fault.plant(monkeypatch)
    assert fault.rule in rules_in(PdfPapers(FONTS).pdf(dossier))


def test_at_least_25_kinds_of_faults_are_planted() -> None:
    assert len({fault.rule for fault in FAULTS}) >= 25
    assert len({fault.rule for fault in WORD_FAULTS}) >= 25


@pytest.mark.parametrize("sizes", SizeSet)
def test_our_own_papers_have_none(sizes: SizeSet) -> None:
    measured = measure_pdf(PdfPapers(FONTS).pdf(our_papers(sizes)))
    assert len(measured) == 8
    assert marks_in(measured) == MARKS
    assert [one.sentence() for one in layout_findings(measured)] == []


def test_the_contact_of_an_office_belongs_on_the_first_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dossier = a_dossier(a_marked_letter(body=MANY))
    assert "contact_first" not in rules_in(PdfPapers(FONTS).pdf(dossier))
    turn = papers._Paper.turn

    def turned(paper: papers._Paper) -> None:
        turn(paper)
        paper._number = 1

    monkeypatch.setattr(papers._Paper, "turn", turned)
    assert "contact_first" in rules_in(PdfPapers(FONTS).pdf(dossier))


def test_the_signature_of_a_copy_may_stand_in_its_corner(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (_CORNER | {"MARK_SIZE": 10}).items():
        monkeypatch.setattr(layout, name, value)
    monkeypatch.setattr(marks, "_frame", _nothing)
    letter = a_marked_letter(urgency=None, circulation="Ký số")
    assert rules_in(PdfPapers(FONTS).pdf(a_dossier(letter))) == set()


def test_every_form_with_made_up_data_has_none(tmp_path: Path) -> None:
    plan = shipped_plan()
    occasion = sample_occasion(plan, PaperTexts(plan.papers), PartialDate(2025, 11, 5))
    codes = sorted(WITH_SAMPLES - SHARED_FORMS)
    made = [page_of(paper) for code in codes for paper in sample_papers(plan, code, occasion)]
    samples = [page for page in made if page.is_official]
    assert {one.form for one in made} - {one.form for one in samples} == {"F16", "F27", ""}
    (tmp_path / "a.pdf").write_bytes(PdfPapers(FONTS).pdf(a_dossier(*samples)))
    (tmp_path / "a.docx").write_bytes(Papers(FONTS).docx(a_dossier(*samples)))
    for name in ("a.pdf", "a.docx"):
        measured = PaperMeasures(FONTS).measure(tmp_path / name)
        assert len(measured) == len(samples)
        assert all(one.is_official for one in measured)
        assert [one.sentence() for one in layout_findings(measured)] == []


def test_every_form_has_its_letters_in_it_and_is_the_same_bytes_again() -> None:
    plan = shipped_plan()
    occasion = sample_occasion(plan, PaperTexts(plan.papers), PartialDate(2025, 11, 5))
    codes = sorted(WITH_SAMPLES - SHARED_FORMS)
    made = a_dossier(*(one for code in codes for one in sample_papers(plan, code, occasion)))
    pdf = PdfPapers(FONTS).pdf(made)
    assert len(fonts_of(pdf)) > 1
    assert all(fonts_of(pdf).values())
    assert pdf == PdfPapers(FONTS).pdf(made)
    assert Papers(FONTS).docx(made) == Papers(FONTS).docx(made)


def test_a_slip_is_no_official_document_and_not_measured(tmp_path: Path) -> None:
    plan = shipped_plan()
    occasion = sample_occasion(plan, PaperTexts(plan.papers), PartialDate(2025, 11, 5))
    for code in ("F27", "KHOA"):
        page, *_ = sample_papers(plan, code, occasion)
        (tmp_path / "a.pdf").write_bytes(PdfPapers(FONTS).pdf(a_dossier(page)))
        (tmp_path / "a.docx").write_bytes(Papers(FONTS).docx(a_dossier(page)))
        for name in ("a.pdf", "a.docx"):
            measured = PaperMeasures(FONTS).measure(tmp_path / name)
            assert not any(one.is_official for one in measured)
            assert layout_findings(measured) == ()


def test_a_fault_is_told_with_where_it_is_what_is_there_and_what_is_asked(tmp_path: Path) -> None:
    letter = a_whole_letter(head=a_letterhead(number="7"), closing="Hết.")
    (tmp_path / "a.pdf").write_bytes(PdfPapers(FONTS).pdf(a_dossier(letter)))
    measured = PaperMeasures(FONTS).measure(tmp_path / "a.pdf")
    assert [one.sentence() for one in layout_findings(measured)] == [
        "Trang 1: số, ký hiệu “Số: 7/TTr-UBND”: 7; quy định: số dưới 10 thêm số 0: 07.",
        "Trang 2: cuối nội dung “Hết.”: không có “./.”; quy định: kết thúc bằng “./.”.",
    ]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 x", b"PK\x03\x04", b"\x00" * 4096])
def test_what_is_no_paper_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.docx").write_bytes(content)
    with pytest.raises(UnmeasurableFileError):
        PaperMeasures(FONTS).measure(tmp_path / "a.docx")
    with pytest.raises(UnreadableFileError):
        PaperMeasures(FONTS).measure(tmp_path)
