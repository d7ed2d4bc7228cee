"""What can be looked up: unmarked, by initials, with a slip of the finger; kept up to date."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from builders import an_id
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.people import Household, Person
from thidua_desktop.domain.proposals import Proposal, Subject
from thidua_desktop.domain.text import fold, name_key
from thidua_desktop.domain.units import Unit
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.search import Entry, SearchIndex, make_index, refreshed
from thidua_desktop.services.search_postings import Postings, rows_in

NAMES = (
    "Nguyễn Văn Dũng",
    "Nguyễn Văn Dung",
    "Nguyễn Thị Hòa",
    "Nguyễn Thị Hoa",
    "Trần Thị Thúy Vi",
    "Lý Quý Đạt",
    "Hoàng Văn An",
    "An Thị Bình",
)


def index_of(*names: str) -> SearchIndex:
    return SearchIndex(Entry("person", UUID(int=n), name) for n, name in enumerate(names))


def found(index: SearchIndex, text: str) -> list[str]:
    return [hit.title for hit in index.find(text).hits]


def put(ports: Ports, *records: object):
    with ports.store.write() as work:
        for record in records:
            work.records.put(record, shown=None)
        return work.commit()


def test_unmarked_finds_marked_and_marks_decide_who_stands_first() -> None:
    index = index_of(*NAMES)
    assert set(found(index, "nguyen van dung")) == {"Nguyễn Văn Dũng", "Nguyễn Văn Dung"}
    assert found(index, "nguyen dũng")[0] == "Nguyễn Văn Dũng"
    assert found(index, "hoà")[0] == "Nguyễn Thị Hòa"
    assert found(index, "HÒA")[0] == "Nguyễn Thị Hòa"


def test_i_is_y_where_both_are_written() -> None:
    index = index_of(*NAMES)
    assert found(index, "li qui") == ["Lý Quý Đạt"]
    assert found(index, "thuy vy") == ["Trần Thị Thúy Vi"]


def test_initials_find_a_name_from_any_of_its_words_on() -> None:
    index = index_of(*NAMES)
    assert set(found(index, "nvd")) == {"Nguyễn Văn Dũng", "Nguyễn Văn Dung"}
    assert found(index, "lqđ") == ["Lý Quý Đạt"]
    assert found(index, "ttv") == ["Trần Thị Thúy Vi"]


def test_one_wrong_letter_is_forgiven_and_two_are_not() -> None:
    index = index_of(*NAMES)
    for slip in ("hoagn van an", "haong an", "hoanng an", "hoamg an"):
        assert found(index, slip) == ["Hoàng Văn An"]
    assert found(index, "hxxng vaan") == []


def test_the_given_name_counts_more_than_another_word() -> None:
    assert found(index_of(*NAMES), "an") == ["Hoàng Văn An", "An Thị Bình"]


def test_nothing_typed_finds_nothing_and_lists_everything() -> None:
    index = index_of(*NAMES)
    assert found(index, " .,- ") == []
    assert len(index.ids("person")) == len(NAMES)
    assert len(index.ids("unit")) == 0


def test_a_list_stands_by_given_names_whatever_is_typed_and_whoever_comes_later() -> None:
    index = index_of(*NAMES)
    index.update([Entry("person", UUID(int=99), "Bùi Thị Hoài")])
    names = {UUID(int=n): name for n, name in enumerate(NAMES)} | {UUID(int=99): "Bùi Thị Hoài"}
    for text in ("", "thi", "ho"):
        listed = [names[one] for one in index.ids("person", text)]
        assert listed == sorted(listed, key=name_key)
    assert names[index.ids("person", "bui")[0]] == "Bùi Thị Hoài"
    assert [names[one] for one in index.ids("person", "thi hoa")[:2]] == [
        "Nguyễn Thị Hoa",
        "Nguyễn Thị Hòa",
    ]


def test_a_record_written_again_is_found_by_its_new_words_only() -> None:
    index = index_of(*NAMES)
    index.update([Entry("person", UUID(int=0), "Phạm Xuân Trường")], gone=[UUID(int=1)])
    assert found(index, "xuan truong") == ["Phạm Xuân Trường"]
    assert found(index, "nguyen van") == []
    index.update([Entry("person", UUID(int=0), "Phạm Xuân Thủy")])
    assert found(index, "pham xuan") == ["Phạm Xuân Thủy"]
    assert len(index) == len(NAMES) - 1


def test_hits_are_counted_and_only_the_best_are_given() -> None:
    hits = index_of(*NAMES).find("nguyen", limit=2)
    assert (len(hits.hits), hits.total) == (2, 4)


def test_sets_of_rows_say_what_a_plain_search_says() -> None:
    """Also for words so common, or so short, that their rows are kept beforehand."""
    names = [f"{one} {two}" for one in NAMES for two in ("Ánh", "Ba", "Bá", "Cả")] * 3
    index = index_of(*names)
    for text in ("n", "ng", "a", "b", "bá", "van c", "hòa ba", "thuy vi anh"):
        words = text.split()
        expected = {
            place for place, name in enumerate(names) if all(plain(name, word) for word in words)
        }
        assert {one.int for one in index.ids("person", text)} == expected, text


def plain(name: str, word: str) -> bool:
    return any(part.startswith(fold(word)) for part in fold(name).split())


def test_rows_of_a_set_come_in_order() -> None:
    assert list(rows_in(0)) == []
    assert list(rows_in(1 | 1 << 7 | 1 << 8 | 1 << 1000)) == [0, 7, 8, 1000]
    assert Postings().whole("a") == 0


@pytest.fixture
def indexed(office: Ports) -> SearchIndex:
    """An office with a person, a household and a proposal for each, indexed."""
    me = an_id(1)
    put(
        office,
        Person(id=me, full_name="Trịnh Văn Ổn", birth_date=PartialDate(1984), position="Kế toán"),
        Household(id=an_id(2), head="Đào Thị Xuyến", village="Thôn Đông"),
        Proposal(id=an_id(3), subject=Subject.PERSON, person_id=me, year=2024),
        Proposal(id=an_id(4), subject=Subject.HOUSEHOLD, household_id=an_id(2), year=2023),
    )
    return make_index(office)


def test_units_people_criteria_and_proposals_are_found(indexed: SearchIndex) -> None:
    kinds = [hit.kind for hit in indexed.find("trinh van on").hits]
    assert kinds == ["person", "proposal"]
    assert indexed.find("xuyen thon dong").hits[0].kind == "household"
    assert indexed.find("xuyen 2023").hits[0].id == an_id(4)
    assert indexed.find("on ke toan 1984").hits[0].id == an_id(1)
    assert indexed.find("kien xuong", kinds=("unit",)).hits[0].title == "Huyện Kiến Xương"
    assert indexed.find("hien dat", kinds=("criterion",)).total > 0
    assert {hit.kind for hit in indexed.find("xã", kinds=("criterion",)).hits} == {"criterion"}


def test_a_changed_name_is_found_in_what_names_it_too(office: Ports, indexed: SearchIndex) -> None:
    with office.store.write() as work:
        person = work.records.get(Person, an_id(1))
        work.records.put(replace(person, full_name="Trịnh Văn Yên"), shown=person)
        work.records.delete(Household, an_id(2))
        changes = work.commit()
    news = refreshed(office, changes)
    assert news is not None
    indexed.update(news.entries, news.gone)
    assert [hit.kind for hit in indexed.find("trinh van yen").hits] == ["person", "proposal"]
    assert indexed.find("trinh van on").total == 0
    assert indexed.find("dao thi xuyen", kinds=("household",)).total == 0


def test_after_a_change_of_units_everything_is_read_anew(office: Ports) -> None:
    with office.store.read() as work:
        unit = work.records.having(Unit)[0]
    with office.store.write() as work:
        work.records.put(replace(unit, phone="0227 3 000 000"), shown=unit)
        changes = work.commit()
    assert refreshed(office, changes) is None


def test_of_records_that_are_one_only_the_face_is_found(province: Ports) -> None:
    put(
        province,
        Person(id=an_id(1), full_name="Trịnh Văn Ổn"),
        Person(id=an_id(2), full_name="Trịnh Văn Ổn", same_as=an_id(1)),
    )
    assert make_index(province).find("trinh on", kinds=("person",)).total == 1
