"""Start: process start to the first painted window, as a ratio to a bare window of Qt.

`python tests/benchmarks/start_bench.py [ROUNDS]` prints the medians and their ratio. The goal is
2.0 and less; the two are started in turn, so that a slow minute falls on both.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve()
CHILD = HERE.parents[1] / "first_paint.py"
SOURCE = HERE.parents[2] / "src"


def environment() -> dict[str, str]:
    # Compiled modules are kept, as they are for every user.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(SOURCE), "QT_QPA_PLATFORM": "offscreen"}


def seconds(target: str) -> float:
    begin = time.perf_counter()
    subprocess.run(
        [sys.executable, str(CHILD), target],
        env=environment(),
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - begin


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [
                *(sys.executable, "-m", "thidua_desktop"),
                *("--data", f"{folder}/data", "--identity", f"{folder}/identity"),
                *("office", "create", "--unit", "34", "--role", "province"),
            ],
            env=environment(),
            check=True,
            stdout=subprocess.DEVNULL,
        )
        seconds("bare"), seconds(folder)  # the files are in the cache for both
        bare, program = [], []
        for _ in range(rounds):
            bare.append(seconds("bare"))
            program.append(seconds(folder))
    limit, ours = statistics.median(bare), statistics.median(program)
    print(f"bare window  {limit * 1000:7.0f} ms")
    print(f"program      {ours * 1000:7.0f} ms")
    print(f"ratio        {ours / limit:7.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
