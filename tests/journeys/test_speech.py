"""The command line speaks Vietnamese, the library's own words too; a path that is none is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.core import TyperCommand

from journeys.cli import Office
from thidua_desktop.app.entry import run
from thidua_desktop.cli import commands

_ENGLISH = re.compile(
    r"\b(Usage|Options?|Arguments?|Commands?|Show|Missing|No such|Invalid|required|default"
    r"|requires?|unexpected|Got|Did|should|valid|not one of|extra|value)\b"
)


def _everything(command: Any, *names: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield names, command
    for name, below in getattr(command, "commands", {}).items():
        yield from _everything(below, *names, name)


def _all() -> list[tuple[tuple[str, ...], Any]]:
    return list(_everything(typer.main.get_command(commands._app)))


def _context(command: Any) -> Any:
    return command.make_context("x", [], resilient_parsing=True)


def test_every_help_text_is_vietnamese() -> None:
    found = _all()
    assert len(found) > 50
    for names, command in found:
        help_text = command.get_help(_context(command))
        assert not re.search(r"\{[a-z]|<(?:list|str|int|UUID|path|%)", help_text), help_text
        said = re.sub(r"--[\w-]+|<.*?>|\[\w+\|.*?\]", "", help_text)
        assert not _ENGLISH.findall(said.replace("[mặc định: default", "")), (names, said)


def test_the_librarys_own_help_is_found_out() -> None:
    leaf = next(command for names, command in _all() if names == ("bundle", "merge"))
    assert _ENGLISH.search(TyperCommand.get_help(leaf, _context(leaf)))


@pytest.mark.parametrize(
    "words",
    [
        ("bundle",),
        ("khong-co",),
        ("reports",),
        ("bundle", "merge"),
        ("bundle", "merge", "--la", "x"),
        ("bundle", "import", "x"),
        ("bundle", "undo"),
        ("bundle", "undo", "abc"),
        ("bundle", "slip", "abc", "--out", "x"),
        ("bundle", "export", "--out"),
        ("bundle", "export", "--full=có", "--out", "x"),
        ("office", "create", "--unit", "x", "--role", "vua"),
        ("dossier", "print", "--proposal", "abc", "--out", "x"),
        ("dossier", "print", "--submission", "abc", "--out", "x"),
        ("dossier", "print", "--all", "--out", "x", "--format", "pdf,odt"),
        ("records", "history", "abc"),
        ("records", "history"),
        ("records", "submit", "abc"),
        ("records", "dump", "thừa"),
        ("questions", "close", "abc"),
        ("same", "part", "person", "abc"),
        ("files", "save", "abc", "--out", "x"),
        ("demo",),
    ],
)
def test_a_wrong_command_is_told_in_vietnamese(
    office: Callable[[str], Office], words: tuple[str, ...]
) -> None:
    said = office("khong-ai")(*words)
    assert said.code == 2
    assert re.match(r"(Sai cách dùng: \S|Cách dùng: thidua-desktop)", said.err)
    assert not _ENGLISH.findall(re.sub(r"--[\w-]+", "", said.err)), said.err
    assert "'" not in said.err


def test_a_folder_is_no_file_and_has_a_name(
    district: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = district.digest()
    here = tmp_path / "thư mục"
    here.mkdir()
    monkeypatch.chdir(here)
    for words in (
        ("bundle", "merge", "."),
        ("excel", "import", "."),
        ("records", "put", "."),
        ("bundle", "export", "--out", "."),
        ("store", "restore", "."),
    ):
        said = district(*words)
        assert said.code == 3, said
        assert "thư mục" in said.err
        assert said.err.strip().endswith(".")
    assert district.digest() == before
    assert not list(here.iterdir())


@pytest.mark.parametrize(
    "words",
    [
        ("bundle", "list"),
        ("bundle", "missing"),
        ("differences", "list"),
        ("dossier", "print", "--all", "--out", "."),
        ("files", "list"),
        ("questions", "list"),
        ("same", "list"),
        ("store", "backups"),
        ("units", "groups"),
    ],
)
def test_where_there_is_nothing_a_command_says_so(
    words: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folders = ("--data", str(tmp_path / "data"), "--identity", str(tmp_path / "identity"))
    assert run([*folders, "office", "create", "--unit", "ubnd-343", "--role", "office"]) == 0
    capsys.readouterr()
    assert run([*folders, *words]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.endswith(".")


def test_the_values_of_a_record_are_told_as_the_window_tells_them(
    district: Office, tmp_path: Path
) -> None:
    fields = {"full_name": "Hà Thị Mỵ", "gender": "female", "birth_date": "1988-08"}
    said = district.put(tmp_path / "x.jsonl", {"kind": "person", "fields": fields})
    person = said.json["records"][0]["id"]
    district.done("records", "submit", "--all")
    district.done("records", "redact", person, "--field", "birth_date", "--reason", "theo luật")
    lines = district.in_words("records", "history", person).out
    assert "Giới tính: Nữ" in lines
    assert "Ngày sinh: đã xóa theo luật" in lines
    assert "Ngày sinh: (để trống)" in lines
    assert "None" not in lines
    assert "female" not in lines
