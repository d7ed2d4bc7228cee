"""The program's side of the drawing process: begun when needed, ended when it does not answer.

PDFium may be used by one thread only, and reads what others send: in a process of its own a file
that breaks it breaks nothing else, and one that never ends is ended.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import count
from threading import Event, Lock

from thidua_desktop.aside import Aside, GoneError
from thidua_desktop.domain.drawings import DrawnPage, Hit, PageSize, Unshowable
from thidua_desktop.domain.errors import FaultError, StoppedError, UnshowableError
from thidua_desktop.formats.drawing.messages import (
    Answer,
    Close,
    Cut,
    Draw,
    Drawn,
    Find,
    Found,
    Made,
    Open,
    Opened,
    Refused,
    Request,
    Unknown,
    read_answer,
)
from thidua_desktop.formats.drawing.worker import begin

LONGEST = 20.0  # seconds that one page may take
_LONGEST_START = 60.0
_GRACE = 0.5  # seconds for what nobody waits for any more: beginning anew costs as much


class DrawingProcess:
    """Fits the Drawings of services.ports."""

    def __init__(self, longest: float = LONGEST) -> None:
        self._longest = longest
        self._lock = Lock()
        self._numbers = count(1)
        self._aside: Aside[Request] | None = None
        self._left: deque[int] = deque()

    def open(self, name: str, content: bytes, mime: str) -> OpenDrawing:
        """Open what is to be looked at. Raises UnshowableError."""
        return OpenDrawing(self, name, Open(next(self._numbers), content, mime))

    def ask(self, request: Request, name: str, given_up: Callable[[], bool]) -> Answer:
        """Return the answer. Raises UnshowableError; StoppedError when it was given up; FaultError
        when nothing can be drawn on this machine.
        """
        with self._lock:
            aside = self._running()
            meanwhile = self._patience(name, given_up)
            try:
                while self._left:
                    aside.send(Close(self._left.popleft()))
                    aside.receive(meanwhile)
                aside.send(request)
                answer: Answer = read_answer(aside.receive(meanwhile))
            except GoneError as error:  # what it read broke it
                self._end()
                raise UnshowableError(name, Unshowable.DAMAGED) from error
            except (StoppedError, UnshowableError):
                self._end()
                raise
            return answer

    def leave(self, number: int) -> None:
        """Let go of what is open under a number, before the next wish."""
        self._left.append(number)

    def end(self) -> None:
        """End the process; the next wish begins another one."""
        with self._lock:
            self._end()

    def _patience(self, name: str, given_up: Callable[[], bool]) -> Callable[[], None]:
        """Return what is called while there is no answer, and ends the waiting in its time."""
        until = time.monotonic() + self._longest

        def meanwhile() -> None:
            nonlocal until
            now = time.monotonic()
            if given_up():
                until = min(until, now + _GRACE)
            if now > until:
                raise StoppedError if given_up() else UnshowableError(name, Unshowable.SLOW)

        return meanwhile

    def _running(self) -> Aside[Request]:
        if self._aside is None:
            self._aside = _begun()
        return self._aside

    def _end(self) -> None:
        if self._aside is not None:
            self._aside.end()
            self._aside = None
        self._left.clear()


def _begun() -> Aside[Request]:
    """Return a process that is ready. Raises FaultError: that is no fault of a file."""
    try:
        aside = Aside("drawing", begin)
    except GoneError as error:
        raise FaultError from error
    with suppress(GoneError):
        if aside.is_ready(_LONGEST_START):
            return aside
    aside.end()
    raise FaultError


class OpenDrawing:
    """Fits the Drawing of services.ports; opened again where the process began anew."""

    def __init__(self, process: DrawingProcess, name: str, opening: Open) -> None:
        self._process = process
        self._name = name
        self._opening = opening
        self._given_up = Event()
        self.sizes: tuple[PageSize, ...] = self._open()

    def draw(self, page: int, scale: float) -> DrawnPage:
        """Draw a page, so many pixels a point."""
        answer = self._ask(Draw(self._opening.number, page, scale))
        if isinstance(answer, Drawn):
            return DrawnPage(answer.width, answer.height, answer.pixels)
        raise UnshowableError(self._name, Unshowable.DAMAGED)

    def find(self, page: int, words: str) -> tuple[Hit, ...]:
        """Return where these words stand on a page."""
        answer = self._ask(Find(self._opening.number, page, words))
        return answer.hits if isinstance(answer, Found) else ()

    def cut(self, pages: Sequence[int]) -> bytes:
        """Return a PDF of these pages only."""
        answer = self._ask(Cut(self._opening.number, tuple(pages)))
        if isinstance(answer, Made):
            return answer.content
        raise UnshowableError(self._name, Unshowable.DAMAGED)

    def close(self) -> None:
        """Let go of it, in any thread: what is being drawn stops."""
        self._given_up.set()
        self._process.leave(self._opening.number)

    def _open(self) -> tuple[PageSize, ...]:
        answer = self._process.ask(self._opening, self._name, self._given_up.is_set)
        if isinstance(answer, Opened):
            return answer.sizes
        raise UnshowableError(
            self._name, answer.why if isinstance(answer, Refused) else Unshowable.DAMAGED
        )

    def _ask(self, request: Draw | Find | Cut) -> Answer:
        if self._given_up.is_set():
            raise StoppedError
        answer = self._process.ask(request, self._name, self._given_up.is_set)
        if isinstance(answer, Unknown):
            self._open()
            answer = self._process.ask(request, self._name, self._given_up.is_set)
        if isinstance(answer, Refused):
            raise UnshowableError(self._name, answer.why)
        return answer
