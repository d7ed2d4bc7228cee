"""The nominee list from Excel: a preview with an error per cell, then all or nothing."""

from __future__ import annotations

import string
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from office_work import Pair
from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import (
    InvalidLinesError,
    NotAWorkbookError,
    StoppedError,
    WrongHeadingsError,
)
from thidua_desktop.domain.issues import Issue
from thidua_desktop.domain.people import Collective, Gender, Household, Person
from thidua_desktop.domain.proposals import Outcome, Proposal, Subject
from thidua_desktop.domain.records import Record, kind_spec
from thidua_desktop.services.integrity import digest
from thidua_desktop.services.nominee_sheet import COLUMNS, nominee_layout
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.proposals import open_proposal, save_proposal
from thidua_desktop.services.reviews import review_proposal
from thidua_desktop.services.sheets import (
    RowPreview,
    RowState,
    import_nominees,
    preview_nominees,
    write_template,
)

PERSON = {
    "number": "1",
    "subject": "Cá nhân",
    "name": "Trịnh Văn Ổn",
    "gender": "Nam",
    "birth_date": "12/03/1975",
    "position": "Trưởng thôn",
    "workplace": "Thôn Nam Tiến, xã Vũ Lễ",
    "address": "Xã Vũ Lễ, huyện Kiến Xương",
    "award": "Giấy khen",
    "year": "2024",
    "summary": "Vận động Nhân dân hiến 1.240 m² đất làm đường.",
    "note": "Đảng viên",
}
HOUSEHOLD = {
    "subject": "Hộ gia đình",
    "name": "Đào Xuân Yểng",
    "birth_date": "1958",
    "position": "Làm ruộng",
    "address": "Thôn An Ninh, xã Quang Lịch",
    "award": "Giấy khen",
    "year": "2024",
    "summary": "Hiến 95 m² đất.",
}
COLLECTIVE = {
    "subject": "Tập thể",
    "name": "Ủy ban nhân dân xã Đông Minh",
    "address": "Xã Đông Minh, huyện Tiền Hải",
    "award": "Giấy khen",
    "year": "2024",
    "summary": "Hoàn thành giải phóng mặt bằng trước hạn 45 ngày.",
}
Row = dict[str, str]
Listed = Callable[..., Path]


@pytest.fixture
def listed(office: Ports, tmp_path: Path) -> Listed:
    """Write a list of these rows."""

    def write(*rows: Row) -> Path:
        texts = [[row.get(column.name, "") for column in COLUMNS] for row in rows]
        path = tmp_path / f"danh sách {len(list(tmp_path.glob('*.xlsx')))}.xlsx"
        office.workbooks.write(path, nominee_layout(()), texts)
        return path

    return write


def having(ports: Ports, kind: type[Record]) -> tuple[Any, ...]:
    with ports.store.read() as work:
        return work.records.having(kind)


def award_named(ports: Ports, name: str) -> AwardForm:
    return next(award for award in having(ports, AwardForm) if award.name == name)


def states(ports: Ports, path: Path) -> list[RowState]:
    return [row.state for row in preview_nominees(ports, path).rows]


def wrong_cells(row: RowPreview) -> list[tuple[str, Issue]]:
    return [(issue.column, issue.issue) for issue in row.issues]


def only_row(ports: Ports, path: Path) -> RowPreview:
    (row,) = preview_nominees(ports, path).rows
    return row


# What a row becomes


