"""Plain files: read whole, written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from thidua_desktop.domain.errors import UnreadableFileError, UnwritableFileError
from thidua_desktop.formats.files import PlainFiles

FILES = PlainFiles()


def test_what_was_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "gói mới" / "TDKT_63_1_25112024.tdkt"
    FILES.write(path, b"a" * 100_000)
    FILES.write(path, b"b")
    assert FILES.read(path) == b"b"
    assert list(path.parent.iterdir()) == [path]


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    for path in (tmp_path / "không có.tdkt", tmp_path):
        with pytest.raises(UnreadableFileError) as refused:
            FILES.read(path)
        assert refused.value.file_name == path.name


def test_what_cannot_be_written_is_named_and_what_was_there_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "gói.tdkt"
    FILES.write(path, b"old")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UnwritableFileError) as refused:
        FILES.write(path, b"new")
    assert (refused.value.file_name, refused.value.is_full) == ("gói.tdkt", True)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_or_a_file_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "tệp").write_bytes(b"")
    for path in (tmp_path, tmp_path / "tệp" / "gói.tdkt"):
        with pytest.raises(UnwritableFileError) as refused:
            FILES.write(path, b"x")
        assert not refused.value.is_full
    assert [one.name for one in tmp_path.iterdir()] == ["tệp"]
