"""Killed while typing: at most the end of the current field is lost, the rest is offered back.

A child process types into the real window on a real data folder and says every key; the parent
kills it (SIGKILL), opens the folder as the next program would, and looks for every word.
"""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest

from office_work import Pair, a_person_proposed
from reliability.children import READY, child
from reliability.figures import Measured
from reliability.typist import BREATH, type_away
from thidua_desktop.app.wiring import make_ports
from thidua_desktop.services.proposals import open_proposal
from thidua_desktop.services.typed import recovered

_PATIENCE = 120


class LostError(AssertionError):
    """Words are gone that a clerk had typed."""


@dataclass
class Typed:
    """What was typed in a field at one visit."""

    name: str
    text: str
    keys: int = 0


def typed_until_killed(
    chance: random.Random, folder: Path, proposal_id: UUID, *, is_careless: bool = False
) -> list[Typed]:
    """Return what was typed, field after field, when the blow fell."""
    visits: list[Typed] = []
    with child(type_away, folder, proposal_id, chance.randrange(10**6), is_careless) as (
        process,
        said,
    ):
        assert said.poll(_PATIENCE)
        assert said.recv() == READY
        for _ in range(chance.randint(3 * BREATH, 180)):
            assert said.poll(_PATIENCE)
            _hear(visits, *said.recv())
        time.sleep(chance.uniform(0, 0.2))
        process.kill()
        process.join()
        with suppress(EOFError):
            while said.poll(0):
                _hear(visits, *said.recv())
    return visits


def _hear(visits: list[Typed], name: str, text: str) -> None:
    if not visits or visits[-1].name != name:
        visits.append(Typed(name, ""))
    visits[-1].text = text
    visits[-1].keys += 1


def look(folder: Path, proposal_id: UUID, visits: list[Typed]) -> tuple[int, int]:
    """Return whether the current field is behind, and by how many letters. Raises LostError."""
    ports = make_ports(folder / "data", folder / "identity")
    person = open_proposal(ports, proposal_id).nominee
    offered = {
        one.typed.field: one.typed.text for one in recovered(ports) if one.typed.id == person.id
    }
    current, behind = visits[-1], 0
    for visit in {visit.name: visit for visit in visits}.values():
        here = [str(getattr(person, visit.name)), offered.get(visit.name, "")]
        if visit.text in here or visit.text.rstrip() in here:
            continue
        kept = max((len(one) for one in here if visit.text.startswith(one)), default=0)
        behind = len(visit.text) - kept
        if visit is not current or behind > 2 * BREATH:
            raise LostError(f"{visit.name}: typed “{visit.text}”, there is {here}")
    return int(behind > 0), behind


@pytest.fixture
def proposed(pair: Pair) -> tuple[Path, UUID]:
    return pair.folder / "kien-xuong", a_person_proposed(pair.office)


def test_a_kill_while_typing_costs_at_most_the_end_of_the_current_field(
    proposed: tuple[Path, UUID],
    tmp_path: Path,
    seed: int,
    size: Callable[[int, int], int],
    measured: Measured,
) -> None:
    origin, proposal_id = proposed
    chance = random.Random(seed)
    for number in range(size(5, 100)):
        folder = tmp_path / f"kill-{number}"
        shutil.copytree(origin, folder)
        visits = typed_until_killed(chance, folder, proposal_id)
        behind, letters = look(folder, proposal_id, visits)
        measured(
            "F1",
            kills_while_typing=1,
            keys=sum(visit.keys for visit in visits),
            current_fields_behind=behind,
            letters_behind=letters,
            lost=0,
        )
        shutil.rmtree(folder)


def test_a_program_that_keeps_nothing_while_typing_is_found_out(
    proposed: tuple[Path, UUID], tmp_path: Path, seed: int
) -> None:
    origin, proposal_id = proposed
    folder = tmp_path / "careless"
    shutil.copytree(origin, folder)
    chance = random.Random(seed)
    visits = typed_until_killed(chance, folder, proposal_id, is_careless=True)
    with pytest.raises(LostError):
        look(folder, proposal_id, visits)
