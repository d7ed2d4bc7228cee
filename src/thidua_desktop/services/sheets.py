"""The nominee list (danh sách đề nghị) as a workbook: template, preview, import.

The columns stand once, in `_COLUMNS`: template, reading and the values of a row follow from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.checks import checked, tidied
from thidua_desktop.domain.dates import from_typed
from thidua_desktop.domain.error_text import issue_text
from thidua_desktop.domain.errors import InvalidLinesError, StoppedError
from thidua_desktop.domain.field_values import NotKeptError
from thidua_desktop.domain.issues import Issue, LineIssue
from thidua_desktop.domain.people import Collective, Gender
from thidua_desktop.domain.proposals import (
    NOMINEE_KINDS,
    Nominee,
    Proposal,
    Subject,
    is_locked,
    may_receive,
    nominee_name,
)
from thidua_desktop.domain.records import replace_values
from thidua_desktop.domain.sheets import ColumnContent, SheetColumn, SheetLayout, SheetRow
from thidua_desktop.domain.text import clean, fold
from thidua_desktop.domain.words import WORDS, word
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.exchange import never_stop, no_progress
from thidua_desktop.services.ports import Ports, Progress, StopWanted, Work
from thidua_desktop.services.proposals import citation_for, proposal_for
from thidua_desktop.services.saving import keep, proposal_state

SHEET, TITLE = "Danh sách đề nghị", "DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG"
_FIRST_YEAR, _LAST_YEAR = 1945, 2200
_HINTS = (
    "Mỗi dòng là một cá nhân, tập thể hoặc hộ gia đình; giữ nguyên hàng tiêu đề.",
    "Cột có dấu * phải điền. Ngày sinh chỉ biết năm hoặc tháng thì gõ 1975 hoặc 08/1988.",
    "Với tập thể, để trống Giới tính, Ngày sinh, Chức vụ và Đơn vị công tác.",
    "Nhập lại tệp đã nhập không sinh thêm gì; sửa chữ rồi nhập lại là sửa hồ sơ đã có.",
)


class RowState(StrEnum):
    """What importing a row would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    DUPLICATE = "duplicate"
    ERROR = "error"


_STATE_WORDS = {
    RowState.NEW: "mới",
    RowState.CHANGED: "sửa hồ sơ đã có",
    RowState.SAME: "đã có, không đổi",
    RowState.DUPLICATE: "trùng dòng trên, bỏ qua",
    RowState.ERROR: "có ô sai",
}


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
class RowPreview:
    """A row and what would become of it."""

    number: int
    state: RowState
    values: dict[str, str]
    issues: tuple[CellIssue, ...] = ()
    reason: str = ""

    def summary(self) -> str:
        """Return the row in one line."""
        name = self.values.get("name", "")
        faults = " ".join(issue.text for issue in self.issues)
        return f"{name} · {_STATE_WORDS[self.state]}" + (f" · {faults}" if faults else "")


@dataclass(frozen=True, slots=True)
class SheetPreview:
    """A workbook as it would be imported."""

    sheet: str
    header_row: int
    rows: tuple[RowPreview, ...]

    @property
    def has_errors(self) -> bool:
        """Tell whether any cell is wrong, so that nothing can be imported."""
        return any(row.state is RowState.ERROR for row in self.rows)

    def count(self, state: RowState) -> int:
        """Return how many rows are in a state."""
        return sum(row.state is state for row in self.rows)

    def to_json(self) -> dict[str, Any]:
        """Return the shape of architecture.md 6."""
        columns = {column.heading: column.name for column in _LAYOUT_COLUMNS}
        sheet = {"name": self.sheet, "header_rows": [self.header_row], "columns": columns}
        return {"sheets": [sheet], "rows": [self._row(row) for row in self.rows], "notes": []}

    def _row(self, row: RowPreview) -> dict[str, Any]:
        said: dict[str, Any] = {
            "sheet": self.sheet,
            "row": row.number,
            "state": row.state.value,
            "values": row.values,
        }
        if row.reason:
            said["reason"] = row.reason
        if row.issues:
            said["issues"] = [
                {"field": i.column, "issue": i.issue.value, "message": i.text} for i in row.issues
            ]
        return said


