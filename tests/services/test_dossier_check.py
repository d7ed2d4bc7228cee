"""Soát hồ sơ on real records: found, waived with a reason, set right, told to the province."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from office_work import Pair, a_household_proposed, a_person_proposed
from thidua_desktop.domain.criteria import Evidence
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.dossier_checks import check_dossier
from thidua_desktop.domain.dossiers import Letter
from thidua_desktop.domain.errors import DossierFaultsError, InvalidInputError, LockedError
from thidua_desktop.domain.paper_sorts import PaperSort
from thidua_desktop.domain.proposals import Submission
from thidua_desktop.domain.units import Signer
from thidua_desktop.services.dossier_check import (
    ToldFinding,
    apply_offered,
    check_dossiers,
    take_up_again,
    waive,
)
from thidua_desktop.services.dossier_gathering import Gathering
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.proposals import open_proposal, save_proposal
from thidua_desktop.services.saving import save_record
from thidua_desktop.services.submissions import draft_submission, submit


def a_letter(ports: Ports, *proposals: UUID, **changes: Any) -> Submission:
    letter, _ = draft_submission(ports, proposals)
    dated = {"number": "08/TTr-UBND", "date": PartialDate(2024, 11, 25)}
    return save_record(ports, replace(letter, **(dated | changes)), shown=letter).record


def a_signer(ports: Ports, letter: Submission, **changes: Any) -> Signer:
    signer = Signer(
        id=ports.new_id(63), unit_id=letter.unit_id, full_name="Đỗ Quang Vịnh", position="CHỦ TỊCH"
    )
    return save_record(ports, replace(signer, **changes)).record


def minutes(ports: Ports, letter: Submission, **changes: Any) -> Evidence:
    paper = Evidence(
        id=ports.new_id(63),
        submission_id=letter.id,
        paper=PaperSort.REVIEW_MINUTES,
        wording="Biên bản bình xét",
        document="12/BB",
        date=PartialDate(2024, 11, 18),
    )
    return save_record(ports, replace(paper, **changes)).record


def found(ports: Ports, letter: Submission) -> dict[str, ToldFinding]:
    told = check_dossiers(ports, submission=letter.id).findings
    return {one.finding.code: one for one in told}


def title(ports: Ports, proposal_id: UUID, position: str) -> None:
    view = open_proposal(ports, proposal_id)
    save_proposal(
        ports,
        view.proposal,
        replace(view.nominee, position=position),
        shown=(view.proposal, view.nominee),
    )


def test_what_stops_is_let_stand_with_a_reason_until_its_value_changes(pair: Pair) -> None:
    office = pair.office
    letter = a_letter(office, a_person_proposed(office))
    ended = a_signer(office, letter, valid_to=PartialDate(2024, 10))
    letter = save_record(office, replace(letter, signer_id=ended.id), shown=letter).record
    with pytest.raises(DossierFaultsError) as refused:
        submit(office, letter.id)
    assert [one.code for one in refused.value.findings] == ["S-SIGNER-TERM"]

    stopping = found(office, letter)["S-SIGNER-TERM"]
    assert stopping.stops
    with pytest.raises(InvalidInputError):
        waive(office, stopping, "  ")
    waive(office, stopping, "Quyết định kéo dài nhiệm kỳ đang chờ ban hành.")
    waived = found(office, letter)["S-SIGNER-TERM"]
    assert (waived.stops, waived.waived) == (
        False,
        "Quyết định kéo dài nhiệm kỳ đang chờ ban hành.",
    )
    shorter = replace(ended, valid_to=PartialDate(2024, 9))
    save_record(office, shorter, shown=ended)
    assert found(office, letter)["S-SIGNER-TERM"].stops
    save_record(office, ended, shown=shorter)
    take_up_again(office, found(office, letter)["S-SIGNER-TERM"])
    assert found(office, letter)["S-SIGNER-TERM"].stops
    waive(office, found(office, letter)["S-SIGNER-TERM"], "Đã có quyết định kéo dài.")

    submit(office, letter.id)
    pair.up()
    at_province = found(pair.province, letter)["S-SIGNER-TERM"]
    assert at_province.waived == "Đã có quyết định kéo dài."
    assert "Kiến Xương" in at_province.waived_by


def test_papers_of_a_letter_are_noted_counted_and_fixed_with_it(pair: Pair) -> None:
    office = pair.office
    letter = a_letter(office, a_household_proposed(office), a_person_proposed(office))
    signer = a_signer(office, letter)
    letter = save_record(office, replace(letter, signer_id=signer.id), shown=letter).record
    missing = {one.found.about for one in _of(office, letter, "S-PAPER")}
    assert "review_minutes" in missing
    paper = minutes(office, letter, count=3)
    assert "review_minutes" not in {one.found.about for one in _of(office, letter, "S-PAPER")}
    assert "S-COUNT-MINUTES" in found(office, letter)
    paper = save_record(office, replace(paper, count=2), shown=paper).record
    assert "S-COUNT-MINUTES" not in found(office, letter)
    submit(office, letter.id)
    with pytest.raises(LockedError):
        save_record(office, replace(paper, count=5), shown=paper)
    pair.up()
    with pair.province.store.read() as work:
        assert work.records.having(Evidence, submission_id=letter.id) == (paper,)


def test_the_standard_title_is_written_by_one_step(office: Ports) -> None:
    first, second = (a_person_proposed(office, name) for name in ("Lê Văn An", "Vũ Văn Bình"))
    title(office, first, "PGĐ")
    title(office, second, "Phó Giám đốc")
    letter = a_letter(office, first, second)
    offered = found(office, letter)["S-ABBREVIATION"]
    apply_offered(office, offered)
    assert open_proposal(office, first).nominee.position == "Phó Giám đốc"
    assert "S-ABBREVIATION" not in found(office, letter)
    with pytest.raises(InvalidInputError):
        apply_offered(office, found(office, letter)["S-PAPER"])


def test_the_counts_are_those_of_the_papers_that_would_be_printed(office: Ports) -> None:
    letter = a_letter(office, a_household_proposed(office), a_person_proposed(office))
    with office.store.read() as work:
        content = Gathering(office, work).letter(letter)
    assert content.dossier is not None
    printed = list(content.dossier.papers)
    at = next(n for n, paper in enumerate(printed) if isinstance(paper, Letter))
    printed[at] = replace(printed[at], body=("đề nghị tặng cho 05 cá nhân.",))
    other = replace(content, dossier=replace(content.dossier, papers=tuple(printed)))
    fewer = replace(content, dossier=replace(content.dossier, papers=tuple(printed[:-1])))
    assert {"S-COUNT-LETTER", "S-COUNT-REPORT"}.isdisjoint(_codes(content))
    assert "S-COUNT-LETTER" in _codes(other)
    assert "S-COUNT-REPORT" in _codes(fewer)


def test_proposals_in_no_letter_are_checked_together_by_award(office: Ports) -> None:
    a_person_proposed(office, "Lê Văn An", summary="Hiến đất làm đường. " * 8)
    a_person_proposed(office, "Vũ Văn Bình", summary="Hiến đất làm đường. " * 8)
    (dossier,) = check_dossiers(office, only_open=True).dossiers
    assert dossier.submission_id is None
    assert dossier.is_open
    assert "S-COPIED" in {one.finding.code for one in dossier.findings}
    alone = check_dossiers(office, proposals=[a_person_proposed(office, "Tạ Văn Cốc")])
    assert "S-COPIED" not in {one.finding.code for one in alone.findings}


def _of(ports: Ports, letter: Submission, code: str) -> list[Any]:
    told = check_dossiers(ports, submission=letter.id).findings
    return [one.finding for one in told if one.finding.code == code]


def _codes(content: Any) -> set[str]:
    return {one.code for one in check_dossier(content)}
