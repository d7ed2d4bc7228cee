"""A file that another program holds for a moment is waited for, and not for ever."""

from __future__ import annotations

from pathlib import Path

import pytest

from thidua_desktop.domain.errors import UnwritableFileError
from thidua_desktop.domain.patience import MOMENTARY, PAUSES, patiently
from thidua_desktop.formats import files as plain_files
from thidua_desktop.formats.files import PlainFiles
from thidua_desktop.storage import files as stored_files


def held(code: int) -> OSError:
    error = PermissionError(13, "used by another process")
    error.winerror = code  # type: ignore[attr-defined] # only Windows has it
    return error


class Held:
    """A file that a scanner lets go after so many tries."""

    def __init__(self, tries: int, code: int = 32) -> None:
        self.tries, self.code = tries, code

    def __call__(self) -> str:
        self.tries -= 1
        if self.tries >= 0:
            raise held(self.code)
        return "done"


@pytest.mark.parametrize("code", sorted(MOMENTARY))
def test_what_is_let_go_in_time_is_done(code: int) -> None:
    pauses: list[float] = []
    assert patiently(Held(3, code), pauses.append) == "done"
    assert pauses == list(PAUSES[:3])


def test_what_is_never_let_go_is_refused_after_two_and_a_half_seconds() -> None:
    pauses: list[float] = []
    with pytest.raises(PermissionError):
        patiently(Held(100), pauses.append)
    assert 2 < sum(pauses) < 3


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), held(112)])
def test_another_trouble_is_told_at_once(error: OSError) -> None:
    def refuse() -> None:
        raise error

    with pytest.raises(OSError, match=r"."):
        patiently(refuse, pytest.fail)


@pytest.mark.parametrize("tries", [2, 100])
def test_files_of_bundles_and_of_the_data_are_put_in_place_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tries: int
) -> None:
    rename, left = Path.replace, [tries, tries]

    def replace(draft: Path, path: Path) -> Path:
        place = path.name == "sao.tdkt"
        left[place] -= 1
        if left[place] >= 0:
            raise held(32)
        return rename(draft, path)

    monkeypatch.setattr(Path, "replace", replace)
    for module in (plain_files, stored_files):
        monkeypatch.setattr(module, "sleep", lambda _seconds: None)
    if tries > len(PAUSES):
        with pytest.raises(UnwritableFileError):
            PlainFiles().write(tmp_path / "gói.tdkt", b"x")
        with pytest.raises(PermissionError):
            stored_files.write_whole(tmp_path / "sao.tdkt", b"x")
        assert list(tmp_path.iterdir()) == []
    else:
        PlainFiles().write(tmp_path / "gói.tdkt", b"x")
        stored_files.write_whole(tmp_path / "sao.tdkt", b"x")
        assert sorted(one.name for one in tmp_path.iterdir()) == ["gói.tdkt", "sao.tdkt"]
