"""Which report of merit a proposal prints, and the one under a movement (F04)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from thidua_desktop.domain.dossiers import MeritReport, ReportSection
from thidua_desktop.domain.merit import AwardBasis
from thidua_desktop.domain.paper_forms import FormTexts
from thidua_desktop.domain.proposals import Subject
from thidua_desktop.services.candidates import (
    Candidate,
    Occasion,
    movement_name,
    plan_name,
    subject_line,
)
from thidua_desktop.services.figure_tables import figure_tables
from thidua_desktop.services.merit_reports import (
    devotion_sections,
    foreign_sections,
    merit_of_collective,
    merit_of_person,
    sudden_sections,
)
from thidua_desktop.services.merit_wording import held_section
from thidua_desktop.services.report_parts import (
    confirmations_of,
    facts_of,
    period,
    report_head,
    results_of,
    signatures_of,
    who,
)

Sections: TypeAlias = Callable[[Occasion, Candidate, FormTexts], tuple[ReportSection, ...]]

MOVEMENT = "F04"


def form_of(candidate: Candidate) -> str:
    """Return the form of the report: it follows from how the nominee is proposed."""
    is_collective = candidate.subject is Subject.COLLECTIVE
    match candidate.proposal.basis:
        case AwardBasis.MERIT:
            return "F02" if is_collective else "F03"
        case AwardBasis.SUDDEN:
            return "F05"
        case AwardBasis.DEVOTION | AwardBasis.TENURE if candidate.subject is Subject.PERSON:
            return "F06"
        case AwardBasis.FOREIGN if candidate.subject is not Subject.HOUSEHOLD:
            return "F07" if is_collective else "F08"
        case _:
            return MOVEMENT


def report_of(occasion: Occasion, candidate: Candidate) -> MeritReport:
    """Return the report of one nominee, in the form that the proposal asks for."""
    nominee, form = candidate.nominee, form_of(candidate)
    texts = occasion.texts.of(form)
    return MeritReport(
        form=form,
        is_reconstructed=texts.is_reconstructed,
        subject=candidate.subject,
        head=report_head(occasion, candidate),
        title=texts.say("title"),
        award_line=texts.say("award_line", award_name=occasion.award_name.upper()),
        movement_line=_occasion_line(occasion, candidate, texts),
        subject_line=subject_line(nominee),
        sections=_SECTIONS[form](occasion, candidate, texts),
        closing=texts.say(
            "closing",
            who=who(nominee, texts),
            movement=movement_name(occasion.movement),
            award_name=occasion.award_name,
        ),
        signatures=signatures_of(candidate, texts),
        confirmations=confirmations_of(occasion, candidate, texts),
    )


def _occasion_line(occasion: Occasion, candidate: Candidate, texts: FormTexts) -> str:
    movement, of_movement = occasion.movement, form_of(candidate) == MOVEMENT
    if not texts.has("occasion_line") or (movement is None and of_movement):
        return ""
    proposal = candidate.proposal
    start, end = proposal.achieved_from, proposal.achieved_to
    last = end.year if end else proposal.year or (movement and movement.last_year)
    usual = movement.first_year if movement and of_movement else last
    first = start.year if start else usual
    if first == last and first:
        years = f"năm {first}"
    else:
        years = f"giai đoạn {first or '…'} - {last or '…'}"
    return texts.say("occasion_line", movement=movement_name(movement), period=years)


def _movement_sections(
    occasion: Occasion, candidate: Candidate, texts: FormTexts
) -> tuple[ReportSection, ...]:
    profile = texts.say("section.profile")
    return (
        ReportSection(heading=profile, facts=facts_of(candidate.nominee, texts)),
        _merits(occasion, candidate, texts),
        *held_section(candidate, texts),
    )


def _merits(occasion: Occasion, candidate: Candidate, texts: FormTexts) -> ReportSection:
    proposal = candidate.proposal
    summary = candidate.summary_lines() or candidate.open_summary()
    plan = plan_name(occasion.movement)
    leading = texts.say("by_criteria", plan=plan) if plan and candidate.results else ""
    days = period(proposal.achieved_from, proposal.achieved_to)
    results = results_of(candidate, texts)
    year = proposal.year or occasion.day.year
    return ReportSection(
        heading=texts.say("section.merits"),
        facts=((texts.say("fact.period"), days),) if days else (),
        paragraphs=summary,
        leading=leading,
        results=results,
        tables=figure_tables(candidate, texts, year, number=len(results) + 1),
    )


_SECTIONS: dict[str, Sections] = {
    MOVEMENT: _movement_sections,
    "F02": merit_of_collective,
    "F03": merit_of_person,
    "F05": sudden_sections,
    "F06": devotion_sections,
    "F07": foreign_sections,
    "F08": foreign_sections,
}
