"""F18: whatever a name says, every paper, workbook and line shows it literally and obeys nothing.

The papers and commands are those that the program itself lists: a new one is tried unasked. The
window is in `tests/ui/test_hostile_texts.py`, the rules that the source keeps in `test_rules.py`.
"""

from __future__ import annotations

import json
import re
import types
import typing
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import typer
from openpyxl import load_workbook
from pypdfium2 import raw

from builders import a_page
from journeys.cli import Office
from printed import whole_text
from reliability.figures import Measured
from reliability.hostile_texts import STEERING, TEXTS
from thidua_desktop.app.paths import resources
from thidua_desktop.cli import commands
from thidua_desktop.domain.attachments import DOCX, PDF, file_name
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.dossiers import Dossier, ListGroup, Paper
from thidua_desktop.domain.pages import (
    Block,
    Column,
    NumberedWords,
    Page,
    Paragraph,
    Row,
    RowSort,
    Table,
)
from thidua_desktop.domain.people import Person
from thidua_desktop.domain.proposals import Subject
from thidua_desktop.domain.sheets import SheetColumn, SheetLayout
from thidua_desktop.domain.text import visible
from thidua_desktop.formats.docx import elements as docx_elements
from thidua_desktop.formats.excel.workbooks import Workbooks
from thidua_desktop.formats.papers import Papers
from thidua_desktop.formats.pdf import fonts as pdf_fonts
from thidua_desktop.services.pages.forms import page_of
from written import paragraphs_of
from written import parts_of as docx_parts_of

PAPERS = Papers(resources() / "fonts")
KINDS = typing.get_args(Paper)
# What a paper obeys when it is obeyed: nothing of this may stand in one.
ACTIVE = (b"/URI", b"/JavaScript", b"/JS", b"/Launch", b"/Annots", b"/EmbeddedFile", b"/AcroForm")
OBEYED = (b"fldChar", b"instrText", b"fldSimple", b"hyperlink", b"altChunk", b"w:object")
# Words that a page of a paper has no room for beside others; they are tried one by one elsewhere.
FIT = [unicodedata.normalize("NFC", text) for text in TEXTS if len(text) < 300]


PLAIN = {PartialDate: PartialDate(2024, 11, 25), bool: True, int: 40, float: 40.0}


class Words:
    """Hands out hostile words one by one, and remembers which."""

    def __init__(self, start: int = 0) -> None:
        self._next = cycle([*FIT[start:], *FIT[:start]])
        self.given: list[str] = []

    def __call__(self) -> str:
        self.given.append(next(self._next))
        return self.given[-1]


def made(kind: Any, words: Words) -> Any:
    """Return a value of a type, every text in it hostile."""
    origin, inside = typing.get_origin(kind), typing.get_args(kind)
    match kind:
        case _ if kind in PLAIN:
            value = PLAIN[kind]
        case _ if kind is str:
            value = words()
        case _ if kind is Page:
            value = a_page(*(made(one, words) for one in typing.get_args(Block)))
        case _ if kind is NumberedWords:
            value = NumberedWords(words=(words(), words()), columns=2)
        case _ if kind is Table:  # as many cells as columns
            head = tuple(Column(name=words(), width=1, group=words()) for _ in range(2))
            row = Row(cells=(words(), words()), below=(words(),))
            heading = Row(cells=(words(),), sort=RowSort.HEADING)
            value = Table(columns=head, rows=(heading, row), closing=words())
        case _ if kind is ListGroup:  # the first column is the running number
            value = ListGroup(heading=words(), rows=((words(),), (words(),)))
        case _ if is_dataclass(kind):
            hints = typing.get_type_hints(kind, localns={"Subject": Subject})
            said = {f.name: made(hints[f.name], words) for f in fields(kind) if f.name != "form"}
            value = kind(**said | ({"form": "F00"} if "form" in hints else {}))
        case _ if origin is tuple:
            each = (inside[0],) * 2 if inside[-1:] == (...,) else inside
            value = tuple(made(one, words) for one in each)
        case _ if origin in {types.UnionType, typing.Union}:
            value = made(inside[0], words)
        case _:
            value = next(iter(kind))  # a choice
    return value


def printed(paper: Any, words: Words) -> str:
    """Print a paper; see that nothing in it is active; return what stands on it."""
    data = PAPERS.pdf(Dossier(title=words(), papers=(paper,)))
    assert not [mark for mark in ACTIVE if mark in data]
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            assert raw.FPDFPage_GetAnnotCount(page) == 0
    return whole_text(data)


