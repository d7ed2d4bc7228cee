"""The chain from the root to every bundle: who is believed, and who is not any more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from exchange_work import DISTRICT, OTHER, Exchange, everything, merged, names, open_folder, put
from thidua_desktop.domain.bundles import BundleContents, BundleState
from thidua_desktop.domain.certificates import Warrant, joined
from thidua_desktop.domain.errors import (
    BeyondHeldError,
    NoRootError,
    NoSuchReplicaError,
    OwnReplicaError,
    PhraseError,
    RecoveryWordsError,
    UnknownReplicaError,
    UnknownUnitError,
    UnreadableFileError,
    WrongRootError,
)
from thidua_desktop.domain.offices import OfficeState
from thidua_desktop.domain.units import UnitRole
from thidua_desktop.services.bundle_reports import BundleReport
from thidua_desktop.services.keys import (
    restore_root,
    revoke,
    root_is_protected,
    root_words,
)
from thidua_desktop.services.offices import (
    accept,
    close_enrolment,
    create_office,
    enrol,
    join,
    list_offices,
    new_phrase,
)
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.trust import is_genuine, known_root, signed

Change = Callable[[Warrant], Warrant]


def warrants(ports: Ports) -> dict[bytes, Warrant]:
    with ports.store.read() as work:
        return {one.certificate.replica: one for one in work.book.warrants()}


def replica(ports: Ports) -> bytes:
    return ports.store.identity().replica


def refused(ports: Ports, path: Path) -> BundleReport:
    before = everything(ports), warrants(ports)
    (report,) = merged(ports, path)
    assert report.state is BundleState.REFUSED
    assert (everything(ports), warrants(ports)) == before
    return report


def answer_with(world: Exchange, change: Change, seed: bytes | None = None) -> Path:
    """Return a bundle of the province to the district whose certificates were changed."""
    path = world.made(world.province, for_unit=DISTRICT)

    def changed(contents: BundleContents) -> BundleContents:
        given = tuple(map(change, contents.manifest.certificates))
        return replace(contents, manifest=replace(contents.manifest, certificates=given))

    contents = changed(world.contents(path))
    if seed is None:
        return world.forged(world.province, contents)
    forged = path.with_suffix(".forged")
    forged.write_bytes(world.province.bundles.pack(contents, seed))
    return forged


# the chain


def test_the_root_certifies_the_province_s_pc_and_that_pc_the_offices(world: Exchange) -> None:
    known = warrants(world.province)
    own = known[replica(world.province)]
    assert own.certificate.role == UnitRole.PROVINCE
    assert own.signer != own.certificate.public_key
    for ports in (world.district, world.other):
        assert known[replica(ports)].signer == own.certificate.public_key
    assert all(is_genuine(world.province, one) for one in known.values())
    with world.district.store.read() as work:
        assert known_root(work) == own.signer


def test_an_office_learns_of_its_other_pcs_and_of_nobody_else_s(world: Exchange) -> None:
    world.carry(world.second, world.province)
    accept(world.province, None)
    world.carry(world.province, world.district, for_unit=DISTRICT)
    known = warrants(world.district)
    assert known[replica(world.second)].signature
    assert replica(world.other) not in known


def test_a_province_of_another_root_is_not_believed(
    world: Exchange, new_province: Path, clock: Any
) -> None:
    """It knows everything but the key of the root."""
    thief = world.copy_of("province")
    identity = thief.store.identity()
    stranger = replace(identity, replica=b"t" * 16, seed=b"t" * 32)
    certificate = replace(
        warrants(thief)[identity.replica].certificate,
        replica=stranger.replica,
        public_key=thief.signing.public_key(stranger.seed),
    )
    own = signed(thief, Warrant(certificate=certificate), b"another root".ljust(32))
    contents = world.contents(world.made(world.province, for_unit=DISTRICT))
    manifest = replace(contents.manifest, sender=certificate, certificates=(own,))
    path = world.folder / "giả.tdkt"
    path.write_bytes(thief.bundles.pack(replace(contents, manifest=manifest), stranger.seed))
    assert refused(world.district, path).code == "E-FORGED"


def test_certificates_that_are_not_what_they_say_are_refused(world: Exchange) -> None:
    put(world.second, "Từ máy 2")
    world.carry(world.second, world.province)
    accept(world.province, None)
    other = b"o" * 32

    def of_second(**changes: Any) -> Change:
        def change(one: Warrant) -> Warrant:
            is_second = one.certificate.replica == replica(world.second)
            return replace(one, **changes) if is_second else one

        return change

    def signed_by_a_thief(one: Warrant) -> Warrant:
        if one.certificate.replica != replica(world.second):
            return one
        return signed(world.province, replace(one, last=0), other)

    for change in (of_second(last=0), of_second(signature=b"x" * 64), signed_by_a_thief):
        assert refused(world.district, answer_with(world, change)).code == "E-FORGED"
    good = answer_with(world, of_second())
    assert merged(world.district, good)[0].state in {BundleState.NEW, BundleState.KNOWN}


def test_a_pc_of_the_office_cannot_speak_for_the_province(world: Exchange) -> None:
    path = answer_with(world, lambda one: one, seed=world.district.store.identity().seed)
    assert refused(world.district, path).code == "E-FORGED"


def test_a_certificate_out_of_date_only_warns(world: Exchange) -> None:
    future = timedelta(days=4_000)
    place = world.folder / "district"
    late = open_folder(place, lambda: world.now() + future)
    put(world.province, "Chung")
    path = world.made(world.province)
    (report,) = merged(late, path)
    assert report.state is BundleState.NEW
    assert report.to_json()["warnings"] == list(report.warnings)
    assert "hết hạn" in report.warnings[0]


# the order in which warrants come does not matter


def test_an_earlier_revocation_outweighs_all_others_in_any_order(world: Exchange) -> None:
    base = warrants(world.province)[replica(world.district)]
    one, two = (signed(world.province, replace(base, last=last)) for last in (3, 5))
    for first, second in ((one, two), (two, one), (base, one), (one, base)):
        assert joined(joined(None, first), second) == one
    unsigned = Warrant(certificate=base.certificate)
    assert joined(base, unsigned) == joined(unsigned, base) == base


# revocation


def test_a_revoked_pc_is_taken_up_to_a_number_and_no_further(world: Exchange) -> None:
    put(world.district, "Một")
    world.carry(world.district, world.province)
    first = world.made(world.district, full=True)
    put(world.district, "Hai")
    later = world.made(world.district)
    done = revoke(world.province, replica(world.district).hex()[:12])
    assert done.last == 1
    assert refused(world.province, later).code == "E-REVOKED"
    assert merged(world.province, first)[0].state is BundleState.KNOWN
    assert names(world.province) == {"Một"}


def test_a_revocation_travels_and_the_lost_pc_reads_nothing_more(world: Exchange) -> None:
    world.carry(world.second, world.province)
    accept(world.province, None)
    world.carry(world.province, world.second, for_unit=DISTRICT)
    put(world.district, "Một")
    world.carry(world.district, world.province)
    revoke(world.province, replica(world.district).hex())
    answer = world.made(world.province, for_unit=DISTRICT)
    assert merged(world.second, answer)[0].code is None
    assert warrants(world.second)[replica(world.district)].last == 1
    assert refused(world.district, answer).code == "E-KEY"
    # What the lost PC writes from now on, its sister does not take either.
    put(world.district, "Hai")
    assert refused(world.second, world.made(world.district, full=True)).code == "E-REVOKED"
    # And the sister's bundles are not sealed for it.
    put(world.second, "Ba")
    sent = world.made(world.second)
    assert merged(world.province, sent)[0].state is BundleState.NEW


def test_a_lost_key_is_replaced_by_a_new_pc_and_nothing_is_lost(
    world: Exchange, tmp_path: Path, clock: Any
) -> None:
    put(world.district, "Một")
    world.carry(world.district, world.province)
    revoke(world.province, replica(world.district).hex())
    close_enrolment(world.province, DISTRICT)
    anew = open_folder(tmp_path / "máy mới", clock)
    join(anew, enrol(world.province, DISTRICT), file_name="dk")
    assert merged(world.province, world.made(anew))[0].state is BundleState.PARKED
    accept(world.province, DISTRICT)
    answer = world.made(world.province, for_unit=DISTRICT, restore=True)
    assert merged(anew, answer)[0].state is BundleState.NEW
    assert names(anew) == {"Một"}
    (entry,) = [one for one in list_offices(world.province) if one.office.unit_code == DISTRICT]
    assert [(one.place, one.state) for one in entry.machines] == [
        (1, OfficeState.REVOKED),
        (2, OfficeState.ACCEPTED),
    ]
    put(anew, "Hai")
    assert world.carry(anew, world.province).state is BundleState.NEW
    assert names(world.province) == {"Một", "Hai"}


def test_who_or_what_cannot_be_revoked(world: Exchange) -> None:
    put(world.district, "Một")
    world.carry(world.district, world.province)
    name = replica(world.district).hex()
    for wrong in ("", "xyz", replica(world.second).hex()):
        with pytest.raises(NoSuchReplicaError):
            revoke(world.province, wrong)
    with pytest.raises(OwnReplicaError):
        revoke(world.province, replica(world.province).hex())
    for number in (-1, 2):
        with pytest.raises(BeyondHeldError):
            revoke(world.province, name, after=number)
    assert revoke(world.province, name, after=0).last == 0
    assert revoke(world.province, name, after=1).last == 0  # it is never taken back


# enrolment


def test_a_closed_enrolment_lets_nobody_ask(world: Exchange, tmp_path: Path, clock: Any) -> None:
    waiting = world.made(world.second)
    assert merged(world.province, waiting)[0].state is BundleState.PARKED
    close_enrolment(world.province, DISTRICT)
    with pytest.raises(UnknownReplicaError):
        accept(world.province, DISTRICT)
    with pytest.raises(UnknownUnitError):
        close_enrolment(world.province, DISTRICT)
    assert world.carry(world.district, world.province).state is not BundleState.REFUSED
    third = open_folder(tmp_path / "máy 3", clock)
    join(third, enrol(world.province, DISTRICT), file_name="dk")
    assert merged(world.province, world.made(third))[0].state is BundleState.PARKED


def test_an_enrolment_file_opens_by_its_phrase_only(
    world: Exchange, tmp_path: Path, clock: Any
) -> None:
    said = new_phrase(world.province)
    file = enrol(world.province, OTHER, said)
    assert b"secret" not in file
    anew = open_folder(tmp_path / "máy mới", clock)
    for ask in (lambda: None, lambda: "sai cụm từ"):
        with pytest.raises(PhraseError):
            join(anew, file, file_name="dk", ask=ask)
    with pytest.raises(UnreadableFileError):
        join(anew, file[:-20], file_name="dk", ask=lambda: said)
    assert not anew.store.exists()
    assert join(anew, file, file_name="dk", ask=lambda: f"  {said} ").unit_code == OTHER


def test_an_enrolment_file_in_which_another_vouches_for_the_province(
    world: Exchange, tmp_path: Path, clock: Any
) -> None:
    file = world.province.enrolments.unpack(enrol(world.province, OTHER), file_name="dk")
    forged = replace(file, enrolment=replace(file.enrolment, root_key=b"r" * 32))
    anew = open_folder(tmp_path / "máy mới", clock)
    with pytest.raises(UnreadableFileError):
        join(anew, world.province.enrolments.pack(forged), file_name="dk")


# the root


def test_a_root_comes_back_from_its_words_on_another_pc(
    world: Exchange, tmp_path: Path, clock: Any
) -> None:
    words = " ".join(root_words(world.province))
    anew = open_folder(tmp_path / "tỉnh mới", clock)
    create_office(anew, "34", UnitRole.PROVINCE)
    restore_root(anew, words)
    assert root_words(anew) == root_words(world.province)
    put(anew, "Chung")
    # The offices know the root, so they believe the new PC.
    path = world.folder / "mới.tdkt"
    path.write_bytes(world.contents_of(anew))
    assert merged(world.district, path)[0].state is not BundleState.REFUSED
    assert replica(anew) in warrants(world.district)


def test_words_that_are_wrong_restore_nothing(world: Exchange, tmp_path: Path, clock: Any) -> None:
    words = root_words(world.province)
    other = open_folder(tmp_path / "tỉnh khác", clock)
    create_office(other, "34", UnitRole.PROVINCE)
    for wrong in ("", " ".join(words[1:]), " ".join(reversed(words))):
        with pytest.raises(RecoveryWordsError):
            restore_root(world.province, wrong)
    with pytest.raises(WrongRootError):
        restore_root(world.province, " ".join(root_words(other)))
    assert root_words(world.province) == words


def test_a_protected_root_needs_its_phrase(tmp_path: Path, clock: Any) -> None:
    ports = open_folder(tmp_path / "tỉnh", clock)
    create_office(ports, "34", UnitRole.PROVINCE, lambda: "một cụm từ")
    assert root_is_protected(ports)
    for ask in (lambda: None, lambda: "cụm từ khác"):
        with pytest.raises(PhraseError):
            root_words(ports, ask)
    assert len(root_words(ports, lambda: "một  cụm từ ")) == 24
    (root,) = (tmp_path / "tỉnh" / "identity").glob("*.root")
    assert root.stat().st_mode & 0o077 == 0
    root.unlink()
    with pytest.raises(NoRootError):
        root_words(ports, lambda: "một cụm từ")
    # Daily work needs no root: it may lie in a safe.
    assert enrol(ports, DISTRICT)
