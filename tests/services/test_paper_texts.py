"""Texts of papers: the province's own go before those shipped; a wrong one is never printed."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from office_work import Pair, a_person_proposed
from thidua_desktop.app.wiring import shipped_plan
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.dossiers import Letter
from thidua_desktop.domain.errors import InvalidInputError, InvalidLinesError, NotForRoleError
from thidua_desktop.domain.ids import PROVINCE_NUMBER
from thidua_desktop.domain.issue_text import found_text
from thidua_desktop.domain.paper_forms import PaperText
from thidua_desktop.domain.proposals import Proposal, Submission
from thidua_desktop.domain.records import keyed_id
from thidua_desktop.domain.templates import faults_of
from thidua_desktop.services.dossiers import gather_proposal, gather_submission
from thidua_desktop.services.exchange import merge_bundles
from thidua_desktop.services.form_numbers import forms_told
from thidua_desktop.services.journal import undo
from thidua_desktop.services.packing import export_bundle
from thidua_desktop.services.paper_texts import (
    FormTextRow,
    form_texts,
    restore_paper_text,
    save_paper_text,
)
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.records import put_lines
from thidua_desktop.services.saving import save_record
from thidua_desktop.services.sending import Packing

KIND = "TỜ TRÌNH KHEN THƯỞNG"
WRONG = "Về việc tặng {award_nam}"
SENTENCE = (
    "Tờ trình (F01), trích yếu: không có chỗ điền {award_nam}. Được dùng: {hình thức khen "
    "thưởng}. Muốn in dấu ngoặc nhọn, hãy gõ hai dấu."
)


def row(ports: Ports, place: str, form: str = "F01") -> FormTextRow:
    return next(
        one for one in form_texts(ports).rows if (one.form.code, one.text.place) == (form, place)
    )


def wanted(ports: Ports, place: str, wording: str) -> PaperText:
    shown = row(ports, place).shown
    return save_paper_text(ports, replace(shown, wording=wording), shown=shown).record


def letter(ports: Ports, proposal: Proposal) -> Letter:
    with ports.store.read() as work:
        found = gather_proposal(ports, work, work.records.get(Proposal, proposal.id)).papers[0]
    assert isinstance(found, Letter)
    return found


def a_line(wording: str) -> str:
    fields = {"form": "F01", "place": "title", "wording": wording}
    return json.dumps({"kind": "paper_text", "fields": fields})


def test_every_shipped_text_has_a_name_of_its_own_and_no_fault() -> None:
    forms = shipped_plan().papers
    assert len({form.code for form in forms}) == len(forms)
    for form in forms:
        places = [text.place for text in form.texts]
        labels = [text.label for text in form.texts]
        assert len(set(places)) == len(places)
        assert len(set(labels)) == len(labels)
        for text in form.texts:
            assert faults_of(text.shipped, text.slots) == (), (form.code, text.place)


def test_what_the_province_writes_is_printed_by_the_offices_and_taken_back_everywhere(
    pair: Pair,
) -> None:
    proposal = a_person_proposed(pair.office)
    wanted(pair.province, "kind", KIND)
    pair.down()
    with pair.office.store.read() as work:
        own = work.records.get(Proposal, proposal)
    assert letter(pair.office, own).kind == KIND
    assert row(pair.office, "kind").is_own
    undo(pair.province)
    pair.down()
    assert letter(pair.office, own).kind == "TỜ TRÌNH"


def test_going_back_to_the_shipped_text_leaves_no_words_of_the_own(province: Ports) -> None:
    wanted(province, "kind", KIND)
    restore_paper_text(province, row(province, "kind").shown)
    assert not row(province, "kind").is_own
    assert wanted(province, "kind", "  TỜ   TRÌNH ").wording == "TỜ TRÌNH"
    assert not row(province, "kind").is_own


def test_a_wrong_place_is_named_with_its_paper_by_forms_and_files_alike(province: Ports) -> None:
    shown = row(province, "title").shown
    wrong = replace(shown, wording=WRONG)
    with pytest.raises(InvalidInputError) as by_page:
        save_paper_text(province, wrong, shown=shown)
    with pytest.raises(InvalidInputError) as by_form:
        save_record(province, wrong)
    with pytest.raises(InvalidLinesError) as by_file:
        put_lines(province, a_line(WRONG))
    for refused in (by_page, by_form, by_file):
        assert [found_text(one) for one in refused.value.issues] == [SENTENCE]
    assert not row(province, "title").is_own
    put_lines(province, a_line("Về việc tặng {award_name}"))
    assert row(province, "title").is_own


def test_a_text_of_a_form_that_is_not_there_is_refused(province: Ports) -> None:
    for fields in ({"form": "F99", "place": "title"}, {"form": "F01", "place": "nowhere"}):
        with pytest.raises(InvalidLinesError):
            put_lines(province, json.dumps({"kind": "paper_text", "fields": fields}))


def test_an_office_changes_no_text(office: Ports) -> None:
    shown = row(office, "kind").shown
    with pytest.raises(NotForRoleError):
        save_paper_text(office, replace(shown, wording=KIND), shown=shown)
    assert not form_texts(office).may_change


def test_a_wrong_text_that_came_by_bundle_is_found_and_the_shipped_one_printed(pair: Pair) -> None:
    proposal = a_person_proposed(pair.office)
    text_id = keyed_id(PaperText, PROVINCE_NUMBER, form="F01", place="title")
    with pair.province.store.write() as work:  # as an older or a foreign program may have
        work.records.write(PaperText, text_id, {"form": "F01", "place": "title", "wording": WRONG})
        work.records.share([("paper_text", text_id)])
        work.commit()
    path = pair.folder / "sai.tdkt"
    export_bundle(pair.province, path=path, packing=Packing(for_unit="ubnd-343"))
    (report,) = merge_bundles(pair.office, [path]).reports
    assert [one.text for one in report.findings] == [f"{SENTENCE} Chương trình in theo mẫu gốc."]
    assert row(pair.office, "title").faults != ()
    with pair.office.store.read() as work:
        own = work.records.get(Proposal, proposal)
    assert letter(pair.office, own).title.startswith("Về việc đề nghị tặng ")


def test_bases_that_nobody_typed_are_those_of_the_day_of_the_letter(pair: Pair) -> None:
    submission = pair.submit(a_person_proposed(pair.office))
    with pair.office.store.read() as work:
        begun = work.records.get(Submission, submission)
        later = replace(begun, date=PartialDate(2025, 8, 1))
        typed = replace(later, legal_basis="Căn cứ Quy chế của tỉnh;")
        dossiers = [gather_submission(pair.office, work, one) for one in (begun, later, typed)]
    said = [one.papers[0] for one in dossiers[1:]]
    assert "98/2023" in begun.legal_basis
    assert any("152/2025" in line for line in said[0].legal_basis)
    assert not any("98/2023" in line for line in said[0].legal_basis)
    assert said[1].legal_basis == ("Căn cứ Quy chế của tỉnh;",)
    told = {(one.form, one.number, one.decree) for one in forms_told(pair.office, dossiers[:2])}
    assert {
        ("F01", "01", "Nghị định 98/2023/NĐ-CP"),
        ("F01", "01", "Nghị định 152/2025/NĐ-CP"),
        ("F13", "", "Nghị định 98/2023/NĐ-CP"),
    } <= told
    (report, *_) = (one for one in forms_told(pair.office, dossiers[1:2]) if one.form == "F04")
    assert report.sentence().endswith(
        "(F04): mẫu số 08, Nghị định 152/2025/NĐ-CP; mẫu dựng lại, cần đối chiếu"
    )
