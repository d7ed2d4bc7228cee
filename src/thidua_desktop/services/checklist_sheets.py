"""The filled checklist as a paper to be signed: what it says, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from uuid import UUID

from thidua_desktop.domain.agencies import head_lines, signature_lines
from thidua_desktop.domain.criteria import Evidence, PointSort
from thidua_desktop.domain.dates import PartialDate, shown
from thidua_desktop.domain.dossiers import (
    ChecklistSheet,
    Dossier,
    Letterhead,
    SheetRow,
    SignatureBlock,
    SizeSet,
)
from thidua_desktop.domain.numbers import decimal_text, figure_text
from thidua_desktop.domain.paper_forms import FormTexts
from thidua_desktop.domain.returned import Asked, AskedSort
from thidua_desktop.domain.scoring import NUMBERED, Tier, percent_done
from thidua_desktop.domain.scoring_text import percent_text
from thidua_desktop.domain.told import joined, labelled_lines, told, told_lines
from thidua_desktop.domain.totals import times_of
from thidua_desktop.domain.units import Unit
from thidua_desktop.domain.words import word
from thidua_desktop.services.checklists import ChecklistRow, ChecklistView, open_checklist
from thidua_desktop.services.doubled_checklists import doubled_checklists
from thidua_desktop.services.paper_texts import paper_texts
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.units import above_on, seat_on

FORM = "F19"
_COLUMNS = (
    *(("number", 8), ("criterion", 49), ("most", 13), ("plan", 17), ("actual", 17), ("done", 14)),
    *(("self", 16), ("cross", 16), ("verified", 16)),
)
_PLAIN_COLUMNS = (("number", 8), ("criterion", 70), ("assessed", 22), ("result", 65))


def checklist_dossier(
    ports: Ports, *, set_id: UUID, year: int, unit_id: UUID | None = None
) -> Dossier:
    """Return the filled checklist of a unit as a file to be printed."""
    view = open_checklist(ports, set_id=set_id, year=year, unit_id=unit_id)
    day = PartialDate.of(ports.now().date())
    with ports.store.read() as work:
        unit = work.records.find(Unit, view.checklist.unit_id)
        above = above_on(work.records, unit, day) if unit else None
        place = seat_on(work.records, unit, day)
        texts = paper_texts(ports, work).of(FORM)
        doubled = doubled_checklists(work, [view.checklist])
    sheet = sheet_of(view, unit, above, texts, place=place, on=day)
    asked = Asked(AskedSort.CHECKLIST, set_id, year=year, unit_id=view.checklist.unit_id)
    return Dossier(
        title=sheet.title, sizes=SizeSet.SMALL, papers=(sheet,), doubled=doubled, asked=(asked,)
    )


def sheet_of(
    view: ChecklistView,
    unit: Unit | None,
    above: Unit | None,
    texts: FormTexts,
    *,
    place: str,
    on: PartialDate,
) -> ChecklistSheet:
    """Return a checklist as the paper says it; without points there are no columns for them."""
    parent, agency = head_lines(unit, above) if unit else ("", "")
    scored = view.most_points > 0
    columns = _COLUMNS if scored else _PLAIN_COLUMNS
    rows = (*_rows(view, texts), *(_sums(view, texts) if scored else ()))
    return ChecklistSheet(
        head=Letterhead(parent=parent, agency=agency, number="", symbol="", place=place, date=on),
        title=texts.say("title", year=str(view.checklist.period)),
        subtitle=texts.say("subtitle", set_name=view.criteria_set.full_name),
        columns=tuple(texts.say(f"column.{name}") for name, _ in columns),
        widths=tuple(width for _, width in columns),
        rows=rows,
        remarks=tuple(_remarks(view, texts)),
        is_reconstructed=texts.is_reconstructed,
        signatures=(
            SignatureBlock(lines=texts.lines("sign.maker"), remark=texts.say("remark.name")),
            SignatureBlock(lines=signature_lines(unit, None), remark=texts.say("remark.seal")),
        ),
    )


def _rows(view: ChecklistView, texts: FormTexts) -> Iterator[SheetRow]:
    part = ""
    for row in view.rows:
        criterion = row.row.criterion
        if criterion.part and criterion.part != part:
            part = criterion.part
            yield SheetRow(cells=(part, *[""] * 3), is_heading=True)
        yield _scored_row(row, texts) if view.most_points else _plain_row(row)


def _scored_row(row: ChecklistRow, texts: FormTexts) -> SheetRow:
    criterion, score = row.row.criterion, row.score
    done = percent_done(criterion, score) if criterion.marking in NUMBERED else None
    measure = f" ({criterion.measure})" if criterion.measure else ""
    reported = score.grade or score.assessment
    actual = figure_text(score.actual) or (word(reported) if reported else "")
    reasons = (
        (texts.say("reason.self"), "self_reason"),
        (texts.say("reason.cross"), "cross_note"),
        (texts.say("reason.verified"), "verified_note"),
    )
    return SheetRow(
        cells=(
            str(criterion.place or ""),
            f"{criterion.wording}{measure}",
            figure_text(criterion.points),
            figure_text(score.plan),
            actual,
            percent_text(done),
            figure_text(row.given(Tier.SELF)),
            figure_text(score.cross_score),
            figure_text(score.verified_score),
        ),
        below=(
            *told_lines(score, "note"),
            *(
                line
                for label, name in reasons
                for line in labelled_lines(f"{label}: ", score, name)
            ),
        ),
    )


def _plain_row(row: ChecklistRow) -> SheetRow:
    score = row.score
    said = word(score.assessment) if score.assessment else ""
    proofs = [_proof(one) for one in row.evidence if one.wording]
    return SheetRow(
        cells=(
            str(row.row.criterion.place or ""),
            row.row.criterion.wording,
            said,
            _lines((*told_lines(score, "note"), *proofs)),
        )
    )


def _sums(view: ChecklistView, texts: FormTexts) -> Iterator[SheetRow]:
    last = max(n for n, tier in enumerate(Tier) if view.is_marked(tier) or view.is_closed(tier))
    tiers = list(Tier)[: last + 1]
    totals = [view.totals[tier] for tier in tiers]
    yield _sum_row(texts.say("sum.points"), view.most_points, [one.points for one in totals])
    if any(one.bonus for one in totals):
        yield _sum_row(texts.say("sum.bonus"), None, [one.bonus for one in totals])
    for entry in view.entries:
        times = [times_of(entry.entry, tier) for tier in tiers]
        if any(times):
            sign = 1 if entry.rule.sort is PointSort.BONUS else -1
            points = [sign * (entry.rule.points or Decimal()) * count for count in times]
            words = texts.say("sum.entry", rule=entry.rule.wording, times=str(max(times)))
            yield _sum_row(words, None, points)
    yield _sum_row(texts.say("sum.total"), None, [one.total for one in totals], is_total=True)
    rated = [word(one.rating) if one.rating else "" for one in totals]
    if any(rated):
        yield SheetRow(
            cells=("", texts.say("sum.rating"), *[""] * 4, *_three(rated)), is_total=True
        )


def _sum_row(
    words: str, most: Decimal | None, points: Sequence[Decimal], *, is_total: bool = False
) -> SheetRow:
    said = _three([figure_text(one) for one in points])
    return SheetRow(cells=("", words, figure_text(most), "", "", "", *said), is_total=is_total)


def _three(said: Sequence[str]) -> tuple[str, ...]:
    """Return what stands in the three columns of points; a step nobody came to stays open."""
    return (*said, *[""] * (len(Tier) - len(said)))


def _remarks(view: ChecklistView, texts: FormTexts) -> Iterator[str]:
    closed = (
        ("self", view.checklist.closed_on),
        ("cross", view.checklist.cross_closed_on),
        ("verified", view.checklist.verified_closed_on),
    )
    said = [texts.say(f"closed.{tier}", day=shown(day)) for tier, day in closed if day is not None]
    yield f"{'; '.join(said)}." if said else texts.say("closed.none")
    if view.checklist.keyed_twice_on is not None:
        yield texts.say("keyed_twice", day=shown(view.checklist.keyed_twice_on))
    if view.totals[Tier.VERIFIED].is_barred:
        yield texts.say("barred")
    if view.rank is not None:
        yield texts.say("rank", rank=str(view.rank.place), among=str(view.rank.among))


def _proof(one: Evidence) -> str:
    quantity = f": {decimal_text(one.quantity)} {one.measure}" if one.quantity is not None else ""
    return joined(told(one.wording, one, "wording"), quantity.rstrip())


def _lines(lines: Iterable[str]) -> str:
    parted = [part for line in lines for part in ("\n", line)]
    return joined(*parted[1:])
