"""What can be wrong with one field."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # it knows how a field is declared, and that knows what can be wrong
    from thidua_desktop.domain.paper_forms import TextFault
    from thidua_desktop.domain.records import FieldSpec


class Issue(StrEnum):
    """One thing wrong with a value; its words are in `issue_text`."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    WRONG_TYPE = "wrong_type"
    NOT_A_DATE = "not_a_date"
    NOT_A_NUMBER = "not_a_number"
    TOO_PRECISE = "too_precise"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    NOT_ALLOWED = "not_allowed"
    CONTROL_CHARACTER = "control_character"
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_FIELD = "unknown_field"
    UNKNOWN_UNIT = "unknown_unit"
    UNKNOWN_AWARD = "unknown_award"
    NOT_FOR_SUBJECT = "not_for_subject"
    LOCKED = "locked"
    NOT_AN_ID = "not_an_id"
    NO_RECORD = "no_record"
    NOT_A_CODE = "not_a_code"
    OWN_PARENT = "own_parent"
    OWN_HEIR = "own_heir"
    LOOP = "loop"
    NOT_NAMED = "not_named"
    SEVERAL_NAMED = "several_named"
    NOT_STANDING = "not_standing"
    SEVERAL_LEVELS = "several_levels"
    TOO_FEW = "too_few"
    TOO_MANY = "too_many"
    TAKEN = "taken"
    NUMBER_TAKEN = "number_taken"
    ENDS_BEFORE_START = "ends_before_start"
    NOT_JSON = "not_json"
    LEAVE_EMPTY = "leave_empty"
    DIFFERS_ABOVE = "differs_above"
    BROKEN_FORMULA = "broken_formula"
    IN_FUTURE = "in_future"
    BEFORE_YEAR = "before_year"
    ONE_HOLDER = "one_holder"
    MORE_THAN_ALL = "more_than_all"
    ABOVE_BETTER = "above_better"
    REASON_MISSING = "reason_missing"
    REASONS_MISSING = "reasons_missing"
    KEYED_OTHERWISE = "keyed_otherwise"
    STEP_CLOSED = "step_closed"
    OWN_UNIT = "own_unit"
    SCORES_MISSING = "scores_missing"
    SET_EMPTY = "set_empty"
    SET_ISSUED = "set_issued"
    ONE_PLACE = "one_place"
    WRONG_SLOT = "wrong_slot"


@dataclass(frozen=True, slots=True)
class FieldIssue:
    """A field and what is wrong with it; `about` says where in the text."""

    field: str
    issue: Issue
    about: TextFault | None = None


@dataclass(frozen=True, slots=True)
class LineIssue:
    """A wrong field in a line or row of a file, counted from 1; `spec` where there is such one."""

    line: int
    field: str
    issue: Issue
    about: TextFault | None = None
    spec: FieldSpec | None = dataclasses.field(default=None, compare=False, repr=False)
