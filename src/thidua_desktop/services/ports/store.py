"""The data folder of an office, its keys and its backups."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from thidua_desktop.domain.backups import Backup, BackupReason, BackupsAtHand
from thidua_desktop.domain.bundles import (
    BundleContents,
    Held,
)
from thidua_desktop.domain.key_state import KeyGuard
from thidua_desktop.domain.offices import (
    Displacement,
    DriveKind,
    Identity,
    Office,
    Renewal,
)
from thidua_desktop.services.ports.common import Progress, StopWanted
from thidua_desktop.services.ports.work import Work


class KeyStore(Protocol):
    """Private keys on this PC, outside the data folder, guarded as well as the system can."""

    @property
    def guard(self) -> KeyGuard:
        """Say what keeps others from the keys."""

    @property
    def place(self) -> str:
        """Say where the keys lie."""

    def has(self, name: str) -> bool:
        """Tell whether there is a key of this name, readable or not."""

    def load(self, name: str) -> bytes | None:
        """Return a key; None where there is none that this user can read."""

    def save(self, name: str, content: bytes) -> None:
        """Keep a key, whole or not at all. Raises UnwritableFileError."""

    def mended(self) -> tuple[str, ...]:
        """Return the keys that others on this PC could read until they were opened now."""


class StagedBundle(Protocol):
    """A bundle whose lines were checked and set down."""


class Writing(Protocol):
    """Writing transactions one after the other; no other program writes in between."""

    def write(self, staged: Any = None) -> AbstractContextManager[Work]:  # noqa: ANN401 - whatever `Store.staged` gave
        """Open a writing transaction in which this bundle is applied without delay, and any other
        as always.
        """


class Store(Protocol):
    """The data folder of one office."""

    def exists(self) -> bool:
        """Tell whether the folder holds a database."""

    def create(self, office: Office, identity: Identity) -> None:
        """Make the database, and keep the identity outside it. Raises StoreExistsError."""

    def identity(self) -> Identity:
        """Return who this replica is. Raises NoStoreError and IdentityLockedError."""

    def has_phrase(self) -> bool:
        """Tell whether the identity opens by a phrase only."""

    def is_locked(self) -> bool:
        """Tell whether that phrase must be told before anything can be read or written."""

    def unlock(self, phrase: str) -> None:
        """Open the identity by its phrase, as long as the program runs. Raises PhraseError."""

    def set_phrase(self, phrase: str | None, *, current: str | None) -> None:
        """Put the identity under a phrase, or (None) take the phrase away.

        Raises PhraseError where `current` is not the phrase that there is.
        """

    def who(self) -> str:
        """Return who works here: the name that every change bears."""

    def set_who(self, name: str) -> None:
        """Keep who works here, outside the data folder. Raises UnwritableFileError."""

    def save_root(self, public_key: bytes, content: bytes) -> None:
        """Keep a province's root key outside the data folder, as the caller protected it."""

    def load_root(self, public_key: bytes) -> bytes | None:
        """Return what was kept of a root key, or None when it is not on this PC."""

    def private_folder(self) -> AbstractContextManager[Path]:
        """Make a folder that only this user can read; it is gone when it is left."""

    def mark(self, held: Mapping[bytes, Held]) -> None:
        """Keep outside the data folder how far own channels have left; call it before they do."""

    def drive(self) -> DriveKind:
        """Tell on what kind of drive the data folder lies."""

    def renewal(self) -> Renewal | None:
        """Tell whether this folder became a replica of its own since it was opened."""

    def renew(self, reason: Displacement, *, cloned: bool = False) -> None:
        """Make this folder a replica of its own; its drafts and all that it holds stay.

        `cloned`: what it numbered and others did not say to hold is numbered anew.
        """

    def staged(
        self,
        contents: BundleContents,
        source: Path,
        *,
        file_name: str,
        progress: Progress,
        stop_wanted: StopWanted,
        aside: bool,
    ) -> AbstractContextManager[StagedBundle]:
        """Check a bundle's lines and set them down ahead of the transaction that applies them.

        `source` is what `contents` was opened from; `aside`: in a process of its own, where this
        program can have one. Takes no lock, in any thread. Raises BundleRejectedError and
        StoppedError.
        """

    def write(self) -> AbstractContextManager[Work]:
        """Open a writing transaction."""

    def writing(self) -> AbstractContextManager[Writing]:
        """Hold the folder for many writing transactions, which then cost less."""

    def read(self) -> AbstractContextManager[Work]:
        """Open a reading transaction; it never waits for a writer."""

    def scratch(self, *, stop_wanted: StopWanted = ...) -> AbstractContextManager[Store]:
        """Open a copy of the whole, as it is now, to try things in; it goes at the end.

        It has the same identity and sees the same files. Nobody waits for what is done in it.
        Raises StoppedError: the copying was stopped.
        """


class Backups(Protocol):
    """Copies of all data at a second place, each tried as soon as it is made."""

    @property
    def place(self) -> Path:
        """The folder where backups lie unless a person chose another."""

    def all(self, place: Path | None = None) -> tuple[Backup, ...]:
        """Return the backups of this data folder that lie at a place, the newest first."""

    def remember(self, place: Path | None) -> None:
        """Note where backups go, None: to the usual place, so that it is known without the data."""

    def at_hand(self) -> BackupsAtHand:
        """Return what can be found of them while the data cannot be read, the newest first."""

    def is_current(self, backup: Backup) -> bool:
        """Tell whether the database is still the one that this is a copy of."""

    def make(self, reason: BackupReason, place: Path | None = None) -> Backup:
        """Make a backup, try it, drop those that need not be kept. Raises BackupFailedError."""

    def retry(self, backup: Backup) -> Backup:
        """Try a backup again and keep what came of it."""

    def write(self, path: Path) -> Backup:
        """Write all data as one file, tried. Raises BackupFailedError."""

    def restore(self, source: Path, target: Path) -> None:
        """Make a new data folder of a backup.

        Raises StoreExistsError, BackupDamagedError, StoreNewerError, DiskFullError and
        StoreReadOnlyError.
        """

    def put_back(self, source: Path) -> Path | None:
        """Let a backup take the place of the data; return where those are kept, if there were any.

        Raises StoreBusyError, BackupDamagedError, StoreNewerError, DiskFullError and
        StoreReadOnlyError.
        """