@dataclass(frozen=True, slots=True)
class NomineesImported:
    """What was imported, as it was previewed, and what was touched."""

    preview: SheetPreview
    changes: Changes


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row read: whom it names and what it says of them, or what is wrong with it."""

    row: SheetRow
    subject: Subject = Subject.PERSON
    nominee: tuple[tuple[str, Any], ...] = ()
    proposal: tuple[tuple[str, Any], ...] = ()
    award: AwardForm | None = None
    issues: tuple[CellIssue, ...] = ()


def _words_of(choices: type[StrEnum]) -> tuple[str, ...]:
    return tuple(WORDS[choices].values())


_LAYOUT_COLUMNS = (
    SheetColumn(name="number", heading="STT", width=6, example="1"),
    SheetColumn(
        name="subject",
        heading="Đối tượng",
        content=ColumnContent.CHOICE,
        required=True,
        width=14,
        choices=_words_of(Subject),
        example="Cá nhân",
    ),
    SheetColumn(
        name="name",
        heading="Họ và tên, tên tập thể, chủ hộ",
        required=True,
        width=30,
        example="Trịnh Văn Ổn",
    ),
    SheetColumn(
        name="gender",
        heading="Giới tính",
        content=ColumnContent.CHOICE,
        width=10,
        choices=_words_of(Gender),
        example="Nam",
    ),
    SheetColumn(
        name="birth_date",
        heading="Ngày sinh",
        content=ColumnContent.DATE,
        width=13,
        example="12/03/1975",
    ),
    SheetColumn(name="position", heading="Chức vụ, nghề nghiệp", width=24, example="Trưởng thôn"),
    SheetColumn(
        name="workplace", heading="Đơn vị công tác", width=28, example="Thôn Nam Tiến, xã Vũ Lễ"
    ),
    SheetColumn(
        name="address",
        heading="Nơi cư trú, trụ sở",
        width=30,
        example="Xã Vũ Lễ, huyện Kiến Xương",
    ),
    SheetColumn(
        name="award",
        heading="Hình thức đề nghị",
        content=ColumnContent.CHOICE,
        required=True,
        width=30,
        example="Giấy khen",
    ),
    SheetColumn(name="year", heading="Năm xét", required=True, width=9, example="2024"),
    SheetColumn(
        name="summary",
        heading="Tóm tắt thành tích",
        required=True,
        width=50,
        example="Vận động Nhân dân hiến 1.240 m² đất làm đường.",
    ),
    SheetColumn(name="note", heading="Ghi chú", width=20),
)
# Which field of the nominee each column fills, by the kind of nominee.
_NOMINEE_COLUMNS: dict[Subject, dict[str, str]] = {
    Subject.PERSON: {
        "name": "full_name",
        "gender": "gender",
        "birth_date": "birth_date",
        "position": "position",
        "workplace": "workplace",
        "address": "address",
    },
    Subject.COLLECTIVE: {"name": "name", "address": "address"},
    Subject.HOUSEHOLD: {
        "name": "head",
        "gender": "gender",
        "birth_date": "birth_date",
        "position": "occupation",
        "address": "address",
    },
}
_PROPOSAL_COLUMNS = ("year", "summary", "note")


def write_template(ports: Ports, path: Path) -> None:
    """Write the blank template, with the awards of the catalogue to choose from."""
    with ports.store.read() as work:
        layout = nominee_layout(_award_names(work))
    ports.workbooks.write(path, layout, ())


def nominee_layout(awards: Sequence[str]) -> SheetLayout:
    """Return the layout of the list; without awards any may be typed."""
    columns = tuple(
        replace(column, choices=tuple(awards)) if column.name == "award" else column
        for column in _LAYOUT_COLUMNS
    )
    return SheetLayout(name=SHEET, title=TITLE, columns=columns, hints=_HINTS)


def preview_nominees(ports: Ports, path: Path) -> SheetPreview:
    """Return what importing a workbook would do. Raises NotAWorkbookError, WrongHeadingsError."""
    read = ports.workbooks.read(path, nominee_layout(()))
    with ports.store.read() as work:
        entries = [_entry(work, row) for row in read.rows]
        importing = _Importing(ports, work)
        rows = tuple(importing.judge(entry) for entry in entries)
    return SheetPreview(read.sheet, read.header_row, rows)


def import_nominees(
    ports: Ports,
    path: Path,
    *,
    progress: Progress = no_progress,
    stop_wanted: StopWanted = never_stop,
) -> NomineesImported:
    """Import every row of a workbook, or none.

    Raises:
        InvalidLinesError: cells are wrong; nothing was imported.
        NotAWorkbookError, WrongHeadingsError: the file is not a list of this layout.
    """
    read = ports.workbooks.read(path, nominee_layout(()))
    with ports.store.write() as work:
        importing = _Importing(ports, work)
        previews = []
        for done, row in enumerate(read.rows):
            progress(done, len(read.rows))
            if stop_wanted():
                raise StoppedError
            entry = _entry(work, row)
            judged = importing.judge(entry)
            previews.append(judged)
            if judged.state in {RowState.NEW, RowState.CHANGED}:
                importing.store(entry)
        wrong = [
            LineIssue(row.number, issue.heading, issue.issue)
            for row in previews
            for issue in row.issues
        ]
        if wrong:
            raise InvalidLinesError(tuple(wrong))
        preview = SheetPreview(read.sheet, read.header_row, tuple(previews))
        return NomineesImported(preview, work.commit())


class _Importing:
    """Joins the rows of a list to what the office has already."""

    def __init__(self, ports: Ports, work: Work) -> None:
        self._ports = ports
        self._work = work
        self._met: Counter[tuple[Any, ...]] = Counter()
        self._known: dict[tuple[Any, ...], tuple[Nominee, Proposal]] = {}
        me = work.book.me()
        people = {
            one.id: one for kind in NOMINEE_KINDS.values() for one in work.records.having(kind)
        }
        for proposal in work.records.having(Proposal, unit_id=me.unit_id):
            nominee = people.get(proposal.nominee_id) if proposal.nominee_id else None
            if nominee is not None:
                self._known[_key(nominee, proposal)] = (nominee, proposal)

    def judge(self, entry: _Entry) -> RowPreview:
        """Return what storing the row would do; rows are judged in the order of the sheet."""
        cells = dict(entry.row.cells)
        if entry.issues:
            return RowPreview(entry.row.number, RowState.ERROR, cells, entry.issues)
        nominee, proposal = self._wanted(entry)
        key = _key(nominee, proposal)
        self._met[key] += 1
        if self._met[key] > 1:
            return RowPreview(entry.row.number, RowState.DUPLICATE, cells, reason="trùng dòng trên")
        if key not in self._known:
            return RowPreview(entry.row.number, RowState.NEW, cells)
        old_nominee, old_proposal = self._known[key]
        if (nominee, proposal) == (old_nominee, old_proposal):
            return RowPreview(entry.row.number, RowState.SAME, cells)
        if is_locked(proposal_state(self._work, old_proposal)):
            locked = CellIssue("summary", "Tóm tắt thành tích", Issue.LOCKED)
            return RowPreview(entry.row.number, RowState.ERROR, cells, (locked,))
        return RowPreview(entry.row.number, RowState.CHANGED, cells)

    def store(self, entry: _Entry) -> None:
        """Store a row that was judged new or changed."""
        nominee, proposal = self._wanted(entry)
        known = self._known.get(_key(nominee, proposal))
        stored = keep(self._work, nominee, shown=known[0] if known else None)
        kept = keep(self._work, proposal, shown=known[1] if known else None)
        self._known[_key(stored, kept)] = (stored, kept)

    def _wanted(self, entry: _Entry) -> tuple[Nominee, Proposal]:
        """Return nominee and proposal as the row wants them, built upon what is there."""
        me = self._work.book.me()
        nominee: Nominee = NOMINEE_KINDS[entry.subject](id=self._ports.new_id(me.number))
        nominee = tidied(replace_values(nominee, dict(entry.nominee)))
        proposal = proposal_for(self._ports, self._work, entry.subject, nominee.id, year=0)
        award = entry.award
        proposal = replace(
            proposal,
            award_form_id=award.id if award else None,
            citation=citation_for(award, entry.subject) if award else "",
        )
        proposal = tidied(replace_values(proposal, dict(entry.proposal)))
        known = self._known.get(_key(nominee, proposal))
        if known is None:
            return nominee, proposal
        return (
            tidied(replace_values(known[0], dict(entry.nominee))),
            tidied(replace_values(known[1], dict(entry.proposal))),
        )


def _key(nominee: Nominee, proposal: Proposal) -> tuple[Any, ...]:
    """Return what makes two rows mean the same nominee for the same award in the same year."""
    born = None if isinstance(nominee, Collective) else nominee.birth_date
    name = fold(clean(nominee_name(nominee)))
    return (type(nominee), name, born, proposal.award_form_id, proposal.year)


def _entry(work: Work, row: SheetRow) -> _Entry:
    cells = {name: clean(text) for name, text in row.cells.items()}
    issues: list[CellIssue] = []

    def read(name: str, job: Callable[[str], Any]) -> Any:  # noqa: ANN401 - a value of any type
        column = next(c for c in _LAYOUT_COLUMNS if c.name == name)
        if not cells[name]:
            if column.required:
                issues.append(CellIssue(name, column.heading, Issue.MISSING))
            return None
        try:
            return job(cells[name])
        except NotKeptError as error:
            issues.append(CellIssue(name, column.heading, error.issue))
            return None

    subject = read("subject", lambda text: _choice(Subject, text))
    values = {
        "gender": read("gender", lambda text: _choice(Gender, text)),
        "birth_date": read("birth_date", _date),
        "year": read("year", _year),
        "name": read("name", str),
        "summary": read("summary", str),
    }
    award = read("award", lambda text: _award(work, text))
    values = {name: cells[name] for name in cells} | values
    subject = subject or Subject.PERSON
    if award is not None and not may_receive(subject, award):
        issues.append(CellIssue("award", "Hình thức đề nghị", Issue.NOT_FOR_SUBJECT))
    nominee = {
        field: values[column]
        for column, field in _NOMINEE_COLUMNS[subject].items()
        if values[column] not in {None, ""}
    }
    proposal = {name: values[name] for name in _PROPOSAL_COLUMNS if values[name] not in {None, ""}}
    issues += _kept_issues(subject, nominee, proposal)
    return _Entry(
        row,
        subject=subject,
        nominee=tuple(nominee.items()),
        proposal=tuple(proposal.items()),
        award=award,
        issues=tuple(issues),
    )


def _kept_issues(
    subject: Subject, nominee: dict[str, Any], proposal: dict[str, Any]
) -> list[CellIssue]:
    """Return what the records themselves would refuse, by the column it came from."""
    columns = {field: column for column, field in _NOMINEE_COLUMNS[subject].items()}
    columns |= {name: name for name in _PROPOSAL_COLUMNS}
    headings = {column.name: column.heading for column in _LAYOUT_COLUMNS}
    whole: Nominee = replace_values(NOMINEE_KINDS[subject](id=_NOBODY), nominee)
    records = (tidied(whole), tidied(replace_values(Proposal(id=_NOBODY), proposal)))
    return [
        CellIssue(columns[issue.field], headings[columns[issue.field]], issue.issue)
        for record in records
        for issue in checked(record)
        if issue.field in columns
    ]


_NOBODY = UUID(int=0)


def _choice(choices: type[StrEnum], text: str) -> StrEnum:
    for choice in choices:
        if fold(word(choice)) == fold(text):
            return choice
    raise NotKeptError(Issue.NOT_ALLOWED)


def _date(text: str) -> Any:  # noqa: ANN401 - a partial date
    try:
        return from_typed(text)
    except ValueError as error:
        raise NotKeptError(Issue.NOT_A_DATE) from error


def _year(text: str) -> int:
    if not text.isdecimal() or not _FIRST_YEAR <= int(text) <= _LAST_YEAR:
        raise NotKeptError(Issue.NOT_A_NUMBER)
    return int(text)


def _award(work: Work, text: str) -> AwardForm:
    wanted = fold(text)
    for award in work.records.having(AwardForm):
        if wanted in {fold(award.name), fold(award.code)}:
            return award
    raise NotKeptError(Issue.UNKNOWN_AWARD)


def _award_names(work: Work) -> tuple[str, ...]:
    awards = sorted(work.records.having(AwardForm), key=lambda award: award.place or 0)
    return tuple(award.name for award in awards)
