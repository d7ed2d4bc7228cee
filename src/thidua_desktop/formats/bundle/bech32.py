"""Bech32 (BIP 173), as age writes the two halves of an X25519 key."""

from __future__ import annotations

_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECK_SYMBOLS = 6


def bech32(prefix: str, raw: bytes) -> str:
    """Return bytes under a prefix.

    >>> bech32("age", bytes(32))
    'age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z'
    """
    data = _in_fives(raw)
    expanded = [*(ord(c) >> 5 for c in prefix), 0, *(ord(c) & 31 for c in prefix)]
    check = _checksum([*expanded, *data, *(0,) * _CHECK_SYMBOLS]) ^ 1
    tail = [check >> 5 * place & 31 for place in reversed(range(_CHECK_SYMBOLS))]
    return f"{prefix}1{''.join(_ALPHABET[value] for value in (*data, *tail))}"


def _in_fives(raw: bytes) -> list[int]:
    """Return the bits of these bytes five at a time, filled up with zeros."""
    bits = len(raw) * 8
    padding = -bits % 5
    number = int.from_bytes(raw) << padding
    return [number >> at & 31 for at in range(bits + padding - 5, -1, -5)]


def _checksum(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(_GENERATOR):
            check ^= generator * (top >> place & 1)
    return check
