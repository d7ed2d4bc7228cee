"""Papers as PDF: a thousand dossiers each in a file, all in one, and a list of five thousand.

`PYTHONPATH=src:tests python tests/benchmarks/pdf_bench.py [--dossiers N] [--rows N] [--rounds N]`:
the same words set by the library's plain means (platypus: a file for each letter, a `LongTable` of
paragraphs) are the measure. The ways take turns, a figure is a median. Memory is what a process of
its own has at most; two processes share the letters between them, their starts are counted in.
Nothing is judged.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, LongTable, Paragraph, SimpleDocTemplate, Table

from builders import a_dossier, a_letter, a_list
from thidua_desktop.app.paths import resources
from thidua_desktop.domain import pages
from thidua_desktop.domain.dossiers import Letter, ListGroup, NomineeList
from thidua_desktop.domain.pages import MOTTO, STATE, Page
from thidua_desktop.formats import layout
from thidua_desktop.formats.pdf.fonts import BOLD, REGULAR, register_fonts
from thidua_desktop.formats.pdf.papers import PdfPapers
from thidua_desktop.services.pages.forms import page_of

FONTS = resources() / "fonts"
PAPERS = PdfPapers(FONTS)
WIDTH = 165 * layout.MM
BODY = ParagraphStyle("body", fontName=REGULAR, fontSize=14, leading=17, alignment=4)
STRONG = ParagraphStyle("strong", fontName=BOLD, fontSize=14, leading=17, alignment=1)
CELL = ParagraphStyle("cell", fontName=REGULAR, fontSize=12, leading=14.6)
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


def plain(page: Page) -> bytes:
    """Set the words of a page by the library's plain means."""
    shown: list[Flowable] = []
    for block in page.blocks:
        shown += plain_block(block)
    written = BytesIO()
    margins = {"leftMargin": layout.LEFT, "rightMargin": layout.RIGHT}
    SimpleDocTemplate(written, pagesize=(layout.PAGE_WIDTH, layout.PAGE_HEIGHT), **margins).build(
        shown
    )
    return written.getvalue()


def plain_block(block: pages.Block) -> Iterator[Flowable]:
    match block:
        case pages.Head():
            yield plain_pair((block.agency, block.number), (STATE, MOTTO, block.place))
        case pages.Title():
            yield from (Paragraph(line.text, STRONG) for line in block.lines)
        case pages.Address():
            yield from (Paragraph(line, BODY) for line in block.lines)
        case pages.Paragraph():
            yield Paragraph(block.text, BODY)
        case pages.Table():
            yield plain_table(block)
        case pages.RecipientsAndSigner():
            yield plain_pair(block.recipients, (*block.signer.lines, block.signer.name))
        case _:
            raise NotImplementedError(block)


def plain_pair(left: tuple[str, ...], right: tuple[str, ...]) -> Table:
    cells = [[Paragraph(line, STRONG) for line in lines] for lines in (left, right)]
    return Table([cells], colWidths=[WIDTH * 0.42, WIDTH * 0.58])


def plain_table(said: pages.Table) -> LongTable:
    whole = sum(column.width for column in said.columns)
    rows = [[Paragraph(column.name, CELL) for column in said.columns]]
    for row in said.rows:
        cells = [*row.cells, *[""] * (len(said.columns) - len(row.cells))]
        rows.append([Paragraph(cell, CELL) for cell in cells])
    return LongTable(
        rows,
        colWidths=[WIDTH * column.width / whole for column in said.columns],
        repeatRows=1,
        style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")],
    )


def separate(first: int, end: int) -> None:
    for number in range(first, end):
        PAPERS.pdf(a_dossier(letter(number)))


def separate_plain(count: int) -> None:
    for number in range(count):
        plain(page_of(letter(number)))


def medians(ways: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Return the median seconds of each way; they take turns."""
    took: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            begin = time.perf_counter()
            way()
            took[name].append(time.perf_counter() - begin)
    return {name: statistics.median(times) for name, times in took.items()}


def child(*words: str) -> subprocess.Popen[str]:
    tests = Path(__file__).resolve().parents[1]
    return subprocess.Popen(
        [sys.executable, __file__, *words],
        env=os.environ | {"PYTHONPATH": f"{tests.parent / 'src'}{os.pathsep}{tests}"},
        stdout=subprocess.PIPE,
        text=True,
    )


def in_processes(count: int, processes: int) -> None:
    shares = [(count * n // processes, count * (n + 1) // processes) for n in range(processes)]
    started = [child("--letters", str(first), str(end)) for first, end in shares]
    if any(one.wait() for one in started):
        raise AssertionError(shares)


def memory(*words: str) -> int:
    """Return the MiB that a process has at most while it does this, and nothing else."""
    return int(child(*words).communicate()[0])


def most_memory() -> int:
    status = Path("/proc/self/status").read_text("utf-8").splitlines()
    return int(next(line for line in status if line.startswith("VmHWM:")).split()[1]) // 1024


def figures(count: int, rows: int, rounds: int) -> Iterator[tuple[str, float, str]]:
    """Yield what was measured: its name, the number, the goal."""
    register_fonts(FONTS)
    letters = a_dossier(*map(letter, range(count)))
    long = a_dossier(listed(rows))
    took = medians(
        {
            "plain": lambda: separate_plain(count),
            "each": lambda: separate(0, count),
            "one": lambda: PAPERS.pdf(letters),
        },
        rounds,
    )
    yield f"{count} plain letters, each ms", took["plain"] / count * 1000, ""
    yield "dossiers in files of their own / plain", took["each"] / took["plain"], "0.35"
    yield "all in one file / plain", took["one"] / took["plain"], "0.12"
    shared = medians(
        {"1": lambda: in_processes(count, 1), "2": lambda: in_processes(count, 2)}, rounds
    )
    yield "two processes / one", shared["2"] / shared["1"], "0.6"
    table = page_of(listed(rows))
    took = medians({"plain": lambda: plain(table), "list": lambda: PAPERS.pdf(long)}, rounds)
    yield f"LongTable of {rows} rows, seconds", took["plain"], ""
    yield "list / LongTable", took["list"] / took["plain"], "0.15"
    nothing = memory("--list", "1")
    yield "memory of a list of one, MiB", nothing, ""
    yield "memory of the list, MiB", memory("--list", str(rows)), "64"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--dossiers", type=int, default=200)
    parser.add_argument("--rows", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--letters", type=int, nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--list", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.letters:
        separate(*asked.letters)
    elif asked.list:
        PAPERS.pdf(a_dossier(listed(asked.list)))
        print(most_memory())
    else:
        for name, number, goal in figures(asked.dossiers, asked.rows, asked.rounds):
            print(f"{name:44} {number:9.3f}" + (f"   goal {goal}" if goal else ""), flush=True)


if __name__ == "__main__":
    main()
