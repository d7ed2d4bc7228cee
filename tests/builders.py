"""Valid values to start a test from; name only the field the test is about."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from thidua_desktop.domain.bundles import (
    BundleContents,
    BundleKind,
    Certificate,
    Manifest,
    OpRange,
    OpSection,
)
from thidua_desktop.domain.certificates import Warrant
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.dossiers import (
    CriterionResult,
    Dossier,
    Letter,
    Letterhead,
    ListGroup,
    MeritReport,
    NomineeList,
    ReportSection,
    SignatureBlock,
)
from thidua_desktop.domain.marks import Urgency
from thidua_desktop.domain.offices import Enrolment, Identity, Office
from thidua_desktop.domain.pages import (
    Address,
    Align,
    Block,
    Code,
    Column,
    Head,
    Page,
    Paragraph,
    RecipientsAndSigner,
    Row,
    Table,
)
from thidua_desktop.domain.people import Person
from thidua_desktop.domain.proposals import Subject
from thidua_desktop.domain.units import UnitRole
from thidua_desktop.formats.bundle.sealing import AgeSealing
from thidua_desktop.formats.bundle.signing import Ed25519
from thidua_desktop.services.offices import new_replica

SEED = bytes(range(32))
ORIGIN = b"o" * 16


def an_office(**changes: Any) -> Office:
    office = Office(
        unit_id=UUID(int=343),
        unit_code="ubnd-343",
        unit_name="Ủy ban nhân dân huyện Kiến Xương",
        number=63,
        role=UnitRole.OFFICE,
    )
    return replace(office, **changes)


def an_identity(**changes: Any) -> Identity:
    identity = Identity(
        replica=b"r" * 16, seed=b"s" * 32, public_key=b"k" * 32, sealing_seed=b"a" * 32
    )
    return replace(identity, **changes)


def another_replica(office: Office) -> tuple[Identity, Certificate]:
    """Return a replica that was never there before."""
    return new_replica(office, signing=Ed25519(), sealing=AgeSealing(), noise=os.urandom)


def an_id(number: int, office: int = 63) -> UUID:
    """Return the id of the office's record of this number; larger numbers come later."""
    return UUID(int=number << 32 | office)


def a_person(number: int = 1, **changes: Any) -> Person:
    return replace(Person(id=an_id(number), full_name="Trịnh Văn Ổn"), **changes)


def a_certificate(**changes: Any) -> Certificate:
    certificate = Certificate(
        replica=b"r" * 16,
        office=63,
        unit_id=UUID(int=343),
        role="office",
        public_key=Ed25519().public_key(SEED),
    )
    return replace(certificate, **changes)


def a_warrant(**changes: Any) -> Warrant:
    """Return a signed certificate; changes of the certificate and of the warrant alike."""
    own = {name: changes.pop(name) for name in ("last", "valid_to") if name in changes}
    return Warrant(
        certificate=a_certificate(**changes),
        valid_from=datetime(2024, 11, 25, tzinfo=UTC),
        signer=b"o" * 32,
        signature=b"g" * 64,
        **own,
    )


def an_enrolment(**changes: Any) -> Enrolment:
    """Return an enrolment as one PC of the province tells another one of it."""
    office = an_office(unit_id=UUID(int=63))
    made = Enrolment(office=office, secret=b"s" * 32, made_at=datetime(2024, 11, 25, tzinfo=UTC))
    return replace(made, **changes)


def a_bundle(
    *lines: bytes, blobs: dict[str, bytes] | None = None, **changes: Any
) -> BundleContents:
    lines = lines or (b'[1,"x"]', b'[2,"y"]')
    manifest = Manifest(
        bundle=UUID(int=52),
        number=1,
        kind=BundleKind.DELTA,
        sender=a_certificate(),
        to=0,
        at=datetime(2024, 11, 25, tzinfo=UTC),
        program="0.1.0",
        ranges={ORIGIN: OpRange(0, len(lines), bytes(32), b"e" * 32)},
        have={},
        blobs=tuple(sorted(blobs or {})),
    )
    section = OpSection(origin=ORIGIN, kind="person", fields=("_xoa", "full_name"), lines=lines)
    return BundleContents(
        manifest=replace(manifest, **changes), sections=(section,), blobs=blobs or {}
    )


def a_letterhead(**changes: Any) -> Letterhead:
    head = Letterhead(
        parent="",
        agency="ỦY BAN NHÂN DÂN HUYỆN KIẾN XƯƠNG",
        number="128",
        symbol="TTr-UBND",
        place="Kiến Xương",
        date=PartialDate(2024, 11, 25),
    )
    return replace(head, **changes)


def a_letter(**changes: Any) -> Letter:
    letter = Letter(
        head=a_letterhead(),
        kind="TỜ TRÌNH",
        title="Về việc đề nghị tặng Giấy khen",
        recipients=("Chủ tịch Ủy ban nhân dân tỉnh", "Sở Nội vụ"),
        legal_basis=("Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",),
        body=("Kính đề nghị tặng Giấy khen cho 01 cá nhân.",),
        nominees=(),
        enclosure="(Có Danh sách và Hồ sơ đề nghị khen thưởng kèm theo)",
        closing="Kính đề nghị xem xét, quyết định./.",
        copies_to=("Như trên", "Lưu: VT"),
        signature=SignatureBlock(lines=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), name="Đỗ Quang Vịnh"),
    )
    return replace(letter, **changes)


