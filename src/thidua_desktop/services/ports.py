"""What the use cases need from outside, said as protocols. Storage and formats fit them unasked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any, BinaryIO, Protocol, TypeAlias, TypeVar
from uuid import UUID

from thidua_desktop.domain.attachments import FileState, PreparedFile, Unfit
from thidua_desktop.domain.backups import Backup, BackupReason
from thidua_desktop.domain.bundles import (
    BundleContents,
    Certificate,
    Held,
    Manifest,
    MergeCounts,
    OpRange,
    OpStream,
    OutgoingBundle,
    UndoOutcome,
)
from thidua_desktop.domain.catalogue import PlanCatalogue
from thidua_desktop.domain.certificates import Inheritance, Warrant
from thidua_desktop.domain.desk import DeskChoice, DeskFile
from thidua_desktop.domain.dossiers import Dossier
from thidua_desktop.domain.drawings import DrawnPage, Hit, PageSize
from thidua_desktop.domain.field_values import Stored
from thidua_desktop.domain.files import FoundFile
from thidua_desktop.domain.history import Beside, CellDifference, FieldVersion
from thidua_desktop.domain.ids import time_id
from thidua_desktop.domain.journal import Binned, FieldText, Step
from thidua_desktop.domain.key_state import KeyGuard
from thidua_desktop.domain.layout.measured import MeasuredPaper
from thidua_desktop.domain.lists import ListOrder
from thidua_desktop.domain.offices import (
    Displacement,
    DriveKind,
    Enrolment,
    EnrolmentFile,
    Identity,
    Office,
    ParkedBundle,
    ReceivedBundle,
    Renewal,
    SentBundle,
    SentCopy,
)
from thidua_desktop.domain.parts import PartHead, WaitingParts
from thidua_desktop.domain.records import Record
from thidua_desktop.domain.sheets import SheetLayout, SheetRows
from thidua_desktop.services.changes import Changes, Touched

R = TypeVar("R", bound=Record)
Progress = Callable[[int, int], None]
StopWanted = Callable[[], bool]
# A file by its place, or one that is open already and can be read from any place in it.
Source: TypeAlias = Path | BinaryIO


class Records(Protocol):
    """The records of every kind: read from the projection, written as ops."""

    def get(self, kind: type[R], record_id: UUID) -> R:
        """Return the record, or raise NotFoundError."""

    def find(self, kind: type[R], record_id: UUID | None) -> R | None:
        """Return the record, or None when it was never written or is deleted."""

    def among(self, kind: type[R], ids: Collection[UUID]) -> tuple[R, ...]:
        """Return the visible records among these, in order of id."""

    def having(self, kind: type[R], **wanted: object) -> tuple[R, ...]:
        """Return the visible records whose fields have these values, in order of id."""

    def columns(
        self, kind: type[Record], names: Sequence[str], ids: Collection[UUID] | None = None
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the id and these fields of every visible record, or of these: for very many."""

    def count(self, kind: type[Record], **wanted: object) -> int:
        """Return how many visible records have these values."""

    def put(self, record: R, *, shown: R | None) -> R:
        """Write what differs from `shown`, what the user was looking at; None is a new record.

        A new record writes what is not blank. Return it as stored; StaleEditError if a field to
        be written was changed meanwhile.
        """

    def write(self, kind: type[Record], record_id: UUID, fields: Mapping[str, object]) -> bool:
        """Write these fields whatever is there; tell whether all of them are shown now.

        False: another owner's word stands, and the value is kept as a suggestion.
        """

    def delete(self, kind: type[Record], record_id: UUID) -> None:
        """Delete the record; a draft never shared is really gone."""

    def restore(self, kind: type[Record], record_id: UUID) -> None:
        """Take the mark of deletion away from a record that was shared."""

    def deleted(self, kind: type[R], record_id: UUID) -> R | None:
        """Return a record that was shared and is deleted now; None when there is none."""

    def share(self, records: Collection[tuple[str, UUID]]) -> None:
        """Give the drafts of these records numbers, so that bundles carry them (`promote`)."""

    def drafts(self) -> tuple[tuple[str, UUID], ...]:
        """Return the records that hold unnumbered ops, as kind and id."""

    def differences(self) -> tuple[CellDifference, ...]:
        """Return the cells that wait for a person, in order of kind, id and field."""

    def settle(self, kind: str, record_id: UUID, field: str, value: Stored) -> None:
        """Choose a value for a cell: an op in place of all its heads."""

    def history(self, record_id: UUID) -> tuple[FieldVersion, ...]:
        """Return every value of every field that is still readable, oldest first."""

    def edges(self, kind: type[Record]) -> Mapping[UUID, UUID]:
        """Return which records of a kind their owner says to be the same as which."""

    def faces(self, kind: type[Record]) -> Mapping[UUID, UUID]:
        """Return which record stands for each that is one with another; as of the last commit."""

    def dump(self, kind: type[Record] | None = None) -> Iterator[bytes]:
        """Return the visible state as canonical JSON lines, sorted (architecture.md 8.18)."""


