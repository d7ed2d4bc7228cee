"""The first start: an office of the register, or an enrolment file, in one dialog."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog

from office_work import OFFICE
from thidua_desktop.app.start import Session
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.units import UnitRole
from thidua_desktop.services.offices import enrol
from thidua_desktop.services.ports import Ports
from thidua_desktop.ui.start_dialog import StartDialog
from thidua_desktop.ui.theme import Look

_TODAY = PartialDate(2024, 11, 25)

SECONDS_30 = 30_000


@pytest.fixture
def ports(make_folder: Callable[[str], Ports]) -> Ports:
    return make_folder("mới")


@pytest.fixture
def dialog(look: Look, qtbot, ports: Ports) -> Iterator[StartDialog]:
    session = Session(lambda: ports, look)
    dialog = StartDialog(
        session.ports, session.writer, look, PartialDate(2024, 11, 25), lambda: None
    )
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: not dialog.message.text(), timeout=SECONDS_30)
    yield dialog
    session.close()


def test_an_office_is_found_without_marks_and_created(dialog, qtbot, ports: Ports) -> None:
    assert not dialog.begin.isEnabled()
    dialog.units.search.setText("kien xuong huyen")
    assert dialog.roles[UnitRole.OFFICE].isChecked()
    assert not dialog.roles[UnitRole.PROVINCE].isEnabled()
    with qtbot.waitSignal(dialog.ready, timeout=SECONDS_30) as made:
        dialog.begin.click()
    (office,) = made.args
    assert office.unit_name == "Ủy ban nhân dân huyện Kiến Xương"
    assert dialog.result() == QDialog.DialogCode.Accepted
    with ports.store.read() as work:
        assert work.book.me() == office


def test_a_department_leads_its_field(dialog) -> None:
    dialog.units.search.setText("so xay dung")
    assert dialog.roles[UnitRole.DEPARTMENT].isChecked()


def test_an_enrolment_file_says_both(dialog, qtbot, ports: Ports, pair, tmp_path: Path) -> None:
    path = tmp_path / "kien-xuong.dk"
    path.write_bytes(enrol(pair.province, OFFICE))
    with qtbot.waitSignal(dialog.ready, timeout=SECONDS_30):
        dialog.join_file(path)
    with ports.store.read() as work:
        assert work.book.me().role is UnitRole.OFFICE


def test_another_file_is_refused_in_words_and_nothing_is_made(
    dialog, qtbot, ports: Ports, tmp_path: Path
) -> None:
    path = tmp_path / "ảnh.dk"
    path.write_bytes(b"not an enrolment")
    dialog.join_file(path)
    qtbot.waitUntil(lambda: not dialog.message.text().startswith("Đang"), timeout=SECONDS_30)
    assert "ảnh.dk" in dialog.message.text()
    assert dialog.isVisible()
    assert not ports.store.exists()
