"""A value that the law has erased is nowhere any more, and everything else is where it was."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from exchange_work import Exchange, dump, merged, person_at, put
from office_work import Pair, a_person_proposed
from thidua_desktop.domain.bundles import BundleState
from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import InvalidInputError, NotFoundError, UnredactableError
from thidua_desktop.domain.journal import FieldText
from thidua_desktop.domain.people import Person
from thidua_desktop.domain.proposals import Proposal, Submission
from thidua_desktop.domain.redactions import Redaction, Unredactable
from thidua_desktop.services.exchange import merge_bundles, plan_bundles
from thidua_desktop.services.integrity import check, digest, repair
from thidua_desktop.services.packing import export_bundle
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.records import history
from thidua_desktop.services.redaction import erasable, person_data, redact_field, redact_fields
from thidua_desktop.services.typed import drop_typed, note_typed

VALUE = "Ngo 17 duong Le Loi"
REASON = "Theo đơn của người có dữ liệu, căn cứ Luật Bảo vệ dữ liệu cá nhân."


def redact(ports: Ports, person: Person, field: str = "address"):
    return redact_field(ports, person.id, field, reason=REASON)


def holds(folder: Path, value: str = VALUE) -> list[str]:
    """Return the files of a data folder in which a value can be read."""
    files = (path for path in (folder / "data").rglob("*") if path.is_file())
    return [path.name for path in files if value.encode() in path.read_bytes()]


def lines_of(world: Exchange, path: Path) -> bytes:
    return b"".join(line for of in world.contents(path).sections for line in of.lines)


@pytest.fixture
def person(world: Exchange) -> Person:
    """A person of the district, with the secret, whom its two PCs and the province hold."""
    person = put(world.district, "Đặng Thị Ngọc Ẩn", address=VALUE, position="Nông dân")
    person = put(world.district, person, position="Trưởng thôn")
    world.carry(world.district, world.province)
    world.carry(world.district, world.second, full=True)
    return person


def test_what_could_not_be_cleaned_at_once_is_cleaned_by_the_next_commit(
    world: Exchange, person: Person
) -> None:
    def without_room(connection: sqlite3.Connection, _entry: object) -> None:
        connection.execute("PRAGMA secure_delete = OFF")  # as where SQLite is built without it
        # Where no other database can be attached, there is no room for the file written anew.
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)

    event.listen(Engine, "connect", without_room)
    try:
        typed = FieldText(kind="person", id=person.id, field="address", text=VALUE)
        note_typed(world.district, [typed])
        drop_typed(world.district, typed)
        redact(world.district, person)
    finally:
        event.remove(Engine, "connect", without_room)
    assert holds(world.folder / "district")
    with world.district.store.scratch() as copy:  # to be thrown away: nothing is cleaned there
        with copy.write() as work:
            work.commit()
        with copy.read() as work:
            assert work.book.setting("unclean") is not None
    put(world.district, "Bùi Văn Chuyên")
    assert not holds(world.folder / "district")
    with world.district.store.read() as work:
        assert work.book.setting("unclean") is None


def test_what_is_committed_does_not_fail_where_it_cannot_be_noted_that_all_is_clean(
    world: Exchange, person: Person
) -> None:
    def without_room(connection: sqlite3.Connection, _entry: object) -> None:
        connection.set_authorizer(
            lambda action, table, *_more: (
                sqlite3.SQLITE_DENY
                if (action, table) == (sqlite3.SQLITE_DELETE, "setting")
                else sqlite3.SQLITE_OK
            )
        )

    event.listen(Engine, "connect", without_room)
    try:
        assert redact(world.district, person).ops == 1
    finally:
        event.remove(Engine, "connect", without_room)
    with world.district.store.read() as work:
        assert work.book.setting("unclean") is not None
    put(world.district, "Bùi Văn Chuyên")
    with world.district.store.read() as work:
        assert work.book.setting("unclean") is None


def test_writing_a_blank_leaves_the_value_to_be_read(world: Exchange, person: Person) -> None:
    put(world.district, person, address="")
    assert holds(world.folder / "district")


def test_nothing_of_the_value_is_left_where_it_was_redacted(
    world: Exchange, person: Person
) -> None:
    done = redact(world.district, person)

    assert done.ops == 1
    assert holds(world.folder / "district") == []
    left = person_at(world.district, person.id)
    assert left is not None
    assert (left.full_name, left.position, left.address) == (
        *(person.full_name, person.position),
        "",
    )
    redacted = [one for one in history(world.district, person.id) if one.is_redacted]
    assert {one.value for one in redacted} == {None}
    assert check(world.district).faults == ()
    before = digest(world.district)
    assert repair(world.district).after == before
    assert VALUE.encode() not in lines_of(world, world.made(world.district, full=True))


def test_it_goes_from_every_office_that_the_next_bundle_reaches(
    world: Exchange, person: Person
) -> None:
    redact(world.district, person)

    for name in ("province", "second"):
        receiver = getattr(world, name)
        assert holds(world.folder / name)
        assert world.carry(world.district, receiver).state is BundleState.NEW
        assert holds(world.folder / name) == []
        assert check(receiver).faults == ()
        assert person_at(receiver, person.id) == person_at(world.district, person.id)


def test_who_never_had_the_value_takes_the_line_without_it(world: Exchange, person: Person) -> None:
    redact(world.district, person)
    newcomer = world.copy_of("other")
    full = world.made(world.district, full=True)
    with newcomer.store.write() as work:  # as another PC of the district would trust it
        work.book.add_certificate(world.contents(full).manifest.sender)
        work.commit()
    sender = world.contents(full).manifest.sender

    with newcomer.store.write() as work:
        origins = work.exchange.origins_of(sender, ())
        work.exchange.apply(
            world.contents(full),
            authors=dict.fromkeys(origins, sender),
            file_name="gói.tdkt",
            progress=lambda _done, _total: None,
            stop_wanted=lambda: False,
        )
        work.commit()

    assert person_at(newcomer, person.id) == person_at(world.district, person.id)
    assert check(newcomer).faults == ()


def test_a_value_that_comes_after_its_redaction_goes_at_once(
    world: Exchange, person: Person
) -> None:
    """The other PC wrote it, and its bundle reaches the province last."""
    late = put(world.second, person_at(world.second, person.id) or person, address="17 Le Loi")
    world.carry(world.second, world.district)
    redact(world.district, late)
    world.carry(world.district, world.province)

    world.carry(world.second, world.province)

    for value in (VALUE, "17 Le Loi"):
        assert holds(world.folder / "province", value) == []
    assert check(world.province).faults == ()


def test_a_draft_loses_the_value_and_says_nothing_to_anyone(world: Exchange) -> None:
    person = put(world.district, "Bùi Đình Chuyên", shared=False, address=VALUE)

    done = redact(world.district, person)

    assert done.id is None
    assert holds(world.folder / "district") == []
    assert person_at(world.district, person.id) is not None
    assert b"redaction" not in dump(world.district)


def test_the_province_redacts_what_an_office_wrote(world: Exchange, person: Person) -> None:
    """Its word does not stand in the office's fields: what was said along with it is suggested."""
    redact(world.province, person)
    assert holds(world.folder / "province") == []
    assert check(world.province).faults == ()

    path = world.made(world.province, for_unit="ubnd-343")
    (report,) = merged(world.district, path)

    assert report.counts.suggestions > 0
    assert holds(world.folder / "district") == []
    left = person_at(world.district, person.id)
    assert left is not None
    assert left.position == "Trưởng thôn"  # written later, by itself
    assert check(world.district).faults == ()


