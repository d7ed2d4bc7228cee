"""Records of any kind, in and out as JSON: what the command line and other programs use."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from thidua_desktop.domain.checks import checked
from thidua_desktop.domain.dates import PartialDate, shown
from thidua_desktop.domain.errors import InvalidLinesError, NobodyToAskError, NotFoundError
from thidua_desktop.domain.field_values import NotKeptError, from_json, from_stored, to_json
from thidua_desktop.domain.history import FieldVersion
from thidua_desktop.domain.issues import Issue, LineIssue
from thidua_desktop.domain.kinds import KIND_BY_NAME, KINDS
from thidua_desktop.domain.numbers import decimal_text
from thidua_desktop.domain.offices import Office
from thidua_desktop.domain.paper_forms import paper_text_issues
from thidua_desktop.domain.questions import Question
from thidua_desktop.domain.records import (
    DELETED,
    FieldSpec,
    FieldType,
    KindSpec,
    Record,
    UnknownChoice,
    keyed_id,
    kind_spec,
    values,
)
from thidua_desktop.domain.units import Unit, code_issues
from thidua_desktop.domain.words import word
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.loops import loops
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.questions import office_asked
from thidua_desktop.services.saving import refuse
from thidua_desktop.services.scoring_rules import Ahead, refuse_gone, scoring_issues

_KEYS = {"kind", "id", "fields", "delete"}


@dataclass(frozen=True, slots=True)
class PutLine:
    """One line of a file of records, read and checked."""

    line: int
    kind: type[Record]
    id: UUID
    fields: Mapping[str, object]
    delete: bool


@dataclass(frozen=True, slots=True)
class LinesPut:
    """The records of a file as stored; `suggested` are lines that another owner's word hides."""

    records: tuple[tuple[int, UUID], ...]
    suggested: tuple[int, ...]
    changes: Changes


def schema() -> dict[str, Any]:
    """Return what can be put and dumped (architecture.md 6)."""
    return {"kinds": [_kind_schema(kind_spec(kind)) for kind in KINDS]}


def put_lines(ports: Ports, text: str) -> LinesPut:
    """Store every line of the text, or none.

    Raises:
        InvalidLinesError: lines are no JSON or hold values that cannot be kept.
        LockedError: a record lies submitted at the province.
    """
    with ports.store.write() as work:
        lines = _read_lines(ports, work, text)
        _check_whole(ports, work, lines)
        shown = {line.line: _store(work, line) for line in lines}
        suggested = tuple(number for number, is_shown in shown.items() if not is_shown)
        stored = tuple((line.line, line.id) for line in lines)
        return LinesPut(stored, suggested, work.commit())


def dump_lines(ports: Ports, kind: str | None = None) -> Iterator[bytes]:
    """Return the visible state as canonical JSON lines. Raises InvalidLinesError: unknown kind."""
    if kind is not None and kind not in KIND_BY_NAME:
        raise InvalidLinesError((LineIssue(0, "kind", Issue.UNKNOWN_KIND),))
    with ports.store.read() as work:
        yield from work.records.dump(KIND_BY_NAME[kind] if kind else None)


def history(ports: Ports, record_id: UUID) -> tuple[FieldVersion, ...]:
    """Return every value of every field of a record, oldest first."""
    with ports.store.read() as work:
        return work.records.history(record_id)


def version_json(version: FieldVersion) -> dict[str, Any]:
    """Return a version of a field as the command line writes it."""
    return {
        "kind": version.kind,
        "id": str(version.id),
        "field": version.field,
        "op": version.op,
        "value": stored_json(version),
        "office": version.office,
        "who": version.who,
        "at": version.at.isoformat(),
        "bundle": None if version.bundle is None else str(version.bundle),
        "draft": version.is_draft,
        "redacted": version.is_redacted,
        "replaced_by": list(version.replaced_by),
    }


def stored_json(version: FieldVersion) -> object:
    """Return the value of a version in the dress of JSON; of an unknown field, as it is kept."""
    spec = field_spec(version.kind, version.field)
    if spec is None:
        return None if isinstance(version.value, bytes) else version.value
    return to_json(spec, from_stored(spec, version.value))


def shown_value(version: FieldVersion) -> str:
    """Return the value of a version for people."""
    if version.field == DELETED:
        return "giữ bản ghi" if version.value is None else "xóa bản ghi"
    if version.is_redacted:
        return "đã xóa theo luật"
    spec = field_spec(version.kind, version.field)
    return value_text(from_stored(spec, version.value) if spec else version.value)


