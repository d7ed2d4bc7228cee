"""The nominee list (danh sách đề nghị) as a workbook: template, preview, import."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.errors import InvalidLinesError, StoppedError
from thidua_desktop.domain.ids import office_number
from thidua_desktop.domain.issues import Issue, LineIssue
from thidua_desktop.domain.people import Collective
from thidua_desktop.domain.proposals import (
    NOMINEE_KINDS,
    Nominee,
    Proposal,
    citation_for,
    nominee_name,
)
from thidua_desktop.domain.records import replace_values
from thidua_desktop.domain.sheets import SheetRows
from thidua_desktop.domain.text import clean, fold, spelling
from thidua_desktop.domain.units import Unit
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.exchange import never_stop, no_progress
from thidua_desktop.services.nominee_sheet import (
    COLUMNS,
    CellIssue,
    ListedRow,
    in_order,
    nominee_layout,
    read_row,
    template_layout,
)
from thidua_desktop.services.ports import Ports, Progress, StopWanted, Work
from thidua_desktop.services.proposals import proposal_for
from thidua_desktop.services.saving import keep, may_not_change
from thidua_desktop.services.trust import own_numbers


class RowState(StrEnum):
    """What importing a row would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    DUPLICATE = "duplicate"
    ERROR = "error"
    SKIPPED = "skipped"


_STATE_WORDS = {
    RowState.NEW: "mới",
    RowState.CHANGED: "sửa hồ sơ đã có",
    RowState.SAME: "đã có, không đổi",
    RowState.DUPLICATE: "bỏ qua",
    RowState.ERROR: "có ô sai",
    RowState.SKIPPED: "bỏ qua",
}
_NAMESAKE = "đã có hồ sơ cùng tên, khác ngày sinh"


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
        parts = [self.values.get("name", ""), _STATE_WORDS[self.state]]
        if self.issues or self.reason:
            parts.append(self.reason or " ".join(issue.text for issue in self.issues))
        return " · ".join(parts)


@dataclass(frozen=True, slots=True)
class SheetPreview:
    """A workbook as it would be imported; `notes` say what of it is left unread."""

    sheet: str
    header_row: int
    rows: tuple[RowPreview, ...]
    notes: tuple[str, ...] = ()

    def count(self, state: RowState) -> int:
        """Return how many rows are in a state."""
        return sum(row.state is state for row in self.rows)

    def to_json(self) -> dict[str, Any]:
        """Return the shape of architecture.md 6."""
        columns = {column.heading: column.name for column in COLUMNS}
        sheet = {"name": self.sheet, "header_rows": [self.header_row], "columns": columns}
        rows = [self._row(row) for row in self.rows]
        return {"sheets": [sheet], "rows": rows, "notes": list(self.notes)}

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


def write_template(ports: Ports, path: Path) -> None:
    """Write the blank template, with the awards of the catalogue to choose from."""
    with ports.store.read() as work:
        layout = template_layout(work.records.having(AwardForm))
    ports.workbooks.write(path, layout, ())


