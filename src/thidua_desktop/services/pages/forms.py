"""Whatever a dossier holds, as a page."""

from __future__ import annotations

import unicodedata

from thidua_desktop.domain.dossiers import (
    ChecklistSheet,
    DeliverySlip,
    Dossier,
    Letter,
    MeritReport,
    NomineeList,
    Paper,
    RecoveryPaper,
)
from thidua_desktop.domain.page_words import words_of
from thidua_desktop.domain.pages import Page
from thidua_desktop.services.pages.checklist_sheet import sheet_page
from thidua_desktop.services.pages.letter import letter_page
from thidua_desktop.services.pages.nominee_list import list_page
from thidua_desktop.services.pages.recovery import recovery_page
from thidua_desktop.services.pages.report import report_page
from thidua_desktop.services.pages.slip import slip_page


def page_of(paper: Paper) -> Page:  # noqa: PLR0911 - one for each form
    """Return the page of a paper; what is a page already stays as it is."""
    match paper:
        case Page():
            return paper
        case Letter():
            return letter_page(paper)
        case MeritReport():
            return report_page(paper)
        case NomineeList():
            return list_page(paper)
        case DeliverySlip():
            return slip_page(paper)
        case RecoveryPaper():
            return recovery_page(paper)
        case ChecklistSheet():
            return sheet_page(paper)


def form_of(paper: Paper) -> str:
    """Return the form of a paper, without making its page."""
    match paper:
        case Page() | MeritReport():
            return paper.form
        case Letter():
            return "F01"
        case NomineeList():
            return "F13"
        case DeliverySlip():
            return "F27"
        case ChecklistSheet():
            return "F19"
        case RecoveryPaper():
            return ""


def pages_of(dossier: Dossier) -> tuple[Page, ...]:
    """Return the pages of a dossier.

    Raises ValueError that names the paper when a text of it is not composed (NFC): renderers would
    set marks beside their letters.
    """
    _refuse_decomposed("", dossier.title)
    found = tuple(map(page_of, dossier.papers))
    for page in found:
        _refuse_decomposed(page.name, page.bookmark, *words_of(page))
    return found


def _refuse_decomposed(name: str, *texts: str) -> None:
    for words in texts:
        if not unicodedata.is_normalized("NFC", words):
            raise ValueError(f"{name}: {words}")
