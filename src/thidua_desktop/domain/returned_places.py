"""Where the passages of a paper stand in the file that came back.

Lines that are as they were printed hold the rest in place: what stands between two of them now is
what stood there. A passage is known by its control; where that is lost it is found by the lines
around it, and where these leave a choice it is not found.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from thidua_desktop.domain.matching import matching
from thidua_desktop.domain.returned import (
    MARK,
    Imprint,
    PaperLine,
    Passage,
    around_of,
    passages_in,
)
from thidua_desktop.domain.same_words import Setting, digest, plain, same


class FoundBy(StrEnum):
    """How a passage was found."""

    CONTROL = "control"
    NEIGHBOURS = "neighbours"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A printed passage, by its number, and what it says now.

    `beside` counts the lines that were taken to it because they stand directly beside it.
    """

    number: int
    text: str
    by: FoundBy
    beside: int = 0


@dataclass(frozen=True, slots=True)
class OtherChange:
    """Words beside passages that are not as printed: a printed line and a line of the file."""

    printed: int | None
    line: int | None


@dataclass(frozen=True, slots=True)
class FoundBack:
    """What was found of a printed paper: every passage, and what else is not as it was."""

    passages: tuple[FoundPassage, ...]
    others: tuple[OtherChange, ...]


def find_back(imprint: Imprint, lines: Sequence[PaperLine]) -> FoundBack:
    """Find what was printed in the lines of a file."""
    return _Search(imprint, lines).found()


@dataclass
class _Region:
    """What stands between two lines that are as printed: numbers of printed lines, and of lines."""

    printed: range
    lines: range
    fixed: list[int] = field(default_factory=list)  # printed lines with words that are not here
    free: list[int] = field(default_factory=list)  # lines that nothing printed is found in


