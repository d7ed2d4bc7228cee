"""Checks of what is there: papers that the award needs, initiatives, merit used twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from thidua_desktop.domain.criteria import Evidence
from thidua_desktop.domain.dossier_content import Case, DossierContent
from thidua_desktop.domain.dossier_findings import CheckRule, Found, found_at
from thidua_desktop.domain.paper_needs import NeededBy, NeedLevel, PaperNeed, papers_needed
from thidua_desktop.domain.paper_sorts import PaperSort
from thidua_desktop.domain.severity import Severity
from thidua_desktop.domain.text import fold
from thidua_desktop.domain.words import word

_LEVELS = {
    NeedLevel.BINDING: Severity.BLOCK,
    NeedLevel.REQUIRED: Severity.WARN,
    NeedLevel.ADVISED: Severity.REMIND,
}


def missing_papers(content: DossierContent) -> Iterator[Found]:
    """Find a paper that the award needs and nobody has noted."""
    award = content.award
    if award is None:
        return
    needs = content.rules.needs
    if content.letter is not None:
        for need in papers_needed(needs, award, NeededBy.LETTER):
            in_each = [_is_in(need, case.papers) for case in content.cases]
            is_here = _is_in(need, content.papers) or (bool(in_each) and all(in_each))
            if not need.is_made and not is_here:
                yield _missing(need, found_at(content.letter, "papers", "", about=need.paper))
    for case in content.cases:
        needed = papers_needed(
            needs,
            award,
            NeededBy.PROPOSAL,
            subject=case.subject,
            group=case.group,
            rests_on_initiative=bool(case.claims),
        )
        for need in needed:
            if not need.is_made and not _is_noted(need, case):
                yield _missing(
                    need, found_at(case.proposal, "papers", "", case=case, about=need.paper)
                )


def initiative_shared(content: DossierContent) -> Iterator[Found]:
    """Find an initiative that other proposals rest on, too."""
    names = {one.id: one.name for case in content.cases for one in case.initiatives}
    for case in content.cases:
        for claim in case.claims:
            others = case.shared.get(claim.initiative_id) if claim.initiative_id else None
            if claim.initiative_id is not None and others:
                words = (
                    f"Sáng kiến “{names.get(claim.initiative_id, '')}” còn dùng cho: "
                    f"{'; '.join(others)}. Một sáng kiến chỉ dùng xét một lần."
                )
                seen = (str(claim.initiative_id), *others)
                yield found_at(claim, "initiative_id", words, case=case, seen=seen)


def initiative_unproven(content: DossierContent) -> Iterator[Found]:
    """Find an initiative without the decision that recognised it."""
    for case in content.cases:
        for one in case.initiatives:
            if not one.decision_number:
                words = f"Sáng kiến “{one.name}” chưa có số quyết định công nhận."
                yield found_at(one, "decision_number", words, case=case)


def proposed_twice(content: DossierContent) -> Iterator[Found]:
    """Find a nominee who is in the letter twice."""
    seen: dict[object, Case] = {}
    for case in content.cases:
        face = case.face or case.proposal.nominee_id
        first = seen.setdefault((case.subject, face), case) if face else case
        if first is not case:
            words = f"{case.name} có hai đề nghị trong một tờ trình."
            yield found_at(case.proposal, "note", words, case=case, seen=(str(face),))


def merit_twice(content: DossierContent) -> Iterator[Found]:
    """Find one year's merit that is proposed for several awards."""
    for case in content.cases:
        for other in case.beside:
            if other.award_form_id == case.proposal.award_form_id:
                continue
            award = content.catalogue.get(other.award_form_id or other.id)
            words = (
                f"{case.name} năm {case.proposal.year} còn được đề nghị "
                f"{award.name if award else 'hình thức khác'}: một thành tích không khen nhiều "
                "hình thức."
            )
            seen = (str(case.proposal.award_form_id), str(other.award_form_id))
            yield found_at(
                case.proposal,
                "award_form_id",
                words,
                case=case,
                seen=seen,
                about=f"beside-{other.id.hex[-12:]}",
            )


def awarded_before(content: DossierContent) -> Iterator[Found]:
    """Find a nominee who has had the same award in the same movement."""
    award = content.award
    if award is None:
        return
    for case in content.cases:
        for one in case.awards:
            is_same = one.award_form_id == award.id or fold(one.title) == fold(award.name)
            if is_same and one.movement_id and one.movement_id == case.proposal.movement_id:
                words = (
                    f"{case.name} đã được tặng {one.title} năm {one.year} trong chính phong trào "
                    "này; thành tích đã khen không kể lại."
                )
                yield found_at(
                    case.proposal,
                    "award_form_id",
                    words,
                    case=case,
                    seen=(str(award.id), str(one.id)),
                    about=f"held-{one.id.hex[-12:]}",
                )


def _is_in(need: PaperNeed, papers: Iterable[Evidence]) -> bool:
    return any(paper.paper is need.paper for paper in papers)


def _is_noted(need: PaperNeed, case: Case) -> bool:
    if need.paper is PaperSort.INITIATIVE:
        # A decision that is known by its number is the certificate.
        decided = all(one.decision_number for one in case.initiatives)
        return decided or _is_in(need, case.papers)
    return _is_in(need, case.papers)


def _missing(need: PaperNeed, at: Found) -> Found:
    name = word(need.paper)
    who = f"của {at.who}" if at.who else "của tờ trình"
    verb = {
        NeedLevel.BINDING: "Bắt buộc có",
        NeedLevel.REQUIRED: "Thiếu",
        NeedLevel.ADVISED: "Nên có",
    }[need.level]
    unsure = " (chưa đối chiếu văn bản)" if need.is_unverified else ""
    return Found(
        kind=at.kind,
        id=at.id,
        field=at.field,
        message=f"{verb} giấy tờ “{name}” {who}.",
        seen=(need.paper.value,),
        about=need.paper.value,
        proposal_id=at.proposal_id,
        who=at.who,
        level=_LEVELS[need.level],
        source=f"{need.article[:1].upper()}{need.article[1:]}{unsure}",
    )


_PAPERS = "Điều 84 Luật Thi đua, khen thưởng"
_ONCE = "Công văn 5007/BNV-TĐKT năm 2023: một sáng kiến chỉ dùng xét một danh hiệu"
_TWICE = "Điểm c khoản 2 Điều 5 Luật Thi đua, khen thưởng"
RULES = (
    CheckRule("S-PAPER", Severity.WARN, _PAPERS, missing_papers),
    CheckRule("S-INITIATIVE", Severity.BLOCK, _ONCE, initiative_shared),
    CheckRule("S-RECOGNISED", Severity.WARN, _PAPERS, initiative_unproven),
    CheckRule("S-TWICE", Severity.WARN, _TWICE, proposed_twice),
    CheckRule("S-MERIT", Severity.WARN, _TWICE, merit_twice),
    CheckRule("S-HELD", Severity.WARN, _TWICE, awarded_before),
)
