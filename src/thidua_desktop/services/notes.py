"""What others say of fields, as notes on them; and what of it waits for this office."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from thidua_desktop.domain.dates import shown
from thidua_desktop.domain.history import CellDifference, FieldVersion
from thidua_desktop.domain.ids import PROVINCE_NUMBER, office_number
from thidua_desktop.domain.kinds import KIND_BY_NAME
from thidua_desktop.domain.ledger import CellState, level_of
from thidua_desktop.domain.notes import FieldNote, FieldPlace, NoteKind
from thidua_desktop.domain.offices import Office
from thidua_desktop.domain.proposals import Outcome, Proposal, ProposalState, Review
from thidua_desktop.domain.questions import Question, QuestionState
from thidua_desktop.domain.records import Record, kind_name
from thidua_desktop.domain.units import Unit
from thidua_desktop.domain.words import field_label
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.questions import place_of
from thidua_desktop.services.records import field_spec, shown_value
from thidua_desktop.services.saving import proposal_state
from thidua_desktop.services.titles import title_of, title_said


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for this office: what, about whom, and where it is dealt with."""

    sort: NoteKind
    about: str
    words: str
    place: FieldPlace


def notes_on(work: Work, records: Iterable[Record]) -> tuple[FieldNote, ...]:
    """Return the notes on the fields of these records, questions before suggestions."""
    me = work.book.me()
    found: list[FieldNote] = []
    for record in records:
        asked = work.records.having(Question, about_id=record.id)
        kind = kind_name(type(record))
        found += [_asked(me, one) for one in asked if one.about_kind == kind and not one.is_closed]
        found += _suggestions(work, me, kind, record.id)
    return tuple(found)


def notes_of_unit(ports: Ports, unit_id: UUID) -> tuple[FieldNote, ...]:
    """Return the notes on the fields of a unit. Raises NotFoundError."""
    with ports.store.read() as work:
        return notes_on(work, (work.records.get(Unit, unit_id),))


def what_waits(work: Work, cells: Iterable[CellDifference]) -> tuple[Waiting, ...]:
    """Return what this office has to answer: questions, suggestions, proposals sent back.

    `cells` are those that wait for a person: whoever asks has read them already. For the province
    it is the answers that it has not closed, and suggestions on its own fields.
    """
    me = work.book.me()
    return (*_questions(work, me), *_open_suggestions(work, me, cells), *_returned(work, me))


def _asked(me: Office, question: Question) -> FieldNote:
    is_open = question.state is QuestionState.OPEN
    who = " · ".join(filter(None, (question.asked_by, shown(question.asked_on))))
    words = question.wording
    if not is_open:
        words = f"{question.wording}\nTrả lời: {question.answer}"
        who = " · ".join(filter(None, (question.answered_by, shown(question.answered_on))))
    return FieldNote(
        sort=NoteKind.QUESTION if is_open else NoteKind.ANSWER,
        kind=question.about_kind,
        id=question.about_id or question.id,
        field=question.about_field,
        words=words,
        by=who,
        asks=is_open and office_number(question.id) == me.number,
        closes=me.is_province,
        question_id=question.id,
    )


def _suggestions(work: Work, me: Office, kind: str, record_id: UUID) -> Iterator[FieldNote]:
    cells: dict[str, list[FieldVersion]] = {}
    for version in work.records.history(record_id):
        if version.kind == kind and field_spec(kind, version.field) is not None:
            cells.setdefault(version.field, []).append(version)
    for versions in cells.values():
        standing = [one for one in versions if not one.replaced_by]
        ours = max(standing, key=lambda one: (one.level, versions.index(one)))
        if not ours.level:
            continue
        others = [one for one in standing if not one.level and one.value != ours.value]
        yield from (_suggested(work, me, one, ours) for one in others)
        settled = [one for one in versions if one.replaced_by and _is_of(one, me)]
        if settled and ours.op in settled[-1].replaced_by:
            yield _settled(work, settled[-1], ours)


def _is_of(version: FieldVersion, me: Office) -> bool:
    """Tell whether a version is what this office suggested to another."""
    return not version.level and version.office == me.number


