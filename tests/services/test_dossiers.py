"""Dossiers gathered from the records, previewed, and written as files."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from office_work import Pair, a_household_proposed, a_person_proposed
from printed import texts_of, whole_text
from thidua_desktop.domain.awards import Authority
from thidua_desktop.domain.criteria import Criterion, Evidence
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.dossier_files import PaperFormat
from thidua_desktop.domain.dossiers import Dossier, Letter, MeritReport, NomineeList, gaps
from thidua_desktop.domain.errors import NotFoundError, StoppedError, UnwritableFileError
from thidua_desktop.domain.pages import Page
from thidua_desktop.domain.proposals import Proposal, Subject, Submission
from thidua_desktop.domain.units import AuthorityPrefix, Signer
from thidua_desktop.services.dossiers import (
    gather_proposal,
    gather_submission,
    print_dossiers,
)
from thidua_desktop.services.office_papers import OfficeForm, office_paper
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.printing import papers_shown, printable_letter, printable_proposals
from thidua_desktop.services.proposals import new_proposal, open_proposal
from thidua_desktop.services.same_as import join, part
from thidua_desktop.services.saving import delete_record, save_record
from thidua_desktop.services.submissions import draft_submission, submit
from written import bare, in_word


def a_signer(ports: Ports) -> Signer:
    with ports.store.write() as work:
        me = work.book.me()
        signer = Signer(
            id=ports.new_id(me.number),
            unit_id=me.unit_id,
            full_name="Đỗ Quang Vịnh",
            position="Phó Chủ tịch",
            prefix=AuthorityPrefix.DEPUTY,
        )
        work.records.put(signer, shown=None)
        work.commit()
    return signer


def a_letter(ports: Ports, *proposals: UUID) -> Submission:
    """Put proposals into a letter that has its number and day."""
    letter, _ = draft_submission(ports, proposals)
    said = replace(letter, number="8/TTr-UBND", date=PartialDate(2024, 11, 5))
    return save_record(ports, said, shown=letter).record


def add_evidence(ports: Ports, proposal: UUID, criterion: Criterion | None, wording: str) -> None:
    with ports.store.read() as work:
        number = work.book.me().number
    proof = Evidence(
        id=ports.new_id(number),
        proposal_id=proposal,
        criterion_id=criterion.id if criterion else None,
        wording=wording,
        quantity=Decimal("1234.5"),
        measure="m²",
    )
    save_record(ports, proof)


def gathered(ports: Ports, record_id: UUID) -> Dossier:
    with ports.store.read() as work:
        letter = work.records.find(Submission, record_id)
        if letter is not None:
            return gather_submission(ports, work, letter)
        return gather_proposal(ports, work, work.records.get(Proposal, record_id))


def papers_of(dossier: Dossier) -> tuple[Letter, NomineeList, tuple[MeritReport, ...]]:
    letter, listed, *others = dossier.papers
    reports = [one for one in others if not isinstance(one, Page)]  # a page is a summary
    assert isinstance(letter, Letter)
    assert isinstance(listed, NomineeList)
    assert all(isinstance(one, MeritReport) for one in reports)
    return letter, listed, tuple(one for one in reports if isinstance(one, MeritReport))


def test_a_letter_comes_with_its_list_and_all_its_reports(office: Ports) -> None:
    a_signer(office)
    people = [a_person_proposed(office, name) for name in ("Vũ Thị Ước", "Đặng Thị Ngọc Ẩn")]
    saved = a_letter(office, *people)
    letter, listed, reports = papers_of(gathered(office, saved.id))
    assert letter.head.agency == "ỦY BAN NHÂN DÂN HUYỆN KIẾN XƯƠNG"
    assert letter.head.parent == ""
    assert (letter.head.number, letter.head.symbol) == ("08", "TTr-UBND")
    assert letter.head.place == "Kiến Xương"
    assert letter.signature.lines == ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    assert letter.legal_basis
    assert "02 cá nhân" in letter.body[0]
    (group,) = listed.groups
    assert [row[0] for row in group.rows] == ["Bà Đặng Thị Ngọc Ẩn", "Bà Vũ Thị Ước"]
    assert [one.subject for one in reports] == [Subject.PERSON] * 2


def test_a_proposal_without_a_letter_prints_a_draft_of_one_and_stores_nothing(
    office: Ports,
) -> None:
    a_signer(office)
    proposal = a_person_proposed(office)
    letter, _, reports = papers_of(gathered(office, proposal))
    assert letter.head.number == ""
    assert letter.recipients == ("Hội đồng Thi đua - Khen thưởng cơ quan",)
    assert letter.copies_to[0] == "Như trên"
    assert letter.legal_basis[-1].startswith("Căn cứ Kế hoạch số 52/KH-UBND")
    assert letter.signature.name == "Đỗ Quang Vịnh"
    assert len(reports) == 1
    with office.store.read() as work:
        assert work.records.count(Submission) == 0


def test_a_proposal_in_a_letter_prints_that_letter_for_itself_alone(office: Ports) -> None:
    first, second = (a_person_proposed(office, name) for name in ("Lê An", "Vũ Bình"))
    a_letter(office, first, second)
    letter, _, reports = papers_of(gathered(office, second))
    assert letter.head.number == "08"
    assert "01 cá nhân" in letter.body[0]
    assert len(reports) == 1


def test_without_typed_bases_those_of_the_day_of_the_letter_are_printed(office: Ports) -> None:
    saved = a_letter(office, a_person_proposed(office))
    bare = replace(saved, legal_basis="", date=PartialDate(2023, 6, 1))
    save_record(office, bare, shown=saved)
    letter, _, _ = papers_of(gathered(office, saved.id))
    assert any("91/2017/NĐ-CP" in line for line in letter.legal_basis)


def test_proofs_stand_under_their_criteria_in_the_order_of_the_plan(office: Ports) -> None:
    proposal = a_person_proposed(office)
    first, second = (row.criterion for row in open_proposal(office, proposal).criteria[:2])
    add_evidence(office, proposal, None, "Kết quả không theo tiêu chí nào")
    add_evidence(office, proposal, second, "Kết quả hai")
    add_evidence(office, proposal, first, "Kết quả một")
    _, _, (report,) = papers_of(gathered(office, proposal))
    assert [one.results for one in report.sections[1].results] == [
        ("Kết quả một: 1.234,5 m².",),
        ("Kết quả hai: 1.234,5 m².",),
        ("Kết quả không theo tiêu chí nào: 1.234,5 m².",),
    ]


def test_a_nominee_who_is_not_here_prints_as_dots(office: Ports) -> None:
    proposal = a_person_proposed(office)
    delete_record(office, open_proposal(office, proposal).nominee)
    dossier = gathered(office, proposal)
    assert "01 cá nhân" in papers_of(dossier)[0].body[0]
    assert any("chưa có họ và tên" in gap for gap in gaps(dossier))


def test_a_proposal_of_which_nothing_is_known_is_printed_all_the_same(office: Ports) -> None:
    proposal, _ = new_proposal(office, Subject.COLLECTIVE, year=2024)
    text = whole_text(papers_shown(office, printable_proposals("", [proposal])).pdf)
    assert "TỜ TRÌNH" in text
    assert "BÁO CÁO THÀNH TÍCH" in text


def test_a_preview_is_the_file_that_printing_writes(office: Ports, tmp_path: Path) -> None:
    saved = a_letter(office, a_household_proposed(office))
    printed = print_dossiers(office, out=tmp_path / "hồ sơ", submission=saved.id)
    (path,) = printed.files
    assert path.read_bytes() == papers_shown(office, printable_letter("", saved.id)).pdf
    assert len(texts_of(path.read_bytes())) >= 3


def test_names_of_files_are_stable_and_say_nothing_of_persons(
    office: Ports, tmp_path: Path
) -> None:
    proposals = (a_person_proposed(office), a_household_proposed(office))
    saved = a_letter(office, *proposals[:1])
    first = print_dossiers(office, out=tmp_path, proposals=proposals)
    assert [path.name for path in first.files] == [
        f"ho-so-{one.hex[-12:]}.pdf" for one in proposals
    ]
    assert print_dossiers(office, out=tmp_path, proposals=proposals) == first
    every = print_dossiers(office, out=tmp_path, every=True)
    assert [path.name for path in every.files] == [f"to-trinh-{saved.id.hex[-12:]}.pdf"]


def test_a_dossier_is_written_in_every_format_asked_for_and_says_the_same(
    office: Ports, tmp_path: Path
) -> None:
    proposal = a_person_proposed(office)
    both = (PaperFormat.PDF, PaperFormat.DOCX)
    printed = print_dossiers(office, out=tmp_path, proposals=(proposal,), formats=both)
    pdf, word = printed.files
    assert (pdf.suffix, word.suffix, pdf.stem) == (".pdf", ".docx", word.stem)
    letters = bare("".join(texts_of(pdf.read_bytes()))).replace("\u2010", "-")
    assert sorted(letters) == sorted(in_word(word.read_bytes()))
    assert len(printed.notes) == len(set(printed.notes))
    assert all(note.startswith(f"{pdf.name}: ") for note in printed.notes)


def test_what_is_missing_is_in_the_notes_under_the_name_of_the_file(
    office: Ports, tmp_path: Path
) -> None:
    proposal = a_person_proposed(office)
    printed = print_dossiers(office, out=tmp_path, proposals=(proposal,))
    name = printed.files[0].name
    assert f"{name}: Tờ trình chưa có người ký." in printed.notes
    assert any("nơi cư trú; chức vụ, nghề nghiệp" in note for note in printed.notes)


def test_an_unknown_proposal_is_refused_before_anything_is_written(
    office: Ports, tmp_path: Path
) -> None:
    with pytest.raises(NotFoundError):
        print_dossiers(office, out=tmp_path, proposals=(a_person_proposed(office), uuid4()))
    assert not list(tmp_path.glob("*.pdf"))


def test_a_folder_that_is_a_file_is_refused(office: Ports, tmp_path: Path) -> None:
    (tmp_path / "tệp").write_text("")
    with pytest.raises(UnwritableFileError):
        print_dossiers(office, out=tmp_path / "tệp", proposals=(a_person_proposed(office),))


def test_printing_tells_how_far_it_is_and_stops_between_files(
    office: Ports, tmp_path: Path
) -> None:
    proposals = tuple(a_person_proposed(office, name) for name in ("Lê An", "Vũ Bình"))
    told: list[tuple[int, int]] = []
    print_dossiers(
        office, out=tmp_path, proposals=proposals, progress=lambda *step: told.append(step)
    )
    assert told == [(0, 2), (1, 2), (2, 2)]
    with pytest.raises(StoppedError):
        print_dossiers(
            office,
            out=tmp_path / "dừng",
            proposals=proposals,
            stop_wanted=lambda: bool(list(tmp_path.glob("dừng/*.pdf"))),
        )
    assert len(list(tmp_path.glob("dừng/*"))) == 1


def test_an_award_decided_above_the_province_goes_through_its_chair(office: Ports) -> None:
    proposal = a_person_proposed(office)
    award = next(
        one
        for one in open_proposal(office, proposal).awards
        if one.authority is Authority.PRIME_MINISTER
    )
    asked = a_person_proposed(office, "Vũ Thị Ước", award_form_id=award.id)
    letter, _, (report,) = papers_of(gathered(office, asked))
    assert letter.recipients[0] == "Chủ tịch Ủy ban nhân dân tỉnh"
    assert "xem xét, trình Thủ tướng Chính phủ tặng" in letter.body[0]
    assert report.award_line == "ĐỀ NGHỊ TẶNG BẰNG KHEN CỦA THỦ TƯỚNG CHÍNH PHỦ"
    assert report.confirmations[-1].lines == ("XÁC NHẬN CỦA CẤP TRÌNH KHEN",)


def test_who_was_entered_twice_and_is_one_is_counted_and_printed_once(pair: Pair) -> None:
    office = pair.office
    first = a_person_proposed(office, "Đặng Thị Ngọc Ẩn", summary="Hiến đất.")
    second = a_person_proposed(office, "Đặng Thị Ngọc Ẩn", summary="Vận động 412 hộ.")
    other = a_person_proposed(office, "Bùi Văn Ổn")
    for proposal in (first, second):
        add_evidence(office, proposal, None, "Hiến 412 m² đất.")
    add_evidence(office, second, None, "Góp 30 ngày công.")
    letter = a_letter(office, first, second, other)
    submit(office, letter.id)
    pair.up()
    (_, _, before) = papers_of(gathered(pair.province, letter.id))
    assert len(before) == 3

    persons = [open_proposal(pair.province, one).nominee.id for one in (first, second)]
    join(pair.province, "person", *persons)
    whole = gathered(pair.province, letter.id)
    written, listed, reports = papers_of(whole)
    assert len(reports) == 2
    assert [len(group.rows) for group in listed.groups] == [2]
    assert listed.closing == "Danh sách có 02 cá nhân./."
    assert "02 cá nhân" in written.body[0]
    (row,) = [row for group in listed.groups for row in group.rows if "Ẩn" in row[0]]
    assert row[-1] == "Hiến đất. Vận động 412 hộ."  # what both of them say
    said = repr(next(one for one in reports if "Ẩn" in one.subject_line))
    assert said.count("Hiến 412 m² đất") == 1
    assert said.count("Góp 30 ngày công") == 1
    assert any("mỗi đối tượng in một lần" in gap for gap in gaps(whole))
    assert whole.left_out == 0
    for form in (OfficeForm.FULL_LIST, OfficeForm.PUBLIC_LIST):
        assert office_paper(pair.province, form=form, submission=letter.id).joined == 1

    part(pair.province, "person", persons[1])
    assert len(papers_of(gathered(pair.province, letter.id))[2]) == 3
