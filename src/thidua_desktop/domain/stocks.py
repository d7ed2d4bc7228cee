"""Stock for certificates (phôi bằng): its size, and which text is printed where on it.

Places are millimetres from the left and the upper edge of the paper. A stock that brings frame and
motto itself is plain paper; on pre-printed stock only what changes is printed.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from math import isfinite
from typing import Any, get_type_hints

from thidua_desktop.domain.pages import TextBox

FIXED = ("state", "motto")  # the same on every certificate, and in no form
LEAST_SIZE, MOST_SIZE = 6.0, 96.0
LEAST_SIDE, MOST_SIDE = 70.0, 600.0
MOST_OFFSET = 50.0
BOX_NUMBERS = ("x", "y", "width", "height", "size", "least")


@dataclass(frozen=True, slots=True, kw_only=True)
class StockText(TextBox):
    """A text on a stock: what it says (`place`, as in form F16), in its box."""

    place: str


_SORTS: dict[str, type] = get_type_hints(StockText)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """A stock by its code; `is_own`: kept on this PC, not shipped."""

    code: str
    name: str
    width: float
    height: float
    texts: tuple[StockText, ...]
    has_frame: bool = False
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Offset:
    """How far all is moved for a printer that prints beside: right and down, in mm."""

    x: float = 0.0
    y: float = 0.0

    @property
    def is_sane(self) -> bool:
        """Tell whether a sheet could be printed with it."""
        return abs(self.x) <= MOST_OFFSET and abs(self.y) <= MOST_OFFSET


@dataclass(frozen=True, slots=True)
class StockFault:
    """What is wrong with a stock: with which of its texts, if with one."""

    place: str
    problem: str


def stock_faults(stock: Stock, known: Collection[str]) -> tuple[StockFault, ...]:
    """Return what is wrong with a stock: texts that nobody knows, boxes beside the paper."""
    return tuple(_faults(stock, {*known, *FIXED}))


def stock_from(content: Mapping[str, Any]) -> Stock:
    """Return the stock that a file or a setting says.

    Raises ValueError, TypeError and KeyError where that is none; what else it says is passed over.
    """
    texts = tuple(_text_from(one) for one in content["texts"])
    return Stock(
        code=str(content["code"]),
        name=str(content["name"]),
        width=float(content["width"]),
        height=float(content["height"]),
        texts=texts,
        has_frame=bool(content.get("has_frame", False)),
    )


def stock_values(stock: Stock) -> dict[str, Any]:
    """Return what `stock_from` makes the same stock of."""
    return {name: value for name, value in asdict(stock).items() if name != "is_own"}


def stock_file(stock: Stock) -> str:
    """Return a stock as the text of a file (TOML), as those that are shipped."""
    said = stock_values(stock)
    texts = said.pop("texts")
    blocks = ["\n".join(_lines(said))]
    named = ({"place": one["place"], **one} for one in texts)
    blocks += ["\n".join(("[[texts]]", *_lines(one))) for one in named]
    return "\n\n".join(blocks) + "\n"


def _lines(values: Mapping[str, Any]) -> Iterator[str]:
    for name, value in values.items():
        if value is not False:
            yield f"{name} = {json.dumps(value, ensure_ascii=False)}"


def _text_from(content: Mapping[str, Any]) -> StockText:
    said = {name: sort(content[name]) for name, sort in _SORTS.items() if name in content}
    return StockText(**said)


def _faults(stock: Stock, known: Collection[str]) -> Iterator[StockFault]:
    if not stock.code or not stock.name:
        yield StockFault("", "phôi phải có mã và tên")
    if not all(LEAST_SIDE <= side <= MOST_SIDE for side in (stock.width, stock.height)):
        yield StockFault("", f"khổ phôi phải từ {LEAST_SIDE:.0f} đến {MOST_SIDE:.0f} mm")
    if not stock.texts:
        yield StockFault("", "phôi chưa có chỗ in nào")
    seen: set[str] = set()
    for one in stock.texts:
        if one.place not in known:
            yield StockFault(one.place, "không có chữ nào tên như vậy")
        if one.place in seen:
            yield StockFault(one.place, "có hai chỗ in cùng tên")
        seen.add(one.place)
        yield from _faults_of_text(stock, one)


def _faults_of_text(stock: Stock, one: StockText) -> Iterator[StockFault]:
    if not all(isfinite(getattr(one, name)) for name in BOX_NUMBERS):
        yield StockFault(one.place, "có số không đọc được")
        return
    if one.width <= 0 or one.height <= 0:
        yield StockFault(one.place, "chiều rộng, chiều cao phải lớn hơn 0")
    is_inside = one.x + one.width <= stock.width and one.y + one.height <= stock.height
    if one.x < 0 or one.y < 0 or not is_inside:
        yield StockFault(one.place, "chỗ in ra ngoài mép giấy")
    if not LEAST_SIZE <= one.least <= one.size <= MOST_SIZE:
        yield StockFault(one.place, "cỡ chữ nhỏ nhất phải từ 6, không quá cỡ chữ")
    if one.lines < 1:
        yield StockFault(one.place, "số dòng phải từ 1")
