"""Every reason to refuse a bundle: its code, a sentence, and nothing changed."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from exchange_work import DISTRICT, OTHER, Exchange, dump, everything, merged, names, put
from formats.bundle.forged import parts, signed, with_ops
from thidua_desktop.domain.bundles import BundleContents, BundleState, Held, OpRange, Request
from thidua_desktop.domain.errors import BundleRejectedError
from thidua_desktop.formats.bundle import limits
from thidua_desktop.services.bundle_reports import BundleReport
from thidua_desktop.services.enrolment_proofs import proof_of
from thidua_desktop.services.exchange import plan_bundles
from thidua_desktop.services.opening import opened, own_certificate
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.sending import Packing, make_bundle

Change = Callable[[BundleContents], BundleContents]


def refused(ports: Ports, path: Path) -> BundleReport:
    """Merge a bundle that must be refused, with everything as it was."""
    before = everything(ports)
    (planned,) = plan_bundles(ports, [path])
    (report,) = merged(ports, path)
    assert report.state is planned.state is BundleState.REFUSED
    assert report.code == planned.code
    assert path.name in report.message
    assert report.message.endswith(".")
    assert everything(ports) == before
    return report


@pytest.fixture
def sent(world: Exchange) -> Path:
    """Return a good bundle of the district, not merged anywhere."""
    put(world.district, "Một")
    put(world.district, "Hai")
    return world.made(world.district)


def written(world: Exchange, data: bytes) -> Path:
    path = world.folder / "hỏng.tdkt"
    path.write_bytes(data)
    return path


def changed(world: Exchange, path: Path, change: Change, sender: Ports | None = None) -> Path:
    return world.forged(sender or world.district, change(world.contents(path)))


def manifest_with(**changes: Any) -> Change:
    return lambda contents: replace(contents, manifest=replace(contents.manifest, **changes))


def test_the_good_bundle_is_taken(world: Exchange, sent: Path) -> None:
    """The control of all that follows."""
    assert merged(world.province, sent)[0].state is BundleState.NEW


def test_a_file_that_is_not_there_or_no_bundle(world: Exchange) -> None:
    assert refused(world.province, world.folder / "không có.tdkt").code == "E-FILE"
    assert refused(world.province, written(world, b"%PDF-1.7")).code == "E-TYPE"


def test_a_bundle_cut_short_or_made_longer(world: Exchange, sent: Path) -> None:
    data = world.payload(sent)
    for broken in (data[:40], data[: len(data) // 2], data[:-1], data + b"x"):
        assert refused(world.province, written(world, broken)).code == "E-DAMAGED"


def test_a_bundle_above_the_size(
    world: Exchange, sent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FILE_BYTES", sent.stat().st_size - 1)
    assert refused(world.province, sent).code == "E-SIZE"


def test_a_bundle_of_a_newer_format(world: Exchange, sent: Path) -> None:
    manifest, body = parts(world.payload(sent))
    seed = world.district.store.identity().seed
    newer = written(world, signed(manifest | {"fmt": 2}, body, seed=seed))
    assert refused(world.province, newer).code == "E-NEWER"


def test_a_bundle_changed_after_signing(world: Exchange, sent: Path) -> None:
    other = world.payload(sent).replace(b'"no":2', b'"no":3')
    assert refused(world.province, written(world, other)).code == "E-FORGED"


def test_a_bundle_signed_by_another_key_in_the_name_of_a_pc_that_is_known(
    world: Exchange, sent: Path
) -> None:
    thief = world.other.store.identity()
    sender = replace(world.contents(sent).manifest.sender, public_key=thief.public_key)
    forged = changed(world, sent, manifest_with(sender=sender), world.other)
    assert refused(world.province, forged).code == "E-FORGED"


def test_a_bundle_that_claims_another_office_for_a_pc_that_is_known(
    world: Exchange, sent: Path
) -> None:
    for claimed in ({"office": 62}, {"role": "province"}, {"unit_id": UUID(int=1)}):
        sender = replace(world.contents(sent).manifest.sender, **claimed)
        forged = changed(world, sent, manifest_with(sender=sender))
        assert refused(world.province, forged).code == "E-FORGED"


def test_a_stranger_who_asks_for_nothing(world: Exchange) -> None:
    put(world.second, "Một")
    silent = changed(world, world.made(world.second), manifest_with(request=None), world.second)
    report = refused(world.province, silent)
    assert (report.code, report.sender) == ("E-UNKNOWN", "")


def test_a_stranger_who_does_not_know_the_secret(world: Exchange) -> None:
    path = world.made(world.second)
    own = world.contents(path).manifest.sender
    guess = Request(certificate=own, proof=proof_of(bytes(32), own))
    forged = changed(world, path, manifest_with(request=guess), world.second)
    assert refused(world.province, forged).code == "E-FORGED"


def test_a_stranger_of_an_office_that_was_never_enrolled(world: Exchange) -> None:
    path = world.made(world.second)
    own = replace(world.contents(path).manifest.sender, office=6)
    request = Request(certificate=own, proof=proof_of(bytes(32), own))
    forged = changed(world, path, manifest_with(sender=own, request=request), world.second)
    assert refused(world.province, forged).code == "E-UNKNOWN"


def test_a_stranger_who_knows_a_secret_cannot_ask_to_be_the_province(world: Exchange) -> None:
    path = world.made(world.second)
    with world.second.store.read() as work:
        (enrolment,) = work.book.enrolments()
    for claimed in ({"role": "province"}, {"role": "province", "office": 0}, {"office": 62}):
        own = replace(world.contents(path).manifest.sender, **claimed)
        request = Request(certificate=own, proof=proof_of(enrolment.secret, own))
        forged = changed(world, path, manifest_with(sender=own, request=request), world.second)
        assert refused(world.province, forged).code in {"E-FORGED", "E-UNKNOWN"}


def test_a_bundle_for_somebody_else(world: Exchange, sent: Path) -> None:
    answer = world.made(world.province, for_unit=DISTRICT)
    for path in (sent, answer):
        assert refused(world.other, path).code == "E-KEY"
        assert refused(world.other, world.bare(path)).code == "E-NOTME"
    assert refused(world.province, answer).code == "E-NOTME"  # its own, laid on its own desk


def test_a_bundle_addressed_anew_by_one_who_could_read_it(world: Exchange) -> None:
    """Who holds a key may take the letter out, but not write another name on it."""
    answer, to_other = (
        world.payload(world.made(world.province, for_unit=unit)) for unit in (DISTRICT, OTHER)
    )
    numbers = [str(parts(data)[0]["to"]).encode() for data in (answer, to_other)]
    other = answer.replace(b'"to":' + numbers[0], b'"to":' + numbers[1])
    assert other != answer
    assert refused(world.other, written(world, other)).code == "E-FORGED"


def test_a_sealed_bundle_cut_short_made_longer_or_changed(world: Exchange, sent: Path) -> None:
    data = sent.read_bytes()
    assert data.startswith(b"age-encryption.org/v1\n")
    changed = data[:-9] + bytes([data[-9] ^ 1]) + data[-8:]
    for broken in (data[:40], data[:600], data[:-1], data + b"x", changed):
        assert refused(world.province, written(world, broken)).code == "E-DAMAGED"


def test_nothing_is_left_of_what_was_opened(world: Exchange, sent: Path) -> None:
    data = world.folder / "province" / "data"
    before = set(data.iterdir())
    refused(world.province, written(world, sent.read_bytes()[:-1]))
    assert merged(world.province, sent)[0].state is BundleState.NEW
    assert set(data.iterdir()) == before


def test_only_this_user_reads_what_is_opened(world: Exchange, sent: Path) -> None:
    with (
        world.province.store.read() as work,
        opened(world.province, work, sent, file_name="x") as payload,
    ):
        places = (payload, payload.parent, payload.parent.parent)
        assert any(place.stat().st_mode & 0o077 == 0 for place in places)
    assert not payload.exists()


def test_who_reads_a_bundle_of_the_province(world: Exchange) -> None:
    answer = world.made(world.province, for_unit=DISTRICT)
    for reader, code in (("province", None), ("district", None), ("second", "E-KEY")):
        ports = getattr(world, reader)
        with ports.store.read() as work:
            try:
                with opened(ports, work, answer, file_name="x"):
                    found = None
            except BundleRejectedError as error:
                found = error.code
        assert found == code, reader
    common = world.made(world.province)
    assert common.read_bytes().startswith(b"TDKT1\n")


def test_a_bundle_that_swells(world: Exchange, sent: Path) -> None:
    manifest, _ = parts(world.payload(sent))
    _, body = parts(with_ops(b"[]\n" + b"x" * 20_000_000))
    section = parts(with_ops(b"[]\n" + b"x" * 20_000_000))[0]["secs"]
    seed = world.district.store.identity().seed
    bomb = written(world, signed(manifest | {"secs": section}, body, seed=seed))
    assert refused(world.province, bomb).code == "E-BOMB"


def test_a_bundle_with_ops_that_are_none(world: Exchange, sent: Path) -> None:
    def lines(*of: bytes) -> Change:
        return lambda contents: replace(
            contents, sections=(replace(contents.sections[0], lines=of),)
        )

    good = world.contents(sent).sections[0].lines
    for wrong in ((b"[]", b"[]"), (good[0], b"\xff"), (good[1], good[0]), (good[0], good[0])):
        report = refused(world.province, changed(world, sent, lines(*wrong)))
        assert report.code == "E-FORMAT"
        assert report.sender == "Ủy ban nhân dân huyện Kiến Xương"
        assert report.number == 2


@dataclass
class Draft:
    """A bundle of the district as it lies in the file, before it is signed."""

    world: Exchange
    said: dict[str, Any]
    body: bytes
    seed: bytes

    def damaged(self) -> None:
        self.body = bytes([self.body[0] ^ 1]) + self.body[1:]

    def sent_by_another(self) -> None:
        ports = self.world.other
        self.said["sender"] = parts(self.world.payload(self.world.made(ports)))[0]["sender"]
        self.seed = ports.store.identity().seed


# What each step of an import refuses (bundle.md 7.4).
FAULTS: dict[str, tuple[int, Callable[[Draft], object]]] = {
    "E-NEWER": (2, lambda draft: draft.said.update(fmt=2)),
    "E-NOTME": (3, lambda draft: draft.said.update(to=5)),
    "E-UNKNOWN": (3, lambda draft: draft.said["sender"].update(replica="c" * 21 + "A")),
    "E-DAMAGED": (4, Draft.damaged),
    "E-BOMB": (4, lambda draft: draft.said["secs"][0].update(ulen=10**9)),
    "E-FORMAT": (5, lambda draft: draft.said["secs"][0].update(n=7)),
    "E-AUTH": (6, Draft.sent_by_another),
}
PAIRS = [
    (one, other)
    for one, (step, _) in FAULTS.items()
    for other, (next_step, _) in FAULTS.items()
    if step < next_step or one == other
]


def test_of_two_faults_the_one_of_the_earlier_step_is_named(world: Exchange, sent: Path) -> None:
    before = everything(world.province)
    for earlier, later in PAIRS:
        manifest, body = parts(world.payload(sent))
        draft = Draft(world, manifest, body, world.district.store.identity().seed)
        draft.said["request"] = None
        for code in sorted({earlier, later}):  # E-AUTH first: it takes another sender
            FAULTS[code][1](draft)
        path = written(world, signed(draft.said, draft.body, seed=draft.seed))
        (report,) = merged(world.province, path)
        found = (report.state, report.code)
        assert found == (BundleState.REFUSED, earlier), f"{earlier} before {later}"
    assert everything(world.province) == before


def test_an_office_that_carries_what_another_wrote(world: Exchange, sent: Path) -> None:
    put(world.other, "Ba")
    theirs = world.contents(world.made(world.other))

    def carry(contents: BundleContents) -> BundleContents:
        ranges = {**contents.manifest.ranges, **theirs.manifest.ranges}
        manifest = replace(contents.manifest, ranges=ranges)
        sections = (*contents.sections, *theirs.sections)
        return replace(contents, manifest=manifest, sections=sections)

    assert refused(world.province, changed(world, sent, carry)).code == "E-AUTH"


def test_an_office_that_writes_in_the_province_s_channel(world: Exchange, sent: Path) -> None:
    with world.province.store.read() as work:
        contents = make_bundle(world.province, work, to=None, packing=Packing(full=True))
        sections = tuple(contents.sections)

    def pretend(own: BundleContents) -> BundleContents:
        manifest = replace(own.manifest, ranges=contents.manifest.ranges)
        return replace(own, manifest=manifest, sections=sections)

    forged = changed(world, sent, pretend)
    assert refused(world.province, forged).code == "E-AUTH"


def a_cloned_pc(world: Exchange) -> Ports:
    """Return a copy of the district's PC that acts as the original."""
    put(world.district, "Một")
    world.carry(world.district, world.province)
    return world.copy_of("district")


