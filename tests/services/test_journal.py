"""What was done is taken back and done again: field by field, also by a program started anew."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from office_work import Clock, Pair, a_person_proposed
from thidua_desktop.app.wiring import make_ports
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.people import Person
from thidua_desktop.domain.proposals import Proposal
from thidua_desktop.services.integrity import digest
from thidua_desktop.services.journal import redo, undo
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.proposals import delete_proposal, open_proposal
from thidua_desktop.services.records import put_lines
from thidua_desktop.services.redaction import redact_field
from thidua_desktop.services.saving import delete_record, save_record
from thidua_desktop.services.submissions import withdraw
from thidua_desktop.services.titles import title_of


def a_person(ports: Ports, name: str = "Hà Thị Mỵ", **fields: object) -> Person:
    with ports.store.read() as work:
        number = work.book.me().number
    return save_record(ports, Person(id=ports.new_id(number), full_name=name, **fields)).record


def edited(ports: Ports, shown: Person, **fields: object) -> Person:
    return save_record(ports, replace(shown, **fields), shown=shown).record


def stored(ports: Ports, record_id: UUID) -> Person | None:
    with ports.store.read() as work:
        return work.records.find(Person, record_id)


def test_an_edit_is_taken_back_and_done_again_and_told_in_words(office: Ports) -> None:
    before = a_person(office)
    after = edited(office, before, position="Kỹ sư")
    said = undo(office)
    assert said.words == "sửa “Chức vụ, nghề nghiệp” của “Hà Thị Mỵ”"
    assert (said.kind, said.id, said.field) == ("person", before.id, "position")
    assert said.changes.concern("person")
    assert stored(office, before.id) == before
    assert redo(office).words == said.words
    assert stored(office, before.id) == after
    assert redo(office) is None


def test_what_has_no_name_or_is_gone_is_told_in_words(office: Ports) -> None:
    nameless = a_person(office, name="")
    edited(office, nameless, position="Kỹ sư")
    assert undo(office).words == "sửa “Chức vụ, nghề nghiệp” của “Cá nhân chưa có tên”"
    with office.store.read() as work:
        assert title_of(work, "person", office.new_id(1)) == "Cá nhân không có ở máy này"


def test_a_record_that_was_made_goes_and_comes(office: Ports) -> None:
    empty = digest(office)
    person = a_person(office, birth_date=PartialDate(1984))
    assert undo(office).words == "thêm cá nhân “Hà Thị Mỵ”"
    assert digest(office) == empty
    assert redo(office).words == "thêm cá nhân “Hà Thị Mỵ”"
    assert stored(office, person.id) == person


def test_what_was_deleted_together_comes_back_together(office: Ports) -> None:
    proposal_id = a_person_proposed(office)
    whole = digest(office)
    delete_proposal(office, proposal_id)
    assert digest(office) != whole
    said = undo(office)
    assert said.words.startswith("xóa đề nghị khen thưởng “")
    assert said.words.endswith("và 1 bản ghi đi cùng")
    assert digest(office) == whole


def test_a_text_typed_in_pieces_is_one_step(office: Ports) -> None:
    person = a_person(office)
    for words in ("Kỹ", "Kỹ sư", "Kỹ sư trưởng"):
        person = edited(office, person, position=words)
    edited(office, person, address="Xã Vũ Lễ")
    undo(office)
    assert stored(office, person.id).position == "Kỹ sư trưởng"
    undo(office)
    assert stored(office, person.id).position == ""


def test_after_a_while_the_same_field_is_another_step(office: Ports, clock) -> None:
    person = edited(office, a_person(office), position="Kỹ sư")
    clock.moment += timedelta(minutes=5)
    edited(office, person, position="Giám đốc")
    undo(office)
    assert stored(office, person.id).position == "Kỹ sư"


def test_what_comes_to_nothing_is_no_step(office: Ports) -> None:
    person = a_person(office)
    moved = edited(office, person, address="Xã Vũ Lễ")
    edited(office, moved, address="")
    assert undo(office).words.startswith("thêm cá nhân")


def test_a_new_change_ends_what_could_be_done_again(office: Ports) -> None:
    person = a_person(office)
    edited(office, person, position="Kỹ sư")
    undo(office)
    edited(office, person, address="Xã Vũ Lễ")
    assert redo(office) is None


def test_a_program_started_anew_takes_back_what_the_last_one_did(pair: Pair, make_folder) -> None:
    person = a_person(pair.office)
    edited(pair.office, person, position="Kỹ sư")
    again = make_folder("kien-xuong")
    undo(again)
    assert stored(again, person.id) == person


def test_what_was_changed_otherwise_since_is_left_alone_and_skipped(office: Ports) -> None:
    first = a_person(office)
    second = edited(office, a_person(office, "Đỗ Văn Ất"), position="Kỹ sư")
    put = f'{{"kind":"person","id":"{second.id}","fields":{{"position":"Bác sĩ"}}}}'
    with office.store.write() as work:  # as a bundle does: what it writes is no step
        work.journal.skip()
        work.records.write(Person, second.id, {"position": "Bác sĩ"})
        work.commit()
    said = undo(office)
    assert not said.is_done
    assert stored(office, second.id).position == "Bác sĩ"
    assert undo(office).is_done
    assert undo(office).is_done
    assert stored(office, first.id) is None
    assert put_lines(office, put).records  # a file of records is a step, too
    assert undo(office).is_done


def test_what_lies_submitted_is_not_taken_back(pair: Pair) -> None:
    proposal_id = a_person_proposed(pair.office)
    letter = pair.submit(proposal_id)
    before = digest(pair.office)
    assert not undo(pair.office).is_done
    assert digest(pair.office) == before
    withdraw(pair.office, letter)
    view = open_proposal(pair.office, proposal_id)
    nominee = edited(pair.office, view.nominee, position="Kỹ sư")
    assert undo(pair.office).is_done
    assert stored(pair.office, nominee.id).position == ""


def test_a_shared_record_comes_back_as_it_was(pair: Pair) -> None:
    proposal_id = a_person_proposed(pair.office)
    letter = pair.submit(proposal_id)
    withdraw(pair.office, letter)
    whole = digest(pair.office)
    delete_proposal(pair.office, proposal_id)
    assert undo(pair.office).is_done
    assert digest(pair.office) == whole


def test_what_was_taken_out_by_law_is_not_in_the_journal(office: Ports) -> None:
    person = edited(office, a_person(office), address="Thôn Bí Mật")
    deleted = a_person(office, "Người Bị Xóa", address="Thôn Bí Mật")
    delete_record(office, deleted)
    redact_field(office, person.id, "address", reason="Theo yêu cầu.")
    said = _everything(office)
    assert not [one for one in said if str(person.id) in one]
    assert [one for one in said if str(deleted.id) in one], "another record is another matter"


def _everything(ports: Ports) -> list[str]:
    with ports.store.read() as work:
        steps = [work.journal.next_undo(), work.journal.next_redo()]
        said = [str(one) for one in work.journal.binned()]
    return said + [str(one.changes) for one in steps if one]


def test_the_first_fill_of_a_province_is_no_step(province: Ports) -> None:
    assert undo(province) is None


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(("new", "edit", "delete", "undo", "redo")),
            st.integers(0, 3),
            st.sampled_from(("position", "address", "full_name")),
            st.text("ăâđề ", max_size=4),
        ),
        max_size=14,
    )
)
def test_as_many_undos_as_steps_lead_back_and_redos_lead_forth(
    new_pair, tmp_path_factory, script
) -> None:
    office = _fresh(new_pair, tmp_path_factory)
    start = digest(office)
    people: list[UUID] = []
    for step in script:
        _play(office, people, *step)
    end = digest(office)
    count = 0
    while (said := undo(office)) is not None:
        assert said.is_done
        count += 1
    assert digest(office) == start
    for _ in range(count):
        assert redo(office).is_done
    assert digest(office) == end


def _play(office: Ports, people: list[UUID], what: str, which: int, field: str, text: str) -> None:
    known = [one for one in people if stored(office, one)]
    if what == "new":
        people.append(a_person(office, f"Người {len(people)}").id)
    elif what == "undo":
        undo(office)
    elif what == "redo":
        redo(office)
    elif known:
        person = stored(office, known[which % len(known)])
        if what == "edit":
            edited(office, person, **{field: text})
        else:
            delete_record(office, person)


def _fresh(new_pair: Path, tmp_path_factory) -> Ports:
    folder = tmp_path_factory.mktemp("journal")
    shutil.copytree(new_pair / "kien-xuong", folder / "office")
    return make_ports(
        folder / "office" / "data",
        folder / "office" / "identity",
        now=Clock(),
        noise=random.Random(1).randbytes,
    )


def test_a_proposal_that_is_made_is_one_step(office: Ports) -> None:
    before = digest(office)
    proposal_id = a_person_proposed(office)
    while undo(office):
        pass
    assert digest(office) == before
    while redo(office):
        pass
    with office.store.read() as work:
        assert work.records.find(Proposal, proposal_id)
