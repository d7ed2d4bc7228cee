"""The words for what is wrong in a field: the line beside it."""

from __future__ import annotations

from collections.abc import Iterable

from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import InvalidInputError, ThiduaError
from thidua_desktop.domain.issues import FieldIssue, Issue, LineIssue
from thidua_desktop.domain.numbers import decimal_text
from thidua_desktop.domain.paper_forms import TextFault
from thidua_desktop.domain.records import FieldSpec
from thidua_desktop.domain.templates import FaultKind


def found_text(found: FieldIssue | LineIssue, spec: FieldSpec | None = None) -> str:
    """Return the line to show beside a field, with the place in its text where that is known."""
    if found.about:
        return text_fault_text(found.about)
    return issue_text(found.issue, spec or getattr(found, "spec", None))


def issues_text(issues: Iterable[FieldIssue]) -> str:
    """Return what is wrong in several fields, where it is said in one place."""
    return " ".join(map(found_text, issues))


def refusal_text(error: ThiduaError) -> str:
    """Return why something was refused: of an input what is wrong in it, else the error's words."""
    if isinstance(error, InvalidInputError):
        return issues_text(error.issues)
    return error_text(error)


def text_fault_text(said: TextFault) -> str:
    """Return what is wrong in a text of a paper: which paper, where there, what may stand there."""
    words = said.fault.words
    match said.fault.kind:
        case FaultKind.UNKNOWN:
            wrong = f"không có chỗ điền {words}"
        case FaultKind.UNCLOSED:
            wrong = f"chỗ điền “{words}” chưa có dấu }} đóng lại"
        case FaultKind.UNOPENED:
            wrong = f"thừa dấu }} ở cuối “{words}”"
    allowed = ", ".join(f"{{{name}}}" for name in said.allowed)
    offered = f"Được dùng: {allowed}." if allowed else "Đoạn này không có chỗ điền nào."
    return f"{said.form}, {said.label}: {wrong}. {offered} Muốn in dấu ngoặc nhọn, hãy gõ hai dấu."


def issue_text(issue: Issue, spec: FieldSpec | None = None) -> str:
    """Return the line to show beside a field; with the limit where it is known which field."""
    return (_limit_text(issue, spec) if spec else "") or _plain_text(issue)


def _limit_text(issue: Issue, spec: FieldSpec) -> str:
    """Return the complaint of a limit with its figure, where that is the field's own.

    What is too large may be so by another limit, as the points of a criterion.
    """
    match issue:
        case Issue.TOO_LONG:
            return f"Dài quá {decimal_text(spec.longest)} ký tự."
        case Issue.TOO_PRECISE:
            return f"Chỉ được tối đa {spec.scale} chữ số sau dấu phẩy."
        case Issue.TOO_SMALL if spec.least is not None:
            return f"Không được nhỏ hơn {decimal_text(spec.least)}."
        case _:
            return ""


