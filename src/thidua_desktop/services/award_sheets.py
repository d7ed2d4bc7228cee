"""Certificates on paper: on which stock, moved for which printer, which sheets of a decision."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from thidua_desktop.domain.decisions import Award, Decision, in_order, unprinted
from thidua_desktop.domain.dossiers import Dossier
from thidua_desktop.domain.errors import (
    NoSheetsError,
    UnknownStockError,
    UnreadableFileError,
    WrongStockError,
)
from thidua_desktop.domain.page_ranges import numbers_in
from thidua_desktop.domain.paper_forms import PaperTexts
from thidua_desktop.domain.stocks import (
    MOST_OFFSET,
    Offset,
    Stock,
    stock_faults,
    stock_file,
    stock_from,
    stock_values,
)
from thidua_desktop.services.pages.certificate import FORM, certificate_page, grid_page
from thidua_desktop.services.paper_texts import paper_texts
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.printing import Printable, one_dossier

_STOCKS, _OFFSETS, _CHOICE = "certificate_stocks", "printer_offsets", "certificate_choice"


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """On what and with which printer certificates were printed the last time on this PC."""

    stock: str = ""
    printer: str = ""


@dataclass(frozen=True, slots=True)
class SheetsWanted:
    """Which sheets: those of some numbers (37-41), or without numbers those still to be printed."""

    stock: str = ""
    printer: str = ""
    numbers: str = ""


@dataclass(frozen=True, slots=True)
class Shop:
    """What there is to print certificates with on this PC; `labels` name the texts of F16."""

    stocks: tuple[Stock, ...]
    offsets: dict[str, Offset]
    choice: SheetChoice
    labels: dict[str, str]


def shop(ports: Ports) -> Shop:
    """Return the stocks, printers that were measured, and what was chosen last."""
    with ports.store.read() as work:
        return Shop(
            stocks=_stocks(ports, work),
            offsets=_offsets(work),
            choice=SheetChoice(**json.loads(work.book.setting(_CHOICE) or "{}")),
            labels=_labels(paper_texts(ports, work)),
        )


def keep_choice(ports: Ports, choice: SheetChoice) -> None:
    """Remember on what and with which printer certificates are printed."""
    with ports.store.write() as work:
        said = {"stock": choice.stock, "printer": choice.printer}
        work.book.set_setting(_CHOICE, json.dumps(said, ensure_ascii=False))
        work.commit()


def keep_offset(ports: Ports, printer: str, offset: Offset) -> None:
    """Remember how far all is moved for a printer, on this PC. Raises WrongStockError."""
    if not offset.is_sane:
        raise WrongStockError(printer, (f"bù lệch không quá {MOST_OFFSET:.0f} mm",))
    with ports.store.write() as work:
        found = _offsets(work) | {printer: offset}
        said = {name: [one.x, one.y] for name, one in sorted(found.items())}
        work.book.set_setting(_OFFSETS, json.dumps(said, ensure_ascii=False))
        work.commit()


def keep_stock(ports: Ports, stock: Stock) -> Stock:
    """Keep a stock on this PC, in the place of the one of its code. Raises WrongStockError."""
    with ports.store.write() as work:
        labels = _labels(paper_texts(ports, work))
        if faults := stock_faults(stock, labels):
            told = (
                f"{labels.get(one.place, one.place)}: {one.problem}" if one.place else one.problem
                for one in faults
            )
            raise WrongStockError(stock.name or stock.code, tuple(told))
        others = [one for one in _own_stocks(work) if one.code != stock.code]
        _set_stocks(work, [*others, stock])
        work.commit()
    return replace(stock, is_own=True)


def drop_stock(ports: Ports, code: str) -> None:
    """Forget a stock of this PC; of a shipped one the places that were changed.

    Raises UnknownStockError.
    """
    with ports.store.write() as work:
        own = _own_stocks(work)
        if code not in {one.code for one in own}:
            raise UnknownStockError(code)
        _set_stocks(work, [one for one in own if one.code != code])
        work.commit()


def write_stock(ports: Ports, path: Path, code: str) -> None:
    """Write a stock as a file to be edited. Raises UnknownStockError and UnwritableFileError."""
    with ports.store.read() as work:
        stock = _stock(ports, work, code)
    ports.files.write(path, stock_file(stock).encode())


def read_stock(ports: Ports, path: Path) -> Stock:
    """Take a stock from a file into this PC. Raises UnreadableFileError and WrongStockError."""
    content = ports.files.read(path)
    try:
        stock = stock_from(tomllib.loads(content.decode()))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UnreadableFileError(path.name) from error
    return keep_stock(ports, stock)


def sheets_dossier(ports: Ports, decision_id: UUID, wanted: SheetsWanted) -> Dossier:
    """Return the certificates of a decision, one page each, in the order of their numbers.

    Raises NotFoundError, UnknownStockError and NoSheetsError.
    """
    with ports.store.read() as work:
        decision = work.records.get(Decision, decision_id)
        awards = in_order(work.records.having(Award, decision_id=decision_id))
        chosen = _chosen(awards, wanted.numbers)
        stock = _stock(ports, work, wanted.stock)
        texts = paper_texts(ports, work).of(FORM)
        offset = _offsets(work).get(wanted.printer, Offset())
    pages = tuple(certificate_page(decision, one, stock, texts, offset) for one in chosen)
    kind = decision.title.capitalize() or texts.name
    title = f"{kind} theo Quyết định {decision.number}" if decision.number else kind
    return Dossier(title=title, papers=pages)


def chosen_awards(ports: Ports, decision_id: UUID, numbers: str) -> tuple[Award, ...]:
    """Return the awards whose sheets are meant. Raises NoSheetsError."""
    with ports.store.read() as work:
        awards = in_order(work.records.having(Award, decision_id=decision_id))
    return _chosen(awards, numbers)


def grid_dossier(ports: Ports, *, stock: str, printer: str = "") -> Dossier:
    """Return the sheet to measure a printer by. Raises UnknownStockError."""
    with ports.store.read() as work:
        chosen = _stock(ports, work, stock)
        texts = paper_texts(ports, work)
        offset = _offsets(work).get(printer, Offset())
    page = grid_page(chosen, texts.of(FORM), _labels(texts), offset)
    return Dossier(title=page.name, papers=(page,))


def printable_sheets(decision_id: UUID, words: str, wanted: SheetsWanted) -> Printable:
    """Return certificates as something to print."""
    gather = partial(sheets_dossier, decision_id=decision_id, wanted=wanted)
    return one_dossier(words, f"bang-{decision_id.hex[-12:]}", gather)


def printable_grid(stock: str, printer: str) -> Printable:
    """Return the sheet to measure a printer by as something to print."""
    return one_dossier(
        "Tờ căn chỉnh", "to-can-chinh", partial(grid_dossier, stock=stock, printer=printer)
    )


def _chosen(awards: Sequence[Award], numbers: str) -> tuple[Award, ...]:
    by_number = sorted((one for one in awards if one.number is not None), key=_number)
    if numbers.strip():
        meant = numbers_in(numbers, [_number(one) for one in by_number])
        found = tuple(one for one in by_number if one.number in meant)
    else:
        found = unprinted(by_number)
    if not found:
        raise NoSheetsError(numbers.strip())
    return found


def _number(award: Award) -> int:
    return award.number or 0


def _stock(ports: Ports, work: Work, code: str) -> Stock:
    """Return the stock of a code; without one, the one that was used last, else the first."""
    found = {one.code: one for one in _stocks(ports, work)}
    if code:
        if code not in found:
            raise UnknownStockError(code)
        return found[code]
    last = json.loads(work.book.setting(_CHOICE) or "{}").get("stock", "")
    return found.get(last) or next(iter(found.values()))


def _stocks(ports: Ports, work: Work) -> tuple[Stock, ...]:
    own = {one.code: one for one in _own_stocks(work)}
    shipped = [own.pop(one.code, one) for one in ports.plan().stocks]
    return (*shipped, *sorted(own.values(), key=lambda one: one.code))


def _own_stocks(work: Work) -> list[Stock]:
    said: list[dict[str, Any]] = json.loads(work.book.setting(_STOCKS) or "[]")
    return [replace(stock_from(one), is_own=True) for one in said]


def _set_stocks(work: Work, stocks: Sequence[Stock]) -> None:
    said = [stock_values(one) for one in sorted(stocks, key=lambda one: one.code)]
    work.book.set_setting(_STOCKS, json.dumps(said, ensure_ascii=False))


def _offsets(work: Work) -> dict[str, Offset]:
    said: dict[str, list[float]] = json.loads(work.book.setting(_OFFSETS) or "{}")
    return {name: Offset(x, y) for name, (x, y) in said.items()}


def _labels(texts: PaperTexts) -> dict[str, str]:
    """Return what people call the texts that may stand on a stock."""
    fixed = {"state": "Quốc hiệu", "motto": "Tiêu ngữ"}
    named = {one.place: one.label for one in texts.form(FORM).texts}
    inner = ("grid.", "usual_")
    return fixed | {place: label for place, label in named.items() if not place.startswith(inner)}
