"""The certificates of the demo, with a sheet that jams, and the sheets of scores."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from thidua_desktop.app.demo_content import DemoContent
from thidua_desktop.app.demo_office import AWARD_OF_LISTS
from thidua_desktop.domain.criteria import CriteriaSet
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.page_ranges import pages_text
from thidua_desktop.services.award_sheets import SheetsWanted, grid_dossier, sheets_dossier
from thidua_desktop.services.decisions import (
    begin_decision,
    give_numbers,
    note_jam,
    note_printed,
    open_decision,
    take_proposals,
)
from thidua_desktop.services.dossiers import write_dossier
from thidua_desktop.services.peers import unit_choices
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.proposals import proposal_list
from thidua_desktop.services.saving import save_record
from thidua_desktop.services.score_sheets import cross_sheets, group_table

_STOCK, _FIRST, _JAMMED = "phoi-in-san", 37, 38


def award(ports: Ports, content: DemoContent, folder: Path) -> str:
    """Let an office award those it proposed by a decision of its own; one sheet jams."""
    begun = begin_decision(ports).record
    wanted = replace(
        begun,
        number="1234/QĐ-UBND",
        date=PartialDate(content.year, 11, 25),
        book=f"Sổ vàng {content.year}",
    )
    decision = save_record(ports, wanted, shown=begun).record
    rows = [row.id for row in proposal_list(ports) if row.award == AWARD_OF_LISTS]
    take_proposals(ports, decision.id, rows)
    count = give_numbers(ports, decision.id, start=_FIRST).count
    whole = sheets_dossier(ports, decision.id, SheetsWanted())
    for ending in ("pdf", "docx"):
        write_dossier(ports, folder / f"giay-khen.{ending}", whole)
    on_stock = sheets_dossier(ports, decision.id, SheetsWanted(stock=_STOCK))
    write_dossier(ports, folder / "giay-khen-tren-phoi.pdf", on_stock)
    write_dossier(ports, folder / "to-can-chinh.pdf", grid_dossier(ports, stock=_STOCK))
    note_printed(ports, [one.id for one in open_decision(ports, decision.id).awards])
    note_jam(ports, decision.id, _JAMMED)
    left = [one.number or 0 for one in open_decision(ports, decision.id).waiting]
    again = sheets_dossier(ports, decision.id, SheetsWanted(stock=_STOCK))
    write_dossier(ports, folder / "giay-khen-in-lai.pdf", again)
    return f"{count} tờ; kẹt từ tờ {_JAMMED}, in lại {pages_text(n - 1 for n in left)}"


def print_scores(province: Ports, content: DemoContent, folder: Path) -> str:
    """Print the sheets of the scored set: of every unit of the group, and the table of all."""
    with province.store.read() as work:
        sets = work.records.having(CriteriaSet)
    scored = next(one for one in sets if "chấm điểm" in one.name)
    choices = unit_choices(province, set_id=scored.id, year=content.year)
    unit = next(one.unit_id for one in choices if one.is_filled)
    year = content.year
    sheets = cross_sheets(province, set_id=scored.id, year=year, unit_id=unit, whole_group=True)
    write_dossier(province, folder / "phieu-tham-dinh-cheo.pdf", sheets)
    table = group_table(province, set_id=scored.id, year=year, unit_id=unit)
    write_dossier(province, folder / "bang-tong-hop-diem.pdf", table)
    return f"{len(sheets.papers)} phiếu thẩm định chéo, bảng tổng hợp điểm"
