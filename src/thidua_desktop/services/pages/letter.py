"""F01 Tờ trình: the letter that asks one authority for one award."""

from __future__ import annotations

from thidua_desktop.domain.dossiers import Letter
from thidua_desktop.domain.pages import Page, Paragraph, RecipientsAndSigner, Role
from thidua_desktop.services.pages import parts


def letter_page(said: Letter) -> Page:
    """Return the letter as a page."""
    return Page(
        form="F01",
        name="Tờ trình",
        circulation=said.circulation,
        contact=said.contact,
        blocks=(
            parts.head(said.head),
            parts.title(said.kind, said.title),
            parts.address(said.recipients),
            *(Paragraph(text=line, role=Role.BASIS) for line in parts.ended(said.legal_basis)),
            *(Paragraph(text=words) for words in (*said.body, *said.nominees)),
            *(Paragraph(text=words, role=Role.ENCLOSURE) for words in (said.enclosure,) if words),
            *(Paragraph(text=words) for words in (said.closing,) if words),
            RecipientsAndSigner(
                recipients=parts.dashed(said.copies_to),
                signer=said.signature,
                drafter=said.drafter,
            ),
        ),
    )
