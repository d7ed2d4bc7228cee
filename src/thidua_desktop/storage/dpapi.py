"""Windows' own protection of secrets (DPAPI): what is protected opens for this account only."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from ctypes import wintypes
from typing import Any

_NO_QUESTIONS = 0x1  # CRYPTPROTECT_UI_FORBIDDEN
_PURPOSE = b"Thi Dua Desktop"  # another program of the same account must know this, too


class Blob(ctypes.Structure):
    """DATA_BLOB."""

    _fields_ = (("size", wintypes.DWORD), ("data", ctypes.POINTER(ctypes.c_char)))


class Dpapi:
    """Fits the Guard of storage.key_folder, by crypt32 and kernel32 or what is given for them."""

    def __init__(self, crypt32: Any, kernel32: Any) -> None:  # noqa: ANN401 - libraries of C
        self._crypt32, self._kernel32 = crypt32, kernel32

    def protect(self, content: bytes) -> bytes:
        """Return the content protected. Raises OSError."""
        return self._through(self._crypt32.CryptProtectData, content)

    def unprotect(self, content: bytes) -> bytes:
        """Return what was protected. Raises OSError: it was changed, or is another account's."""
        return self._through(self._crypt32.CryptUnprotectData, content)

    def _through(self, function: Callable[..., int], content: bytes) -> bytes:
        given, purpose, made = _blob(content), _blob(_PURPOSE), Blob()
        done = function(
            ctypes.byref(given),
            None,
            ctypes.byref(purpose),
            None,
            None,
            wintypes.DWORD(_NO_QUESTIONS),
            ctypes.byref(made),
        )
        if not done:
            raise OSError
        try:
            return ctypes.string_at(made.data, made.size)
        finally:
            self._kernel32.LocalFree(ctypes.cast(made.data, ctypes.c_void_p))


def windows_guard() -> Dpapi | None:
    """Return the protection of this PC; None where there is no Windows."""
    if sys.platform == "win32":
        return Dpapi(ctypes.WinDLL("crypt32"), ctypes.WinDLL("kernel32"))
    return None


def _blob(content: bytes) -> Blob:
    room = ctypes.create_string_buffer(content, len(content))
    return Blob(len(content), ctypes.cast(room, ctypes.POINTER(ctypes.c_char)))
