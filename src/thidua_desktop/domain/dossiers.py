"""Papers of a dossier (hồ sơ) as content: what each says, not where it stands (`domain/pages`).

The shapes follow the forms of the law: F01 the letter (tờ trình), F04 the report of merit under a
movement, F13 the list. What is not known prints as dots for the pen, and `gaps` names it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.marks import Urgency
from thidua_desktop.domain.pages import Page, Table
from thidua_desktop.domain.pages import SignatureBlock as SignatureBlock  # noqa: PLC0414 - told on
from thidua_desktop.domain.pages import SizeSet as SizeSet  # noqa: PLC0414 - told on

if TYPE_CHECKING:  # a process that draws papers needs neither
    from thidua_desktop.domain.proposals import Subject
    from thidua_desktop.domain.returned import Asked

GAP = "……………"
GAP_LINES = ("…" * 30,) * 3


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
    urgency: Urgency | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """F01 Tờ trình: one award, one authority.

    `nominees` are named in the letter itself when they are few; `enclosure` says in italics what
    comes with it, `closing` ends the text. `circulation`, `contact` and `drafter` are the boxes 11
    to 13 (`domain/pages.py`).
    """

    head: Letterhead
    kind: str
    title: str
    recipients: tuple[str, ...]
    legal_basis: tuple[str, ...]
    body: tuple[str, ...]
    nominees: tuple[str, ...]
    enclosure: str
    closing: str
    copies_to: tuple[str, ...]
    signature: SignatureBlock
    circulation: str = ""
    contact: tuple[str, ...] = ()
    drafter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTable:
    """A table in a report: what stands over it, its columns with their widths, its rows.

    Columns from `figures_from` on are figures; with none it is 0.
    """

    heading: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    figures_from: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSection:
    """A section of a report: its heading, facts, paragraphs, results by criterion, tables.

    `leading` is the line that leads into the results.
    """

    heading: str
    facts: tuple[tuple[str, str], ...] = ()
    paragraphs: tuple[str, ...] = ()
    leading: str = ""
    results: tuple[CriterionResult, ...] = ()
    tables: tuple[ReportTable, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionResult:
    """What a nominee reached in one criterion of the plan: the criterion, then each result."""

    criterion: str
    results: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeritReport:
    """Báo cáo thành tích, F02 to F08; the variant follows from the subject.

    `signatures`: left and right; `confirmations` stand below, one under the other.
    """

    subject: Subject
    head: Letterhead
    title: str
    award_line: str
    movement_line: str
    subject_line: str
    sections: tuple[ReportSection, ...]
    closing: str
    signatures: tuple[SignatureBlock, SignatureBlock]
    confirmations: tuple[SignatureBlock, ...]
    form: str = "F04"
    is_reconstructed: bool = True


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

    kind: str
    title: str
    attached_to: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    groups: tuple[ListGroup, ...]
    closing: str
    is_reconstructed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverySlip:
    """F27 Phiếu giao nhận: what sender and receiver of a bundle hold against each other.

    `is_receipt`: the receiver's, made after the import; else the sender's. `facts` are lines of a
    label and its words, `code` what both read to each other, `figures` the same as slips of older
    programs show it, `signal` what the QR code says.
    """

    name: str
    head: Letterhead
    title: str
    remark: str
    is_receipt: bool
    facts: tuple[tuple[str, str], ...]
    code_label: str
    code: str
    signal: str
    notes: tuple[str, ...]
    signatures: tuple[SignatureBlock, SignatureBlock]
    figures: str = ""
    is_reconstructed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryPaper:
    """Phiếu khôi phục khóa gốc: the words of the root key in order, by which words the key is known
    again, and how the paper is to be kept.
    """

    name: str
    head: Letterhead
    title: str
    remark: str
    words: tuple[str, ...]
    check_label: str
    check: str
    rules: tuple[str, ...]
    signatures: tuple[SignatureBlock, SignatureBlock]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A row of a checklist on paper; `below` stands in small letters under the wording.

    A heading goes across all columns, a total is in bold.
    """

    cells: tuple[str, ...]
    below: tuple[str, ...] = ()
    is_heading: bool = False
    is_total: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistSheet:
    """Phiếu tiêu chí as it was filled in, to be signed."""

    head: Letterhead
    title: str
    subtitle: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[SheetRow, ...]
    remarks: tuple[str, ...]
    signatures: tuple[SignatureBlock, SignatureBlock]
    is_reconstructed: bool = False


