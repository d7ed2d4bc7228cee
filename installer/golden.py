"""Make the golden files of this version: what every later version must read, for ever.

.venv/bin/python installer/golden.py resources/golden/VERSION
.venv/bin/python installer/golden.py --restore resources/golden/VERSION

The second line adds to a set what gives an office its data back (`restore.json`); nothing that is
there changes.

Two data folders as they stood (province, office), the bundles that came to them then, and what
each showed after every one of them (`golden.json`). The plan is cut down so that the files are
small. The keys are of nobody: they were made for this.
"""

from __future__ import annotations

import json
import lzma
import random
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

from thidua_desktop import __version__
from thidua_desktop.app.wiring import make_ports, shipped_plan
from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.catalogue import PlanCatalogue
from thidua_desktop.domain.criteria import SubjectGroup
from thidua_desktop.domain.movements import Movement
from thidua_desktop.domain.offices import Office
from thidua_desktop.domain.proposals import Outcome, Subject, may_receive
from thidua_desktop.domain.units import Unit, UnitRole
from thidua_desktop.services.exchange import merge_bundles
from thidua_desktop.services.integrity import digest
from thidua_desktop.services.offices import accept, create_office, enrol, join
from thidua_desktop.services.packing import export_bundle
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.records import put_lines
from thidua_desktop.services.reviews import review_proposal
from thidua_desktop.services.sending import Packing
from thidua_desktop.services.submissions import submit_all
from thidua_desktop.storage.schema import REVISION

OFFICE = "ubnd-343"
_UNITS = {"34", OFFICE, "ubnd-342"}
_KINDS = (Unit, Movement, SubjectGroup, AwardForm)
_START = datetime(2024, 11, 25, 1, tzinfo=UTC)


def main() -> None:
    """Make the files in the folder that is named."""
    *how, name = sys.argv[1:]
    out = Path(name)
    with tempfile.TemporaryDirectory() as folder:
        if how != ["--restore"]:
            Golden(Path(folder) / "made", out).make()
        add_restore(out, Path(folder) / "restored")


@dataclass
class Golden:
    """A province and two PCs of one office at work, and where the files go."""

    folder: Path
    out: Path

    def __post_init__(self) -> None:
        seconds = count()
        self.now = lambda: _START + timedelta(seconds=next(seconds))
        self.province, self.office, self.second = map(self._open, ("province", "office", "second"))
        self.steps: list[dict[str, Any]] = []

    def make(self) -> None:
        """Let them work, and keep what comes of it."""
        create_office(self.province, "34", UnitRole.PROVINCE)
        for ports in (self.office, self.second):
            join(ports, enrol(self.province, OFFICE), file_name="golden.dk")
        self._merge(self.province, self._bundle(self.office, "request"))
        accept(self.province, None)
        shown = {"province": self._kept("province")}
        proposal = self._propose()
        self._carry(self.office, self.province, "delta")
        self._differ()
        self._carry(self.office, self.province, "full", full=True)
        review_proposal(self.province, proposal, Outcome.RETURNED, reason="Thiếu xác nhận.")
        self._put("signer", {"full_name": "Phạm Văn Thử", "position": "Trưởng ban"}, self.province)
        submit_all(self.province)
        shown["office"] = self._kept("office")  # it writes no more
        self._carry(self.second, self.office, "other-pc")
        self._carry(self.province, self.office, "reference")
        self._carry(self.province, self.office, "answer", for_unit=OFFICE)
        said = {"version": __version__, "revision": REVISION, "shown": shown, "steps": self.steps}
        text = json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        (self.out / "golden.json").write_text(text, "utf-8")

    def _open(self, name: str) -> Ports:
        return opened(self.folder / name, self.now)

    def _propose(self) -> UUID:
        """Write a person, a proposal and a letter, and submit them."""
        with self.office.store.read() as work:
            forms = work.records.having(AwardForm)
        award = str(next(one.id for one in forms if may_receive(Subject.PERSON, one)))
        unit = str(self._me(self.office).unit_id)
        about = {"gender": "female", "birth_date": "1984-03", "is_party_member": True}
        names = {"full_name": "Đặng Thị Ngọc Ẩn", "address": "Thôn Đông Hòa", "unit_id": unit}
        self.person = self._put("person", about | names)
        to = {"recipient": "Chủ tịch Ủy ban nhân dân tỉnh", "place": "Kiến Xương"}
        letter = self._put("submission", to | {"unit_id": unit, "award_form_id": award})
        what = {"subject": "person", "person_id": str(self.person), "award_form_id": award}
        why = {"year": 2024, "summary": "Vận động 412 hộ hiến đất làm đường."}
        proposal = self._put(
            "proposal", what | why | {"unit_id": unit, "submission_id": str(letter)}
        )
        land = {"sort": "land", "quantity": "120.50", "proposal_id": str(proposal)}
        self._put("contribution", land)
        gone = self._put("household", {"head": "Bùi Đình Chuyên", "address": "Thôn Bắc"})
        submit_all(self.office)
        put_lines(self.office, json.dumps({"kind": "household", "id": str(gone), "delete": True}))
        submit_all(self.office)
        return proposal

    def _differ(self) -> None:
        """Let both PCs of the office write one field of a person that is in no letter."""
        shared = self._put("person", {"full_name": "Trịnh Văn Ổn"})
        submit_all(self.office)
        self._merge(self.second, self._bundle(self.office, "for-other-pc", full=True))
        for ports, position in ((self.office, "Trưởng thôn"), (self.second, "Bí thư chi bộ")):
            line = {"kind": "person", "id": str(shared), "fields": {"position": position}}
            put_lines(ports, json.dumps(line))
            submit_all(ports)

    def _put(self, kind: str, fields: dict[str, Any], ports: Ports | None = None) -> UUID:
        done = put_lines(ports or self.office, json.dumps({"kind": kind, "fields": fields}))
        return done.records[0][1]

    def _carry(self, sender: Ports, receiver: Ports, name: str, **how: bool | str) -> None:
        """Carry a bundle, keep it, and what its receiver showed then."""
        path = self._bundle(sender, name, **how)
        state = self._merge(receiver, path)
        kept = self.out / f"{name}.tdkt"
        kept.write_bytes(path.read_bytes())
        to = "province" if receiver is self.province else "office"
        with receiver.store.read() as work:
            waiting = len(work.records.differences())
        step = {"bundle": kept.name, "to": to, "state": state, "waiting": waiting}
        self.steps.append(step | {"digest": digest(receiver).digest})

    def _bundle(self, sender: Ports, name: str, **how: bool | str) -> Path:
        return export_bundle(sender, path=self.folder / f"{name}.tdkt", packing=Packing(**how)).path  # type: ignore[arg-type] # as they are named

    @staticmethod
    def _merge(receiver: Ports, path: Path) -> str:
        return merge_bundles(receiver, [path]).reports[0].state.value

    @staticmethod
    def _me(ports: Ports) -> Office:
        with ports.store.read() as work:
            return work.book.me()

    def _kept(self, name: str) -> str:
        """Pack every file of a folder; return what it showed."""
        keep(self.folder, name, self.out)
        return digest(getattr(self, name)).digest


