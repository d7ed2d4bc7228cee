"""The nominee list (danh sách đề nghị), described once: its columns, and what a row of it says.

Template, reading and complaints follow from `COLUMNS`; types, choices and limits come from the
fields that the columns fill.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.checks import lies_ahead
from thidua_desktop.domain.dates import PartialDate, from_typed
from thidua_desktop.domain.field_values import NotKeptError, tidy, value_issue
from thidua_desktop.domain.issue_text import issue_text
from thidua_desktop.domain.issues import Issue
from thidua_desktop.domain.proposals import NOMINEE_KINDS, Nominee, Proposal, Subject, may_receive
from thidua_desktop.domain.records import FieldSpec, FieldType, kind_spec
from thidua_desktop.domain.sheets import (
    EXCEL_FAULTS,
    ColumnContent,
    SheetColumn,
    SheetLayout,
    SheetRow,
)
from thidua_desktop.domain.text import clean, clean_lines, fold, spelling
from thidua_desktop.domain.words import word

SHEET, TITLE = "Danh sách đề nghị", "DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG"
HINTS = (
    "Mỗi dòng là một cá nhân, tập thể hoặc hộ gia đình; giữ nguyên hàng tiêu đề.",
    "Cột có dấu * phải điền. Ngày sinh chỉ biết năm hoặc tháng thì gõ 1975 hoặc 08/1988.",
    "Với tập thể, để trống Giới tính, Ngày sinh, Chức vụ và Đơn vị công tác.",
    "Với hộ gia đình, ghi về chủ hộ và để trống Đơn vị công tác.",
    "Căn cứ để trống thì phần mềm tự điền theo hình thức đề nghị.",
    "Tên, ngày sinh, hình thức và năm xét cho biết dòng nào là hồ sơ nào.",
    "Nhập lại tệp đã nhập không sinh thêm gì; sửa các cột khác rồi nhập lại là sửa hồ sơ đã có.",
    "Ô để trống không xóa gì.",
)
_CONTENT = {
    FieldType.DATE: ColumnContent.DATE,
    FieldType.ENUM: ColumnContent.CHOICE,
    FieldType.REF: ColumnContent.CHOICE,
}
_MOST_DIGITS = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class ListColumn:
    """A column, and the field it fills: one of the proposal, or of the nominee by its kind."""

    name: str
    heading: str
    of_proposal: str = ""
    of_nominee: Mapping[Subject, str] = field(default_factory=dict)
    required: bool = False
    optional: bool = False
    width: int = 20
    example: str = ""

    def spec(self, subject: Subject) -> FieldSpec | None:
        """Return the field filled in a row about such a nominee, if there is one."""
        if self.of_proposal:
            return kind_spec(Proposal).field(self.of_proposal)
        name = self.of_nominee.get(subject)
        return kind_spec(NOMINEE_KINDS[subject]).field(name) if name else None


_PERSON, _COLLECTIVE, _HOUSEHOLD = Subject
COLUMNS = (
    ListColumn(name="number", heading="STT", width=6, example="1"),
    ListColumn(
        name="subject",
        heading="Đối tượng",
        of_proposal="subject",
        required=True,
        width=14,
        example="Cá nhân",
    ),
    ListColumn(
        name="name",
        heading="Họ và tên, tên tập thể, chủ hộ",
        of_nominee={_PERSON: "full_name", _COLLECTIVE: "name", _HOUSEHOLD: "head"},
        required=True,
        width=30,
        example="Trịnh Văn Ổn",
    ),
    ListColumn(
        name="gender",
        heading="Giới tính",
        of_nominee={_PERSON: "gender", _HOUSEHOLD: "gender"},
        width=10,
        example="Nam",
    ),
    ListColumn(
        name="birth_date",
        heading="Ngày sinh",
        of_nominee={_PERSON: "birth_date", _HOUSEHOLD: "birth_date"},
        width=13,
        example="12/03/1975",
    ),
    ListColumn(
        name="position",
        heading="Chức vụ, nghề nghiệp",
        of_nominee={_PERSON: "position", _HOUSEHOLD: "occupation"},
        width=24,
        example="Trưởng thôn",
    ),
    ListColumn(
        name="workplace",
        heading="Đơn vị công tác",
        of_nominee={_PERSON: "workplace"},
        width=28,
        example="Thôn Nam Tiến, xã Vũ Lễ",
    ),
    ListColumn(
        name="address",
        heading="Nơi cư trú, trụ sở",
        of_nominee={_PERSON: "address", _COLLECTIVE: "address", _HOUSEHOLD: "address"},
        width=30,
        example="Xã Vũ Lễ, huyện Kiến Xương",
    ),
    ListColumn(
        name="award",
        heading="Hình thức đề nghị",
        of_proposal="award_form_id",
        required=True,
        width=30,
        example="Giấy khen",
    ),
    ListColumn(
        name="year",
        heading="Năm xét",
        of_proposal="year",
        required=True,
        width=9,
        example="2024",
    ),
    ListColumn(
        name="summary",
        heading="Tóm tắt thành tích",
        of_proposal="summary",
        required=True,
        width=50,
        example="Vận động Nhân dân hiến 1.240 m² đất làm đường.",
    ),
    ListColumn(
        name="citation",
        heading="Căn cứ",
        of_proposal="citation",
        width=30,
        example="khoản 2 Điều 75 Luật Thi đua, khen thưởng",
    ),
    ListColumn(name="note", heading="Ghi chú", of_proposal="note"),
    ListColumn(
        name="honorific",
        heading="Danh xưng",
        of_nominee={_PERSON: "honorific"},
        optional=True,
        width=12,
        example="Ông",
    ),
    ListColumn(
        name="ethnicity",
        heading="Dân tộc",
        of_nominee={_PERSON: "ethnicity", _HOUSEHOLD: "ethnicity"},
        optional=True,
        width=12,
        example="Kinh",
    ),
    ListColumn(
        name="native_place",
        heading="Quê quán",
        of_nominee={_PERSON: "native_place"},
        optional=True,
        width=30,
        example="Xã Vũ Lễ, huyện Kiến Xương",
    ),
    ListColumn(
        name="department",
        heading="Phòng, ban, tổ",
        of_nominee={_PERSON: "department"},
        optional=True,
        width=24,
        example="Ban công tác Mặt trận thôn",
    ),
    ListColumn(
        name="qualification",
        heading="Trình độ",
        of_nominee={_PERSON: "qualification", _COLLECTIVE: "qualification"},
        optional=True,
        width=24,
        example="Trung cấp nông nghiệp",
    ),
    ListColumn(
        name="phone",
        heading="Điện thoại",
        of_nominee={_PERSON: "phone", _COLLECTIVE: "phone", _HOUSEHOLD: "phone"},
        optional=True,
        width=16,
        example="0227.000.0321",
    ),
)


@dataclass(frozen=True, slots=True)
class CellIssue:
    """A wrong cell: its column, and what is wrong."""

    column: str
    heading: str
    issue: Issue

    @property
    def text(self) -> str:
        """Return the complaint for people."""
        return f"{self.heading}: {issue_text(self.issue)}"


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A row as it was read: its texts, the values they stand for, what cannot be read.

    `values` goes by the names of columns and holds what the row says; a blank cell says nothing.
    """

    number: int
    cells: dict[str, str]
    values: dict[str, Any]
    issues: tuple[CellIssue, ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether the row holds nothing but its number."""
        return not any(text for name, text in self.cells.items() if name != "number")

    @property
    def subject(self) -> Subject:
        """Return what kind of nominee the row is about."""
        return Subject(self.values["subject"])

    @property
    def nominee_key(self) -> tuple[Any, ...]:
        """Return what makes two rows, or a row and a record, mean the same nominee."""
        kind = NOMINEE_KINDS[self.subject]
        return (kind, spelling(self.values["name"]), self.values.get("birth_date"))

    @property
    def of_nominee(self) -> dict[str, Any]:
        """Return the fields of the nominee that the row says."""
        return {name: value for column, name, value in self._said() if not column.of_proposal}

    @property
    def of_proposal(self) -> dict[str, Any]:
        """Return the fields of the proposal that the row says."""
        return {name: value for column, name, value in self._said() if column.of_proposal}

    def differing(self, nominee: Nominee | None, proposal: Proposal | None) -> list[str]:
        """Return the columns that say something else than these records."""
        return [
            column.name
            for column, name, value in self._said()
            if (record := proposal if column.of_proposal else nominee) is not None
            and getattr(record, name) != value
        ]

    def complaints(self, columns: Collection[str], issue: Issue) -> tuple[CellIssue, ...]:
        """Return the same complaint for each of these columns."""
        return tuple(CellIssue(c.name, c.heading, issue) for c in COLUMNS if c.name in columns)

    def _said(self) -> Iterator[tuple[ListColumn, str, Any]]:
        for column in COLUMNS:
            spec = column.spec(self.subject)
            if spec is not None and column.name in self.values:
                yield column, spec.name, self.values[column.name]


def in_order(awards: Iterable[AwardForm]) -> list[AwardForm]:
    """Return awards in the order of the catalogue."""
    return sorted(awards, key=lambda award: (award.place or 0, award.id))


def template_layout(awards: Iterable[AwardForm]) -> SheetLayout:
    """Return the layout of the template, with these awards to choose from."""
    return nominee_layout([award.name for award in in_order(awards)])


def nominee_layout(awards: Sequence[str]) -> SheetLayout:
    """Return the layout of the list; without awards any may be typed."""
    columns = []
    for column in COLUMNS:
        spec = column.spec(Subject.PERSON)
        choices = tuple(word(choice) for choice in spec.choices) if spec else ()
        columns.append(
            SheetColumn(
                name=column.name,
                heading=column.heading,
                content=_CONTENT.get(spec.type, ColumnContent.TEXT) if spec else ColumnContent.TEXT,
                required=column.required,
                optional=column.optional,
                width=column.width,
                choices=tuple(awards) if spec and spec.type is FieldType.REF else choices,
                example=column.example,
            )
        )
    return SheetLayout(name=SHEET, title=TITLE, columns=tuple(columns), hints=HINTS)


def read_row(row: SheetRow, awards: Mapping[str, AwardForm], today: date) -> ListedRow:
    """Read the cells of a row; `awards` are those of the catalogue by their folded names. Nothing
    that was can have been after today.
    """
    cells = {name: clean_lines(text) for name, text in row.cells.items()}
    subject = _subject(cells["subject"])
    values: dict[str, Any] = {}
    issues: list[CellIssue] = []
    for column in COLUMNS:
        try:
            value = _value(column, subject or Subject.PERSON, cells[column.name], awards, today)
        except NotKeptError as error:
            issues.append(CellIssue(column.name, column.heading, error.issue))
        else:
            if value is not None:
                values[column.name] = value
    return ListedRow(row.number, cells, values, tuple(issues))


def _value(
    column: ListColumn, subject: Subject, text: str, awards: Mapping[str, AwardForm], today: date
) -> object:
    """Return what a cell says, or None. Raises NotKeptError."""
    if not text:
        if column.required:
            raise NotKeptError(Issue.MISSING)
        return None
    if text in EXCEL_FAULTS:
        raise NotKeptError(Issue.BROKEN_FORMULA)
    spec = column.spec(subject)
    if spec is None:
        if column.of_nominee:
            raise NotKeptError(Issue.LEAVE_EMPTY)
        return None
    if spec.type is FieldType.REF:
        return _award(text, subject, awards).id
    value = _typed(spec, text)
    if issue := value_issue(spec, value):
        raise NotKeptError(issue)
    if lies_ahead(spec, value, today):
        raise NotKeptError(Issue.IN_FUTURE)
    return value


def _typed(spec: FieldSpec, text: str) -> object:
    match spec.type:
        case FieldType.ENUM:
            return _choice(spec, text)
        case FieldType.DATE:
            return _date(text)
        case FieldType.INTEGER:
            return _integer(text)
        case _:
            return tidy(spec, text)


def _subject(text: str) -> Subject | None:
    return next((one for one in Subject if fold(word(one)) == fold(clean(text))), None)


def _award(text: str, subject: Subject, awards: Mapping[str, AwardForm]) -> AwardForm:
    award = awards.get(fold(clean(text)))
    if award is None:
        raise NotKeptError(Issue.UNKNOWN_AWARD)
    if not may_receive(subject, award):
        raise NotKeptError(Issue.NOT_FOR_SUBJECT)
    return award


def _choice(spec: FieldSpec, text: str) -> object:
    for choice in spec.choices:
        if fold(word(choice)) == fold(clean(text)):
            return choice
    raise NotKeptError(Issue.NOT_ALLOWED)


def _date(text: str) -> PartialDate:
    try:
        return from_typed(text)
    except ValueError as error:
        raise NotKeptError(Issue.NOT_A_DATE) from error


def _integer(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > _MOST_DIGITS:
        raise NotKeptError(Issue.NOT_A_NUMBER)
    return int(text)