def test_a_stranger_redacts_nothing(world: Exchange, person: Person) -> None:
    op = next(one.op for one in history(world.province, person.id) if one.field == "address")
    forged = Redaction(
        id=world.other.new_id(342),
        about_kind="person",
        about_id=person.id,
        about_field="address",
        ops=op,
        reason="x",
    )
    with world.other.store.write() as work:
        work.records.put(forged, shown=None)
        work.records.share([("redaction", forged.id)])
        work.commit()

    world.carry(world.other, world.province)

    left = person_at(world.province, person.id)
    assert left is not None
    assert left.address == VALUE


def test_what_cannot_be_redacted_says_why(world: Exchange, person: Person) -> None:
    with world.province.store.write() as work:
        own = work.records.put(Person(id=world.province.new_id(0), full_name="A"), shown=None)
        work.commit()

    def why(ports: Ports, field: str, of: Person = person) -> Unredactable:
        before = dump(ports)
        with pytest.raises(UnredactableError) as refused:
            redact(ports, of, field)
        assert dump(ports) == before
        assert error_text(refused.value).endswith(".")
        return refused.value.why

    assert why(world.province, "address", own) is Unredactable.NO_VALUE
    assert why(world.district, "birth_date") is Unredactable.NO_VALUE
    put(world.district, person, position="Một")
    put(world.second, person_at(world.second, person.id) or person, position="Hai")
    world.carry(world.second, world.district)
    assert why(world.district, "address") is Unredactable.OPEN
    with world.other.store.write() as work:
        theirs = work.records.put(person, shown=None)
        work.commit()
    assert why(world.other, "address", theirs) is Unredactable.NOT_OWNER
    with pytest.raises(InvalidInputError):
        redact(world.district, person, "shoe_size")
    with pytest.raises(InvalidInputError):
        redact_field(world.district, person.id, "address", reason=" ")
    with pytest.raises(NotFoundError):
        redact(world.district, Person(id=world.district.new_id(343)))


