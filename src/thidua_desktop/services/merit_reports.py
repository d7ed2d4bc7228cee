"""The reports beside the one under a movement: merit, sudden deeds, devotion, foreign relations.

F02 and F03 công trạng, F05 đột xuất, F06 cống hiến, F07 and F08 đối ngoại.
"""

from __future__ import annotations

from thidua_desktop.domain.dates import PartialDate, shown
from thidua_desktop.domain.dossiers import (
    GAP,
    GAP_LINES,
    CriterionResult,
    ReportSection,
    ReportTable,
)
from thidua_desktop.domain.merit import AchievementSort, Initiative, Position, RatingOf
from thidua_desktop.domain.paper_forms import FormTexts
from thidua_desktop.domain.people import Collective, Person
from thidua_desktop.domain.tenure import duration_text, months_in, span_of
from thidua_desktop.domain.told import told_lines
from thidua_desktop.domain.words import word
from thidua_desktop.services.candidates import Candidate, Occasion
from thidua_desktop.services.figure_tables import figure_tables
from thidua_desktop.services.merit_wording import (
    achievement_lines,
    decision_text,
    held_section,
    rating_lines,
)
from thidua_desktop.services.report_parts import facts_of, results_of

Sections = tuple[ReportSection, ...]
_POSITION_WIDTHS = (20, 30, 26, 14, 10)
_INITIATIVE_WIDTHS = (10, 42, 18, 30)
_DUTIES = "duties"
_REACHED = (AchievementSort.RESULT, AchievementSort.FIGURE, None)
_OPEN = (GAP_LINES[0],)
_ROWS_FOR_THE_PEN = 3


def merit_of_collective(occasion: Occasion, candidate: Candidate, texts: FormTexts) -> Sections:
    """Return the sections of F02: what it is and is to do, four parts of merit, what it holds."""
    ratings = rating_lines(candidate, {RatingOf.PARTY, RatingOf.UNION})
    parts = (
        ("results", (*_summary(candidate), *_of(candidate, AchievementSort.RESULT, None))),
        ("measures", _of(candidate, AchievementSort.MEASURE)),
        ("compliance", _of(candidate, AchievementSort.COMPLIANCE)),
        ("bodies", (*_of(candidate, AchievementSort.BODIES), *ratings)),
    )
    return (
        _profile(candidate, texts),
        ReportSection(
            heading=texts.say("section.merits"),
            results=tuple(
                CriterionResult(criterion=texts.say(f"part.{name}"), results=lines or _OPEN)
                for name, lines in parts
            ),
            tables=(
                *figure_tables(candidate, texts, _year(occasion, candidate)),
                *_initiatives(candidate, texts),
            ),
        ),
        *held_section(candidate, texts),
    )


def merit_of_person(_occasion: Occasion, candidate: Candidate, texts: FormTexts) -> Sections:
    """Return the sections of F03: who it is, the duties, the merits, what is held."""
    nominee = candidate.nominee
    duties = told_lines(nominee, "duties") if isinstance(nominee, Person) else ()
    merits = tuple(line for sort in (*AchievementSort, None) for line in _of(candidate, sort))
    parts = (
        ("duties", duties),
        ("results", (*_summary(candidate), *merits)),
    )
    return (
        _profile(candidate, texts, left_out={_DUTIES}),
        ReportSection(
            heading=texts.say("section.merits"),
            results=tuple(
                CriterionResult(criterion=texts.say(f"part.{name}"), results=lines or _OPEN)
                for name, lines in parts
            ),
            tables=_initiatives(candidate, texts),
        ),
        *held_section(candidate, texts),
    )


def sudden_sections(_occasion: Occasion, candidate: Candidate, texts: FormTexts) -> Sections:
    """Return the sections of F05: the deed; awards held before do not count."""
    return (
        _profile(candidate, texts),
        ReportSection(
            heading=texts.say("section.merits"),
            paragraphs=_summary(candidate) or candidate.open_summary(),
            results=results_of(candidate, texts),
        ),
    )


