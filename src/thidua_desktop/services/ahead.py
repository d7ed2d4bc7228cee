"""The next bundle is opened, and its lines are checked, while the one before is merged.

Nothing is told of what goes wrong here: in its turn the bundle is opened once more, and refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
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
from thidua_desktop.services.ports import Ports, Progress, StagedBundle, StopWanted, Work

# Checking takes about a third of a merge; what is checked within it counts as much.
_SHARE = 3
_WORTH_IT = 100_000  # bytes; fewer are read sooner than a file is made for them
_A_MOMENT = 0.1  # seconds, between two looks at how far it has come


@dataclass(frozen=True, slots=True)
class Opened:
    """A bundle laid open; `staged` where its lines are worth it. `close` leaves nothing of it."""

    source: Path
    staged: StagedBundle | None
    close: ExitStack

    @contextmanager
    def write(self, ports: Ports) -> Iterator[Work]:
        """Open a writing transaction for it, after which it is gone."""
        with self.close, (self.staged or ports.store).write() as work:
            yield work


class BundlesAhead:
    """Opens files one after the other, each a step ahead of who asks for it."""

    def __init__(self, ports: Ports, files: Sequence[Path], *, stop_wanted: StopWanted) -> None:
        self._ports = ports
        self._files = iter(files)
        self._stop_wanted = stop_wanted
        self._is_over = False
        self._done = (0, 1)
        self._pool = ThreadPoolExecutor(1)
        self._next: Future[Opened] | None = None
        with ports.store.read() as work:
            self._seeds = key_seeds(ports, work)
            self._held: Mapping[bytes, Held] = work.exchange.origins()

    def __enter__(self) -> Self:
        """Begin with the first one."""
        self._begin()
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _e: BaseException | None, _t: TracebackType | None
    ) -> None:
        """Stop, and leave nothing of what nobody asked for."""
        self._is_over = True
        self._pool.shutdown(cancel_futures=True)
        if self._next and not self._next.cancelled() and self._next.exception() is None:
            self._next.result().close.close()

    def take(self, progress: Progress) -> Opened:
        """Return the next one. Raises StoppedError."""
        if self._next is None:
            raise LookupError
        while not self._next.done():
            with suppress(TimeoutError):
                self._next.result(_A_MOMENT)
            done, lines = self._done
            progress(done, _SHARE * lines)
        opened = self._next.result()
        self._begin()
        return opened

    def _begin(self) -> None:
        self._done = (0, 1)
        file = next(self._files, None)
        self._next = self._pool.submit(self._open, file) if file else None

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
        payload = stack.enter_context(unsealed(ports, file, self._seeds, file_name=name))
        if ports.files.size(payload) < _WORTH_IT:
            return Opened(payload, None, stack.pop_all())
        with ports.bundles.open(payload, file_name=name) as contents:
            if self._is_known(contents.manifest):
                return Opened(payload, None, stack.pop_all())
            staged = ports.store.staged(
                contents, file_name=name, progress=self._tell, stop_wanted=self._is_to_stop
            )
            return Opened(payload, stack.enter_context(staged), stack.pop_all())

    def _is_known(self, manifest: Manifest) -> bool:
        """Tell whether all of it was here before the first one came."""
        held = self._held
        return all(oid in held and s.end <= held[oid].number for oid, s in manifest.ranges.items())

    def _tell(self, done: int, lines: int) -> None:
        self._done = done, lines

    def _is_to_stop(self) -> bool:
        return self._is_over or self._stop_wanted()
