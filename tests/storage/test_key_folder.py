"""Private keys on this PC: closed to others, sealed for the account, under a phrase."""

from __future__ import annotations

import ctypes
import json
import random
import stat
from ctypes import wintypes
from pathlib import Path

import pytest

from builders import an_identity
from thidua_desktop.domain.errors import (
    IdentityLockedError,
    IdentityMissingError,
    PhraseError,
    UnwritableFileError,
)
from thidua_desktop.domain.key_state import KeyGuard
from thidua_desktop.formats.bundle.sealing import AgeSealing
from thidua_desktop.storage.dpapi import Blob, Dpapi, windows_guard
from thidua_desktop.storage.identity import Identities
from thidua_desktop.storage.key_folder import KeyFolder

ACCOUNT = bytes(range(1, 200)) * 4


class Account:
    """Stands for the operating system: what one account protects, another cannot open."""

    def __init__(self, name: str) -> None:
        self._mark = name.encode()

    def protect(self, content: bytes) -> bytes:
        return self._mark + bytes(a ^ b for a, b in zip(content, ACCOUNT, strict=False))

    def unprotect(self, content: bytes) -> bytes:
        if not content.startswith(self._mark):
            raise OSError
        held = content[len(self._mark) :]
        return bytes(a ^ b for a, b in zip(held, ACCOUNT, strict=False))


def identities(folder: Path, guard: Account | None = None) -> Identities:
    return Identities(KeyFolder(folder, guard), AgeSealing(), random.Random(1).randbytes)


# files


def test_only_the_user_reads_a_key_and_its_folder(tmp_path: Path) -> None:
    keys = KeyFolder(tmp_path / "khóa")
    keys.save("a.json", b"secret")
    assert stat.S_IMODE((tmp_path / "khóa").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "khóa" / "a.json").stat().st_mode) == 0o600
    assert (keys.load("a.json"), keys.load("b.json")) == (b"secret", None)
    assert (keys.has("a.json"), keys.has("b.json")) == (True, False)
    assert keys.mended() == ()
    assert keys.guard is KeyGuard.FILE


@pytest.mark.parametrize("mode", [0o644, 0o660, 0o604])
def test_a_key_that_others_could_read_is_closed_and_that_is_told(tmp_path: Path, mode: int) -> None:
    keys = KeyFolder(tmp_path)
    keys.save("a.json", b"secret")
    (tmp_path / "a.json").chmod(mode)
    assert keys.load("a.json") == b"secret"
    assert keys.mended() == ("a.json",)
    assert stat.S_IMODE((tmp_path / "a.json").stat().st_mode) == 0o600
    keys.load("a.json")
    assert keys.mended() == ("a.json",)
    assert KeyFolder(tmp_path).mended() == ()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "khóa").write_text("a file")
    with pytest.raises(UnwritableFileError):
        KeyFolder(tmp_path / "khóa").save("a.json", b"secret")


# the account


def test_what_the_account_protects_opens_for_no_other_one(tmp_path: Path) -> None:
    mine = KeyFolder(tmp_path, Account("tôi"))
    mine.save("a.json", b"secret")
    assert b"secret" not in (tmp_path / "a.json").read_bytes()
    assert mine.load("a.json") == b"secret"
    assert mine.guard is KeyGuard.ACCOUNT
    assert KeyFolder(tmp_path, Account("người khác")).load("a.json") is None
    assert KeyFolder(tmp_path).load("a.json") is None  # such as the disk in another PC


def test_a_key_of_an_older_program_is_given_to_the_account(tmp_path: Path) -> None:
    KeyFolder(tmp_path).save("a.json", b"secret")
    assert KeyFolder(tmp_path, Account("tôi")).load("a.json") == b"secret"
    assert b"secret" not in (tmp_path / "a.json").read_bytes()
    assert KeyFolder(tmp_path, Account("tôi")).load("a.json") == b"secret"


def test_an_identity_of_another_account_is_a_missing_one(tmp_path: Path) -> None:
    identities(tmp_path, Account("tôi")).save("s", an_identity())
    other = identities(tmp_path, Account("người khác"))
    assert other.has("s")
    with pytest.raises(IdentityMissingError):
        other.load("s")
    assert not other.is_locked("s")  # no phrase would help


# Windows, as far as it can be without: the calls and what is handed over in them


_CALL = ctypes.CFUNCTYPE(
    ctypes.c_int,
    ctypes.POINTER(Blob),
    ctypes.c_void_p,
    ctypes.POINTER(Blob),
    ctypes.c_void_p,
    ctypes.c_void_p,
    wintypes.DWORD,
    ctypes.POINTER(Blob),
)


