"""A paper bears the names of its day: of the office, of the one above, of who signs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from office_work import a_person_proposed
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.dossiers import Letter
from thidua_desktop.domain.proposals import Submission
from thidua_desktop.domain.records import replace_values
from thidua_desktop.domain.unit_changes import NewUnit, UnitChange
from thidua_desktop.domain.units import Signer, SuccessionKind, Unit
from thidua_desktop.services.dossiers import gather_submission
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.proposals import open_proposal
from thidua_desktop.services.saving import save_record
from thidua_desktop.services.submissions import draft_submission
from thidua_desktop.services.unit_changes import make_change
from thidua_desktop.services.units import called_on, find_unit, own_signers

RENAMED = PartialDate(2026, 1, 1)


@pytest.fixture
def commune(province: Ports) -> Unit:
    """A commune that is called otherwise from 2026 on."""
    with province.store.read() as work:
        old = find_unit(work.records, "12577")
    change = UnitChange(
        way=SuccessionKind.RENAME,
        day=RENAMED,
        old=(old.id,),
        new=(NewUnit(code=old.code, name="Xã Quỳnh Côi"),),
        resolution="12/NQ-UBTVQH16",
        resolution_date=PartialDate(2025, 12, 1),
    )
    make_change(province, change)
    return old


def letterhead(ports: Ports, unit: Unit, day: PartialDate) -> tuple[str, str]:
    with ports.store.read() as work:
        letter = Submission(id=ports.new_id(0), unit_id=unit.id, date=day)
        paper = gather_submission(ports, work, letter).papers[0]
    assert isinstance(paper, Letter)
    return paper.head.parent, paper.head.agency


def test_an_old_paper_bears_the_old_name(province: Ports, commune: Unit) -> None:
    with province.store.read() as work:
        new = find_unit(work.records, commune.code)
    for unit in (commune, new):
        assert letterhead(province, unit, PartialDate(2025, 12, 31))[1] == (
            "ỦY BAN NHÂN DÂN XÃ QUỲNH AN"
        )
        assert letterhead(province, unit, RENAMED)[1] == "ỦY BAN NHÂN DÂN XÃ QUỲNH CÔI"


def test_the_province_signs_as_what_it_is_on_the_day(province: Ports) -> None:
    with province.store.read() as work:
        old = find_unit(work.records, "34")

    assert letterhead(province, old, PartialDate(2025, 6, 30))[1] == (
        "ỦY BAN NHÂN DÂN TỈNH THÁI BÌNH"
    )
    assert letterhead(province, old, PartialDate(2025, 7, 1))[1] == "ỦY BAN NHÂN DÂN TỈNH HƯNG YÊN"


def test_one_of_several_that_were_merged_does_not_sign_as_their_heir(province: Ports) -> None:
    with province.store.read() as work:
        old = next(one for one in work.records.having(Unit) if one.name == "Xã Quỳnh Trang")

    assert letterhead(province, old, PartialDate(2026, 1, 1))[1] == (
        "ỦY BAN NHÂN DÂN XÃ QUỲNH TRANG"
    )


def test_a_new_letter_is_signed_by_who_is_in_office_today(office: Ports) -> None:
    with office.store.read() as work:
        me = work.book.me()
    today = PartialDate.of(office.now().date())
    gone = PartialDate(today.year - 1)
    signer = Signer(
        id=office.new_id(me.number),
        unit_id=me.unit_id,
        full_name="Cù Huy Vọng",
        position="Chủ tịch",
    )
    save_record(office, signer)
    after = replace(signer, id=office.new_id(me.number), full_name="Người đã nghỉ", valid_to=gone)
    save_record(office, after)

    letter, _ = draft_submission(office, [a_person_proposed(office)])

    assert letter.signer_id == signer.id


def test_who_signed_before_the_office_was_renamed_signs_after_it_too(
    province: Ports, commune: Unit
) -> None:
    with province.store.read() as work:
        old = find_unit(work.records, "34")
        new = find_unit(work.records, "33")
    signers = [
        Signer(id=province.new_id(0), unit_id=unit.id, full_name=name, position="Chủ tịch")
        for unit, name in ((old, "Cù Huy Vọng"), (new, "Lại Thị Ước"), (commune, "Vi Đức Hải"))
    ]
    for one in signers:
        save_record(province, one)

    with province.store.read() as work:
        assert own_signers(work) == tuple(signers[:2])


def test_a_nominee_that_is_an_office_is_named_as_on_the_day_of_the_paper(
    province: Ports, commune: Unit
) -> None:
    with province.store.read() as work:
        new = find_unit(work.records, commune.code)
        for unit in (commune, new):
            for text in (commune.name, new.name):
                said = [
                    called_on(work.records, unit.id, text, day)
                    for day in (PartialDate(2025, 12, 31), RENAMED)
                ]
                assert said == ["Xã Quỳnh An", "Xã Quỳnh Côi"]
        assert called_on(work.records, commune.id, "Phòng Một", RENAMED) == "Phòng Một"
        assert called_on(work.records, None, commune.name, RENAMED) == commune.name
    person = {"workplace": "Xã Quỳnh Côi", "unit_id": commune.id, "position": "Chủ tịch"}
    proposal_id = a_person_proposed(province)
    nominee = open_proposal(province, proposal_id).nominee
    save_record(province, replace_values(nominee, person), shown=nominee)
    letter, _ = draft_submission(province, [proposal_id])
    for day, name in ((PartialDate(2025, 12, 31), "xã Quỳnh An"), (RENAMED, "xã Quỳnh Côi")):
        with province.store.read() as work:
            papers = gather_submission(province, work, replace(letter, date=day)).papers
        assert name in str(papers)
