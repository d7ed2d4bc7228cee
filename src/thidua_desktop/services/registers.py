"""The registers of bundles: what was sent, what was received, what waits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from thidua_desktop.domain.bundle_text import parked_text
from thidua_desktop.domain.errors import InvalidInputError, NotFoundError
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.missing import GAP
from thidua_desktop.domain.offices import ParkedBundle, ReceivedBundle, SentBundle
from thidua_desktop.domain.parts import WaitingParts
from thidua_desktop.domain.text import clean
from thidua_desktop.services.acknowledging import unacknowledged
from thidua_desktop.services.bundle_reports import counts_json, sender_name
from thidua_desktop.services.parts import PART
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.standing import gaps_of

_SETTING = "dismissed"
_MOST_DISMISSED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismissed:
    """A bundle that waited and that a person wants no more, and why."""

    number: int
    sender: str
    file_name: str
    at: str
    reason: str

    @property
    def day(self) -> str:
        """Return when that was said, for people."""
        return f"{datetime.fromisoformat(self.at).astimezone():%d/%m/%Y}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleBook:
    """The registers of bundles: sent, received, waiting, dismissed; with names of the offices."""

    sent: tuple[SentBundle, ...]
    received: tuple[ReceivedBundle, ...]
    parked: tuple[ParkedBundle, ...]
    names: Mapping[int, str]
    own: int
    parts: tuple[WaitingParts, ...] = ()
    unacknowledged: frozenset[UUID] = frozenset()
    gaps: Mapping[str, str] = field(default_factory=dict)
    dismissed: tuple[Dismissed, ...] = ()

    def waiting_text(self, parked: ParkedBundle) -> str:
        """Return why a bundle waits, with what is missing where that is known."""
        said = self.gaps.get(parked.sender.replica.hex()) if parked.code == GAP else None
        return said or parked_text(parked.code)

    def name(self, office: int | None) -> str:
        """Return the name of an office; None is everyone."""
        return "tất cả" if office is None else self.names.get(office, f"cơ quan số {office}")

    def other_side(self, office: int | None) -> str:
        """Return whom a bundle came from or goes to, for people: the own office is its other PC."""
        return f"{self.name(office)} (máy khác)" if office == self.own else self.name(office)

    def to_json(self) -> dict[str, Any]:
        """Return the registers for the command line."""
        return {
            "sent": [
                {"number": b.number, "to": b.to, "file": b.file_name, "ops": b.ops}
                | {"copy_kept": b.bundle in self.unacknowledged}
                | _when(b.bundle, b.at)
                for b in self.sent
            ],
            "received": [
                {"number": b.number, "sender": self.name(b.sender.office), "import": str(b.id)}
                | {"file": b.file_name, "counts": counts_json(b.counts)}
                | _when(b.bundle, b.at)
                for b in self.received
            ],
            "parked": [
                {"number": b.number, "sender": self.name(b.sender.office), "code": b.code}
                | {"file": b.file_name, "replica": b.sender.replica.hex()}
                | _when(b.bundle, b.at)
                for b in self.parked
            ],
            "dismissed": [asdict(one) for one in self.dismissed],
            "parts": [
                {"file": p.file_name, "received": list(p.received), "count": p.count}
                | {"missing": list(p.missing), "whole": p.whole, "code": PART}
                for p in self.parts
            ],
        }


def list_bundles(ports: Ports) -> BundleBook:
    """Return the registers of bundles."""
    with ports.store.read() as work:
        book = work.book
        known = [*book.certificates(), *(parked.sender for parked in book.parked())]
        names = {one.office.number: one.office.unit_name for one in book.enrolments()}
        names |= {one.office: sender_name(work, one) for one in known}
        gaps = {one.key: one.text for one in gaps_of(work, ports.now())}
        return BundleBook(
            sent=book.sent(),
            received=book.received(),
            parked=book.parked(),
            names=names,
            own=book.me().number,
            parts=work.parts.waiting(),
            unacknowledged=frozenset(one.bundle for one in unacknowledged(work)),
            gaps=gaps,
            dismissed=_dismissed(work),
        )


def dismiss_bundle(ports: Ports, bundle: UUID, *, reason: str) -> Dismissed:
    """Let a bundle wait no more, and keep why. Nothing of it is merged; it may be handed in again.

    Raises:
        NotFoundError: no such bundle waits.
        InvalidInputError: no reason is given.
    """
    if not reason.strip():
        raise InvalidInputError((FieldIssue("reason", Issue.MISSING),))
    with ports.store.write() as work:
        parked = next((one for one in work.book.parked() if one.bundle == bundle), None)
        if parked is None:
            raise NotFoundError("", bundle)
        said = Dismissed(
            number=parked.number,
            sender=sender_name(work, parked.sender),
            file_name=parked.file_name,
            at=ports.now().isoformat(),
            reason=clean(reason),
        )
        work.book.unpark(bundle)
        kept = [asdict(one) for one in (*_dismissed(work), said)[-_MOST_DISMISSED:]]
        work.book.set_setting(_SETTING, json.dumps(kept, ensure_ascii=False))
        work.commit()
        return said


def _dismissed(work: Work) -> tuple[Dismissed, ...]:
    said = json.loads(work.book.setting(_SETTING) or "[]")
    return tuple(Dismissed(**one) for one in said)


def _when(bundle: UUID, at: datetime) -> dict[str, str]:
    return {"bundle": str(bundle), "at": at.isoformat()}