def _said(work: Work, version: FieldVersion) -> str:
    return title_said(work, version) or shown_value(version) or "(để trống)"


def _suggested(work: Work, me: Office, version: FieldVersion, ours: FieldVersion) -> FieldNote:
    value = _said(work, version)
    is_mine = _owns(me, version)
    who = "Tỉnh" if version.office == PROVINCE_NUMBER else "Đơn vị"
    words = (
        f"{who} đề nghị sửa thành “{value}”."
        if is_mine
        else f"Đã đề nghị sửa thành “{value}”, chờ nơi có quyền chọn."
    )
    return FieldNote(
        sort=NoteKind.SUGGESTION if is_mine else NoteKind.SUGGESTED,
        kind=version.kind,
        id=version.id,
        field=version.field,
        words=words,
        by=" · ".join(filter(None, (version.who, f"{version.at:%d/%m/%Y}"))),
        asks=is_mine,
        take=version.op,
        keep=ours.op,
    )


def _settled(work: Work, version: FieldVersion, ours: FieldVersion) -> FieldNote:
    value = _said(work, version)
    taken = version.value == ours.value
    kept = _said(work, ours)
    return FieldNote(
        sort=NoteKind.ACCEPTED if taken else NoteKind.DISMISSED,
        kind=version.kind,
        id=version.id,
        field=version.field,
        words=f"Đề nghị sửa thành “{value}” đã được chấp nhận."
        if taken
        else f"Không nhận đề nghị “{value}”, giữ “{kept}”.",
        by=" · ".join(filter(None, (ours.who, f"{ours.at:%d/%m/%Y}"))),
    )


def _owns(me: Office, version: FieldVersion) -> bool:
    """Tell whether the choice in a cell is this office's to make."""
    spec = field_spec(version.kind, version.field)
    return spec is not None and bool(
        level_of((spec.owner,), record_id=version.id, office=me.number, is_province=me.is_province)
    )


def _questions(work: Work, me: Office) -> Iterator[Waiting]:
    wanted: Callable[[Question], bool] = (
        (lambda one: one.state is QuestionState.ANSWERED)
        if me.is_province
        else (lambda one: one.state is QuestionState.OPEN and office_number(one.id) == me.number)
    )
    for one in filter(wanted, work.records.having(Question)):
        label = field_label(one.about_kind, one.about_field)
        yield Waiting(
            NoteKind.ANSWER if me.is_province else NoteKind.QUESTION,
            f"{title_of(work, one.about_kind, one.about_id)} · {label}",
            one.answer or one.wording,
            place_of(work, one.about_kind, one.about_id, one.about_field),
        )


def _open_suggestions(work: Work, me: Office, cells: Iterable[CellDifference]) -> Iterator[Waiting]:
    for cell in cells:
        if cell.state is not CellState.SUGGESTION or cell.kind not in KIND_BY_NAME:
            continue
        if field_spec(cell.kind, cell.field) is None or not _owns(me, cell.heads[0]):
            continue
        note = _suggested(work, me, cell.heads[-1], cell.heads[0])
        yield Waiting(
            NoteKind.SUGGESTION,
            f"{title_of(work, cell.kind, cell.id)} · {field_label(cell.kind, cell.field)}",
            note.words,
            place_of(work, cell.kind, cell.id, cell.field),
        )


def _returned(work: Work, me: Office) -> Iterator[Waiting]:
    if me.is_province:
        return
    back: dict[UUID, Review] = {}
    reviews = work.records.having(Review, outcome=Outcome.RETURNED)
    for review in sorted(reviews, key=lambda one: one.date.iso() if one.date else ""):
        if review.proposal_id is not None:
            back[review.proposal_id] = review
    for proposal_id, review in back.items():
        proposal = work.records.find(Proposal, proposal_id)
        if proposal is None or proposal_state(work, proposal) is not ProposalState.RETURNED:
            continue
        yield Waiting(
            NoteKind.RETURN,
            title_of(work, kind_name(Proposal), proposal_id),
            review.reason,
            FieldPlace(kind=kind_name(Proposal), id=proposal_id, field="", proposal_id=proposal_id),
        )
