"""The repository keeps what its documents promise."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = {"src", "resources", "tests", "installer", ".ci"}


def kept() -> list[str]:
    """Return the files of the repository: what `.gitignore` does not name. It needs no git."""
    lines = (ROOT / ".gitignore").read_text("utf-8").split()
    ignored = [".git", *(line.strip("/") for line in lines)]
    found = []
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [f for f in folders if not any(fnmatch(f, one) for one in ignored)]
        names = [f for f in files if not any(fnmatch(f, one) for one in ignored)]
        found += [(Path(folder) / name).relative_to(ROOT).as_posix() for name in names]
    return found


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    found = {}
    for name in kept():
        path = ROOT / name
        if path.suffix not in {".png", ".ttf", ".xlsx", ".xz", ".tdkt"} and path.is_file():
            found[name] = path.read_text("utf-8")
    return found


def test_the_top_level_holds_what_the_layout_says() -> None:
    assert {Path(name).parts[0] for name in kept() if "/" in name} <= FOLDERS


def test_no_file_names_a_machine_or_a_registry(texts: dict[str, str]) -> None:
    machine = re.compile("/" + "work/|/" + "root/|pypi\\.|files\\.python" + "hosted|deb\\.debian")
    wrong = {name for name, text in texts.items() if machine.search(text)}
    assert wrong == set()


def test_the_version_has_its_line_in_the_changelog(texts: dict[str, str]) -> None:
    from thidua_desktop import __version__  # noqa: PLC0415

    version = tomllib.loads(texts["pyproject.toml"])["project"]["version"]
    assert version == __version__
    assert f"## {version}" in texts["CHANGELOG.md"]


def test_the_two_commands_are_there_and_run(texts: dict[str, str]) -> None:
    for command in ("installer/run", "installer/test"):
        assert f"./{command}" in texts["README.md"]
        assert os.access(ROOT / command, os.X_OK)


def test_an_ordinary_user_without_the_libraries_is_told_the_line_to_run(tmp_path: Path) -> None:
    nobody = tmp_path / "id"
    nobody.write_text("#!/bin/sh\necho 1000\n")
    nobody.chmod(0o755)
    said = subprocess.run(  # noqa: S603 - our own script
        [ROOT / "installer" / "run"],
        env={"PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHON": "khong-co-python"},
        capture_output=True,
        check=False,
    )
    line = "sudo apt-get install --no-install-recommends python3 python3-venv ca-certificates"
    assert said.returncode == 1
    assert line in said.stderr.decode()


def test_what_the_documents_name_is_there(texts: dict[str, str]) -> None:
    source = ROOT / "src" / "thidua_desktop"
    named = re.findall(r"`([\w/]+\.py)`", texts["src/thidua_desktop/ARCHITECTURE.md"])
    places = (source, source / "storage" / "ledger")
    assert named
    for name in named:
        assert any((place / name).is_file() for place in places), name
    for name in re.findall(r"`((?:src|resources|installer|tests)/[\w./-]+)`", texts["README.md"]):
        assert (ROOT / name).exists(), name


def test_the_locks_hold_what_the_project_pins(texts: dict[str, str]) -> None:
    project = tomllib.loads(texts["pyproject.toml"])["project"]
    pins = project["dependencies"]
    dev = project["optional-dependencies"]["dev"]
    for lock, wanted in (("requirements.txt", pins), ("requirements-dev.txt", [*pins, *dev])):
        locked = set(re.findall(r"^([\w.-]+==[\w.]+)", texts[lock], re.MULTILINE))
        plain = {one.lower().replace("_", "-") for one in locked}
        assert {one.lower().replace("_", "-") for one in wanted} <= plain
        assert "--hash=sha256:" in texts[lock]


def test_the_manual_lists_each_of_its_pages_once() -> None:
    manual = ROOT / "resources" / "manual"
    contents = (manual / "muc-luc.md").read_text("utf-8")
    listed = re.findall(r"^(\d+)\. \[[^]]+\]\((.+?)\)", contents, re.MULTILINE)
    assert sorted(name for _, name in listed) == sorted(
        page.name for page in manual.glob("*.md") if page.name != "muc-luc.md"
    )
    assert [int(number) for number, _ in listed] == list(range(1, len(listed) + 1))


def test_every_page_and_picture_of_the_manual_is_there() -> None:
    manual = ROOT / "resources" / "manual"
    for page in manual.glob("*.md"):
        for target in re.findall(r"\]\(([^)]+)\)", page.read_text("utf-8")):
            assert (manual / target).is_file(), (page.name, target)


def test_fonts_come_with_their_licences() -> None:
    fonts = ROOT / "resources" / "fonts"
    assert {path.suffix for path in fonts.iterdir()} == {".ttf", ".txt"}
    for family in ("LiberationSerif", "NotoSans"):
        licence = (fonts / f"LICENSE-{family}.txt").read_text("utf-8")
        assert "SIL OPEN FONT LICENSE" in licence


def test_no_unfinished_marks_are_left(texts: dict[str, str]) -> None:
    mark = re.compile("TO" + "DO|FIX" + "ME|pytest\\.sk" + "ip|mark\\.xf" + "ail")
    wrong = {n for n, text in texts.items() if n.endswith(".py") and mark.search(text)}
    assert wrong == set()
