"""Files that come and go: sealed and signed bundles, workbooks, papers, attachments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, BinaryIO, Protocol

from thidua_desktop.domain.attachments import PreparedFile, Unfit
from thidua_desktop.domain.bundles import (
    BundleContents,
    Manifest,
    OutgoingBundle,
)
from thidua_desktop.domain.dossier_files import PaperFormat
from thidua_desktop.domain.dossiers import Dossier
from thidua_desktop.domain.drawings import DrawnPage, Hit, PageSize
from thidua_desktop.domain.files import FoundFile
from thidua_desktop.domain.layout.measured import MeasuredPaper
from thidua_desktop.domain.offices import (
    EnrolmentFile,
)
from thidua_desktop.domain.parts import PartHead
from thidua_desktop.domain.returned import ReturnedFile
from thidua_desktop.domain.sheets import SheetLayout, SheetRows
from thidua_desktop.services.ports.common import Source, StopWanted


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

    def open_in_memory(
        self, path: Path, seeds: Sequence[bytes], *, most: int, file_name: str
    ) -> tuple[BinaryIO, str] | None:
        """Open a file of at most so many bytes that is sealed for one of these private keys, and
        return what is in it beside that SHA-256; None: it is longer.

        Raises BundleRejectedError.
        """

    def open_file(self, path: Path, target: Path, seeds: Sequence[bytes], *, file_name: str) -> str:
        """Open a sealed file into another one by one of these private keys, piece by piece. Return
        the SHA-256 of the sealed bytes that were read for it.

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

    def open(
        self,
        source: Source,
        *,
        file_name: str,
        judge: Callable[[Manifest], None] | None = None,
    ) -> AbstractContextManager[BundleContents]:
        """Open a bundle: every hash in it is checked, lines and blobs are read when asked for.

        `judge` may refuse it for what its manifest says, before anything else is looked at.
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

    def made(self, dossier: Dossier, kind: PaperFormat, *, stop_wanted: StopWanted = ...) -> bytes:
        """Return one file of this format with every paper. Raises as above."""

    def make_each(
        self,
        jobs: Sequence[tuple[Dossier, PaperFormat]],
        take: Callable[[int, bytes], None],
        *,
        stop_wanted: StopWanted = ...,
    ) -> None:
        """Make many files; give the place of each with the file, in the order they are ready.

        Raises StoppedError as above, and what `take` raises.
        """


class Measures(Protocol):
    """Finished papers, whoever made them."""

    def measure(self, path: Path, *, stop_wanted: StopWanted = ...) -> tuple[MeasuredPaper, ...]:
        """Return the papers of a PDF or Word file, measured.

        Raises UnreadableFileError, UnmeasurableFileError and StoppedError.
        """

    def measure_content(
        self, name: str, content: bytes, *, stop_wanted: StopWanted = ...
    ) -> tuple[MeasuredPaper, ...]:
        """Return the papers of what stands in such a file. Raises as above."""


class ReturnedPapers(Protocol):
    """Word documents that were printed here, edited, and come back."""

    def read(self, path: Path) -> ReturnedFile:
        """Return what a Word file says. Raises UnreadableFileError and UnreturnableFileError."""

    def of(self, content: bytes, name: str) -> ReturnedFile:
        """Return what the bytes of a Word file say. Raises UnreturnableFileError."""


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
