"""A letter that does not say what was submitted is named when its bundle is merged or planned."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from office_work import Pair, a_household_proposed, a_person_proposed
from thidua_desktop.domain.bundles import BundleState
from thidua_desktop.domain.people import Person
from thidua_desktop.domain.proposals import Submission
from thidua_desktop.services.exchange import merge_bundles, plan_bundles
from thidua_desktop.services.findings import Flaw
from thidua_desktop.services.packing import export_bundle
from thidua_desktop.services.ports import Work

Harm = Callable[[Work, UUID, UUID], None]


def written(pair: Pair) -> Path:
    return export_bundle(pair.office, path=pair.folder / "trình.tdkt").path


def alter(work: Work, _letter: UUID, _other: UUID) -> None:
    (person,) = work.records.having(Person)
    work.records.write(Person, person.id, {"position": "Trưởng thôn"})


def scribble(work: Work, letter: UUID, _other: UUID) -> None:
    work.records.write(Submission, letter, {"snapshot": work.blobs.put(b"[]")})


def swap(work: Work, letter: UUID, other: UUID) -> None:
    snapshot = work.records.get(Submission, other).snapshot
    work.records.write(Submission, letter, {"snapshot": snapshot})


def lose(work: Work, letter: UUID, _other: UUID) -> None:
    work.records.write(Submission, letter, {"snapshot": "0" * 64})


@pytest.mark.parametrize(
    ("harm", "flaw"),
    [
        (alter, Flaw.ALTERED),
        (scribble, Flaw.UNREADABLE),
        (swap, Flaw.FOREIGN),
        (lose, Flaw.MISSING),
    ],
)
def test_what_is_wrong_with_a_letter_is_named(pair: Pair, harm: Harm, flaw: Flaw) -> None:
    pair.up()  # the province knows the office
    letter = pair.submit(a_person_proposed(pair.office))
    other = pair.submit(a_household_proposed(pair.office))
    with pair.office.store.write() as work:
        harm(work, letter, other)
        work.records.share(work.records.drafts())
        work.commit()
    path = written(pair)
    (planned,) = plan_bundles(pair.province, [path])
    (report,) = merge_bundles(pair.province, [path])
    assert report.state is BundleState.NEW  # told, and not refused
    assert [(one.flaw, one.letter) for one in report.findings] == [(flaw, letter)]
    assert planned.findings == report.findings
    (said,) = report.to_json()["findings"]
    assert (said["code"], said["id"]) == (flaw.value, str(letter))
    assert said["message"].startswith("Tờ trình ")
    assert said["message"].endswith(".")


def test_an_honest_letter_has_nothing_to_be_named(pair: Pair) -> None:
    pair.up()
    pair.submit(a_person_proposed(pair.office), a_household_proposed(pair.office))
    path = written(pair)
    (planned,) = plan_bundles(pair.province, [path])
    (report,) = merge_bundles(pair.province, [path])
    assert (planned.findings, report.findings) == ((), ())
    assert "findings" not in report.to_json()
