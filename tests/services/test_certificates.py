"""F16: certificates of decisions, numbers given once, sheets printed again after a jam."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange_work import Exchange
from office_work import Pair, a_household_proposed, a_person_proposed
from printed import Page as PrintedPage
from printed import fonts_of, pages_of, texts_of
from thidua_desktop.app.paths import resources
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.decisions import Award, Decision, numbers_for
from thidua_desktop.domain.errors import (
    InvalidInputError,
    InvalidLinesError,
    NoSheetsError,
    SkippedNumbersError,
    TakenNumbersError,
    UnknownStockError,
    UnreadableFileError,
    WrongStockError,
)
from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.layout.rules import layout_findings
from thidua_desktop.domain.merit import PriorAward
from thidua_desktop.domain.page_words import words_of
from thidua_desktop.domain.pages import PlacedText
from thidua_desktop.domain.stocks import (
    MOST_OFFSET,
    MOST_SIDE,
    MOST_SIZE,
    Offset,
    Stock,
    stock_faults,
)
from thidua_desktop.formats.measuring.papers import PaperMeasures
from thidua_desktop.formats.pdf.fitting import fitted
from thidua_desktop.formats.pdf.fonts import register_fonts
from thidua_desktop.services.award_sheets import (
    SheetsWanted,
    drop_stock,
    grid_dossier,
    keep_offset,
    keep_stock,
    read_stock,
    sheets_dossier,
    shop,
    write_stock,
)
from thidua_desktop.services.decisions import (
    add_award,
    begin_decision,
    decision_views,
    delete_decision,
    give_numbers,
    note_jam,
    note_printed,
    open_decision,
    take_held,
    take_letter,
    take_proposals,
)
from thidua_desktop.services.dossier_check import ToldFinding, apply_offered, check_dossiers
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.proposals import open_proposal, save_proposal
from thidua_desktop.services.records import put_lines
from thidua_desktop.services.saving import add_new, delete_record, save_record
from thidua_desktop.services.submissions import draft_submission, submit_all
from written import paragraphs_of

FONTS = resources() / "fonts"
LONG = "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông Thái Bình"


def a_decision(ports: Ports, **changes: Any) -> Decision:
    begun = begin_decision(ports).record
    said = {"number": "1234/QĐ-UBND", "date": PartialDate(2024, 11, 5), **changes}
    return save_record(ports, replace(begun, **said), shown=begun).record


def awarded(ports: Ports, count: int, **changes: Any) -> UUID:
    decision = a_decision(ports, **changes)
    name_all(ports, decision.id, [f"Ông Nguyễn Văn Số {n:03}" for n in range(1, count + 1)])
    return decision.id


def name_all(ports: Ports, decision: UUID, names: list[str]) -> None:
    """Award all of these at once."""
    with ports.store.write() as work:
        office = work.book.me().number
        for place, name in enumerate(names, start=1):
            award = Award(
                id=ports.new_id(office),
                decision_id=decision,
                place=place,
                name=name,
                about="Thôn Một, xã Vũ Lễ",
            )
            add_new(work.records, award)
        work.commit()


def numbers(ports: Ports, decision: UUID) -> list[int | None]:
    return [one.number for one in open_decision(ports, decision).awards]


def printed_numbers(ports: Ports, decision: UUID, wanted: str = "") -> list[str]:
    dossier = sheets_dossier(ports, decision, SheetsWanted(numbers=wanted))
    return [page.name.split()[-1] for page in dossier.papers]


# whom a decision awards


def test_a_decision_takes_a_letter_once_and_says_what_the_office_says(office: Ports) -> None:
    proposals = [a_person_proposed(office), a_household_proposed(office)]
    letter, _ = draft_submission(office, proposals)
    decision = begin_decision(office, submission=letter.id).record
    assert decision.giver == "CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN KIẾN XƯƠNG"
    assert not decision.signer_lines.startswith("TM.")
    assert take_letter(office, decision.id, letter.id).count == 0
    assert take_proposals(office, decision.id, proposals).count == 0
    view = open_decision(office, decision.id)
    assert [one.name for one in view.awards] == [
        "Hộ gia đình Bùi Đình Chuyên",
        "Bà Đặng Thị Ngọc Ẩn",
    ]
    assert [one.place for one in view.awards] == [1, 2]
    assert "number" in view.lacking


def test_a_name_written_otherwise_on_its_certificate_is_told_and_set_right(office: Ports) -> None:
    proposed = a_person_proposed(office, "Lê Văn An")
    letter, _ = draft_submission(office, [proposed])
    save_record(office, replace(letter, date=PartialDate(2024, 11, 20)), shown=letter)
    decision = begin_decision(office, submission=letter.id).record
    assert open_decision(office, decision.id).unlike == ()
    early = save_record(office, replace(decision, date=PartialDate(2024, 11, 19)), shown=decision)
    shown = open_proposal(office, proposed)
    right = replace(shown.nominee, full_name="Lê Văn Ân")
    save_proposal(office, shown.proposal, right, shown=(shown.proposal, shown.nominee))
    view = open_decision(office, decision.id)
    assert "Tên, chức danh trên bằng khác hồ sơ: Bà Lê Văn An." in view.doubts

    def found() -> dict[str, ToldFinding]:
        return {
            one.finding.code: one for one in check_dossiers(office, submission=letter.id).findings
        }

    assert found()["S-DATE-DECISION"].finding.found.id == early.record.id
    apply_offered(office, found()["S-NAME-AWARD"])
    assert open_decision(office, decision.id).awards[0].name == "Bà Lê Văn Ân"
    assert "S-NAME-AWARD" not in found()


def test_a_decision_takes_those_whose_award_is_known(office: Ports) -> None:
    a_person_proposed(office)
    with office.store.read() as work:
        from thidua_desktop.domain.people import Person  # noqa: PLC0415

        (person,) = work.records.having(Person)
    held = PriorAward(
        id=office.new_id(1),
        person_id=person.id,
        year=2024,
        title="Giấy khen",
        decision_number="1234/qđ-ubnd",
        decision_date=PartialDate(2024, 11, 5),
    )
    save_record(office, held)
    save_record(office, replace(held, id=office.new_id(1), decision_number="9/QĐ"))
    decision = a_decision(office)
    assert take_held(office, decision.id).count == 1
    assert open_decision(office, decision.id).awards[0].person_id == person.id


# numbers in the book


def test_numbers_are_given_once_and_no_gap_is_left_unsaid(office: Ports) -> None:
    one = awarded(office, 3, book="Sổ vàng 2024")
    other = awarded(office, 2, book="Sổ vàng 2024")
    alone = awarded(office, 1)
    assert give_numbers(office, one, start=12).count == 3
    assert numbers(office, one) == [12, 13, 14]
    with pytest.raises(TakenNumbersError) as taken:
        give_numbers(office, other, start=13)
    assert taken.value.numbers == (13, 14)
    with pytest.raises(SkippedNumbersError) as skipped:
        give_numbers(office, other, start=17)
    assert skipped.value.numbers == (15, 16)
    assert numbers(office, other) == [None, None]
    give_numbers(office, other)
    give_numbers(office, alone)
    assert (numbers(office, other), numbers(office, alone)) == ([15, 16], [1])
    with pytest.raises(NoSheetsError):
        give_numbers(office, other)
    # What was given and is gone is not given again.
    delete_record(office, open_decision(office, other).awards[-1])
    assert open_decision(office, other).next_number == 17
    add_award(office, other, "Người đến sau")
    give_numbers(office, other)
    assert numbers(office, other) == [15, 17]


def test_a_number_whose_award_the_other_pc_deleted_is_not_given_again(world: Exchange) -> None:
    first, second = world.district, world.second
    kept, gone = (awarded(first, 2, book="Sổ vàng 2024") for _ in range(2))
    for decision in (kept, gone):
        give_numbers(first, decision)
    submit_all(first)
    world.carry(first, second)
    delete_record(first, open_decision(first, gone).awards[-1])
    delete_decision(first, open_decision(first, gone).decision)
    submit_all(first)
    world.carry(first, second)
    assert open_decision(second, kept).next_number == 5
    add_award(second, kept, "Người đến sau")
    give_numbers(second, kept)
    assert numbers(second, kept) == [1, 2, 5]


@given(
    st.sets(st.integers(1, 30)),
    st.integers(0, 40),
    st.integers(0, 8),
    st.none() | st.integers(1, 60),
)
def test_no_number_is_given_twice(
    taken: set[int], last: int, count: int, start: int | None
) -> None:
    found = numbers_for(count, taken, last, start)
    assert len(found.given) == count
    used = taken | set(range(1, last + 1))
    assert set(found.taken) == set(found.given) & set(range(1, max(used, default=0) + 1))
    assert not set(found.skipped) & (taken | set(found.given))
    if start is None:
        assert not found.taken
        assert not found.skipped


def test_a_number_is_taken_once_and_two_pcs_that_gave_one_are_told(pair: Pair) -> None:
    decision = awarded(pair.office, 2)
    give_numbers(pair.office, decision)
    award = open_decision(pair.office, decision).awards[1]
    with pytest.raises(InvalidInputError) as form:
        save_record(pair.office, replace(award, number=1), shown=award)
    assert form.value.issues == (FieldIssue("number", Issue.NUMBER_TAKEN),)
    line = {"kind": "award", "id": str(award.id), "fields": {"number": 1}}
    with pytest.raises(InvalidLinesError):
        put_lines(pair.office, json.dumps(line))
    with pair.office.store.write() as work:  # as a bundle of the other PC brings it
        work.records.write(Award, award.id, {"number": 1})
        work.commit()
    assert open_decision(pair.office, decision).doubles == (1,)
    save_record(pair.office, replace(award, number=3), shown=replace(award, number=1))
    assert open_decision(pair.office, decision).doubles == ()


# sheets


def test_after_a_jam_printing_goes_on_from_that_sheet_with_the_same_numbers(
    office: Ports,
) -> None:
    decision = awarded(office, 60)
    give_numbers(office, decision)
    assert printed_numbers(office, decision) == [str(n) for n in range(1, 61)]
    run = open_decision(office, decision).waiting
    note_printed(office, [one.id for one in run])
    assert open_decision(office, decision).printed == 60
    with pytest.raises(NoSheetsError):
        printed_numbers(office, decision)

    assert note_jam(office, decision, 38).count == 23
    assert printed_numbers(office, decision) == [str(n) for n in range(38, 61)]
    assert printed_numbers(office, decision, "37-41") == ["37", "38", "39", "40", "41"]
    note_printed(office, [one.id for one in open_decision(office, decision).waiting[:3]])
    assert printed_numbers(office, decision)[0] == "41"
    assert numbers(office, decision) == list(range(1, 61))
    with pytest.raises(NoSheetsError):
        printed_numbers(office, decision, "99")


def test_decisions_travel_as_every_record_does(pair: Pair) -> None:
    decision = awarded(pair.office, 2)
    give_numbers(pair.office, decision)
    submit_all(pair.office)
    pair.up()
    (view,) = decision_views(pair.province)
    assert [one.number for one in view.awards] == [1, 2]


def pdf_of(ports: Ports, decision: UUID, **wanted: str) -> bytes:
    return ports.papers.pdf(sheets_dossier(ports, decision, SheetsWanted(**wanted)))


def where(page: PrintedPage, words: str) -> tuple[float, float]:
    line = page.line(words)
    return line.left, line.baseline


def test_a_certificate_says_everything_and_is_no_letter(office: Ports, tmp_path: Path) -> None:
    decision = awarded(office, 2, title="BẰNG KHEN", signer_name="Nguyễn Văn Ví")
    give_numbers(office, decision)
    dossier = sheets_dossier(office, decision, SheetsWanted())
    pdf, word = office.papers.pdf(dossier), office.papers.docx(dossier)
    assert (pdf, word) == (office.papers.pdf(dossier), office.papers.docx(dossier))
    assert all(fonts_of(pdf).values())
    said = " ".join(texts_of(pdf)[1].split())
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN KIẾN XƯƠNG TẶNG BẰNG KHEN Ông Nguyễn Văn Số 002",
        "Số quyết định: 1234/QĐ-UBND, ngày 05 tháng 11 năm 2024",
        "Số sổ vàng: 2",
        "Nguyễn Văn Ví",
    ):
        assert words in said
    whole = [words for page in dossier.papers for words in words_of(page) if words]
    assert [" ".join(one.split()) for one in paragraphs_of(word) if one.strip()] == [
        " ".join(one.split()) for one in whole
    ]
    for name, content in (("a.pdf", pdf), ("a.docx", word)):
        (tmp_path / name).write_bytes(content)
        measured = PaperMeasures(FONTS).measure(tmp_path / name)
        assert not any(one.is_official for one in measured)
        assert layout_findings(measured) == ()


def test_on_stock_only_what_changes_is_printed_where_it_was_measured(office: Ports) -> None:
    decision = awarded(office, 1)
    give_numbers(office, decision)
    (page,) = pages_of(pdf_of(office, decision, stock="phoi-in-san"))
    assert "CỘNG HÒA" not in page.text
    assert "TẶNG" not in page.text
    stock = next(one for one in shop(office).stocks if one.code == "phoi-in-san")
    box = next(one for one in stock.texts if one.place == "number")
    left, foot = where(page, "1234/QĐ-UBND")
    assert left == pytest.approx(box.x, abs=0.3)
    assert foot - (297 - stock.height) == pytest.approx(box.y + box.height, abs=0.3)

    keep_offset(office, "HP 1020", Offset(1.5, -2.0))
    (moved,) = pages_of(pdf_of(office, decision, stock="phoi-in-san", printer="HP 1020"))
    for words in ("1234/QĐ-UBND", "Ông Nguyễn Văn Số 001"):
        before, after = where(page, words), where(moved, words)
        assert after[0] - before[0] == pytest.approx(1.5, abs=0.05)
        assert after[1] - before[1] == pytest.approx(-2.0, abs=0.05)
    with pytest.raises(WrongStockError):
        keep_offset(office, "HP 1020", Offset(float("nan"), 0))
    with pytest.raises(UnknownStockError):
        pdf_of(office, decision, stock="không có")


@pytest.mark.parametrize("name", [LONG[:60], LONG * 2, "N" * 200, "Bà An", "", "một\nhai"])
def test_a_name_is_never_cut_off(name: str) -> None:
    register_fonts(FONTS)
    box = PlacedText(text=name, x=30, y=100, width=150, height=16, size=22, least=16)
    said = fitted(box)
    assert "".join(words for words, _ in said.lines).replace(" ", "") == name.replace(
        " ", ""
    ).replace("\n", "")
    assert all(width <= said.width + 0.01 for _, width in said.lines)
    assert said.foot(len(said.lines) - 1) <= (100 + 16) * 72 / 25.4
    assert said.foot(0) - 0.95 * said.size >= (100 - 0.5) * 72 / 25.4
    if len(name) == 60:
        assert (said.size >= box.least, len(said.lines)) == (True, 1)
    if name == "Bà An":
        assert (said.size, len(said.lines)) == (22, 1)


def test_letters_get_smaller_before_there_is_a_second_line() -> None:
    register_fonts(FONTS)
    box = PlacedText(text=LONG[:40], x=0, y=0, width=125, height=16, size=22, least=16)
    assert fitted(box).size < 22
    assert len(fitted(box).lines) == 1


def test_the_grid_names_every_place_of_the_stock(office: Ports) -> None:
    (text,) = texts_of(office.papers.pdf(grid_dossier(office, stock="phoi-in-san")))
    found = shop(office)
    stock = next(one for one in found.stocks if one.code == "phoi-in-san")
    for one in stock.texts:
        assert found.labels[one.place] in text
    assert "đúng 20 mm" in " ".join(text.split())


def test_places_of_a_stock_are_edited_as_a_file_and_kept_on_this_pc(
    office: Ports, tmp_path: Path
) -> None:
    file = tmp_path / "phôi.toml"
    write_stock(office, file, "phoi-in-san")
    shipped = next(one for one in shop(office).stocks if one.code == "phoi-in-san")
    file.write_text(file.read_text("utf-8").replace("x = 35.0", "x = 41.5", 1), "utf-8")
    kept = read_stock(office, file)
    assert kept.texts[0].x == 41.5
    assert replace(kept.texts[0], x=35.0) == shipped.texts[0]
    assert [one.code for one in shop(office).stocks] == ["giay-trang", "phoi-in-san"]
    new = replace(kept, code="a3", name="Phôi A3", width=420.0, height=297.0)
    keep_stock(office, new)
    decision = awarded(office, 1)
    give_numbers(office, decision)
    (page,) = sheets_dossier(office, decision, SheetsWanted(stock="a3")).papers
    assert (page.sheet.width, page.sheet.height) == (420, 297)
    drop_stock(office, "phoi-in-san")
    assert shop(office).stocks[1] == shipped
    with pytest.raises(UnknownStockError):
        drop_stock(office, "phoi-in-san")
    file.write_text("code = 1", "utf-8")
    with pytest.raises(UnreadableFileError):
        read_stock(office, file)


def test_a_stock_that_cannot_be_printed_is_refused_by_the_name_of_its_place(
    office: Ports,
) -> None:
    stock = shop(office).stocks[1]
    wrong = replace(stock.texts[0], x=280.0, least=30.0)
    with pytest.raises(WrongStockError) as refused:
        keep_stock(office, replace(stock, texts=(wrong, *stock.texts[1:], stock.texts[1])))
    assert len(refused.value.problems) == 3
    assert refused.value.problems[0] == "tên người, tập thể, hộ: chỗ in ra ngoài mép giấy"
    empty = Stock(code="", name="", width=0, height=0, texts=())
    assert len(stock_faults(empty, ())) == 3


def test_a_stock_is_as_large_as_it_may_be_and_no_larger(office: Ports) -> None:
    stock = replace(shop(office).stocks[1], code="lớn")
    sized = replace(stock.texts[0], size=MOST_SIZE)
    keep_stock(office, replace(stock, width=MOST_SIDE, height=MOST_SIDE, texts=(sized,)))
    for wrong in (
        replace(stock, width=MOST_SIDE + 1),
        replace(stock, texts=(replace(sized, size=MOST_SIZE + 1),)),
    ):
        with pytest.raises(WrongStockError):
            keep_stock(office, wrong)
    keep_offset(office, "Máy in", Offset(MOST_OFFSET, -MOST_OFFSET))
    with pytest.raises(WrongStockError):
        keep_offset(office, "Máy in", Offset(MOST_OFFSET + 0.1, 0))


def test_three_hundred_certificates_are_three_hundred_pages(office: Ports) -> None:
    decision = a_decision(office)
    name_all(office, decision.id, [LONG] * 300)
    give_numbers(office, decision.id)
    dossier = sheets_dossier(office, decision.id, SheetsWanted())
    pages = texts_of(office.papers.pdf(dossier))
    assert len(pages) == 300
    assert "Số sổ vàng: 300" in pages[-1]
