"""Unpack what the bindings of Qt would compile anew at each start. `installer/run` calls it.

.venv/bin/python installer/unpack.py

They carry modules in Python within their library, and compile them whenever a program begins. Their
own switch (SBK_EMBED) lays them beside it, and the library takes them from there from then on. They
are written elsewhere, compiled, and put there whole: a set-up that was cut short leaves nothing.
The record of the package names them, so that pip takes them away with it.
"""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path
from shutil import copytree, ignore_patterns
from tempfile import TemporaryDirectory

NAME = "shiboken6"
UNPACKED = "files.dir"


def unpack_into(folder: Path, package: Path) -> Path:
    """Make a copy of the package in a folder, with its modules unpacked; return it."""
    copy = copytree(package, folder / NAME, ignore=ignore_patterns(UNPACKED, "__pycache__"))
    subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", f"import {NAME}"],
        env={**os.environ, "PYTHONPATH": str(folder), "SBK_EMBED": "0"},
        check=True,
    )
    compileall.compile_dir(copy / UNPACKED, quiet=1)
    return copy


def unpack(package: Path, record: Path) -> None:
    """Put the unpacked modules of a package into it, in place of those there."""
    with TemporaryDirectory(dir=package.parent) as folder:
        made, place = unpack_into(Path(folder), package) / UNPACKED, package / UNPACKED
        if place.exists():
            place.rename(Path(folder) / "old")
        made.rename(place)
        named = record.read_text("utf-8")
        files = sorted(one.relative_to(package.parent).as_posix() for one in place.rglob("*.py"))
        added = "".join(f"{one},,\n" for one in files if one not in named)
        # In a file of its own: this one may be the same as in a cache, where environments share it.
        written = Path(folder) / "RECORD"
        written.write_text(named + added, "utf-8")
        written.replace(record)


def main() -> None:
    """Unpack them in the environment that runs this."""
    found = distribution(NAME)
    package = Path(str(found.locate_file(NAME)))
    (record,) = package.parent.glob(f"{NAME}-{found.version}.dist-info/RECORD")
    unpack(package, record)


if __name__ == "__main__":
    main()
