"""What the sidebar and the palette know of a page before it is built."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from thidua_desktop.ui.pages.page import Page, PageContext


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the sidebar. Its page is built at the first visit.

    `does` are buttons of the page, `province_does` those that only the province has, `shows` its
    tabs and what else has a name on it: all are looked for from everywhere.
    """

    key: str
    words: str
    icon: str
    manual: str
    make: Callable[[PageContext], Page]
    for_province: bool = False
    keys: str = ""
    does: tuple[str, ...] = ()
    province_does: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
