"""F20 Phiếu thẩm định chéo: what a unit gave itself, what its peers give it, why they differ."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from thidua_desktop.domain.criteria import PointSort
from thidua_desktop.domain.numbers import figure_text
from thidua_desktop.domain.pages import (
    Align,
    Page,
    Row,
    RowSort,
    SignatureBlock,
    Signatures,
    Table,
    TableSize,
)
from thidua_desktop.domain.paper_forms import FormTexts
from thidua_desktop.domain.scoring import Tier, is_by_points
from thidua_desktop.domain.told import told
from thidua_desktop.domain.totals import times_of
from thidua_desktop.domain.words import word
from thidua_desktop.services.checklists import ChecklistRow, ChecklistView
from thidua_desktop.services.pages import parts
from thidua_desktop.services.pages.office import Office

FORM = "F20"
_SCORED = (
    *(("number", 8, Align.CENTRE), ("criterion", 62, Align.LEFT), ("most", 13, Align.CENTRE)),
    *(("self", 15, Align.CENTRE), ("cross", 17, Align.CENTRE), ("difference", 15, Align.CENTRE)),
    ("reason", 45, Align.LEFT),
)
_PLAIN = (
    *(("number", 8, Align.CENTRE), ("criterion", 70, Align.LEFT), ("assessed", 25, Align.CENTRE)),
    *(("checked", 25, Align.CENTRE), ("opinion", 47, Align.LEFT)),
)


def cross_sheet_page(office: Office, view: ChecklistView, group: str) -> Page:
    """Return the sheet of one unit as a page; what nobody gave yet stays open for the pen."""
    texts = office.texts.of(FORM)
    year, named = str(view.checklist.period), view.criteria_set.full_name
    scored = view.most_points > 0
    remark = texts.say("subtitle", set_name=f"{named}; {group}" if group else named)
    return Page(
        form=FORM,
        name=texts.name,
        of=view.unit_name,
        is_reconstructed=texts.is_reconstructed,
        blocks=(
            office.head(),
            parts.title(
                texts.say("title", year=year), texts.say("unit", unit=view.unit_name), remark=remark
            ),
            Table(
                columns=parts.columns(texts, _SCORED if scored else _PLAIN),
                rows=(*_rows(view, scored=scored), *(_sums(view, texts) if scored else ())),
                size=TableSize.SMALL,
            ),
            Signatures(
                left=SignatureBlock(
                    lines=texts.lines("sign.unit"), remark=texts.say("remark.seal")
                ),
                right=parts.signer(texts, "group"),
            ),
        ),
    )


def _rows(view: ChecklistView, *, scored: bool) -> Iterator[Row]:
    part = ""
    for row in view.rows:
        criterion = row.row.criterion
        if criterion.part and criterion.part != part:
            part = criterion.part
            yield Row(cells=(part,), sort=RowSort.HEADING)
        closed = view.is_closed(Tier.CROSS)
        yield _scored_row(row, closed=closed) if scored else _plain_row(row)


def _scored_row(row: ChecklistRow, *, closed: bool) -> Row:
    """Return a criterion; what peers said nothing of holds as it is once they closed their step."""
    criterion, score = row.row.criterion, row.score
    own = row.given(Tier.SELF)
    given = row.given(Tier.CROSS) if closed else score.cross_score
    measure = f" ({criterion.measure})" if criterion.measure else ""
    return Row(
        cells=(
            str(criterion.place or ""),
            f"{criterion.wording}{measure}",
            figure_text(criterion.points),
            figure_text(own),
            figure_text(given),
            _differs(own, given),
            told(score.cross_note.replace("\n", " "), score, "cross_note"),
        )
    )


def _plain_row(row: ChecklistRow) -> Row:
    criterion, score = row.row.criterion, row.score
    said = word(score.assessment) if score.assessment else ""
    note = told(score.cross_note.replace("\n", " "), score, "cross_note")
    return Row(cells=(str(criterion.place or ""), criterion.wording, said, "", note))


def _sums(view: ChecklistView, texts: FormTexts) -> Iterator[Row]:
    """Yield the sums: of the unit, and of its peers once they went through all of it."""
    own, peers = view.totals[Tier.SELF], view.totals[Tier.CROSS]
    is_open = not view.is_closed(Tier.CROSS) and any(
        row.score.cross_score is None for row in view.rows if is_by_points(row.row.criterion)
    )

    def row(
        words: str, mine: Decimal, theirs: Decimal, most: str = "", *, last: bool = False
    ) -> Row:
        given = None if is_open else theirs
        cells = ("", words, most, figure_text(mine), figure_text(given), _differs(mine, given), "")
        return Row(cells=cells, sort=RowSort.TOTAL if last else RowSort.PLAIN)

    most = figure_text(view.most_points)
    yield row(texts.say("sum.points"), own.points, peers.points, most)
    if own.bonus or peers.bonus:
        yield row(texts.say("sum.bonus"), own.bonus, peers.bonus)
    for entry in view.entries:
        times = [times_of(entry.entry, tier) for tier in (Tier.SELF, Tier.CROSS)]
        if any(times):
            sign = 1 if entry.rule.sort is PointSort.BONUS else -1
            mine, theirs = (sign * (entry.rule.points or Decimal()) * count for count in times)
            words = texts.say("sum.entry", rule=entry.rule.wording, times=str(max(times)))
            yield row(words, mine, theirs)
    yield row(texts.say("sum.total"), own.total, peers.total, last=True)


def _differs(own: Decimal | None, given: Decimal | None) -> str:
    return "" if own is None or given is None else figure_text(given - own)
