"""A PC that became, or must become, a replica of its own (bundle.md 9)."""

from __future__ import annotations

from thidua_desktop.domain.bundles import Manifest, Rejection
from thidua_desktop.domain.offices import RENEWED, Displacement, Renewal
from thidua_desktop.services.ports import Ports, Work

# The setting that says since when others hold, under our numbers, what is not here.
CLONED = "cloned"


def renew(ports: Ports) -> None:
    """Give this PC a new id and new keys, and new numbers to what others did not say to hold.

    Nothing is lost: drafts and all that was written stay. The next bundle asks the other side to
    accept this PC, and carries what was numbered anew.
    """
    ports.store.renew(Displacement.ASKED, cloned=True)
    with ports.store.write() as work:
        work.book.set_setting(CLONED, None)
        work.commit()


def is_cloned(ports: Ports) -> bool:
    """Tell whether a bundle showed that another PC gives the same numbers as this one."""
    with ports.store.read() as work:
        return work.book.setting(CLONED) is not None


def own_renewal(work: Work) -> Renewal | None:
    """Return when and why this PC became a replica of its own, if it was another before."""
    said = work.book.setting(RENEWED)
    return Renewal.from_text(said) if said else None


def renewal_of(work: Work, replica: bytes) -> Renewal | None:
    """Return what another PC said of itself in that way."""
    said = work.book.setting(f"{RENEWED}.{replica.hex()}")
    return Renewal.from_text(said) if said else None


def note_renewal(work: Work, manifest: Manifest) -> None:
    """Keep what a sender says of its own renewal. Bundles that could not be taken because two PCs
    gave the same numbers are answered by it: what they held came under new numbers.
    """
    said, sender = manifest.renewal, manifest.sender
    if said is None or renewal_of(work, sender.replica) == said:
        return
    work.book.set_setting(f"{RENEWED}.{sender.replica.hex()}", said.to_text())
    for parked in work.book.parked():
        of = parked.sender
        is_former = (of.replica, of.office) == (said.former, sender.office)
        if is_former and parked.code == Rejection.FORK:
            work.book.unpark(parked.bundle)


def mark_cloned(ports: Ports, work: Work) -> None:
    """Keep that another PC gives the same numbers as this one, until a person renews it."""
    if work.book.setting(CLONED) is None:
        work.book.set_setting(CLONED, ports.now().isoformat())
