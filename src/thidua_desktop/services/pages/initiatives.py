"""F32: the letter that asks to recognise what initiatives are worth, and their list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from thidua_desktop.domain.dates import shown
from thidua_desktop.domain.merit import Initiative
from thidua_desktop.domain.numbers import two_digits
from thidua_desktop.domain.pages import Address, Align, Column, Page, Paragraph, Role, Row, Table
from thidua_desktop.domain.words import word
from thidua_desktop.services.pages import parts
from thidua_desktop.services.pages.office import Office


def initiative_pages(
    office: Office, year: int, initiatives: Sequence[Initiative], holders: Mapping[UUID, str]
) -> tuple[Page, Page]:
    """Return letter and list; `holders` names the person or collective of each initiative."""
    count = two_digits(len(initiatives))
    letter = Page(
        form="F32",
        name="Tờ trình công nhận sáng kiến",
        is_reconstructed=True,
        blocks=(
            office.head("TTr"),
            parts.title(
                "TỜ TRÌNH",
                f"Về việc công nhận hiệu quả, phạm vi ảnh hưởng của sáng kiến năm {year}",
            ),
            Address(lines=("Hội đồng Sáng kiến cấp có thẩm quyền",)),
            Paragraph(
                text="Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022.", role=Role.BASIS
            ),
            Paragraph(
                text=f"{office.begins} kính trình và đề nghị xem xét, công nhận hiệu quả áp dụng "
                f"và phạm vi ảnh hưởng của {count} sáng kiến, đề tài năm {year}."
            ),
            Paragraph(text="(Có Danh sách kèm theo)", role=Role.ENCLOSURE),
            Paragraph(text=f"{office.begins} kính đề nghị xem xét, quyết định./."),
            office.signed("Như trên"),
        ),
    )
    listed = Page(
        form="F32",
        name="Danh sách sáng kiến",
        is_reconstructed=True,
        is_landscape=True,
        blocks=(
            parts.title(
                "DANH SÁCH",
                f"Sáng kiến, đề tài đề nghị công nhận năm {year}",
                remark=f"(Kèm theo Tờ trình của {office.agency})",
            ),
            Table(
                columns=(
                    Column(name="TT", width=10, align=Align.CENTRE),
                    Column(name="Tên sáng kiến, đề tài", width=66),
                    Column(name="Tác giả, đồng tác giả", width=46),
                    Column(name="Phạm vi ảnh hưởng", width=30),
                    Column(name="Quyết định công nhận", width=36),
                    Column(name="Tóm tắt hiệu quả", width=64),
                ),
                rows=tuple(
                    Row(cells=(str(number), *_cells(one, holders)))
                    for number, one in enumerate(initiatives, start=1)
                ),
                closing=f"Danh sách có {count} sáng kiến, đề tài./.",
            ),
        ),
    )
    return letter, listed


def _cells(one: Initiative, holders: Mapping[UUID, str]) -> tuple[str, ...]:
    whose = one.person_id or one.collective_id
    author = holders.get(whose, "") if whose else ""
    authors = ", ".join(part for part in (author, one.authors) if part)
    return one.name, authors, word(one.scope), decision(one), one.summary


def decision(one: Initiative) -> str:
    """Return the decision that recognised an initiative, in words."""
    day = f" ngày {shown(one.decision_date)}" if one.decision_date else ""
    issuer = f" của {one.issuer}" if one.issuer else ""
    return f"Số {one.decision_number}{day}{issuer}" if one.decision_number else ""