def test_a_person_is_taken_over_with_every_column(office: Ports, listed: Listed) -> None:
    import_nominees(office, listed(PERSON))
    (person,), (proposal,) = having(office, Person), having(office, Proposal)
    assert person == Person(
        id=person.id,
        full_name="Trịnh Văn Ổn",
        gender=Gender.MALE,
        birth_date=PartialDate(1975, 3, 12),
        position="Trưởng thôn",
        workplace="Thôn Nam Tiến, xã Vũ Lễ",
        address="Xã Vũ Lễ, huyện Kiến Xương",
    )
    award = award_named(office, "Giấy khen")
    assert (proposal.subject, proposal.nominee_id) == (Subject.PERSON, person.id)
    assert (proposal.award_form_id, proposal.year) == (award.id, 2024)
    assert (proposal.summary, proposal.note) == (PERSON["summary"], "Đảng viên")
    assert proposal.citation == award.citation_person != ""
    assert proposal.movement_id is not None
    with office.store.read() as work:
        assert proposal.unit_id == work.book.me().unit_id


def test_a_household_and_a_collective_fill_fields_of_their_own(
    office: Ports, listed: Listed
) -> None:
    import_nominees(office, listed(HOUSEHOLD, COLLECTIVE | {"citation": "khoản 9 Điều 9"}))
    (household,), (collective,) = having(office, Household), having(office, Collective)
    assert (household.head, household.occupation) == ("Đào Xuân Yểng", "Làm ruộng")
    assert household.birth_date == PartialDate(1958)
    assert (collective.name, collective.address) == (COLLECTIVE["name"], COLLECTIVE["address"])
    by_subject = {one.subject: one for one in having(office, Proposal)}
    assert by_subject[Subject.HOUSEHOLD].household_id == household.id
    assert by_subject[Subject.COLLECTIVE].citation == "khoản 9 Điều 9"


def test_what_was_imported_lacks_nothing_for_a_letter(office: Ports, listed: Listed) -> None:
    import_nominees(office, listed(PERSON, HOUSEHOLD, COLLECTIVE))
    proposals = having(office, Proposal)
    assert [open_proposal(office, one.id).missing for one in proposals] == [(), (), ()]


def test_texts_are_tidied_and_lines_kept(office: Ports, listed: Listed) -> None:
    loose = PERSON | {
        "subject": "ca nhan",
        "name": "  Nguye\u0302\u0303n   Va\u0306n\nỔn ",
        "award": "GIẤY  KHEN",
        "summary": "Hiến  đất.\n\nGóp công. ",
    }
    import_nominees(office, listed(loose))
    (person,), (proposal,) = having(office, Person), having(office, Proposal)
    assert person.full_name == "Nguyễn Văn Ổn"
    assert proposal.summary == "Hiến đất.\n\nGóp công."


def test_a_row_with_nothing_but_its_number_is_skipped(office: Ports, listed: Listed) -> None:
    path = listed(PERSON, {"number": "2"}, {"number": "3"}, HOUSEHOLD)
    done = import_nominees(office, path).preview
    assert [row.state for row in done.rows] == [
        RowState.NEW,
        RowState.SKIPPED,
        RowState.SKIPPED,
        RowState.NEW,
    ]
    assert done.rows[1].reason
    assert len(having(office, Proposal)) == 2


def test_a_preview_writes_nothing_and_says_what_the_import_does(
    office: Ports, listed: Listed
) -> None:
    before = digest(office)
    path = listed(PERSON, HOUSEHOLD, PERSON, {"number": "4"})
    preview = preview_nominees(office, path)
    assert digest(office) == before
    assert import_nominees(office, path).preview == preview
    assert preview.to_json()["rows"][2] == {
        "sheet": "Danh sách đề nghị",
        "row": 6,
        "state": "duplicate",
        "reason": "trùng dòng 4",
        "values": {column.name: PERSON.get(column.name, "") for column in COLUMNS},
    }


# The same again


def test_importing_twice_adds_nothing(office: Ports, listed: Listed) -> None:
    path = listed(PERSON, HOUSEHOLD, COLLECTIVE)
    import_nominees(office, path)
    after = digest(office)
    again = import_nominees(office, path)
    assert {row.state for row in again.preview.rows} == {RowState.SAME}
    assert digest(office) == after
    assert not again.changes.concern("proposal")


