"""Có thể trùng: pairs side by side, decided by two keys, and undone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from exchange_work import put
from thidua_desktop.services.same_as import list_alike


def words(page) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def test_pairs_are_joined_told_apart_and_parted_by_keys(province_desk) -> None:
    ports = province_desk.ports
    for name in ("Trần Đức Vượng", "Bùi Đình Chuyên"):
        put(ports, name, address="Bình Thanh")
        put(ports, name, address="Vũ Lễ", position="Bí thư")
    page = province_desk.go("twins")
    assert page._count.text() == "2 cặp cần xem, 0 nhóm đã là một"
    assert "≠ Nơi cư trú" in words(page)
    assert "Chức vụ, nghề nghiệp" in words(page)  # only one says it: no contradiction
    page._list.setFocus()
    QTest.keyClick(page._list, Qt.Key.Key_1)
    province_desk.settle()
    assert page._count.text() == "1 cặp cần xem, 1 nhóm đã là một"
    QTest.keyClick(page._list, Qt.Key.Key_2)
    province_desk.settle()
    assert page._count.text() == "0 cặp cần xem, 1 nhóm đã là một"
    assert not page.one.isVisible()
    QTest.keyClick(page._list, Qt.Key.Key_1)  # there is nothing to join any more
    province_desk.settle()
    parts = [b for b in page.findChildren(QPushButton) if b.text() == "Tách ra" and b.isVisible()]
    parts[1].click()
    province_desk.settle()
    assert page._count.text() == "1 cặp cần xem, 0 nhóm đã là một"
    assert len(list_alike(ports)) == 1


def test_the_place_is_the_province_s(desk) -> None:
    assert not desk.window._buttons["twins"].isVisible()
    page = desk.go("twins")
    assert not page.one.isVisible()
