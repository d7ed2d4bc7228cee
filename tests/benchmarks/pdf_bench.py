"""Papers as PDF: a thousand dossiers each in a file, all in one, and a list of five thousand.

`PYTHONPATH=src:tests python tests/benchmarks/pdf_bench.py [--dossiers N] [--rows N] [--rounds N]`:
the same words in the same letters, set by the library's plain means (platypus: a file for each
letter, its fonts embedded by the library; a `LongTable` of paragraphs), are the measure. The ways
take turns, a figure is a median of CPU seconds; where two processes share the letters, of the
busier one, with the start of the second: so long it takes where nothing else runs. Memory is what
a process of its own has at most. Nothing is judged.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from builders import a_dossier, a_letter, a_list
from thidua_desktop.app.paths import resources
from thidua_desktop.domain.dossier_files import PaperFormat
from thidua_desktop.domain.dossiers import Letter, ListGroup, NomineeList
from thidua_desktop.domain.pages import Page
from thidua_desktop.formats.papers import Papers
from thidua_desktop.formats.pdf.papers import PdfPapers
from thidua_desktop.services.pages.forms import page_of

Plain = Callable[[Page], bytes]
FONTS = resources() / "fonts"
PAPERS = PdfPapers(FONTS)
NAMES = ("Nguyễn Thị Minh Ngọc", "Trần Văn Đức", "Phạm Quang Vũ", "Đỗ Hoàng Yến", "Lê Ẩn")
POSTS = ("Phó Trưởng phòng Tài chính - Kế hoạch", "Chủ tịch Hội Nông dân xã", "Công chức địa chính")
MERITS = (
    "Vận động 412 hộ hiến 12.500 m² đất làm đường giao thông nông thôn.",
    "Tham mưu tiết kiệm 5 % chi thường xuyên, cắt giảm 03 cuộc họp mỗi tháng.",
)


def letter(number: int) -> Letter:
    """Return a letter of one page; each says something of its own."""
    name, post = NAMES[number % 5], POSTS[number % 3]
    asked = (
        f"Kính đề nghị tặng Giấy khen cho {name}, {post}, hồ sơ số {number}. {MERITS[number % 2]}"
    )
    return a_letter(body=(asked, *MERITS), nominees=(f"1. {name}, {post}.",))


def listed(rows: int) -> NomineeList:
    def row(number: int) -> tuple[str, ...]:
        name = f"{NAMES[number % 5]} {number}"
        return name, str(1960 + number % 40), POSTS[number % 3], MERITS[number % 2]

    group = ListGroup(heading="I. Cá nhân", rows=tuple(map(row, range(rows))))
    return a_list(groups=(group,), closing=f"Danh sách có {rows} cá nhân./.")


def separate(first: int, end: int) -> None:
    """Print dossiers into files of their own, as they are saved."""
    with TemporaryDirectory() as folder:
        for number in range(first, end):
            (Path(folder) / f"{number}.pdf").write_bytes(PAPERS.pdf(a_dossier(letter(number))))


def separate_plain(plain: Plain, count: int) -> None:
    with TemporaryDirectory() as folder:
        for number in range(count):
            (Path(folder) / f"{number}.pdf").write_bytes(plain(page_of(letter(number))))


def medians(ways: dict[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """Return the median seconds of each way; they take turns."""
    took: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            took[name].append(way())
    return {name: statistics.median(times) for name, times in took.items()}


def timed(way: Callable[[], object]) -> Callable[[], float]:
    def took() -> float:
        begin = time.process_time()
        way()
        return time.process_time() - begin

    return took


def child(*words: object) -> subprocess.Popen[str]:
    """Begin a process; one that it begins in turn loads what the program's would, not this file."""
    tests = Path(__file__).resolve().parents[1]
    program = "from benchmarks.pdf_bench import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, words)],
        env=os.environ | {"PYTHONPATH": f"{tests.parent / 'src'}{os.pathsep}{tests}"},
        stdout=subprocess.PIPE,
        text=True,
    )


