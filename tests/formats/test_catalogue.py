from __future__ import annotations

import hashlib
import shutil
import unicodedata
from collections import Counter
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

import pytest

from thidua_desktop.app.paths import resources
from thidua_desktop.domain.awards import Authority, AwardForm
from thidua_desktop.domain.catalogue import PlanCatalogue
from thidua_desktop.domain.checks import checked, tidied
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.ids import PROVINCE_NUMBER, office_number
from thidua_desktop.domain.proposals import Subject
from thidua_desktop.domain.records import keyed_id, kind_spec, missing, values
from thidua_desktop.domain.units import Succession, SuccessionKind, Unit, UnitLevel, unit_by_code
from thidua_desktop.formats.catalogue import read_catalogue

PROVINCES = {"34", "33"}


@cache
def catalogue() -> PlanCatalogue:
    return read_catalogue(resources())


def records(kind):
    return [record for record in catalogue().records if isinstance(record, kind)]


def test_everything_that_is_shipped_is_read() -> None:
    kinds = Counter(type(record).__name__ for record in catalogue().records)

    assert kinds == {
        "Movement": 1,
        "Stage": 2,
        "Obligation": 8,
        "SubjectGroup": 7,
        "Unit": 448,
        "Succession": 308,
        "Assignment": 31,
        "AwardForm": 6,
    }
    assert len(catalogue().criteria) == 22
    assert len(catalogue().contents) == 12
    assert len(catalogue().milestones) == 3


def test_every_record_has_the_id_that_follows_from_its_key() -> None:
    for record in catalogue().records:
        spec = kind_spec(type(record))
        key = {name: value for name, value in values(record).items() if name in spec.key}
        assert record.id == keyed_id(type(record), PROVINCE_NUMBER, **key)
        assert office_number(record.id) == PROVINCE_NUMBER


def test_no_two_records_have_one_id() -> None:
    ids = [record.id for record in catalogue().records]

    assert len(set(ids)) == len(ids)


def test_what_is_referred_to_comes_first() -> None:
    seen: set[UUID] = set()
    for record in catalogue().records:
        refs = {value for value in values(record).values() if isinstance(value, UUID)}
        assert refs <= seen
        seen.add(record.id)


def test_every_record_could_be_submitted_as_it_is() -> None:
    for record in catalogue().records:
        assert (checked(record), missing(record)) == ((), ())
        assert tidied(record) == record


def test_the_files_are_composed_and_say_where_they_are_from() -> None:
    files = [file for part in ("movement", "units", "rules") for file in shipped(part)]

    assert len(files) == 13
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", text)
        assert text.startswith("# ")


def test_every_unit_has_a_number_of_its_own_and_the_province_has_0() -> None:
    numbers = {u.code: u.number for u in records(Unit) if u.code in PROVINCES}
    others = sorted(u.number for u in records(Unit) if u.code not in PROVINCES)

    assert numbers == dict.fromkeys(PROVINCES, PROVINCE_NUMBER)
    assert others == list(range(1, 447))


def test_the_number_of_an_office_never_changes() -> None:
    """The numbers are in the ids of every record ever made: new units only go to the end."""
    given = sorted(
        (u.number, u.code, u.valid_from.iso() if u.valid_from else "") for u in records(Unit)
    )[:448]

    assert unit_by_code(records(Unit), "ubnd-343").number == 63
    assert (
        hashlib.sha256(repr(given).encode()).hexdigest()
        == "05917989cb3782c4aab245da99976e7f61feffd6563ad0f6ef8c67a85a3f2c75"
    )


def test_departments_stand_beside_the_places_of_each_reform() -> None:
    def standing(*day: int) -> tuple[int, int]:
        units = [u for u in records(Unit) if u.stands_on(PartialDate(*day))]
        places = sum(u.code.isdigit() for u in units)
        return places, len(units) - places

    assert standing(2023, 4, 4) == (269, 48)
    assert standing(2024, 10, 31) == (269, 48)
    assert standing(2024, 11, 1) == (251, 48)
    assert standing(2025, 6, 30) == (251, 43)
    assert standing(2025, 7, 1) == (105, 31)


def test_a_code_can_be_three_units_in_turn() -> None:
    bearers = [unit for unit in records(Unit) if unit.code == "12577"]

    assert [unit.name for unit in bearers] == ["Xã Quỳnh Trang", "Xã Trang Bảo Xá", "Xã Quỳnh An"]
    assert unit_by_code(bearers, "12577").name == "Xã Quỳnh An"


def test_every_successor_begins_on_the_day_after_its_predecessors_end() -> None:
    units = {unit.id: unit for unit in records(Unit)}
    for step in records(Succession):
        before, after = units[step.from_id], units.get(step.to_id)
        assert before.valid_to.last_day() + timedelta(days=1) == step.date.first_day()
        assert (after is None) == (step.way is SuccessionKind.ABOLISH)
        if after:
            assert after.valid_from == step.date


def test_every_commune_that_ended_has_exactly_one_successor() -> None:
    ended = [u for u in records(Unit) if u.level is UnitLevel.COMMUNE and u.valid_to]
    became = Counter(step.from_id for step in records(Succession))

    assert len(ended) == 270
    assert {became[unit.id] for unit in ended} == {1}


def test_a_household_gets_no_more_than_a_certificate_of_the_prime_minister() -> None:
    allowed = [a for a in records(AwardForm) if a.for_households]

    assert {a.authority for a in allowed} == {
        Authority.PRIME_MINISTER,
        Authority.PROVINCE_CHAIR,
        Authority.UNIT_HEAD,
    }


def test_an_award_is_cited_for_those_who_may_receive_it_and_for_no_others() -> None:
    for award in records(AwardForm):
        for may, citation in (
            (award.for_persons, award.citation_person),
            (award.for_collectives, award.citation_collective),
            (award.for_households, award.citation_household),
        ):
            assert may == citation.endswith("Luật Thi đua, khen thưởng")


def test_the_review_of_the_movement_lets_give_all_six_awards_and_to_all() -> None:
    review = next(o for o in catalogue().occasions if o.years == (2025, 2030))

    assert review.awards == tuple(award.code for award in records(AwardForm))
    assert set(review.subjects) == set(Subject)


def test_one_legal_regime_holds_on_every_day_of_the_movement() -> None:
    bases = catalogue().legal_bases
    day, last = date(2023, 1, 1), date(2030, 12, 31)
    while day <= last:
        holding = [
            b.regime
            for b in bases
            if b.valid_from <= day.isoformat() and (not b.valid_to or day.isoformat() <= b.valid_to)
        ]
        assert len(holding) == 1, day
        day += timedelta(days=1)
    assert [basis.regime for basis in bases] == ["R2017", "R2024", "R2025", "R2026"]


def test_the_lines_of_a_legal_basis_are_punctuated_as_decree_30_wants() -> None:
    for basis in catalogue().legal_bases:
        assert all(line.startswith("Căn cứ ") for line in basis.lines)
        assert all(line.endswith(";") for line in basis.lines[:-1])
        assert basis.lines[-1].endswith(".")


def test_a_unit_under_an_unknown_parent_is_a_fault_of_the_files(tmp_path: Path) -> None:
    shutil.copytree(resources(), tmp_path / "resources")
    register = tmp_path / "resources" / "units" / "register.toml"
    text = register.read_text(encoding="utf-8").replace('parent = "snv"', 'parent = "nobody"')
    register.write_text(text, encoding="utf-8")

    with pytest.raises(KeyError, match="nobody"):
        read_catalogue(tmp_path / "resources")


def shipped(part: str) -> list[Path]:
    return sorted((resources() / part).glob("*.toml"))
