"""The shipped plan and register against the files they were made from.

Those files lie beside the repository where it was built. A clone elsewhere has none; there the
fingerprints of what was compared say that nothing has changed since.
"""

from __future__ import annotations

import csv
import hashlib
import json
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from thidua_desktop.app.paths import resources
from thidua_desktop.domain.catalogue import PlanCatalogue
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.movements import Assignment, Obligation, Stage
from thidua_desktop.domain.units import Succession, Unit
from thidua_desktop.formats.catalogue import read_catalogue

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
FINGERPRINTS = {
    "movement": "de410e317bc49f9fa31b723a3d2873b027c356a20001fcbfa4f255e3ad17ac50",
    "units": "a68af5360ab5f18bf67a88e993539e9a6eaed4fe56fbafb02b6ceed336451438",
}
COUNTS = {
    "criteria": 22,
    "a_infrastructure": 6,
    "a_thrift": 9,
    "o": 3,
    "p_a": 1,
    "p_b": 2,
    "p_c": 1,
    "contents_infrastructure": 6,
    "contents_thrift": 6,
    "solutions": 5,
    "leads_bullets": 13,
    "leads_units": 16,
    "award_forms": 4,
    "stages": 2,
    "responsibility_sections": 8,
    "purposes": 4,
    "requirements": 3,
    "recipients": 10,
}
FIELDS = {"ha_tang": "infrastructure", "tiet_kiem": "thrift", "ca_hai": "both"}
NOT_THE_PLANS_WORDS = {"note", "issuer_source", "groups_source"}
A_PERSONS_NAME = {"signer"}
PIECES_OF_ANOTHER_TEXT = {"authority_text", "escalation_text", "what", "when_text"}
DAYS = {"2023": "2023-04-04", "2024": "2024-11-01", "2025": "2025-07-01"}


def test_every_vietnamese_word_of_the_plan_is_shipped_as_it_stands() -> None:
    shipped = shipped_words(content("movement"))

    if SHARED.is_dir():
        assert len(plan_words(plan())) > 200
        assert not_shipped(plan(), shipped) == []
    assert fingerprint(content("movement")) == FINGERPRINTS["movement"]


def test_one_changed_letter_is_found() -> None:
    changed = deepcopy(content("movement"))
    criterion = changed["criteria"]["criteria"][0]
    criterion["text"] = criterion["text"].replace("nguồn lực", "nguồn lục", 1)

    assert fingerprint(changed) != FINGERPRINTS["movement"]
    if SHARED.is_dir():
        assert not_shipped(plan(), shipped_words(changed)) == [plan()["criteria"][0]["text"]]


def test_the_counts_of_the_plan_are_the_counts_of_the_resources() -> None:
    assert counts(content("movement")) == COUNTS
    if SHARED.is_dir():
        assert plan()["counts"] == COUNTS


def test_every_criterion_has_its_section_order_field_and_groups() -> None:
    shipped = content("movement")["criteria"]

    assert [g["code"] for g in shipped["groups"]] == [
        *("co_quan", "to_chuc", "doanh_nghiep", "ho_gia_dinh", "ccvc", "nguoi_dan", "khac")
    ]
    if SHARED.is_dir():
        assert [(g["code"], g["name"]) for g in shipped["groups"]] == [
            (g["id"], g["name"]) for g in plan()["subject_groups"]
        ]
        assert shipped["criteria"] == [
            {
                "code": said["id"],
                "section": said["section"],
                "order": said["order"],
                "field": FIELDS[said["field"]],
                "groups": said["groups"],
                "text": said["text"],
            }
            | ({"parts": said["parts"]} if "parts" in said else {})
            for said in plan()["criteria"]
        ]


def test_the_catalogue_hands_the_criteria_and_contents_on_word_for_word() -> None:
    shipped = content("movement")

    assert [(c.code, c.wording, c.parts) for c in catalogue().criteria] == [
        (row["code"], row["text"], tuple(row.get("parts", ())))
        for row in shipped["criteria"]["criteria"]
    ]
    assert [(c.code, c.heading, c.wording) for c in catalogue().contents] == [
        (row["code"], group["name"], row["text"])
        for group in shipped["paragraphs"]["contents"]["groups"]
        for row in group["items"]
    ]


