"""The words for every error: what happened, what was kept, what to do next."""

from __future__ import annotations

from collections.abc import Sequence

from thidua_desktop.domain import errors
from thidua_desktop.domain.bundle_text import rejection_text
from thidua_desktop.domain.file_text import unfit_text, unreturnable_text, unshowable_text
from thidua_desktop.domain.key_state import LEAST_PHRASE
from thidua_desktop.domain.page_ranges import pages_text
from thidua_desktop.domain.redactions import Unredactable
from thidua_desktop.domain.words import field_label, role_name

_MOST_LISTED = 3
_UNREDACTABLE = {
    Unredactable.NOT_OWNER: (
        "Chỉ cơ quan quản lý bản ghi hoặc tỉnh được xóa hẳn giá trị. Không có gì bị thay đổi; "
        "hãy gửi yêu cầu đến cơ quan đó."
    ),
    Unredactable.NO_VALUE: (
        "Ô này không có giá trị nào để xóa. Không có gì bị thay đổi; hãy xem lại tên trường."
    ),
    Unredactable.OPEN: (
        "Bản ghi còn chỗ khác nhau chưa chọn. Không có gì bị thay đổi; hãy chọn trước rồi xóa."
    ),
}


def error_text(error: errors.ThiduaError) -> str:  # noqa: C901, PLR0911, PLR0912, PLR0915 - one per error
    """Return the message to show. An error without words is a fault that a test catches."""
    match error:
        case errors.InvalidInputError() | errors.InvalidLinesError():
            return f"Chưa lưu gì: còn {len(error.issues)} chỗ cần sửa."
        case errors.StaleEditError():
            return "Chưa lưu: nơi khác vừa sửa bản ghi này. Hãy mở lại để xem."
        case errors.NotFoundError(kind="unit"):
            return (
                "Đơn vị không có trong danh mục của máy này: đã bị xóa, hoặc danh mục chưa về. "
                "Chưa thay đổi gì; hãy nhập gói của tỉnh, rồi xem lại danh mục."
            )
        case errors.NotFoundError():
            return (
                "Bản ghi không còn nữa, có thể đã bị xóa. Chưa thay đổi gì; hãy xem lại danh sách."
            )
        case errors.ChangeInUseError():
            return (
                "Chưa hoàn tác: đơn vị mới đang được dùng ở "
                f"{_listed(error.records)}. Không có gì bị thay đổi; hãy chuyển các bản ghi đó "
                "sang đơn vị khác trước."
            )
        case errors.OfficialStepError():
            return (
                f"Chưa hoàn tác: bước sắp xếp theo {error.resolution or 'quyết định của nhà nước'} "
                "có sẵn trong danh mục của chương trình. Không có gì bị thay đổi."
            )
        case errors.LockedError():
            return "Chưa lưu: hồ sơ đã trình, chỉ sửa được khi tỉnh trả lại."
        case errors.IssuedSetError():
            return (
                "Chưa đổi gì: bộ tiêu chí đã ban hành thì không sửa, không xóa; hãy lập phiên bản "
                "mới."
            )
        case errors.EmptySetError():
            return "Chưa ban hành: bộ chưa có tiêu chí nào hoặc còn tiêu chí chưa ghi nội dung."
        case errors.UsedSetError():
            return (
                f"Chưa xóa: bộ tiêu chí này đã có {error.checklists} phiếu dùng. Hãy lập phiên bản "
                "mới, hoặc ghi ngày hết hiệu lực cho bộ này."
            )
        case errors.ClosedStepError():
            return "Chưa đổi gì: bước chấm của phiếu đã khóa; mở khóa rồi mới sửa được."
        case errors.NomineeInUseError():
            return (
                f"Chưa xóa: “{error.name}” đang có {error.proposals} đề nghị khen thưởng. "
                "Hãy xóa đề nghị trước, rồi xóa đối tượng."
            )
        case errors.DossierFaultsError():
            first = error.findings[0].found.message
            more = f" (và {len(error.findings) - 1} điều nữa)" if len(error.findings) > 1 else ""
            return (
                f"Chưa trình được, soát hồ sơ còn điều chặn: {first}{more} Hồ sơ vẫn còn nguyên; "
                "hãy sửa, hoặc mở Soát hồ sơ (F7) và ghi lý do bỏ qua, rồi trình lại."
            )
        case errors.IncompleteError():
            return f"Chưa trình: còn {len(error.issues)} mục thiếu. {_first_missing(error)}"
        case errors.UnknownUnitError():
            return (
                f"Không có đơn vị nào mang mã “{error.unit_code}”. Chưa thay đổi gì; "
                "hãy xem lại mã trong danh mục đơn vị."
            )
        case errors.SharedNumberError():
            return f"Chưa chấp nhận máy nào. {shared_number_text(error.number, error.names)}"
        case errors.UnknownReplicaError():
            return f"Không có yêu cầu đăng ký nào của “{error.name}”. Chưa thay đổi gì."
        case errors.NoSuchReplicaError():
            return (
                f"Không có máy nào mang mã “{error.name}”, hoặc mã đó chỉ nhiều máy. "
                "Chưa thay đổi gì; hãy lấy mã máy trong danh sách cơ quan."
            )
        case errors.BeyondHeldError():
            return (
                f"Tỉnh mới nhận của máy này đến thay đổi số {error.held}. Chưa thu hồi; "
                "hãy chọn một số không lớn hơn."
            )
        case errors.OwnHeirError():
            return (
                f"Cơ quan “{error.unit_code}” không thể kế thừa chính mình, dù qua cơ quan khác. "
                "Chưa thay đổi gì; hãy chọn cơ quan khác."
            )
        case errors.NoRootError():
            return (
                "Khóa gốc của tỉnh không có trên máy này. Chưa thay đổi gì; hãy gõ 24 từ trên "
                "phiếu khôi phục: trong Cài đặt, hoặc thêm “--words TỆP” vào lệnh."
            )
        case errors.UncertifiedError():
            return (
                "Máy này của tỉnh chưa được khóa gốc xác nhận nên các cơ quan không nhận gói của "
                "máy. Chưa ghi gì; hãy bấm “Xác nhận máy này…” (Cài đặt), hoặc chạy “office "
                "certify”, rồi xuất lại."
            )
        case errors.NoSisterError():
            return (
                "Chưa biết máy nào khác của tỉnh nên chưa ghi gói nào. Trên máy thứ hai (khôi phục "
                "từ bản sao lưu, đã được xác nhận) hãy xuất gói cho máy này trước, rồi nhập gói "
                "đó vào đây."
            )
        case errors.RevokedHereError():
            return (
                "Máy này đã bị tỉnh thu hồi. Chưa thay đổi gì; nếu vẫn dùng máy này, hãy cấp mã "
                "máy mới (Cài đặt, hoặc lệnh “office renew”) rồi xác nhận lại."
            )
        case errors.OwnReplicaError():
            return (
                "Đây chính là máy đang dùng, không tự thu hồi được. Chưa thay đổi gì; hãy thu hồi "
                "từ máy khác của tỉnh."
            )
        case errors.PhraseError():
            return (
                f"Cụm từ mở {error.what} không đúng hoặc chưa được nhập. Chưa thay đổi gì; "
                "hãy kiểm tra rồi nhập lại."
            )
        case errors.SlowPhraseError():
            return (
                f"Máy này đang quá chậm để thử cụm từ mở {error.what}; cụm từ có thể vẫn đúng. "
                "Chưa thay đổi gì; hãy đóng bớt chương trình khác rồi thử lại, hoặc mở trên máy "
                "đã đặt cụm từ."
            )
        case errors.RecoveryWordsError(place=None):
            return (
                "Các từ khôi phục không đúng: phải đủ 24 từ, đúng thứ tự trên giấy. "
                "Chưa thay đổi gì; hãy xem lại."
            )
        case errors.RecoveryWordsError():
            return (
                f"Từ khôi phục thứ {error.place} không có trong danh sách. Chưa thay đổi gì; "
                "hãy xem lại tờ giấy."
            )
        case errors.WrongRootError():
            return (
                "Các từ này thuộc khóa gốc của tỉnh khác, các cơ quan sẽ không nhận gói của tỉnh. "
                "Chưa thay đổi gì; hãy tìm đúng tờ giấy."
            )
        case errors.NotForRoleError():
            return f"Việc này chỉ {role_name(error.needed)} làm được. Chưa thay đổi gì."
        case errors.NobodyToAskError():
            return (
                "Bản ghi này do tỉnh giữ, chưa cơ quan nào gửi dữ liệu về nó nên không có nơi để "
                "hỏi. Chưa gửi câu hỏi; hãy hỏi trên hồ sơ của cơ quan."
            )
        case errors.BundleRejectedError():
            return rejection_text(error.reason, error.file_name)
        case errors.BundleTooLargeError():
            return (
                "Dữ liệu cần gửi nhiều hơn mức một gói chứa được. Chưa ghi gói nào; "
                "hãy xuất gói chỉ gồm phần mới."
            )
        case errors.UnreadableFileError():
            return f"Không đọc được tệp “{error.file_name}”. Chưa thay đổi gì; hãy xem lại tệp."
        case errors.UndoBlockedError():
            later = ", ".join(str(number) for number in error.numbers)
            return (
                f"Chưa hoàn tác được vì các gói sau của cùng nơi gửi đã nhập (số {later}). "
                "Không có gì bị thay đổi. Hãy hoàn tác các gói đó trước, từ gói mới nhất."
            )
        case errors.UnwritableFileError(is_full=True):
            return (
                f"Không ghi được tệp “{error.file_name}” vì ổ đĩa đã đầy. Dữ liệu vẫn nguyên vẹn; "
                "hãy dọn bớt rồi thử lại, hoặc chọn nơi khác."
            )
        case errors.UnwritableFileError():
            return (
                f"Không ghi được tệp “{error.file_name}”. Dữ liệu vẫn nguyên vẹn; "
                "hãy chọn nơi khác."
            )
        case errors.NoCopyError():
            return (
                f"Không còn bản lưu của gói số {error.number}: nơi nhận đã báo nhận, hoặc gói sau "
                "đã gồm nội dung của nó. Chưa ghi gì; hãy xuất gói mới."
            )
        case errors.UnfitFileError():
            return unfit_text(error.why, error.file_name)
        case errors.UnshowableError():
            return unshowable_text(error.why, error.file_name)
        case errors.NoPrinterError():
            return (
                "Máy in không nhận. Chưa in đủ; hãy kiểm tra giấy và dây của máy in rồi in lại, "
                "hoặc lưu thành PDF."
            )
        case errors.TakenNumbersError():
            return (
                f"Số vào sổ {_numbers(error.numbers)} đã cấp rồi. Chưa cấp số nào; hãy bắt đầu từ "
                "số khác, hoặc để trống để lấy số kế tiếp."
            )
        case errors.SkippedNumbersError():
            return (
                f"Cấp như vậy thì số {_numbers(error.numbers)} trong sổ bỏ trống. Chưa cấp số nào; "
                "hãy bắt đầu từ số kế tiếp, hoặc xác nhận là cố ý bỏ trống."
            )
        case errors.NoSheetsError():
            return (
                f"Không có tờ bằng nào để in{_asked(error.wanted)}. Chưa in gì; hãy cấp số vào sổ, "
                "hoặc ghi lại các số cần in, như 37-41."
            )
        case errors.UnknownStockError():
            return f"Máy này không có phôi “{error.stock}”. Chưa in gì; hãy chọn phôi khác."
        case errors.WrongStockError():
            return (
                f"Phôi “{error.stock}” chưa dùng được: {'; '.join(error.problems)}. "
                "Chưa lưu gì; hãy sửa các chỗ ấy."
            )
        case errors.FileMissingError():
            return (
                f"Chưa nhận tệp “{error.file_name}”. Chưa thay đổi gì; tệp sẽ đến trong gói kế "
                "tiếp của nơi gửi."
            )
        case errors.FileChangedError():
            return (
                f"Tệp “{error.file_name}” trên đĩa không còn như lúc kèm. Chưa mở, chưa ghi gì; "
                "hãy kèm lại hoặc xin lại tệp."
            )
        case errors.NotAWorkbookError():
            return (
                f"Tệp “{error.file_name}” không phải bảng tính Excel (.xlsx) đọc được. "
                "Chưa nhập gì; hãy mở tệp bằng Excel rồi lưu lại."
            )
        case errors.WorkbookTooLargeError():
            return (
                f"Tệp “{error.file_name}” lớn quá mức cho phép. Chưa nhập gì; "
                "hãy chia danh sách thành nhiều tệp."
            )
        case errors.WrongHeadingsError():
            return (
                f"Tệp “{error.file_name}” không theo mẫu, thiếu cột "
                f"{', '.join(f'“{name}”' for name in error.missing)}. Chưa nhập gì; "
                "hãy lấy mẫu của phần mềm rồi chép dữ liệu vào."
            )
        case errors.UnmeasurableFileError():
            return (
                f"Tệp “{error.file_name}” không phải tệp PDF hoặc Word (.docx) mở được. Chưa đo "
                "gì; hãy mở tệp bằng Word rồi lưu lại thành .docx hoặc PDF."
            )
        case errors.UnreturnableFileError():
            return unreturnable_text(error.reason, error.file_name)
        case errors.NoStoreError():
            return (
                f"Thư mục “{error.folder}” chưa có dữ liệu. Hãy tạo cơ quan bằng "
                "“office create” hoặc nhận tệp đăng ký bằng “office join”."
            )
        case errors.StoreExistsError():
            return (
                f"Thư mục “{error.folder}” đã có dữ liệu của một cơ quan. Chưa thay đổi gì; "
                "hãy chọn thư mục khác."
            )
        case errors.StoreReadOnlyError():
            return (
                f"Thư mục “{error.folder}” chỉ cho đọc. Chưa thay đổi gì; "
                "hãy cấp quyền ghi hoặc chọn thư mục khác."
            )
        case errors.StoreGoneError():
            return (
                f"Không còn thấy dữ liệu ở “{error.folder}”: thư mục đã bị đổi tên, dời chỗ, hoặc "
                "ổ đĩa đã rút ra. Việc đang làm chưa được ghi; hãy trả thư mục về chỗ cũ rồi thử "
                "lại."
            )
        case errors.StoreBusyError():
            return (
                f"Chương trình khác đang mở dữ liệu ở “{error.folder}”. Chưa thay đổi gì; "
                "hãy đóng chương trình kia rồi thử lại."
            )
        case errors.StoreDamagedError():
            return (
                f"Tệp dữ liệu ở “{error.folder}” bị hỏng. Chưa thay đổi gì; "
                "hãy khôi phục từ bản sao lưu."
            )
        case errors.StoreNewerError():
            version = f" (bản {error.version})" if error.version else ""
            return (
                f"Dữ liệu ở “{error.folder}” thuộc phiên bản mới hơn{version}. Chưa thay đổi gì; "
                "hãy cập nhật phần mềm."
            )
        case errors.UpgradeFailedError():
            return (
                f"Chưa nâng cấp được dữ liệu ở “{error.folder}” vì dữ liệu không khớp với nhật ký. "
                "Dữ liệu vẫn như cũ; hãy chạy “store check --repair” bằng phiên bản trước rồi mở "
                "lại."
            )
        case errors.DiskFullError():
            return (
                f"Ổ đĩa chứa “{error.folder}” đã đầy. Việc đang làm đã được hủy, dữ liệu cũ "
                "vẫn nguyên vẹn; hãy dọn bớt rồi thử lại."
            )
        case errors.StoreOnNetworkError():
            return (
                f"Thư mục “{error.folder}” nằm trên ổ mạng, dữ liệu dễ hỏng ở đó. Chưa thay đổi "
                "gì; hãy chuyển thư mục dữ liệu về ổ đĩa của máy này."
            )
        case errors.BackupFailedError():
            why = "ổ đĩa đã đầy" if error.is_full else "không ghi được"
            return (
                f"Không sao lưu được vào “{error.folder}”: {why}. Chưa thay đổi gì; hãy chọn nơi "
                "sao lưu khác hoặc dọn bớt ổ đĩa. Riêng khi nhập gói, có thể nhập mà không sao lưu "
                "(dòng lệnh: --no-backup)."
            )
        case errors.BackupDamagedError():
            return (
                f"Tệp “{error.file_name}” không phải bản sao lưu khôi phục được. Chưa thay đổi "
                "gì; hãy chọn bản khác."
            )
        case errors.IdentityInsideDataError():
            return (
                f"Thư mục khóa “{error.folder}” nằm trong thư mục dữ liệu, sao chép sẽ lộ khóa. "
                "Chưa thay đổi gì; hãy chọn nơi khác."
            )
        case errors.IdentityMissingError():
            return (
                f"Không đọc được khóa của máy này ở “{error.folder}”. Chưa thay đổi gì; hãy cấp "
                "mã máy mới (Cài đặt, hoặc lệnh “office renew”), dữ liệu vẫn còn nguyên."
            )
        case errors.IdentityLockedError():
            return (
                "Khóa của máy này mở bằng cụm từ, và cụm từ chưa được nhập. Chưa thay đổi gì; hãy "
                "chạy lại và nhập cụm từ. Quên cụm từ thì cấp mã máy mới (lệnh “office renew”), dữ "
                "liệu vẫn còn nguyên."
            )
        case errors.WeakPhraseError():
            return (
                f"Cụm từ quá ngắn, cần ít nhất {LEAST_PHRASE} ký tự. Chưa thay đổi gì; hãy đặt cụm "
                "dài hơn, tốt nhất là sáu từ bất kỳ."
            )
        case errors.PaperInsideDataError():
            return (
                f"Phiếu “{error.file_name}” không được để trong thư mục dữ liệu hay thư mục khóa: "
                "bản sao lưu sẽ mang theo khóa gốc. Chưa ghi gì; hãy chọn nơi khác, in xong thì "
                "xóa."
            )
        case errors.UnredactableError():
            return _UNREDACTABLE[error.why]
        case errors.StoppedError():
            return "Đã dừng theo yêu cầu. Chưa thay đổi gì."
        case errors.FaultError():
            return "Phần mềm gặp lỗi. Chưa lưu gì; chi tiết đã ghi vào nhật ký."
        case _:
            raise LookupError(f"no words for {type(error).__name__}")


def _first_missing(error: errors.IncompleteError) -> str:
    if not error.issues:
        return "Hãy chọn hồ sơ cần trình."
    kind, _, name = error.issues[0]
    return f"Trước hết hãy điền “{field_label(kind, name)}”."


def shared_number_text(number: int, names: Sequence[str]) -> str:
    """Return what to do about offices that two PCs of the province gave one number."""
    return (
        f"Hai máy của tỉnh đã cấp cùng số hiệu {number} cho {' và '.join(names)}. Cơ quan chưa có "
        "tệp đăng ký sẽ được đổi số khi bấm “Cấp tệp đăng ký…”; nếu đã cấp cho cả hai thì khóa "
        "tệp, thu hồi máy của một cơ quan rồi cấp tệp mới, trước khi cơ quan ấy nhập dữ liệu."
    )


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _MOST_LISTED
    rest = f" và {more} nơi khác" if more > 0 else ""
    return "; ".join(names[:_MOST_LISTED]) + rest


def _numbers(numbers: tuple[int, ...]) -> str:
    """Return numbers as people write them: 3-5, 9."""
    return pages_text(number - 1 for number in numbers)


def _asked(wanted: str) -> str:
    return f" cho “{wanted}”" if wanted else ""
