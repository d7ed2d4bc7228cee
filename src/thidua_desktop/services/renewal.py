"""A PC that became, or must become, a replica of its own (bundle.md 9)."""

from __future__ import annotations

from thidua_desktop.domain.offices import Displacement
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


def mark_cloned(ports: Ports, work: Work) -> None:
    """Keep that another PC gives the same numbers as this one, until a person renews it."""
    if work.book.setting(CLONED) is None:
        work.book.set_setting(CLONED, ports.now().isoformat())
