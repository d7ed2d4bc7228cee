"""The province's own PCs: one restored elsewhere is certified, one stolen is revoked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from exchange_work import (
    DISTRICT,
    OTHER,
    Exchange,
    everything,
    merged,
    names,
    open_folder,
    put,
)
from thidua_desktop.domain.bundles import BundleState, Certificate
from thidua_desktop.domain.certificates import Warrant
from thidua_desktop.domain.displacement_text import UNCERTIFIED_TEXT
from thidua_desktop.domain.errors import (
    NoRootError,
    OwnReplicaError,
    PhraseError,
    RecoveryWordsError,
    RevokedHereError,
    UncertifiedError,
    WrongRootError,
)
from thidua_desktop.domain.offices import OfficeState
from thidua_desktop.domain.people import Person
from thidua_desktop.domain.units import UnitRole
from thidua_desktop.services.backups import restore_backup, write_backup
from thidua_desktop.services.keys import (
    certify,
    is_certified,
    revoke,
    root_is_here,
    root_words,
    succeed,
)
from thidua_desktop.services.offices import (
    accept,
    create_office,
    enrol,
    join,
    list_offices,
    own_machines,
)
from thidua_desktop.services.packing import export_bundle
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.renewal import renew
from thidua_desktop.services.trust import signed
from thidua_desktop.services.warnings import warnings


@dataclass(frozen=True)
class Moved:
    """The province restored on a new PC from a backup, and the old PC, which is still about."""

    world: Exchange
    new: Ports
    words: str

    @property
    def old(self) -> Ports:
        return self.world.province

    def from_new(self, **how: Any) -> Path:
        return self.world.made(self.new, **how)


def replica(ports: Ports) -> bytes:
    return ports.store.identity().replica


def known(ports: Ports, other: Ports) -> Warrant | None:
    with ports.store.read() as work:
        found = {one.certificate.replica: one for one in work.book.warrants()}
    return found.get(replica(other))


@pytest.fixture
def moved(world: Exchange, tmp_path: Path, clock: Any) -> Moved:
    """A backup was taken to another PC; the words of the root lay in the safe."""
    words = " ".join(root_words(world.province))
    put(world.province, "Chung, trước khi sao lưu")
    world.carry(world.province, world.district)
    file = tmp_path / "tỉnh.saoluu"
    write_backup(world.province, file)
    place = tmp_path / "máy tỉnh mới"
    new = open_folder(place, clock)
    restore_backup(new, file, place / "data")
    return Moved(world, new, words)


# certified by hand


def test_a_restored_province_says_what_happened_and_sends_nothing_nobody_would_take(
    moved: Moved, tmp_path: Path
) -> None:
    assert names(moved.new) == names(moved.old)
    assert not is_certified(moved.new)
    assert is_certified(moved.old)
    assert is_certified(moved.world.district)
    (said,) = [one for one in warnings(moved.new) if "xác nhận" in one]
    assert "khôi phục từ bản sao lưu" in said
    assert "office certify" in said
    with pytest.raises(UncertifiedError):
        export_bundle(moved.new, path=tmp_path / "x.tdkt")
    assert not (tmp_path / "x.tdkt").exists()
    with moved.new.store.read() as work:
        assert len(work.book.sent()) == len(_sent(moved.old))
    states = {one.replica: one.state for one in own_machines(moved.new).machines}
    assert states == {
        replica(moved.old): OfficeState.ACCEPTED,
        replica(moved.new): OfficeState.WAITING,
    }


def _sent(ports: Ports) -> tuple[Any, ...]:
    with ports.store.read() as work:
        return work.book.sent()


def test_the_words_certify_the_new_pc_and_the_offices_believe_it(moved: Moved) -> None:
    certify(moved.new, words=moved.words)
    assert is_certified(moved.new)
    assert not root_is_here(moved.new)  # the paper goes back into the safe
    assert UNCERTIFIED_TEXT not in warnings(moved.new)
    put(moved.new, "Từ máy mới")
    for office in (moved.world.district, moved.world.other):
        assert merged(office, moved.from_new())[0].state is BundleState.NEW
        assert "Từ máy mới" in names(office)
        assert known(office, moved.new)
    put(moved.world.district, "Cơ quan gửi lại")
    assert moved.world.carry(moved.world.district, moved.new).state is BundleState.NEW


def test_a_program_started_anew_says_it_until_the_pc_is_certified(
    moved: Moved, tmp_path: Path, clock: Any
) -> None:
    assert names(moved.new)
    again = open_folder(tmp_path / "máy tỉnh mới", clock)
    assert UNCERTIFIED_TEXT in warnings(again)
    assert "“Xác nhận máy này…” trong Cài đặt" in UNCERTIFIED_TEXT
    assert "office" not in UNCERTIFIED_TEXT  # whoever reads it sits before the window


def test_words_that_are_wrong_certify_nothing(moved: Moved, tmp_path: Path, clock: Any) -> None:
    other = open_folder(tmp_path / "tỉnh khác", clock)
    create_office(other, "34", UnitRole.PROVINCE)
    with pytest.raises(WrongRootError):
        certify(moved.new, words=" ".join(root_words(other)))
    with pytest.raises(RecoveryWordsError):
        certify(moved.new, words=moved.words.rsplit(" ", 1)[0])
    assert not is_certified(moved.new)


# revoked by the root


def test_a_stolen_pc_of_the_province_is_taken_up_to_a_number_and_no_further(moved: Moved) -> None:
    world = moved.world
    late = world.made(moved.old)  # all of it known to the new PC
    certify(moved.new, words=moved.words)
    done = revoke(moved.new, replica(moved.old).hex()[:12], words=moved.words)
    assert done.is_revoked
    answer = moved.from_new()
    for office in (world.district, world.other):
        assert merged(office, answer)[0].code is None
        assert known(office, moved.old).last == done.last
    put(moved.old, "Từ máy mất cắp")
    stolen = world.made(moved.old)
    for ports in (world.district, world.other, moved.new):
        before = everything(ports)
        (report,) = merged(ports, stolen)
        assert (report.state, report.code) == (BundleState.REFUSED, "E-REVOKED")
        assert everything(ports) == before
    assert merged(world.other, late)[0].state is not BundleState.REFUSED
    put(moved.new, "Tỉnh làm tiếp")
    assert merged(world.district, moved.from_new())[0].state is BundleState.NEW
    assert "Tỉnh làm tiếp" in names(world.district)
    assert "Từ máy mất cắp" not in names(world.district)


def test_who_cannot_use_the_root_revokes_no_pc_of_the_province(moved: Moved) -> None:
    certify(moved.new, words=moved.words)
    name = replica(moved.old).hex()
    with pytest.raises(RecoveryWordsError):
        revoke(moved.new, name, words="một hai ba")
    with pytest.raises(NoRootError):
        revoke(moved.new, name)
    with pytest.raises(OwnReplicaError):
        revoke(moved.new, replica(moved.new).hex(), words=moved.words)
    assert not known(moved.new, moved.old).is_revoked


def test_what_only_the_stolen_pc_vouches_for_is_nothing(moved: Moved) -> None:
    """A second PC of the district that the thief lets in; the new PC never heard of it."""
    world = moved.world
    certify(moved.new, words=moved.words)
    revoke(moved.new, replica(moved.old).hex(), words=moved.words)
    merged(world.district, moved.from_new(for_unit=DISTRICT))
    forged = _vouched_by(moved.old, world.second)
    path = world.made(moved.old, for_unit=DISTRICT)

    def with_forged(contents: Any) -> Any:
        manifest = contents.manifest
        given = (*manifest.certificates, forged)
        return replace(
            contents,
            sections=(),
            manifest=replace(manifest, certificates=given, ranges={}, to=None),
        )

    bad = world.forged(moved.old, with_forged(world.contents(path)))
    merged(world.district, bad)
    assert known(world.district, world.second) is None


def _vouched_by(province: Ports, other: Ports) -> Warrant:
    with other.store.read() as work:
        mine: Certificate = next(
            one for one in work.book.certificates() if one.replica == replica(other)
        )
    return signed(province, Warrant(certificate=mine))


def test_its_private_channel_is_closed_at_what_is_here(moved: Moved) -> None:
    """The number speaks of the common channel, which may be far ahead of the one to an office."""
    world = moved.world
    certify(moved.new, words=moved.words)
    for _ in range(3):
        put(moved.old, "Chung nữa")
    merged(moved.new, world.made(moved.old))
    last = revoke(moved.new, replica(moved.old).hex(), words=moved.words).last
    assert last >= 3
    merged(world.district, moved.from_new(for_unit=DISTRICT))
    _to_the_district(moved.old, "Riêng cho huyện")
    path = world.made(moved.old, for_unit=DISTRICT)
    spans = world.contents(path).manifest.ranges.values()
    assert max(span.end for span in spans) <= last  # by the number alone it would be taken
    assert merged(world.district, path)[0].code == "E-REVOKED"


def _to_the_district(province: Ports, name: str) -> None:
    """Write into the province's channel to the district: about a record of its own."""
    with province.store.write() as work:
        offices = [one.office for one in work.book.enrolments()]
        number = next(one.number for one in offices if one.unit_code == DISTRICT)
        person = Person(id=province.new_id(number), full_name=name)
        work.records.put(person, shown=None)
        work.records.share([("person", person.id)])
        work.commit()


