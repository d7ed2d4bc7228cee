"""Many files of papers are made by this process and one beside it: it holds the interpreter.

Neither waits for the other: this one takes what the other has not got, and makes itself what the
other does not bring.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from thidua_desktop.aside import Answering, Aside, GoneError, Tell, are_cores_free
from thidua_desktop.domain.dossier_files import PaperFormat
from thidua_desktop.domain.dossiers import Dossier
from thidua_desktop.domain.errors import StoppedError
from thidua_desktop.formats.papers import Papers

Job = tuple[Dossier, PaperFormat]
Make = Callable[[Dossier, PaperFormat], bytes]
Take = Callable[[int, bytes], None]
# A paper as Word takes as long as four as PDF. A process begins in the time of 220 of these, and
# then takes half of what is left: with 500 it is a quarter of the time that nobody waits for.
_COSTS = {PaperFormat.PDF: 1, PaperFormat.DOCX: 4}
_MUCH = 500
_MOST = 16  # files that are asked for at a time, and made again where the process breaks


def is_much(jobs: Sequence[Job]) -> bool:
    """Tell whether another process is worth its start."""
    return sum(len(dossier.papers) * _COSTS[kind] for dossier, kind in jobs) >= _MUCH


class Batch:
    """Files to be made, each given with its place as soon as it is there."""

    def __init__(
        self, make: Make, jobs: Sequence[Job], take: Take, stop_wanted: Callable[[], bool]
    ) -> None:
        self._make, self._jobs, self._take, self._stop_wanted = make, jobs, take, stop_wanted
        self._waiting = deque(range(len(jobs)))
        self._asked: deque[int] = deque()

    def make(self, fonts: Path) -> None:
        """Make all of them. Raises StoppedError, and what making and taking raise."""
        if is_much(self._jobs) and are_cores_free():
            with suppress(GoneError):
                aside = Aside("papers", partial(begin, fonts))
                try:
                    self._share(aside)
                finally:
                    aside.end()
        for place in (*self._asked, *self._waiting):
            self._make_here(place)

    def _share(self, aside: Aside[Sequence[Job]]) -> None:
        while self._waiting or self._asked:
            self._go_on()
            if self._waiting and not self._asked and aside.is_ready():
                self._asked.extend(self._next())
                aside.send([self._jobs[place] for place in self._asked])
            if self._asked and (not self._waiting or aside.has_answered()):
                content = aside.receive(self._go_on)
                place = self._asked.popleft()
                if content:
                    self._take(place, content)
                else:
                    self._make_here(place)
            else:
                self._make_here(self._waiting.popleft())

    def _next(self) -> Iterator[int]:
        """Take what the process gets next: at the end less and less, so that both end together."""
        for _ in range(min(_MOST, (len(self._waiting) + 1) // 2)):
            yield self._waiting.popleft()

    def _make_here(self, place: int) -> None:
        self._go_on()
        self._take(place, self._make(*self._jobs[place]))

    def _go_on(self) -> None:
        if self._stop_wanted():
            raise StoppedError


def begin(fonts: Path) -> Answering[Sequence[Job]]:
    """Return what makes the files that are asked for, an answer for each."""
    return partial(_answer, Papers(fonts).made)


def _answer(make: Make, jobs: Sequence[Job], tell: Tell) -> None:
    for job in jobs:
        content = b""
        with suppress(Exception):  # it shows where it is made again
            content = make(*job)
        tell(content)
