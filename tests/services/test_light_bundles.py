"""Files that follow later: light bundles, and files that are asked for again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from attached import a_pdf, an_evidence, attached, blob_of, row, share, shared
from exchange_work import DISTRICT, Exchange, merged, put
from office_work import Pair, a_person_proposed
from thidua_desktop.domain.attachments import FileState
from thidua_desktop.domain.proposals import Submission
from thidua_desktop.services import acknowledging, sending
from thidua_desktop.services.exchange import inspect_bundle
from thidua_desktop.services.packing import export_bundle
from thidua_desktop.services.sending import Packing


def blobs(world: Exchange, path: Path) -> int:
    return inspect_bundle(world.district, path)["blobs"]


def test_a_light_bundle_says_what_it_left_out_and_the_next_one_brings_it(world: Exchange) -> None:
    made = shared(world.district, a_pdf(1), a_pdf(2))
    report = world.carry(world.district, world.province, light=True)
    assert report.counts.missing_files == 2
    assert {row(world.province, one).state for one in made} == {FileState.MISSING}
    report = world.carry(world.district, world.province)
    assert {row(world.province, one).state for one in made} == {FileState.HERE}
    assert report.counts.missing_files == 0


def test_what_the_province_lacks_it_asks_for(world: Exchange) -> None:
    made = shared(world.district, a_pdf(1), a_pdf(2))
    world.carry(world.district, world.province, light=True)
    world.carry(world.province, world.district, for_unit=DISTRICT)
    # All its ops are acknowledged: without the question nothing would go.
    put(world.district, "Trịnh Văn Ổn")
    path = world.made(world.district)
    assert blobs(world, path) == 2
    merged(world.province, path)
    assert {row(world.province, one).state for one in made} == {FileState.HERE}
    world.carry(world.province, world.district, for_unit=DISTRICT)
    assert blobs(world, world.made(world.district)) == 0


def test_as_many_files_are_asked_for_as_an_answer_holds(
    world: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others by the next one: a manifest has no room for more."""
    made = shared(world.district, a_pdf(1), a_pdf(2), a_pdf(3))
    world.carry(world.district, world.province, light=True)
    monkeypatch.setattr(acknowledging, "MOST_WANTS", 2)
    here = []
    for _ in range(2):
        asking = world.made(world.province, for_unit=DISTRICT)
        here.append(len(world.contents(asking).manifest.wants))
        merged(world.district, asking)
        world.carry(world.district, world.province)
    assert here == [2, 1]
    assert {row(world.province, one).state for one in made} == {FileState.HERE}


def test_what_was_acknowledged_does_not_go_again(world: Exchange) -> None:
    shared(world.district, a_pdf(1))
    world.carry(world.district, world.province)
    world.carry(world.province, world.district, for_unit=DISTRICT)
    assert blobs(world, world.made(world.district)) == 0
    assert blobs(world, world.made(world.district, full=True)) == 1


def test_a_damaged_file_comes_again(world: Exchange) -> None:
    (made,) = shared(world.district, a_pdf(1))
    world.carry(world.district, world.province)
    blob_of(world.folder / "province", made).unlink()
    world.carry(world.province, world.district, for_unit=DISTRICT)
    world.carry(world.district, world.province)
    assert row(world.province, made).state is FileState.HERE


def test_nobody_is_given_a_file_that_his_records_do_not_name(world: Exchange) -> None:
    (made,) = shared(world.other, a_pdf(7))
    world.carry(world.other, world.province)
    world.carry(world.district, world.province)
    path = world.made(world.district)
    contents = world.contents(path)
    asking = replace(contents, manifest=replace(contents.manifest, wants=(str(made.file),)))
    merged(world.province, world.forged(world.district, asking))
    with world.province.store.read() as work:
        asked = [work.sent.wanted(one.replica) for one in work.book.certificates()]
    assert frozenset({made.file}) in asked  # the question came through
    answer = export_bundle(
        world.province, path=world.folder / "về.tdkt", packing=Packing(for_unit=DISTRICT)
    )
    assert blobs(world, answer.path) == 0


def test_a_light_bundle_still_carries_what_was_submitted(pair: Pair) -> None:
    proposal_id = a_person_proposed(pair.office)
    evidence = an_evidence(pair.office, proposal_id=proposal_id)
    made = attached(pair.office, evidence)
    pair.up()
    pair.submit(proposal_id)
    path = pair.folder / "nhẹ.tdkt"
    export_bundle(pair.office, path=path, packing=Packing(light=True))
    merged(pair.province, path)
    with pair.province.store.read() as work:
        (letter,) = work.records.having(Submission)
        assert work.blobs.get(str(letter.snapshot)) is not None
    assert row(pair.province, made).state is FileState.MISSING


@pytest.mark.parametrize("limit", ["MOST_PER_BUNDLE", "MOST_FILES_BYTES"])
def test_files_beyond_what_a_bundle_takes_follow(world: Exchange, monkeypatch, limit: str) -> None:
    made = shared(world.district, *(a_pdf(n, 300) for n in range(3)))
    (size,) = {one.size for one in made}
    monkeypatch.setattr(sending, limit, 2 * (size if limit == "MOST_FILES_BYTES" else 1))
    report = world.carry(world.district, world.province)
    assert report.counts.missing_files == 1
    world.carry(world.province, world.district, for_unit=DISTRICT)
    world.carry(world.district, world.province)
    assert {row(world.province, one).state for one in made} == {FileState.HERE}


def test_a_file_of_a_record_that_is_shared_later_waits_with_it(world: Exchange) -> None:
    evidence = an_evidence(world.district)
    made = attached(world.district, evidence)
    world.carry(world.district, world.province)
    share(world.district, evidence, made)
    assert world.carry(world.district, world.province).counts.missing_files == 0
