"""The shipped resources (TOML), read into records and values of the domain.

Rows bear the names of the fields of the record kind they become; what they refer to, they name by
code. Files that do not fit are a fault of the program, found by its tests.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from thidua_desktop.domain.awards import Authority, AwardForm, AwardFormKind
from thidua_desktop.domain.catalogue import (
    LegalBasis,
    PlanCatalogue,
    PlanContent,
    PlanCriterion,
    PlanMilestone,
    PlanOccasion,
    PlanParagraph,
    UsualRule,
)
from thidua_desktop.domain.criteria import CriterionField, PointSort, SubjectGroup
from thidua_desktop.domain.dates import PartialDate, from_iso
from thidua_desktop.domain.field_values import from_json
from thidua_desktop.domain.ids import PROVINCE_NUMBER
from thidua_desktop.domain.movements import Assignment, Movement, Obligation, Stage
from thidua_desktop.domain.paper_needs import DossierRules, NeededBy, NeedLevel, PaperNeed
from thidua_desktop.domain.paper_sorts import PaperSort
from thidua_desktop.domain.proposals import Subject
from thidua_desktop.domain.records import Record, keyed_id, kind_spec, specs
from thidua_desktop.domain.stocks import Stock, stock_from
from thidua_desktop.domain.units import Succession, Unit
from thidua_desktop.formats.paper_forms import read_forms

R = TypeVar("R", bound=Record)
Row = dict[str, Any]


def read_catalogue(folder: Path) -> PlanCatalogue:
    """Read the resources that lie in this folder."""
    movement_file = _toml(folder, "movement/movement")
    criteria = _toml(folder, "movement/criteria")
    usual = _toml(folder, "rules/groups")["usual_groups"]
    paragraphs = _toml(folder, "movement/paragraphs")
    stages = _toml(folder, "movement/stages")
    plan_awards = _toml(folder, "movement/awards")
    rules = _toml(folder, "rules/awards")
    scoring = _toml(folder, "rules/scoring")
    legal_bases = tuple(_legal_basis(row) for row in rules["legal_bases"])
    register = _Register(_toml(folder, "units/register"))
    movement = _record(Movement, movement_file["movement"])
    return PlanCatalogue(
        records=(
            movement,
            *(_record(Stage, row, movement_id=movement.id) for row in stages["stages"]),
            *(_record(Obligation, row, movement_id=movement.id) for row in stages["obligations"]),
            *(_record(SubjectGroup, row) for row in criteria["groups"]),
            *register.units,
            *_successions(_toml(folder, "units/successions"), register),
            *_assignments(_toml(folder, "movement/assignments"), movement, register),
            *(_record(AwardForm, row) for row in rules["awards"]),
        ),
        contents=tuple(_contents(paragraphs)),
        legal_bases=legal_bases,
        criteria=tuple(_criterion(row) for row in criteria["criteria"]),
        paragraphs=tuple(_paragraphs(paragraphs)),
        headings=tuple((row["section"], row["text"]) for row in paragraphs["headings"]),
        milestones=tuple(_milestones(stages)),
        occasions=tuple(_occasions(plan_awards)),
        usual_groups={Subject(name): tuple(codes) for name, codes in usual.items()},
        usual_numbers={name: Decimal(value) for name, value in scoring["numbers"].items()},
        usual_rules=tuple(_usual_rule(row) for row in scoring["rules"]),
        dossier_rules=_dossier_rules(_toml(folder, "rules/papers"), _toml(folder, "rules/wording")),
        papers=read_forms(folder / "papers", legal_bases),
        stocks=_stocks(folder / "certificates"),
    )


def _stocks(folder: Path) -> tuple[Stock, ...]:
    """Return the stocks that lie in this folder, plain paper first."""
    files = sorted(folder.glob("*.toml"))
    found = [stock_from(tomllib.loads(file.read_text("utf-8"))) for file in files]
    return tuple(sorted(found, key=lambda one: not one.has_frame))


class _Register:
    """The units in the order of the file, found by their code and a day."""

    def __init__(self, content: Row) -> None:
        self.units: list[Unit] = []
        self._by_code: dict[str, list[Unit]] = {}
        for group in content["groups"]:
            common = {name: value for name, value in group.items() if name != "units"}
            for row in group["units"]:
                self._add(common | row)

    def _add(self, row: Row) -> None:
        parent = row.pop("parent", "")
        since = from_iso(row["valid_from"]) if "valid_from" in row else None
        unit = _record(Unit, row, parent_id=self.on(parent, since).id if parent else None)
        self.units.append(unit)
        self._by_code.setdefault(unit.code, []).append(unit)

    def on(self, code: str, day: PartialDate | None) -> Unit:
        """Return the unit that bears the code on a day; without a day only one may bear it."""
        (unit,) = (u for u in self._by_code[code] if day is None or u.stands_on(day))
        return unit

    def only(self, code: str) -> Unit:
        """Return the only unit that ever bore the code."""
        return self.on(code, None)


def _toml(folder: Path, name: str) -> Row:
    return tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))


def _record(kind: type[R], row: Mapping[str, Any], **known: UUID | None) -> R:
    """Return the record of a row; the province makes it, so its id follows from its key."""
    values: dict[str, Any] = {
        spec.name: from_json(spec, row[spec.name]) for spec in specs(kind) if spec.name in row
    } | known
    blanks = {spec.name: spec.blank for spec in specs(kind)}
    key = {name: values.get(name, blanks[name]) for name in kind_spec(kind).key}
    return kind(id=keyed_id(kind, PROVINCE_NUMBER, **key), **values)


def _successions(content: Row, register: _Register) -> Iterator[Succession]:
    for row in content["successions"]:
        day = from_iso(row["date"])
        eve = PartialDate.of(day.first_day() - timedelta(days=1))
        heir = register.on(row["to"], day).id if "to" in row else None
        for code in row["from"]:
            yield _record(Succession, row, from_id=register.on(code, eve).id, to_id=heir)


def _assignments(content: Row, movement: Movement, register: _Register) -> Iterator[Assignment]:
    for row in content["assignments"]:
        said = row | {"lead_fields": "; ".join(row.get("fields", ()))}
        for_all: list[UUID | None] = [None]
        for unit_id in [register.only(code).id for code in row.get("units", ())] or for_all:
            yield _record(Assignment, said, movement_id=movement.id, unit_id=unit_id)


def _contents(content: Row) -> Iterator[PlanContent]:
    for group in content["contents"]["groups"]:
        for row in group["items"]:
            yield PlanContent(
                code=row["code"], field=group["field"], heading=group["name"], wording=row["text"]
            )


def _usual_rule(row: Row) -> UsualRule:
    said = {"sort": PointSort(row["sort"]), "points": Decimal(row["points"])}
    return UsualRule(**(row | said))


def _dossier_rules(papers: Row, wording: Row) -> DossierRules:
    limits = wording["limits"]
    return DossierRules(
        needs=tuple(_need(row) for row in papers["needs"]),
        codes={PaperSort(row["sort"]): row["code"] for row in papers["papers"]},
        abbreviations=wording["abbreviations"],
        positions=wording["positions"],
        most_summary_words=limits["most_summary_words"],
        copied_share=limits["copied_share"],
        least_words=limits["least_words"],
    )


def _need(row: Row) -> PaperNeed:
    return PaperNeed(
        paper=PaperSort(row["paper"]),
        of=NeededBy(row["of"]),
        level=NeedLevel(row["level"]),
        authorities=tuple(Authority(name) for name in row["authorities"]),
        article=row["article"],
        sorts=tuple(AwardFormKind(name) for name in row.get("sorts", ())),
        subjects=tuple(Subject(name) for name in row.get("subjects", ())),
        groups=tuple(row.get("groups", ())),
        when=row.get("when", ""),
        is_made=row.get("is_made", False),
        is_unverified=row.get("is_unverified", False),
    )


def _criterion(row: Row) -> PlanCriterion:
    return PlanCriterion(
        code=row["code"],
        section=row["section"],
        field=CriterionField(row["field"]),
        groups=tuple(row["groups"]),
        wording=row["text"],
        parts=tuple(row.get("parts", ())),
    )


def _paragraphs(content: Row) -> Iterator[PlanParagraph]:
    for part in ("purposes", "requirements", "solutions"):
        for row in content[part]:
            yield PlanParagraph(code=row["code"], section=row["section"], wording=row["text"])


def _milestones(content: Row) -> Iterator[PlanMilestone]:
    for stage in content["stages"]:
        for row in stage["milestones"]:
            yield PlanMilestone(
                code=row["code"],
                stage=stage["place"],
                wording=row["what"],
                when=row["when"],
                due=from_iso(row["due"]),
            )


def _occasions(content: Row) -> Iterator[PlanOccasion]:
    awards = {form["code"]: form["awards"] for form in content["forms"]}
    for row in content["occasions"]:
        yield PlanOccasion(
            code=row["code"],
            section=row["section"],
            name=row["name"],
            wording=row["text"],
            standard=row.get("standard", ""),
            years=tuple(row.get("years", ())),
            subjects=tuple(Subject(name) for name in row["subjects"]),
            awards=tuple(code for form in row.get("forms", ()) for code in awards[form]),
        )


def _legal_basis(row: Row) -> LegalBasis:
    return LegalBasis(
        regime=row["regime"],
        decree=row["decree"],
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        lines=tuple(row["lines"]),
        is_unverified=row["is_unverified"],
    )
