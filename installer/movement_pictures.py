"""Pictures of the movement's page: savings and report of an office, table of the province."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from thidua_desktop.app.pictures import open_window, save_picture, settle
from thidua_desktop.domain.annual_reports import ReportSort
from thidua_desktop.services.annual_reports import start_report
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import save_record
from thidua_desktop.ui.pages.movement_page import MovementPage

_BELOW, _SAVINGS, _REPORTS = 1, 3, 5
_STEERING = (
    "Đài truyền thanh huyện có 24 tin, bài về phong trào.\nTổ chức 37 hội nghị quán triệt ở cấp xã."
)
_RESULTS = "Nhân dân đồng tình, tự nguyện hiến đất, góp công làm đường thôn."


def picture_savings(ports: Ports, path: Path, **how: Any) -> None:  # noqa: ANN401 - as open_window
    """Write the savings targets of an office."""
    _picture(ports, path, _SAVINGS, **how)


def picture_below(ports: Ports, path: Path, **how: Any) -> None:  # noqa: ANN401 - as open_window
    """Write the table of the units below in the year before, where all states are met."""
    _picture(ports, path, _BELOW, year=2023, **how)


def picture_report(ports: Ports, path: Path, **how: Any) -> None:  # noqa: ANN401 - as open_window
    """Write the report of a year while it is written."""
    with ports.store.read() as work:
        unit_id = work.book.me().unit_id
    shown = start_report(ports, unit_id=unit_id, sort=ReportSort.YEARLY, year=2024).record
    save_record(ports, replace(shown, steering=_STEERING, results=_RESULTS), shown=shown)
    _picture(ports, path, _REPORTS, **how)


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