def shared(count: int) -> None:
    """Print dossiers into files as the program does: by two processes where they are many."""
    jobs = [(a_dossier(letter(number)), PaperFormat.PDF) for number in range(count)]
    with TemporaryDirectory() as folder:

        def write(place: int, content: bytes) -> None:
            (Path(folder) / f"{place}.pdf").write_bytes(content)

        Papers(FONTS).make_each(jobs, write)


def seconds(*words: object) -> float:
    """Return the CPU seconds that this takes a process that has begun, or the one beside it."""
    return float(child(*words).communicate()[0].split()[1])


def busier(begun: float) -> float:
    """Return the CPU seconds since then, or those of the process beside if it had more to do."""
    took = os.times()
    return max(time.process_time() - begun, took.children_user + took.children_system)


def memory(*words: object) -> int:
    """Return the MiB that a process has at most while it does this, and nothing else."""
    return int(child(*words).communicate()[0].split()[0])


def most_memory() -> int:
    status = Path("/proc/self/status").read_text("utf-8").splitlines()
    return int(next(line for line in status if line.startswith("VmHWM:")).split()[1]) // 1024


def figures(count: int, rows: int, rounds: int) -> Iterator[tuple[str, float, str]]:
    """Yield what was measured: its name, the number, the goal."""
    letters = a_dossier(*map(letter, range(count)))
    separate(0, 2)
    # The processes whose memory is taken do not load what papers are measured by.
    from benchmarks.plain_papers import plain, register_plain_fonts  # noqa: PLC0415

    register_plain_fonts()
    separate_plain(plain, 2)
    took = medians(
        {
            "plain": timed(lambda: separate_plain(plain, count)),
            "each": timed(lambda: separate(0, count)),
            "one": timed(lambda: PAPERS.pdf(letters)),
        },
        rounds,
    )
    yield f"{count} plain letters, each ms", took["plain"] / count * 1000, ""
    yield "dossiers in files of their own / plain", took["each"] / took["plain"], "0.35"
    yield "all in one file / plain", took["one"] / took["plain"], "0.12"
    took = medians(
        {
            "one": lambda: seconds("--letters", 0, count),
            "two": lambda: seconds("--shared", count),
        },
        rounds,
    )
    yield f"one process, {count} dossiers, seconds", took["one"], ""
    yield "two processes / one", took["two"] / took["one"], "0.6"
    long, table = a_dossier(listed(rows)), page_of(listed(rows))
    took = medians(
        {"plain": timed(lambda: plain(table)), "list": timed(lambda: PAPERS.pdf(long))}, rounds
    )
    yield f"LongTable of {rows} rows, seconds", took["plain"], ""
    yield "list / LongTable", took["list"] / took["plain"], "0.15"
    yield "memory of a list of one, MiB", memory("--list", 1), ""
    yield "memory of the list, MiB", memory("--list", rows), "64"
    yield "memory of the dossiers in files, MiB", memory("--letters", 0, count), "64"
    yield "memory of the dossiers in one file, MiB", memory("--one", count), "64"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--dossiers", type=int, default=200)
    parser.add_argument("--rows", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--letters", type=int, nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--shared", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--list", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.letters or asked.shared or asked.one or asked.list:
        begun = time.process_time()
        if asked.letters:
            separate(*asked.letters)
        elif asked.shared:
            shared(asked.shared)
        elif asked.one:
            PAPERS.pdf(a_dossier(*map(letter, range(asked.one))))
        else:
            PAPERS.pdf(a_dossier(listed(asked.list)))
        print(most_memory(), busier(begun))
    else:
        for name, number, goal in figures(asked.dossiers, asked.rows, asked.rounds):
            print(f"{name:44} {number:9.3f}" + (f"   goal {goal}" if goal else ""), flush=True)


if __name__ == "__main__":
    main()
