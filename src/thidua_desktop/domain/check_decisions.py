"""Checks of the decision that followed: not before the letter, the same names and titles."""

from __future__ import annotations

from collections.abc import Iterator

from thidua_desktop.domain.dates import is_after, shown
from thidua_desktop.domain.decisions import unlike
from thidua_desktop.domain.dossier_content import DossierContent
from thidua_desktop.domain.dossier_findings import CheckRule, Found, found_at
from thidua_desktop.domain.severity import Severity
from thidua_desktop.domain.words import field_label


def decided_before(content: DossierContent) -> Iterator[Found]:
    """Find a decision that is dated before the letter that asked for it."""
    letter = content.letter
    if letter is None or letter.date is None:
        return
    decisions = {given.decision.id: given.decision for c in content.cases for given in c.given}
    for one in decisions.values():
        if one.date is not None and is_after(letter.date, one.date):
            words = (
                f"Quyết định {one.number or '(chưa ghi số)'} ngày {shown(one.date)} trước tờ trình "
                f"ngày {shown(letter.date)}."
            )
            yield found_at(one, "date", words, seen=(one.date.iso(), letter.date.iso()))


def named_otherwise(content: DossierContent) -> Iterator[Found]:
    """Find a certificate that says another name or title than the dossier."""
    for case in content.cases:
        for given in case.given:
            for field, said, known in unlike(given):
                words = (
                    f"{field_label('award', field)} là “{said}”, hồ sơ ghi “{known}”: họ tên, chức "
                    "danh phải giống nhau ở hồ sơ, quyết định và bằng."
                )
                yield found_at(
                    given.award, field, words, case=case, seen=(said, known), offered=known
                )


_SOURCE = "Báo cáo thành tích, biên bản, tờ trình, quyết định nối nhau theo ngày (Điều 84 Luật)"
_SAME = "Họ tên, chức danh, đơn vị giống hệt ở mọi giấy tờ của hồ sơ"
RULES = (
    CheckRule("S-DATE-DECISION", Severity.WARN, _SOURCE, decided_before),
    CheckRule("S-NAME-AWARD", Severity.WARN, _SAME, named_otherwise),
)