class Exchange(Protocol):
    """The ops themselves, for bundles."""

    def origins(self) -> Mapping[bytes, Held]:
        """Return how far each numbered origin is held."""

    def own_origins(self) -> frozenset[bytes]:
        """Return the numbered origins of this replica."""

    def channel(self, office: int | None) -> bytes:
        """Return the origin of this replica's channel: an office's only one (None), or the
        province's common one (None) or the one to this office.
        """

    def origins_of(self, certificate: Certificate, offices: Collection[int]) -> frozenset[bytes]:
        """Return the origins in which a replica may write: its channel, or with role province the
        common channel and those to these offices.
        """

    def read(self, origin: bytes, above: int) -> OpStream:
        """Return the ops of an origin above a number."""

    def hash_at(self, origin: bytes, number: int) -> bytes:
        """Return the hash of an origin's chain at a number that is held."""

    def keep_ends(self, origins: Collection[bytes]) -> None:
        """Keep where the chains of these origins stand now: the next bundle may begin there."""

    def apply(
        self,
        contents: BundleContents,
        *,
        authors: Mapping[bytes, Certificate],
        file_name: str,
        progress: Progress,
        stop_wanted: StopWanted,
    ) -> MergeCounts:
        """Apply the ops of a bundle whose origins were found in order.

        Raises BundleRejectedError and StoppedError; nothing is kept then.
        """

    def undo(self, bundle: UUID) -> UndoOutcome:
        """Take what a bundle brought out of the set again; the same bundle may come again."""

    def beside(
        self, bundle: UUID, kind: type[Record], *, same: Sequence[str], text: str
    ) -> Iterator[tuple[Beside, ...]]:
        """Return the visible records of a kind, group by group, that have the same values in some
        fields as one in which a bundle wrote one of those fields or the text.
        """

    def named_blobs(
        self, ranges: Mapping[bytes, OpRange], kinds: Collection[type[Record]] = ...
    ) -> frozenset[str]:
        """Return the SHA-256 of blobs that the ops of these ranges name in a `file` field, in
        records of these kinds or of any.
        """

    def all_named_blobs(self) -> frozenset[str]:
        """Return the SHA-256 of every blob that any op here names, drafts and replaced ones too."""

    def brought(
        self, bundle: UUID, kind: type[Record] | None = None
    ) -> tuple[tuple[str, UUID, int], ...]:
        """Return the records, of a kind or of all, that a bundle's ops are about: kind, id, and the
        lowest level of an op (0: its author does not own all of what it says).
        """

    def known(self, kind: str, records: Collection[UUID]) -> frozenset[UUID]:
        """Return which of these records have any op here, visible or not."""

    def own_level(self, kind: str, record_id: UUID, field: str) -> int:
        """Return the level that an own op on this field would have."""

    def version(self) -> tuple[int, int]:
        """Return what is another after every change of any record."""

    def redact(self, kind: str, record_id: UUID, field: str, ops: Collection[str]) -> None:
        """Take the values of these ops (`origin:number`) of a record out of the log for good; of a
        draft only the one of the field.
        """

    def relevel(self, office: int) -> None:
        """Bring the records of an office up to who may write them by now (bundle.md 5)."""

    @property
    def touched(self) -> frozenset[Touched]:
        """The records written so far, as kind and id; of a kind with very many only some."""

    def check(self) -> tuple[str, ...]:
        """Return what is not as it should be in log, heads and projection; nothing is best."""

    def rebuild(self) -> None:
        """Make heads and projection anew from the log."""


