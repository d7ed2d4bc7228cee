"""Every limit is taken at its limit and refused a step above; there is none beside the table."""

from __future__ import annotations

import ast
import importlib
import re
from functools import cache
from pathlib import Path

import pytest

import thidua_desktop
from reliability import limits_table
from reliability.limits_table import LIMITS, NO_LIMITS, PROVED, Limit

PACKAGE = Path(thidua_desktop.__file__).parent
TESTS = Path(__file__).parents[1]
# A module of limits holds nothing else; elsewhere a limit is known by its name.
OF_LIMITS = re.compile(r"limits\.py$")
NAMED = re.compile(r"(MOST|LONGEST|LARGEST|WIDEST|FARTHEST|SMALLEST)_[A-Z_]+")
# What comes from outside passes here; elsewhere a program bounds its own comfort.
LAYERS = ("domain", "services", "storage/ledger", "formats")


@pytest.mark.parametrize("name", LIMITS)
def test_so_much_is_taken(name: str, tmp_path: Path) -> None:
    assert LIMITS[name].fate(tmp_path, 0) is None


@pytest.mark.parametrize("name", LIMITS)
def test_a_step_more_is_refused(name: str, tmp_path: Path) -> None:
    assert LIMITS[name].fate(tmp_path, 1) == LIMITS[name].refused


@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_is_what_the_page_says(name: str) -> None:
    limit = LIMITS[name]
    assert all(getattr(module, constant) == limit.value for module, constant in limit.where)


@cache
def declared() -> set[str]:
    """Return every limit of the program by its module and name, but those imported from another."""
    found = set()
    for layer in LAYERS:
        for path in (PACKAGE / layer).rglob("*.py"):
            for statement in ast.parse(path.read_text("utf-8")).body:
                targets = statement.targets if isinstance(statement, ast.Assign) else []
                names = [
                    name.id
                    for target in targets
                    for name in (target.elts if isinstance(target, ast.Tuple) else [target])
                    if isinstance(name, ast.Name)
                ]
                wanted = [n for n in names if n.isupper() and not n.startswith("_")]
                if not OF_LIMITS.search(path.name):
                    wanted = [n for n in wanted if NAMED.fullmatch(n)]
                module = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
                found |= {f"{module}.{name}" for name in wanted}
    return found


def in_the_table() -> set[str]:
    prefix = f"{thidua_desktop.__name__}."
    tried = {
        f"{module.__name__.removeprefix(prefix)}.{name}"
        for limit in LIMITS.values()
        for module, name in limit.where
    }
    return tried | PROVED.keys() | NO_LIMITS


def test_every_limit_of_the_program_is_in_the_table() -> None:
    assert declared() - in_the_table() == set()
    assert {*PROVED, *NO_LIMITS} <= declared()


def test_a_limit_that_is_in_no_table_would_be_found() -> None:
    assert "storage.ledger.limits.MOST_POINTERS" in declared()
    assert "formats.photographs.MOST_PIXELS" in declared()


@pytest.mark.parametrize("name", PROVED)
def test_what_is_proved_elsewhere_is_proved_there(name: str) -> None:
    module, constant = name.rsplit(".", 1)
    assert getattr(importlib.import_module(f"{thidua_desktop.__name__}.{module}"), constant) > 0
    path, test = PROVED[name].split("::")
    assert f"def {test}(" in (TESTS / path).read_text("utf-8")


def test_a_limit_that_nobody_asks_would_be_found(tmp_path: Path) -> None:
    """The control: where nothing refuses, the row says so."""
    idle = Limit(7, (), lambda *_: None, "E-SIZE")
    assert idle.fate(tmp_path, 1) != idle.refused
    assert limits_table.LIMITS["ops, in the file"].fate(tmp_path, 1) is not None
