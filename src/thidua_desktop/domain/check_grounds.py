"""Checks of the grounds: the right award, article, legal basis, number, and who signs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from thidua_desktop.domain.dates import shown
from thidua_desktop.domain.dossier_content import DossierContent
from thidua_desktop.domain.dossier_findings import CheckRule, Found, found_at
from thidua_desktop.domain.proposals import Subject, citation_for, may_receive
from thidua_desktop.domain.severity import Severity
from thidua_desktop.domain.signers import signs_on, term_text
from thidua_desktop.domain.text import fold
from thidua_desktop.domain.units import stands_between
from thidua_desktop.domain.words import word


def other_award(content: DossierContent) -> Iterator[Found]:
    """Find a proposal for another award than its letter: it would be printed for that one."""
    letter, award = content.letter, content.award
    if letter is None or award is None:
        return
    for case in content.cases:
        asked = case.proposal.award_form_id
        if asked is not None and asked != award.id:
            other = content.catalogue.get(asked)
            words = (
                f"Đề nghị {other.name if other else 'hình thức khác'} nằm trong tờ trình đề nghị "
                f"{award.name}. Mỗi hình thức, mỗi thẩm quyền lập tờ trình riêng."
            )
            yield found_at(
                case.proposal, "award_form_id", words, case=case, seen=(str(asked), str(award.id))
            )


def not_for_subject(content: DossierContent) -> Iterator[Found]:
    """Find an award that the law does not give to this kind of nominee."""
    for case in content.cases:
        award = content.catalogue.get(case.proposal.award_form_id or case.proposal.id)
        if award is not None and not may_receive(case.proposal.subject, award):
            words = f"{award.name} không tặng cho {word(case.proposal.subject).lower()}."
            yield found_at(
                case.proposal,
                "award_form_id",
                words,
                case=case,
                seen=(str(award.id), str(case.proposal.subject)),
                about="subject",
            )


def not_in_force(content: DossierContent) -> Iterator[Found]:
    """Find an award that the law does not know on the day of the letter."""
    award = content.award
    if award is None or stands_between(award.valid_from, award.valid_to, content.day):
        return
    words = f"{award.name} chưa có hoặc không còn hiệu lực vào ngày {shown(content.day)}."
    seen = (str(award.id), content.day.iso())
    if content.letter is not None:
        yield found_at(content.letter, "date", words, seen=seen, about="award")
    elif content.cases:
        first = content.cases[0]
        yield found_at(first.proposal, "award_form_id", words, case=first, seen=seen, about="day")


def no_article(content: DossierContent) -> Iterator[Found]:
    """Find a proposal that rests on no article, or on that of another award."""
    for case in content.cases:
        proposal = case.proposal
        award = content.catalogue.get(proposal.award_form_id or proposal.id)
        if award is None or case.subject is None:
            continue
        right = citation_for(award, case.subject)
        if not proposal.citation and not right:
            words = f"Chưa ghi căn cứ điểm, khoản, điều cho {award.name}."
            yield found_at(proposal, "citation", words, case=case)
        elif proposal.citation and proposal.citation != right:
            owners = [
                one.name
                for one in content.catalogue.values()
                for subject in Subject
                if citation_for(one, subject) == proposal.citation
                and (one.id != award.id or subject is not case.subject)
            ]
            if owners and right:
                words = (
                    f"“{proposal.citation}” là căn cứ của {owners[0]} hoặc của đối tượng khác; căn "
                    f"cứ đúng là “{right}”."
                )
                yield found_at(
                    proposal,
                    "citation",
                    words,
                    case=case,
                    seen=(proposal.citation, right),
                    offered=right,
                )


def other_regime(content: DossierContent) -> Iterator[Found]:
    """Find legal bases that are those of another day."""
    letter = content.letter
    if letter is None or letter.date is None or not letter.legal_basis:
        return
    typed = letter.legal_basis.strip()
    iso = letter.date.iso()
    holding = [
        one
        for one in content.bases
        if one.valid_from <= iso and (not one.valid_to or iso <= one.valid_to)
    ]
    if not holding or typed == "\n".join(holding[-1].lines):
        return
    for one in content.bases:
        if typed == "\n".join(one.lines):
            words = (
                f"Phần căn cứ là của thời kỳ {one.valid_from[:4]}"
                f"{f'–{one.valid_to[:4]}' if one.valid_to else ''}, tờ trình đề ngày "
                f"{shown(letter.date)}."
            )
            yield found_at(
                letter,
                "legal_basis",
                words,
                seen=(one.regime, holding[-1].regime),
                offered="\n".join(holding[-1].lines),
            )
            return


def number_twice(content: DossierContent) -> Iterator[Found]:
    """Find a number that another letter of the unit has in the same year."""
    letter = content.letter
    if letter is None or not letter.number or letter.date is None:
        return
    for other in content.others:
        is_same = fold(other.number) == fold(letter.number)
        if is_same and other.date is not None and other.date.year == letter.date.year:
            award = content.catalogue.get(other.award_form_id or other.id)
            words = (
                f"Số {letter.number} đã dùng cho tờ trình"
                f"{f' đề nghị {award.name}' if award else ''} ngày {shown(other.date)}."
            )
            yield found_at(letter, "number", words, about="twice")
            return


def other_symbol(content: DossierContent) -> Iterator[Found]:
    """Find a number with the symbol of another agency."""
    letter, unit = content.letter, content.unit
    if letter is None or unit is None or not unit.document_code or "/" not in letter.number:
        return
    symbol = letter.number.rpartition("/")[2].strip()
    right = f"TTr-{unit.document_code}"
    if symbol != right:
        number = letter.number.partition("/")[0].strip()
        words = f"Ký hiệu “{symbol}” không phải của {unit.name}: tờ trình ghi “{right}”."
        yield found_at(letter, "number", words, about="symbol", offered=f"{number}/{right}")


def outside_term(content: DossierContent) -> Iterator[Found]:
    """Find a letter signed by somebody whose term does not hold on its day."""
    letter, signer = content.letter, content.signer
    if letter is None or letter.date is None or signer is None or signs_on(signer, letter.date):
        return
    words = (
        f"{signer.full_name} ký tờ trình ngày {shown(letter.date)}, ngoài nhiệm kỳ "
        f"({term_text(signer)})."
    )
    seen = (str(signer.id), letter.date.iso(), term_text(signer))
    yield found_at(letter, "signer_id", words, seen=seen)


def no_signer(content: DossierContent) -> Iterator[Found]:
    """Find a letter that nobody signs."""
    if content.letter is not None and content.signer is None:
        words = "Tờ trình chưa có người ký."
        yield found_at(content.letter, "signer_id", words, about="nobody", seen=("",))


def secret(content: DossierContent) -> Iterator[Found]:
    """Find a letter that says it is a state secret: such ones are not written here."""
    letter = content.letter
    if letter is not None and _SECRET.search(letter.circulation):
        words = (
            f"Phạm vi lưu hành ghi “{letter.circulation.strip()}”: hồ sơ bí mật nhà nước không "
            "được lập trong chương trình này."
        )
        yield found_at(letter, "circulation", words, about="secret")


_SECRET = re.compile(r"(?<!bảo )\bmật\b", re.IGNORECASE)
_SECRETS = "Luật Bảo vệ bí mật nhà nước"
_LETTER = "Mẫu 01 tờ trình, chú thích 6: lập riêng theo thẩm quyền"
_ARTICLE = "Mẫu 01 tờ trình, chú thích 8: căn cứ điểm, khoản, điều"
_LAW = "Luật Thi đua, khen thưởng"
_DECREE = "Nghị định số 30/2020/NĐ-CP, phụ lục I"
RULES = (
    CheckRule("S-AUTHORITY", Severity.BLOCK, _LETTER, other_award),
    CheckRule("S-SUBJECT", Severity.BLOCK, _LAW, not_for_subject),
    CheckRule("S-AWARD-DAY", Severity.WARN, _LAW, not_in_force),
    CheckRule("S-ARTICLE", Severity.WARN, _ARTICLE, no_article),
    CheckRule("S-BASIS", Severity.WARN, _LAW, other_regime),
    CheckRule("S-NUMBER", Severity.WARN, _DECREE, number_twice),
    CheckRule("S-SYMBOL", Severity.WARN, _DECREE, other_symbol),
    CheckRule("S-SIGNER-TERM", Severity.BLOCK, _DECREE, outside_term),
    CheckRule("S-SECRET", Severity.BLOCK, _SECRETS, secret),
    CheckRule("S-SIGNER", Severity.WARN, _DECREE, no_signer),
)
