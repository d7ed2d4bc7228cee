"""The way back: a question goes to the office, its answer comes back; nobody else hears of it."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from exchange_work import Exchange, put
from office_work import Pair, a_person_proposed
from thidua_desktop.domain.bundles import BundleContents
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import (
    InvalidInputError,
    InvalidLinesError,
    NobodyToAskError,
    NotForRoleError,
    NotFoundError,
)
from thidua_desktop.domain.ids import PROVINCE_NUMBER, office_number
from thidua_desktop.domain.notes import FieldNote, NoteKind
from thidua_desktop.domain.people import Person
from thidua_desktop.domain.proposals import Outcome
from thidua_desktop.domain.questions import Question, QuestionState
from thidua_desktop.domain.units import Unit, UnitLevel
from thidua_desktop.services.differences import settle
from thidua_desktop.services.notes import notes_on, what_waits
from thidua_desktop.services.packing import export_for_all
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.proposals import open_proposal, save_proposal
from thidua_desktop.services.questions import answer, ask, close, list_questions
from thidua_desktop.services.records import put_lines
from thidua_desktop.services.reviews import review_proposal
from thidua_desktop.services.sending import Packing
from thidua_desktop.services.submissions import draft_submission, submit
from thidua_desktop.services.titles import title_of
from thidua_desktop.services.units import save_unit
from thidua_desktop.storage.ledger.drafting import Drafting

ASKED = "Ông ở thôn nào của xã Bình Thanh?"


def waiting(ports: Ports) -> list[tuple[NoteKind, str]]:
    with ports.store.read() as work:
        return [(one.sort, one.words) for one in what_waits(work, work.records.differences())]


def notes(ports: Ports, person: Person) -> tuple[FieldNote, ...]:
    with ports.store.read() as work:
        return notes_on(work, (work.records.get(Person, person.id),))


def the_question(ports: Ports) -> Question:
    (row,) = list_questions(ports)
    return row.question


@pytest.fixture
def asked(pair: Pair) -> tuple[Pair, UUID]:
    """A proposal that lies at the province, which has asked about the nominee's address."""
    proposal_id = a_person_proposed(pair.office)
    pair.submit(proposal_id)
    pair.up()
    nominee = open_proposal(pair.province, proposal_id).nominee
    ask(pair.province, "person", nominee.id, "address", wording=ASKED, asked_by="Ban Thi đua")
    return pair, proposal_id


def test_a_question_is_a_note_on_the_very_field_until_it_is_answered(asked) -> None:
    pair, proposal_id = asked
    assert waiting(pair.office) == []
    pair.down()

    (note,) = open_proposal(pair.office, proposal_id).notes
    assert (note.kind, note.field, note.words) == ("person", "address", ASKED)
    assert (note.sort, note.asks, note.by) == (
        NoteKind.QUESTION,
        True,
        "Ban Thi đua · 25/11/2024",
    )
    assert waiting(pair.office) == [(NoteKind.QUESTION, ASKED)]

    answer(pair.office, note.question_id, "Thôn Đông Hòa.", answered_by="Nguyễn Thị Mơ")
    assert waiting(pair.office) == []
    (note,) = open_proposal(pair.office, proposal_id).notes
    assert (note.sort, note.asks) == (NoteKind.ANSWER, False)

    assert waiting(pair.province) == []
    pair.up()
    assert waiting(pair.province) == [(NoteKind.ANSWER, "Thôn Đông Hòa.")]
    (row,) = list_questions(pair.province)
    assert (row.state, row.label, row.about) == (
        QuestionState.ANSWERED,
        "Nơi cư trú",
        "Đặng Thị Ngọc Ẩn",
    )
    assert row.place.proposal_id == proposal_id
    with pair.province.store.read() as work:
        title = title_of(work, "proposal", proposal_id)
    assert title == "Đặng Thị Ngọc Ẩn · Giấy khen"
    assert row.question.answered_on == PartialDate(2024, 11, 25)

    close(pair.province, row.question.id)
    assert waiting(pair.province) == []
    pair.down()
    assert the_question(pair.office).state is QuestionState.CLOSED
    assert open_proposal(pair.office, proposal_id).notes == ()


def test_a_closed_question_can_be_opened_again(asked) -> None:
    pair, proposal_id = asked
    close(pair.province, the_question(pair.province).id)
    close(pair.province, the_question(pair.province).id, is_closed=False)
    pair.down()
    assert [note.sort for note in open_proposal(pair.office, proposal_id).notes] == [
        NoteKind.QUESTION
    ]


def test_each_side_writes_only_its_own_half(asked) -> None:
    pair, _ = asked
    pair.down()
    question = the_question(pair.office)
    with pytest.raises(NotForRoleError):
        ask(pair.office, "person", question.about_id, "address", wording="?")
    with pytest.raises(NotForRoleError):
        close(pair.office, question.id)
    with pytest.raises(NotForRoleError):
        answer(pair.province, question.id, "Tôi trả lời thay.")
    line = {"kind": "question", "id": str(question.id), "fields": {"is_closed": True}}
    assert put_lines(pair.office, json.dumps(line)).suggested == (1,)
    assert the_question(pair.office).state is QuestionState.OPEN


