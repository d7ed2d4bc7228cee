"""What goes wrong with bundles in a province, and what the program makes of it."""

from __future__ import annotations

from pathlib import Path

from thidua_desktop.domain.bundles import BundleState
from thidua_desktop.services.exchange import export_bundle, merge_bundles
from thidua_desktop.services.integrity import digest
from thidua_desktop.services.ports import Ports


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


def _expect(found: bool) -> None:
    assert found  # noqa: S101 - the story would be another one