class Book(Protocol):
    """What this data folder knows of itself and of others; none of it travels."""

    def me(self) -> Office:
        """Return the office this data folder belongs to."""

    def setting(self, name: str) -> str | None:
        """Return a setting of this PC."""

    def set_setting(self, name: str, value: str | None) -> None:
        """Keep or drop a setting."""

    def certificates(self) -> tuple[Certificate, ...]:
        """Return the replicas whose bundles are taken, in order of office and replica."""

    def warrants(self) -> tuple[Warrant, ...]:
        """Return what is known of these replicas, signed or not, in the same order."""

    def add_certificate(self, certificate: Certificate) -> None:
        """Take the bundles of this replica from now on."""

    def keep_warrant(self, warrant: Warrant) -> None:
        """Keep this in place of what was known of its replica."""

    def inheritances(self) -> tuple[Inheritance, ...]:
        """Return which office inherited the records of which."""

    def add_inheritance(self, inheritance: Inheritance) -> None:
        """Keep an inheritance, in place of what was known of the same pair."""

    def enrolments(self) -> tuple[Enrolment, ...]:
        """Return the enrolments made (province) or used (office)."""

    def add_enrolment(self, enrolment: Enrolment) -> None:
        """Keep an enrolment, and what changed in one."""

    def acknowledged(self, replica: bytes) -> Mapping[bytes, int]:
        """Return how far a replica said it holds each origin."""

    def acknowledge(self, replica: bytes, held: Mapping[bytes, int]) -> None:
        """Keep what a replica said last that it holds of these origins."""

    def apart(self, kind: str) -> frozenset[frozenset[UUID]]:
        """Return the pairs of a kind that a person said are not one."""

    def set_apart(self, kind: str, one: UUID, other: UUID, *, are_apart: bool) -> None:
        """Keep or forget that two records are not one."""

    def sent(self) -> tuple[SentBundle, ...]:
        """Return the register of bundles sent, oldest first."""

    def add_sent(self, bundle: SentBundle) -> None:
        """Enter a bundle sent."""

    def received(self) -> tuple[ReceivedBundle, ...]:
        """Return the journal of bundles received and applied, oldest first."""

    def has_received(self, bundle: UUID) -> bool:
        """Tell whether a bundle was applied and not undone since."""

    def add_received(self, bundle: ReceivedBundle) -> None:
        """Enter a bundle received."""

    def mark_undone(self, bundle: UUID, at: datetime) -> None:
        """Enter that a bundle received was taken out again."""

    def parked(self) -> tuple[ParkedBundle, ...]:
        """Return the bundles that wait, oldest first."""

    def park(self, bundle: ParkedBundle, source: Source) -> None:
        """Keep a bundle that waits, with a copy of its file; the same one twice is one."""

    def parked_file(self, bundle: UUID) -> Path:
        """Return where the file of a bundle lies that waits."""

    def unpark(self, bundle: UUID) -> None:
        """Drop a bundle that waits no more."""


class DeskShelf(Protocol):
    """What lies on the merge desk: the bundles, and what was chosen. Nothing of it travels."""

    def files(self) -> tuple[DeskFile, ...]:
        """Return the bundles in the order they came."""

    def add(self, path: Path) -> DeskFile:
        """Keep a copy of the file; the same one twice is one.

        Raises UnreadableFileError and DiskFullError.
        """

    def remove(self, shas: Collection[str]) -> None:
        """Take bundles off the desk."""

    def steps(self) -> tuple[tuple[DeskChoice, ...], ...]:
        """Return the choices in the order they were made, each step with all its cells."""

    def add_step(self, choices: Collection[DeskChoice]) -> None:
        """Keep choices that were made at once."""

    def drop_last(self) -> tuple[DeskChoice, ...]:
        """Take back the last step, and return it."""

    def forget(self, cells: Collection[str] | None) -> None:
        """Drop what was chosen for these cells, or for all (None)."""