CONTACT = (
    "Địa chỉ: Số 12, thị trấn Kiến Xương, huyện Kiến Xương, tỉnh Thái Bình",
    "Điện thoại: 0227 3821 000; fax: 0227 3821 001; thư điện tử: vp@kien-xuong.example",
)


def a_marked_letter(*, urgency: Urgency | None = Urgency.MOST_URGENT, **changes: Any) -> Letter:
    """Return a letter with every box that most letters do without."""
    marks = {"circulation": "LƯU HÀNH NỘI BỘ", "contact": CONTACT, "drafter": "NVT.(12)"}
    return a_letter(head=a_letterhead(urgency=urgency), **(marks | changes))


def an_untitled_letter(about: str = "V/v trả hồ sơ đề nghị khen thưởng, bổ sung giấy tờ") -> Page:
    """Return a letter without a title (công văn): it says under its number what it is about."""
    head = Head(
        parent="ỦY BAN NHÂN DÂN TỈNH THÁI BÌNH",
        agency="SỞ NỘI VỤ",
        number="Số: 45/SNV-TĐKT",
        place="Thái Bình, ngày 05 tháng 11 năm 2024",
        about=about,
        urgency=Urgency.URGENT,
    )
    return Page(
        form="F00",
        name="Công văn",
        circulation="XEM XONG TRẢ LẠI",
        contact=CONTACT,
        blocks=(
            head,
            Address(lines=("Ủy ban nhân dân huyện Kiến Xương",)),
            Paragraph(text="Sở Nội vụ trả lại hồ sơ đề nghị khen thưởng để bổ sung giấy tờ./."),
            RecipientsAndSigner(
                recipients=("- Như trên;", "- Lưu: VT, TĐKT."),
                signer=SignatureBlock(lines=("GIÁM ĐỐC",), name="Lê Văn Ví"),
                drafter="PL.(300)",
            ),
        ),
    )


def a_report(**changes: Any) -> MeritReport:
    report = MeritReport(
        subject=Subject.PERSON,
        head=a_letterhead(number="", symbol="", date=None),
        title="BÁO CÁO THÀNH TÍCH",
        award_line="ĐỀ NGHỊ TẶNG GIẤY KHEN",
        movement_line="(Về thành tích xuất sắc trong phong trào thi đua)",
        subject_line="Bà Đặng Thị Ngọc Ẩn, Phó Trưởng phòng",
        sections=(
            ReportSection(heading="I. SƠ LƯỢC", facts=(("Họ và tên", "Đặng Thị Ngọc Ẩn"),)),
            ReportSection(
                heading="II. THÀNH TÍCH ĐẠT ĐƯỢC",
                paragraphs=("Vận động hiến đất.",),
                results=(CriterionResult(criterion="1. Tiêu chí", results=("412 hộ.",)),),
            ),
        ),
        closing="Kính đề nghị cấp có thẩm quyền xem xét, khen thưởng./.",
        signatures=(
            SignatureBlock(lines=("THỦ TRƯỞNG ĐƠN VỊ",), remark="(Ký, đóng dấu)"),
            SignatureBlock(lines=("NGƯỜI BÁO CÁO",), name="Đặng Thị Ngọc Ẩn"),
        ),
        confirmations=(),
    )
    return replace(report, **changes)


def a_list(rows: int = 1, **changes: Any) -> NomineeList:
    said = NomineeList(
        kind="DANH SÁCH",
        title="Cá nhân đề nghị tặng Giấy khen",
        attached_to="(Kèm theo Tờ trình số 128/TTr-UBND ngày 25 tháng 11 năm 2024)",
        columns=("TT", "Họ và tên", "Năm sinh", "Chức vụ, đơn vị", "Tóm tắt thành tích"),
        widths=(6, 22, 11, 26, 35),
        groups=(
            ListGroup(
                heading="I. Cá nhân",
                rows=tuple(
                    (f"Người thứ {n}", "1984", "Kỹ sư", "Tiết kiệm nhiều.") for n in range(rows)
                ),
            ),
        ),
        closing=f"Danh sách có {rows} cá nhân./.",
    )
    return replace(said, **changes)


def a_dossier(*papers: Any, **changes: Any) -> Dossier:
    dossier = Dossier(title="Hồ sơ", papers=papers or (a_letter(), a_list(), a_report()))
    return replace(dossier, **changes)


def a_page(*blocks: Block, **changes: Any) -> Page:
    return replace(Page(form="F00", name="Bảng", blocks=blocks), **changes)


def a_grid(rows: int, **changes: Any) -> Table:
    columns = (
        Column(name="TT", width=10, align=Align.CENTRE),
        Column(name="Đơn vị", width=60),
        Column(name="Điểm", width=30, align=Align.RIGHT),
    )
    listed = tuple(Row(cells=(str(n), f"Đơn vị số {n}", "90,5")) for n in range(1, rows + 1))
    return replace(Table(columns=columns, rows=listed), **changes)


def a_code() -> Code:
    return Code(
        label="Từ đối chiếu", words="gỗ mây sông", notes=("Đọc cho nhau.",), signal="TDKT 1"
    )
