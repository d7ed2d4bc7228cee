"""Soát hồ sơ: every rule that a dossier is held against, and what they find."""

from __future__ import annotations

from thidua_desktop.domain import (
    check_counts,
    check_dates,
    check_decisions,
    check_grounds,
    check_papers,
    check_reports,
    check_titles,
)
from thidua_desktop.domain.dossier_content import DossierContent
from thidua_desktop.domain.dossier_findings import CheckRule, DossierFinding
from thidua_desktop.domain.severity import Severity

RULES: tuple[CheckRule, ...] = (
    *check_papers.RULES,
    *check_counts.RULES,
    *check_titles.RULES,
    *check_dates.RULES,
    *check_grounds.RULES,
    *check_reports.RULES,
    *check_decisions.RULES,
)
_ORDER = tuple(Severity)


def check_dossier(content: DossierContent) -> tuple[DossierFinding, ...]:
    """Return what every rule finds, the gravest first."""
    findings = [
        DossierFinding(
            code=rule.code,
            severity=found.level or rule.severity,
            source=found.source or rule.source,
            found=found,
        )
        for rule in RULES
        for found in rule.find(content)
    ]
    return tuple(sorted(findings, key=lambda one: _ORDER.index(one.severity)))
