"""Errors a user can cause or must hear of.

An error carries facts, never sentences. The words are in `domain.error_text` and in modules
`…_text` beside it; a test fails when a class below has none. `code` is what the command line
gives to other programs: it never changes.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from errno import EDQUOT, ENOSPC
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

if TYPE_CHECKING:  # first paint needs the errors, not what they tell of
    from thidua_desktop.domain.attachments import Unfit
    from thidua_desktop.domain.bundles import Rejection
    from thidua_desktop.domain.dossier_findings import DossierFinding
    from thidua_desktop.domain.drawings import Unshowable
    from thidua_desktop.domain.issues import FieldIssue, LineIssue
    from thidua_desktop.domain.redactions import Unredactable
    from thidua_desktop.domain.returned import Unreturnable


@dataclass(eq=False)
class ThiduaError(Exception):
    """Base of every error this program raises on purpose."""

    code: ClassVar[str] = "E-REFUSED"

    def __str__(self) -> str:
        facts = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in fields(self))
        return f"{type(self).__name__}({facts})"


@dataclass(eq=False)
class InvalidInputError(ThiduaError):
    """The user gave values that cannot be kept."""

    code = "E-INPUT"
    issues: tuple[FieldIssue, ...]


@dataclass(eq=False)
class InvalidLinesError(ThiduaError):
    """Lines of a file hold values that cannot be kept; nothing of the file was."""

    code = "E-INPUT"
    issues: tuple[LineIssue, ...]


@dataclass(eq=False)
class StaleEditError(ThiduaError):
    """A merge, or another window, changed these fields after the record was opened."""

    code = "E-STALE"
    kind: str
    id: UUID
    changed: tuple[str, ...]


@dataclass(eq=False)
class NotFoundError(ThiduaError):
    """A record that was there is gone."""

    code = "E-NOTFOUND"
    kind: str
    id: UUID


@dataclass(eq=False)
class ChangeInUseError(ThiduaError):
    """A change of the register cannot be taken back: records refer to the units it made."""

    code = "E-INUSE"
    records: tuple[str, ...]


@dataclass(eq=False)
class OfficialStepError(ThiduaError):
    """A step that came with the register, by a resolution of the state, is not taken back."""

    code = "E-OFFICIAL"
    resolution: str


@dataclass(eq=False)
class LockedError(ThiduaError):
    """The record lies submitted at the province and may not be changed until it comes back."""

    code = "E-LOCKED"
    kind: str
    id: UUID


@dataclass(eq=False)
class IssuedSetError(ThiduaError):
    """A set of criteria that was issued stays as it is; what changes is a new version."""

    code = "E-ISSUED"
    id: UUID


@dataclass(eq=False)
class EmptySetError(ThiduaError):
    """A set without criteria, or with one that says nothing, cannot be issued."""

    code = "E-EMPTY"
    id: UUID


@dataclass(eq=False)
class UsedSetError(ThiduaError):
    """A set by which checklists were filled cannot be deleted."""

    code = "E-USED"
    id: UUID
    checklists: int


@dataclass(eq=False)
class ClosedStepError(ThiduaError):
    """What belongs to a step of marking that is closed cannot be deleted or added."""

    code = "E-CLOSED"
    id: UUID


@dataclass(eq=False)
class NomineeInUseError(ThiduaError):
    """A nominee cannot be deleted: proposals are about it."""

    code = "E-IN-USE"
    name: str
    proposals: int


@dataclass(eq=False)
class IncompleteError(ThiduaError):
    """Records cannot be submitted yet: fields are missing, or a difference is open."""

    code = "E-INCOMPLETE"
    issues: tuple[tuple[str, UUID, str], ...]


@dataclass(eq=False)
class DossierFaultsError(ThiduaError):
    """A letter cannot be submitted: the check of its dossier found what nobody let stand."""

    code = "E-DOSSIER"
    findings: tuple[DossierFinding, ...]


@dataclass(eq=False)
class UnknownUnitError(ThiduaError):
    """No unit of the register bears this code."""

    code = "E-UNIT"
    unit_code: str


@dataclass(eq=False)
class SharedNumberError(ThiduaError):
    """Two PCs of the province gave two offices one number, and one of them works under it."""

    code = "E-NUMBER"
    number: int
    names: tuple[str, ...]


@dataclass(eq=False)
class UnknownReplicaError(ThiduaError):
    """No request of an office waits under this name."""

    code = "E-NOREQUEST"
    name: str


@dataclass(eq=False)
class NoSuchReplicaError(ThiduaError):
    """No replica that was accepted bears this id, or its beginning means more than one."""

    code = "E-REPLICA"
    name: str


@dataclass(eq=False)
class BeyondHeldError(ThiduaError):
    """A replica cannot be revoked from a number on that it has not reached here."""

    code = "E-BEYOND"
    held: int


@dataclass(eq=False)
class OwnHeirError(ThiduaError):
    """An office cannot inherit its own records, nor those of one that inherits its own."""

    code = "E-HEIR"
    unit_code: str


@dataclass(eq=False)
class NoRootError(ThiduaError):
    """The province's root key is not on this PC."""

    code = "E-NOROOT"


