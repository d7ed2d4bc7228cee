"""Pictures of the register at work: what became of a unit, and a resolution being filled in."""

from __future__ import annotations

from pathlib import Path

from thidua_desktop.app.pictures import open_window, save_picture, settle
from thidua_desktop.app.start import Session
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.units import unit_tree
from thidua_desktop.ui.dialogs.change_units import ChangeUnits
from thidua_desktop.ui.main_window import MainWindow
from thidua_desktop.ui.pages.unit_page import UnitPage

_REFORM = PartialDate(2025, 7, 1)
_DAY = PartialDate(2026, 1, 1)
_MERGED = ("Xã A Sào", "Xã Phụ Dực", "Xã Đồng Bằng")


def picture_register(ports: Ports, folder: Path) -> tuple[Path, ...]:
    """Write the pictures of the province's register; nothing is changed in it."""
    life, change = folder / "don-vi-ke-thua.png", folder / "sap-xep-don-vi.png"
    with open_window(ports) as (window, session):
        window.go("units")
        settle(session)
        page = window.page
        assert isinstance(page, UnitPage)  # noqa: S101 - the place of units
        page.look_at(_REFORM, text="an khe", part=1, with_dissolved=True)
        settle(session)
        save_picture(window, life)
        save_picture(_filled_in(ports, window, session, page), change)
    return life, change


def _filled_in(ports: Ports, window: MainWindow, session: Session, page: UnitPage) -> ChangeUnits:
    page.look_at(_DAY)
    settle(session)
    page.begin_new()
    settle(session)
    dialog = window.findChild(ChangeUnits)
    assert dialog is not None  # noqa: S101 - the province may change units
    nodes = unit_tree(ports, _DAY).nodes
    dialog.old.choose([node.unit.id for node in nodes if node.unit.name in _MERGED])
    dialog.resolution.line.setText("12/NQ-UBTVQH16")
    dialog.issued.line.setText("01/12/2025")
    dialog.new.suggest("Xã Quỳnh Vạn", "19001")
    settle(session)
    return dialog
