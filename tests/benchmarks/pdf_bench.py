"""Papers as PDF: a thousand dossiers each in a file, all in one, and a list of five thousand.

`PYTHONPATH=src:tests python tests/benchmarks/pdf_bench.py [--dossiers N] [--rows N] [--rounds N]`:
the same words in the same letters, set by the library's plain means (platypus: a file for each
letter, its fonts embedded by the library; a `LongTable` of paragraphs), are the measure. The ways
take turns, a figure is a median of CPU seconds; where processes share the letters, of seconds on
the clock, their starts counted in. Memory is what a process of its own has at most. Nothing is
judged.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    Flowable,
    HRFlowable,
    KeepTogether,
    LongTable,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)

from builders import a_dossier, a_letter, a_list
from thidua_desktop.app.paths import resources
from thidua_desktop.domain import pages
from thidua_desktop.domain.dossiers import Letter, ListGroup, NomineeList
from thidua_desktop.domain.pages import MOTTO, STATE, Page, SizeSet
from thidua_desktop.formats import layout
from thidua_desktop.formats.pdf.fonts import BOLD, FILES, REGULAR
from thidua_desktop.formats.pdf.papers import PdfPapers
from thidua_desktop.formats.pdf.styles import Styles
from thidua_desktop.services.pages.forms import page_of

FONTS = resources() / "fonts"
PAPERS = PdfPapers(FONTS)
WIDTH = 165 * layout.MM
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
    """Set the words of a page by the library's plain means, in the same letters."""
    shown: list[Flowable] = []
    for block in page.blocks:
        shown += plain_block(block)
    written = BytesIO()
    margins = {
        "leftMargin": layout.LEFT,
        "rightMargin": layout.RIGHT,
        "topMargin": layout.TOP,
        "bottomMargin": layout.BOTTOM,
    }
    size = (layout.PAGE_WIDTH, layout.PAGE_HEIGHT)
    SimpleDocTemplate(written, pagesize=size, **margins).build(shown)
    return written.getvalue()


def plain_block(block: pages.Block) -> Iterator[Flowable]:
    styles = plain_styles()
    match block:
        case pages.Head():
            left = [paragraph(line, styles.agency) for line in (block.parent, block.agency) if line]
            right = [paragraph(STATE, styles.state), paragraph(MOTTO, styles.motto)]
            yield side_by_side([*left, rule(0.2)], [*right, rule(0.6)])
            yield side_by_side(
                [paragraph(block.number, styles.number)], [paragraph(block.place, styles.place)]
            )
        case pages.Title():
            yield Spacer(0, layout.ABOVE_TITLE)
            yield from (paragraph(line.text, styles.titles[line.role]) for line in block.lines)
            yield rule(0.2)
        case pages.Address():
            yield paragraph(pages.ADDRESSED, styles.address)
            yield from (paragraph(line, styles.address) for line in block.lines)
        case pages.Paragraph():
            yield paragraph(block.text, styles.roles[block.role])
        case pages.Table():
            yield plain_table(block)
        case pages.RecipientsAndSigner():
            head = paragraph(pages.RECIPIENTS, styles.recipients_head)
            left = [head, *(paragraph(line, styles.recipients) for line in block.recipients)]
            right = [paragraph(line, styles.signer) for line in block.signer.lines]
            name = paragraph(block.signer.name, styles.signer)
            yield KeepTogether(side_by_side(left, [*right, Spacer(0, layout.SIGNING_ROOM), name]))
        case _:
            raise NotImplementedError(block)


@cache
def plain_styles() -> Styles:
    """Return our styles in fonts of which the library cuts a subset for each file."""
    styles = Styles(layout.SIZES[SizeSet.LARGE])
    for held in (vars(styles), styles.titles, styles.roles):
        for name, style in list(held.items()):
            if isinstance(style, ParagraphStyle):
                held[name] = style.clone(style.name, fontName=f"Plain{style.fontName}")
    return styles


def register_plain_fonts() -> None:
    for name, file in FILES.items():
        pdfmetrics.registerFont(TTFont(f"Plain{name}", FONTS / file))
    regular, bold, italic, both = (f"Plain{name}" for name in FILES)
    pdfmetrics.registerFontFamily(regular, regular, bold, italic, both)


def paragraph(words: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(words), style)


def rule(part: float) -> HRFlowable:
    return HRFlowable(f"{part:.0%}", thickness=layout.RULE_WIDTH, color=colors.black)