def preview_nominees(ports: Ports, path: Path) -> SheetPreview:
    """Return what importing a workbook would do.

    Raises NotAWorkbookError, WorkbookTooLargeError, WrongHeadingsError.
    """
    read = ports.workbooks.read(path, nominee_layout(()))
    with ports.store.read() as work:
        return _preview(read, _Desk(ports, work).judge(read))


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
        NotAWorkbookError, WorkbookTooLargeError, WrongHeadingsError: the file is no list of this
            layout.
        StoppedError: a person stopped it; nothing was imported.
    """
    read = ports.workbooks.read(path, nominee_layout(()))
    with ports.store.write() as work:
        desk = _Desk(ports, work)
        judged = desk.judge(read)
        wrong = [
            LineIssue(row.number, issue.heading, issue.issue)
            for _, row in judged
            for issue in row.issues
        ]
        if wrong:
            raise InvalidLinesError(tuple(wrong))
        for done, (listed, row) in enumerate(judged):
            progress(done, len(judged))
            if stop_wanted():
                raise StoppedError
            if row.state in {RowState.NEW, RowState.CHANGED}:
                desk.store(listed)
        return NomineesImported(_preview(read, judged), work.commit())


_Judged = list[tuple[ListedRow, RowPreview]]


class _Desk:
    """Joins the rows of a list to what the office has already, and to the rows above them."""

    def __init__(self, ports: Ports, work: Work) -> None:
        self._ports = ports
        self._work = work
        self._awards = {award.id: award for award in in_order(work.records.having(AwardForm))}
        self._nominees: defaultdict[tuple[Any, ...], list[Nominee]] = defaultdict(list)
        self._proposals: dict[tuple[Any, ...], Proposal] = {}
        self._above: defaultdict[tuple[Any, ...], list[ListedRow]] = defaultdict(list)
        me, own = work.book.me(), own_numbers(work)
        self._me = me
        units = (one for number in sorted(own) for one in work.records.having(Unit, number=number))
        inherited = {unit.id for unit in units}
        for kind in NOMINEE_KINDS.values():
            for nominee in work.records.having(kind):
                if office_number(nominee.id) in own:
                    self._nominees[_nominee_key(nominee)].append(nominee)
        for unit_id in (me.unit_id, *sorted(inherited - {me.unit_id})):
            for proposal in work.records.having(Proposal, unit_id=unit_id):
                self._proposals.setdefault(_proposal_key(proposal), proposal)
        self._names = {key[:2] for key in self._nominees}

    def judge(self, read: SheetRows) -> _Judged:
        """Return what storing each row would do."""
        by_name = {fold(clean(award.name)): award for award in reversed(self._awards.values())}
        listed = [read_row(row, by_name, self._work.today()) for row in read.rows]
        return [(row, self._judge(row)) for row in listed]

    def store(self, listed: ListedRow) -> None:
        """Store a row that was judged new or changed."""
        nominee, proposal = self._known(listed)
        stored = self._store_nominee(listed, nominee)
        if proposal is None:
            award = self._awards[listed.values["award"]]
            blank = proposal_for(
                self._ports, self._work, listed.subject, stored.id, year=listed.values["year"]
            )
            blank = replace_values(blank, {"citation": citation_for(award, listed.subject)})
        else:
            blank = proposal
        wanted = replace_values(blank, listed.of_proposal)
        kept = keep(self._work, wanted, shown=proposal) if wanted != proposal else wanted
        self._proposals[_proposal_key(kept)] = kept

    def _store_nominee(self, listed: ListedRow, known: Nominee | None) -> Nominee:
        kind = NOMINEE_KINDS[listed.subject]
        blank = known or kind(id=self._ports.new_id(self._me.number))
        wanted: Nominee = replace_values(blank, listed.of_nominee)
        if wanted == known:
            return wanted
        stored = keep(self._work, wanted, shown=known)
        same = self._nominees[listed.nominee_key]
        same[:] = [stored, *(one for one in same if one.id != stored.id)]
        return stored

    def _judge(self, listed: ListedRow) -> RowPreview:
        number, cells = listed.number, listed.cells
        if listed.is_empty:
            return RowPreview(number, RowState.SKIPPED, cells, reason="dòng không có nội dung")
        issues = listed.issues or self._against_rows_above(listed)
        if issues:
            return RowPreview(number, RowState.ERROR, cells, issues)
        above = self._above[listed.nominee_key]
        twin = next((row for row in above if row.values == listed.values), None)
        if twin is not None:
            return RowPreview(number, RowState.DUPLICATE, cells, reason=f"trùng dòng {twin.number}")
        above.append(listed)
        return self._against_records(listed)

    def _against_rows_above(self, listed: ListedRow) -> tuple[CellIssue, ...]:
        """Complain of what contradicts a row above about the same nominee."""
        for above in self._above[listed.nominee_key]:
            one, other = listed.values, above.values
            differing = {n for n in one.keys() | other.keys() if one.get(n) != other.get(n)}
            if not differing & {"award", "year"}:
                wrong = differing
            else:
                # Two awards for one nominee: about the nominee both rows must say the same.
                both = one.keys() & other.keys()
                wrong = {c.name for c in COLUMNS if c.of_nominee} & differing & both
            if wrong:
                return listed.complaints(wrong, Issue.DIFFERS_ABOVE)
        return ()

    def _against_records(self, listed: ListedRow) -> RowPreview:
        number, cells = listed.number, listed.cells
        nominee, proposal = self._known(listed)
        of_nominee, of_proposal = listed.differing(nominee, None), listed.differing(None, proposal)
        locked = [
            *(of_nominee if of_nominee and may_not_change(self._work, nominee) else ()),
            *(of_proposal if of_proposal and may_not_change(self._work, proposal) else ()),
        ]
        if locked:
            complaints = listed.complaints(locked, Issue.LOCKED)
            return RowPreview(number, RowState.ERROR, cells, complaints)
        if proposal is not None:
            state = RowState.CHANGED if of_nominee or of_proposal else RowState.SAME
            return RowPreview(number, state, cells)
        is_namesake = nominee is None and listed.nominee_key[:2] in self._names
        return RowPreview(number, RowState.NEW, cells, reason=_NAMESAKE if is_namesake else "")

    def _known(self, listed: ListedRow) -> tuple[Nominee | None, Proposal | None]:
        """Return the records that a row is about; of namesakes the one with such a proposal."""
        said = listed.values
        nominees = self._nominees.get(listed.nominee_key, [])
        for nominee in nominees:
            proposal = self._proposals.get((nominee.id, said["award"], said["year"]))
            if proposal is not None:
                return nominee, proposal
        return (nominees[0] if nominees else None), None


def _nominee_key(nominee: Nominee) -> tuple[Any, ...]:
    born = None if isinstance(nominee, Collective) else nominee.birth_date
    return (type(nominee), spelling(clean(nominee_name(nominee))), born)


def _proposal_key(proposal: Proposal) -> tuple[UUID | None, UUID | None, int | None]:
    return (proposal.nominee_id, proposal.award_form_id, proposal.year)


def _preview(read: SheetRows, judged: _Judged) -> SheetPreview:
    notes = [
        f"Cột “{heading}” không có trong mẫu nên không được nhập." for heading in read.other_columns
    ]
    notes += [
        f"Trang tính “{name}” cũng theo mẫu nhưng chỉ trang “{read.sheet}” được đọc."
        for name in read.other_sheets
    ]
    rows = tuple(row for _, row in judged)
    return SheetPreview(read.sheet, read.header_row, rows, tuple(notes))