def test_snapshots_that_tell_the_value_go_too(pair: Pair) -> None:
    proposal_id = a_person_proposed(pair.office)
    with pair.office.store.write() as work:
        proposal = work.records.get(Proposal, proposal_id)
        work.records.write(Person, proposal.person_id, {"address": VALUE})
        work.commit()
    letter = pair.submit(proposal_id)
    pair.up()
    for name in ("province", "kien-xuong"):
        assert len(holds(pair.folder / name)) == 2  # the database, and the snapshot

    done = redact_field(pair.office, proposal.person_id, "address", reason=REASON)
    path = export_bundle(pair.office, path=pair.folder / "xóa.tdkt").path
    assert plan_bundles(pair.province, [path])[0].state is BundleState.NEW
    assert len(holds(pair.folder / "province")) == 2  # a plan takes nothing away
    merge_bundles(pair.province, [path])

    assert done.files == 1
    for name, ports in (("province", pair.province), ("kien-xuong", pair.office)):
        assert holds(pair.folder / name) == []
        assert check(ports).faults == ()
        with ports.store.read() as work:
            assert work.records.get(Submission, letter).snapshot is not None


def test_all_that_is_kept_of_a_person_can_be_handed_over(pair: Pair) -> None:
    proposal_id = a_person_proposed(pair.office)
    with pair.office.store.read() as work:
        person_id = work.records.get(Proposal, proposal_id).person_id

    said = person_data(pair.office, person_id)

    assert {one["kind"] for one in said["records"]} == {"person", "proposal"}
    assert said["person"] == str(person_id)
    assert {one["id"] for one in said["history"]} == {str(person_id), str(proposal_id)}
    json.dumps(said)
    with pytest.raises(NotFoundError):
        person_data(pair.office, proposal_id)


def test_what_can_be_erased_is_told_and_several_fields_go_at_once(
    world: Exchange, person: Person
) -> None:
    found = erasable(world.district, "person", person.id)
    writes = {one.name: (one.shown, one.writes) for one in found.fields}
    assert writes["address"] == (VALUE, 1)
    assert writes["position"] == ("Trưởng thôn", 2)
    assert found.is_allowed
    assert found.title == person.full_name
    assert not erasable(world.other, "person", person.id).fields
    done = redact_fields(world.district, person.id, ("address", "position"), reason=REASON)
    assert done.ops >= 2
    left = erasable(world.district, "person", person.id)
    assert [one.name for one in left.fields] == ["full_name"]
    kept = person_at(world.district, person.id)
    assert (kept.full_name, kept.address, kept.position) == (person.full_name, "", "")
    assert not holds(world.folder / "district")
    assert check(world.district).faults == ()
    world.carry(world.district, world.province)
    assert not holds(world.folder / "province")
    assert not holds(world.folder / "province", "Trưởng thôn")


def test_of_several_fields_none_goes_where_one_cannot(world: Exchange, person: Person) -> None:
    before = dump(world.district)
    with pytest.raises(UnredactableError):
        redact_fields(world.district, person.id, ("address", "phone"), reason=REASON)
    assert dump(world.district) == before
    assert holds(world.folder / "district")
