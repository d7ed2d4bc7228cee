"""The whole job on the plan's own data: once with every office, and small, told twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from thidua_desktop.app.demo import PROVINCE, SECOND_PC, Demo
from thidua_desktop.app.demo_content import DemoContent, read_content
from thidua_desktop.app.demo_told import Told
from thidua_desktop.app.paths import resources
from thidua_desktop.domain.people import Person
from thidua_desktop.services.dossier_check import check_dossiers
from thidua_desktop.services.exchange import merge_bundles
from thidua_desktop.services.integrity import check, digest
from thidua_desktop.services.packing import export_bundle

pytestmark = pytest.mark.long
STORY = 4  # the three offices that type proposals, and one of those that do not


def small() -> DemoContent:
    content = read_content(resources())
    return replace(content, offices=content.offices[:STORY])


def tell(out: Path, content: DemoContent, *, most_orders: int | None) -> tuple[Demo, Told]:
    demo = Demo(out, content, most_orders=most_orders)
    return demo, demo.tell()


@pytest.mark.timeout(900)
def test_every_office_of_the_plan_does_the_whole_job(tmp_path: Path) -> None:
    demo, told = tell(tmp_path, read_content(resources()), most_orders=2)

    # The province, districts, departments, a second PC of one and a copied folder of another.
    assert len(told.digests) == 1 + 8 + 16 + 2
    assert told.orders_agree
    said = " ".join(f"{what} {result}" for _, what, result in told.lines)
    assert "ở tỉnh: 1 → 0 chỗ" in said
    assert "Nhập lại một gói đã có từ trước" in said
    assert "từ chối E-DAMAGED" in said
    assert "thành máy riêng" in said
    assert "Chấp nhận đề nghị sửa của tỉnh" in said
    assert "bị trả lại: Bùi Đình Chuyên" in said
    assert "tỉnh thấy: đã trình" in said
    assert "Trả lời; tỉnh đóng câu hỏi" in said
    assert check(demo.ports(PROVINCE)).faults == ()
    found = check_dossiers(demo.ports(PROVINCE)).findings
    assert [one.finding.found.message for one in found] == []
    papers = sorted((tmp_path / "ho-so").rglob("*.pdf"))
    assert len(papers) == 24 + 3  # a letter of each office, a second one of three
    assert all(paper.read_bytes().startswith(b"%PDF") for paper in papers)


@pytest.mark.timeout(900)
def test_the_demo_told_twice_gives_the_same(tmp_path: Path) -> None:
    demo, told = tell(tmp_path / "mot", small(), most_orders=None)
    _, again = tell(tmp_path / "hai", small(), most_orders=1)

    assert told.orders == 24
    assert told.orders_agree
    assert told.digests == again.digests
    for name in told.digests:
        assert check(demo.ports(name)).faults == ()

    # The negative control of the one digest: it depends on what the offices wrote, not on what
    # comes again.
    late = tmp_path / "mot" / "goi" / f"gui-tinh-{SECOND_PC}.tdkt"
    merge_bundles(demo.ports(PROVINCE), [late])
    assert digest(demo.ports(PROVINCE)).digest == told.digests[PROVINCE]
    second = demo.ports(SECOND_PC)
    with second.store.write() as work:
        person = next(one for one in work.records.having(Person) if one.full_name)
        work.records.write(Person, person.id, {"full_name": "Một người khác hẳn"})
        work.records.share([("person", person.id)])
        work.commit()
    other = export_bundle(second, path=tmp_path / "khac.tdkt")
    merge_bundles(demo.ports(PROVINCE), [other.path])
    assert digest(demo.ports(PROVINCE)).digest != told.digests[PROVINCE]