@dataclass(eq=False)
class UncertifiedError(ThiduaError):
    """The province's root does not vouch for this PC of the province, so no office believes it."""

    code = "E-UNCERTIFIED"


@dataclass(eq=False)
class NoSisterError(ThiduaError):
    """No other PC of the province is known that a bundle could be for."""

    code = "E-NOSISTER"


@dataclass(eq=False)
class RevokedHereError(ThiduaError):
    """The PC at work was revoked: only under a new id may the province certify it again."""

    code = "E-REVOKEDHERE"


@dataclass(eq=False)
class OwnReplicaError(ThiduaError):
    """The province would revoke the very PC that it works on."""

    code = "E-OWNPC"


@dataclass(eq=False)
class PhraseError(ThiduaError):
    """What a phrase protects stays closed: the phrase is wrong, or nobody was there to ask."""

    code = "E-PHRASE"
    what: str


@dataclass(eq=False)
class SlowPhraseError(ThiduaError):
    """What a phrase protects was sealed on a much quicker PC: to try the phrase here takes too
    long. Nothing is said of the phrase.
    """

    code = "E-SLOW"
    what: str


@dataclass(eq=False)
class RecoveryWordsError(ThiduaError):
    """Recovery words are not those of a key: at this place, as a whole (None)."""

    code = "E-WORDS"
    place: int | None


@dataclass(eq=False)
class WrongRootError(ThiduaError):
    """The words are those of another province's root than the one that offices know."""

    code = "E-WRONGROOT"


@dataclass(eq=False)
class NotForRoleError(ThiduaError):
    """The work is the province's or an office's, and this data folder belongs to the other."""

    code = "E-ROLE"
    needed: str


@dataclass(eq=False)
class NobodyToAskError(ThiduaError):
    """The province asks about a record that is no office's."""

    code = "E-NOBODY"
    kind: str
    id: UUID


@dataclass(eq=False)
class BundleRejectedError(ThiduaError):
    """A bundle was refused whole; nothing of it was read into the database."""

    reason: Rejection
    file_name: str

    @property
    def code(self) -> str:  # type: ignore[override] # its reason is its code
        """Return the code of bundle.md 7.4."""
        return self.reason.value


@dataclass(eq=False)
class BundleTooLargeError(ThiduaError):
    """What is to be sent is more than one bundle may hold; no file was written."""

    code = "E-TOOMUCH"


@dataclass(eq=False)
class UnreadableFileError(ThiduaError):
    """A file that was named cannot be opened, or is not what it should be."""

    code = "E-FILE"
    file_name: str


@dataclass(eq=False)
class UnmeasurableFileError(ThiduaError):
    """A file is no paper that can be measured: neither PDF nor Word, damaged, or far too large."""

    code = "E-PAPER"
    file_name: str


@dataclass(eq=False)
class UnreturnableFileError(ThiduaError):
    """A file is no paper of this program that comes back, or cannot be opened as one."""

    file_name: str
    reason: Unreturnable

    @property
    def code(self) -> str:  # type: ignore[override] # its reason is its code
        """Return the reason's code."""
        return self.reason.value


@dataclass(eq=False)
class UndoBlockedError(ThiduaError):
    """An import cannot be taken out while later bundles of its sender are in."""

    code = "E-UNDO"
    numbers: tuple[int, ...]


@dataclass(eq=False)
class UnwritableFileError(ThiduaError):
    """A file cannot be written there: no such folder, no right, no room."""

    code = "E-OUTPUT"
    file_name: str
    is_full: bool = False

    @classmethod
    def of(cls, file_name: str, error: OSError) -> UnwritableFileError:
        """Return the error for what the system complains of."""
        return cls(file_name, is_full=error.errno in {ENOSPC, EDQUOT})


@dataclass(eq=False)
class NoCopyError(ThiduaError):
    """No copy of a bundle sent is kept, or no bundle of this number was sent."""

    code = "E-NOCOPY"
    number: int


@dataclass(eq=False)
class UnfitFileError(ThiduaError):
    """A file may not be attached, or one that came is not opened."""

    code = "E-ATTACH"
    file_name: str
    why: Unfit


@dataclass(eq=False)
class UnshowableError(ThiduaError):
    """A paper or picture cannot be shown in the window."""

    code = "E-SHOW"
    file_name: str
    why: Unshowable


@dataclass(eq=False)
class NoPrinterError(ThiduaError):
    """The printer takes nothing."""

    code = "E-PRINTER"


@dataclass(eq=False)
class TakenNumbersError(ThiduaError):
    """Numbers in the book that were given already, or once were."""

    code = "E-TAKEN"
    numbers: tuple[int, ...]


@dataclass(eq=False)
class SkippedNumbersError(ThiduaError):
    """Numbers in the book would stay free for ever, and nobody said that they may."""

    code = "E-SKIPPED"
    numbers: tuple[int, ...]


@dataclass(eq=False)
class NoSheetsError(ThiduaError):
    """There is no certificate to print: none is numbered, or none bears a number that was asked."""

    code = "E-SHEETS"
    wanted: str