def test_the_same_number_with_other_content(world: Exchange) -> None:
    clone = a_cloned_pc(world)
    put(world.district, "Bản chính")
    put(clone, "Bản sao")
    world.carry(world.district, world.province)
    assert refused(world.province, world.made(clone)).code == "E-FORK"
    put(clone, "Bản sao nữa")
    assert refused(world.province, world.made(clone)).code == "E-FORK"
    assert names(world.province) == {"Một", "Bản chính"}


def test_the_same_bundle_with_other_content(world: Exchange, sent: Path) -> None:
    merged(world.province, sent)
    put(world.district, "Ba")
    path = world.made(world.district)
    same = manifest_with(bundle=world.contents(sent).manifest.bundle)
    assert refused(world.province, changed(world, path, same)).code == "E-FORK"


def test_nobody_pushes_aside_what_waits_of_another(world: Exchange) -> None:
    put(world.second, "Một")
    waiting = world.made(world.second)
    assert merged(world.province, waiting)[0].state is BundleState.PARKED

    def early(contents: BundleContents) -> BundleContents:
        ranges = {
            oid: OpRange(5, 5 + span.end, span.start_hash, span.end_hash)
            for oid, span in contents.manifest.ranges.items()
        }
        bundle = world.contents(waiting).manifest.bundle
        return replace(contents, manifest=replace(contents.manifest, ranges=ranges, bundle=bundle))

    put(world.other, "Hai")
    forged = changed(world, world.made(world.other), early, world.other)
    assert refused(world.province, forged).code == "E-FORK"