def side_by_side(left: list[Flowable], right: list[Flowable]) -> Table:
    style = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("FONTNAME", (0, 0), (-1, -1), f"Plain{REGULAR}")]
    return Table([[left, right]], colWidths=[WIDTH * 0.42, WIDTH * 0.58], style=style)


def plain_table(said: pages.Table) -> LongTable:
    whole = sum(column.width for column in said.columns)
    cell = ParagraphStyle("cell", fontName=f"Plain{REGULAR}", fontSize=12, leading=14.6)
    head = cell.clone("head", fontName=f"Plain{BOLD}", alignment=1)
    rows = [[paragraph(column.name, head) for column in said.columns]]
    for row in said.rows:
        cells = [*row.cells, *[""] * (len(said.columns) - len(row.cells))]
        rows.append([paragraph(words, cell) for words in cells])
    return LongTable(
        rows,
        colWidths=[WIDTH * column.width / whole for column in said.columns],
        repeatRows=1,
        style=[
            ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("FONTNAME", (0, 0), (-1, -1), f"Plain{REGULAR}"),
        ],
    )


def separate(first: int, end: int) -> None:
    """Print dossiers into files of their own, as they are saved."""
    with TemporaryDirectory() as folder:
        for number in range(first, end):
            (Path(folder) / f"{number}.pdf").write_bytes(PAPERS.pdf(a_dossier(letter(number))))


def separate_plain(count: int) -> None:
    with TemporaryDirectory() as folder:
        for number in range(count):
            (Path(folder) / f"{number}.pdf").write_bytes(plain(page_of(letter(number))))


def medians(
    ways: dict[str, Callable[[], object]], rounds: int, clock: Callable[[], float]
) -> dict[str, float]:
    """Return the median seconds of each way; they take turns."""
    took: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            begin = clock()
            way()
            took[name].append(clock() - begin)
    return {name: statistics.median(times) for name, times in took.items()}


def child(*words: object) -> subprocess.Popen[str]:
    tests = Path(__file__).resolve().parents[1]
    return subprocess.Popen(
        [sys.executable, __file__, *map(str, words)],
        env=os.environ | {"PYTHONPATH": f"{tests.parent / 'src'}{os.pathsep}{tests}"},
        stdout=subprocess.PIPE,
        text=True,
    )


def in_processes(count: int, processes: int) -> None:
    shares = [(count * n // processes, count * (n + 1) // processes) for n in range(processes)]
    started = [child("--letters", *share) for share in shares]
    if any(one.wait() for one in started):
        raise AssertionError(shares)


def memory(*words: object) -> int:
    """Return the MiB that a process has at most while it does this, and nothing else."""
    return int(child(*words).communicate()[0])


def most_memory() -> int:
    status = Path("/proc/self/status").read_text("utf-8").splitlines()
    return int(next(line for line in status if line.startswith("VmHWM:")).split()[1]) // 1024


def figures(count: int, rows: int, rounds: int) -> Iterator[tuple[str, float, str]]:
    """Yield what was measured: its name, the number, the goal."""
    letters = a_dossier(*map(letter, range(count)))
    separate(0, 2)
    register_plain_fonts()
    separate_plain(2)
    took = medians(
        {
            "plain": lambda: separate_plain(count),
            "each": lambda: separate(0, count),
            "one": lambda: PAPERS.pdf(letters),
        },
        rounds,
        time.process_time,
    )
    yield f"{count} plain letters, each ms", took["plain"] / count * 1000, ""
    yield "dossiers in files of their own / plain", took["each"] / took["plain"], "0.35"
    yield "all in one file / plain", took["one"] / took["plain"], "0.12"
    shared = medians(
        {"1": lambda: in_processes(count, 1), "2": lambda: in_processes(count, 2)},
        rounds,
        time.perf_counter,
    )
    yield f"one process, {count} dossiers, seconds", shared["1"], ""
    yield "two processes / one", shared["2"] / shared["1"], "0.6"
    long, table = a_dossier(listed(rows)), page_of(listed(rows))
    took = medians(
        {"plain": lambda: plain(table), "list": lambda: PAPERS.pdf(long)}, rounds, time.process_time
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
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--list", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.letters or asked.one or asked.list:
        if asked.letters:
            separate(*asked.letters)
        elif asked.one:
            PAPERS.pdf(a_dossier(*map(letter, range(asked.one))))
        else:
            PAPERS.pdf(a_dossier(listed(asked.list)))
        print(most_memory())
    else:
        for name, number, goal in figures(asked.dossiers, asked.rows, asked.rounds):
            print(f"{name:44} {number:9.3f}" + (f"   goal {goal}" if goal else ""), flush=True)


if __name__ == "__main__":
    main()
