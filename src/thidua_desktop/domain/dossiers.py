"""Papers of a dossier (hồ sơ) as content: what each says, not how it looks.

The shapes follow the forms of the law as domain.md 6 lays them out: F01 the letter (tờ trình), F04
the report of merit under a movement, F13 the list.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.proposals import Subject


class SizeSet(StrEnum):
    """The two sets of letter sizes that Decree 30/2020 lets a document choose from."""

    SMALL = "small"
    LARGE = "large"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The two columns over a document (boxes 1 to 4). Names as they are printed, in capitals.

    Without a number the number stays open (`Số:      /TTr-UBND`), without a date the day does.
    """

    parent: str
    agency: str
    number: str
    symbol: str
    place: str
    date: PartialDate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureBlock:
    """Who signs: the lines over the name (power and position, in capitals), and the name.

    `remark` stands in italics under the lines: "(ký, đóng dấu)", "(ký, ghi rõ họ và tên)".
    """

    lines: tuple[str, ...]
    name: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """F01 Tờ trình: one award, one authority."""

    head: Letterhead
    title: str
    recipients: tuple[str, ...]
    legal_basis: tuple[str, ...]
    body: tuple[str, ...]
    nominees: tuple[str, ...]
    copies_to: tuple[str, ...]
    signature: SignatureBlock


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSection:
    """A section of a report: its heading, then labelled facts, then paragraphs."""

    heading: str
    facts: tuple[tuple[str, str], ...] = ()
    paragraphs: tuple[str, ...] = ()
    results: tuple[CriterionResult, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionResult:
    """What a nominee reached in one criterion of the plan: the criterion, the result, the proof."""

    criterion: str
    results: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeritReport:
    """F04 Báo cáo thành tích under a movement; the variant follows from the subject.

    `signatures`: left and right; `confirmations` stand below, one under the other.
    """

    subject: Subject
    head: Letterhead
    title: str
    award_line: str
    movement_line: str
    subject_line: str
    sections: tuple[ReportSection, ...]
    signatures: tuple[SignatureBlock, SignatureBlock]
    confirmations: tuple[SignatureBlock, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListGroup:
    """A group of the list, numbered anew from 1: I. Tập thể, II. Hộ gia đình, III. Cá nhân."""

    heading: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NomineeList:
    """F13 Danh sách, an annex to the letter. The first column is the running number, which the
    rows of the groups leave out; `closing` says how many there are.
    """

    title: str
    attached_to: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    groups: tuple[ListGroup, ...]
    closing: str


Paper = Letter | MeritReport | NomineeList


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """The papers of one file, in order; `title` goes into the properties of the PDF."""

    title: str
    papers: tuple[Paper, ...]
    sizes: SizeSet = SizeSet.LARGE
