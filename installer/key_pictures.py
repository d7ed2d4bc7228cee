"""Pictures of keys for the manual: the province's PCs, the recovery paper, erasing by law.

./installer/run demo --out .demo      first
.venv/bin/python installer/key_pictures.py .demo
"""

from __future__ import annotations

import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from pictures import PICTURES, picture_paper

from thidua_desktop.app.pictures import open_window, save_picture, settle
from thidua_desktop.app.wiring import make_ports
from thidua_desktop.domain.people import Person
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.recovery_paper import write_recovery_paper
from thidua_desktop.services.renewal import renew
from thidua_desktop.ui.dialogs.redact_dialog import RedactDialog
from thidua_desktop.ui.forms.asked_field import AskedField

PROVINCE, OFFICE = "tinh", "kien-xuong"
_DAY = datetime(2024, 11, 25, 9, tzinfo=UTC)
_REASON = "Theo đơn ngày 12/11/2024 của người có dữ liệu, căn cứ Luật Bảo vệ dữ liệu cá nhân."


def main() -> None:
    """Take the pictures in a copy of the demo's folders."""
    machines = Path(sys.argv[1]) / "may"
    with TemporaryDirectory() as temporary:
        copies = Path(temporary)
        for name in (PROVINCE, OFFICE):
            shutil.copytree(machines / name, copies / name)
        province, office = (_ports(copies / name) for name in (PROVINCE, OFFICE))
        write_recovery_paper(province, copies / "phieu.pdf")
        picture_paper(copies / "phieu.pdf", PICTURES / "phieu-khoi-phuc.png")
        renew(province)
        picture_settings(province)
        picture_erasing(office)


def picture_settings(province: Ports) -> None:
    """Show a PC of the province that the root does not vouch for yet."""
    with open_window(province) as (window, session):
        window.go("settings")
        settle(session)
        save_picture(window, PICTURES / "may-cua-tinh.png")


def picture_erasing(office: Ports) -> None:
    """Show the dialog that erases an address."""
    with office.store.read() as work:
        person = work.records.having(Person)[0]
    with open_window(office) as (window, session):
        asked = AskedField("person", person.id, "address")
        dialog = RedactDialog(window.context, asked, window)
        dialog.open()
        settle(session)
        dialog.reason.setPlainText(_REASON)
        dialog.sure.setChecked(True)
        settle(session)
        save_picture(dialog, PICTURES / "xoa-theo-luat.png")
        dialog.reject()


def _ports(folder: Path) -> Ports:
    return make_ports(folder / "data", folder / "identity", now=lambda: _DAY)


if __name__ == "__main__":
    main()
