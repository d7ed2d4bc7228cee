"""Criteria (tiêu chí): sets as issued, checklists as filled, and the evidence for both."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.paper_sorts import PaperSort
from thidua_desktop.domain.records import Owner, Record, UnknownChoice, record_kind, said
from thidua_desktop.domain.units import period_issues

MOST_POINTS = 100_000
PERCENT = 100


class CriterionField(StrEnum):
    """The field of the movement that a criterion belongs to (lĩnh vực)."""

    INFRASTRUCTURE = "infrastructure"
    THRIFT = "thrift"
    BOTH = "both"


class Marking(StrEnum):
    """How a criterion is judged: met or not, by points, by a number against a plan, by a grade.

    Of a forward number (định lượng thuận) more is better, of an inverse one (nghịch) less.
    """

    MET = "met"
    POINTS = "points"
    FORWARD = "forward"
    INVERSE = "inverse"
    GRADED = "graded"


class Grade(StrEnum):
    """How well a criterion without a number was done."""

    A = "a"
    B = "b"
    C = "c"
    D = "d"


class PointSort(StrEnum):
    """Whether a rule adds points or takes them."""

    BONUS = "bonus"
    PENALTY = "penalty"


class Assessment(StrEnum):
    """An office's word on a criterion without points."""

    MET = "met"
    NOT_MET = "not_met"


@record_kind("Nhóm đối tượng", owner=Owner.PROVINCE, key=("code",))
@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectGroup(Record):
    """A group of subjects (đối tượng) that criteria speak to, as the plan names it."""

    code: str = said("Mã nhóm", required=True, longest=40)
    name: str = said("Tên nhóm", required=True, longest=200)
    place: int | None = said("Thứ tự", blank=None, least=1, most=999)


@record_kind("Bộ tiêu chí")
@dataclass(frozen=True, slots=True, kw_only=True)
class CriteriaSet(Record):
    """A set of criteria (bộ tiêu chí) as one office issues it."""

    name: str = said("Tên bộ tiêu chí", required=True, longest=300)
    unit_id: UUID | None = said("Đơn vị ban hành", blank=None, required=True, refers_to="unit")
    movement_id: UUID | None = said("Phong trào", blank=None, refers_to="movement")
    based_on_id: UUID | None = said("Lập từ bộ", blank=None, refers_to="criteria_set")
    valid_from: PartialDate | None = said("Áp dụng từ", blank=None)
    valid_to: PartialDate | None = said("Áp dụng đến", blank=None)
    note: str = said("Ghi chú", lines=True)
    group_id: UUID | None = said("Nhóm đối tượng", blank=None, refers_to="subject_group")
    version: int | None = said("Phiên bản", blank=None, least=1, most=999)
    replaces_id: UUID | None = said("Thay cho bộ", blank=None, refers_to="criteria_set")
    issued_on: PartialDate | None = said("Ngày ban hành", blank=None)
    document: str = said("Văn bản ban hành", longest=200)
    bonus_step: Decimal | None = said("Thưởng mỗi 1% vượt (%)", blank=None, least=0, most=PERCENT)
    bonus_each: Decimal | None = said(
        "Thưởng tối đa mỗi tiêu chí (%)", blank=None, least=0, most=PERCENT
    )
    bonus_total: Decimal | None = said(
        "Tổng thưởng tối đa (điểm)", blank=None, least=0, most=MOST_POINTS
    )
    share_b: Decimal | None = said("Mức B (% điểm)", blank=None, least=0, most=PERCENT)
    share_c: Decimal | None = said("Mức C (% điểm)", blank=None, least=0, most=PERCENT)
    share_d: Decimal | None = said("Mức D (% điểm)", blank=None, least=0, most=PERCENT)
    excellent_from: Decimal | None = said("Xuất sắc từ (%)", blank=None, least=0, most=PERCENT)
    good_from: Decimal | None = said("Tốt từ (%)", blank=None, least=0, most=PERCENT)
    fair_from: Decimal | None = said("Khá từ (%)", blank=None, least=0, most=PERCENT)

    @property
    def full_name(self) -> str:
        """Return the name with the version, as papers name it."""
        return f"{self.name}, phiên bản {self.version}" if self.version else self.name


