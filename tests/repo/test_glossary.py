from __future__ import annotations

import importlib
import inspect
import pkgutil
import unicodedata
from enum import Enum
from pathlib import Path

import pytest

import thidua_desktop.domain
from thidua_desktop.domain.kinds import KINDS
from thidua_desktop.domain.records import kind_spec
from thidua_desktop.domain.words import WORDS

GLOSSARY = Path(thidua_desktop.domain.__file__).parent / "GLOSSARY.md"


def rows() -> list[list[str]]:
    lines = GLOSSARY.read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "|" in line]
    return [row for row in cells if set(row[0]) != {"-"}]


def row_of(code: str) -> list[str]:
    found = [row for row in rows() if row[1].startswith(f"`{code}`")]
    assert len(found) == 1, f"{code}: {len(found)} rows"
    return found[0]


def enums() -> list[type[Enum]]:
    package = thidua_desktop.domain
    modules = [
        importlib.import_module(f"{package.__name__}.{module.name}")
        for module in pkgutil.iter_modules(package.__path__)
    ]
    return [
        member
        for module in modules
        for member in vars(module).values()
        if inspect.isclass(member)
        and issubclass(member, Enum)
        and member.__module__ == module.__name__
    ]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_record_kind_is_in_the_glossary_under_its_label(kind) -> None:
    spec = kind_spec(kind)
    label, _, name, source = row_of(kind.__name__)

    assert (label, name) == (spec.label, f"`{spec.name}`")
    assert source


@pytest.mark.parametrize("choices", enums(), ids=lambda choices: choices.__name__)
def test_every_enum_of_the_domain_is_in_the_glossary(choices: type[Enum]) -> None:
    assert row_of(choices.__name__)[0]


@pytest.mark.parametrize("choices", WORDS, ids=lambda choices: choices.__name__)
def test_every_choice_stands_in_the_glossary_with_its_word(choices: type[Enum]) -> None:
    listed = row_of(choices.__name__)[2].split(" · ")

    assert [entry.removesuffix(" (until 30/6/2025)") for entry in listed] == [
        f"`{choice.name}` {WORDS[choices][choice]}" for choice in choices
    ]


def test_the_glossary_names_no_kind_that_is_gone() -> None:
    start = rows().index(["Vietnamese", "code", "in tables, bundles, JSON", "source"])
    named = [row[1].split("`")[1] for row in rows()[start + 1 : start + 1 + len(KINDS)]]

    assert named == [kind.__name__ for kind in KINDS]


def test_a_field_that_the_glossary_names_exists() -> None:
    names = {kind.__name__: {spec.name for spec in kind_spec(kind).fields} for kind in KINDS}
    quoted = [word for row in rows() for cell in row for word in cell.split("`")[1::2]]
    fields = [word.split(".") for word in quoted if word.split(".")[0] in names and "." in word]

    assert len(fields) > 20
    assert [(kind, name) for kind, name in fields if name not in names[kind]] == []


def test_the_glossary_is_composed() -> None:
    assert unicodedata.is_normalized("NFC", GLOSSARY.read_text(encoding="utf-8"))
