"""Which report a proposal prints, what each paper says, and that every place offered is filled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import a_dossier, a_page
from office_work import a_person_proposed, an_award
from printed import texts_of
from thidua_desktop.app.paths import resources
from thidua_desktop.app.wiring import shipped_plan
from thidua_desktop.domain.awards import Authority, AwardForm
from thidua_desktop.domain.checks import checked
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.dossiers import GAP_LINES, MeritReport
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.merit import Achievement, AchievementSort, AwardBasis, Position
from thidua_desktop.domain.page_words import words_of
from thidua_desktop.domain.pages import Page, Row, Table
from thidua_desktop.domain.paper_forms import PaperText, PaperTexts, texts_with
from thidua_desktop.domain.people import Collective, Person
from thidua_desktop.domain.proposals import Proposal, Subject
from thidua_desktop.domain.tenure import months_in, span_of
from thidua_desktop.domain.told import Source, source_of
from thidua_desktop.formats.pdf.papers import PdfPapers
from thidua_desktop.services.candidates import Candidate
from thidua_desktop.services.dossiers import gather_proposal
from thidua_desktop.services.pages.forms import page_of
from thidua_desktop.services.paper_samples import (
    SHARED_FORMS,
    WITH_SAMPLES,
    sample_occasion,
    sample_papers,
    sample_words,
)
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.proposals import open_proposal
from thidua_desktop.services.report_wording import form_of, report_of
from thidua_desktop.services.saving import save_record
from thidua_desktop.services.summary_wording import summary_of

GOLDEN = Path(__file__).parents[1] / "data" / "papers"
PERSON, COLLECTIVE, HOUSEHOLD = Subject.PERSON, Subject.COLLECTIVE, Subject.HOUSEHOLD
PAPERS = PdfPapers(resources() / "fonts")
DAY, ID = PartialDate(2025, 11, 5), UUID(int=1)
dates = st.dates(date(1990, 1, 1), date(2020, 12, 31))
lengths = st.integers(1, 4_000)
spans = st.lists(st.builds(lambda day, n: (day, day + timedelta(n)), dates, lengths), max_size=6)


@pytest.mark.parametrize(
    ("basis", "subject", "form"),
    [
        (None, PERSON, "F04"),
        (AwardBasis.MOVEMENT, HOUSEHOLD, "F04"),
        (AwardBasis.MERIT, COLLECTIVE, "F02"),
        (AwardBasis.MERIT, PERSON, "F03"),
        (AwardBasis.SUDDEN, HOUSEHOLD, "F05"),
        (AwardBasis.DEVOTION, PERSON, "F06"),
        (AwardBasis.TENURE, PERSON, "F06"),
        (AwardBasis.DEVOTION, COLLECTIVE, "F04"),
        (AwardBasis.FOREIGN, COLLECTIVE, "F07"),
        (AwardBasis.FOREIGN, PERSON, "F08"),
    ],
)
def test_the_report_follows_from_how_a_nominee_is_proposed(
    basis: AwardBasis | None, subject: Subject, form: str
) -> None:
    one = Person(id=ID)
    assert form_of(Candidate(Proposal(id=ID, basis=basis), one, subject)) == form


def test_devotion_is_a_persons_and_foreign_relations_no_households() -> None:
    wrong = (FieldIssue("basis", Issue.NOT_FOR_SUBJECT),)
    blank = Proposal(id=ID, subject=COLLECTIVE)
    assert checked(replace(blank, basis=AwardBasis.DEVOTION)) == wrong
    assert checked(replace(blank, basis=AwardBasis.FOREIGN)) == ()
    assert checked(replace(blank, subject=HOUSEHOLD, basis=AwardBasis.FOREIGN)) == wrong


@pytest.mark.parametrize("code", sorted(WITH_SAMPLES - SHARED_FORMS))
def test_a_paper_says_what_it_said(code: str) -> None:
    """After a wanted change `installer/paper_words.py` writes the files anew."""
    assert sample_words(shipped_plan(), code) == (GOLDEN / f"{code}.txt").read_text("utf-8")


def test_every_place_that_is_offered_is_filled_on_paper() -> None:
    plan = shipped_plan()
    assert {one.code for one in plan.papers} == WITH_SAMPLES
    for code in sorted(WITH_SAMPLES):
        form = next(one for one in plan.papers if one.code == code)
        own = [
            PaperText(
                id=ID,
                form=code,
                place=text.place,
                wording="".join(f"‹{{{slot.name}}}›" for slot in text.slots),
            )
            for text in form.texts
            if text.slots
        ]
        texts = texts_with(plan.papers, own)
        assert texts.faults == ()
        papers = sample_papers(plan, code, sample_occasion(plan, texts, DAY))
        said = "\n".join(words for paper in papers for words in words_of(page_of(paper)))
        assert "‹›" not in said, code
        assert said.count("‹") == said.count("›") > 0 or not own, code


@pytest.mark.parametrize("code", ["F13", "F26", "F28", "F29"])
def test_the_numbers_of_a_list_of_thousands_stand_in_one_line(code: str) -> None:
    plan = shipped_plan()
    occasion = sample_occasion(plan, PaperTexts(plan.papers), DAY)
    for paper in sample_papers(plan, code, occasion):
        for table in page_of(paper).blocks:
            if isinstance(table, Table):
                cells = ("5000", *[""] * (len(table.columns) - 1))
                page = a_page(replace(table, rows=(Row(cells=cells),)))
                aside = replace(page, is_landscape=page_of(paper).is_landscape)
                assert "5000" in texts_of(PAPERS.pdf(a_dossier(aside)))[0]


def a_firm(name: str, **said: object) -> MeritReport:
    plan = shipped_plan()
    occasion = sample_occasion(plan, PaperTexts(plan.papers), DAY)
    firm = Collective(id=ID, name=name)
    return report_of(occasion, Candidate(Proposal(id=ID, year=2025), firm, COLLECTIVE, **said))


def test_figures_of_several_years_stand_side_by_side() -> None:
    def figure(year: int, words: str, quantity: str, measure: str = "tỷ đồng") -> Achievement:
        return Achievement(
            id=ID,
            year=year,
            sort=AchievementSort.FIGURE,
            wording=words,
            quantity=Decimal(quantity),
            measure=measure,
        )

    said = (
        figure(2023, "Doanh thu", "120.5"),
        figure(2024, "doanh thu.", "131"),
        figure(2024, "Nộp ngân sách", "9"),
    )
    section = a_firm("Công ty cổ phần Xây dựng Ánh Dương", achievements=said).sections[1]
    (table,) = section.tables
    assert table.heading == "1. Số liệu theo năm"
    assert table.columns == ("Chỉ tiêu", "Đơn vị tính", "2023", "2024")
    assert table.rows == (
        ("Doanh thu", "tỷ đồng", "120,5", "131"),
        ("Nộp ngân sách", "tỷ đồng", "", "9"),
    )
    assert section.results == (), "what is in the table is not said twice"
    assert source_of(table.rows[1][0]) == Source("achievement", ID, "wording")
    assert source_of(table.rows[0][0]) is None, "words of two records are none's alone"


def test_an_enterprise_without_figures_has_its_usual_ones_for_the_pen() -> None:
    (table,) = a_firm("Công ty cổ phần Xây dựng Ánh Dương").sections[1].tables
    assert table.columns[2:] == ("2023", "2024", "2025")
    assert table.rows[0] == ("Doanh thu", "triệu đồng", "", "", "")
    assert a_firm("Trường Tiểu học Vũ Lễ").sections[1].tables == ()


def test_what_is_decided_above_the_province_has_a_summary_of_one_page(office: Ports) -> None:
    proposal = open_proposal(office, a_person_proposed(office)).proposal
    with office.store.read() as work:
        (high,) = work.records.having(AwardForm, authority=Authority.PRIME_MINISTER)
    papers = {}
    for award in (an_award(office, PERSON), high):
        with office.store.read() as work:
            asked = replace(proposal, award_form_id=award.id)
            papers[award.authority] = gather_proposal(office, work, asked).papers
    summed = [one for one in papers[Authority.PRIME_MINISTER] if isinstance(one, Page)]
    assert [one.form for one in summed] == ["F14"]
    assert "XÁC NHẬN CỦA CẤP TRÌNH KHEN" in "\n".join(words_of(summed[0]))


def test_a_summary_of_which_nothing_is_known_has_lines_for_the_pen() -> None:
    plan = shipped_plan()
    occasion = sample_occasion(plan, PaperTexts(plan.papers), DAY)
    blank = Candidate(Proposal(id=ID), Person(id=ID), PERSON)
    said = words_of(summary_of(occasion, blank))
    assert [line for line in said if line in GAP_LINES] == list(GAP_LINES)
    assert "" not in said


def test_positions_that_nobody_entered_have_blank_rows_for_the_pen() -> None:
    plan = shipped_plan()
    occasion = sample_occasion(plan, PaperTexts(plan.papers), DAY)
    proposal = Proposal(id=ID, basis=AwardBasis.DEVOTION)
    report = report_of(occasion, Candidate(proposal, Person(id=ID), PERSON))
    (table,) = report.sections[1].tables
    assert table.rows == (*[("",) * 5] * 3, ("Cộng", "", "", "", ""))


def test_the_letter_says_what_for(office: Ports) -> None:
    shown = open_proposal(office, a_person_proposed(office)).proposal
    assert shown.basis is AwardBasis.MOVEMENT
    save_record(office, replace(shown, basis=AwardBasis.SUDDEN), shown=shown)
    with office.store.read() as work:
        letter, _, report = gather_proposal(
            office, work, work.records.get(Proposal, shown.id)
        ).papers
    assert "đã lập thành tích xuất sắc đột xuất" in letter.body[0]
    assert isinstance(report, MeritReport)
    assert (report.form, page_of(report).form) == ("F05", "F05")


@given(spans)
def test_time_in_several_positions_counts_once(held: list[tuple[date, date]]) -> None:
    total = months_in(held)
    assert total == months_in(reversed(held)) == months_in([*held, *held])
    longest = max((months_in([one]) for one in held), default=0)
    assert longest <= total
    if held:
        assert total <= months_in([(min(s for s, _ in held), max(e for _, e in held))])


def test_a_position_counts_from_its_first_day_to_its_last() -> None:
    held = Position(id=ID, held_from=PartialDate(2010), held_to=PartialDate(2011, 6))
    assert span_of(held, date(2025, 1, 1)) == (date(2010, 1, 1), date(2011, 7, 1))
    assert span_of(held, date(2010, 12, 31)) == (date(2010, 1, 1), date(2011, 1, 1))
    assert span_of(held, date(2009, 12, 31)) is None
