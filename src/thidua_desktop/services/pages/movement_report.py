"""F17 and F18: what the movement brought in a year, or in the years up to a review.

What the records know is printed with its figures; what only people know (merits, faults, lessons)
has lines for the pen. The outline is reconstructed: plan 52 has no form of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.dates import shown
from thidua_desktop.domain.deadlines import Due
from thidua_desktop.domain.dossiers import GAP_LINES
from thidua_desktop.domain.movements import (
    PlanDocument,
    Registration,
    SavingsTarget,
    reached_percent,
)
from thidua_desktop.domain.numbers import decimal_text, two_digits
from thidua_desktop.domain.pages import (
    Align,
    Block,
    Page,
    Paragraph,
    Role,
    Row,
    RowSort,
    Table,
)
from thidua_desktop.domain.paper_forms import FormTexts
from thidua_desktop.domain.proposals import Contribution, ContributionKind, Subject
from thidua_desktop.domain.words import word
from thidua_desktop.services.candidates import IN_ORDER, movement_name, plan_name
from thidua_desktop.services.pages import parts
from thidua_desktop.services.pages.office import Office

YEAR, REVIEW, COMMON = "F17", "F18", "BCPT"
_DOCUMENTS = (
    ("number", 10, Align.CENTRE),
    ("symbol", 34, Align.LEFT),
    ("day", 26, Align.CENTRE),
    ("summary", 107, Align.LEFT),
)
_OWED = (
    ("number", 10, Align.CENTRE),
    ("task", 97, Align.LEFT),
    ("due", 28, Align.CENTRE),
    ("state", 42, Align.LEFT),
)
_TARGETS = (
    ("number", 10, Align.CENTRE),
    ("year", 16, Align.CENTRE),
    ("target", 71, Align.LEFT),
    ("measure", 24, Align.LEFT),
    ("planned", 20, Align.RIGHT),
    ("reached", 20, Align.RIGHT),
    ("percent", 16, Align.RIGHT),
)
_AWARDS = (
    ("number", 10, Align.CENTRE),
    ("award", 89, Align.LEFT),
    *((subject.value, 26, Align.CENTRE) for subject in IN_ORDER),
)
_BY_HAND = {
    "section.assessment": ("part.merits", "part.shortcomings", "part.lessons"),
    "section.tasks": (),
    "section.requests": (),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementFigures:
    """What the records of an office say of the movement in these years.

    `proposed` counts proposals by award form and kind of nominee.
    """

    years: tuple[int, ...]
    documents: tuple[PlanDocument, ...]
    registrations: tuple[Registration, ...]
    targets: tuple[SavingsTarget, ...]
    contributions: tuple[Contribution, ...]
    givers: int
    proposed: tuple[tuple[AwardForm, dict[Subject, int]], ...]
    owed: tuple[Due, ...]


def movement_report_page(office: Office, figures: MovementFigures) -> Page:
    """Return the report as a page: of one year, or of several up to a review."""
    first, last = figures.years[0], figures.years[-1]
    form = YEAR if first == last else REVIEW
    texts = office.texts.of(form)
    when = texts.say("when", first=str(first), last=str(last))
    said = {
        "movement": movement_name(office.movement),
        "when": when,
        "agency": office.agency,
        "plan": plan_name(office.movement),
    }
    return Page(
        form=form,
        name=texts.name,
        of=when,
        is_reconstructed=texts.is_reconstructed,
        blocks=(
            office.head("BC"),
            parts.title(texts.say("kind"), texts.say("title", **said)),
            parts.address(texts.lines("recipients", **said)),
            _said(texts, "opening" if said["plan"] else "opening.no_plan", said),
            *_steering(texts, figures),
            *_results(texts, figures),
            *_by_hand(texts),
            _said(texts, "closing", said),
            office.signed(texts),
        ),
    )


def _steering(texts: FormTexts, figures: MovementFigures) -> Iterator[Block]:
    yield _heading(texts, "section.steering")
    if figures.documents:
        yield _said(texts, "documents.count", {"count": two_digits(len(figures.documents))})
        yield Table(
            columns=parts.columns(texts, _DOCUMENTS),
            rows=tuple(
                Row(cells=(str(n), one.number, shown(one.issued_on), one.summary))
                for n, one in enumerate(figures.documents, start=1)
            ),
        )
    else:
        yield from _pen()
    if figures.registrations:
        registered = two_digits(len(figures.registrations))
        yield _said(texts, "registrations.count", {"count": registered})
    if figures.owed:
        yield _said(texts, "owed", {})
        yield Table(
            columns=parts.columns(texts, _OWED),
            rows=tuple(
                Row(
                    cells=(
                        str(n),
                        parts.sentence(due.obligation.task),
                        due.due_on.strftime("%d/%m/%Y"),
                        word(due.state),
                    )
                )
                for n, due in enumerate(figures.owed, start=1)
            ),
        )


def _results(texts: FormTexts, figures: MovementFigures) -> Iterator[Block]:
    yield _heading(texts, "section.results")
    yield _part(texts, "part.given")
    yield from _given(texts, figures)
    yield _part(texts, "part.saved")
    yield from _saved(texts, figures)
    yield _part(texts, "part.exemplars")
    yield from _pen()
    yield _part(texts, "part.awards")
    yield from _awards(texts, figures)


def _given(texts: FormTexts, figures: MovementFigures) -> Iterator[Block]:
    sums: dict[tuple[ContributionKind, str], Decimal] = {}
    for one in figures.contributions:
        if isinstance(one.sort, ContributionKind) and one.quantity is not None:
            key = (one.sort, one.measure)
            sums[key] = sums.get(key, Decimal(0)) + one.quantity
    if not sums:
        yield from _pen()
        return
    told = (
        f"{word(kind).lower()} {decimal_text(total)} {measure}".strip()
        for (kind, measure), total in sorted(sums.items(), key=_by_kind)
    )
    givers = two_digits(figures.givers)
    yield _said(texts, "given", {"count": givers, "told": "; ".join(told)})


def _by_kind(item: tuple[tuple[ContributionKind, str], Decimal]) -> tuple[int, str]:
    (kind, measure), _ = item
    return list(ContributionKind).index(kind), measure


def _saved(texts: FormTexts, figures: MovementFigures) -> Iterator[Block]:
    if not figures.targets:
        yield from _pen()
        return
    yield Table(
        columns=parts.columns(texts, _TARGETS),
        rows=tuple(
            Row(
                cells=(
                    str(n),
                    str(one.year or ""),
                    one.name,
                    one.measure,
                    _figure(one.planned),
                    _figure(one.reached),
                    _percent(one),
                )
            )
            for n, one in enumerate(figures.targets, start=1)
        ),
    )


def _awards(texts: FormTexts, figures: MovementFigures) -> Iterator[Block]:
    if not figures.proposed:
        yield _said(texts, "awards.none", {})
        return
    rows = [
        Row(cells=(str(n), form.name, *(_count(counts.get(one, 0)) for one in IN_ORDER)))
        for n, (form, counts) in enumerate(figures.proposed, start=1)
    ]
    totals = (sum(counts.get(one, 0) for _, counts in figures.proposed) for one in IN_ORDER)
    total = ("", texts.say("row.total"), *map(_count, totals))
    rows.append(Row(cells=total, sort=RowSort.TOTAL))
    yield Table(columns=parts.columns(texts, _AWARDS), rows=tuple(rows))


def _by_hand(texts: FormTexts) -> Iterator[Block]:
    for heading, subjects in _BY_HAND.items():
        yield _heading(texts, heading)
        for subject in subjects:
            yield _part(texts, subject)
            yield from _pen()
        if not subjects:
            yield from _pen()


def _heading(texts: FormTexts, place: str) -> Paragraph:
    return Paragraph(text=texts.say(place), role=Role.HEADING)


def _part(texts: FormTexts, place: str) -> Paragraph:
    return Paragraph(text=texts.say(place), role=Role.CRITERION)


def _said(texts: FormTexts, place: str, values: Mapping[str, str]) -> Paragraph:
    return Paragraph(text=parts.sentence(texts.say(place, **values)))


def _pen() -> Iterator[Paragraph]:
    """Yield lines for the pen."""
    for line in GAP_LINES[:2]:
        yield Paragraph(text=line)


def _figure(value: Decimal | None) -> str:
    return "" if value is None else decimal_text(value)


def _percent(target: SavingsTarget) -> str:
    found = reached_percent(target)
    return "" if found is None else f"{decimal_text(found)}%"


def _count(number: int) -> str:
    return two_digits(number) if number else "-"
