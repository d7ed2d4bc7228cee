"""The first painted window has loaded nothing that it does not need."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from thidua_desktop.storage.store import DATABASE

REPOSITORY = Path(__file__).resolve().parents[2]


def loaded(folder: Path, *, also: str = "json") -> list[str]:
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data" / DATABASE).touch()
    script = REPOSITORY / "tests" / "first_paint.py"
    code = f"import {also}, runpy; runpy.run_path({str(script)!r}, run_name='__main__')"
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-c", code, str(folder)],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY / "src"), "QT_QPA_PLATFORM": "offscreen"},
        check=True,
        capture_output=True,
        timeout=60,
    )
    found: list[str] = json.loads(done.stdout)
    return found


def test_no_heavy_library_is_loaded_at_first_paint(tmp_path: Path) -> None:
    assert loaded(tmp_path) == []


@pytest.mark.parametrize("library", ["sqlalchemy", "openpyxl", "reportlab"])
def test_a_heavy_library_would_be_seen(library: str, tmp_path: Path) -> None:
    assert library in loaded(tmp_path, also=library)