class Journal(Protocol):
    """What was done and typed on this PC, entered as transactions end. Nothing of it travels."""

    def skip(self) -> None:
        """Let this transaction not be a step that can be taken back."""

    def next_undo(self) -> Step | None:
        """Return the step that would be taken back."""

    def next_redo(self) -> Step | None:
        """Return the step that would be done again."""

    def mark(self, step: Step, *, undone: bool) -> None:
        """Enter that this transaction takes a step back, or does it again; it is none itself."""

    def drop(self, step: Step) -> None:
        """Forget a step."""

    def binned(self) -> tuple[Binned, ...]:
        """Return the records that were deleted here and are still gone, oldest first."""

    def hidden(self) -> tuple[tuple[str, UUID], ...]:
        """Return the records that were shared and are deleted, wherever: kind and id."""

    def typed(self) -> tuple[FieldText, ...]:
        """Return what was typed and is not kept in its field."""

    def keep_typed(self, text: FieldText) -> None:
        """Keep what was typed in place of what was typed there before; an empty text goes."""

    def notes(self) -> tuple[FieldText, ...]:
        """Return the own notes on fields."""

    def keep_note(self, text: FieldText) -> None:
        """Keep an own note in place of the one there; an empty text goes."""

    def forget(self, records: Collection[tuple[str, UUID]]) -> None:
        """Keep nothing that was said in these records."""


class Blobs(Protocol):
    """Files by the SHA-256 of their bytes."""

    def put(self, content: bytes | Iterable[bytes]) -> str:
        """Keep the bytes, or what the chunks yield, and return their SHA-256."""

    def get(self, sha: str) -> bytes | None:
        """Return the bytes, or None when they are not here."""

    def open(self, sha: str) -> IO[bytes] | None:
        """Open the file as it lies there, or return None when it is not here."""

    def state(self, sha: str) -> FileState:
        """Tell at a glance whether a file is here and as long as it was."""

    def size(self, sha: str) -> int | None:
        """Return how long a file was when it was kept; None when it never was."""

    def is_sound(self, sha: str) -> bool:
        """Read a file through and tell whether it is what it was."""

    def set_aside(self, sha: str) -> None:
        """Take a file that is no longer what it was for one that is not here; its bytes stay."""

    def sweep(self, named: Collection[str]) -> int:
        """Drop what no op names; only in a writing transaction that has put nothing."""


class Parts(Protocol):
    """Bundles that come in parts, until all of them are here."""

    def keep(self, head: PartHead, source: Path, *, file_name: str, at: datetime) -> None:
        """Keep a part, with a copy of its file."""

    def sha_of(self, head: PartHead) -> str | None:
        """Return the SHA-256 of the part that is kept in this one's place."""

    def waiting(self) -> tuple[WaitingParts, ...]:
        """Return the bundles of which parts are kept, oldest first."""

    def files(self, whole: str, piece: int) -> tuple[Path, ...]:
        """Return where the parts of a bundle lie, in order."""

    def drop(self, whole: str) -> None:
        """Drop the parts of a bundle."""

    def joined(self, whole: str) -> UUID | None:
        """Return the bundle that came in these parts before."""

    def enter_joined(self, whole: str, bundle: UUID) -> None:
        """Enter which bundle came in these parts."""


class Sent(Protocol):
    """Copies of what was sent, and what their readers said they lack."""

    def keep(self, copy: SentCopy, file: Path) -> Path:
        """Keep the file of a bundle, taking it from where it lies; return where it is then."""

    def copies(self) -> tuple[SentCopy, ...]:
        """Return the copies that are kept."""

    def file(self, bundle: UUID) -> Path | None:
        """Return where the copy of a bundle lies; None when it is kept no more."""

    def drop(self, bundle: UUID) -> None:
        """Drop a copy."""

    def wanted(self, replica: bytes) -> frozenset[str]:
        """Return the files that a replica said it lacks."""

    def set_wanted(self, replica: bytes, shas: Collection[str]) -> None:
        """Keep what a replica said last that it lacks."""


