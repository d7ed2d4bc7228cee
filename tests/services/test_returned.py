"""Papers that come back from Word: every field has its way back, what is taken is kept."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest

from office_work import Pair, a_person_proposed
from returned_work import edited, without_controls, without_imprint
from scoring_work import a_scored_set, mark, view_of
from thidua_desktop.app.wiring import shipped_plan
from thidua_desktop.domain.annual_reports import ReportSort
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import InvalidInputError, StaleEditError, UnreturnableFileError
from thidua_desktop.domain.merit import Initiative
from thidua_desktop.domain.movements import DocumentSort, PlanDocument, SavingsTarget
from thidua_desktop.domain.page_words import words_of
from thidua_desktop.domain.paper_forms import PaperTexts
from thidua_desktop.domain.proposals import Proposal, Submission
from thidua_desktop.domain.records import Record, kind_name, specs
from thidua_desktop.domain.returned import Asked, AskedSort, Unreturnable
from thidua_desktop.domain.told import is_free_text, spans_of, told_lines
from thidua_desktop.services import candidates
from thidua_desktop.services.annual_reports import start_report
from thidua_desktop.services.checklist_sheets import checklist_dossier
from thidua_desktop.services.dossiers import gather_proposal
from thidua_desktop.services.journal import undo
from thidua_desktop.services.office_papers import OfficeForm, office_paper
from thidua_desktop.services.pages.forms import page_of
from thidua_desktop.services.paper_samples import sample_occasion, sample_papers
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.provenance import where_from
from thidua_desktop.services.returned import (
    ReturnedPaper,
    Standing,
    read_returned,
    take_returned,
    usual_choice,
)
from thidua_desktop.services.returned_wording import ignored_lines, summary_line, taken_line
from thidua_desktop.services.saving import save_record

SUMMARY = "Vận động 412 hộ hiến đất làm đường."
OF_DOSSIERS = {"F01", "F13", "F14", *(f"F0{n}" for n in range(2, 9))}
# Who receives a letter is named once more in sentences of the form: there it is a name.
IN_SENTENCES = {"F01": {"«submission.recipient»"}}
SAID = re.compile(r"«[^»]*»")


def marked(record: Record) -> Record:
    """Return a record whose free text says of which field it is."""
    kind = type(record)
    texts = {
        spec.name: f"«{kind_name(kind)}.{spec.name}»"
        for spec in specs(kind)
        if is_free_text(kind, spec.name)
    }
    return replace(record, **texts)


def unmarked_in(papers: object) -> set[str]:
    """Return the free text that papers print without saying whose it is."""
    left = set()
    for paper in papers:  # type: ignore[attr-defined]
        for words in words_of(page_of(paper)):
            bare = str(words)
            for span in reversed(spans_of(words)):
                said = f"{span.source.kind}.{span.source.field}"
                assert said.lower() in words[span.start : span.end].lower()
                bare = bare[: span.start] + bare[span.end :]
            left |= set(SAID.findall(bare))
    return left


def with_free_text(ports_form: str) -> tuple[object, ...]:
    """Return the papers of a form made of records whose free text is marked."""
    plan = shipped_plan()
    occasion = sample_occasion(plan, PaperTexts(plan.papers), PartialDate(2025, 11, 5))
    letter = marked(occasion.letter)
    assert isinstance(letter, Submission)
    occasion = replace(occasion, letter=letter, bases=told_lines(letter, "legal_basis"))
    return sample_papers(plan, ports_form, occasion, marked)


@pytest.mark.parametrize("form", sorted(OF_DOSSIERS))
def test_every_free_text_on_a_paper_of_a_dossier_says_whose_it_is(form) -> None:
    papers = with_free_text(form)

    assert unmarked_in(papers) == IN_SENTENCES.get(form, set())
    assert any(spans_of(words) for paper in papers for words in words_of(page_of(paper)))


def test_a_paper_that_says_free_text_without_its_source_is_caught(monkeypatch) -> None:
    monkeypatch.setattr(candidates, "told_lines", lambda of, name: (getattr(of, name),))

    assert unmarked_in(with_free_text("F04")) == {"«proposal.summary»"}


def put(ports: Ports, kind: type[Record], **fields: object) -> Record:
    with ports.store.read() as work:
        number = work.book.me().number
    blank = marked(kind(id=ports.new_id(number)))
    return save_record(ports, replace(blank, **fields)).record


def test_every_free_text_on_a_paper_of_an_office_says_whose_it_is(office) -> None:
    with office.store.read() as work:
        unit = work.book.me().unit_id
    put(office, PlanDocument, unit_id=unit, year=2024, sort=DocumentSort.PLAN)
    put(office, SavingsTarget, unit_id=unit, year=2024, planned=Decimal(4), reached=Decimal(4))
    put(office, Initiative, year=2024, name="Sổ theo dõi")
    report = start_report(office, unit_id=unit, sort=ReportSort.YEARLY, year=2024).record
    save_record(office, marked(report), shown=report)
    said: set[str] = set()
    for form in (OfficeForm.YEAR_REPORT, OfficeForm.INITIATIVES):
        papers = office_paper(office, form=form, year=2024).papers
        assert unmarked_in(papers) == set()
        said |= {
            f"{span.source.kind}.{span.source.field}"
            for paper in papers
            for words in words_of(page_of(paper))
            for span in spans_of(words)
        }

    assert {"initiative.summary", "plan_document.summary", "savings_target.name"} <= said
    assert {f"annual_report.{one}" for one in ("steering", "lessons", "requests")} <= said


def test_every_free_text_on_a_checklist_says_whose_it_is(office) -> None:
    made = a_scored_set(office)
    view = view_of(office, made.id)
    for place in range(len(view.rows)):
        row = view.rows[place]
        notes = {n: getattr(marked(row.score), n) for n in ("note", "self_reason")}
        mark(office, view, place, **notes)

    papers = checklist_dossier(office, set_id=made.id, year=2024).papers

    assert unmarked_in(papers) == set()
    assert any("score.note" in words for paper in papers for words in words_of(page_of(paper)))


# an officer's file


@pytest.fixture
def proposal_id(office: Ports) -> UUID:
    return a_person_proposed(office, summary=SUMMARY)


def word_file(office: Ports, proposal_id: UUID, folder: Path, *pairs: tuple[str, str]) -> Path:
    """Return the dossier of a proposal as it comes back, with words changed."""
    with office.store.read() as work:
        dossier = gather_proposal(office, work, work.records.get(Proposal, proposal_id))
    path = folder / "Hồ sơ đã sửa.docx"
    path.write_bytes(edited(office.papers.docx(dossier), *pairs))
    return path


def proposal_in(office: Ports, proposal_id: UUID) -> Proposal:
    with office.store.read() as work:
        return work.records.get(Proposal, proposal_id)


def twice(was: str, now: str) -> tuple[tuple[str, str], ...]:
    """Return a change in the list and in the report, which both say it."""
    return (was, now), (was, now)


def test_what_was_changed_in_word_is_taken_in_one_step_that_can_be_taken_back(
    office: Ports, proposal_id: UUID, tmp_path: Path
) -> None:
    path = word_file(office, proposal_id, tmp_path, *twice("412 hộ", "415 hộ"))

    paper = read_returned(office, path)
    (found,) = paper.differences
    assert (found.standing, found.printed, found.now) == (Standing.CHANGED, SUMMARY, SUMMARY)
    assert found.said == SUMMARY.replace("412", "415")
    assert paper.ignored == ()
    assert paper.layout == ()
    assert proposal_in(office, proposal_id).summary == SUMMARY  # nothing is written yet

    taken = take_returned(office, paper, usual_choice(paper))
    assert taken.count == 1
    assert proposal_in(office, proposal_id).summary == found.said
    steps = where_from(office, "proposal", proposal_id, "summary").steps
    assert [step.file for step in steps][-1] == path.name
    assert taken_line(paper, 1).startswith("Đã lấy 1 đoạn từ tệp Word “Hồ sơ đã sửa.docx”.")

    undo(office)
    assert proposal_in(office, proposal_id).summary == SUMMARY
    assert where_from(office, "proposal", proposal_id, "summary").steps[-1].file == ""


def test_the_same_file_read_again_brings_nothing_new(office, proposal_id, tmp_path) -> None:
    path = word_file(office, proposal_id, tmp_path, *twice("412 hộ", "415 hộ"))
    paper = read_returned(office, path)
    take_returned(office, paper, usual_choice(paper))

    again = read_returned(office, path)

    assert again.differences == ()
    assert again.already == 2
    assert "không có đoạn nào khác bản ghi" in summary_line(again)


def test_a_record_that_changed_meanwhile_waits_for_a_person(office, proposal_id, tmp_path) -> None:
    path = word_file(office, proposal_id, tmp_path, *twice("412 hộ", "415 hộ"))
    before = proposal_in(office, proposal_id)
    save_record(office, replace(before, summary="Vận động 500 hộ."), shown=before)

    paper = read_returned(office, path)

    (found,) = paper.differences
    assert (found.standing, found.printed) == (Standing.BOTH, None)  # no version of a draft is kept
    assert found.now == "Vận động 500 hộ."
    assert usual_choice(paper) == {}
    take_returned(office, paper, {found.number: None})
    assert proposal_in(office, proposal_id).summary == SUMMARY.replace("412", "415")


def test_one_field_said_in_two_ways_is_a_choice(office, proposal_id, tmp_path) -> None:
    path = word_file(office, proposal_id, tmp_path, ("412 hộ", "415 hộ"))

    paper = read_returned(office, path)  # the list was changed, the report was not

    assert len(paper.differences) == 1
    path = word_file(office, proposal_id, tmp_path, ("412 hộ", "415 hộ"), ("412 hộ", "416 hộ"))
    paper = read_returned(office, path)
    assert [one.rivals for one in paper.differences] == [(2,), (1,)]
    assert usual_choice(paper) == {}
    with pytest.raises(ValueError, match="summary"):
        take_returned(office, paper, {1: None, 2: None})


def test_what_is_typed_instead_is_kept_and_too_much_is_refused_as_in_the_form(
    office, proposal_id, tmp_path
) -> None:
    path = word_file(office, proposal_id, tmp_path, *twice("412 hộ", "415 hộ"))
    paper = read_returned(office, path)

    with pytest.raises(InvalidInputError):
        take_returned(office, paper, {1: "x" * 9_000})
    take_returned(office, paper, {1: "Vận động 415 hộ hiến đất."})

    assert proposal_in(office, proposal_id).summary == "Vận động 415 hộ hiến đất."
    with pytest.raises(StaleEditError):
        take_returned(office, paper, {1: None})


def test_what_is_no_free_text_is_named_with_where_to_correct_it(
    office, proposal_id, tmp_path
) -> None:
    path = word_file(office, proposal_id, tmp_path, ("TỜ TRÌNH", "TỜ TRÌNH KHẨN"), ("1984", "1985"))

    paper = read_returned(office, path)

    assert paper.differences == ()
    said = "\n".join(ignored_lines(paper))
    assert "“TỜ TRÌNH” thành “TỜ TRÌNH KHẨN”; sửa ở" in said
    assert "cột “Năm sinh”: “1984” thành “1985”; sửa ở" in said


def test_layout_is_passed_over_and_named(office, proposal_id, tmp_path) -> None:
    bold = '<w:r><w:rPr><w:b/><w:sz w:val="40"/></w:rPr>'
    text = f'<w:r><w:t xml:space="preserve">{SUMMARY}'
    path = word_file(office, proposal_id, tmp_path, (text, text.replace("<w:r>", bold)))

    paper = read_returned(office, path)

    assert paper.differences == ()
    assert paper.layout == ("cỡ chữ (1 đoạn)", "chữ đậm, nghiêng (1 đoạn)")


def test_what_lies_at_the_province_cannot_be_taken(pair: Pair, tmp_path: Path) -> None:
    proposal_id = a_person_proposed(pair.office, summary=SUMMARY)
    path = word_file(pair.office, proposal_id, tmp_path, *twice("412 hộ", "415 hộ"))
    pair.submit(proposal_id)

    paper = read_returned(pair.office, path)

    assert [one.standing for one in paper.differences] == [Standing.LOCKED]
    assert usual_choice(paper) == {}


def test_a_file_that_lost_everything_is_read_where_its_dossier_is_open(
    office, proposal_id, tmp_path
) -> None:
    path = word_file(office, proposal_id, tmp_path, *twice("412 hộ", "415 hộ"))
    bare = without_controls(path.read_bytes())
    path.write_bytes(without_imprint(bare))

    with pytest.raises(UnreturnableFileError) as refused:
        read_returned(office, path)
    assert refused.value.reason is Unreturnable.NOT_OURS

    paper: ReturnedPaper = read_returned(
        office, path, within=(Asked(AskedSort.PROPOSAL, proposal_id),)
    )
    assert {one.said for one in paper.differences} == {SUMMARY.replace("412", "415")}


def test_a_paper_of_another_office_is_refused(pair: Pair, tmp_path: Path) -> None:
    proposal_id = a_person_proposed(pair.office)
    path = word_file(pair.office, proposal_id, tmp_path)

    with pytest.raises(UnreturnableFileError) as refused:
        read_returned(pair.province, path)

    assert refused.value.code == "E-NOTOURS"
