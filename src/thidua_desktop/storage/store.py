"""The data folder of one office: made whole or not at all, opened by one writer at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from thidua_desktop.domain.backups import BackupReason
from thidua_desktop.domain.bundles import BundleContents, Certificate, Held
from thidua_desktop.domain.errors import (
    IdentityInsideDataError,
    IdentityLockedError,
    IdentityMissingError,
    PhraseError,
    StoppedError,
    StoreBusyError,
    StoreNewerError,
    UnwritableFileError,
)
from thidua_desktop.domain.offices import Displacement, DriveKind, Identity, Office, Renewal
from thidua_desktop.storage.data_folder import DATABASE, SCRATCH, STORE, DataFolder, Said
from thidua_desktop.storage.files import put_in_place, sync_folder, write_whole
from thidua_desktop.storage.identity import Identities
from thidua_desktop.storage.key_folder import KeyFolder
from thidua_desktop.storage.lock import LOCK, FolderLock
from thidua_desktop.storage.marks import MarkFile, Marks, further
from thidua_desktop.storage.reading import Readings
from thidua_desktop.storage.troubles import translated

if TYPE_CHECKING:  # SQLAlchemy is imported when a transaction is opened, not before
    from sqlalchemy import Connection, Engine

    from thidua_desktop.storage.backups import BackupFolder
    from thidua_desktop.storage.ledger.log import Writer
    from thidua_desktop.storage.ledger.staged_file import StagedFile
    from thidua_desktop.storage.memory import Memory
    from thidua_desktop.storage.staging_pool import StagingPool
    from thidua_desktop.storage.work import UnitOfWork
    from thidua_desktop.storage.writing import Writing

_Files = tuple[tuple[int, int, int], ...]
NewReplica = Callable[[Office], tuple[Identity, Certificate]]
STAGED = "dong"
_WHO = "nguoi-lam-viec.txt"
_LONGEST_WHO = 100
_STORE_ID_BYTES = 16


class OfficeStore:
    """Fits the Store of services.ports."""

    def __init__(
        self,
        data: Path,
        identity: Path,
        *,
        who: str,
        now: Callable[[], datetime],
        noise: Callable[[int], bytes],
        new_replica: NewReplica,
        backups: BackupFolder | None = None,
        identities: Identities | None = None,
    ) -> None:
        self._data = data
        self._folder = DataFolder(data)
        self._database = self._folder.database
        self._identity_folder = identity
        self._who = who
        self._now = now
        self._noise = noise
        self._blobs = data
        self._new_replica = new_replica
        self._backups = backups
        self.pool: StagingPool | None = None  # what sets lines down aside, where there is one
        self._lock = FolderLock(data)
        self._readings = Readings(self._database)
        self._identities = identities or Identities(KeyFolder(identity), None, noise)
        self._identity: tuple[str, Identity] | None = None
        self._stamp: str | None = None
        self._renewal: Renewal | None = None
        self._seen: tuple[str, _Files] | None = None

    def exists(self) -> bool:
        """Tell whether the folder holds a database."""
        return self._folder.exists()

    def create(self, office: Office, identity: Identity) -> None:
        """Make the database and keep the identity outside it.

        Raises StoreExistsError and IdentityInsideDataError.
        """
        if self._identity_folder.resolve().is_relative_to(self._data.resolve()):
            raise IdentityInsideDataError(str(self._identity_folder))
        self._folder.refuse_existing()
        self._folder.refuse_network()
        had_folder = self._data.exists()
        with translated(self._data):
            try:
                self._data.mkdir(parents=True, exist_ok=True)
                self._folder.refuse_read_only()
                with self._lock.held():
                    self._make(office, identity)
            except BaseException:
                if not had_folder and self._data.is_dir():
                    (self._data / LOCK).unlink(missing_ok=True)
                    self._data.rmdir()
                raise

    def identity(self) -> Identity:
        """Return who this replica is. Raises NoStoreError and IdentityMissingError."""
        with translated(self._data):
            reading = self._readings.here()
            if reading is None:
                return self._identity_of(self._make_ready_where_changed())
            return self._identity_of(str(reading.exec_driver_sql(STORE).scalar_one()))

    def has_phrase(self) -> bool:
        """Tell whether the identity opens by a phrase only."""
        with translated(self._data):
            return self.exists() and self._identities.has_phrase(self._folder.store_id())

    def is_locked(self) -> bool:
        """Tell whether that phrase must be told before anything can be read or written."""
        with translated(self._data):
            return self.exists() and self._identities.is_locked(self._folder.store_id())

    def unlock(self, phrase: str) -> None:
        """Open the identity by its phrase. Raises PhraseError."""
        with translated(self._data):
            self._identities.unlock(self._folder.store_id(), phrase)

    def set_phrase(self, phrase: str | None, *, current: str | None) -> None:
        """Put the identity under a phrase, or (None) take the phrase away. Raises PhraseError."""
        with self.hold():
            self._make_ready()
            self._identities.set_phrase(self._folder.store_id(), phrase, current=current)

    def who(self) -> str:
        """Return who works here: the name that was kept, else the one this was made with."""
        try:
            kept = (self._identity_folder / _WHO).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return self._who
        return kept[:_LONGEST_WHO] or self._who

    def set_who(self, name: str) -> None:
        """Keep who works here, beside the identity: another PC has another person.

        Raises UnwritableFileError.
        """
        try:
            self._identity_folder.mkdir(parents=True, exist_ok=True)
            write_whole(self._identity_folder / _WHO, name.encode())
        except OSError as error:
            raise UnwritableFileError(_WHO) from error

    def save_root(self, public_key: bytes, content: bytes) -> None:
        """Keep a province's root key outside the data folder, as the caller protected it."""
        self._identities.save_root(public_key, content)

    def load_root(self, public_key: bytes) -> bytes | None:
        """Return what was kept of a root key, or None when it is not on this PC."""
        return self._identities.load_root(public_key)

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Keep other programs from writing here, and drop what a killed one left half done.

        Raises StoreBusyError.
        """
        from thidua_desktop.storage.scratch import sweep  # noqa: PLC0415

        with translated(self._data):
            self._refuse_missing()
            self._folder.refuse_network()
            self._folder.refuse_read_only()
            with self._lock.held(), self._readings.kept():
                sweep(self._data / SCRATCH)
                yield

    @contextmanager
    def private_folder(self) -> Iterator[Path]:
        """Make a folder that only this user can read, for as long as it is needed."""
        from thidua_desktop.storage.scratch import private_folder  # noqa: PLC0415

        with translated(self._data):
            self._refuse_missing()
            with private_folder(self._data / SCRATCH) as folder:
                yield folder

    @contextmanager
    def staged(
        self,
        contents: BundleContents,
        source: Path,
        *,
        file_name: str,
        progress: Callable[[int, int], None],
        stop_wanted: Callable[[], bool],
        aside: bool,
    ) -> Iterator[StagedFile]:
        """Check a bundle's lines and set them down, for a transaction that comes later."""
        from thidua_desktop.storage.ledger.staged_file import set_down  # noqa: PLC0415

        lines = sum(len(section.lines) for section in contents.sections)

        def pause(done: int) -> None:
            progress(done, lines)
            if stop_wanted():
                raise StoppedError

        with self.private_folder() as folder:
            target, file = folder / STAGED, None
            if aside and self.pool is not None:
                file = self.pool.set_down(contents.manifest, source, target, pause)
            if file is None:
                target.unlink(missing_ok=True)
                file = set_down(contents, target, file_name=file_name, pause=pause)
            yield file

    @contextmanager
    def write(self) -> Iterator[UnitOfWork]:
        """Open a writing transaction."""
        with self.writing() as writing, writing.write() as work:
            yield work

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """Hold the folder for writing transactions one after the other."""
        from thidua_desktop.storage.writing import Writing  # noqa: PLC0415

        with self.hold():
            self._take(self._make_ready())
            with closing(Writing(self._writing, self._work)) as writing:
                yield writing

    @contextmanager
    def read(self) -> Iterator[UnitOfWork]:
        """Open a reading transaction."""
        with translated(self._data):
            if self._readings.here() is None:
                self._make_ready_where_changed()
            with self._readings.transaction() as connection:
                yield self._work(connection)

    @contextmanager
    def scratch(self, *, stop_wanted: Callable[[], bool] = lambda: False) -> Iterator[OfficeStore]:
        """Open a copy of the whole, as it is now, to try things in."""
        from thidua_desktop.storage.scratch import copy_database, private_folder  # noqa: PLC0415

        def pause() -> None:
            if stop_wanted():
                raise StoppedError

        with translated(self._data):
            self._make_ready()
            with private_folder(self._data / SCRATCH) as folder:
                copy_database(self._database, folder / DATABASE, pause)
                yield _ScratchStore(self, folder)

    def mark(self, held: Mapping[bytes, Held]) -> None:
        """Keep outside the data folder how far own channels have left; before they do.

        Raises StoreBusyError when another folder has taken this identity meanwhile.
        """
        mark_file = self._mark_file(self._folder.store_id())
        marks = mark_file.load() or Marks(None)
        if self._stamp not in {None, marks.stamp}:
            raise StoreBusyError(str(self._data))
        fresh = further(marks, held)
        if fresh != marks:
            mark_file.save(fresh)

    def drive(self) -> DriveKind:
        """Tell on what kind of drive the data folder lies."""
        return self._folder.drive()

    def renewal(self) -> Renewal | None:
        """Tell whether this folder became a replica of its own since it was opened."""
        return self._renewal

    def renew(self, reason: Displacement, *, cloned: bool = False) -> None:
        """Make this folder a replica of its own; its drafts and all that it holds stay.

        `cloned`: what it numbered and others did not say to hold is numbered anew.
        """
        with self.hold():
            self._make_ready()
            self._renew(reason, cloned=cloned)

    # An engine lives as long as the store, for it remembers how statements compile. It keeps no
    # connection, so there is nothing to close.

    @cached_property
    def _writing(self) -> Engine:
        from thidua_desktop.storage.database import writing_engine  # noqa: PLC0415

        return writing_engine(self._database)

    def _work(
        self,
        connection: Connection,
        staged: StagedFile | None = None,
        memory: Memory | None = None,
    ) -> UnitOfWork:
        from thidua_desktop.storage.memory import Memory  # noqa: PLC0415
        from thidua_desktop.storage.repositories.book import BookRepository  # noqa: PLC0415
        from thidua_desktop.storage.work import UnitOfWork  # noqa: PLC0415

        memory = Memory() if memory is None else memory
        book = BookRepository(connection, self._data, self._blobs, memory)
        writer = self._writer(book.me(), self._identity_of(book.store()).replica)
        return UnitOfWork(connection, writer, self._data, self._blobs, staged, memory)

    def _writer(self, me: Office, replica: bytes) -> Writer:
        from thidua_desktop.storage.ledger.log import Writer  # noqa: PLC0415

        return Writer(
            replica=replica,
            office=me.number,
            is_province=me.is_province,
            who=self.who(),
            now=self._now,
            noise=self._noise,
        )

    def _identity_of(self, store: str) -> Identity:
        if self._identity is None or self._identity[0] != store:
            self._identity = store, self._identities.load(store)
        return self._identity[1]

    def _make(self, office: Office, identity: Identity) -> None:
        from thidua_desktop.storage.creating import create_database  # noqa: PLC0415

        self._folder.refuse_existing()  # another program may have made it meanwhile
        store = self._new_store_id()
        draft = self._database.with_suffix(".new")
        journal = draft.with_name(f"{draft.name}-journal")
        for left in (journal, draft):  # by a program that was killed here
            left.unlink(missing_ok=True)
        try:
            create_database(draft, office, store)
            self._identities.save(store, identity)
            put_in_place(draft, self._database)
        finally:
            draft.unlink(missing_ok=True)
            journal.unlink(missing_ok=True)
        sync_folder(self._data)

    def _new_store_id(self) -> str:
        return self._noise(_STORE_ID_BYTES).hex()

    def _mark_file(self, store: str) -> MarkFile:
        return MarkFile(self._identity_folder, store, self._database)

    def _take(self, store: str) -> None:
        """Leave a stamp here and outside, once for each program that writes."""
        mark_file = self._mark_file(store)
        marks = mark_file.load()
        if marks is None or self._stamp is None or marks.stamp != self._stamp:
            self._stamp = mark_file.take(self._noise)

    def _see_that_it_is_rightful(self, said: Said) -> str:
        """Make the folder a replica of its own when it is a copy, or older than what was sent.

        Return under which store its identity is kept now.
        """
        reason = (
            self._mark_file(said.store).displaced(said.stamp, said.held)
            if self._identities.has(said.store)
            else _why_without_identity(said)
        )
        if reason is None:
            return said.store
        with self.hold():
            self._renew(reason)
        return self._folder.store_id()

    def _renew(self, reason: Displacement, *, cloned: bool = False) -> None:
        from thidua_desktop.storage.memory import Memory  # noqa: PLC0415
        from thidua_desktop.storage.renewing import renew_replica  # noqa: PLC0415
        from thidua_desktop.storage.repositories.book import BookRepository  # noqa: PLC0415
        from thidua_desktop.storage.work import UnitOfWork  # noqa: PLC0415

        self._readings.drop()  # what lies here may be a copy of another folder's file
        store = self._new_store_id()
        renewal = Renewal(reason=reason, at=self._now(), former=self._former())
        with self._writing.connect() as connection:
            connection.begin()
            me = BookRepository(connection, self._data, self._blobs, Memory()).me()
            identity, certificate = self._new_replica(me)
            self._identities.save(store, identity)
            writer = self._writer(me, identity.replica)
            work = UnitOfWork(connection, writer, self._data, self._blobs)
            renew_replica(work, certificate, store, renewal, cloned=cloned)
            work.commit()
        self._stamp = self._mark_file(store).take(self._noise)
        self._renewal = replace(renewal, is_province=me.is_province)

    def _former(self) -> bytes | None:
        """Return which replica this folder was so far; of a copy that is not known here."""
        store = self._folder.store_id()
        with suppress(IdentityMissingError, IdentityLockedError, PhraseError):
            if self._identities.has(store):
                return self._identity_of(store).replica
        return None

    def _make_ready(self) -> str:
        """See that the file is one this program understands, and that it may go on as who it is.

        An older one is brought up to date, a copy becomes a replica of its own. Return under which
        store its identity is kept.
        """
        from thidua_desktop.storage import schema  # noqa: PLC0415

        self._refuse_missing()
        said = self._folder.said(schema.REVISION)
        if said.revision != schema.REVISION:
            self._upgrade(said.revision)
            said = self._folder.said(schema.REVISION)
        return self._see_that_it_is_rightful(said)

    def _make_ready_where_changed(self) -> str:
        """See to the same, but for a file in which nobody wrote since: a page reads very often."""
        if self._seen is not None and self._files_of(self._seen[0]) == self._seen[1]:
            return self._seen[0]
        before = self._files_of(self._seen[0]) if self._seen else None
        store = self._make_ready()
        after = self._files_of(store)
        # Only what stood still meanwhile was looked at.
        self._seen = store, after if after == before else ()
        return store

    def _files_of(self, store: str) -> _Files:
        """Return by what it is noticed that somebody wrote: here, or beside the identity."""
        journal = self._database.with_name(f"{self._database.name}-journal")
        found = []
        for path in (self._database, journal, self._mark_file(store).path):
            try:
                file = path.stat()
            except OSError:
                found.append((0, 0, 0))
            else:
                found.append((file.st_ino, file.st_size, file.st_mtime_ns))
        return tuple(found)

    def _upgrade(self, revision: object) -> None:
        from thidua_desktop.storage.creating import PROGRAM, is_earlier  # noqa: PLC0415
        from thidua_desktop.storage.upgrading import upgrade_database  # noqa: PLC0415

        if not is_earlier(revision):
            raise StoreNewerError(str(self._data), self._folder.setting(PROGRAM) or "")
        with self.hold():
            if self._backups is not None:
                self._backups.make(BackupReason.UPGRADE)
            self._readings.drop()
            upgrade_database(self._database)

    def _refuse_missing(self) -> None:
        was_here = self._identity is not None  # and somebody moved it
        self._folder.refuse_missing(was_here=was_here)


