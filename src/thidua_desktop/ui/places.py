"""The places of the window, in the order of the sidebar. Pages are imported at the first visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thidua_desktop.ui.pages.overview_page import OverviewPage
from thidua_desktop.ui.pages.page import Page, PageContext
from thidua_desktop.ui.place import Place

if TYPE_CHECKING:  # first paint does not need it
    from uuid import UUID


def _units(context: PageContext) -> Page:
    from thidua_desktop.ui.pages.unit_page import UnitPage  # noqa: PLC0415

    return UnitPage(context)


def _movement(context: PageContext) -> Page:
    from thidua_desktop.ui.pages.movement_page import MovementPage  # noqa: PLC0415

    return MovementPage(context)


def _criteria(context: PageContext) -> Page:
    from thidua_desktop.ui.pages.criteria_page import CriteriaPage  # noqa: PLC0415

    return CriteriaPage(context)


def _checklist(context: PageContext) -> Page:
    from thidua_desktop.ui.pages.checklist_page import ChecklistPage  # noqa: PLC0415

    return ChecklistPage(context)


def _proposals(context: PageContext) -> Page:
    from thidua_desktop.ui.pages.proposal_page import ProposalPage  # noqa: PLC0415

    return ProposalPage(context)


def _nominees(context: PageContext) -> Page:
    from thidua_desktop.ui.pages.nominee_page import NomineePage  # noqa: PLC0415

    return NomineePage(context)


def _check(context: PageContext) -> Page:
    from thidua_desktop.ui.pages.check_page import CheckPage  # noqa: PLC0415

    return CheckPage(context)


def _bundles(context: PageContext) -> Page:
    from thidua_desktop.ui.pages.bundle_page import BundlePage  # noqa: PLC0415

    return BundlePage(context)


def _questions(context: PageContext) -> Page:
    from thidua_desktop.ui.pages.question_page import QuestionPage  # noqa: PLC0415

    return QuestionPage(context)


def _twins(context: PageContext) -> Page:
    from thidua_desktop.ui.pages.twin_page import TwinPage  # noqa: PLC0415

    return TwinPage(context)


def _settings(context: PageContext) -> Page:
    from thidua_desktop.ui.pages.settings_page import SettingsPage  # noqa: PLC0415

    return SettingsPage(context)


def _bin(context: PageContext) -> Page:
    from thidua_desktop.ui.pages.bin_page import BinPage  # noqa: PLC0415

    return BinPage(context)


def _texts(context: PageContext) -> Page:
    from thidua_desktop.ui.pages.texts_page import TextsPage  # noqa: PLC0415

    return TextsPage(context)


def _certificates(context: PageContext) -> Page:
    from thidua_desktop.ui.pages.certificate_page import CertificatePage  # noqa: PLC0415

    return CertificatePage(context)


PLACES = (
    Place("overview", "Tổng quan", "overview", "tong-quan", OverviewPage),
    Place(
        *("units", "Đơn vị", "units", "don-vi", _units),
        does=("Thêm cụm, khối",),
        province_does=("Sáp nhập, sắp xếp", "Thêm đơn vị"),
        shows=("Kế thừa", "Người ký"),
    ),
    Place(
        *("movement", "Phong trào", "movement", "phong-trao", _movement),
        does=("In báo cáo, biểu",),
        shows=(
            *("Việc phải làm", "Đơn vị trực thuộc", "Văn bản", "Tiết kiệm", "Đăng ký thi đua"),
            *("Báo cáo", "Phân công"),
        ),
    ),
    Place(
        *("criteria", "Tiêu chí", "criteria", "tieu-chi", _criteria),
        does=("Bộ mới", "Chép thành bộ mới"),
    ),
    Place(
        *("checklist", "Phiếu tiêu chí", "checklist", "phieu-tieu-chi", _checklist),
        does=("In phiếu", "Chấm chéo đơn vị bạn", "Nhập kiểm lần hai", "Xếp hạng, thử điểm"),
    ),
    Place(
        *("nominees", "Đối tượng", "nominees", "doi-tuong", _nominees),
        does=("Thêm cá nhân", "Thêm tập thể", "Thêm hộ gia đình", "Dán từ Excel"),
    ),
    Place(
        *("proposals", "Đề nghị khen thưởng", "proposals", "de-nghi", _proposals),
        does=("Lập tờ trình", "Nhập từ Excel", "In hồ sơ", "Sửa hàng loạt"),
    ),
    Place("check", "Soát hồ sơ", "dossier", "soat-ho-so", _check, keys="F7"),
    Place(
        *("certificates", "In bằng", "certificate", "in-bang", _certificates),
        keys="F8",
        does=("Quyết định mới",),
    ),
    Place(
        *("bundles", "Gói dữ liệu", "bundles", "goi-du-lieu", _bundles),
        does=("Nhận gói", "Xuất gói"),
        shows=("Bàn hợp nhất", "Sổ gói"),
    ),
    Place("questions", "Hỏi đáp", "questions", "hoi-dap", _questions),
    Place("twins", "Có thể trùng", "twins", "co-the-trung", _twins, for_province=True),
    Place("texts", "Mẫu văn bản", "texts", "mau-van-ban", _texts),
    Place("bin", "Đã xóa", "bin", "go-nhanh", _bin),
    Place(
        *("settings", "Cài đặt", "settings", "an-toan", _settings),
        does=("Sao lưu ngay", "Kiểm tra dữ liệu"),
        shows=("Màu nền", "Cỡ chữ", "Tỉnh thực hành"),
    ),
)


def place_of(kind: str, record_id: UUID) -> tuple[str, object]:
    """Return where a record is shown: the place, and what the page there is to open."""
    from thidua_desktop.domain.notes import FieldPlace  # noqa: PLC0415 - after first paint
    from thidua_desktop.domain.proposals import Subject  # noqa: PLC0415 - after first paint

    match kind:
        case "proposal":
            return "proposals", record_id
        case "person" | "collective" | "household":
            return "nominees", (Subject(kind), record_id)
        case _:
            return _PLACE_OF.get(kind, "units"), FieldPlace(kind=kind, id=record_id, field="")


_PLACE_OF = {
    "plan_document": "movement",
    "savings_target": "movement",
    "registration": "movement",
    "annual_report": "movement",
    "criteria_set": "criteria",
    "criterion": "criteria",
    "paper_text": "texts",
    "decision": "certificates",
    "award": "certificates",
}
