"""The whole job on the plan's own data: the program's use cases in order, told in a table.

Three offices and a second PC of one of them, a province, bundles there and back. Nothing here does
what a person could not do in the window: it calls the same use cases.
"""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import islice, permutations
from pathlib import Path
from typing import Any
from uuid import UUID

from thidua_desktop.app.demo_content import (
    DemoContent,
    EvidenceText,
    OfficeText,
    ProposalText,
    read_content,
)
from thidua_desktop.app.paths import resources
from thidua_desktop.app.wiring import make_ports
from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.criteria import Assessment, Criterion, Evidence, SubjectGroup
from thidua_desktop.domain.dates import PartialDate, from_typed
from thidua_desktop.domain.people import Gender, Household
from thidua_desktop.domain.proposals import (
    Contribution,
    ContributionKind,
    Outcome,
    ProposalState,
    Subject,
)
from thidua_desktop.domain.records import replace_values
from thidua_desktop.domain.units import AuthorityPrefix, Signer, UnitRole
from thidua_desktop.services.checklists import open_checklist, save_evidence, save_score
from thidua_desktop.services.criteria import criteria_sets
from thidua_desktop.services.differences import list_differences, settle
from thidua_desktop.services.dossiers import print_dossiers
from thidua_desktop.services.exchange import export_bundle, export_for_all, merge_bundles
from thidua_desktop.services.integrity import digest
from thidua_desktop.services.nominee_sheet import nominee_layout
from thidua_desktop.services.offices import accept, create_office, enrol, join
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.proposals import (
    new_proposal,
    open_proposal,
    proposal_list,
    save_proposal,
)
from thidua_desktop.services.publishing import make_own_set
from thidua_desktop.services.reviews import review_proposal
from thidua_desktop.services.saving import save_record
from thidua_desktop.services.sheets import (
    RowState,
    import_nominees,
    preview_nominees,
    write_template,
)
from thidua_desktop.services.submissions import (
    draft_submission,
    submit,
    submit_all,
    submit_records,
)

PROVINCE = "tinh"
SECOND_PC = "tien-hai-may-2"
PROVINCE_CODE = "34"
_SEED = 52
Pictures = Callable[[Ports, Path, str], int]


