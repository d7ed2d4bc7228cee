"""F14 Tóm tắt thành tích: who it is, a few figures, what was given, one confirmation."""

from __future__ import annotations

from thidua_desktop.domain.merit import AchievementSort, PriorAward
from thidua_desktop.domain.pages import (
    Facts,
    Page,
    Paragraph,
    RecipientsAndSigner,
    Role,
)
from thidua_desktop.domain.told import joined
from thidua_desktop.services.candidates import Candidate, Occasion, subject_line
from thidua_desktop.services.list_wording import short_summary, shortened
from thidua_desktop.services.merit_wording import achievement_lines, decision_text
from thidua_desktop.services.pages import parts
from thidua_desktop.services.report_parts import (
    ABOVE_PROVINCE,
    block,
    facts_of,
    report_head,
    results_of,
)

FORM = "F14"
_MOST_LINES, _MOST_AWARDS, _YEARS = 8, 3, 5
_LONGEST_LINE, _LONGEST_SUMMARY = 240, 600
_LEFT_OUT = frozenset(
    {"history", "features", "structure", "facilities", "bodies", "duties", "phone", "fax"}
)


def is_summed_up(occasion: Occasion) -> bool:
    """Tell whether a summary goes with each report: what is decided above the province wants it."""
    return occasion.award is not None and occasion.award.authority in ABOVE_PROVINCE


def summary_of(occasion: Occasion, candidate: Candidate) -> Page:
    """Return the summary of one nominee."""
    texts, nominee = occasion.texts.of(FORM), candidate.nominee
    awards = _awards(occasion, candidate) or (texts.say("held.none"),)
    return Page(
        form=FORM,
        name=texts.forms[0].name,
        of=subject_line(nominee),
        is_reconstructed=texts.is_reconstructed,
        blocks=(
            parts.head(report_head(occasion, candidate)),
            parts.title(
                texts.say("title"),
                texts.say("award_line", award_name=occasion.award_name.upper()),
            ),
            Paragraph(text=subject_line(nominee), role=Role.SUBJECT),
            Facts(lines=facts_of(nominee, texts, left_out=_LEFT_OUT)),
            Paragraph(text=texts.say("section.merits"), role=Role.HEADING),
            *(Paragraph(text=words) for words in _merits(occasion, candidate)),
            Paragraph(text=texts.say("section.held"), role=Role.HEADING),
            *(Paragraph(text=f"- {line}") for line in awards[:-1]),
            Paragraph(text=f"- {awards[-1].rstrip('.')}./."),
            RecipientsAndSigner(recipients=(), signer=block(texts, "proposer", "seal")),
        ),
    )


def _merits(occasion: Occasion, candidate: Candidate) -> tuple[str, ...]:
    """Return what was reached in short; where nobody wrote of it, lines for the pen."""
    summary = short_summary(candidate, _LONGEST_SUMMARY)
    lines = (joined("- ", line) for line in _lines(occasion, candidate))
    return tuple(filter(None, (summary, *lines))) or candidate.open_summary()


def _lines(occasion: Occasion, candidate: Candidate) -> tuple[str, ...]:
    """Return the results with figures, before those without, as many as a summary has room for."""
    found = [
        shortened(line, _LONGEST_LINE)
        for result in results_of(candidate, occasion.texts.of(FORM))
        for line in result.results
    ]
    found = [*_last_figures(candidate), *found]
    figures = [line for line in found if any(letter.isdigit() for letter in line)]
    others = [line for line in found if line not in figures]
    return tuple([*figures, *others][:_MOST_LINES])


def _last_figures(candidate: Candidate) -> tuple[str, ...]:
    """Return the figures of the last year that has any."""
    found = [one for one in candidate.achievements if one.sort is AchievementSort.FIGURE]
    last = max((one.year or 0 for one in found), default=0)
    return achievement_lines(one for one in found if (one.year or 0) == last)


def _awards(occasion: Occasion, candidate: Candidate) -> tuple[str, ...]:
    """Return the last awards of five years, the latest first."""
    latest = candidate.last_awards(_MOST_AWARDS, since=occasion.day.year - _YEARS)
    return tuple(map(_award, latest))


def _award(one: PriorAward) -> str:
    decision = decision_text(one.decision_number, one.decision_date, one.issuer)
    return f"Năm {one.year}: {one.title}{f' ({decision})' if decision else ''}."