def test_other_words_change_what_is_there(office: Ports, listed: Listed) -> None:
    import_nominees(office, listed(PERSON, HOUSEHOLD))
    (before,) = having(office, Person)
    path = listed(PERSON | {"position": "Bí thư chi bộ", "summary": "Hiến 2 ha."}, HOUSEHOLD)
    assert states(office, path) == [RowState.CHANGED, RowState.SAME]
    import_nominees(office, path)
    assert having(office, Person) == (replace(before, position="Bí thư chi bộ"),)
    assert {one.summary for one in having(office, Proposal)} == {"Hiến 2 ha.", "Hiến 95 m² đất."}
    assert states(office, path) == [RowState.SAME, RowState.SAME]


def test_a_blank_cell_clears_nothing(office: Ports, listed: Listed) -> None:
    import_nominees(office, listed(PERSON))
    blank = {name: text for name, text in PERSON.items() if name not in {"position", "note"}}
    assert only_row(office, listed(blank)).state is RowState.SAME


@pytest.mark.parametrize("name", ["TRỊNH VĂN ỔN", "Trịnh văn Ổn"])
def test_a_name_written_otherwise_is_the_same_person(
    office: Ports, listed: Listed, name: str
) -> None:
    import_nominees(office, listed(PERSON))
    assert only_row(office, listed(PERSON | {"name": name})).state is RowState.CHANGED
    import_nominees(office, listed(PERSON | {"name": name}))
    assert [one.full_name for one in having(office, Person)] == [name]


def test_a_tone_on_the_other_vowel_is_the_same_person(office: Ports, listed: Listed) -> None:
    import_nominees(office, listed(PERSON | {"name": "Lê Thị Hoà"}))
    assert only_row(office, listed(PERSON | {"name": "Lê Thị Hòa"})).state is RowState.CHANGED


@pytest.mark.parametrize(
    "other",
    [
        {"name": "Trịnh Văn Ôn"},
        {"birth_date": "1975"},
        {"birth_date": "13/03/1975"},
        {"subject": "Hộ gia đình", "workplace": ""},
    ],
)
def test_another_name_birth_date_or_kind_is_another_nominee(
    office: Ports, listed: Listed, other: Row
) -> None:
    import_nominees(office, listed(PERSON))
    assert only_row(office, listed(PERSON | other)).state is RowState.NEW
    import_nominees(office, listed(PERSON | other))
    assert len(having(office, Person)) + len(having(office, Household)) == 2


def test_a_namesake_of_another_age_is_pointed_out(office: Ports, listed: Listed) -> None:
    import_nominees(office, listed(PERSON))
    assert "khác ngày sinh" in only_row(office, listed(PERSON | {"birth_date": "1990"})).reason


@pytest.mark.parametrize(
    "other", [{"year": "2023"}, {"award": "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"}]
)
@pytest.mark.parametrize("in_one_file", [True, False])
def test_another_award_or_year_is_another_proposal_for_the_same_person(
    office: Ports, listed: Listed, other: Row, in_one_file: bool
) -> None:
    if in_one_file:
        import_nominees(office, listed(PERSON, PERSON | other))
    else:
        import_nominees(office, listed(PERSON))
        import_nominees(office, listed(PERSON | other))
    (person,) = having(office, Person)
    assert {one.nominee_id for one in having(office, Proposal)} == {person.id}
    assert len(having(office, Proposal)) == 2
    assert set(states(office, listed(PERSON, PERSON | other))) == {RowState.SAME}


def test_what_was_typed_in_the_form_is_found(office: Ports, listed: Listed) -> None:
    import_nominees(office, listed(PERSON))
    (proposal,) = having(office, Proposal)
    view = open_proposal(office, proposal.id)
    assert isinstance(view.nominee, Person)
    edited = replace(view.nominee, ethnicity="Kinh", position="Bí thư chi bộ")
    save_proposal(office, view.proposal, edited, shown=(view.proposal, view.nominee))
    assert only_row(office, listed(PERSON)).state is RowState.CHANGED
    import_nominees(office, listed(PERSON))
    assert [(one.ethnicity, one.position) for one in having(office, Person)] == [
        ("Kinh", "Trưởng thôn")
    ]


