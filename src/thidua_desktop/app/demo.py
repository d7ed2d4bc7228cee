"""The whole job on the plan's own data: the program's use cases in order, told in a table.

Every district and department of the plan, a second PC of one of them, a province, bundles there
and back. Nothing here does what a person could not do in the window: it calls the same use cases.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice, permutations
from pathlib import Path
from uuid import UUID

from thidua_desktop.app import demo_awards, demo_mishaps, demo_way_back
from thidua_desktop.app.demo_content import (
    DemoContent,
    OfficeText,
    read_content,
)
from thidua_desktop.app.demo_marking import fill_in, issue_scored_set, mark_all
from thidua_desktop.app.demo_movement import enter_movement
from thidua_desktop.app.demo_office import OfficeDesk, unit_name
from thidua_desktop.app.demo_peers import score_peer, set_up_cluster
from thidua_desktop.app.demo_told import Told, print_told
from thidua_desktop.app.paths import resources
from thidua_desktop.app.wiring import make_ports
from thidua_desktop.domain.bundles import BundleState
from thidua_desktop.domain.proposals import ProposalState
from thidua_desktop.domain.records import replace_values
from thidua_desktop.domain.units import UnitRole
from thidua_desktop.services.bundle_reports import BundleReport
from thidua_desktop.services.differences import list_differences, settle
from thidua_desktop.services.exchange import merge_bundles
from thidua_desktop.services.integrity import digest
from thidua_desktop.services.offices import accept, create_office, enrol, join
from thidua_desktop.services.packing import export_bundle, export_for_all
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.proposals import open_proposal, proposal_list, save_proposal
from thidua_desktop.services.submissions import submit_records

PROVINCE = "tinh"
SECOND_PC = "tien-hai-may-2"
PROVINCE_CODE = "34"
FOLDERS = ("may", "goi", "ho-so", "bang", "bang-tinh", "anh")  # what a person may look at
_SEED = 52
Pictures = Callable[[Ports, Path, str], int]


class Calendar:
    """The demo's own clock: a morning of November 2024, a second for each look at it."""

    def __init__(self) -> None:
        self._moment = datetime(2024, 11, 25, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self._moment += timedelta(seconds=1)
        return self._moment


def run_demo(out: Path) -> int:
    """Run the demo into a folder, print what happened and return the exit code."""
    from thidua_desktop.app.pictures import take_pictures  # noqa: PLC0415 - Qt comes last

    if out.exists() and any(out.iterdir()):
        _clear(out)
    told = Demo(out, read_content(resources()), pictures=take_pictures).tell()
    print_told(told, province=PROVINCE, place=f"{out.resolve()}: {', '.join(FOLDERS)}")
    return 0 if told.orders_agree else 5


@dataclass
class Demo:
    """The folders of the offices, and the story so far."""

    out: Path
    content: DemoContent
    pictures: Pictures | None = None
    most_orders: int | None = None
    calendar: Calendar = field(default_factory=Calendar)
    lines: list[tuple[str, str, str]] = field(default_factory=list)
    _ports: dict[str, Ports] = field(default_factory=dict)

    def tell(self) -> Told:
        """Tell the story from the first folder to the last picture."""
        self._found_province()
        self._offices_join()
        self._offices_work()
        self._two_pcs_differ()
        self._offices_submit()
        lost = demo_mishaps.lose_a_bundle(self._quiet[0], self.out / "goi")
        bundles = self._offices_export()
        agree, orders = self._merge_in_every_order(bundles)
        self._province_merges(bundles)
        self._things_go_wrong(lost, bundles[0])
        self._office_settles()
        self._province_marks()
        self._province_answers()
        self._offices_receive()
        self._certificates_and_scores()
        self._take_pictures()
        self._offices_go_on()
        digests = {name: digest(ports).digest for name, ports in self._ports.items()}
        return Told(tuple(self.lines), digests, orders, agree)

    def ports(self, folder: str) -> Ports:
        """Return the ports of a folder; ids and keys are the same in every run."""
        if folder not in self._ports:
            self._ports[folder] = self._open(self.out / "may" / folder, folder)
        return self._ports[folder]

    def _open(self, place: Path, name: str, calendar: Calendar | None = None) -> Ports:
        now = calendar or self.calendar
        noise = random.Random(f"{_SEED} {name}").randbytes  # noqa: S311 - a practice province
        return make_ports(place / "data", place / "identity", who=name, now=now, noise=noise)

    def _say(self, who: str, what: str, result: str) -> None:
        self.lines.append((who, what, result))

    # the story

    def _found_province(self) -> None:
        province = self.ports(PROVINCE)
        create_office(province, PROVINCE_CODE, UnitRole.PROVINCE)
        count = digest(province).records
        self._say("Tỉnh", "Ban hành bộ tiêu chí, danh mục", f"{count} bản ghi cho mọi cơ quan")
        result = issue_scored_set(province, self.content)
        self._say("Tỉnh", "Lập, ban hành bộ chấm điểm", result)
        self._say("Tỉnh", "Lập cụm thi đua", set_up_cluster(province, self.content))
        for told in (one for one in self.content.movement if one.office == PROVINCE_CODE):
            enter_movement(province, told)

    def _offices_join(self) -> None:
        province = self.ports(PROVINCE)
        asked = []
        for office, folder in self._pcs():
            file = self.out / "dang-ky" / f"{office.folder}.dk"
            if not file.exists():
                province.files.write(file, enrol(province, office.code))
            ports = self.ports(folder)
            join(ports, ports.files.read(file), file_name=file.name)
            request = export_bundle(ports, path=self.out / "goi" / f"dang-ky-{folder}.tdkt")
            (report,) = merge_bundles(province, [request.path]).reports
            asked.append(report)
        parked = sum(report.state is BundleState.PARKED for report in asked)
        self._say("Tỉnh", f"Cấp tệp đăng ký, {len(asked)} máy xin tham gia", f"{parked} gói chờ")
        taken = accept(province, None)
        self._say("Tỉnh", "Chấp nhận các máy xin đăng ký", f"{len(taken.accepted)} máy")

    def _offices_work(self) -> None:
        year = self.content.year
        for desk, is_told in self._desks():
            for what, result in (
                (f"Tự đánh giá năm {year}", desk.score()),
                ("Lập bộ tiêu chí của sở", desk.own_criteria()),
                ("Chấm điểm, khóa tự chấm", fill_in(desk.ports, self.content, desk.office.code)),
                ("Chấm chéo trong cụm", score_peer(desk.ports, self.content, desk.office.code)),
                ("Nhập danh sách từ Excel", desk.import_list()),
                ("Lập đề nghị trong cửa sổ", desk.propose()),
                ("Ghi xếp loại, khen thưởng, sáng kiến", desk.enter_merit()),
                ("Ghi văn bản, chỉ tiêu, giao ước của phong trào", desk.enter_movement()),
            ):
                if is_told and result:
                    self._say(unit_name(desk.ports), what, result)
        what = "Tự đánh giá, lập tiêu chí, nhập danh sách"
        self._say("Các sở, huyện khác", what, f"{len(self._quiet)} cơ quan")

    def _offices_submit(self) -> None:
        for desk, is_told in self._desks():
            result = desk.submit_and_print()
            if is_told:
                self._say(unit_name(desk.ports), "Trình và in hồ sơ", result)
        self._say("Các sở, huyện khác", "Trình và in hồ sơ", f"{len(self._quiet)} cơ quan")

    def _two_pcs_differ(self) -> None:
        said = self.content.difference
        office = self._office(said.office)
        first, second = self.ports(office.folder), self.ports(SECOND_PC)
        target = self._target()
        submit_records(first, _everything_of(first, target))
        inner = export_bundle(first, path=self.out / "goi" / "noi-bo-tien-hai.tdkt")
        merge_bundles(second, [inner.path])
        for ports, text in ((first, said.first), (second, said.second)):
            shown = open_proposal(ports, target)
            changed = replace_values(shown.proposal, {said.field: text})
            save_proposal(ports, changed, shown.nominee, shown=(shown.proposal, shown.nominee))
        submit_records(second, [target])
        self._say(unit_name(first), "Hai máy sửa cùng một ô", "mỗi máy một giá trị, chưa biết nhau")

    def _offices_export(self) -> list[Path]:
        made = []
        for _, folder in self._pcs():
            path = self.out / "goi" / f"gui-tinh-{folder}.tdkt"
            made.append(export_bundle(self.ports(folder), path=path))
        ops = sum(bundle.ops for bundle in made)
        self._say("Các cơ quan", f"Xuất {len(made)} gói gửi tỉnh", f"{ops} thay đổi")
        return [bundle.path for bundle in made]

    def _merge_in_every_order(self, sent: Sequence[Path]) -> tuple[bool, int]:
        """Merge some bundles into copies of the province, in every order and with repeats."""
        bundles = [sent[place] for place, pc in enumerate(self._pcs()) if pc[1] in self._told_pcs]
        chance = random.Random(_SEED)  # noqa: S311 - which bundles are repeated
        digests = set()
        repeats = orders = 0
        source = self.out / "may" / PROVINCE
        for order in islice(permutations(bundles), self.most_orders):
            copy = self.out / "ban-sao"
            shutil.copytree(source, copy)
            ports = self._open(copy, "ban-sao", Calendar())
            again = chance.sample(order, chance.randint(1, len(order)))
            merge_bundles(ports, [*order[:2], *again[:2], *order[2:], *again])
            digests.add(digest(ports).digest)
            orders, repeats = orders + 1, repeats + len(again)
            shutil.rmtree(copy)
        agree = len(digests) == 1
        found = (
            f"một mã kiểm {min(digests)[:12]}…" if agree else f"{len(digests)} mã kiểm khác nhau"
        )
        what = f"Nhập {len(bundles)} gói theo {orders} thứ tự, {repeats} lần lặp"
        self._say("Tỉnh (bản sao)", what, found)
        return agree, orders

    def _province_merges(self, bundles: Sequence[Path]) -> None:
        reports = merge_bundles(self.ports(PROVINCE), tuple(reversed(bundles))).reports
        self._say("Tỉnh", f"Nhập {len(reports)} gói, gói sau trước gói trước", _counted(reports))

    def _things_go_wrong(self, lost: str, bundle: Path) -> None:
        province = self.ports(PROVINCE)
        name = unit_name(self._quiet[0])
        self._say(name, "Một gói thất lạc; gói sau mang đủ", lost)
        self._say("Tỉnh", "Nhập lại một gói", demo_mishaps.hand_in_twice(province, bundle))
        bad = bundle.with_name("bi-sua.tdkt")
        told = demo_mishaps.tamper(province, bundle, bad)
        self._say("Tỉnh", "Nhập một gói bị sửa một byte", told)
        folder = next(o.folder for o in self.content.offices if o not in self._told_offices)
        copy = f"{folder}-ban-sao"
        shutil.copytree(self.out / "may" / folder / "data", self.out / "may" / copy / "data")
        asks = self.out / "goi" / f"gui-tinh-{copy}.tdkt"
        told = demo_mishaps.copy_the_folder(province, self.ports(copy), asks)
        self._say(name, "Thư mục dữ liệu bị chép sang máy khác", told)

    def _office_settles(self) -> None:
        said = self.content.difference
        office, province = self._office(said.office), self.ports(PROVINCE)
        ports = self.ports(office.folder)
        merge_bundles(ports, [self.out / "goi" / f"gui-tinh-{SECOND_PC}.tdkt"])
        (difference,) = list_differences(ports)
        settle(ports, difference.cell, value=said.first)
        bundle = export_bundle(ports, path=self.out / "goi" / "gui-tinh-chon.tdkt")
        before = len(list_differences(province))
        merge_bundles(province, [bundle.path])
        left = len(list_differences(province))
        self._say(
            unit_name(ports), "Chọn giá trị của ô khác nhau", f"ở tỉnh: {before} → {left} chỗ"
        )

    def _province_marks(self) -> None:
        result = mark_all(self.ports(PROVINCE), self.content)
        self._say("Tỉnh", "Lấy điểm chấm chéo, ghi thẩm định, xếp hạng", result)

    def _province_answers(self) -> None:
        province = self.ports(PROVINCE)
        result = demo_way_back.return_one(province, self.content)
        self._say("Tỉnh", "Trả lại một hồ sơ, đề nghị sửa địa chỉ", result)
        result = demo_way_back.ask_about(province, self.content)
        self._say("Tỉnh", "Hỏi cơ quan về một ô của hồ sơ", result)

    def _offices_receive(self) -> None:
        province = self.ports(PROVINCE)
        made = export_for_all(province, folder=self.out / "goi" / "tinh-gui")
        by_number = {bundle.to: bundle.path for bundle in made}
        reports: list[BundleReport] = []
        returned: list[str] = []
        for _, folder in self._pcs():
            ports = self.ports(folder)
            with ports.store.read() as work:
                number = work.book.me().number
            reports += merge_bundles(ports, [by_number[number]]).reports
            back = [r.name for r in proposal_list(ports) if r.state is ProposalState.RETURNED]
            returned += [name for name in back if name not in returned]
        answers = sum(report.counts.new for report in reports)
        result = f"{answers} trả lời; bị trả lại: {', '.join(returned) or 'không'}"
        self._say("Các cơ quan", f"Nhận {len(reports)} gói của tỉnh", result)

    def _offices_go_on(self) -> None:
        content, province, bundles = self.content, self.ports(PROVINCE), self.out / "goi"
        office = self._office(content.returned.office)
        ports, edited = self.ports(office.folder), self.out / "ho-so" / office.folder
        who = unit_name(ports)
        result = demo_way_back.accept_suggestion(ports)
        self._say(who, "Chấp nhận đề nghị sửa của tỉnh", result)
        result = demo_way_back.read_word(ports, content, edited / "ban-word-da-sua.docx")
        self._say(who, "Nhận bản Word lãnh đạo đã sửa", result)
        bundle = bundles / "gui-tinh-trinh-lai.tdkt"
        result = demo_way_back.resubmit(ports, province, content, office, bundle)
        self._say(who, "Trình lại", result)
        asked = self.ports(self._office(content.question.office).folder)
        bundle = bundles / "gui-tinh-tra-loi.tdkt"
        result = demo_way_back.answer_question(asked, province, content, bundle)
        self._say(unit_name(asked), "Trả lời; tỉnh đóng câu hỏi", result)

    def _certificates_and_scores(self) -> None:
        office, folder = self.ports(self.content.offices[0].folder), self.out / "bang"
        result = demo_awards.award(office, self.content, folder)
        self._say(unit_name(office), "In giấy khen theo quyết định", result)
        result = demo_awards.print_scores(self.ports(PROVINCE), self.content, folder)
        self._say("Tỉnh", "In phiếu chấm của cụm", result)

    def _take_pictures(self) -> None:
        if self.pictures is None:
            return
        folder = self.out / "anh"
        taken = sum(
            self.pictures(self.ports(name), folder, name)
            for name in (PROVINCE, self.content.offices[0].folder)
        )
        self._say("Chương trình", "Chụp các trang của cửa sổ", f"{taken} ảnh")

    # where things are

    @property
    def _told_offices(self) -> tuple[OfficeText, ...]:
        """The offices that the story tells of one by one: those that type proposals."""
        typing = {one.office for one in self.content.proposals}
        return tuple(office for office in self.content.offices if office.code in typing)

    @property
    def _told_pcs(self) -> frozenset[str]:
        return frozenset({SECOND_PC, *(office.folder for office in self._told_offices)})

    @property
    def _quiet(self) -> tuple[Ports, ...]:
        told = self._told_offices
        return tuple(self.ports(o.folder) for o in self.content.offices if o not in told)

    def _desks(self) -> Iterator[tuple[OfficeDesk, bool]]:
        told = self._told_offices
        for office in self.content.offices:
            desk = OfficeDesk(self.content, office, self.ports(office.folder), self.out)
            yield desk, office in told

    def _pcs(self) -> Iterator[tuple[OfficeText, str]]:
        for office in self.content.offices:
            yield office, office.folder
        yield self._office(self.content.difference.office), SECOND_PC

    def _office(self, code: str) -> OfficeText:
        return next(one for one in self.content.offices if one.code == code)

    def _target(self) -> UUID:
        """Return the proposal that two PCs write differently: the one typed, for a person."""
        code = self.content.difference.office
        said = next(p for p in self.content.proposals if (p.office, p.subject) == (code, "person"))
        rows = proposal_list(self.ports(self._office(code).folder))
        return next(row.id for row in rows if row.name == said.nominee["full_name"])


def _counted(reports: Iterable[BundleReport]) -> str:
    counts = [report.counts for report in reports]
    new, changed = (sum(getattr(one, name) for one in counts) for name in ("new", "changed"))
    return f"{new} mới, {changed} sửa, {sum(one.differences for one in counts)} khác nhau"


def _everything_of(ports: Ports, proposal_id: UUID) -> list[UUID]:
    view = open_proposal(ports, proposal_id)
    return [proposal_id, view.nominee.id, *(one.id for one in view.evidence)]


def _clear(out: Path) -> None:
    """Remove what an earlier demo left; anything else in the folder stays."""
    for name in (*FOLDERS, "dang-ky", "ban-sao"):
        shutil.rmtree(out / name, ignore_errors=True)
