"""All rules over the papers of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from thidua_desktop.domain.layout import head_rules, mark_rules, page_rules, text_rules
from thidua_desktop.domain.layout.findings import LayoutFinding
from thidua_desktop.domain.layout.measured import MeasuredPaper
from thidua_desktop.domain.layout.roles import Roles, roles_of

Rule = Callable[[MeasuredPaper, Roles], Iterator[LayoutFinding]]
RULES: tuple[Rule, ...] = (
    page_rules.page_size,
    page_rules.margins,
    page_rules.page_numbers,
    page_rules.fonts,
    page_rules.composed,
    head_rules.state,
    head_rules.sizes_together,
    head_rules.agency,
    head_rules.number,
    head_rules.place,
    head_rules.title,
    mark_rules.about,
    mark_rules.urgency,
    mark_rules.circulation,
    mark_rules.copy_signature,
    text_rules.addressee,
    text_rules.bases,
    text_rules.body,
    text_rules.points,
    text_rules.ending,
    text_rules.recipients,
    mark_rules.drafter,
    mark_rules.contact,
    text_rules.signer,
    text_rules.signing_alone,
)


def layout_findings(papers: Iterable[MeasuredPaper]) -> tuple[LayoutFinding, ...]:
    """Return what is off in the papers of a file, each thing once."""
    found: list[LayoutFinding] = []
    for paper in papers:
        if not paper.is_official:
            continue
        roles = roles_of(paper)
        found += [finding for rule in RULES for finding in rule(paper, roles)]
    return tuple(dict.fromkeys(found))
