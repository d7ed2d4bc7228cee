"""Where the live database may lie (F21)."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import an_identity, an_office
from reliability.figures import Measured
from thidua_desktop.domain.errors import StoreOnNetworkError
from thidua_desktop.domain.offices import DriveKind
from thidua_desktop.storage import drives
from thidua_desktop.storage.drives import drive_kind, kind_by_mounts
from thidua_desktop.storage.store import OfficeStore

MOUNTS = r"""/dev/sda1 / ext4 rw 0 0
proc /proc proc rw 0 0
//may-chu/chung /mnt/chung cifs rw 0 0
tinh:/du-lieu /mnt/nfs nfs4 rw 0 0
nguoi@may: /home/a/xa fuse.sshfs rw 0 0
/dev/sdb1 /media/a/USB\040C\303\264 vfat rw 0 0
/dev/sdb2 /mnt/chung/trong ext4 rw 0 0
""".replace(r"\303\264", "ô")


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/a/data", DriveKind.LOCAL),
        ("/mnt/chung/data", DriveKind.NETWORK),
        ("/mnt/nfs", DriveKind.NETWORK),
        ("/home/a/xa/data", DriveKind.NETWORK),
        ("/home/a/xanh/data", DriveKind.LOCAL),
        ("/media/a/USB Cô/data", DriveKind.REMOVABLE),
        ("/mnt/chung/trong/data", DriveKind.REMOVABLE),
    ],
)
def test_the_deepest_mount_tells(tmp_path: Path, folder: str, kind: DriveKind) -> None:
    for name, removable in (("sda", "0"), ("sdb", "1")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "removable").write_text(f"{removable}\n")
    assert kind_by_mounts(Path(folder), MOUNTS.splitlines(), tmp_path) is kind


def test_this_folder_is_on_a_disk_of_this_pc_before_it_is_made(tmp_path: Path) -> None:
    assert drive_kind(tmp_path / "a" / "b") is not DriveKind.NETWORK


def test_what_is_not_told_is_taken_for_a_disk(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(drives, "MOUNTS", tmp_path / "none")
    assert drive_kind(tmp_path) is DriveKind.LOCAL


def test_on_a_network_drive_nothing_is_made_and_nothing_written(
    store: OfficeStore, open_store, monkeypatch, tmp_path, measured: Measured
) -> None:
    monkeypatch.setattr(
        "thidua_desktop.storage.data_folder.drive_kind", lambda _: DriveKind.NETWORK
    )
    with pytest.raises(StoreOnNetworkError), store.write():
        pass
    with store.read() as work:
        assert work.book.me() == an_office()
    with pytest.raises(StoreOnNetworkError):
        open_store("khác").create(an_office(), an_identity())
    assert not (tmp_path / "khác").exists()
    measured("F21", network_drives=2, let_in=0)
