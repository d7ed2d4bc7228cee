"""F27 Phiếu giao nhận: the facts of a bundle, the words to compare, and the same as a QR code."""

from __future__ import annotations

from thidua_desktop.domain.dossiers import DeliverySlip
from thidua_desktop.domain.pages import Code, Facts, Page, Signatures
from thidua_desktop.services.pages import parts


def slip_page(said: DeliverySlip) -> Page:
    """Return the slip as a page."""
    left, right = said.signatures
    return Page(
        form="F27",
        name=said.name,
        is_reconstructed=said.is_reconstructed,
        blocks=(
            parts.head(said.head),
            parts.title(said.title, remark=said.remark),
            Facts(lines=said.facts, in_table=True),
            Code(
                label=said.code_label,
                words=said.code,
                notes=said.notes,
                signal=said.signal,
            ),
            Signatures(left=left, right=right),
        ),
    )
