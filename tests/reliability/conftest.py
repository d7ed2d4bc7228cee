from __future__ import annotations

from pathlib import Path

import pytest

from reliability.desk import Desk
from reliability.hostile import draft_of
from reliability.little import Little, found
from thidua_desktop.domain.people import Household, Person
from thidua_desktop.services import opening
from thidua_desktop.services.exchange import merge_bundles
from thidua_desktop.services.packing import export_bundle
from thidua_desktop.services.sending import Packing


@pytest.fixture(scope="module")
def little(tmp_path_factory: pytest.TempPathFactory) -> Little:
    return found(tmp_path_factory.mktemp("little"), 1)


@pytest.fixture(scope="module")
def payload(little: Little) -> bytes:
    """Return a good bundle of the office, laid open: two kinds, edits, a deletion, a file."""
    (office,) = little.offices.values()
    with office.store.write() as work:
        number = work.book.me().number
        people = [
            work.records.put(Person(id=office.new_id(number), full_name=name), shown=None)
            for name in ("Đặng Thị Ngọc Ẩn", "Bùi Đình Chuyên", "Trịnh Văn Ổn")
        ]
        house = Household(id=office.new_id(number), head="Lò Thị Ý", address="Thôn Đông Hòa")
        work.records.put(house, shown=None)
        work.records.share(work.records.drafts())
        work.commit()
    # Of this much the province knows, so that another content under the same number is seen.
    merge_bundles(little.province, [export_bundle(office, path=little.folder / "1.tdkt").path])
    with office.store.write() as work:
        work.records.write(Person, people[0].id, {"full_name": "Đặng Thị Ẩn"})
        work.records.write(Household, house.id, {"address": "Thôn Đoài"})
        work.records.share(work.records.drafts())
        work.records.delete(Person, people[2].id)
        work.records.share(work.records.drafts())
        work.commit()
    path = little.folder / "tốt.tdkt"
    export_bundle(office, path=path, packing=Packing(full=True))
    with (
        little.province.store.read() as work,
        opening.opened(little.province, work, path, file_name=path.name) as laid_open,
    ):
        assert isinstance(laid_open, Path)
        return laid_open.read_bytes()


@pytest.fixture
def desk(little: Little, payload: bytes, tmp_path: Path) -> Desk:
    (office,) = little.offices.values()
    good = draft_of(payload, office.store.identity().seed)
    key = little.province.store.identity()
    sealing = little.province.sealing
    reader, other = (sealing.public_key(seed) for seed in (key.sealing_seed, bytes(32)))
    return Desk(
        tmp_path,
        little.folder / "province",
        good,
        (lambda data: sealing.seal(data, [reader]), lambda data: sealing.seal(data, [other])),
    )
