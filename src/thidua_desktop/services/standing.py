"""Where the exchange stands: what is missing, asked for again, old, not yet sent."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from thidua_desktop.domain.bundle_text import missing_text, number_list
from thidua_desktop.domain.dates import PartialDate, shown
from thidua_desktop.domain.errors import NotFoundError
from thidua_desktop.domain.ids import PROVINCE_NUMBER, office_number
from thidua_desktop.domain.missing import MissingBundles, missing_of
from thidua_desktop.domain.offices import Office
from thidua_desktop.domain.questions import ResendRequest
from thidua_desktop.domain.records import kind_name
from thidua_desktop.services.acknowledging import sent_up_to
from thidua_desktop.services.bundle_reports import sender_name
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.sisters import relayed_at

LONG = 60  # days that a bundle may wait, or an office be silent, before the start page says so


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Missing bundles of one sender, for people. `key` names the sender's PC."""

    missing: MissingBundles
    key: str
    name: str
    text: str
    days: int
    is_asked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """How old what is here of an office is: a warning, never a lock."""

    name: str
    number: int
    days: int

    @property
    def text(self) -> str:
        """Return it in a sentence."""
        ago = f"cách đây {self.days} ngày" if self.days else "nhận hôm nay"
        return f"Dữ liệu của {self.name} đến gói số {self.number}, {ago}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where the exchange stands.

    `requests` are what the province asks of this PC, `fresh` how old the province's data are (an
    office), `silent` the offices long not heard of (the province). `unsent` are shared changes
    that no bundle carries yet, `drafts` records not shared; `changed` says of both how many there
    are of each kind, the most first.
    """

    gaps: tuple[Gap, ...]
    requests: tuple[ResendRequest, ...]
    fresh: Freshness | None
    silent: tuple[Freshness, ...]
    unsent: int
    drafts: int
    changed: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAgain:
    """A request for missing bundles: the slip in words, and what was written."""

    slip: str
    file: Path | None
    changes: Changes


def standing(ports: Ports) -> Standing:
    """Return where the exchange stands."""
    with ports.store.read() as work:
        return standing_of(work, ports.store.identity().replica, ports.now())


def standing_of(work: Work, replica: bytes, now: datetime) -> Standing:
    """Return where the exchange stands, in an open transaction."""
    me = work.book.me()
    fresh = _freshness(work, me, now)
    unsent, drafts = _unsent(work), work.records.drafts()
    changed = unsent + Counter(kind for kind, _ in drafts)
    return Standing(
        gaps=gaps_of(work, now),
        requests=open_requests(work, replica),
        fresh=None if me.is_province else next(iter(fresh), None),
        silent=tuple(one for one in fresh if one.days >= LONG) if me.is_province else (),
        unsent=unsent.total(),
        drafts=len(drafts),
        changed=tuple(sorted(changed.items(), key=lambda one: (-one[1], one[0]))),
    )


def gaps_of(work: Work, now: datetime) -> tuple[Gap, ...]:
    """Return the bundles that are missing, by sender."""
    me = work.book.me()
    asked = {(one.replica, one.seen) for one in work.records.having(ResendRequest)}
    return tuple(
        Gap(
            missing=one,
            key=one.sender.replica.hex(),
            name=sender_name(work, one.sender),
            text=missing_text(one, sender_name(work, one.sender), me),
            days=(now - one.since).days,
            is_asked=(one.sender.replica.hex(), one.waiting[-1]) in asked,
        )
        for one in missing_of(work.book.parked(), work.book.received())
    )


def ask_again(ports: Ports, key: str, *, slip: Path | None = None) -> AskedAgain:
    """Ask a sender for its missing bundles: by a slip to send at once, and, where the province
    asks an office, by a record that the next bundle to it carries.

    Raises:
        NotFoundError: nothing of this sender is missing.
        UnwritableFileError: the slip cannot be written; nothing was asked.
    """
    with ports.store.write() as work:
        me, now = work.book.me(), ports.now()
        gap = next((one for one in gaps_of(work, now) if one.key == key), None)
        if gap is None:
            raise NotFoundError(kind_name(ResendRequest), me.unit_id)
        today = PartialDate.of(now.date())
        office = gap.missing.sender.office
        if me.is_province and office != PROVINCE_NUMBER and not gap.is_asked:
            request = ResendRequest(
                id=ports.new_id(office),
                replica=key,
                number=gap.missing.wanted,
                seen=gap.missing.waiting[-1],
                asked_on=today,
            )
            work.journal.skip()  # the program asks, not a person
            work.records.put(request, shown=None)
            work.records.share([(kind_name(ResendRequest), request.id)])
        words = _slip(me, gap, today)
        if slip is not None:
            ports.files.write(slip, words.encode("utf-8-sig"))
        return AskedAgain(slip=words, file=slip, changes=work.commit())


def slip_name(folder: Path, gap: Gap) -> Path:
    """Return where the slip for a sender goes: numbers only, no name of anyone."""
    first = gap.missing.waiting[0]
    return folder / f"xin-gui-lai-{gap.missing.sender.office}-{first}.txt"


def open_requests(work: Work, replica: bytes) -> tuple[ResendRequest, ...]:
    """Return what the province asks of this PC and no bundle has answered."""
    me = work.book.me()
    if me.is_province:
        return ()
    last = max((one.number for one in work.book.sent() if one.to == PROVINCE_NUMBER), default=0)
    return tuple(
        one
        for one in work.records.having(ResendRequest, replica=replica.hex())
        if office_number(one.id) == me.number and (one.seen or 0) >= last
    )


def _unsent(work: Work) -> Counter[str]:
    """Return how many shared changes of each kind no bundle carries yet."""
    held = work.exchange.origins()
    me = work.book.me().number
    others = [one for one in work.book.certificates() if one.office != me]
    said = [work.book.acknowledged(one.replica) for one in others]
    unsent: Counter[str] = Counter()
    for oid in work.exchange.own_origins() & held.keys():
        # What was acknowledged went out, by a program of before this count.
        gone = max([sent_up_to(work, oid), *(one.get(oid, 0) for one in said)])
        if held[oid].number > gone:
            unsent.update(work.exchange.read(oid, gone).counts)
    return unsent


def _freshness(work: Work, me: Office, now: datetime) -> list[Freshness]:
    """Return how old the last bundle of each other office is, the oldest first."""
    last = {
        one.sender.office: one for one in work.book.received() if one.sender.office != me.number
    }
    found = [
        Freshness(
            name="tỉnh" if office == PROVINCE_NUMBER else sender_name(work, one.sender),
            number=one.number,
            days=(now - max(one.at, relayed_at(work, office) or one.at)).days,
        )
        for office, one in last.items()
    ]
    return sorted(found, key=lambda one: -one.days)


def _slip(me: Office, gap: Gap, today: PartialDate) -> str:
    wanted = gap.missing.wanted
    what = f"Cần gói từ số {wanted}" if wanted else "Cần các gói gửi trước đó"
    waiting = number_list(gap.missing.waiting)
    lines = (
        "PHIẾU XIN GỬI LẠI GÓI DỮ LIỆU",
        f"Ngày: {shown(today)}",
        f"Nơi xin: {me.unit_name}",
        f"Nơi gửi: {gap.name}",
        "",
        f"{what}: đã nhận gói số {waiting} nhưng chưa nhập được vì thiếu gói trước.",
        "",
        "Cách gửi: mở trang Gói dữ liệu, bấm Xuất gói rồi gửi tệp mới. Không cần tìm lại tệp cũ:",
        "gói mới tự mang mọi thay đổi mà bên nhận còn thiếu.",
    )
    return "\r\n".join(lines) + "\r\n"