def add_restore(out: Path, folder: Path) -> None:
    """Let the province of a set give the office its data back on a new PC; keep both."""
    said = json.loads((out / "golden.json").read_text("utf-8"))
    seconds = count()
    province, restored = (
        opened(folder / name, lambda: _START + timedelta(days=99, seconds=next(seconds)))
        for name in ("province", "restored")
    )
    for path in (out / "province").rglob("*.xz"):
        place = folder / path.relative_to(out).with_suffix("")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(lzma.decompress(path.read_bytes()))
    theirs = [out / step["bundle"] for step in said["steps"] if step["to"] == "province"]
    merge_bundles(province, theirs)
    join(restored, enrol(province, OFFICE), file_name="golden.dk")
    asks = export_bundle(restored, path=folder / "asks.tdkt").path
    merge_bundles(province, [asks])
    accept(province, None)
    shown = {"restored": digest(restored).digest}
    keep(folder, "restored", out)
    kept = out / "restore.tdkt"
    made = export_bundle(province, path=folder / kept.name, for_unit=OFFICE, restore=True)
    kept.write_bytes(made.path.read_bytes())
    (report,) = merge_bundles(restored, [kept]).reports
    with restored.store.read() as work:
        waiting = len(work.records.differences())
    step = {"bundle": kept.name, "to": "restored", "state": report.state.value, "waiting": waiting}
    steps = [step | {"digest": digest(restored).digest}]
    text = json.dumps({"shown": shown, "steps": steps}, indent=1, sort_keys=True) + "\n"
    (out / "restore.json").write_text(text, "utf-8")


def opened(place: Path, now: Callable[[], datetime]) -> Ports:
    """Return the ports of a folder, with a plan that is small."""
    ports = make_ports(
        place / "data",
        place / "identity",
        who="Nguyễn Thị Thử",
        now=now,
        noise=random.Random(place.name).randbytes,  # noqa: S311 - keys of nobody
    )
    return replace(ports, plan=lambda: small(shipped_plan()))


def keep(folder: Path, name: str, out: Path) -> None:
    """Pack every file of a folder into the set."""
    for path in sorted((folder / name).rglob("*")):
        if path.is_file() and path.suffix != ".lock" and path.stat().st_size:
            place = out / path.relative_to(folder)
            place.parent.mkdir(parents=True, exist_ok=True)
            packed = lzma.compress(path.read_bytes(), preset=9)
            place.with_name(f"{place.name}.xz").write_bytes(packed)


def small(plan: PlanCatalogue) -> PlanCatalogue:
    """Return a plan of three units and two criteria."""
    records = tuple(
        one
        for one in plan.records
        if isinstance(one, _KINDS) and (not isinstance(one, Unit) or one.code in _UNITS)
    )
    return replace(plan, records=records, criteria=plan.criteria[:2])


if __name__ == "__main__":
    main()