@pytest.mark.parametrize(("field", "wording"), [("address", " \n"), ("shoe_size", "Cỡ nào?")])
def test_a_question_asks_something_about_a_field(asked, field: str, wording: str) -> None:
    pair, _ = asked
    with pytest.raises(InvalidInputError):
        ask(pair.province, "person", the_question(pair.province).about_id, field, wording=wording)
    assert len(list_questions(pair.province)) == 1


def test_an_answer_says_something(asked) -> None:
    pair, _ = asked
    pair.down()
    with pytest.raises(InvalidInputError):
        answer(pair.office, the_question(pair.office).id, "  ")


def test_a_unit_answers_for_itself_or_through_the_office_above_it(pair: Pair) -> None:
    with pair.office.store.read() as work:
        me = work.book.me()
    below = Unit(id=UUID(int=1 << 100), code="p-1", name="Phòng Nội vụ", parent_id=me.unit_id)
    save_unit(pair.province, unit=below)
    with pair.province.store.read() as work:
        (below,) = work.records.having(Unit, code="p-1")
    for unit_id in (me.unit_id, below.id):
        asked = ask(pair.province, "unit", unit_id, "address", wording="Trụ sở ở đâu?")
        assert office_number(asked.record.id) == me.number


def test_a_commune_is_asked_through_the_office_that_holds_its_records(pair: Pair) -> None:
    commune = Unit(id=UUID(int=2 << 100), code="xa-moi", name="Xã Vũ Quý", level=UnitLevel.COMMUNE)
    save_unit(pair.province, unit=commune)
    with pair.province.store.read() as work:
        (commune,) = work.records.having(Unit, code="xa-moi")
    with pytest.raises(NobodyToAskError):  # nobody has spoken of it
        ask(pair.province, "unit", commune.id, "address", wording="Trụ sở ở đâu?")
    pair.up()
    put(pair.office, "Đặng Thị Ngọc Ẩn", unit_id=commune.id)
    pair.up()
    asked = ask(pair.province, "unit", commune.id, "address", wording="Trụ sở ở đâu?")
    with pair.office.store.read() as work:
        assert office_number(asked.record.id) == work.book.me().number
    pair.down()
    assert [row.question.wording for row in list_questions(pair.office)] == ["Trụ sở ở đâu?"]


def test_nobody_is_asked_about_what_is_the_province_s(pair: Pair) -> None:
    with pair.province.store.read() as work:
        me = work.book.me()
    with pytest.raises(NobodyToAskError):
        ask(pair.province, "unit", me.unit_id, "address", wording="Ở đâu?")
    with pytest.raises(NotFoundError):
        ask(pair.province, "person", UUID(int=7), "address", wording="Ở đâu?")


def test_a_question_put_as_json_goes_to_the_office_it_is_about(asked) -> None:
    pair, _ = asked
    about = the_question(pair.province).about_id
    fields = {"about_kind": "person", "about_id": str(about), "about_field": "ethnicity"}
    line = {"kind": "question", "fields": {**fields, "wording": "Dân tộc gì?"}}
    ((_, made),) = put_lines(pair.province, json.dumps(line)).records
    assert office_number(made) == office_number(about)

    fields["about_id"] = str(UUID(int=7 << 16))
    with pytest.raises(InvalidLinesError):  # it would go to everyone
        put_lines(pair.province, json.dumps({"kind": "question", "fields": fields}))


# suggestions


@pytest.fixture
def suggested(pair: Pair) -> tuple[Pair, Person]:
    """The province has suggested another name for a person of the office."""
    person = put(pair.office, "Trần Đức Vượng", position="Bí thư")
    pair.up()
    put(pair.province, person, full_name="Trần Đức Vương")
    (note,) = notes(pair.province, person)
    assert (note.sort, note.asks) == (NoteKind.SUGGESTED, False)
    pair.down()
    return pair, person


@pytest.mark.parametrize(
    ("takes", "name", "state"),
    [
        (True, "Trần Đức Vương", NoteKind.ACCEPTED),
        (False, "Trần Đức Vượng", NoteKind.DISMISSED),
    ],
)
def test_a_suggestion_is_taken_or_dismissed_and_the_province_is_told(
    suggested, *, takes: bool, name: str, state: NoteKind
) -> None:
    pair, person = suggested
    (note,) = notes(pair.office, person)
    assert (note.sort, note.asks, note.field) == (NoteKind.SUGGESTION, True, "full_name")
    assert [sort for sort, _ in waiting(pair.office)] == [NoteKind.SUGGESTION]

    settle(pair.office, note.cell, take=note.take if takes else note.keep)
    assert waiting(pair.office) == []
    assert notes(pair.office, person) == ()

    pair.up()
    (note,) = notes(pair.province, person)
    assert (note.sort, note.asks) == (state, False)
    assert "Trần Đức Vương" in note.words
    with pair.province.store.read() as work:
        assert work.records.get(Person, person.id).full_name == name
        assert work.records.differences() == ()


