"""Papers with free text of records in them, and edits of a Word file as an officer makes them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from io import BytesIO
from uuid import UUID

from builders import a_letter, a_list, a_page, a_report
from thidua_desktop.app.word_edits import with_parts
from thidua_desktop.domain.dossiers import CriterionResult, Dossier, ReportSection
from thidua_desktop.domain.pages import Column, Facts, Paragraph, Row, Table
from thidua_desktop.domain.told import Source, joined, told_of

SUMMARY = Source("proposal", UUID(int=1), "summary")
WORDING = Source("evidence", UUID(int=2), "wording")
DUTIES = Source("collective", UUID(int=3), "duties")
RECIPIENT = Source("submission", UUID(int=4), "recipient")
IDEA = Source("initiative", UUID(int=5), "summary")
SOURCES = (SUMMARY, WORDING, DUTIES, RECIPIENT, IDEA)


def a_told_dossier(
    summary: Sequence[str] = ("Vận động hiến đất.", "Góp 30 ngày công."),
    wording: str = "Làm đường trục thôn",
    duties: str = "Quản lý nhà nước về xây dựng",
    recipient: Sequence[str] = ("Chủ tịch Ủy ban nhân dân tỉnh", "Sở Nội vụ"),
    idea: str = "Giảm nửa thời gian.",
) -> Dossier:
    """Return a dossier that says free text in each of the ways that papers have."""
    results = (joined("- ", told_of(wording, WORDING), ": 12 km."),)
    report = a_report(
        sections=(
            ReportSection(heading="I. SƠ LƯỢC", facts=(("Chức năng", told_of(duties, DUTIES)),)),
            ReportSection(
                heading="II. THÀNH TÍCH",
                paragraphs=tuple(told_of(line, SUMMARY) for line in summary),
                results=(CriterionResult(criterion="1. Tiêu chí", results=results),),
            ),
        )
    )
    table = Table(
        columns=(Column(name="TT", width=10), Column(name="Tóm tắt hiệu quả", width=90)),
        rows=(Row(cells=("1", told_of(idea, IDEA))), Row(cells=("2", "Không có."))),
    )
    letter = a_letter(recipients=tuple(told_of(line, RECIPIENT) for line in recipient))
    page = a_page(table, Facts(lines=(("Số", "01"),)), Paragraph(text="Hết."))
    return Dossier(title="Hồ sơ", papers=(letter, a_list(2), report, page))


def edited(data: bytes, *pairs: tuple[str, str], part: str = "word/document.xml") -> bytes:
    """Return a Word file with words of a part changed, each once."""

    def changed(name: str, content: bytes) -> bytes:
        if name != part:
            return content
        text = content.decode()
        for was, now in pairs:
            assert was in text, was
            text = text.replace(was, now, 1)
        return text.encode()

    return with_parts(data, changed)


def without_controls(data: bytes) -> bytes:
    """Return a Word file without its content controls, as other programs leave it."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        text = package.read("word/document.xml").decode()
    bare = re.sub(r"<w:sdtPr>.*?</w:sdtPr>|</?w:sdt(Content)?>", "", text)
    return edited(data, (text, bare))


def without_imprint(data: bytes) -> bytes:
    """Return a Word file that no longer says how it was printed: its words in a new document."""
    told = ("customXml", "docProps/custom")
    return with_parts(data, lambda name, part: b"<x/>" if name.startswith(told) else part)
