"""Start: process start to the first painted window, as a ratio to a bare window of Qt.

`python tests/benchmarks/start_bench.py [ROUNDS]` prints medians and ratios, by the clock and in
seconds of the processor. The goal is 1.25 and less. Two bare windows are the measure: one with the
bindings of Qt as they are delivered, and one as the set-up leaves them (`installer/unpack.py`), as
the program has them too. All are started in turn, so that a slow minute falls on each.
"""

from __future__ import annotations

import os
import resource
import runpy
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import distribution
from pathlib import Path
from shutil import copytree, ignore_patterns

HERE = Path(__file__).resolve()
ROOT = HERE.parents[2]
CHILD = HERE.parents[1] / "first_paint.py"
SOURCE = ROOT / "src"
SET_UP = runpy.run_path(str(ROOT / "installer" / "unpack.py"))


def environment(*first: Path) -> dict[str, str]:
    # Compiled modules are kept, as they are for every user.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    path = os.pathsep.join(map(str, (*first, SOURCE)))
    return {**kept, "PYTHONPATH": path, "QT_QPA_PLATFORM": "offscreen"}


def seconds(bindings: Path, target: str) -> tuple[float, float]:
    """Return how long it took by the clock, and the processor."""
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        [sys.executable, str(CHILD), target],
        env=environment(bindings),
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - begin, worked


def bindings_in(folder: Path) -> tuple[Path, Path]:
    """Return where the bindings are as delivered, and where as the set-up leaves them."""
    package = Path(str(distribution(SET_UP["NAME"]).locate_file(SET_UP["NAME"])))
    delivered, unpacked = folder / "delivered", folder / "unpacked"
    copytree(package, delivered / SET_UP["NAME"], ignore=ignore_patterns(SET_UP["UNPACKED"]))
    SET_UP["unpack_into"](unpacked, package)
    return delivered, unpacked


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
        delivered, unpacked = bindings_in(Path(folder))
        ways = {
            "bare window, Qt as delivered": (delivered, "bare"),
            "bare window, Qt unpacked": (unpacked, "bare"),
            "program, Qt as delivered": (delivered, folder),
            "program, Qt unpacked": (unpacked, folder),
        }
        took: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
        for turn in range(rounds + 1):
            for name, way in ways.items():
                one = seconds(*way)
                if turn:  # by then the files are in the cache for all
                    took[name].append(one)
    clock, work = (
        {name: statistics.median(one[side] for one in times) for name, times in took.items()}
        for side in (0, 1)
    )
    for name in ways:
        print(f"{name:30} {clock[name] * 1000:6.0f} ms, at work {work[name] * 1000:6.0f} ms")
    limit, same, old, ours = ways
    for said, top, bottom in (
        ("as delivered, both", old, limit),
        ("unpacked, both", ours, same),
        ("unpacked / bare as delivered", ours, limit),
    ):
        print(
            f"ratio {said:30} {clock[top] / clock[bottom]:5.2f}, "
            f"at work {work[top] / work[bottom]:5.2f}   goal 1.25"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
