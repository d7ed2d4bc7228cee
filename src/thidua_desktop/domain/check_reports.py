"""Checks of the reports of merit: copied, too long, criteria claimed without evidence."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from thidua_desktop.domain.awards import Authority
from thidua_desktop.domain.copying import copies, share_in, words_of_text
from thidua_desktop.domain.criteria import Evidence
from thidua_desktop.domain.dossier_content import Case, DossierContent
from thidua_desktop.domain.dossier_findings import CheckRule, Found, found_at
from thidua_desktop.domain.merit import Achievement
from thidua_desktop.domain.proposals import Contribution
from thidua_desktop.domain.severity import Severity


def copied(content: DossierContent) -> Iterator[Found]:
    """Find a report that is copied from another one of the letter."""
    rules = content.rules
    cases = {case.proposal.id: case for case in content.cases}
    texts = [(key, _report(case)) for key, case in cases.items()]
    told = copies(texts, least_words=rules.least_words, share=rules.copied_share)
    for key, copy in told:
        assert isinstance(copy.of, UUID)  # noqa: S101 - the keys are of proposals
        case, model = cases[key], cases[copy.of]
        if _is_one(case, model):
            continue
        words = (
            f"Báo cáo của {case.name} giống báo cáo của {model.name} {copy.share}%: mỗi báo cáo "
            "phải nói thành tích của chính đối tượng."
        )
        yield found_at(
            case.proposal, "summary", words, case=case, about="copied",
            seen=(_report(case), _report(model)),
        )  # fmt: skip


def copied_from_before(content: DossierContent) -> Iterator[Found]:
    """Find a report that says what the same nominee's said in a year before."""
    rules = content.rules
    for case in content.cases:
        summary = case.proposal.summary
        if len(words_of_text(summary)) < rules.least_words:
            continue
        for other in case.before:
            share = share_in(summary, other.summary)
            if share >= rules.copied_share:
                words = (
                    f"Tóm tắt của {case.name} giống tóm tắt năm {other.year} {share}%: thành tích "
                    "của năm khác không kể lại."
                )
                yield found_at(
                    case.proposal,
                    "summary",
                    words,
                    case=case,
                    about=f"year-{other.year}",
                    seen=(summary, other.summary),
                )


def too_long(content: DossierContent) -> Iterator[Found]:
    """Find a summary that does not fit its form."""
    most = content.rules.most_summary_words
    for case in content.cases:
        count = len(case.proposal.summary.split())
        if count > most:
            words = (
                f"Tóm tắt thành tích của {case.name} dài {count} từ; bản tóm tắt chừng một trang "
                f"rưỡi, không quá {most} từ. Số liệu theo tiêu chí ghi ở phần minh chứng."
            )
            yield found_at(case.proposal, "summary", words, case=case, about="long")


def no_evidence(content: DossierContent) -> Iterator[Found]:
    """Find a criterion that is claimed in words alone."""
    for case in content.cases:
        for proof in case.proofs:
            criterion = content.criteria.get(proof.criterion_id) if proof.criterion_id else None
            if criterion is None:
                continue
            has_file = proof.id in case.filed
            if criterion.evidence_required and not has_file:
                words = f"Tiêu chí {criterion.code} bắt buộc minh chứng, dòng này chưa kèm tệp."
                field, seen = "wording", (proof.wording, "file")
            elif proof.quantity is None and not has_file:
                words = (
                    f"Tiêu chí {criterion.code} chỉ nêu bằng lời: chưa có số liệu, chưa kèm tệp."
                )
                field, seen = "quantity", (proof.wording, "figure")
            else:
                continue
            yield found_at(proof, field, words, case=case, about="evidence", seen=seen)


def no_result(content: DossierContent) -> Iterator[Found]:
    """Find a report to the province or above that has nothing but its summary."""
    award = content.award
    if award is None or award.authority in {None, Authority.UNIT_HEAD}:
        return
    for case in content.cases:
        told = (case.proofs, case.achievements, case.contributions, case.claims)
        if not any(told):
            words = (
                f"Báo cáo của {case.name} chưa có kết quả nào theo tiêu chí của kế hoạch: hãy thêm "
                "minh chứng, đóng góp hoặc thành tích."
            )
            yield found_at(case.proposal, "summary", words, case=case, about="results", seen=("",))


def no_measure(content: DossierContent) -> Iterator[Found]:
    """Find a figure that does not say of what."""
    for case in content.cases:
        figures: list[Evidence | Contribution | Achievement] = [*case.proofs, *case.contributions]
        for one in [*figures, *case.achievements]:
            if one.quantity is not None and not one.measure:
                words = f"Số liệu {one.quantity.normalize():f} chưa có đơn vị tính."
                yield found_at(one, "measure", words, case=case, seen=(str(one.quantity), ""))


def _report(case: Case) -> str:
    lines = [case.proposal.summary, *(one.wording for one in case.proofs)]
    return "\n".join(lines)


def _is_one(case: Case, other: Case) -> bool:
    return case.face is not None and case.face == other.face


_COPIED = "Không sao chép báo cáo giống nhau giữa các hồ sơ"
_FORM = "Mẫu tóm tắt thành tích (1–1,5 trang; chưa đối chiếu văn bản)"
_CRITERIA = "Kế hoạch 52/KH-UBND mục IV.1: thành tích theo từng tiêu chí"
RULES = (
    CheckRule("S-COPIED", Severity.WARN, _COPIED, copied),
    CheckRule("S-LAST-YEAR", Severity.WARN, _COPIED, copied_from_before),
    CheckRule("S-LONG", Severity.WARN, _FORM, too_long),
    CheckRule("S-EVIDENCE", Severity.WARN, _CRITERIA, no_evidence),
    CheckRule("S-RESULT", Severity.WARN, _CRITERIA, no_result),
    CheckRule("S-MEASURE", Severity.REMIND, _CRITERIA, no_measure),
)