def test_stages_and_deadlines_are_those_of_the_plan() -> None:
    stages = {stage.name: stage for stage in records(Stage)}
    owed = {obligation.code: obligation for obligation in records(Obligation)}

    assert (stages["Giai đoạn 1"].first_year, stages["Giai đoạn 1"].last_year) == (2023, 2025)
    assert (stages["Giai đoạn 2"].first_year, stages["Giai đoạn 2"].last_year) == (2026, 2030)
    assert owed["d-1"].due_date == PartialDate(2023, 6, 30)
    assert (owed["d-2"].day, owed["d-2"].month) == (10, 12)
    assert (owed["d-2"].first_year, owed["d-2"].last_year) == (2023, 2030)
    assert (owed["d-4"].due_date, owed["d-5"].due_date) == (PartialDate(2025), PartialDate(2030))
    districts = next(task for task in records(Assignment) if task.code == "t-2.b")
    assert owed["d-8"].task in districts.wording
    if SHARED.is_dir():
        assert [(s.name, s.first_year, s.last_year, s.wording) for s in records(Stage)] == [
            (said["name"], said["from"], said["to"], said["text"]) for said in plan()["stages"]
        ]
        assert [
            (o.code, o.recurrence, o.section, o.wording, o.task, o.month, o.day)
            for o in records(Obligation)
            if o.code != "d-8"  # a yearly task of section VI, which the plan names no deadline
        ] == [
            *(
                (
                    s["id"],
                    s["kind"],
                    s["section"],
                    s["text"],
                    s["what"],
                    s.get("month"),
                    s.get("day"),
                )
                for s in plan()["deadlines"]
            )
        ]


def test_thirteen_tasks_are_led_by_sixteen_units() -> None:
    units = {unit.id: unit.code for unit in records(Unit)}
    leads = [task for task in records(Assignment) if task.is_lead]

    assert (len({task.code for task in leads}), len(leads)) == (13, 16)
    if SHARED.is_dir():
        assert [(t.code, units[t.unit_id], t.who, t.lead_fields, t.wording) for t in leads] == [
            (said["id"], unit, said["unit_text"], "; ".join(said["fields"]), said["text"])
            for said in plan()["responsibilities"]["vi1"]["leads"]
            for unit in said["units"]
        ]


def test_the_register_is_that_of_each_reform() -> None:
    if SHARED.is_dir():
        assert places_on("2023") == listed("thai_binh_units_2023")
        assert places_on("2024") == listed("thai_binh_units_2024_11")
        assert places_on("2025") == listed("hung_yen_units_2025")
    assert [len(places_on(year)) for year in DAYS] == [269, 251, 105]
    assert fingerprint(content("units")) == FINGERPRINTS["units"]


def test_every_department_has_its_names_and_its_days() -> None:
    departments = [unit for unit in records(Unit) if not unit.code.isdigit()]

    assert len(departments) == 64
    if SHARED.is_dir():
        assert sorted(
            (d.code, d.name, d.short_name, d.document_code, iso(d.valid_from), iso(d.valid_to))
            for d in departments
        ) == sorted(
            (r["id"], r["name"], r["short_name"], r["doc_code"], r["valid_from"], r["valid_to"])
            for r in rows("thai_binh_departments")
        )


def test_every_department_went_over_into_its_successor() -> None:
    units = {unit.id: unit.code for unit in records(Unit)}
    became = {
        units[step.from_id]: units[step.to_id]
        for step in records(Succession)
        if step.to_id and not units[step.from_id].isdigit()
    }

    if SHARED.is_dir():
        assert became == {
            row["id"]: row["successor_id"]
            for row in rows("thai_binh_departments")
            if row["successor_id"]
        }
    assert became["skhdt"] == became["stc"] == "stc-2025"


def test_every_commune_went_over_into_its_successor() -> None:
    units = {unit.id: (unit.code, unit.name) for unit in records(Unit)}
    became = {
        (step.date.iso(), *units[step.from_id], *units[step.to_id], step.resolution)
        for step in records(Succession)
        if step.date and step.to_id and len(units[step.from_id][0]) == 5
    }
    became = {step for step in became if step[1].isdigit()}

    assert sum(step[0] == "2024-11-01" for step in became) == 28
    assert sum(step[0] == "2025-07-01" for step in became) == 242
    assert len({step[3] for step in became if step[0] == "2024-11-01"}) == 10
    assert len({step[3] for step in became if step[0] == "2025-07-01"}) == 65
    if SHARED.is_dir():
        names = ("effective", "old_code", "old_name", "new_code", "new_name", "resolution")
        said = (*rows("thai_binh_mergers_2024"), *rows("map_2024_to_2025"))
        assert became == {tuple(row[name] for name in names) for row in said}


