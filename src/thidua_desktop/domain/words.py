"""The field's words for codes: what stands on screen and on paper."""

from __future__ import annotations

from enum import StrEnum

from thidua_desktop.domain.annual_reports import ReportSort
from thidua_desktop.domain.attachments import FileState
from thidua_desktop.domain.awards import Authority, AwardFormKind
from thidua_desktop.domain.backups import BackupReason
from thidua_desktop.domain.bundles import BundleKind, BundleState
from thidua_desktop.domain.criteria import (
    Assessment,
    CriterionField,
    Grade,
    Marking,
    PointSort,
)
from thidua_desktop.domain.deadlines import DebtState
from thidua_desktop.domain.kinds import KIND_BY_NAME
from thidua_desktop.domain.ledger import CellState
from thidua_desktop.domain.lists import ListOrder
from thidua_desktop.domain.marks import Urgency
from thidua_desktop.domain.merit import (
    AchievementSort,
    AwardBasis,
    InitiativeScope,
    PositionSort,
    RatingLevel,
    RatingOf,
)
from thidua_desktop.domain.movements import Debtor, DocumentSort, Recurrence, SavingsField
from thidua_desktop.domain.notes import NoteKind
from thidua_desktop.domain.offices import OfficeState
from thidua_desktop.domain.paper_sorts import PaperSort
from thidua_desktop.domain.peer_groups import PeerGroupKind, PeerGroupRole
from thidua_desktop.domain.people import Gender, NomineeClass, WorkField
from thidua_desktop.domain.proposals import ContributionKind, Outcome, ProposalState, Subject
from thidua_desktop.domain.questions import QuestionState
from thidua_desktop.domain.records import DELETED, UnknownChoice, kind_spec
from thidua_desktop.domain.same_as import Likeness
from thidua_desktop.domain.scoring import Tier
from thidua_desktop.domain.severity import Severity
from thidua_desktop.domain.totals import Rating
from thidua_desktop.domain.units import AuthorityPrefix, SuccessionKind, UnitLevel, UnitRole

