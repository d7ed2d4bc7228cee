"""F16 Giấy khen, bằng khen: a sheet with every text at its place, and the sheet to measure by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.decisions import Award, Decision
from thidua_desktop.domain.pages import (
    MOTTO,
    STATE,
    Align,
    Page,
    PlacedText,
    Sheet,
    Stand,
    Stroke,
    TextBox,
)
from thidua_desktop.domain.paper_forms import FormTexts
from thidua_desktop.domain.stocks import Offset, Stock, StockText

FORM = "F16"
_OPEN = "…"
_FIXED = {"state": STATE, "motto": MOTTO}
_STEP, _CROSS, _AT = 10, 5, 20  # mm: lines of the grid, arms of a cross, where the first one is


def certificate_page(
    decision: Decision, award: Award, stock: Stock, texts: FormTexts, offset: Offset
) -> Page:
    """Return the certificate of somebody on a stock, moved as the printer needs it."""
    values = _values(decision, award)
    said = {one.place: _said(texts, one.place, values) for one in stock.texts}
    placed = tuple(_placed(one, said[one.place], offset) for one in stock.texts)
    number = f" {award.number}" if award.number else ""
    return Page(
        form=FORM,
        name=f"{decision.title.capitalize() or texts.name}{number}",
        of=award.name,
        is_reconstructed=texts.is_reconstructed,
        is_landscape=stock.width > stock.height,
        blocks=(
            Sheet(width=stock.width, height=stock.height, texts=placed, has_frame=stock.has_frame),
        ),
    )


def grid_page(stock: Stock, texts: FormTexts, labels: dict[str, str], offset: Offset) -> Page:
    """Return the sheet by which a printer is measured, with the boxes of the stock on it."""
    strokes = [*_grid(stock), *_crosses(stock)]
    strokes += [line for one in stock.texts for line in _box(one)]
    moved = tuple(
        replace(
            one,
            x=one.x + offset.x,
            y=one.y + offset.y,
            to_x=one.to_x + offset.x,
            to_y=one.to_y + offset.y,
        )
        for one in strokes
    )
    words = [
        *_numbers(stock),
        *(_label(one, labels.get(one.place, one.place)) for one in stock.texts),
        *_help(stock, texts),
    ]
    return Page(
        form=FORM,
        name=texts.say("grid.title", title=stock.name),
        is_reconstructed=texts.is_reconstructed,
        is_landscape=stock.width > stock.height,
        blocks=(
            Sheet(
                width=stock.width,
                height=stock.height,
                texts=tuple(_moved(one, offset) for one in words),
                strokes=moved,
            ),
        ),
    )


def _values(decision: Decision, award: Award) -> dict[str, str]:
    day, month, year = _day(decision.date)
    return {
        "giver": decision.giver,
        "title": decision.title,
        "name": award.name,
        "about": award.about,
        "merit": award.merit or decision.merit,
        "number": decision.number or _OPEN,
        "day": day,
        "month": month,
        "year": year,
        "book_number": str(award.number or _OPEN),
        "where": decision.place or _OPEN,
        "signer_lines": decision.signer_lines,
        "signer_name": decision.signer_name,
    }


def _day(date: PartialDate | None) -> tuple[str, str, str]:
    """Return day, month and year as Decree 30 writes them."""
    if date is None:
        return _OPEN, _OPEN, _OPEN
    day = f"{date.day:02}" if date.day else _OPEN
    month = f"{date.month:02}" if date.month in {1, 2} else str(date.month or _OPEN)
    return day, month, str(date.year)


def _said(texts: FormTexts, place: str, values: dict[str, str]) -> str:
    return _FIXED.get(place) or texts.say(place, **values)


def _placed(one: StockText, text: str, offset: Offset) -> PlacedText:
    box = {field.name: getattr(one, field.name) for field in fields(TextBox)}
    return _moved(PlacedText(text=text, **box), offset)


def _moved(one: PlacedText, offset: Offset) -> PlacedText:
    return replace(one, x=one.x + offset.x, y=one.y + offset.y)


def _grid(stock: Stock) -> Iterator[Stroke]:
    width, height = stock.width, stock.height
    for x in range(_STEP, int(width) + 1, _STEP):
        yield Stroke(x=x, y=0, to_x=x, to_y=height)
    for y in range(_STEP, int(height) + 1, _STEP):
        yield Stroke(x=0, y=y, to_x=width, to_y=y)


def _crosses(stock: Stock) -> Iterator[Stroke]:
    for x in (_AT, stock.width - _AT):
        for y in (_AT, stock.height - _AT):
            yield Stroke(x=x - _CROSS, y=y, to_x=x + _CROSS, to_y=y, is_strong=True)
            yield Stroke(x=x, y=y - _CROSS, to_x=x, to_y=y + _CROSS, is_strong=True)


def _box(one: StockText) -> Iterator[Stroke]:
    right, foot = one.x + one.width, one.y + one.height
    for y in (one.y, foot):
        yield Stroke(x=one.x, y=y, to_x=right, to_y=y, is_strong=True)
    for x in (one.x, right):
        yield Stroke(x=x, y=one.y, to_x=x, to_y=foot, is_strong=True)


def _numbers(stock: Stock) -> Iterator[PlacedText]:
    """Yield how far every line is from the edges."""
    for x in range(2 * _STEP, int(stock.width) - _STEP, _STEP):
        yield _small(str(x), x - _STEP / 2, 5.0, _STEP, Align.CENTRE)
    for y in range(2 * _STEP, int(stock.height) - _STEP, _STEP):
        yield _small(str(y), 4.0, y - 2.0, 6.0, Align.RIGHT)


def _label(one: StockText, label: str) -> PlacedText:
    words = f"{label} · x {one.x:g}, y {one.y:g}, {one.width:g} × {one.height:g} · {one.size:g} pt"
    return _small(words, one.x + 0.7, one.y + 0.4, max(one.width - 1.4, 1.0), Align.LEFT)


def _small(text: str, x: float, y: float, width: float, align: Align) -> PlacedText:
    return PlacedText(
        text=text, x=x, y=y, width=width, height=4.0, size=7.0, least=4.0, align=align
    )


def _help(stock: Stock, texts: FormTexts) -> Iterator[PlacedText]:
    width = stock.width - 4 * _AT
    for place, y, size in (("grid.title", 24.0, 14.0), ("grid.help", 32.0, 10.0)):
        values = {"title": stock.name, "distance": str(_AT)}
        yield PlacedText(
            text=texts.say(place, **values),
            x=2 * _AT,
            y=y,
            width=width,
            height=7.0 if place == "grid.title" else 14.0,
            size=size,
            least=7.0,
            lines=3,
            stand=Stand.TOP,
        )
