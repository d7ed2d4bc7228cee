"""F27 Phiếu giao nhận: the facts of a bundle, the words to compare, and the same as a QR code."""

from __future__ import annotations

from thidua_desktop.domain.dossiers import DeliverySlip
from thidua_desktop.domain.pages import Code, Facts, Page, Signatures
from thidua_desktop.services.pages import parts

_HOW = (
    "Hai bên đọc sáu từ cho nhau nghe qua điện thoại: hai phiếu có cùng sáu từ thì gói bên nhận đã "
    "nhập đúng là gói bên giao đã xuất, không thiếu và không bị sửa dọc đường."
)


def slip_page(said: DeliverySlip) -> Page:
    """Return the slip as a page."""
    whose = "bản của bên nhận, lập sau khi nhập" if said.is_receipt else "bản của bên giao"
    figures = f"Mã số (để so với phiếu của bản cũ): {said.figures}" if said.figures else ""
    return Page(
        form="F27",
        name="Phiếu giao nhận",
        is_reconstructed=True,
        blocks=(
            parts.head(said.head),
            parts.title("PHIẾU GIAO NHẬN GÓI DỮ LIỆU", remark=f"({whose})"),
            Facts(lines=said.facts, in_table=True),
            Code(
                label="Từ đối chiếu",
                words=said.code,
                notes=tuple(line for line in (_HOW, figures) if line),
                signal=said.signal,
            ),
            Signatures(left=parts.signer("BÊN GIAO"), right=parts.signer("BÊN NHẬN")),
        ),
    )
