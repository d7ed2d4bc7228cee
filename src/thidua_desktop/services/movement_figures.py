"""What the records of a unit say of the movement in figures, for its reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from thidua_desktop.domain.annual_reports import ReportSort
from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.deadlines import Due
from thidua_desktop.domain.ids import office_number
from thidua_desktop.domain.merit import Initiative
from thidua_desktop.domain.movements import (
    Movement,
    PlanDocument,
    Registration,
    SavingsTarget,
    reached_percent,
)
from thidua_desktop.domain.numbers import decimal_text, two_digits
from thidua_desktop.domain.proposals import Contribution, ContributionKind, Proposal, Subject
from thidua_desktop.domain.records import R
from thidua_desktop.domain.units import Unit
from thidua_desktop.domain.words import word
from thidua_desktop.services.awarded import awarded_in
from thidua_desktop.services.candidates import GROUP_WORDS, IN_ORDER
from thidua_desktop.services.debts import names_of
from thidua_desktop.services.movements import MovementView, movement_view
from thidua_desktop.services.ports import Ports, Work

_WHOLE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementFigures:
    """What the records of an office say of the movement in these years.

    `proposed` counts proposals by award form and kind of nominee, `awarded` what was given by its
    title, `recognised` initiatives by their scope in words.
    """

    years: tuple[int, ...]
    documents: tuple[PlanDocument, ...]
    registrations: tuple[Registration, ...]
    targets: tuple[SavingsTarget, ...]
    contributions: tuple[Contribution, ...]
    givers: int
    proposed: tuple[tuple[AwardForm, dict[Subject, int]], ...]
    owed: tuple[Due, ...]
    awarded: tuple[tuple[str, int], ...] = ()
    recognised: tuple[tuple[str, int], ...] = ()


def views_of(ports: Ports, sort: ReportSort, year: int, today: date) -> tuple[MovementView, ...]:
    """Return the movement in the years of a report: a review goes back to the beginning."""
    first = year
    if sort is ReportSort.REVIEW:
        with ports.store.read() as work:
            movement = next(iter(work.records.having(Movement)), None)
        first = min(movement.first_year or year, year) if movement else year
    years = range(first, year + 1)
    return tuple(movement_view(ports, unit_id=None, year=one, today=today) for one in years)


def report_figures(
    ports: Ports, sort: ReportSort, year: int, today: date
) -> tuple[tuple[str, str], ...]:
    """Return the figures that a report of the own unit prints, label by label."""
    views = views_of(ports, sort, year, today)
    with ports.store.read() as work:
        return tuple(figure_lines(figures_of(work, views[-1].unit, views)))


def figures_of(work: Work, unit: Unit, views: Sequence[MovementView]) -> MovementFigures:
    """Return the figures of the own unit in these years."""
    records = work.records
    years = tuple(view.year for view in views)
    names = names_of(unit, records.having(Unit))
    proposals = [
        one
        for name in sorted(names)
        for one in records.having(Proposal, unit_id=name)
        if one.year in years
    ]
    given = [
        (of, one) for of in proposals for one in records.having(Contribution, proposal_id=of.id)
    ]
    me = work.book.me().number
    awards = (one for one in awarded_in(work, years) if office_number(one.id) == me)
    initiatives = _own(records.having(Initiative), me, years)
    return MovementFigures(
        years=years,
        documents=_once(one for view in views for one in sorted(view.documents, key=_oldest_first)),
        registrations=_once(one for view in views for one in view.registrations),
        targets=_once(one for view in views for one in view.targets),
        contributions=tuple(one for _, one in given),
        givers=len({of.nominee_id or of.id for of, _ in given}),
        proposed=_proposed(records.having(AwardForm), proposals),
        owed=tuple(due for view in views for due in view.owed),
        awarded=_counted(one.award for one in awards),
        recognised=scopes_of(initiatives),
    )


def summed(contributions: Iterable[Contribution]) -> tuple[str, ...]:
    """Return what was given, kind by kind: hiến đất 186,5 m²."""
    sums: dict[tuple[ContributionKind, str], Decimal] = {}
    for one in contributions:
        if isinstance(one.sort, ContributionKind) and one.quantity is not None:
            key = (one.sort, one.measure)
            sums[key] = sums.get(key, Decimal(0)) + one.quantity
    ordered = sorted(sums.items(), key=_by_kind)
    return tuple(
        f"{word(kind).lower()} {decimal_text(total)} {measure}".strip()
        for (kind, measure), total in ordered
    )


def scopes_of(initiatives: Iterable[Initiative]) -> tuple[tuple[str, int], ...]:
    """Return how many initiatives have effect how far, where somebody said it."""
    return _counted(
        f"phạm vi {word(one.scope).lower()}" for one in initiatives if one.scope is not None
    )


def listed(counted: Iterable[tuple[str, int]]) -> str:
    """Return what was counted in words: 02 Giấy khen; 01 Bằng khen."""
    return "; ".join(f"{two_digits(count)} {name}" for name, count in counted)


def figure_lines(figures: MovementFigures) -> Iterator[tuple[str, str]]:
    """Yield the figures in words, label by label, for who writes the report."""
    yield "Văn bản đã ban hành", _number(len(figures.documents))
    yield "Đăng ký thi đua", _number(len(figures.registrations))
    done = sum(one.is_done for one in figures.owed)
    yield "Việc phải làm", f"{done}/{len(figures.owed)} việc đã làm" if figures.owed else "không có"
    given = "; ".join(summed(figures.contributions))
    yield "Đóng góp", f"{_number(figures.givers)} đối tượng: {given}" if given else "chưa có"
    yield "Chỉ tiêu tiết kiệm", _targets(figures.targets)
    yield "Đề nghị khen thưởng", _proposals(figures)
    yield "Đã được khen", _list(figures.awarded)
    yield "Sáng kiến", _list(figures.recognised)


def _targets(targets: Sequence[SavingsTarget]) -> str:
    if not targets:
        return "chưa có"
    percents = [reached_percent(one) for one in targets]
    reached = sum(one is not None and one >= _WHOLE for one in percents)
    unknown = sum(one is None for one in percents)
    rest = f", {unknown} chưa đủ số" if unknown else ""
    return f"{_number(len(targets))} chỉ tiêu, {reached} đạt hoặc vượt{rest}"


def _proposals(figures: MovementFigures) -> str:
    totals = {one: sum(of.get(one, 0) for _, of in figures.proposed) for one in IN_ORDER}
    said = [f"{_number(count)} {GROUP_WORDS[one]}" for one, count in totals.items() if count]
    return ", ".join(said) or "không có"


def _list(counted: Sequence[tuple[str, int]]) -> str:
    return listed(counted) or "chưa có"


def _oldest_first(one: PlanDocument) -> tuple[str, UUID]:
    return one.issued_on.iso() if one.issued_on else "9999", one.id


def _number(count: int) -> str:
    return two_digits(count) if count else "0"


def _by_kind(item: tuple[tuple[ContributionKind, str], Decimal]) -> tuple[int, str]:
    (kind, measure), _ = item
    return list(ContributionKind).index(kind), measure


def _own(records: Iterable[R], office: int, years: Sequence[int]) -> list[R]:
    """Return what this office noted of these years."""
    return [
        one
        for one in records
        if office_number(one.id) == office and getattr(one, "year", None) in years
    ]


def _counted(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(name for name in names if name).most_common())


def _once(records: Iterable[R]) -> tuple[R, ...]:
    """Return what belongs to no year, and so to several views, once."""
    return tuple({one.id: one for one in records}.values())


def _proposed(
    forms: Iterable[AwardForm], proposals: Iterable[Proposal]
) -> tuple[tuple[AwardForm, dict[Subject, int]], ...]:
    counts: dict[UUID | None, dict[Subject, int]] = {}
    for one in proposals:
        if isinstance(one.subject, Subject):
            of = counts.setdefault(one.award_form_id, {})
            of[one.subject] = of.get(one.subject, 0) + 1
    return tuple((form, counts[form.id]) for form in forms if form.id in counts)