@record_kind("Tiêu chí", key=("set_id", "code"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion(Record):
    """One criterion of a set. Points and weight are hundredths kept as decimals."""

    set_id: UUID | None = said("Bộ tiêu chí", blank=None, required=True, refers_to="criteria_set")
    code: str = said("Mã tiêu chí", required=True, longest=40)
    place: int | None = said("Thứ tự", blank=None, least=1, most=9_999)
    wording: str = said("Nội dung tiêu chí", required=True, lines=True, longest=4_000)
    field: CriterionField | UnknownChoice | None = said("Lĩnh vực", blank=None)
    section: str = said("Mục của kế hoạch", longest=40)
    marking: Marking | UnknownChoice | None = said("Cách đánh giá", blank=None)
    points: Decimal | None = said("Điểm tối đa", blank=None, least=0, most=MOST_POINTS)
    weight: Decimal | None = said("Hệ số", blank=None, least=0, most=1_000)
    evidence_required: bool = said("Bắt buộc minh chứng", blank=False)
    part: str = said("Nhóm tiêu chí", longest=200)
    measure: str = said("Đơn vị tính", longest=60)
    gives_bonus: bool = said("Thưởng khi vượt kế hoạch", blank=False)


@record_kind("Đối tượng của tiêu chí", key=("criterion_id", "group_id"))
@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionSubject(Record):
    """That a criterion speaks to a group of subjects."""

    criterion_id: UUID | None = said("Tiêu chí", blank=None, required=True, refers_to="criterion")
    group_id: UUID | None = said(
        "Nhóm đối tượng", blank=None, required=True, refers_to="subject_group"
    )


@record_kind("Phiếu tiêu chí", key=("set_id", "unit_id", "period"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist(Record):
    """One office's filled copy (phiếu) of a set for a year."""

    set_id: UUID | None = said("Bộ tiêu chí", blank=None, required=True, refers_to="criteria_set")
    unit_id: UUID | None = said("Đơn vị", blank=None, required=True, refers_to="unit")
    period: int | None = said("Năm", blank=None, required=True, least=1945, most=2200)
    note: str = said("Ghi chú", lines=True, longest=4_000)
    closed_on: PartialDate | None = said("Khóa tự chấm ngày", blank=None)
    keyed_twice_on: PartialDate | None = said("Nhập kiểm lần hai ngày", blank=None)
    cross_closed_on: PartialDate | None = said(
        "Khóa chấm chéo ngày", blank=None, owner=Owner.PROVINCE
    )
    verified_closed_on: PartialDate | None = said(
        "Khóa thẩm định ngày", blank=None, owner=Owner.PROVINCE
    )


@record_kind("Điểm tiêu chí", key=("checklist_id", "criterion_id"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Score(Record):
    """What was found of one criterion: the office's word, and the province's beside it."""

    checklist_id: UUID | None = said(
        "Phiếu tiêu chí", blank=None, required=True, refers_to="checklist"
    )
    criterion_id: UUID | None = said("Tiêu chí", blank=None, required=True, refers_to="criterion")
    assessment: Assessment | UnknownChoice | None = said("Tự đánh giá", blank=None)
    self_score: Decimal | None = said("Điểm tự chấm", blank=None, least=0, most=MOST_POINTS)
    note: str = said("Kết quả, số liệu", lines=True, longest=4_000)
    verified_score: Decimal | None = said(
        "Điểm thẩm định", blank=None, owner=Owner.PROVINCE, least=0, most=MOST_POINTS
    )
    verified_note: str = said("Ý kiến thẩm định", owner=Owner.PROVINCE, lines=True, longest=4_000)
    plan: Decimal | None = said("Kế hoạch", blank=None, least=0)
    actual: Decimal | None = said("Thực hiện", blank=None, least=0)
    grade: Grade | UnknownChoice | None = said("Mức đạt", blank=None)
    self_reason: str = said("Lý do tự chấm", lines=True, longest=4_000)
    cross_score: Decimal | None = said(
        "Điểm chấm chéo", blank=None, owner=Owner.PROVINCE, least=0, most=MOST_POINTS
    )
    cross_note: str = said("Ý kiến chấm chéo", owner=Owner.PROVINCE, lines=True, longest=4_000)


@record_kind("Quy tắc cộng, trừ điểm", key=("set_id", "code"))
@dataclass(frozen=True, slots=True, kw_only=True)
class PointRule(Record):
    """What adds points to a whole checklist or takes them, each time it happens."""

    set_id: UUID | None = said("Bộ tiêu chí", blank=None, required=True, refers_to="criteria_set")
    code: str = said("Mã", required=True, longest=40)
    place: int | None = said("Thứ tự", blank=None, least=1, most=9_999)
    sort: PointSort | UnknownChoice | None = said("Cộng hay trừ", blank=None, required=True)
    wording: str = said("Nội dung", required=True, lines=True, longest=1_000)
    points: Decimal | None = said("Số điểm", blank=None, required=True, least=0, most=MOST_POINTS)
    bars: bool = said("Không suy tôn", blank=False)


@record_kind("Điểm cộng, trừ", key=("checklist_id", "rule_id"))
@dataclass(frozen=True, slots=True, kw_only=True)
class PointEntry(Record):
    """How often a rule applied in the year of a checklist: the office's count, the province's."""

    checklist_id: UUID | None = said(
        "Phiếu tiêu chí", blank=None, required=True, refers_to="checklist"
    )
    rule_id: UUID | None = said("Quy tắc", blank=None, required=True, refers_to="point_rule")
    times: int | None = said("Số lần", blank=None, least=0, most=99)
    note: str = said("Diễn giải", lines=True, longest=4_000)
    verified_times: int | None = said(
        "Số lần thẩm định", blank=None, owner=Owner.PROVINCE, least=0, most=99
    )
    verified_note: str = said("Ý kiến thẩm định", owner=Owner.PROVINCE, lines=True, longest=4_000)


@record_kind("Minh chứng")
@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Record):
    """A proof (minh chứng) in words and figures, for a score or for a proposal's criterion.

    With a `paper` it is a paper of the dossier (giấy tờ), of a letter or of one proposal: its
    number and day, and how many nominees it speaks of.
    """

    score_id: UUID | None = said("Điểm tiêu chí", blank=None, refers_to="score")
    proposal_id: UUID | None = said("Đề nghị", blank=None, refers_to="proposal")
    criterion_id: UUID | None = said("Tiêu chí", blank=None, refers_to="criterion")
    wording: str = said("Kết quả, minh chứng", required=True, lines=True, longest=4_000)
    quantity: Decimal | None = said("Số liệu", blank=None)
    measure: str = said("Đơn vị tính", longest=60)
    paper: PaperSort | UnknownChoice | None = said("Loại giấy tờ", blank=None)
    submission_id: UUID | None = said("Tờ trình", blank=None, refers_to="submission")
    document: str = said("Số, ký hiệu", longest=60)
    date: PartialDate | None = said("Ngày giấy tờ", blank=None, past=True)
    count: int | None = said("Số đối tượng ghi trong giấy", blank=None, least=0, most=100_000)


def criteria_set_issues(criteria_set: CriteriaSet) -> tuple[FieldIssue, ...]:
    """Return what is wrong with a set as a whole."""
    one = criteria_set
    return (
        *period_issues(one.valid_from, one.valid_to),
        *_rising(("share_b", one.share_b), ("share_c", one.share_c), ("share_d", one.share_d)),
        *_rising(
            ("excellent_from", one.excellent_from),
            ("good_from", one.good_from),
            ("fair_from", one.fair_from),
        ),
    )


def _rising(*levels: tuple[str, Decimal | None]) -> tuple[FieldIssue, ...]:
    """Complain of a level that is higher than the one above it."""
    said_of = [(name, level) for name, level in levels if level is not None]
    return tuple(
        FieldIssue(name, Issue.ABOVE_BETTER)
        for (_, better), (name, level) in pairwise(said_of)
        if level > better
    )


def criterion_name(criterion: Criterion, *, most: int = 14) -> str:
    """Return a criterion in its first words, so many at most."""
    words = criterion.wording.split()
    if len(words) <= most:
        return criterion.wording.rstrip(";.")
    return " ".join(words[:most]).rstrip(",;.") + "…"