def test_another_unit_is_suggested_by_its_name(pair: Pair) -> None:
    with pair.office.store.read() as work:
        own = work.records.get(Unit, work.book.me().unit_id)
        other = next(one for one in work.records.having(Unit) if one.name == "Huyện Vũ Thư")
    person = put(pair.office, "Trần Đức Vượng", unit_id=own.id)
    pair.up()
    put(pair.province, person, unit_id=other.id)
    pair.down()
    (note,) = notes(pair.office, person)
    assert note.words == f"Tỉnh đề nghị sửa thành “{other.name}”."


def test_what_came_of_a_suggestion_is_told_until_the_field_changes(suggested) -> None:
    pair, person = suggested
    (note,) = notes(pair.office, person)
    settle(pair.office, note.cell, take=note.keep)
    put(pair.office, person, full_name="Trần Đức Vượng Hai")
    pair.up()
    assert notes(pair.province, person) == ()


def test_what_was_sent_back_waits_too(pair: Pair) -> None:
    proposal_id = a_person_proposed(pair.office)
    pair.submit(proposal_id)
    pair.send_back(proposal_id, "Thiếu xác nhận của xã.")
    assert waiting(pair.office) == [(NoteKind.RETURN, "Thiếu xác nhận của xã.")]
    view = open_proposal(pair.office, proposal_id)
    better = replace(view.proposal, summary="Vận động 500 hộ hiến đất.")
    save_proposal(pair.office, better, view.nominee, shown=(view.proposal, view.nominee))
    pair.submit(proposal_id)
    assert waiting(pair.office) == []


# nobody hears what is not for him


def strangers_in(contents: BundleContents, office: int, secrets: Iterable[str]) -> list[str]:
    """Return what a bundle for an office says of other offices."""
    found = []
    for section in contents.sections:
        for line in section.lines:
            row = UUID(bytes=_row(line))
            if office_number(row) not in {PROVINCE_NUMBER, office}:
                found.append(f"{section.kind} {row}")
            found += [secret for secret in secrets if secret in line.decode()]
    warrants = contents.manifest.certificates
    known = {one.certificate.office for one in warrants} - {PROVINCE_NUMBER, office}
    return found + [f"certificate of {number}" for number in known]


def _row(line: bytes) -> bytes:
    text = json.loads(line)[1]
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


SECRETS = ("Trần Bí Mật", "Câu hỏi bí mật", "Lời đáp bí mật", "Tên bí mật", "Lý do bí mật")


@pytest.fixture
def busy(world: Exchange) -> dict[int, Ports]:
    """A province that asked, suggested, returned and acknowledged towards one office."""
    person = put(world.district, SECRETS[0])
    proposal_id = a_person_proposed(world.district)
    letter, _ = draft_submission(world.district, [proposal_id])
    submit(world.district, letter.id)
    put(world.other, "Người của nơi khác")
    world.carry(world.district, world.province)
    world.carry(world.other, world.province)
    asked = ask(world.province, "person", person.id, "address", wording=SECRETS[1])
    world.carry(world.province, world.district, for_unit="ubnd-343")
    answer(world.district, asked.record.id, SECRETS[2])
    world.carry(world.district, world.province)
    put(world.province, person, full_name=SECRETS[3])
    review_proposal(world.province, proposal_id, Outcome.RETURNED, reason=SECRETS[4])
    close(world.province, asked.record.id)
    return {_number(ports): ports for ports in (world.district, world.other)}


def _number(ports: Ports) -> int:
    with ports.store.read() as work:
        return work.book.me().number


def test_answers_go_to_the_office_they_are_for_and_to_nobody_else(
    world: Exchange, busy, tmp_path: Path
) -> None:
    made = {
        one.to: world.contents(one.path)
        for one in export_for_all(world.province, folder=tmp_path, packing=Packing(full=True))
    }
    assert made.keys() == busy.keys()
    theirs, others = _number(world.district), _number(world.other)
    assert strangers_in(made[others], others, SECRETS) == []
    # What the office is to hear is there, so that the search above could have found it.
    said = set(strangers_in(made[theirs], theirs, SECRETS))
    assert said == {SECRETS[1], SECRETS[3], SECRETS[4]}
    assert made[others].manifest.have.keys().isdisjoint(made[theirs].manifest.have)


def test_a_leak_would_be_found(world: Exchange, busy, tmp_path: Path, monkeypatch) -> None:
    """The negative control: a question that goes out by the channel to all."""
    (row,) = list_questions(world.province)
    monkeypatch.setattr(
        Drafting, "_channel_of", lambda self, _kind, _row: self.channel(None), raising=True
    )
    ask(world.province, "person", row.question.about_id, "position", wording=SECRETS[1])
    monkeypatch.undo()
    made = {
        one.to: world.contents(one.path)
        for one in export_for_all(world.province, folder=tmp_path, packing=Packing(full=True))
    }
    others = _number(world.other)
    assert SECRETS[1] in strangers_in(made[others], others, SECRETS)
