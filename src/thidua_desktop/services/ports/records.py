"""The records of one transaction: read, written, listed, their files and their journal."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import IO, Any, Protocol, TypeVar
from uuid import UUID

from thidua_desktop.domain.attachments import FileState
from thidua_desktop.domain.field_values import Stored
from thidua_desktop.domain.history import CellDifference, FieldVersion
from thidua_desktop.domain.journal import Binned, FieldText, Step
from thidua_desktop.domain.lists import ListOrder
from thidua_desktop.domain.records import Record

R = TypeVar("R", bound=Record)


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


class Lists(Protocol):
    """Lists of nominees, as long as they may be; their order is kept."""

    def first(
        self, kind: type[Record], names: Sequence[str], count: int
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the id and some fields of the first so many of a list in its usual order."""

    def ids(self, kind: type[Record], order: ListOrder) -> bytes:
        """Return the ids of a whole list, 16 bytes each."""

    def is_behind(self, kind: type[Record]) -> bool:
        """Tell whether the list has still to be made anew, since very many records came at once."""

    def catch_up(self, kind: type[Record], at_most: int) -> bool:
        """Make a piece of the list anew; tell whether there is more to do."""