def test_another_office_s_nominee_is_not_taken_for_the_own(pair: Pair, listed: Listed) -> None:
    import_nominees(pair.office, listed(PERSON))
    (proposal,) = having(pair.office, Proposal)
    pair.submit(proposal.id)
    pair.up()
    assert len(having(pair.province, Person)) == 1
    assert only_row(pair.province, listed(PERSON)).state is RowState.NEW


def test_rows_that_contradict_each_other_are_refused(office: Ports, listed: Listed) -> None:
    path = listed(PERSON, PERSON | {"summary": "Khác.", "note": ""})
    first, second = preview_nominees(office, path).rows
    assert first.state is RowState.NEW
    assert wrong_cells(second) == [
        ("summary", Issue.DIFFERS_ABOVE),
        ("note", Issue.DIFFERS_ABOVE),
    ]
    path = listed(PERSON, PERSON | {"year": "2023", "gender": "Nữ", "position": ""})
    assert wrong_cells(preview_nominees(office, path).rows[1]) == [("gender", Issue.DIFFERS_ABOVE)]


# What is wrong, by cell


@pytest.mark.parametrize(
    ("cells", "column", "issue"),
    [
        ({"subject": ""}, "subject", Issue.MISSING),
        ({"subject": "Cơ quan"}, "subject", Issue.NOT_ALLOWED),
        ({"name": ""}, "name", Issue.MISSING),
        ({"name": "x" * 101}, "name", Issue.TOO_LONG),
        ({"name": "Trịnh\x01Văn"}, "name", Issue.CONTROL_CHARACTER),
        ({"gender": "nam giới"}, "gender", Issue.NOT_ALLOWED),
        ({"birth_date": "31/2/1975"}, "birth_date", Issue.NOT_A_DATE),
        ({"birth_date": "12/3/75"}, "birth_date", Issue.NOT_A_DATE),
        ({"award": ""}, "award", Issue.MISSING),
        ({"award": "Giấy khen hạng Nhất"}, "award", Issue.UNKNOWN_AWARD),
        ({"award": "Huân chương Lao động hạng Nhất"}, "award", Issue.NOT_FOR_SUBJECT),
        ({"year": ""}, "year", Issue.MISSING),
        ({"year": "1066"}, "year", Issue.TOO_SMALL),
        ({"year": "năm nay"}, "year", Issue.NOT_A_NUMBER),
        ({"year": "9" * 5_000}, "year", Issue.NOT_A_NUMBER),
        ({"year": "２０２４"}, "year", Issue.NOT_A_NUMBER),
        ({"summary": ""}, "summary", Issue.MISSING),
        ({"summary": "#REF!"}, "summary", Issue.BROKEN_FORMULA),
        ({"note": "x" * 2_001}, "note", Issue.TOO_LONG),
        ({"birth_date": "12/2024"}, "birth_date", Issue.IN_FUTURE),
    ],
)
def test_a_wrong_cell_is_named(
    office: Ports, listed: Listed, cells: Row, column: str, issue: Issue
) -> None:
    row = only_row(office, listed(PERSON | cells))
    assert wrong_cells(row) == [(column, issue)]
    heading = next(c.heading for c in COLUMNS if c.name == column)
    assert row.issues[0].text.startswith(f"{heading}: ")
    assert row.issues[0].text in row.summary()


def test_a_cell_that_the_kind_of_nominee_has_no_field_for_is_named(
    office: Ports, listed: Listed
) -> None:
    row = only_row(office, listed(COLLECTIVE | {"gender": "Nam", "position": "Chủ tịch"}))
    assert wrong_cells(row) == [("gender", Issue.LEAVE_EMPTY), ("position", Issue.LEAVE_EMPTY)]


