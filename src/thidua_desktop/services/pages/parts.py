"""The parts that pages share: the head, lists as letters write them, who signs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from thidua_desktop.domain.agencies import COMMITTEE
from thidua_desktop.domain.dates import in_words
from thidua_desktop.domain.dossiers import Letterhead
from thidua_desktop.domain.pages import (
    Address,
    Align,
    Column,
    Head,
    SignatureBlock,
    Title,
    TitleLine,
    TitleRole,
)
from thidua_desktop.domain.paper_forms import FormTexts
from thidua_desktop.domain.told import joined, said_as

_NEVER_PARTED = "\u00a0"
_OPEN_NUMBER = _NEVER_PARTED * 8
_SPAN = re.compile(r"(?<=\d) - (?=\d)")  # of years
_OPEN_PLACE = "……………"
_OPEN_ADDRESS = "……………………………………"
_UNPARTED = (COMMITTEE.upper(), "HỘI ĐỒNG NHÂN DÂN", "THỊ TRẤN", "THỊ XÃ", "THÀNH PHỐ")


def head(said: Letterhead) -> Head:
    """Return boxes 1 to 4; what is not known yet stays open for the pen."""
    return Head(
        parent=_unparted(said.parent),
        agency=_unparted(said.agency),
        number=f"Số: {said.number or _OPEN_NUMBER}/{said.symbol}" if said.symbol else "",
        place=f"{said.place or _OPEN_PLACE}, {in_words(said.date)}",
        urgency=said.urgency,
    )


def title(*names: str, remark: str = "") -> Title:
    """Return a title of these lines and a remark under them."""
    lines = [TitleLine(text=_dashes_kept(name)) for name in names]
    lines.append(TitleLine(text=_dashes_kept(remark), role=TitleRole.REMARK))
    return Title(lines=tuple(line for line in lines if line.text))


def address(recipients: Sequence[str]) -> Address:
    """Return one addressee as he is called, several as a list."""
    bare = bared(recipients)
    if len(bare) <= 1:
        return Address(lines=tuple(bare) or (_OPEN_ADDRESS,))
    return Address(lines=dashed(recipients))


def signer(texts: FormTexts, who: str) -> SignatureBlock:
    """Return one who signs and writes his name, as the form calls him."""
    return SignatureBlock(lines=texts.lines(f"sign.{who}"), remark=texts.say("remark.name"))


def columns(texts: FormTexts, wanted: Iterable[tuple[str, int, Align]]) -> tuple[Column, ...]:
    """Return columns as the form names them: which text, how wide, where its words stand."""
    return tuple(
        Column(name=texts.say(f"column.{name}"), width=width, align=align)
        for name, width, align in wanted
    )


def sentence(words: str) -> str:
    """Return words as a sentence begins."""
    return f"{words[:1].upper()}{words[1:]}"


def dashed(lines: Sequence[str]) -> tuple[str, ...]:
    """Return a list as letters write it.

    >>> dashed(["Như trên", "Lưu: VT"])
    ('- Như trên;', '- Lưu: VT.')
    """
    return tuple(joined("- ", line) for line in ended(lines))


def ended(lines: Sequence[str]) -> tuple[str, ...]:
    """Return lines with `;` after each and a full stop after the last."""
    bare = bared(lines)
    return tuple(
        joined(line, "." if n == len(bare) else ";") for n, line in enumerate(bare, start=1)
    )


def bared(lines: Sequence[str]) -> list[str]:
    """Return lines without the signs of a list; blank ones go."""
    bare = (said_as(one, one.strip().lstrip("-").strip().rstrip(";.").strip()) for one in lines)
    return [line for line in bare if line]


def _dashes_kept(words: str) -> str:
    """Return a line of a title in which no line begins with a dash: Thi đua - / Khen thưởng."""
    return _SPAN.sub(f"{_NEVER_PARTED}-{_NEVER_PARTED}", words).replace(" - ", f"{_NEVER_PARTED}- ")


def _unparted(agency: str) -> str:
    """Return a name in capitals that is parted only before its place."""
    for words in _UNPARTED:
        agency = agency.replace(words, words.replace(" ", _NEVER_PARTED))
    return agency