def test_a_name_changed_by_one_letter_is_found_in_the_register() -> None:
    changed = deepcopy(content("units"))
    unit = changed["register"]["groups"][0]["units"][0]
    unit["name"] = unit["name"].replace("Thái", "Thải")

    assert fingerprint(changed) != FINGERPRINTS["units"]


@cache
def plan() -> dict[str, Any]:
    return yaml.safe_load((SHARED / "plan52.yaml").read_text(encoding="utf-8"))


@cache
def catalogue() -> PlanCatalogue:
    return read_catalogue(resources())


def records(kind):
    return [record for record in catalogue().records if isinstance(record, kind)]


def rows(name: str) -> list[dict[str, str]]:
    with (SHARED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def content(folder: str) -> dict[str, Any]:
    files = sorted((resources() / folder).glob("*.toml"))
    return {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in files}


def fingerprint(said: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def texts(said: Any, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(said, dict):
        for name, value in said.items():
            yield from texts(value, name)
    elif isinstance(said, list):
        for value in said:
            yield from texts(value, key)
    elif isinstance(said, str) and not said.isascii():
        yield key, said


def plan_words(said: dict[str, Any]) -> list[tuple[str, str]]:
    left_out = NOT_THE_PLANS_WORDS | A_PERSONS_NAME
    return [(key, text) for key, text in texts(said) if key not in left_out]


def shipped_words(said: dict[str, Any]) -> set[str]:
    return {text for _, text in texts(said)}


def not_shipped(said: dict[str, Any], shipped: set[str]) -> list[str]:
    everything = "\n".join(shipped)
    return [
        text
        for key, text in plan_words(said)
        if text not in shipped and (key not in PIECES_OF_ANOTHER_TEXT or text not in everything)
    ]


def counts(said: dict[str, Any]) -> dict[str, int]:
    criteria = said["criteria"]["criteria"]
    tasks = said["assignments"]["assignments"]
    leads = [task for task in tasks if task.get("is_lead")]
    contents = {g["field"]: g["items"] for g in said["paragraphs"]["contents"]["groups"]}

    def starting(code: str) -> int:
        return sum(criterion["code"].startswith(code) for criterion in criteria)

    return {
        "criteria": len(criteria),
        "a_infrastructure": starting("a-1.1.a."),
        "a_thrift": starting("a-1.1.b."),
        "o": starting("o-"),
        "p_a": starting("p-1.3.a."),
        "p_b": starting("p-1.3.b."),
        "p_c": starting("p-1.3.c."),
        "contents_infrastructure": len(contents["infrastructure"]),
        "contents_thrift": len(contents["thrift"]),
        "solutions": len({row["section"] for row in said["paragraphs"]["solutions"]}),
        "leads_bullets": len(leads),
        "leads_units": len({unit for task in leads for unit in task["units"]}),
        "award_forms": len(said["awards"]["forms"]),
        "stages": len(said["stages"]["stages"]),
        "responsibility_sections": len({task["section"] for task in tasks}),
        "purposes": len(said["paragraphs"]["purposes"]),
        "requirements": len(said["paragraphs"]["requirements"]),
        "recipients": len(said["movement"]["plan"]["recipients"]),
    }


def places_on(year: str) -> list[tuple[str, str, str, str]]:
    day = PartialDate(*map(int, DAYS[year].split("-")))
    units = {unit.id: unit for unit in records(Unit)}
    return sorted(
        (u.code, u.name, u.form, units[u.parent_id].code if u.parent_id else "")
        for u in units.values()
        if u.code.isdigit() and u.stands_on(day)
    )


def listed(name: str) -> list[tuple[str, str, str, str]]:
    return sorted((r["code"], r["name"], r["kind"], r["parent_code"]) for r in rows(name))


def iso(day: PartialDate | None) -> str:
    return day.iso() if day else ""