Paper = Letter | MeritReport | NomineeList | DeliverySlip | RecoveryPaper | ChecklistSheet | Page


@dataclass(frozen=True, slots=True)
class ChecklistTold:
    """A checklist as people know it: whose it is, of how many criteria it says something."""

    office: str
    criteria: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubledChecklist:
    """A unit with several checklists of one set and year: the one printed, those left out."""

    unit: str
    year: int | None
    printed: ChecklistTold
    left_out: tuple[ChecklistTold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """The papers of one file, in order; `title` goes into the properties of the PDF.

    `left_out` counts the proposals that this program cannot put on paper: their kind of nominee
    came from a newer one; `joined` the nominees proposed more than once by records that are one;
    `doubled` names the units of whose checklists only one is printed; `asked` says what was to be
    printed, so that it can be printed again; `day` whose law they go by, where it is not today's.
    """

    title: str
    papers: tuple[Paper, ...]
    sizes: SizeSet = SizeSet.LARGE
    left_out: int = 0
    joined: int = 0
    doubled: tuple[DoubledChecklist, ...] = ()
    asked: tuple[Asked, ...] = ()
    day: PartialDate | None = None


def gaps(dossier: Dossier) -> tuple[str, ...]:
    """Return what is missing in the papers, each as a sentence for the clerk."""
    found = [gap for paper in dossier.papers for gap in _gaps_of(paper)]
    if dossier.left_out:
        found.append(f"Có {dossier.left_out} đề nghị cần phiên bản chương trình mới hơn để in.")
    if dossier.joined:
        found.append(
            f"Có {dossier.joined} đối tượng được đề nghị nhiều lần do nhập trùng (đã nối là một): "
            "mỗi đối tượng in một lần."
        )
    found += map(_doubled, dossier.doubled)
    return tuple(dict.fromkeys(found))


def _doubled(one: DoubledChecklist) -> str:
    left_out = ", ".join(f"phiếu {_checklist(other)}" for other in one.left_out)
    return (
        f"{one.unit}, năm {one.year}: in phiếu {_checklist(one.printed)}, không in {left_out} của "
        "cùng bộ tiêu chí. Điểm chỉ có ở phiếu không in cần ghi lại vào phiếu được in."
    )


def _checklist(told: ChecklistTold) -> str:
    said = f"đã ghi {told.criteria} tiêu chí" if told.criteria else "chưa ghi tiêu chí nào"
    return f"do {told.office} lập ({said})"


def _gaps_of(paper: Paper) -> Iterator[str]:
    match paper:
        case Letter():
            yield from (f"Tờ trình chưa có {what}." for what in _gaps_of_letter(paper))
        case MeritReport():
            if missing := "; ".join(_gaps_of_report(paper)):
                yield f"{paper.subject_line}: chưa có {missing}."
        case NomineeList():
            if not paper.groups:
                yield "Danh sách chưa có tập thể, hộ gia đình, cá nhân nào."
        case Page():
            if any(isinstance(block, Table) and not block.rows for block in paper.blocks):
                yield f"{paper.name} chưa có dòng nào."
        case DeliverySlip() | RecoveryPaper() | ChecklistSheet():
            pass  # whatever it says stands in the registers


def _gaps_of_letter(letter: Letter) -> Iterator[str]:
    if GAP in letter.title:
        yield "hình thức đề nghị khen thưởng"
    if GAP in letter.head.agency:
        yield "đơn vị trình"
    if GAP in letter.head.symbol:
        yield "ký hiệu văn bản của đơn vị"
    if not letter.head.place:
        yield "địa danh"
    if not letter.recipients:
        yield "nơi kính gửi"
    if not letter.legal_basis:
        yield "căn cứ pháp lý"
    if not letter.signature.name:
        yield "người ký"


def _gaps_of_report(report: MeritReport) -> Iterator[str]:
    for section in report.sections:
        yield from (f"{label[:1].lower()}{label[1:]}" for label, v in section.facts if v == GAP)
        if section.paragraphs[: len(GAP_LINES)] == GAP_LINES:
            yield "tóm tắt thành tích"
