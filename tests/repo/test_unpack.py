"""What the set-up unpacks is found by the bindings of Qt, and goes when they go."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

ROOT = Path(__file__).resolve().parents[2]
WHENCE = "import shiboken6, sys; print(sys.modules['shibokensupport.signature.loader'].__file__)"


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    """Return an environment with the bindings as pip leaves them."""
    home = tmp_path / "venv"
    make = [sys.executable, "-m", "venv", "--without-pip", home]
    subprocess.run(make, check=True)  # noqa: S603 - our own words
    (packages,) = home.rglob("site-packages")
    found = distribution("shiboken6")
    source = Path(str(found.locate_file("")))
    as_pip_leaves_it = ignore_patterns("files.dir", "__pycache__")
    for name in ("shiboken6", f"shiboken6-{found.version}.dist-info"):
        copytree(source / name, packages / name, ignore=as_pip_leaves_it)
    record = packages / f"shiboken6-{found.version}.dist-info" / "RECORD"
    lines = record.read_text("utf-8").splitlines(keepends=True)
    record.write_text("".join(one for one in lines if "/files.dir/" not in one), "utf-8")
    return home


def said(home: Path, *words: str | Path) -> str:
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [home / "bin" / "python", *words]
    return subprocess.run(  # noqa: S603 - our own words
        command, env=clean, check=True, capture_output=True, text=True
    ).stdout


def everything(home: Path) -> list[Path]:
    return sorted(one for one in home.rglob("*") if "shiboken6" in one.parts)


def test_unpacked_once_or_again_they_are_found_there(environment: Path) -> None:
    assert "files.dir" not in said(environment, "-c", WHENCE)
    said(environment, ROOT / "installer" / "unpack.py")
    once = everything(environment)
    (folder,) = environment.rglob("files.dir")
    assert Path(said(environment, "-c", WHENCE).strip()).is_relative_to(folder)
    assert len(list(folder.rglob("*.pyc"))) == len(list(folder.rglob("*.py"))) > 0
    (record,) = environment.rglob("RECORD")
    named = record.read_text("utf-8")
    said(environment, ROOT / "installer" / "unpack.py")
    assert everything(environment) == once
    assert record.read_text("utf-8") == named


def test_cut_short_they_are_where_they_were(environment: Path) -> None:
    said(environment, ROOT / "installer" / "unpack.py")
    (folder,) = environment.rglob("files.dir")
    before = {one: one.read_bytes() for one in folder.rglob("*.py")}
    (library,) = environment.rglob("Shiboken.abi3.so")
    library.rename(library.with_suffix(".away"))
    with pytest.raises(subprocess.CalledProcessError):
        said(environment, ROOT / "installer" / "unpack.py")
    assert {one: one.read_bytes() for one in folder.rglob("*.py")} == before


def test_they_go_with_the_package(environment: Path) -> None:
    said(environment, ROOT / "installer" / "unpack.py")
    pip = [sys.executable, "-m", "pip", "--python", environment / "bin" / "python"]
    take_away = [*pip, "uninstall", "-q", "-y", "shiboken6"]
    subprocess.run(take_away, check=True)  # noqa: S603 - our own words
    assert list(environment.rglob("files.dir")) == []
