"""A window to practise in is plainly marked, and begins anew by one press."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from thidua_desktop.domain.offices import PRACTICE


def test_a_practice_window_says_so_in_title_banner_and_colour(open_desk, office_ports) -> None:
    with office_ports.store.write() as work:
        work.book.set_setting(PRACTICE, "1")
        work.commit()
    desk = open_desk(office_ports)
    assert desk.session.is_practice
    desk.window.show_practice()
    assert desk.window.windowTitle().startswith("THỰC HÀNH")
    banner = desk.window._practice
    assert banner.isVisible()
    assert "bịa" in banner.accessibleName()
    assert "tỉnh thật không nhận" in banner.accessibleName()
    wanted = []
    desk.window.practice_wanted.connect(wanted.append)
    banner.findChild(QPushButton).click()
    assert wanted == ["afresh"]


def test_a_real_window_is_not_marked_and_leads_to_practice_from_the_settings(desk) -> None:
    assert not desk.session.is_practice
    assert not desk.window._practice.isVisible()
    wanted = []
    desk.window.practice_wanted.connect(wanted.append)
    page = desk.go("settings")
    for name in ("office", "province", "afresh"):
        page.findChild(QPushButton, f"practise_{name}").click()
    assert wanted == ["office", "province", "afresh"]