def test_one_that_is_refused_stops_no_other(world: Exchange, sent: Path) -> None:
    put(world.other, "Ba")
    broken = written(world, sent.read_bytes()[:-1])
    reports = merged(world.province, sent, broken, world.made(world.other))
    assert [report.state.value for report in reports] == ["new", "refused", "new"]
    assert names(world.province) == {"Một", "Hai", "Ba"}


def test_no_office_reaches_a_word_of_the_province_whatever_it_sends(world: Exchange) -> None:
    """An office says it holds what was never written; the next bundle is whole all the same."""
    with world.province.store.read() as work:
        channel = work.exchange.channel(None)
    path = world.made(world.district)
    boast = manifest_with(have={channel: Held(10**9, bytes(32))})
    assert merged(world.province, changed(world, path, boast))[0].state is BundleState.NEW
    assert world.carry(world.province, world.district, for_unit=DISTRICT).code is None


STRANGE: list[Any] = [None, -1, 0, 1, 2, 7, 2**40, 2**53, "", "x", "A" * 22, [], [[1]], {}]


def strange(contents: BundleContents, chance: random.Random) -> BundleContents:
    """Return contents that say something else in one place of one line or of the manifest."""
    import json  # noqa: PLC0415

    section, manifest = contents.sections[0], contents.manifest
    ((oid, span),) = manifest.ranges.items()
    lines = list(section.lines)
    match chance.randrange(5):
        case 0:
            ends = (chance.randrange(4), chance.randrange(4) + 1)
            start, end = min(ends), max(ends) + (min(ends) == max(ends))
            span = replace(span, start=start, end=end)
            lines = [chance.choice(lines) for _ in range(end - start)]
        case 1:
            span = replace(span, end_hash=chance.randbytes(32))
        case 2:
            section = replace(section, fields=tuple(chance.sample(section.fields, 5)))
        case 3:
            section = replace(section, kind=chance.choice(["score", "đơn vị", "new_kind", ""]))
        case _:
            place = chance.randrange(len(lines))
            line = json.loads(lines[place])
            at: Any = line
            key = chance.randrange(len(at))
            if isinstance(at[key], list) and at[key]:
                at = at[key]
                key = chance.randrange(len(at))
            at[key] = chance.choice(STRANGE)
            lines[place] = json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode()
    section = replace(section, lines=tuple(lines))
    manifest = replace(manifest, ranges={oid: span}, bundle=UUID(bytes=chance.randbytes(16)))
    return replace(contents, manifest=manifest, sections=(section,))


def test_whatever_an_accepted_office_signs_is_taken_whole_or_refused_whole(
    world: Exchange, sent: Path
) -> None:
    contents, chance = world.contents(sent), random.Random(52)
    before = dump(world.province)
    states = []
    for _ in range(150):
        path = world.forged(world.district, strange(contents, chance))
        (planned,) = plan_bundles(world.province, [path])
        states.append(planned.state)
        if planned.state is BundleState.REFUSED:
            assert planned.code in {"E-FORMAT", "E-AUTH", "E-FORK", "E-DAMAGED"}
    assert dump(world.province) == before
    assert states.count(BundleState.REFUSED) > 100
    assert {BundleState.PARKED, BundleState.REFUSED} <= set(states)
    with world.province.store.read() as work:
        assert work.exchange.check() == ()
    assert merged(world.province, sent)[0].state is BundleState.NEW


def test_the_certificate_that_an_office_sends_is_its_own(world: Exchange, sent: Path) -> None:
    with world.district.store.read() as work:
        own = own_certificate(world.district, work.book.me())
    manifest = world.contents(sent).manifest
    assert manifest.sender == own
    assert manifest.request is not None
    assert manifest.request.certificate == own
