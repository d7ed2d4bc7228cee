"""The cluster of the demo: districts that compete with each other, and score each other."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from thidua_desktop.app.demo_content import DemoContent, MarkText
from thidua_desktop.app.demo_marking import DELAYED, own_word, scored_set
from thidua_desktop.domain.criteria import Score
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.numbers import decimal_text
from thidua_desktop.domain.peer_groups import PeerGroupKind, PeerGroupRole
from thidua_desktop.domain.scoring import computed_score
from thidua_desktop.domain.units import Unit
from thidua_desktop.services.peer_groups import new_group, save_group
from thidua_desktop.services.peer_scores import (
    PeerSheetView,
    close_peer_sheet,
    open_peer_sheet,
    save_peer_score,
)
from thidua_desktop.services.ports import Ports

_CLUSTER = "Cụm thi đua các huyện, thành phố"
_DISTRICTS = tuple(f"ubnd-{code}" for code in (336, 338, 339, 340, 341, 342, 343, 344))


def set_up_cluster(province: Ports, content: DemoContent) -> str:
    """Set the cluster of the districts up, led by the first."""
    day = PartialDate(content.year)
    with province.store.read() as work:
        units = [work.records.having(Unit, code=code)[0] for code in _DISTRICTS]
    group = replace(new_group(province), name=_CLUSTER, form=PeerGroupKind.CLUSTER, valid_from=day)
    roles = {unit.id: None if place else PeerGroupRole.HEAD for place, unit in enumerate(units)}
    save_group(province, group, roles, day=day)
    return f"{len(units)} đơn vị"


def score_peer(ports: Ports, content: DemoContent, office: str) -> str:
    """Let an office score the other one that has figures, by what both heard in the cluster."""
    others = [one for one in content.marks if one.office != office]
    if len(others) == len(content.marks):
        return ""
    said, set_id = others[0], scored_set(ports).id
    with ports.store.read() as work:
        unit = work.records.having(Unit, code=said.office)[0]
    for place in range(len(content.criteria)):
        view = _sheet(ports, content, set_id, unit.id)
        points, reason = _given(view, said, place)
        given = replace(view.rows[place].score, points=points, reason=reason)
        save_peer_score(ports, view.sheet, given, shown=None)
    view = _sheet(ports, content, set_id, unit.id)
    close_peer_sheet(ports, view.sheet, closed=True)
    return f"{unit.name}: {decimal_text(view.total)} điểm"


def _sheet(ports: Ports, content: DemoContent, set_id: UUID, unit_id: UUID) -> PeerSheetView:
    return open_peer_sheet(ports, set_id=set_id, year=content.year, unit_id=unit_id)


def _given(view: PeerSheetView, said: MarkText, place: int) -> tuple[Decimal | None, str]:
    """Return what follows from the other's figures, but where the cluster agreed otherwise."""
    if place == DELAYED and said.cross_score:
        return Decimal(said.cross_score), said.cross_note
    criterion = view.rows[place].row.criterion
    told = replace(Score(id=criterion.id), **own_word(criterion.marking, said, place))
    return computed_score(view.criteria_set, criterion, told), ""
