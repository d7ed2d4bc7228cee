"""Phiếu giao nhận of a bundle: the receiver's after an import, the sender's after an export."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from uuid import UUID

from thidua_desktop.domain.bundles import check_code
from thidua_desktop.domain.check_words import check_words
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.dossiers import DeliverySlip, Dossier, Letterhead, SizeSet
from thidua_desktop.domain.errors import NotFoundError
from thidua_desktop.domain.offices import Office, ReceivedBundle, SentBundle
from thidua_desktop.services.desk_plan import office_names
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.receiving import counts_line, sender_name

_NO_CODE = "không có (gói của bản cũ)"
_EVERYONE = "tất cả các cơ quan, đơn vị"


def write_slip(ports: Ports, which: UUID, path: Path) -> DeliverySlip:
    """Write the slip of an import, or of a bundle that was sent, as PDF.

    Raises:
        NotFoundError: neither is known here.
        UnwritableFileError: the file cannot be written.
    """
    slip = make_slip(ports, which)
    dossier = Dossier(title="Phiếu giao nhận gói dữ liệu", sizes=SizeSet.SMALL, papers=(slip,))
    ports.files.write(path, ports.papers.pdf(dossier))
    return slip


def slip_name(which: UUID, ports: Ports) -> str:
    """Return the usual name of a slip's file: numbers only."""
    with ports.store.read() as work:
        found = _find(work, which)
        me = work.book.me().number
        office = found.sender.office if isinstance(found, ReceivedBundle) else me
        return f"phieu_{office}_{found.number}_{found.at.astimezone():%d%m%Y}.pdf"


def make_slip(ports: Ports, which: UUID) -> DeliverySlip:
    """Return the slip of an import, or of a bundle that was sent. Raises NotFoundError."""
    with ports.store.read() as work:
        me, found = work.book.me(), _find(work, which)
        names = office_names(work)
        if isinstance(found, ReceivedBundle):
            giver, office = sender_name(work, found.sender), found.sender.office
            last = (
                ("Nhập lúc", _moment(found.at)),
                ("Kết quả nhập", counts_line(found.counts)),
            )
            taker = me.unit_name
        else:
            giver, office = me.unit_name, me.number
            last = (("Xuất lúc", _moment(found.at)), ("Nội dung", f"{found.ops} thay đổi"))
            taker = _EVERYONE if found.to is None else names.get(found.to, f"số {found.to}")
        digest = found.digest
        return DeliverySlip(
            head=_letterhead(me, found.at),
            is_receipt=isinstance(found, ReceivedBundle),
            facts=(
                ("Bên giao", giver),
                ("Bên nhận", taker),
                ("Gói số", str(found.number)),
                ("Tên tệp", found.file_name),
                *last,
            ),
            code=check_words(digest, ports.words()) if digest else _NO_CODE,
            figures=check_code(digest) if digest else "",
            signal=f"TDKT {office} {found.number} {digest}",
        )


def _find(work: Work, which: UUID) -> ReceivedBundle | SentBundle:
    for received in work.book.received():
        if received.id == which:
            return received
    for sent in work.book.sent():
        if sent.bundle == which:
            return sent
    raise NotFoundError("", which)


def _letterhead(me: Office, at: datetime) -> Letterhead:
    day = PartialDate.of(at.astimezone().date())
    return Letterhead(
        parent="", agency=me.unit_name.upper(), number="", symbol="", place="", date=day
    )


def _moment(at: datetime) -> str:
    return f"{at.astimezone():%H giờ %M, ngày %d/%m/%Y}"