@dataclass(eq=False)
class UnknownStockError(ThiduaError):
    """There is no stock of this code on this PC."""

    code = "E-NOSTOCK"
    stock: str


@dataclass(eq=False)
class WrongStockError(ThiduaError):
    """A stock, or how far a printer prints beside, cannot be kept."""

    code = "E-STOCK"
    stock: str
    problems: tuple[str, ...]


@dataclass(eq=False)
class FileMissingError(ThiduaError):
    """The record of an attachment is here, and its file has not come yet."""

    code = "E-NOTHERE"
    file_name: str


@dataclass(eq=False)
class FileChangedError(ThiduaError):
    """The file of an attachment is not what it was: the disk or a person changed it."""

    code = "E-CHANGED"
    file_name: str


@dataclass(eq=False)
class NotAWorkbookError(ThiduaError):
    """A file is no Excel workbook that can be read."""

    code = "E-WORKBOOK"
    file_name: str


@dataclass(eq=False)
class WorkbookTooLargeError(ThiduaError):
    """A workbook is larger, or holds more rows, than is read."""

    code = "E-LARGE"
    file_name: str


@dataclass(eq=False)
class WrongHeadingsError(ThiduaError):
    """No sheet of the workbook has the headings of the template; `missing` are those not found."""

    code = "E-HEADINGS"
    file_name: str
    missing: tuple[str, ...]


@dataclass(eq=False)
class NoStoreError(ThiduaError):
    """The data folder holds no database yet."""

    code = "E-NOSTORE"
    folder: str


@dataclass(eq=False)
class StoreGoneError(ThiduaError):
    """The data folder was renamed, moved or pulled out while the program had it open."""

    code = "E-GONE"
    folder: str


@dataclass(eq=False)
class StoreExistsError(ThiduaError):
    """The data folder already belongs to an office."""

    code = "E-EXISTS"
    folder: str


@dataclass(eq=False)
class StoreReadOnlyError(ThiduaError):
    """The data folder cannot be written to."""

    code = "E-READONLY"
    folder: str


@dataclass(eq=False)
class StoreBusyError(ThiduaError):
    """Another program holds the database."""

    code = "E-BUSY"
    folder: str


@dataclass(eq=False)
class StoreDamagedError(ThiduaError):
    """The database file is damaged, or is none."""

    code = "E-STORE"
    folder: str


@dataclass(eq=False)
class StoreNewerError(ThiduaError):
    """The database was written by a newer version of the program; `version` is which, if known."""

    code = "E-NEWERSTORE"
    folder: str
    version: str


@dataclass(eq=False)
class UpgradeFailedError(ThiduaError):
    """After an upgrade the database would not have shown what it did; it was left as it was."""

    code = "E-UPGRADE"
    folder: str


@dataclass(eq=False)
class DiskFullError(ThiduaError):
    """There is no room left on the disk."""

    code = "E-DISK"
    folder: str


@dataclass(eq=False)
class StoreOnNetworkError(ThiduaError):
    """The data folder lies on a network drive, where a database is not safe."""

    code = "E-NETWORK"
    folder: str


@dataclass(eq=False)
class BackupFailedError(ThiduaError):
    """No backup could be made there; nothing was changed."""

    folder: str
    is_full: bool

    @property
    def code(self) -> str:  # type: ignore[override] # a full disk has a code of its own
        """Return the code."""
        return "E-DISK" if self.is_full else "E-BACKUP"


@dataclass(eq=False)
class BackupDamagedError(ThiduaError):
    """A file is no backup that can be restored."""

    code = "E-BADBACKUP"
    file_name: str


@dataclass(eq=False)
class IdentityInsideDataError(ThiduaError):
    """The identity folder lies inside the data folder, where a copy would take it along."""

    code = "E-IDENTITY"
    folder: str


@dataclass(eq=False)
class IdentityMissingError(ThiduaError):
    """The identity of the data folder is there and cannot be read."""

    code = "E-IDENTITYGONE"
    folder: str


@dataclass(eq=False)
class IdentityLockedError(ThiduaError):
    """The keys of this PC open by a phrase, and nobody told it."""

    code = "E-KEYLOCKED"


@dataclass(eq=False)
class WeakPhraseError(ThiduaError):
    """A new phrase is too short."""

    code = "E-WEAKPHRASE"


@dataclass(eq=False)
class PaperInsideDataError(ThiduaError):
    """A paper with the words of the root key would lie beside the data or the keys."""

    code = "E-PAPERPLACE"
    file_name: str


@dataclass(eq=False)
class UnredactableError(ThiduaError):
    """A value cannot be taken out of the log; nothing was."""

    code = "E-REDACT"
    why: Unredactable


@dataclass(eq=False)
class StoppedError(ThiduaError):
    """A person stopped a long job; nothing of it was kept."""

    code = "E-STOPPED"


@dataclass(eq=False)
class FaultError(ThiduaError):
    """The program itself broke. Nothing was committed; the log tells how it happened."""

    code = "E-FAULT"