def test_with_one_wrong_cell_nothing_is_imported_and_every_one_is_named(
    office: Ports, listed: Listed
) -> None:
    before = digest(office)
    path = listed(
        PERSON, HOUSEHOLD | {"birth_date": "31/2", "award": "?"}, COLLECTIVE | {"name": ""}
    )
    with pytest.raises(InvalidLinesError) as refused:
        import_nominees(office, path)
    assert [(one.line, one.field, one.issue) for one in refused.value.issues] == [
        (5, "Ngày sinh", Issue.NOT_A_DATE),
        (5, "Hình thức đề nghị", Issue.UNKNOWN_AWARD),
        (6, "Họ và tên, tên tập thể, chủ hộ", Issue.MISSING),
    ]
    assert digest(office) == before
    assert preview_nominees(office, path).count(RowState.ERROR)


def test_stopping_leaves_nothing(office: Ports, listed: Listed) -> None:
    before = digest(office)
    told: list[tuple[int, int]] = []
    with pytest.raises(StoppedError):
        import_nominees(
            office,
            listed(PERSON, HOUSEHOLD, COLLECTIVE),
            progress=lambda done, of: told.append((done, of)),
            stop_wanted=lambda: len(told) == 3,
        )
    assert told == [(0, 3), (1, 3), (2, 3)]
    assert digest(office) == before


def test_a_list_of_an_older_template_is_read_and_a_newer_one_fills_more(
    office: Ports, listed: Listed, tmp_path: Path
) -> None:
    told = {"native_place": "Xã Vũ Lễ", "phone": "0227.000.0321", "honorific": "Ông"}
    import_nominees(office, listed(PERSON | told))
    (person,) = having(office, Person)
    assert {name: getattr(person, name) for name in told} == told

    layout = nominee_layout(())
    older = replace(layout, columns=tuple(c for c in layout.columns if not c.optional))
    texts = [PERSON.get(column.name, "") for column in older.columns]
    office.workbooks.write(tmp_path / "cũ.xlsx", older, [texts])
    assert [one.state for one in preview_nominees(office, tmp_path / "cũ.xlsx").rows] == [
        RowState.SAME
    ]


