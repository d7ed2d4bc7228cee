"""Word documents that come back: what is read of them, and what is refused."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import a_dossier
from returned_work import (
    RECIPIENT,
    SOURCES,
    SUMMARY,
    WORDING,
    a_told_dossier,
    edited,
    without_controls,
)
from thidua_desktop.app.paths import resources
from thidua_desktop.app.word_edits import with_parts
from thidua_desktop.domain.errors import UnreturnableFileError
from thidua_desktop.domain.kinds import KINDS
from thidua_desktop.domain.records import kind_name, specs
from thidua_desktop.domain.returned import Asked, AskedSort, ReturnedFile, Unreturnable
from thidua_desktop.domain.returned_places import find_back
from thidua_desktop.domain.same_words import digest, same
from thidua_desktop.domain.told import Source, is_free_text
from thidua_desktop.formats.docx.imprint import imprint_from, imprint_text
from thidua_desktop.formats.docx.papers import DocxPapers
from thidua_desktop.formats.docx.returned import ReturnedPapers
from thidua_desktop.formats.docx.tags import source_of_tag, tag_of
from written import SOFFICE, as_saved_by_libreoffice

FONTS = resources() / "fonts"
WHY = "soffice is not installed here: .ci/run installs libreoffice-writer-nogui, as far as it may"
LONGEST_TAG = 64  # what Word takes
LINE = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40
).filter(lambda words: words.strip(" .…-"))


def printed(**said: object) -> bytes:
    return DocxPapers(FONTS).docx(a_told_dossier(**said))  # type: ignore[arg-type]


def read(data: bytes) -> ReturnedFile:
    return ReturnedPapers(FONTS).of(data, "ve.docx")


def otherwise(data: bytes) -> dict[Source, str]:
    """Return what a file says otherwise than it was printed, by field."""
    file = read(data)
    assert file.imprint is not None
    found = find_back(file.imprint, file.lines)
    return {
        passage.source: one.text
        for one in found.passages
        for passage in (file.imprint.passages[one.number],)
        if digest(same(one.text, passage.setting)) != passage.known_by
    }


@settings(max_examples=20)  # each is printed and read twice
@given(st.lists(LINE, min_size=1, max_size=3), LINE, LINE, LINE)
def test_whatever_was_printed_reads_back_without_a_difference(summary, wording, duties, idea):
    data = printed(summary=summary, wording=wording, duties=duties, idea=idea)

    assert otherwise(data) == {}
    assert otherwise(without_controls(data)) == {}


def test_every_way_to_say_free_text_is_marked() -> None:
    file = read(printed())

    assert file.imprint is not None
    assert {one.source for one in file.imprint.passages} == set(SOURCES)


@pytest.mark.parametrize("reads", [lambda data: data, without_controls], ids=["controls", "bare"])
def test_an_edited_passage_is_the_only_one_that_differs(reads) -> None:
    data = edited(reads(printed()), ("Làm đường trục thôn", "Làm đường liên xã"))

    assert otherwise(data) == {WORDING: "Làm đường liên xã"}


def test_a_paragraph_that_was_added_in_a_control_belongs_to_the_passage() -> None:
    added = "ngày công.</w:t></w:r></w:p><w:p><w:r><w:t>Tặng sách."
    data = edited(printed(), ("ngày công.", added))

    assert otherwise(data)[SUMMARY].split("\n")[-1] == "Tặng sách."


def test_tracked_changes_are_read_as_accepted_and_counted() -> None:
    change = (
        'Vận động </w:t></w:r><w:del w:id="1" w:author="A"><w:r><w:delText>hiến đất.</w:delText>'
        '</w:r></w:del><w:ins w:id="2" w:author="A"><w:r><w:t>góp công.</w:t></w:r></w:ins>'
        "<w:r><w:t>"
    )
    data = edited(printed(), ("Vận động hiến đất.", change))

    assert read(data).revisions == 2
    assert otherwise(data)[SUMMARY].startswith("Vận động góp công.")


def test_letters_of_old_fonts_are_read_in_those_of_today_and_counted() -> None:
    old = (
        '</w:t></w:r><w:r><w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr>'
        "<w:t>Lµm ®\u00adêng liªn x·</w:t></w:r><w:r><w:t>"
    )
    data = edited(printed(), ("Làm đường trục thôn", old))

    assert read(data).old_letters == 1
    assert otherwise(data) == {WORDING: "Làm đường liên xã"}


def test_words_split_into_runs_and_beautified_are_no_change() -> None:
    data = edited(
        printed(idea='Giảm "nửa" thời gian - đúng.'),
        ('"nửa"', "“nửa”</w:t></w:r><w:r><w:t>\u00a0"),
        ("- đúng", "–\u00a0\u200bđúng"),
    )

    assert otherwise(data) == {}


def test_equal_dossiers_are_equal_bytes_still() -> None:
    assert printed() == printed()


def test_what_says_no_free_text_carries_no_imprint() -> None:
    data = DocxPapers(FONTS).docx(a_dossier())

    assert read(data).imprint is None
    assert "customXml/item1.xml" not in zipfile.ZipFile(BytesIO(data)).namelist()


def test_a_file_holds_no_words_that_were_taken_out_of_it() -> None:
    data = edited(printed(), ("Vận động hiến đất.", ""))
    held = b"".join(zipfile.ZipFile(BytesIO(data)).read(name) for name in names(data))

    assert "hiến đất".encode() not in held
    assert read(data).imprint is not None


def test_an_imprint_comes_through_as_it_is_and_is_refused_when_it_is_not_whole() -> None:
    imprint = read(printed()).imprint
    assert imprint is not None
    text = imprint_text(imprint)

    assert imprint_from(text) == imprint
    for broken in (text[:-9], "", "AAAA", text.replace(text[40:44], "____")):
        with pytest.raises(ValueError, match=r".*"):
            imprint_from(broken)


def test_what_was_asked_comes_through() -> None:
    asked = (Asked(AskedSort.OFFICE, form="F32", year=2024), Asked(AskedSort.PROPOSAL, SUMMARY.id))
    dossier = a_told_dossier()
    data = DocxPapers(FONTS).docx(a_dossier(*dossier.papers, asked=asked))
    imprint = read(data).imprint

    assert imprint is not None
    assert imprint.asked == asked


def test_the_tag_of_every_field_of_free_text_fits_into_word() -> None:
    sources = [
        Source(kind_name(kind), RECIPIENT.id, spec.name, is_part=True)
        for kind in KINDS
        for spec in specs(kind)
        if is_free_text(kind, spec.name)
    ]

    assert sources
    assert max(len(tag_of(one)) for one in sources) <= LONGEST_TAG
    assert [source_of_tag(tag_of(one)) for one in sources] == sources


@pytest.mark.parametrize(
    "tag",
    ["", "tdkt", "tdkt:proposal:x:summary", "other:proposal:AAAA:summary", "tdkt:unit:A:name"]
    + [tag_of(SUMMARY).replace(name, other) for name, other in (("summary", "year"), ("pro", "x"))],
)
def test_a_tag_that_names_no_free_text_is_passed_over(tag) -> None:
    assert source_of_tag(tag) is None


def a_package(**parts: str) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/"), content)
    return written.getvalue()


def a_macro_file() -> bytes:
    return edited(
        printed(), ("wordprocessingml.document.main", "ms-word.document.macroEnabled.main"),
        part="[Content_Types].xml",
    )  # fmt: skip


def a_bomb() -> bytes:
    return a_package(**{"[Content_Types].xml": "wordprocessingml.document.main+xml", "a": "0" * 10**8 * 2})  # fmt: skip  # noqa: E501


def with_entities() -> bytes:
    return edited(
        printed(), ("<w:document", '<!DOCTYPE d [<!ENTITY e "boom">]><w:document'), ("hiến", "&e;")
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Unreturnable.NOT_WORD),
        (b"hello", Unreturnable.NOT_WORD),
        (b"%PDF-1.7 x", Unreturnable.PDF),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Unreturnable.OLD_WORD),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            Unreturnable.LOCKED,
        ),
        (a_macro_file(), Unreturnable.MACROS),
        (a_bomb(), Unreturnable.TOO_LARGE),
        (a_package(**{"xl__workbook.xml": "x"}), Unreturnable.NOT_WORD),
        (printed()[:-400], Unreturnable.DAMAGED),
        (a_package(**{"[Content_Types].xml": "wordprocessingml.document.main+xml"}), None),
    ],
)
def test_what_is_no_word_document_is_refused_with_its_reason(content, reason) -> None:
    with pytest.raises(UnreturnableFileError) as refused:
        read(content)

    assert refused.value.reason is (reason or Unreturnable.DAMAGED)


def test_a_theme_without_fonts_names_none() -> None:
    written = BytesIO()
    docx.Document().save(written)
    bare = b'<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>'
    themeless = with_parts(
        written.getvalue(), lambda name, part: bare if name.endswith("theme1.xml") else part
    )
    assert read(themeless).looks == read(written.getvalue()).looks


def test_entities_are_not_resolved() -> None:
    assert "boom" not in "".join(line.words for line in read(with_entities()).lines)


def test_comments_are_read_aloud() -> None:
    document = docx.Document(BytesIO(printed()))
    document.add_comment(document.paragraphs[0].runs, text="Xem lại số liệu", author="A")
    written = BytesIO()
    document.save(written)

    assert read(written.getvalue()).comments == ("Xem lại số liệu",)


@pytest.mark.skipif(SOFFICE is None, reason=WHY)
def test_what_went_through_libreoffice_reads_back_with_only_what_was_edited(tmp_path: Path) -> None:
    files = {
        "same": printed(),
        "edited": edited(printed(), ("Làm đường trục thôn", "Làm cầu"), ("Sở Nội vụ", "Sở Y tế")),
    }
    saved = as_saved_by_libreoffice(files, tmp_path)

    assert otherwise(saved["same"]) == {}
    assert otherwise(saved["edited"]).keys() == {WORDING, RECIPIENT}


def names(data: bytes) -> list[str]:
    return zipfile.ZipFile(BytesIO(data)).namelist()