def test_the_new_pc_vouches_for_all_that_the_old_one_did(
    moved: Moved, tmp_path: Path, clock: Any
) -> None:
    world = moved.world
    certify(moved.new, words=moved.words)
    succeed(moved.new, OTHER, DISTRICT, since=date(2025, 7, 1))
    revoke(moved.new, replica(moved.old).hex(), words=moved.words)
    key = moved.new.signing.public_key(moved.new.store.identity().seed)
    with moved.new.store.read() as work:
        offices = [one for one in work.book.warrants() if one.certificate.office]
        assert offices
        assert {one.signer for one in offices} == {key}
        assert {one.signer for one in work.book.inheritances()} == {key}
    # An office that joins now hears of the revocation with its enrolment.
    anew = open_folder(tmp_path / "máy mới", clock)
    join(anew, enrol(moved.new, DISTRICT), file_name="dk")
    assert known(anew, moved.old).is_revoked
    assert merged(moved.new, world.made(anew))[0].code == "E-UNKNOWN"
    accept(moved.new, None)
    assert merged(anew, moved.from_new(for_unit=DISTRICT))[0].code is None
    assert {one.office.unit_code for one in list_offices(moved.new)} >= {DISTRICT, OTHER}


def test_an_inheritance_that_the_old_pc_gave_is_signed_anew(
    world: Exchange, tmp_path: Path, clock: Any
) -> None:
    """It was given before the backup was made."""
    words = " ".join(root_words(world.province))
    succeed(world.province, OTHER, DISTRICT, since=date(2025, 7, 1))
    write_backup(world.province, tmp_path / "tỉnh.saoluu")
    new = open_folder(tmp_path / "máy tỉnh mới", clock)
    restore_backup(new, tmp_path / "tỉnh.saoluu", tmp_path / "máy tỉnh mới" / "data")
    certify(new, words=words)
    revoke(new, replica(world.province).hex(), words=words)
    key = new.signing.public_key(new.store.identity().seed)
    with new.store.read() as work:
        assert [one.signer for one in work.book.inheritances()] == [key]
    assert merged(world.district, world.made(new, for_unit=DISTRICT))[0].code is None
    with world.district.store.read() as work:
        assert [one.signer for one in work.book.inheritances()] == [key]


