"""Pictures of the movement's page: the savings of an office, the table of the province."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from thidua_desktop.app.pictures import open_window, save_picture, settle
from thidua_desktop.services.ports import Ports
from thidua_desktop.ui.pages.movement_page import MovementPage

_BELOW, _SAVINGS = 1, 3


def picture_savings(ports: Ports, path: Path, **how: Any) -> None:  # noqa: ANN401 - as open_window
    """Write the savings targets of an office."""
    _picture(ports, path, _SAVINGS, **how)


def picture_below(ports: Ports, path: Path, **how: Any) -> None:  # noqa: ANN401 - as open_window
    """Write the table of the units below in the year before, where all states are met."""
    _picture(ports, path, _BELOW, year=2023, **how)


def _picture(
    ports: Ports,
    path: Path,
    part: int,
    *,
    year: int = 2024,
    **how: Any,  # noqa: ANN401 - as open_window
) -> None:
    with open_window(ports, **how) as (window, session):
        settle(session)
        window.go("movement")
        settle(session)
        page = window.page
        if isinstance(page, MovementPage):
            page.show_year(year, part)
        settle(session)
        save_picture(window, path)
