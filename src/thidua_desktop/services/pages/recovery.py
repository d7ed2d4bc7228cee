"""Phiếu khôi phục khóa gốc: numbered words in a grid, to be locked away."""

from __future__ import annotations

from thidua_desktop.domain.dossiers import RecoveryPaper
from thidua_desktop.domain.pages import NumberedWords, Page, Paragraph, Role, Signatures
from thidua_desktop.services.pages import parts


def recovery_page(said: RecoveryPaper) -> Page:
    """Return the paper as a page."""
    return Page(
        form="",
        name="Phiếu khôi phục khóa gốc",
        blocks=(
            parts.head(said.head),
            parts.title(
                "PHIẾU KHÔI PHỤC KHÓA TỈNH",
                remark="(MẬT: ai có phiếu này làm lại được khóa gốc của tỉnh)",
            ),
            NumberedWords(words=said.words),
            Paragraph(
                text="Từ đối chiếu của khóa (không mật, hiện trong Cài đặt):", role=Role.NOTE
            ),
            Paragraph(text=said.check, role=Role.CHECK),
            *(Paragraph(text=f"{n}. {rule}") for n, rule in enumerate(said.rules, start=1)),
            Signatures(left=parts.signer("NGƯỜI LẬP PHIẾU"), right=parts.signer("NGƯỜI GIỮ PHIẾU")),
        ),
    )