def shown_json(kind: str, field: str, value: object) -> str:
    """Return a value in the dress of JSON for people; one that cannot be read, as it stands."""
    spec = field_spec(kind, field)
    try:
        return value_text(from_json(spec, value) if spec and value is not None else value)
    except NotKeptError:
        return str(value)


def value_text(value: object) -> str:  # noqa: PLR0911 - one line per type
    """Return the value of a field for people."""
    match value:
        case None:
            return ""
        case bool():
            return "có" if value else "không"
        case Decimal():
            return decimal_text(value)
        case PartialDate():
            return shown(value)
        case StrEnum() | UnknownChoice():
            return word(value)
        case UUID():
            return f"bản ghi …{value.hex[-6:]}"
        case _:
            return str(value)


def field_spec(kind: str, name: str) -> FieldSpec | None:
    """Return the declaration of a field, or None when only a newer program knows it."""
    if kind not in KIND_BY_NAME or name == DELETED:
        return None
    named = {spec.name: spec for spec in kind_spec(KIND_BY_NAME[kind]).fields}
    return named.get(name)


def _kind_schema(spec: KindSpec) -> dict[str, Any]:
    fields = [_field_schema(field) for field in spec.fields]
    return {"kind": spec.name, "owner": spec.owner.value, "label": spec.label, "fields": fields}


def _field_schema(spec: FieldSpec) -> dict[str, Any]:
    said: dict[str, Any] = {
        "name": spec.name,
        "type": spec.type.value,
        "owner": spec.owner.value,
        "label": spec.label,
        "required": spec.required,
    }
    match spec.type:
        case FieldType.ENUM:
            said["allowed"] = [choice.value for choice in spec.choices]
        case FieldType.REF if spec.refers_to:
            said["kind"] = spec.refers_to
        case FieldType.TEXT:
            said["max_length"] = spec.longest
        case FieldType.DECIMAL:
            said["scale"] = spec.scale
        case _:
            pass
    if spec.past:
        said["past"] = True
    bounds = {"min": spec.least, "max": spec.most}
    return said | {name: bound for name, bound in bounds.items() if bound is not None}


def _read_lines(ports: Ports, work: Work, text: str) -> list[PutLine]:
    lines: list[PutLine] = []
    issues: list[LineIssue] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            lines.append(_read_line(ports, work, number, line))
        except _WrongLineError as wrong:
            issues.extend(wrong.issues)
    if issues:
        raise InvalidLinesError(tuple(issues))
    return lines


class _WrongLineError(Exception):
    def __init__(self, *issues: LineIssue) -> None:
        super().__init__(issues)
        self.issues = issues


def _read_line(ports: Ports, work: Work, number: int, text: str) -> PutLine:
    given = _object(number, text)
    kind = KIND_BY_NAME.get(str(given.get("kind")))
    if kind is None:
        raise _WrongLineError(LineIssue(number, "kind", Issue.UNKNOWN_KIND))
    delete = given.get("delete", False)
    if not isinstance(delete, bool):
        raise _WrongLineError(LineIssue(number, "delete", Issue.WRONG_TYPE))
    fields = _fields(number, kind, given.get("fields", {}))
    record_id = _given_id(number, given) or _new_id(ports, work, number, kind, fields)
    return PutLine(number, kind, record_id, fields, delete)


def _object(number: int, text: str) -> dict[str, Any]:
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _WrongLineError(LineIssue(number, "", Issue.NOT_JSON)) from error
    if not isinstance(given, dict):
        raise _WrongLineError(LineIssue(number, "", Issue.NOT_JSON))
    if unknown := sorted(given.keys() - _KEYS):
        raise _WrongLineError(*(LineIssue(number, name, Issue.UNKNOWN_FIELD) for name in unknown))
    return given


def _fields(number: int, kind: type[Record], given: object) -> dict[str, object]:
    if not isinstance(given, dict):
        raise _WrongLineError(LineIssue(number, "fields", Issue.WRONG_TYPE))
    specs = {spec.name: spec for spec in kind_spec(kind).fields}
    read: dict[str, object] = {}
    issues: list[LineIssue] = []
    for name, value in given.items():
        if name not in specs:
            issues.append(LineIssue(number, name, Issue.UNKNOWN_FIELD))
            continue
        try:
            read[name] = from_json(specs[name], value)
        except NotKeptError as wrong:
            issues.append(LineIssue(number, name, wrong.issue, spec=specs[name]))
    if issues:
        raise _WrongLineError(*issues)
    return read