def written(paper: Any, words: Words) -> str:
    """Write a paper for Word; see that nothing in it is obeyed; return what stands in it."""
    data = PAPERS.docx(Dossier(title=words(), papers=(paper,)))
    parts = docx_parts_of(data)
    assert not [mark for mark in OBEYED if mark in parts["word/document.xml"]]
    assert not [name for name, said in parts.items() if b'TargetMode="External"' in said]
    return "".join(paragraphs_of(data))


def shown(text: str) -> str:
    """Return the letters; papers put commas and stops of their own, and part lines at hyphens."""
    return re.sub(r"[\s;,.\-\u2010\u00ad]", "", visible(text)).casefold()


def beside(paper: Any) -> set[str]:
    """Return what only QR codes say, and figures that stand in the notes below them."""
    blocks = paper.blocks if isinstance(paper, Page) else (paper,)
    return {getattr(one, name, "") for one in blocks for name in ("signal", "figures")}


def unprintable(text: str) -> bool:
    """Letters without a glyph of their own, which a reader of a PDF does not give back."""
    return any(unicodedata.category(char) in {"Cf", "Mn"} or char in "\ufffd＝" for char in text)


@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_prints_whatever_it_is_told(kind: type, measured: Measured) -> None:
    start, tried = 0, set()
    while start < len(FIT):
        words = Words(start)
        paper = made(kind, words)
        whole = shown(printed(paper, words))
        unseen = {
            words.given[-1],
            page_of(paper).name,
            *beside(paper),
        }  # title, outline of the file
        in_word = shown(written(paper, words))
        for text in set(words.given[:-1]) - unseen:
            assert unprintable(visible(text)) or shown(text) in whole, text
            assert shown(text.strip()) in in_word, text
        tried |= set(words.given)
        start += max(1, len(words.given) - 1)
    assert tried == set(FIT)
    measured("F18", texts_on_papers=len(tried), active=0)


def test_a_paper_that_takes_words_for_markup_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = ") Tj ET (x"
    paper = a_page(Paragraph(text=whole))
    assert shown(whole) in shown(printed(paper, Words()))
    literal = pdf_fonts.WrittenFont.literal

    def unescaped(itself: pdf_fonts.WrittenFont, words: str) -> list[tuple[str, str]]:
        return [(name, said.replace("\\", "")) for name, said in literal(itself, words)]

    monkeypatch.setattr(pdf_fonts.WrittenFont, "literal", unescaped)
    assert shown(whole) not in shown(printed(paper, Words()))


def test_a_document_whose_words_are_not_cleaned_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    paper = made(KINDS[0], Words(FIT.index("a\x1bb")))
    written(paper, Words())
    monkeypatch.setattr(docx_elements, "said", lambda words: words)
    with pytest.raises(ValueError, match="XML compatible"):
        written(paper, Words())


# workbooks


def parts_of(path: Path) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            yield name, archive.read(name).decode("utf-8", "replace")


def test_a_workbook_says_whatever_it_is_told(tmp_path: Path, measured: Measured) -> None:
    columns = tuple(
        SheetColumn(name=f"c{n}", heading=f"Cột {n}", width=20, choices=TEXTS, example=text)
        for n, text in enumerate(TEXTS[:5])
    )
    headed = SheetColumn(name="last", heading=TEXTS[5], width=20, choices=(), example="")
    layout = SheetLayout(name="Danh sách", title=TEXTS[0], columns=(*columns, headed), hints=TEXTS)
    rows = [[text] * 6 for text in TEXTS]
    path = tmp_path / "ra.xlsx"
    Workbooks().write(path, layout, rows)
    for name, said in parts_of(path):
        assert "<f>" not in said, name
        assert "<f " not in said, name
        assert "hyperlink" not in said, name
        assert "oleObject" not in said, name
        assert not [sign for sign in "\x07\x08\x1b" if sign in said], name
    names = {name for name, _ in parts_of(path)}
    assert not [name for name in names if "external" in name or "vba" in name]
    book = load_workbook(path)
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {
        "s",
        "n",
        "inlineStr",
    }
    assert {str(cell.value) for sheet in book for row in sheet for cell in row} >= {"=1+1", "+1"}
    read = [row.cells["c0"] for row in Workbooks().read(path, layout).rows]
    assert read == [text.strip() for text in TEXTS if text.strip()]
    measured("F18", texts_in_workbooks=len(TEXTS), active=0)


