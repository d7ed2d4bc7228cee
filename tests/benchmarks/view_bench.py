"""A long paper looked at: the first page in sight, the longest block of the UI thread, memory.

`python tests/benchmarks/view_bench.py [PAGES] [ROUNDS]` prints until the first page is drawn as a
ratio to a paper of one page, both in turn in one run (goal 3), what the UI thread was held up by
while the paper is scrolled, zoomed and searched (goal 50 ms), how many pages were drawn, and what
the program holds. The control is a UI thread that is held up on purpose: the watch must see it.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from benchmarks.list_bench import Watch, memory
from papers_to_see import a_paper
from thidua_desktop.app.paths import resources
from thidua_desktop.app.start import prepare
from thidua_desktop.domain.attachments import PDF
from thidua_desktop.formats.drawing.process import DrawingProcess
from thidua_desktop.ui.tasks import TaskRunner
from thidua_desktop.ui.theme import Look
from thidua_desktop.ui.widgets.pdf_pages import Fit
from thidua_desktop.ui.widgets.pdf_view import PdfView

LONGEST_WAIT = 60.0


def quiet(view: PdfView) -> None:
    """Let everything that is wanted be drawn and read."""
    until = time.perf_counter() + LONGEST_WAIT
    while time.perf_counter() < until:
        QApplication.processEvents()
        waits = (view.pages.missing(), view.thumbs.missing(), view._search.next_page())
        if not view._is_busy and waits == (None, None, None):
            return


def first_page(view: PdfView, process: DrawingProcess, content: bytes) -> float:
    begin = time.perf_counter()
    view.show_pages(process.open("a.pdf", content, PDF))
    while 0 not in view.pages._drawn:
        QApplication.processEvents()
    spent = time.perf_counter() - begin
    quiet(view)
    return spent


def main(count: int, rounds: int) -> None:
    application = QApplication(sys.argv[:1])
    look = Look(resources())
    prepare(application, look)
    drawer, process = TaskRunner(), DrawingProcess()
    view = PdfView(look, drawer)
    view.resize(1100, 700)
    view.show()
    long, short = a_paper(count), a_paper(1)
    first_page(view, process, short)  # the process begins
    before = memory()
    ratios, spent = [], []
    for _ in range(rounds):
        spent.append(first_page(view, process, long))
        ratios.append(spent[-1] / first_page(view, process, short))
    middle = statistics.median(ratios)
    told = f"{statistics.median(spent) * 1000:.0f} ms"
    print(f"first page of {count}, to that of one page   {middle:5.2f}   ({told})")

    first_page(view, process, long)
    watch = Watch()
    control = watch.over(lambda: time.sleep(0.08)) * 1000
    print(f"control, held up for 80 ms          {control:7.1f} ms")
    bar = view.pages.verticalScrollBar()
    steps: list[tuple[str, Callable[[], object]]] = [
        ("last page", lambda: view.pages.go(count - 1)),
        ("scrolled", lambda: bar.setValue(bar.maximum() // 3)),
        ("larger", lambda: view.pages.zoom_by(2)),
        ("whole page", lambda: view.pages.set_zoom(Fit.PAGE)),
        ("searched", lambda: (view.line.setText("ngoc an"), view._begin_search())),
        ("next hit", lambda: view._next_hit(1)),
    ]
    for words, job in steps:
        watch.over(lambda job=job: (job(), quiet(view)))
        seen = watch.longest * 1000, watch.busiest * 1000
        print(f"longest block, {words:<16}     {seen[0]:7.1f} ms, at work {seen[1]:6.1f} ms")
    print(f"found {view.found.text()}, {view.thumbs.drawn()} small pages drawn of {count}")
    print(f"memory over an empty view           {memory() - before:7.1f} MiB")
    view.clear()
    drawer.wait()
    process.end()


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 300,
        int(sys.argv[2]) if len(sys.argv) > 2 else 5,
    )