def _why_without_identity(said: Said) -> Displacement:
    restored = Displacement.RESTORED
    return restored if said.stamp == restored.value else Displacement.COPIED


class _ScratchStore(OfficeStore):
    """A copy: the same office and identity, the same files beside it, and nothing is kept."""

    def __init__(self, live: OfficeStore, folder: Path) -> None:
        who, now, noise = live.who(), live._now, live._noise  # noqa: SLF001 - its own class
        super().__init__(
            folder,
            live._identity_folder,  # noqa: SLF001
            who=who,
            now=now,
            noise=noise,
            new_replica=live._new_replica,  # noqa: SLF001
        )
        self.pool = live.pool
        self._identities = live._identities  # noqa: SLF001
        self._blobs = live._data  # noqa: SLF001

    def mark(self, held: Mapping[bytes, Held]) -> None:
        """Keep nothing: nothing leaves from here."""

    def _see_that_it_is_rightful(self, said: Said) -> str:
        """Act as the original: this copy sends nothing."""
        return said.store

    def _take(self, store: str) -> None:
        """Leave the stamp to the original."""

    @cached_property
    def _writing(self) -> Engine:
        from thidua_desktop.storage.database import SCRATCH, writing_engine  # noqa: PLC0415

        return writing_engine(self._database, SCRATCH)
