"""What is off in the layout of a paper: which rule, where, what was found and what is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from thidua_desktop.domain.layout.measured import Passage
from thidua_desktop.domain.numbers import decimal_text

SIZE_SLACK = 0.25
_RULE_SLACK = 0.03
_LONGEST_QUOTED = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutFinding:
    """Something that is off: which rule, on which page, in which words; found, and asked for."""

    rule: str
    where: str
    found: str
    asked: str
    page: int | None = None
    words: str = ""

    def sentence(self) -> str:
        """Return the finding in words."""
        page = f"Trang {self.page}: " if self.page else ""
        quoted = f" “{_shortened(self.words)}”" if self.words else ""
        said = f"{page}{self.where}{quoted}: {self.found}; quy định: {self.asked}."
        return said[:1].upper() + said[1:]


def off(rule: str, where: str, one: Passage, found: str, asked: str) -> LayoutFinding:
    """Return a finding about a passage."""
    return LayoutFinding(
        rule=rule, where=where, page=one.page, words=one.words, found=found, asked=asked
    )


def sized(
    rule: str, where: str, one: Passage, least: float, most: float
) -> Iterator[LayoutFinding]:
    """Yield a finding when letters are smaller or larger than that."""
    wrong = [size for size in one.sizes if not least - SIZE_SLACK <= size <= most + SIZE_SLACK]
    if wrong:
        asked = points_of(least) if least == most else f"{points_of(least)}–{points_of(most)}"
        yield off(rule, where, one, f"cỡ {', '.join(map(points_of, sorted(wrong)))}", f"cỡ {asked}")


def ruled(
    rule: str, where: str, one: Passage, least: float, most: float
) -> Iterator[LayoutFinding]:
    """Yield a finding when the line under a passage is missing, too short or too long."""
    asked = "dài bằng dòng chữ" if least == most else "dài 1/3–1/2 dòng chữ"
    if one.rule is None:
        yield off(rule, where, one, "không có kẻ ngang ở dưới", f"kẻ liền {asked}")
    elif not least * (1 - _RULE_SLACK) <= one.rule <= most * (1 + _RULE_SLACK):
        found = f"kẻ ngang bằng {one.rule:.0%} dòng chữ"
        yield off(rule, where, one, found, f"kẻ liền {asked}")


def look(one: Passage) -> str:
    """Return how letters look, in words."""
    return f"{'nghiêng' if one.is_italic else 'đứng'}, {'đậm' if one.is_bold else 'không đậm'}"


def mm(length: float) -> str:
    """Return a length in words."""
    return f"{length:.1f}".replace(".", ",")


def points_of(size: float) -> str:
    """Return a size of letters in words."""
    return decimal_text(int(size)) if float(size).is_integer() else f"{size:.1f}".replace(".", ",")


def _shortened(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST_QUOTED else words[:_LONGEST_QUOTED].rstrip() + "…"