WORDS: dict[type[StrEnum], dict[StrEnum, str]] = {
    UnitLevel: {
        UnitLevel.CENTRAL: "Trung ương",
        UnitLevel.PROVINCE: "Tỉnh",
        UnitLevel.DEPARTMENT: "Sở, ban, ngành",
        UnitLevel.DISTRICT: "Huyện, thành phố",
        UnitLevel.COMMUNE: "Xã, phường, thị trấn",
        UnitLevel.GRASSROOTS: "Cơ sở",
    },
    UnitRole: {
        UnitRole.OFFICE: "Cơ quan, địa phương",
        UnitRole.DEPARTMENT: "Sở chủ trì lĩnh vực",
        UnitRole.PROVINCE: "Ban Thi đua - Khen thưởng tỉnh",
    },
    SuccessionKind: {
        SuccessionKind.MERGE: "Sáp nhập",
        SuccessionKind.SPLIT: "Chia, tách",
        SuccessionKind.RENAME: "Đổi tên",
        SuccessionKind.ABOLISH: "Giải thể",
    },
    PeerGroupKind: {PeerGroupKind.CLUSTER: "Cụm", PeerGroupKind.BLOCK: "Khối"},
    PeerGroupRole: {
        PeerGroupRole.HEAD: "Trưởng cụm, khối",
        PeerGroupRole.DEPUTY: "Phó trưởng cụm, khối",
    },
    AuthorityPrefix: {
        AuthorityPrefix.ON_BEHALF: "TM. (thay mặt)",
        AuthorityPrefix.DEPUTY: "KT. (ký thay)",
        AuthorityPrefix.ACTING: "Q. (quyền)",
        AuthorityPrefix.BY_ORDER: "TL. (thừa lệnh)",
        AuthorityPrefix.DELEGATED: "TUQ. (thừa ủy quyền)",
    },
    Urgency: {
        Urgency.URGENT: "Khẩn",
        Urgency.VERY_URGENT: "Thượng khẩn",
        Urgency.MOST_URGENT: "Hỏa tốc",
    },
    Recurrence: {
        Recurrence.ONCE: "Một lần",
        Recurrence.YEARLY: "Hằng năm",
        Recurrence.YEAR: "Trong năm",
    },
    Debtor: {
        Debtor.DEPARTMENTS: "Sở, ban, ngành, đoàn thể tỉnh",
        Debtor.OFFICES: "Mọi cơ quan, đơn vị, địa phương",
        Debtor.PROVINCE: "Cấp tỉnh",
    },
    DocumentSort: {
        DocumentSort.PLAN: "Kế hoạch",
        DocumentSort.PROGRAM: "Chương trình tiết kiệm, chống lãng phí",
        DocumentSort.CRITERIA: "Tiêu chí thi đua",
        DocumentSort.GUIDANCE: "Hướng dẫn",
        DocumentSort.RULES: "Quy chế, quy định",
        DocumentSort.REPORT: "Báo cáo",
        DocumentSort.OTHER: "Văn bản khác",
    },
    ReportSort: {
        ReportSort.YEARLY: "Báo cáo năm",
        ReportSort.REVIEW: "Báo cáo sơ kết, tổng kết",
    },
    SavingsField: {
        SavingsField.REGULAR: "Chi thường xuyên",
        SavingsField.PROCUREMENT: "Mua sắm, trang bị",
        SavingsField.INVESTMENT: "Đầu tư công",
        SavingsField.ASSETS: "Tài sản công, trụ sở",
        SavingsField.ENERGY: "Điện, nước, nhiên liệu",
        SavingsField.STAFF: "Bộ máy, biên chế",
        SavingsField.LAND: "Đất đai, tài nguyên",
        SavingsField.CAPITAL: "Vốn nhà nước tại doanh nghiệp",
        SavingsField.OTHER: "Lĩnh vực khác",
    },
    DebtState: {
        DebtState.OPEN: "Chưa làm",
        DebtState.OVERDUE: "Quá hạn, chưa làm",
        DebtState.DONE: "Đã làm, đúng hạn",
        DebtState.LATE: "Đã làm, trễ hạn",
        DebtState.UNCLEAR: "Đã làm, chưa rõ ngày",
    },
    CriterionField: {
        CriterionField.INFRASTRUCTURE: "Phát triển kết cấu hạ tầng",
        CriterionField.THRIFT: "Thực hành tiết kiệm, chống lãng phí",
        CriterionField.BOTH: "Cả hai lĩnh vực",
    },
    Marking: {
        Marking.MET: "Đạt, chưa đạt",
        Marking.POINTS: "Chấm điểm",
        Marking.FORWARD: "Số liệu thuận (càng cao càng tốt)",
        Marking.INVERSE: "Số liệu nghịch (càng thấp càng tốt)",
        Marking.GRADED: "Mức A, B, C, D",
    },
    Grade: {Grade.A: "A (tốt)", Grade.B: "B (khá)", Grade.C: "C (trung bình)", Grade.D: "D (yếu)"},
    PointSort: {PointSort.BONUS: "Cộng điểm", PointSort.PENALTY: "Trừ điểm"},
    Tier: {
        Tier.SELF: "Tự chấm",
        Tier.CROSS: "Chấm chéo",
        Tier.VERIFIED: "Thẩm định",
    },
    Rating: {
        Rating.EXCELLENT: "Xuất sắc",
        Rating.GOOD: "Tốt",
        Rating.FAIR: "Khá",
        Rating.BELOW: "Dưới mức khá",
    },
    Assessment: {Assessment.MET: "Đạt", Assessment.NOT_MET: "Chưa đạt"},
    Gender: {Gender.MALE: "Nam", Gender.FEMALE: "Nữ"},
    NomineeClass: {
        NomineeClass.PROVINCE_LEADER: "Lãnh đạo cấp bộ, cấp tỉnh trở lên",
        NomineeClass.DEPARTMENT_LEADER: "Lãnh đạo cấp vụ, sở, ngành",
        NomineeClass.DIVISION_LEADER: "Lãnh đạo từ phó trưởng phòng trở lên",
        NomineeClass.OTHER_LEADER: "Lãnh đạo khác",
        NomineeClass.ENTREPRENEUR: "Doanh nhân",
        NomineeClass.WORKER: "Người trực tiếp công tác, lao động",
        NomineeClass.PARTY_BODY: "Cơ quan Đảng và chính trị - xã hội",
        NomineeClass.CENTRAL_BODY: "Cơ quan Trung ương trên địa bàn",
        NomineeClass.ADMINISTRATION: "Cơ quan hành chính",
        NomineeClass.SERVICE_UNIT: "Đơn vị sự nghiệp",
        NomineeClass.ENTERPRISE: "Doanh nghiệp",
        NomineeClass.COOPERATIVE: "Hợp tác xã",
        NomineeClass.OTHER: "Đối tượng khác",
    },
    WorkField: {
        WorkField.SECURITY: "An ninh, quốc phòng",
        WorkField.PRESS: "Báo chí, thông tin, truyền thông",
        WorkField.INSURANCE: "Bảo hiểm xã hội",
        WorkField.PARTY: "Cơ quan, tổ chức Đảng",
        WorkField.UNIONS: "Hội và đoàn thể",
        WorkField.INDUSTRY: "Công nghiệp, thương mại",
        WorkField.LEGISLATURE: "Cơ quan lập pháp",
        WorkField.EDUCATION: "Giáo dục và đào tạo",
        WorkField.TRANSPORT: "Giao thông vận tải",
        WorkField.PLANNING: "Kế hoạch và đầu tư",
        WorkField.ECONOMY: "Kinh tế, xã hội",
        WorkField.SCIENCE: "Khoa học và công nghệ",
        WorkField.LABOUR: "Lao động, thương binh và xã hội",
        WorkField.AGRICULTURE: "Nông nghiệp và nông thôn",
        WorkField.FOREIGN: "Ngoại giao",
        WorkField.GOVERNMENT: "Quản lý nhà nước",
        WorkField.FINANCE: "Tài chính, ngân hàng",
        WorkField.ENVIRONMENT: "Tài nguyên và môi trường",
        WorkField.RELIGION: "Tôn giáo",
        WorkField.JUSTICE: "Tư pháp, thanh tra, tòa án, kiểm sát",
        WorkField.CULTURE: "Văn hóa, thể thao và du lịch",
        WorkField.CONSTRUCTION: "Xây dựng",
        WorkField.HEALTH: "Y tế",
    },
    PositionSort: {
        PositionSort.GOVERNMENT: "Chính quyền, chuyên môn",
        PositionSort.PARTY: "Đảng",
        PositionSort.UNION: "Đoàn thể",
    },
    AchievementSort: {
        AchievementSort.RESULT: "Kết quả nổi bật",
        AchievementSort.MEASURE: "Biện pháp, nguyên nhân",
        AchievementSort.COMPLIANCE: "Chấp hành chủ trương, pháp luật",
        AchievementSort.BODIES: "Hoạt động đảng, đoàn thể",
        AchievementSort.FIGURE: "Số liệu theo năm",
    },
    InitiativeScope: {
        InitiativeScope.GRASSROOTS: "Cơ sở",
        InitiativeScope.DISTRICT: "Cấp huyện",
        InitiativeScope.PROVINCE: "Bộ, ngành, tỉnh",
        InitiativeScope.NATIONAL: "Toàn quốc",
    },
    RatingOf: {
        RatingOf.WORK: "Chuyên môn",
        RatingOf.PARTY: "Đảng",
        RatingOf.UNION: "Đoàn thể",
    },
    RatingLevel: {
        RatingLevel.EXCELLENT: "Hoàn thành xuất sắc nhiệm vụ",
        RatingLevel.GOOD: "Hoàn thành tốt nhiệm vụ",
        RatingLevel.DONE: "Hoàn thành nhiệm vụ",
        RatingLevel.NOT_DONE: "Không hoàn thành nhiệm vụ",
    },
    AwardBasis: {
        AwardBasis.MERIT: "Công trạng",
        AwardBasis.SUDDEN: "Đột xuất",
        AwardBasis.MOVEMENT: "Phong trào, chuyên đề",
        AwardBasis.DEVOTION: "Cống hiến",
        AwardBasis.TENURE: "Niên hạn",
        AwardBasis.FOREIGN: "Đối ngoại",
    },
    PaperSort: {
        PaperSort.LETTER: "Tờ trình",
        PaperSort.REPORT: "Báo cáo thành tích",
        PaperSort.REVIEW_MINUTES: "Biên bản bình xét",
        PaperSort.COUNCIL_MINUTES: "Biên bản họp Hội đồng",
        PaperSort.BALLOT: "Kết quả bỏ phiếu",
        PaperSort.INITIATIVE: "Chứng nhận sáng kiến",
        PaperSort.MERIT: "Xác nhận thành tích",
        PaperSort.TAX: "Xác nhận nghĩa vụ thuế",
        PaperSort.INSURANCE: "Xác nhận bảo hiểm xã hội",
        PaperSort.ENVIRONMENT: "Xác nhận về môi trường",
        PaperSort.FIRE: "Xác nhận phòng cháy, chữa cháy",
        PaperSort.SAFETY: "Xác nhận an toàn lao động",
        PaperSort.RESIDENCE: "Xác nhận nơi cư trú",
        PaperSort.RATING: "Kết quả xếp loại",
        PaperSort.PRIOR: "Quyết định khen đã có",
        PaperSort.PUBLICATION: "Công khai danh sách",
        PaperSort.OPINION: "Ý kiến cơ quan liên quan",
        PaperSort.PARTY_OPINION: "Ý kiến cấp ủy",
        PaperSort.PHOTO: "Ảnh",
        PaperSort.OTHER: "Giấy tờ khác",
    },
    Severity: {
        Severity.BLOCK: "Chặn trình",
        Severity.WARN: "Cảnh báo",
        Severity.REMIND: "Nhắc",
    },
    ListOrder: {
        ListOrder.NAME: "Theo tên",
        ListOrder.BORN: "Theo ngày sinh",
        ListOrder.NEWEST: "Mới nhập trước",
    },
    AwardFormKind: {
        AwardFormKind.TITLE: "Danh hiệu thi đua",
        AwardFormKind.COMMENDATION: "Hình thức khen thưởng",
    },
    Authority: {
        Authority.STATE_PRESIDENT: "Chủ tịch nước",
        Authority.PRIME_MINISTER: "Thủ tướng Chính phủ",
        Authority.PROVINCE_CHAIR: "Chủ tịch Ủy ban nhân dân tỉnh",
        Authority.UNIT_HEAD: "Thủ trưởng cơ quan, đơn vị",
    },
    Subject: {
        Subject.PERSON: "Cá nhân",
        Subject.COLLECTIVE: "Tập thể",
        Subject.HOUSEHOLD: "Hộ gia đình",
    },
    ContributionKind: {
        ContributionKind.LAND: "Hiến đất",
        ContributionKind.MONEY: "Tiền",
        ContributionKind.WORKDAYS: "Ngày công",
        ContributionKind.MATERIALS: "Vật liệu",
        ContributionKind.CLEARANCE: "Giải phóng mặt bằng",
    },
    Outcome: {
        Outcome.RECEIVED: "Đã tiếp nhận",
        Outcome.ELIGIBLE: "Đủ điều kiện",
        Outcome.RETURNED: "Trả lại",
    },
    ProposalState: {
        ProposalState.DRAFT: "Dự thảo",
        ProposalState.SUBMITTED: "Đã trình",
        ProposalState.RECEIVED: "Đã tiếp nhận",
        ProposalState.ELIGIBLE: "Đủ điều kiện",
        ProposalState.RETURNED: "Trả lại",
    },
    QuestionState: {
        QuestionState.OPEN: "Chờ trả lời",
        QuestionState.ANSWERED: "Đã trả lời",
        QuestionState.CLOSED: "Đã khép",
    },
    NoteKind: {
        NoteKind.QUESTION: "Câu hỏi của tỉnh",
        NoteKind.ANSWER: "Đã trả lời",
        NoteKind.SUGGESTION: "Đề nghị sửa",
        NoteKind.SUGGESTED: "Đang đề nghị sửa",
        NoteKind.ACCEPTED: "Đã nhận đề nghị",
        NoteKind.DISMISSED: "Giữ nguyên",
        NoteKind.RETURN: "Trả lại",
    },
    Likeness: {
        Likeness.SUGGESTED: "Đơn vị đề nghị",
        Likeness.POSSIBLE: "Có thể",
    },
    BundleKind: {
        BundleKind.DELTA: "Phần mới",
        BundleKind.FULL: "Gói đầy đủ",
        BundleKind.REFERENCE: "Gói chung",
        BundleKind.RESTORE: "Gói khôi phục",
    },
    BundleState: {
        BundleState.NEW: "Đã nhập",
        BundleState.KNOWN: "Đã có từ trước",
        BundleState.PARKED: "Đang chờ",
        BundleState.REFUSED: "Không nhận",
    },
    BackupReason: {
        BackupReason.IMPORT: "Trước khi nhập gói",
        BackupReason.UPGRADE: "Trước khi nâng cấp",
        BackupReason.DAILY: "Hằng ngày",
        BackupReason.ASKED: "Theo yêu cầu",
    },
    OfficeState: {
        OfficeState.REVOKED: "Đã thu hồi",
        OfficeState.ENROLLED: "Đã cấp tệp đăng ký",
        OfficeState.WAITING: "Đang chờ chấp nhận",
        OfficeState.ACCEPTED: "Đã chấp nhận",
    },
    FileState: {
        FileState.HERE: "Đã có tệp",
        FileState.MISSING: "Chưa nhận tệp",
        FileState.CHANGED: "Bị thay đổi",
        FileState.UNFIT: "Không đúng loại tệp, không mở",
    },
    CellState: {
        CellState.DIFFERENCE: "Khác nhau, cần chọn",
        CellState.SUGGESTION: "Đề nghị sửa",
        CellState.DELETED_EDITED: "Đã xóa ở nơi này, vừa sửa ở nơi khác",
    },
}


def word(choice: StrEnum | UnknownChoice | None) -> str:
    """Return the words for a choice; one of a newer program is shown as unknown.

    >>> word(Gender.FEMALE)
    'Nữ'
    """
    if choice is None:
        return ""
    if isinstance(choice, UnknownChoice):
        return f"chưa rõ ({choice})"
    return WORDS[type(choice)][choice]


def role_name(role: str) -> str:
    """Return who a role is."""
    return word(UnitRole(role))


def kind_label(kind: str) -> str:
    """Return what a record kind is called."""
    return kind_spec(KIND_BY_NAME[kind]).label if kind in KIND_BY_NAME else kind


def field_label(kind: str, name: str) -> str:
    """Return what a field is called; one of a newer program keeps its own name."""
    if name == DELETED:
        return "Xóa bản ghi"
    if kind not in KIND_BY_NAME:
        return name
    labels = {spec.name: spec.label for spec in kind_spec(KIND_BY_NAME[kind]).fields}
    return labels.get(name, name)
