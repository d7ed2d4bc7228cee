"""The safety of the data in the window: backups, a copy of the folder, a new machine id."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from attached import an_evidence, attached, blob_of
from office_work import Pair, a_person_proposed
from thidua_desktop.services.backups import list_backups
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.renewal import CLONED


@pytest.fixture
def safety(open_desk, office_ports: Ports):
    desk = open_desk(replace(office_ports, keeps_backups=True))
    return desk, desk.go("settings").safety


def press(desk, card, words: str) -> None:
    button = next(one for one in card.findChildren(QPushButton) if one.text() == words)
    button.setFocus()
    desk.qtbot.keyClick(button, Qt.Key.Key_Space)
    desk.settle()


def test_a_backup_is_made_and_said_to_be_restorable(safety, tmp_path: Path) -> None:
    desk, card = safety
    assert "Chưa có bản sao lưu" in card.state.text()
    press(desk, card, "Sao lưu ngay")
    assert "khôi phục được, đã thử lúc" in card.state.text()
    (backup,) = list_backups(desk.ports).backups
    backup.path.write_bytes(b"x")
    press(desk, card, "Thử lại các bản")
    assert "1 bản không khôi phục được nữa" in card.said.text()
    assert "Chưa có bản sao lưu" in card.state.text()


def test_a_backup_is_restored_into_a_new_folder(safety, tmp_path: Path) -> None:
    desk, card = safety
    press(desk, card, "Sao lưu ngay")
    card.restore(list_backups(desk.ports).backups[0].path, tmp_path / "mới")
    desk.settle()
    assert "Đã khôi phục" in card.said.text()
    assert (tmp_path / "mới" / "thidua.db").exists()


def test_another_place_is_tried_at_once(safety, tmp_path: Path) -> None:
    desk, card = safety
    card.choose_place(tmp_path / "ổ ngoài")
    desk.settle()
    assert str(tmp_path / "ổ ngoài") in card.place.text()
    assert len(list((tmp_path / "ổ ngoài").glob("*.saoluu"))) == 1


def test_data_is_checked_and_repaired(safety) -> None:
    desk, card = safety
    press(desk, card, "Kiểm tra dữ liệu")
    assert card.said.text() == "Dữ liệu khớp với nhật ký."
    with desk.ports.store.write() as work:
        work.exchange._log.run("UPDATE unit SET name = 'sai'")
        work.commit()
    press(desk, card, "Kiểm tra dữ liệu")
    assert "không khớp với nhật ký" in card.said.text()
    press(desk, card, "Sửa")
    press(desk, card, "Kiểm tra dữ liệu")
    assert card.said.text() == "Dữ liệu khớp với nhật ký."


def test_a_damaged_file_is_named_with_its_dossier_and_set_aside(safety, pair: Pair) -> None:
    desk, card = safety
    proposal = a_person_proposed(desk.ports)
    kept = attached(desk.ports, an_evidence(desk.ports, proposal_id=proposal), name="bản scan.pdf")
    path = blob_of(pair.folder / "kien-xuong", kept)
    path.write_bytes(path.read_bytes().replace(b"%PDF", b"%PDG"))
    press(desk, card, "Kiểm tra dữ liệu")
    assert "Có 1 tệp kèm hỏng" in card.said.text()
    assert "Bị thay đổi: Đề nghị khen thưởng" in card.said.text()
    assert "bản scan.pdf" in card.said.text()
    press(desk, card, "Sửa")
    assert card.said.text() == "Đã cất 1 tệp hỏng sang bên; gói sau xin lại."
    press(desk, card, "Kiểm tra dữ liệu")
    assert "Chưa nhận tệp: " in card.said.text()
    assert not card.repair.isVisible()


def test_a_clone_is_told_on_the_start_page_and_renewed_at_the_second_press(safety) -> None:
    desk, card = safety
    who = desk.ports.store.identity()
    with desk.ports.store.write() as work:
        work.book.set_setting(CLONED, "2024-11-25")
        work.commit()
    overview = desk.go("overview")
    overview.refresh()
    desk.settle()
    assert "cấp mã máy mới" in overview.dangers._words.text()
    desk.go("settings")
    press(desk, card, "Cấp mã máy mới…")
    assert desk.ports.store.identity() == who
    press(desk, card, "Chắc chắn cấp mã mới")
    assert desk.ports.store.identity() != who
    overview.refresh()
    desk.settle()
    assert "Máy đã được cấp mã mới" in overview.dangers._words.text()


def test_a_late_backup_is_told_on_the_start_page(safety) -> None:
    desk, card = safety
    overview = desk.go("overview")
    assert "7 ngày" in overview.dangers._words.text()
    desk.go("settings")
    press(desk, card, "Sao lưu ngay")
    overview.refresh()
    desk.settle()
    assert overview.dangers.isHidden()