class _Search:
    def __init__(self, imprint: Imprint, lines: Sequence[PaperLine]) -> None:
        self._imprint = imprint
        self._lines = lines
        self._known = [around_of(line) for line in lines]
        self._found: dict[int, FoundPassage] = {}
        self._others: list[OtherChange] = []
        self._regions_at: list[_Region] = []
        self._starts: list[int] = []
        self._place_of: dict[int, list[int]] = defaultdict(list)  # printed lines of a passage
        for place, line in enumerate(imprint.lines):
            for number in line.passages:
                self._place_of[number].append(place)

    def found(self) -> FoundBack:
        regions = self._regions_at = self._regions()
        self._starts = [one.printed.start for one in regions]
        held = self._by_region(self._tagged())
        for place, region in enumerate(regions):
            region.free = [one for one in region.free if not self._lines[one].sources]
            self._pair_changed(region)
            self._find_inside(region)
            if not region.fixed:
                self._take_beside(region, held.get(place, []))
                self._find_between(region)
            elif len(region.fixed) + len(self._lost(region)) == len(region.free):
                self._take_in_order(region)
            self._tell_rest(region)
        for number in range(len(self._imprint.passages)):
            self._found.setdefault(number, FoundPassage(number, "", FoundBy.NOT))
        passages = tuple(self._found[number] for number in sorted(self._found))
        return FoundBack(passages, tuple(self._without_moved()))

    def _regions(self) -> list[_Region]:
        printed = [(n, one.known_by) for n, one in enumerate(self._imprint.lines) if one.known_by]
        known = [(n, key) for n, key in enumerate(self._known) if key]
        blocks = matching([key for _, key in printed], [key for _, key in known])
        pairs = [(printed[a][0], known[b][0]) for a, b in blocks]
        ends = [(-1, -1), *pairs, (len(self._imprint.lines), len(self._lines))]
        regions = []
        for (a, b), (c, d) in pairwise(ends):
            region = _Region(range(a + 1, c), range(b + 1, d))
            region.fixed = [n for n in region.printed if self._imprint.lines[n].known_by]
            region.free = list(region.lines)
            regions.append(region)
        return regions

    def _tagged(self) -> dict[int, Passage]:
        """Take what stands in controls; of several of one field those at their place."""
        here: dict[object, list[Passage]] = defaultdict(list)
        for one in passages_in(self._lines):
            here[one.source].append(one)
        wanted: dict[object, list[int]] = defaultdict(list)
        for number, printed in enumerate(self._imprint.passages):
            wanted[printed.source].append(number)
        held: dict[int, Passage] = {}
        for source, numbers in wanted.items():
            there = here.get(source, [])
            if len(there) == len(numbers):
                held |= dict(zip(numbers, there, strict=True))
                continue
            for number in numbers:
                bounds = self._bounds(number)
                inside = [one for one in there if one.lines[0] in bounds]
                if len(inside) == 1:
                    held[number] = inside[0]
        for number, passage in held.items():
            self._found[number] = FoundPassage(number, passage.text, FoundBy.CONTROL)
        return held

    def _by_region(self, held: dict[int, Passage]) -> dict[int, list[tuple[int, Passage]]]:
        """Return the passages that fill lines of their own, by the region they stand in."""
        ends = [one.lines.stop for one in self._regions_at]
        found: dict[int, list[tuple[int, Passage]]] = defaultdict(list)
        for number, one in held.items():
            place = bisect_right(ends, one.lines[0])
            is_inside = one.lines[0] in self._regions_at[place].lines
            if one.setting is not Setting.INSIDE and is_inside:
                found[place].append((number, one))
        return found

    def _bounds(self, number: int) -> range:
        """Return between which lines a printed passage is to be looked for."""
        place = self._place_of[number][0]
        region = self._regions_at[bisect_right(self._starts, place) - 1]
        if place in region.printed:
            return region.lines
        return range(region.lines.start - 1, region.lines.start)  # it is as printed itself

    def _pair_changed(self, region: _Region) -> None:
        """Pair lines around the same passages: their words were changed."""
        by_sources = {self._lines[n].sources: n for n in region.lines if self._lines[n].sources}
        for place in list(region.fixed):
            line = self._imprint.lines[place]
            sources = tuple(self._imprint.passages[one].source for one in line.passages)
            at = by_sources.get(sources) if sources else None
            if at is not None and self._lines[at].around:
                region.fixed.remove(place)
                self._others.append(OtherChange(place, at))

    def _find_inside(self, region: _Region) -> None:
        """Find passages inside lines by the words before and after them."""
        for place in list(region.fixed):
            line = self._imprint.lines[place]
            if len(line.passages) != 1:
                continue
            for at in region.free:
                said = plain(self._lines[at].words)
                end = len(said) - line.after
                if end < line.before:
                    continue
                around = f"{said[: line.before]}{MARK}{said[end:]}"
                if digest(around) == line.known_by:
                    (number,) = line.passages
                    self._keep(number, said[line.before : end])
                    region.fixed.remove(place)
                    region.free.remove(at)
                    break

    def _keep(self, number: int, text: str) -> None:
        if number not in self._found:
            self._found[number] = FoundPassage(number, text, FoundBy.NEIGHBOURS)

    def _take_beside(self, region: _Region, here: Sequence[tuple[int, Passage]]) -> None:
        """Take lines that stand directly beside a passage in its control to it."""
        if not region.free or self._lost(region):
            return
        for number, passage in here:
            before, after = passage.lines[0], passage.lines[-1]
            above: list[int] = []
            while number == here[0][0] and before - 1 in region.free:
                before -= 1
                above.insert(0, before)
            below: list[int] = []
            while after + 1 in region.free:
                after += 1
                below.append(after)
            taken = [*above, *below]
            if not taken:
                continue
            words = [self._lines[one].words for one in above]
            words += [passage.text, *(self._lines[one].words for one in below)]
            said = "\n".join(words)
            self._found[number] = FoundPassage(number, said, FoundBy.CONTROL, len(taken))
            region.free = [one for one in region.free if one not in taken]

    def _lost(self, region: _Region) -> list[int]:
        """Return the passages of a region that are not found and stand in lines by themselves."""
        numbers = dict.fromkeys(
            number
            for place in region.printed
            if not self._imprint.lines[place].known_by
            for number in self._imprint.lines[place].passages
        )
        return [number for number in numbers if number not in self._found]

    def _find_between(self, region: _Region) -> None:
        """Find passages between lines that are as printed: unchanged ones, then those left."""
        lost = self._lost(region)
        for number in list(lost):
            printed = self._imprint.passages[number]
            size = len(self._place_of[number])
            for start in range(len(region.free) - size + 1):
                run = region.free[start : start + size]
                said = "\n".join(self._lines[one].words for one in run)
                if digest(same(said, printed.setting)) == printed.known_by:
                    self._keep(number, said)
                    region.free = [one for one in region.free if one not in run]
                    lost.remove(number)
                    break
        if len(lost) == 1 and region.free:
            self._keep(lost[0], "\n".join(self._lines[one].words for one in region.free))
            region.free = []
        elif len(lost) == len(region.free):
            for number, one in zip(lost, region.free, strict=True):
                self._keep(number, self._lines[one].words)
            region.free = []

    def _take_in_order(self, region: _Region) -> None:
        """Pair as many lines as were printed with those that are there, one by one."""
        lost = {self._place_of[number][0]: number for number in self._lost(region)}
        for place, at in zip(sorted([*region.fixed, *lost]), region.free, strict=True):
            if place in lost:
                self._keep(lost[place], self._lines[at].words)
            else:
                self._others.append(OtherChange(place, at))
        region.fixed, region.free = [], []

    def _tell_rest(self, region: _Region) -> None:
        for place, at in zip(region.fixed, region.free, strict=False):
            self._others.append(OtherChange(place, at))
        both = min(len(region.fixed), len(region.free))
        self._others += [OtherChange(place, None) for place in region.fixed[both:]]
        self._others += [OtherChange(None, at) for at in region.free[both:]]

    def _without_moved(self) -> list[OtherChange]:
        """Leave out lines that stand elsewhere now: their order is layout."""
        gone = {
            self._imprint.lines[one.printed].known_by
            for one in self._others
            if one.printed is not None
        }
        come = {self._known[one.line] for one in self._others if one.line is not None}
        moved = gone & come
        kept = []
        for one in self._others:
            printed, line = one.printed, one.line
            if printed is not None and self._imprint.lines[printed].known_by in moved:
                printed = None
            if line is not None and self._known[line] in moved:
                line = None
            if printed is not None or line is not None:
                kept.append(OtherChange(printed, line))
        return kept
