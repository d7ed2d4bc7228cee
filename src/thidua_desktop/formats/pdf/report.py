"""F04 Báo cáo thành tích: what a nominee reached under the movement, criterion by criterion."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.platypus import Flowable

from thidua_desktop.domain.dossiers import MeritReport, ReportSection
from thidua_desktop.formats.pdf import blocks
from thidua_desktop.formats.pdf.styles import Styles


def report_story(report: MeritReport, styles: Styles) -> list[Flowable]:
    """Return the report as flowables."""
    text = [flowable for section in report.sections for flowable in _section(section, styles)]
    return [
        blocks.head(report.head, styles),
        *blocks.title(
            (
                (report.title, styles.title),
                (report.award_line, styles.title),
                (report.movement_line, styles.remark),
            ),
            ruled=True,
        ),
        blocks.text(report.subject_line, styles.signer),
        *text[:-1],
        blocks.signatures(report.signatures, report.confirmations, styles, last=text[-1:]),
    ]


def _section(section: ReportSection, styles: Styles) -> Iterator[Flowable]:
    yield blocks.text(section.heading, styles.heading)
    for label, value in section.facts:
        yield blocks.text(f"- {label}: {value}", styles.body)
    for paragraph in section.paragraphs:
        yield blocks.text(paragraph, styles.body)
    for result in section.results:
        yield blocks.text(result.criterion, styles.criterion)
        for line in result.results:
            yield blocks.text(f"- {line}", styles.body)