def test_what_is_no_list_is_refused(office: Ports, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("x")
    layout = nominee_layout(())
    office.workbooks.write(tmp_path / "b.xlsx", replace(layout, columns=layout.columns[:5]), [])
    for read in (preview_nominees, import_nominees):
        with pytest.raises(NotAWorkbookError):
            read(office, tmp_path / "a.xlsx")
        with pytest.raises(WrongHeadingsError):
            read(office, tmp_path / "b.xlsx")


# What lies at the province


def test_a_submitted_proposal_is_the_same_but_not_changed(pair: Pair, listed: Listed) -> None:
    import_nominees(pair.office, listed(PERSON))
    (proposal,) = having(pair.office, Proposal)
    pair.submit(proposal.id)
    assert only_row(pair.office, listed(PERSON)).state is RowState.SAME

    other = listed(PERSON | {"summary": "Khác.", "position": "Bí thư"})
    assert wrong_cells(only_row(pair.office, other)) == [
        ("position", Issue.LOCKED),
        ("summary", Issue.LOCKED),
    ]
    before = digest(pair.office)
    with pytest.raises(InvalidLinesError):
        import_nominees(pair.office, other)
    assert digest(pair.office) == before


def test_a_further_award_for_someone_submitted_may_not_change_the_person(
    pair: Pair, listed: Listed
) -> None:
    import_nominees(pair.office, listed(PERSON))
    pair.submit(having(pair.office, Proposal)[0].id)
    further = PERSON | {"year": "2023"}
    changed = only_row(pair.office, listed(further | {"position": "Bí thư"}))
    assert wrong_cells(changed) == [("position", Issue.LOCKED)]
    import_nominees(pair.office, listed(further))
    assert (len(having(pair.office, Person)), len(having(pair.office, Proposal))) == (1, 2)


def test_what_came_back_can_be_changed_again(pair: Pair, listed: Listed) -> None:
    import_nominees(pair.office, listed(PERSON))
    (proposal,) = having(pair.office, Proposal)
    pair.submit(proposal.id)
    pair.up()
    review_proposal(pair.province, proposal.id, Outcome.RETURNED, reason="Thiếu xác nhận.")
    pair.down()
    path = listed(PERSON | {"summary": "Đã bổ sung."})
    assert only_row(pair.office, path).state is RowState.CHANGED
    import_nominees(pair.office, path)
    assert [one.summary for one in having(pair.office, Proposal)] == ["Đã bổ sung."]


# The description


def test_every_column_fills_a_field_that_is_there() -> None:
    for column in COLUMNS:
        specs = [column.spec(subject) for subject in Subject]
        assert column.name == "number" or any(specs)
    headings = [column.heading for column in COLUMNS]
    assert len(set(headings)) == len(headings)


def test_what_a_person_s_papers_need_has_a_column() -> None:
    filled = {column.of_nominee.get(Subject.PERSON) for column in COLUMNS}
    assert {s.name for s in kind_spec(Person).fields if s.required} <= filled


def test_the_example_of_the_template_can_be_imported(office: Ports, listed: Listed) -> None:
    example = {column.name: column.example for column in COLUMNS}
    assert only_row(office, listed(example)).state is RowState.NEW


def test_the_template_offers_the_awards_of_the_catalogue(office: Ports, tmp_path: Path) -> None:
    write_template(office, tmp_path / "mẫu.xlsx")
    assert preview_nominees(office, tmp_path / "mẫu.xlsx").rows == ()
    choices = load_workbook(tmp_path / "mẫu.xlsx")["Danh mục"]
    offered = {cell.value for row in choices.iter_rows() for cell in row} - {None}
    assert {award.name for award in having(office, AwardForm)} <= offered
    assert {"Cá nhân", "Tập thể", "Hộ gia đình", "Nam", "Nữ"} <= offered


def test_columns_and_sheets_left_unread_are_noted(office: Ports, listed: Listed) -> None:
    path = listed(PERSON)
    book = load_workbook(path)
    book["Danh sách đề nghị"].cell(3, len(COLUMNS) + 1).value = "Mã cán bộ"
    book.create_sheet("Nháp").append([column.heading for column in COLUMNS])
    book.save(path)
    column, sheet = preview_nominees(office, path).to_json()["notes"]
    assert "Mã cán bộ" in column
    assert "Nháp" in sheet


hostile = st.text(
    st.one_of(st.sampled_from("=+-@'\"<&_x0041_\t\n\r"), st.characters(codec="utf-8")),
    max_size=30,
) | st.text(string.ascii_letters + "ăâđêôơư ", max_size=30)


@given(
    rows=st.lists(st.fixed_dictionaries({column.name: hostile for column in COLUMNS}), max_size=3),
    tries=st.lists(st.fixed_dictionaries({"name": hostile, "summary": hostile}), max_size=3),
)
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_is_typed_is_imported_whole_or_refused_with_nothing_changed(
    office: Ports, listed: Listed, rows: list[Row], tries: list[Row]
) -> None:
    before = digest(office)
    path = listed(*rows, *(PERSON | one for one in tries))
    preview = preview_nominees(office, path)
    try:
        import_nominees(office, path)
    except InvalidLinesError:
        assert preview.count(RowState.ERROR)
        assert digest(office) == before
    else:
        assert not preview.count(RowState.ERROR)
        after = digest(office)
        again = import_nominees(office, path).preview
        assert not {row.state for row in again.rows} & {RowState.NEW, RowState.CHANGED}
        assert digest(office) == after
