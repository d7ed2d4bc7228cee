"""Phiếu giao nhận of a bundle: the receiver's after an import, the sender's after an export."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

from thidua_desktop.domain.bundles import check_code
from thidua_desktop.domain.check_words import check_words
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.dossiers import DeliverySlip, Dossier, Letterhead, SizeSet
from thidua_desktop.domain.errors import NotFoundError
from thidua_desktop.domain.offices import Office, ReceivedBundle, SentBundle
from thidua_desktop.domain.paper_forms import FormTexts
from thidua_desktop.services.bundle_reports import counts_line, sender_name
from thidua_desktop.services.desk_plan import office_names
from thidua_desktop.services.own_office import own_letterhead
from thidua_desktop.services.pages import parts
from thidua_desktop.services.paper_texts import paper_texts
from thidua_desktop.services.ports import Ports, Work

FORM = "F27"


def write_slip(ports: Ports, which: UUID, path: Path) -> DeliverySlip:
    """Write the slip of an import, or of a bundle that was sent, as PDF.

    Raises:
        NotFoundError: neither is known here.
        UnwritableFileError: the file cannot be written.
    """
    slip = make_slip(ports, which)
    dossier = Dossier(title=slip.name, sizes=SizeSet.SMALL, papers=(slip,))
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
        found, texts = _find(work, which), paper_texts(ports, work).of(FORM)
        code = check_words(found.digest, ports.words()) if found.digest else ""
        head = own_letterhead(work, PartialDate.of(found.at.astimezone().date()))
        other = _other(work, texts, found)
        return slip_of(work.book.me(), found, other, texts, code=code, head=head)


def slip_of(
    me: Office,
    found: ReceivedBundle | SentBundle,
    other: str,
    texts: FormTexts,
    *,
    code: str,
    head: Letterhead,
) -> DeliverySlip:
    """Return the slip of a bundle that came from or went to another, whose words are `code`."""
    is_receipt = isinstance(found, ReceivedBundle)
    office = found.sender.office if isinstance(found, ReceivedBundle) else me.number
    figures = check_code(found.digest) if found.digest else ""
    notes = (texts.say("code.how"), texts.say("code.figures", figures=figures))
    return DeliverySlip(
        name=texts.name,
        head=head,
        title=texts.say("title"),
        remark=texts.say("copy.taker" if is_receipt else "copy.giver"),
        is_receipt=is_receipt,
        facts=tuple(_facts(texts, me, found, other)),
        code_label=texts.say("code"),
        code=code or texts.say("code.none"),
        figures=figures,
        signal=f"TDKT {office} {found.number} {found.digest}",
        notes=notes if figures else notes[:1],
        signatures=(parts.signer(texts, "giver"), parts.signer(texts, "taker")),
        is_reconstructed=texts.is_reconstructed,
    )


def _other(work: Work, texts: FormTexts, found: ReceivedBundle | SentBundle) -> str:
    """Return who stands at the other end of a bundle."""
    if isinstance(found, ReceivedBundle):
        return sender_name(work, found.sender)
    if found.to is None:
        return texts.say("everyone")
    return office_names(work).get(found.to, f"số {found.to}")


def _facts(
    texts: FormTexts, me: Office, found: ReceivedBundle | SentBundle, other: str
) -> Iterator[tuple[str, str]]:
    if isinstance(found, ReceivedBundle):
        giver, taker = other, me.unit_name
        last = [("merged", _moment(found.at)), ("outcome", counts_line(found.counts))]
        last += [("undone", _moment(found.undone_at))] if found.undone_at else []
    else:
        giver, taker = me.unit_name, other
        content = texts.say("content", count=str(found.ops))
        last = [("exported", _moment(found.at)), ("content", content)]
    facts = (
        ("giver", giver),
        ("taker", taker),
        ("number", str(found.number)),
        ("file", found.file_name),
        *last,
    )
    for place, said in facts:
        yield texts.say(f"fact.{place}"), said


def _find(work: Work, which: UUID) -> ReceivedBundle | SentBundle:
    for received in work.book.received():
        if received.id == which:
            return received
    for sent in work.book.sent():
        if sent.bundle == which:
            return sent
    raise NotFoundError("", which)


def _moment(at: datetime) -> str:
    return f"{at.astimezone():%H giờ %M, ngày %d/%m/%Y}"