def test_a_revoked_pc_that_is_found_again_is_certified_only_under_a_new_id(
    moved: Moved,
) -> None:
    certify(moved.new, words=moved.words)
    revoke(moved.new, replica(moved.old).hex(), words=moved.words)
    put(moved.new, "Chung")
    assert merged(moved.old, moved.from_new())[0].state is BundleState.NEW
    assert not is_certified(moved.old)
    for job in (lambda: certify(moved.old), lambda: moved.world.made(moved.old)):
        with pytest.raises(RevokedHereError):
            job()
    renew(moved.old)
    certify(moved.old, words=moved.words)
    put(moved.old, "Máy cũ dùng lại")
    assert merged(moved.world.district, moved.world.made(moved.old))[0].code is None
    assert "Máy cũ dùng lại" in names(moved.world.district)


def test_a_protected_root_on_the_new_pc_needs_its_phrase(tmp_path: Path, clock: Any) -> None:
    first = open_folder(tmp_path / "tỉnh", clock)
    create_office(first, "34", UnitRole.PROVINCE, lambda: "một cụm từ")
    renew(first)
    assert not is_certified(first)
    with pytest.raises(UncertifiedError):
        export_bundle(first, path=tmp_path / "x.tdkt")
    with pytest.raises(PhraseError):
        certify(first, lambda: "cụm từ khác")
    certify(first, lambda: "một cụm từ")
    assert is_certified(first)
    assert export_bundle(first, path=tmp_path / "x.tdkt").path.exists()
