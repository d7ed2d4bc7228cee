"""The next bundles are opened, and their lines are checked, while the one before is merged.

Nothing is told of what goes wrong here: in its turn the bundle is opened once more, and refused.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from thidua_desktop.domain.bundles import Held, Manifest
from thidua_desktop.domain.errors import (
    BundleRejectedError,
    PhraseError,
    UnreadableFileError,
)
from thidua_desktop.services.opening import key_seeds, unsealed
from thidua_desktop.services.ports import (
    Ports,
    Progress,
    Source,
    StagedBundle,
    StopWanted,
    Work,
    Writing,
)

# Checking takes about a third of a merge; what is checked within it counts as much.
_SHARE = 3
_WORTH_IT = 100_000  # bytes; fewer are read sooner than any file is made of them
# Bytes that come together; more of them are worth processes of their own, two bundles at a time.
_MUCH = 1_000_000
# Then more of them may lie open if they are small: so many, of so many bytes. What is set down
# takes eight times as much.
_MOST, _MOST_BYTES = 8, 8_000_000
_A_MOMENT = 0.1  # seconds, between two looks at how far it has come


@dataclass(frozen=True, slots=True)
class Opened:
    """A bundle laid open; `staged` where its lines are worth it. `close` leaves nothing of it.

    `sha` is the hash of the sealed bytes that were read for it; none where it was not sealed, for
    such a file is read again. `is_taken`: that file was received before, and is not laid open.
    """

    source: Source
    staged: StagedBundle | None
    close: ExitStack
    sha: str | None = None
    is_taken: bool = False

    @contextmanager
    def write(self, writing: Writing) -> Iterator[Work]:
        """Open a writing transaction for it."""
        with writing.write(self.staged) as work:
            yield work


class BundlesAhead:
    """Opens files one after the other, a step ahead of who asks for them; many of them further."""

    def __init__(self, ports: Ports, files: Sequence[Path], *, stop_wanted: StopWanted) -> None:
        self._ports = ports
        self._coming = deque(files)
        self._sizes = {file: self._size(file) for file in files}
        self._aside = sum(self._sizes[file] for file in files) > _MUCH
        self._stop_wanted = stop_wanted
        self._is_over = False
        self._done: dict[Path, tuple[int, int]] = {}
        self._steps = 2 if self._aside else 1
        self._pool = ThreadPoolExecutor(self._steps)
        self._next: deque[tuple[Path, Future[Opened]]] = deque()
        self._given: Opened | None = None
        with ports.store.read() as work:
            self._seeds = key_seeds(ports, work)
            self._held: Mapping[bytes, Held] = work.exchange.origins()
            self._taken = work.book.taken_files()

    def __enter__(self) -> Self:
        """Begin with the first."""
        self._begin()
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _e: BaseException | None, _t: TracebackType | None
    ) -> None:
        """Stop, and leave nothing of what nobody asked for."""
        self._is_over = True
        self._let_go()
        for _, opening in self._next:
            opening.cancel()
        self._pool.shutdown()
        for _, opening in self._next:
            if not opening.cancelled() and opening.exception() is None:
                opening.result().close.close()

    def take(self, progress: Progress) -> Opened:
        """Return the next one; the one before is gone then. Raises StoppedError."""
        self._let_go()
        file, opening = self._next[0]
        while not opening.done():
            with suppress(TimeoutError):
                opening.result(_A_MOMENT)
            done, lines = self._done.get(file, (0, 1))
            progress(done, _SHARE * lines)
        opened = self._given = opening.result()
        self._next.popleft()
        self._begin()
        return opened

    def _let_go(self) -> None:
        """Remove the one that was taken, while who took it goes on."""
        given, self._given = self._given, None
        if given is not None:
            self._pool.submit(given.close.close)

    def _begin(self) -> None:
        while self._coming and self._may_begin(self._coming[0]):
            file = self._coming.popleft()
            self._next.append((file, self._pool.submit(self._open, file)))

    def _may_begin(self, file: Path) -> bool:
        if len(self._next) < self._steps:
            return True
        size = self._sizes[file] + sum(self._sizes[one] for one, _ in self._next)
        return self._aside and len(self._next) < _MOST and size <= _MOST_BYTES

    def _size(self, file: Path) -> int:
        try:
            return self._ports.files.size(file)
        except UnreadableFileError:
            return 0  # told in its turn

    def _open(self, file: Path) -> Opened:
        with ExitStack() as stack:
            try:
                return self._opened(file, stack)
            except (UnreadableFileError, BundleRejectedError, PhraseError):
                pass
        return Opened(file, None, ExitStack())

    def _opened(self, file: Path, stack: ExitStack) -> Opened:
        ports, name = self._ports, file.name
        if ports.parts.is_part(file):
            return Opened(file, None, stack.pop_all())
        if self._taken and (known := self._sha(file)) in self._taken:
            return Opened(file, None, stack.pop_all(), known, is_taken=True)
        laid = stack.enter_context(
            unsealed(ports, file, self._seeds, file_name=name, in_memory=_WORTH_IT)
        )
        payload, sha = laid.source, laid.sha
        if not isinstance(payload, Path) or ports.files.size(payload) < _WORTH_IT:
            return Opened(payload, None, stack.pop_all(), sha)
        with ports.bundles.open(payload, file_name=name) as contents:
            if self._is_known(contents.manifest):
                return Opened(payload, None, stack.pop_all(), sha)
            staged = ports.store.staged(
                contents,
                payload,
                file_name=name,
                progress=partial(self._tell, file),
                stop_wanted=self._is_to_stop,
                aside=self._aside,
            )
            return Opened(payload, stack.enter_context(staged), stack.pop_all(), sha)

    def _sha(self, file: Path) -> str:
        hasher = hashlib.sha256()
        for piece in self._ports.files.pieces(file):
            hasher.update(piece)
        return hasher.hexdigest()

    def _is_known(self, manifest: Manifest) -> bool:
        """Tell whether all of it was here before the first one came."""
        held = self._held
        return all(oid in held and s.end <= held[oid].number for oid, s in manifest.ranges.items())

    def _tell(self, file: Path, done: int, lines: int) -> None:
        self._done[file] = done, lines

    def _is_to_stop(self) -> bool:
        return self._is_over or self._stop_wanted()