class Lists(Protocol):
    """Lists of nominees, as long as they may be; their order is kept."""

    def first(self, kind: type[Record], count: int) -> tuple[UUID, ...]:
        """Return the first so many of a list in its usual order."""

    def ids(self, kind: type[Record], order: ListOrder) -> bytes:
        """Return the ids of a whole list, 16 bytes each."""

    def is_behind(self, kind: type[Record]) -> bool:
        """Tell whether the list has still to be made anew, since very many records came at once."""

    def catch_up(self, kind: type[Record], at_most: int) -> bool:
        """Make a piece of the list anew; tell whether there is more to do."""


class Work(Protocol):
    """One transaction. Leave it without commit() and nothing has happened."""

    @property
    def records(self) -> Records:
        """The records as this transaction sees them."""

    @property
    def lists(self) -> Lists:
        """Long lists of records."""

    @property
    def exchange(self) -> Exchange:
        """The ops, for bundles."""

    @property
    def book(self) -> Book:
        """What is known of offices and bundles."""

    @property
    def desk(self) -> DeskShelf:
        """The merge desk."""

    @property
    def journal(self) -> Journal:
        """What was done and typed here."""

    @property
    def blobs(self) -> Blobs:
        """Files by hash."""

    @property
    def parts(self) -> Parts:
        """Bundles that come in parts."""

    @property
    def sent(self) -> Sent:
        """Copies of what was sent."""

    def today(self) -> date:
        """Return the day on this PC, the same as long as the transaction lasts."""

    def attempt(self) -> AbstractContextManager[None]:
        """Open a step that an error inside it undoes alone (a savepoint)."""

    def commit(self) -> Changes:
        """Make everything permanent and tell what was touched."""


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

    def write(self) -> AbstractContextManager[Work]:
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
        *,
        file_name: str,
        progress: Progress,
        stop_wanted: StopWanted,
    ) -> AbstractContextManager[StagedBundle]:
        """Check a bundle's lines and set them down ahead of the transaction that applies them.

        Takes no lock, in any thread. Raises BundleRejectedError and StoppedError.
        """

    def write(self) -> AbstractContextManager[Work]:
        """Open a writing transaction."""

    def read(self) -> AbstractContextManager[Work]:
        """Open a reading transaction; it never waits for a writer."""

    def scratch(self) -> AbstractContextManager[Store]:
        """Open a copy of the whole, as it is now, to try things in; it goes at the end.

        It has the same identity and sees the same files. Nobody waits for what is done in it.
        """


