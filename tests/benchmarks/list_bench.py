"""The list of nominees: first paint, the longest block of the UI thread, memory.

`python tests/benchmarks/list_bench.py [PERSONS] [ROUNDS]` prints first paint as a ratio to a window
with 60 constant rows, both in turn in one run (goal 1.3), and what the UI thread was held up by
the longest while ids arrive, the list is scrolled, filtered, put in other orders (goal 50 ms).
The control is a UI thread that is held up on purpose: the watch must see it.
"""

from __future__ import annotations

import os
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from thidua_desktop.app.paths import resources
from thidua_desktop.app.start import Session, prepare
from thidua_desktop.app.wiring import make_ports
from thidua_desktop.domain.ids import time_id
from thidua_desktop.domain.kinds import kind_number
from thidua_desktop.domain.proposals import Subject
from thidua_desktop.domain.units import UnitRole
from thidua_desktop.services.offices import create_office
from thidua_desktop.services.people import first_rows, put_in_order
from thidua_desktop.services.ports import Ports
from thidua_desktop.ui.pages.nominee_page import NomineePage
from thidua_desktop.ui.theme import Look
from thidua_desktop.ui.widgets.id_list import IdList
from thidua_desktop.ui.widgets.rows import Row, RowList

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Ngô", "Đào")
MIDDLE = ("Văn", "Thị", "Đức", "Hữu", "Ngọc", "Minh", "Quang", "Thanh", "Xuân", "Bá", "Đình")
GIVEN = ("An", "Ân", "Bình", "Cường", "Dũng", "Hà", "Hải", "Hòa", "Lan", "Mỵ", "Ổn", "Yểng")
LONGEST_WAIT = 30.0


def people(path: Path, count: int) -> None:
    """Write persons straight into the typed table: this is about reading them."""
    chance = random.Random(count)
    with sqlite3.connect(path) as database:
        columns = [row[1] for row in database.execute('PRAGMA table_info("person")')]
        said = ("id", "_op", "_m", "full_name", "birth_date", "position", "workplace", "address")
        marks = ", ".join("?" if name in said else "NULL" for name in columns)
        sql = f"INSERT INTO person ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608
        database.executemany(
            sql,
            (_person(chance, number) for number in range(count)),
        )
        behind = (kind_number("person"), b"")  # the list has to be made from the start
        database.execute("INSERT OR REPLACE INTO listing VALUES (?, ?)", behind)


def _person(chance: random.Random, number: int) -> tuple[object, ...]:
    name = f"{chance.choice(FAMILY)} {chance.choice(MIDDLE)} {chance.choice(GIVEN)}"
    place = f"Thôn {chance.randrange(20)}, xã {chance.choice(GIVEN)}"
    row = time_id(1_700_000_000_000 + number, chance.randbytes(10), 0).bytes
    born = f"{chance.randrange(1950, 2000)}-{chance.randrange(1, 13):02}"
    return row, 1, 1, name, born, "Trưởng thôn", place, f"{place}, tỉnh Thái Bình"


def painted(make: Callable[[], QWidget], clock: Callable[[], float]) -> float:
    """Return the seconds until a widget made in a bare window is painted: once it is shown."""
    begin = clock()
    window = QMainWindow()
    window.resize(450, 700)
    window.setCentralWidget(make())
    window.show()
    while not window.windowHandle().isExposed():
        QApplication.processEvents()
    seconds = clock() - begin
    window.close()
    window.deleteLater()
    QApplication.processEvents()
    return seconds


class Watch:
    """Sees how long the UI thread was away from its events: by the clock, and at work itself, which
    is what counts where other programs share the processor.
    """

    def __init__(self) -> None:
        self._timer = QTimer()
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._tick)
        self.longest = self.busiest = 0.0
        self._last = self._worked = 0.0

    def over(self, job: Callable[[], object], session: Session | None = None) -> float:
        """Return the longest block while a job runs and what it started ends."""
        self.longest, self._last = 0.0, time.perf_counter()
        self.busiest, self._worked = 0.0, time.thread_time()
        self._timer.start()
        job()
        loop = QEventLoop()
        QTimer.singleShot(30, loop.quit)
        loop.exec()
        for _ in range(6 if session else 0):
            assert session is not None
            self._let_end(session)
        self._timer.stop()
        return self.longest

    @staticmethod
    def _let_end(session: Session) -> None:
        """Give the thread to its events until the reader has done what it was asked."""
        done: list[object] = []
        session.reader.run(lambda: None, owner=session.reader, done=done.append, failed=print)
        until = time.perf_counter() + LONGEST_WAIT
        while not done and time.perf_counter() < until:
            QApplication.processEvents()

    def _tick(self) -> None:
        now = time.perf_counter()
        worked = time.thread_time()
        self.longest = max(self.longest, now - self._last)
        self.busiest = max(self.busiest, worked - self._worked)
        self._last, self._worked = now, worked


