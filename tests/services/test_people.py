"""Nominees with their merit: listed, kept, submitted, used once."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from office_work import Pair, a_person_proposed, an_award
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import (
    InvalidInputError,
    InvalidLinesError,
    LockedError,
    NomineeInUseError,
)
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.lists import ListOrder
from thidua_desktop.domain.merit import (
    Initiative,
    InitiativeClaim,
    Position,
    PriorAward,
    RatingLevel,
    YearlyRating,
)
from thidua_desktop.domain.people import Collective, Person
from thidua_desktop.domain.proposals import Contribution, Proposal, Subject
from thidua_desktop.domain.records import replace_values
from thidua_desktop.services.integrity import digest
from thidua_desktop.services.merit_findings import FindingSort
from thidua_desktop.services.people import (
    FirstRows,
    add_merit,
    delete_nominee,
    first_rows,
    new_nominee,
    nominee_ids,
    nominee_rows,
    open_nominee,
    propose,
    put_in_order,
    restore_nominee,
    save_merit,
)
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.proposals import delete_proposal, new_proposal, open_proposal
from thidua_desktop.services.records import put_lines
from thidua_desktop.services.saving import delete_record, save_record
from thidua_desktop.services.search import make_index
from thidua_desktop.services.submissions import submit_all
from thidua_desktop.storage.ledger.touched import TouchedRecords

TODAY = date(2024, 11, 25)
PERSON = Subject.PERSON


def a_nominee(ports: Ports, name: str = "Trịnh Văn Ổn", **changes) -> Person:
    nominee_id, _ = new_nominee(ports, PERSON)
    shown = open_nominee(ports, PERSON, nominee_id).nominee
    person = replace_values(shown, {"full_name": name, **changes})
    return save_record(ports, person, shown=shown).record


def a_rating(ports: Ports, nominee: Person, year: int = 2023, **changes) -> YearlyRating:
    shown = add_merit(ports, nominee, YearlyRating, today=TODAY).record
    rating = replace_values(shown, {"year": year, "level": RatingLevel.GOOD, **changes})
    return save_merit(ports, rating, shown=shown).record


def an_initiative(ports: Ports, nominee: Person) -> Initiative:
    shown = add_merit(ports, nominee, Initiative, today=TODAY).record
    initiative = replace(shown, name="Bẫy rác trên kênh nội đồng", year=2023)
    return save_merit(ports, initiative, shown=shown).record


def view_of(ports: Ports, nominee: Person):
    return open_nominee(ports, PERSON, nominee.id)


def claimed(ports: Ports, proposal_id: UUID, initiative: Initiative) -> InitiativeClaim:
    with ports.store.read() as work:
        claim_id = ports.new_id(work.book.me().number)
    claim = InitiativeClaim(id=claim_id, proposal_id=proposal_id, initiative_id=initiative.id)
    return save_record(ports, claim).record


# the list


def names(ports: Ports, text: str = "", order: ListOrder = ListOrder.NAME) -> list[str]:
    found = make_index(ports).ids("person", text).joined() if text else None
    ids = nominee_ids(ports, PERSON, order, among=found)
    keys = [UUID(bytes=ids[n : n + 16]) for n in range(0, len(ids), 16)]
    return [row.name for row in nominee_rows(ports, PERSON, keys)]


def test_people_are_listed_by_given_name_at_once_and_in_full(office: Ports) -> None:
    for name in ("Trần Ân", "Lê Bình", "Bùi An", "Đỗ Ấn"):
        a_nominee(office, name)
    wanted = ["Bùi An", "Trần Ân", "Đỗ Ấn", "Lê Bình"]
    assert [row.name for row in first_rows(office, PERSON).rows] == wanted
    assert names(office) == wanted


def test_the_list_follows_what_is_written_and_deleted(office: Ports) -> None:
    first, second = a_nominee(office, "Lê Bình"), a_nominee(office, "Bùi An")
    save_record(office, replace(first, full_name="Lê Ái"), shown=first)
    assert names(office) == ["Lê Ái", "Bùi An"]
    delete_nominee(office, second)
    assert names(office) == ["Lê Ái"]


@pytest.mark.parametrize(
    ("text", "found"),
    [("on vu le", 1), ("nam tien", 1), ("trinh", 1), ("nguyen", 0), ("", 1)],
)
def test_search_looks_at_name_and_place_without_marks(office: Ports, text: str, found: int) -> None:
    a_nominee(office, workplace="Thôn Nam Tiến", address="xã Vũ Lễ")
    assert len(names(office, text)) == found


def test_other_orders_are_by_birth_and_by_entry(office: Ports) -> None:
    a_nominee(office, "Lê Bình", birth_date=PartialDate(1970))
    a_nominee(office, "Bùi An", birth_date=PartialDate(1985, 3))
    a_nominee(office, "Đỗ Chi")
    assert names(office, order=ListOrder.BORN) == ["Lê Bình", "Bùi An", "Đỗ Chi"]
    assert names(office, order=ListOrder.NEWEST) == ["Đỗ Chi", "Bùi An", "Lê Bình"]


def test_what_was_found_stands_in_the_order_that_was_chosen(office: Ports) -> None:
    for name, year in (("Lê Bình", 1970), ("Bùi An", 1985), ("Lê Ái", 1990)):
        a_nominee(office, name, birth_date=PartialDate(year))
    assert names(office, "le") == ["Lê Ái", "Lê Bình"]
    assert names(office, "le", ListOrder.BORN) == ["Lê Bình", "Lê Ái"]
    assert names(office, "le", ListOrder.NEWEST) == ["Lê Ái", "Lê Bình"]
    assert names(office, "uyen", ListOrder.BORN) == names(office, "uyen") == []


def test_a_list_that_is_behind_is_made_piece_by_piece(office: Ports, monkeypatch) -> None:
    monkeypatch.setattr("thidua_desktop.services.people._PIECE", 2)
    monkeypatch.setattr(TouchedRecords, "most_named", 4)
    assert not first_rows(office, PERSON).is_behind
    lines = "".join(
        json.dumps({"kind": "person", "fields": {"full_name": f"Người {n}"}}) + chr(10)
        for n in range(5)
    )
    put_lines(office, lines)
    assert first_rows(office, PERSON) == FirstRows((), is_behind=True)
    steps = 1
    while put_in_order(office, PERSON):
        steps += 1
    assert (steps, len(names(office))) == (3, 5)
    assert not first_rows(office, PERSON).is_behind


def test_persons_of_a_bundle_are_in_the_province_s_list(pair: Pair) -> None:
    while put_in_order(pair.province, PERSON):
        pass
    a_nominee(pair.office, "Bùi An")
    submit_all(pair.office)
    pair.up()
    assert names(pair.province) == ["Bùi An"]


# what is refused


def test_the_form_and_a_file_of_records_refuse_the_same(office: Ports) -> None:
    nominee = a_nominee(office)
    wrong = {"year": 2025, "decision_date": "2026-01-05"}
    shown = add_merit(office, nominee, YearlyRating, today=TODAY).record
    edited = replace(shown, year=2025, decision_date=PartialDate(2026, 1, 5))
    with pytest.raises(InvalidInputError) as by_form:
        save_merit(office, edited, shown=shown)
    line = {"kind": "yearly_rating", "fields": wrong | {"person_id": str(nominee.id)}}
    with pytest.raises(InvalidLinesError) as by_file:
        put_lines(office, json.dumps(line))
    said = {FieldIssue("year", Issue.IN_FUTURE), FieldIssue("decision_date", Issue.IN_FUTURE)}
    assert set(by_form.value.issues) == said
    assert {FieldIssue(one.field, one.issue) for one in by_file.value.issues} == said


# lines


def test_the_next_rating_begins_with_the_next_year_and_the_same_issuer(office: Ports) -> None:
    nominee = a_nominee(office)
    a_rating(office, nominee, 2022, issuer="Ủy ban nhân dân huyện")
    following = add_merit(office, nominee, YearlyRating, today=TODAY).record
    assert (following.year, following.issuer) == (2023, "Ủy ban nhân dân huyện")
    a_rating(office, nominee, 2024)
    assert add_merit(office, nominee, YearlyRating, today=TODAY).record.year is None


def test_an_award_of_the_catalogue_says_its_name_until_another_was_typed(office: Ports) -> None:
    nominee, form, other = a_nominee(office), an_award(office, PERSON), an_award(office, PERSON, 1)
    blank = add_merit(office, nominee, PriorAward, today=TODAY).record
    chosen = save_merit(office, replace(blank, award_form_id=form.id), shown=blank).record
    assert (chosen.title, chosen.sort) == (form.name, form.sort)
    again = save_merit(office, replace(chosen, award_form_id=other.id), shown=chosen).record
    assert again.title == other.name
    typed = save_merit(office, replace(again, title="Giấy khen năm 2019"), shown=again).record
    last = save_merit(office, replace(typed, award_form_id=form.id), shown=typed).record
    assert last.title == "Giấy khen năm 2019"


def test_merit_goes_with_its_nominee_and_comes_back_whole(office: Ports) -> None:
    nominee = a_nominee(office)
    a_rating(office, nominee)
    an_initiative(office, nominee)
    before = digest(office)
    deleted = delete_nominee(office, nominee)
    assert len(deleted.records) == 3
    restore_nominee(office, deleted)
    assert digest(office) == before


def test_a_nominee_with_a_proposal_is_not_deleted(office: Ports) -> None:
    nominee = a_nominee(office)
    propose(office, nominee, year=2024)
    with pytest.raises(NomineeInUseError) as refused:
        delete_nominee(office, nominee)
    assert refused.value.proposals == 1


def test_who_stood_in_the_list_before_outlives_a_deleted_proposal(office: Ports, clock) -> None:
    nominee = a_nominee(office)
    for _ in range(60):
        clock()
    proposal_id, _ = propose(office, nominee, year=2024)
    delete_proposal(office, proposal_id)
    assert view_of(office, nominee).nominee == nominee


def test_who_has_merit_outlives_the_proposal_he_was_entered_with(office: Ports) -> None:
    proposal_id, _ = new_proposal(office, PERSON, year=2024)
    nominee = open_proposal(office, proposal_id).nominee
    a_rating(office, nominee)
    delete_proposal(office, proposal_id)
    assert view_of(office, nominee).ratings


# submitted merit


def test_merit_goes_to_the_province_with_the_letter(pair: Pair) -> None:
    proposal_id = a_person_proposed(pair.office)
    nominee = open_proposal(pair.office, proposal_id).nominee
    rating = a_rating(pair.office, nominee)
    pair.submit(proposal_id)
    pair.up()
    assert view_of(pair.province, nominee).ratings == (rating,)


def test_what_was_submitted_is_fixed_and_new_years_go_on(pair: Pair) -> None:
    proposal_id = a_person_proposed(pair.office)
    nominee = open_proposal(pair.office, proposal_id).nominee
    rating = a_rating(pair.office, nominee)
    pair.submit(proposal_id)
    with pytest.raises(LockedError):
        save_merit(pair.office, replace(rating, level=RatingLevel.EXCELLENT), shown=rating)
    with pytest.raises(LockedError):
        delete_record(pair.office, rating)
    later = a_rating(pair.office, nominee, 2024)
    view = view_of(pair.office, nominee)
    assert view.fixed == {rating.id}
    assert later in view.ratings
    assert open_proposal(pair.office, proposal_id).altered == ()


def test_merit_changed_after_a_return_is_submitted_anew(pair: Pair) -> None:
    proposal_id = a_person_proposed(pair.office)
    nominee = open_proposal(pair.office, proposal_id).nominee
    rating = a_rating(pair.office, nominee)
    pair.submit(proposal_id)
    pair.send_back(proposal_id)
    delete_record(pair.office, rating)
    pair.submit(proposal_id)
    pair.up()
    assert view_of(pair.province, nominee).ratings == ()


def test_a_gift_belongs_to_its_proposal_or_to_the_nominee(office: Ports) -> None:
    proposal_id = a_person_proposed(office)
    nominee = open_proposal(office, proposal_id).nominee
    gift = add_merit(office, nominee, Contribution, today=TODAY).record
    assert view_of(office, nominee).contributions == (gift,)
    assert open_proposal(office, proposal_id).contributions == ()


# findings


def test_an_initiative_used_a_second_time_is_a_finding(office: Ports) -> None:
    nominee = a_nominee(office)
    initiative = an_initiative(office, nominee)
    first, _ = propose(office, nominee, year=2023)
    second, _ = propose(office, nominee, year=2024)
    claimed(office, first, initiative)
    assert view_of(office, nominee).findings == ()
    claim = claimed(office, second, initiative)
    (finding,) = view_of(office, nominee).findings
    assert finding.sort is FindingSort.USED_TWICE
    assert "năm 2023" in finding.text
    assert "năm 2024" in finding.text
    delete_record(office, claim)
    assert view_of(office, nominee).findings == ()


def test_a_claim_goes_with_its_proposal(office: Ports) -> None:
    nominee = a_nominee(office)
    initiative = an_initiative(office, nominee)
    proposal_id, _ = propose(office, nominee, year=2024)
    claimed(office, proposal_id, initiative)
    delete_proposal(office, proposal_id)
    with office.store.read() as work:
        assert work.records.having(InitiativeClaim) == ()
        assert work.records.having(Proposal) == ()
        assert work.records.having(Initiative) == (initiative,)


def test_two_ratings_of_a_year_and_one_award_twice_are_findings(office: Ports) -> None:
    nominee = a_nominee(office)
    a_rating(office, nominee, 2022)
    a_rating(office, nominee, 2022, level=RatingLevel.EXCELLENT)
    for _ in range(2):
        shown = add_merit(office, nominee, PriorAward, today=TODAY).record
        save_merit(office, replace(shown, title="Giấy khen", year=2021), shown=shown)
    sorts = [one.sort for one in view_of(office, nominee).findings]
    assert sorts == [FindingSort.RATED_TWICE, FindingSort.AWARDED_TWICE]


def test_collectives_and_persons_hold_what_fits_them(office: Ports) -> None:
    collective_id, _ = new_nominee(office, Subject.COLLECTIVE)
    collective = open_nominee(office, Subject.COLLECTIVE, collective_id).nominee
    assert isinstance(collective, Collective)
    a_rating(office, collective)
    view = open_nominee(office, Subject.COLLECTIVE, collective_id)
    assert (len(view.ratings), view.positions) == (1, ())
    with office.store.read() as work:
        assert work.records.having(Position) == ()
