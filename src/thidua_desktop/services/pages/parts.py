"""The parts that pages share: the head, lists as letters write them, who signs."""

from __future__ import annotations

from collections.abc import Sequence

from thidua_desktop.domain.agencies import COMMITTEE
from thidua_desktop.domain.dates import in_words
from thidua_desktop.domain.dossiers import Letterhead
from thidua_desktop.domain.pages import Head, SignatureBlock, Title, TitleLine, TitleRole

SIGN_WITH_NAME = "(Ký, ghi rõ họ tên)"
_NEVER_PARTED = "\u00a0"
_OPEN_NUMBER = _NEVER_PARTED * 8
_OPEN_PLACE = "……………"
_UNPARTED = (COMMITTEE.upper(), "HỘI ĐỒNG NHÂN DÂN", "THỊ TRẤN", "THỊ XÃ", "THÀNH PHỐ")


def head(said: Letterhead) -> Head:
    """Return boxes 1 to 4; what is not known yet stays open for the pen."""
    return Head(
        parent=_unparted(said.parent),
        agency=_unparted(said.agency),
        number=f"Số: {said.number or _OPEN_NUMBER}/{said.symbol}" if said.symbol else "",
        place=f"{said.place or _OPEN_PLACE}, {in_words(said.date)}",
    )


def title(*names: str, remark: str = "") -> Title:
    """Return a title of these lines and a remark under them."""
    lines = [TitleLine(text=name) for name in names]
    lines.append(TitleLine(text=remark, role=TitleRole.REMARK))
    return Title(lines=tuple(line for line in lines if line.text))


def signer(line: str) -> SignatureBlock:
    """Return one who signs and writes his name."""
    return SignatureBlock(lines=(line,), remark=SIGN_WITH_NAME)


def dashed(lines: Sequence[str]) -> tuple[str, ...]:
    """Return a list as letters write it.

    >>> dashed(["Như trên", "Lưu: VT"])
    ('- Như trên;', '- Lưu: VT.')
    """
    return tuple(f"- {line}" for line in ended(lines))


def ended(lines: Sequence[str]) -> tuple[str, ...]:
    """Return lines with `;` after each and a full stop after the last."""
    bare = bared(lines)
    return tuple(f"{line}{'.' if n == len(bare) else ';'}" for n, line in enumerate(bare, start=1))


def bared(lines: Sequence[str]) -> list[str]:
    """Return lines without the signs of a list; blank ones go."""
    bare = (line.strip().lstrip("-").strip().rstrip(";.").strip() for line in lines)
    return [line for line in bare if line]


def _unparted(agency: str) -> str:
    """Return a name in capitals that is parted only before its place."""
    for words in _UNPARTED:
        agency = agency.replace(words, words.replace(" ", _NEVER_PARTED))
    return agency