def memory() -> float:
    """Return what the process holds, in MiB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def first_paint(look: Look, ports: Ports, rounds: int) -> None:
    constant = [Row(UUID(int=n), f"Nguyễn Văn {n}", "1970 · Trưởng thôn · xã") for n in range(60)]

    def sixty() -> QWidget:
        rows = RowList(look, "Sáu mươi dòng")
        rows.show_rows(constant)
        return rows

    def ours() -> QWidget:
        rows = IdList(look, "Đối tượng")
        first = first_rows(ports, Subject.PERSON).rows
        rows.show_rows([Row(one.id, one.name, one.below) for one in first])
        return rows

    for _ in range(3):  # the statement is compiled, the file is known
        painted(sixty, time.perf_counter), painted(ours, time.perf_counter)
    for said, clock in (("by the clock", time.perf_counter), ("at work", time.thread_time)):
        pairs = [(painted(sixty, clock), painted(ours, clock)) for _ in range(rounds)]
        limit, list_ = (statistics.median(side) * 1000 for side in zip(*pairs, strict=True))
        print(
            f"first paint {said}: 60 constant rows {limit:.1f} ms, first rows read {list_:.1f} ms, "
            f"ratio {list_ / limit:.2f}"
        )


def blocks(session: Session, count: int) -> None:
    context = session.context()
    page = NomineePage(context)
    page.panel.form_of(Subject.PERSON)  # made once; what follows is about the list
    page.resize(1100, 700)
    page.show()
    watch = Watch()
    print(f"control, held up for 80 ms      {watch.over(lambda: time.sleep(0.08)) * 1000:7.1f} ms")
    before = memory()
    rows = page._list

    def jump(place: int) -> None:
        rows.setCurrentIndex(rows.rows.index(place))

    steps: list[tuple[str, Callable[[], object]]] = [
        ("opened, all ids arrive", page.refresh),
        ("last row", lambda: jump(rows.rows.rowCount() - 1)),
        ("middle row", lambda: jump(rows.rows.rowCount() // 2)),
        ("index made", context.search.begin),
        ("one letter typed", lambda: page._search.setText("n")),
        ("a name typed", lambda: page._search.setText("nguyen van")),
        ("search emptied", page._search.clear),
        ("by birth", lambda: page._order.setCurrentIndex(1)),
        ("newest first", lambda: page._order.setCurrentIndex(2)),
    ]
    worst = [0.0, 0.0]
    for words, job in steps:
        watch.over(job, session)
        seen = watch.longest, watch.busiest
        worst = [max(pair) for pair in zip(worst, seen, strict=True)]
        if words == steps[0][0] and rows.rows.rowCount() != count:
            raise AssertionError(rows.rows.rowCount())
        print(
            f"longest block, {words:<24} {_both(*seen)}   {rows.rows.rowCount()} rows, "
            f"{memory() - before:.1f} MiB over an empty page"
        )
    print(f"longest block of all                    {_both(*worst)}")
    page.close()


def _both(clock: float, work: float) -> str:
    return f"{clock * 1000:7.1f} ms, at work {work * 1000:6.1f} ms"


def main(count: int, rounds: int) -> None:
    application = QApplication(sys.argv[:1])
    look = Look(resources())
    prepare(application, look)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        ports = make_ports(home / "data", home / "identity")
        create_office(ports, "34", UnitRole.PROVINCE)
        path = home / "data" / "thidua.db"
        people(path, count)
        begin, steps = time.perf_counter(), 1
        while put_in_order(ports, Subject.PERSON):
            steps += 1
        spent = time.perf_counter() - begin
        print(f"{count} persons put in order in {steps} steps, {spent / steps * 1000:.0f} ms each")
        session = Session(lambda: ports, look)
        session.open_office()  # from now on the folder is held, as in the program at work
        first_paint(look, ports, rounds)
        blocks(session, count)
        session.close()


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 100_000,
        int(sys.argv[2]) if len(sys.argv) > 2 else 9,
    )
