from __future__ import annotations

from uuid import UUID

from thidua_desktop.domain.proposals import (
    Outcome,
    ProposalState,
    Review,
    Submission,
    is_locked,
    state_of,
)
from thidua_desktop.domain.records import Sha256
from thidua_desktop.domain.text import fold, name_key, sort_key

WORDS = """a à ả ã á ạ an ăn ân ba da dà dả dã dá dạ dăng dâng dì đa đi e ê o oan ô ơ u ư y"""
AN_ID = UUID(int=1)


def test_words_stand_in_the_order_of_the_dictionary() -> None:
    words = WORDS.split()
    assert sorted(set(words), key=sort_key) == words


def test_people_stand_in_order_of_their_given_names() -> None:
    people = ["Bùi An", "Trần An", "Đỗ Thị Ánh", "Lê Bình", "Nguyễn Đức", ""]
    assert sorted(set(people), key=name_key) == ["", *people[:-1]]


def test_search_sees_neither_marks_nor_case() -> None:
    assert fold("Đống Đa") == "dong da"
    assert fold("Thuỷ") == fold("Thủy")
    assert fold("HOÀ") == fold("hòa")


def test_a_proposal_stands_where_the_last_snapshot_s_answers_say() -> None:
    letter = Submission(id=AN_ID, snapshot=Sha256("a" * 64))
    returned = Review(id=AN_ID, digest="a" * 64, outcome=Outcome.RETURNED)
    resubmitted = Submission(id=AN_ID, snapshot=Sha256("b" * 64))

    assert state_of(None, []) is ProposalState.DRAFT
    assert state_of(Submission(id=AN_ID), []) is ProposalState.DRAFT
    assert state_of(letter, []) is ProposalState.SUBMITTED
    assert state_of(letter, [returned]) is ProposalState.RETURNED
    assert state_of(resubmitted, [returned]) is ProposalState.SUBMITTED
    assert not is_locked(ProposalState.RETURNED)
    assert is_locked(ProposalState.SUBMITTED)
