"""Mẫu văn bản: the province writes a text, offices read it."""

from __future__ import annotations

from thidua_desktop.domain.paper_forms import PaperText
from thidua_desktop.services.paper_texts import form_texts
from thidua_desktop.services.ports import Ports
from thidua_desktop.ui.dialogs.print_preview import PrintPreview
from thidua_desktop.ui.pages.texts_page import TextsPage
from thidua_desktop.ui.widgets.labels import Text
from typing_in import type_in


def own_words(ports: Ports) -> dict[str, str]:
    with ports.store.read() as work:
        return {one.place: one.wording for one in work.records.having(PaperText) if one.wording}


def choose(page: TextsPage, ports: Ports, place: str) -> None:
    rows = form_texts(ports).rows
    row = next(r for r in rows if (r.form.code, r.text.place) == ("F01", place))
    page._forms.choose("F01")
    page._texts.choose(row.record.id)


def complaint(page: TextsPage) -> str:
    return page.form.findChild(Text, "wording_issue").text()


def test_the_province_writes_a_text_is_told_a_wrong_place_and_goes_back(
    province_desk, province: Ports
) -> None:
    desk = province_desk
    page = desk.go("texts")
    choose(page, province, "title")
    editor = page.form.editors["wording"].inner

    editor.selectAll()
    type_in(editor, "Về việc tặng {award_nam}")
    page.flush()
    desk.settle()
    assert "trích yếu: không có chỗ điền {award_nam}. Được dùng: {hình thức" in complaint(page)
    assert own_words(province) == {}

    editor.selectAll()
    type_in(editor, "Đề nghị khen: ")
    page.panel._insert(page.panel._slots[0])
    page.flush()
    desk.settle()
    assert complaint(page) == ""
    assert own_words(province) == {"title": "Đề nghị khen: {hình thức khen thưởng}"}
    assert page.panel.restore.isVisibleTo(page)

    page.preview()
    desk.settle()
    preview = page.findChild(PrintPreview)
    assert preview.message.text() == "1 trang"
    preview.leave()
    page._forms.choose("F06")
    desk.settle()
    page.preview()
    desk.settle()
    preview = page.findChild(PrintPreview)
    assert preview.message.text() == "2 trang · Mẫu dựng lại, cần đối chiếu: F06"
    preview.leave()
    choose(page, province, "title")

    page.panel.restore.click()
    desk.settle()
    assert own_words(province) == {}
    assert editor.toPlainText().startswith("Về việc đề nghị tặng")


def test_an_office_reads_the_texts(desk, office_ports: Ports) -> None:
    page = desk.go("texts")
    choose(page, office_ports, "title")
    assert page.form.editors["wording"].inner.isReadOnly()
    assert not page.panel.restore.isVisibleTo(page)
    assert "Tỉnh sửa mẫu" in page.head.about.text()
