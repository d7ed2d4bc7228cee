"""Write what every paper says with made-up data, for the test that holds it: after a wanted change.

PYTHONPATH=src .venv/bin/python installer/paper_words.py
"""

from __future__ import annotations

from pathlib import Path

from thidua_desktop.app.wiring import shipped_plan
from thidua_desktop.services.paper_samples import SHARED_FORMS, WITH_SAMPLES, sample_words

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "data" / "papers"


def main() -> None:
    """Write one file for each form."""
    for code in sorted(WITH_SAMPLES - SHARED_FORMS):
        words = sample_words(shipped_plan(), code)
        (FOLDER / f"{code}.txt").write_text(words, encoding="utf-8")


if __name__ == "__main__":
    main()