# names of files


def test_a_name_of_a_file_is_a_name_whatever_it_says(tmp_path: Path) -> None:
    for mime in (PDF, DOCX):
        for text in TEXTS:
            path = tmp_path / file_name(text, mime)
            assert path.parent == tmp_path
            path.write_bytes(b"x")
            assert visible(path.name) == path.name
    assert all(path.parent == tmp_path for path in tmp_path.rglob("*"))


# the command line


def leaves(command: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Return every command that asks for nothing more than its name."""
    groups = getattr(command, "commands", {})
    for name, inside in groups.items():
        yield from leaves(inside, (*words, name))
    if not groups and not [one for one in command.params if one.required]:
        yield words


# Its bytes are what the digest is made of: for programs, and said so in the manual.
EXACT = ("records", "dump")
# They change something, or ask for words of their own; whatever else needs no words only tells.
_OF_OFFICES = ("accept", "renew", "succeed", "certify", "root-words", "root-restore")
WRITING = {("records", "submit"), ("store", "restore"), *(("office", name) for name in _OF_OFFICES)}


# What a command wants to be told although none of it is required by itself.
MORE = {("dossier", "check"): ("--all",)}


@pytest.fixture
def hostile_office(
    pair: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> tuple[Office, Path]:
    """Return an office whose persons bear these names, past everything that forms refuse."""
    with pair.office.store.write() as work:
        number = work.book.me().number
        for text in TEXTS:
            words = unicodedata.normalize("NFC", text)[:2_000]
            person = Person(id=pair.office.new_id(number), full_name=words, position=words)
            work.records.put(person, shown=None)
        work.commit()
    return Office(tmp_path / "kien-xuong", capsys), tmp_path / "kien-xuong"


def must_be_harmless(said: str) -> None:
    found = {sign for sign in STEERING if sign in said}
    assert not found, said


def test_every_command_that_tells_tells_it_harmlessly(
    hostile_office: tuple[Office, Path], capsys: pytest.CaptureFixture[str], measured: Measured
) -> None:
    office, folder = hostile_office
    tried = 0
    for words in leaves(typer.main.get_command(commands._app)):
        if words in WRITING:
            continue
        for dress in ((), ("--json",)):
            capsys.readouterr()
            code = commands_run(office, folder, (*dress, *words, *MORE.get(words, ())))
            printed_words = capsys.readouterr()
            assert code in {0, 3, 4}, (words, printed_words.err)
            must_be_harmless(printed_words.err)
            if words != EXACT:
                must_be_harmless(printed_words.out)
            tried += 1
    assert tried >= 20
    measured("F18", commands=tried, active=0)


def commands_run(_office: Office, folder: Path, words: tuple[str, ...]) -> int:
    from thidua_desktop.app.entry import run  # noqa: PLC0415

    folders = ["--data", str(folder / "data"), "--identity", str(folder / "identity")]
    return run([*folders, *words])


def test_a_file_with_a_hostile_name_is_refused_harmlessly(
    hostile_office: tuple[Office, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The name of a file is a stranger's too."""
    _, folder = hostile_office
    path = tmp_path / "gói \x1b[2J\u202etkdt.tdkt"
    path.write_bytes(b"x")
    for words in (
        ("bundle", "merge"),
        ("bundle", "plan"),
        ("bundle", "inspect"),
        ("excel", "import"),
    ):
        for dress in ((), ("--json",)):
            capsys.readouterr()
            assert commands_run(Office(folder, capsys), folder, (*dress, *words, str(path))) == 3
            said = capsys.readouterr()
            must_be_harmless(said.err)
            must_be_harmless(said.out)
            if dress:
                assert json.loads(said.out)


def test_a_line_that_is_printed_as_it_is_would_be_found(
    hostile_office: tuple[Office, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from thidua_desktop.cli import output  # noqa: PLC0415

    monkeypatch.setattr(output, "visible", lambda text: text)
    _, folder = hostile_office
    path = tmp_path / "a\x1b[2J.tdkt"
    path.write_bytes(b"x")
    capsys.readouterr()
    commands_run(Office(folder, capsys), folder, ("bundle", "merge", str(path)))
    with pytest.raises(AssertionError):
        must_be_harmless(capsys.readouterr().err)
