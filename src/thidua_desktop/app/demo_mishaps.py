"""What goes wrong with bundles in a province, and what the program makes of it."""

from __future__ import annotations

from pathlib import Path

from thidua_desktop.domain.bundles import BundleState
from thidua_desktop.domain.people import Person
from thidua_desktop.services.exchange import merge_bundles
from thidua_desktop.services.integrity import digest
from thidua_desktop.services.offices import accept
from thidua_desktop.services.packing import export_bundle
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import save_record
from thidua_desktop.services.submissions import submit_records


def lose_a_bundle(office: Ports, folder: Path) -> str:
    """Write a bundle that never arrives; the office's next one brings what it held."""
    lost = export_bundle(office, path=folder / "that-lac.tdkt")
    lost.path.unlink()
    return f"gói số {lost.number} ({lost.ops} thay đổi) không tới nơi"


def hand_in_twice(province: Ports, bundle: Path) -> str:
    """Merge a bundle that was merged before."""
    before = digest(province)
    (report,) = merge_bundles(province, [bundle]).reports
    _expect(report.state is BundleState.KNOWN and digest(province) == before)
    return "đã có từ trước, không gì thay đổi"


def tamper(province: Ports, bundle: Path, copy: Path) -> str:
    """Change one byte of a copy and hand it in."""
    content = bytearray(bundle.read_bytes())
    content[len(content) // 2] ^= 0x20
    copy.write_bytes(content)
    before = digest(province)
    (report,) = merge_bundles(province, [copy]).reports
    _expect(report.state is BundleState.REFUSED and digest(province) == before)
    return f"từ chối {report.code}, không gì thay đổi"


def copy_the_folder(province: Ports, copied: Ports, bundle: Path) -> str:
    """Work in a copy of an office's folder: it is a machine of its own, which asks to be accepted.

    `copied` are the ports of the copy, which has no identity yet.
    """
    with copied.store.read() as work:
        me = work.book.me()
    person = Person(id=copied.new_id(me.number), full_name="Từ Bá Hiển", unit_id=me.unit_id)
    save_record(copied, person)
    submit_records(copied, [person.id])
    export_bundle(copied, path=bundle)
    (asked,) = merge_bundles(province, [bundle]).reports
    _expect(asked.state is BundleState.PARKED)
    taken = accept(province, None)
    _expect([one.state for one in taken.reports] == [BundleState.NEW])
    return "thành máy riêng, xin đăng ký, được chấp nhận; không mất gì"


def _expect(found: bool) -> None:
    assert found  # noqa: S101 - the story would be another one
