from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.ids import office_number, owned_by, time_id
from thidua_desktop.domain.kinds import KIND_BY_NAME, KINDS
from thidua_desktop.domain.records import (
    MOST_FIELDS,
    FieldType,
    Owner,
    keyed_id,
    kind_spec,
    missing,
    specs,
)
from thidua_desktop.domain.units import Unit

AN_ID = UUID(int=7)


def test_a_kind_is_named_once_and_its_bits_follow_the_declaration() -> None:
    for kind in KINDS:
        spec = kind_spec(kind)
        assert KIND_BY_NAME[spec.name] is kind
        assert [field.bit for field in spec.fields] == list(range(1, len(spec.fields) + 1))
        assert len(spec.fields) < MOST_FIELDS


def test_every_ref_points_at_a_declared_kind() -> None:
    refs = [field for kind in KINDS for field in specs(kind) if field.type is FieldType.REF]
    assert refs
    # A question, a redaction, a waiver are about a record of any kind; a field beside says which.
    assert {field.refers_to for field in refs} - {None} <= KIND_BY_NAME.keys()
    assert {field.name for field in refs if field.refers_to is None} == {"about_id"}


def test_every_field_has_a_vietnamese_label_of_its_own() -> None:
    for kind in KINDS:
        labels = [field.label for field in specs(kind)]
        assert len(labels) == len(set(labels)), kind
        assert all(label[0].isupper() for label in labels)


def test_a_field_belongs_to_the_owner_of_its_kind_unless_it_says_otherwise() -> None:
    owners = {field.name: field.owner for field in specs(Unit)}
    assert owners["name"] is Owner.PROVINCE
    assert owners["phone"] is Owner.OFFICE


def test_a_draft_may_lack_what_a_submission_may_not() -> None:
    assert set(missing(Unit(id=AN_ID))) == {"code", "name", "level"}


def test_the_owner_of_a_record_stands_in_its_id() -> None:
    made = time_id(1_732_496_400_000, bytes(range(10)), 343)
    assert office_number(made) == 343
    assert made.version == 7
    assert office_number(owned_by(made, 0)) == 0


def test_two_pcs_of_one_office_make_the_same_checklist_and_two_offices_do_not() -> None:
    checklist = KIND_BY_NAME["checklist"]
    key = {"set_id": AN_ID, "unit_id": AN_ID, "period": 2024}
    assert keyed_id(checklist, 12, **key) == keyed_id(checklist, 12, **key)
    assert keyed_id(checklist, 12, **key) != keyed_id(checklist, 13, **key)
    assert office_number(keyed_id(checklist, 12, **key)) == 12


def test_an_official_code_makes_the_same_unit_wherever_it_is_typed() -> None:
    key = {"code": "12577", "valid_from": PartialDate(2024, 11, 1)}
    assert keyed_id(Unit, 12, **key) == keyed_id(Unit, 0, **key)
    assert keyed_id(Unit, 0, **key) != keyed_id(Unit, 0, code="12577", valid_from=None)


def test_a_unit_stands_between_its_two_dates() -> None:
    unit = Unit(id=AN_ID, valid_from=PartialDate(2020, 2, 1), valid_to=PartialDate(2025, 6, 30))
    assert unit.stands_on(PartialDate(2025, 6, 30))
    assert not unit.stands_on(PartialDate(2025, 7, 1))
    assert replace(unit, valid_to=None).stands_on(PartialDate(2030))