class Windows:
    """Stands for crypt32 and kernel32: the same parameters, and a seal that anybody could break."""

    def __init__(self) -> None:
        self.rooms: dict[int, object] = {}
        self.freed: list[int] = []
        self.flags: set[int] = set()
        self.purposes: set[bytes] = set()
        self.CryptProtectData = _CALL(lambda *said: self._turn(*said, before=b"", after=b"win:"))
        self.CryptUnprotectData = _CALL(lambda *said: self._turn(*said, before=b"win:", after=b""))
        self.LocalFree = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)(self._free)

    def _turn(self, *said: object, before: bytes, after: bytes) -> int:
        given, _, purpose, _, _, flags, made = said
        content = ctypes.string_at(given[0].data, given[0].size)  # type: ignore[index]
        self.purposes.add(ctypes.string_at(purpose[0].data, purpose[0].size))  # type: ignore[index]
        self.flags.add(flags)  # type: ignore[arg-type]
        if not content.startswith(before):
            return 0
        result = after + content[len(before) :]
        room = ctypes.create_string_buffer(result, len(result))
        place = ctypes.addressof(room)
        self.rooms[place] = room
        made[0].size = len(result)  # type: ignore[index]
        made[0].data = ctypes.cast(room, ctypes.POINTER(ctypes.c_char))  # type: ignore[index]
        return 1

    def _free(self, place: int) -> None:
        self.freed.append(place)


def test_dpapi_is_called_as_windows_wants_and_its_memory_given_back() -> None:
    windows = Windows()
    guard = Dpapi(windows, windows)
    content = b"\x00secret\x00" * 50
    sealed = guard.protect(content)
    assert sealed == b"win:" + content
    assert guard.unprotect(sealed) == content
    assert windows.freed == list(windows.rooms)
    assert windows.flags == {1}  # it never asks anything of the user
    assert len(windows.purposes) == 1
    with pytest.raises(OSError):  # noqa: PT011 - the system says no more
        guard.unprotect(b"changed" + sealed)
    assert len(windows.freed) == 2


def test_elsewhere_there_is_no_dpapi() -> None:
    assert windows_guard() is None


# the phrase


def test_a_phrase_closes_the_identity_until_it_is_told(tmp_path: Path) -> None:
    first = identities(tmp_path)
    first.save("s", an_identity())
    assert not first.is_locked("s")
    first.set_phrase("s", "sáu từ bất kỳ", current=None)
    assert not first.is_locked("s")  # it was told just now
    assert first.load("s") == an_identity()
    assert an_identity().seed.hex().encode() not in (tmp_path / "s.json").read_bytes()
    assert stat.S_IMODE((tmp_path / "s.json").stat().st_mode) == 0o600

    later = identities(tmp_path)
    assert later.has_phrase("s")
    assert later.is_locked("s")
    with pytest.raises(IdentityLockedError):
        later.load("s")
    with pytest.raises(PhraseError):
        later.unlock("s", "cụm từ khác")
    assert later.is_locked("s")
    later.unlock("s", "sáu từ bất kỳ")
    assert later.load("s") == an_identity()


def test_a_phrase_is_changed_and_taken_away_only_by_who_knows_it(tmp_path: Path) -> None:
    keys = identities(tmp_path)
    keys.save("s", an_identity())
    keys.set_phrase("s", "cụm từ một", current=None)
    for wrong in (None, "cụm từ khác"):
        with pytest.raises(PhraseError):
            keys.set_phrase("s", "cụm từ hai", current=wrong)
    keys.set_phrase("s", "cụm từ hai", current="cụm từ một")
    anew = identities(tmp_path)
    with pytest.raises(PhraseError):
        anew.unlock("s", "cụm từ một")
    anew.set_phrase("s", None, current="cụm từ hai")
    assert json.loads((tmp_path / "s.json").read_bytes())
    assert not identities(tmp_path).is_locked("s")


def test_a_new_identity_in_place_of_one_under_a_phrase_is_under_it_too(tmp_path: Path) -> None:
    keys = identities(tmp_path)
    keys.save("s", an_identity())
    keys.set_phrase("s", "sáu từ bất kỳ", current=None)
    keys.save("mới", an_identity())
    assert identities(tmp_path).is_locked("mới")


def test_a_change_that_cannot_be_written_leaves_the_phrase_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = identities(tmp_path)
    keys.save("s", an_identity())
    keys.set_phrase("s", "cụm từ một", current=None)

    def full(_path: Path, _content: bytes, **_how: object) -> None:
        raise OSError

    monkeypatch.setattr("thidua_desktop.storage.key_folder.write_whole", full)
    with pytest.raises(UnwritableFileError):
        keys.set_phrase("s", "cụm từ hai", current="cụm từ một")
    monkeypatch.undo()
    assert keys.load("s") == an_identity()
    again = identities(tmp_path)
    again.unlock("s", "cụm từ một")
    assert again.load("s") == an_identity()