def _plain_text(issue: Issue) -> str:  # noqa: C901, PLR0911, PLR0912, PLR0915 - a sentence per issue
    match issue:
        case Issue.MISSING:
            return "Không được để trống."
        case Issue.TOO_LONG:
            return "Dài quá mức cho phép."
        case Issue.WRONG_TYPE:
            return "Giá trị không đúng kiểu."
        case Issue.NOT_A_DATE:
            return "Không đọc được ngày; hãy gõ ngày/tháng/năm, tháng/năm hoặc năm."
        case Issue.NOT_A_NUMBER:
            return "Không đọc được số."
        case Issue.TOO_PRECISE:
            return "Chỉ được tối đa hai chữ số sau dấu phẩy."
        case Issue.TOO_SMALL:
            return "Số nhỏ hơn mức cho phép."
        case Issue.TOO_LARGE:
            return "Số lớn hơn mức cho phép."
        case Issue.NOT_ALLOWED:
            return "Giá trị không có trong danh mục."
        case Issue.CONTROL_CHARACTER:
            return "Có ký tự điều khiển không nhìn thấy; hãy xóa rồi gõ lại."
        case Issue.UNKNOWN_KIND:
            return "Không có loại bản ghi này."
        case Issue.UNKNOWN_FIELD:
            return "Loại bản ghi này không có trường này."
        case Issue.UNKNOWN_UNIT:
            return "Không tìm thấy đơn vị trong danh mục."
        case Issue.UNKNOWN_AWARD:
            return "Không tìm thấy hình thức khen thưởng trong danh mục."
        case Issue.NOT_FOR_SUBJECT:
            return "Hình thức này không tặng cho loại đối tượng đã chọn."
        case Issue.LOCKED:
            return "Hồ sơ đã trình, chỉ sửa được khi tỉnh trả lại."
        case Issue.NOT_AN_ID:
            return "Không đọc được mã bản ghi."
        case Issue.NO_RECORD:
            return "Chưa có bản ghi mà mục này chỉ tới."
        case Issue.NOT_A_CODE:
            return "Mã chỉ gồm chữ cái không dấu, chữ số và gạch nối."
        case Issue.OWN_PARENT:
            return "Đơn vị không thể trực thuộc chính nó."
        case Issue.OWN_HEIR:
            return "Đơn vị không thể kế thừa chính nó."
        case Issue.LOOP:
            return "Chọn như vậy thì vòng trở lại chính đơn vị này; hãy chọn đơn vị khác."
        case Issue.NOT_NAMED:
            return "Không có mục nào tên hay mã như vậy; hãy ghi đúng như trong chương trình."
        case Issue.SEVERAL_NAMED:
            return "Có nhiều mục cùng tên như vậy; hãy ghi mã, hoặc để trống rồi chọn sau khi dán."
        case Issue.NOT_STANDING:
            return "Đơn vị không hoạt động vào ngày hiệu lực, hoặc đã có ngày hết hiệu lực."
        case Issue.SEVERAL_LEVELS:
            return "Các đơn vị phải cùng một cấp."
        case Issue.TOO_FEW:
            return "Còn thiếu đơn vị; hãy thêm cho đủ."
        case Issue.TOO_MANY:
            return "Nhiều đơn vị quá; việc này chỉ dùng một."
        case Issue.NUMBER_TAKEN:
            return "Số này đã cấp cho bằng khác trong cùng sổ."
        case Issue.TAKEN:
            return "Mã này đã có đơn vị khác dùng."
        case Issue.ENDS_BEFORE_START:
            return "Ngày kết thúc ở trước ngày bắt đầu."
        case Issue.NOT_JSON:
            return "Dòng này không phải JSON hợp lệ."
        case Issue.LEAVE_EMPTY:
            return "Loại đối tượng đã chọn không dùng ô này; hãy để trống."
        case Issue.DIFFERS_ABOVE:
            return (
                "Khác với dòng trên cùng tên, cùng ngày sinh; nếu là hai người, hãy ghi đủ "
                "ngày sinh."
            )
        case Issue.BROKEN_FORMULA:
            return "Công thức trong ô bị lỗi; hãy gõ giá trị."
        case Issue.IN_FUTURE:
            return "Ngày hoặc năm này chưa tới; hãy xem lại."
        case Issue.BEFORE_YEAR:
            return "Ngày quyết định ở trước năm được ghi nhận; hãy xem lại ngày hoặc năm."
        case Issue.ONE_HOLDER:
            return "Chỉ ghi cho một cá nhân, một tập thể hoặc một hộ gia đình."
        case Issue.MORE_THAN_ALL:
            return "Lớn hơn tổng số người của tập thể."
        case Issue.ABOVE_BETTER:
            return "Không được lớn hơn mức đứng trên."
        case Issue.REASON_MISSING:
            return "Điểm khác bước trước: hãy ghi lý do; thiếu lý do thì chưa khóa được bước chấm."
        case Issue.REASONS_MISSING:
            return "Còn tiêu chí chấm khác mà chưa ghi lý do; hãy ghi đủ rồi khóa."
        case Issue.KEYED_OTHERWISE:
            return "Còn tiêu chí chưa nhập lần hai hoặc hai lần nhập còn khác nhau."
        case Issue.OWN_UNIT:
            return "Đơn vị không chấm chéo cho chính mình."
        case Issue.SCORES_MISSING:
            return "Còn tiêu chí chưa có điểm chấm chéo."
        case Issue.STEP_CLOSED:
            return "Bước chấm này đã khóa; mở khóa rồi mới sửa được."
        case Issue.SET_EMPTY:
            return "Bộ chưa có tiêu chí nào hoặc còn tiêu chí chưa ghi nội dung."
        case Issue.SET_ISSUED:
            return "Bộ tiêu chí đã ban hành thì không sửa; hãy lập phiên bản mới."
        case Issue.ONE_PLACE:
            return "Một tệp chỉ kèm vào một chỗ: hoặc minh chứng, hoặc văn bản."
        case Issue.WRONG_SLOT:
            return "Có chỗ điền sai trong mẫu văn bản."
