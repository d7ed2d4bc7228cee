"""The names under which attachments are kept."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from builders import an_id
from thidua_desktop.domain.attachments import (
    DOCX,
    ENDINGS,
    LONGEST_NAME,
    PDF,
    Attachment,
    attachment_issues,
    file_name,
    is_path,
    looks_sensitive,
    size_text,
)
from thidua_desktop.domain.issues import FieldIssue, Issue

FORBIDDEN = set('<>:"/\\|?*')
DEVICES = ("CON", "prn", "Aux", "NUL", "COM1", "lpt9", "COM³", "CONIN$")


@pytest.mark.parametrize(
    ("name", "mime", "kept"),
    [
        ("Báo cáo.pdf", PDF, "Báo cáo.pdf"),
        ("Báo cáo.PDF", PDF, "Báo cáo.pdf"),
        ("bao-cao.exe", PDF, "bao-cao.exe.pdf"),
        ("..\\..\\a.pdf", PDF, "a.pdf"),
        ("C:\\Users\\x\\a.docx", DOCX, "a.docx"),
        ("/etc/passwd", PDF, "passwd.pdf"),
        ("hóa\u202efdp.exe", PDF, "hóafdp.exe.pdf"),
        ("a\x00\x1bb.pdf", PDF, "ab.pdf"),
        ("a. . .", PDF, "a.pdf"),
        ("...", PDF, "tep-kem.pdf"),
        (".pdf", PDF, "tep-kem.pdf"),
        ("con.tar.pdf", PDF, "_con.tar.pdf"),
        ("con .pdf", PDF, "_con.pdf"),
        ("a:b|c?.pdf", PDF, "a_b_c_.pdf"),
        ("bo\u0302\u0301.pdf", PDF, "bố.pdf"),
    ],
)
def test_a_name_is_cleaned(name: str, mime: str, kept: str) -> None:
    assert file_name(name, mime) == kept


@pytest.mark.parametrize("device", DEVICES)
def test_a_device_is_no_name(device: str) -> None:
    assert file_name(f"{device}.pdf", PDF).startswith("_")


@given(st.text(max_size=400), st.sampled_from([*ENDINGS, "text/unknown"]))
@example("x" * 119 + ".", PDF)
@example("ứ" * 300, DOCX)
def test_every_name_is_one_that_any_disk_takes(name: str, mime: str) -> None:
    kept = file_name(name, mime)
    assert 0 < len(kept) <= LONGEST_NAME
    assert len(kept.encode()) <= 255
    assert not FORBIDDEN & set(kept)
    assert kept == kept.strip() == kept.strip(".")
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs"} for c in kept)
    assert kept.endswith(ENDINGS.get(mime, ("",)))
    assert file_name(kept, mime) == kept


@pytest.mark.parametrize("name", ["a/b.pdf", "a\\b.pdf", "..", ". .", ""])
def test_a_path_is_no_name(name: str) -> None:
    assert is_path(name)


def test_a_record_with_a_path_as_name_is_refused() -> None:
    wrong = Attachment(id=an_id(1), name="../a.pdf")
    assert attachment_issues(wrong) == (FieldIssue("name", Issue.NOT_ALLOWED),)
    assert attachment_issues(Attachment(id=an_id(1), name="a.pdf")) == ()


@pytest.mark.parametrize(
    "name", ["CCCD mặt trước.jpg", "cmnd_1.png", "Căn cước.jpg", "Hộ-chiếu.pdf", "Chứng minh.pdf"]
)
def test_a_paper_of_identity_is_noticed(name: str) -> None:
    assert looks_sensitive(name)
    assert not looks_sensitive("Biên bản hiến đất.pdf")


def test_sizes_are_said_in_vietnamese() -> None:
    assert [size_text(n) for n in (None, 1, 2048, 1_572_864)] == ["", "1 KB", "2 KB", "1,5 MB"]