def _given_id(number: int, given: Mapping[str, Any]) -> UUID | None:
    if given.get("id") is None:
        return None
    try:
        return UUID(given["id"])
    except (ValueError, AttributeError, TypeError) as error:
        raise _WrongLineError(LineIssue(number, "id", Issue.NOT_AN_ID)) from error


def _new_id(
    ports: Ports, work: Work, number: int, kind: type[Record], fields: Mapping[str, object]
) -> UUID:
    spec, office = kind_spec(kind), work.book.me()
    if not spec.key:
        return ports.new_id(_number(work, office, kind, fields))
    key = {name: fields.get(name, spec.field(name).blank) for name in spec.key}
    wanting = [name for name in spec.key if spec.field(name).required and key[name] in {None, ""}]
    if wanting:
        raise _WrongLineError(*(LineIssue(number, name, Issue.MISSING) for name in wanting))
    return keyed_id(kind, office.number, **key)


def _number(work: Work, office: Office, kind: type[Record], fields: Mapping[str, object]) -> int:
    """Return the number that a new id carries: of the office that is asked, where one is."""
    about = fields.get("about_id")
    if kind is not Question or not isinstance(about, UUID):
        return office.number
    try:
        return office_asked(work, str(fields.get("about_kind")), about)
    except (NobodyToAskError, NotFoundError):
        return office.number  # the check of the record says what is wrong with it


def _check_whole(ports: Ports, work: Work, lines: list[PutLine]) -> None:
    """Judge every record as it will be, after all its lines."""
    issues: list[LineIssue] = []
    after: dict[tuple[type[Record], UUID], Record] = {}
    for line in lines:
        place = (line.kind, line.id)
        before = after.get(place) or work.records.find(line.kind, line.id) or line.kind(id=line.id)
        refuse(work, before)
        if line.delete:
            refuse_gone(work.records, before)
            continue
        changes: dict[str, Any] = dict(line.fields)
        after[place] = replace(before, **changes)
        refuse(work, after[place])
        found = (
            *checked(after[place], work.today()),
            *paper_text_issues(ports.plan().papers, after[place]),
        )
        issues += [LineIssue(line.line, one.field, one.issue, one.about) for one in found]
    issues += _loops(work, lines, after)
    issues += _codes(work, lines, after)
    issues += _scoring(work, lines, after)
    if issues:
        raise InvalidLinesError(tuple(issues))


def _loops(
    work: Work, lines: list[PutLine], after: Mapping[tuple[type[Record], UUID], Record]
) -> list[LineIssue]:
    last = {(line.kind, line.id): line for line in lines}
    gone = {line.id for line in last.values() if line.delete}
    kept = [record for place, record in after.items() if not last[place].delete]
    return [
        LineIssue(last[type(record), record.id].line, issue.field, issue.issue)
        for record, issue in loops(work.records, kept, gone)
    ]


def _codes(
    work: Work, lines: list[PutLine], after: Mapping[tuple[type[Record], UUID], Record]
) -> list[LineIssue]:
    """Return which units of the file bear a code that another one bears at the same time."""
    last = {(line.kind, line.id): line for line in lines}
    ahead = Ahead(work.records, after, {place for place, line in last.items() if line.delete})
    return [
        LineIssue(last[Unit, unit.id].line, issue.field, issue.issue)
        for unit in after.values()
        if isinstance(unit, Unit) and not last[Unit, unit.id].delete
        for issue in code_issues(ahead.having(Unit, code=unit.code), unit)
    ]


def _scoring(
    work: Work, lines: list[PutLine], after: Mapping[tuple[type[Record], UUID], Record]
) -> list[LineIssue]:
    last = {(line.kind, line.id): line for line in lines}
    gone = {place for place, line in last.items() if line.delete}
    ahead = Ahead(work.records, after, gone)
    return [
        LineIssue(last[place].line, issue.field, issue.issue)
        for place, record in after.items()
        if place not in gone
        for issue in scoring_issues(work.records, ahead, record)
    ]


def _store(work: Work, line: PutLine) -> bool:
    if line.delete:
        work.records.delete(line.kind, line.id)
        return True
    found = work.records.find(line.kind, line.id)
    if found is not None:
        return work.records.write(line.kind, line.id, line.fields)
    blank = values(line.kind(id=line.id))
    filled = {name: value for name, value in line.fields.items() if value != blank[name]}
    return work.records.write(line.kind, line.id, filled or dict(line.fields))