def devotion_sections(occasion: Occasion, candidate: Candidate, texts: FormTexts) -> Sections:
    """Return the sections of F06: the person, the positions with their time, what is held."""
    asked = texts.lines("fact.asked")
    profile = _profile(candidate, texts, left_out={_DUTIES})
    return (
        ReportSection(
            heading=profile.heading, facts=(*profile.facts, *((one, GAP) for one in asked))
        ),
        ReportSection(
            heading=texts.say("section.merits"),
            paragraphs=_summary(candidate),
            tables=(_positions(occasion, candidate, texts),),
        ),
        *held_section(candidate, texts),
    )


def foreign_sections(_occasion: Occasion, candidate: Candidate, texts: FormTexts) -> Sections:
    """Return the sections of F07 and F08: what was given to the country, how its law is kept."""
    asked = texts.lines("fact.asked")
    profile = _profile(candidate, texts)
    parts = (
        ("results", (*_summary(candidate), *_of(candidate, *_REACHED))),
        ("compliance", _of(candidate, AchievementSort.COMPLIANCE)),
        ("friendship", _of(candidate, AchievementSort.BODIES, AchievementSort.MEASURE)),
    )
    return (
        ReportSection(
            heading=profile.heading, facts=(*profile.facts, *((one, GAP) for one in asked))
        ),
        ReportSection(
            heading=texts.say("section.merits"),
            results=tuple(
                CriterionResult(criterion=texts.say(f"part.{name}"), results=lines or _OPEN)
                for name, lines in parts
            ),
        ),
        *held_section(candidate, texts),
    )


def _year(occasion: Occasion, candidate: Candidate) -> int:
    return candidate.proposal.year or occasion.day.year


def _profile(
    candidate: Candidate, texts: FormTexts, left_out: frozenset[str] | set[str] = frozenset()
) -> ReportSection:
    nominee = candidate.nominee
    kept = left_out if not isinstance(nominee, Collective) else frozenset()
    facts = facts_of(nominee, texts, left_out=kept)
    return ReportSection(heading=texts.say("section.profile"), facts=facts)


def _summary(candidate: Candidate) -> tuple[str, ...]:
    return candidate.summary_lines()


def _of(candidate: Candidate, *sorts: AchievementSort | None) -> tuple[str, ...]:
    return achievement_lines(one for one in candidate.achievements if one.sort in sorts)


def _initiatives(candidate: Candidate, texts: FormTexts) -> tuple[ReportTable, ...]:
    if not candidate.initiatives:
        return ()
    columns = ("year", "initiative", "scope", "decision")
    return (
        ReportTable(
            heading=texts.say("results.initiatives"),
            columns=tuple(texts.say(f"column.{name}") for name in columns),
            widths=_INITIATIVE_WIDTHS,
            rows=tuple(map(_initiative, candidate.initiatives)),
        ),
    )


def _initiative(one: Initiative) -> tuple[str, ...]:
    decision = decision_text(one.decision_number, one.decision_date, one.issuer)
    return str(one.year or ""), one.name, word(one.scope) if one.scope else "", decision


def _positions(occasion: Occasion, candidate: Candidate, texts: FormTexts) -> ReportTable:
    """Return the table of positions; time in two of them at once counts once in the sum."""
    held = sorted(candidate.positions, key=lambda one: (one.held_from or PartialDate(1), one.id))
    spans = [span for one in held if (span := span_of(one, occasion.day)) is not None]
    names = ("time", "position", "workplace", "duration", "note")
    total = duration_text(months_in(spans)) if spans else ""
    rows = [_position(one, occasion) for one in held] or [("",) * len(names)] * _ROWS_FOR_THE_PEN
    return ReportTable(
        heading=texts.say("table.positions"),
        columns=tuple(texts.say(f"column.{name}") for name in names),
        widths=_POSITION_WIDTHS,
        rows=(*rows, (texts.say("total"), "", "", total, "")),
    )


def _position(one: Position, occasion: Occasion) -> tuple[str, ...]:
    start = shown(one.held_from) if one.held_from else "…"
    end = shown(one.held_to) if one.held_to else "nay"
    span = span_of(one, occasion.day)
    duration = duration_text(months_in([span])) if span else ""
    return f"{start} – {end}", one.title, one.workplace, duration, one.note