class Backups(Protocol):
    """Copies of all data at a second place, each tried as soon as it is made."""

    @property
    def place(self) -> Path:
        """The folder where backups lie unless a person chose another."""

    def all(self, place: Path | None = None) -> tuple[Backup, ...]:
        """Return the backups that lie at a place, the newest first."""

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

        Raises StoreExistsError, BackupDamagedError, StoreNewerError, BackupFailedError.
        """


class Signing(Protocol):
    """Ed25519: a private key is made of a seed of 32 bytes."""

    def public_key(self, seed: bytes) -> bytes:
        """Return the public key, 32 bytes."""

    def sign(self, seed: bytes, message: bytes) -> bytes:
        """Return the signature, 64 bytes."""

    def fits(self, public_key: bytes, message: bytes, signature: bytes) -> bool:
        """Tell whether the owner of the key signed exactly this message."""


class Sealing(Protocol):
    """Sealing with age: a private key is a seed of 32 bytes."""

    def public_key(self, seed: bytes) -> bytes:
        """Return the public key, 32 bytes."""

    def seal(self, content: bytes, keys: Sequence[bytes]) -> bytes:
        """Return the content sealed for these public keys, at most 20."""

    def seal_file(self, path: Path, target: Path, keys: Sequence[bytes]) -> None:
        """Seal a file into another one for these public keys, at most 20, piece by piece."""

    def seal_file_by_phrase(self, path: Path, target: Path, phrase: str) -> None:
        """Seal a file into another one by a phrase. Raises BundleTooLargeError."""

    def seal_by_phrase(self, content: bytes, phrase: str) -> bytes:
        """Return the content sealed by a phrase."""

    def is_sealed(self, source: Source) -> bool:
        """Tell whether a file is sealed. Raises UnreadableFileError."""

    def wants_phrase(self, path: Path, *, file_name: str) -> bool:
        """Tell whether a sealed file opens by a phrase. Raises BundleRejectedError."""

    def open_file(
        self, path: Path, target: Path, seeds: Sequence[bytes], *, file_name: str
    ) -> None:
        """Open a sealed file into another one by one of these private keys, piece by piece.

        Raises BundleRejectedError: SIZE, KEY, DAMAGED.
        """

    def open_by_phrase(self, content: bytes, phrase: str, *, file_name: str) -> bytes:
        """Return what a phrase sealed. Raises BundleRejectedError: SIZE, KEY, DAMAGED."""


class BundleFiles(Protocol):
    """Bundle files: the container of bundle.md 7.1."""

    def pack(self, bundle: BundleContents | OutgoingBundle, seed: bytes) -> bytes:
        """Return the bytes of the file, signed. Raises BundleTooLargeError."""

    def write(self, bundle: BundleContents | OutgoingBundle, seed: bytes, target: Path) -> None:
        """Write the file, signed, piece by piece; what passes lies in the folder of the target.

        Raises BundleTooLargeError.
        """

    def peek(self, source: Source, *, file_name: str) -> Manifest:
        """Read the manifest without trusting it: the signature fits the key that it names.

        Raises BundleRejectedError and UnreadableFileError.
        """

    def open(self, source: Source, *, file_name: str) -> AbstractContextManager[BundleContents]:
        """Open a bundle: every hash in it is checked, lines and blobs are read when asked for.

        Raises BundleRejectedError and UnreadableFileError, now or while it is read.
        """


class PartFiles(Protocol):
    """Parts of bundle files."""

    def cut(self, path: Path, size: int) -> Iterator[tuple[PartHead, Iterator[bytes]]]:
        """Yield the parts of a file, each with its bytes in pieces, none longer than this size.

        Raises BundleTooLargeError.
        """

    def is_part(self, path: Path) -> bool:
        """Tell whether a file begins like a part."""

    def read(self, path: Path, *, file_name: str) -> PartHead:
        """Read a part, checked whole. Raises BundleRejectedError and UnreadableFileError."""

    def join(self, paths: Sequence[Path], target: Path, *, file_name: str) -> None:
        """Write the parts, in order, as the one file they were cut from.

        Raises BundleRejectedError when together they are not that file.
        """


class EnrolmentFiles(Protocol):
    """The files by which the province lets an office join."""

    def pack(self, enrolment: EnrolmentFile) -> bytes:
        """Return the bytes of the file."""

    def unpack(self, data: bytes, *, file_name: str) -> EnrolmentFile:
        """Read the file. Raises UnreadableFileError."""


class Workbooks(Protocol):
    """Excel workbooks."""

    def write(self, path: Path, layout: SheetLayout, rows: Sequence[Sequence[object]]) -> None:
        """Write a workbook with one sheet of this layout."""

    def read(self, path: Path, layout: SheetLayout) -> SheetRows:
        """Read the rows under the headings of the layout, as texts.

        Raises NotAWorkbookError and WrongHeadingsError.
        """


class Papers(Protocol):
    """The papers of a dossier."""

    def pdf(self, dossier: Dossier, *, stop_wanted: StopWanted = ...) -> bytes:
        """Return one PDF with every paper of the dossier. Equal dossiers give equal bytes.

        Raises StoppedError within a page of the wish.
        """

    def docx(self, dossier: Dossier, *, stop_wanted: StopWanted = ...) -> bytes:
        """Return one Word document with every paper, each a section of its own. Equal dossiers give
        equal bytes; the words are those of the PDF.

        Raises StoppedError within a paper of the wish.
        """


class Measures(Protocol):
    """Finished papers, whoever made them."""

    def measure(self, path: Path) -> tuple[MeasuredPaper, ...]:
        """Return the papers of a PDF or Word file, measured.

        Raises UnreadableFileError and UnmeasurableFileError.
        """


class AttachmentFiles(Protocol):
    """Files that come to prove something: judged by what they are, not by how they are called."""

    def prepare(self, name: str, source: Path | bytes) -> PreparedFile:
        """Judge a file, and shrink a photograph. Raises UnfitFileError, UnreadableFileError."""

    def kind_of(self, file: IO[bytes]) -> str | Unfit:
        """Return which kind a file that came is, or why it is not to be opened."""

    def kind_at(self, path: Path) -> str | Unfit:
        """Return which kind a file is that somebody else wrote. Raises UnreadableFileError."""

    def open_copy(self, name: str, chunks: Iterable[bytes]) -> Path:
        """Write a copy into a private temporary folder, marked as come from elsewhere."""


class Drawing(Protocol):
    """A paper or picture that is open to be looked at; use it on one worker only.

    What it is asked raises UnshowableError, and StoppedError once it was closed.
    """

    sizes: tuple[PageSize, ...]

    def draw(self, page: int, scale: float) -> DrawnPage:
        """Draw a page, so many pixels a point; a page that would be too large comes smaller."""

    def find(self, page: int, words: str) -> tuple[Hit, ...]:
        """Return where these words stand on a page; typed without marks they find any marks."""

    def cut(self, pages: Sequence[int]) -> bytes:
        """Return a PDF of these pages only."""

    def close(self) -> None:
        """Let go of it, in any thread: what is being drawn stops."""


class Drawings(Protocol):
    """Draws papers and pictures: PDF, JPEG, PNG."""

    def open(self, name: str, content: bytes, mime: str) -> Drawing:
        """Open what is to be looked at. Raises UnshowableError."""


class Files(Protocol):
    """Plain files that a person named."""

    def read(self, path: Path) -> bytes:
        """Return the bytes. Raises UnreadableFileError."""

    def pieces(self, path: Path) -> Iterator[bytes]:
        """Read the file piece by piece. Raises UnreadableFileError."""

    def write(self, path: Path, content: bytes | Iterable[bytes]) -> None:
        """Write the file whole or not at all. Raises UnwritableFileError."""

    def draft(self, path: Path, content: bytes | Iterable[bytes]) -> Path:
        """Write the file under a passing name beside it, and return that; it is there for good.

        Raises UnwritableFileError.
        """

    def settle(self, draft: Path, path: Path) -> None:
        """Give a draft its name. Raises UnwritableFileError."""

    def listed(self, folder: Path) -> tuple[FoundFile, ...]:
        """Return the files of a folder that are not hidden. Raises UnreadableFileError."""

    def size(self, path: Path) -> int:
        """Return how long the file is. Raises UnreadableFileError."""

    def has(self, path: Path) -> bool:
        """Tell whether a file is there."""

    def drop(self, draft: Path) -> None:
        """Remove a draft, if it is there and can be removed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """The outside world, handed to every use case as its first argument."""

    store: Store
    keys: KeyStore
    backups: Backups
    keeps_backups: bool
    signing: Signing
    sealing: Sealing
    bundles: BundleFiles
    enrolments: EnrolmentFiles
    workbooks: Workbooks
    papers: Papers
    measures: Measures
    files: Files
    attachments: AttachmentFiles
    drawings: Drawings
    parts: PartFiles
    plan: Callable[[], PlanCatalogue]
    words: Callable[[], tuple[str, ...]]
    now: Callable[[], datetime]
    noise: Callable[[int], bytes]
    program: str

    def new_id(self, office: int) -> UUID:
        """Return a new id of a record that this office owns."""
        return time_id(int(self.now().timestamp() * 1000), self.noise(10), office)
