"""A line of a file is refused for what a form refuses, and for nothing else: of every kind."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from office_work import Pair, a_person_proposed
from thidua_desktop.domain.attachments import Attachment
from thidua_desktop.domain.criteria import Evidence
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import (
    InvalidInputError,
    InvalidLinesError,
    LockedError,
    NotForRoleError,
    ThiduaError,
)
from thidua_desktop.domain.field_values import to_json
from thidua_desktop.domain.ids import PROVINCE_NUMBER, derived_id
from thidua_desktop.domain.issues import Issue
from thidua_desktop.domain.kinds import KIND_BY_NAME
from thidua_desktop.domain.merit import InitiativeClaim
from thidua_desktop.domain.proposals import Contribution, Outcome, Proposal, Review, Submission
from thidua_desktop.domain.questions import Question
from thidua_desktop.domain.records import (
    FieldSpec,
    FieldType,
    Record,
    kind_name,
    kind_spec,
    owner_number,
    replace_values,
    specs,
    values,
)
from thidua_desktop.domain.units import Unit
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.records import put_lines
from thidua_desktop.services.reviews import review_proposal
from thidua_desktop.services.saving import save_record
from thidua_desktop.services.submissions import draft_submission, submit
from thidua_desktop.services.units import save_unit

TOMORROW = date(2024, 11, 25) + timedelta(days=400)
OF_OTHERS = {"question", "resend_request"}  # their id names the office that is asked


def wrong_values(spec: FieldSpec) -> list[object]:
    """Return values that a field cannot hold, as far as one can be typed or said."""
    match spec.type:
        case FieldType.TEXT:
            return ["x" * (spec.longest + 1), "x\x07"]
        case FieldType.INTEGER | FieldType.DECIMAL:
            as_type = int if spec.type is FieldType.INTEGER else Decimal
            least = [] if spec.least is None else [as_type(spec.least - 1)]
            most = as_type(10**17) if spec.most is None else as_type(spec.most + 1)
            finer = [Decimal(1).scaleb(-spec.scale - 1)] if as_type is Decimal else []
            return [*least, most, *finer]
        case FieldType.DATE if spec.past:
            return [PartialDate.of(TOMORROW)]
        case _:
            return []


def a_record(kind: type[Record], number: int = 1) -> Record:
    """Return a record in which every field of a text says something."""
    spec = kind_spec(kind)
    office = 63 if spec.name in OF_OTHERS else owner_number(spec, PROVINCE_NUMBER)
    blank = kind(id=derived_id(spec.name, (str(number),), office))
    said = {one.name: "chu" for one in specs(kind) if one.type is FieldType.TEXT}
    return replace_values(blank, said)


def as_line(record: Record) -> str:
    kind, blank = type(record), type(record)(id=record.id)
    fields = {
        name: str(value)
        if isinstance(value, Decimal)  # as it is typed, however many places it has
        else to_json(kind_spec(kind).field(name), value)
        for name, value in values(record).items()
        if value != getattr(blank, name)
    }
    return json.dumps({"kind": kind_name(kind), "id": str(record.id), "fields": fields})


def refused(job: Any, *given: Any, **named: Any) -> tuple[str, frozenset[tuple[str, Issue]]]:
    """Return as what something was refused, and for which fields; nothing where it was kept."""
    try:
        job(*given, **named)
    except (InvalidInputError, InvalidLinesError) as error:
        return "wrong", frozenset((one.field, one.issue) for one in error.issues)
    except ThiduaError as error:
        return type(error).__name__, frozenset()
    return "", frozenset()


def tries_of(kind: type[Record]) -> list[Record]:
    """Return a good record, a blank one, and three that hold what their fields cannot."""
    limits = {one.name: wrong for one in specs(kind) if (wrong := wrong_values(one))}
    bad = [
        {name: wrong[place] for name, wrong in limits.items() if place < len(wrong)}
        for place in range(3)
    ]
    good = a_record(kind)
    return [good, kind(id=a_record(kind, 2).id), *(replace_values(good, one) for one in bad if one)]


def test_a_line_of_every_kind_is_refused_for_what_a_form_is(province: Ports) -> None:
    for name, kind in KIND_BY_NAME.items():
        complained: set[str] = set()
        for one in tries_of(kind):
            form = refused(save_record, province, one)
            line = refused(put_lines, province, as_line(one))
            # A line whose values cannot be read is not asked for the rules of the whole record.
            assert line == form or (form[0] == line[0] == "wrong" and line[1] <= form[1]), one
            complained |= {field for field, _ in form[1]}
        assert complained >= {one.name for one in specs(kind) if wrong_values(one)}, name


@pytest.fixture
def submitted(pair: Pair) -> tuple[Ports, UUID, UUID]:
    """A letter that lies at the province, and the proposal in it."""
    proposal_id = a_person_proposed(pair.office)
    letter, _ = draft_submission(pair.office, [proposal_id])
    submit(pair.office, letter.id)
    return pair.office, proposal_id, letter.id


def test_what_lies_at_the_province_is_locked_for_both(submitted: tuple[Ports, UUID, UUID]) -> None:
    office, proposal_id, letter_id = submitted
    with office.store.read() as work:
        proposal = work.records.get(Proposal, proposal_id)
        letter = work.records.get(Submission, letter_id)
    new = office.new_id
    for record, shown in (
        (replace(proposal, note="muộn"), proposal),
        (replace(letter, number="99/TTr"), letter),
        (Contribution(id=new(63), proposal_id=proposal_id, wording="Hiến đất"), None),
        (InitiativeClaim(id=new(63), proposal_id=proposal_id), None),
        (Evidence(id=new(63), proposal_id=proposal_id, wording="Biên bản"), None),
        (Evidence(id=new(63), submission_id=letter_id, wording="Biên bản"), None),
        (Proposal(id=new(63), submission_id=letter_id), None),
    ):
        form = refused(save_record, office, record, shown=shown)
        assert form == refused(put_lines, office, as_line(record)), record
        assert form[0] in {LockedError.__name__, "wrong"}, record
    free = Attachment(id=new(63), name="khác.pdf")
    assert refused(save_record, office, free) == refused(put_lines, office, as_line(free))


def test_what_only_the_province_says_an_office_does_not_put(
    submitted: tuple[Ports, UUID, UUID], pair: Pair
) -> None:
    office, proposal_id, letter_id = submitted
    with office.store.read() as work:
        digest = work.records.get(Submission, letter_id).snapshot
    review = Review(
        id=office.new_id(63),
        proposal_id=proposal_id,
        submission_id=letter_id,
        digest=digest,
        outcome=Outcome.RETURNED,
        reason="Tự trả lại",
    )
    asked = Question(
        id=office.new_id(63), about_kind="person", about_id=proposal_id, wording="Thế nào?"
    )
    for record in (review, asked):
        assert refused(put_lines, office, as_line(record))[0] == NotForRoleError.__name__
        assert refused(save_record, office, record)[0] == NotForRoleError.__name__
    assert (
        refused(review_proposal, office, proposal_id, Outcome.RETURNED, reason="Tự trả lại")[0]
        == NotForRoleError.__name__
    )
    silent = replace(review, reason="")
    for done in (
        refused(put_lines, pair.province, as_line(silent)),
        refused(save_record, pair.province, silent),
    ):
        assert done == ("wrong", frozenset({("reason", Issue.MISSING)}))


def test_a_code_that_another_unit_bears_is_taken_for_both(province: Ports) -> None:
    with province.store.read() as work:
        (there,) = work.records.having(Unit, code="stp")
    other = replace(there, id=province.new_id(0), valid_from=PartialDate(2024, 1, 1))
    taken = "wrong", frozenset({("code", Issue.TAKEN)})
    assert refused(save_unit, province, unit=other) == taken
    assert refused(put_lines, province, as_line(other)) == taken
    later = replace(other, code="stp-2")
    assert refused(put_lines, province, as_line(later)) == ("", frozenset())
