"""What is not as it should be in what a bundle brought: told at the merge, never a lock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from thidua_desktop.domain.bundles import BundleContents, MergeCounts
from thidua_desktop.domain.issue_text import text_fault_text
from thidua_desktop.domain.paper_forms import (
    PaperForm,
    PaperText,
    TextFault,
    paper_text_issues,
)
from thidua_desktop.domain.people import Person
from thidua_desktop.domain.proposals import Submission
from thidua_desktop.domain.records import kind_name
from thidua_desktop.domain.text import spelling
from thidua_desktop.services.ports import Work
from thidua_desktop.services.snapshots import differs, read_snapshot

_KIND = kind_name(Submission)
# Returns the bytes of a file by its hash: those that came along, or those that are here.
Read = Callable[[str], bytes | None]


class Flaw(StrEnum):
    """What may be wrong with what a letter says was submitted."""

    MISSING = "snapshot-missing"
    UNREADABLE = "snapshot-unreadable"
    FOREIGN = "snapshot-foreign"
    ALTERED = "snapshot-altered"


_WORDS = {
    Flaw.MISSING: "chưa nhận được bản chụp hồ sơ lúc trình; hãy xin đơn vị gửi lại gói đầy đủ",
    Flaw.UNREADABLE: "bản chụp hồ sơ lúc trình không đọc được; hãy yêu cầu đơn vị trình lại",
    Flaw.FOREIGN: "bản chụp đi kèm không phải của tờ trình này; hãy yêu cầu đơn vị trình lại",
    Flaw.ALTERED: "hồ sơ trong gói khác với bản chụp lúc trình; hãy đối chiếu trước khi thẩm định",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is wrong with one letter."""

    flaw: Flaw
    letter: UUID
    title: str

    @property
    def text(self) -> str:
        """Return it in a sentence."""
        return f"Tờ trình {self.title}: {_WORDS[self.flaw]}."

    def to_json(self) -> dict[str, Any]:
        """Return the shape of the command line."""
        said = {"code": self.flaw.value, "kind": _KIND, "id": str(self.letter)}
        return said | {"title": self.title, "message": self.text}


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFinding:
    """A text of a paper that cannot be printed: the shipped one is."""

    record: UUID
    fault: TextFault

    @property
    def text(self) -> str:
        """Return it in a sentence."""
        return f"{text_fault_text(self.fault)} Chương trình in theo mẫu gốc."

    def to_json(self) -> dict[str, Any]:
        """Return the shape of the command line."""
        said = {"code": "wrong-slot", "kind": kind_name(PaperText), "id": str(self.record)}
        return said | {"title": self.fault.form, "message": self.text}


def text_findings(
    work: Work, contents: BundleContents, read_forms: Callable[[], Sequence[PaperForm]]
) -> tuple[TextFinding, ...]:
    """Return what is wrong with the texts of papers of a bundle that was just applied.

    The forms are read only where it brings some: reading the shipped plan costs more than most
    bundles do.
    """
    if not any(section.kind == kind_name(PaperText) for section in contents.sections):
        return ()
    brought = {one for _, one, _ in work.exchange.brought(contents.manifest.bundle, PaperText)}
    texts = (work.records.find(PaperText, one) for one in sorted(brought))
    forms = read_forms()
    return tuple(
        TextFinding(record=one.id, fault=issue.about)
        for one in texts
        if one is not None
        for issue in paper_text_issues(forms, one)
        if issue.about is not None
    )


def findings_of(
    work: Work, contents: BundleContents, counts: MergeCounts, read: Read
) -> tuple[Finding, ...]:
    """Return what is wrong with the letters of a bundle that was just applied."""
    if not any(section.kind == _KIND for section in contents.sections):
        return ()
    brought = work.exchange.brought(contents.manifest.bundle, Submission)
    found = []
    for _, letter_id, _ in brought:
        letter = work.records.find(Submission, letter_id)
        if letter is None or letter.snapshot is None:
            continue
        flaw = _flaw(work, letter, read(letter.snapshot), is_newer=counts.unknown > 0)
        if flaw is not None:
            title = letter.number or "chưa có số"
            found.append(Finding(flaw=flaw, letter=letter_id, title=title))
    return tuple(found)


def _flaw(work: Work, letter: Submission, content: bytes | None, *, is_newer: bool) -> Flaw | None:
    if content is None:
        return Flaw.MISSING
    kept = read_snapshot(content)
    if not kept:
        return Flaw.UNREADABLE
    if str(letter.id) not in kept:
        return Flaw.FOREIGN
    # What a newer program submitted is not all shown here.
    return Flaw.ALTERED if not is_newer and differs(work, letter, kept) else None


def namesakes(work: Work, bundle: UUID) -> frozenset[UUID]:
    """Return the persons that this bundle makes look like another one of the same unit."""
    same = ("unit_id", "birth_date")
    return work.exchange.alike(bundle, Person, same=same, text="full_name", spelled=spelling)