class Calendar:
    """The demo's own clock: a morning of November 2024, a second for each look at it."""

    def __init__(self) -> None:
        self._moment = datetime(2024, 11, 25, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self._moment += timedelta(seconds=1)
        return self._moment


@dataclass(frozen=True, slots=True)
class Told:
    """What happened, line by line, and the digests of the databases at the end."""

    lines: tuple[tuple[str, str, str], ...]
    digests: dict[str, str]
    orders: int
    orders_agree: bool


def run_demo(out: Path) -> int:
    """Run the demo into a folder, print what happened and return the exit code."""
    from thidua_desktop.app.pictures import take_pictures  # noqa: PLC0415 - Qt comes last

    if out.exists() and any(out.iterdir()):
        _clear(out)
    told = Demo(out, read_content(resources()), pictures=take_pictures).tell()
    _print(told, out)
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
        for office in self.content.offices:
            self._office_works(office)
        self._two_pcs_differ()
        for office in self.content.offices:
            self._office_submits(office)
        bundles = self._offices_export()
        agree, orders = self._merge_in_every_order(bundles)
        self._province_merges(bundles)
        self._office_settles()
        self._province_answers()
        self._offices_receive()
        self._take_pictures()
        self._office_resubmits()
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

    def _offices_join(self) -> None:
        province = self.ports(PROVINCE)
        second = next(o for o in self.content.offices if o.code == self.content.difference.office)
        for office, folder in self._pcs(second):
            file = self.out / "dang-ky" / f"{office.folder}.dk"
            if not file.exists():
                province.files.write(file, enrol(province, office.code))
            ports = self.ports(folder)
            join(ports, ports.files.read(file), file_name=file.name)
            request = export_bundle(ports, path=self.out / "goi" / f"dang-ky-{folder}.tdkt")
            (report,) = merge_bundles(province, [request.path]).reports
            self._say(_name(ports), f"Tham gia bằng tệp đăng ký ({folder})", report.message)
        taken = accept(province, None)
        self._say("Tỉnh", "Chấp nhận các máy xin đăng ký", f"{len(taken.accepted)} máy")

    def _pcs(self, second: OfficeText) -> Iterator[tuple[OfficeText, str]]:
        for office in self.content.offices:
            yield office, office.folder
        yield second, SECOND_PC

    def _office_works(self, office: OfficeText) -> None:
        ports = self.ports(office.folder)
        self._score(office, ports)
        if office.role == UnitRole.DEPARTMENT:
            own = make_own_set(
                ports,
                based_on=criteria_sets(ports)[0].criteria_set.id,
                name=f"Bộ tiêu chí lĩnh vực của {_name(ports)}",
                valid_from=PartialDate(self.content.year),
            )
            self._say(_name(ports), "Lập bộ tiêu chí của sở", own.name)
        self._import_list(office, ports)
        typed = [one for one in self.content.proposals if one.office == office.code]
        for one in typed:
            self._propose(ports, one)
        self._say(_name(ports), "Lập đề nghị trong cửa sổ", f"{len(typed)} đề nghị kèm minh chứng")

    def _score(self, office: OfficeText, ports: Ports) -> None:
        set_id = criteria_sets(ports)[0].criteria_set.id
        view = open_checklist(ports, set_id=set_id, year=self.content.year)
        rows = {row.row.criterion.code: row for row in view.rows}
        for said in (one for one in self.content.scores if one.office == office.code):
            blank = rows[said.criterion].score
            met = Assessment.MET if said.met else Assessment.NOT_MET
            score = save_score(
                ports, view.checklist, replace(blank, assessment=met, note=said.note), shown=None
            ).record
            for proof in said.evidence:
                evidence = replace(_evidence(ports, proof), score_id=score.id)
                save_evidence(ports, evidence, shown=None)
        view = open_checklist(ports, set_id=set_id, year=self.content.year)
        result = f"{view.answered}/{len(view.rows)} tiêu chí"
        self._say(_name(ports), f"Tự đánh giá năm {self.content.year}", result)

    def _import_list(self, office: OfficeText, ports: Ports) -> None:
        rows = [
            r for book in self.content.workbook if book.office == office.code for r in book.rows
        ]
        award, year = "Giấy khen", str(self.content.year)
        listed = [
            [str(n), *row[:7], award, year, row[7], ""] for n, row in enumerate(rows, start=1)
        ]
        folder = self.out / "bang-tinh"
        write_template(ports, folder / "mau-danh-sach.xlsx")
        path = folder / f"danh-sach-{office.folder}.xlsx"
        ports.workbooks.write(path, nominee_layout(()), listed)
        preview = preview_nominees(ports, path)
        import_nominees(ports, path)
        again = import_nominees(ports, path).preview.count(RowState.SAME)
        new = preview.count(RowState.NEW)
        result = f"{new} dòng mới; nhập lại lần hai: {again} dòng đã có, không thêm gì"
        self._say(_name(ports), "Nhập danh sách từ Excel", result)

    def _propose(self, ports: Ports, said: ProposalText) -> None:
        proposal_id, _ = new_proposal(ports, Subject(said.subject), year=self.content.year)
        view = open_proposal(ports, proposal_id)
        with ports.store.read() as work:
            award = work.records.having(AwardForm, code=said.award)[0]
            criteria = {one.code: one.id for one in work.records.having(Criterion)}
            groups = {one.code: one.id for one in work.records.having(SubjectGroup)}
        fields = {name: _typed(name, value) for name, value in said.nominee.items()}
        if said.group:
            fields["group_id"] = groups[said.group]
        proposal = replace(view.proposal, award_form_id=award.id, summary=said.summary)
        nominee = replace_values(view.nominee, fields)
        save_proposal(ports, proposal, nominee, shown=(view.proposal, view.nominee))
        for proof in said.evidence:
            evidence = replace(
                _evidence(ports, proof),
                proposal_id=proposal_id,
                criterion_id=criteria[proof.criterion],
            )
            save_record(ports, evidence)
        for gift in said.contributions:
            save_record(
                ports,
                Contribution(
                    id=_new_id(ports),
                    proposal_id=proposal_id,
                    sort=ContributionKind(gift.sort),
                    quantity=Decimal(gift.quantity),
                    measure=gift.measure,
                    wording=gift.wording,
                ),
            )

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
        self._say(_name(first), "Hai máy sửa cùng một ô", "mỗi máy một giá trị, chưa biết nhau")

    def _office_submits(self, office: OfficeText) -> None:
        ports = self.ports(office.folder)
        signer = _signer(ports, office)
        save_record(ports, signer)
        by_award: dict[UUID | None, list[UUID]] = {}
        for row in proposal_list(ports):
            by_award.setdefault(row.award_form_id, []).append(row.id)
        for ids in by_award.values():
            letter, _ = draft_submission(ports, ids)
            filled = replace(letter, place=office.place, number=office.number)
            filled = replace(filled, date=PartialDate(2024, 11, 25), signer_id=signer.id)
            save_record(ports, filled, shown=letter)
        done = submit_all(ports)
        printed = print_dossiers(ports, out=self.out / "ho-so" / office.folder, every=True)
        result = (
            f"{len(done.submissions)} tờ trình, {done.shared} bản ghi; {len(printed.files)} PDF"
        )
        self._say(_name(ports), "Trình và in hồ sơ", result)

    def _offices_export(self) -> list[Path]:
        made = []
        for folder in (*(o.folder for o in self.content.offices), SECOND_PC):
            ports = self.ports(folder)
            bundle = export_bundle(ports, path=self.out / "goi" / f"gui-tinh-{folder}.tdkt")
            made.append(bundle.path)
            self._say(_name(ports), f"Xuất gói số {bundle.number}", f"{bundle.ops} thay đổi")
        return made

    def _merge_in_every_order(self, bundles: Sequence[Path]) -> tuple[bool, int]:
        """Merge into copies of the province, in every order and with repeats: one digest."""
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
        province = self.ports(PROVINCE)
        for report in merge_bundles(province, tuple(reversed(bundles))).reports:
            counts = report.counts
            result = f"{counts.new} mới, {counts.changed} sửa, {counts.differences} khác nhau"
            self._say("Tỉnh", f"Nhập {report.file}", result)

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
        self._say(_name(ports), "Chọn giá trị của ô khác nhau", f"ở tỉnh: {before} → {left} chỗ")

    def _province_answers(self) -> None:
        province, said = self.ports(PROVINCE), self.content.returned
        returned = self._returned(province)
        for row in proposal_list(province):
            if row.state is not ProposalState.SUBMITTED:
                continue
            back = row.id == returned
            review_proposal(
                province,
                row.id,
                Outcome.RETURNED if back else Outcome.RECEIVED,
                reason=said.reason if back else "",
                reviewer=self.content.province.reviewer,
            )
        view = open_proposal(province, returned)
        assert isinstance(view.nominee, Household)  # noqa: S101 - the content says so
        suggested = replace(view.nominee, address=said.suggestion)
        save_record(province, suggested, shown=view.nominee)
        submit_records(province, [view.nominee.id])
        self._say("Tỉnh", "Trả lại một hồ sơ, đề nghị sửa địa chỉ", said.reason)

    def _offices_receive(self) -> None:
        province = self.ports(PROVINCE)
        made = export_for_all(province, folder=self.out / "goi" / "tinh-gui")
        by_number = {bundle.to: bundle.path for bundle in made}
        for folder in (*(o.folder for o in self.content.offices), SECOND_PC):
            ports = self.ports(folder)
            with ports.store.read() as work:
                number = work.book.me().number
            (report,) = merge_bundles(ports, [by_number[number]]).reports
            back = [r.name for r in proposal_list(ports) if r.state is ProposalState.RETURNED]
            result = f"{report.counts.new} trả lời; bị trả lại: {', '.join(back) or 'không'}"
            self._say(_name(ports), "Nhận gói của tỉnh", result)

    def _office_resubmits(self) -> None:
        office = self._office(self.content.returned.office)
        ports, province = self.ports(office.folder), self.ports(PROVINCE)
        (suggestion,) = list_differences(ports)
        offered = next(head for head in suggestion.heads if head.level == 0)
        settle(ports, suggestion.cell, take=offered.op)
        self._say(_name(ports), "Chấp nhận đề nghị sửa của tỉnh", str(offered.value))
        letter, _ = draft_submission(ports, [self._returned(ports)])
        filled = replace(letter, place=office.place, number=office.number.replace("128", "131"))
        save_record(ports, filled, shown=letter)
        done = submit(ports, letter.id)
        bundle = export_bundle(ports, path=self.out / "goi" / "gui-tinh-trinh-lai.tdkt")
        merge_bundles(province, [bundle.path])
        state = open_proposal(province, self._returned(province)).state
        assert state is ProposalState.SUBMITTED  # noqa: S101 - the story would be another one
        self._say(
            _name(ports), "Trình lại", f"{len(done.submissions)} tờ trình; tỉnh thấy: đã trình"
        )

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

    def _office(self, code: str) -> OfficeText:
        return next(one for one in self.content.offices if one.code == code)

    def _target(self) -> UUID:
        """Return the proposal that two PCs write differently: the one typed, for a person."""
        code = self.content.difference.office
        said = next(p for p in self.content.proposals if (p.office, p.subject) == (code, "person"))
        rows = proposal_list(self.ports(self._office(code).folder))
        return next(row.id for row in rows if row.name == said.nominee["full_name"])

    def _returned(self, ports: Ports) -> UUID:
        said = self.content.returned
        wanted = next(
            p
            for p in self.content.proposals
            if (p.office, p.subject) == (said.office, said.subject)
        )
        rows = proposal_list(ports)
        return next(row.id for row in rows if row.name == wanted.nominee["head"])


def _everything_of(ports: Ports, proposal_id: UUID) -> list[UUID]:
    view = open_proposal(ports, proposal_id)
    return [proposal_id, view.nominee.id, *(one.id for one in view.evidence)]


def _signer(ports: Ports, office: OfficeText) -> Signer:
    said = office.signer
    with ports.store.read() as work:
        unit_id = work.book.me().unit_id
    return Signer(
        id=_new_id(ports),
        unit_id=unit_id,
        full_name=said.full_name,
        position=said.position,
        prefix=AuthorityPrefix(said.prefix) if said.prefix else None,
    )


def _evidence(ports: Ports, said: EvidenceText) -> Evidence:
    return Evidence(
        id=_new_id(ports),
        wording=said.wording,
        quantity=Decimal(said.quantity),
        measure=said.measure,
    )


def _new_id(ports: Ports) -> UUID:
    with ports.store.read() as work:
        return ports.new_id(work.book.me().number)


def _name(ports: Ports) -> str:
    with ports.store.read() as work:
        return work.book.me().unit_name


def _typed(name: str, value: Any) -> Any:  # noqa: ANN401 - plain values of a resource
    match name:
        case "birth_date":
            return from_typed(value)
        case "gender":
            return Gender(value)
        case _:
            return value


def _clear(out: Path) -> None:
    """Remove what an earlier demo left; anything else in the folder stays."""
    for name in ("may", "dang-ky", "goi", "ho-so", "bang-tinh", "anh", "ban-sao"):
        shutil.rmtree(out / name, ignore_errors=True)


def _print(told: Told, out: Path) -> None:
    from rich.console import Console  # noqa: PLC0415 - only the demo prints a table
    from rich.table import Table  # noqa: PLC0415

    table = Table(title="Trọn việc, từ tiêu chí đến hồ sơ trả lại", show_lines=False)
    for heading in ("Ai", "Việc", "Kết quả"):
        table.add_column(heading, overflow="fold")
    for line in told.lines:
        table.add_row(*line)
    width = None if sys.stdout.isatty() else 140
    console = Console(width=width, markup=False)
    console.print(table)
    for name, value in told.digests.items():
        console.print(f"mã kiểm {name}: {value}")
    console.print(f"Kết quả nằm trong {out.resolve()}: may, goi, ho-so, bang-tinh, anh.")
