"""How long a preview takes: 30 bundles with 50,000 rows in all, beside the merge of the same.

`python tests/benchmarks/plan_bench.py [ROWS] [BUNDLES]` prints seconds, and the ratio to the merge
in the same run.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from thidua_desktop.app.wiring import make_ports
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.people import Person
from thidua_desktop.domain.units import Unit, UnitLevel, UnitRole
from thidua_desktop.services.desk import lay_out, merge_desk
from thidua_desktop.services.desk_plan import branch_rows, plan_desk, planned_record
from thidua_desktop.services.exchange import merge_bundles
from thidua_desktop.services.offices import accept, create_office, enrol, join
from thidua_desktop.services.packing import export_bundle
from thidua_desktop.services.ports import Ports

ROWS, BUNDLES = 50_000, 30
CODES = [f"ubnd-{number}" for number in (336, 338, 339, 340, 341, 342, 343, 344)]


class Clock:
    def __init__(self) -> None:
        self.moment = datetime(2024, 11, 25, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


def opened(folder: Path, clock: Clock) -> Ports:
    noise = random.Random(folder.name).randbytes
    return make_ports(folder / "data", folder / "identity", now=clock, noise=noise)


def filled(ports: Ports, rows: int, first: int) -> None:
    """Let an office enter so many persons of its communes, none like another."""
    with ports.store.write() as work:
        number = work.book.me().number
        units = [unit.id for unit in work.records.having(Unit, level=UnitLevel.COMMUNE)]
        made = []
        for n in range(first, first + rows):
            person = Person(
                id=ports.new_id(number),
                full_name=f"Nguyễn Văn {n}",
                birth_date=PartialDate(1950 + n % 50, 1 + n % 12, 1 + n % 28),
                unit_id=units[n % len(units)],
                position="Trưởng thôn",
                workplace="Thôn Đông, xã Vũ Quý",
                address="Xã Vũ Quý, huyện Kiến Xương",
            )
            work.records.put(person, shown=None)
            made.append(("person", person.id))
        work.records.share(made)
        work.commit()


def timed(job: Callable[[], object]) -> tuple[float, object]:
    start = time.perf_counter()
    found = job()
    return time.perf_counter() - start, found


def main(rows: int, bundles: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        clock, folder = Clock(), Path(place)
        province = opened(folder / "province", clock)
        create_office(province, "34", UnitRole.PROVINCE)
        offices = []
        for code in CODES:
            office = opened(folder / code, clock)
            join(office, enrol(province, code), file_name=f"{code}.dk")
            hello = export_bundle(office, path=folder / f"{code}.tdkt").path
            merge_bundles(province, [hello])
            offices.append(office)
        accept(province, None)
        paths = []
        for n in range(bundles):
            office = offices[n % len(offices)]
            filled(office, rows // bundles, n * (rows // bundles))
            paths.append(export_bundle(office, path=folder / f"b{n}.tdkt").path)
        lay_out(province, paths)
        plan_s, plan = timed(lambda: plan_desk(province))
        branch = plan.offices[0]
        rows_s, shown = timed(lambda: branch_rows(plan, branch, "person"))
        record_s, _ = timed(lambda: planned_record(plan, branch, "person", shown[0].id))
        counted = sum(one.counts.new + one.counts.changed for one in plan.offices)
        plan.close()
        merge_s, _ = timed(lambda: merge_desk(province))
        print(f"{bundles} bundles, {counted} records")
        print(f"preview        {plan_s:8.2f} s   {plan_s / merge_s:5.2f} of the merge")
        print(f"merge          {merge_s:8.2f} s")
        print(f"200 lines      {rows_s:8.3f} s")
        print(f"one record     {record_s:8.3f} s")


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    main(*(given + [ROWS, BUNDLES][len(given) :]))
