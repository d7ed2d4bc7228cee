"""What a scanner leaves in a folder: offered while it is new, read only, remembered."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from attached import an_evidence
from attachment_files import EXE_BYTES, PDF_BYTES, a_docx, a_picture
from thidua_desktop.domain.attachments import MOST_BYTES
from thidua_desktop.domain.criteria import Evidence
from thidua_desktop.domain.errors import UnreadableFileError, UnshowableError
from thidua_desktop.services.attachments import AttachedTo, attach
from thidua_desktop.services.evidence_files import see_attachment
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.scans import choose_scan_folder, note_attached, scanned_files


@pytest.fixture
def folder(office: Ports, tmp_path: Path) -> Path:
    """The folder of a scanner, with a file from before it was chosen."""
    made = tmp_path / "máy quét"
    made.mkdir()
    scan(office, made, "cũ.pdf", PDF_BYTES, minutes=-60)
    choose_scan_folder(office, made)
    return made


def scan(ports: Ports, folder: Path, name: str, content: bytes, *, minutes: int = 1) -> Path:
    path = folder / name
    path.write_bytes(content)
    at = ports.now().timestamp() + 60 * minutes
    os.utime(path, (at, at))
    return path


def test_only_whole_pdfs_and_pictures_are_offered_the_newest_first(office: Ports, folder) -> None:
    scan(office, folder, "a.pdf", PDF_BYTES, minutes=2)
    scan(office, folder, "b.png", a_picture("PNG"), minutes=3)
    for name, content in (
        ("ảnh.pdf.exe", EXE_BYTES),
        ("thư.docx", a_docx()),
        ("quét dở.pdf", PDF_BYTES[:-6]),
        (".ẩn.pdf", PDF_BYTES),
        ("rỗng.pdf", b""),
    ):
        scan(office, folder, name, content)
    scans = scanned_files(office)
    assert [(one.file.path.name, one.is_new) for one in scans.files] == [
        ("b.png", True),
        ("a.pdf", True),
        ("cũ.pdf", False),
    ]
    assert scans.new == 2
    with scan(office, folder, "lớn.pdf", PDF_BYTES).open("r+b") as file:
        file.truncate(MOST_BYTES + 1)
    assert scanned_files(office).too_large == 1


def test_what_was_attached_is_new_no_more_and_lies_where_it_lay(office: Ports, folder) -> None:
    path = scan(office, folder, "a.pdf", PDF_BYTES)
    (one,) = (one for one in scanned_files(office).files if one.is_new)
    to = AttachedTo(Evidence, an_evidence(office).id)
    attach(office, one.file.path, to=to)
    note_attached(office, [one.file])
    assert path.read_bytes() == PDF_BYTES
    assert scanned_files(office).new == 0
    scan(office, folder, "a.pdf", PDF_BYTES + b"%", minutes=9)  # scanned again under that name
    assert scanned_files(office).new == 1


def test_a_folder_that_is_not_there_is_said_and_never_chosen(office: Ports, folder) -> None:
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    scans = scanned_files(office)
    assert (scans.folder, scans.is_there, scans.files) == (folder, False, ())
    with pytest.raises(UnreadableFileError):
        choose_scan_folder(office, folder)
    choose_scan_folder(office, None)
    assert scanned_files(office).folder is None


def test_a_file_to_be_seen_says_what_it_proves(office: Ports) -> None:
    to = AttachedTo(Evidence, an_evidence(office).id)
    seen = see_attachment(office, attach(office, PDF_BYTES, to=to, name="a.pdf").record.id)
    assert seen.content == PDF_BYTES
    assert seen.proves == (("Kết quả, minh chứng", "Biên bản hiến đất"),)
    word = attach(office, a_docx(), to=to, name="a.docx").record
    with pytest.raises(UnshowableError):
        see_attachment(office, word.id)
