"""The start page on bundles: what is missing is asked for in one click, old data are a warning."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from exchange_work import put
from office_work import Pair
from thidua_desktop.services.exchange import merge_bundles
from thidua_desktop.services.packing import export_bundle
from thidua_desktop.services.standing import standing
from thidua_desktop.ui.pages.bundle_page import REGISTERS


def lines(page) -> list[str]:
    return [label.text() for label in page._bundles.findChildren(QLabel)]


def buttons(page) -> dict[str, QPushButton]:
    return {one.text(): one for one in page._bundles.findChildren(QPushButton)}


def lose_one(pair: Pair) -> None:
    """Let a bundle of the office be lost that the office believes to have arrived."""
    put(pair.office, "Một")
    pair.up()
    pair.down()
    put(pair.office, "Bị lạc")
    export_bundle(pair.office, path=pair.folder / "lạc.tdkt")
    with pair.office.store.write() as work:
        channel = work.exchange.channel(None)
        for one in work.book.certificates():
            if one.role == "province":
                held = work.exchange.origins()[channel].number
                work.book.acknowledge(one.replica, {channel: held})
        work.commit()
    put(pair.office, "Đến sớm")
    path = pair.folder / "sớm.tdkt"
    export_bundle(pair.office, path=path)
    merge_bundles(pair.province, [path])


def test_a_missing_bundle_is_asked_for_in_one_click(
    pair: Pair, open_desk, desk, tmp_path: Path, monkeypatch
) -> None:
    lose_one(pair)
    province = open_desk(pair.province)
    page = province.go("overview")
    (gap,) = standing(pair.province).gaps
    assert gap.text in lines(page)
    slip = tmp_path / "phiếu.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(slip), ""))
    buttons(page)["Xin gửi lại…"].click()
    province.settle()
    assert "Cần gói từ số" in slip.read_text("utf-8-sig")
    assert "Xin gửi lại lần nữa…" in buttons(page)

    slip.unlink()  # and once more, where the bundle that waits stands
    registers = province.go("bundles").registers
    province.window.page.tabs.setCurrentIndex(REGISTERS)
    registers.tabs.setCurrentIndex(2)
    registers.waiting.step(1)
    registers.ask_button.click()
    province.settle()
    assert "Cần gói từ số" in slip.read_text("utf-8-sig")

    pair.down()
    page = desk.go("overview")
    assert f"Tỉnh cần gói từ số {gap.missing.wanted}" in lines(page)
    buttons(page)["Tới trang Gói dữ liệu"].click()
    desk.settle()
    assert desk.window.page is desk.window.page_of("bundles")
    put(pair.office, "Nữa")
    path = tmp_path / "lành.tdkt"
    export_bundle(pair.office, path=path)
    merge_bundles(pair.province, [path])
    assert standing(pair.province).gaps == ()
    assert not any("Tỉnh cần gói" in line for line in lines(desk.go("overview")))


def test_what_no_bundle_carries_is_counted(desk, tmp_path: Path) -> None:
    put(desk.ports, "Một")
    page = desk.go("overview")
    assert any("1 thay đổi chưa xuất gói" in line for line in lines(page))
    export_bundle(desk.ports, path=tmp_path / "1.tdkt")
    page = desk.go("overview")
    assert any("1 thay đổi đã gửi mà tỉnh chưa báo nhận" in line for line in lines(page))
