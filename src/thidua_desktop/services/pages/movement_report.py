"""F17 and F18: what the movement brought in a year, or in the years up to a review.

What the records know is printed with its figures, what only people know as they wrote it in the
report; what nobody wrote has lines for the pen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from thidua_desktop.domain.annual_reports import AnnualReport
from thidua_desktop.domain.dates import shown
from thidua_desktop.domain.dossiers import GAP_LINES
from thidua_desktop.domain.movements import (
    PlanDocument,
    SavingsTarget,
    reached_percent,
)
from thidua_desktop.domain.numbers import decimal_text, figure_text, two_digits
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
from thidua_desktop.domain.told import told, told_lines
from thidua_desktop.domain.words import word
from thidua_desktop.services.candidates import IN_ORDER, movement_name, plan_name
from thidua_desktop.services.movement_figures import MovementFigures, listed, summed
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
    ("number", 9, Align.CENTRE),
    ("year", 14, Align.CENTRE),
    ("target", 48, Align.LEFT),
    ("measure", 24, Align.LEFT),
    ("planned", 31, Align.RIGHT),
    ("reached", 31, Align.RIGHT),
    ("percent", 20, Align.RIGHT),
)
_AWARDS = (
    ("number", 10, Align.CENTRE),
    ("award", 89, Align.LEFT),
    *((subject.value, 26, Align.CENTRE) for subject in IN_ORDER),
)
_ASSESSMENT = ("results", "shortcomings", "causes", "lessons", "against_plan")


def movement_report_page(
    office: Office, figures: MovementFigures, report: AnnualReport | None = None
) -> Page:
    """Return the report as a page: of one year, or of several up to a review."""
    report = report or AnnualReport(id=office.unit.id)
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
        contact=office.contact,
        blocks=(
            office.head("BC", number=report.number, day=report.issued_on),
            parts.title(texts.say("kind"), texts.say("title", **said)),
            parts.address(texts.lines("recipients", **said)),
            _said(texts, "opening" if said["plan"] else "opening.no_plan", said),
            *_steering(texts, figures, report),
            *_results(texts, figures, report),
            _heading(texts, "section.assessment"),
            *_assessment(texts, report),
            _heading(texts, "section.tasks"),
            *_written(report, "tasks"),
            _heading(texts, "section.requests"),
            *_written(report, "requests"),
            _said(texts, "closing", said),
            office.signed(texts),
        ),
    )


def _steering(texts: FormTexts, figures: MovementFigures, report: AnnualReport) -> Iterator[Block]:
    yield _heading(texts, "section.steering")
    yield from _written(report, "steering", is_told=bool(figures.documents))
    if figures.documents:
        count = {"count": two_digits(len(figures.documents))}
        yield _said(texts, "documents.count", count, Role.LABEL)
        yield Table(
            columns=parts.columns(texts, _DOCUMENTS),
            rows=tuple(
                Row(cells=(str(n), *_document(one)))
                for n, one in enumerate(figures.documents, start=1)
            ),
        )
    if figures.registrations:
        registered = two_digits(len(figures.registrations))
        yield _said(texts, "registrations.count", {"count": registered})
    owed = [one for one in figures.owed if one.obligation.id != report.obligation_id]
    if owed:
        yield _said(texts, "owed", {}, Role.LABEL)
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
                for n, due in enumerate(owed, start=1)
            ),
        )


def _document(one: PlanDocument) -> tuple[str, ...]:
    return one.number, shown(one.issued_on), told(one.summary, one, "summary")


def _results(texts: FormTexts, figures: MovementFigures, report: AnnualReport) -> Iterator[Block]:
    yield _heading(texts, "section.results")
    yield _part(texts, "given")
    told = summed(figures.contributions)
    yield from _written(report, "infrastructure", is_told=bool(told))
    if told:
        givers = two_digits(figures.givers)
        yield _said(texts, "given", {"count": givers, "told": "; ".join(told)})
    yield _part(texts, "saved")
    yield from _written(report, "thrift", is_told=bool(figures.targets))
    yield from _saved(texts, figures)
    yield _part(texts, "exemplars")
    yield from _written(report, "exemplars", is_told=bool(figures.recognised))
    yield from _listed(texts, "initiatives", figures.recognised)
    yield _part(texts, "awards")
    yield from _awards(texts, figures)
    yield from _listed(texts, "awards.given", figures.awarded)
    yield _part(texts, "inspections")
    yield from _written(report, "inspections")


def _assessment(texts: FormTexts, report: AnnualReport) -> Iterator[Block]:
    for name in _ASSESSMENT:
        if texts.has(f"part.{name}"):
            yield _part(texts, name)
            yield from _written(report, name)


def _saved(texts: FormTexts, figures: MovementFigures) -> Iterator[Block]:
    if not figures.targets:
        return
    yield Table(
        columns=parts.columns(texts, _TARGETS),
        rows=tuple(
            Row(
                cells=(
                    str(n),
                    str(one.year or ""),
                    told(one.name, one, "name"),
                    one.measure,
                    figure_text(one.planned),
                    figure_text(one.reached),
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


def _listed(texts: FormTexts, place: str, counted: Sequence[tuple[str, int]]) -> Iterator[Block]:
    if counted:
        total = two_digits(sum(count for _, count in counted))
        yield _said(texts, place, {"count": total, "list": listed(counted)})


def _heading(texts: FormTexts, place: str) -> Paragraph:
    return Paragraph(text=texts.say(place), role=Role.HEADING)


def _part(texts: FormTexts, place: str) -> Paragraph:
    return Paragraph(text=texts.say(f"part.{place}"), role=Role.CRITERION)


def _said(
    texts: FormTexts, place: str, values: Mapping[str, str], role: Role = Role.BODY
) -> Paragraph:
    return Paragraph(text=parts.sentence(texts.say(place, **values)), role=role)


def _written(report: AnnualReport, name: str, *, is_told: bool = False) -> Iterator[Paragraph]:
    """Yield what was written; where nothing was, and no figure tells it, lines for the pen."""
    pen = () if is_told else tuple(told(line, report, name) for line in GAP_LINES[:2])
    for line in told_lines(report, name) or pen:
        yield Paragraph(text=line)


def _percent(target: SavingsTarget) -> str:
    found = reached_percent(target)
    return "" if found is None else f"{decimal_text(found)}%"


def _count(number: int) -> str:
    return two_digits(number) if number else "-"
