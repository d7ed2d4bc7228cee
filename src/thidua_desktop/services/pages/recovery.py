"""Phiếu khôi phục khóa gốc: numbered words in a grid, to be locked away."""

from __future__ import annotations

from thidua_desktop.domain.dossiers import RecoveryPaper
from thidua_desktop.domain.pages import NumberedWords, Page, Paragraph, Role, Signatures
from thidua_desktop.services.pages import parts


def recovery_page(said: RecoveryPaper) -> Page:
    """Return the paper as a page."""
    left, right = said.signatures
    return Page(
        form="",
        name=said.name,
        blocks=(
            parts.head(said.head),
            parts.title(said.title, remark=said.remark),
            NumberedWords(words=said.words),
            Paragraph(text=said.check_label, role=Role.NOTE),
            Paragraph(text=said.check, role=Role.CHECK),
            *(Paragraph(text=f"{n}. {rule}") for n, rule in enumerate(said.rules, start=1)),
            Signatures(left=left, right=right),
        ),
    )
