"""F20 and F21: what a unit gave itself, what its peers gave, and the group in its order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from office_work import Pair
from printed import fonts_of, whole_text
from scoring_work import a_scored_set, an_issued_set, fill_in, mark, view_of
from thidua_desktop.app.paths import resources
from thidua_desktop.domain.criteria import Assessment, CriteriaSet, Marking
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.dossiers import gaps
from thidua_desktop.domain.errors import NotFoundError
from thidua_desktop.domain.ids import office_number, owned_by
from thidua_desktop.domain.layout.rules import layout_findings
from thidua_desktop.domain.page_words import words_of
from thidua_desktop.domain.pages import Table
from thidua_desktop.domain.scoring import Tier
from thidua_desktop.domain.units import Unit
from thidua_desktop.formats.measuring.papers import PaperMeasures
from thidua_desktop.services.checklist_sheets import checklist_dossier
from thidua_desktop.services.checklists import save_entry, set_step
from thidua_desktop.services.criteria import add_criterion
from thidua_desktop.services.criteria_copies import new_set
from thidua_desktop.services.office_papers import (
    OfChecklist,
    OfficeForm,
    office_paper,
    write_office_paper,
)
from thidua_desktop.services.pages.forms import pages_of
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import save_record
from thidua_desktop.services.submissions import submit_all

_SHEETS = (OfficeForm.CROSS_SHEET, OfficeForm.GROUP_TABLE)


@pytest.fixture
def issued(pair: Pair) -> CriteriaSet:
    """Return a set of the province that the office holds, filled in by it and sent."""
    made = an_issued_set(pair)
    fill_in(pair.office, made.id)
    submit_all(pair.office)
    pair.up()
    return made


def cells(ports: Ports, form: OfficeForm, of: OfChecklist) -> list[tuple[str, ...]]:
    (page, *_) = pages_of(office_paper(ports, form=form, year=2024, checklist=of))
    (table,) = (block for block in page.blocks if isinstance(block, Table))
    return [row.cells for row in table.rows]


def unit_of(ports: Ports) -> UUID:
    with ports.store.read() as work:
        return work.book.me().unit_id


def test_what_nobody_scored_yet_stays_open_for_the_pen(office: Ports) -> None:
    made = a_scored_set(office)
    rows = cells(office, OfficeForm.CROSS_SHEET, OfChecklist(made.id))
    assert [row[3:6] for row in rows[:3]] == [("", "", "")] * 3
    assert rows[-1][1:6] == ("TỔNG ĐIỂM", "", "0", "", "")
    table = cells(office, OfficeForm.GROUP_TABLE, OfChecklist(made.id))
    assert table
    assert all(row[2:] == ("",) * 7 for row in table)


def test_a_set_without_points_is_checked_in_words_and_ranks_nobody(office: Ports) -> None:
    made = new_set(office, name="Tiêu chí của thôn", valid_from=PartialDate(2024))
    blank = add_criterion(office, made.id).record
    met = replace(blank, wording="Công khai đóng góp", marking=Marking.MET)
    save_record(office, met, shown=blank)
    mark(office, view_of(office, made.id), 0, assessment=Assessment.MET, cross_note="Có niêm yết.")
    rows = cells(office, OfficeForm.CROSS_SHEET, OfChecklist(made.id))
    assert rows == [("1", "Công khai đóng góp", "Đạt", "", "Có niêm yết.")]
    table = cells(office, OfficeForm.GROUP_TABLE, OfChecklist(made.id))
    assert table
    assert all(row[2:] == ("",) * 7 for row in table)
    dossier = office_paper(
        office, form=OfficeForm.GROUP_TABLE, year=2024, checklist=OfChecklist(made.id)
    )
    said = "\n".join(words for page in pages_of(dossier) for words in words_of(page))
    assert "Bộ tiêu chí này không chấm điểm" in said
    assert "chưa được Hội đồng chấm" not in said


def test_the_cross_sheet_says_what_differs_and_why(pair: Pair, issued: CriteriaSet) -> None:
    unit = unit_of(pair.office)
    view = view_of(pair.province, issued.id, unit=unit)
    mark(pair.province, view, 0, cross_score=20, cross_note="Nghiệm thu 8 km.")
    rows = cells(pair.province, OfficeForm.CROSS_SHEET, OfChecklist(issued.id, unit))
    assert rows[0][2:] == ("30", "22,5", "20", "−2,5", "Nghiệm thu 8 km.")
    assert rows[1][3:6] == ("16", "", "")
    assert rows[-1][3:6] == ("79,5", "", "")
    set_step(pair.province, view.checklist, Tier.CROSS, closed=True)
    rows = cells(pair.province, OfficeForm.CROSS_SHEET, OfChecklist(issued.id, unit))
    assert rows[1][3:6] == ("16", "16", "0")
    assert rows[-1][3:6] == ("79,5", "77", "−2,5")


def test_the_group_stands_in_the_order_of_its_ranks(pair: Pair, issued: CriteriaSet) -> None:
    unit = unit_of(pair.office)
    province = pair.province
    mark(province, view_of(province, issued.id, unit=unit), 0, cross_score=20)
    view = view_of(province, issued.id, unit=unit)
    mark(province, view, 3, verified_score=10, verified_note="Thiếu biên bản.")
    entry = next(one for one in view.entries if one.rule.code == "c1")
    counted = replace(entry.entry, verified_times=1)
    save_entry(province, view.checklist, counted, shown=None)
    first, *others = cells(province, OfficeForm.GROUP_TABLE, OfChecklist(issued.id, unit))
    with province.store.read() as work:
        name = work.records.get(Unit, unit).name
    assert first == ("1", name, "77", "75", "5", "0", "80", "1", "")
    assert others
    assert all(row[2:] == ("",) * 7 for row in others)
    dossier = office_paper(
        province, form=OfficeForm.GROUP_TABLE, year=2024, checklist=OfChecklist(issued.id, unit)
    )
    said = "\n".join(words for page in pages_of(dossier) for words in words_of(page))
    assert f"Bảng này có 08 đơn vị. {len(others):02} đơn vị chưa có phiếu" in said


def test_of_two_checklists_of_one_unit_it_is_said_which_one_is_printed(office: Ports) -> None:
    made = a_scored_set(office)
    fill_in(office, made.id)
    view, of = view_of(office, made.id), OfChecklist(made.id)

    def told() -> list[tuple[str, ...]]:
        sheets = [office_paper(office, form=form, year=2024, checklist=of) for form in _SHEETS]
        sheets.append(checklist_dossier(office, set_id=made.id, year=2024))
        return [gaps(sheet) for sheet in sheets]

    assert told() == [()] * 3
    filled = view.checklist
    save_record(office, replace(filled, id=owned_by(UUID(int=0), office_number(filled.id))))
    assert cells(office, OfficeForm.CROSS_SHEET, of)[0][3] == ""
    with office.store.read() as work:
        whose = work.records.get(Unit, filled.unit_id).name
    (first,), *others = told()
    assert first.startswith(f"{whose}, năm 2024: in phiếu do ")
    assert "lập (chưa ghi tiêu chí nào), không in phiếu do " in first
    assert "lập (đã ghi 5 tiêu chí) của cùng bộ tiêu chí." in first
    assert others == [(first,), (first,)]


@pytest.mark.parametrize("form", [OfficeForm.CHECKLIST, *_SHEETS])
def test_score_sheets_are_laid_out_as_the_decree_asks(
    pair: Pair, issued: CriteriaSet, form: OfficeForm, tmp_path: Path
) -> None:
    of = OfChecklist(issued.id, unit_of(pair.office), whole_group=True)
    for ending in (".pdf", ".docx"):
        path, again = tmp_path / f"a{ending}", tmp_path / f"b{ending}"
        for one in (path, again):
            write_office_paper(pair.province, one, form, year=2024, checklist=of)
        assert path.read_bytes() == again.read_bytes()
        measured = PaperMeasures(resources() / "fonts").measure(path)
        assert [one.sentence() for one in layout_findings(measured)] == []
    pdf = (tmp_path / "a.pdf").read_bytes()
    assert all(fonts_of(pdf).values())
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in whole_text(pdf)


def test_a_set_that_is_not_there_is_told(office: Ports) -> None:
    with pytest.raises(NotFoundError):
        office_paper(office, form=OfficeForm.GROUP_TABLE)
