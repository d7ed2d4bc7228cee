"""What the window In hồ sơ saves: names, one file or one for each nominee, all or nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from office_work import a_household_proposed, a_person_proposed
from printed import whole_text
from thidua_desktop.domain.dossier_files import PaperFormat, PrintChoice
from thidua_desktop.domain.errors import StoppedError, UnwritableFileError
from thidua_desktop.domain.layout.rules import layout_findings
from thidua_desktop.domain.pages import SizeSet
from thidua_desktop.services.dossiers import print_dossiers
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.print_choices import keep_print_choice, print_choice
from thidua_desktop.services.printing import (
    Printable,
    papers_shown,
    printables_of,
    save_papers,
)
from thidua_desktop.services.saving import save_record
from thidua_desktop.services.submissions import draft_submission


@pytest.fixture
def proposals(office: Ports) -> tuple[UUID, UUID]:
    return a_person_proposed(office), a_person_proposed(office, "Vũ Đình Tạ")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "hồ sơ"
    folder.mkdir()
    return folder


def the_letter(office: Ports, proposals: tuple[UUID, ...]) -> Printable:
    letter, _ = draft_submission(office, proposals)
    save_record(office, letter, shown=letter)
    return next(one for one in printables_of(office, proposals[0]) if "tờ trình" in one.words)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_can_be_printed_is_told_by_how_many_it_is(office: Ports, proposals) -> None:
    both = [*proposals]
    assert [one.words for one in printables_of(office, both[0])] == ["Đề nghị đang xem"]
    found = printables_of(office, both[0], marked=both[:1], shown=both)
    assert [one.words for one in found] == ["Đề nghị đang xem", "Danh sách đang hiện: 2 đề nghị"]
    words = whole_text(papers_shown(office, found[1]).pdf)
    assert words.count("TỜ TRÌNH") == 2
    assert the_letter(office, proposals).words == "Cả tờ trình: 2 đề nghị"


def test_each_nominee_has_a_file_under_his_name_or_under_none(
    office: Ports, proposals, out: Path
) -> None:
    letter = the_letter(office, proposals)
    choice = PrintChoice(separate=True)
    saved = save_papers(office, letter, choice, folder=out)
    first, other, together = names(out)
    assert first == "Bà Vũ Đình Tạ - Báo cáo thành tích.pdf"
    assert other == "Bà Đặng Thị Ngọc Ẩn - Báo cáo thành tích.pdf"
    assert together.startswith("Tờ trình và Danh sách - Hồ sơ đề nghị tặng")
    assert len(saved.files) == 3
    assert any("chưa có" in note for note in saved.notes)

    # Nothing is written over: saved once more, the files lie beside the first ones.
    save_papers(office, letter, choice, folder=out)
    assert len(names(out)) == 6
    assert sum("(2)" in name for name in names(out)) == 3

    sent = out / "gửi"
    save_papers(office, letter, replace(choice, named=False), folder=sent)
    assert all(name.isascii() and name.startswith("to-trinh-") for name in names(sent))


def test_one_choice_gives_pdf_and_word_side_by_side(office: Ports, proposals, out: Path) -> None:
    both = PrintChoice(formats=(PaperFormat.PDF, PaperFormat.DOCX), named=False)
    saved = save_papers(office, the_letter(office, proposals), both, folder=out)
    pdf, word = saved.files
    assert (pdf.stem, pdf.suffix, word.suffix) == (word.stem, ".pdf", ".docx")
    assert word.read_bytes().startswith(b"PK")


def test_stopped_or_refused_nothing_is_left(office: Ports, proposals, out: Path) -> None:
    letter = the_letter(office, proposals)
    asked = iter([False, False])
    with pytest.raises(StoppedError):
        save_papers(
            office,
            letter,
            PrintChoice(separate=True),
            folder=out,
            stop_wanted=lambda: next(asked, True),
        )
    assert names(out) == []
    told: list[tuple[int, int]] = []
    with pytest.raises(StoppedError):  # in the middle of gathering what they say
        save_papers(
            office,
            letter,
            PrintChoice(),
            folder=out,
            progress=lambda done, whole: told.append((done, whole)),
            stop_wanted=lambda: len(told) == 1,
        )
    assert told == [(0, 4)]
    (out / "tệp").write_bytes(b"")
    with pytest.raises(UnwritableFileError):
        save_papers(office, letter, PrintChoice(), folder=out / "tệp")


def test_a_household_has_its_name_on_the_file(office: Ports, out: Path) -> None:
    (one,) = printables_of(office, a_household_proposed(office))
    (path,) = save_papers(office, one, PrintChoice(), folder=out).files
    assert path.name.startswith("Hộ Bùi Đình Chuyên - Hồ sơ đề nghị tặng")


def test_the_choice_is_remembered_on_this_pc(office: Ports, tmp_path: Path) -> None:
    assert print_choice(office) == PrintChoice()
    chosen = PrintChoice(
        formats=(PaperFormat.DOCX,),
        separate=True,
        named=False,
        folder=str(tmp_path),
        sizes=SizeSet.SMALL,
    )
    keep_print_choice(office, chosen)
    assert print_choice(office) == chosen


def test_papers_have_the_letter_sizes_that_were_chosen(
    office: Ports, proposals: tuple[UUID, UUID], out: Path
) -> None:
    def body(pdf: bytes) -> float:
        papers = office.measures.measure_content("xem.pdf", pdf)
        assert layout_findings(papers) == ()
        return max(size for one in papers[0].passages for size in one.sizes)

    letter = the_letter(office, proposals)
    large = papers_shown(office, letter).pdf
    keep_print_choice(office, PrintChoice(sizes=SizeSet.SMALL))
    small = papers_shown(office, letter).pdf
    (path,) = save_papers(office, letter, print_choice(office), folder=out).files
    assert path.read_bytes() == small
    printed = print_dossiers(office, out=out / "dòng lệnh", proposals=proposals[:1])
    by_command = printed.files[0].read_bytes()
    assert (body(large), body(small), body(by_command)) == (14, 13, 13)
