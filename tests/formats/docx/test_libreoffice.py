"""A second program opens our Word documents and reads the same words."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import (
    CONTACT,
    a_code,
    a_dossier,
    a_grid,
    a_letter,
    a_list,
    a_marked_letter,
    a_page,
    a_report,
    an_untitled_letter,
)
from thidua_desktop.app.paths import resources
from thidua_desktop.app.wiring import shipped_plan
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.layout.rules import layout_findings
from thidua_desktop.domain.pages import Facts, NumberedWords, Paragraph, SignatureBlock, Signatures
from thidua_desktop.domain.paper_forms import PaperTexts
from thidua_desktop.formats.docx.papers import DocxPapers
from thidua_desktop.formats.measuring.papers import PaperMeasures
from thidua_desktop.services.pages.forms import page_of
from thidua_desktop.services.paper_samples import (
    SHARED_FORMS,
    WITH_SAMPLES,
    sample_occasion,
    sample_papers,
)
from written import SOFFICE, as_printed_by_libreoffice, bare, in_word, opened_by_libreoffice

BLANK = SignatureBlock(lines=("NGƯỜI LẬP",), remark="(Ký, ghi rõ họ tên)")
WHY = "soffice is not installed here: .ci/run installs libreoffice-writer-nogui, as far as it may"


@pytest.mark.skipif(SOFFICE is None, reason=WHY)
def test_libreoffice_opens_every_document_and_reads_its_words(tmp_path: Path) -> None:
    papers = {
        "letter": a_letter(body=("Đoạn một.\nDòng hai.", "<b>không đậm</b> & =1+1")),
        "list": a_list(120),
        "report": a_report(),
        "slip": a_page(Facts(lines=(("Bên giao", "Huyện"),), in_table=True), a_code()),
        "words": a_page(NumberedWords(words=tuple(f"từ{n}" for n in range(24)))),
        "aside": a_page(a_grid(90), Signatures(left=BLANK, right=BLANK), is_landscape=True),
        "marked": a_marked_letter(circulation="", contact=()),  # it reads no margins
        "article": a_page(Paragraph(text="Tặng Giấy khen.", lead="Điều 1.")),
    }
    documents = DocxPapers(resources() / "fonts")
    files = {name: documents.docx(a_dossier(paper)) for name, paper in papers.items()}
    files["dossier"] = documents.docx(a_dossier(*papers.values()))
    read = dict(opened_by_libreoffice(files, tmp_path))
    assert {name: bare(text) for name, text in read.items()} == {
        name: in_word(data) for name, data in files.items()
    }

    # What it prints of them is laid out as the decree asks: every form with made-up data.
    plan = shipped_plan()
    occasion = sample_occasion(plan, PaperTexts(plan.papers), PartialDate(2025, 11, 5))
    codes = sorted(WITH_SAMPLES - SHARED_FORMS)
    made = [page_of(paper) for code in codes for paper in sample_papers(plan, code, occasion)]
    samples = [page for page in made if page.is_official]
    marked = (a_marked_letter(), an_untitled_letter())
    whole = {"samples": documents.docx(a_dossier(*samples, *marked, a_list(60)))}
    (written,) = as_printed_by_libreoffice(whole, tmp_path).values()
    printed = PaperMeasures(resources() / "fonts").measure(written)
    assert len(printed) == len(samples) + 3
    over = [one.words for paper in printed for sheet in paper.sheets for one in sheet.above]
    under = [paper.below[0].words for paper in printed if paper.below]
    assert over == ["LƯU HÀNH NỘI BỘ", "XEM XONG TRẢ LẠI"]
    assert under == [CONTACT[0]] * 2
    assert [one.sentence() for one in layout_findings(printed)] == []
