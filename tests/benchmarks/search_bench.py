"""What a key press costs: the index in memory, beside LIKE on a folded column of the same rows.

`python tests/benchmarks/search_bench.py [ROWS]` prints, over every key press of some searches, the
median of the ratio (goal 0.1 and less) and the slowest (goal 10 ms and less at 100,000). LIKE gives
the first 200 in the order of the list, as a page needs them; beside it stands LIKE that stops at
any 200. All are asked in turn, best of three each, so that a slow moment falls on none. Then what
the index costs to make, to keep up to date and to hold.
"""

from __future__ import annotations

import random
import re
import sqlite3
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from uuid import UUID

from thidua_desktop.domain.text import fold, name_key
from thidua_desktop.services.search_index import Entry, SearchIndex

ROWS = 100_000
FIRST = 200
SEARCHES = (
    *("nguyễn văn hòa", "tran thi thuy", "nvd", "dang quy", "hoang minh thang", "vu quy 1965"),
    *("le thi my", "pham hogn", "zzz", "bui x", "ngo huong kien xuong", "quách nhàn"),
)
FAMILIES = {
    "Nguyễn": 38,
    "Trần": 11,
    "Lê": 9,
    "Phạm": 7,
    "Hoàng": 5,
    "Phan": 4,
    "Vũ": 4,
    "Đặng": 2,
    "Bùi": 2,
    "Đỗ": 2,
    "Ngô": 1,
    "Lý": 1,
    "Quách": 1,
}
MIDDLE = re.findall(
    r"\w+", "Văn Thị Hữu Đức Ngọc Minh Quang Thanh Xuân Công Đình Kim Thu Bảo Gia Khánh Mạnh Quốc"
)
GIVEN = re.findall(
    r"\w+",
    "An Ánh Ân Anh Bình Bính Chi Cường Dũng Dung Đức Đạt Giang Hà Hải Hạnh Hằng Hiền Hiếu Hoa Hòa "
    "Hóa Huệ Hùng Hưng Hương Hường Khoa Lan Lân Linh Long Lý Mai Mạnh Minh Mỹ Nam Nga Ngà Ngân "
    "Nghĩa Ngọc Nhàn Nhung Oanh Phong Phúc Phương Quân Quý Quyên Quỳnh Sơn Tâm Thái Thắng Thảo "
    "Thành Thúy Thủy Tiến Toàn Trang Trung Tú Tuấn Tùng Tuyết Uyên Vân Việt Vinh Vy Xuân Yến",
)
PLACES = [
    f"Xã {one} {two}, huyện {district}"
    for one in ("An", "Vũ", "Quang", "Thái", "Đông")
    for two in ("Bình", "Quý", "Hưng", "Khê", "Thọ", "Hà")
    for district in ("Kiến Xương", "Thái Thụy", "Tiền Hải")
]


def entries(rows: int) -> Iterator[Entry]:
    chance = random.Random(52)
    families, weights = list(FAMILIES), list(FAMILIES.values())
    for n in range(rows):
        middle = " ".join(chance.sample(MIDDLE, chance.choice((1, 1, 2))))
        name = f"{chance.choices(families, weights)[0]} {middle} {chance.choice(GIVEN)}"
        place, year = chance.choice(PLACES), str(1950 + n % 50)
        yield Entry("person", UUID(int=n + 1), name, f"{year} · {place}", (place, year))


def table_of(known: list[Entry]) -> sqlite3.Connection:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE person (id BLOB PRIMARY KEY, place INTEGER, name TEXT, folded TEXT)")
    ordered = sorted(known, key=lambda one: name_key(one.title))
    rows = (
        (one.id.bytes, place, one.title, fold(" ".join((one.title, *one.also))))
        for place, one in enumerate(ordered)
    )
    base.executemany("INSERT INTO person VALUES (?, ?, ?, ?)", rows)
    return base


def by_like(base: sqlite3.Connection, typed: str, order: str) -> int:
    words = fold(typed).split()
    wanted = " AND ".join("folded LIKE ?" for _ in words)
    query = f"SELECT id, name FROM person WHERE {wanted} {order} LIMIT {FIRST}"  # noqa: S608 - ours
    return len(base.execute(query, [f"%{word}%" for word in words]).fetchall())


def fastest(job: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        start = time.perf_counter()
        job()
        times.append(time.perf_counter() - start)
    return min(times)


def key_presses() -> list[str]:
    return [search[:size] for search in SEARCHES for size in range(1, len(search) + 1)]


def main(rows: int) -> None:
    known = list(entries(rows))
    tracemalloc.start()
    index = SearchIndex(known)
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    making = fastest(lambda: SearchIndex(known)) if rows <= ROWS else 0.0
    base = table_of(known)
    ours, ordered, any_order, lists = [], [], [], []
    for typed in key_presses():
        like = fastest(lambda typed=typed: by_like(base, typed, "ORDER BY place"))
        hasty = fastest(lambda typed=typed: by_like(base, typed, ""))
        found = fastest(lambda typed=typed: fresh(index).find(typed, limit=FIRST))
        lists.append(fastest(lambda typed=typed: fresh(index).ids("person", typed)))
        ours.append((found, typed))
        ordered.append(found / like)
        any_order.append(found / hasty)
    worst, typed = max(ours)
    some = known[:50]
    print(f"{rows} persons, {len(ours)} key presses, first {FIRST}, ranked")
    print(f"median ratio to LIKE   {statistics.median(ordered):7.3f}")
    print(f"  that stops at any    {statistics.median(any_order):7.3f}")
    print(f"median key press       {statistics.median(one for one, _ in ours) * 1000:7.2f} ms")
    print(f"slowest key press      {worst * 1000:7.2f} ms  ({typed})")
    print(f"whole list, slowest    {max(lists) * 1000:7.2f} ms")
    print(f"50 records taken in    {fastest(lambda: index.update(some)) * 1000:7.2f} ms")
    print(f"making the index       {making:7.2f} s")
    print(f"memory of the index    {held / 2**20:7.1f} MiB")


def fresh(index: SearchIndex) -> SearchIndex:
    index.forget()
    return index


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
